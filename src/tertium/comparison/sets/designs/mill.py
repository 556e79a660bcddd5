"""Mill's methods: what all cases with the outcome share, and what tells pairs apart.

Comes in: cases as rows of values, or memberships.
Goes out: conditions, pairs of cases, and how often two things rise together.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tertium.comparison.sets.designs.corners import Corners

# A condition by its place, and one of its values.
Literal_ = tuple[int, int]


@dataclass(frozen=True)
class Held:
    """In how many cases a value of a condition goes with the outcome, and in how many not.

    Parameters
    ----------
    literal : (int, int)
        Place of the condition, value.
    with_both, only_condition, only_outcome, with_neither : int
        Cases.
    """

    literal: Literal_
    with_both: int
    only_condition: int
    only_outcome: int
    with_neither: int

    @property
    def in_all_positive(self) -> bool:
        """Method of agreement: every case with the outcome has it; there is such a case."""
        return self.with_both > 0 and self.only_outcome == 0

    @property
    def only_in_positive(self) -> bool:
        """No case without the outcome has it; some case has it."""
        return self.with_both > 0 and self.only_condition == 0

    @property
    def joint(self) -> bool:
        """Joint method: all cases with the outcome have it, and no case without the outcome."""
        return self.in_all_positive and self.only_in_positive


def agreement(rows: Corners) -> list[Held]:
    """Every value of every condition, counted with and without the outcome.

    Parameters
    ----------
    rows : Corners

    Returns
    -------
    list of Held
        In the order of the conditions, the highest value first.

    References
    ----------
    .. [1] Mill, J. S. (1843). A System of Logic. Book III, ch. 8.

    Examples
    --------
    >>> import pandas as pd
    >>> from tertium.comparison.sets.designs.corners import corners
    >>> from tertium.comparison.sets.memberships import Memberships
    >>> sets = Memberships.of(pd.DataFrame({"A": [1, 1, 0], "Y": [1, 1, 0]}, index=list("pqr")))
    >>> [each.joint for each in agreement(corners(sets, "Y", ["A"]))]
    [True, False]
    """
    found = []
    for place, value in rows.literals():
        has = rows.values[:, place] == value
        counts = [
            int((one & two).sum())
            for one, two in (
                (has, rows.positive),
                (has, ~rows.positive),
                (~has, rows.positive),
                (~has, ~rows.positive),
            )
        ]
        found.append(Held((place, value), *counts))
    return found


def difference(rows: Corners) -> list[tuple[int, int, int]]:
    """Pairs of cases, one with the outcome and one without, that differ in a single condition.

    Returns
    -------
    list of (int, int, int)
        Places of the two cases, the earlier first, and of the condition.
    """
    differ = rows.values[:, None, :] != rows.values[None, :, :]
    apart = rows.positive[:, None] != rows.positive[None, :]
    first, second = np.nonzero(np.triu(apart & (differ.sum(axis=2) == 1), 1))
    return [
        (int(one), int(two), int(np.flatnonzero(differ[one, two])[0]))
        for one, two in zip(first, second, strict=True)
    ]


def alike(rows: Corners) -> list[tuple[int, int]]:
    """Pairs of cases, one with the outcome and one without, that differ in no condition.

    Returns
    -------
    list of (int, int)
        Places of the two cases, the one with the outcome first.
    """
    differ = rows.values[:, None, :] != rows.values[None, :, :]
    apart = rows.positive[:, None] & ~rows.positive[None, :]
    first, second = np.nonzero(apart & ~differ.any(axis=2))
    return [(int(one), int(two)) for one, two in zip(first, second, strict=True)]


@dataclass(frozen=True)
class Together:
    """In how many pairs of cases two degrees rise together, against each other, or not both.

    Parameters
    ----------
    together, against, tied : int
        Pairs of cases: the case with more of one has more of the other; it has less; the two
        cases are equal in one or both.
    """

    together: int
    against: int
    tied: int

    @property
    def always(self) -> str:
        """Whether all pairs that say something say the same."""
        if self.together and not self.against:
            return "rise together"
        if self.against and not self.together:
            return "one rises as the other falls"
        return "mixed" if self.together else "no pair to tell by"


def concomitant(x: np.ndarray, y: np.ndarray) -> Together:
    """Concomitant variation: does one degree rise with the other, from case to case?

    Parameters
    ----------
    x, y : ndarray of float, one number a case
        Degrees or ordered values; NaN leaves the case out.

    Examples
    --------
    >>> concomitant(np.array([0.1, 0.4, 0.9]), np.array([0.2, 0.2, 1.0]))
    Together(together=2, against=0, tied=1)
    """
    known = ~(np.isnan(x) | np.isnan(y))
    x, y = x[known], y[known]
    signs = np.sign(x[:, None] - x[None, :]) * np.sign(y[:, None] - y[None, :])
    pairs = signs[np.triu_indices(len(x), 1)]
    return Together(int((pairs > 0).sum()), int((pairs < 0).sum()), int((pairs == 0).sum()))
