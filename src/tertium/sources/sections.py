"""Headings, and the text that each of them stands over.

Comes in: a text with its zones.
Goes out: sections, also the rows and columns of a table written with pipes.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tertium.spans import Span

# Header cells of a table rank below every heading that Markdown and HTML can write.
TABLE_LEVEL = 7

_RULE_CELL = re.compile(r":?-+:?")
_CELL_BORDER = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it.

    Parameters
    ----------
    heading : Span
        The heading's own words.
    level : int
        1 is the highest.
    extents : tuple of Span
        Text under the heading. One extent that begins with the heading, but for a column
        of a table: one a cell, each from its left border, so that a section's extent is
        never mistaken for the cell's sentence.
    is_title : bool
        The heading of the whole text: it says what the source is about, not where.
    """

    heading: Span
    level: int
    extents: tuple[Span, ...]
    is_title: bool = False


@dataclass(frozen=True)
class Table:
    """A table written with pipes: a header row, then rows of cells.

    Parameters
    ----------
    rows : tuple of tuple of Span
        Each cell from its left border to the next border; the first row is the header.
    """

    rows: tuple[tuple[Span, ...], ...]

    @property
    def span(self) -> Span:
        """From the first border of the header to the last cell's end."""
        return Span(self.rows[0][0].start, self.rows[-1][-1].end)


def lines_of(text: str) -> Iterator[Span]:
    """Each line of `text` that is not empty, without its line end."""
    start = 0
    for line in text.split("\n"):
        if line:
            yield Span(start, start + len(line))
        start += len(line) + 1


def trimmed(text: str, span: Span, *, characters: str | None = None) -> Span | None:
    """`span` without white space (or `characters`) at its ends; None where nothing is left."""
    inner = span.of(text)
    start = span.start + len(inner) - len(inner.lstrip(characters))
    end = span.end - (len(inner) - len(inner.rstrip(characters)))
    return Span(start, end) if start < end else None


def cell_text(text: str, cell: Span) -> Span | None:
    """What stands in a cell, without its border and padding; None where it is empty."""
    if not cell.of(text).startswith("|"):
        return trimmed(text, cell)
    return trimmed(text, Span(cell.start + 1, cell.end)) if len(cell) > 1 else None


def find_tables(text: str) -> list[Table]:
    r"""The tables written with pipes: a row, a line of dashes, then rows.

    Examples
    --------
    >>> table = find_tables("| a | b |\n| --- | --- |\n| c | d |")[0]
    >>> len(table.rows), len(table.rows[0])
    (2, 2)
    """
    lines = list(lines_of(text))
    tables = []
    index = 0
    while index + 1 < len(lines):
        head, rule = lines[index], lines[index + 1]
        is_head = rule.start == head.end + 1 and "|" in head.of(text) and _is_rule(rule.of(text))
        header = _cells(text, head) if is_head else ()
        if not header:
            index += 1
            continue
        rows = [header]
        index += 2
        while index < len(lines) and lines[index].start == lines[index - 1].end + 1:
            if "|" not in lines[index].of(text):
                break
            rows.append(_cells(text, lines[index]))
            index += 1
        tables.append(Table(tuple(row for row in rows if row)))
    return tables


def _is_rule(line: str) -> bool:
    inner = line.strip()
    cells = inner.removeprefix("|").removesuffix("|").split("|")
    return "|" in inner and all(_RULE_CELL.fullmatch(cell.strip()) for cell in cells)


def _cells(text: str, line: Span) -> tuple[Span, ...]:
    borders = [line.start + match.start() for match in _CELL_BORDER.finditer(line.of(text))]
    inner = trimmed(text, line)
    if inner is None:
        return ()
    if not borders or borders[0] != inner.start:
        borders.insert(0, inner.start)
    if borders[-1] != inner.end - 1:
        borders.append(inner.end)
    return tuple(Span(left, right) for left, right in itertools.pairwise(borders))


def table_at(tables: Sequence[Table], span: Span) -> Table | None:
    """The one of `tables`, sorted, in which `span` begins; None where it stands in none."""
    index = bisect_right(tables, span.start, key=lambda table: table.span.start) - 1
    return tables[index] if index >= 0 and span.start < tables[index].span.end else None


def header_cells(text: str, table: Table) -> list[Span]:
    """The words of the cells that head a column or a row, in order of the text."""
    cells = [*table.rows[0], *(row[0] for row in table.rows[1:])]
    return [words for cell in cells if (words := cell_text(text, cell)) is not None]


def find_sections(text: str, headings: Sequence[tuple[Span, int]]) -> list[Section]:
    r"""What stands under each heading, up to the next one of its level or above.

    Parameters
    ----------
    text : str
        The canonical text.
    headings : sequence of (Span, int)
        Heading zones with their levels, sorted. A cell that heads a row or a column of a table
        makes a section where it is among them.

    Examples
    --------
    >>> text = "# One\n\na\n\n# Two\n\nb"
    >>> [section.extents[0].of(text) for section in find_sections(
    ...     text, [(Span(0, 5), 1), (Span(10, 15), 1)])]
    ['# One\n\na\n\n', '# Two\n\nb']
    """
    tables = find_tables(text)
    in_text = [(span, level) for span, level in headings if table_at(tables, span) is None]
    sections = list(_running_sections(in_text, len(text)))
    known = {span for span, _ in headings}
    for table in tables:
        sections.extend(one for one in _table_sections(text, table) if one.heading in known)
    return sorted(sections, key=lambda section: (section.heading, section.level))


def _running_sections(headings: Sequence[tuple[Span, int]], size: int) -> Iterable[Section]:
    ends = [size] * len(headings)
    still_open: list[int] = []
    for number, (heading, level) in enumerate(headings):
        while still_open and headings[still_open[-1]][1] >= level:
            ends[still_open.pop()] = heading.start
        still_open.append(number)
    for number, ((heading, level), end) in enumerate(zip(headings, ends, strict=True)):
        is_title = number == 0 and level == 1 and end == size
        yield Section(heading, level, (Span(heading.start, end),), is_title)


def _table_sections(text: str, table: Table) -> Iterable[Section]:
    head, *body = table.rows
    for row in body:
        words = cell_text(text, row[0])
        if words is not None and len(row) > 1:
            yield Section(words, TABLE_LEVEL, (Span(row[0].start, row[-1].end),))
    for column, cell in enumerate(head):
        words = cell_text(text, cell)
        if words is not None and column > 0:
            extents = tuple(row[column] for row in body if column < len(row))
            if extents:
                yield Section(words, TABLE_LEVEL, extents)
