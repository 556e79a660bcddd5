"""Rows without cases that no solution may assume to have the outcome.

Comes in: a truth table, conditions held to be necessary, combinations held to be impossible.
Goes out: `Barred`: rows that would be assumed for the outcome and for its absence alike, and
combinations that go against a claim that a condition is necessary, or that can't exist.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np

from tertium.comparison.sets.fit.parameters import Necessity
from tertium.comparison.sets.fit.parameters import necessity as necessity_of
from tertium.comparison.sets.memberships import CROSSOVER
from tertium.comparison.sets.minimisation.budget import Budget
from tertium.comparison.sets.minimisation.complement import complement
from tertium.comparison.sets.minimisation.implicants import holds_in
from tertium.comparison.sets.shown.question import Asked
from tertium.comparison.sets.shown.rows import absence_of
from tertium.comparison.sets.shown.words import Implicant
from tertium.comparison.sets.solutions.assumptions import contradictory, terms_of
from tertium.comparison.sets.solutions.solution import Solution
from tertium.comparison.sets.solutions.solve import solve
from tertium.comparison.sets.solutions.truth import TruthRows
from tertium.errors import UnknownNameError

Named = Literal["contradictory", "none"]
Exclude = Named | Sequence[str | int]
CONTRADICTORY, NOTHING = get_args(Named)
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
    necessary : tuple of Held
        What is held to be necessary, and how far the cases bear it out.
    impossible : mapping of str to tuple of implicants
        What is said to be impossible, in the words of who says it, as combinations.
    is_cut : bool
        Whether contradictory rows were looked for in the first formulas only.
    """

    contradictory: tuple[int, ...] = ()
    unnecessary: tuple[Implicant, ...] = ()
    necessary: tuple[Needed, ...] = ()
    impossible: tuple[tuple[str, tuple[Implicant, ...]], ...] = ()
    is_cut: bool = False

    @property
    def terms(self) -> tuple[Implicant, ...]:
        """All that is barred as combinations, each with the rows that it covers."""
        return (*self.unnecessary, *(term for _, terms in self.impossible for term in terms))

    @property
    def rows(self) -> tuple[int | Implicant, ...]:
        """All of it, as `solve` takes it."""
        return (*self.contradictory, *self.terms)

    def bars(self, number: int, values: tuple[int, ...]) -> str:
        """Why a row is barred; "" where it is not."""
        for said, terms in self.impossible:
            if any(holds_in(term, values) for term in terms):
                return f"said to be impossible: {said}"
        if any(holds_in(term, values) for term in self.unnecessary):
            told = " and ".join(each.expression for each in self.necessary)
            return f"against {told} being necessary"
        is_contradictory = number in self.contradictory
        return "also assumed for the outcome's absence" if is_contradictory else ""


@dataclass(frozen=True)
class Needed:
    """A claim that something is necessary for the outcome, held against the cases.

    Parameters
    ----------
    expression : str
    fit : Necessity
    against : tuple of str
        Cases that have the outcome without it.
    """

    expression: str
    fit: Necessity
    against: tuple[str, ...]


def needed(asked: Asked, expression: str) -> Needed:
    """How far the cases with the outcome have what is said to be necessary."""
    outcome = asked.outcome_memberships
    held = asked.membership(expression)
    alone = np.where((outcome > CROSSOVER) & (held <= CROSSOVER), 1.0, 0.0)
    return Needed(expression, necessity_of(held, outcome), asked.members(alone))


