"""Whole values from cuts, and cuts from the widest gaps between groups of numbers.

Comes in: one number a case. Goes out: values 0, 1, 2, ..., or cuts.
"""

from __future__ import annotations

import numpy as np

from tertium.comparison.sets.calibration.anchors import Given, cuts
from tertium.comparison.sets.calibration.clusters import (
    Distance,
    Linkage,
    clusters,
    distances,
)
from tertium.comparison.sets.calibration.direct import Numbers
from tertium.errors import UnknownNameError


def crisp(x: Numbers, thresholds: Given, *, include: bool = True) -> np.ndarray:
    """How many cuts each number has reached: 0 or 1 with one cut, 0, 1, 2 with two.

    Parameters
    ----------
    x : array of float, one number a case
    thresholds : number, list, mapping or text
        One cut makes a crisp set, several a multi-value one. Their order does not matter.
    include : bool
        Whether a number on a cut belongs to the upper group.

    Returns
    -------
    ndarray of float, shape of x
        Whole numbers; NaN where x is.

    Raises
    ------
    UnknownNameError
        No cut, or two equal ones.

    Examples
    --------
    >>> crisp([549, 550, 900], 550).tolist(), crisp([1, 5, 9], "3, 7").tolist()
    ([0.0, 1.0, 1.0], [0.0, 1.0, 2.0])
    """
    numbers = np.asarray(x, float)
    reached = np.searchsorted(cuts(thresholds), numbers, side="right" if include else "left")
    return np.where(np.isnan(numbers), np.nan, reached.astype(float))


def gaps(
    x: Numbers,
    n: int = 1,
    *,
    linkage: Linkage = "complete",
    distance: Distance = "euclidean",
) -> tuple[float, ...]:
    """Cuts half-way between groups of cases that lie close together.

    The cases are joined to groups step by step, the closest first, until one group more than
    cuts is left. It is a look at the numbers, and no reason for a cut: a reason comes from
    what the set means.

    Parameters
    ----------
    x : array of float, one number a case
        NaN is left out.
    n : int
        How many cuts.
    linkage : {"complete", "average", "single", "ward.D", "ward.D2", "mcquitty", "median", \
"centroid"}
        How far apart two groups are.
    distance : {"euclidean", "maximum", "manhattan", "minkowski", "canberra"}
        How far apart two cases are; all but canberra are the plain difference here, canberra
        divides it by the sum of both sizes.

    Returns
    -------
    tuple of float, rising

    Raises
    ------
    UnknownNameError
        Fewer different numbers than groups, or groups that lie between one another.

    References
    ----------
    .. [1] Duşa, A. (2019). QCA with R. Springer. Sec. 4.1.
    .. [2] Murtagh, F. (1985). Multidimensional Clustering Algorithms. Physica-Verlag.

    Examples
    --------
    >>> gaps([460, 500, 900, 2000, 2100, 2400, 15000, 16000, 20000], 2)
    (8700.0, 18000.0)
    """
    numbers = np.asarray(x, float)
    numbers = np.sort(numbers[~np.isnan(numbers)])
    different = len(np.unique(numbers))
    if not 1 <= n < different:
        raise UnknownNameError(
            f"n={n} cuts: write at least 1, and fewer than there are different numbers "
            f"({different})"
        )
    group = clusters(distances(numbers, distance), n + 1, linkage)
    ends = np.flatnonzero(np.diff(group))
    found = tuple(float((numbers[end] + numbers[end + 1]) / 2) for end in ends)
    if len(found) != n or len(set(found)) != n:
        raise UnknownNameError(
            f"with linkage={linkage!r} and distance={distance!r} the groups are not parted by "
            f"{n} cuts; choose others"
        )
    return found
