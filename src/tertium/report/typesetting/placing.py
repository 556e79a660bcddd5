"""How full a page of running text is, roughly: wide tables wait until the text fills its page.

Comes in: what stands on upright pages, block by block, and the calls of wide tables.
Goes out: the blocks in the order of the pages; tables that waited share turned pages.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from tertium.report.typesetting import pandoc
from tertium.report.typesetting.document import Figure, Table
from tertium.report.typesetting.widths import line_count

# Lines of running text on a page, and characters in a line.
PAGE = 48
LINE = 94
# A page that is filled so far may be left for a turned one.
ENOUGH = 0.6
# Points of a line of running text.
POINTS = 13.9
# Lines that a heading takes with the space around it, and what stands between two paragraphs.
HEADING = 3.2
GAP = 0.5
# A line of a caption, note or table beside one of running text.
SMALL = 0.82
SMALL_LINE = 112


@dataclass
class Flow:
    """Blocks of a chapter, in the order of its pages.

    `lines` is how much of the upright page is filled; `waiting` holds calls of wide tables that
    have not found their page yet.
    """

    blocks: list[pandoc.Node] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    lines: float = 0.0

    def upright(self, nodes: list[pandoc.Node], lines: float) -> None:
        """Blocks that stay together; before them the tables that wait, where a page is full."""
        if self.lines >= ENOUGH * PAGE and self.lines + lines > PAGE:
            self.turn()
        self.blocks += nodes
        self.lines = (self.lines + lines) % PAGE

    def turned(self, call: str) -> None:
        """A wide table, which waits for its page."""
        self.waiting.append(call)

    def turn(self) -> None:
        """Put the tables that wait on turned pages; what follows begins a page."""
        if self.waiting:
            self.blocks.append(pandoc.raw("typst", on_turned_pages(self.waiting)))
            self.waiting, self.lines = [], 0.0


def on_turned_pages(calls: Sequence[str]) -> str:
    """The call that sets tables one after the other on landscape pages."""
    return "\n".join(["#turned[", *calls, "]"])


def units(nodes: list[pandoc.Node]) -> list[list[pandoc.Node]]:
    """Blocks of prose, each heading with the block that it heads.

    Examples
    --------
    >>> heading, text = {"t": "Header", "c": []}, {"t": "Para", "c": []}
    >>> [len(unit) for unit in units([text, heading, heading, text, text])]
    [1, 3, 1]
    """
    found: list[list[pandoc.Node]] = []
    heads: list[pandoc.Node] = []
    for node in nodes:
        if node["t"] == "Header":
            heads.append(node)
        else:
            found.append([*heads, node])
            heads = []
    return [*found, heads] if heads else found


def lines_of_prose(nodes: list[pandoc.Node]) -> float:
    """Lines that blocks of prose take."""
    total = 0.0
    for node in nodes:
        if node["t"] == "Header":
            total += HEADING
        elif node["t"] in {"BulletList", "OrderedList"}:
            items = node["c"][-1] if node["t"] == "OrderedList" else node["c"]
            total += sum(lines_of_prose(item) for item in items)
        else:
            total += -(-len(pandoc.text_of(node)) // LINE) + GAP
    return total


def lines_of_table(table: Table, widths: list[str]) -> float:
    """Lines of running text that an upright table takes with caption and note."""
    below = -(-len(table.note) // SMALL_LINE) + sum(
        -(-len(flag) // SMALL_LINE) for flag in table.flags
    )
    # Each row has room above and below it.
    return SMALL * (line_count(table, widths) + below) + 0.4 * len(table.rows) + HEADING


def lines_of_figure(figure: Figure) -> float:
    """Lines of running text that a figure takes with caption and note."""
    height = re.search(r'<svg [^>]*?height="([\d.]+)pt"', figure.svg)
    drawn = float(height[1]) / POINTS if height else 0.0
    return drawn + SMALL * -(-len(figure.note) // SMALL_LINE) + HEADING
