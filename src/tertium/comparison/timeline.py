"""When sources were published, or when cases happened, as exactly as is known.

Comes in: EDTF dates of sources or cases.
Goes out: a list in order of time; what is undated is listed, not dropped.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from tertium.bundle import Tables
from tertium.comparison.passages import Passages
from tertium.comparison.result import Result, comparison, support_table
from tertium.comparison.tellings import parts_told
from tertium.errors import UnknownNameError

Dates = Literal["published", "event"]
Precision = Literal["day", "month", "season", "year", "decade", "interval", "undated", "not placed"]

_DATE = re.compile(
    r"(?P<year>-?\d{2}(?:\d\d|\dX|XX))(?:-(?P<month>\d\d|XX)(?:-(?P<day>\d\d|XX))?)?[?~%]?"
)
# A case of this kind goes on until an end is stated; any other happened when it began.
ONGOING = "programme"
_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 12)}


@dataclass(frozen=True)
class DateRange:
    """The first and last day that a date can mean; null where it is open or unknown.

    Parameters
    ----------
    first, last : str or None
        ISO 8601 days.
    precision : str
        How exactly the date is given.
    """

    first: str | None
    last: str | None
    precision: Precision


def date_range(date: str) -> DateRange:
    """The days that an EDTF date covers (years, months, days, seasons, intervals, X digits).

    Raises
    ------
    ValueError
        It is no such date.

    Examples
    --------
    >>> date_range("2018-10")
    DateRange(first='2018-10-01', last='2018-10-31', precision='month')
    >>> date_range("2021-02/..").last is None
    True
    """
    text = date.strip()
    if text in ("", "..", "XXXX"):
        return DateRange(None, None, "undated")
    if "/" in text:
        begin, _, end = text.partition("/")
        one, other = date_range(begin), date_range(end)
        is_open = one.first is None and other.last is None
        return DateRange(one.first, other.last, "undated" if is_open else "interval")
    match = _DATE.fullmatch(text)
    if match is None:
        raise ValueError(f"{date!r} is no EDTF date; write 2019, 2019-05, 2019-05-21 or 2019/2021")
    year, month, day = match["year"], match["month"], match["day"]
    first_year, last_year = int(year.replace("X", "0")), int(year.replace("X", "9"))
    if "X" in year or month is None or month == "XX":
        precision: Precision = "decade" if "X" in year else "year"
        return DateRange(_day(first_year, 1, 1), _day(last_year, 12, 31), precision)
    number = int(month)
    if number in _SEASONS:
        begin_month, end_month = _SEASONS[number]
        return DateRange(
            _day(first_year, begin_month, 1),
            _day(last_year, end_month, _days(last_year, end_month)),
            "season",
        )
    if not 1 <= number <= 12:
        raise ValueError(f"{date!r} has no month {month}")
    if day is None or day == "XX":
        return DateRange(
            _day(first_year, number, 1),
            _day(last_year, number, _days(last_year, number)),
            "month",
        )
    if not 1 <= int(day) <= _days(first_year, number):
        raise ValueError(f"{date!r} has no day {day}")
    exact = _day(first_year, number, int(day))
    return DateRange(exact, exact, "day")


def _days(year: int, month: int) -> int:
    return calendar.monthrange(year if year > 0 else 4, month)[1]


def _day(year: int, month: int, day: int) -> str:
    sign = "-" if year < 0 else ""
    return f"{sign}{abs(year):04d}-{month:02d}-{day:02d}"


@comparison
def timeline(tables: Tables, *, dates: Dates = "published") -> Result:
    """Sources by the date of publication, or cases by the time they took.

    Parameters
    ----------
    tables : Tables
    dates : {"published", "event"}
        published: counted sources, from the manifest. event: cases, from the table of cases.

    Returns
    -------
    Result
        `frame`: one row a source or case, by its first possible day, undated last: `date` as
        it is stated (EDTF; of a programme without an end "start/.."), `first` and `last` day
        that it can mean, `precision`. The evidence of a case are the parts of sources that tell
        it; a date of publication comes from the manifest and has none.

    Examples
    --------
    >>> timeline(study.tables, dates="published").frame     # doctest: +SKIP
    """
    if dates not in ("published", "event"):
        raise UnknownNameError(f"dates={dates!r}; there are published, event")
    passages = Passages(tables)
    rows = _published(passages) if dates == "published" else _events(passages)
    rows.sort(
        key=lambda row: (
            row["first"] is None and row["last"] is None,
            row["first"] or row["last"] or "",
            row["last"] or "9999",
            row["id"],
        )
    )
    ids = [row.pop("id") for row in rows]
    names = ["label", "date", "first", "last", "precision", "group"]
    frame = pd.DataFrame(
        {name: pd.Series([row[name] for row in rows], dtype=object) for name in names}
    )
    what = "source" if dates == "published" else "case"
    frame.index = pd.Index(ids, name=f"{what}_id", dtype=object)
    frame = frame.rename(
        columns={"group": "voice" if dates == "published" else "kind", "label": what}
    )
    undated = sum(row["precision"] == "undated" for row in rows)
    shows = (
        "Dates of publication of the counted sources, not of what they tell."
        if dates == "published"
        else "When the cases happened, by the study's own list of cases, not when the sources came "
        "out."
    )
    if dates == "event" and any(str(row["date"]).endswith("/..") for row in rows):
        shows += " “Since” is said of what began then and has no stated end."
    without = f" Undated: {undated} of {len(rows)}{_named(rows, 'undated')}."
    if not undated:
        without = " None is undated."
    if unplaced := sum(row["precision"] == "not placed" for row in rows):
        named = _named(rows, "not placed")
        without += f" {unplaced} with a date that has no one place on the line{named}."
    return Result(
        frame,
        title="Sources by date of publication" if dates == "published" else "Cases by date",
        note=f"{shows} A date is given as exactly as it is known.{without if rows else ''}",
        support=support_table(_told(passages, ids) if dates == "event" else []),
    )


def _named(rows: list[dict[str, Any]], precision: str) -> str:
    """Which they are: a figure of many rows leaves them out."""
    names = [str(row["label"]) for row in rows if row["precision"] == precision]
    return f" ({'; '.join(names)})"


def _published(passages: Passages) -> list[dict[str, Any]]:
    rows = []
    for source_id in passages.counted:
        source = passages.sources[source_id]
        date = "" if pd.isna(source["date"]) else str(source["date"])
        voice = "" if pd.isna(source["voice"]) else str(source["voice"])
        rows.append(_row(source_id, passages.cited_as(source_id), date, voice))
    return rows


def _events(passages: Passages) -> list[dict[str, Any]]:
    rows = []
    for case in passages.tables.cases.to_dict("records"):
        start, end = (
            "" if pd.isna(case[name]) else str(case[name]).strip() for name in ("start", "end")
        )
        name = str(case["case_id"]) if pd.isna(case["name"]) else str(case["name"])
        kind = "" if pd.isna(case["kind"]) else str(case["kind"])
        if kind == ONGOING and start and not end:
            end = ".."
        date = start if start == end or not end else f"{start or '..'}/{end}"
        rows.append(_row(str(case["case_id"]), name, date, kind))
    return rows


def _row(row_id: str, label: str, date: str, group: str) -> dict[str, Any]:
    try:
        covered = date_range(date)
    except ValueError:
        # EDTF can say more than a line of time can show (sets, years beyond four digits).
        covered = DateRange(None, None, "not placed")
    return {
        "id": row_id,
        "label": label,
        "date": date or "undated",
        "first": covered.first,
        "last": covered.last,
        "precision": covered.precision,
        "group": group,
    }


def _told(passages: Passages, case_ids: list[str]) -> list[dict[str, Any]]:
    """The parts of sources that tell a case; a source that tells it as a whole, without quote."""
    support = []
    for (case_id, source_id), spans in parts_told(passages).items():
        if case_id not in case_ids:
            continue
        for span in [None] if spans is None else spans:
            evidence = passages.evidence(
                source_id, span, scheme="", code="", stance="asserted", coder=""
            )
            support.append({"row": case_id, "column": None, **evidence})
    return support
