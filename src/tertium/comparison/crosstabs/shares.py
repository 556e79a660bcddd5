"""Counts of a crosstab as shares of their row or column, with a range.

Comes in: cells, the side that a share is of, and how a range is made.
Goes out: shares, their text for readers, and what the note must say of them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import pandas as pd

from tertium.comparison.crosstabs.cells import Cell, Cells, Count, Of
from tertium.comparison.intervals import (
    bootstrap_in_words,
    sampling_in_words,
    share_text,
    wilson_in_words,
)
from tertium.comparison.passages import Passages
from tertium.comparison.result import NOT_SEARCHED
from tertium.comparison.statistics.bootstrap import NARROW, share_bounds
from tertium.comparison.statistics.proportions import NAN, wilson
from tertium.comparison.tellings import has_ties, ties_of, together
from tertium.errors import UnknownNameError

IntervalKind = Literal["wilson", "bootstrap", "none"]
_NBSP = "\u00a0"


@dataclass(frozen=True)
class Interval:
    """How the range of a share is made.

    Parameters
    ----------
    kind : {"wilson", "bootstrap", "none"}
        wilson: from the number of sources alone. bootstrap: from draws of whole sources,
        those of one case together.
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
        What the note must say of ranges, and of cells that have no share.
    """
    values: dict[Cell, float | None] = {}
    texts: dict[Cell, str] = {}
    has_no_share = False
    ranges = _Bounds(cells, interval)
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
                values[cell] = found / total
                range_of_share = share_text(found / total, *ranges.of(part, whole))
                texts[cell] = f"{_of(found, total)}, {range_of_share}"
    remarks = ranges.in_words(cells.passages)
    if has_no_share:
        what = "row" if of == "rows" else "column"
        remarks.append(f"0 of 0: not defined, because the {what} holds nothing to be a share of.")
    frame = _frame(values, rows, columns).astype("Float64")
    return frame, _frame(texts, rows, columns), remarks


class _Bounds:
    """Makes the ranges of one table, and remembers what the note must say of them."""

    def __init__(self, cells: Cells, interval: Interval) -> None:
        self._interval = interval
        self._ties = ties_of(cells.passages) if interval.kind == "bootstrap" else {}
        self.is_few = self.is_missing = False

    def of(self, part: Mapping[str, int], whole: Mapping[str, int]) -> tuple[float, float]:
        """The range of one share, from what each source adds to both of its numbers."""
        how = self._interval
        if how.kind == "none":
            return NAN, NAN
        if how.kind == "wilson":
            return wilson(sum(part.values()), sum(whole.values()), level=how.level)
        sources = [source_id for source_id, number in whole.items() if number]
        blocks = together(sources, self._ties)
        low, high = share_bounds(
            [part.get(source_id, 0) for source_id in sources],
            [whole[source_id] for source_id in sources],
            blocks,
            level=how.level,
            seed=how.seed,
            resamples=how.resamples,
        )
        self.is_missing |= math.isnan(low)
        self.is_few |= not math.isnan(low) and len(set(blocks)) < NARROW
        return low, high

    def in_words(self, passages: Passages) -> list[str]:
        """What the ranges mean, and for which sources."""
        how = self._interval
        if how.kind == "none":
            return []
        if how.kind == "wilson":
            said = wilson_in_words(how.level, has_ties=has_ties(passages))
        else:
            said = bootstrap_in_words(
                how.level,
                resamples=how.resamples,
                seed=how.seed,
                has_ties=has_ties(passages),
                is_few=self.is_few,
                is_missing=self.is_missing,
            )
        return [said, *filter(None, [sampling_in_words(passages.tables)])]


def _of(found: int, total: int) -> str:
    # No-break spaces, so that a narrow cell breaks before the share and nowhere else.
    return f"{found:,}{_NBSP}of{_NBSP}{total:,}"


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
