"""Where a source stands: in which group by its voice, its date, its cases or a code.

Comes in: the passages of a study and the name of an attribute.
Goes out: for each counted source its groups, each with the part of the text that it holds for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from tertium.comparison.passages import Passages, rows_of
from tertium.comparison.result import NOT_SEARCHED, NOT_STATED
from tertium.comparison.tellings import joined, parts_told
from tertium.comparison.timeline import date_range
from tertium.comparison.verdicts import codings_by_id, passages_behind
from tertium.spans import Span

CASE = "case"
PERIOD = "period"
# Attributes of cases by the name of their axis: "kind" alone is the kind of a source.
CASE_ATTRIBUTES = {"sector": "sector", "case_kind": "kind", "region": "region"}
UNDATED = "undated"
SEVERAL_PERIODS = "several periods"
PRESENT, ABSENT, UNDECIDED = "present", "absent", "undecided"
STATES = (PRESENT, ABSENT, UNDECIDED, NOT_SEARCHED)
_SEVERAL = ("country", "language")


@dataclass(frozen=True)
class Group:
    """One place of a source on an axis that is no scheme.

    Parameters
    ----------
    value : str
        What the group is called in the frame.
    spans : tuple of Span, optional
        The parts of the text that it holds for; None: the whole.
    """

    value: str
    spans: tuple[Span, ...] | None = None

    def has(self, span: Span) -> bool:
        """Whether a passage stands, at least in part, where the group holds."""
        return self.spans is None or any(each.has_overlap(span) for each in self.spans)


Groups = dict[str, list[Group]]


def by_attribute(passages: Passages, attribute: str) -> Groups:
    """Sources by what the manifest says of them; several countries or languages by each."""
    found: Groups = {}
    for source_id in passages.counted:
        text = _stated(passages.sources[source_id].get(attribute))
        parts = _parted(text) if attribute in _SEVERAL else [text] if text else []
        found[source_id] = [Group(part) for part in parts or [NOT_STATED]]
    return found


def by_year(passages: Passages) -> Groups:
    """Sources by the year, or the first and last year, of their date."""
    return {
        source_id: [Group(_years(_stated(passages.sources[source_id].get("date"))))]
        for source_id in passages.counted
    }


def by_period(passages: Passages, years: int) -> Groups:
    """Sources by stretches of so many years; each begins at a multiple of that number."""
    return {
        source_id: [Group(period_of(_stated(passages.sources[source_id].get("date")), years))]
        for source_id in passages.counted
    }


def period_of(date: str, years: int) -> str:
    """The period that an EDTF date lies in.

    A date that reaches over a border, or whose end is open, lies in no single period.

    Examples
    --------
    >>> period_of("2013-05", 5), period_of("2009/2010", 5), period_of("", 5)
    ('2010–2014', 'several periods', 'undated')
    """
    try:
        whole = date_range(date)
    except ValueError:
        return UNDATED
    if whole.first is None and whole.last is None:
        return UNDATED
    if whole.first is None or whole.last is None:
        return SEVERAL_PERIODS
    first, last = (_year(each) // years * years for each in (whole.first, whole.last))
    if first != last:
        return SEVERAL_PERIODS
    return f"{first:04d}" if years == 1 else f"{first:04d}–{first + years - 1:04d}"


def by_case(passages: Passages) -> Groups:
    """Sources by the cases that they tell; a source that tells none has no group."""
    found: Groups = {source_id: [] for source_id in passages.counted}
    for (case_id, source_id), spans in parts_told(passages).items():
        found[source_id].append(Group(case_id, spans))
    return found


def by_case_attribute(passages: Passages, attribute: str) -> Groups:
    """Sources by an attribute of the cases that they tell, in the parts that tell those cases."""
    values = case_values(passages, attribute)
    found: Groups = {}
    for source_id, cases in by_case(passages).items():
        parts: dict[str, list[Span | None]] = {}
        for case in cases:
            spans: Iterable[Span | None] = [None] if case.spans is None else case.spans
            for value in values.get(case.value, [NOT_STATED]):
                parts.setdefault(value, []).extend(spans)
        found[source_id] = [Group(value, joined(spans)) for value, spans in sorted(parts.items())]
    return found


def case_values(passages: Passages, attribute: str) -> dict[str, list[str]]:
    """What is stated of each case; several values are parted by a semicolon."""
    column = CASE_ATTRIBUTES[attribute]
    return {
        str(row["case_id"]): _parted(_stated(row.get(column))) or [NOT_STATED]
        for row in rows_of(passages.tables.cases)
    }


def by_code(passages: Passages, scheme: str, code: str) -> Groups:
    """Sources by whether a code is present, absent, undecided or was not looked for."""
    verdicts = passages.verdicts(scheme)
    found: Groups = {}
    for source_id in passages.counted:
        row = verdicts.get((source_id, code))
        state = NOT_SEARCHED if row is None else str(row["verdict"]).replace("_", " ")
        found[source_id] = [Group(state)]
    return found


class CodeStates:
    """What is held of one code in a source, or in a part of it.

    Parameters
    ----------
    passages : Passages
    scheme, code : str
    """

    def __init__(self, passages: Passages, scheme: str, code: str) -> None:
        self._passages, self._scheme, self._code = passages, scheme, code
        self._groups = by_code(passages, scheme, code)
        self._verdicts = passages.verdicts(scheme)
        self._codings = codings_by_id(passages, scheme)

    def whole(self, source_id: str) -> str:
        """The state of the whole source."""
        return self._groups[source_id][0].value

    def state(self, source_id: str, within: Group) -> tuple[str, list[dict[str, Any]]]:
        """The state and its passages; in a part it needs a passage there to be more than absent."""
        state = self._groups[source_id][0].value
        if state not in (PRESENT, UNDECIDED):
            return state, []
        rows = passages_behind(
            self._passages,
            self._verdicts[source_id, self._code],
            self._codings,
            self._scheme,
            within=within.has,
        )
        return (ABSENT if within.spans is not None and not rows else state), rows


def _stated(value: Any) -> str:
    return "" if value is None or pd.isna(value) else str(value).strip()


def _parted(text: str) -> list[str]:
    return sorted({part.strip() for part in text.split(";") if part.strip()})


def _years(date: str) -> str:
    """The year or years of an EDTF date, as far as they are given."""
    years = [part[: 5 if part.startswith("-") else 4] for part in date.split("/")]
    years = [year for year in years if year.lstrip("-")[:1].isdigit()]
    return "–".join(dict.fromkeys(years)) or UNDATED


def _year(day: str) -> int:
    match = re.match(r"-?\d+", day)
    assert match is not None, day
    return int(match[0])
