"""Memberships from grades that the researcher gives: the indirect method.

Comes in: one number a case, and a grade for each case or cuts between grades.
Goes out: the membership that a smooth curve through the grades gives each number.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tertium.comparison.sets.calibration.anchors import Given, cuts
from tertium.comparison.sets.calibration.direct import Numbers
from tertium.errors import UnknownNameError

# The fit ends when the deviance moves by less than this share of itself.
_CLOSE = 1e-8
_MOST_STEPS = 25
# What is left of a column after the others, below which it says nothing new.
_NOTHING_NEW = 1e-11
_LARGEST = 30.0


def grades(
    x: Numbers, thresholds: Given, values: Sequence[float] | None = None, *, include: bool = False
) -> np.ndarray:
    """The grade of each case, from cuts between them.

    Parameters
    ----------
    x : array of float, one number a case
    thresholds : number, list, mapping or text
        Cuts between the grades.
    values : sequence of float, optional
        Rising grades, one more than cuts, from 0 to 1; without them they are equally spaced.
    include : bool
        Whether a number on a cut has the upper grade. In `crisp` it has; here programs give
        it the lower one.

    Returns
    -------
    ndarray of float, shape of x

    Raises
    ------
    UnknownNameError
        Another number of grades, or grades that are no memberships or do not rise.

    Examples
    --------
    >>> grades([500, 1000, 4500, 30000], "1000, 4000, 20000", [0, 0.3, 0.7, 1]).tolist()
    [0.0, 0.0, 0.7, 1.0]
    """
    at = cuts(thresholds)
    levels = np.linspace(0, 1, len(at) + 1) if values is None else np.asarray(values, float)
    if len(levels) != len(at) + 1:
        raise UnknownNameError(
            f"{len(levels)} grades for {len(at)} cuts: write {len(at) + 1} grades"
        )
    _refuse_no_memberships(levels)
    if (np.diff(levels) <= 0).any():
        raise UnknownNameError("grades must rise from the first to the last")
    numbers = np.asarray(x, float)
    group = np.searchsorted(at, numbers, side="right" if include else "left")
    return np.where(np.isnan(numbers), np.nan, levels[group])


def indirect(x: Numbers, given: Numbers, *, full_steps: bool = False) -> np.ndarray:
    """Membership along a smooth curve that is fitted to the grades that cases were given.

    The researcher sorts the cases into grades, such as 0, 0.2, ..., 1; the curve turns the
    grades into memberships that follow the numbers. It need not pass through any grade.

    Parameters
    ----------
    x : array of float, one number a case
        All above 0, for the curve takes logarithms; NaN where it is not known.
    given : array of float, one grade a case
        From 0 to 1, see `grades`.
    full_steps : bool
        Whether a step of the fit that leads away from the grades is taken all the same, as R
        takes it. Without, it is halved. It matters only where the curve is not determined.

    Returns
    -------
    ndarray of float, shape of x
        NaN where x or the grade is.

    Raises
    ------
    UnknownNameError
        A number of 0 or below, a grade that is no membership, or fewer than two grades.

    Notes
    -----
    The log of the odds of membership is a fractional polynomial of the number, with the terms
    log x, the root of x, x and the square of x; it is fitted as a share by iteratively
    reweighted least squares (quasi-binomial, logit), which ends when the deviance moves by
    less than one in a hundred million. Ragin (2008) says "fractional logit"; which terms the
    polynomial has is a choice of the program of Duşa (2019), taken over here.

    References
    ----------
    .. [1] Ragin, C. C. (2008). Redesigning Social Inquiry. University of Chicago Press. Ch. 5.
    .. [2] Duşa, A. (2019). QCA with R. Springer. Sec. 4.2.5.
    .. [3] Papke, L. E. and Wooldridge, J. M. (1996). Econometric methods for fractional response
       variables. Journal of Applied Econometrics 11(6): 619-632 (the fit of shares).

    Examples
    --------
    >>> income = [110, 450, 1000, 3590, 4100, 4670, 7470, 9800, 13680, 17090, 24920, 40110]
    >>> given = grades(income, "1000, 4000, 5000, 10000, 20000")
    >>> indirect(income, given).round(2).tolist()
    [0.0, 0.0, 0.0, 0.24, 0.33, 0.42, 0.6, 0.64, 0.72, 0.85, 1.0, 1.0]
    """
    numbers, wanted = np.asarray(x, float), np.asarray(given, float)
    if numbers.shape != wanted.shape:
        raise UnknownNameError(f"{len(wanted)} grades for {len(numbers)} numbers: write one a case")
    known = ~(np.isnan(numbers) | np.isnan(wanted))
    if (numbers[known] <= 0).any():
        lowest = numbers[known].min()
        raise UnknownNameError(
            f"the indirect method is for numbers above 0, and there is {lowest:g}; use another "
            "method, or other units"
        )
    _refuse_no_memberships(wanted[known])
    if len(np.unique(wanted[known])) < 2:
        raise UnknownNameError("all cases have the same grade: no curve can be fitted")
    found = np.full(numbers.shape, np.nan)
    found[known] = fitted_shares(_terms(numbers[known]), wanted[known], full_steps=full_steps)
    return found


def _terms(numbers: np.ndarray) -> np.ndarray:
    return np.column_stack(
        [np.ones(len(numbers)), np.log(numbers), np.sqrt(numbers), numbers, numbers**2]
    )


def fitted_shares(terms: np.ndarray, shares: np.ndarray, *, full_steps: bool = False) -> np.ndarray:
    """Shares on a logistic curve of some terms, nearest to those given (quasi-binomial).

    Parameters
    ----------
    terms : ndarray of float, shape (n, k)
    shares : ndarray of float, shape (n,)
        From 0 to 1.
    full_steps : bool
        Whether no step is halved.

    Returns
    -------
    ndarray of float, shape (n,)

    References
    ----------
    .. [1] McCullagh, P. and Nelder, J. A. (1989). Generalized Linear Models, 2nd ed. Chapman and
       Hall. Sec. 2.5 (the fit).
    """
    mean = (shares + 0.5) / 2
    log_odds = np.log(mean / (1 - mean))
    before = _deviance(shares, mean)
    for step in range(_MOST_STEPS):
        slope = np.maximum(mean * (1 - mean), np.finfo(float).eps)
        root = np.sqrt(slope)
        working = log_odds + (shares - mean) / slope
        wanted = terms @ _least_squares(terms * root[:, None], working * root)
        if step and not full_steps:
            wanted = _not_worse(shares, log_odds, wanted, before)
        log_odds = wanted
        mean = _logistic(log_odds)
        now = _deviance(shares, mean)
        if abs(now - before) / (abs(now) + 0.1) < _CLOSE:
            break
        before = now
    return mean


def _not_worse(
    shares: np.ndarray, log_odds: np.ndarray, wanted: np.ndarray, before: float
) -> np.ndarray:
    """The step that was wanted, halved until it does not lead away from the grades.

    Where the grades can be told apart without error, the best curve lies infinitely far off, and
    a full step may overshoot.
    """
    for _ in range(_MOST_STEPS):
        worse = _deviance(shares, _logistic(wanted)) - before
        if worse <= _CLOSE * (before + 0.1):
            return wanted
        wanted = (wanted + log_odds) / 2
    return log_odds


def _logistic(log_odds: np.ndarray) -> np.ndarray:
    # Beyond these bounds a share is as good as 0 or 1, and never quite so.
    tiny = np.finfo(float).eps
    odds = np.exp(np.clip(log_odds, -_LARGEST, _LARGEST))
    odds = np.where(log_odds < -_LARGEST, tiny, np.where(log_odds > _LARGEST, 1 / tiny, odds))
    return np.asarray(odds / (1 + odds))


def _deviance(shares: np.ndarray, mean: np.ndarray) -> float:
    def part(one: np.ndarray, other: np.ndarray) -> np.ndarray:
        there = one > 0
        return np.where(there, one * np.log(np.where(there, one / other, 1.0)), 0.0)

    return float(2 * (part(shares, mean) + part(1 - shares, 1 - mean)).sum())


def _least_squares(terms: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Weights of the terms; a term that says nothing beyond those before it has none."""
    kept: list[int] = []
    for number in range(terms.shape[1]):
        if len(kept) == len(terms):
            break
        left = np.linalg.qr(terms[:, [*kept, number]]).R[-1, -1]
        if abs(left) > _NOTHING_NEW * float(np.linalg.norm(terms[:, number])):
            kept.append(number)
    parts = np.linalg.qr(terms[:, kept])
    weights = np.zeros(terms.shape[1])
    weights[kept] = np.linalg.solve(parts.R, parts.Q.T @ wanted)
    return weights


def _refuse_no_memberships(found: np.ndarray) -> None:
    if ((found < 0) | (found > 1)).any():
        raise UnknownNameError("a grade is a number from 0 to 1")
