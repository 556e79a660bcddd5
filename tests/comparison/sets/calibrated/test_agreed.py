"""Two readings of the same cases, set by set."""

from __future__ import annotations

import pytest

from tertium.comparison.sets.calibrated.agreed import set_agreement
from tertium.errors import UnknownNameError
from tertium.report.tables import table

from .study import PLAN, ROWS, made, stated

OTHER = [
    stated("a", "scope", "demand", "Workers struck.", coder="ben"),
    stated("b", "scope", "demand", citation="li2010, p. 1", coder="ben"),
    stated("c", "scope", "no_demand", "Workers struck in c.", coder="ben"),
    stated("d", "scope", "no_demand", "A meeting was held.", coder="ben"),
    stated("a", "outcome", "part", "They got it all.", coder="ben"),
    stated("b", "outcome", "promise", "Something was promised.", coder="ben"),
]
TABLES = made(plan=PLAN.replace("outcome: WON", "coder: ana\noutcome: WON", 1), rows=ROWS + OTHER)


def test_agreement_is_counted_set_by_set():
    """Of four cases judged three are alike; what one coder alone states is compared in nothing."""
    table = set_agreement(TABLES, plan="demands", coders=["ana", "ben"])
    scope, won = table.frame.to_dict("records")
    assert (scope["set"], scope["cases"], scope["same"], scope["share"]) == ("scope", 4, 3, 0.75)
    assert scope["differ"] == "Case c: demand or no demand"
    assert (won["cases"], won["valued"], won["same"]) == (2, 2, 1)
    assert won["differ"] == "Case a: full or part"
    assert "STRIKE, SIZE" in table.note
    assert "model" not in table.note


def test_alpha_is_that_of_krippendorff():
    """Four units, one of them unlike: 1 - 7 * 2 / (2 * 5 * 3) by the coincidences counted by hand."""
    table = set_agreement(TABLES, plan="demands", coders=["ana", "ben"])
    assert table.frame.at[1, "alpha"] == pytest.approx(1 - 7 * 2 / (2 * 5 * 3))


def test_passages_of_the_cases_that_differ_come_first():
    """Both coders' words on case c stand before those on which they agree."""
    found = set_agreement(TABLES, plan="demands", coders=["ana", "ben"]).evidence(1, "set")
    assert found["quote"].tolist()[:2] == ["Workers struck in c."] * 2
    assert set(found["coder"][:2]) == {"ana", "ben"}
    assert len(found) == 6


def test_each_row_opens_where_something_stands():
    """In a report the link to both coders' passages is at the label, also where they agree."""
    same = [{**row, "coder": "ben"} for row in ROWS]
    plan = PLAN.replace("outcome: WON", "coder: ana\noutcome: WON", 1)
    found = set_agreement(made(plan=plan, rows=ROWS + same), plan="demands", coders=["ana", "ben"])
    assert found.frame["differ"].tolist() == ["", ""]
    content = table(found, name="agreement").content
    names = [column["name"] for column in content["columns"]]
    linked = [
        [name for name, cell in zip(names, row, strict=True) if cell["evidence"]]
        for row in content["rows"]
    ]
    assert linked == [["label"], ["label"]]


def test_alpha_without_a_difference_in_words_is_not_defined():
    """Where all is one word nothing shows that the coders can tell words apart."""
    rows = [row for row in ROWS + OTHER if row["case_id"] != "c" and row["value"] != "no_demand"]
    tables = made(plan=PLAN.replace("outcome: WON", "coder: ana\noutcome: WON", 1), rows=rows)
    table = set_agreement(tables, plan="demands", coders=["ana", "ben"])
    assert table.frame["alpha"].isna()[1]
    assert table.shown.at[1, "alpha"].startswith("not defined, because every coding used")


@pytest.mark.parametrize("coders", [None, ["ana"], ["ana", "ana"], "ana", ["ana", "eva"]])
def test_two_coders_are_needed(coders):
    """One, the same twice, or somebody who stated nothing: refused."""
    with pytest.raises(UnknownNameError):
        set_agreement(TABLES, plan="demands", coders=coders)


def test_two_readings_by_models_are_an_upper_bound():
    """The note says what such agreement is worth."""
    rows = [{**row, "coder_kind": "model", "model": "m"} for row in ROWS + OTHER]
    tables = made(plan=PLAN.replace("outcome: WON", "coder: ana\noutcome: WON", 1), rows=rows)
    note = set_agreement(tables, plan="demands", coders=["ana", "ben"]).note
    assert "an upper bound of what two people would reach" in note
