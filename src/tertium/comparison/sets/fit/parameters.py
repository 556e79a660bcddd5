"""How well one set fits as a subset or a superset of another.

Comes in: memberships of the same cases in a condition, term or solution, and in the outcome.
Goes out: `Sufficiency` and `Necessity`; a number is None where it would be nothing by nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from tertium.errors import UnknownNameError

# Sums below this are zero but for the rounding of decimal fractions.
NOTHING = 1e-12
# How far below a cut-off a number still reaches it: half the digits that a number has.
SLACK = float(np.finfo(float).eps ** 0.5)


@dataclass(frozen=True)
class Sufficiency:
    """How far a set is a subset of the outcome.

    Parameters
    ----------
    consistency : float or None
        Which share of the memberships in the set lies within the outcome: 1 is a subset without
        exception. None where no case is in the set to any degree.
    pri : float or None
        Proportional reduction in inconsistency: the same, without what lies within the outcome
        and within its negation alike. None where nothing is left.
    coverage : float or None
        Which share of the memberships in the outcome lies within the set. None where no case
        has the outcome to any degree.
    unique_coverage : float or None
        The part of the coverage that no other term of the solution has. None for a set that
        stands alone, where it would be the coverage again.
    """

    consistency: float | None
    pri: float | None
    coverage: float | None
    unique_coverage: float | None = None


@dataclass(frozen=True)
class Necessity:
    """How far a set is a superset of the outcome.

    Parameters
    ----------
    consistency : float or None
        Which share of the memberships in the outcome lies within the set: 1 is a superset
        without exception. None where no case has the outcome to any degree.
    relevance : float or None
        Relevance of necessity: low where nearly all cases are in the set, with or without the
        outcome, so that its being necessary says little. None where every case is in both.
    coverage : float or None
        Which share of the memberships in the set lies within the outcome. None where no case is
        in the set to any degree.
    """

    consistency: float | None
    relevance: float | None
    coverage: float | None


def sufficiency(x: np.ndarray, y: np.ndarray) -> Sufficiency:
    """How far memberships in a set are a subset of those in the outcome.

    Parameters
    ----------
    x, y : ndarray of float, one number a case
        Memberships in the set and in the outcome, 0 to 1. Cases in which one of them is null are
        left out.

    References
    ----------
    .. [1] Ragin, C. C. (2006). Set Relations in Social Research: Evaluating Their Consistency and
       Coverage. Political Analysis 14(3).
    .. [2] Schneider, C. Q. and Wagemann, C. (2012). Set-Theoretic Methods for the Social Sciences.
       Cambridge University Press. Ch. 5 and 9.

    Examples
    --------
    >>> fit = sufficiency(np.array([0.8, 0.4, 0.2]), np.array([0.9, 0.3, 0.6]))
    >>> round(fit.consistency, 3), round(fit.pri, 3), round(fit.coverage, 3)
    (0.929, 0.875, 0.722)
    """
    x, y = _stated(x, y)
    inside = float(np.minimum(x, y).sum())
    both_ways = float(np.minimum(np.minimum(x, y), 1 - y).sum())
    size = float(x.sum())
    return Sufficiency(
        consistency=share(inside, size),
        pri=share(inside - both_ways, size - both_ways),
        coverage=share(inside, float(y.sum())),
    )


def necessity(x: np.ndarray, y: np.ndarray) -> Necessity:
    """How far memberships in a set are a superset of those in the outcome.

    Parameters
    ----------
    x, y : ndarray of float, one number a case
        Memberships in the set and in the outcome, 0 to 1. Cases in which one of them is null are
        left out.

    References
    ----------
    .. [1] Ragin, C. C. (2006). Set Relations in Social Research: Evaluating Their Consistency and
       Coverage. Political Analysis 14(3).
    .. [2] Schneider, C. Q. and Wagemann, C. (2012). Set-Theoretic Methods for the Social Sciences.
       Cambridge University Press. Ch. 9 (relevance of necessity).

    Examples
    --------
    >>> fit = necessity(np.array([0.8, 0.4, 0.2]), np.array([0.9, 0.3, 0.6]))
    >>> round(fit.consistency, 3), round(fit.relevance, 3), round(fit.coverage, 3)
    (0.722, 0.941, 0.929)
    """
    x, y = _stated(x, y)
    shared = np.minimum(x, y)
    inside = float(shared.sum())
    return Necessity(
        consistency=share(inside, float(y.sum())),
        relevance=share(float((1 - x).sum()), float((1 - shared).sum())),
        coverage=share(inside, float(x.sum())),
    )


def sufficiency_of_terms(
    terms: Sequence[np.ndarray], y: np.ndarray
) -> tuple[list[Sufficiency], Sufficiency]:
    """Fit of each term of a solution, with its unique coverage, and of the solution.

    Parameters
    ----------
    terms : sequence of ndarray
        Memberships in each term, at least one. A case that is null in one of them or in the
        outcome is left out of all numbers.
    y : ndarray of float, one number a case
        Memberships in the outcome.

    Raises
    ------
    UnknownNameError
        There is no term.

    Returns
    -------
    list of Sufficiency
        In the order of the terms; the unique coverage of a single term is None.
    Sufficiency
        Of the disjunction: the largest membership among the terms.

    Examples
    --------
    >>> first, second = np.array([1.0, 1, 0, 0]), np.array([0.0, 1, 1, 0])
    >>> parts, whole = sufficiency_of_terms([first, second], np.array([1.0, 1, 1, 1]))
    >>> [part.unique_coverage for part in parts], whole.coverage
    ([0.25, 0.25], 0.75)
    """
    if not len(terms):
        raise UnknownNameError("there is no term whose fit could be told; name one or more")
    stated = ~np.isnan(y)
    for term in terms:
        stated &= ~np.isnan(term)
    y = y[stated]
    kept = np.array([np.asarray(term, float)[stated] for term in terms])
    whole = sufficiency(kept.max(axis=0), y)
    parts = []
    for number, term in enumerate(kept):
        part = sufficiency(term, y)
        if len(kept) > 1 and part.coverage is not None:
            others = np.delete(kept, number, axis=0).max(axis=0)
            shared = float(np.minimum(np.minimum(term, y), others).sum())
            inside = float(np.minimum(term, y).sum())
            part = replace(part, unique_coverage=share(inside - shared, float(y.sum())))
        parts.append(part)
    return parts, whole


def reaches(value: float | None, cut: float) -> bool:
    """Whether a number is at a cut-off or above, but for rounding; None only reaches 0.

    Examples
    --------
    >>> reaches(0.1 + 0.2, 0.3), reaches(0.75, 0.8), reaches(None, 0), reaches(None, 0.5)
    (True, False, True, False)
    """
    return cut <= 0 if value is None else value >= cut - SLACK


def _stated(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    x, y = np.asarray(x, float), np.asarray(y, float)
    kept = ~(np.isnan(x) | np.isnan(y))
    return x[kept], y[kept]


def share(part: float, whole: float) -> float | None:
    """A part of a whole; None where the whole is 0 but for rounding.

    Examples
    --------
    >>> share(1, 4), share(0, 1e-16)
    (0.25, None)
    """
    return float(part / whole) if abs(whole) > NOTHING else None
