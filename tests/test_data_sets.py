"""What is stated for the shipped set analysis: every case judged, every value with a passage."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tertium.bundle import Tables
from tertium.comparison.sets.calibrated.agreed import set_agreement
from tertium.comparison.sets.calibrated.calibrate import calibrated
from tertium.study import open_study

README = Path(__file__).resolve().parent.parent / "data" / "sets" / "README.md"
PLAN = "concession"
CODERS = ["reading-4", "reading-5"]
STATED = {"outcome", "strike", "ngo", "forum", "state", "union", "abroad"}


@pytest.fixture(scope="module")
def tables() -> Tables:
    return open_study("labour-organising").tables


def test_every_case_is_judged(tables: Tables) -> None:
    """Each case of the study is in scope or out of it, and each in scope has every set."""
    assert tables.memberships is not None
    for coder in CODERS:
        rows = tables.memberships[tables.memberships["coder"] == coder]
        told = {case: set(names) for case, names in rows.groupby("case_id")["set"]}
        assert set(told) == set(tables.cases["case_id"])
        found = calibrated(tables, PLAN, coder=coder)
        assert set(found.out_of_scope) | set(found.memberships.cases) == set(told)
        assert all(told[case] == {"scope"} for case in found.out_of_scope)
        assert all(told[case] == {"scope"} | STATED for case in found.memberships.cases)


def test_the_page_tells_how_far_the_readings_agree(tables: Tables) -> None:
    """The numbers in the page on these data are those of the comparison."""
    names = {"CONCESSION": "outcome", "STRIKE": "strike", "NGO": "ngo", "FORUM": "forum",
             "STATE": "state", "UNION": "union", "ABROAD": "abroad"}  # fmt: skip
    conditions = [name for name in names if name != "CONCESSION"]
    table = set_agreement(tables, plan=PLAN, coders=CODERS, conditions=conditions)
    text = README.read_text(encoding="utf-8")
    for row in table.frame.to_dict("records"):
        name = names.get(row["set"], row["set"])
        assert f"| {name} | {row['cases']} | {row['same']} | {row['alpha']:.2f} |" in text


def test_every_value_has_a_passage_of_a_counted_source(tables: Tables) -> None:
    """No value rests on anything but words of a source that counts; not_stated rests on none."""
    assert tables.memberships is not None
    stated = tables.memberships[tables.memberships["value"] != "not_stated"]
    assert stated["quote"].str.len().gt(0).all()
    assert set(stated["source_id"]) <= set(tables.counted_sources()["source_id"])
    silent = tables.memberships[tables.memberships["value"] == "not_stated"]
    assert silent["quote"].isna().all()
    assert silent["reason"].str.len().gt(0).all()


def test_no_condition_is_lopsided(tables: Tables) -> None:
    """Of the cases that are analysed no condition has more than 85 percent on one side."""
    complete, _ = calibrated(tables, PLAN).memberships.complete(
        ["CONCESSION", "STRIKE", "NGO", "FORUM", "STATE"]
    )
    shares = complete.frame.mean()
    assert shares.between(0.15, 0.85).all(), shares.to_dict()


def test_the_page_counts_what_rules_and_reading_share(tables: Tables) -> None:
    """The numbers in the page on these data are those of the data."""
    words = {"32": ("STRIKE", "STRIKE_BY_RULE"), "33": ("NGO", "NGO_BY_RULE")}
    text = " ".join(README.read_text(encoding="utf-8").split())
    for of, (reading, rule) in words.items():
        ours = calibrated(tables, PLAN, conditions=[reading]).raw[reading].dropna()
        theirs = calibrated(tables, PLAN, conditions=[rule]).raw[rule].reindex(ours.index)
        same = int((ours == theirs).fillna(False).sum())
        assert len(ours) == int(of)
        assert f"the rules say the same in {same}" in re.split(rf"Of the {of} ", text)[1]


def test_doubtful_cases_are_cases(tables: Tables) -> None:
    """Each case that the page calls doubtful is one of the study."""
    doubtful = README.read_text(encoding="utf-8").split("## Doubtful cases")[1].split("\n## ")[0]
    named = {
        each
        for line in doubtful.splitlines()
        if line.startswith("| `")
        for each in re.findall(r"`([^`]+)`", line.split("|")[1])
    }
    assert named
    assert named <= set(tables.cases["case_id"])
