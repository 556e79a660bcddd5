"""How far apart two values are: numbers, places on a circle, sets of labels.

Comes in: two arrays of values, or two sets. Goes out: disagreement, 0 where they are equal.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Level = Literal["nominal", "ordinal", "interval", "ratio", "circular"]
SetDistance = Literal["nominal", "jaccard", "masi"]
LEVELS: tuple[Level, ...] = ("nominal", "ordinal", "interval", "ratio", "circular")
SET_DISTANCES: tuple[SetDistance, ...] = ("nominal", "jaccard", "masi")


def nominal(left: NDArray[Any], right: NDArray[Any]) -> Floats:
    """Return 0 where values are equal, else 1.

    Examples
    --------
    >>> nominal(np.array([1, 2]), np.array([1, 3])).tolist()
    [0.0, 1.0]
    """
    return np.asarray(left != right, dtype=float)


def interval(left: Floats, right: Floats) -> Floats:
    """Return the squared difference.

    Examples
    --------
    >>> interval(np.array([1.0]), np.array([4.0])).tolist()
    [9.0]
    """
    return (left - right) ** 2


def ratio(left: Floats, right: Floats) -> Floats:
    """Return the squared difference relative to the sum; 0 for two zeros.

    Meaningful for numbers from zero up; Krippendorff's alpha refuses negative ones.

    References
    ----------
    .. [1] Krippendorff, K. (2011). Computing Krippendorff's alpha-reliability. Section D.

    Examples
    --------
    >>> ratio(np.array([1.0, 0.0]), np.array([3.0, 0.0])).tolist()
    [0.25, 0.0]
    """
    total = left + right
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(total == 0, 0.0, ((left - right) / total) ** 2)


def circular(left: Floats, right: Floats, *, circumference: float) -> Floats:
    """Return the squared sine of half the angle between two places on a circle.

    `circumference` is the length of the circle in the unit of the values: 24 for hours, 7 for
    days of the week counted from any day.

    References
    ----------
    .. [1] Krippendorff, K. (2011). Computing Krippendorff's alpha-reliability. Section D.

    Examples
    --------
    >>> hours = circular(np.array([23.0, 0.0]), np.array([1.0, 12.0]), circumference=24)
    >>> hours.round(3).tolist()
    [0.067, 1.0]
    """
    return np.sin(np.pi * (left - right) / circumference) ** 2


def mid_ranks(margins: Floats) -> Floats:
    """Return where the middle of each value stands among all values, in order.

    Krippendorff's ordinal difference of two values is the squared difference of these places, so
    that ordinal alpha is interval alpha of mid-ranks.

    Parameters
    ----------
    margins : array, shape (..., n_values)
        How often each value occurs, in the order of the values.

    Examples
    --------
    >>> mid_ranks(np.array([4.0, 2.0, 6.0])).tolist()
    [2.0, 5.0, 9.0]
    """
    return np.cumsum(margins, axis=-1) - margins / 2


def jaccard(left: frozenset[Any], right: frozenset[Any]) -> float:
    """Return the share of labels that only one of two sets has; 0 for two empty sets.

    Examples
    --------
    >>> jaccard(frozenset("ab"), frozenset("bc")), jaccard(frozenset(), frozenset())
    (0.6666666666666667, 0.0)
    """
    union = len(left | right)
    return 1 - len(left & right) / union if union else 0.0


def masi(left: frozenset[Any], right: frozenset[Any]) -> float:
    """Return the distance of two sets that forgives a set for holding the other.

    1 less the product of the Jaccard similarity and a factor: 1 for equal sets, 2/3 where one
    holds the other, 1/3 where they overlap, 0 where they are disjoint. Two empty sets are equal;
    an empty set and another one are disjoint.

    References
    ----------
    .. [1] Passonneau, R. (2006). Measuring agreement on set-valued items (MASI) for semantic and
       pragmatic annotation. LREC 2006. Section 3.

    Examples
    --------
    >>> round(masi(frozenset("a"), frozenset("ab")), 4), masi(frozenset(), frozenset("a"))
    (0.6667, 1.0)
    """
    shared = left & right
    if left == right:
        return 0.0
    if not shared:
        return 1.0
    factor = 2 / 3 if left <= right or right <= left else 1 / 3
    return 1 - factor * (1 - jaccard(left, right))


def unequal(left: frozenset[Any], right: frozenset[Any]) -> float:
    """Return 0 for equal sets, else 1.

    Examples
    --------
    >>> unequal(frozenset("ab"), frozenset("ba")), unequal(frozenset("a"), frozenset())
    (0.0, 1.0)
    """
    return float(left != right)


OF_SETS: dict[str, Callable[[frozenset[Any], frozenset[Any]], float]] = {
    "nominal": unequal,
    "jaccard": jaccard,
    "masi": masi,
}


def set_distances(sets: Sequence[frozenset[Any]], distance: SetDistance) -> Floats:
    """Return the distances between all of some sets, shape (n_sets, n_sets).

    Examples
    --------
    >>> set_distances([frozenset("a"), frozenset("ab")], "jaccard").tolist()
    [[0.0, 0.5], [0.5, 0.0]]
    """
    between = OF_SETS[distance]
    found = np.zeros((len(sets), len(sets)))
    for row, left in enumerate(sets):
        for column in range(row):
            found[row, column] = found[column, row] = between(left, sets[column])
    return found
