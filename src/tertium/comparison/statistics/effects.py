"""How large a difference between groups is, whatever a test says of it.

Comes in: tables of counts.
Goes out: one number, 0 where nothing differs.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def cramers_v(table: Any, *, corrections: int = 0) -> Floats:
    """How strongly rows and columns of a table go together: 0 not at all, 1 wholly.

    In a small table chance alone makes it larger than 0. One correction takes off what chance
    adds on average [2]_; a draw from the sources with replacement adds as much again, so that
    tables made by such draws want two.

    Parameters
    ----------
    table : array, shape (..., n_rows, n_columns)
        Counts, also of many tables at once. Empty rows and columns are left out.
    corrections : int
        0: Cramér's own number [1]_.

    Returns
    -------
    ndarray, shape (...)
        NaN where fewer than two rows or columns hold anything.

    References
    ----------
    .. [1] Cramér, H. (1946). Mathematical Methods of Statistics. Princeton University Press.
       Section 21.9.
    .. [2] Bergsma, W. (2013). A bias-correction for Cramér's V and Tschuprow's T. Journal of the
       Korean Statistical Society 42, 323-328.

    Examples
    --------
    >>> float(cramers_v([[3, 1], [1, 3]])), float(cramers_v([[4, 0], [0, 4]], corrections=1))
    (0.5, 1.0)
    """
    counts = np.asarray(table, dtype=float)
    by_row, by_column = counts.sum(axis=-1), counts.sum(axis=-2)
    total = by_row.sum(axis=-1)
    rows, columns = (by_row > 0).sum(axis=-1), (by_column > 0).sum(axis=-1)
    with np.errstate(invalid="ignore", divide="ignore"):
        phi = chi_square(counts) / total
        chance = corrections * (rows - 1) * (columns - 1) / (total - 1)
        # With so few that chance explains all, nothing is left.
        phi = np.maximum(0.0, phi - chance)
        longest = np.minimum(rows, columns) - 1.0
        if corrections:
            side = np.minimum(rows - (rows - 1) ** 2 / (total - 1),
                              columns - (columns - 1) ** 2 / (total - 1)) - 1  # fmt: skip
            longest = np.minimum(longest, side)
        found = np.sqrt(phi / longest)
    has_value = (rows > 1) & (columns > 1) & (longest > 0)
    return np.where(has_value, np.minimum(found, 1.0), np.nan)


def chi_square(table: Any) -> Floats:
    """Pearson's distance of a table from what its margins lead one to expect; also of many.

    Examples
    --------
    >>> float(chi_square([[3, 1], [1, 3]]))
    2.0
    """
    counts = np.asarray(table, dtype=float)
    by_row, by_column = counts.sum(axis=-1), counts.sum(axis=-2)
    with np.errstate(invalid="ignore", divide="ignore"):
        expected = (
            by_row[..., :, None] * by_column[..., None, :] / counts.sum((-1, -2))[..., None, None]
        )
        apart = np.where(expected > 0, (counts - expected) ** 2 / expected, 0.0)
    found: Floats = apart.sum(axis=(-1, -2))
    return found
