"""How wide the columns of a table are on paper.

A table comes in, the width of each column and the size of the text go out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from tertium.report.typesetting.document import Cell, Table

# Characters that fit into a line of a table at its normal size, portrait and landscape.
LINE = {False: 102, True: 167}
TABLE_SIZE = 9.0
SMALLEST_TABLE_SIZE = 6.5
LONG_WORD = 16
# A text up to this long stays on one line, if that leaves enough of the page to the others.
SHORT_TEXTS = (22, 18, 12, 8)
COMFORT = 0.8
PADDING = 2.4  # a column's own space, and the step by which columns grow, in characters
STEP = 1.0
# Lines of a row that may be kept on one page, portrait and landscape.
TALL = {False: 14, True: 7}
# Rows and lines of a table that is kept on one page.
SHORT_ROWS = 12
SHORT_LINES = {False: 38, True: 24}


def column_widths(table: Table) -> tuple[list[str], float]:
    """Width of each column for typst, and the size of the text in points.

    A table whose lines fit keeps its natural widths. Otherwise each column is wide enough for its
    longest word, and what is left of the line goes, a little at a time, where it makes the table
    shortest. Where not even the words fit, the text gets smaller. What the table itself says of
    widths is a guess made without the page, and is not used.
    """
    heads = [column.label for column in table.columns]
    rows = [heads, *([_shown(table, cell) for cell in row] for row in table.rows)]
    lengths = [[[_width(line) for line in text.split("\n")] for text in row] for row in rows]
    longest = [max(max(row[column]) for row in lengths) for column in range(len(heads))]
    line = LINE[table.landscape]
    if sum(longest) + PADDING * len(heads) <= line:
        return ["auto"] * len(heads), TABLE_SIZE
    needs: list[float] = []
    for short in SHORT_TEXTS:
        needs = [_need([row[column] for row in rows], short) for column in range(len(heads))]
        if sum(needs) + PADDING * len(needs) <= COMFORT * line:
            break
    wanted = sum(needs) + PADDING * len(needs)
    size = max(TABLE_SIZE * min(1.0, line / wanted), SMALLEST_TABLE_SIZE)
    widths = _shortest(lengths, needs, line * TABLE_SIZE / size - PADDING * len(needs))
    total = max(line * TABLE_SIZE / size, sum(widths) + PADDING * len(widths))
    return [f"{100 * (width + PADDING) / total:.1f}%" for width in widths], size


def _shown(table: Table, cell: Cell) -> str:
    """The text of a cell; in a list the numbers of its passages stand behind the last one."""
    if not (table.is_list and cell.evidence):
        return cell.text
    return f"{cell.text}\u00a0{' '.join(f'[{number}]' for number in cell.evidence)}"


def _need(texts: Sequence[str], short: int) -> float:
    """Room for a column's longest word, and for short texts whole; the heading is bold."""
    head, *cells = texts
    widths = [_width(text) if _width(text) <= short else _longest_word(text) for text in cells]
    return max(1.12 * _longest_word(head), *widths, 1)


def _shortest(
    lengths: Sequence[Sequence[Sequence[int]]], needs: Sequence[float], line: float
) -> list[float]:
    """Widths from the needed ones up, so that the rows together have the fewest lines."""
    widths = list(needs)
    heights = [[_height(cell, widths[c]) for c, cell in enumerate(row)] for row in lengths]
    while line - sum(widths) >= STEP:
        gains = []
        for column, width in enumerate(widths):
            gain = 0.0
            for row, height in zip(lengths, heights, strict=True):
                if height[column] > 1 and height[column] == max(height):
                    others = max((h for c, h in enumerate(height) if c != column), default=1.0)
                    gain += height[column] - max(others, _height(row[column], width + STEP))
            gains.append(gain)
        best = max(range(len(widths)), key=gains.__getitem__)
        if gains[best] <= 0:
            # Columns of equal height hold each other back: each that still wraps gets some.
            wrapped = [c for c in range(len(widths)) if any(h[c] > 1 for h in heights)]
            if not wrapped:
                break
            best = min(wrapped, key=widths.__getitem__)
        widths[best] += STEP
        for row, height in zip(lengths, heights, strict=True):
            height[best] = _height(row[best], widths[best])
    return widths


def _height(cell: Sequence[int], width: float) -> float:
    """Lines that a cell takes, not rounded, so that every little width counts."""
    return sum(max(1.0, length / width) for length in cell)


def _width(text: str) -> int:
    """Columns that a text takes: an East Asian character takes two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _longest_word(text: str) -> int:
    # A hyphen before a digit is part of a date or a number, where no line ends.
    # Nor does one at a no-break space.
    # A formula breaks behind its stars.
    words = re.split(r"[ \t\n/*\u2010-\u2015]+|-(?!\d)", re.sub(r"[\u2e80-\uffef]", "  ", text))
    return min(LONG_WORD, max((len(word) for word in words), default=1))


def has_tall_row(table: Table, widths: Sequence[str]) -> bool:
    """Whether a row may be too tall for a page, so that it has to be allowed to break."""
    return max(_row_lines(table, widths), default=0) > TALL[table.landscape]


def is_short(table: Table, widths: Sequence[str]) -> bool:
    """Whether a table is to be kept whole on a page."""
    lines = line_count(table, widths)
    return len(table.rows) <= SHORT_ROWS and lines <= SHORT_LINES[table.landscape]


def line_count(table: Table, widths: Sequence[str]) -> float:
    """How many lines of its own size the rows of a table take, roughly."""
    return sum(_row_lines(table, widths)) + 2 * len(table.groups)


def _row_lines(table: Table, widths: Sequence[str]) -> list[float]:
    """How many lines each row takes, roughly."""
    if "auto" in widths:
        return [1.0] * len(table.rows)
    line = LINE[table.landscape]
    columns = [float(width.removesuffix("%")) / 100 * line for width in widths]
    return [
        max(
            _height([_width(text) for text in cell.text.split("\n")], width)
            for cell, width in zip(row, columns, strict=True)
        )
        for row in table.rows
    ]
