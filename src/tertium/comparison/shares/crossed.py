"""Codes, or a grouping of sources, against a grouping: who stands where, and how far it matters.

Comes in: two axes.
Goes out: for each row of a table of association its sources, its effect and what stands out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from tertium.comparison.crosstabs.axes import Axis
from tertium.comparison.crosstabs.standing import ABSENT, PRESENT, UNDATED, UNDECIDED, Group
from tertium.comparison.passages import Passages
from tertium.comparison.result import NOT_SEARCHED, NOT_STATED
from tertium.comparison.shares.tested import How, too_few
from tertium.comparison.shares.told import interval_text
from tertium.comparison.statistics.bootstrap import bootstrap
from tertium.comparison.statistics.effects import cramers_v
from tertium.comparison.statistics.exact import Floats, Tested
from tertium.comparison.statistics.proportions import NAN
from tertium.comparison.statistics.residuals import adjusted_residuals, expected_counts
from tertium.comparison.verdicts import codings_by_id, passages_behind

MEASURES = (
    "sources", "present", "effect", "low", "high", "largest", "found", "expected", "residual",
    "p", "p_holm", "test",
)  # fmt: skip
# With fewer sources a group, drawing them again empties groups, and the interval means nothing.
SOURCES_A_GROUP = 5
# What is no group: sources of which nobody knows, or looked.
_NO_GROUPS = (NOT_STATED, UNDATED, NOT_SEARCHED, UNDECIDED)


@dataclass
class Crossed:
    """One code, or one grouping, against the columns.

    Parameters
    ----------
    id : str
    labels, groups : ndarray, shape (n_sources, n_rows) and (n_sources, n_columns)
        1 where a source belongs to a row, a column.
    sources, row_names, column_names : list of str
    evidence : list of dict
    values, texts, test
        Filled by `measure` and by the test.
    """

    id: str
    labels: Floats
    groups: Floats
    sources: list[str]
    row_names: list[str]
    column_names: list[str]
    evidence: list[dict[str, Any]]
    values: dict[str, float] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    test: Tested | None = None

    @property
    def table(self) -> Floats:
        """How many sources stand in each row and column."""
        found: Floats = self.labels.T @ self.groups
        return found


def codes_against(passages: Passages, down: Axis, across: Axis) -> list[Crossed]:
    """One row a code of a scheme: present or absent in the sources searched for it."""
    scheme = down.name
    verdicts, behind = passages.verdicts(scheme), codings_by_id(passages, scheme)
    found = []
    for code in down.values:
        state: dict[str, str] = {}
        evidence: list[dict[str, Any]] = []
        for source_id in passages.counted:
            row = verdicts.get((source_id, code))
            if row is None or row["verdict"] not in (PRESENT, ABSENT):
                continue
            state[source_id] = str(row["verdict"])
            if row["verdict"] == PRESENT:
                evidence.extend(passages_behind(passages, row, behind, scheme))
        groups = {source_id: [Group(value)] for source_id, value in state.items()}
        made = _table(code, groups, across, [PRESENT, ABSENT])
        made.evidence = [each for each in evidence if each["source_id"] in set(made.sources)]
        found.append(made)
    return found


def two_groupings(down: Axis, across: Axis) -> Crossed:
    """One row: the sources by two groupings."""
    names = [value for value in down.values if value not in _NO_GROUPS]
    return _table(down.name, down.groups, across, names)


def _table(
    row_id: str, down: Mapping[str, Sequence[Group]], across: Axis, row_names: list[str]
) -> Crossed:
    """The sources that stand on both axes, and where."""
    columns = [value for value in across.values if value not in _NO_GROUPS]
    sources, labels, groups = [], [], []
    for source_id in across.passages.counted:
        own = {group.value for group in down.get(source_id, ())}
        in_row = [name in own for name in row_names]
        other = {group.value for group in across.groups.get(source_id, ())}
        in_column = [name in other for name in columns]
        if any(in_row) and any(in_column):
            sources.append(source_id)
            labels.append(in_row)
            groups.append(in_column)
    return Crossed(
        row_id,
        np.array(labels, dtype=float).reshape(len(sources), len(row_names)),
        np.array(groups, dtype=float).reshape(len(sources), len(columns)),
        sources,
        row_names,
        columns,
        [],
    )


def measure(row: Crossed, blocks: list[str], how: How) -> None:
    """Effect with interval, and the cell that stands out most."""
    row.values = dict.fromkeys(MEASURES, NAN) | {"sources": len(row.sources)}
    row.texts = {"largest": "", "test": "", "effect": ""}
    if not row.sources:
        return
    row.values["present"] = row.labels[:, 0].sum()
    table = row.table
    if why := too_few(row.labels, row.groups):
        row.texts["effect"] = f"not defined: {why}"
        return
    effect = float(cramers_v(table, corrections=1))
    row.values["effect"] = effect
    shape = table.shape
    added = np.einsum("sr,sc->src", row.labels, row.groups).reshape(len(row.sources), -1)

    def effect_of(sums: Floats) -> Floats:
        # A draw adds as much chance again as the sources have (see `cramers_v`).
        return cramers_v(sums.reshape(-1, *shape), corrections=2)

    low, high = bootstrap(
        added, effect_of, level=how.level, seed=how.seed, resamples=how.resamples, groups=blocks
    )
    if len(row.sources) < SOURCES_A_GROUP * int((row.groups.sum(axis=0) > 0).sum()):
        low, high = NAN, NAN
    row.values |= {"low": low, "high": high}
    row.texts["effect"] = interval_text(effect, low, high)
    # Of a code the groups that have it more often or less often; of two groupings any cell.
    lines = [0] if row.row_names == [PRESENT, ABSENT] else list(range(shape[0]))
    residuals, expected = adjusted_residuals(table)[lines], expected_counts(table)[lines]
    if np.isnan(residuals).all():
        return
    line, at = np.unravel_index(np.nanargmax(np.abs(residuals)), residuals.shape)
    row.values |= {
        "found": float(table[lines][line, at]),
        "expected": float(expected[line, at]),
        "residual": float(residuals[line, at]),
    }
    row.texts["largest"] = row.column_names[int(at)]
    if len(lines) > 1:
        row.texts["largest"] = f"{row.row_names[int(line)]} × {row.texts['largest']}"
