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
from tertium.comparison.sets.shown.analysis import (
    Analysis,
    Expectations,
    Kind,
    Model,
    analysis,
    model_of,
)
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


def one_sided(truth: TruthRows) -> str:
    """What is said in place of a formula where all rows, or none, have the outcome."""
    return ANYTHING if truth.of("1") else NOTHING


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

    def truth(self, found: Asked) -> TruthRows:
        """The truth table."""
        return truth_of(
            found,
            consistency=self.consistency,
            pri=self.pri,
            cases=self.cases,
            contradiction=self.contradiction,
        )

    def analysis(self, found: Asked, *, is_test: bool = True) -> Analysis | str:
        """The three solutions; or in words that there is nothing to explain."""
        truth = self.truth(found)
        if not truth.is_open:
            return one_sided(truth)
        return analysis(
            found,
            truth,
            expectations=self.expectations,
            exclude=still_empty(self.exclude, truth) if is_test else self.exclude,
            necessary=self.necessary,
        )


def still_empty(exclude: Exclude, truth: TruthRows) -> Exclude:
    """What may not be assumed, without the row numbers that have cases in this truth table.

    A combination that was without cases can get some where another anchor or reading is tried;
    `no_longer_empty` names it.
    """
    if isinstance(exclude, str):
        return exclude
    gone = no_longer_empty(exclude, truth)
    return [each for each in exclude if each not in gone]


def no_longer_empty(exclude: Exclude, truth: TruthRows) -> tuple[int, ...]:
    """The numbers of rows said to be impossible that have cases in this truth table."""
    if isinstance(exclude, str):
        return ()
    return tuple(each for each in exclude if not isinstance(each, str) and each in truth.by_number)


@dataclass(frozen=True, eq=False)
class Tried:
    """One test: what it changes, and what that makes of the cases.

    Parameters
    ----------
    name : str
    changes : frozenset of str
        Of "consistency", "pri", "cases" and "calibration" (anchors, words, or who reads), those
        that differ from what was chosen.
    is_other_reading : bool
        Whether another coder's values are taken.
    asked : Asked
        The memberships of the test.
    otherwise : Otherwise
        The cases that it takes otherwise.
    no_longer_empty : tuple of int
        Rows said to be impossible in which a case stands in the test.
    """

    name: str
    changes: frozenset[str]
    is_other_reading: bool
    asked: Asked
    otherwise: Otherwise
    no_longer_empty: tuple[int, ...] = ()


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
    left_out : tuple of str
        Alternatives of the plan that change no set asked for.
    """

    made: Analysis
    model: Model
    variants: tuple[Variant, ...]
    tests: tuple[Tried, ...]
    left_out: tuple[str, ...] = ()

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
    return made, model_of(made, chosen.solution, number)


def compared(tables: Tables, chosen: Chosen, tests: Sequence[Test] | None, number: int) -> Compared:
    """Solve with the choices made, and with each of the others.

    Raises
    ------
    UnknownNameError
        No test, or one that names what can't be chosen otherwise, or changes nothing that was
        chosen.
    """
    made, model = initial(tables, chosen, number)
    variants: list[Variant] = []
    tried: list[Tried] = []
    left_out: list[str] = []
    for test in listed(made.asked, tests):
        other = _changed(chosen, test)
        found = other.asked(tables)
        name = str(test.get("name") or name_of(test))
        changes = _changes(chosen, other, made.asked, found)
        if changes:
            tried.append(_tried(name, changes, other, made.asked, found))
            variants += _variants(name, other, found)
        elif tests is None:
            left_out.append(name)
        else:
            raise UnknownNameError(
                f"the test {name!r} changes nothing: the cut-offs and the sets asked for here "
                f"({_sets_of(made.asked)}) are those chosen"
            )
    if not tried:
        raise UnknownNameError(
            f"there is nothing to test with: no alternative of the plan {chosen.plan} changes a "
            f"set asked for here ({_sets_of(made.asked)}); write tests such as "
            '[{"consistency": 0.75}, {"cases": 2}]'
        )
    return Compared(made, model, tuple(variants), tuple(tried), tuple(left_out))


def _sets_of(asked: Asked) -> str:
    return ", ".join((asked.outcome_set, *asked.conditions))


def _changed(chosen: Chosen, test: Mapping[str, Any]) -> Chosen:
    """The choices of a test."""
    changes = {name: test[name] for name in CUT_OFFS if name in test}
    anchors = both(chosen.anchors, test.get("anchors") or {})
    return replace(chosen, **changes, anchors=anchors, coder=test.get("coder") or chosen.coder)


def _changes(chosen: Chosen, other: Chosen, made: Asked, found: Asked) -> frozenset[str]:
    """What a test chooses otherwise, of all that the sets asked for rest on.

    A choice that leaves every case where it is, as a crossover moved between two cases, is
    another choice all the same.
    """
    changes = {name for name in CUT_OFFS if getattr(chosen, name) != getattr(other, name)}
    plans = made.calibrated.plan, found.calibrated.plan
    names = (made.outcome_set, *made.conditions)
    if any(plans[0].sets[name] != plans[1].sets[name] for name in names) or _reads(made, found):
        changes.add("calibration")
    return frozenset(changes)


def _reads(made: Asked, found: Asked) -> bool:
    """Whether another coder's values are taken for the scope or a set asked for."""
    plans = made.calibrated.plan, found.calibrated.plan
    sources = [plans[0].sets[name].source for name in (made.outcome_set, *made.conditions)]
    is_stated = bool(plans[0].scope.attribute) or any(each.stated for each in sources)
    return is_stated and plans[0].coder != plans[1].coder


def _tried(name: str, changes: frozenset[str], other: Chosen, made: Asked, found: Asked) -> Tried:
    return Tried(
        name,
        changes,
        _reads(made, found),
        found,
        otherwise(made, found),
        no_longer_empty(other.exclude, other.truth(found)),
    )


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
