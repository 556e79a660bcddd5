"""Cases with the days on which they can have begun, and the codes that their sources hold.

Comes in: the table of cases, which sources tell them, and verdicts.
Goes out: cases of which it can be said whether one began before another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import pandas as pd

from tertium.comparison.passages import Passages, rows_of
from tertium.comparison.result import NOT_STATED
from tertium.comparison.tellings import parts_told
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
    undecided : list of str
        Codes of which it is left open whether the case has them; these are not in `codes`.
    told_by : set of str
        The counted sources that tell the case as a whole.
    """

    id: str
    name: str
    date: str
    groups: tuple[str, ...]
    first: str
    last: str
    is_dated: bool
    codes: dict[str, list[dict[str, Any]] | None] = field(default_factory=dict)
    undecided: list[str] = field(default_factory=list)
    told_by: set[str] = field(default_factory=set)
    is_uncertain: bool = False

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
        stated = text[within].split(";") if within != "all" else ["all cases"]
        groups = tuple(dict.fromkeys(part.strip().replace("_", " ") for part in stated))
        start, end = text["start"], text["end"]
        date = start if start == end or not end else f"{start or '..'}/{end}"
        found[text["case_id"]] = DatedCase(
            id=text["case_id"],
            name=text["name"] or text["case_id"],
            date=date or UNDATED,
            groups=tuple(group for group in groups if group) or (NOT_STATED,),
            first=first,
            last=last,
            is_dated=is_dated,
            is_uncertain=not is_dated and _is_uncertain(start or end),
        )
    _add_codes(passages, scheme, found)
    return [found[case_id] for case_id in sorted(found)]


def _began(start: str, end: str) -> tuple[str, str, bool]:
    """The first and last day on which a case can have begun, and whether anything is known.

    It began no later than it ended. A date that its source calls uncertain or approximate may
    lie off by any amount, and is taken for none.

    Examples
    --------
    >>> _began("2010-07", "2012"), _began("", "2012"), _began("", "")
    (('2010-07-01', '2010-07-31', True), ('', '2012-12-31', True), ('', '9999', False))
    >>> _began("2010", "2010-03"), _began("2010?", "")
    (('2010-01-01', '2010-03-31', True), ('', '9999', False))
    """
    try:
        began, ended = (date_range("" if _is_uncertain(each) else each) for each in (start, end))
    except ValueError:
        # EDTF can say more than a line of time can show.
        return "", "9999", False
    first, known = began.first or "", [day for day in (began.last, ended.last) if day]
    last = min(known, default="9999")
    if last < first:
        # The end is before the beginning: one of the two is wrong, and nobody can say which.
        return "", "9999", False
    return first, last, bool(first or known)


def _is_uncertain(date: str) -> bool:
    """Whether an EDTF date is marked uncertain (?), approximate (~) or both (%)."""
    return any(mark in date for mark in "?~%")


def _add_codes(passages: Passages, scheme: str, cases: Mapping[str, DatedCase]) -> None:
    verdicts, behind = passages.verdicts(scheme), codings_by_id(passages, scheme)
    parts = {key: spans for key, spans in parts_told(passages).items() if key[0] in cases}
    for (case_id, source_id), spans in parts.items():
        if spans is None:
            cases[case_id].told_by.add(source_id)
    for code in passages.tables.scheme(scheme).code_ids:
        for (case_id, source_id), spans in sorted(parts.items()):
            if not passages.is_searched(source_id, scheme, code):
                continue
            codes = cases[case_id].codes
            row = verdicts.get((source_id, code), {})
            if row.get("verdict") == "undecided":
                if code not in cases[case_id].undecided:
                    cases[case_id].undecided.append(code)
                continue
            codes.setdefault(code, None)
            if row.get("verdict") != "present":
                continue
            is_whole = spans is None

            def tells(span: Span, placed: Sequence[Span] = spans or ()) -> bool:
                return any(each.has_overlap(span) for each in placed)

            rows = passages_behind(
                passages, row, behind, scheme, within=None if is_whole else tells
            )
            if is_whole or rows:
                codes[code] = [*(codes[code] or []), *rows]
        for case in cases.values():
            if code not in case.undecided:
                continue
            # Present in one source is present; else an undecided one leaves it open.
            if case.codes.get(code) is not None:
                case.undecided.remove(code)
            else:
                case.codes.pop(code, None)


def told_of_dates(groups: Mapping[str, Sequence[DatedCase]]) -> list[str]:
    """How many cases have no place in time, for the note."""
    cases = each_once(groups)
    undated = sum(not case.is_dated and not case.is_uncertain for case in cases)
    uncertain = sum(case.is_uncertain for case in cases)
    several = sum(len(case.groups) > 1 for case in cases)
    said = []
    if undated:
        said.append(f"Undated and so in no order: {undated} of {len(cases)} cases.")
    if uncertain:
        said.append(
            "With a date that is marked as uncertain or approximate (?, ~, %) and so in no order: "
            f"{uncertain} of {len(cases)} cases."
        )
    if several:
        said.append(
            f"{several} {'case stands' if several == 1 else 'cases stand'} in several groups."
        )
    return said


def each_once(groups: Mapping[str, Sequence[DatedCase]]) -> list[DatedCase]:
    """The cases of all groups, one that stands in several once."""
    return list({case.id: case for cases in groups.values() for case in cases}.values())


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
