"""What the solutions assume of combinations that no case, or too few, show.

Comes in: an `Analysis`.
Goes out: a list with one row a combination: which solution takes it to have the outcome, and
whether that fits what is expected; then those that no solution may assume.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tertium.comparison.result import Result, support_table
from tertium.comparison.sets.shown.analysis import Analysis, Kind
from tertium.comparison.sets.shown.notes import common_note
from tertium.comparison.sets.shown.numbers import as_list
from tertium.comparison.sets.shown.row_texts import set_columns, value_texts
from tertium.comparison.sets.shown.rows import told_apart
from tertium.comparison.sets.shown.words import counted

_MOST = 200
# More combinations than these are not gone through one by one.
MOST_COMBINATIONS = 4096
_ASSUMING: tuple[Kind, ...] = ("intermediate", "parsimonious")
EASY, DIFFICULT = "fits the expectations", "goes against or beyond them"
ASSUMED, BARRED = "Assumed to have the outcome", "Barred: no solution may assume it"


@dataclass(frozen=True)
class _Found:
    """Rows that solutions assume, those that fit the expectations, and those barred.

    `number` says how many are assumed: exactly, or how many at least.
    """

    models: dict[Kind, dict[int, int]]
    easy: frozenset[int]
    barred: tuple[int, ...]
    number: int
    is_whole: bool

    @property
    def assumed(self) -> list[int]:
        """Assumed rows, those that fit the expectations first."""
        rows = {row for rows_of in self.models.values() for row in rows_of}
        return sorted(rows, key=lambda row: (row not in self.easy, row))

    def places(self) -> list[int]:
        """The rows that are listed: first the assumed ones."""
        assumed = self.assumed
        return [*assumed, *(row for row in self.barred if row not in assumed)][:_MOST]


def assumptions(made: Analysis) -> Result:
    """One row a combination that some solution assumes, or that is barred."""
    asked = made.asked
    found = _found(made)
    listed = found.places()
    rows = [_row(made, found, number) for number in listed]
    shown = [value_texts(asked, made.truth.values(number)) for number in listed]
    few = {row.number: row for row in made.truth.below_n_cut}
    sets = (asked.outcome_set, *asked.conditions)
    support = [
        each
        for place, number in enumerate(listed, start=1)
        if number in few
        for each in asked.evidence(place, few[number].cases, sets)
    ]
    frame, texts = as_list(rows, _columns(made), shown)
    has_cases = any(number in few for number in listed)
    kind = "enough cases" if few else "cases"
    return Result(
        frame,
        title=f"Combinations without {kind}: assumed to have {asked.outcome}, or barred",
        brief_note=common_note(made),
        note=_note(made, found),
        support=support_table(support),
        opens="in_words",
        basis=asked.basis,
        shown=texts,
        group_by="heading",
        hidden=(
            "heading",
            *(() if any(row["barred"] for row in rows) else ("barred",)),
            *(() if has_cases else ("with_outcome", "without_outcome")),
            "with_ids",
            "without_ids",
        ),
    )


def _columns(made: Analysis) -> dict[str, Any]:
    return {
        "heading": object,
        "row": object,
        **dict.fromkeys(set_columns(made.asked.conditions), "Int64"),
        "in_words": object,
        "in_intermediate": object,
        "in_parsimonious": object,
        "expected": object,
        "barred": object,
        "with_outcome": object,
        "without_outcome": object,
        "with_ids": object,
        "without_ids": object,
    }


def _row(made: Analysis, found: _Found, number: int) -> dict[str, Any]:
    """A combination; where some cases have it, though too few, they are named."""
    asked, values = made.asked, made.truth.values(number)
    is_assumed = any(number in rows_of for rows_of in found.models.values())
    cases = next((row.cases for row in made.truth.below_n_cut if row.number == number), ())
    with_it, without_it = told_apart(asked, cases)
    return {
        "heading": ASSUMED if is_assumed else BARRED,
        "row": str(number),
        **dict(zip(set_columns(asked.conditions), values, strict=True)),
        "in_words": asked.words.term(values, asked.conditions),
        **{
            f"in_{kind}": _share(rows_of.get(number, 0), len(made.models(kind)))
            for kind, rows_of in found.models.items()
        },
        "expected": (EASY if number in found.easy else DIFFICULT) if is_assumed else "",
        "barred": made.barred.bars(number, values),
        "with_outcome": asked.words.cases(with_it),
        "without_outcome": asked.words.cases(without_it),
        "with_ids": with_it,
        "without_ids": without_it,
    }


def _found(made: Analysis) -> _Found:
    models: dict[Kind, dict[int, int]] = {kind: {} for kind in _ASSUMING}
    most, is_whole = 0, True
    for kind in _ASSUMING:
        for model in made.models(kind):
            assumed = made.solutions[kind].assumptions(model.terms)
            most, is_whole = max(most, assumed.count), is_whole and assumed.complete
            for number in assumed.rows:
                models[kind][number] = models[kind].get(number, 0) + 1
    blocks = made.solutions["intermediate"].blocks if made.solutions else ()
    easy = frozenset(row for block in blocks for row in block.easy.rows)
    listed = len({row for rows in models.values() for row in rows})
    return _Found(models, easy, _barred(made), max(most, listed), is_whole)


def _barred(made: Analysis) -> tuple[int, ...]:
    truth = made.truth
    found = set(made.barred.contradictory)
    if made.barred.terms and truth.combinations <= MOST_COMBINATIONS:
        found.update(
            number
            for number in range(1, truth.combinations + 1)
            if number not in truth.by_number and made.barred.bars(number, truth.values(number))
        )
    return tuple(sorted(found))


def _share(number: int, models: int) -> str:
    if not number:
        return "–"
    return "yes" if models == 1 else f"{number} of {models} models"


def _note(made: Analysis, found: _Found) -> str:
    told = f"{'' if found.is_whole else 'at least '}{found.number:,}"
    barred = f" and {len(found.barred):,} barred" if found.barred else ""
    cut = (
        f" The first {_MOST} are listed: assumed ones first, those that fit the expectations "
        "before others."
        if max(found.number, len(found.assumed)) + len(found.barred) > _MOST
        else ""
    )
    unlisted = (
        f" With {made.truth.combinations:,} combinations those that are barred as impossible, or "
        "against what is necessary, are not listed."
        if made.barred.terms and made.truth.combinations > MOST_COMBINATIONS
        else ""
    )
    few = (
        " Where some cases have a combination, though fewer than asked for, they are named, and "
        "their passages open."
        if made.truth.below_n_cut
        else ""
    )
    return (
        f"{common_note(made)} That these combinations would have the outcome is thought, not seen. "
        f"Of {counted(made.truth.remainders, 'combination')} without enough cases {told} "
        f"{'is' if found.number == 1 else 'are'} assumed{barred}.{cut}{unlisted}{few} The "
        "conservative solution assumes none. Fits the expectations: what is known to go with the "
        "outcome, with more of what is expected to help. Read each and ask whether it could exist "
        "at all."
    )
