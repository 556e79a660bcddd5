"""What tables of agreement come to, in a sentence."""

from __future__ import annotations

import pandas as pd

from tertium.comparison.agreement.told import agreement_in_words, beside_in_words
from tertium.comparison.result import Result

LABELS = {"a": "Alpha", "b": "Beta"}


def by_code(values, lows, highs) -> Result:
    frame = pd.DataFrame(
        {"value": values, "low": lows, "high": highs, "units": 40, "disagreed": 12},
        index=pd.Index(["a", "b", "(all codes)"], name="code"),
    )
    return Result(frame, "", row_labels=LABELS)


def test_a_code_whose_interval_lies_apart_is_the_weakest():
    """It is named alone, with its value."""
    said = agreement_in_words(by_code([0.4, 0.9, 0.6], [0.3, 0.8, 0.5], [0.5, 0.95, 0.7]))
    assert said.startswith("The weakest code is Alpha with 0.40.")


def test_overlapping_intervals_make_no_weakest_code():
    """The lowest is named, and that none stands out."""
    said = agreement_in_words(by_code([0.93, 0.97, 0.95], [0.87, 0.95, 0.9], [0.98, 0.99, 0.99]))
    assert said.startswith("No code stands out")
    assert "Alpha with 0.93" in said


def test_where_nothing_is_defined_it_says_so():
    """No value is made up, and nothing breaks."""
    nan = float("nan")
    said = agreement_in_words(by_code([nan, nan, nan], [nan] * 3, [nan] * 3))
    assert said.startswith("For no code is the coefficient defined.")


def test_only_pairs_with_the_machine_are_told():
    """A value that is not defined is told as such."""
    index = pd.Index(["ana – ben", "ana – rule", "ben – rule"], name="pair")
    result = Result(pd.DataFrame({"value": [0.9, 0.5, float("nan")]}, index=index), "")
    assert "0.50 and not defined over documents" in beside_in_words(result, result, machine="rule")
