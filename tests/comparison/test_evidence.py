"""Quotations stand side by side, and silence is named with its reason."""

from __future__ import annotations

import pytest

from tertium.comparison.evidence import evidence
from tertium.errors import UnknownNameError


def test_quotations(small):
    """Each passage of the code stands with source, place and stance."""
    table = evidence(small, scheme="approach", code="ngo_paralegal")
    assert list(table.frame["quote"]) == ["The NGO sued the firm.", "It gave legal advice."]
    assert list(table.frame["stance"]) == ["asserted", "planned"]
    assert list(table.evidence(2, "quote")["source_id"]) == ["union1"]


def test_silence_has_a_reason(small):
    """Sources without a passage are named: looked for in vain, or not searched."""
    note = evidence(small, scheme="approach", code="strike").note
    assert "Looked for, not found: Publisher of quiet n.d." in note
    assert "Not searched: Publisher of union1 2024" in note


def test_unknown_code_is_refused(small):
    """A code that is not there is refused with those that are."""
    with pytest.raises(UnknownNameError, match="state_led, ngo_paralegal, strike"):
        evidence(small, scheme="approach", code="strikes")
