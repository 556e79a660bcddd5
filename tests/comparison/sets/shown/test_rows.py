"""The truth table as readers see it."""

from __future__ import annotations

import pytest

from tertium.comparison.sets.shown.rows import truth_table
from tertium.comparison.sets.shown.solutions.minimise import minimise
from tertium.errors import UnknownNameError

from .demands import PLAN, made_study

CUTS = {"plan": "demands", "consistency": 0.8, "pri": 0, "cases": 1}


def row_of(result, number):
    return result.frame.index[result.frame["row"] == str(number)][0]


def test_each_case_stands_in_its_combination(study):
    """Strike with an NGO and without help from abroad is row 7, and three firms are in it."""
    result = truth_table(study, **CUTS)
    row = row_of(result, 7)
    assert result.frame.loc[row, ["STRIKE", "NGO", "ABROAD"]].tolist() == [1, 1, 0]
    assert result.frame.at[row, "out"] == "1"
    assert result.frame.at[row, "cases"] == 3
    assert result.frame.at[row, "with_ids"] == ("c1", "c2", "c3")


def test_a_row_with_both_outcomes_opens_the_passages_of_both(study):
    """In row 5 firm c4 won and firm c5 did not: what is said of their outcomes comes first."""
    result = truth_table(study, **CUTS)
    row = row_of(result, 5)
    assert result.frame.at[row, "mixed"]
    assert "without it: Firm c5" in result.cell_text(
        row - 1, result.frame.columns.get_loc("without_outcome")
    )
    quotes = list(result.evidence(row, "out")["quote"])
    assert quotes[:2] == ["Of outcome it says none.", "Of outcome it says part."]
    assert len(quotes) == 8


def test_the_note_counts_combinations_without_cases_and_names_who_is_left_out(study):
    """Eight combinations, four empty; firm c9 has no outcome stated."""
    note = truth_table(study, **CUTS).note
    assert "8 possible combinations: 4 have a case, 4 have none" in note
    assert "8 of 9 cases in scope" in note
    assert "Firm c9" in note


def test_remainders_are_listed_on_request(study):
    """With remainders every combination is a row, the empty ones without numbers."""
    result = truth_table(study, **CUTS, remainders=True)
    assert sorted(map(int, result.frame["row"])) == list(range(1, 9))
    empty = result.frame[result.frame["cases"] == 0]
    assert empty["consistency"].isna().all()
    assert len(empty) == 4


def test_rows_with_too_few_cases_count_as_not_observed(study):
    """With two cases asked for, the row of firm c7 alone is marked so."""
    result = truth_table(study, **{**CUTS, "cases": 2})
    assert result.frame.at[row_of(result, 2), "out"] == "?"
    assert "1 combination with fewer cases" in result.note


def test_a_contradiction_cut_off_marks_rows_between(study):
    """Half of row 5 won: it is contradictory from 0.4 to 0.8."""
    result = truth_table(study, **CUTS, contradiction=0.4)
    assert result.frame.at[row_of(result, 5), "out"] == "C"


def test_the_absence_of_the_outcome_has_a_table_of_its_own(study):
    """Without a strike nobody won."""
    result = truth_table(study, **CUTS, outcome="~WON")
    assert result.frame.at[row_of(result, 1), "out"] == "1"
    assert result.frame.at[row_of(result, 1), "with_ids"] == ("c6", "c8")


def test_degrees_count_each_case_by_how_far_it_is_a_member():
    """Where a partial concession is 0.7 of one, the row's consistency is the mean of 1, 0.7, 1."""
    tables = made_study(plan=PLAN.replace("part: 1", "part: 0.7"))
    result = truth_table(tables, **CUTS)
    row = row_of(result, 7)
    assert result.frame.at[row, "consistency"] == pytest.approx(2.7 / 3)
    column = result.frame.columns.get_loc("consistency")
    assert result.cell_text(row - 1, column) == "0.9"


def test_overlapping_conditions_are_refused(study):
    """Support from abroad and a campaign abroad never enter together."""
    with pytest.raises(UnknownNameError, match="overlap"):
        truth_table(study, **CUTS, conditions=["ABROAD", "CAMPAIGN"])


def test_it_can_be_computed_again_with_another_cut_off(study):
    """With half enough, row 5 has the outcome."""
    result = truth_table(study, **CUTS).again(study, consistency=0.5)
    assert result.frame.at[row_of(result, 5), "out"] == "1"


