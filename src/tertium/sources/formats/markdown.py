"""Markdown as extracted texts use it: headings, list items, tables written with pipes.

Comes in: the words of headings, paragraphs and cells.
Goes out: lines in which words of the source can't be mistaken for markup.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

CAPTION = "Caption: "
LIST_ITEM = "- "

# A line of a paragraph that Markdown would read as a heading, a table, a rule or front matter.
_LOOKS_LIKE_MARKUP = re.compile(
    r"^(?=#{1,6}(?:\s|$)|\||-{3,}\s*$|={3,}\s*$|\[\^[^\]]+\]:)", re.MULTILINE
)
_LINE_BREAKS = re.compile(r"\s*[\n\r\f\v\x85\u2028\u2029]\s*")


def paragraph(words: str) -> str:
    r"""Words of a source as a paragraph; a backslash keeps them from being read as markup.

    Examples
    --------
    >>> paragraph("# 1 union\nin town")
    '\\# 1 union\nin town'
    """
    return _LOOKS_LIKE_MARKUP.sub(r"\\", words)


def one_line(words: str) -> str:
    """The same words without line breaks."""
    return _LINE_BREAKS.sub(" ", words).strip()


def heading(words: str, level: int) -> str:
    """A heading line; Markdown knows six levels."""
    return f"{'#' * min(max(level, 1), 6)} {one_line(words)}"


def pipe_table(rows: Sequence[Sequence[str]]) -> str:
    r"""Rows of cells as a table; the first row heads it, ``|`` in a cell is written ``\|``.

    Examples
    --------
    >>> print(pipe_table([["who", "what"], ["union a|b", "strike"]]))
    | who | what |
    | --- | --- |
    | union a\|b | strike |
    """
    width = max(len(row) for row in rows)
    lines = []
    for row in rows:
        cells = [one_line(cell).replace("|", r"\|") for cell in row]
        lines.append(f"| {' | '.join([*cells, *[''] * (width - len(cells))])} |")
    lines.insert(1, f"| {' | '.join(['---'] * width)} |")
    return "\n".join(lines)
