"""One row of a table of shares: a code, or a code in a group of sources.

Comes in: units, what was found in them, what people found where chance sent them.
Goes out: the figures of the row and their text for readers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from tertium.comparison.crosstabs.standing import Group
from tertium.comparison.intervals import share_text
from tertium.comparison.shares.drawn import Correction
from tertium.comparison.shares.looked import Floats, Looked, Units
from tertium.comparison.shares.told import FEW_ERRORS, NOT_CORRECTED, NOTHING_TO_CORRECT
from tertium.comparison.statistics.bootstrap import share_bounds
from tertium.comparison.statistics.correction import Corrected
from tertium.comparison.statistics.proportions import NAN, wilson
from tertium.comparison.tellings import together

Interval = Literal["wilson", "bootstrap"]
MEASURES = (
    "with_code", "searched", "sources", "share", "low", "high",
    "corrected", "corrected_low", "corrected_high", "read_twice",
)  # fmt: skip
COUNTS = ("with_code", "searched", "sources", "read_twice")


@dataclass(frozen=True)
class How:
    """How the interval of a share is made; `ties` are those of each source (see `ties_of`)."""

    interval: Interval
    level: float
    seed: int
    resamples: int
    ties: Mapping[str, Sequence[str]]

    def bounds(self, held: Floats, searched: Floats, blocks: Sequence[str]) -> tuple[float, float]:
        """The interval of a share, from what each source searched adds to it."""
        if self.interval == "wilson":
            return wilson(held.sum(), searched.sum(), level=self.level)
        return share_bounds(
            held, searched, blocks, level=self.level, seed=self.seed, resamples=self.resamples
        )


@dataclass(frozen=True, eq=False)
class Row:
    """A code in a group of sources.

    Parameters
    ----------
    code, group, looked, values, texts
    why_not : str
        Why it is not corrected.
    independent : int
        How many sources were searched, those that something ties together as one.
    is_sparse : bool
        Whether so few errors were met that the corrected interval may be too narrow.
    """

    code: str
    group: str
    looked: Looked
    values: dict[str, float]
    texts: dict[str, str]
    why_not: str
    independent: int = 0
    is_sparse: bool = False


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
    sources = [each for each, own in zip(units.sources, was_searched, strict=True) if own]
    blocks = together(sources, how.ties)
    independent = len(set(blocks))
    low, high = how.bounds(held[was_searched], searched[was_searched], blocks)
    values |= {"low": low, "high": high}
    texts["share"] = share_text(values["share"], low, high)
    row = Row(code, group, looked, values, texts, "", independent)
    if not correction.is_by_machine:
        return replace(row, texts=texts | {"corrected": NOTHING_TO_CORRECT})
    found = correction.corrected(units, code, looked, level=how.level)
    if isinstance(found, str):
        return replace(row, texts=texts | {"corrected": NOT_CORRECTED}, why_not=found)
    share, read, plan = found
    return replace(
        row,
        values=values | _corrected(share, read),
        texts=texts | {"corrected": share_text(share.share, share.low, share.high), "plan": plan},
        is_sparse=share.erring is not None and share.erring < FEW_ERRORS,
    )


def _corrected(share: Corrected, read: int) -> dict[str, float]:
    return {
        "corrected": share.share,
        "corrected_low": share.low,
        "corrected_high": share.high,
        "read_twice": read,
    }
