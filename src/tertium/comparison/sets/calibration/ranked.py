"""Memberships from the order of the cases alone.

Comes in: one number a case, such as an answer on a scale.
Goes out: one membership a case.
"""

from __future__ import annotations

import numpy as np

from tertium.comparison.sets.calibration.direct import Numbers
from tertium.errors import UnknownNameError


def ranked(x: Numbers) -> np.ndarray:
    """Membership by the share of cases at or below each value: totally fuzzy and relative.

    The lowest value has 0, the highest 1; a value in between has the share of cases at or below
    it, among those above the lowest. It rests on no anchor and so on no reason: which cases are
    looked at decides who is in the set.

    Parameters
    ----------
    x : array of float, one number a case
        Values of a scale with an order; NaN where it is not known.

    Returns
    -------
    ndarray of float, shape of x

    Raises
    ------
    UnknownNameError
        All cases have the same value.

    References
    ----------
    .. [1] Cheli, B. and Lemmi, A. (1995). A "totally" fuzzy and relative approach to the
       multidimensional analysis of poverty. Economic Notes 24(1): 115-133.
    .. [2] Duşa, A. (2019). QCA with R. Springer. Sec. 4.3.

    Examples
    --------
    >>> ranked([1, 2, 2, 3, 5]).tolist()
    [0.0, 0.5, 0.5, 0.75, 1.0]
    """
    numbers = np.asarray(x, float)
    known = np.sort(numbers[~np.isnan(numbers)])
    if len(known) == 0 or known[0] == known[-1]:
        raise UnknownNameError("all cases have the same value: there is no order to rank them by")
    above_lowest = known[known > known[0]]
    counted = np.searchsorted(above_lowest, numbers, side="right") / len(above_lowest)
    return np.where(np.isnan(numbers), np.nan, counted)
