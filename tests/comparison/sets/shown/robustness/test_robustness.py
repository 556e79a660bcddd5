"""How firm the solution of the made-up study is: ranges, what stays, and the cases."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

import tertium
from tertium.bundle import Tables
from tertium.comparison.result import Result
from tertium.comparison.sets.expressions.expression import parse
from tertium.comparison.sets.robustness.joined import joined
from tertium.comparison.sets.shown.robustness.cut_ranges import _steps
from tertium.comparison.sets.shown.robustness.fit_kept import _fit_row
from tertium.comparison.sets.shown.robustness.robustness import robustness
from tertium.comparison.sets.shown.solutions.minimise import minimise
from tertium.comparison.sets.shown.theory import theory
from tertium.comparison.sets.shown.words import in_order
from tertium.comparison.stability.changes import schemes_behind
from tertium.errors import AgreementError, UnknownNameError

from ..demands import CASES, PLAN, made_study

WITH_SIZE = PLAN.replace("conditions: [STRIKE, NGO, ABROAD]", "conditions: [STRIKE, SIZE]").replace(
    "expectations: {STRIKE: present, NGO: present, ABROAD: present}", "expectations: {}"
) + (
    """
  SIZE:
    label: many took part
    from: {stated: SIZE}
    method: direct
    anchors: {out: 10, crossover: 100, into: 1000}
    why: as stated
alternatives:
  - name: a part is not enough
    anchors: {WON: {part: 0}}
    why: a part may be very little
