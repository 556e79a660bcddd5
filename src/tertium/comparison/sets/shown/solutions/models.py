"""Solutions as a list: each model term by term, the model as a whole, and who it leaves out.

Comes in: an `Analysis`.
Goes out: a list whose rows lead to the passages of the cases of a term.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from tertium.comparison.result import Result, support_table
from tertium.comparison.sets.memberships import CROSSOVER
from tertium.comparison.sets.shown.analysis import KINDS, Analysis, Fitted, Model
from tertium.comparison.sets.shown.notes import closing, common_note, heading
from tertium.comparison.sets.shown.numbers import (
    NO_OUTCOME,
    NO_PRI,
    NOBODY_IN,
    as_list,
    of_cases,
    said,
)
from tertium.comparison.sets.shown.question import Asked, hides_pri, what_is_pri
from tertium.comparison.sets.shown.words import Implicant, counted

# So many models of a solution are shown term by term; the others are counted.
MOST_SHOWN = 10
TERM, MODEL, UNCOVERED = "term", "model", "not covered"
ALONE = "not defined, because the formula has one term"
FIT_COLUMNS: dict[str, Any] = {
    "consistency": "Float64",
    "pri": "Float64",
    "coverage": "Float64",
    "unique_coverage": "Float64",
}
_COLUMNS: dict[str, Any] = {
    "heading": object,
    "solution": object,
    "model": "Int64",
    "part": object,
    "formula": object,
    "in_words": object,
    **FIT_COLUMNS,
    "with_outcome": object,
    "without_outcome": object,
    "with_ids": object,
    "without_ids": object,
}


@dataclass
class _Rows:
    """Rows of the list as they are made."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    shown: list[dict[str, str]] = field(default_factory=list)
    support: list[dict[str, Any]] = field(default_factory=list)

    def add(
        self, row: dict[str, Any], shown: dict[str, str], evidence: list[dict[str, Any]]
    ) -> None:
        self.rows.append(row)
        self.shown.append(shown)
        self.support += [{**each, "row": len(self.rows)} for each in evidence]


def solutions(made: Analysis) -> Result:
    """All models of the three solutions, one row a term."""
    rows = _Rows()
    for kind in KINDS:
        for model in made.models(kind)[:MOST_SHOWN]:
            _add_model(rows, made, model)
    if made.nothing:
        _add_uncovered(rows, made, {"heading": "No formula"}, asked_with(made))
    frame, shown = as_list(rows.rows, _COLUMNS, rows.shown)
    return Result(
        frame,
        title=f"What goes with {made.asked.outcome}: three solutions",
        note=_note(made),
        brief_note=f"{common_note(made)} {_not_shown(made)}".rstrip(),
        support=support_table(rows.support),
        opens="in_words",
        basis=made.asked.basis,
        shown=shown,
        hidden=(
            "heading",
            "solution",
            "model",
            "with_ids",
            "without_ids",
            *hidden_fit(made),
        ),
        group_by="heading",
    )


def _add_model(rows: _Rows, made: Analysis, model: Model) -> None:
    asked = made.asked
    terms, whole = made.fitted(model)
    base = {
        "heading": heading(model, made.solutions[model.kind]),
        "solution": model.kind,
        "model": model.number,
    }
    for term, fitted in zip(model.terms, terms, strict=True):
        row = {
            **base,
            "part": TERM,
            "formula": made.text(term),
            "in_words": asked.words.term(term, asked.conditions),
            **fit_row(asked, fitted),
        }
        rows.add(row, fit_shown(asked, fitted), term_evidence(asked, term, fitted))
    told = "; or ".join(asked.words.term(term, asked.conditions) for term in model.terms)
    rows.add(
        {
            **base,
            "part": MODEL,
            "formula": made.formula(model),
            "in_words": told,
            **fit_row(asked, whole),
        },
        {
            **fit_shown(asked, whole),
            "in_words": "the formula as a whole",
            "unique_coverage": " ",
            "with_outcome": counted(len(whole.typical), "case"),
            "without_outcome": counted(len(whole.against), "case") if whole.against else "",
        },
        [],
    )
    _add_uncovered(rows, made, base, made.uncovered(model))


