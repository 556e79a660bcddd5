"""What the solutions assume of combinations that no case shows.

Comes in: an `Analysis`.
Goes out: a list with one row a combination: which solution takes it to have the outcome, and
whether that fits what is expected.
"""

from __future__ import annotations

from typing import Any

from tertium.comparison.result import Result
from tertium.comparison.sets.shown.analysis import Analysis, Kind
from tertium.comparison.sets.shown.numbers import as_list
from tertium.comparison.sets.shown.rows import set_columns
from tertium.comparison.sets.shown.said import common_note
from tertium.comparison.sets.shown.words import counted

_MOST = 200
# More combinations than these are not gone through one by one.
MOST_COMBINATIONS = 4096
_ASSUMING: tuple[Kind, ...] = ("intermediate", "parsimonious")
EASY, DIFFICULT = "fits the expectations", "goes against or beyond them"


def assumptions(made: Analysis) -> Result:
    """One row a combination that some solution assumes, or that is barred."""
    asked, truth = made.asked, made.truth
    in_models = {kind: _assumed(made, kind) for kind in _ASSUMING}
    easy = {row for block in made.solutions["intermediate"].blocks for row in block.easy.rows}
    numbers = sorted({*in_models["intermediate"], *in_models["parsimonious"], *_barred(made)})
    columns = set_columns(asked.conditions)
    rows: list[dict[str, Any]] = []
    for number in numbers[:_MOST]:
        values = truth.values(number)
        is_assumed = any(number in rows_of for rows_of in in_models.values())
        rows.append(
            {
                "row": str(number),
                **dict(zip(columns, values, strict=True)),
                "in_words": asked.words.term(values, asked.conditions),
                **{
                    f"in_{kind}": _share(rows_of.get(number, 0), len(made.models(kind)))
                    for kind, rows_of in in_models.items()
                },
                "expected": (EASY if number in easy else DIFFICULT) if is_assumed else "",
                "barred": made.barred.bars(number, values),
            }
        )
    kinds = {
        "row": object,
        **dict.fromkeys(columns, "Int64"),
        "in_words": object,
        "in_intermediate": object,
        "in_parsimonious": object,
        "expected": object,
        "barred": object,
    }
    frame, shown = as_list(rows, kinds, [{} for _ in rows])
    return Result(
        frame,
        title=f"Combinations without cases that are assumed to have {asked.outcome}",
        brief_note=common_note(made),
        note=_note(made, len(numbers)),
        shown=shown,
        hidden=() if any(row["barred"] for row in rows) else ("barred",),
    )


def _assumed(made: Analysis, kind: Kind) -> dict[int, int]:
    """By row, how many models of a solution assume it."""
    found: dict[int, int] = {}
    for model in made.models(kind):
        for number in made.solutions[model.kind].assumptions(model.terms).rows:
            found[number] = found.get(number, 0) + 1
    return found


def _barred(made: Analysis) -> list[int]:
    truth = made.truth
    found = list(made.barred.contradictory)
    if made.barred.unnecessary and truth.combinations <= MOST_COMBINATIONS:
        found += [
            number
            for number in range(1, truth.combinations + 1)
            if number not in truth.by_number and made.barred.bars(number, truth.values(number))
        ]
    return found


def _share(number: int, models: int) -> str:
    if not number:
        return "–"
    return "yes" if models == 1 else f"{number} of {models} models"


def _note(made: Analysis, number: int) -> str:
    cut = f" The first {_MOST} of {number:,} are listed." if number > _MOST else ""
    return (
        f"{common_note(made)} No case (or too few) shows these combinations: that they would have "
        "the outcome is thought, not seen. Of "
        f"{counted(made.truth.remainders, 'combination')} without enough cases "
        f"{number:,} are listed.{cut} The conservative solution assumes none. Fits the "
        "expectations: what is known to go with the outcome, with more of what is expected to "
        f"help. Read each and ask whether it could exist at all. {made.asked.legend()}"
    )