"""
)


def shown(study: Tables, show: str, **changes: Any) -> Result:
    given = {
        "plan": "demands",
        "consistency": 0.8,
        "pri": 0,
        "cases": 1,
        "solution": "conservative",
    }
    return robustness(study, show=show, **(given | changes))


def with_alternative() -> Tables:
    plan = PLAN + (
        "alternatives:\n"
        '  - {name: "a part is not enough", anchors: {WON: {part: 0}}, why: "it may be little"}\n'
    )
    return made_study(plan=plan)


def test_ranges_have_a_row_for_each_cut_off(study: Tables) -> None:
    """In a study without numbers the three cut-offs are moved, each from its chosen value."""
    found = shown(study, "ranges")
    assert found.frame["parameter"].tolist() == ["consistency", "pri", "cases"]
    assert found.frame["chosen"].tolist() == [0.8, 0.0, 1.0]


def test_ranges_end_where_a_row_of_the_truth_table_changes(study: Tables) -> None:
    """Strike alone is met in one of two cases: from 0.5 down it has the outcome as well."""
    result = shown(study, "ranges")
    found = result.frame.iloc[0]
    assert (found["lowest"], found["highest"]) == (0.5, 1.0)
    assert result.shown is not None
    assert result.shown.at[1, "lowest"] == "above 0.5"
    assert found["below"] == "another solution"
    assert found["above"] == "no further value is possible"
    one = minimise(study, plan="demands", consistency=0.5, pri=0, cases=1).frame
    other = minimise(study, plan="demands", consistency=0.501, pri=0, cases=1).frame
    assert one["formula"].tolist() != other["formula"].tolist()


def test_a_cut_off_of_cases_ends_where_the_last_row_is_lost(study: Tables) -> None:
    """With three cases a row only strikes with an NGO are left: nothing stands against them."""
    found = shown(study, "ranges").frame.iloc[2]
    assert (found["lowest"], found["highest"]) == (1, 2)


def test_other_choices_are_told_with_their_formulas(study: Tables) -> None:
    """At half the consistency strike alone is enough: the case without outcome could join."""
    found = shown(study, "fit", tests=[{"consistency": 0.5}])
    assert found.frame["test"].tolist() == ["all tests together", "consistency 0.5"]
    assert found.frame["rank"].tolist() == [2, 2]
    # The solution has c1 to c3, the test also c4 and c5: 3 of 5 are in both.
    assert found.frame["same_as_any"].tolist() == [0.6, 0.6]
    assert found.frame["coverage_kept"].tolist() == [1.0, 1.0]
    assert "Robust core: STRIKE*NGO*~ABROAD." in found.note
    assert set(found.evidence(2, "rank")["source_id"]) == {"s-c4", "s-c5"}


def test_cases_that_change_sides_come_first(study: Tables) -> None:
    """Possible cases stand before the robust ones, each with its own passages."""
    found = shown(study, "cases", tests=[{"consistency": 0.5}])
    assert found.frame["case_id"].tolist()[:5] == ["c5", "c4", "c1", "c2", "c3"]
    assert found.frame["stands"].tolist()[:3] == [
        "possible deviant",
        "possible typical",
        "robust typical",
    ]
    assert found.frame["tests"].iloc[0] == "consistency 0.5"
    assert set(found.evidence(1, "stands")["source_id"]) == {"s-c5"}
    assert "rank 2 of 4" in found.note
    assert "3 are in all of them (0.75)" in found.note


def test_without_tests_the_alternatives_of_the_plan_are_tried() -> None:
    """An alternative reading of the outcome is a test; without one there is nothing to try."""
    found = shown(with_alternative(), "fit")
    assert found.frame["test"].tolist()[1:] == [
        "a part is not enough (no combination has the outcome)"
    ]
    with pytest.raises(UnknownNameError, match="names no alternatives"):
        shown(made_study(), "fit")


def test_a_test_without_a_solution_leaves_nothing() -> None:
    """If nothing has the outcome any more, the core is empty and its consistency not defined."""
    found = shown(with_alternative(), "fit", tests=["a part is not enough"])
    assert found.frame["coverage_kept"].tolist() == [0.0, 0.0]
    assert found.frame["consistency_ratio"].isna().all()
    assert found.shown is not None
    why = "not defined, because no case is left in the robust core"
    assert found.shown["consistency_ratio"].tolist() == [why, why]


def test_anchors_are_moved_with_the_passages_of_their_set() -> None:
    """A set from numbers has a row an anchor; behind it stand the passages of its values."""
    sizes = {"c1": 500, "c2": 600, "c3": 300, "c4": 50, "c5": 20, "c6": 200, "c7": 30, "c8": 10}
    study = made_study(plan=WITH_SIZE)
    rows = study.memberships
    assert rows is not None
    ours = rows[rows["set"] == "NGO"].copy()
    ours["set"] = "SIZE"
    ours["value"] = [str(sizes.get(case, "not_stated")) for case in ours["case_id"]]
    study = replace(study, memberships=pd.concat([rows, ours], ignore_index=True))
    found = shown(study, "ranges", consistency=0.7, steps={"SIZE": 20})
    frame = found.frame.set_index("parameter")
    assert frame.index.tolist()[3:] == ["SIZE out", "SIZE crossover", "SIZE into"]
    assert frame.loc["SIZE crossover", "chosen"] == 100
    # The solution holds for sizes beside it; at 60 the crossover still parts the same cases.
    assert frame.loc["SIZE crossover", "lowest"] <= 60
    assert set(found.evidence(5, "moved")["source_id"]) >= {"s-c1", "s-c4"}


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"show": "range"}, "show='range'"),
        ({"solution": "short"}, "solution='short'"),
        ({"show": "fit", "tests": [{"incl": 0.5}]}, "can't change 'incl'"),
        ({"show": "fit", "tests": [{"name": "same"}]}, "changes nothing"),
        ({"show": "fit", "tests": ["less"]}, "no alternative 'less'"),
        ({"show": "fit", "tests": {"cases": 2}}, "write a list"),
        ({"show": "fit", "tests": [{"cases": 2}], "model": 2}, "has one model, 1"),
        ({"show": "ranges", "tests": [{"cases": 2}]}, "takes no tests"),
        ({"show": "cases", "steps": {"pri": 0.1}, "tests": [{"cases": 2}]}, "takes no steps"),
        ({"show": "ranges", "steps": {"SIZE": 1}}, "'SIZE' can't be moved"),
        ({"show": "ranges", "steps": {"pri": 0.1}}, "pri needs none"),
        ({"show": "ranges", "model": 7}, "takes no model"),
        ({"show": "fit", "tests": [{"cases": 2}], "runs": 3}, "takes no runs"),
        ({"show": "fit", "tests": [{"coder": "eva"}]}, "'eva' stated nothing"),
        ({"show": "fit", "tests": [{"coder": None}]}, "changes nothing"),
        ({"show": "ranges", "consistency": 1.0, "cases": 9}, "no combination has the outcome"),
    ],
)
def test_what_cannot_be_tested_is_refused(
    study: Tables, changes: dict[str, Any], says: str
) -> None:
    """Unknown words, tests that change nothing, and nothing to explain are plain errors."""
    with pytest.raises(UnknownNameError, match=says):
        shown(study, **({"show": "fit"} | changes))


def test_it_can_be_computed_again(study: Tables) -> None:
    """The same tables give the same text, and other arguments another."""
    found = shown(study, "fit", tests=[{"consistency": 0.5}])
    assert repr(found.again(study)) == repr(found)
    assert found.again(study, tests=[{"cases": 2}]).frame["rank"].tolist() == [1, 1]


def with_other_reading() -> Tables:
    """Eva reads c5 as won, does not state c6, and states c9; two alternatives take her values."""
    plan = PLAN.replace("stated: demands.csv", "stated: demands.csv\ncoder: ana") + (
        "alternatives:\n"
        '  - {name: "as eva reads", coder: eva, why: "she reads as well"}\n'
        '  - {name: "eva, and a part is not enough", coder: eva, anchors: {WON: {part: 0}},'
        ' why: "both"}\n'
    )
    study = made_study(plan=plan)
    assert study.memberships is not None
    other = study.memberships.copy()
    other["coder"] = "eva"
    of_outcome = other["set"] == "outcome"
    other.loc[of_outcome & (other["case_id"] == "c5"), "value"] = "full"
    other.loc[of_outcome & (other["case_id"] == "c9"), "value"] = "none"
    other = other[~(of_outcome & (other["case_id"] == "c6"))]
    rows = pd.concat([study.memberships, other], ignore_index=True)
    return replace(study, memberships=rows)


def test_another_reading_is_a_test_on_the_cases_that_both_have() -> None:
    """Case c6 is left out, c9 comes in, both are named; c5 stands as it was chosen."""
    found = shown(with_other_reading(), "cases", tests=["as eva reads"])
    assert sorted(found.frame["case_id"]) == ["c1", "c2", "c3", "c4", "c5", "c7", "c8"]
    row = found.frame.set_index("case_id").loc["c5"]
    assert (row["outcome"], row["read_otherwise"]) == (0.0, "as eva reads: WON")
    assert row["stands"] == "possible deviant"
    assert "reads otherwise the outcome (WON) in 1 case (Firm c5)" in found.note
    assert "leaves out 1 case (Firm c6)" in found.note
    assert "adds 1 case (Firm c9)" in found.note
    assert "Compared on the 7 cases" in found.note
    assert "The outcome is the one chosen" in found.note


def test_behind_a_case_read_otherwise_stand_both_readings() -> None:
    """The passages of the other coder follow those of the chosen one."""
    found = shown(with_other_reading(), "cases", tests=["as eva reads"])
    number = found.frame.index[found.frame["case_id"] == "c5"][0]
    coders = found.evidence(number, "stands")["coder"]
    assert coders.iloc[0].startswith("ana")
    assert coders.str.startswith("eva").any()


def test_another_reading_goes_with_anchors_and_cut_offs() -> None:
    """A reading with anchors is one test, from the plan or beside an alternative's name."""
    study = with_other_reading()
    of_plan = shown(study, "fit").frame
    assert len(of_plan) == 3
    asked = shown(study, "fit", tests=[
        {"alternative": "as eva reads", "anchors": {"WON": {"part": 0}}, "name": "both"},
        {"coder": "eva", "anchors": {"WON": {"part": 0}}},
        {"alternative": "as eva reads", "cases": 2},
    ]).frame  # fmt: skip
    # The rows are sorted by what they change; both of ours change the same as the plan's.
    ours = of_plan[of_plan["test"].str.startswith("eva, and")]["formula"].tolist()
    named = asked["test"].str.startswith(("both", "WON part 0, as eva reads the cases"))
    assert asked[named]["formula"].tolist() == 2 * ours
    assert "as eva reads, cases a row 2" in " ".join(asked["test"])


