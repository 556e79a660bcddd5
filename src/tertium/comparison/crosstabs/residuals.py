"""Which cells of a crosstab hold more or fewer sources than their margins lead one to expect.

Comes in: cells that count sources.
Goes out: adjusted residuals; where too few sources are expected, the reason in their place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from tertium.comparison.crosstabs.cells import Cell, Cells
from tertium.comparison.result import NOT_SEARCHED
from tertium.comparison.statistics.residuals import adjusted_residuals, expected_counts

# Cochran, W. G. (1954). Some methods for strengthening the common chi-square tests. Biometrics
# 10, 417-451, p. 420: nothing expected below 1, and little below 5.
SAFE = 5
LEAST = 1
STANDS_OUT = 1.96
TOO_FEW = "too few"
ALL_ALIKE = "all alike"
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
    frame = pd.DataFrame(index=index, columns=list(columns), dtype="Float64")
    shown = pd.DataFrame(index=index, columns=list(columns), dtype=object)
    marks: dict[str, int] = {}
    for row in rows:
        for column in columns:
            value, text, mark = _cell(cells, (row, column), rows, columns)
            frame.at[row, column] = value
            shown.at[row, column] = text
            marks[mark] = marks.get(mark, 0) + 1
    return frame, shown, _remarks(marks)


def _cell(
    cells: Cells, cell: Cell, rows: Sequence[str], columns: Sequence[str]
) -> tuple[float | None, str, str]:
    if cells.number(cell) is None:
        return None, NOT_SEARCHED, NOT_SEARCHED
    table = fourfold(cells, cell, rows, columns)
    value = adjusted_residuals(table)[0, 0]
    if np.isnan(value):
        return None, ALL_ALIKE, ALL_ALIKE
    least = expected_counts(table).min()
    if least < LEAST:
        return None, TOO_FEW, TOO_FEW
    # No sign before a zero.
    text = "0.0" if abs(value) < 0.05 else f"{value:+.1f}".replace("-", _MINUS)
    is_safe = least >= SAFE
    return float(value), text if is_safe else f"{text}*", "safe" if is_safe else "*"


def fourfold(
    cells: Cells, cell: Cell, rows: Sequence[str], columns: Sequence[str]
) -> list[list[int]]:
    """Sources in the row and the column, in the row only, in the column only, in neither.

    Two of three sources of a column hold a code, and one of four others:
    ``[[2, 1], [1, 3]]``.
    """
    row, column = cell
    in_row = {s for c in columns for s in cells.held.get((row, c), ())}
    in_column = {s for r in rows for s in cells.held.get((r, column), ())}
    everywhere = {s for r in rows for c in columns for s in cells.held.get((r, c), ())}
    for side, base in cells.bases.items():
        # A source without any code stands in no cell, and was searched all the same.
        if side == "columns":
            in_column = set(base[cell])
            everywhere = {s for c in columns for s in base[row, c]}
        else:
            in_row = set(base[cell])
            everywhere = {s for r in rows for s in base[r, column]}
    both = set(cells.held.get(cell, ()))
    if "rows" in cells.bases:
        only_column = in_column - in_row
        only_row = in_row - both
    else:
        only_row = in_row - in_column
        only_column = in_column - both
    neither = len(everywhere) - len(both) - len(only_row) - len(only_column)
    return [[len(both), len(only_row)], [len(only_column), neither]]


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
        remarks.append(
            f"*: unsafe, because fewer than {SAFE} sources are expected in one of the four (the "
            "rule of five, Cochran 1954)."
        )
    if marks.get(TOO_FEW):
        remarks.append(
            f"{TOO_FEW.capitalize()}: not defined, because fewer than {LEAST} source is expected "
            "in one of the four."
        )
    if marks.get(ALL_ALIKE):
        remarks.append(
            f"{ALL_ALIKE.capitalize()}: not defined, because every source that was searched, or "
            "none, stands in the row or in the column."
        )
    return remarks
