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
from tertium.comparison.sets.fit.parameters import sufficiency
from tertium.comparison.sets.memberships import CROSSOVER
from tertium.comparison.sets.shown.numbers import NO_PRI, NOBODY_IN, as_list, said
from tertium.comparison.sets.shown.question import (
    Asked,
    asked,
    hides_pri,
    refuse_count,
    refuse_share,
    what_is_pri,
)
from tertium.comparison.sets.shown.row_texts import (
    OUTS,
    is_mixed,
    row_texts,
    set_columns,
    value_texts,
)
from tertium.comparison.sets.shown.words import counted
from tertium.comparison.sets.solutions.assumptions import simultaneous
from tertium.comparison.sets.solutions.outcome import negated_outcome
from tertium.comparison.sets.solutions.truth import TruthRow, TruthRows, truth_rows
from tertium.errors import UnknownNameError

_MOST_EMPTY = 256


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
    >>> from tertium.study import open_study
    >>> tables = open_study("labour-organising").tables
    >>> rows = truth_table(tables, plan="concession", consistency=0.8, pri=0, cases=1).frame
    >>> int(rows["cases"].sum()) == sum(rows["with_ids"].map(len) + rows["without_ids"].map(len))
    True
    """
    found = asked(tables, plan, conditions=conditions, outcome=outcome)
    truth = truth_of(found, consistency=consistency, pri=pri, cases=cases,
                     contradiction=contradiction)  # fmt: skip
    rows, shown, support = [], [], []
    observed = sorted([*truth.rows, *truth.below_n_cut], key=_order)
    for number, row in enumerate(observed, start=1):
        with_it, without_it = told_apart(found, row.cases)
        rows.append(_row(found, row, with_it, without_it))
        shown.append(row_texts(found, row, with_it, without_it))
        support += _evidence(found, number, with_it, without_it)
    for values in _empty(truth) if remainders else []:
        empty, texts_of = _empty_row(found, truth, values)
        rows.append(empty)
        shown.append(texts_of)
    frame, texts = as_list(rows, _columns(found), shown)
    return Result(
        frame,
        title=f"Combinations of conditions, and {found.outcome}",
        note=_note(found, truth),
        brief_note=f"{found.briefly()} {cut_offs(truth)}",
        support=support_table(support),
        rests_on=found.rests_on,
        opens="out",
        basis=found.basis,
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
    refuse_share(consistency=consistency, pri=pri)
    if contradiction is not None:
        refuse_share(contradiction=contradiction)
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


def absence_of(found: Asked, truth: TruthRows) -> TruthRows:
    """The truth table of the outcome's absence at the same cut-offs, all of them."""
    return truth_rows(
        found.memberships,
        negated_outcome(truth.outcome),
        truth.conditions,
        consistency=truth.consistency,
        pri=truth.pri,
        cases=truth.cases,
        contradiction=truth.contradiction,
        in_between="leave_out",
    )


def passing_both(found: Asked, truth: TruthRows) -> str:
    """A sentence on rows that reach the cut-offs for the outcome and for its absence alike."""
    number = len(simultaneous(truth, absence_of(found, truth)))
    if not number:
        return ""
    reach, it_shows = ("reaches", "it shows") if number == 1 else ("reach", "they show")
    return (
        f"{counted(number, 'combination')} {reach} the consistency for the outcome and for its "
        f"absence alike, so that {it_shows} neither: PRI tells such rows apart, and with a higher "
        "cut-off of PRI they drop out."
    )


def told_apart(found: Asked, cases: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Cases that have the outcome, and cases that have not; one exactly in between is neither."""
    held = dict(zip(found.cases, found.outcome_memberships, strict=True))
    with_it = tuple(case for case in cases if held[case] > CROSSOVER)
    return with_it, tuple(case for case in cases if held[case] < CROSSOVER)


def _order(row: TruthRow) -> tuple[int, int, int]:
    """The outcome first, then contradictions, then its absence, then what too few cases show."""
    return "1C0?".index(row.out), -row.n, row.number


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
        "mixed": is_mixed(row, with_it, without_it),
        "with_ids": tuple(with_it),
        "without_ids": tuple(without_it),
    }


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


def _empty_row(
    found: Asked, truth: TruthRows, values: tuple[int, ...]
) -> tuple[dict[str, Any], dict[str, str]]:
    """A combination that no case is in; with degrees cases are partly in it all the same."""
    fit = sufficiency(found.term_membership(values), found.outcome_memberships)
    row = {
        "row": str(truth.number(values)),
        **dict(zip(set_columns(found.conditions), values, strict=True)),
        "out": "",
        "cases": 0,
        "consistency": fit.consistency,
        "pri": fit.pri,
        "with_outcome": "",
        "without_outcome": "",
        "mixed": False,
        "with_ids": (),
        "without_ids": (),
    }
    shown = {
        **value_texts(found, values),
        "out": OUTS[""],
        "consistency": NOBODY_IN if fit.consistency is None else said(fit.consistency),
        "pri": (NOBODY_IN if fit.consistency is None else NO_PRI)
        if fit.pri is None
        else said(fit.pri),
    }
    return row, shown


def _note(found: Asked, truth: TruthRows) -> str:
    seen = len(truth.rows) + len(truth.below_n_cut)
    empty = truth.combinations - seen
    mixed = sum(all(told_apart(found, row.cases)) for row in (*truth.rows, *truth.below_n_cut))
    parts = [
        found.who(),
        f"{counted(len(found.conditions), 'condition')} "
        f"{'makes' if len(found.conditions) == 1 else 'make'} {truth.combinations:,} possible "
        f"combinations: {seen} {_have(seen)} a case, {empty:,} {_have(empty)} none (limited "
        "diversity): of these the cases say nothing.",
        cut_offs(truth),
        *([both] if (both := passing_both(found, truth)) else []),
    ]
    if truth.below_n_cut:
        parts.append(
            f"{counted(len(truth.below_n_cut), 'combination')} with fewer cases than that (?) "
            f"{'counts' if len(truth.below_n_cut) == 1 else 'count'} as not observed."
        )
    if mixed:
        parts.append(
            f"In {counted(mixed, 'combination')} cases with and without the outcome stand "
            "together: both are named, and their passages come first."
        )
    contrary = sum(is_mixed(row, *told_apart(found, row.cases)) for row in truth.rows) - sum(
        all(told_apart(found, row.cases)) for row in truth.rows
    )
    if contrary:
        parts.append(
            f"In {counted(contrary, 'combination')} (but no case) the degrees of all cases say one "
            "thing, and every case that is more in it than out of it says the contrary."
        )
    degrees = "" if found.is_crisp else ", each case counted by how far it is a member"
    parts.append(
        f"Consistency: of the cases of a combination, the share that have the outcome{degrees}. "
        f"{what_is_pri(found, cut_off=truth.pri)}".rstrip()
    )
    return " ".join([*parts, found.legend(), found.limits])


def _have(number: int) -> str:
    return "has" if number == 1 else "have"


def cut_offs(truth: TruthRows) -> str:
    """The cut-offs of a truth table in a sentence."""
    told = f"Outcome 1: consistency {said(truth.consistency)} or more"
    if truth.pri > 0:
        told += f" and PRI {said(truth.pri)} or more"
    told += f", {counted(truth.cases, 'case')} at least"
    if truth.contradiction is not None:
        told += f"; contradictory from {said(truth.contradiction)} on"
    return f"{told}."