def test_what_no_test_touches_is_said(study: Tables) -> None:
    """Tests of one choice say nothing of the others."""
    note = shown(study, "fit", tests=[{"consistency": 0.5}]).note
    assert "No test touches who reads the cases" in note
    assert "or the cases that a combination needs" in note
    every = [{"consistency": 0.5}, {"cases": 2}, {"anchors": {"WON": {"part": 0}}}]
    assert "No test touches" not in shown(study, "fit", tests=every).note


def test_ranges_say_that_no_anchor_could_be_moved(study: Tables) -> None:
    """Where no set is made from numbers, calibration was not tried."""
    assert "no anchor was moved" in shown(study, "ranges").note


def test_the_core_of_sets_with_degrees_is_no_formula_alone() -> None:
    """Cases can be partly in a core whose formula is empty: it is not called none."""
    degrees = PLAN.replace('{"yes": 1, "no": 0}', '{"yes": 0.8, "no": 0.3}').replace(
        "part: 1, none: 0", "part: 0.6, none: 0.1"
    )
    study = made_study(plan=degrees)
    found = shown(study, "fit", consistency=0.7, tests=[{"consistency": 0.75}])
    assert "the formula is their logical form" in found.note
    assert "Robust core: none" not in found.note


def test_a_ratio_says_which_part_is_missing() -> None:
    """A core without a case and a core without the outcome are told apart."""
    inside, outside = np.array([1.0, 0.0]), np.array([0.0, 1.0])
    nobody = _fit_row(joined(inside, [outside], np.array([1.0, 1.0])))[1]
    assert nobody["consistency_ratio"].endswith("no case is left in the robust core")
    without = _fit_row(joined(np.ones(2), [outside], np.array([1.0, 0.0])))[1]
    assert without["consistency_ratio"].endswith("no case of the robust core has the outcome")
    above = _fit_row(joined(np.ones(3), [np.array([1.0, 1.0, 0.0])], np.array([1.0, 0.0, 1.0])))
    assert above[1]["consistency_ratio"] == "1.333"


