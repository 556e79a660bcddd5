"""The log-likelihood of Rayson and Garside (2000, pp. 1-6), and of Dunning (1993), two ways to each.

No table of theirs is copied here: their formula is held against SciPy's power divergence, which is
another road to the same number.
"""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tertium.comparison.keyness.likelihood import (
    evenly_spread,
    intervals,
    log_likelihood,
    log_ratio,
    times,
)

COUNTS = st.tuples(
    st.integers(0, 50), st.integers(0, 50), st.integers(60, 5000), st.integers(60, 5000)
)


@given(COUNTS)
def test_two_cells(counts):
    """The two-cell form is the power divergence of the two counts from what their sizes expect."""
    from scipy.stats import power_divergence

    count, other, size, other_size = counts
    total = count + other
    if not total:
        assert log_likelihood(*counts) == 0
        return
    expected = [total * each / (size + other_size) for each in (size, other_size)]
    known = power_divergence([count, other], expected, lambda_="log-likelihood").statistic
    assert log_likelihood(*counts) == pytest.approx(known, abs=1e-9)


@given(COUNTS)
def test_four_cells(counts):
    """With the cells of all other words added it is Dunning's G2 of the two-by-two table."""
    from scipy.stats import chi2_contingency

    count, other, size, other_size = counts
    if not count + other:
        return
    table = [[count, other], [size - count, other_size - other]]
    known = chi2_contingency(table, correction=False, lambda_="log-likelihood").statistic
    rest = log_likelihood(size - count, other_size - other, size, other_size)
    assert log_likelihood(*counts) + rest == pytest.approx(known, abs=1e-8)


@given(COUNTS)
def test_which_group_comes_first_is_no_matter(counts):
    """The likelihood is the same both ways round; the log ratio turns its sign."""
    count, other, size, other_size = counts
    assert log_likelihood(*counts) == pytest.approx(
        log_likelihood(other, count, other_size, size), abs=1e-9
    )
    assert log_ratio(*counts) == pytest.approx(-log_ratio(other, count, other_size, size))


def test_no_difference_is_zero():
    """Equal frequencies have no likelihood and no log ratio, and are once as often."""
    assert log_likelihood(3, 6, 100, 200) == 0
    assert log_ratio(3, 6, 100, 200) == 0
    assert times(0) == 1


def test_log_ratio_counts_doublings():
    """Each point doubles; a term that one side lacks counts there as half of one (Hardie 2014)."""
    assert log_ratio(8, 1, 100, 100) == 3
    assert log_ratio(2, 0, 100, 100) == 2


@pytest.mark.parametrize("counts", [(1, 1, 0, 5), (6, 0, 5, 5), (-1, 0, 5, 5)])
def test_what_are_no_frequencies(counts):
    """A group without words, or with more of one than there are, is refused."""
    with pytest.raises(ValueError, match="no frequencies"):
        log_likelihood(*counts)


def test_intervals_hold_the_ratio_and_need_sources():
    """Sources that are all alike give no width; four of them give no interval."""
    sizes = np.full(6, 100)
    counts, other = np.full((6, 1), 4), np.full((6, 1), 2)
    low, high = intervals(counts, sizes, other, sizes)[0]
    assert low == high == 1.0
    assert math.isnan(intervals(counts[:4], sizes[:4], other, sizes)[0].low)


def test_intervals_draw_sources_not_words():
    """A term that one source has all of is far less certain than one that every source has."""
    sizes = np.full(8, 100)
    even, heaped = np.full((8, 1), 2), np.zeros((8, 1), dtype=int)
    heaped[0] = 16
    other = np.full((8, 1), 1)
    even_low, even_high = intervals(even, sizes, other, sizes)[0]
    low, high = intervals(heaped, sizes, other, sizes)[0]
    assert even_low == even_high == 1.0
    assert low < 0 < 1 < high


def test_intervals_are_as_wide_as_the_sources_differ():
    """As many sources are drawn as there are: the width is that of the usual formula for a mean."""
    counts = np.array([8, 9, 10, 11, 12, 9, 11, 10])[:, None]
    sizes = np.full(8, 100)
    same = np.full((8, 1), 10)
    low, high = intervals(counts, sizes, same, sizes)[0]
    error = counts.std() / counts.mean() / math.sqrt(8) / math.log(2)
    assert (high - low) / 2 == pytest.approx(1.96 * error, rel=0.06)


def test_spread():
    """0 where a term is spread as the text is, and nearly 1 where the least of many has it all."""
    assert evenly_spread([1, 2, 3], [10, 20, 30]) == pytest.approx(0)
    assert evenly_spread([5, 0], [1, 99]) == pytest.approx(0.99)
    assert math.isnan(evenly_spread([0, 0], [1, 2]))
