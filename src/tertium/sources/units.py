"""A source cut into documents, paragraphs and sentences, each with its offsets.

Comes in: a source and its zones.
Goes out: units that never overlap within their kind and never cross a zone.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from tertium.columns import Zone
from tertium.sources.sections import Table, cell_text, find_tables, lines_of, trimmed
from tertium.sources.sentences.split import sentences
from tertium.sources.source import Source
from tertium.sources.zones import ZoneSpan, find_zones
from tertium.spans import Span, subtract

UnitKind = Literal["document", "paragraph", "sentence"]

_LIST_ITEM = re.compile(r"^\s*(?:[•·▪◦‣►○●]|[-*+] |\(?\d{1,2}(?:[.)]\s|[、）]))")
_WRAP_LENGTH = 100
_REACH = 48


@dataclass(frozen=True, order=True)
class Unit:
    """A stretch of text that can be coded or counted.

    Parameters
    ----------
    span : Span
    kind : {"document", "paragraph", "sentence"}
    number : int
        From 1, over the units of this kind in the source.
    zone : str
        Zone that the unit stands in; a document is "body".
    page : int or None
        Page of the file, where it has pages (a form feed ends each).
    """

    span: Span
    kind: UnitKind
    number: int
    zone: Zone
    page: int | None = None


@lru_cache(maxsize=256)
def find_units(source: Source, kind: UnitKind) -> tuple[Unit, ...]:
    r"""The units of one kind, in order.

    Parameters
    ----------
    source : Source
    kind : {"document", "paragraph", "sentence"}
        A paragraph is what blank lines, list items or the cells of a table set apart.

    Examples
    --------
    >>> source = Source(id="a", text="They met Mr. Li. He left.\n\n工人罢工。厂方拒绝。")
    >>> [unit.span.of(source.text) for unit in find_units(source, "sentence")]
    ['They met Mr. Li.', 'He left.', '工人罢工。', '厂方拒绝。']
    """
    text = source.text
    if kind == "document":
        whole = trimmed(text, Span(0, len(text))) if text else None
        return (Unit(whole, kind, 1, "body"),) if whole else ()
    paragraphs = [
        (span, zone.zone) for zone in find_zones(source) for span in _paragraphs(text, zone)
    ]
    paragraphs = _with_table_cells(text, paragraphs)
    if kind == "sentence":
        spans = [
            (span, zone) for paragraph, zone in paragraphs for span in sentences(text, paragraph)
        ]
    else:
        spans = paragraphs
    breaks = [match.start() for match in re.finditer("\f", text)]
    return tuple(
        Unit(span, kind, number, zone, bisect_left(breaks, span.start) + 1 if breaks else None)
        for number, (span, zone) in enumerate(sorted(spans), start=1)
    )


def _paragraphs(text: str, zone: ZoneSpan) -> Iterator[Span]:
    if zone.zone == "heading":
        yield zone.span
        return
    block: list[Span] = []
    for line in lines_of(zone.span.of(text).replace("\f", "\n")):
        span = trimmed(text, Span(zone.span.start + line.start, zone.span.start + line.end))
        if span is None:
            continue
        if block and _begins_paragraph(text, block, span):
            yield Span(block[0].start, block[-1].end)
            block = []
        block.append(span)
    if block:
        yield Span(block[0].start, block[-1].end)


def _begins_paragraph(text: str, block: Sequence[Span], line: Span) -> bool:
    """A blank line, a list item, or a line after one that was not broken for its width."""
    between = text[block[-1].end : line.start]
    if between.count("\n") > 1 or "\f" in between or _LIST_ITEM.match(line.of(text)):
        return True
    last, first_letter = block[-1].of(text), line.of(text)[0]
    if len(last) > _WRAP_LENGTH:
        return not first_letter.islower()
    ends_sentence = re.search(r"[.!?。！？:：][\"'”’»)\]）」』]*$", last[-_REACH:]) is not None
    return ends_sentence and first_letter.isupper() and len(last) < 60


def _with_table_cells(text: str, paragraphs: list[tuple[Span, Zone]]) -> list[tuple[Span, Zone]]:
    """Each cell of a table is a paragraph; the lines that hold the table are none."""
    tables = find_tables(text)
    if not tables:
        return paragraphs
    areas = [_area(text, table) for table in tables]
    zones: list[Zone] = ["body"] * len(tables)
    outside: list[tuple[Span, Zone]] = []
    for span, zone in paragraphs:
        first = bisect_right(areas, span.start, key=lambda area: area.end)
        last = bisect_left(areas, span.end, key=lambda area: area.start)
        if zone == "furniture":
            zones[first:last] = ["furniture"] * (last - first)
        outside.extend((part, zone) for part in _outside(text, span, areas[first:last]))
    cells: list[tuple[Span, Zone]] = []
    for table, zone in zip(tables, zones, strict=True):
        for number, row in enumerate(table.rows):
            for column, cell in enumerate(row):
                words = cell_text(text, cell)
                if words is not None:
                    is_header = zone == "body" and 0 in (number, column)
                    cells.append((words, "heading" if is_header else zone))
    return [*outside, *cells]


def _area(text: str, table: Table) -> Span:
    """The lines of a table; the last border is no part of the last cell."""
    end = text.find("\n", table.span.end)
    return Span(table.span.start, len(text) if end < 0 else end)


def _outside(text: str, span: Span, areas: Sequence[Span]) -> Iterator[Span]:
    for part in subtract([span], areas):
        inner = trimmed(text, part)
        if inner:
            yield inner
