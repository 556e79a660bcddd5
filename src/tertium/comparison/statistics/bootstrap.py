"""Intervals from drawing whole sources again, with replacement.

Comes in: what each source adds to some sums, and a measure of the sums.
Goes out: the measure in many such draws, and the percentiles between which it lies.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from tertium.comparison.statistics.proportions import NAN, check_level
from tertium.errors import UnknownNameError

Floats = npt.NDArray[np.float64]
Measure = Callable[[Floats], Floats]
# Of fewer that are drawn apart, drawing again says nothing of how they differ.
FEWEST = 5
# Of fewer the interval is too narrow.
NARROW = 10


def resampled(
    sums: Any, *, resamples: int, seed: int, groups: Sequence[Hashable] | None = None
) -> Floats:
    """The sums of many draws of as many sources as there are, with replacement.

    Units of one source are alike, so that a draw takes a source with all its units or not at
    all [1]_.

    Parameters
    ----------
    sums : array, shape (n_sources, n_sums)
        What each source adds: units with a code, units searched.
    resamples, seed : int
    groups : sequence, optional
        Sources with the same word are drawn together (those that tell one case).

    Returns
    -------
    ndarray, shape (resamples, n_sums)

    References
    ----------
    .. [1] Davison, A. C., & Hinkley, D. V. (1997). Bootstrap Methods and their Application.
       Cambridge University Press. Section 3.8.

    Examples
    --------
    >>> resampled([[1, 4], [0, 2]], resamples=100, seed=1).shape
    (100, 2)
    """
    check_resampling(resamples, seed)
    added = np.asarray(sums, dtype=float)
    if added.ndim != 2:
        raise ValueError(f"found an array of shape {added.shape}; give one row a source")
    if groups is not None:
        added = summed(added, groups)
    n = len(added)
    if n == 0:
        return np.zeros((resamples, added.shape[1]))
    found: Floats = _drawn(n, resamples, seed) @ added
    return found


# Every cell of a table asks for the same draws.
@lru_cache(maxsize=8)
def _drawn(n: int, resamples: int, seed: int) -> npt.NDArray[np.int64]:
    """How often each of `n` is taken, in each draw."""
    drawn = np.random.default_rng(seed).multinomial(n, np.full(n, 1 / n), size=resamples)
    drawn.flags.writeable = False
    return drawn


def summed(sums: Floats, groups: Sequence[Hashable]) -> Floats:
    """One row a group, in the order in which the groups come first."""
    place = {word: number for number, word in enumerate(dict.fromkeys(groups))}
    found = np.zeros((len(place), sums.shape[1]))
    np.add.at(found, [place[word] for word in groups], sums)
    return found


def percentiles(values: Any, *, level: float) -> tuple[float, float]:
    """The bounds that leave half of ``1 - level`` of the draws at each side.

    Draws without a value are left out. NaN twice where none has one, and where all have the same:
    such draws cannot say how far the figure would move.

    Examples
    --------
    >>> percentiles([0.1, 0.2, 0.3, 0.4, 0.5], level=0.5)
    (0.2, 0.4)
    """
    check_level(level)
    drawn = np.asarray(values, dtype=float)
    drawn = drawn[~np.isnan(drawn)]
    if not len(drawn) or np.ptp(drawn) < 1e-12:
        return NAN, NAN
    low, high = np.quantile(drawn, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)


def bootstrap(
    sums: Any,
    measure: Measure,
    *,
    level: float,
    seed: int,
    resamples: int,
    groups: Sequence[Hashable] | None = None,
) -> tuple[float, float]:
    """How far a figure would move with other sources of the same kind.

    Parameters
    ----------
    sums : array, shape (n_sources, n_sums)
    measure : callable
        From sums of shape (resamples, n_sums) to one number a resample; NaN where it has none.
    level, seed, resamples, groups
        See `resampled`.

    Returns
    -------
    (float, float)
        Percentiles [1]_; NaN twice where they say nothing (see `percentiles`).

    References
    ----------
    .. [1] Efron, B., & Tibshirani, R. J. (1993). An Introduction to the Bootstrap. Chapman and
       Hall. Ch. 13.

    Examples
    --------
    >>> sums = [[2, 4], [0, 3], [1, 5], [3, 4], [0, 2], [2, 2]]
    >>> low, high = bootstrap(sums, ratio, level=0.9, seed=1, resamples=1000)
    >>> 0 < low < 8 / 20 < high < 1
    True
    """
    return percentiles(
        measure(resampled(sums, resamples=resamples, seed=seed, groups=groups)), level=level
    )


def share_bounds(
    found: Any,
    of: Any,
    blocks: Sequence[Hashable],
    *,
    level: float,
    seed: int,
    resamples: int,
) -> tuple[float, float]:
    """The interval of a share, whichever table it stands in.

    Parameters
    ----------
    found, of : array, shape (n_sources,)
        What each source adds to the share's two numbers; sources that add nothing to the second
        are not drawn.
    blocks : sequence, length n_sources
        Sources with the same word are drawn together.
    level, seed, resamples
        See `resampled`.

    Returns
    -------
    (float, float)
        NaN twice with fewer than `FEWEST` that are drawn apart, or where every draw is alike.

    Examples
    --------
    >>> share_bounds([1, 0, 1, 0], [1] * 4, "abcd", level=0.95, seed=1, resamples=99)
    (nan, nan)
    """
    sums = np.column_stack([np.asarray(found, dtype=float), np.asarray(of, dtype=float)])
    inside = sums[:, 1] > 0
    drawn = [word for word, is_inside in zip(blocks, inside, strict=True) if is_inside]
    if len(set(drawn)) < FEWEST:
        return NAN, NAN
    return bootstrap(sums[inside], ratio, level=level, seed=seed, resamples=resamples, groups=drawn)


def ratio(sums: Floats) -> Floats:
    """The first sum over the second, as in units with a code of units searched."""
    found = np.full(len(sums), np.nan)
    np.divide(sums[:, 0], sums[:, 1], out=found, where=sums[:, 1] > 0)
    return found


def check_resampling(resamples: int, seed: int) -> None:
    """Refuse no resamples, and a seed that is none."""
    if resamples < 1:
        raise UnknownNameError(f"resamples={resamples}; take at least 1, 1,000 for an interval")
    if seed < 0:
        raise UnknownNameError(f"seed={seed}; give a whole number from 0 up")
