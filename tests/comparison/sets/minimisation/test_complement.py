"""What terms leave out, against a listing of all rows."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tertium.comparison.sets.minimisation.complement import complement

from .brute_force import all_rows, holds


@st.composite
def some_terms(draw):
    levels = draw(st.lists(st.integers(2, 4), min_size=1, max_size=4))
    value = [st.one_of(st.none(), st.integers(0, level - 1)) for level in levels]
    return levels, draw(st.lists(st.tuples(*value), max_size=6))


@settings(max_examples=200, deadline=None)
@given(some_terms())
def test_each_row_is_in_the_terms_or_in_one_term_of_their_complement(drawn):
    """Never in both, and never in two terms of the complement."""
    levels, terms = drawn
    found = complement(terms, levels)
    for row in all_rows(levels):
        inside = any(holds(term, row) for term in terms)
        assert sum(holds(term, row) for term in found) == (not inside)
