"""Spans are checked once, with every fault named."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from tertium.agreement.spans.continuum import (
    continuum,
    joined,
    merged,
    refuse_overlaps,
    same_coders,
)
from tertium.errors import InputError

from .conftest import text


def test_all_faults_are_named_at_once():
    """Empty, outside, without value, of a stranger: one error with four lines."""
    with pytest.raises(InputError) as caught:
        text(
            ("ana", 3, 3, "x"),
            ("ana", 0, 12, "x"),
            ("ben", 0, 1, None),
            ("eva", 0, 1, "x"),
            length=10,
            coders=["ana", "ben"],
            name="s1",
        )
    lines = str(caught.value).splitlines()
    assert [line.split(":")[0] for line in lines] == [
        "s1, line 1, start",
        "s1, line 2, end",
        "s1, line 3, value",
        "s1, line 4, coder",
    ]
    assert "0 <= start < end" in lines[0]


@pytest.mark.parametrize("start", ["one", float("nan"), -1, float("inf")])
def test_positions_are_numbers_in_the_text(start):
    """Words, NaN, negative and endless positions are refused."""
    with pytest.raises(InputError):
        text(("ana", start, 5, "x"), length=10)


def test_a_coder_named_twice_is_refused():
    """A list of coders names each once."""
    with pytest.raises(InputError, match="named twice"):
        text(coders=["ana", "ana"], length=3)


def test_a_frame_and_a_list_give_the_same():
    """The form of the input does not matter, nor its order."""
    rows = [
        {"coder": "ben", "start": 2, "end": 4, "value": "x"},
        {"coder": "ana", "start": 1, "end": 3, "value": "y"},
    ]
    one = continuum(pd.DataFrame(rows), length=9)
    other = continuum(reversed(rows), length=9)
    assert one.coders == other.coders == ("ana", "ben")
    assert np.array_equal(one.start, other.start)
    assert list(one.value) == list(other.value) == ["y", "x"]


def test_values_of_several_types_stand_side_by_side():
    """Numbers and words are sorted apart, so that mixed codes are no fault."""
    assert text(("a", 0, 1, 2), ("a", 1, 2, "x"), ("b", 0, 1, 1.5)).values == (1.5, 2, "x")


def test_without_a_length_the_text_ends_with_the_last_span():
    """And is empty without spans."""
    assert text(("a", 0, 7, "x")).length == 7
    assert text(coders=["a", "b"]).length == 0


def test_merging_joins_what_overlaps_and_leaves_what_touches():
    """Only spans of one coder and one value are merged."""
    one = text(
        ("a", 0, 4, "x"), ("a", 2, 6, "x"), ("a", 6, 8, "x"), ("a", 5, 7, "y"), ("b", 1, 3, "x")
    )
    found = merged(one)
    spans = sorted(zip(found.coder, found.start, found.end, found.value, strict=True))
    assert spans == [("a", 0, 6, "x"), ("a", 5, 7, "y"), ("a", 6, 8, "x"), ("b", 1, 3, "x")]


def test_overlaps_are_refused_with_what_to_do():
    """Of two values: a coefficient for each code; of one value: merge."""
    with pytest.raises(InputError, match="for each code apart"):
        refuse_overlaps([text(("a", 0, 4, "x"), ("a", 3, 6, "y"))], within="coder")
    with pytest.raises(InputError, match="merge them first"):
        refuse_overlaps([text(("a", 0, 4, "x"), ("a", 3, 6, "x"))], within="value")
    refuse_overlaps([text(("a", 0, 4, "x"), ("a", 3, 6, "y"))], within="value")
    refuse_overlaps([text(("a", 0, 4, "x"), ("a", 4, 6, "x"), ("b", 2, 5, "x"))], within="coder")


def test_an_overlap_behind_a_long_span_is_seen():
    """The third span lies in the first, though not in the second."""
    with pytest.raises(InputError) as caught:
        refuse_overlaps(
            [text(("a", 0, 9, "x"), ("a", 1, 2, "x"), ("a", 5, 6, "x"))], within="coder"
        )
    assert len(caught.value.faults) == 2


def test_joined_texts_stand_end_to_end():
    """Lengths add up; spans move along."""
    one, other = text(("a", 0, 2, "x"), length=5), text(("a", 1, 3, "y"), length=4)
    both = joined([one, other])
    assert (both.length, list(both.start), list(both.end)) == (9, [0, 6], [2, 8])


def test_texts_of_other_coders_are_refused():
    """Only texts that all have read can be compared; no text can't."""
    with pytest.raises(InputError, match="not by a, b"):
        same_coders([text(coders=["a", "b"]), text(coders=["a", "c"])])
    with pytest.raises(InputError, match="no text"):
        same_coders([])
