"""Mill's methods on the sets of a plan, for readers.

Comes in: the tables of a study and the name of a plan.
Goes out: lists of conditions or of pairs of cases, with the passages of the cases.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, get_args

from tertium.bundle import Tables
from tertium.comparison.result import Result, comparison, support_table
from tertium.comparison.sets.designs.corners import Corners, corners
from tertium.comparison.sets.designs.mill import (
    Held,
    Together,
    agreement,
    concomitant,
)
from tertium.comparison.sets.designs.mill_note import mill_note
from tertium.comparison.sets.designs.single_difference import pairs_apart
from tertium.comparison.sets.expressions.terms import literal_text
from tertium.comparison.sets.shown.numbers import as_list
from tertium.comparison.sets.shown.question import Asked, asked, refuse_other
from tertium.errors import UnknownNameError

Method = Literal["agreement", "difference", "joint", "concomitant"]


@comparison
def mill(
    tables: Tables,
    *,
    plan: str,
    method: Method,
    conditions: Sequence[str] | None = None,
    outcome: str | None = None,
) -> Result:
    """What all cases with the outcome share, or what alone tells two cases apart.

    Parameters
    ----------
    tables : Tables
    plan : str
        Id of a set plan of the study.
    method : {"agreement", "difference", "joint", "concomitant"}
        agreement: which conditions have all cases with the outcome? joint: and no case without
        it? difference: which two cases, one with the outcome and one without, differ in a single
        condition? concomitant: do more of a condition and more of the outcome go together; this
        needs an outcome with degrees, and looks at conditions with degrees or ordered values.
    conditions : sequence of str, optional
        Those of the plan unless given. Where a condition is not stated of a case, the case is
        left out.
    outcome : str, optional
        That of the plan unless given; "~X": its absence.

    Returns
    -------
    Result
        A list. agreement, joint: one row a condition, present or absent, with the passages of the
        cases that speak against it first. difference: one row a pair, with the passages of both.
        concomitant: one row a condition, and in how many pairs of cases it rises with the outcome.

    Raises
    ------
    UnknownNameError
        No such plan, set or method; a case at exactly 0.5; nothing with degrees to compare.

    References
    ----------
    .. [1] Mill, J. S. (1843). A System of Logic. Book III, ch. 8.

    Examples
    --------
    >>> from tertium.study import open_study
    >>> tables = open_study("labour-organising").tables
    >>> pairs = mill(tables, plan="concession", method="difference").frame
    >>> {"case_with", "case_without", "condition"} <= set(pairs.columns)
    True
    """
    refuse_other("method", method, get_args(Method))
    found = asked(tables, plan, conditions=conditions, outcome=outcome)
    if method == "concomitant":
        return _rising(found)
    rows = corners(found.memberships, found.outcome, found.conditions)
    return pairs_apart(found, rows) if method == "difference" else _shared(found, rows, method)


def _shared(found: Asked, rows: Corners, method: str) -> Result:
    table, support = [], []
    for number, each in enumerate(agreement(rows), start=1):
        place, value = each.literal
        name = rows.conditions[place]
        against, agreeing = _cases_of(rows, each, method)
        table.append(
            {
                "expression": literal_text(name, (value,), rows.levels[place]),
                "in_words": found.words.literal(name, [value]),
                "with_outcome": each.with_both,
                "of_with": each.with_both + each.only_outcome,
                "without_outcome": each.only_condition,
                "of_without": each.only_condition + each.with_neither,
                "finding": _finding(each, method),
                "against": found.words.cases(against) or "none",
                "against_ids": against,
            }
        )
        sets = (name, found.outcome_set)
        support += found.evidence(number, against, sets)
        support += found.evidence(number, agreeing, sets, rank=1)
    shown = [
        {
            "with_outcome": f"{row['with_outcome']} of {row['of_with']}",
            "without_outcome": f"{row['without_outcome']} of {row['of_without']}",
        }
        for row in table
    ]
    frame, texts = as_list(table, _SHARED, shown)
    said = (
        "Method of agreement: a condition that every case with the outcome has."
        if method == "agreement"
        else "Joint method: a condition that every case with the outcome has, and none without it."
    )
    return Result(
        frame,
        title=f"What all cases with {found.outcome} share",
        note=mill_note(found, f"{said} {_decides(table, method)} Against: cases that break it."),
        support=support_table(support),
        basis=found.basis,
        shown=texts,
        hidden=("of_with", "of_without", "against_ids"),
    )


_SHARED: dict[str, Any] = {
    "expression": object,
    "in_words": object,
    "with_outcome": "Int64",
    "of_with": "Int64",
    "without_outcome": "Int64",
    "of_without": "Int64",
    "finding": object,
    "against": object,
    "against_ids": object,
}


_PASSED = {
    "agreement": ("all share it",),
    "joint": ("all with the outcome have it, and none without",),
}


def _cases_of(rows: Corners, each: Held, method: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Cases that break the rule, and cases with condition and outcome."""
    place, value = each.literal
    has = rows.values[:, place] == value
    breaks = rows.positive & ~has
    if method == "joint":
        breaks |= has & ~rows.positive

    def named(chosen: Any) -> tuple[str, ...]:
        return tuple(case for case, take in zip(rows.cases, chosen, strict=True) if take)

    return named(breaks), named(rows.positive & has)


