"""Which single value carries a solution: each is read otherwise alone."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

import tertium
from tertium.bundle import Tables
from tertium.comparison.result import Result
from tertium.comparison.sets.memberships import Memberships
from tertium.comparison.sets.shown.analysis import Kind
from tertium.comparison.sets.shown.question import asked
from tertium.comparison.sets.shown.robustness.robustness import robustness
from tertium.comparison.sets.shown.robustness.single_values import (
    Turnover,
    Value,
    formulas_of,
    others,
    read_otherwise,
    tried,
    values_of,
)
from tertium.comparison.sets.shown.robustness.variants import Chosen, initial
from tertium.comparison.sets.shown.solutions.minimise import minimise
from tertium.errors import UnknownNameError

from ..demands import CASES, PLAN, made_study
from .test_robustness import with_other_reading

CUTS = {"plan": "demands", "consistency": 0.8, "pri": 0, "cases": 1}


def values(study: Tables, **changes: Any) -> Result:
    given = {**CUTS, "solution": "conservative", "show": "values"}
    return robustness(study, **(given | changes))


def row_of(found: Result, case: str, name: str) -> pd.Series:
    frame = found.frame
    return frame[(frame["case_id"] == case) & (frame["set_id"] == name)].iloc[0]


def conservative(study: Tables) -> list[str]:
    made = minimise(study, **CUTS).frame
    models = made[(made["solution"] == "conservative") & (made["part"] == "model")]
    return models["formula"].tolist()


def test_a_value_that_breaks_the_solution_is_listed_and_another_is_not(study: Tables) -> None:
    """Without c1's demand met, strike with an NGO is met in 2 of 3: no combination is left."""
    found = values(study)
    broken = row_of(found, "c1", "WON")
    assert (broken["formula"], broken["terms_lost"]) == ("0", 1)
    assert pd.isna(broken["consistency"])
    assert found.shown is not None
    assert found.shown.at[broken.name, "formula"] == "none, for no combination has the outcome"
    assert found.shown.at[broken.name, "consistency"].startswith("not defined, because")
    # c6 stands beside c8: one of two is not enough at 0.8, and the formula stays.
    assert not ((found.frame["case_id"] == "c6") & (found.frame["set_id"] == "WON")).any()


def test_every_row_is_what_the_analysis_of_other_data_gives() -> None:
    """Each of 32 values is changed in the data itself: the same formulas as in the list."""
    study = made_study()
    found = values(study).frame
    now = conservative(study)
    for case in [f"c{number}" for number in range(1, 9)]:
        for place, name in enumerate(("STRIKE", "NGO", "ABROAD", "WON")):
            told: list[Any] = list(CASES[case])
            told[place] = (
                ("none" if told[3] != "none" else "full") if place == 3 else 1 - told[place]
            )
            here = found[(found["case_id"] == case) & (found["set_id"] == name)]["formula"]
            try:
                then = conservative(made_study({**CASES, case: tuple(told)}))
            except UnknownNameError:
                then = []
            if then == now:
                assert here.empty
            else:
                assert here.tolist() == ["; or ".join(then) or "0"]


@pytest.mark.parametrize("solution", ["conservative", "intermediate", "parsimonious"])
@pytest.mark.parametrize("more", [{}, {"exclude": "none"}, {"necessary": ["STRIKE + NGO"]}])
def test_solving_one_solution_alone_is_the_whole_analysis(
    study: Tables, solution: Kind, more: dict[str, Any]
) -> None:
    """Truth tables solved once and for one solution give what all three together give."""
    given: dict[str, Any] = {"expectations": None, "exclude": "contradictory", **more}
    chosen = Chosen("demands", None, None, 0.8, 0, 1, solution, **given)
    made, _ = initial(study, chosen, 1)
    for each in tried(made, chosen):
        whole = chosen.analysis(read_otherwise(made.asked, each.value))
        if isinstance(whole, str):
            assert (each.formulas, each.nothing) == ((), whole)
        else:
            assert each.formulas == formulas_of(whole, chosen)


