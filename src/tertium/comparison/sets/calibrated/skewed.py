"""Whether the sets of a plan part the cases at all, and how many combinations hold a case.

Comes in: the tables of a study and the name of a plan.
Goes out: a list of sets with the cases on each side, and what can't be learnt from it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import prod
from typing import Any, Literal, get_args

import numpy as np
import pandas as pd

from tertium.bundle import Tables
from tertium.comparison.result import Result, comparison, support_table
from tertium.comparison.sets.calibrated.calibrate import Calibrated, calibrated
from tertium.comparison.sets.memberships import CROSSOVER, ROUNDING, Memberships, is_between
from tertium.errors import UnknownNameError

Show = Literal["sets", "diversity"]
STRONG, MILD = 0.15, 0.20
_RULE = (
    "Skewed: fewer than 20 % of the cases are on one side; strongly skewed: fewer than 15 %. These "
    "are rules of thumb and no laws; that skew makes sets look necessary or sufficient by their "
    "size alone is the warning of Schneider and Wagemann (2012) and of Oana, Schneider and Thomann "
    "(2021)."
)


@comparison
def skew(
    tables: Tables,
    *,
    plan: str,
    conditions: Sequence[str] | None = None,
    outcome: str | None = None,
    show: Show = "sets",
    cases: int = 1,
) -> Result:
    """How many cases are in each set, and how many of the combinations hold a case.

    A set that nearly every case is in, or nearly none, can hardly tell cases apart: almost
    anything is then consistent with it. And of the combinations that the conditions allow, most
    hold no case where cases are few (limited diversity): what would happen there nobody saw.

    Parameters
    ----------
    tables : Tables
    plan : str
        Id of a plan of the study.
    conditions : sequence of str, optional
        In place of the plan's.
    outcome : str, optional
        In place of the plan's.
    show : {"sets", "diversity"}
        sets: one row a set, or a value of a multi-value set. diversity: the combinations of
        the conditions, counted.
    cases : int
        How many cases a combination needs to be counted as observed; as the truth table takes.

    Returns
    -------
    Result
        sets: set, label, stated (cases in scope with a value), stated_members (of these, above
        0.5), used (cases of which every set is stated), members (of these, above 0.5), share of
        members among those used, between (at exactly 0.5), told (what the share says);
        evidence by row: the passages of the cases in scope. diversity: what is counted and its
        number.

    Raises
    ------
    UnknownNameError
        No such plan, set or `show`; conditions that overlap by definition.

    References
    ----------
    .. [1] Schneider, C. Q. and Wagemann, C. (2012). Set-Theoretic Methods for the Social
       Sciences. Cambridge University Press. Ch. 6 (limited diversity), ch. 9 (skew).
    .. [2] Oana, I.-E., Schneider, C. Q. and Thomann, E. (2021). Qualitative Comparative
       Analysis Using R. Cambridge University Press.

    Examples
    --------
    >>> from tertium.study import open_study
    >>> tables = open_study("labour-organising").tables
    >>> int(skew(tables, plan="concession", show="diversity").frame["number"].iloc[0])
    16
    """
    if show not in get_args(Show):
        raise UnknownNameError(f"show={show!r}; there are {', '.join(get_args(Show))}")
    if cases < 1:
        raise UnknownNameError(f"cases={cases}: write 1 or more")
    made = calibrated(tables, plan, outcome=outcome, conditions=conditions)
    return _sets(made, cases) if show == "sets" else _diversity(made, cases)


def _sets(made: Calibrated, cases: int) -> Result:
    rows: list[dict[str, Any]] = []
    support: list[dict[str, Any]] = []
    for name in made.memberships.sets:
        is_many = made.memberships.is_multi_value(name)
        for value in range(made.memberships.levels[name]) if is_many else (1,):
            rows.append(_share(made, name, value, is_many=is_many))
            support += [
                {**each, "row": len(rows), "column": None}
                for case in made.memberships.cases
                for each in made.evidence(case, name)
            ]
    frame = pd.DataFrame({name: pd.Series([row[name] for row in rows]) for name in rows[0]})
    frame["share"] = frame["share"].astype("Float64")
    frame.index = pd.RangeIndex(1, len(rows) + 1)
    shown = pd.DataFrame(index=frame.index, columns=frame.columns, dtype=object)
    shown["share"] = [
        f"{row['members']} of {row['used']}"
        if row["used"]
        else "not defined, because no case has every set stated"
        for row in rows
    ]
    told = _counts(made, cases)
    many = any(made.memberships.is_multi_value(name) for name in made.memberships.sets)
    no_rule = " Of a set with several values no value is judged so." if many else ""
    note = (
        f"Members: cases that are more in the set than out (above 0.5). Stated: of the "
        f"{len(made.memberships.cases)} cases in scope those of which this set is stated; used: "
        f"those of which every set is, which alone can enter a truth table. {_RULE}{no_rule} "
        f"{_diversity_told(told, cases)}"
    )
    return Result(
        frame,
        title=f"How the sets part the cases: {made.plan.title}",
        note=note,
        support=support_table(support),
        shown=shown,
    )


def _share(made: Calibrated, name: str, value: int, *, is_many: bool) -> dict[str, Any]:
    stated = made.memberships.literal(name, value)
    used, _ = made.memberships.complete(made.memberships.sets)
    held = used.literal(name, value)
    between = is_between(held)
    members = int(((held > CROSSOVER) & ~between).sum())
    share = members / len(held) if len(held) else None
    label = made.plan.sets[name].label
    if is_many:
        told = _told_of_value(share)
    elif name == made.outcome_set and share in (0.0, 1.0):
        told = f"{'none' if share == 0 else 'all'} of the cases: there is nothing to explain"
    else:
        told = _told(share)
    return {
        "set": f"{name}[{value}]" if is_many else name,
        "label": f"{label}: {made.plan.sets[name].words.get(value, value)}" if is_many else label,
        "stated": int((~np.isnan(stated)).sum()),
        "stated_members": int((stated > CROSSOVER + ROUNDING).sum()),
        "used": len(held),
        "members": members,
        "share": share,
        "between": int(between.sum()),
        "told": told,
    }


def _told_of_value(share: float | None) -> str:
    """What the share of one value of several says: no rule of thumb on two sides fits it."""
    if share is None:
        return "nothing is known"
    if share in (0.0, 1.0):
        return f"{'none' if share == 0 else 'all'} of the cases"
    return "one value of several"


def _told(share: float | None) -> str:
    if share is None:
        return "nothing is known"
    if share in (0.0, 1.0):
        side = "none" if share == 0 else "all"
        return f"{side} of the cases: it tells nothing apart and should not enter"
    less = min(share, 1 - share)
    side = "few are in" if share < CROSSOVER else "few are out"
    if less < STRONG:
        return f"strongly skewed: {side}"
    return f"skewed: {side}" if less < MILD else "not skewed"


def _diversity(made: Calibrated, cases: int) -> Result:
    told = _counts(made, cases)
    enough = "a case" if cases == 1 else f"{cases} cases or more"
    rows = [
        ("combinations that the conditions allow", told["possible"]),
        ("of these, combinations with a case", told["observed"]),
        (f"of these, combinations with {enough}", told["enough"]),
        ("combinations without a case", told["possible"] - told["observed"]),
        ("cases of which every condition and the outcome is stated", told["cases"]),
        ("conditions", len(made.conditions)),
    ]
    if cases == 1:
        del rows[2]
    frame = pd.DataFrame(
        {"counted": [what for what, _ in rows], "number": pd.Series([n for _, n in rows])}
    )
    frame.index = pd.RangeIndex(1, len(rows) + 1)
    return Result(
        frame,
        title=f"Limited diversity: {made.plan.title}",
        note=_diversity_told(told, cases) + " What would happen in a combination without a case "
        "nobody saw; a simple solution rests on assumptions about these, a complex one on none.",
    )


def _counts(made: Calibrated, cases: int) -> dict[str, int]:
    """Corners of the conditions' space: possible, with a case, with enough, cases placed."""
    known, _ = made.memberships.complete(made.memberships.sets)
    corners = Counter(filter(None, _corners(known, made.conditions)))
    return {
        "possible": prod(made.memberships.levels[name] for name in made.conditions),
        "observed": len(corners),
        "enough": sum(1 for number in corners.values() if number >= cases),
        "cases": len(known.cases),
        "conditions": len(made.conditions),
        "placed": sum(corners.values()),
    }


def _corners(known: Memberships, conditions: Sequence[str]) -> list[tuple[int, ...] | None]:
    """The corner that each case is in; None where it is at exactly 0.5 in a condition."""
    rows = known.corners(conditions).tolist()
    return [None if min(row) < 0 else tuple(row) for row in rows]


def _diversity_told(told: dict[str, int], cases: int) -> str:
    enough = "a case" if cases == 1 else f"{cases} cases or more"
    found = told["observed"] if cases == 1 else told["enough"]
    apart = told["cases"] - told["placed"]
    lost = f" {apart} of the cases are at exactly 0.5 in a condition and in none." if apart else ""
    return (
        f"Limited diversity: the conditions allow {told['possible']} combinations, and {found} of "
        f"them hold {enough}; {told['cases']} cases have every set stated, which is "
        f"{told['cases'] / told['conditions']:.1f} for each condition.{lost}"
    )
