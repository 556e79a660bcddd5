"""The three solutions as readers see them."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tertium.comparison.sets.shown.minimise import minimise
from tertium.comparison.stability.finding import finding
from tertium.comparison.stability.measures import entries, entry
from tertium.comparison.stability.stability import stability
from tertium.errors import UnknownNameError

from .demands import PLAN, made_study

CUTS = {"plan": "demands", "consistency": 0.8, "pri": 0, "cases": 1}


def formulas(result, solution):
    return entries("formula", where={"solution": solution, "part": "model"})(result)


def test_all_three_solutions_stand_in_the_list(study):
    """What is assumed of combinations without cases makes the formula shorter step by step."""
    result = minimise(study, **CUTS, exclude="none")
    assert formulas(result, "conservative") == ("STRIKE*NGO*~ABROAD",)
    assert formulas(result, "intermediate") == ("STRIKE*NGO",)
    assert formulas(result, "parsimonious") == ("NGO",)


def test_contradictory_assumptions_are_barred(study):
    """NGO without strike can't be assumed to win and, for the absence, to lose: it is barred."""
    result = minimise(study, **CUTS)
    assert formulas(result, "parsimonious") == ("STRIKE*NGO",)
    assert "Barred: 2 combinations" in result.note


def test_nothing_is_assumed_both_for_the_outcome_and_for_its_absence(study):
    """After barring, the assumptions of the two parsimonious solutions share no row."""

    def assumed(outcome):
        frame = minimise(study, **CUTS, outcome=outcome, show="assumptions").frame
        return set(frame.loc[frame["in_parsimonious"] != "–", "row"])

    assert not assumed("WON") & assumed("~WON")


def test_without_expectations_nothing_easy_is_assumed(study):
    """With no expectation the intermediate solution is the conservative one."""
    result = minimise(study, **CUTS, expectations={})
    assert formulas(result, "intermediate") == formulas(result, "conservative")


def test_expectations_in_words_and_in_values_say_the_same(study):
    """Present is 1."""
    one = minimise(study, **CUTS, expectations={"ABROAD": "present"})
    other = minimise(study, **CUTS, expectations={"ABROAD": [1]})
    assert one.frame.equals(other.frame)


def test_what_is_held_necessary_is_never_assumed_away(study):
    """If a strike is necessary, no formula does without it."""
    result = minimise(study, **CUTS, exclude="none", necessary=["STRIKE"])
    assert formulas(result, "parsimonious") == ("STRIKE*NGO",)
    rows = minimise(study, **CUTS, exclude="none", necessary=["STRIKE"], show="assumptions").frame
    assert set(rows.loc[rows["barred"] != "", "row"]) == {"3", "4"}


def test_fit_is_told_in_cases_with_those_not_covered(study):
    """The formula has three of the four cases that won; firm c4 is not covered."""
    result = minimise(study, **CUTS)
    frame = result.frame
    where = {"solution": "parsimonious", "part": "model"}
    assert entry("coverage", where=where)(result) == pytest.approx(0.75)
    left = frame[(frame["part"] == "not covered") & (frame["solution"] == "parsimonious")]
    assert list(left["with_ids"]) == [("c4",)]
    assert list(result.evidence(left.index[0], "formula")["source_id"].unique()) == ["s-c4"]


def test_a_term_leads_to_the_passages_of_its_cases_on_its_conditions(study):
    """STRIKE*NGO rests on what is said of strike, NGO and outcome, and not of help from abroad."""
    result = minimise(study, **CUTS)
    row = result.frame.index[
        (result.frame["formula"] == "STRIKE*NGO") & (result.frame["part"] == "term")
    ][0]
    passages = result.evidence(row, "formula")
    assert set(passages["code"]) == {"STRIKE", "NGO", "WON"}
    assert set(passages["source_id"]) == {"s-c1", "s-c2", "s-c3"}


def test_contradicting_cases_open_the_passages_of_a_term(study):
    """At half consistency STRIKE has the outcome, and firm c5, which lost, comes first."""
    result = minimise(study, **{**CUTS, "consistency": 0.5}, exclude="none")
    row = result.frame.index[result.frame["formula"] == "STRIKE"][0]
    assert result.frame.at[row, "without_ids"] == ("c5",)
    assert result.evidence(row, "formula")["source_id"].iloc[0] == "s-c5"


def ambiguous():
    """Strike and NGO always come together: either says it, and the cases do not decide."""
    return made_study(
        {"a": (1, 1, 0, "full"), "b": (1, 1, 1, "full"), "c": (0, 0, 0, "none"),
         "d": (0, 0, 1, "none")}
    )  # fmt: skip


def test_every_model_is_shown_where_the_cases_do_not_decide():
    """Two formulas are equally short; both are headed and the note says that neither is it."""
    result = minimise(ambiguous(), **CUTS, exclude="none")
    assert set(formulas(result, "parsimonious")) == {"STRIKE", "NGO"}
    headings = set(result.frame["heading"])
    assert any("model 2 of 2" in each for each in headings)
    assert "2 equally good formulas" in result.note
    terms = minimise(ambiguous(), **CUTS, exclude="none", show="terms").frame
    assert dict(zip(terms["formula"], terms["in_parsimonious"], strict=True))["STRIKE"] == "1 of 2"


