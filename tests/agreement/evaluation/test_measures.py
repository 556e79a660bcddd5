"""Measures are what their definitions say, on counts that can be done by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from tertium.agreement.evaluation.judged import NO_PRIMARY, UNKNOWN, judged
from tertium.agreement.evaluation.measures import (
    REASONS,
    UNITS,
    amounts,
    code_measures,
    counts,
    mean_of_defined,
    ratio,
    text_measures,
)
from tertium.errors import InputError


def total(table):
    return {name: array.sum(axis=0) for name, array in counts(judged(table)).items()}


def test_counts_of_each_code(five):
    """Only the verdict present counts as given: undecided and not searched are misses."""
    summed = total(five)
    assert {name: summed[name].tolist() for name in ("tp", "fp", "fn", "tn")} == {
        "tp": [1, 1], "fp": [1, 0], "fn": [2, 0], "tn": [1, 4],
    }  # fmt: skip


def test_precision_recall_and_f1(five):
    """1 of 2 given and 1 of 3 labelled give F1 = 2 / (2 + 1 + 2)."""
    found = code_measures(total(five))
    assert found["precision"].tolist() == [0.5, 1.0]
    assert found["recall"].tolist() == pytest.approx([1 / 3, 1.0])
    assert found["f1"].tolist() == pytest.approx([0.4, 1.0])


def test_measures_over_all_codes(five):
    """Each measure by its own count: five texts, ten verdicts, two scores missing."""
    found = text_measures(total(five))
    assert {name: round(float(value), 6) for name, value in found.items()} == {
        "macro_f1": 0.7,
        "macro_precision": 0.75,
        "macro_recall": round((1 / 3 + 1) / 2, 6),
        "micro_f1": round(4 / (4 + 3), 6),
        "subset_accuracy": 2 / 5,
        "primary_accuracy": round(1 / 3, 6),
        "none_kept": 1 / 2,
        "coverage": 7 / 10,
        "accuracy_decided": round(5 / 7, 6),
        "brier": round((0.04 + 1 + 0.04 + 0.64 + 0.16) / 8, 6),
    }
    assert set(found) == set(UNITS)
    assert set(found) <= set(REASONS)


def test_what_each_measure_is_a_share_of(five):
    """Primary accuracy is over texts with a primary label, the rest as their units say."""
    found = amounts(total(five))
    assert (found["macro_f1"], found["primary_accuracy"], found["none_kept"]) == (5, 3, 2)
    assert (found["coverage"], found["accuracy_decided"], found["brier"]) == (10, 7, 8)


def test_macro_f1_is_the_mean_of_the_f1s(five):
    """Not the F1 of mean precision and mean recall, which is larger here."""
    found = text_measures(total(five))
    of_means = 2 * 0.75 * (2 / 3) / (0.75 + 2 / 3)
    assert found["macro_f1"] == pytest.approx(0.7)
    assert of_means > 0.7


def test_what_has_no_meaning_is_nan_and_never_one(text, table):
    """A code neither labelled nor given has no F1 and stays out of the macro mean."""
    summed = total(table(text("t1", "a", "+-"), text("t2", "", "--")))
    assert math.isnan(code_measures(summed)["f1"][1])
    assert text_measures(summed)["macro_f1"] == 1.0
    nothing = total(table(text("t1", "", "xx")))
    found = text_measures(nothing)
    undefined = {name for name, value in found.items() if math.isnan(value)}
    assert undefined == {
        "macro_f1", "macro_precision", "macro_recall", "micro_f1", "primary_accuracy",
        "accuracy_decided", "brier",
    }  # fmt: skip
    assert found["coverage"] == 0.0


def test_a_primary_that_is_not_stated_is_not_asked(text, table):
    """A text with two labels and no primary one counts for no primary accuracy."""
    arrays = judged(table(text("t1", "ab", "++", primary=None), text("t2", "a", "--")))
    assert arrays.gold_primary.tolist() == [UNKNOWN, 0]
    assert arrays.primary.tolist() == [0, NO_PRIMARY]
    summed = {name: array.sum(axis=0) for name, array in counts(arrays).items()}
    assert text_measures(summed)["primary_accuracy"] == 0.0
    assert amounts(summed)["primary_accuracy"] == 1


def test_order_of_rows_changes_nothing(five):
    """Shuffled rows give the same measures, the codes in the order in which they first come."""
    shuffled = five.iloc[[0, 1, 9, 8, 4, 5, 2, 3, 7, 6]]
    assert text_measures(total(shuffled)) == text_measures(total(five))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda t: t.iloc[:-1], "t5 has not each of the 2 codes once"),
        (lambda t: t.assign(coder=["rule"] * 9 + ["other"]), "other, rule stand together"),
        (lambda t: t.assign(primary=True), "t1 has several primary codes"),
        (lambda t: t.iloc[:0], "there is none"),
    ],
)
def test_tables_that_cannot_be_judged_are_refused(five, change, said):
    """A missing row, two coders, two primary codes and an empty table are named."""
    with pytest.raises(InputError, match=said):
        judged(change(five))


def test_ratio_of_nothing_is_nan():
    """0 of 0 has no value; 0 of 2 is 0."""
    assert np.isnan(ratio(np.array([0.0]), np.array([0.0])))[0]
    assert ratio(np.array([0.0]), np.array([2.0]))[0] == 0.0
    assert mean_of_defined(np.array([[1.0, np.nan], [np.nan, np.nan]]))[0] == 1.0
