"""How often voices agree on each code, over all cases that several of them tell.

Comes in: the cases that several voices tell.
Goes out: a grid of codes by how the voices stand to each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from tertium.comparison.cases.accord import REST_CODES, Standing
from tertium.comparison.cases.told import NOT_STATED_CODE
from tertium.comparison.cases.voices import ToldCase, which_cases
from tertium.comparison.passages import Passages
from tertium.comparison.result import NOT_SEARCHED, Result, support_table

_LABELS: dict[Standing, str] = {
    "all": "All voices",
    "some": "Some voices",
    "one": "One voice",
    "disputed": "Disputed",
    "untold": "No voice",
}


def by_code(passages: Passages, cases: Sequence[ToldCase], scheme: str, at_least: int) -> Result:
    """Codes by standing: on how many cases all, some or one of the voices tell it."""
    codes = passages.tables.scheme(scheme)
    counts: dict[tuple[str, Standing], int] = {}
    support: list[dict[str, Any]] = []
    unmatched = again = 0
    seen: set[tuple[frozenset[str], str, Standing]] = set()
    for case in cases:
        for code, accord in case.accords.items():
            if accord.is_rest:
                continue
            # Where fewer than two voices were searched they neither agree nor differ.
            if len(accord.searched) < 2 and accord.standing != "disputed":
                unmatched += 1
                continue
            key = (code, accord.standing)
            told = (case.sources, *key)
            again += told in seen
            counts[key] = counts.get(key, 0) + (told not in seen)
            seen.add(told)
            support += [
                {"row": code, "column": accord.standing, **passage}
                for found in accord.by_voice.values()
                for each in found
                for passage in each.spoken
            ]
    compared = {code for code, _ in counts}
    kept = [code for code in codes.code_ids if code not in (*REST_CODES, NOT_STATED_CODE)]
    index = pd.Index(kept, dtype=object, name=scheme)
    frame = pd.DataFrame(
        {
            standing: pd.Series(
                [counts.get((code, standing), 0) if code in compared else None for code in kept],
                index=index,
                dtype="Int64",
            )
            for standing in _LABELS
        },
        index=index,
    )
    frame.columns.name = "told by"
    note = [
        *which_cases(passages, cases, at_least),
        "Cases in which all, some or one of the voices that were searched tell of it "
        f"(coder: {passages.tables.decides(scheme)}); disputed: one voice tells it and another "
        "itself speaks of it only to criticise or deny it. That a voice does not tell of something "
        "is no denial. That it tells of an actor who denies something is a way of telling it.",
    ]
    if again:
        note.append(
            "The same standing of the same sources on a second case counts once: "
            f"{again} {'case and code' if again == 1 else 'cases and codes'} not counted again."
        )
    if rest := [code.label for code in codes.codes if code.id in REST_CODES]:
        note.append(
            f"{', '.join(rest)} is left out: two voices that tell of it may mean two things."
        )
    if unmatched:
        note.append(
            "Not counted, for fewer than two voices were searched with an answer (undecided is "
            f"none): {unmatched} {'case and code' if unmatched == 1 else 'cases and codes'}."
        )
    return Result(
        frame,
        title=f"{codes.title}: in how many cases different voices tell of the same",
        note=" ".join(note),
        support=support_table(support),
        row_labels={code: codes.code(code).label for code in kept},
        column_labels=dict(_LABELS),
        missing=NOT_SEARCHED,
    )