def _finding(each: Held, method: str) -> str:
    if each.with_both + each.only_outcome == 0:
        return "not defined, because no case has the outcome"
    if method == "agreement":
        return "all share it" if each.in_all_positive else "not all share it"
    if each.joint:
        return "all with the outcome have it, and none without"
    if each.in_all_positive:
        return "all with the outcome have it, and some without"
    return "not all with the outcome have it"


def _decides(table: Sequence[Mapping[str, Any]], method: str) -> str:
    """How many conditions pass, and that the method decides nothing unless it is one."""
    passed = [row["expression"] for row in table if row["finding"] in _PASSED[method]]
    if not passed:
        return "None does, so that the method finds nothing here."
    if len(passed) == 1:
        return f"One does: {passed[0]}."
    return (
        f"{len(passed)} do ({', '.join(passed)}): the method can't say which of them matters, so "
        "that it decides nothing here."
    )


def _rising(found: Asked) -> Result:
    if found.outcome_set not in found.memberships.fuzzy:
        raise UnknownNameError(
            f"method='concomitant' needs an outcome with degrees, and {found.outcome} is yes or "
            "no; use agreement, difference or joint"
        )
    held = found.memberships
    graded = [name for name in found.conditions if name in held.fuzzy or held.is_multi_value(name)]
    if not graded:
        raise UnknownNameError(
            "method='concomitant' needs conditions with degrees or ordered values; here all are "
            "yes or no"
        )
    table, support = [], []
    for number, name in enumerate(graded, start=1):
        x = held.frame[name].to_numpy(float)
        pairs = concomitant(x, found.outcome_memberships)
        table.append(_told(found, name, pairs))
        support += found.evidence(number, found.cases, (name, found.outcome_set))
    frame, texts = as_list(table, _RISING, [{} for _ in table])
    left = [name for name in found.conditions if name not in graded]
    said = (
        "Concomitant variation: of all pairs of cases, in how many the case with more of the "
        "condition has more of the outcome (together), or less of it (against); tied: the two are "
        "equal in one of them. The values of a multi-value set are taken to be in order."
    )
    if left:
        said += f" Without degrees, and so left out: {', '.join(left)}."
    return Result(
        frame,
        title=f"What rises with {found.outcome}",
        note=mill_note(found, said),
        support=support_table(support),
        basis=found.basis,
        shown=texts,
    )


_RISING: dict[str, Any] = {
    "condition": object,
    "in_words": object,
    "together": "Int64",
    "against": "Int64",
    "tied": "Int64",
    "finding": object,
}


def _told(found: Asked, name: str, pairs: Together) -> dict[str, Any]:
    return {
        "condition": name,
        "in_words": found.words.labels.get(name, name),
        "together": pairs.together,
        "against": pairs.against,
        "tied": pairs.tied,
        "finding": pairs.always,
    }
