"""Which cells of a table hold more or less than its margins lead one to expect.

Comes in: a table of counts.
Goes out: what is expected of each cell, and how far the cell is from it.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def expected_counts(table: Any) -> Floats:
    """What each cell would hold if rows and columns had nothing to do with each other.

    Examples
    --------
    >>> expected_counts([[1, 3], [3, 1]])
    array([[2., 2.],
           [2., 2.]])
    """
    counts = _counts(table)
    total = counts.sum()
    if total == 0:
        return np.full(counts.shape, np.nan)
    expected: Floats = np.outer(counts.sum(axis=1), counts.sum(axis=0)) / total
    return expected


def adjusted_residuals(table: Any) -> Floats:
    """How far each cell is from what its margins lead one to expect, in standard errors.

    Above 2 or below -2 a cell stands out; a large table has some such cells by chance. The
    distance is good as soon as what is expected is not small: at least 5, by the usual rule.

    Parameters
    ----------
    table : array, shape (n_rows, n_columns)
        Counts of independent units, each in one cell.

    Returns
    -------
    ndarray, shape (n_rows, n_columns)
        NaN where a row or a column is empty or holds everything: nothing could differ there.

    References
    ----------
    .. [1] Haberman, S. J. (1973). The analysis of residuals in cross-classified tables.
       Biometrics 29, 205-220.
    .. [2] Agresti, A. (2013). Categorical Data Analysis, 3rd ed. Wiley. Section 3.3.1.

    Examples
    --------
    >>> adjusted_residuals([[3, 1], [1, 3]]).round(3)
    array([[ 1.414, -1.414],
           [-1.414,  1.414]])
    """
    counts = _counts(table)
    total = counts.sum()
    expected = expected_counts(counts)
    if total == 0:
        return expected
    rows = 1 - counts.sum(axis=1, keepdims=True) / total
    columns = 1 - counts.sum(axis=0, keepdims=True) / total
    variance = expected * rows * columns
    found = np.full(counts.shape, np.nan)
    np.divide(counts - expected, np.sqrt(variance), out=found, where=variance > 0)
    return found


def _counts(table: Any) -> Floats:
    counts = np.asarray(table, dtype=float)
    if counts.ndim != 2 or counts.size == 0:
        raise ValueError(f"found an array of shape {counts.shape}; give a table of counts")
    if not np.isfinite(counts).all() or (counts < 0).any():
        raise ValueError("found a cell that is no count; give numbers from 0 up")
    return counts
