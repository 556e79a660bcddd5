"""The shipped register, and what the notebook on silence says of the shipped study."""

from __future__ import annotations

from pathlib import Path

import pytest
from pybtex.database import parse_file

from tertium.comparison.silence.silence import silence
from tertium.sources.listed.expectations import OWN_REASONING
from tertium.study import open_study

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def shipped():
    return open_study(ROOT / "data/studies/labour-organising.yml").tables


def test_each_basis_is_cited_or_our_own(shipped):
    """An expectation rests on a publication of the bibliography, or is said to be our own."""
    keys = set(parse_file(str(ROOT / "data/references.bib"), bib_format="bibtex").entries)
    for basis in shipped.expectations["basis"]:
        assert basis == OWN_REASONING or basis.split(",")[0] in keys


def test_every_expectation_is_about_some_source(shipped):
    """No row of the register is idle: each is about at least five searched sources.

    Rules have no patterns for other claims, so who read the statements decides on claims.
    """
    table = silence(shipped.decided_by(claim="statements"), parts=False)
    assert set(table.row_counts) == set(shipped.expectations["expectation_id"])
    assert min(table.row_counts.values()) >= 5


def test_every_number_can_be_checked(shipped):
    """Each silent source of a cell stands in its evidence as a whole, once."""
    table = silence(shipped.decided_by(claim="statements"), parts=False)
    for row in table.frame.index:
        found = table.evidence(row, "all")
        whole = found[found["stance"] == "searched, absent"]
        assert len(set(whole["source_id"])) == len(whole) == table.frame.at[row, "all"]
        assert set(whole["quote"]) <= {""}


def test_a_silence_can_be_the_rules_own(shipped):
    """Why the notebook takes a reading: an outcome told in words that no pattern knows."""
    table = silence(shipped, parts=False, expectation="strike-outcome", show="sources").frame
    states = dict(zip(table["source_id"], table["state"], strict=True))
    texts = shipped.sources.set_index("source_id")["text"]
    assert "pay was raised" in texts["karaganda-miners"]
    assert states["karaganda-miners"] == "searched, absent"
    assert "The outcome is not stated." in texts["kz-2021-season"]


def test_the_translations_are_searched_where_there_are_patterns(shipped):
    """Translations are never counted; outcomes have no patterns in their languages."""
    assert set(shipped.counted_sources()["language"]) == {"en"}
    record = silence(shipped, parts=False, expectation="strike-outcome", show="searches").frame
    rules = record[record["coder"].str.startswith("rule")]
    assert list(rules["looked_with"]) == ["patterns: en"]


def test_any_claim_meets_an_expectation_of_claims(shipped):
    """A source whose only claim is one that has no code of its own is not silent."""
    register = shipped.expectations.set_index("expectation_id")
    codes = set(shipped.schemes["claim"].code_ids)
    for each in ("drive-claims", "strike-claims"):
        assert set(register.at[each, "code"].split("|")) == codes


def test_rules_are_not_said_to_have_searched_for_any_claim(shipped):
    """They look for no other claim: nobody is silent by them alone."""
    table = silence(shipped, parts=False, scheme="claim")
    assert table.frame["all"].isna().all()
