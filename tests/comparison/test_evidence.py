"""Quotations stand side by side, and silence is named with its reason."""

from __future__ import annotations

import pytest

from tertium.comparison.evidence import evidence
from tertium.errors import UnknownNameError

from .conftest import coding, source


def test_quotations(small):
    """Each passage of the code stands with source, place and stance."""
    table = evidence(small, scheme="approach", code="ngo_paralegal")
    assert list(table.frame["quote"]) == ["The NGO sued the firm.", "It gave legal advice."]
    assert list(table.frame["stance"]) == ["asserted", "planned"]
    assert list(table.evidence(2, "quote")["source_id"]) == ["union1"]


def test_stance_is_what_any_scheme_says(make):
    """A sentence that another scheme calls criticised is shown so; a part of it says nothing of it."""
    text = "They sued in vain. They sang. They sued again."
    tables = make(
        [source("s", text)],
        [
            coding("s", "They sued in vain.", "approach", "strike"),
            coding("s", "They sued again.", "approach", "strike"),
            coding(
                "s", "They sued in vain. They sang.", "dimension", "content", stance="criticised"
            ),
            coding("s", "again", "dimension", "content", stance="criticised"),
            coding("s", "They sued again.", "dimension", "agency", stance="denied"),
        ],
    )
    table = evidence(tables, scheme="approach", code="strike")
    assert list(table.frame["stance"]) == ["criticised", "asserted"]
    assert list(table.support["stance"]) == ["criticised", "asserted"]


def test_one_stance_is_said_in_the_note(make):
    """A column that says the same in every row is left out, and the note says it once."""
    tables = make([source("s", "They sued.")], [coding("s", "They sued.", "approach", "strike")])
    table = evidence(tables, scheme="approach", code="strike")
    assert list(table.frame.columns) == ["source", "place", "quote"]
    assert "Stance of every passage: asserted." in table.note


def test_a_plain_stance_is_not_repeated(small):
    """Of several stances the plain one is left out in print, and the note says what that means."""
    table = evidence(small, scheme="approach", code="ngo_paralegal")
    assert [table.cell_text(row, 2) for row in range(2)] == ["", "planned"]
    assert "Where no stance stands, the passage asserts." in table.note


def test_many_silent_sources_are_counted(make):
    """A list of names that nobody would read gives way to their number."""
    tables = make(
        [source(f"s{number}", "They sued.") for number in range(14)],
        [coding("s0", "They sued.", "approach", "strike")],
    )
    note = evidence(tables, scheme="approach", code="strike").note
    assert "in 13 of 14 sources" in note


def test_silence_has_a_reason(small):
    """Sources without a passage are named: looked for in vain, or not searched."""
    note = evidence(small, scheme="approach", code="strike").note
    assert "Looked for, not found: Publisher of quiet n.d." in note
    assert "Not searched: Publisher of union1 2024" in note


def test_unknown_code_is_refused(small):
    """A code that is not there is refused with those that are."""
    with pytest.raises(UnknownNameError, match="state_led, ngo_paralegal, strike"):
        evidence(small, scheme="approach", code="strikes")
