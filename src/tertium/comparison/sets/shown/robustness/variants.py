"""A solution and the solutions that other choices give.

Comes in: tables, a plan, the choices that were made, and other choices that could be defended.
Goes out: `Compared`: one model of the solution, every model of the others, on the same cases.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from tertium.bundle import Tables
from tertium.comparison.sets.robustness.joined import Joined, joined
from tertium.comparison.sets.shown.analysis import Analysis, Expectations, Kind, Model, analysis
from tertium.comparison.sets.shown.excluded import Exclude
from tertium.comparison.sets.shown.question import Asked, asked
from tertium.comparison.sets.shown.robustness.alternatives import (
    CUT_OFFS,
    Test,
    both,
    listed,
    name_of,
)
from tertium.comparison.sets.shown.robustness.read_otherwise import Otherwise, otherwise
from tertium.comparison.sets.shown.rows import truth_of
from tertium.comparison.sets.solutions.truth import TruthRows
from tertium.errors import UnknownNameError

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
    contradiction, expectations, exclude, necessary : as in `minimise`
    anchors : mapping of str to mapping
        By set anchors, or memberships of words, that differ from the plan's.
    coder : str or None
        Whose stated values are taken; None: the plan's coder.
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
    contradiction: float | None = None
    necessary: Sequence[str] = ()
    anchors: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    coder: str | None = None

    def asked(self, tables: Tables) -> Asked:
        """The memberships."""
        return asked(
            tables,
            self.plan,
            conditions=self.conditions,
            outcome=self.outcome,
            anchors=self.anchors,
            coder=self.coder,
        )

    def analysis(self, found: Asked, *, is_test: bool = True) -> Analysis | str:
        """The three solutions; or in words that there is nothing to explain."""
        truth = truth_of(
            found,
            consistency=self.consistency,
            pri=self.pri,
            cases=self.cases,
            contradiction=self.contradiction,
        )
        number = len(truth.of("1"))
        if number in (0, len(truth.rows)):
            return ANYTHING if number else NOTHING
        return analysis(
            found,
            truth,
            expectations=self.expectations,
            exclude=still_empty(self.exclude, truth) if is_test else self.exclude,
            necessary=self.necessary,
        )


def still_empty(exclude: Exclude, truth: TruthRows) -> Exclude:
    """What may not be assumed, without the row numbers that have cases in this truth table.

    A combination that was without cases can get some where another anchor or reading is tried.
    """
    if isinstance(exclude, str):
        return exclude
    return [each for each in exclude if isinstance(each, str) or each not in truth.by_number]


@dataclass(frozen=True, eq=False)
class Tried:
    """One test: what it changes, and what that makes of the cases.

    Parameters
    ----------
    name : str
    changes : frozenset of str
        Of "consistency", "pri", "cases" and "calibration" (anchors, words, or who reads).
    is_other_reading : bool
        Whether another coder's values are taken.
    asked : Asked
        The memberships of the test.
    otherwise : Otherwise
        The cases that it takes otherwise.
    """

    name: str
    changes: frozenset[str]
    is_other_reading: bool
    asked: Asked
    otherwise: Otherwise


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
    tests : tuple of Tried
    """

    made: Analysis
    model: Model
    variants: tuple[Variant, ...]
    tests: tuple[Tried, ...]

    @property
    def basis(self) -> str:
        """A digest of all memberships that are compared."""
        return " ".join([self.made.asked.basis, *(each.asked.basis for each in self.tests)])

    @cached_property
    def joined(self) -> Joined:
        """The memberships in all of them, of the cases that every test can use."""
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
    made = chosen.analysis(chosen.asked(tables), is_test=False)
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
    tried: list[Tried] = []
    for test in listed(made.asked, tests):
        other = _changed(chosen, test)
        found = other.asked(tables)
        name = str(test.get("name") or name_of(test))
        tried.append(_tried(name, test, made.asked, found))
        variants += _variants(name, other, found)
    return Compared(made, model, tuple(variants), tuple(tried))


def _changed(chosen: Chosen, test: Mapping[str, Any]) -> Chosen:
    """The choices of a test."""
    changes = {name: test[name] for name in CUT_OFFS if name in test}
    anchors = both(chosen.anchors, test.get("anchors") or {})
    return replace(chosen, **changes, anchors=anchors, coder=test.get("coder") or chosen.coder)


def _tried(name: str, test: Mapping[str, Any], made: Asked, found: Asked) -> Tried:
    coder = test.get("coder")
    changes = {each for each in CUT_OFFS if each in test}
    if coder or test.get("anchors"):
        changes.add("calibration")
    return Tried(name, frozenset(changes), coder is not None, found, otherwise(made, found))


def _variants(name: str, other: Chosen, found: Asked) -> list[Variant]:
    made = other.analysis(found)
    if isinstance(made, str):
        held = np.full(len(found.cases), 1.0 if made == ANYTHING else 0.0)
        formula = ALWAYS if made == ANYTHING else NEVER
        return [Variant(f"{name} ({made})", formula, pd.Series(held, index=list(found.cases)))]
    return [
        Variant(
            f"{name}, model {each.number} of {each.of}" if each.of > 1 else name,
            made.formula(each),
            pd.Series(made.fitted(each)[1].held, index=list(found.cases)),
        )
        for each in made.models(other.solution)
    ]
