"""Tables of two coders as publications print them, spelled out unit by unit."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest


@pytest.fixture(scope="session")
def two_coders():
    """Return a function from a square table of counts to a reliability table."""

    def spelled_out(counts, labels=None) -> pd.DataFrame:
        counts = np.array(counts)
        names = list(range(1, len(counts) + 1)) if labels is None else labels
        cells = [
            (names[row], names[column])
            for row, column in np.ndindex(counts.shape)
            for _ in range(counts[row, column])
        ]
        return pd.DataFrame(cells, columns=["one", "other"]).T

    return spelled_out
