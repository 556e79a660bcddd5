"""What Krippendorff's alpha sums: disagreement inside units, and among all codings.

Comes in: a table of units coded twice or more, and a level. Goes out: `Disagreement`, which
needs sums over units only: of squares for interval, of sines for circular, of counts otherwise.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np

from tertium.agreement.coefficients.cells import MISSING, Floats, refuse
from tertium.agreement.coefficients.counts import UnitTable
from tertium.agreement.coefficients.percent import agreeing_pairs
from tertium.agreement.coefficients.sums import Parts, disagreement_ratio
from tertium.agreement.distance import mid_ranks, ratio

Distance = Callable[[Any, Any], Floats]
# Up to here a resample's ordinal differences are summed over pairs of values, not over units.
FEW_VALUES = 40
# Pairs of values that are looked at in one go.
BLOCK = 4_000_000
# A spread this small, relative to what it is the difference of, is rounding.
ROUNDING = 1e-12


@dataclass(frozen=True)
class Disagreement:
    """Observed and expected disagreement for any weights of the patterns.

    Parameters
    ----------
    parts : callable
        From weights, shape (n_resamples, n_patterns), to `Parts`.
    unlike : array, shape (n_patterns,), optional
        Disagreement of each pattern, summed over pairs of codings and divided by codings less 1.
    from_all : callable, optional
        From the share of each value to the mean disagreement of each value with all codings.
        None where distances change with the shares: no linear variance is published then.
    """

    parts: Callable[[Floats], Parts]
    unlike: Floats | None = None
    from_all: Callable[[Floats], Floats] | None = None


def nominal_disagreement(table: UnitTable) -> Disagreement:
    """Return disagreement where two values are equal or not."""
    codings, counts = table.codings.astype(float), table.counts
    unlike = codings - agreeing_pairs(table, None) / (codings - 1)

    def parts(of: Floats) -> Parts:
        number = of @ codings
        margins = of @ counts
        expected = (number**2 - (margins**2).sum(axis=1)) / (number * (number - 1))
        return disagreement_ratio((of @ unlike) / number, expected)

    return Disagreement(parts, unlike, lambda shares: 1 - shares)


def interval_disagreement(table: UnitTable) -> Disagreement:
    """Return disagreement as squared differences, from sums of numbers and of their squares."""
    numbers = table.numbers
    present = table.rows != MISSING
    number = max(float(table.units @ table.codings), 1.0)
    cells = np.where(present, _cells(table, numbers), 0.0)
    centre = float(table.units @ cells.sum(axis=1)) / number
    cells = np.where(present, cells - centre, 0.0)
    codings = table.codings.astype(float)
    totals, squares = cells.sum(axis=1), (cells**2).sum(axis=1)
    unlike = 2 * np.maximum(codings * squares - totals**2, 0) / (codings - 1)
    columns = np.column_stack([codings, totals, squares, unlike])

    def parts(of: Floats) -> Parts:
        number, total, square, apart = (of @ columns).T
        spread = _spread(number * square, total**2)
        return disagreement_ratio(apart / number, 2 * spread / (number * (number - 1)))

    def from_all(shares: Floats) -> Floats:
        places = numbers - centre
        mean = shares @ places
        return places**2 - 2 * places * mean + shares @ places**2

    return Disagreement(parts, unlike, from_all)


def circular_disagreement(table: UnitTable, circumference: float) -> Disagreement:
    """Return disagreement as the squared sine of half an angle, from sums of cosine and sine."""
    angles = 2 * np.pi * table.numbers / circumference
    cosines, sines = np.cos(angles), np.sin(angles)
    present = table.rows != MISSING
    across = np.where(present, _cells(table, cosines), 0.0).sum(axis=1)
    up = np.where(present, _cells(table, sines), 0.0).sum(axis=1)
    codings = table.codings.astype(float)
    unlike = np.maximum(codings**2 - across**2 - up**2, 0) / 2 / (codings - 1)
    columns = np.column_stack([codings, across, up, unlike])

    def parts(of: Floats) -> Parts:
        number, cosine, sine, apart = (of @ columns).T
        spread = _spread(number**2, cosine**2 + sine**2)
        return disagreement_ratio(apart / number, spread / 2 / (number * (number - 1)))

    def from_all(shares: Floats) -> Floats:
        return (1 - cosines * (shares @ cosines) - sines * (shares @ sines)) / 2

    return Disagreement(parts, unlike, from_all)


def ordinal_disagreement(table: UnitTable) -> Disagreement:
    """Return interval disagreement of mid-ranks, which follow from how often values are used."""
    if not (table.given or table.has_numbers):
        refuse(
            "values",
            "words with level ordinal",
            "words have no order of their own: pass categories in the scheme's order",
        )
    counts = table.counts
    few = _meetings(table) if table.n_values <= FEW_VALUES else None

    def parts(of: Floats) -> Parts:
        margins = of @ counts
        ranks = mid_ranks(margins)
        number = margins.sum(axis=1)
        total, square = (margins * ranks).sum(axis=1), (margins * ranks**2).sum(axis=1)
        spread = _spread(number * square, total**2)
        apart = few(of, ranks) if few else _apart_by_unit(table, of, ranks)
        return disagreement_ratio(apart / number, 2 * spread / (number * (number - 1)))

    return Disagreement(parts)


def _meetings(table: UnitTable) -> Callable[[Floats, Floats], Floats]:
    """Return the sum of squared rank differences, from how often two values meet in a unit."""
    pairs = list(combinations(range(table.n_values), 2))
    left, right = np.array(pairs, dtype=int).reshape(-1, 2).T
    counts = np.asarray(table.counts.todense()) if table.is_wide else table.counts
    meetings = 2 * counts[:, left] * counts[:, right] / (table.codings[:, None] - 1)

    def apart(of: Floats, ranks: Floats) -> Floats:
        return ((of @ meetings) * (ranks[:, left] - ranks[:, right]) ** 2).sum(axis=1)

    return apart


def _apart_by_unit(table: UnitTable, of: Floats, ranks: Floats) -> Floats:
    """Return the same unit by unit, where values are many."""
    codings, present = table.codings, table.rows != MISSING
    sums = np.zeros(len(of))
    for resample, places in enumerate(ranks):
        cells = np.where(present, places[table.rows] - places.mean(), 0.0)
        apart = codings * (cells**2).sum(axis=1) - cells.sum(axis=1) ** 2
        sums[resample] = of[resample] @ (2 * np.maximum(apart, 0) / (codings - 1))
    return sums


def ratio_disagreement(table: UnitTable) -> Disagreement:
    """Return disagreement as squared differences relative to the sum; refuses negative numbers."""
    numbers = table.numbers
    if (numbers < 0).any():
        refuse(
            "values",
            f"{numbers.min():g} with level ratio",
            "ratio needs numbers from zero up: use level interval",
        )
    return any_disagreement(table, numbers, ratio)


def any_disagreement(table: UnitTable, values: Any, distance: Distance) -> Disagreement:
    """Return disagreement for any distance between values.

    Values are numbers, or indices into a matrix of distances. Values by values are looked at in
    blocks; units by values by values never.
    """
    codings, counts = table.codings.astype(float), table.counts
    apart = np.zeros(len(table.rows))
    for first, second in combinations(range(table.rows.shape[1]), 2):
        left, right = table.rows[:, first], table.rows[:, second]
        both = (left != MISSING) & (right != MISSING)
        apart[both] += distance(values[left[both]], values[right[both]])
    unlike = 2 * apart / (codings - 1)

    def to_all(margins: Floats) -> Floats:
        """Return margins times distances, shape (n_resamples, n_values)."""
        found = np.zeros_like(margins)
        step = max(1, BLOCK // max(len(values), 1))
        for start in range(0, len(values), step):
            block = slice(start, start + step)
            found[:, block] = margins @ distance(values[:, None], values[None, block])
        return found

    def parts(of: Floats) -> Parts:
        number = of @ codings
        margins = np.asarray(of @ counts)
        expected = (to_all(margins) * margins).sum(axis=1)
        return disagreement_ratio((of @ unlike) / number, expected / (number * (number - 1)))

    return Disagreement(parts, unlike, lambda shares: to_all(shares[None, :])[0])


def _spread(squares: Floats, square_of_sum: Floats) -> Floats:
    spread = squares - square_of_sum
    return np.where(spread > ROUNDING * squares, spread, 0.0)


def _cells(table: UnitTable, by_value: Floats) -> Floats:
    """Return a number for each cell; what stands where a coding is missing means nothing."""
    return by_value[table.rows] if len(by_value) else np.zeros(table.rows.shape)
