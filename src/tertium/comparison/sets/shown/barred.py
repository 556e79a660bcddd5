"""Rows without cases that no solution may assume to have the outcome.

Comes in: a truth table, and conditions held to be necessary.
Goes out: `Barred`: rows that would be assumed for the outcome and for its absence alike, and
combinations that go against a claim that a condition is necessary.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from tertium.comparison.sets.minimisation.budget import Budget
from tertium.comparison.sets.shown.asked import Asked
from tertium.comparison.sets.shown.words import Implicant
from tertium.comparison.sets.solutions.assumptions import contradictory, negated_table, terms_of
from tertium.comparison.sets.solutions.solution import Solution
from tertium.comparison.sets.solutions.solve import solve
from tertium.comparison.sets.solutions.truth import TruthRows
from tertium.errors import UnknownNameError

Exclude = Literal["contradictory", "none"]
STEPS = 5_000_000
MOST_MODELS = 100


@dataclass(frozen=True)
class Barred:
    """What no solution may assume.

    Parameters
    ----------
    contradictory : tuple of int
        Numbers of rows assumed for the outcome and for its absence alike.
    unnecessary : tuple of implicants
        Combinations without something that is held to be necessary.
    necessary : tuple of str
        What is held to be necessary.
    """

    contradictory: tuple[int, ...] = ()
    unnecessary: tuple[Implicant, ...] = ()
    necessary: tuple[str, ...] = ()

    @property
    def rows(self) -> tuple[int | Implicant, ...]:
        """All of it, as `solve` takes it."""
        return (*self.contradictory, *self.unnecessary)

    def bars(self, number: int, values: Sequence[int]) -> str:
        """Why a row is barred; "" where it is not."""
        if any(_holds(term, values) for term in self.unnecessary):
            return f"against {' and '.join(self.necessary)} being necessary"
        is_contradictory = number in self.contradictory
        return "also assumed for the outcome's absence" if is_contradictory else ""


def barred(asked: Asked, truth: TruthRows, *, exclude: Exclude, necessary: Sequence[str]) -> Barred:
    """What an enhanced standard analysis bars.

    A row without cases that the shortest formula of the outcome takes to have it, while the
    shortest formula of its absence takes it to be without, can't be both; it is barred, and
    both are computed again until there is no such row.

    Raises
    ------
    UnknownNameError
        What is held to be necessary can't be read, or there are too many combinations.
    """
    unnecessary = tuple(term for each in necessary for term in terms_of(f"~({each})", truth))
    if exclude == "none":
        return Barred((), unnecessary, tuple(necessary))
    absence = negated_table(truth, asked.memberships)
    if not (_is_open(truth) and _is_open(absence)):
        return Barred((), unnecessary, tuple(necessary))
    found: tuple[int, ...] = ()
    while True:
        both = contradictory(
            _shortest(asked, truth, (*found, *unnecessary)), _shortest(asked, absence, found)
        )
        if not both.complete:
            raise UnknownNameError(
                f'exclude="contradictory": {both.count:,} combinations without cases are assumed '
                "both for the outcome and for its absence, too many to go through; take fewer "
                'conditions, or exclude="none"'
            )
        if not both.count:
            return Barred(found, unnecessary, tuple(necessary))
        found = tuple(sorted({*found, *both.rows}))


def _is_open(truth: TruthRows) -> bool:
    """Whether some rows have the outcome and others have not, so that there is a solution."""
    return 0 < len(truth.of("1")) < len(truth.rows)


def _shortest(asked: Asked, truth: TruthRows, exclude: tuple[int | Implicant, ...]) -> Solution:
    return solve(
        truth,
        asked.memberships,
        solution="parsimonious",
        exclude=exclude,
        most=MOST_MODELS,
        budget=Budget(STEPS),
    )


def _holds(term: Implicant, values: Sequence[int]) -> bool:
    return all(asked is None or asked == value for asked, value in zip(term, values, strict=True))
