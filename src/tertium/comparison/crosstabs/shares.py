"""Counts of a crosstab as shares of their row or column, with a range.

Comes in: cells, the side that a share is of, and how a range is made.
Goes out: shares, their text for readers, and what the note must say of them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import pandas as pd

from tertium.comparison.crosstabs.cells import Cell, Cells, Count, Of
from tertium.comparison.result import NOT_SEARCHED
from tertium.comparison.statistics.bootstrap import bootstrap, ratio
from tertium.comparison.statistics.proportions import wilson
from tertium.errors import UnknownNameError

IntervalKind = Literal["wilson", "bootstrap", "none"]
_NBSP = "\u00a0"


@dataclass(frozen=True)
class Interval:
    """How the range of a share is made.

    Parameters
    ----------
    kind : {"wilson", "bootstrap", "none"}
        wilson: from the number of sources alone. bootstrap: from draws of whole works.
    level : float
        0.95 for 95 %.
    seed, resamples : int
        Of the draws.
    """

    kind: IntervalKind
    level: float = math.nan
    seed: int = 0
    resamples: int = 0


def check_of(of: str | None) -> Of:
    """The side that a share is of; there is no default.

    Raises
    ------
    UnknownNameError
        None is named, or one that there is not.
    """
    if of not in get_args(Of):
        raise UnknownNameError(
            f'of={of!r}; shares are of="rows" (each row is taken as the whole) or of="columns"; '
            "which of the two changes what they say"
        )
    return "rows" if of == "rows" else "columns"


def check_interval(
    interval: str | None,
    *,
    count: Count,
    level: float | None,
    seed: int | None,
    resamples: int | None,
) -> Interval:
    """How ranges are made, with all that it takes.

    Raises
    ------
    UnknownNameError
        No such interval; something that it takes is missing; or Wilson's for passages or
        characters, for those of one source are alike and no independent observations.
    """
    if interval not in get_args(IntervalKind):
        raise UnknownNameError(
            f"interval={interval!r}; for shares there are {', '.join(get_args(IntervalKind))}"
        )
    if interval == "none":
        return Interval("none")
    if level is None or not 0 < level < 1:
        raise UnknownNameError(f"level={level!r}; give a share between 0 and 1, such as 0.95")
    if interval == "wilson":
        if count != "sources":
            raise UnknownNameError(
                f'interval="wilson" is for count="sources": {count} of one source are alike, so '
                'that they bear less than their number; take interval="bootstrap"'
            )
        return Interval("wilson", level)
    if seed is None or seed < 0:
        raise UnknownNameError(f"seed={seed!r}; give a whole number from 0 up")
    if resamples is None or resamples < 1:
        raise UnknownNameError(f"resamples={resamples!r}; give a whole number, such as 2000")
    return Interval("bootstrap", level, seed, resamples)


def shares(
    cells: Cells, rows: Sequence[str], columns: Sequence[str], *, of: Of, interval: Interval
) -> tuple[pd.DataFrame, pd.DataFrame, list[str]]:
    """Each cell as a share of its row or column.

    Returns
    -------
    frame, shown : DataFrame
        The shares, from 0 to 1, null where nobody looked or there is nothing to be a share of;
        and "3 of 7, 43% (16–75)" for readers.
    list of str
        What the note must say of cells that have no share or no range.
    """
    values: dict[Cell, float | None] = {}
    texts: dict[Cell, str] = {}
    has_no_share = has_no_range = False
    for row in rows:
        for column in columns:
            cell = (row, column)
            along = [(row, c) for c in columns] if of == "rows" else [(r, column) for r in rows]
            part, whole = cells.parts(cell), cells.whole(cell, of, along)
            found, total = sum(part.values()), sum(whole.values())
            if cells.number(cell) is None:
                values[cell], texts[cell] = None, NOT_SEARCHED
            elif not total:
                has_no_share = True
                values[cell], texts[cell] = None, _of(0, 0)
            else:
                bounds = _bounds(cells, part, whole, interval)
                has_no_range |= interval.kind != "none" and math.isnan(bounds[0])
                values[cell] = found / total
                texts[cell] = f"{_of(found, total)}, {_in_words(found / total, bounds)}"
    remarks = []
    if has_no_share:
        what = "row" if of == "rows" else "column"
        remarks.append(f"0 of 0: not defined, because the {what} holds nothing to be a share of.")
    if has_no_range:
        remarks.append(
            "Where no range stands it is not defined, because every draw gives the same share."
        )
    frame = _frame(values, rows, columns).astype("Float64")
    return frame, _frame(texts, rows, columns), remarks


def _bounds(
    cells: Cells, part: Mapping[str, int], whole: Mapping[str, int], interval: Interval
) -> tuple[float, float]:
    if interval.kind == "none":
        return math.nan, math.nan
    if interval.kind == "wilson":
        return wilson(sum(part.values()), sum(whole.values()), level=interval.level)
    sums = np.array([[part.get(s, 0), whole.get(s, 0)] for s in cells.passages.counted], float)
    return bootstrap(
        sums, ratio, level=interval.level, seed=interval.seed, resamples=interval.resamples
    )


def _of(found: int, total: int) -> str:
    # No-break spaces, so that a narrow cell breaks before the share and nowhere else.
    return f"{found:,}{_NBSP}of{_NBSP}{total:,}"


def _in_words(share: float, bounds: tuple[float, float]) -> str:
    low, high = bounds
    if math.isnan(low):
        return f"{percent(share)}%"
    return f"{percent(share)}%{_NBSP}({percent(low)}–{percent(high)})"


def percent(share: float) -> str:
    """A share in per cent without the sign; near the ends with a decimal.

    Examples
    --------
    >>> percent(3 / 7), percent(1 / 300), percent(0.9991), percent(1.0)
    ('43', '0.3', '99.9', '100')
    """
    is_near_an_end = 0 < share < 0.01 or 0.99 < share < 1
    return f"{100 * share:.1f}" if is_near_an_end else f"{100 * share:.0f}"


def _frame(
    values: Mapping[Cell, object], rows: Sequence[str], columns: Sequence[str]
) -> pd.DataFrame:
    index = pd.Index(list(rows), dtype=object)
    return pd.DataFrame(
        {
            column: pd.Series([values[row, column] for row in rows], index=index, dtype=object)
            for column in columns
        },
        index=index,
        columns=pd.Index(list(columns), dtype=object),
    )
