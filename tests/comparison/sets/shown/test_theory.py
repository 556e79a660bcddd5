"""An expectation held against a solution."""

from __future__ import annotations

import pytest

from tertium.comparison.sets.shown.solutions.minimise import minimise
from tertium.comparison.sets.shown.theory import theory
from tertium.errors import UnknownNameError

from .demands import PLAN, made_study

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


def test_verdicts_name_kinds_counts_and_the_cut_off(study):
    """One of two cases is too few at this cut-off to call the expectation right there."""
    frame = theory(study, expectation="STRIKE*~NGO", **CUTS).frame
    assert frame.at[2, "if_with"].startswith("3 of 3 cases: covered least likely; widening")
    assert frame.at[3, "if_with"].startswith("1 of 2 cases: uncovered most likely")
    assert frame.at[3, "if_without"].startswith("1 of 2 cases: consistent most likely; narrowing")
    low = theory(study, expectation="STRIKE*~NGO", **(CUTS | {"consistency": 0.6})).frame
    assert low.at[3, "consistency"] == 0.5
    enough = theory(study, expectation="STRIKE", **(CUTS | {"consistency": 0.6})).frame
    assert "narrowing" not in "".join(enough["if_with"])


def test_areas_of_sets_with_degrees_are_partly_held():
    """A formula can be empty though cases are partly in the area, and the note says why."""
    plan = PLAN.replace('{"yes": 1, "no": 0}', '{"yes": 0.8, "no": 0.3}')
    result = theory(made_study(plan=plan), expectation="STRIKE*~NGO",
                    **(CUTS | {"consistency": 0.6}))  # fmt: skip
    empty = result.frame[result.frame["formula"] == "0"]
    assert set(empty["in_words"]) == {"no combination, yet cases are partly in it"}
    assert empty["consistency"].notna().all()
    assert "the formula is their logical form" in result.note
    assert "the share that have the outcome" not in result.note


def test_the_note_says_what_the_solution_rests_on(study):
    """Only the conservative solution assumes nothing of combinations without a case."""
    may = "may rest on combinations without a case"
    assert may in theory(study, expectation="NGO", **CUTS).note
    given = CUTS | {"solution": "conservative"}
    assert may not in theory(study, expectation="NGO", **given).note


def test_nothing_to_explain_is_refused_where_minimise_tells_it_in_a_table(study):
    """An expectation can't be held against no formula; the docstring and the page say so."""
    given = CUTS | {"cases": 9}
    with pytest.raises(UnknownNameError, match="no combination of conditions has WON"):
        theory(study, expectation="NGO", **given)
    del given["solution"]
    assert "No combination of conditions has WON" in minimise(study, **given).note
    assert "nothing to explain at these cut-offs" in str(theory.__doc__)
