"""What went wrong is counted by kind and listed text by text, the worst first."""

from __future__ import annotations

from tertium.agreement.evaluation.gold import LabelledText
from tertium.agreement.evaluation.misses import confusion, misses, with_texts
from tertium.columns import CODINGS, frame
from tertium.sources.source import Source


def cell(found, table, labelled, given, code=""):
    rows = found[
        (found["table"] == table) & (found["labelled"] == labelled) & (found["given"] == given)
        & (found["code"] == code)
    ]  # fmt: skip
    return int(rows["n"].sum())


def test_verdicts_are_counted_beside_labels(five):
    """Eight numbers a code add up to the texts; present against the rest is the 2 x 2 table."""
    found = confusion(five)
    assert cell(found, "verdict", "yes", "present", "a") == 1
    assert cell(found, "verdict", "yes", "absent", "a") == 1
    assert cell(found, "verdict", "yes", "not_searched", "a") == 1
    assert cell(found, "verdict", "no", "undecided", "b") == 1
    of_verdicts = found[found["table"] == "verdict"]
    assert of_verdicts.groupby("code")["n"].sum().to_dict() == {"a": 5, "b": 5}


def test_primary_codes_are_crossed(five):
    """Every text with a stated primary code stands once in the table, "none" with the codes."""
    found = confusion(five)
    assert cell(found, "primary", "a", "a") == 1
    assert cell(found, "primary", "a", "b") == 1
    assert cell(found, "primary", "a", "none") == 1
    assert cell(found, "primary", "none", "a") == 1
    assert found.loc[found["table"] == "primary", "n"].sum() == 5


def test_sets_of_codes_are_crossed(five):
    """Whole sets stand beside each other, only those that occur."""
    found = confusion(five)
    assert cell(found, "set", "a; b", "b") == 1
    assert found.loc[found["table"] == "set", "n"].sum() == 5


def test_the_worst_miss_comes_first(text, table):
    """Most codes wrong, then scores farthest from the label; what is right is not listed."""
    found = misses(
        table(
            text("right", "a", "+-"),
            text("one", "a", "--"),
            text("near", "a", "?-"),
            text("two", "a", "-+"),
            text("primary", "ab", "++", primary="b"),
        )
    )
    assert found["id"].tolist() == ["two", "one", "near", "primary"]
    assert found["wrong"].tolist() == [2, 1, 1, 0]
    assert found.loc[2, "undecided"] == "a"
    assert found.loc[0, ["missed", "added"]].tolist() == ["a", "b"]
    assert found.loc[3, ["primary_labelled", "primary_given"]].tolist() == ["b", "a"]


def test_patterns_that_fired_are_named_code_by_code(text, table):
    """The memo of a miss says which indicators led to it."""
    rows = text("t1", "", "++", patterns="strike* near workers")
    found = misses(table(rows))
    assert found.loc[0, "patterns"] == "a: strike* near workers; b: strike* near workers"


def test_texts_are_added_on_demand(text, table):
    """Only the table that is asked for holds the words of a text, and its passages."""
    missed = misses(table(text("t1", "a", "-+")))
    labelled = LabelledText("mine", Source("t1", "They talked.", language="en"), ("a",), "a", "t1")
    codings = frame([{"source_id": "t1", "code": "b", "quote": "talked"}], CODINGS)
    found = with_texts(missed, [labelled], codings)
    assert found.loc[0, ["passages", "text"]].tolist() == ["b: talked", "They talked."]
