"""Which cases a set analysis is about: every case of the study, in scope or not and why.

Comes in: the tables of a study and the name of a plan.
Goes out: a list of cases whose rows lead to the passages on scope and outcome.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import pandas as pd

from tertium.bundle import Tables
from tertium.comparison.result import Result, comparison, support_table
from tertium.comparison.sets.calibrated.calibrate import Calibrated, calibrated

USED = "in scope, everything stated"
OPEN = "in scope, something not stated"
OUT = "out of scope"
_ORDER = (USED, OPEN, OUT)


@comparison
def set_cases(
    tables: Tables,
    *,
    plan: str,
    conditions: Sequence[str] | None = None,
    outcome: str | None = None,
) -> Result:
    """Every case of the study: whether a plan is about it and why, and what is stated of it.

    A set analysis says something of the cases that it uses and of no others, so this table
    comes first: who is in, who is out by the plan's own rule, and who is lost because nothing
    is stated.

    Parameters
    ----------
    tables : Tables
    plan : str
        Id of a plan of the study.
    conditions : sequence of str, optional
        In place of the plan's.
    outcome : str, optional
        In place of the plan's.

    Returns
    -------
    Result
        `frame`: one row a case: case_id, use (as the groups are called), case, kind, why (in
        scope or not), outcome (the word or number that is stated; null: none is), missing (the
        sets of which nothing is stated). Evidence by row: the passages on scope under "why",
        on the outcome under "outcome".

    Raises
    ------
    UnknownNameError
        No such plan or set; conditions that overlap by definition.

    Examples
    --------
    >>> from tertium.study import open_study
    >>> table = set_cases(open_study("labour-organising").tables, plan="concession")
    >>> "outcome" in table.frame
    True
    """
    made = calibrated(tables, plan, outcome=outcome, conditions=conditions)
    used, _ = made.memberships.complete(made.memberships.sets)
    kinds = dict(zip(tables.cases["case_id"].map(str), tables.cases["kind"], strict=True))
    rows = [_row(made, case, set(used.cases), kinds) for case in [*kinds]]
    rows.sort(key=lambda row: _ORDER.index(row["use"]))
    names = ("case_id", "use", "case", "kind", "why", "outcome", "missing")
    frame = pd.DataFrame({name: pd.Series([r[name] for r in rows], dtype=object) for name in names})
    frame.index = pd.RangeIndex(1, len(rows) + 1)
    support = [each for number, row in enumerate(rows, 1) for each in _evidence(made, row, number)]
    shown = pd.DataFrame(index=frame.index, columns=frame.columns, dtype=object)
    shown["outcome"] = ["" if row["use"] == OUT else _told(made, row["case_id"]) for row in rows]
    return Result(
        frame,
        title=f"Cases of the set analysis “{made.plan.title}”",
        note=_note(made, rows, len(used.cases)),
        support=support_table(support),
        shown=shown,
        hidden=("case_id",),
        group_by="use",
    )


def _told(made: Calibrated, case: str) -> str:
    """The outcome of a case in the words of who stated it, with the reason."""
    held = made.held[case, made.outcome_set]
    value = f"{held.value:g}" if isinstance(held.value, float) else held.value
    return f"{held.missing or value}: {held.reason}" if held.reason else held.missing or str(value)


def _row(made: Calibrated, case: str, used: set[str], kinds: dict[str, Any]) -> dict[str, Any]:
    row = {"case_id": case, "case": made.names[case], "kind": str(kinds[case]).replace("_", "-")}
    if case in made.out_of_scope:
        why = made.out_of_scope[case]
        return {**row, "use": OUT, "why": why, "outcome": None, "missing": ""}
    lacking = [name for name in made.memberships.sets if made.held[case, name].value is None]
    held = made.scope.held.get(case)
    return {
        **row,
        "use": USED if case in used else OPEN,
        "why": held.reason if held else "its kind",
        "outcome": made.raw.at[case, made.outcome_set],
        "missing": "; ".join(
            f"{made.plan.sets[name].label} ({made.held[case, name].missing})"
            for name in lacking
            if name != made.outcome_set
        ),
    }


def _evidence(made: Calibrated, row: dict[str, Any], number: int) -> list[dict[str, Any]]:
    case = row["case_id"]
    scope = made.scope.held[case].evidence() if case in made.scope.held else ()
    found = [{**each, "row": number, "column": "why"} for each in scope]
    if row["use"] != OUT:
        outcome = made.evidence(case, made.outcome_set)
        found += [{**each, "row": number, "column": "outcome"} for each in outcome]
    return found


def _note(made: Calibrated, rows: Sequence[dict[str, Any]], used: int) -> str:
    in_scope = len(made.memberships.cases)
    stated = in_scope - len(made.not_stated[made.outcome_set])
    every = in_scope - len({case for name in made.conditions for case in made.not_stated[name]})
    names = ", ".join(made.plan.sets[name].label for name in made.conditions)
    parts = [
        f"Of {len(rows)} cases of the study {in_scope} are in scope; the outcome "
        f"({made.plan.sets[made.outcome_set].label}) is stated of {stated}, every condition "
        f"({names}) of {every}, both of {used}. Only these {used} can enter a truth table.",
        f"Scope: {made.plan.scope.why.strip()}",
    ]
    words = Counter(
        str(each.value)
        for case, each in made.scope.held.items()
        if case in made.out_of_scope and each.value is not None
    )
    if words:
        told = ", ".join(f"{word} ({count})" for word, count in sorted(words.items()))
        parts.append(f"Out of scope by what is stated: {told}.")
    who = sorted({name for each in made.scope.held.values() for name in each.made_by})
    if who:
        parts.append(f"Who is in scope was stated by {'; '.join(who)}.")
    parts.append(
        "A case of which nothing is stated is left out; it is not taken for a case without the "
        "outcome."
    )
    return " ".join(parts)
