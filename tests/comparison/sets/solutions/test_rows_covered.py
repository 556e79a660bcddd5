"""Rows that terms cover: counted and listed without going through all of them."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from tertium.comparison.sets.minimisation.implicants import holds_in
from tertium.comparison.sets.solutions.covered import first_rows, rows_covered

LEVELS = (2, 3, 2, 2)
TERM = st.tuples(*(st.one_of(st.none(), st.integers(0, count - 1)) for count in LEVELS))
ROWS = list(product(*(range(count) for count in LEVELS)))


@given(st.lists(TERM, max_size=5), st.lists(TERM, max_size=2), st.sets(st.integers(1, 24)))
def test_counts_and_lists_equal_a_walk_over_all_rows(
    terms: list[tuple[int | None, ...]], without: list[tuple[int | None, ...]], skip: set[int]
) -> None:
    """What is listed is what a look at every row gives, in order; the count is exact."""
    covered = [
        number
        for number, row in enumerate(ROWS, start=1)
        if any(holds_in(term, row) for term in terms)
    ]
    assert rows_covered(terms, LEVELS) == len(covered)
    left = [
        number
        for number in covered
        if number not in skip and not any(holds_in(term, ROWS[number - 1]) for term in without)
    ]
    assert list(first_rows(terms, LEVELS, without=without, skip=skip, most=100)) == left
    assert list(first_rows(terms, LEVELS, without=without, skip=skip, most=2)) == left[:2]


def test_a_table_too_large_to_list_is_counted() -> None:
    """Two terms of one condition each cover three quarters of 2^60 rows."""
    levels = (2,) * 60
    terms = [(1, *[None] * 59), (*[None] * 59, 1)]
    assert rows_covered(terms, levels) == 3 * 2**58
    assert first_rows(terms, levels, most=2) == (2, 4)