def test_it_says_what_is_changed_and_what_becomes_of_the_terms(study: Tables) -> None:
    """Values are told in words; c4's demand refused leaves the formula, c5's met adds to it."""
    found = values(study)
    row = row_of(found, "c5", "WON")
    assert (row["now"], row["tried"]) == ("the demand was not met", "the demand was met")
    assert row["formula"] == "STRIKE*~ABROAD"
    assert row["what_happens"] == "wider: STRIKE*NGO*~ABROAD becomes STRIKE*~ABROAD"
    assert (row["terms_lost"], row["consistency"], row["coverage"]) == (0, 1.0, 1.0)
    assert row["rests_on"] == "outcome: none. it says so"
    assert found.shown is not None
    assert found.shown.at[row.name, "coverage"] == "1 (5 of 5)"


def test_the_note_counts_what_was_tried(study: Tables) -> None:
    """8 cases, 4 sets of two values: 32 values; the ninth case is not used and not tried."""
    found = values(study)
    listed = len(found.frame)
    assert f"32 values tried, {32 - listed} of them leave the formulas as they are" in found.note
    assert "is not stated (1)" in found.note
    assert "Where the formulas stay" in found.note
    assert found.brief_note
    assert "32 values tried" in found.brief_note


def test_what_costs_most_comes_first(study: Tables) -> None:
    """Rows stand by terms lost; within the same loss in the order of the cases."""
    frame = values(study).frame
    assert frame["terms_lost"].is_monotonic_decreasing
    lost = frame[frame["terms_lost"] == 1]
    assert lost["case_id"].tolist() == sorted(lost["case_id"])


def test_behind_a_row_stand_the_passages_of_that_value_alone(study: Tables) -> None:
    """Of c1's outcome there is one sentence, and it is the evidence."""
    found = values(study)
    evidence = found.evidence(row_of(found, "c1", "WON").name, "now")
    assert evidence["quote"].tolist() == ["Of outcome it says full."]


def test_another_coder_is_named_where_the_word_differs() -> None:
    """Eva reads c5 as won; her passage follows, and where both agree nothing stands."""
    found = values(with_other_reading())
    row = row_of(found, "c5", "WON")
    assert row["read_otherwise"] == "eva: full"
    coders = found.evidence(row.name, "now")["coder"].tolist()
    assert [each.split()[0] for each in coders] == ["ana", "eva"]
    assert row_of(found, "c1", "WON")["read_otherwise"] == ""
    assert "eva read the cases as well" in found.note


def test_a_set_with_several_values_tries_each_of_the_others() -> None:
    """Of three values two are tried; with degrees the other side; at 0.5 there is none."""
    frame = pd.DataFrame({"A": [0, 1, 2], "B": [0.2, 0.5, 1.0]}, index=list("xyz"))
    sets = Memberships.of(frame)
    assert others(sets, "A", 1.0) == (0.0, 2.0)
    assert others(sets, "B", 0.2) == (0.8,)
    assert others(sets, "B", 1.0) == (0.0,)
    assert others(sets, "B", 0.5) == ()


def test_a_value_read_otherwise_twice_is_the_value_as_it_was(study: Tables) -> None:
    """Changing each value and changing it back gives the memberships again, and no other moves."""
    before = asked(study, "demands", conditions=None, outcome=None)
    for value in values_of(before):
        once = read_otherwise(before, value)
        moved = (once.memberships.frame != before.memberships.frame).to_numpy()
        assert moved.sum() == 1
        back = read_otherwise(once, Value(value.case, value.set, value.tried, value.now))
        assert back.memberships.frame.equals(before.memberships.frame)
        assert back.basis == before.basis


def test_the_order_of_the_cases_changes_no_row(study: Tables) -> None:
    """The same cases the other way round: the same rows, in another order."""
    turned = made_study(dict(reversed(CASES.items())))
    ours = ["case_id", "set_id", "formula", "what_happens", "consistency", "coverage"]
    one, other = (
        values(each).frame[ours].sort_values(ours).reset_index(drop=True)
        for each in (study, turned)
    )
    assert one.equals(other)


