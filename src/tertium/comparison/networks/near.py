"""Whose statements may meet: those of one study, one case, or one source.

Comes in: sources, and the cases that they tell.
Goes out: which pairs of sources may tie, and how many pairs do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import Literal

import numpy as np

from tertium.comparison.networks.normalise import Counts
from tertium.comparison.networks.spoken import Position
from tertium.comparison.passages import Passages, rows_of

Within = Literal["study", "case", "source"]

WITHIN_IN_WORDS = {
    "study": "Ties join whatever stands in the study, also claims of disputes that have nothing to "
    "do with each other.",
    "case": "Ties join only statements of the same case (a source of no case is one by itself).",
    "source": "Ties join only statements of the same source.",
}
# Two claims that fit no other code need not be the same.
REST = "other"


class Near:
    """Which sources may tie.

    Parameters
    ----------
    passages : Passages
    within : {"study", "case", "source"}
    """

    def __init__(self, passages: Passages, within: Within) -> None:
        self.within = within
        self.cases: dict[str, frozenset[str]] = {}
        for row in rows_of(passages.tables.case_sources):
            source_id = str(row["source_id"])
            self.cases[source_id] = self.cases.get(source_id, frozenset()) | {str(row["case_id"])}

    def scope(self, source_id: str) -> tuple[str, ...]:
        """What a source belongs to: what counts once in a year or study counts once in this."""
        if self.within == "study":
            return ()
        if self.within == "case" and source_id in self.cases:
            return ("case", *sorted(self.cases[source_id]))
        return ("source", source_id)

    def may_tie(self, one: str, other: str) -> bool:
        """Whether statements of two sources may tie."""
        if self.within == "study" or one == other:
            return True
        none: frozenset[str] = frozenset()
        return self.within == "case" and bool(
            self.cases.get(one, none) & self.cases.get(other, none)
        )

    def matrix(self, sources: Sequence[str]) -> Counts:
        """1 where two sources may tie, else 0; shape (sources, sources)."""
        return np.array(
            [[float(self.may_tie(one, other)) for other in sources] for one in sources]
        ).reshape(len(sources), len(sources))

    def inside(self, spoken: Iterable[tuple[str, Position]]) -> tuple[int, int]:
        """How many pairs of different actors of one node agree, and how many contradict.

        What an actor says of a claim in a source counts once a side.
        """
        once = {(node, each.code, each.actor, each.source_id, each.is_for) for node, each in spoken}
        groups: dict[tuple[str, str], list[tuple[str, str, bool]]] = {}
        for node, code, *rest in sorted(once):
            groups.setdefault((node, code), []).append(tuple(rest))  # type: ignore[arg-type]
        sides = list(self._sides(groups.values()))
        return sides.count(True), sides.count(False)

    def _sides(self, groups: Iterable[Sequence[tuple[str, str, bool]]]) -> Iterator[bool]:
        for group in groups:
            for (actor, source, side), (other, its_source, its_side) in combinations(group, 2):
                if actor != other and self.may_tie(source, its_source):
                    yield side == its_side
