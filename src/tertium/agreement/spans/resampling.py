"""Intervals for spans: whole texts are drawn again, as spans within a text hang together.

Comes in: a statistic that takes how often each text was drawn.
Goes out: its percentile interval.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from tertium.agreement.coefficient import NAN, Interval
from tertium.errors import TertiumError

METHOD = "bootstrap over sources"


@dataclass(frozen=True)
class Resamples:
    """How often texts are drawn again, and from which seed.

    Parameters
    ----------
    times : int
    seed : int
    level : float
        Between 0 and 1.
    """

    times: int = 1000
    seed: int = 1
    level: float = 0.95

    def __post_init__(self) -> None:
        if self.times < 1 or not 0 < self.level < 1 or self.seed < 0:
            raise TertiumError(
                f"found {self.times} resamples at level {self.level} with seed {self.seed}; "
                "take at least 1, a level between 0 and 1, and a seed from 0 up"
            )


def bootstrap(
    values: Callable[[np.ndarray], np.ndarray], n_texts: int, resamples: Resamples
) -> Interval:
    """Return the percentile interval of a statistic over resampled texts.

    Parameters
    ----------
    values : callable
        From an array (n_resamples, n_texts) of how often each text was drawn to as many values;
        NaN where the statistic is undefined. The interval is that of the others.
    n_texts : int
        With one text there is nothing to draw from: the ends are NaN, and `method` says so.
    resamples : Resamples

    Examples
    --------
    >>> lengths = np.array([1.0, 2.0, 3.0])
    >>> mean = lambda drawn: drawn @ lengths / drawn.sum(axis=1)
    >>> found = bootstrap(mean, 3, Resamples(times=200, seed=1))
    >>> found.low < 2 < found.high
    True
    """
    if n_texts < 2:
        return Interval(NAN, NAN, resamples.level, f"{METHOD}: there is one source only")
    chance = np.random.default_rng(resamples.seed)
    drawn = chance.multinomial(n_texts, np.full(n_texts, 1 / n_texts), size=resamples.times)
    found = values(drawn.astype(float))
    defined = found[~np.isnan(found)]
    low = high = spread = NAN
    if len(defined):
        tail = (1 - resamples.level) / 2
        low, high = (float(each) for each in np.quantile(defined, [tail, 1 - tail]))
        spread = float(defined.std(ddof=1)) if len(defined) > 1 else NAN
    return Interval(
        low,
        high,
        resamples.level,
        METHOD,
        resamples.times,
        resamples.seed,
        len(defined) / resamples.times,
        standard_error=spread,
    )