def test_sets_with_degrees_go_to_the_other_side() -> None:
    """A case that is 0.8 in is put at 0.2, told with its membership; the note says how."""
    degrees = PLAN.replace('{"yes": 1, "no": 0}', '{"yes": 0.8, "no": 0.3}').replace(
        "part: 1, none: 0", "part: 0.6, none: 0.1"
    )
    found = values(made_study(plan=degrees), consistency=0.7)
    row = found.frame[found.frame["set_id"] == "STRIKE"].iloc[0]
    assert row["now"].endswith("(0.8)")
    assert row["tried"].endswith("(0.2)")
    assert "1 less its membership" in found.note


def test_terms_are_lost_narrower_wider_or_new() -> None:
    """A term with another in its place is not lost."""
    before = (((1, None, 0), (0, 0, None)),)
    after = (((1, 1, 0), (None, 0, None), (0, 1, 1)),)
    what = Turnover.of(before, after)
    assert what.narrower == (((1, None, 0), (1, 1, 0)),)
    assert what.wider == (((0, 0, None), (None, 0, None)),)
    assert (what.lost, what.come) == ((), ((0, 1, 1),))
    assert Turnover.of(before, ()).lost == before[0]
    assert Turnover.of(before, before) == Turnover()


def test_nothing_carries_a_solution_that_many_cases_show() -> None:
    """Ten cases of either kind at a low cut-off: no value matters, and the list is empty."""
    many = {f"c{n}": (n % 2, 0, 0, ("none", "full")[n % 2]) for n in range(20)}
    found = values(made_study(many), consistency=0.8, cases=2)
    assert found.frame.empty
    assert "No single value carries them" in found.note
    assert "80 values tried, 80 of them leave" in found.note


def test_it_can_be_computed_again_and_be_a_finding(study: Tables) -> None:
    """The same tables give the same text; a value listed can be tested for stability."""
    found = values(study)
    assert repr(found.again(study)) == repr(found)
    lost = tertium.measures.entries("case_id", where={"terms_lost": 1, "set_id": "WON"})
    finding = tertium.finding("Outcomes that carry it", found, lost)
    stable = tertium.stability(finding, over=["cases"])
    # Of eight cases used, c5 leaves no value; without c1, c2 or c3 other outcomes carry it.
    assert stable.frame.at["Outcomes that carry it", "cases"] == pytest.approx(4 / 7)
    assert (
        "breaks without the case Firm c1; without the case Firm c2; without the case Firm c3."
        in (stable.note)
    )


@pytest.mark.parametrize("given", [{"tests": ["x"]}, {"model": 1}, {"steps": {}}, {"runs": 3}])
def test_what_other_tables_take_is_refused(study: Tables, given: dict[str, Any]) -> None:
    """Tests, model, steps and runs would be passed over in silence."""
    with pytest.raises(UnknownNameError, match=f"show='values' takes no {next(iter(given))}"):
        values(study, **given)


def test_the_tables_are_left_as_they_were(study: Tables) -> None:
    """Reading a value otherwise edits no table."""
    assert study.memberships is not None
    before = study.memberships.copy()
    values(study)
    assert before.equals(study.memberships)


def test_a_value_that_puts_a_case_where_none_can_be_is_named(study: Tables) -> None:
    """Row 8 is said to be impossible; one value alone puts c1, c2 or c3 there."""
    found = values(study, exclude=["contradictory", 8])
    told = "With 3 of the values tried a case comes to stand in a combination said to be impossible"
    assert told in found.note
    assert told in found.brief_note
    assert "Firm c1, people abroad helped: row 8; Firm c2" in found.note
    assert "comes to stand in" not in values(study).note
    assert "comes to stand in" not in values(study, exclude=["STRIKE*NGO*ABROAD"]).note
