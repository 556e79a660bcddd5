"""The truth table: every combination of conditions that cases show, and what came of its cases.

Comes in: the tables of a study, a plan, cut-offs.
Goes out: a list with one row a combination; a row whose cases differ in the outcome tells them
apart and opens the passages of both.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tertium.bundle import Tables
from tertium.comparison.result import Result, comparison, support_table
from tertium.comparison.sets.memberships import CROSSOVER
from tertium.comparison.sets.shown.asked import (
    Asked,
    asked,
    hides_pri,
    refuse_count,
    refuse_share,
    what_is_pri,
)
from tertium.comparison.sets.shown.numbers import NOBODY_IN, as_list, of_cases, said
from tertium.comparison.sets.shown.words import counted
from tertium.comparison.sets.solutions.truth import TruthRow, TruthRows, truth_rows
from tertium.errors import UnknownNameError

_MOST_EMPTY = 256
_ALWAYS = frozenset(
    "row out cases consistency pri with_outcome without_outcome mixed with_ids without_ids "
    "in_words in_intermediate in_parsimonious expected barred".split()
)
OUTS = {
    "1": "1 (has it)",
    "0": "0 (has it not)",
    "C": "C (contradictory)",
    "?": "? (too few cases)",
    "": "no case",
}


@comparison
def truth_table(
    tables: Tables,
    *,
    plan: str,
    consistency: float,
    pri: float,
    cases: int,
    contradiction: float | None = None,
    conditions: Sequence[str] | None = None,
    outcome: str | None = None,
    remainders: bool = False,
) -> Result:
    """Which combinations of conditions are there, and does the outcome go with them?

    Each case stands in exactly one combination: that of what is present and absent in it. A
    combination is given the outcome (1) where its cases show it consistently enough. Where some
    of its cases have the outcome and others have not, both are named, and their passages come
    first: there either something is missing among the conditions, or a case is read wrongly.

    Parameters
    ----------
    tables : Tables
    plan : str
        Id of a set plan of the study.
    consistency : float
        From which consistency on a combination is given the outcome; in sets without degrees
        the share of its cases that have it. No default: it decides the solution.
    pri : float
        From which PRI on; it is low where a combination goes as well with the outcome's absence.
        0 asks for nothing.
    cases : int
        How many cases a combination must have; those with fewer count as not observed.
    contradiction : float, optional
        From this consistency up to `consistency` a combination is contradictory (C), not 0.
    conditions, outcome : optional
        Those of the plan unless given; "~X" is the outcome's absence.
    remainders : bool
        Also list the combinations without any case, if they are no more than 256.

    Returns
    -------
    Result
        A list; `row` is the number of the combination among all possible ones.

    Raises
    ------
    UnknownNameError
        No such plan, set or cut-off; a case exactly at 0.5 in a condition (named).

    References
    ----------
    .. [1] Ragin, C. C. (2008). Redesigning Social Inquiry. University of Chicago Press. Ch. 7.

    Examples
    --------
    >>> truth_table(study.tables, plan="concession", consistency=0.8, pri=0, cases=1
    ...             )                                                    # doctest: +SKIP
    """
    found = asked(tables, plan, conditions=conditions, outcome=outcome)
    truth = truth_of(found, consistency=consistency, pri=pri, cases=cases,
                     contradiction=contradiction)  # fmt: skip
    rows, shown, support = [], [], []
    observed = sorted([*truth.rows, *truth.below_n_cut], key=_order)
    for number, row in enumerate(observed, start=1):
        with_it, without_it = told_apart(found, row.cases)
        rows.append(_row(found, row, with_it, without_it))
        shown.append(_shown(found, row, with_it, without_it))
        support += _evidence(found, number, with_it, without_it)
    for values in _empty(truth) if remainders else []:
        rows.append(_empty_row(found, truth, values))
        shown.append({"out": OUTS[""], "consistency": NOBODY_IN, "pri": NOBODY_IN})
    frame, texts = as_list(rows, _columns(found), shown)
    return Result(
        frame,
        title=f"Combinations of conditions, and {found.outcome}",
        note=_note(found, truth),
        brief_note=f"{found.who()} {cut_offs(truth)}",
        support=support_table(support),
        rests_on=found.rests_on,
        shown=texts,
        hidden=(
            "mixed",
            "with_ids",
            "without_ids",
            *(("pri",) if hides_pri(found, cut_off=pri) else ()),
        ),
    )


def truth_of(
    found: Asked, *, consistency: float, pri: float, cases: int, contradiction: float | None
) -> TruthRows:
    """The truth table of what was asked, with checked cut-offs."""
    refuse_share(consistency=consistency, pri=pri, contradiction=contradiction)
    refuse_count(cases=cases)
    if between := found.memberships.in_between(found.conditions):
        told = "; ".join(f"{name}: {found.words.cases(at)}" for name, at in between.items())
        raise UnknownNameError(
            f"these cases are exactly at 0.5, neither in the set nor out of it: {told}; decide for "
            "each of them in the plan, by another crossover or another value"
        )
    return truth_rows(
        found.memberships,
        found.outcome,
        found.conditions,
        consistency=consistency,
        pri=pri,
        cases=cases,
        contradiction=contradiction,
    )


def told_apart(found: Asked, cases: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Cases that have the outcome, and cases that have not; one exactly in between is neither."""
    held = dict(zip(found.cases, found.outcome_memberships, strict=True))
    with_it = tuple(case for case in cases if held[case] > CROSSOVER)
    return with_it, tuple(case for case in cases if held[case] < CROSSOVER)


