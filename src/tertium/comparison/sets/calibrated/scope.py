"""Which cases a set analysis is about, and why the others are not.

Comes in: the cases of a study, and the scope of a plan.
Goes out: a `Scope`: cases in, cases out, each with its reason and passages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tertium.comparison.cases.told import case_names
from tertium.comparison.cases.told import stated as cell
from tertium.comparison.passages import Passages, rows_of
from tertium.comparison.sets.calibrated.held import Held, stated_values
from tertium.sources.listed.set_plans import SetPlan


@dataclass(frozen=True)
class Scope:
    """The cases of a study, in scope or not.

    Parameters
    ----------
    cases : tuple of str
        In scope, in the order of the list of cases.
    left_out : mapping of str to str
        By case that is not in scope the reason.
    held : mapping of str to Held
        By case of the plan's kinds what is stated of its scope; empty where kinds are all.
    of_kind : tuple of str
        The cases of the plan's kinds.
    names : mapping of str to str
        What each case of the study is called.
    """

    cases: tuple[str, ...]
    left_out: Mapping[str, str]
    held: Mapping[str, Held]
    of_kind: tuple[str, ...]
    names: dict[str, str]


def scope_of(passages: Passages, plan: SetPlan) -> Scope:
    """Which cases are in the scope of a plan."""
    kinds = {str(row["case_id"]): cell(row, "kind") for row in rows_of(passages.tables.cases)}
    of_kind = tuple(case for case, kind in kinds.items() if kind in plan.scope.kinds)
    wanted = " or ".join(plan.scope.kinds).replace("_", "-")
    left_out = {
        case: f"its kind is {kind.replace('_', '-') or 'not stated'}, not {wanted}"
        for case, kind in kinds.items()
        if case not in of_kind
    }
    held: dict[str, Held] = {}
    if plan.scope.attribute:
        held = stated_values(passages, plan, plan.scope.attribute, of_kind, code="scope")
        for case, each in held.items():
            if each.value is None:
                left_out[case] = f"whether it is in scope is not stated: {each.reason}"
            elif each.value not in plan.scope.within:
                left_out[case] = each.reason
    return Scope(
        cases=tuple(case for case in of_kind if case not in left_out),
        left_out={case: left_out[case] for case in kinds if case in left_out},
        held=held,
        of_kind=of_kind,
        names=case_names(passages),
    )
