"""Cases as plain rows: which value of each condition a case has, and whether it has the outcome.

Comes in: memberships. Goes out: `Corners`, for comparisons that know yes and no only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tertium.comparison.sets.memberships import CROSSOVER, Memberships
from tertium.comparison.sets.solutions.outcome import outcome_membership, outcome_set
from tertium.errors import UnknownNameError


@dataclass(frozen=True, eq=False)
class Corners:
    """Which value of each condition each case has, and whether it has the outcome.

    Parameters
    ----------
    cases : tuple of str
    conditions : tuple of str
    levels : tuple of int
        How many values each condition can take.
    values : ndarray of int, shape (cases, conditions)
    positive : ndarray of bool, shape (cases,)
        Whether the case is more in the outcome than out of it.
    dropped : tuple of str
        Cases of which the outcome or a condition is not stated.
    """

    cases: tuple[str, ...]
    conditions: tuple[str, ...]
    levels: tuple[int, ...]
    values: np.ndarray
    positive: np.ndarray
    dropped: tuple[str, ...]

    def literals(self) -> list[tuple[int, int]]:
        """Every condition, by its place, with each of its values; the highest value first."""
        return [
            (place, value)
            for place, levels in enumerate(self.levels)
            for value in reversed(range(levels))
        ]


def corners(memberships: Memberships, outcome: str, conditions: Sequence[str]) -> Corners:
    """Cases as rows of values: in a fuzzy set those above 0.5 are in.

    Parameters
    ----------
    memberships : Memberships
    outcome : str
        A set, "~" and a set, or a set and a value in brackets.
    conditions : sequence of str

    Raises
    ------
    UnknownNameError
        No condition, the outcome among them, or a case at exactly 0.5, which is on no side.
    """
    of_outcome = outcome_set(outcome)
    if not conditions or of_outcome in conditions or len(set(conditions)) < len(conditions):
        raise UnknownNameError(
            f"conditions {', '.join(conditions) or '(none)'}: name one or more, each once, and "
            f"not the outcome {of_outcome}"
        )
    complete, dropped = memberships.complete([*conditions, of_outcome])
    for name, cases in complete.in_between([*conditions, of_outcome]).items():
        raise UnknownNameError(
            f"{name} is exactly 0.5 in {', '.join(cases)}: neither in nor out; move the crossover "
            "or leave the case out"
        )
    return Corners(
        cases=complete.cases,
        conditions=tuple(conditions),
        levels=tuple(complete.levels[name] for name in conditions),
        values=complete.corners(conditions),
        positive=outcome_membership(complete, outcome) > CROSSOVER,
        dropped=dropped,
    )
