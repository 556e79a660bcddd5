"""Codes, or a grouping of sources, against a grouping: who stands where, and how far it matters.

Comes in: two axes.
Goes out: for each row of a table of association its sources, its effect and what stands out.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from tertium.comparison.crosstabs.axes import Axis
from tertium.comparison.crosstabs.cells import Cells
from tertium.comparison.crosstabs.groups_by_groups import groups_by_groups
from tertium.comparison.crosstabs.residuals import TOO_FEW, Fourfolds, apart
from tertium.comparison.crosstabs.standing import (
    ABSENT,
    PRESENT,
    UNDATED,
    UNDECIDED,
    CodeStates,
)
from tertium.comparison.passages import Passages
from tertium.comparison.result import NOT_SEARCHED, NOT_STATED
from tertium.comparison.shares.tested import How
from tertium.comparison.statistics.bootstrap import NARROW, bootstrap
from tertium.comparison.statistics.effects import cramers_v
from tertium.comparison.statistics.exact import Floats, Tested
from tertium.comparison.statistics.proportions import NAN

MEASURES = (
    "sources", "present", "effect", "low", "high", "largest", "found", "expected", "residual",
    "p", "p_holm", "test",
)  # fmt: skip
# With fewer a group, drawing them again empties groups, and the interval means nothing.
SOURCES_A_GROUP = 5
NO_GROUP = "no source stands in a group"
_FEW = 2
# What is no group: sources of which nobody knows, or looked.
_NO_GROUPS = (NOT_STATED, UNDATED, NOT_SEARCHED, UNDECIDED)


@dataclass
class Crossed:
    """One code, or one grouping, against the columns.

    Parameters
    ----------
    id : str
    standing : ndarray, shape (n_sources, n_rows, n_columns)
        1 where a source stands in a row and a column. Where parts of a source tell several cases,
        a code may be present in one part and absent in another.
    sources, row_names, column_names : list of str
    was_searched : bool
        Whether anything is known of some source, in a group or not.
    evidence : list of dict
    tables : Fourfolds
        Each cell beside its counterparts, as in a crosstab of the same: undecided sources and
        those without a stated group are there too.
    values, texts, test
        Filled by `measure` and by the test.
    compared : int
        Among how many cells the one that stands out most was sought.
    """

    id: str
    standing: Floats
    sources: list[str]
    row_names: list[str]
    column_names: list[str]
    was_searched: bool
    evidence: list[dict[str, Any]]
    tables: Fourfolds
    values: dict[str, float] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    test: Tested | None = None
    compared: int = 0

    @property
    def is_code(self) -> bool:
        """Whether the rows are one code, present or absent."""
        return self.row_names == [PRESENT, ABSENT]

    @property
    def too_few(self) -> str:
        """Why there are too few sources to say anything of them; empty where there are enough."""
        by_row = np.sort(self.standing.any(axis=2).sum(axis=0))
        if len(by_row) < _FEW:
            return "fewer than two groups"
        if by_row[-2] < _FEW:
            number = int(by_row[-2])
            return f"{number} {'source' if number == 1 else 'sources'} on one side"
        if (self.standing.any(axis=1).sum(axis=0) >= _FEW).sum() < _FEW:
            return "fewer than two groups of two sources"
        return ""

    @property
    def has_overlap(self) -> bool:
        """Whether a source stands in several groups."""
        return bool((self.standing.any(axis=1).sum(axis=1) > 1).any())

    def units(self, blocks: list[str]) -> tuple[Floats, Floats, list[str]]:
        """What a test deals out: labels and groups, and which of them move together.

        A source is one unit. Where its parts differ each of its groups is one, and they move
        together.
        """
        labels, groups, own = [], [], []
        for table, block in zip(self.standing, blocks, strict=True):
            rows, columns = table.max(axis=1), table.max(axis=0)
            if (table == np.outer(rows, columns)).all():
                labels.append(rows)
                groups.append(columns)
                own.append(block)
                continue
            for column in np.flatnonzero(columns):
                labels.append(table[:, column])
                groups.append(np.eye(len(columns))[column])
                own.append(block)
        return np.array(labels), np.array(groups), own


def codes_against(passages: Passages, down: Axis, across: Axis) -> list[Crossed]:
    """One row a code of a scheme: present or absent in the sources searched for it.

    A code is in a group only if it is in the part of the source that the group holds for, as in
    a crosstab. A code that is the other axis itself is left out.
    """
    found = []
    for code in down.values:
        if across.code == (down.name, code):
            continue
        states = CodeStates(passages, down.name, code)
        cells = Cells(passages, "sources")
        was_searched = False
        for source_id in passages.counted:
            was_searched |= states.whole(source_id) in (PRESENT, ABSENT)
            for group in across.groups[source_id]:
                state, rows = states.state(source_id, group)
                cells.add((state, group.value), source_id, evidence=rows)
        every = [PRESENT, ABSENT, UNDECIDED]
        found.append(_crossed(code, cells, across, [PRESENT, ABSENT], every, was_searched))
    return found


def two_groupings(passages: Passages, down: Axis, across: Axis) -> Crossed:
    """One row: the sources by two groupings."""
    names = [value for value in down.values if value not in _NO_GROUPS]
    cells = groups_by_groups(passages, down, across)
    was_searched = any(group.value in names for own in down.groups.values() for group in own)
    found = _crossed(down.name, cells, across, names, down.values, was_searched)
    found.evidence = []
    return found


def _crossed(
    row_id: str,
    cells: Cells,
    across: Axis,
    row_names: list[str],
    every_row: list[str],
    was_searched: bool,
) -> Crossed:
    """The sources that stand on both axes, and where."""
    lines, others = (
        [each for each in own if each != NOT_SEARCHED] for own in (every_row, across.values)
    )
    columns = [value for value in across.values if value not in _NO_GROUPS]
    places = [(row, column) for row in row_names for column in columns]
    there = {source_id for place in places for source_id in cells.held.get(place, ())}
    sources = [source_id for source_id in across.passages.counted if source_id in there]
    standing = np.array(
        [[source_id in cells.held.get(place, ()) for place in places] for source_id in sources],
        dtype=float,
    )
    evidence = [
        {name: value for name, value in row.items() if name not in ("row", "column")}
        for row in cells.support
        if row["row"] == PRESENT and row["column"] in columns
    ]
    return Crossed(
        row_id,
        standing.reshape(len(sources), len(row_names), len(columns)),
        sources,
        row_names,
        columns,
        was_searched,
        list(_once(evidence)),
        Fourfolds(cells, lines, others),
    )


def _once(evidence: Iterable[dict[str, Any]]) -> Iterable[dict[str, Any]]:
    """Each passage once, though its source stands in several groups."""
    seen = set()
    for row in evidence:
        key = repr(sorted(row.items()))
        if key not in seen:
            seen.add(key)
            yield row


def measure(row: Crossed, blocks: list[str], how: How) -> None:
    """Effect with interval, and the cell that stands out most."""
    row.values = dict.fromkeys(MEASURES, NAN) | {"sources": len(row.sources)}
    row.texts = {"largest": "", "test": "", "effect": "", "residual": ""}
    if not row.sources:
        row.texts["effect"] = f"not defined: {NO_GROUP}" if row.was_searched else NOT_SEARCHED
        return
    if row.is_code:
        row.values["present"] = row.standing[:, 0].any(axis=1).sum()
    if row.too_few:
        row.texts["effect"] = f"not defined: {row.too_few}"
        return
    effect = float(cramers_v(row.standing.sum(axis=0), corrections=1))
    low, high = _bounds(row, blocks, how, effect)
    row.values |= {"effect": effect, "low": low, "high": high}
    row.texts["effect"] = effect_text(effect, low, high)
    _stands_out(row)


def _bounds(row: Crossed, blocks: list[str], how: How, effect: float) -> tuple[float, float]:
    """The interval of the effect; it holds the effect, and needs enough that is drawn apart."""
    groups = int((row.standing.any(axis=1).sum(axis=0) > 0).sum())
    if len(set(blocks)) < max(NARROW, SOURCES_A_GROUP * groups):
        return NAN, NAN
    shape = row.standing.shape[1:]

    def effect_of(sums: Floats) -> Floats:
        # A draw adds as much chance again as the sources have (see `cramers_v`).
        return cramers_v(sums.reshape(-1, *shape), corrections=2)

    low, high = bootstrap(
        row.standing.reshape(len(row.sources), -1),
        effect_of,
        level=how.level,
        seed=how.seed,
        resamples=how.resamples,
        groups=blocks,
    )
    # NaN stays NaN. What chance adds to a draw differs a little from what is taken off.
    return (low, high) if math.isnan(low) else (min(low, effect), max(high, effect))


def _stands_out(row: Crossed) -> None:
    """The cell farthest from what is expected of it, as the residuals of a crosstab have it."""
    # Of a code the groups that have it more often or less often; of two groupings any cell.
    lines = row.row_names[:1] if row.is_code else row.row_names
    places = [(line, column) for line in lines for column in row.column_names]
    found = {place: (row.tables.of(place), apart(row.tables.of(place))) for place in places}
    defined = [place for place in places if not math.isnan(found[place][1].value)]
    row.compared = len(defined)
    if not defined:
        marks = {each.mark for _, each in found.values()}
        row.texts["largest"] = TOO_FEW if TOO_FEW in marks else ""
        return
    best = max(defined, key=lambda place: abs(found[place][1].value))
    table, most = found[best]
    row.values |= {
        "found": float(table[0][0]),
        "expected": most.expected,
        "residual": most.value,
    }
    row.texts["residual"] = most.text
    row.texts["largest"] = best[1] if row.is_code else " × ".join(best)


def effect_text(effect: float, low: float, high: float) -> str:
    r"""An effect with its bounds, short enough for a cell.

    Examples
    --------
    >>> effect_text(0.4286, 0.158, 0.7495).replace("\N{NO-BREAK SPACE}", " ")
    '0.43 (0.16 to 0.75)'
    >>> effect_text(0.0, float("nan"), float("nan"))
    '0.00 (no interval)'
    """
    if math.isnan(low) or math.isnan(high):
        return f"{effect:.2f} (no interval)"
    # No-break spaces keep the bracket on one line.
    return f"{effect:.2f} ({low:.2f} to {high:.2f})".replace(" to ", "\u00a0to\u00a0")
