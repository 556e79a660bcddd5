"""Numbers of fit as readers see them: with the cases they stand for, or why there is none.

Comes in: memberships of cases in a combination and in the outcome.
Goes out: texts such as "0.8 (4 of 5)" or "not defined, because no case is in it".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from tertium.comparison.sets.memberships import CROSSOVER

NOBODY_IN = "not defined, because no case is in it"
NO_OUTCOME = "not defined, because no case has the outcome"
ALL_IN_BOTH = "not defined, because every case has both"
ALL_THE_SAME = "not defined, because every member is as much in the outcome as out of it"
PRI_NO_MEMBER = NOBODY_IN
NO_PRI = "not defined, because nothing of it is only in the outcome or only out of it"


def said(value: float | None) -> str:
    """A number between 0 and 1 with at most three decimals.

    Examples
    --------
    >>> said(0.8), said(2 / 3), said(1.0)
    ('0.8', '0.667', '1')
    """
    if value is None:
        return ""
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    # A share that is not quite all is never shown as all.
    if text == "1" and value < 1 - 1e-9:
        return "0.999"
    return "0.001" if text == "0" and value > 1e-9 else text


def of_cases(
    value: float | None, part: np.ndarray, whole: np.ndarray, *, crisp: bool, why: str
) -> str:
    """A share, with the cases that it is a share of where sets are crisp.

    Parameters
    ----------
    value : float or None
        None is shown as the reason `why`.
    part, whole : ndarray
        Memberships in both sets, and in the set that is divided by.

    Examples
    --------
    >>> of_cases(0.5, np.array([1.0, 0.0]), np.array([1.0, 1.0]), crisp=True, why="")
    '0.5 (1 of 2)'
    """
    if value is None or np.isnan(value):
        return why
    if not crisp:
        return said(value)
    return f"{said(value)} ({number_in(part)} of {number_in(whole)})"


def number_in(held: np.ndarray) -> int:
    """How many cases are more in than out."""
    return int((held > CROSSOVER).sum())


def as_list(
    rows: Sequence[Mapping[str, Any]], kinds: Mapping[str, Any], shown: Sequence[Mapping[str, str]]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """A list numbered from 1, and what its cells say to readers where that is more than the value.

    Parameters
    ----------
    rows : sequence of mapping
    kinds : mapping of str to dtype
        The columns in their order.
    shown : sequence of mapping
        By row, texts by column.
    """
    index = pd.RangeIndex(1, len(rows) + 1)
    frame = pd.DataFrame(
        {
            name: pd.Series([row.get(name) for row in rows], dtype=kind, index=index)
            for name, kind in kinds.items()
        },
        index=index,
    )
    texts = pd.DataFrame(index=index, columns=frame.columns, dtype=object)
    for number, told in zip(index, shown, strict=True):
        for name, text in told.items():
            if text:
                texts.at[number, name] = text
    return frame, texts
