"""How large a difference between groups is, whatever a test says of it.

Comes in: tables of counts, or shares of two groups.
Goes out: one number, 0 where nothing differs, and the bounds between which it may lie.
"""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import Any

import numpy as np
import numpy.typing as npt

from tertium.comparison.statistics.proportions import NAN, check_level, wilson

Floats = npt.NDArray[np.float64]


def cramers_v(table: Any, *, corrections: int = 0) -> Floats:
    """How strongly rows and columns of a table go together: 0 not at all, 1 wholly.

    In a small table chance alone makes it larger than 0. One correction takes off what chance
    adds on average [2]_; a draw from the sources with replacement adds as much again, so that
    tables made by such draws want two.

    Parameters
    ----------
    table : array, shape (..., n_rows, n_columns)
        Counts, also of many tables at once. Empty rows and columns are left out.
    corrections : int
        0: Cramér's own number [1]_.

    Returns
    -------
    ndarray, shape (...)
        NaN where fewer than two rows or columns hold anything.

    References
    ----------
    .. [1] Cramér, H. (1946). Mathematical Methods of Statistics. Princeton University Press.
       Section 21.9.
    .. [2] Bergsma, W. (2013). A bias-correction for Cramér's V and Tschuprow's T. Journal of the
       Korean Statistical Society 42, 323-328.

    Examples
    --------
    >>> float(cramers_v([[3, 1], [1, 3]])), float(cramers_v([[4, 0], [0, 4]], corrections=1))
    (0.5, 1.0)
    """
    counts = np.asarray(table, dtype=float)
    by_row, by_column = counts.sum(axis=-1), counts.sum(axis=-2)
    total = by_row.sum(axis=-1)
    rows, columns = (by_row > 0).sum(axis=-1), (by_column > 0).sum(axis=-1)
    with np.errstate(invalid="ignore", divide="ignore"):
        phi = chi_square(counts) / total
        chance = corrections * (rows - 1) * (columns - 1) / (total - 1)
        # With so few that chance explains all, nothing is left.
        phi = np.maximum(0.0, phi - chance)
        longest = np.minimum(rows, columns) - 1.0
        if corrections:
            side = np.minimum(rows - (rows - 1) ** 2 / (total - 1),
                              columns - (columns - 1) ** 2 / (total - 1)) - 1  # fmt: skip
            longest = np.minimum(longest, side)
        found = np.sqrt(phi / longest)
    has_value = (rows > 1) & (columns > 1) & (longest > 0)
    return np.where(has_value, np.minimum(found, 1.0), np.nan)


def chi_square(table: Any) -> Floats:
    """Pearson's distance of a table from what its margins lead one to expect; also of many.

    Examples
    --------
    >>> float(chi_square([[3, 1], [1, 3]]))
    2.0
    """
    counts = np.asarray(table, dtype=float)
    by_row, by_column = counts.sum(axis=-1), counts.sum(axis=-2)
    with np.errstate(invalid="ignore", divide="ignore"):
        expected = (
            by_row[..., :, None] * by_column[..., None, :] / counts.sum((-1, -2))[..., None, None]
        )
        apart = np.where(expected > 0, (counts - expected) ** 2 / expected, 0.0)
    found: Floats = apart.sum(axis=(-1, -2))
    return found


def risk_difference(
    one: tuple[int, int], other: tuple[int, int], *, level: float
) -> tuple[float, float, float]:
    """How much larger the share of one group is than that of another, with bounds.

    Parameters
    ----------
    one, other : (int, int)
        How many of how many.
    level : float

    Returns
    -------
    (float, float, float)
        Difference, lower and upper bound, made from the score intervals of both shares; NaN
        where a group is empty.

    References
    ----------
    .. [1] Newcombe, R. G. (1998). Interval estimation for the difference between independent
       proportions. Statistics in Medicine 17, 873-890. Method 10.

    Examples
    --------
    >>> [round(each, 4) for each in risk_difference((56, 70), (48, 80), level=0.95)]
    [0.2, 0.0524, 0.3339]
    """
    check_level(level)
    if not one[1] or not other[1]:
        return NAN, NAN, NAN
    first, second = one[0] / one[1], other[0] / other[1]
    low_1, high_1 = wilson(*one, level=level)
    low_2, high_2 = wilson(*other, level=level)
    apart = first - second
    below = math.hypot(first - low_1, high_2 - second)
    above = math.hypot(high_1 - first, second - low_2)
    return apart, apart - below, apart + above


def odds_ratio(table: Any, *, level: float) -> tuple[float, float, float]:
    """How many times larger the odds are in the first row than in the second, with bounds.

    Parameters
    ----------
    table : array, shape (2, 2)
        Rows are groups, columns with and without.
    level : float

    Returns
    -------
    (float, float, float)
        Ratio and bounds from the standard error of its logarithm; NaN where a cell is 0, for
        then there is no such error.

    References
    ----------
    .. [1] Woolf, B. (1955). On estimating the relation between blood group and disease. Annals of
       Human Genetics 19, 251-253.

    Examples
    --------
    >>> [round(each, 2) for each in odds_ratio([[3, 1], [1, 3]], level=0.95)]
    [9.0, 0.37, 220.93]
    """
    check_level(level)
    counts = np.asarray(table, dtype=float)
    if counts.shape != (2, 2):
        raise ValueError(f"found a table of shape {counts.shape}; the odds ratio is of two by two")
    if (counts <= 0).any():
        return NAN, NAN, NAN
    ratio = float(counts[0, 0] * counts[1, 1] / (counts[0, 1] * counts[1, 0]))
    reach = NormalDist().inv_cdf((1 + level) / 2) * math.sqrt(float((1 / counts).sum()))
    return ratio, ratio * math.exp(-reach), ratio * math.exp(reach)