def test_assumptions_say_which_fit_the_expectations(study):
    """Strike, NGO and help from abroad together fit what is expected; NGO alone does not."""
    frame = minimise(study, **CUTS, exclude="none", show="assumptions").frame.set_index("row")
    assert frame.at["8", "in_intermediate"] == "yes"
    assert frame.at["8", "expected"] == "fits the expectations"
    assert frame.at["3", "in_intermediate"] == "–"
    assert frame.at["3", "expected"] == "goes against or beyond them"


def test_the_chart_marks_which_term_could_explain_which_row(study):
    """Of the possible terms of the one row with the outcome all hold in it; cells have passages."""
    result = minimise(study, **CUTS, exclude="none", show="chart")
    assert result.is_grid
    assert result.frame.at["parsimonious: NGO", "7"] == 1
    assert len(result.evidence("parsimonious: NGO", "7")) == 12


def test_each_case_is_listed_with_the_terms_that_it_is_in(study):
    """Firm c4 has the outcome and no term."""
    frame = minimise(study, **CUTS, show="cases").frame.set_index("case_id")
    assert frame.at["c4", "stands"] == "outcome not told of"
    assert frame.at["c1", "parsimonious"] == "STRIKE*NGO"
    assert frame.at["c1", "stands"] == "as the formulas say"
    assert len(frame) == 8


def test_the_absence_takes_no_expectations_from_the_plan(study):
    """What is expected to help the outcome is no expectation of its absence."""
    assert "No expectations are stated" in minimise(study, **CUTS, outcome="~WON").note


def test_where_no_combination_has_the_outcome_it_says_so():
    """Nobody won: there is nothing to minimise."""
    tables = made_study({"a": (1, 0, 0, "none"), "b": (0, 1, 0, "none")})
    with pytest.raises(UnknownNameError, match="no combination of conditions has WON"):
        minimise(tables, **CUTS)


def test_wrong_arguments_are_named(study):
    """An unknown view, condition of an expectation or value."""
    with pytest.raises(UnknownNameError, match="there are solutions"):
        minimise(study, **CUTS, show="formula")
    with pytest.raises(UnknownNameError, match="no condition"):
        minimise(study, **CUTS, expectations={"SIZE": "present"})
    with pytest.raises(UnknownNameError, match="can't be"):
        minimise(study, **CUTS, expectations={"NGO": "often"})
    with pytest.raises(UnknownNameError, match="write a list"):
        minimise(study, **CUTS, necessary="STRIKE")
    with pytest.raises(UnknownNameError, match="no plan"):
        minimise(study, **{**CUTS, "plan": "other"})


def test_degrees_are_named_without_counts_of_cases():
    """In fuzzy sets a share is no number of cases, so only the share is shown."""
    tables = made_study(plan=PLAN.replace("part: 1", "part: 0.7"))
    result = minimise(tables, **CUTS)
    column = result.frame.columns.get_loc("consistency")
    assert result.cell_text(0, column) == "0.9"


def test_a_multi_value_condition_is_written_with_its_value():
    """NGO[2] is the third value of a condition with three, told by the word of the plan."""
    plan = PLAN.replace(
        'label: an NGO helped\n    from: {stated: NGO}\n    values: {"yes": 1, "no": 0}',
        'label: who helped\n    from: {stated: NGO}\n    values: {"yes": 2, "no": 0, other: 1}',
    )
    result = minimise(made_study(plan=plan), **CUTS, expectations={}, exclude="none")
    assert formulas(result, "parsimonious") == ("NGO[2]",)
    assert "who helped: yes" in set(result.frame["in_words"])


def test_a_finding_on_the_formula_can_be_put_to_the_test(study):
    """Without any one source the formula holds, but for runs that leave nothing to minimise."""
    result = minimise(study, **CUTS)
    held = finding(
        "Shortest formula", result,
        entries("formula", where={"solution": "parsimonious", "part": "model"}),
    )  # fmt: skip
    table = stability(held, over=["sources", {"consistency": [0.5, 0.75]}], show="runs", workers=1)
    assert held.value == ("STRIKE*NGO",)
    assert len(table.frame) >= 9


def test_the_same_study_in_another_order_gives_the_same_table(study):
    """Neither rows of stated values nor of sources have an order that matters."""
    turned = replace(
        study,
        memberships=study.memberships.iloc[::-1].reset_index(drop=True),
        sources=study.sources.iloc[::-1].reset_index(drop=True),
    )
    assert minimise(turned, **CUTS).frame.equals(minimise(study, **CUTS).frame)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(["full", "none", "absent"]), min_size=8, max_size=8))
def test_every_formula_fits_the_truth_table_of_crisp_cases(outcomes):
    """Each model holds in every combination with the outcome and in none without it."""
    values = [
        (*corner, came)
        for corner, came in zip(product((0, 1), repeat=3), outcomes, strict=True)
        if came != "absent"
    ]
    if {came for *_, came in values} != {"full", "none"}:
        return
    tables = made_study({f"k{number}": each for number, each in enumerate(values)})
    for exclude in ("none", "contradictory"):
        frame = minimise(tables, **CUTS, exclude=exclude).frame
        models = frame[frame["part"] == "model"]
        assert set(models["solution"]) == {"conservative", "intermediate", "parsimonious"}
        assert (models["consistency"] == 1).all()
        assert (models["coverage"] == 1).all()
