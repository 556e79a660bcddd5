"""Cases in order of time, each with the codes that its sources hold.

Comes in: cases by group.
Goes out: a list; a place that the dates leave open is given from its first to its last.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from tertium.comparison.passages import Passages
from tertium.comparison.result import NOT_SEARCHED, NOT_STATED, Result, support_table
from tertium.comparison.sequence.placed import (
    UNDATED,
    DatedCase,
    by_group,
    told_of_codes,
    told_of_dates,
)

NONE = "none"
UNCERTAIN = "uncertain"


def in_order(
    passages: Passages,
    scheme: str,
    within: str,
    groups: Mapping[str, list[DatedCase]],
    remarks: Sequence[str],
) -> Result:
    """The list that `sequence` shows as "order"."""
    labels = {code.id: code.label for code in passages.tables.scheme(scheme).codes}
    rows: list[dict[str, Any]] = []
    support: list[dict[str, Any]] = []
    for group, cases in groups.items():
        for case in cases:
            found = [labels[code] for code in case.held]
            open_codes = [labels[code] for code in case.undecided]
            is_searched = bool(case.codes or case.undecided)
            if open_codes:
                found.append(f"undecided: {', '.join(open_codes)}")
            rows.append(
                {
                    within: group,
                    "place": _place(case, cases, group),
                    "case": case.name,
                    "date": case.date,
                    "codes": "; ".join(found) if found else NONE if is_searched else NOT_SEARCHED,
                }
            )
            support.extend(
                {"row": len(rows), "column": None, **each}
                for code in case.held
                for each in case.codes[code] or ()
            )
    names = [within, "place", "case", "date", "codes"]
    frame = pd.DataFrame(
        {name: pd.Series([row[name] for row in rows], dtype=object) for name in names}
    )
    frame.index = pd.RangeIndex(1, len(rows) + 1)
    title = passages.tables.scheme(scheme).title
    return Result(
        frame,
        title=f"{title} in the order in which cases began{by_group(within)}",
        note=" ".join(
            [
                "Place: the case's place in time in its group, by when it began; 2–4 where the "
                "dates leave it open, for they are no more exact; none where no date is stated.",
                f"{NONE.capitalize()}: searched, no code found; {NOT_SEARCHED}: no counted source "
                "tells the case, or nobody looked.",
                *told_of_dates(groups),
                *remarks,
                told_of_codes(passages, scheme),
            ]
        ),
        support=support_table(support),
        group_by=within,
        shown=_without_codes(frame),
    )


def _without_codes(frame: pd.DataFrame) -> pd.DataFrame:
    """An undated case has no place, and a reader needs no word for it twice."""
    shown = pd.DataFrame(index=frame.index, columns=frame.columns, dtype=object)
    shown["place"] = ["" if place in (UNDATED, UNCERTAIN) else None for place in frame["place"]]
    return shown


def _place(case: DatedCase, cases: Sequence[DatedCase], group: str) -> str:
    """The place of a case among the dated ones, or the places that it can have."""
    if not case.is_dated:
        return UNCERTAIN if case.is_uncertain else UNDATED
    if group == NOT_STATED:
        # Cases of which nobody says where they belong belong nowhere together.
        return ""
    dated = [each for each in cases if each.is_dated]
    least = 1 + sum(other.is_before(case) for other in dated)
    most = len(dated) - sum(case.is_before(other) for other in dated)
    return str(least) if least == most else f"{least}–{most}"
