"""What readers see of a calibration: cases in scope, the matrix, the record, skew."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tertium import columns
from tertium.comparison.sets.calibrated.matrix import memberships
from tertium.comparison.sets.calibrated.record import calibration
from tertium.comparison.sets.calibrated.scoped import OPEN, OUT, USED, set_cases
from tertium.comparison.sets.calibrated.skewed import skew
from tertium.comparison.stability.left_out import without
from tertium.errors import UnknownNameError

from .study import PLAN, ROWS, made, stated

ALL = (set_cases, memberships, calibration, skew)


def test_every_case_of_the_study_has_a_row():
    """Used, in scope with a gap, or out of scope, each with its reason; the note counts them."""
    table = set_cases(made(), plan="demands", conditions=["STRIKE"])
    uses = dict(zip(table.frame["case_id"], table.frame["use"], strict=True))
    assert uses == {"a": USED, "b": USED, "c": OPEN, "d": OUT, "p": OUT}
    assert "Of 5 cases of the study 3 are in scope" in table.note
    assert "is stated of 2, every condition (workers stopped work) of 3, both of 2" in table.note
    assert "ana (human)" in table.note
    of_c = list(table.frame["case_id"]).index("c")
    assert table.frame["missing"].iloc[of_c] == ""
    outcome = [table.cell_text(row, list(table.frame.columns).index("outcome")) for row in range(3)]
    assert outcome[of_c] == "not stated: Why not_stated."


def test_scope_and_outcome_lead_to_their_passages():
    """Each under its own column, also for a case that is out."""
    table = set_cases(made(), plan="demands")
    rows = {case: number for number, case in zip(table.frame.index, table.frame["case_id"], strict=True)}  # fmt: skip
    assert table.evidence(rows["a"], "why")["quote"].tolist() == ["Workers struck."]
    assert table.evidence(rows["a"], "outcome")["quote"].tolist() == ["They got it all."]
    assert table.evidence(rows["d"], "why")["quote"].tolist() == ["A meeting was held."]
    assert table.evidence(rows["p"], "why").empty


def test_the_raw_matrix_holds_words_and_tells_gaps_apart():
    """A word a cell; nothing stated and nobody looked are two things; each cell has passages."""
    table = memberships(made(), plan="demands", conditions=["HELP", "TOWN"])
    assert (table.frame.index.name, table.frame.columns.name) == ("case", "set")
    assert list(table.frame.columns) == ["HELP", "TOWN", "WON"]
    assert table.frame.at["a", "WON"] == "full"
    texts = {(row, name): table.cell_text(i, j) for i, row in enumerate(table.frame.index)
             for j, name in enumerate(table.frame.columns)}  # fmt: skip
    assert texts["c", "HELP"] == "not searched"
    assert texts["c", "WON"] == texts["c", "TOWN"] == "not stated"
    assert table.evidence("a", "HELP")["quote"].tolist() == ["The union joined them."]
    assert "nobody looked for it" in table.note


def test_memberships_are_numbers():
    """The same cells after calibration; a gap stays a gap."""
    table = memberships(made(), plan="demands", show="memberships")
    assert table.frame.at["a", "STRIKE"] == 1
    assert table.frame.at["a", "SIZE"] == pytest.approx(0.95)
    assert table.frame["WON"].isna().tolist() == [False, False, True]
    with pytest.raises(UnknownNameError, match="there are raw, memberships"):
        memberships(made(), plan="demands", show="cooked")


def test_the_record_says_where_values_come_from_and_why():
    """One row a set with source, method, reasons and how many cases are in and out."""
    table = calibration(made(), plan="demands")
    row = table.frame.set_index("set")
    assert row.at["SIZE", "how"].endswith("(out 50, crossover 500, into 5000)")
    assert row.at["SIZE", "why"] == "out: few crossover: some into: many"
    assert row.at["STRIKE", "source"].endswith("any of the codes is there; rule (rule)")
    assert row.loc["WON", ["in", "out", "between", "not_stated"]].tolist() == [1, 1, 0, 1]
    assert row.loc["STRIKE", ["in", "out", "between", "not_stated"]].tolist() == [2, 1, 0, 0]
    assert "a promise counts" in table.note
    assert len(table.evidence(1, "set")) == 2


def test_a_case_at_the_crossover_is_neither_in_nor_out():
    """A membership of exactly 0.5 is counted apart in the record and in the skew."""
    plan = PLAN.replace("promise: 0, none", "promise: 0.5, none")
    row = calibration(made(plan=plan), plan="demands").frame.set_index("set").loc["WON"]
    assert row[["in", "out", "between"]].tolist() == [1, 0, 1]
    of = skew(made(plan=plan), plan="demands", conditions=["STRIKE"]).frame.set_index("set")
    assert of.loc["WON", ["used", "members", "between"]].tolist() == [2, 1, 1]


def test_a_set_that_tells_nothing_apart_is_called_so():
    """All cases used are members: no difference can rest on it."""
    rows = [*(row for row in ROWS if row["case_id"] != "b" or row["set"] == "scope"),
            stated("b", "outcome", "part", "Something was promised.")]  # fmt: skip
    table = skew(made(rows=rows), plan="demands", conditions=["STRIKE"])
    told = dict(zip(table.frame["set"], table.frame["told"], strict=True))
    assert told == {
        "STRIKE": "not skewed",
        "WON": "all of the cases: there is nothing to explain",
    }


def test_skew_is_told_by_its_share():
    """One of ten is strong, one of six mild, one of four none."""
    from tertium.comparison.sets.calibrated.skewed import _told

    assert [_told(share) for share in (0.1, 1 / 6, 0.25, 0.9)] == [
        "strongly skewed: few are in",
        "skewed: few are in",
        "not skewed",
        "strongly skewed: few are out",
    ]


def test_without_a_case_that_can_be_used_a_share_is_not_defined():
    """The cell says why, and nothing fails."""
    table = skew(made(rows=ROWS[:4]), plan="demands")
    assert table.frame["share"].isna().all()
    column = list(table.frame.columns).index("share")
    assert table.cell_text(0, column).startswith("not defined, because no case has")


def test_combinations_are_counted_over_the_cases_used():
    """Two crisp conditions allow four; a and b are in two of them, none has two cases."""
    table = skew(made(), plan="demands", conditions=["STRIKE", "HELP"], show="diversity", cases=2)
    assert table.frame["number"].tolist() == [4, 2, 0, 2, 2, 2]
    one = skew(made(), plan="demands", conditions=["STRIKE", "HELP"], show="diversity")
    assert one.frame["number"].tolist() == [4, 2, 2, 2, 2]
    assert "allow 4 combinations, and 2 of them hold a case" in one.note


def test_a_multi_value_set_has_a_row_for_each_value():
    """The values part the cases; each is told apart."""
    table = skew(made(), plan="demands", conditions=["CROWD"])
    of = table.frame.set_index("set")
    assert of["members"].tolist()[:3] == [0, 1, 1]
    assert list(of.index) == ["CROWD[0]", "CROWD[1]", "CROWD[2]", "WON"]


@pytest.mark.parametrize("compute", ALL, ids=lambda each: each.__name__)
def test_each_table_is_computed_again(compute):
    """On the same tables the same, without a source another, with other conditions as well."""
    tables = made()
    table = compute(tables, plan="demands")
    assert repr(table.again(tables)) == repr(table)
    assert repr(table.again(without(tables, {"s-a"}))) != repr(table)
    assert repr(table.again(tables, conditions=["TOWN"])) != repr(table)
    assert table.title
    assert "—" not in table.note


@pytest.mark.parametrize("compute", ALL, ids=lambda each: each.__name__)
def test_a_scope_without_a_case_makes_an_empty_table(compute):
    """Where nothing is stated, as over texts that nobody quoted, nothing fails."""
    table = compute(made(rows=[]), plan="demands")
    assert table.support.empty
    assert repr(table)


@pytest.mark.parametrize("compute", ALL, ids=lambda each: each.__name__)
def test_what_can_not_be_shown_is_refused(compute):
    """An unknown plan, and conditions that overlap."""
    with pytest.raises(UnknownNameError, match="it has demands"):
        compute(made(), plan="x")
    with pytest.raises(UnknownNameError, match="overlap by definition"):
        compute(made(), plan="demands", conditions=["SIZE", "CROWD"])
    with pytest.raises(UnknownNameError, match="there are sets, diversity"):
        skew(made(), plan="demands", show="x")


def test_values_of_several_are_called_by_their_words_and_not_judged():
    """A cut's name is the word of the value it begins; rules on two sides are not for three."""
    table = skew(made(), plan="demands", conditions=["CROWD"])
    rows = table.frame[table.frame["set"].str.startswith("CROWD")]
    assert rows["label"].tolist() == [
        "a crowd: below some", "a crowd: some", "a crowd: many"
    ]  # fmt: skip
    assert set(rows["told"]) <= {
        "one value of several", "none of the cases", "all of the cases", "nothing is known"
    }  # fmt: skip
    assert "no value is judged so" in table.note


def test_the_words_out_of_scope_are_counted():
    """A reader sees which words put cases out."""
    assert (
        "Out of scope by what is stated: no_demand (1)." in set_cases(made(), plan="demands").note
    )


def test_numbers_are_shown_with_their_unit():
    """Who reads 120 is told of what."""
    facts = [{"case_id": "a", "attribute": "number", "value": "120", "what": "workers",
              "unit": "couriers", "basis": "x, p. 1"}]  # fmt: skip
    tables = replace(made(), facts=columns.frame(facts, columns.FACTS))
    table = memberships(tables, plan="demands")
    assert table.shown.at["a", "SIZE"] == "120 couriers"
    assert table.frame.at["a", "SIZE"] == 120
