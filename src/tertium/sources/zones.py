"""Which part of a text is body, heading, caption, endnote or page furniture.

Comes in: a source.
Goes out: zones with offsets; nothing is deleted, and no rule codes inside furniture.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from tertium.columns import Zone
from tertium.sources.page.furniture import furniture_lines
from tertium.sources.page.headings import mark_markdown_headings, mark_plain_headings
from tertium.sources.page.lines import Line, lines_with_looks
from tertium.sources.page.notes import mark_captions, mark_endnotes
from tertium.sources.sections import (
    TABLE_LEVEL,
    Section,
    find_sections,
    find_tables,
    header_cells,
    table_at,
)
from tertium.sources.source import Source
from tertium.spans import Span

MADE_BY = "zone rules 2"

# Extraction writes these two lines around the menus of a page.
_FURNITURE_MARK = re.compile(r"^:::( furniture)?$", re.MULTILINE)
_FRONT_MATTER = re.compile(
    r"\A---[ \t]*\n(?=\s*(?:[A-Za-z_][\w .-]*:(?:\s|$)|#|---|\.\.\.)).*?^(?:---|\.\.\.)[ \t]*$",
    re.DOTALL | re.MULTILINE,
)


@dataclass(frozen=True, order=True)
class ZoneSpan:
    """A stretch of text of one zone; headings carry their level."""

    span: Span
    zone: Zone
    level: int | None = None


@lru_cache(maxsize=256)
def find_zones(source: Source) -> tuple[ZoneSpan, ...]:
    r"""The zones of a source, in order; they cover every line that is not blank.

    Page furniture is what lies outside the densest run of prose, above or below it, where
    enough short lines and a word that only menus use ("Home", "Sitemap") show that the text
    came with its menus. Inside that run only a line such as "Share" that stands alone is
    furniture, so a table of short cells or a list of demands stays content.

    Parameters
    ----------
    source : Source

    Returns
    -------
    tuple of ZoneSpan
        Sorted by position.

    Examples
    --------
    >>> [zone.zone for zone in find_zones(Source(id="a", text="# Strike\n\nThey struck.",
    ...                                          markup="markdown"))]
    ['heading', 'body']
    """
    text = source.text
    front = _FRONT_MATTER.match(text) if source.markup == "markdown" else None
    all_lines = lines_with_looks(text, after=front.end() if front else 0)
    marked = _marked_furniture(text) if source.markup == "markdown" else []
    for line in all_lines:
        block = bisect_right(marked, line.span.start, key=lambda span: span.start) - 1
        if block >= 0 and marked[block].holds(line.span):
            line.zone = "furniture"
    lines = [line for line in all_lines if line.zone != "furniture"]
    tables = find_tables(text)
    in_table = [table_at(tables, line.span) is not None for line in lines]
    for number in furniture_lines(lines, in_table):
        lines[number].zone = "furniture"
    content = [
        line
        for line, tabled in zip(lines, in_table, strict=True)
        if line.zone != "furniture" and not tabled
    ]
    mark_captions(content)
    if source.markup == "markdown":
        mark_markdown_headings(content)
    else:
        mark_plain_headings(content)
    mark_endnotes(content)
    zones = list(_merged(all_lines))
    if front:
        zones.append(ZoneSpan(Span(0, front.end()), "furniture"))
    shown = {line.span.start for line in lines if line.zone != "furniture"}
    for table in tables:
        if shown.intersection(row[0].start for row in table.rows):
            zones.extend(ZoneSpan(c, "heading", TABLE_LEVEL) for c in header_cells(text, table))
    return tuple(sorted(zones, key=lambda zone: (zone.span, zone.zone)))


@lru_cache(maxsize=256)
def source_sections(source: Source) -> tuple[Section, ...]:
    """The headings of a source with the text that each stands over."""
    headings = [
        (zone.span, zone.level)
        for zone in find_zones(source)
        if zone.zone == "heading" and zone.level is not None
    ]
    return tuple(find_sections(source.text, headings))


def _marked_furniture(text: str) -> list[Span]:
    """From each line ``::: furniture`` to the next ``:::``; one that never ends marks nothing."""
    found: list[Span] = []
    start: int | None = None
    for match in _FURNITURE_MARK.finditer(text):
        if match[1] is None and start is not None:
            found.append(Span(start, match.end()))
            start = None
        elif match[1] is not None and start is None:
            start = match.start()
    return found


def _merged(lines: Sequence[Line]) -> Iterator[ZoneSpan]:
    """Neighbouring lines of one zone as one stretch; headings and captions stay apart."""
    open_span: Span | None = None
    open_zone: Zone = "body"
    for line in lines:
        joins = open_span is not None and line.zone == open_zone
        if joins and (line.zone not in ("heading", "caption") or line.continues_caption):
            assert open_span is not None
            open_span = Span(open_span.start, line.span.end)
            continue
        if open_span is not None and open_zone != "heading":
            yield ZoneSpan(open_span, open_zone)
        if line.zone == "heading":
            yield ZoneSpan(line.span, "heading", line.level)
            open_span = None
        else:
            open_span, open_zone = line.span, line.zone
    if open_span is not None:
        yield ZoneSpan(open_span, open_zone)
