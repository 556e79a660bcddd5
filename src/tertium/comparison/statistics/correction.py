"""The share that people would find, from what a machine found everywhere and people in a sample.

Comes in: what a machine found in each source, what people found in sources drawn at random.
Goes out: the machine's share less its error as the sample shows it, with its interval.

Libraries for prediction-powered inference were looked at. ppi-python (0.2.3, MIT) takes units as
drawn one by one from a population without end: it knows neither strata with whole sources nor a
sample that is a good part of all there is, and brings five further libraries. glide-py (0.11,
Apache, Python 3.12 and more) has estimators for strata and others for groups of units, none for
groups drawn by strata. Here sources are drawn whole, by strata, from a list that ends; survey
sampling has the formula, and a test holds it against that of prediction-powered inference.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from tertium.comparison.statistics.proportions import NAN, check_level

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Corrected:
    """A corrected share.

    Parameters
    ----------
    share, low, high : float
        Bounds are NaN where the sample shows no error at all and is not everything.
    standard_error : float
    erring : int or None
        In how many of the sources that people read the machine was wrong; None where they read
        all, so that nothing is guessed.
    """

    share: float
    low: float
    high: float
    standard_error: float
    erring: int | None


def unfit(strata: Sequence[str], drawn: Sequence[bool], matters: Sequence[bool]) -> str:
    """Why a sample can't correct, in words; empty where it can.

    Parameters
    ----------
    strata : sequence of str
        Of every source.
    drawn : sequence of bool
        Whether people read it.
    matters : sequence of bool
        Whether it is among those whose share is wanted; others say nothing of these.

    Examples
    --------
    >>> unfit(["a", "a", "b"], [True, True, False], [True, True, True])
    'no source was drawn from: b'
    """
    wanted = {stratum for stratum, own in zip(strata, matters, strict=True) if own}
    rows = list(zip(strata, drawn, matters, strict=True))
    sizes = Counter(stratum for stratum, _, own in rows if own)
    taken = Counter(stratum for stratum, has, own in rows if has and own)
    if none := sorted(each for each in wanted if not taken[each]):
        return f"no source was drawn from: {', '.join(none)}"
    if one := sorted(each for each in wanted if taken[each] == 1 < sizes[each]):
        return f"one source alone was drawn from: {', '.join(one)}"
    return ""


def corrected_share(
    machine: Any,
    people: Any,
    searched: Any,
    strata: Sequence[str],
    *,
    level: float,
) -> Corrected:
    """The difference estimator of a share, sources drawn whole within strata.

    What the machine found in all sources, plus what it missed (less what it found too much) in
    the sources that people read, weighed by how many sources each of these stands for. Whatever
    the machine's error is, it is taken off on average, for the sample is drawn by chance: the idea
    of prediction-powered inference [1]_ and of design-based supervised learning [2]_ with the
    survey estimator that they rest on [3]_.

    Of a group that is no stratum only the group's own sources count, within each stratum: how many
    of them the lot met is known, and given that number each had the same chance
    (post-stratification, [3]_, ch. 10). So a group that was wholly read has the share that
    people found.

    Parameters
    ----------
    machine : array, shape (n_sources,)
        Units with the code, as the machine has it.
    people : array, shape (n_sources,)
        Units with the code, as people have it; NaN for a source not drawn. Halves may occur.
    searched : array, shape (n_sources,)
        Units searched; 0 for sources that don't matter, which are left out.
    strata : sequence of str, length n_sources
        Within each, all sources had the same chance to be drawn.
    level : float

    Returns
    -------
    Corrected
        Share of the units in these sources, held between 0 and 1, the interval by Student's t.
        Each stratum's part of the error shrinks with how much of it was drawn: where all was, the
        share is what people found, without error.

    Raises
    ------
    ValueError
        The sample can't correct (see `unfit`), or nothing was searched.

    References
    ----------
    .. [1] Angelopoulos, A. N., Bates, S., Fannjiang, C., Jordan, M. I., & Zrnic, T. (2023).
       Prediction-powered inference. Science 382, 669-674.
    .. [2] Egami, N., Hinck, M., Stewart, B. M., & Wei, H. (2023). Using imperfect surrogates for
       downstream inference: design-based supervised learning for social science applications of
       large language models. Advances in Neural Information Processing Systems 36.
    .. [3] Särndal, C.-E., Swensson, B., & Wretman, J. (1992). Model Assisted Survey Sampling.
       Springer. Sections 3.7, 4.2 and 6.3.

    Examples
    --------
    >>> nan = float("nan")
    >>> found = corrected_share([1, 1, 0, 1], [1, 0, nan, nan], [1, 1, 1, 1], ["all"] * 4,
    ...                         level=0.95)
    >>> found.share, found.low, found.high
    (0.25, 0.0, 1.0)
    """
    check_level(level)
    held, read, units = (np.asarray(each, dtype=float) for each in (machine, people, searched))
    drawn = ~np.isnan(read)
    if why := unfit(strata, drawn.tolist(), (units > 0).tolist()):
        raise ValueError(why)
    if units.sum() == 0:
        raise ValueError("nothing was searched; of nothing there is no share")
    names = np.asarray(strata, dtype=object)
    error, variance, degrees, erring, is_all = 0.0, 0.0, 0, 0, True
    for stratum in sorted(set(strata)):
        inside = (names == stratum) & (units > 0)
        own = inside & drawn
        n, of = int(own.sum()), int(inside.sum())
        if not n:
            continue
        apart = read[own] - held[own]
        error += of * float(apart.mean())
        erring += int((apart != 0).sum())
        if n < of:
            is_all = False
            degrees += n - 1
            variance += of**2 * (1 - n / of) * float(apart.var(ddof=1)) / n
    total = float(units.sum())
    share = (float(held[units > 0].sum()) + error) / total
    spread = math.sqrt(variance) / total
    inside_share = min(1.0, max(0.0, share))
    if spread == 0 and not is_all:
        return Corrected(inside_share, NAN, NAN, spread, erring)
    reach = spread * _student(level, degrees) if spread else 0.0
    return Corrected(
        inside_share,
        min(1.0, max(0.0, share - reach)),
        max(0.0, min(1.0, share + reach)),
        spread,
        None if is_all else erring,
    )


def _student(level: float, degrees: int) -> float:
    from scipy.stats import t

    return float(t.ppf((1 + level) / 2, degrees))
