"""The three solutions as readers see them."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tertium.comparison.sets.shown.solutions import assumed_rows, models
from tertium.comparison.sets.shown.solutions.minimise import minimise
from tertium.comparison.stability.finding import finding
from tertium.comparison.stability.measures import entries, entry
from tertium.comparison.stability.stability import stability
from tertium.errors import UnknownNameError
from tertium.report.tables import table

from ..demands import PLAN, made_study

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
    assert {each.partition(":")[0] for each in passages["code"]} == {"STRIKE", "NGO", "WON"}
    assert "NGO: yes (Firm c1)" in set(passages["code"])
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
    """Nobody won, or everybody: there is nothing to minimise, and the note says which."""
    tables = made_study({"a": (1, 0, 0, "none"), "b": (0, 1, 0, "none")})
    for outcome, said, left in (
        ("WON", "No combination of conditions has WON", ()),
        ("~WON", "Every combination that cases show has ~WON", ("a", "b")),
    ):
        result = minimise(tables, **CUTS, outcome=outcome)
        assert said in result.note
        assert list(result.frame["part"]) == ["not covered"]
        assert list(result.frame["with_ids"]) == [left]
        for show in ("terms", "assumptions", "chart", "cases"):
            shown = minimise(tables, **CUTS, outcome=outcome, show=show)
            assert said in shown.note
            assert len(shown.frame) == (2 if show == "cases" else 0)


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


def test_with_a_cut_off_for_contradictions_no_row_is_assumed_both_ways(study):
    """The table of the absence has the same cut-offs, so that its contradictory rows stay so."""
    cases = {"a": (1, 1, 0, "full"), "b": (0, 0, 0, "none"), "c": (0, 1, 0, "full"),
             "d": (0, 1, 0, "none")}  # fmt: skip
    tables = made_study(cases)

    def assumed(outcome):
        frame = minimise(
            tables, **{**CUTS, "consistency": 0.9}, contradiction=0.2, outcome=outcome,
            show="assumptions",
        ).frame  # fmt: skip
        return set(frame.loc[frame["in_parsimonious"] != "–", "row"])

    assert assumed("WON")
    assert assumed("~WON")
    assert not assumed("WON") & assumed("~WON")


def test_what_can_not_exist_is_barred_in_the_users_words(study):
    """An NGO without a strike is barred as an expression or by its rows, and the note says it."""
    one = minimise(study, **CUTS, exclude=["NGO*~STRIKE"])
    assert formulas(one, "parsimonious") == ("STRIKE*NGO",)
    assert "said to be impossible: NGO*~STRIKE (" in one.note
    other = minimise(study, **CUTS, exclude=[3, 4])
    assert formulas(other, "parsimonious") == ("STRIKE*NGO",)
    assert "said to be impossible: row 3" in other.note
    rows = minimise(study, **CUTS, exclude=["NGO*~STRIKE"], show="assumptions")
    barred = rows.frame[rows.frame["heading"] == "Barred: no solution may assume it"]
    assert set(barred["row"]) == {"3", "4"}
    assert set(barred["barred"]) == {"said to be impossible: NGO*~STRIKE"}
    assert rows.group_by == "heading"


def test_only_combinations_without_cases_can_be_barred(study):
    """Row 7 has three firms."""
    with pytest.raises(UnknownNameError, match="row 7, which has cases \\(Firm c1"):
        minimise(study, **CUTS, exclude=[7])
    with pytest.raises(UnknownNameError, match="there is no row 99"):
        minimise(study, **CUTS, exclude=[99])
    with pytest.raises(UnknownNameError, match="a list of combinations"):
        minimise(study, **CUTS, exclude="NGO")


def test_a_claim_of_necessity_is_held_against_the_cases(study):
    """Firm c4 won without an NGO, so that NGO is necessary to 0.75 only, and the note names it."""
    result = minimise(study, **CUTS, necessary=["NGO"])
    assert "NGO is held to be necessary: its consistency is 0.75" in result.note
    assert "with the outcome and without it: Firm c4" in result.note
    with pytest.raises(UnknownNameError, match="nothing could have the outcome"):
        minimise(study, **CUTS, necessary=["NGO", "~NGO"])
    with pytest.raises(UnknownNameError, match="in quotes"):
        minimise(study, **CUTS, necessary=[1])


def test_too_few_cases_of_an_assumed_combination_are_named():
    """Firm b alone has A without B: below two cases it counts as unseen, and is not hidden."""
    cases = {"a": (1, 1, 0, "full"), "b": (1, 0, 0, "full"), "c": (1, 1, 0, "full"),
             "d": (0, 0, 0, "none"), "e": (0, 0, 0, "none")}  # fmt: skip
    result = minimise(made_study(cases), **{**CUTS, "cases": 2}, exclude="none",
                      show="assumptions")  # fmt: skip
    frame = result.frame.set_index("row")
    assert frame.at["5", "with_ids"] == ("b",)
    assert "with_outcome" not in result.hidden
    assert "without enough cases" in result.title
    place = result.frame.index[result.frame["row"] == "5"][0]
    assert set(result.evidence(place, "row")["source_id"]) == {"s-b"}


def test_every_formula_without_a_term_to_spare_can_be_asked_for():
    """All but none and all three of three conditions: two formulas of three terms, three of four."""
    corners = [corner for corner in product((0, 1), repeat=3) if sum(corner) not in (0, 3)]
    cases = {f"k{number}": (*corner, "full") for number, corner in enumerate(corners)}
    cases |= {"none": (0, 0, 0, "none"), "all": (1, 1, 1, "none")}
    tables = made_study(cases)
    few = formulas(minimise(tables, **CUTS, exclude="none"), "conservative")
    more = formulas(minimise(tables, **CUTS, exclude="none", every=True), "conservative")
    assert set(few) < set(more)
    assert (len(few), len(more)) == (2, 5)
    assert len(formulas(minimise(tables, **CUTS, exclude="none", every=True, most=1),
                        "conservative")) == 1  # fmt: skip


def test_an_outcome_written_with_its_value_keeps_the_expectations(study):
    """WON[1] is WON."""
    written = minimise(study, **CUTS, outcome="WON[1]", exclude="none")
    assert formulas(written, "intermediate") == ("STRIKE*NGO",)
    assert "No expectations" in minimise(study, **CUTS, outcome="WON[0]").note


def test_a_dash_is_no_expectation_and_lists_are_refused(study):
    """As R's QCA writes it."""
    dash = minimise(study, **CUTS, expectations={"STRIKE": "-"})
    assert dash.frame.equals(minimise(study, **CUTS, expectations={}).frame)
    with pytest.raises(UnknownNameError, match="names no conditions"):
        minimise(study, **CUTS, expectations=["present"] * 3)
    with pytest.raises(UnknownNameError, match="NGO can't be 'PRESENT'"):
        minimise(study, **CUTS, expectations={"NGO": "PRESENT"})


