"""What was followed by what: codes of a case, and of the next in time.

Comes in: cases by group.
Goes out: a grid of code by code that counts pairs of cases.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from tertium.comparison.passages import Passages
from tertium.comparison.result import NOT_SEARCHED, NOT_STATED, Result, support_table
from tertium.comparison.sequence.placed import (
    DatedCase,
    by_group,
    each_once,
    told_of_codes,
    told_of_dates,
)

NO_PAIR = "no pair of cases"


def following(cases: Sequence[DatedCase]) -> list[tuple[DatedCase, DatedCase]]:
    """The pairs of cases of which one comes after the other, with none for certain between."""
    return [
        (one, other)
        for one in cases
        for other in cases
        if one.is_before(other)
        and not any(one.is_before(third) and third.is_before(other) for third in cases)
    ]


def transitions(
    passages: Passages,
    scheme: str,
    within: str,
    groups: Mapping[str, list[DatedCase]],
    remarks: Sequence[str],
) -> Result:
    """The grid that `sequence` shows as "transitions"."""
    codes = list(passages.tables.scheme(scheme).code_ids)
    stated = {group: cases for group, cases in groups.items() if group != NOT_STATED}
    # Two cases that follow one another in two countries are one pair.
    found = [pair for cases in stated.values() for pair in following(cases)]
    pairs = list({(one.id, other.id): (one, other) for one, other in found}.values())
    numbers: dict[tuple[str, str], int] = {}
    support: list[dict[str, Any]] = []
    for number, (one, other) in enumerate(pairs):
        for row in one.codes:
            for column in other.codes:
                earlier, later = one.codes[row], other.codes[column]
                is_held = earlier is not None and later is not None
                numbers[row, column] = numbers.get((row, column), 0) + is_held
                if earlier is None or later is None:
                    continue
                for side, rows in enumerate((earlier, later)):
                    rank = 2 * number + side
                    support.extend(
                        {"row": row, "column": column, "rank": rank, **each} for each in rows
                    )
    frame = pd.DataFrame(
        {
            column: pd.Series(
                [numbers.get((row, column)) for row in codes], index=codes, dtype="Int64"
            )
            for column in codes
        },
        index=pd.Index(codes, dtype=object),
    )
    frame.index.name, frame.columns.name = scheme, "followed_by"
    labels = {code.id: code.label for code in passages.tables.scheme(scheme).codes}
    return Result(
        frame,
        title=f"{passages.tables.scheme(scheme).title}: what was followed by what"
        f"{by_group(within)}, in pairs of cases",
        note=" ".join(
            [
                "A cell counts pairs of cases in which the earlier holds the code of the row and "
                "the next one in time the code of the column; the next: with no third case for "
                "certain between them. A case can hold several codes or none, and can have "
                "several that come next.",
                _pairs_told(stated, pairs),
                *told_of_dates(groups),
                _frequent(labels, stated),
                *remarks,
                f"0: looked for in both cases of a pair, never found so; {NOT_SEARCHED}: nobody "
                "looked for both, or it is undecided.",
                told_of_codes(passages, scheme),
            ]
        ),
        support=support_table(support),
        row_labels=labels,
        column_labels={code: f"then {label}" for code, label in labels.items()},
        missing=NOT_SEARCHED if pairs else NO_PAIR,
    )


def _pairs_told(
    groups: Mapping[str, Sequence[DatedCase]], pairs: Sequence[tuple[DatedCase, DatedCase]]
) -> str:
    """How many pairs there are, and of how many the dates do not tell the order."""
    unordered: set[frozenset[str]] = set()
    for cases in groups.values():
        dated = [case for case in cases if case.is_dated]
        for place, one in enumerate(dated):
            for other in dated[place + 1 :]:
                if not (one.is_before(other) or other.is_before(one)):
                    unordered.add(frozenset((one.id, other.id)))
    empty = sum(not (one.held and other.held) for one, other in pairs)
    told = f"Pairs of a case and its next: {len(pairs)}"
    if empty:
        told += f", {empty} of them with a case in which no code was found"
    shared = sum(bool(one.told_by & other.told_by) for one, other in pairs)
    if shared:
        told += f", {shared} with both cases told by one source, so that its codes are held by both"
    if unordered:
        told += (
            ". Pairs of cases of which the dates do not tell which came first, and which do not "
            f"follow one another: {len(unordered)}"
        )
    return f"{told}."


def _frequent(labels: Mapping[str, str], groups: Mapping[str, Sequence[DatedCase]]) -> str:
    """How many dated cases hold each code: what is frequent follows everything often."""
    dated = [case for case in each_once(groups) if case.is_dated]
    counts = [
        f"{label} {sum(code in case.held for case in dated)}" for code, label in labels.items()
    ]
    return (
        f"A code that many cases hold follows many others: of {len(dated)} dated cases hold "
        f"{'; '.join(counts)}."
        if len(counts) <= 12
        else "A code that many cases hold follows many others."
    )
