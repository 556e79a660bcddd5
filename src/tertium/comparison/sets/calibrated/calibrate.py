"""The sets of a plan, calibrated: cases in scope by sets, with the reason for every value.

Comes in: the tables of a study, the name of a plan, and which of its sets are wanted.
Goes out: a `Calibrated`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd

from tertium.bundle import Tables
from tertium.comparison.passages import Passages
from tertium.comparison.sets.calibrated.coded import coded_values
from tertium.comparison.sets.calibrated.grades import membership
from tertium.comparison.sets.calibrated.held import Held, case_values, fact_values, stated_values
from tertium.comparison.sets.calibrated.scope import Scope, scope_of
from tertium.comparison.sets.memberships import Memberships
from tertium.errors import UnknownNameError
from tertium.sources.listed.set_plan_faults import many_valued, recalibrated
from tertium.sources.listed.set_plans import SetPlan, literal_parts


@dataclass(frozen=True, eq=False)
class Calibrated:
    """Cases in scope by sets, and how each value came to be.

    Parameters
    ----------
    plan : SetPlan
        With the calibration that was used.
    memberships : Memberships
        The cases in scope, in the order of the list of cases; the conditions and the outcome's
        set, the outcome last.
    raw : DataFrame
        The word or number behind each membership; None where there is none.
    held : mapping of (case, set) to Held
        What is known, with its reason, who says so and the passages.
    scope : Scope
        Which cases are in scope and why, and which are not and why.
    outcome : str
        As it was asked for: "WON", "~WON" or "WON[2]".
    conditions : tuple of str
    passages : Passages
        For labels of cases and sources.
    """

    plan: SetPlan
    memberships: Memberships
    raw: pd.DataFrame
    held: Mapping[tuple[str, str], Held]
    scope: Scope
    outcome: str
    conditions: tuple[str, ...]
    passages: Passages

    @property
    def outcome_set(self) -> str:
        """The set that the outcome is a value of."""
        return literal_parts(self.outcome)[0]

    @property
    def reasons(self) -> dict[tuple[str, str], str]:
        """By case and set why the value is what it is, or why there is none."""
        return {key: each.reason for key, each in self.held.items()}

    @property
    def out_of_scope(self) -> Mapping[str, str]:
        """By case that is left out, the reason."""
        return self.scope.left_out

    @property
    def not_stated(self) -> dict[str, tuple[str, ...]]:
        """By set the cases that have no value: not stated, not searched or undecided."""
        return {
            name: tuple(
                case for case in self.memberships.cases if self.held[case, name].value is None
            )
            for name in self.memberships.sets
        }

    @property
    def names(self) -> dict[str, str]:
        """What each case of the study is called, by id."""
        return self.scope.names

    def evidence(self, case: str, name: str) -> list[dict[str, Any]]:
        """The passages behind a case's value in a set, as rows of a support table.

        Without `row` and `column`: a comparison adds the cell that they belong to.
        """
        if (case, name) not in self.held:
            raise UnknownNameError(f"there is no value of case {case!r} in the set {name!r}")
        return [dict(row) for row in self.held[case, name].evidence()]

    def made_by(self, name: str) -> str:
        """Who says what is known of the cases in a set, each with the kind of coder."""
        found = {who for (_, of), each in self.held.items() if of == name for who in each.made_by}
        return "; ".join(sorted(found))


def calibrated(
    tables: Tables,
    plan: str,
    *,
    outcome: str | None = None,
    conditions: Sequence[str] | None = None,
    anchors: Mapping[str, Mapping[str, float]] | None = None,
    coder: str | None = None,
) -> Calibrated:
    """The sets of a plan for the cases in its scope.

    Parameters
    ----------
    tables : Tables
    plan : str
        Id of a plan of the study.
    outcome : str, optional
        In place of the plan's; "~WON" is its absence, "WON[2]" a value.
    conditions : sequence of str, optional
        In place of the plan's.
    anchors : mapping of str to mapping, optional
        By set other anchors, or other memberships of its words, than the plan's:
        ``{"SIZE": {"crossover": 400}, "WON": {"promise": 1}}``.
    coder : str, optional
        Whose stated values are taken, in place of the plan's coder: scope, outcome and all else
        that the plan's table states. What this coder did not state is not stated.

    Raises
    ------
    UnknownNameError
        No such plan, set, anchor, word or coder; the outcome among the conditions; sets that
        overlap by definition, the outcome's among them.
    """
    if plan not in tables.set_plans:
        there = ", ".join(sorted(tables.set_plans))
        raise UnknownNameError(
            f"the study has no plan {plan!r}; it has {there}"
            if there
            else f"the study has no plan {plan!r}: name one under set_plans in the study file"
        )
    chosen = _recalibrated(tables.set_plans[plan], anchors or {})
    chosen = chosen.model_copy(update={"coder": stated_coder(tables, chosen, coder)})
    wanted = chosen.outcome if outcome is None else outcome
    names = _conditions(chosen, conditions)
    of_outcome = _outcome_set(chosen, wanted, names)
    _refuse_overlap(chosen, (*names, of_outcome))
    passages = Passages(tables)
    scope = scope_of(passages, chosen)
    held: dict[tuple[str, str], Held] = {}
    columns: dict[str, np.ndarray] = {}
    levels: dict[str, int] = {}
    for name in [*names, of_outcome]:
        part = chosen.set(name)
        known = _known(passages, chosen, name, scope.cases)
        columns[name] = membership(part, name, known)
        levels[name] = part.levels
        held |= {(case, name): each for case, each in known.items()}
    index = pd.Index(scope.cases, dtype=object, name="case_id")
    raw = {name: [held[case, name].value for case in scope.cases] for name in columns}
    return Calibrated(
        plan=chosen,
        memberships=Memberships.of(
            pd.DataFrame(columns, index=index, dtype=float),
            levels=levels,
            fuzzy=[name for name in columns if chosen.sets[name].is_fuzzy],
        ),
        raw=pd.DataFrame(raw, index=index, dtype=object),
        held=MappingProxyType(held),
        scope=scope,
        outcome=wanted,
        conditions=names,
        passages=passages,
    )


def _known(passages: Passages, plan: SetPlan, name: str, cases: Sequence[str]) -> dict[str, Held]:
    part = plan.sets[name]
    source = part.source
    if source.codings is not None:
        cuts = tuple(part.anchors.values()) if part.method in ("crisp", "multi_value") else ()
        return coded_values(passages.tables, source, cases, measure=part.measure, settles=cuts)
    if source.fact is not None:
        return fact_values(passages, source, cases, numeric=part.method is not None)
    if source.case is not None:
        return case_values(passages, source.case, cases)
    return stated_values(passages, plan, str(source.stated), cases, code=name)


def stated_coder(tables: Tables, plan: SetPlan, coder: str | None = None) -> str | None:
    """Whose stated values a plan takes; None where nobody states any.

    Raises
    ------
    UnknownNameError
        This coder states nothing for the plan, or several do and none is chosen.
    """
    there = coders_of(tables, plan)
    wanted = plan.coder if coder is None else coder
    if wanted is None and len(there) > 1:
        raise UnknownNameError(
            f"{' and '.join(there)} stated values for the plan {plan.plan}; name one under coder"
        )
    if coder is not None and coder not in there:
        raise UnknownNameError(
            f"{coder!r} stated nothing for the plan {plan.plan}; there is "
            f"{', '.join(there) or 'nobody'}"
        )
    return wanted if wanted is not None else next(iter(there), None)


def coders_of(tables: Tables, plan: SetPlan) -> tuple[str, ...]:
    """Everybody who stated values for a plan, sorted."""
    if tables.memberships is None:
        return ()
    rows = tables.memberships[tables.memberships["plan"] == plan.plan]
    return tuple(sorted(str(each) for each in rows["coder"].dropna().unique()))


def _conditions(plan: SetPlan, given: Sequence[str] | None) -> tuple[str, ...]:
    if isinstance(given, str):
        raise UnknownNameError(f"conditions={given!r} is one word; write a list: [{given!r}]")
    names = plan.conditions if given is None else tuple(given)
    if not names:
        raise UnknownNameError("no condition is named; name at least one set of the plan")
    for number, name in enumerate(names):
        if not isinstance(name, str):
            raise UnknownNameError(f"the condition {name!r} names no set; write a name in quotes")
        plan.set(name)
        if name in names[:number]:
            raise UnknownNameError(f"the condition {name} stands twice; keep one")
    return names


def _refuse_overlap(plan: SetPlan, names: tuple[str, ...]) -> None:
    """Refuse two sets that overlap by definition, among conditions and outcome."""
    together = plan.overlap(names)
    if together is not None:
        both = " and ".join(dict.fromkeys(name for name in together.sets if name in names))
        raise UnknownNameError(
            f"{both} overlap by definition and never enter together ({together.why.rstrip('.')}); "
            "keep one of them"
        )


def _outcome_set(plan: SetPlan, outcome: str, conditions: Sequence[str]) -> str:
    """The set of an outcome, which is none of the conditions."""
    if not isinstance(outcome, str):
        raise UnknownNameError(f"outcome={outcome!r} names no set; write a name in quotes")
    name, value, _ = literal_parts(outcome)
    part = plan.set(name)
    if name in conditions:
        raise UnknownNameError(
            f"{name} is the outcome and stands among the conditions; take it out of one of the two"
        )
    if trouble := many_valued(part, name, value):
        raise UnknownNameError("; ".join(trouble))
    if value is not None and value >= part.levels:
        last = part.levels - 1
        raise UnknownNameError(f"{name} has no value {value}; its values are 0 to {last}")
    return name


def _recalibrated(plan: SetPlan, anchors: Mapping[str, Mapping[str, float]]) -> SetPlan:
    if not anchors:
        return plan
    if not isinstance(anchors, Mapping):
        raise UnknownNameError(f"anchors={anchors!r}; write {{'SET': {{'anchor': number}}}}")
    sets = dict(plan.sets)
    for name, changes in anchors.items():
        sets[name] = recalibrated(plan.set(name), changes, name=name)
    return plan.model_copy(update={"sets": sets})
