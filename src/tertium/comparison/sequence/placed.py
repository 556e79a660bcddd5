"""Cases with the days on which they can have begun, and the codes that their sources hold.

Comes in: the table of cases, which sources tell them, and verdicts.
Goes out: cases of which it can be said whether one began before another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import pandas as pd

from tertium.comparison.passages import Passages, part_of_source, rows_of
from tertium.comparison.result import NOT_STATED
from tertium.comparison.timeline import date_range
from tertium.comparison.verdicts import codings_by_id, passages_behind
from tertium.spans import Span

Within = Literal["all", "country", "region", "sector", "kind"]
UNDATED = "undated"


@dataclass
class DatedCase:
    """A case with the days on which it can have begun, and the codes that its sources hold.

    Parameters
    ----------
    first, last : str
        The first and last day of its beginning; "" and "9999" where that side is open.
    codes : dict
        By code that was looked for: the passages behind it, null where it was not found.
    told_by : set of str
        The counted sources that tell the case as a whole.
    """

    id: str
    name: str
    date: str
    group: str
    first: str
    last: str
    is_dated: bool
    codes: dict[str, list[dict[str, Any]] | None] = field(default_factory=dict)
    told_by: set[str] = field(default_factory=set)

    @property
    def held(self) -> list[str]:
        """The codes that were found, in the scheme's order."""
        return [code for code, found in self.codes.items() if found is not None]

    def is_before(self, other: DatedCase) -> bool:
        """Whether this case began before the other, whichever days the dates mean."""
        return self.is_dated and other.is_dated and self.last < other.first

    @property
    def in_time(self) -> tuple[bool, str, str, str]:
        """By the first possible day; of an open beginning by the last; undated ones last."""
        return (not self.is_dated, self.first or self.last, self.last, self.id)


def dated_cases(passages: Passages, scheme: str, within: str) -> list[DatedCase]:
    """The cases of the study, each with its codes."""
    found: dict[str, DatedCase] = {}
    for row in rows_of(passages.tables.cases):
        text: dict[str, str] = {}
        for name, value in row.items():
            text[name] = "" if pd.isna(value) else str(value).strip()
        first, last, is_dated = _began(text["start"], text["end"])
        group = text[within].replace("_", " ") if within != "all" else "all cases"
        start, end = text["start"], text["end"]
        date = start if start == end or not end else f"{start or '..'}/{end}"
        found[text["case_id"]] = DatedCase(
            id=text["case_id"],
            name=text["name"] or text["case_id"],
            date=date or UNDATED,
            group=group or NOT_STATED,
            first=first,
            last=last,
            is_dated=is_dated,
        )
    _add_codes(passages, scheme, found)
    return [found[case_id] for case_id in sorted(found)]


def _began(start: str, end: str) -> tuple[str, str, bool]:
    """The first and last day on which a case can have begun, and whether anything is known.

    Examples
    --------
    >>> _began("2010-07", "2012"), _began("", "2012"), _began("", "")
    (('2010-07-01', '2010-07-31', True), ('', '2012-12-31', True), ('', '9999', False))
    """
    try:
        began, ended = date_range(start), date_range(end)
    except ValueError:
        # EDTF can say more than a line of time can show.
        return "", "9999", False
    last = began.last or ended.last
    return began.first or "", last or "9999", bool(began.first or last)


def _add_codes(passages: Passages, scheme: str, cases: Mapping[str, DatedCase]) -> None:
    verdicts, behind = passages.verdicts(scheme), codings_by_id(passages, scheme)
    parts: dict[tuple[str, str], list[Span | None]] = {}
    for row in rows_of(passages.tables.case_sources):
        key = (str(row["case_id"]), str(row["source_id"]))
        if key[0] in cases and key[1] in passages.counted:
            part = part_of_source(row)
            parts.setdefault(key, []).append(part)
            if part is None:
                cases[key[0]].told_by.add(key[1])
    for code in passages.tables.scheme(scheme).code_ids:
        for (case_id, source_id), spans in sorted(parts.items()):
            if not passages.is_searched(source_id, scheme, code):
                continue
            codes = cases[case_id].codes
            codes.setdefault(code, None)
            row = verdicts.get((source_id, code), {})
            if row.get("verdict") != "present":
                continue
            placed = [span for span in spans if span is not None]
            is_whole = len(placed) < len(spans)

            def tells(span: Span, placed: Sequence[Span] = placed) -> bool:
                return any(each.has_overlap(span) for each in placed)

            rows = passages_behind(
                passages, row, behind, scheme, within=None if is_whole else tells
            )
            if is_whole or rows:
                codes[code] = [*(codes[code] or []), *rows]


def told_of_dates(groups: Mapping[str, Sequence[DatedCase]]) -> list[str]:
    """How many cases have no place in time, for the note."""
    cases = [case for each in groups.values() for case in each]
    undated = sum(not case.is_dated for case in cases)
    if not undated:
        return []
    return [f"Undated and so in no order: {undated} of {len(cases)} cases."]


def told_of_codes(passages: Passages, scheme: str) -> str:
    """Where codes and dates come from, and what no order can show."""
    return (
        "Codes of a case: those present in a counted source that tells it (coder: "
        f"{passages.tables.decides(scheme)}); dates: the study's own list of cases. What comes "
        "later is not thereby caused by what came before, and cases that no source was found for "
        "are missing between them."
    )


def by_group(within: str) -> str:
    """The grouping, for a caption."""
    return "" if within == "all" else f", by {within}"
