"""Memberships from anchors: along a curve, along lines, or along the ranks of the cases.

Comes in: one number a case, and three or six anchors.
Goes out: one membership a case, 0.5 at the crossover.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from tertium.comparison.sets.calibration.anchors import Anchors, TwoSided
from tertium.comparison.sets.memberships import CROSSOVER
from tertium.errors import UnknownNameError

Numbers = Sequence[float] | np.ndarray


def direct(
    x: Numbers, *, out: float, crossover: float, into: float, idm: float = 0.95
) -> np.ndarray:
    """Membership along a curve through three anchors: the direct method.

    At `crossover` it is 0.5, at `into` it is `idm`, at `out` it is 1 - `idm`; beyond them it
    comes near to 1 and 0 and never reaches them. The log of the odds of membership grows in
    proportion to the distance to the crossover, on each side at its own pace.

    Parameters
    ----------
    x : array of float, one number a case
        NaN where it is not known; the membership is NaN there.
    out, crossover, into : float
        The anchors; `into` below `out` where less means more of the set.
    idm : float
        Membership at `into`, between 0.5 and 1. At .95 the log of the odds is ln(.95/.05); the
        program fs/QCA takes it as 3, which is idm = .9526.

    Returns
    -------
    ndarray of float, shape of x

    Raises
    ------
    UnknownNameError
        Anchors out of order, or an `idm` that is no degree above 0.5.

    References
    ----------
    .. [1] Ragin, C. C. (2008). Redesigning Social Inquiry. University of Chicago Press. Ch. 5.
    .. [2] Duşa, A. (2019). QCA with R. Springer. Sec. 4.2.

    Examples
    --------
    >>> direct([400, 550, 900], out=400, crossover=550, into=900).round(3).tolist()
    [0.05, 0.5, 0.95]
    """
    chosen = Anchors(out, crossover, into)
    if not CROSSOVER < idm < 1:
        raise UnknownNameError(f"idm={idm}: write a degree between 0.5 and 1, such as 0.95")
    away = _share_of_way(np.asarray(x, float), chosen)
    log_odds = away * math.log(idm / (1 - idm))
    # The exponent never rises above 0, so that no number is too large.
    shrunk = np.exp(-np.abs(log_odds))
    return np.where(log_odds >= 0, 1, shrunk) / (1 + shrunk)


def linear(
    x: Numbers,
    *,
    out: float,
    crossover: float,
    into: float,
    below: float = 1.0,
    above: float = 1.0,
) -> np.ndarray:
    """Membership along a line from 0 at `out` to 0.5 at `crossover`, and on to 1 at `into`.

    Parameters
    ----------
    x : array of float, one number a case
    out, crossover, into : float
        The anchors, as in `direct`; here memberships of 0 and 1 are reached.
    below, above : float
        Powers, 0 or more, that bend the line where membership is below and above 0.5. Above 1
        cases keep nearer to 0 below the crossover and nearer to 1 above it; between 0 and 1
        they keep nearer to 0.5.

    Returns
    -------
    ndarray of float, shape of x

    Raises
    ------
    UnknownNameError
        Anchors out of order, or a negative power.

    References
    ----------
    .. [1] Duşa, A. (2019). QCA with R. Springer. Sec. 4.2.

    Examples
    --------
    >>> linear([300, 475, 550, 725, 900], out=400, crossover=550, into=900).tolist()
    [0.0, 0.25, 0.5, 0.75, 1.0]
    """
    for name, power in (("below", below), ("above", above)):
        if not (power >= 0 and math.isfinite(power)):
            raise UnknownNameError(f"{name}={power}: write a number, 0 or more")
    way = np.clip(_share_of_way(np.asarray(x, float), Anchors(out, crossover, into)), -1, 1)
    lower = (1 + np.minimum(way, 0)) ** below / 2
    upper = 1 - (1 - np.maximum(way, 0)) ** above / 2
    # At the anchors themselves no power may make 0 or 1 into something else.
    bent = np.where(way > 0, upper, lower)
    return np.where(way == -1, 0.0, np.where(way == 1, 1.0, np.where(way == 0, CROSSOVER, bent)))


def two_sided(
    x: Numbers, chosen: TwoSided, *, below: float = 1.0, above: float = 1.0
) -> np.ndarray:
    """Membership in a set of what is in the middle (a bell), or of what is at both ends.

    Parameters
    ----------
    x : array of float, one number a case
    chosen : TwoSided
        Six anchors.
    below, above : float
        Powers that bend the lines, as in `linear`.

    Returns
    -------
    ndarray of float, shape of x

    References
    ----------
    .. [1] Duşa, A. (2019). QCA with R. Springer. Sec. 4.2.

    Examples
    --------
    >>> from tertium.comparison.sets.calibration.anchors import anchors
    >>> two_sided([1, 3, 5, 7, 9], anchors([1, 3, 4, 6, 7, 9])).tolist()
    [0.0, 0.5, 1.0, 0.5, 0.0]
    """
    left, right = (
        linear(x, out=side.out, crossover=side.crossover, into=side.into, below=below, above=above)
        for side in (chosen.left, chosen.right)
    )
    return np.minimum(left, right) if chosen.is_middle else np.maximum(left, right)


def by_rank(x: Numbers, *, out: float, crossover: float, into: float) -> np.ndarray:
    """Membership along the ranks of the cases that lie between the outer anchors.

    Of the cases between `out` and `into` it is counted which share lies at or below a case. This
    share takes the place of the distance in `linear`: crowded stretches rise steeply. So the
    membership of a case hangs on which other cases are looked at.

    Parameters
    ----------
    x : array of float, one number a case
    out, crossover, into : float
        The anchors, as in `direct`.

    Returns
    -------
    ndarray of float, shape of x
        0 at `out` and beyond, 1 at `into` and beyond.

    Notes
    -----
    Programs offer this under the name "ecdf". How they treat a case that lies exactly on an
    outer anchor is not published; here such a case is counted among those between.

    Examples
    --------
    >>> by_rank([0, 2, 3, 4, 8, 20], out=1, crossover=3, into=10).tolist()
    [0.0, 0.25, 0.5, 0.75, 1.0, 1.0]
    """
    chosen = Anchors(out, crossover, into)
    numbers = np.asarray(x, float)
    low, high = sorted((out, into))
    between = np.sort(numbers[(numbers >= low) & (numbers <= high)])

    def share(values: np.ndarray) -> np.ndarray:
        counted = np.searchsorted(between, values, side="right") / max(len(between), 1)
        return np.asarray(counted, float)

    at = share(np.array([crossover]))[0]
    here = share(numbers)
    # Where no case lies on a side nothing is divided by its share.
    lower = here / (at or 1.0) / 2
    upper = 1 - (1 - here) / ((1 - at) or 1.0) / 2
    rising = np.where(numbers <= crossover, lower, upper)
    rising = np.where(numbers <= low, 0.0, np.where(numbers >= high, 1.0, rising))
    rising = np.where(np.isnan(numbers), np.nan, rising)
    return rising if chosen.rises else 1 - rising


def _share_of_way(numbers: np.ndarray, chosen: Anchors) -> np.ndarray:
    """How far each number is from the crossover: 1 at `into`, -1 at `out`."""
    from_crossover = numbers - chosen.crossover
    towards = from_crossover / (chosen.into - chosen.crossover)
    away = from_crossover / (chosen.crossover - chosen.out)
    return np.where(towards >= 0, towards, away)
