"""What every case with the outcome has: conditions that may be necessary.

Comes in: the tables of a study, a plan, the least consistency and relevance.
Goes out: a list of conditions, their absences, and pairs joined by "or", with the cases that
speak against each.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from math import comb
from typing import Any

import numpy as np

from tertium.bundle import Tables
from tertium.comparison.result import Result, comparison, support_table
from tertium.comparison.sets.expressions.terms import literal_text
from tertium.comparison.sets.fit.parameters import Necessity, reaches
from tertium.comparison.sets.fit.parameters import necessity as necessity_of
from tertium.comparison.sets.memberships import CROSSOVER
from tertium.comparison.sets.shown.numbers import (
    ALL_IN_BOTH,
    NO_OUTCOME,
    NOBODY_IN,
    as_list,
    of_cases,
    said,
)
from tertium.comparison.sets.shown.question import (
    THESE_CASES,
    Asked,
    asked,
    refuse_count,
    refuse_share,
)
from tertium.errors import UnknownNameError

_MOST = 50_000
_NAMES_SHOWN = 12
NECESSARY, TRIVIAL = "necessary", "too common to say much"
NOT_NECESSARY = "not necessary"
NOT_DEFINED = NO_OUTCOME
_COLUMNS: dict[str, Any] = {
    "expression": object,
    "in_words": object,
    "necessary": object,
    "consistency": "Float64",
    "relevance": "Float64",
    "coverage": "Float64",
    "against": object,
    "against_ids": object,
}
Literal_ = tuple[str, int]


@dataclass(frozen=True)
class _Tried:
    """An expression of one literal, or of several joined by "or", and its fit."""

    literals: tuple[Literal_, ...]
    held: np.ndarray
    fit: Necessity


@comparison
def necessity(
    tables: Tables,
    *,
    plan: str,
    consistency: float,
    relevance: float,
    conditions: Sequence[str] | None = None,
    outcome: str | None = None,
    disjunctions: int = 2,
) -> Result:
    """Which conditions do all, or nearly all, cases with the outcome have?

    Consistency is the share of the cases with the outcome that have the condition: 1 means that
    no case with the outcome is without it. What nearly every case has, with the outcome or
    without, is consistent too and says little: relevance of necessity is near 0 there. Coverage is
    the share of the cases with the condition that have the outcome.

    Parameters
    ----------
    tables : Tables
    plan : str
        Id of a set plan of the study.
    consistency : float
        The least consistency; 0.9 or more is usual. No default: it decides what is necessary.
    relevance : float
        The least relevance of necessity.
    conditions : sequence of str, optional
        Those of the plan unless given.
    outcome : str, optional
        That of the plan unless given; "~X": its absence.
    disjunctions : int
        Up to how many conditions are joined by "or"; 1: none. Only those that pass are listed, and
        none of which a part passes already.

    Returns
    -------
    Result
        A list; behind each row stand first the passages of the cases that have the outcome
        without the condition, then those of cases that have both.

    Raises
    ------
    UnknownNameError
        No such plan or set, a cut-off that is no share, or too many combinations.

    References
    ----------
    .. [1] Schneider, C. Q. and Wagemann, C. (2012). Set-Theoretic Methods for the Social
       Sciences. Cambridge University Press (relevance of necessity).

    Examples
    --------
    >>> from tertium.study import open_study
    >>> tables = open_study("labour-organising").tables
    >>> found = necessity(tables, plan="concession", consistency=0.9, relevance=0.6)
    >>> found.frame["expression"].tolist()[:4]
    ['STRIKE', '~STRIKE', 'NGO', '~NGO']
    """
    refuse_share(consistency=consistency, relevance=relevance)
    found = asked(tables, plan, conditions=conditions, outcome=outcome)
    _refuse_too_many(found, disjunctions)
    single = [_try(found, (literal,)) for literal in _literals(found)]
    joined = list(_joined(found, single, disjunctions, consistency, relevance))
    rows, shown, support = [], [], []
    for number, tried in enumerate([*single, *joined], start=1):
        row, texts, evidence = _row(found, tried, number, consistency, relevance)
        rows.append(row)
        shown.append(texts)
        support += evidence
    frame, texts_frame = as_list(rows, _COLUMNS, shown)
    return Result(
        frame,
        title=f"What cases with {found.outcome} have",
        note=_note(found, consistency, relevance, disjunctions, joined),
        brief_note=(
            f"{found.briefly()} Necessary from consistency {said(consistency)} on, with a "
            f"relevance of {said(relevance)} or more."
        ),
        support=support_table(support),
        rests_on=found.rests_on,
        opens="expression",
        basis=found.basis,
        shown=texts_frame,
        hidden=("against_ids",),
    )


def _literals(found: Asked) -> list[Literal_]:
    """Every value of every condition, the highest (present) first."""
    return [
        (name, value) for name in found.conditions for value in reversed(range(found.levels[name]))
    ]


def _refuse_too_many(found: Asked, disjunctions: int) -> None:
    refuse_count(disjunctions=disjunctions)
    number = sum(comb(len(_literals(found)), size) for size in range(2, disjunctions + 1))
    if number > _MOST:
        raise UnknownNameError(
            f"disjunctions={disjunctions}: with {len(found.conditions)} conditions that is more "
            f"than {_MOST:,} to try; take fewer"
        )


def _try(found: Asked, literals: tuple[Literal_, ...]) -> _Tried:
    held = np.maximum.reduce([found.memberships.literal(*each) for each in literals])
    return _Tried(literals, held, necessity_of(held, found.outcome_memberships))


def _joined(
    found: Asked, single: Sequence[_Tried], most: int, consistency: float, relevance: float
) -> Iterator[_Tried]:
    """Literals of different conditions joined by "or" that pass, and no part of which does."""
    enough = {each.literals for each in single if _is_consistent(each, consistency)}
    by_name = {
        name: [(name, value) for value in reversed(range(found.levels[name]))]
        for name in found.conditions
    }
    for size in range(2, min(most, len(found.conditions)) + 1):
        for names in combinations(found.conditions, size):
            for literals in product(*(by_name[name] for name in names)):
                parts = (each for n in range(1, size) for each in combinations(literals, n))
                if any(part in enough for part in parts):
                    continue
                tried = _try(found, literals)
                if _is_consistent(tried, consistency):
                    enough.add(literals)
                    if _verdict(tried, consistency, relevance) == NECESSARY:
                        yield tried


def _is_consistent(tried: _Tried, consistency: float) -> bool:
    return tried.fit.consistency is not None and reaches(tried.fit.consistency, consistency)


def _verdict(tried: _Tried, consistency: float, relevance: float) -> str:
    if tried.fit.consistency is None:
        return NOT_DEFINED
    if not _is_consistent(tried, consistency):
        return NOT_NECESSARY
    is_relevant = tried.fit.relevance is not None and reaches(tried.fit.relevance, relevance)
    return NECESSARY if is_relevant else TRIVIAL


def _row(
    found: Asked, tried: _Tried, number: int, consistency: float, relevance: float
) -> tuple[dict[str, Any], dict[str, str], list[dict[str, Any]]]:
    outcome = found.outcome_memberships
    has_outcome = outcome > CROSSOVER
    against = found.members(np.where(has_outcome & (tried.held <= CROSSOVER), 1.0, 0.0))
    agreeing = found.members(np.where(has_outcome & (tried.held > CROSSOVER), 1.0, 0.0))
    both = np.minimum(tried.held, outcome)
    row = {
        "expression": " + ".join(
            literal_text(name, (value,), found.levels[name]) for name, value in tried.literals
        ),
        "in_words": ", or ".join(
            found.words.literal(name, [value]) for name, value in tried.literals
        ),
        "necessary": _verdict(tried, consistency, relevance),
        "consistency": tried.fit.consistency,
        "relevance": tried.fit.relevance,
        "coverage": tried.fit.coverage,
        "against": len(against),
        "against_ids": against,
    }
    sets = (*dict.fromkeys(name for name, _ in tried.literals), found.outcome_set)
    evidence = [
        *found.evidence(number, against, sets),
        *found.evidence(number, agreeing, sets, rank=1),
    ]
    shown = {
        "consistency": of_cases(tried.fit.consistency, both, outcome, crisp=found.is_crisp,
                                why=NO_OUTCOME),
        "relevance": ALL_IN_BOTH if tried.fit.relevance is None else said(tried.fit.relevance),
        "coverage": of_cases(tried.fit.coverage, both, tried.held, crisp=found.is_crisp,
                             why=NOBODY_IN),
        "against": found.words.several(against, most=_NAMES_SHOWN),
    }  # fmt: skip
    return row, shown, evidence


def _note(
    found: Asked, consistency: float, relevance: float, disjunctions: int, joined: Sequence[_Tried]
) -> str:
    fuzzy = (
        ""
        if found.is_crisp
        else " Sets with degrees: the numbers count each case by how far it is a member, and the "
        "cases named are more in the outcome than out of it, and not more in the condition."
    )
    or_text = (
        f"Conditions joined by “or” (up to {disjunctions}) are listed only where they pass: "
        f"{len(joined)}. Joining enough conditions always gives something that every case has; "
        "believe it only where one idea stands behind both. "
        if disjunctions > 1
        else ""
    )
    return (
        f"{found.briefly()} Consistency: of the cases with the outcome, the share that have the "
        f"condition; from {said(consistency)} on it counts as necessary. Relevance: near 0 where "
        "nearly every case has the condition, with or without the outcome, so that it tells "
        f"little; from {said(relevance)} on it counts. Coverage: of the cases with the condition, "
        "the share that have the outcome. Against: cases with the outcome and without the "
        f"condition.{fuzzy} {or_text}~ before a name: it is absent. {THESE_CASES}"
    )
