"""Case by case: its combination, its outcome, and the terms that tell of it.

Comes in: an `Analysis`.
Goes out: a list with one row a case, which leads to all its passages.
"""

from __future__ import annotations

from typing import Any

from tertium.comparison.result import Result, support_table
from tertium.comparison.sets.memberships import CROSSOVER
from tertium.comparison.sets.shown.analysis import KINDS, Analysis, Kind
from tertium.comparison.sets.shown.notes import closing, common_note
from tertium.comparison.sets.shown.numbers import as_list, said

_COLUMNS: dict[str, Any] = {
    "case": object,
    "combination": object,
    "outcome": "Float64",
    **dict.fromkeys(KINDS, object),
    "stands": object,
    "case_id": object,
}
TYPICAL, AGAINST = "as the formulas say", "speaks against a term"
UNCOVERED, ELSEWHERE = "outcome not told of", "neither outcome nor term"
IN_BETWEEN = "exactly in between"
_ORDER = (AGAINST, UNCOVERED, TYPICAL, ELSEWHERE, IN_BETWEEN)


def by_case(made: Analysis) -> Result:
    """Every case with the terms of each solution that it is in; those against come first."""
    asked = made.asked
    in_row = {case: row.values for row in (*made.truth.rows, *made.truth.below_n_cut)
              for case in row.cases}  # fmt: skip
    found: list[dict[str, Any]] = []
    for place, case in enumerate(asked.cases):
        inside = {kind: _terms(made, kind, place) for kind in KINDS}
        has_outcome = bool(asked.outcome_memberships[place] > CROSSOVER)
        found.append(
            {
                "case": asked.words.case(case),
                "combination": made.text(in_row[case]) if case in in_row else "",
                "outcome": asked.outcome_memberships[place],
                **{str(kind): " + ".join(terms) or "–" for kind, terms in inside.items()},
                "stands": IN_BETWEEN
                if asked.outcome_memberships[place] == CROSSOVER
                else _stands(any(inside.values()), all(inside.values()), has_outcome=has_outcome),
                "case_id": case,
            }
        )
    found.sort(key=lambda row: _ORDER.index(row["stands"]))
    support = [
        each
        for number, row in enumerate(found, start=1)
        for each in asked.evidence(number, [row["case_id"]], (asked.outcome_set, *asked.conditions))
    ]
    shown = [
        {} if not asked.is_crisp else {"outcome": "with it" if row["outcome"] else "without it"}
        for row in found
    ]
    if not asked.is_crisp:
        shown = [{"outcome": said(row["outcome"])} for row in found]
    frame, texts = as_list(found, _COLUMNS, shown)
    return Result(
        frame,
        title=f"Cases and the formulas of {asked.outcome}",
        brief_note=common_note(made),
        note=(
            f"{common_note(made)} Under each solution the terms that the case is in; of several "
            "models all terms. Speaks against a term: it is in one and has not the outcome. "
            "Outcome not told of: it has the outcome, and some solution has no term for it. "
            f"{closing(made)}"
        ),
        support=support_table(support),
        opens="case",
        basis=asked.basis,
        shown=texts,
        hidden=("case_id",),
    )


def _terms(made: Analysis, kind: Kind, place: int) -> list[str]:
    terms = dict.fromkeys(term for model in made.models(kind) for term in model.terms)
    return [
        made.text(term) for term in terms if made.asked.term_membership(term)[place] > CROSSOVER
    ]


def _stands(some: bool, every: bool, *, has_outcome: bool) -> str:
    if has_outcome:
        return TYPICAL if every else UNCOVERED
    return AGAINST if some else ELSEWHERE
