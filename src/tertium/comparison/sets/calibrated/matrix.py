"""What is known of each case in each set: words or numbers, and the memberships made of them.

Comes in: the tables of a study and the name of a plan.
Goes out: a grid of cases by sets, each cell with its passages.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, get_args

import pandas as pd

from tertium.bundle import Tables
from tertium.comparison.result import NOT_STATED, Result, comparison, support_table
from tertium.comparison.sets.calibrated.calibrate import Calibrated, calibrated
from tertium.errors import UnknownNameError

Show = Literal["raw", "memberships"]
_WORDS = {
    "not stated": "not stated: no source at hand says it",
    "not searched": "not searched: nobody looked for it in the sources of the case",
    "undecided": "undecided: who decides left it open",
}


@comparison
def memberships(
    tables: Tables,
    *,
    plan: str,
    conditions: Sequence[str] | None = None,
    outcome: str | None = None,
    show: Show = "raw",
) -> Result:
    """The raw matrix of a set analysis, or the memberships that were made of it.

    Parameters
    ----------
    tables : Tables
    plan : str
        Id of a plan of the study.
    conditions : sequence of str, optional
        In place of the plan's.
    outcome : str, optional
        In place of the plan's; the matrix shows its set, also where "~WON" is asked for.
    show : {"raw", "memberships"}
        raw: the word or number that the sources give. memberships: how far the case is in the
        set, from 0 to 1, or its value in a multi-value set.

    Returns
    -------
    Result
        Grid of the cases in scope by the conditions and the outcome, which stands last; null:
        there is no value, and the text of the cell says which of three reasons. Evidence by
        cell.

    Raises
    ------
    UnknownNameError
        No such plan, set or `show`; conditions that overlap by definition.

    Examples
    --------
    >>> from tertium.study import open_study
    >>> table = memberships(open_study("labour-organising").tables, plan="concession")
    >>> table.frame.columns[-1]
    'CONCESSION'
    """
    if show not in get_args(Show):
        raise UnknownNameError(f"show={show!r}; there are {', '.join(get_args(Show))}")
    made = calibrated(tables, plan, outcome=outcome, conditions=conditions)
    is_raw = show == "raw"
    frame = made.raw.copy() if is_raw else made.memberships.frame.astype("Float64")
    frame.index.name, frame.columns.name = "case", "set"
    shown = pd.DataFrame(index=frame.index, columns=frame.columns, dtype=object)
    support = []
    for name in made.memberships.sets:
        for case in made.memberships.cases:
            missing = made.held[case, name].missing
            if missing:
                shown.at[case, name] = missing
            elif is_raw and made.held[case, name].unit:
                shown.at[case, name] = (
                    f"{made.held[case, name].value:g} {made.held[case, name].unit}"
                )
            elif not is_raw:
                shown.at[case, name] = f"{made.memberships.frame[name][case]:.3g}"
            support += [{**each, "row": case, "column": name} for each in made.evidence(case, name)]
    what = "What is stated of the cases" if is_raw else "How far the cases are in the sets"
    return Result(
        frame,
        title=f"{what}: {made.plan.title}",
        note=_note(made, is_raw=is_raw),
        support=support_table(support),
        shown=shown,
        row_labels=made.names,
        column_labels={name: made.plan.sets[name].label for name in made.memberships.sets},
        missing=NOT_STATED,
    )


def said_by(made: Calibrated) -> str:
    """Who says what is known in each set, for a note; each once, with the sets."""
    sets_of: dict[str, list[str]] = {}
    for name in made.memberships.sets:
        if who := made.made_by(name):
            sets_of.setdefault(who, []).append(made.plan.sets[name].label)
    if len(sets_of) == 1:
        return f"Who says so: {next(iter(sets_of))}."
    told = "; ".join(f"{who}, of: {', '.join(names)}" for who, names in sets_of.items())
    return f"Who says so: {told}." if told else ""


def _note(made: Calibrated, *, is_raw: bool) -> str:
    outcome = made.plan.sets[made.outcome_set].label
    parts = [f"The cases in scope. The last column, {outcome}, is the outcome."]
    if is_raw:
        parts.append("Each cell holds what its sources give, before it is calibrated.")
    else:
        parts.append("1: fully in the set; 0: fully out; 0.5: neither more in than out.")
        many = [name for name in made.memberships.sets if made.memberships.is_multi_value(name)]
        if many:
            labels = ", ".join(made.plan.sets[name].label for name in many)
            parts.append(f"Of {labels} the number is the value that the case has.")
    seen = {made.held[case, name].missing for name in made.memberships.sets
            for case in made.memberships.cases}  # fmt: skip
    told = [_WORDS[word] for word in _WORDS if word in seen]
    if told:
        parts.append(f"{'; '.join(told)}.".capitalize() + " None of these is an absence.")
    parts.append(said_by(made))
    return " ".join(part for part in parts if part)