def _order(row: TruthRow) -> tuple[int, int, int]:
    """The outcome first, then contradictions, then its absence, then what too few cases show."""
    return "1C0?".index(row.out), -row.n, row.number


def set_columns(conditions: Sequence[str]) -> list[str]:
    """The columns of conditions: their names, told apart from the columns that are always there.

    Examples
    --------
    >>> set_columns(["STRIKE", "out"])
    ['STRIKE', 'set out']
    """
    return [f"set {name}" if name in _ALWAYS else name for name in conditions]


def _columns(found: Asked) -> dict[str, Any]:
    return {
        "row": object,
        **dict.fromkeys(set_columns(found.conditions), "Int64"),
        "out": object,
        "cases": "Int64",
        "consistency": "Float64",
        "pri": "Float64",
        "with_outcome": object,
        "without_outcome": object,
        "mixed": object,
        "with_ids": object,
        "without_ids": object,
    }


def _row(
    found: Asked, row: TruthRow, with_it: Sequence[str], without_it: Sequence[str]
) -> dict[str, Any]:
    return {
        "row": str(row.number),
        **dict(zip(set_columns(found.conditions), row.values, strict=True)),
        "out": row.out,
        "cases": row.n,
        "consistency": row.consistency,
        "pri": row.pri,
        "with_outcome": found.words.cases(with_it),
        "without_outcome": found.words.cases(without_it),
        "mixed": bool(with_it and without_it),
        "with_ids": tuple(with_it),
        "without_ids": tuple(without_it),
    }


def _shown(
    found: Asked, row: TruthRow, with_it: Sequence[str], without_it: Sequence[str]
) -> dict[str, str]:
    held = found.term_membership(row.values)
    share = of_cases(
        row.consistency, (held > CROSSOVER) * found.outcome_memberships, held,
        crisp=found.is_crisp, why=NOBODY_IN,
    )  # fmt: skip
    no_pri = "not defined, because nothing of it is only in the outcome or only out of it"
    told = {
        "out": f"{row.out} (cases differ)" if with_it and without_it else OUTS[row.out],
        "consistency": share,
        "pri": said(row.pri) if row.pri is not None else no_pri,
    }
    if with_it and without_it:
        told["with_outcome"] = f"with it: {found.words.cases(with_it)}"
        told["without_outcome"] = f"without it: {found.words.cases(without_it)}"
    return told


def _evidence(
    found: Asked, number: int, with_it: Sequence[str], without_it: Sequence[str]
) -> list[dict[str, Any]]:
    """Passages of the outcome first, then of the conditions; in mixed rows of those without it."""
    rank = 0 if with_it and without_it else 2
    outcome = (found.outcome_set,)
    return [
        *found.evidence(number, without_it, outcome, rank=rank),
        *found.evidence(number, with_it, outcome, rank=rank + 1),
        *found.evidence(number, (*without_it, *with_it), found.conditions, rank=rank + 2),
    ]


def _empty(truth: TruthRows) -> list[tuple[int, ...]]:
    if truth.combinations > _MOST_EMPTY:
        raise UnknownNameError(
            f"remainders=True: {truth.combinations:,} combinations are possible, and no more than "
            f"{_MOST_EMPTY} are listed; leave it out, the note counts them"
        )
    seen = {row.number for row in (*truth.rows, *truth.below_n_cut)}
    return [truth.values(n) for n in range(1, truth.combinations + 1) if n not in seen]


def _empty_row(found: Asked, truth: TruthRows, values: tuple[int, ...]) -> dict[str, Any]:
    return {
        "row": str(truth.number(values)),
        **dict(zip(set_columns(found.conditions), values, strict=True)),
        "out": "",
        "cases": 0,
        "with_outcome": "",
        "without_outcome": "",
        "mixed": False,
        "with_ids": (),
        "without_ids": (),
    }


def _note(found: Asked, truth: TruthRows) -> str:
    seen = len(truth.rows) + len(truth.below_n_cut)
    empty = truth.combinations - seen
    mixed = sum(all(told_apart(found, row.cases)) for row in (*truth.rows, *truth.below_n_cut))
    parts = [
        found.who(),
        f"{len(found.conditions)} conditions make {truth.combinations:,} possible combinations: "
        f"{seen} have a case, {empty:,} have none (limited diversity): of these the cases say "
        "nothing.",
        cut_offs(truth),
    ]
    if truth.below_n_cut:
        parts.append(
            f"{counted(len(truth.below_n_cut), 'combination')} with fewer cases than that "
            "(?) count as not observed."
        )
    if mixed:
        parts.append(
            f"In {counted(mixed, 'combination')} cases with and without the outcome stand "
            "together: both are named, and their passages come first."
        )
    degrees = "" if found.is_crisp else ", each case counted by how far it is a member"
    parts.append(
        f"Consistency: of the cases of a combination, the share that have the outcome{degrees}. "
        f"{what_is_pri(found, cut_off=truth.pri)}".rstrip()
    )
    return " ".join([*parts, found.legend(), found.limits])


def cut_offs(truth: TruthRows) -> str:
    """The cut-offs of a truth table in a sentence."""
    told = f"Outcome 1: consistency {said(truth.consistency)} or more"
    if truth.pri > 0:
        told += f" and PRI {said(truth.pri)} or more"
    told += f", {counted(truth.cases, 'case')} at least"
    if truth.contradiction is not None:
        told += f"; contradictory from {said(truth.contradiction)} on"
    return f"{told}."
