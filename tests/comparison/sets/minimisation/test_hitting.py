"""Minimal hitting sets, against a look at all subsets."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tertium.comparison.sets.minimisation.hitting import minimal_hitting_sets, minimal_sets

MASKS = st.lists(st.integers(0, 127), max_size=8)


def by_all_subsets(sets: list[int]) -> set[int]:
    hitting = [mask for mask in range(128) if all(mask & one for one in sets)]
    return {
        mask for mask in hitting if not any(one != mask and one & mask == one for one in hitting)
    }


@settings(max_examples=200, deadline=None)
@given(MASKS)
def test_they_are_those_among_all_subsets(sets):
    """Each is found, once, and nothing else."""
    found, complete = minimal_hitting_sets(sets)
    assert complete
    assert len(found) == len(set(found))
    assert set(found) == by_all_subsets(sets)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(1, 127), max_size=8))
def test_twice_leads_back(sets):
    """The minimal hitting sets of the minimal hitting sets are the minimal sets themselves."""
    found, _ = minimal_hitting_sets(sets)
    assert sorted(minimal_hitting_sets(found)[0]) == sorted(minimal_sets(sets))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(1, 127), max_size=8), st.integers(1, 4))
def test_it_stops_after_the_most(sets, most):
    """The first so many, and whether these are all."""
    whole, _ = minimal_hitting_sets(sets)
    found, complete = minimal_hitting_sets(sets, most=most)
    assert found == whole[:most]
    assert complete == (len(whole) <= most)
