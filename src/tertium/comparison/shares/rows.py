"""One row of a table of shares: a code, or a code in a group of sources.

Comes in: units, what was found in them, what people found where chance sent them.
Goes out: the figures of the row and their text for readers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from tertium.comparison.crosstabs.standing import Group
from tertium.comparison.shares.drawn import Correction
from tertium.comparison.shares.looked import Floats, Looked, Units
from tertium.comparison.shares.told import NOT_CORRECTED, NOTHING_TO_CORRECT, interval_text
from tertium.comparison.statistics.bootstrap import bootstrap, ratio
from tertium.comparison.statistics.correction import Corrected
from tertium.comparison.statistics.proportions import NAN, wilson

Interval = Literal["wilson", "bootstrap"]
MEASURES = (
    "with_code", "searched", "sources", "share", "low", "high",
    "corrected", "corrected_low", "corrected_high", "read_twice",
)  # fmt: skip
COUNTS = ("with_code", "searched", "sources", "read_twice")
# Of so few sources drawing again says nothing of how sources differ.
_FEWEST = 5


@dataclass(frozen=True)
class How:
    """How the interval of a share is made."""

    interval: Interval
    level: float
    seed: int
    resamples: int

    def bounds(self, held: Floats, searched: Floats) -> tuple[float, float]:
        """The interval of a share, from what each source searched adds to it."""
        if self.interval == "wilson":
            return wilson(held.sum(), searched.sum(), level=self.level)
        if len(searched) < _FEWEST:
            return NAN, NAN
        return bootstrap(
            np.column_stack([held, searched]),
            ratio,
            level=self.level,
            seed=self.seed,
            resamples=self.resamples,
        )


@dataclass(frozen=True, eq=False)
class Row:
    """A code in a group of sources; `why_not` says why it is not corrected."""

    code: str
    group: str
    looked: Looked
    values: dict[str, float]
    texts: dict[str, str]
    why_not: str


def row_of(
    units: Units,
    correction: Correction,
    code: str,
    group: str,
    groups: Mapping[str, Group],
    how: How,
) -> Row:
    """The figures of one code in one group of sources."""
    looked = units.looked(code, groups)
    held, searched = units.by_source(looked.held), units.by_source(looked.searched)
    was_searched = searched > 0
    values = dict.fromkeys(MEASURES, NAN) | {
        "with_code": held.sum(),
        "searched": searched.sum(),
        "sources": was_searched.sum(),
        "read_twice": 0,
    }
    texts = {"share": "", "corrected": "", "plan": ""}
    if not searched.any():
        return Row(code, group, looked, values | {"with_code": NAN}, texts, "")
    values["share"] = values["with_code"] / values["searched"]
    low, high = how.bounds(held[was_searched], searched[was_searched])
    values |= {"low": low, "high": high}
    texts["share"] = interval_text(values["share"], low, high)
    if not correction.is_by_machine:
        return Row(code, group, looked, values, texts | {"corrected": NOTHING_TO_CORRECT}, "")
    found = correction.corrected(units, code, looked, level=how.level)
    if isinstance(found, str):
        return Row(code, group, looked, values, texts | {"corrected": NOT_CORRECTED}, found)
    share, read, plan = found
    return Row(code, group, looked, values | _corrected(share, read),
                texts | {"corrected": interval_text(share.share, share.low, share.high),
                         "plan": plan}, "")  # fmt: skip


def _corrected(share: Corrected, read: int) -> dict[str, float]:
    return {
        "corrected": share.share,
        "corrected_low": share.low,
        "corrected_high": share.high,
        "read_twice": read,
    }
