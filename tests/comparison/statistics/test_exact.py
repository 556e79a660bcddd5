"""Tests that go through arrangements."""

from __future__ import annotations

from itertools import permutations
from math import comb, factorial, prod

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import fisher_exact

from tertium.comparison.statistics.exact import freeman_halton, holm, permutation_test


@given(st.lists(st.integers(0, 12), min_size=4, max_size=4))
def test_two_by_two_is_scipys(cells):
    """Two ways to one number: SciPy lists the same tables."""
    table = np.array(cells).reshape(2, 2)
    if (table.sum(axis=0) > 0).all() and (table.sum(axis=1) > 0).all():
        assert freeman_halton(table).p == pytest.approx(fisher_exact(table).pvalue)


def test_two_by_three_is_every_order():
    """Two ways to one number: all orders of seven sources, by the chance of their tables."""
    table = np.array([[3, 0, 1], [0, 2, 1]])
    groups = np.repeat([0, 0, 1, 1, 2, 2], [3, 0, 0, 2, 1, 1])
    labels = np.repeat([0, 1, 0, 1, 0, 1], [3, 0, 0, 2, 1, 1])

    def chance(first):
        sizes = table.sum(axis=0)
        return prod(comb(int(n), int(k)) for n, k in zip(sizes, first, strict=True))

    own, as_rare = chance(table[0]), 0
    for order in permutations(range(7)):
        dealt = labels[list(order)]
        as_rare += chance([((dealt == 0) & (groups == group)).sum() for group in range(3)]) <= own
    assert freeman_halton(table).p == pytest.approx(as_rare / factorial(7))


def test_draws_come_near_the_exact_test():
    """A permutation test of two by two is the exact one but for the luck of its draws."""
    table = np.array([[8, 2], [3, 9]])
    labels = np.repeat([[1, 0], [1, 0], [0, 1], [0, 1]], table.ravel(), axis=0)
    groups = np.repeat([[1, 0], [0, 1], [1, 0], [0, 1]], table.ravel(), axis=0)
    drawn = permutation_test(labels, groups, permutations=20_000, seed=1)
    assert drawn.p == pytest.approx(freeman_halton(table).p, abs=0.005)
    assert drawn.p == permutation_test(labels, groups, permutations=20_000, seed=1).p


def test_sources_of_one_case_move_together():
    """Four cases told twice each can be arranged in six ways, not in seventy."""
    labels = np.repeat([[1, 0], [0, 1]], 4, axis=0)
    alone = permutation_test(labels, labels, permutations=4999, seed=1)
    cases = permutation_test(labels, labels, permutations=4999, seed=1, together=list("aabbccdd"))
    # The other way round differs as much: no p is below two of all.
    assert (cases.p, cases.smallest) == pytest.approx((2 / 6, 2 / 6))
    assert (alone.p, alone.smallest) == pytest.approx((2 / 70, 2 / 70))
    assert cases.method == "all arrangements by cases"


def test_all_arrangements_are_the_exact_test():
    """Two ways to one number: tables two by two with equal margins, by arrangements and by table."""
    labels = np.repeat([[1, 0], [0, 1]], [5, 5], axis=0)
    groups = labels[[0, 1, 2, 3, 5, 4, 6, 7, 8, 9]]
    found = permutation_test(labels, groups, permutations=9, seed=1)
    exact = freeman_halton(labels.T @ groups)
    assert (found.p, found.smallest) == pytest.approx((exact.p, exact.smallest))


def test_the_smallest_p_of_draws_counts_ties():
    """Thirty sources, one of which stands apart: the arrangements that differ most are many."""
    labels = np.repeat([[1, 0], [0, 1]], [15, 15], axis=0)
    groups = np.repeat([[1, 0], [0, 1]], [1, 29], axis=0)
    found = permutation_test(labels, groups, permutations=999, seed=1)
    assert found.method == "permutation by sources"
    assert found.smallest == 1


def test_a_test_without_cause_rejects_as_often_as_it_says():
    """Of 300 studies in which nothing differs, about one in twenty has p up to .05."""
    rng = np.random.default_rng(3)
    rejected = 0
    for study in range(300):
        labels = np.eye(2)[rng.integers(2, size=24)]
        groups = np.eye(3)[rng.integers(3, size=24)]
        rejected += permutation_test(labels, groups, permutations=199, seed=study).p <= 0.05
    assert 4 <= rejected <= 26


def test_holm_is_stricter_and_keeps_the_order():
    """Holm's rule on its own: 3 × .01, then 2 × .03, then no less than that; never above 1."""
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert holm([0.6, 0.7]) == [1.0, 1.0]
    assert holm([]) == []


def test_other_tables_are_refused():
    """Three rows, and more tables than can be listed."""
    with pytest.raises(ValueError, match="two rows"):
        freeman_halton(np.ones((3, 2)))
    with pytest.raises(ValueError, match="draw them"):
        freeman_halton(np.full((2, 8), 20))
