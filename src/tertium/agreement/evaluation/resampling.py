"""Intervals from drawing whole topic groups again, with replacement.

Comes in: what each text adds to the counts, and the group that it belongs to.
Goes out: the sums of many resamples, and the interval of any measure of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from tertium.agreement.evaluation.measures import Counts

# Fewer groups than this say little about how much groups differ.
FEW_GROUPS = 10


@dataclass(frozen=True)
class Resampling:
    """How intervals are made.

    Texts on one story are alike, so that not texts but stories are drawn: as many topic groups
    as there are, with replacement [1]_, `times` times. The interval lies between the
    percentiles that leave half of ``1 - level`` at each side [2]_.

    Parameters
    ----------
    times : int
    seed : int
    level : float

    References
    ----------
    .. [1] Davison, A. C., & Hinkley, D. V. (1997). Bootstrap Methods and their Application.
       Cambridge University Press. Section 3.8.
    .. [2] Efron, B., & Tibshirani, R. J. (1993). An Introduction to the Bootstrap. Chapman and
       Hall. Ch. 13.
    """

    times: int = 2000
    seed: int = 1
    level: float = 0.95

    def __post_init__(self) -> None:
        if self.times < 1 or not 0 < self.level < 1:
            raise ValueError(
                f"found {self.times} resamples at level {self.level}; "
                "take at least 1, and a level between 0 and 1"
            )

    @property
    def in_words(self) -> str:
        """What a note says of the intervals."""
        return (
            f"Intervals: {self.level:.0%}, percentiles of {self.times:,} resamples of whole "
            f"topic groups (seed {self.seed})."
        )


def resampled(counts: Counts, groups: Any, how: Resampling) -> Counts | None:
    """The sums of each resample, shape (times,) or (times, n_codes).

    None where there are fewer than two groups: one group says nothing of how groups differ.
    """
    names, place = np.unique(np.asarray(groups, dtype=str), return_inverse=True)
    if len(names) < 2:
        return None
    rng = np.random.default_rng(how.seed)
    drawn = rng.multinomial(len(names), np.full(len(names), 1 / len(names)), size=how.times)
    return {name: drawn @ _by_group(array, place, len(names)) for name, array in counts.items()}


def _by_group(array: np.ndarray, place: np.ndarray, size: int) -> np.ndarray:
    sums = np.zeros((size, *array.shape[1:]))
    np.add.at(sums, place, array)
    return sums


def interval(values: np.ndarray, how: Resampling) -> tuple[float, float, float]:
    """Lower and upper bound, and the share of resamples in which the measure has a value.

    Resamples without a value are left out; both bounds are NaN where none has one.
    """
    defined = values[~np.isnan(values)]
    if not len(defined):
        return float("nan"), float("nan"), 0.0
    half = (1 - how.level) / 2
    low, high = np.quantile(defined, [half, 1 - half])
    return float(low), float(high), len(defined) / len(values)
