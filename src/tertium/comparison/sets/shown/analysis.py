"""The three solutions of one truth table, with their models and what these assume.

Comes in: what was asked, cut-offs, directional expectations, what is barred.
Goes out: `Analysis`: models of the conservative, the intermediate and the parsimonious solution,
always all three.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import numpy as np

from tertium.comparison.sets.expressions.expression import implicant_text
from tertium.comparison.sets.fit.parameters import Sufficiency, sufficiency_of_terms
from tertium.comparison.sets.memberships import CROSSOVER
from tertium.comparison.sets.minimisation.budget import Budget
from tertium.comparison.sets.shown.excluded import MOST_MODELS, STEPS, Barred, Exclude, barred
from tertium.comparison.sets.shown.question import Asked, refuse_count
from tertium.comparison.sets.shown.rows import told_apart
from tertium.comparison.sets.shown.words import Implicant, counted
from tertium.comparison.sets.solutions.solution import Solution
from tertium.comparison.sets.solutions.solve import solve
from tertium.comparison.sets.solutions.truth import TruthRows
from tertium.errors import UnknownNameError
from tertium.sources.listed.set_plans import literal_parts

Kind = Literal["conservative", "intermediate", "parsimonious"]
KINDS: tuple[Kind, ...] = ("conservative", "intermediate", "parsimonious")
Expectations = Mapping[str, Any]
_WORDS = {"present": (1,), "absent": (0,)}
NO_EXPECTATION = "-"


@dataclass(frozen=True)
class Model:
    """One way to write a solution: terms joined by "or".

    Parameters
    ----------
    kind : {"conservative", "intermediate", "parsimonious"}
    number, of : int
        Which of how many.
    terms : tuple of implicants
    """

    kind: Kind
    number: int
    of: int
    terms: tuple[Implicant, ...]


@dataclass(frozen=True)
class Fitted:
    """A term or a model with its memberships, its fit and its cases.

    Parameters
    ----------
    typical, against : tuple of str
        Cases in it that have the outcome, and that have not.
    """

    held: np.ndarray
    fit: Sufficiency
    typical: tuple[str, ...]
    against: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Analysis:
    """All three solutions of a truth table.

    Parameters
    ----------
    asked : Asked
    truth : TruthRows
    solutions : mapping of kind to Solution
    expected : mapping of str to tuple of int
        By condition, the values expected to go with the outcome.
    barred : Barred
        Rows without cases that no solution may assume to have the outcome.
    nothing : str
        Why there is nothing to minimise, and so no model; "" where there is.
    """

    asked: Asked
    truth: TruthRows
    solutions: Mapping[Kind, Solution]
    expected: Mapping[str, tuple[int, ...]]
    barred: Barred
    nothing: str = ""

    def models(self, kind: Kind) -> tuple[Model, ...]:
        """The models of a solution, each once, in a stated order."""
        return self._models[kind]

    @cached_property
    def _models(self) -> dict[Kind, tuple[Model, ...]]:
        found: dict[Kind, tuple[Model, ...]] = dict.fromkeys(KINDS, ())
        for kind in self.solutions:
            terms = {frozenset(each): each for each in self.solutions[kind].models}
            found[kind] = tuple(
                Model(kind, number, len(terms), each)
                for number, each in enumerate(terms.values(), start=1)
            )
        return found

    def text(self, term: Implicant) -> str:
        """A term as a formula."""
        return implicant_text(term, self.asked.conditions, self.asked.levels)

    def formula(self, model: Model) -> str:
        """A model as a formula."""
        return " + ".join(self.text(term) for term in model.terms)

    def fitted(self, model: Model) -> tuple[list[Fitted], Fitted]:
        """Every term of a model, and the model as a whole."""
        held = [self.asked.term_membership(term) for term in model.terms]
        fits, whole = sufficiency_of_terms(held, self.asked.outcome_memberships)
        joined = np.maximum.reduce(held)
        return [self._fitted(*each) for each in zip(held, fits, strict=True)], self._fitted(
            joined, whole
        )

    def _fitted(self, held: np.ndarray, fit: Sufficiency) -> Fitted:
        return Fitted(held, fit, *told_apart(self.asked, self.asked.members(held)))

    def uncovered(self, model: Model) -> tuple[str, ...]:
        """Cases with the outcome that no term of a model has."""
        _, whole = self.fitted(model)
        has_outcome = self.asked.outcome_memberships > CROSSOVER
        outside = np.where(has_outcome & (whole.held <= CROSSOVER), 1.0, 0.0)
        return self.asked.members(outside)


def model_of(made: Analysis, kind: Kind, number: int) -> Model:
    """One of the models of a solution, by its number from 1.

    Raises
    ------
    UnknownNameError
        It is no number, or there is no model of this number.
    """
    refuse_count(model=number)
    models = made.models(kind)
    if number > len(models):
        there = f"the models 1 to {len(models)}" if len(models) > 1 else "one model, 1"
        raise UnknownNameError(f"model={number}: the {kind} solution has {there}")
    return models[number - 1]


def analysis(
    asked: Asked,
    truth: TruthRows,
    *,
    expectations: Expectations | None,
    exclude: Exclude,
    necessary: Sequence[str],
    every: bool = False,
    most: int = MOST_MODELS,
) -> Analysis:
    """The three solutions of a truth table.

    Raises
    ------
    UnknownNameError
        No combination has the outcome at these cut-offs, or all have; an expectation names no
        condition.
    """
    if nothing := nothing_to_explain(asked, truth):
        raise UnknownNameError(nothing)
    expected = expected_values(asked, expectations)
    stopped = barred(asked, truth, exclude=exclude, necessary=_listed(necessary))
    solutions = {
        kind: solve(
            truth,
            asked.memberships,
            solution=kind,
            expectations=expected if kind == "intermediate" else None,
            exclude=() if kind == "conservative" else stopped.rows,
            every=every,
            most=most,
            budget=Budget(STEPS),
        )
        for kind in KINDS
    }
    return Analysis(asked, truth, solutions, expected, stopped)


def nothing_to_explain(asked: Asked, truth: TruthRows) -> str:
    """Why a truth table leaves nothing to minimise, in a sentence; "" where it does."""
    if truth.is_open:
        return ""
    at = (
        f"at these cut-offs (consistency {truth.consistency:g}, PRI {truth.pri:g}, "
        f"{counted(truth.cases, 'case')})"
    )
    if not truth.of("1"):
        return (
            f"no combination of conditions has {asked.outcome} {at}, so there is nothing to "
            "minimise; look at the truth table"
        )
    return (
        f"every combination that cases show has {asked.outcome} {at}, so the conditions tell "
        "nothing apart; look at the truth table"
    )


def without_models(asked: Asked, truth: TruthRows, nothing: str) -> Analysis:
    """An analysis of a table that leaves nothing to minimise: it has no models."""
    return Analysis(asked, truth, {}, {}, Barred(), nothing)


def _listed(necessary: Any) -> tuple[str, ...]:
    if isinstance(necessary, str):
        raise UnknownNameError(
            f"necessary={necessary!r} is one word; write a list, such as [{necessary!r}]"
        )
    several = tuple(necessary) if isinstance(necessary, Iterable) else (necessary,)
    for each in several:
        if not isinstance(each, str):
            raise UnknownNameError(
                f"necessary names {each!r}; write expressions in quotes, such as ['STRIKE + NGO']"
            )
    return several


def _same_outcome(asked: Asked, one: str, other: str) -> bool:
    """Whether two outcomes mean the same: WON and WON[1] do."""
    return meaning(one, asked.levels) == meaning(other, asked.levels)


def meaning(outcome: str, levels: Mapping[str, int]) -> tuple[str, frozenset[int]]:
    """The set of an outcome, and the values that count as having it.

    Examples
    --------
    >>> meaning("~WON", {"WON": 2}) == meaning("WON[0]", {"WON": 2})
    True
    """
    name, value, is_absent = literal_parts(outcome)
    wanted = frozenset({1 if value is None else value})
    return name, frozenset(range(levels.get(name, 2))) - wanted if is_absent else wanted


def expected_values(asked: Asked, expectations: Expectations | None) -> dict[str, tuple[int, ...]]:
    """By condition, the values expected to go with the outcome.

    Those of the plan unless given; for the absence of the plan's outcome nothing is taken from
    the plan, for what brings an outcome about need not be the mirror of what prevents it.
    """
    if expectations is None:
        plan = asked.calibrated.plan
        is_own = _same_outcome(asked, asked.outcome, plan.outcome)
        given: Mapping[str, Any] = plan.expected if is_own else {}
        return {name: tuple(values) for name, values in given.items() if name in asked.conditions}
    if not isinstance(expectations, Mapping):
        raise UnknownNameError(
            f"expectations={expectations!r} names no conditions; write {{'STRIKE': 'present'}}"
        )
    found = {}
    for name, stated in expectations.items():
        if name not in asked.conditions:
            raise UnknownNameError(
                f"expectations: {name!r} is no condition; there are {', '.join(asked.conditions)}"
            )
        if isinstance(stated, str) and stated == NO_EXPECTATION:
            continue
        values: tuple[Any, ...] | None = _WORDS.get(stated) if isinstance(stated, str) else None
        if values is None:
            is_list = isinstance(stated, Iterable) and not isinstance(stated, str | Mapping)
            values = tuple(stated) if is_list else (stated,)
        there = list(range(asked.levels[name]))
        wrong = [each for each in values if isinstance(each, bool) or each not in there]
        if wrong or not values:
            told = f"{name} can't be {wrong[0]!r}" if wrong else f"{name} expects nothing"
            raise UnknownNameError(
                f"expectations: {told}; write present, absent, - (no expectation), or a value "
                f"from 0 to {there[-1]}"
            )
        found[name] = tuple(sorted(int(each) for each in values))
    return found
