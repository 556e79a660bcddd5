"""Sources by two ways to group them: attributes, cases, single codes.

Comes in: two axes of which none is a scheme.
Goes out: cells that count sources; where a code is present, with its passages.
"""

from __future__ import annotations

from typing import Any

from tertium.comparison.crosstabs.axes import FROM_CASES, Axis
from tertium.comparison.crosstabs.cells import Cells
from tertium.comparison.crosstabs.standing import (
    CASE,
    CodeStates,
    Group,
    by_case,
    case_values,
)
from tertium.comparison.passages import Passages
from tertium.comparison.result import NOT_STATED

_Place = tuple[str, list[dict[str, Any]]]


def groups_by_groups(passages: Passages, rows: Axis, columns: Axis) -> Cells:
    """Groups of sources against groups of sources.

    A source that tells several cases stands, with both axes from cases, only where one case
    has both values. With one axis from cases a code is held only if it is in that part.
    """
    cells = Cells(passages, "sources")
    if rows.name in FROM_CASES and columns.name in FROM_CASES:
        _by_the_same_case(cells, rows, columns)
        return cells
    states = [
        None if axis.code is None else CodeStates(passages, *axis.code) for axis in (rows, columns)
    ]
    for source_id in passages.counted:
        for row in rows.groups[source_id]:
            for column in columns.groups[source_id]:
                spans = row.spans if row.spans is not None else column.spans
                within = Group("", spans)
                places: list[_Place] = [
                    (group.value, []) if each is None else each.state(source_id, within)
                    for group, each in zip((row, column), states, strict=True)
                ]
                (row_value, row_evidence), (column_value, column_evidence) = places
                cells.add(
                    (row_value, column_value), source_id, evidence=row_evidence + column_evidence
                )
    return cells


def _by_the_same_case(cells: Cells, rows: Axis, columns: Axis) -> None:
    def values(axis: Axis, case_id: str) -> list[str]:
        return [case_id] if axis.name == CASE else known[axis.name].get(case_id, [NOT_STATED])

    known = {
        axis.name: case_values(cells.passages, axis.name)
        for axis in (rows, columns)
        if axis.name != CASE
    }
    for source_id, cases in by_case(cells.passages).items():
        for case in cases:
            for row in values(rows, case.value):
                for column in values(columns, case.value):
                    cells.add((row, column), source_id)
