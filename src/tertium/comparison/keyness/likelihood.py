"""How unlike the frequencies of a term in two groups of texts are.

Comes in: how often a term stands in each, and how many terms each has.
Goes out: the log-likelihood, which ranks terms, and the log ratio, which says how much.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

# A term that one side does not have is counted there as half of one: else its ratio has no end.
HALF = 0.5
RUNS = 2000
SEED = 20230
COVERAGE = 0.95
# With fewer texts to draw from there are too few different draws to speak of an interval.
LEAST_SOURCES = 5


class Interval(NamedTuple):
    """From and to, as log ratios; NaN where the groups have too few sources."""

    low: float
    high: float


def log_likelihood(count: int, other: int, size: int, other_size: int) -> float:
    """The log-likelihood G2 of a term, from two counts: how unlike its two frequencies are.

    0 where both groups have the term equally often. It grows with the difference and with the
    amount of text, so it ranks terms; it is no measure of how much more often one has it.

    Parameters
    ----------
    count, other : int
        How often the term stands in the group and in the other.
    size, other_size : int
        How many terms the two have in all.

    Raises
    ------
    ValueError
        A group without text, or a term that stands more often than there are terms.

    References
    ----------
    .. [1] Rayson, P., and Garside, R. (2000). Comparing corpora using frequency profiling.
       Proceedings of the Workshop on Comparing Corpora, ACL, pp. 1-6.
    .. [2] Dunning, T. (1993). Accurate methods for the statistics of surprise and coincidence.
       Computational Linguistics 19 (1), pp. 61-74.

    Examples
    --------
    >>> round(log_likelihood(10, 10, 1000, 2000), 3)
    2.356
    >>> log_likelihood(5, 10, 1000, 2000)
    0.0
    """
    if not (0 <= count <= size and 0 <= other <= other_size and size and other_size):
        raise ValueError(f"{count} of {size} and {other} of {other_size} are no frequencies")
    total = count + other
    if not total:
        return 0.0
    expected = size * total / (size + other_size)
    other_expected = other_size * total / (size + other_size)
    parts = ((count, expected), (other, other_expected))
    return max(0.0, 2 * sum(o * math.log(o / e) for o, e in parts if o))


def log_ratio(count: float, other: float, size: float, other_size: float) -> float:
    """How much more often the group has the term: the binary logarithm of the ratio.

    1 is twice as often, 2 four times, -1 half as often. A count of none stands as a half.

    References
    ----------
    .. [1] Hardie, A. (2014). Log Ratio: an informal introduction. ESRC Centre for Corpus
       Approaches to Social Science, Lancaster.

    Examples
    --------
    >>> log_ratio(20, 10, 1000, 2000), log_ratio(8, 0, 1000, 1000)
    (2.0, 4.0)
    """
    return math.log2(((count or HALF) / size) / ((other or HALF) / other_size))


def intervals(
    counts: np.ndarray, sizes: np.ndarray, other_counts: np.ndarray, other_sizes: np.ndarray
) -> list[Interval]:
    """95% intervals of the log ratios: whole sources are drawn anew, in each group for itself.

    A source's words hang together, so words drawn one by one would make it too narrow.

    Parameters
    ----------
    counts, other_counts : array, shape (n_sources, n_terms)
        How often each term stands in each source of the group, and of the other.
    sizes, other_sizes : array, shape (n_sources,)
        How many terms each source has.

    Returns
    -------
    list of Interval
        One a term; NaN where a group has fewer than 5 sources.
    """
    if min(len(sizes), len(other_sizes)) < LEAST_SOURCES:
        return [Interval(math.nan, math.nan)] * counts.shape[1]
    random = np.random.default_rng(SEED)
    rates = _drawn_rates(random, counts, sizes)
    other_rates = _drawn_rates(random, other_counts, other_sizes)
    ratios = np.log2(rates / other_rates)
    tail = (1 - COVERAGE) / 2
    low, high = np.quantile(ratios, [tail, 1 - tail], axis=0)
    return [Interval(float(one), float(other)) for one, other in zip(low, high, strict=True)]


def _drawn_rates(random: np.random.Generator, counts: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """How often a term stands in each draw, as a share; shape (runs, n_terms)."""
    sources = len(sizes)
    drawn = random.multinomial(sources, np.full(sources, 1 / sources), size=RUNS)
    sums = (drawn @ counts).astype(float)
    sums[sums == 0] = HALF
    # Sources without a word could be drawn alone.
    return np.asarray(sums / np.maximum(drawn @ sizes, 1)[:, None])


def times(ratio: float) -> float:
    """A log ratio as "so many times as often".

    Examples
    --------
    >>> times(2.0)
    4.0
    """
    return float(2.0**ratio)


def evenly_spread(counts: Sequence[int], sizes: Sequence[int]) -> float:
    """Gries's DP: 0 where a term is spread as the text is, near 1 where one source has it all.

    References
    ----------
    .. [1] Gries, S. Th. (2008). Dispersions and adjusted frequencies in corpora. International
       Journal of Corpus Linguistics 13 (4), pp. 403-437.

    Examples
    --------
    >>> evenly_spread([2, 1], [200, 100]), evenly_spread([3, 0], [100, 200])
    (0.0, 0.6666666666666667)
    """
    total, size = sum(counts), sum(sizes)
    if not total or not size:
        return math.nan
    shares = zip(counts, sizes, strict=True)
    return sum(abs(count / total - part / size) for count, part in shares) / 2