def test_a_case_exactly_between_is_neither_with_nor_without_the_outcome():
    """Where a partial concession is 0.5 of one, firms c2 and c4 are named in the note alone."""
    tables = made_study(plan=PLAN.replace("part: 1", "part: 0.5"))
    result = truth_table(tables, **CUTS)
    told = [case for name in ("with_ids", "without_ids") for each in result.frame[name]
            for case in each]  # fmt: skip
    assert sorted(told) == ["c1", "c3", "c5", "c6", "c7", "c8"]
    assert "neither with nor without it: Firm c2; Firm c4" in result.note


def test_a_case_exactly_between_in_a_condition_is_refused_by_name():
    """It would stand in no combination."""
    plan = PLAN.replace(
        'from: {stated: NGO}\n    values: {"yes": 1, "no": 0}',
        'from: {stated: NGO}\n    values: {"yes": 1, "no": 0.5}',
    )
    with pytest.raises(UnknownNameError, match="NGO: Firm c4; Firm c5"):
        truth_table(made_study(plan=plan), **CUTS)


def test_a_row_that_passes_for_outcome_and_absence_is_told():
    """In fuzzy sets small memberships are subsets of both; only PRI tells them apart."""
    degrees = "{a: 0.6, b: 0.3, d: 0.2, e: 0.4, f: 0.8, g: 0.1}"
    plan = PLAN.replace(
        "{full: 1, part: 1, none: 0}", "{full: 0.6, part: 0.8, none: 0.1, low: 0.4}"
    )
    plan = plan.replace("why: {full: all was granted, part: something was granted, "
                        "none: nothing was granted}", "why: as stated")  # fmt: skip
    plan = plan.replace('values: {"yes": 1, "no": 0}', f"values: {degrees}")
    cases = {"a": ("a", "a", "g", "full"), "b": ("a", "b", "g", "low"),
             "d": ("d", "f", "g", "part"), "e": ("b", "d", "g", "none"),
             "f": ("a", "a", "g", "low")}  # fmt: skip
    tables = made_study(cases, plan)
    cuts = {**CUTS, "consistency": 0.7, "conditions": ["STRIKE", "NGO"]}
    result = truth_table(tables, **cuts)
    row = row_of(result, 1)
    assert result.frame.at[row, "out"] == "1"
    assert result.frame.at[row, "without_ids"] == ("e",)
    assert result.frame.at[row, "mixed"]
    assert "has it)" not in result.cell_text(row - 1, result.frame.columns.get_loc("out"))[:8]
    assert "4 combinations reach the consistency for the outcome and for its absence" in result.note
    assert "combinations (but no case) the degrees of all cases" in result.note
    both = minimise(tables, **{**cuts, "pri": 0.9}, exclude="none")
    assert "for its absence alike" not in both.note


def test_degrees_have_numbers_also_where_no_case_is():
    """Cases that are partly in an empty combination give it a consistency."""
    plan = PLAN.replace('from: {stated: NGO}\n    values: {"yes": 1, "no": 0}',
                        'from: {stated: NGO}\n    values: {"yes": 0.8, "no": 0.2}')  # fmt: skip
    result = truth_table(made_study(plan=plan), **CUTS, remainders=True)
    empty = result.frame[result.frame["cases"] == 0]
    assert empty["consistency"].notna().any()


def test_values_of_a_condition_stand_with_their_words():
    """NGO = 2 is told as the plan's word for it."""
    plan = PLAN.replace('label: an NGO helped\n    from: {stated: NGO}\n    '
                        'values: {"yes": 1, "no": 0}',
                        'label: who helped\n    from: {stated: NGO}\n    '
                        'values: {"yes": 2, "no": 0, other: 1}')  # fmt: skip
    result = truth_table(made_study(plan=plan), **CUTS)
    column = result.frame.columns.get_loc("NGO")
    assert "2 (yes)" in [result.cell_text(row, column) for row in range(len(result.frame))]


def test_wrong_kinds_of_cut_offs_are_refused(study):
    """A number in quotes is no number."""
    for wrong in ("0.8", None, True):
        with pytest.raises(UnknownNameError, match="write a number from 0 to 1"):
            truth_table(study, **{**CUTS, "consistency": wrong})
    with pytest.raises(UnknownNameError, match="whole number"):
        truth_table(study, **{**CUTS, "cases": "1"})


def test_only_the_truth_table_names_all_who_are_left_out(study):
    """The others say how many there are."""
    assert "Firm c9" in truth_table(study, **CUTS).note
    result = minimise(study, **CUTS)
    assert "8 of 9 cases in scope" in result.note
    assert "Firm c9" not in result.note
    assert "ana (human)" in result.note
