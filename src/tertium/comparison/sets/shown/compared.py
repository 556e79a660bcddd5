"""A solution and the solutions that other choices give.

Comes in: tables, a plan, the choices that were made, and other choices that could be defended.
Goes out: `Compared`: one model of the solution, every model of the others, on the same cases.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from tertium.bundle import Tables
from tertium.comparison.sets.robustness.joined import Joined, joined
from tertium.comparison.sets.shown.analysis import Analysis, Expectations, Kind, Model, analysis
from tertium.comparison.sets.shown.asked import Asked, asked
from tertium.comparison.sets.shown.barred import Exclude
from tertium.comparison.sets.shown.numbers import said
from tertium.comparison.sets.shown.rows import truth_of
from tertium.errors import UnknownNameError

Test = Mapping[str, Any] | str
CUT_OFFS = ("consistency", "pri", "cases")
_KEYS = ("name", *CUT_OFFS, "anchors", "alternative")
# As expressions are written: what never holds, and what always does.
NEVER, ALWAYS = "0", "1"
NOTHING, ANYTHING = "no combination has the outcome", "every combination has the outcome"


@dataclass(frozen=True)
class Chosen:
    """What was chosen on the way from a plan to a solution.

    Parameters
    ----------
    plan : str
    conditions, outcome : as in `truth_table`
    consistency, pri, cases : the cut-offs
    solution : {"conservative", "intermediate", "parsimonious"}
    expectations, exclude : as in `minimise`
    anchors : mapping of str to mapping
        By set anchors, or memberships of words, that differ from the plan's.
    """

    plan: str
    conditions: Sequence[str] | None
    outcome: str | None
    consistency: float
    pri: float
    cases: int
    solution: Kind
    expectations: Expectations | None
    exclude: Exclude
    anchors: Mapping[str, Mapping[str, float]]

    def asked(self, tables: Tables) -> Asked:
        """The memberships."""
        return asked(
            tables,
            self.plan,
            conditions=self.conditions,
            outcome=self.outcome,
            anchors=self.anchors,
        )

    def analysis(self, found: Asked) -> Analysis | str:
        """The three solutions; or in words that there is nothing to explain."""
        truth = truth_of(
            found, consistency=self.consistency, pri=self.pri, cases=self.cases, contradiction=None
        )
        number = len(truth.of("1"))
        if number in (0, len(truth.rows)):
            return ANYTHING if number else NOTHING
        return analysis(
            found,
            truth,
            expectations=self.expectations,
            exclude=self.exclude,
            necessary=(),
        )


@dataclass(frozen=True, eq=False)
class Variant:
    """One model that other choices give.

    Parameters
    ----------
    name : str
        What was chosen otherwise.
    formula : str
        The model; "0" where no combination has the outcome, "1" where every one has.
    held : Series of float
        By case, how far it is in the model.
    """

    name: str
    formula: str
    held: pd.Series


@dataclass(frozen=True, eq=False)
class Compared:
    """A model of the solution beside the models of the tests.

    Parameters
    ----------
    made : Analysis
        The solutions that were chosen.
    model : Model
        The model in question.
    variants : tuple of Variant
        In the order of the tests, each with all its models.
    """

    made: Analysis
    model: Model
    variants: tuple[Variant, ...]

    @cached_property
    def joined(self) -> Joined:
        """The memberships in all of them."""
        cases = list(self.made.asked.cases)
        return joined(
            self.made.fitted(self.model)[1].held,
            [each.held.reindex(cases).to_numpy(float) for each in self.variants],
            self.made.asked.outcome_memberships,
            cases=cases,
        )


def initial(tables: Tables, chosen: Chosen, number: int) -> tuple[Analysis, Model]:
    """The solutions as chosen, and the model in question.

    Raises
    ------
    UnknownNameError
        There is nothing to explain, or no model of this number.
    """
    made = chosen.analysis(chosen.asked(tables))
    if isinstance(made, str):
        raise UnknownNameError(
            f"at these cut-offs {made}, so there is no solution to test; look at the truth table"
        )
    models = made.models(chosen.solution)
    if isinstance(number, bool) or not 1 <= number <= len(models):
        raise UnknownNameError(
            f"model={number}: the {chosen.solution} solution has the models 1 to {len(models)}"
        )
    return made, models[number - 1]


def compared(tables: Tables, chosen: Chosen, tests: Sequence[Test] | None, number: int) -> Compared:
    """Solve with the choices made, and with each of the others.

    Raises
    ------
    UnknownNameError
        No test, or one that names what can't be chosen otherwise.
    """
    made, model = initial(tables, chosen, number)
    variants: list[Variant] = []
    for test in _listed(made, tests):
        variants += _variants(tables, chosen, test)
    return Compared(made, model, tuple(variants))


def _listed(made: Analysis, tests: Sequence[Test] | None) -> list[Mapping[str, Any]]:
    alternatives = {each.name: each for each in made.asked.calibrated.plan.alternatives}
    if isinstance(tests, str | Mapping):
        raise UnknownNameError("tests is one test; write a list of tests")
    if tests is None:
        tests = list(alternatives)
    if not tests:
        raise UnknownNameError(
            f"there is nothing to test with: the plan {made.asked.plan} names no alternatives; "
            'write tests such as [{"consistency": 0.75}, {"cases": 2}]'
        )
    found: list[Mapping[str, Any]] = []
    for test in tests:
        given: dict[str, Any] = {"alternative": test} if isinstance(test, str) else dict(test)
        if strange := sorted(set(given) - set(_KEYS)):
            raise UnknownNameError(
                f"a test can't change {strange[0]!r}; it can change {', '.join(_KEYS[1:])}"
            )
        named = given.pop("alternative", None)
        if named is not None and named not in alternatives:
            there = "; ".join(alternatives) or "none"
            raise UnknownNameError(f"the plan names no alternative {named!r}; there are: {there}")
        if named is not None:
            own = {name: dict(each) for name, each in alternatives[named].anchors.items()}
            given = {"name": named, **given, "anchors": _both(own, given.get("anchors") or {})}
        if not set(given) - {"name"}:
            raise UnknownNameError(f"a test changes nothing; name one of {', '.join(_KEYS[1:])}")
        found.append(given)
    return found


def _both(
    one: Mapping[str, Mapping[str, float]], other: Mapping[str, Mapping[str, float]]
) -> dict[str, dict[str, float]]:
    return {name: {**one.get(name, {}), **other.get(name, {})} for name in {**one, **other}}


def _variants(tables: Tables, chosen: Chosen, test: Mapping[str, Any]) -> list[Variant]:
    changes = {name: test[name] for name in CUT_OFFS if name in test}
    anchors = _both(chosen.anchors, test.get("anchors") or {})
    other = replace(chosen, **changes, anchors=anchors)
    name = str(test.get("name") or _name(test))
    found = other.asked(tables)
    made = other.analysis(found)
    if isinstance(made, str):
        held = np.full(len(found.cases), 1.0 if made == ANYTHING else 0.0)
        formula = ALWAYS if made == ANYTHING else NEVER
        return [Variant(f"{name} ({made})", formula, pd.Series(held, index=list(found.cases)))]
    models = made.models(chosen.solution)
    return [
        Variant(
            f"{name}, model {each.number} of {each.of}" if each.of > 1 else name,
            made.formula(each),
            pd.Series(made.fitted(each)[1].held, index=list(found.cases)),
        )
        for each in models
    ]


def _name(test: Mapping[str, Any]) -> str:
    """What a test changes, in words."""
    words = {"pri": "PRI", "cases": "cases a row"}
    told = [
        f"{words.get(name, name)} {said(test[name]) if name != 'cases' else test[name]}"
        for name in CUT_OFFS
        if name in test
    ]
    for name, anchors in (test.get("anchors") or {}).items():
        told += [f"{name} {anchor} {value:g}" for anchor, value in anchors.items()]
    return ", ".join(told)