def asked_with(made: Analysis) -> tuple[str, ...]:
    """All cases with the outcome."""
    return made.asked.members(made.asked.outcome_memberships)


def _add_uncovered(
    rows: _Rows, made: Analysis, base: dict[str, Any], left: tuple[str, ...]
) -> None:
    asked = made.asked
    rows.add(
        {
            **base,
            "part": UNCOVERED,
            "formula": "",
            "in_words": "cases with the outcome that no term has",
            "with_outcome": asked.words.cases(left) or "none",
            "without_outcome": "",
            "with_ids": left,
            "without_ids": (),
        },
        {},
        asked.evidence(0, left, (asked.outcome_set, *asked.conditions)),
    )


def hidden_fit(made: Analysis) -> tuple[str, ...]:
    """Numbers that say nothing new."""
    return ("pri",) if hides_pri(made.asked, cut_off=made.truth.pri) else ()


def fit_row(asked: Asked, fitted: Fitted) -> dict[str, Any]:
    """The numbers of fit and the cases of a term or model, as columns."""
    return {
        "consistency": fitted.fit.consistency,
        "pri": fitted.fit.pri,
        "coverage": fitted.fit.coverage,
        "unique_coverage": fitted.fit.unique_coverage,
        "with_outcome": asked.words.cases(fitted.typical) or "none",
        "without_outcome": asked.words.cases(fitted.against) or "none",
        "with_ids": fitted.typical,
        "without_ids": fitted.against,
    }


def fit_shown(asked: Asked, fitted: Fitted) -> dict[str, str]:
    """What the numbers say to readers: in cases where sets are crisp."""
    outcome = asked.outcome_memberships
    both = np.minimum(fitted.held, outcome)
    fit, is_crisp = fitted.fit, asked.is_crisp
    return {
        "consistency": of_cases(fit.consistency, both, fitted.held, crisp=is_crisp, why=NOBODY_IN),
        "pri": NO_PRI if fit.pri is None else said(fit.pri),
        "coverage": of_cases(fit.coverage, both, outcome, crisp=is_crisp, why=NO_OUTCOME),
        "unique_coverage": ALONE if fit.unique_coverage is None else said(fit.unique_coverage),
    }


def term_evidence(asked: Asked, term: Implicant, fitted: Fitted) -> list[dict[str, Any]]:
    """Passages of a term's cases on its conditions and the outcome, contradicting cases first."""
    named = [name for name, each in zip(asked.conditions, term, strict=True) if each is not None]
    sets = (asked.outcome_set, *named)
    return [
        *asked.evidence(0, fitted.against, sets),
        *asked.evidence(0, fitted.typical, sets, rank=1),
    ]


def _not_shown(made: Analysis) -> str:
    """How many models are not shown term by term."""
    told = [
        f"Of the {kind} solution the first {MOST_SHOWN} of {len(made.models(kind)):,} models are "
        'shown; show="terms" names the terms of all.'
        for kind in KINDS
        if len(made.models(kind)) > MOST_SHOWN
    ]
    return " ".join(told)


def _note(made: Analysis) -> str:
    number = int((made.asked.outcome_memberships > CROSSOVER).sum())
    has_outcome = f"{counted(number, 'case')} {'has' if number == 1 else 'have'} the outcome."
    if made.nothing:
        return f"{common_note(made)} {has_outcome} {closing(made)}"
    cut = f"{shown} " if (shown := _not_shown(made)) else ""
    return (
        f"{common_note(made)} {cut}{has_outcome} Consistency: of the cases in a "
        "term, the share that have the outcome; 1: all of them. "
        f"{made.asked.by_degrees}"
        f"{what_is_pri(made.asked, cut_off=made.truth.pri)}Coverage: of the cases with the "
        "outcome, the share that the term has; unique coverage: the share that no other term of "
        "the formula has. With outcome: cases that the term fits; without outcome: cases that "
        "speak against it. Not covered: cases with the outcome that the formula does not tell of. "
        f"{closing(made)}"
    )
