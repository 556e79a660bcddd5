"""Statements are listed with their passages, and what is none is told."""

from __future__ import annotations

import pytest

from tertium.bundle import Tables
from tertium.comparison.networks.statements import statements
from tertium.errors import UnknownNameError

from .debate import debate, said


def test_a_statement_is_a_row_with_its_passages(small_debate: Tables) -> None:
    """Who, what, on which side, of whom; the words that name somebody within it add nothing."""
    result = statements(small_debate, coder="ana")
    first = result.frame.iloc[1]
    assert (first["actor"], first["code"], first["stance"], first["addressee"]) == (
        "mine", "wages", "denied", "miners",
    )  # fmt: skip
    evidence = result.evidence(2, "actor")
    assert list(evidence["quote"]) == ["They speak."]
    assert list(evidence["stance"]) == ["denied"]
    assert len(evidence["coding_ids"][0]) == 3


def test_stances_are_chosen_and_ordered(small_debate: Tables) -> None:
    """Few are against, so who asks for them sees them, and is told of how many they are."""
    result = statements(small_debate, coder="ana", stances=["planned", "denied"])
    assert list(result.frame["stance"]) == ["planned", "denied", "denied"]
    assert "7 rows, of which these are the 3 planned, denied." in result.note
    assert list(result.evidence(1, "actor")["stance"]) == ["planned"]
    with pytest.raises(UnknownNameError, match="asserted, planned"):
        statements(small_debate, coder="ana", stances=["for"])


def test_several_actors_are_several_rows() -> None:
    """And so are several claims; the note counts statements, not rows."""
    codings = said("a", "1", ["miners", "drivers"], "wages")
    both = [*codings, {**codings[0], "code": "hours"}]
    result = statements(debate(both), coder="ana")
    assert sorted(zip(result.frame["actor"], result.frame["code"], strict=True)) == [
        ("drivers", "hours"), ("drivers", "wages"), ("miners", "hours"), ("miners", "wages"),
    ]  # fmt: skip
    assert result.note.startswith("1 statement in 1 of 3 counted sources (coder: ana).")


def test_what_has_no_actor_is_told(small_debate: Tables) -> None:
    """A claim without statement and a statement without actor are left out, and counted."""
    note = statements(small_debate, coder="ana").note
    assert "1 claim of which no actor is named is left out." in note
    alone = said("a", "9", [], "wages")
    note = statements(debate([*alone, *said("b", "1", "union", "hours")]), coder="ana").note
    assert "1 statement without an actor is left out." in note


def test_a_statement_whose_claim_was_retracted_is_told() -> None:
    """Those whom it names still stand, and claim nothing."""
    claim, *left = said("a", "9", "miners", "wages")
    assert claim["scheme"] == "claim"
    note = statements(debate([*left, *said("b", "1", "union", "hours")]), coder="ana").note
    assert "1 statement whose claim was retracted is left out." in note


def test_a_coder_without_statements_is_refused(small_debate: Tables) -> None:
    """The message names who has some, and where it says how one is coded."""
    with pytest.raises(UnknownNameError, match="by coder 'rule'; there are statements by ana; a"):
        statements(small_debate)
    with pytest.raises(UnknownNameError, match=r"docs/coding\.md"):
        statements(small_debate, coder="ben")


def test_a_passage_apart_is_evidence_as_well() -> None:
    """Where an actor is named outside the words of the claim, both passages stand behind it."""
    claim, actor = said("a", "1", "miners", "wages")
    apart = {key: value for key, value in actor.items() if key not in ("start", "end")}
    tables = debate([claim, {**apart, "quote": "Nobody answers."}])
    quotes = statements(tables, coder="ana").evidence(1, "actor")["quote"]
    assert list(quotes) == ["They speak.", "Nobody answers."]
