"""Three ways to the cheapest cover give one cost."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tertium.agreement.spans.exact_cover import cheapest_cover

SIZE = 7


@st.composite
def problems(draw):
    """Every number alone, and some groups of up to four."""
    more = draw(st.lists(st.sets(st.integers(0, SIZE - 1), min_size=2, max_size=4), max_size=14))
    groups = [(each,) for each in range(SIZE)] + [tuple(sorted(group)) for group in more]
    size = len(groups)
    costs = draw(st.lists(st.integers(0, 12), min_size=size, max_size=size))
    return groups, np.array(costs, dtype=float)


@pytest.mark.parametrize("patience", [(10_000, 0), (0, 10_000), (0, 0)])
@given(problem=problems())
def test_search_and_integer_program_agree(patience, problem):
    """With quick prices, with the best prices, without a search: the least cost is the same."""
    groups, costs = problem
    chosen = cheapest_cover(groups, costs, patience=patience)
    assert sorted(each for at in chosen for each in groups[at]) == list(range(SIZE))
    usual = cheapest_cover(groups, costs)
    assert costs[chosen].sum() == pytest.approx(costs[usual].sum())


def test_without_groups_nothing_is_chosen():
    """An empty text has an empty cover."""
    assert cheapest_cover([], np.zeros(0)) == []