def test_what_is_necessary_or_contradictory_is_kept(study: Tables) -> None:
    """The solution under test is the one that `minimise` gives with the same arguments."""
    given = {"contradiction": 0.6, "necessary": ["STRIKE"], "exclude": "none"}
    made = minimise(study, plan="demands", consistency=0.8, pri=0, cases=1, **given).frame
    formula = made[(made["solution"] == "parsimonious") & (made["part"] == "model")]["formula"]
    assert formula.iloc[0] == "STRIKE*NGO"
    found = shown(study, "fit", solution="parsimonious", tests=[{"cases": 2}], **given)
    assert "The parsimonious solution: STRIKE*NGO." in found.note
    # A row is contradictory from 0.6 on, so that the other cut-off can't go below that.
    ranges = shown(study, "ranges", solution="parsimonious", **given)
    assert ranges.frame.at[1, "lowest"] == 0.6


def test_a_row_barred_by_its_number_may_get_cases_in_a_test(study: Tables) -> None:
    """What can't exist is refused where it has cases as chosen, and passed over in a test."""
    ranges = shown(study, "ranges", solution="parsimonious", exclude=["contradictory", 8])
    assert len(ranges.frame) == 3
    with pytest.raises(UnknownNameError, match="row 7"):
        shown(study, "ranges", exclude=[7])


def test_an_anchor_is_moved_by_the_way_to_its_neighbours() -> None:
    """Each way has its own step; outwards of the last anchor it is the one inwards."""
    assert _steps(100, 10, 1000) == (4.5, 45)
    assert _steps(1000, 100, math.inf) == (45, 45)
    assert _steps(500, -math.inf, math.inf) == (25, 25)
    assert _steps(0, -math.inf, math.inf) == (1, 1)


def test_the_core_is_written_in_the_order_of_the_conditions() -> None:
    """Sets of a term stand as in the plan, however the formulas are joined."""
    found = in_order(parse("C*~A*B + B*A"), ["A", "B", "C"])
    assert found.text() == "~A*B*C + A*B"


@pytest.mark.parametrize(
    "test",
    [
        {"consistency": 0.8},
        {"coder": "ana"},
        {"anchors": {"WON": {"part": 1}}},
        {"anchors": {"CAMPAIGN": {"yes": 0}}},
    ],
)
@pytest.mark.parametrize("show", ["fit", "cases"])
def test_a_test_of_what_was_chosen_is_refused(
    study: Tables, show: str, test: dict[str, Any]
) -> None:
    """The cut-off, coder or anchor chosen, or one of a set not asked for, would always pass."""
    with pytest.raises(UnknownNameError, match="changes nothing: the cut-offs and the sets asked"):
        shown(study, show, tests=[test])


def test_an_alternative_of_no_set_asked_for_is_left_out_and_named() -> None:
    """It is no row, does not count as a touch of the calibration, and stands in the note."""
    plan = PLAN + (
        "alternatives:\n"
        '  - {name: "no campaign", anchors: {CAMPAIGN: {"yes": 0}}, why: "it may be little"}\n'
    )
    with pytest.raises(UnknownNameError, match="no alternative of the plan demands changes a set"):
        shown(made_study(plan=plan), "fit")
    both = made_study(
        plan=f'{plan}  - {{name: "less", anchors: {{WON: {{part: 0}}}}, why: "it may be"}}\n'
    )
    found = shown(both, "fit")
    assert found.frame["test"].str.startswith("less").tolist() == [False, True]
    assert "left out, for no set asked for here is changed: no campaign." in found.note
    asked = shown(both, "fit", conditions=["STRIKE", "NGO", "CAMPAIGN"], tests=["no campaign"])
    assert len(asked.frame) == 2