def refuse_exclude(exclude: Any) -> tuple[bool, tuple[str | int, ...]]:
    """Whether contradictory assumptions are barred, and what else is, by expression or number.

    Raises
    ------
    UnknownNameError
        It is neither one of the two words nor a list of expressions and row numbers.

    Examples
    --------
    >>> refuse_exclude("contradictory"), refuse_exclude(["A*~B", 3])
    ((True, ()), (False, ('A*~B', 3)))
    """
    if isinstance(exclude, str) and exclude in get_args(Named):
        return exclude == CONTRADICTORY, ()
    if isinstance(exclude, str) or not isinstance(exclude, Sequence):
        raise UnknownNameError(
            f"exclude={exclude!r}; there are {', '.join(get_args(Named))}, or a list of "
            'combinations that can\'t exist, such as ["contradictory", "STRIKE*~UNION", 7]'
        )
    for each in exclude:
        if isinstance(each, bool) or not isinstance(each, str | int):
            raise UnknownNameError(
                f"exclude names {each!r}; write an expression such as STRIKE*~UNION, or the number "
                "of a row"
            )
    own = tuple(each for each in exclude if each not in (CONTRADICTORY, NOTHING))
    return CONTRADICTORY in exclude, own


def _impossible(
    asked: Asked, truth: TruthRows, own: Sequence[str | int]
) -> tuple[tuple[str, tuple[Implicant, ...]], ...]:
    """What can't exist, as combinations; a row with cases exists."""
    found = []
    for each in own:
        if isinstance(each, str):
            found.append((each, terms_of(each, truth)))
            continue
        values = truth.values(each)
        if each in truth.by_number:
            told = asked.words.several(truth.by_number[each].cases, most=3)
            raise UnknownNameError(
                f"exclude names row {each}, which has cases ({told}): only combinations without "
                "cases can be barred"
            )
        found.append((f"row {each}", (values,)))
    return tuple(found)


def _unnecessary(truth: TruthRows, necessary: Sequence[str]) -> tuple[Implicant, ...]:
    """Combinations without something that is held to be necessary; they can't be all."""
    found = tuple(term for each in necessary for term in terms_of(f"~({each})", truth))
    if found and not complement(found, truth.levels):
        raise UnknownNameError(
            f"necessary={list(necessary)!r}: no combination has all of this, so that nothing could "
            "have the outcome; leave one out"
        )
    return found


def barred(asked: Asked, truth: TruthRows, *, exclude: Exclude, necessary: Sequence[str]) -> Barred:
    """What an enhanced standard analysis bars.

    A row without cases that the shortest formula of the outcome takes to have it, while the
    shortest formula of its absence takes it to be without, can't be both; it is barred for
    both, and both are computed again until there is no such row. Of several formulas that are
    equally short any one is enough. The absence has the same cut-offs.

    Raises
    ------
    UnknownNameError
        What is held to be necessary or impossible can't be read, rules everything out, or has
        cases; or there are too many combinations.
    """
    bars_contradictory, own = refuse_exclude(exclude)
    unnecessary = _unnecessary(truth, necessary)
    claims = tuple(needed(asked, each) for each in necessary)
    impossible = _impossible(asked, truth, own)
    found: tuple[int, ...] = ()
    absence = absence_of(asked, truth)
    if not bars_contradictory or not (truth.is_open and absence.is_open):
        return Barred(found, unnecessary, claims, impossible)
    never = tuple(term for _, terms in impossible for term in terms)
    while True:
        one = _shortest(asked, truth, (*found, *unnecessary, *never))
        other = _shortest(asked, absence, (*found, *never))
        both = contradictory(one, other)
        if not both.complete:
            raise UnknownNameError(
                f'exclude="contradictory": {both.count:,} combinations without cases are assumed '
                "both for the outcome and for its absence, too many to go through; take fewer "
                'conditions, or exclude="none"'
            )
        if not both.count:
            is_cut = not (one.complete and other.complete)
            return Barred(found, unnecessary, claims, impossible, is_cut)
        found = tuple(sorted({*found, *both.rows}))


def _shortest(asked: Asked, truth: TruthRows, exclude: tuple[int | Implicant, ...]) -> Solution:
    return solve(
        truth,
        asked.memberships,
        solution="parsimonious",
        exclude=exclude,
        most=MOST_MODELS,
        budget=Budget(STEPS),
    )
