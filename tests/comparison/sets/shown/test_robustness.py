"""How firm the solution of the made-up study is: ranges, what stays, and the cases."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from tertium.bundle import Tables
from tertium.comparison.result import Result
from tertium.comparison.sets.shown.minimise import minimise
from tertium.comparison.sets.shown.robustness import robustness
from tertium.errors import UnknownNameError

from .demands import PLAN, made_study

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
    found = shown(study, "ranges", steps={"consistency": 0.05})
    assert found.frame["parameter"].tolist() == ["consistency", "pri", "cases"]
    assert found.frame["chosen"].tolist() == [0.8, 0.0, 1.0]


def test_ranges_end_where_a_row_of_the_truth_table_changes(study: Tables) -> None:
    """Strike alone is met in one of two cases: from 0.5 down it has the outcome as well."""
    found = shown(study, "ranges", steps={"consistency": 0.05}).frame.iloc[0]
    assert (found["lowest"], found["highest"]) == (0.55, 1.0)
    assert found["below"] == "another solution"
    assert found["above"] == "no further value is possible"
    one = minimise(study, plan="demands", consistency=0.5, pri=0, cases=1).frame
    other = minimise(study, plan="demands", consistency=0.55, pri=0, cases=1).frame
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
        ({"show": "fit", "tests": [{"cases": 2}], "model": 2}, "models 1 to 1"),
        ({"show": "ranges", "tests": [{"cases": 2}]}, "tests are for fit"),
        ({"show": "cases", "steps": {"pri": 0.1}, "tests": [{"cases": 2}]}, "takes no steps"),
        ({"show": "ranges", "steps": {"SIZE": 1}}, "'SIZE' can't be moved"),
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
