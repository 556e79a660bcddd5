"""Time lines show dates as exactly as they are known, and say which dates they show."""

from __future__ import annotations

import pytest

from tertium.comparison.timeline import date_range, timeline
from tertium.errors import UnknownNameError

from .conftest import make_tables, source


@pytest.mark.parametrize(
    ("date", "first", "last", "precision"),
    [
        ("2019", "2019-01-01", "2019-12-31", "year"),
        ("2020-02", "2020-02-01", "2020-02-29", "month"),
        ("2019-05-21", "2019-05-21", "2019-05-21", "day"),
        ("2018-23", "2018-09-01", "2018-11-30", "season"),
        ("2018~", "2018-01-01", "2018-12-31", "year"),
        ("199X", "1990-01-01", "1999-12-31", "decade"),
        ("2010-06/2011", "2010-06-01", "2011-12-31", "interval"),
        ("2021-02/..", "2021-02-01", None, "interval"),
        ("", None, None, "undated"),
    ],
)
def test_date_range(date, first, last, precision):
    """A date covers the days that it can mean."""
    found = date_range(date)
    assert (found.first, found.last, found.precision) == (first, last, precision)


@pytest.mark.parametrize("date", ["May 2019", "2019-13", "2019-02-30"])
def test_what_is_no_date(date):
    """A text that is no date, or a day that there is not, is refused."""
    with pytest.raises(ValueError, match=date):
        date_range(date)


def test_published(small):
    """Counted sources stand in order of publication; the undated are listed last and counted."""
    table = timeline(small, dates="published")
    assert list(table.frame.index) == ["ngo1", "union1", "quiet"]
    assert "Undated: 1 of 3 (Publisher of quiet n.d.)." in table.note
    assert "of publication" in table.note
    assert table.evidence("ngo1", "date").empty


def test_events():
    """Cases stand by their own dates, with the parts of sources that tell them."""
    tables = make_tables(
        [source("s", "It began in 2004. Then it ended.")],
        cases=[{"case_id": "b", "name": "B", "start": "2010", "end": "2011-02"}, {"case_id": "a", "name": "A", "start": "2004"},
               {"case_id": "c", "name": "C"}],
        case_sources=[{"case_id": "a", "source_id": "s", "start": 0, "end": 17}],
    )  # fmt: skip
    table = timeline(tables, dates="event")
    assert list(table.frame.index) == ["a", "b", "c"]
    assert table.frame.at["b", "date"] == "2010/2011-02"
    assert list(table.evidence("a", "date")["quote"]) == ["It began in 2004."]
    assert "not when the sources came out" in table.note
    assert "CSV" not in table.note


def test_a_programme_without_an_end_goes_on():
    """A programme that states no end is open; an episode happened when it began."""
    cases = [
        {"case_id": k, "name": k, "kind": k, "start": "2004"} for k in ("programme", "episode")
    ]
    table = timeline(make_tables([source("s", "Text.")], cases=cases), dates="event")
    assert table.frame.at["programme", "date"] == "2004/.."
    assert table.frame.at["programme", "last"] is None
    assert table.frame.at["episode", "date"] == "2004"
    assert "no stated end" in table.note
    assert (
        "no stated end"
        not in timeline(make_tables([source("s", "Text.")], cases=cases[1:]), dates="event").note
    )


def test_unknown_dates_are_refused(small):
    """There are two kinds of dates."""
    with pytest.raises(UnknownNameError, match="published, event"):
        timeline(small, dates="retrieved")
