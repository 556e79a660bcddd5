"""The interval of a share.

Comes in: how many of how many.
Goes out: the lower and upper bound.
"""

from __future__ import annotations

import math
from statistics import NormalDist

from tertium.errors import UnknownNameError

NAN = float("nan")


def wilson(successes: float, n: float, *, level: float) -> tuple[float, float]:
    """Where the share would lie, judged by a share of so many independent units.

    The score interval: all shares that a test at this level would not reject. It is never
    outside 0 and 1 and has a width also where none or all have the property [1]_, [2]_.

    Parameters
    ----------
    successes, n : float
        How many have the property, of how many. They may be fractions (effective numbers).
    level : float
        0.95 for 95 %.

    Returns
    -------
    (float, float)
        NaN twice where `n` is 0: of nothing there is no share.

    Raises
    ------
    ValueError
        More successes than units, or a negative number.
    UnknownNameError
        A level that is no share.

    References
    ----------
    .. [1] Wilson, E. B. (1927). Probable inference, the law of succession, and statistical
       inference. Journal of the American Statistical Association 22, 209-212.
    .. [2] Brown, L. D., Cai, T. T., & DasGupta, A. (2001). Interval estimation for a binomial
       proportion. Statistical Science 16, 101-133. Section 3.1.1.

    Examples
    --------
    >>> low, high = wilson(81, 263, level=0.95)
    >>> round(low, 4), round(high, 4)
    (0.2553, 0.3662)
    """
    check_level(level)
    if not 0 <= successes <= n:
        raise ValueError(f"found {successes} of {n}; give a number from 0 to {n}")
    if n == 0:
        return NAN, NAN
    z = NormalDist().inv_cdf((1 + level) / 2)
    share = successes / n
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    # At the ends the bound is exact, which floating point would miss by a hair.
    low = 0.0 if successes == 0 else max(0.0, middle - half)
    high = 1.0 if successes == n else min(1.0, middle + half)
    return low, high


def check_level(level: float) -> None:
    """Refuse a level that is no share between 0 and 1."""
    if not 0 < level < 1:
        raise UnknownNameError(f"level={level}; give a share between 0 and 1, such as 0.95")
