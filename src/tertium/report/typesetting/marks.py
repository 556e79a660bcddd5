"""Quotations from sources in Markdown, as a reader sees them: without the marks.

A quotation comes in. Its lines without headings' hashes, marks of emphasis and borders of table
cells go out, for display only: data, offsets and CSV files keep the text as it stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_HEADING = re.compile(r"^#{1,6}\s+(.*?)\s*#*$")
# Where line ends were made spaces, a heading stands in the middle of a line.
_INNER_HEADING = re.compile(r"(?:(?<=\s)|^)#{1,6}\s+(?=\S)")
_STARS = re.compile(r"(?<![\\*])(\*{1,3})(?=[^\s*])(.+?)(?<=[^\s*\\])\1(?!\*)")
_LINES = re.compile(r"(?<![\\\w])(_{1,3})(?=[^\s_])(.+?)(?<=[^\s_\\])\1(?!\w)")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!|<>~-])")
_BORDER_ROW = re.compile(r"^\s*\|?(?:\s*:?-{2,}:?\s*\|)+\s*:?-*:?\s*$")
_BORDERS = re.compile(r"(?<!\\)\s*\|\s*")
_LIST_MARK = re.compile(r"^\s*[-*+]\s+(?=\S)")
_QUOTE_MARK = re.compile(r"^\s*(?:>\s?)+")


@dataclass(frozen=True)
class Line:
    """A line of a quotation, and whether it is a heading of the source."""

    text: str
    is_heading: bool = False


def shown_lines(quote: str) -> list[Line]:
    r"""A quotation of a source in Markdown, line by line, as it is shown.

    Examples
    --------
    >>> [line.text for line in shown_lines("## Legal aid\n\n*Photo:* **rally**, [@chung2010].")]
    ['Legal aid', 'Photo: rally, [@chung2010].']
    """
    found = []
    for line in quote.split("\n"):
        if not line.strip() or _BORDER_ROW.match(line):
            continue
        if heading := _HEADING.match(line):
            found.append(Line(_plain(heading[1]), is_heading=True))
            continue
        text = _QUOTE_MARK.sub("", line)
        text = _LIST_MARK.sub("• " if "\n" in quote else "", text)
        found.append(Line(_plain(text)))
    return [line for line in found if line.text]


def shown_line(text: str) -> str:
    r"""A quotation as one line, its headings set off by a middle dot.

    Examples
    --------
    >>> shown_line("## Legal aid ### Content Claims of *workers* | one by one")
    'Legal aid · Content Claims of workers · one by one'
    >>> shown_line("# Legal aid\n\nClaims.")
    'Legal aid: Claims.'
    """
    lines = shown_lines(text)
    parts = [
        f"{line.text}:" if line.is_heading and line.text[-1:].isalnum() else line.text
        for line in lines[:-1]
    ] + [line.text for line in lines[-1:]]
    return " ".join(parts)


def _plain(text: str) -> str:
    text = _INNER_HEADING.sub("· ", text).removeprefix("· ")
    text = _BORDERS.sub(" · ", text).removeprefix(" · ").removesuffix(" · ")
    while (bare := _LINES.sub(r"\2", _STARS.sub(r"\2", text))) != text:
        text = bare
    return _ESCAPED.sub(r"\1", text).strip()
