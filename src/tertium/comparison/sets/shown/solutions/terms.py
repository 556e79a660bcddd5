"""Every term of the three solutions once, with the models that it stands in.

Comes in: an `Analysis`.
Goes out: a list; a term that stands in all models of all solutions rests least on assumptions.
"""

from __future__ import annotations

from typing import Any

from tertium.comparison.result import Result, support_table
from tertium.comparison.sets.fit.parameters import sufficiency
from tertium.comparison.sets.shown.analysis import KINDS, Analysis, Fitted, Kind
from tertium.comparison.sets.shown.notes import closing, common_note
from tertium.comparison.sets.shown.numbers import as_list
from tertium.comparison.sets.shown.rows import told_apart
from tertium.comparison.sets.shown.solutions.models import (
    FIT_COLUMNS,
    fit_row,
    fit_shown,
    hidden_fit,
    term_evidence,
)
from tertium.comparison.sets.shown.words import Implicant

_COLUMNS: dict[str, Any] = {
    "formula": object,
    "in_words": object,
    **{f"in_{kind}": object for kind in KINDS},
    **{name: kind for name, kind in FIT_COLUMNS.items() if name != "unique_coverage"},
    "with_outcome": object,
    "without_outcome": object,
    "with_ids": object,
    "without_ids": object,
}


def terms(made: Analysis) -> Result:
    """One row a term, in the order in which the solutions name them."""
    asked = made.asked
    found: dict[Implicant, None] = {}
    for kind in KINDS:
        for model in made.models(kind):
            found.update(dict.fromkeys(model.terms))
    rows, shown, support = [], [], []
    for number, term in enumerate(found, start=1):
        held = asked.term_membership(term)
        fitted = Fitted(
            held, sufficiency(held, asked.outcome_memberships),
            *told_apart(asked, asked.members(held)),
        )  # fmt: skip
        rows.append(
            {
                "formula": made.text(term),
                "in_words": asked.words.term(term, asked.conditions),
                **{f"in_{kind}": _models(made, kind, term) for kind in KINDS},
                **fit_row(asked, fitted),
            }
        )
        texts = fit_shown(asked, fitted)
        del texts["unique_coverage"]
        shown.append(texts)
        support += [{**each, "row": number} for each in term_evidence(asked, term, fitted)]
    frame, text_frame = as_list(rows, _COLUMNS, shown)
    return Result(
        frame,
        title=f"Terms of the solutions of {asked.outcome}",
        brief_note=common_note(made),
        note=(
            f"{common_note(made)} In conservative, in intermediate, in parsimonious: in how many "
            "models of that solution the term stands; a dash: in none. Consistency: of the cases "
            "in a term, the share that have the outcome. "
            f"{asked.by_degrees}Coverage: of the cases with the outcome, "
            f"the share that the term has. {closing(made)}"
        ),
        support=support_table(support),
        opens="formula",
        basis=asked.basis,
        shown=text_frame,
        hidden=("with_ids", "without_ids", *hidden_fit(made)),
    )


def _models(made: Analysis, kind: Kind, term: Implicant) -> str:
    models = made.models(kind)
    number = sum(term in model.terms for model in models)
    if not number:
        return "–"
    return "yes" if len(models) == 1 else f"{number} of {len(models)}"
