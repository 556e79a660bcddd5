"""Axes of crosstabs: single codes, periods, attributes of cases."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tertium.comparison.crosstabs.axes import Axis
from tertium.comparison.crosstabs.crosstab import crosstab
from tertium.comparison.crosstabs.standing import period_of
from tertium.comparison.passages import Passages
from tertium.errors import UnknownNameError

from ..conftest import coding, everything_read, make_tables, source, verdict

CODES = ("state_led", "ngo_paralegal", "strike")


def numbers(result):
    """The cells that are not 0."""
    return {
        (row, column): int(result.frame.at[row, column])
        for row in result.frame.index
        for column in result.frame.columns
        if not pd.isna(result.frame.at[row, column]) and result.frame.at[row, column]
    }


@pytest.fixture
def told():
    """One source tells a suit and then a strike, another the same strike; a third tells no case."""
    text = "First they sued. Then they struck."
    return make_tables(
        [
            source("both", text, voice="ngo", date="2009-12/2010-01"),
            source("one", "Then they struck.", voice="newspaper", date="2013"),
            source("none", "Nothing.", voice="newspaper"),
        ],
        [
            coding("both", "First they sued.", "approach", "ngo_paralegal"),
            coding("both", "Then they struck.", "approach", "strike"),
            coding("one", "Then they struck.", "approach", "strike"),
        ],
        verdicts=[
            *(verdict("both", "approach", code, "present") for code in ("ngo_paralegal", "strike")),
            verdict("both", "approach", "state_led", "absent"),
            *(verdict("one", "approach", code, "present" if code == "strike" else "absent")
              for code in CODES),
            verdict("none", "approach", "strike", "undecided"),
        ],
        readings=everything_read("both", "one"),
        cases=[
            {"case_id": "suit", "kind": "law_making", "sector": "toys", "region": "Hong Kong; Delhi"},
            {"case_id": "walkout", "kind": "episode", "sector": "ports"},
        ],
        case_sources=[
            {"case_id": "suit", "source_id": "both", "start": 0, "end": 16},
            {"case_id": "walkout", "source_id": "both", "start": 17, "end": 34},
            {"case_id": "walkout", "source_id": "one"},
        ],
    )  # fmt: skip


def test_one_code_as_an_axis(small):
    """A source stands where its verdict is; one that nobody searched stands apart."""
    table = crosstab(small, rows="voice", columns="approach:strike")
    assert list(table.frame.columns) == ["present", "absent", "undecided", "not searched"]
    assert numbers(table) == {
        ("union_official", "not searched"): 1,
        ("ngo", "present"): 1,
        ("mixed", "absent"): 1,
    }
    assert list(table.evidence("ngo", "present")["quote"]) == ["Workers went on strike."]
    assert len(table.evidence("mixed", "absent")) == 0
    assert table.column_labels["present"] == "Strike: present"
    assert table.frame.notna().all(axis=None)


def test_code_by_code(small):
    """Two codes meet source by source, and the cell has the passages of both."""
    table = crosstab(small, rows="approach:strike", columns="approach:ngo_paralegal")
    assert numbers(table) == {
        ("present", "present"): 1,
        ("absent", "absent"): 1,
        ("not searched", "undecided"): 1,
    }
    found = table.evidence("present", "present")
    assert list(found["code"]) == ["ngo_paralegal", "strike"]


def test_scheme_by_code(small):
    """A scheme against one code counts the sources in which the code has that state."""
    table = crosstab(small, rows="dimension", columns="approach:strike", count="passages")
    assert numbers(table) == {("content", "present"): 1}


def test_a_code_that_is_not_there_is_refused(small):
    """The message lists the codes of the scheme, and for an unknown scheme the axes."""
    with pytest.raises(UnknownNameError, match="it has state_led, ngo_paralegal, strike"):
        crosstab(small, columns="approach:strikes")
    with pytest.raises(UnknownNameError, match="a code as scheme:code"):
        crosstab(small, columns="claims:wages")


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2010", "2010–2014"),
        ("2014-12-31", "2010–2014"),
        ("2015", "2015–2019"),
        ("2010/2012-03", "2010–2014"),
        ("2009-12/2010-01", "several periods"),
        ("201X", "several periods"),
        ("2012/..", "several periods"),
        ("2012~", "2010–2014"),
        ("", "undated"),
        ("XXXX", "undated"),
        ("unknown", "undated"),
    ],
)
def test_periods(date, expected):
    """A period begins at a multiple of its years; what lies in no single one stands apart."""
    assert period_of(date, 5) == expected


@given(st.integers(1000, 2999), st.integers(1, 30))
def test_a_year_lies_in_its_period(year, years):
    """Every year lies between the first and last year of its period."""
    first, _, last = period_of(str(year), years).partition("–")
    assert int(first) <= year <= int(last or first)
    assert int(last or first) - int(first) == years - 1


def test_period_as_an_axis(told):
    """Periods stand in order of time, those of several and the undated last."""
    table = crosstab(told, columns="period", period=5)
    assert list(table.frame.columns) == ["2010–2014", "several periods", "undated"]
    assert "Periods of 5 years, by the date of publication." in table.note
    assert table.again(told, period=100).frame.columns.tolist() == ["2000–2099", "undated"]


@pytest.mark.parametrize("period", [None, 0, -5, 2.5, True])
def test_periods_need_their_years(told, period):
    """How many years a period has is no default."""
    with pytest.raises(UnknownNameError, match="number of years"):
        crosstab(told, columns="period", period=period)


def test_attributes_of_cases(told):
    """A source stands in the sector of a case with the part that tells it."""
    table = crosstab(told, columns="sector")
    assert numbers(table) == {("ngo_paralegal", "toys"): 1, ("strike", "ports"): 2}
    assert "Where a part of a source tells a case, only that part counts." in table.note
    assert "1 of 3 counted sources tells no case." in table.note
    assert list(table.evidence("strike", "ports")["source_id"]) == ["both", "one"]


def test_regions_may_be_several_or_not_stated(told):
    """Regions parted by a semicolon are several; a case without one is told apart."""
    assert Axis(Passages(told), "region").values == ["Delhi", "Hong Kong", "not stated"]


def test_two_attributes_of_cases_meet_in_one_case(told):
    """A source that tells two cases does not mix their attributes."""
    assert numbers(crosstab(told, rows="case", columns="sector")) == {
        ("suit", "toys"): 1,
        ("walkout", "ports"): 2,
    }
    table = crosstab(told, rows="case_kind", columns="sector")
    assert numbers(table) == {("episode", "ports"): 2, ("law_making", "toys"): 1}
    assert "one case that it tells has both values" in table.note


def test_a_code_is_held_in_the_part_that_tells_the_case(told):
    """Found elsewhere in the source, it is absent from the part; undecided needs a passage too."""
    table = crosstab(told, rows="sector", columns="approach:strike")
    assert numbers(table) == {("toys", "absent"): 1, ("ports", "present"): 2}
    assert list(table.evidence("ports", "present")["quote"]) == ["Then they struck."] * 2


def test_attribute_by_attribute_of_cases(told):
    """Voices against sectors count sources, in each sector of their cases once."""
    assert numbers(crosstab(told, rows="voice", columns="case_kind")) == {
        ("newspaper", "episode"): 1,
        ("ngo", "episode"): 1,
        ("ngo", "law_making"): 1,
    }


def test_a_case_linked_to_another_text_of_the_work(told):
    """A link to the whole of an uncounted digest is one to the text that is counted."""
    sources = pd.concat(
        [
            told.sources,
            told.sources.iloc[[2]].assign(source_id="none-digest", kind="digest", digest_of="none"),
        ],
        ignore_index=True,
    )
    links = pd.concat(
        [
            told.case_sources,
            pd.DataFrame([{"case_id": "suit", "source_id": "none-digest"}]),
        ],
        ignore_index=True,
    )
    tables = replace(told, sources=sources, case_sources=links)
    assert numbers(crosstab(tables, rows="voice", columns="case"))["newspaper", "suit"] == 1


def test_parts_stand_for_their_compiled_source(small):
    """On demand the publications of a compiled source are counted, each with its own voice."""
    part = small.sources[small.sources["source_id"] == "quiet"].assign(
        source_id="quiet-1", voice="company", part_of="quiet"
    )
    tables = replace(small, sources=pd.concat([small.sources, part], ignore_index=True))
    whole = crosstab(tables, rows="country", columns="voice")
    assert list(whole.frame.columns) == ["union_official", "ngo", "mixed"]
    parts = whole.again(tables, parts=True)
    assert list(parts.frame.columns) == ["union_official", "ngo", "company"]
    assert "is taken apart, by publication" in parts.note
    assert "taken apart" not in whole.note