def test_a_run_with_other_memberships_is_no_run_that_changed_nothing(study):
    """Firm c7 stands in no formula; without its source the basis differs all the same."""
    result = minimise(study, **CUTS)
    sources = study.sources[study.sources["source_id"] != "s-c7"]
    other = result.again(replace(study, sources=sources.reset_index(drop=True)))
    assert other.frame.equals(result.frame)
    assert other.basis != result.basis
    assert result.again(study).basis == result.basis


def test_links_stand_at_what_they_show(study):
    """A term opens its passages, and not the column of cases that speak against it."""
    result = minimise(study, **CUTS)
    content = table(result, name="t-solutions", title="Solutions").content
    names = [column["name"] for column in content["columns"]]
    linked = {name for row in content["rows"] for name, cell in zip(names, row, strict=True)
              if cell["evidence"]}  # fmt: skip
    assert linked == {"in_words"}
    assert any("(Firm c1)" in each["code"] for each in content["passages"].values())


def test_many_models_are_counted_and_the_first_are_shown(monkeypatch):
    """Of two equally short formulas one is shown where no more are, and the note says so."""
    monkeypatch.setattr(models, "MOST_SHOWN", 1)
    result = minimise(ambiguous(), **CUTS, exclude="none")
    assert len(formulas(result, "parsimonious")) == 1
    assert "Of the parsimonious solution the first 1 of 2 models are shown" in result.note
    cut = minimise(ambiguous(), **CUTS, exclude="none", most=1)
    assert "where the search was cut" in cut.note


def test_assumed_combinations_stand_before_barred_ones(monkeypatch):
    """Where not all can be listed those that fit the expectations come first."""
    study = made_study()
    whole = minimise(study, **CUTS, show="assumptions")
    assert list(whole.frame["row"]) == ["8", "3", "4"]
    monkeypatch.setattr(assumed_rows, "_MOST", 1)
    cut = minimise(study, **CUTS, show="assumptions")
    assert list(cut.frame["row"]) == ["8"]
    assert "The first 1 are listed: assumed ones first" in cut.note
