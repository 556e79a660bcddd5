"""Which cells of a crosstab hold more or fewer sources than their margins lead one to expect.

Comes in: cells that count sources.
Goes out: adjusted residuals; where too few sources are expected, the reason in their place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from tertium.comparison.crosstabs.cells import Cell, Cells
from tertium.comparison.result import NOT_SEARCHED
from tertium.comparison.statistics.proportions import NAN
from tertium.comparison.statistics.residuals import adjusted_residuals, expected_counts

# Cochran, W. G. (1954). Some methods for strengthening the common chi-square tests. Biometrics
# 10, 417-451, p. 420: nothing expected below 1, and little below 5.
SAFE = 5
LEAST = 1
TOO_FEW = "too few"
ALL_ALIKE = "all alike"
UNSAFE = (
    f"*: unsafe, because fewer than {SAFE} sources are expected in one of the four (the rule of "
    "five, Cochran 1954)."
)
NOT_DEFINED = (
    f"{TOO_FEW.capitalize()}: not defined, because fewer than {LEAST} source is expected in one of "
    "the four."
)
_MINUS = "\u2212"


def residuals(
    cells: Cells, rows: Sequence[str], columns: Sequence[str]
) -> tuple[pd.DataFrame, pd.DataFrame, list[str]]:
    """How far each cell is from what is expected of it, in standard errors.

    Each cell is taken with its three counterparts: in the row or not, in the column or not. So
    a source may stand in several groups. Of a scheme's code those sources count that were
    searched for it.

    Returns
    -------
    frame, shown : DataFrame
        Null where nobody looked, where less than one source is expected in the cell or a
        counterpart, and where all sources are alike.
    list of str
        What the note must say.
    """
    index = pd.Index(list(rows), dtype=object)
    tables = Fourfolds(cells, rows, columns)
    values: dict[Cell, float] = {}
    texts: dict[Cell, str] = {}
    marks: dict[str, int] = {}
    for row in rows:
        for column in columns:
            values[row, column] = NAN
            texts[row, column] = mark = NOT_SEARCHED
            if cells.number((row, column)) is not None:
                found = apart(tables.of((row, column)))
                values[row, column], texts[row, column], mark = found.value, found.text, found.mark
            marks[mark] = marks.get(mark, 0) + 1
    frame, shown = (
        pd.DataFrame(
            {c: pd.Series([each[r, c] for r in rows], index=index, dtype=dtype) for c in columns},
            index=index,
            columns=pd.Index(list(columns), dtype=object),
        )
        for each, dtype in ((values, "Float64"), (texts, object))
    )
    return frame, shown, _remarks(marks)


class Fourfolds:
    """Each cell's sources beside its three counterparts; rows and columns are joined once.

    Parameters
    ----------
    cells : Cells
    rows, columns : sequence of str
    """

    def __init__(self, cells: Cells, rows: Sequence[str], columns: Sequence[str]) -> None:
        self._cells = cells
        held = {cell: frozenset(found) for cell, found in cells.held.items()}
        self._held = {
            (row, column): held.get((row, column), frozenset())
            for row in rows
            for column in columns
        }
        self._rows = {r: _union(self._held[r, c] for c in columns) for r in rows}
        self._columns = {c: _union(self._held[r, c] for r in rows) for c in columns}
        self._everywhere = _union(self._rows.values())
        # A source without any code stands in no cell, and was searched all the same.
        of_columns, of_rows = (cells.bases.get(side) for side in ("columns", "rows"))
        if of_columns is not None:
            self._of_rows = {r: _union(of_columns[r, c] for c in columns) for r in rows}
        if of_rows is not None:
            self._of_columns = {c: _union(of_rows[r, c] for r in rows) for c in columns}

    def of(self, cell: Cell) -> list[list[int]]:
        """Sources in the row and the column, in the row only, in the column only, in neither.

        Two of three sources of a column hold a code, and one of four others:
        ``[[2, 1], [1, 3]]``.
        """
        row, column = cell
        both, in_row, in_column = self._held[cell], self._rows[row], self._columns[column]
        everywhere = self._everywhere
        bases = self._cells.bases
        if "columns" in bases:
            in_column, everywhere = bases["columns"][cell], self._of_rows[row]
        if "rows" in bases:
            in_row, everywhere = bases["rows"][cell], self._of_columns[column]
            only_row, only_column = in_row - both, in_column - in_row
        else:
            only_row, only_column = in_row - in_column, in_column - both
        neither = len(everywhere) - len(both) - len(only_row) - len(only_column)
        return [[len(both), len(only_row)], [len(only_column), neither]]


def _union(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*sets)


@dataclass(frozen=True)
class Apart:
    """How far a cell is from what is expected of it: NaN with the reason as its text."""

    value: float
    expected: float
    text: str
    mark: str


def apart(table: Sequence[Sequence[int]]) -> Apart:
    """How far the first cell of four is from what its margins lead one to expect.

    Examples
    --------
    >>> apart([[12, 6], [6, 12]]).text, apart([[3, 1], [1, 3]]).text, apart([[1, 0], [0, 1]]).text
    ('+2.0', '+1.4*', 'too few')
    """
    value, expected = adjusted_residuals(table)[0, 0], expected_counts(table)
    if np.isnan(value):
        return Apart(NAN, float(expected[0, 0]), ALL_ALIKE, ALL_ALIKE)
    if expected.min() < LEAST:
        return Apart(NAN, float(expected[0, 0]), TOO_FEW, TOO_FEW)
    # No sign before a zero.
    text = "0.0" if abs(value) < 0.05 else f"{value:+.1f}".replace("-", _MINUS)
    is_safe = expected.min() >= SAFE
    return Apart(
        float(value),
        float(expected[0, 0]),
        text if is_safe else f"{text}*",
        "safe" if is_safe else "*",
    )


def _remarks(marks: Mapping[str, int]) -> list[str]:
    remarks = []
    defined = marks.get("safe", 0) + marks.get("*", 0)
    if defined:
        by_chance = max(1, round(0.05 * defined))
        remarks.append(
            f"Of {defined} {'number' if defined == 1 else 'numbers'} about {by_chance} would be "
            "beyond 2 by chance alone."
        )
    if marks.get("*"):
        remarks.append(UNSAFE)
    if marks.get(TOO_FEW):
        remarks.append(NOT_DEFINED)
    if marks.get(ALL_ALIKE):
        remarks.append(
            f"{ALL_ALIKE.capitalize()}: not defined, because every source that was searched, or "
            "none, stands in the row or in the column."
        )
    return remarks
