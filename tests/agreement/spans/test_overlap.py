"""Overlap F1: counts that can be made by hand, and how it hangs together."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tertium.agreement.spans.overlap import overlap_f1, overlap_table
from tertium.agreement.spans.resampling import Resamples

from .conftest import text, texts

# Jaccard: 3/5, 1/7, equal but for the value.
SOME = text(
    ("a", 0, 4, "x"), ("a", 10, 14, "x"), ("a", 20, 24, "x"),
    ("b", 1, 5, "x"), ("b", 13, 17, "x"), ("b", 20, 24, "y"), ("b", 40, 41, "x"),
    length=50,
)  # fmt: skip


@pytest.mark.parametrize(
    ("threshold", "matched"), [("any", 2), (0.1, 2), (0.5, 1), (0.6, 1), (0.61, 0), ("exact", 0)]
)
def test_spans_are_matched_within_a_value(threshold, matched):
    """Seven spans: F1 is twice the matches over seven."""
    found = overlap_f1(SOME, threshold=threshold)
    assert found.value == pytest.approx(2 * matched / 7)
    assert found.details["precision"] == matched / 4
    assert found.details["recall"] == pytest.approx(matched / 3)


def test_exact_means_both_ends():
    """Equal spans match exactly, and at Jaccard 1."""
    one = text(("a", 0, 4, "x"), ("b", 0, 4, "x"))
    assert overlap_f1(one, threshold="exact").value == overlap_f1(one, threshold=1).value == 1


def test_one_to_one_and_as_many_as_possible():
    """A long span matches one of two short ones; a chain is matched to its full length."""
    long = text(("a", 0, 10, "x"), ("b", 0, 5, "x"), ("b", 5, 10, "x"))
    assert overlap_f1(long, threshold="any").value == pytest.approx(2 / 3)
    # The closest pair first would leave the outer ones alone.
    chain = text(("a", 0, 6, "x"), ("a", 5, 9, "x"), ("b", 5, 9, "x"), ("b", 8, 20, "x"))
    assert overlap_f1(chain, threshold="any").value == 1


def test_more_coders_are_the_mean_of_pairs():
    """Of three pairs one agrees; a pair without spans has no part in the mean."""
    three = text(("a", 0, 4, "x"), ("b", 0, 4, "x"), ("c", 9, 12, "x"))
    assert overlap_f1(three, threshold="any").value == pytest.approx(1 / 3)
    two = text(("a", 0, 4, "x"), coders=["a", "b", "c"])
    assert overlap_f1(two, threshold="any").value == 0
    assert "precision" not in overlap_f1(three, threshold="any").details


def test_undefined_has_a_reason():
    """No spans, one coder: `no_pairable_values`."""
    for one in (text(coders=["a", "b"]), text(("a", 0, 1, "x"))):
        found = overlap_f1(one, threshold="any")
        assert math.isnan(found.value)
        assert found.reason == "no_pairable_values"


def test_an_unknown_threshold_is_refused():
    """A share above 0, or one of two words."""
    for threshold in (0, 1.5, "all"):
        with pytest.raises(ValueError, match="share"):
            overlap_f1(SOME, threshold=threshold)


@given(texts(overlaps=True), st.sampled_from([0.2, 0.5, "any", "exact"]))
def test_symmetric_and_between_zero_and_one(one, threshold):
    """Which coder is the first does not matter."""
    found = overlap_f1(one, threshold=threshold).value
    other = overlap_f1(one.of_coders(["b", "a"]), threshold=threshold).value
    assert found == pytest.approx(other, nan_ok=True)
    assert math.isnan(found) or 0 <= found <= 1


@given(texts(overlaps=True))
def test_a_stricter_threshold_never_finds_more(one):
    """Any, a tenth, a half, both ends: F1 falls or stays."""
    found = [overlap_f1(one, threshold=each).value for each in ("any", 0.1, 0.5, "exact")]
    assert math.isnan(found[0]) or found == sorted(found, reverse=True)


def test_the_table_has_a_row_for_each_value_and_threshold():
    """All values together stand last."""
    table = overlap_table(
        [SOME, SOME], thresholds=["any", 0.5], resamples=Resamples(times=20, seed=1)
    )
    assert list(table["threshold"]) == ["any", 0.5] * 3
    assert list(table["n_spans"]) == [12, 12, 2, 2, 14, 14]
    assert table["f1"].iloc[-2] == pytest.approx(4 / 7)
    assert table["low"].iloc[-2] == pytest.approx(4 / 7)
