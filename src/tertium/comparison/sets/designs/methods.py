"""Mill's methods on the sets of a plan, for readers.

Comes in: the tables of a study and the name of a plan.
Goes out: lists of conditions or of pairs of cases, with the passages of the cases.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, get_args

from tertium.bundle import Tables
from tertium.comparison.result import Result, comparison, support_table
from tertium.comparison.sets.designs.corners import Corners, corners
from tertium.comparison.sets.designs.mill import Held, Together, agreement, concomitant, difference
from tertium.comparison.sets.expressions.terms import literal_text
from tertium.comparison.sets.shown.asked import FOUND_BY_SEARCH, Asked, asked, refuse_other
from tertium.comparison.sets.shown.numbers import as_list
from tertium.errors import UnknownNameError

Method = Literal["agreement", "difference", "joint", "concomitant"]

_ONE_AT_A_TIME = (
    "Mill's methods look at one condition at a time: they can't see that two conditions work only "
    "together, or that there are several ways to the outcome. What they miss the truth table shows."
)


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
    >>> mill(study.tables, plan="concession", method="difference")     # doctest: +SKIP
    """
    refuse_other("method", method, get_args(Method))
    found = asked(tables, plan, conditions=conditions, outcome=outcome)
    if method == "concomitant":
        return _rising(found)
    rows = corners(found.memberships, found.outcome, found.conditions)
    return _pairs(found, rows) if method == "difference" else _shared(found, rows, method)


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
        note=_note(found, f"{said} Against: cases that break the rule."),
        support=support_table(support),
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


def _pairs(found: Asked, rows: Corners) -> Result:
    table, support = [], []
    for number, (one, other, place) in enumerate(difference(rows), start=1):
        # The case with the outcome comes first.
        pair = (one, other) if rows.positive[one] else (other, one)
        cases = [rows.cases[each] for each in pair]
        name = rows.conditions[place]
        table.append(
            {
                "case_with": found.words.case(cases[0]),
                "case_without": found.words.case(cases[1]),
                "condition": name,
                "differ_in": " / ".join(
                    found.words.literal(name, [int(rows.values[each, place])]) for each in pair
                ),
                "agree_in": "; ".join(
                    found.words.literal(each, [int(rows.values[one, where])])
                    for where, each in enumerate(rows.conditions)
                    if where != place
                ),
                "with_id": cases[0],
                "without_id": cases[1],
            }
        )
        rest = [each for each in rows.conditions if each != name]
        support += found.evidence(number, cases, (name, found.outcome_set))
        support += found.evidence(number, cases, rest, rank=1)
    names = ("case_with", "case_without", "condition", "differ_in", "agree_in")
    kinds = dict.fromkeys((*names, "with_id", "without_id"), object)
    frame, texts = as_list(table, kinds, [{} for _ in table])
    said = (
        "Method of difference: two cases, the first with the outcome and the second without, that "
        f"differ in one condition and agree in all others ({len(table)} pairs). They agree in what "
        "the plan names; in what it does not name they may differ."
    )
    return Result(
        frame,
        title=f"Pairs that one condition tells apart: {found.outcome}",
        note=_note(found, said),
        support=support_table(support),
        shown=texts,
        hidden=("with_id", "without_id"),
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
        note=_note(found, said),
        support=support_table(support),
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


def _note(found: Asked, said: str) -> str:
    degrees = "" if found.is_crisp else " In a set with degrees a case above 0.5 counts as in."
    return f"{found.who()} {said}{degrees} {_ONE_AT_A_TIME} {found.legend()} {FOUND_BY_SEARCH}"
