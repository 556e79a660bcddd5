"""Cases by their membership in a combination and in the outcome."""

from __future__ import annotations

import pytest

from tertium.comparison.sets.shown.relation import set_relation
from tertium.errors import UnknownNameError


def test_cases_that_speak_against_stand_first(study):
    """A strike without an NGO: firm c5 had it and lost."""
    result = set_relation(study, plan="demands", expression="STRIKE*~NGO")
    assert result.frame.iloc[0][["case_id", "x", "y"]].tolist() == ["c5", 1, 0]
    assert "Consistency 0.5 (1 of 2), coverage 0.25 (1 of 4)" in result.note
    assert set(result.evidence(1, "case")["code"]) == {
        "STRIKE: yes (Firm c5)",
        "NGO: no (Firm c5)",
        "WON: none (Firm c5)",
    }
    assert "Consistency 0.5 (1 of 2)" in result.brief_note


def test_of_a_necessary_condition_the_outcome_without_it_speaks_against(study):
    """Firm c4 won without an NGO."""
    result = set_relation(study, plan="demands", expression="NGO", relation="necessity")
    assert result.frame.at[1, "case_id"] == "c4"
    assert result.frame.at[1, "corner"] == "outcome without it"


def test_an_expression_must_name_conditions(study):
    """The outcome is none of them."""
    with pytest.raises(UnknownNameError, match="WON"):
        set_relation(study, plan="demands", expression="WON")
    with pytest.raises(UnknownNameError, match="names no condition"):
        set_relation(study, plan="demands", expression="1")
    with pytest.raises(UnknownNameError, match="no expression"):
        set_relation(study, plan="demands", expression=None)
    with pytest.raises(UnknownNameError, match="relation"):
        set_relation(study, plan="demands", expression="NGO", relation="both")
