"""Groups of what lies close together, by joining the two closest groups again and again.

Comes in: numbers, sorted. Goes out: the group of each.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, get_args

import numpy as np

from tertium.errors import UnknownNameError

Linkage = Literal[
    "complete", "average", "single", "ward.D", "ward.D2", "mcquitty", "median", "centroid"
]
Distance = Literal["euclidean", "maximum", "manhattan", "minkowski", "canberra"]

# Distances of two groups to a third, sizes of the three, distance between the two -> distance
# of the joined group to the third (Lance and Williams 1967).
_Join = Callable[[np.ndarray, np.ndarray, float, float, float, np.ndarray], np.ndarray]


def _ward(
    one: np.ndarray, other: np.ndarray, between: float, a: float, b: float, third: np.ndarray
) -> np.ndarray:
    return ((a + third) * one + (b + third) * other - third * between) / (a + b + third)


_JOINS: dict[str, _Join] = {
    "complete": lambda one, other, between, a, b, third: np.maximum(one, other),
    "single": lambda one, other, between, a, b, third: np.minimum(one, other),
    "average": lambda one, other, between, a, b, third: (a * one + b * other) / (a + b),
    "mcquitty": lambda one, other, between, a, b, third: (one + other) / 2,
    "median": lambda one, other, between, a, b, third: ((one + other) - between / 2) / 2,
    "centroid": lambda one, other, between, a, b, third: (
        (a * one + b * other - a * b * between / (a + b)) / (a + b)
    ),
    "ward.D": _ward,
    "ward.D2": _ward,
}


def distances(numbers: np.ndarray, distance: Distance) -> np.ndarray:
    """How far apart any two numbers are.

    Returns
    -------
    ndarray of float, shape (n, n)

    Raises
    ------
    UnknownNameError
        No such distance, or canberra and a negative number.
    """
    if distance not in get_args(Distance):
        raise UnknownNameError(f"distance={distance!r}; there are {', '.join(get_args(Distance))}")
    apart = np.abs(numbers[:, None] - numbers[None, :])
    if distance != "canberra":
        return np.asarray(apart)
    if (numbers < 0).any():
        raise UnknownNameError("distance='canberra' is for numbers of 0 and more")
    total = numbers[:, None] + numbers[None, :]
    return np.asarray(np.where(total > 0, apart / np.where(total > 0, total, 1.0), 0.0))


def clusters(apart: np.ndarray, number: int, linkage: Linkage) -> np.ndarray:
    """The group of each thing, when `number` groups are left.

    Parameters
    ----------
    apart : ndarray of float, shape (n, n)
        How far apart any two are.
    number : int
        How many groups are to be left, 1 to n.
    linkage : str
        How far apart two groups are; ward.D2 squares the distances first, ward.D, median and
        centroid take them as they are.

    Returns
    -------
    ndarray of int, shape (n,)
        Groups are numbered from 0 in the order of their first member. Of pairs that are equally
        close, that with the first member earliest is joined first.

    References
    ----------
    .. [1] Lance, G. N. and Williams, W. T. (1967). A general theory of classificatory sorting
       strategies: 1. Hierarchical systems. The Computer Journal 9(4): 373-380.
    .. [2] Murtagh, F. and Legendre, P. (2014). Ward's hierarchical agglomerative clustering
       method: which algorithms implement Ward's criterion? Journal of Classification 31:
       274-295 (ward.D and ward.D2).

    Examples
    --------
    >>> clusters(distances(np.array([1.0, 2, 9]), "euclidean"), 2, "complete").tolist()
    [0, 0, 1]
    """
    if linkage not in _JOINS:
        raise UnknownNameError(f"linkage={linkage!r}; there are {', '.join(_JOINS)}")
    join = _JOINS[linkage]
    away = np.array(apart, float) ** (2 if linkage == "ward.D2" else 1)
    np.fill_diagonal(away, np.inf)
    size = np.ones(len(away))
    group = np.arange(len(away))
    for _ in range(len(away) - number):
        one, other = _closest(away)
        joined = join(away[one], away[other], float(away[one, other]), size[one], size[other], size)
        joined[[one, other]] = np.inf
        joined[np.isinf(away[one])] = np.inf
        away[one, :] = away[:, one] = joined
        away[other, :] = away[:, other] = np.inf
        size[one] += size[other]
        group[group == other] = one
    return np.unique(group, return_inverse=True)[1]


def _closest(away: np.ndarray) -> tuple[int, int]:
    """The first of the closest pairs, the earlier of the two first."""
    first, second = np.unravel_index(int(np.argmin(away)), away.shape)
    return int(min(first, second)), int(max(first, second))