def test_the_shipped_alternative_of_another_outcome_is_left_out() -> None:
    """Where the graded outcome is asked for, a promise is no choice of the other one's."""
    tables = tertium.open_study("labour-organising").tables
    found = shown(tables, "fit", plan="concession", outcome="CONCESSION_GRADED")
    assert not found.frame["test"].str.contains("promise").any()
    assert "a promise counts as a concession." in found.note.partition("left out, for")[2]


def test_another_choice_that_moves_no_case_says_so(study: Tables) -> None:
    """No case has the word "part" where c2 and c4 are in full: it is tried, and the note says it."""
    cases = {case: (*told[:3], told[3].replace("part", "full")) for case, told in CASES.items()}
    test = {"name": "less", "anchors": {"WON": {"part": 0}}}
    note = shown(made_study(cases), "fit", tests=[test]).note
    assert "Every case is taken as it was chosen by: less." in note
    assert "Every case is taken" not in shown(study, "fit", tests=[test]).note
    assert "Every case is taken" not in shown(study, "fit", tests=[{"cases": 2}]).note


def test_a_case_in_a_row_said_to_be_impossible_is_named_in_tests() -> None:
    """With another word c9 comes in, in the row that was said to be impossible: not in silence."""
    found = shown(with_other_reading(), "fit", exclude=[6], tests=["as eva reads", {"cases": 2}])
    assert "said to be impossible gets a case in a test, and is not barred there" in found.note
    assert "(as eva reads: row 6)" in found.note
    assert "(as eva reads: row 6)" in found.brief_note
    free = shown(with_other_reading(), "fit", exclude=[8], tests=["as eva reads"])
    assert "gets a case" not in free.note


def test_steps_that_put_a_case_into_an_impossible_row_are_counted(study: Tables) -> None:
    """At two cases a row the row of c7 is none; at one it holds a case, and is not barred."""
    found = shown(study, "ranges", cases=2, consistency=0.6, exclude=[2])
    told = "In 1 step a case comes to stand in a combination said to be impossible"
    assert told in found.note
    assert told in found.brief_note
    assert "(row 2)" in found.note
    assert "comes to stand in" not in shown(study, "ranges", exclude=[8]).note


@pytest.mark.parametrize("strict", [False, True])
@pytest.mark.parametrize("show", ["ranges", "fit", "cases", "values"])
def test_the_policy_on_agreement_holds_for_every_table(show: str, strict: bool) -> None:
    """Codings decide on a set: the flags are those of the truth table, and strict refuses."""
    tables = tertium.open_study("labour-organising").tables
    assert tables.policy is not None
    tables = replace(tables, policy=replace(tables.policy, strict=strict))
    asked = {"plan": "concession", "conditions": ["STRIKE_BY_RULE", "NGO"]}
    if show in ("fit", "cases"):
        asked["tests"] = [{"consistency": 0.75}]
    if strict:
        with pytest.raises(AgreementError):
            shown(tables, show, **asked)
        return
    found = shown(tables, show, **asked)
    table = tertium.truth_table(
        tables, plan="concession", conditions=asked["conditions"], consistency=0.8, pri=0, cases=1
    )
    assert found.flags == table.flags != ()
    assert found.rests_on == ("approach:strike",)
    assert schemes_behind(found, tables) == ["approach"]


@pytest.mark.parametrize("number", [True, "1", 0])
def test_a_model_is_a_whole_number_from_one(study: Tables, number: Any) -> None:
    """The same check for `robustness` and `theory`: True is no first model, nor is a text."""
    with pytest.raises(UnknownNameError, match=r"model=.*whole number, 1 or more"):
        shown(study, "fit", tests=[{"cases": 2}], model=number)
    with pytest.raises(UnknownNameError, match=r"model=.*whole number, 1 or more"):
        theory(
            study,
            plan="demands",
            expectation="NGO",
            consistency=0.8,
            pri=0,
            cases=1,
            solution="conservative",
            model=number,
        )
