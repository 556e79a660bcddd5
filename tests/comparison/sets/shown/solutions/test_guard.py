"""No solution for readers who have not seen what it is made of."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tertium.comparison.sets.calibrated.matrix import memberships
from tertium.comparison.sets.calibrated.record import calibration
from tertium.comparison.sets.shown.necessity import necessity
from tertium.comparison.sets.shown.rows import truth_table
from tertium.comparison.sets.shown.solutions.guard import solution
from tertium.comparison.sets.shown.solutions.minimise import minimise
from tertium.errors import UnknownNameError

from ..demands import made_study

CUTS = {"plan": "demands", "consistency": 0.8, "pri": 0, "cases": 1}


def everything(study, **changes):
    """The four results that must have been shown."""
    found = {
        "memberships": memberships(study, plan="demands", show="raw"),
        "calibration": calibration(study, plan="demands"),
        "necessity": necessity(study, plan="demands", consistency=0.9, relevance=0.5),
        "truth_table": truth_table(study, **CUTS),
    }
    return {**found, **changes}


def test_with_everything_shown_it_is_the_minimisation_of_the_truth_table(study):
    """Cut-offs, conditions and outcome are those of the truth table."""
    found = solution(list(everything(study).values()))
    assert found.frame.equals(minimise(study, **CUTS).frame)
    assert found.function == "minimise"
    assert found.again(study).frame.equals(found.frame)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("memberships", "raw matrix"),
        ("calibration", "calibration record"),
        ("necessity", "necessity"),
        ("truth_table", "truth table"),
    ],
)
def test_what_was_not_shown_is_named(study, name, said):
    """Without any one of the four there is no solution."""
    shown = everything(study)
    del shown[name]
    with pytest.raises(UnknownNameError, match=said):
        solution(list(shown.values()))


def test_memberships_are_no_raw_matrix(study):
    """The words behind the numbers must have been shown."""
    calibrated = memberships(study, plan="demands", show="memberships")
    with pytest.raises(UnknownNameError, match="raw matrix"):
        solution(list(everything(study, memberships=calibrated).values()))


def test_another_plan_other_conditions_and_another_outcome_are_refused(study):
    """All must be made with the same."""
    record = calibration(study, plan="demands")
    other = replace(record, params={**record.params, "plan": "other"})
    with pytest.raises(UnknownNameError, match="plan other"):
        solution(list(everything(study, calibration=other).values()))
    fewer = necessity(study, plan="demands", consistency=0.9, relevance=0.5, conditions=["NGO"])
    with pytest.raises(UnknownNameError, match="conditions NGO"):
        solution(list(everything(study, necessity=fewer).values()))
    negated = truth_table(study, **CUTS, outcome="~WON")
    with pytest.raises(UnknownNameError, match="outcome WON, the truth table with ~WON"):
        solution(list(everything(study, truth_table=negated).values()))


def test_the_conditions_of_the_plan_may_be_named(study):
    """To name the plan's own conditions, in any order, is to leave them out."""
    named = necessity(study, plan="demands", consistency=0.9, relevance=0.5, outcome="WON",
                      conditions=["ABROAD", "NGO", "STRIKE"])  # fmt: skip
    assert len(solution(list(everything(study, necessity=named).values())).frame)


def test_two_truth_tables_with_other_cut_offs_are_refused(study):
    """It must be clear which one the solution is of."""
    shown = [*everything(study).values(), truth_table(study, **{**CUTS, "consistency": 0.5})]
    with pytest.raises(UnknownNameError, match="other cut-offs"):
        solution(shown)


def test_other_tables_are_refused(study):
    """What was shown of one bundle says nothing of another."""
    other = truth_table(made_study(), **CUTS)
    with pytest.raises(UnknownNameError, match="other tables"):
        solution(list(everything(study, truth_table=other).values()))


def test_what_is_no_result_is_refused(study):
    """A frame is not what the reader was shown."""
    with pytest.raises(UnknownNameError, match="DataFrame"):
        solution([truth_table(study, **CUTS).frame])


def test_tables_stand_in_any_order_beside_those_of_the_absence(study):
    """Of two tables on necessity the one that fits is taken, whichever comes last."""
    negated = necessity(study, plan="demands", consistency=0.9, relevance=0.5, outcome="~WON")
    shown = everything(study)
    for listed in ([negated, *shown.values()], [*shown.values(), negated]):
        assert solution(listed).params["outcome"] is None


def test_the_sets_of_an_outcome_are_those_of_its_absence(study):
    """Raw matrix and record need not be shown twice."""
    needed = necessity(study, plan="demands", consistency=0.9, relevance=0.5, outcome="~WON")
    rows = truth_table(study, **CUTS, outcome="~WON")
    found = solution(list(everything(study, necessity=needed, truth_table=rows).values()))
    assert found.params["outcome"] == "~WON"


def test_truth_tables_of_two_outcomes_are_refused(study):
    """The last one does not win silently."""
    shown = [*everything(study).values(), truth_table(study, **CUTS, outcome="~WON")]
    with pytest.raises(UnknownNameError, match="another outcome are shown"):
        solution(shown)


def test_what_is_held_necessary_must_pass_the_table_shown(study):
    """NGO has a consistency of 0.75, and the table asks for 0.9; STRIKE has 1."""
    shown = list(everything(study).values())
    with pytest.raises(UnknownNameError, match=r"NGO, whose consistency is 0.75.*Firm c4"):
        solution(shown, necessary=["NGO"])
    assert "STRIKE is held to be necessary" in solution(shown, necessary=["STRIKE"]).note


def test_an_outcome_written_with_its_value_is_the_same(study):
    """WON[1] is WON."""
    rows = truth_table(study, **CUTS, outcome="WON[1]")
    assert len(solution(list(everything(study, truth_table=rows).values())).frame)


def test_nothing_at_all_is_refused_in_a_sentence():
    """None is no list of results."""
    with pytest.raises(UnknownNameError, match="give a list"):
        solution(None)
