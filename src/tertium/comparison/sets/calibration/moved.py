"""How calibration moves each case: from a number to a side of the crossover.

Comes in: numbers, anchors, memberships.
Goes out: by case how far it is from the crossover, and whether a small shift would move it over.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from tertium.comparison.sets.calibration.anchors import Anchors
from tertium.comparison.sets.memberships import CROSSOVER


def moved(numbers: pd.Series, chosen: Anchors, memberships: pd.Series) -> pd.DataFrame:
    """By case its number, membership, side, and distance to the crossover.

    Parameters
    ----------
    numbers, memberships : Series of float, one entry a case
    chosen : Anchors

    Returns
    -------
    DataFrame, one row a case, those nearest to the crossover first
        `number`, `membership`; `side` (in, out, at the crossover, not stated); `distance` in
        the numbers' units, above 0 on the side of the set; `share_of_way`: the distance as a
        share of that from the crossover to the anchor on this side, 1 at the anchor. A case
        with a small share is one that a slightly different crossover would put on the other
        side.

    Examples
    --------
    >>> numbers = pd.Series([520.0, 100.0], index=["a", "b"])
    >>> shown = moved(numbers, Anchors(50, 500, 5000), pd.Series([0.51, 0.07], index=["a", "b"]))
    >>> shown["side"].tolist(), shown["share_of_way"].round(3).tolist()
    (['in', 'out'], [0.004, 0.889])
    """
    held = memberships.reindex(numbers.index).astype(float)
    apart = numbers.astype(float) - chosen.crossover
    towards = apart if chosen.rises else -apart
    scale = np.where(
        towards >= 0, abs(chosen.into - chosen.crossover), abs(chosen.crossover - chosen.out)
    )
    side = np.select(
        [held.isna(), np.isclose(held, CROSSOVER, rtol=0, atol=1e-12), held > CROSSOVER],
        ["not stated", "at the crossover", "in"],
        default="out",
    )
    found = pd.DataFrame(
        {
            "number": numbers.astype(float),
            "membership": held,
            "side": side,
            "distance": towards,
            "share_of_way": towards.abs() / scale,
        }
    )
    order = found["share_of_way"].sort_values(kind="stable").index
    return found.loc[order]
