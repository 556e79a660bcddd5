"""A source as the workbench shows it: blocks by zone, and passages of a few screens.

Comes in: a source.
Goes out: spans of its text, in order; nothing of the text is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from tertium.columns import Zone
from tertium.sources.sections import find_tables, lines_of
from tertium.sources.source import Source
from tertium.sources.units import find_units
from tertium.sources.zones import find_zones
from tertium.spans import Span

# Characters of a passage from which a heading, or a paragraph, begins the next.
HEADING_FROM = 2_000
PARAGRAPH_FROM = 4_000
LONGEST_BLOCK = 4_000


@dataclass(frozen=True, order=True)
class Block:
    """A paragraph, heading or table of one zone."""

    span: Span
    zone: Zone
    level: int | None = None
    is_table: bool = False


@lru_cache(maxsize=64)
def blocks_of(source: Source) -> tuple[Block, ...]:
    r"""The paragraphs, headings and tables of a source, in order.

    Examples
    --------
    >>> source = Source("a", "# Strike\n\nThey struck,\nthey won.", markup="markdown")
    >>> [(block.zone, block.span.of(source.text)) for block in blocks_of(source)]
    [('heading', '# Strike'), ('body', 'They struck,\nthey won.')]
    """
    text = source.text
    levels = {zone.span.start: zone.level for zone in find_zones(source) if zone.level}
    tables = [table.span for table in find_tables(text)]
    blocks = [
        Block(unit.span, unit.zone, levels.get(unit.span.start))
        for unit in find_units(source, "paragraph")
        if unit.zone != "furniture" and not any(table.has_overlap(unit.span) for table in tables)
    ]
    # Menus are mostly blank lines: each line stands for itself.
    furniture = [zone.span for zone in find_zones(source) if zone.zone == "furniture"]
    blocks += [Block(line, "furniture") for span in furniture for line in _lines(text, span)]
    blocks += [Block(row, "body", is_table=True) for span in tables for row in _lines(text, span)]
    return tuple(sorted(_apart(source, blocks)))


def _lines(text: str, span: Span) -> Iterator[Span]:
    for line in lines_of(span.of(text)):
        if line.of(span.of(text)).strip():
            yield Span(span.start + line.start, span.start + line.end)


def _apart(source: Source, blocks: list[Block]) -> Iterator[Block]:
    """Blocks that do not overlap, the longest of them cut between sentences."""
    sentences = [unit.span for unit in find_units(source, "sentence")]
    reached = 0
    for block in sorted(blocks, key=lambda block: (block.span.start, -block.span.end)):
        start = max(block.span.start, reached)
        while block.span.end - start > LONGEST_BLOCK:
            ends = [s.end for s in sentences if start < s.end <= start + LONGEST_BLOCK]
            cut = ends[-1] if ends else start + LONGEST_BLOCK
            yield Block(Span(start, cut), block.zone, block.level, block.is_table)
            start = cut
        if start < block.span.end:
            yield Block(Span(start, block.span.end), block.zone, block.level, block.is_table)
        reached = max(reached, block.span.end)


def passages_of(source: Source) -> list[Span]:
    """The source cut into passages, before headings where that is near, else between blocks.

    Together they cover the text without gap or overlap.

    Examples
    --------
    >>> passages_of(Source("a", "They struck."))
    [Span(start=0, end=12)]
    """
    if not source.text:
        return []
    borders = [0]
    for block in blocks_of(source):
        length = block.span.start - borders[-1]
        after = block.span.end - borders[-1]
        is_far = length >= PARAGRAPH_FROM or (length > 0 and after > 2 * PARAGRAPH_FROM)
        if is_far or (block.zone == "heading" and length >= HEADING_FROM):
            borders.append(block.span.start)
    return [Span(a, b) for a, b in zip(borders, [*borders[1:], len(source.text)], strict=True)]
