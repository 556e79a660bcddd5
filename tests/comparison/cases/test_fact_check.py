"""The fact sheet beside the coder: two cases on which they agree in part."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tertium import columns as c
from tertium.comparison.cases.fact_check import fact_check
from tertium.errors import UnknownNameError

from ..conftest import coding, everything_read, make_tables, source, verdict


def tables(*facts):
    """Both cases have a strike by the coder; the first also by the fact sheet."""
    made = make_tables(
        [source("a", "Workers struck."), source("b", "Workers struck.")],
        [coding(each, "Workers struck.", "approach", "strike") for each in "ab"],
        verdicts=[verdict(each, "approach", code, "present" if code == "strike" else "absent")
                  for each in "ab" for code in ("state_led", "ngo_paralegal", "strike")],
        readings=everything_read("a", "b"),
        cases=[{"case_id": each, "name": f"Case {each}"} for each in "ab"],
        case_sources=[{"case_id": each, "source_id": each} for each in "ab"],
    )  # fmt: skip
    rows = [{"case_id": case, "attribute": "approach", "value": value, "basis": "x"}
            for case, value in facts]  # fmt: skip
    return replace(made, facts=c.frame(rows, c.FACTS))


def test_who_holds_a_code():
    """Cases stand under both, one of the two, or neither, with the coder's passages."""
    table = fact_check(tables(("a", "strike"), ("b", "state_led")), scheme="approach")
    assert table.frame.loc["strike"].tolist() == [1, 0, 1, 0]
    assert table.frame.loc["state_led"].tolist() == [0, 1, 0, 1]
    assert list(table.evidence("strike", "verdicts_only")["source_id"]) == ["b"]
    assert "agree on 4" in table.note


def test_a_case_without_an_entry_is_left_out():
    """Of a case on which the fact sheet is silent nothing is said."""
    table = fact_check(tables(("a", "strike")), scheme="approach")
    assert table.frame.loc["strike"].tolist() == [1, 0, 0, 0]
    assert "1 of 2 cases have an entry" in table.note


def test_where_they_differ():
    """The list names each case and code on which they differ, and who holds it."""
    table = fact_check(tables(("a", "strike"), ("b", "state_led")), scheme="approach", show="cases")
    assert table.frame[["case_id", "code", "held_by"]].to_numpy().tolist() == [
        ["b", "state_led", "Fact sheet only"],
        ["b", "strike", "Coder only"],
    ]


def test_a_fact_sheet_without_codes_is_refused():
    """The message says what rows are needed."""
    with pytest.raises(UnknownNameError, match=r"facts\.csv needs rows"):
        fact_check(tables(), scheme="approach")
    with pytest.raises(UnknownNameError, match="codes, cases"):
        fact_check(tables(("a", "strike")), scheme="approach", show="all")
