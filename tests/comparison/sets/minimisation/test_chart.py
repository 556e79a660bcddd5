"""Covers of a chart, against a look at all subsets."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tertium.comparison.sets.minimisation import least
from tertium.comparison.sets.minimisation.budget import Budget
from tertium.comparison.sets.minimisation.chart import covers, dominated, essential
from tertium.comparison.sets.minimisation.least import LeastCover
from tertium.comparison.sets.minimisation.program import least_by_program

from .brute_force import all_irredundant

CHARTS = st.integers(0, 6).flatmap(
    lambda columns: st.tuples(
        st.lists(st.integers(0, (1 << columns) - 1), max_size=9), st.just(columns)
    )
)


def large_chart(seed: int, masks: int, columns: int, density: float) -> list[int]:
    chance = random.Random(seed)
    return [
        sum((chance.random() < density) << column for column in range(columns))
        for _ in range(masks)
    ]


@settings(max_examples=300, deadline=None)
@given(CHARTS)
def test_the_covers_are_those_among_all_subsets(drawn):
    """All of the least size by default; with `every`, all without a superfluous member."""
    chart, columns = drawn
    expected = all_irredundant(chart, columns)
    every, few = covers(chart, columns, every=True), covers(chart, columns)
    assert few.unsolvable == every.unsolvable == (not expected)
    assert list(every.covers) == expected
    assert every.complete
    assert few.complete
    if expected:
        size = len(expected[0])
        assert few.size == every.size == size
        assert list(few.covers) == [cover for cover in expected if len(cover) == size]
        assert few.at_least == len(few.covers)
        assert few.bounds == (size, size)


@settings(max_examples=150, deadline=None)
@given(CHARTS, st.integers(1, 3), st.booleans())
def test_a_cut_list_is_a_part_of_the_whole(drawn, most, every):
    """So many and no more, each of them one of all; it says that there are others."""
    chart, columns = drawn
    whole = covers(chart, columns, every=every)
    found = covers(chart, columns, every=every, most=most)
    assert set(found.covers) <= set(whole.covers)
    assert len(found.covers) == min(most, len(whole.covers))
    assert found.complete == (len(whole.covers) <= most)
    assert len(found.covers) <= found.at_least <= len(whole.covers)
    if found.counted:
        assert found.at_least == len(whole.covers)
    assert all(len(cover) == found.size for cover in found.covers[:1])


@settings(max_examples=150, deadline=None)
@given(CHARTS, st.integers(0, 60), st.booleans())
def test_a_small_budget_gives_bounds_and_covers(drawn, steps, every):
    """Whatever the budget, what is listed covers all, and the size lies between the bounds."""
    chart, columns = drawn
    whole = covers(chart, columns, every=True)
    found = covers(chart, columns, every=every, budget=Budget(steps))
    if whole.unsolvable:
        assert found.unsolvable
        return
    assert found.covers
    assert set(found.covers) <= set(whole.covers)
    assert found.bounds[0] <= whole.size <= found.bounds[1]
    assert (found.size is None) == (found.bounds[0] < found.bounds[1])
    assert not (found.spent and found.complete)


@settings(max_examples=150, deadline=None)
@given(CHARTS)
def test_without_the_dominated_the_least_size_is_the_same(drawn):
    """Row dominance keeps the size; equal prime implicants stay."""
    chart, columns = drawn
    out = dominated(chart)
    left = [mask for at, mask in enumerate(chart) if at not in out]
    assert covers(left, columns).size == covers(chart, columns).size
    assert all(any(chart[at] | mask == mask != chart[at] for mask in left) for at in out)


def test_a_dominated_prime_implicant_can_stand_in_a_least_cover():
    """Which is why none is left out before covers are listed."""
    chart = [0b011, 0b111, 0b1000, 0b1100]
    assert dominated(chart) == (0, 2)
    assert (0, 3) in covers(chart, 4).covers


@settings(max_examples=150, deadline=None)
@given(CHARTS)
def test_the_essential_ones_stand_in_every_cover(drawn):
    """Exactly those that alone cover a column stand in all irredundant covers."""
    chart, columns = drawn
    every = covers(chart, columns, every=True).covers
    if every:
        assert set(essential(chart, columns)) == set.intersection(*map(set, every))


def test_equal_prime_implicants_multiply_the_covers():
    """Ten that cover the same, in each of three places: a thousand covers, counted if not listed."""
    chart = [0b001] * 10 + [0b010] * 10 + [0b100] * 10
    found = covers(chart, 3, most=7)
    assert (found.size, len(found.covers), found.at_least) == (3, 7, 1000)
    assert found.counted
    assert not found.complete


@pytest.mark.parametrize("seed", range(4))
def test_search_and_program_agree_on_the_least_size(seed: int):
    """Two independent ways to one number, on charts too large for all subsets."""
    chart = large_chart(seed, 60, 24, 0.2)
    wanted = 0
    for mask in chart:
        wanted |= mask
    search = LeastCover(chart, wanted, Budget(None))
    low, high, cover = search.solve()
    asked = least_by_program(chart, wanted, nodes=200)
    assert low == high == len(cover) == asked.low == len(asked.cover)
    assert search.budget.spent < least._OWN_STEPS


def test_a_hard_chart_is_handed_to_the_program(monkeypatch):
    """Where the search has too few steps of its own, the program proves the size."""
    chart = large_chart(1, 60, 24, 0.2)
    alone = covers(chart, 24)
    monkeypatch.setattr(least, "_OWN_STEPS", 10)
    assert covers(chart, 24) == alone
    cut = covers(chart, 24, budget=Budget(10))
    assert cut.size is None
    assert cut.spent
    assert cut.bounds[0] <= alone.size <= cut.bounds[1] == len(cut.covers[0])


def test_many_columns_with_an_implicant_each_are_no_trouble():
    """A cover of 2,000 members: what is essential is not searched for."""
    found = covers([1 << at for at in range(2_000)], 2_000)
    assert found.size == 2_000
    assert found.complete


def test_a_deep_chart_gives_one_proven_cover():
    """300 triangles of implicants, two of each needed: too deep to list, but not to solve."""
    triangles = [part << 3 * at for at in range(300) for part in (0b011, 0b110, 0b101)]
    for every in (False, True):
        found = covers(triangles, 900, every=every, most=5)
        assert found.size == len(found.covers[0]) == 600
        assert found.at_least >= 1
        assert found.spent
        assert not found.complete
