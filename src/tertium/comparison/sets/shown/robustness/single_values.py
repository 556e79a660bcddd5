"""Which single value carries a solution: each is read otherwise alone, and the analysis made again.

Comes in: an `Analysis`, and the choices that it was made with.
Goes out: `Tried`, one a value and other value: the formulas then, their fit, and what became of
each term.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from tertium.comparison.sets.fit.parameters import sufficiency_of_terms
from tertium.comparison.sets.memberships import Memberships, is_between
from tertium.comparison.sets.minimisation.budget import Budget
from tertium.comparison.sets.shown.analysis import Analysis
from tertium.comparison.sets.shown.excluded import MOST_MODELS, STEPS, barred
from tertium.comparison.sets.shown.numbers import NO_OUTCOME, NOBODY_IN, of_cases
from tertium.comparison.sets.shown.question import Asked
from tertium.comparison.sets.shown.robustness.variants import (
    Chosen,
    no_longer_empty,
    one_sided,
    still_empty,
)
from tertium.comparison.sets.shown.rows import absence_of
from tertium.comparison.sets.shown.words import Implicant
from tertium.comparison.sets.solutions.solve import solve
from tertium.comparison.sets.solutions.truth import TruthRows

Formulas = tuple[tuple[Implicant, ...], ...]


@dataclass(frozen=True)
class Value:
    """A value of a case in a set, and another that the set can take.

    Parameters
    ----------
    case, set : str
    now, tried : float
    """

    case: str
    set: str
    now: float
    tried: float


@dataclass(frozen=True)
class Fit:
    """How well a formula fits, and how that is shown."""

    consistency: float | None
    coverage: float | None
    consistency_text: str
    coverage_text: str


@dataclass(frozen=True)
class Tried:
    """What one value read otherwise makes of a solution.

    Parameters
    ----------
    value : Value
    formulas : tuple of models
        Empty where there is nothing to explain.
    nothing : str
        Why there is no formula; "" where there is.
    fits : tuple of Fit
        By formula.
    no_longer_empty : tuple of int
        Rows said to be impossible in which the case then stands.
    """

    value: Value
    formulas: Formulas
    nothing: str
    fits: tuple[Fit, ...]
    no_longer_empty: tuple[int, ...] = ()

    def changes(self, formulas: Formulas) -> bool:
        """Whether these are not the same formulas, in whatever order."""
        return {frozenset(each) for each in self.formulas} != {frozenset(each) for each in formulas}


@dataclass(frozen=True)
class Turnover:
    """What became of the terms of some formulas in others.

    Parameters
    ----------
    lost : tuple of implicants
        Terms that stand in no formula any more, and nothing in their place.
    narrower, wider : tuple of pairs of implicants
        Terms that go, each with one that comes and asks for more, or for less.
    come : tuple of implicants
        Terms that are new, and in the place of none.
    """

    lost: tuple[Implicant, ...] = ()
    narrower: tuple[tuple[Implicant, Implicant], ...] = ()
    wider: tuple[tuple[Implicant, Implicant], ...] = ()
    come: tuple[Implicant, ...] = ()

    @classmethod
    def of(cls, before: Formulas, after: Formulas) -> Turnover:
        """Compare all terms of some formulas with all terms of others.

        Examples
        --------
        >>> Turnover.of((((1, None), (0, 0)),), (((1, 0), (None, 1)),))
        Turnover(lost=((0, 0),), narrower=(((1, None), (1, 0)),), wider=(), come=((None, 1),))
        """
        gone, new = _only(before, after), _only(after, before)
        pairs = {
            word: tuple((one, other) for one in gone for other in new if fits(one, other))
            for word, fits in (
                ("narrower", lambda one, other: _asks_more(other, one)),
                ("wider", lambda one, other: _asks_more(one, other)),
            )
        }
        every = [*pairs["narrower"], *pairs["wider"]]
        replaced, replacing = {one for one, _ in every}, {other for _, other in every}
        return cls(
            tuple(each for each in gone if each not in replaced),
            pairs["narrower"],
            pairs["wider"],
            tuple(each for each in new if each not in replacing),
        )


def _only(one: Formulas, other: Formulas) -> list[Implicant]:
    """The terms of some formulas that stand in none of the others."""
    there = {term for each in other for term in each}
    return list(dict.fromkeys(term for each in one for term in each if term not in there))


def _asks_more(one: Implicant, other: Implicant) -> bool:
    """Whether a term asks for all that another one asks for, and for more."""
    return one != other and all(
        wanted is None or asked == wanted for asked, wanted in zip(one, other, strict=True)
    )


@dataclass
class _Solver:
    """Solves a truth table once: cases that move without changing it leave the formulas."""

    made: Analysis
    chosen: Chosen
    known: dict[Any, Formulas] = field(default_factory=dict)

    def __call__(self, asked: Asked, truth: TruthRows) -> tuple[Formulas, str]:
        if not truth.is_open:
            return (), one_sided(truth)
        tables = [truth]
        if self.chosen.solution != "conservative":
            # What may be assumed rests on the rows of the outcome's absence as well.
            tables.append(absence_of(asked, truth))
        key = tuple(tuple((row.number, row.out) for row in table.rows) for table in tables)
        if key not in self.known:
            self.known[key] = self._formulas(asked, truth)
        return self.known[key], ""

    def _formulas(self, asked: Asked, truth: TruthRows) -> Formulas:
        """The formulas of the tested solution alone, as `analysis` finds them."""
        kind, chosen = self.chosen.solution, self.chosen
        rows: tuple[int | Implicant, ...] = ()
        if kind != "conservative":
            exclude = still_empty(chosen.exclude, truth)
            rows = barred(asked, truth, exclude=exclude, necessary=chosen.necessary).rows
        found = solve(
            truth,
            asked.memberships,
            solution=kind,
            expectations=self.made.expected if kind == "intermediate" else None,
            exclude=rows,
            most=MOST_MODELS,
            budget=Budget(STEPS),
        )
        return tuple({frozenset(each): each for each in found.models}.values())


def formulas_of(made: Analysis, chosen: Chosen) -> Formulas:
    """All formulas of the solution that is tested."""
    return tuple(model.terms for model in made.models(chosen.solution))


def others(memberships: Memberships, name: str, held: float) -> tuple[float, ...]:
    """The other values of a set: in a fuzzy one as far on the other side of the crossover.

    Examples
    --------
    >>> import pandas as pd
    >>> sets = Memberships.of(pd.DataFrame({"A": [1, 0], "B": [0.2, 0.5], "C": [2, 0]}))
    >>> others(sets, "A", 1.0), others(sets, "B", 0.2), others(sets, "B", 0.5)
    ((0.0,), (0.8,), ())
    >>> others(sets, "C", 2.0)
    (0.0, 1.0)
    """
    if name in memberships.fuzzy:
        return () if bool(is_between(np.array([held]))[0]) else (1 - held,)
    return tuple(float(each) for each in range(memberships.levels[name]) if each != held)


def values_of(asked: Asked) -> Iterator[Value]:
    """Every value that is used with every other that its set can take; the outcome first."""
    for case in asked.cases:
        for name in (asked.outcome_set, *asked.conditions):
            held = float(str(asked.memberships.frame.at[case, name]))
            for other in others(asked.memberships, name, held):
                yield Value(case, name, held, other)


def read_otherwise(asked: Asked, value: Value) -> Asked:
    """The same cases with one value read otherwise."""
    sets = asked.memberships
    column = sets.frame[value.set].to_numpy(float).copy()
    column[sets.frame.index.get_loc(value.case)] = value.tried
    frame = sets.frame.assign(**{value.set: column})
    return replace(asked, memberships=Memberships(frame, sets.levels, sets.fuzzy))


def tried(made: Analysis, chosen: Chosen) -> list[Tried]:
    """The analysis with each value read otherwise, one at a time."""
    solver = _Solver(made, chosen)
    found = []
    for value in values_of(made.asked):
        asked = read_otherwise(made.asked, value)
        truth = chosen.truth(asked)
        formulas, nothing = solver(asked, truth)
        fits = tuple(fit_of(asked, terms) for terms in formulas)
        now_with_cases = no_longer_empty(chosen.exclude, truth)
        found.append(Tried(value, formulas, nothing, fits, now_with_cases))
    return found


def fit_of(asked: Asked, terms: Sequence[Implicant]) -> Fit:
    """Consistency and coverage of a formula."""
    held = [asked.term_membership(term) for term in terms]
    _, whole = sufficiency_of_terms(held, asked.outcome_memberships)
    inside, outcome = np.maximum.reduce(held), asked.outcome_memberships
    both, crisp = np.minimum(inside, outcome), asked.is_crisp
    return Fit(
        whole.consistency,
        whole.coverage,
        of_cases(whole.consistency, both, inside, crisp=crisp, why=NOBODY_IN),
        of_cases(whole.coverage, both, outcome, crisp=crisp, why=NO_OUTCOME),
    )
