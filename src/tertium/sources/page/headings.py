"""Which lines of a text are headings, by the marks of Markdown or by their look.

Comes in: the lines that are no furniture.
Goes out: the same lines; those that are headings have that zone and a level.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from tertium.sources.page.lines import HAN, TERMINAL, Line

_HEADING_LENGTH = 80
_TITLE_LENGTH = 160
# A line of `words` between back quotes opens nothing.
_FENCE = re.compile(r"^(`{3,}(?=[^`]*$)|~{3,})(.*)$")
_UNDERLINE = re.compile(r"^(?:={3,}|-{3,})\s*$")
_MARKDOWN_HEADING = re.compile(r"^(#{1,6})\s+\S")


def mark_markdown_headings(lines: Sequence[Line]) -> None:
    """Lines with `#` before them, or underlined; what stands in a fence of code is text."""
    fence = ""
    for number, line in enumerate(lines):
        mark = _FENCE.match(line.text)
        if fence:
            if mark and mark[1].startswith(fence) and not mark[2].strip():
                fence = ""
            continue
        if mark:
            fence = mark[1]
            continue
        if line.zone == "furniture":
            continue
        match = _MARKDOWN_HEADING.match(line.text)
        below = lines[number + 1] if number + 1 < len(lines) else None
        if match:
            line.zone, line.level = "heading", len(match[1])
        elif below and line.blank_before and not line.blank_after and _is_underlined(line, below):
            line.zone, line.level = "heading", 1 if below.text[0] == "=" else 2
            below.zone = "furniture"  # a mark, no words


def _is_underlined(line: Line, below: Line) -> bool:
    is_title = len(line.text) <= _TITLE_LENGTH and not line.is_item
    is_next = below.number == line.number + 1
    return (
        is_next and is_title and "|" not in line.text and _UNDERLINE.match(below.text) is not None
    )


def mark_plain_headings(lines: Sequence[Line]) -> None:
    """Short lines that stand alone; those that recur word for word rank lower.

    A line right below a recurring heading is what stands under it, however short: a heading
    of the lowest rank has no headings below it.
    """
    if not lines:
        return
    candidates = [line for line in lines if _may_be_heading(line)]
    recurring = {
        words
        for words, count in Counter(line.text.casefold() for line in candidates).items()
        if count > 1
    }
    may_be_heading = {line.span for line in candidates}
    previous: Line | None = None
    only_bylines = True
    for line in lines:
        if line.span in may_be_heading:
            below_recurring = previous is not None and previous.level == 3
            if only_bylines:
                line.zone, line.level = "heading", 1
            elif line.text.casefold() in recurring:
                line.zone, line.level = "heading", 3
            elif not below_recurring:
                line.zone, line.level = "heading", 2
        only_bylines = only_bylines and line.is_byline
        previous = line
    if lines[-1].zone == "heading":
        lines[-1].zone, lines[-1].level = "body", None


def _may_be_heading(line: Line) -> bool:
    if line.zone != "body" or not (line.blank_before and line.blank_after):
        return False
    if line.is_item or TERMINAL.search(line.text) or line.is_byline:
        return False
    if re.match(r"^[\"'“‘«\[(]", line.text) or line.text[0].islower():
        return False
    title = line.blank_before and line.span.start == 0
    limit = _TITLE_LENGTH if title or len(line.text.split()) > 8 else _HEADING_LENGTH
    if len(HAN.findall(line.text)) > 30:
        return False
    return len(line.text) <= limit and (title or len(line.text.split()) <= 20)
