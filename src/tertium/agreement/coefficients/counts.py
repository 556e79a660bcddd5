"""A reliability table, counted once: which rows of codings occur, and how often.

Comes in: coders in rows, units in columns. Goes out: a `UnitTable`, on which every coefficient
and every resample works. A million units by three coders are a few hundred rows here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tertium.agreement.coefficient import NAN
from tertium.agreement.coefficients.canonical import canonical_order
from tertium.agreement.coefficients.cells import (
    MISSING,
    Floats,
    Ints,
    as_numbers,
    cells_of,
    codes_of,
    collapse,
    in_given_order,
    order_of,
    refuse,
    some,
)


@dataclass(frozen=True)
class UnitTable:
    """The distinct ways in which units were coded.

    Parameters
    ----------
    rows : array of int, shape (n_patterns, n_coders)
        Index into `values`, or -1 where a coder did not code. Units coded by nobody are left out.
    units : array of int, shape (n_patterns,)
        How many units were coded so.
    values : array, shape (n_values,)
        What the indices mean, sorted, or in the order of the categories that were passed.
    n_coded_by_nobody : int
        Units without any coding.
    given : bool
        Whether the values were passed as categories, and not only observed.
    names : tuple of str
        Of the coders, where the table has some.
    """

    rows: Ints
    units: Ints
    values: NDArray[Any]
    n_coded_by_nobody: int = 0
    given: bool = False
    names: tuple[str, ...] = ()

    @cached_property
    def n_values(self) -> int:
        """Return the number of categories: those passed, or else those observed."""
        return len(self.values)

    @cached_property
    def codings(self) -> Ints:
        """Return the number of codings of each pattern."""
        return (self.rows != MISSING).sum(axis=1)

    @cached_property
    def pairable(self) -> NDArray[np.bool_]:
        """Return which patterns were coded by two coders or more."""
        return self.codings >= 2

    @cached_property
    def coders(self) -> Ints:
        """Return the columns of the coders who coded anything."""
        return np.flatnonzero((self.rows != MISSING).any(axis=0))

    @property
    def n_units(self) -> int:
        """Return the number of units with at least one coding."""
        return int(self.units.sum())

    @property
    def n_pairable(self) -> int:
        """Return the number of units with at least two codings."""
        return int(self.units[self.pairable].sum())

    @property
    def set_aside(self) -> dict[str, int]:
        """Return how many units say nothing about agreement, by reason."""
        aside = {
            "one_coding": self.n_units - self.n_pairable,
            "no_coding": self.n_coded_by_nobody,
        }
        return {reason: count for reason, count in aside.items() if count}

    @cached_property
    def n_pairable_values(self) -> int:
        """Return how many distinct values occur in units with at least two codings."""
        seen = self.rows[self.pairable]
        return len(np.unique(seen[seen != MISSING]))

    @cached_property
    def n_observed_values(self) -> int:
        """Return how many distinct values occur at all."""
        return len(np.unique(self.rows[self.rows != MISSING]))

    @cached_property
    def numbers(self) -> Floats:
        """Return the values as numbers; refuses what is none."""
        numbers = as_numbers(self.values)
        if numbers is None:
            refuse(
                "values",
                f"{some(self.values)} are no numbers",
                "use numbers, or level or weights that need none",
            )
        return numbers

    @cached_property
    def has_numbers(self) -> bool:
        """Return whether every value is a number."""
        return as_numbers(self.values) is not None

    @cached_property
    def is_wide(self) -> bool:
        """Return whether patterns by values are too many for a plain array."""
        return len(self.rows) * self.n_values > 20_000_000

    @cached_property
    def counts(self) -> Any:
        """Return patterns by values: how many coders gave the value; sparse where `is_wide`."""
        pattern, coder = np.nonzero(self.rows != MISSING)
        value = self.rows[pattern, coder]
        shape = (len(self.rows), self.n_values)
        if self.is_wide:
            from scipy.sparse import csr_array

            return csr_array((np.ones(len(value)), (pattern, value)), shape=shape)
        flat = np.bincount(pattern * shape[1] + value, minlength=shape[0] * shape[1])
        return flat.reshape(shape).astype(float)

    def by_coder(self) -> Any:
        """Return patterns by (coder, value), sparse: 1 where that coder gave that value."""
        from scipy.sparse import csr_array

        rows = self.rows[:, self.coders]
        pattern, coder = np.nonzero(rows != MISSING)
        column = coder * self.n_values + rows[pattern, coder]
        shape = (len(rows), len(self.coders) * self.n_values)
        return csr_array((np.ones(len(column)), (pattern, column)), shape=shape)

    @property
    def percent_agreement(self) -> float:
        """Return the mean over units coded twice of the share of agreeing pairs of coders."""
        rows, codings = self.rows[self.pairable], self.codings[self.pairable]
        if not len(rows):
            return NAN
        agreed = np.zeros(len(rows))
        for first, second in combinations(range(rows.shape[1]), 2):
            agreed += (rows[:, first] == rows[:, second]) & (rows[:, first] != MISSING)
        share = agreed / (codings * (codings - 1) / 2)
        return float(self.units[self.pairable] @ share / self.n_pairable)

    def pair_in_words(self, first: int, second: int) -> str:
        """Return two coders by their names, or by their rows where they have none."""
        if self.names:
            return f"{self.names[first]} and {self.names[second]}"
        return f"coders {first + 1} and {second + 1}"

    def only(self, keep: NDArray[np.bool_]) -> UnitTable:
        """Return the table with some patterns only; categories stay."""
        return UnitTable(self.rows[keep], self.units[keep], self.values, given=self.given)

    def of_coders(self, *columns: int) -> UnitTable:
        """Return the units that all of these coders coded, with their codings only."""
        part = self.rows[:, list(columns)]
        keep = (part != MISSING).all(axis=1)
        return UnitTable(part[keep], self.units[keep], self.values, given=self.given)

    def without_names(self) -> UnitTable:
        """Return the table where it does not matter who gave which value: rows are sorted."""
        rows, units = collapse(np.sort(self.rows, axis=1).T, self.n_values, self.units)
        return UnitTable(rows, units, self.values, self.n_coded_by_nobody, self.given)

    def in_order(self) -> UnitTable:
        """Return the table with its patterns sorted, so that the order of units leaves no trace."""
        order = np.lexsort(self.rows.T[::-1]) if self.rows.shape[1] else slice(None)
        rows, units = self.rows[order], self.units[order]
        return UnitTable(rows, units, self.values, self.n_coded_by_nobody, self.given)

    def in_coder_order(self) -> UnitTable:
        """Return the table with coders sorted by what they coded, whatever order they came in.

        For coefficients that know who gave which value, but not which coder is the first.
        """
        order = canonical_order(self.rows, self.units)
        return UnitTable(
            self.rows[:, order], self.units, self.values, self.n_coded_by_nobody, self.given
        )

    def as_ranks(self) -> UnitTable:
        """Return the table with only those values that occur."""
        seen = np.unique(self.rows[self.rows != MISSING])
        lookup = np.full(self.n_values + 1, MISSING)
        lookup[seen] = np.arange(len(seen))
        return UnitTable(lookup[self.rows], self.units, self.values[seen], self.n_coded_by_nobody)


Reliability = pd.DataFrame | NDArray[Any] | UnitTable


def unit_table(reliability: Reliability, *, categories: Sequence[Any] | None = None) -> UnitTable:
    """Count how units were coded.

    Parameters
    ----------
    reliability : DataFrame or array, shape (n_coders, n_units)
        A value a cell: numbers or words; missing (NaN, None) where a coder did not code. A
        `UnitTable` is returned as it is, but for its values now being given as categories.
    categories : sequence, optional
        All values that the scheme allows, in its order. Without it: those of the ordered
        Categorical that all columns are, or else the values that occur, sorted.

    Returns
    -------
    UnitTable

    Examples
    --------
    >>> table = unit_table(np.array([[1, 1, 2, np.nan], [1, 1, 3, np.nan]]))
    >>> table.rows.tolist(), table.units.tolist(), table.n_coded_by_nobody
    ([[0, 0], [1, 2]], [2, 1], 1)
    """
    if isinstance(reliability, UnitTable):
        if categories is not None and list(categories) != list(reliability.values):
            refuse("categories", "the table was counted with others", "pass them once")
        counted = categories is None or reliability.given
        return reliability if counted else replace(reliability, given=True)
    categories = order_of(reliability) if categories is None else categories
    cells = cells_of(reliability)
    codes, values = codes_of(cells)
    if categories is not None:
        codes, values = in_given_order(codes, values, categories)
    rows, units = collapse(codes, len(values), None)
    n_nobody = cells.shape[1] - int(units.sum())
    return UnitTable(rows, units, values, n_nobody, categories is not None, names_of(reliability))


def names_of(reliability: pd.DataFrame | NDArray[Any]) -> tuple[str, ...]:
    """Return the names of the coders where a table has some; numbered rows are none.

    Examples
    --------
    >>> names_of(pd.DataFrame([[1], [2]], index=["ana", "ben"])), names_of(pd.DataFrame([[1]]))
    (('ana', 'ben'), ())
    """
    if not isinstance(reliability, pd.DataFrame) or isinstance(reliability.index, pd.RangeIndex):
        return ()
    return tuple(str(one) for one in reliability.index)
