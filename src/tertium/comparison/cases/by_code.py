"""How often voices agree on each code, over all cases that several of them tell.

Comes in: the cases that several voices tell.
Goes out: a grid of codes by how the voices stand to each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from tertium.comparison.cases.accord import Standing
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
    unmatched = 0
    for case in cases:
        for code, accord in case.accords.items():
            # Where fewer than two voices were searched they neither agree nor differ.
            if len(accord.searched) < 2 and accord.standing != "disputed":
                unmatched += 1
                continue
            key = (code, accord.standing)
            counts[key] = counts.get(key, 0) + 1
            support += [
                {"row": code, "column": accord.standing, **passage}
                for found in accord.by_voice.values()
                for each in found
                for passage in each.spoken
            ]
    compared = {code for code, _ in counts}
    index = pd.Index(codes.code_ids, dtype=object, name=scheme)
    frame = pd.DataFrame(
        {
            standing: pd.Series(
                [
                    counts.get((code, standing), 0) if code in compared else None
                    for code in codes.code_ids
                ],
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
        f"(coder: {passages.tables.decides(scheme)}); disputed: one voice states it and another "
        "speaks of it only to criticise or deny it. That a voice does not tell of something is no "
        "denial.",
    ]
    if unmatched:
        note.append(
            f"Not counted, for fewer than two voices were searched: {unmatched} cases and codes."
        )
    return Result(
        frame,
        title=f"{codes.title}: in how many cases different voices tell of the same",
        note=" ".join(note),
        support=support_table(support),
        row_labels={code.id: code.label for code in codes.codes},
        column_labels=dict(_LABELS),
        missing=NOT_SEARCHED,
    )
