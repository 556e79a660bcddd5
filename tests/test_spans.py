"""Spans behave as the sets of characters that they stand for."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tertium.spans import Span, covered_length, jaccard, merge, subtract

spans = st.tuples(st.integers(0, 40), st.integers(1, 12)).map(lambda pair: Span(pair[0], sum(pair)))
lists_of_spans = st.lists(spans, max_size=8)


def characters(some):
    return {position for span in some for position in range(span.start, span.end)}


@pytest.mark.parametrize(("start", "end"), [(3, 3), (4, 3), (-1, 2)])
def test_empty_and_backward_spans_are_refused(start, end):
    """A span holds at least one character and begins inside the text."""
    with pytest.raises(ValueError, match="0 <= start < end"):
        Span(start, end)


@given(st.text(min_size=1, max_size=30), st.data())
def test_a_span_quotes_its_characters(text, data):
    """`of` gives as many characters as the span is long, those at its offsets."""
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    assert span.of(text) == text[span.start : span.end]
    assert len(span.of(text)) == len(span)


@given(spans, spans)
def test_overlap_is_the_shared_characters(one, other):
    """Overlap is symmetric and is what both sets of characters share."""
    shared = characters([one]) & characters([other])
    assert one.has_overlap(other) == other.has_overlap(one) == bool(shared)
    assert one.overlap(other) == other.overlap(one)
    assert characters(filter(None, [one.overlap(other)])) == shared
    assert one.holds(other) == (characters([other]) <= characters([one]))


@given(lists_of_spans)
def test_merged_spans_cover_the_same(some):
    """Merging changes no character, sorts, and leaves gaps between all spans."""
    merged = merge(some)
    assert characters(merged) == characters(some)
    assert all(a.end < b.start for a, b in pairwise(merged))
    assert merge(merged) == merged
    assert covered_length(some) == len(characters(some))


@given(lists_of_spans, lists_of_spans)
def test_subtraction_leaves_the_rest(some, holes):
    """What is left is in a span and in no hole."""
    left = subtract(some, holes)
    assert characters(left) == characters(some) - characters(holes)
    assert left == sorted(left)


@given(lists_of_spans, lists_of_spans)
def test_jaccard_is_that_of_the_sets(one, other):
    """Shared over covered characters, symmetric, 1 where neither covers any."""
    union = characters(one) | characters(other)
    expected = len(characters(one) & characters(other)) / len(union) if union else 1.0
    assert jaccard(one, other) == pytest.approx(expected)
    assert jaccard(one, other) == jaccard(other, one)
