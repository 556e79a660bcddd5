"""An expectation held against a solution."""

from __future__ import annotations

import pytest

from tertium.comparison.sets.shown.theory import theory
from tertium.errors import UnknownNameError

CUTS = {"plan": "demands", "consistency": 0.8, "pri": 0, "cases": 1, "solution": "parsimonious"}


def test_each_case_stands_in_one_of_four_areas(study):
    """Expected is a strike without an NGO, found is a strike with one."""
    result = theory(study, expectation="STRIKE*~NGO", **CUTS)
    frame = result.frame
    assert list(frame["formula"]) == ["0", "STRIKE*NGO", "STRIKE*~NGO", "~STRIKE"]
    assert frame.at[2, "with_ids"] == ("c1", "c2", "c3")
    assert (frame.at[3, "with_ids"], frame.at[3, "without_ids"]) == (("c4",), ("c5",))
    counted = [case for column in ("with_ids", "without_ids") for each in frame[column]
               for case in each]  # fmt: skip
    assert sorted(counted) == ["c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8"]


def test_cases_that_go_against_the_expectation_come_first(study):
    """Firm c5 was expected to win and did not."""
    result = theory(study, expectation="STRIKE*~NGO", **CUTS)
    assert result.evidence(3, "area")["source_id"].iloc[0] == "s-c5"


def test_an_expectation_of_nothing_or_of_unknown_sets_is_refused(study):
    """It must name conditions."""
    with pytest.raises(UnknownNameError, match="names no condition"):
        theory(study, expectation="1", **CUTS)
    with pytest.raises(UnknownNameError, match="SIZE"):
        theory(study, expectation="SIZE", **CUTS)
    with pytest.raises(UnknownNameError, match="model=2"):
        theory(study, expectation="NGO", **CUTS, model=2)
