"""The units that were searched for a code, and those in which it was found.

Comes in: codings, readings and verdicts of a study.
Goes out: for a code and a group of sources, one yes or no a unit, with the passages.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from tertium.agreement.reliability import CodedUnits, coded_units
from tertium.comparison.crosstabs.standing import (
    NOT_SEARCHED,
    PRESENT,
    UNDECIDED,
    CodeStates,
    Group,
)
from tertium.comparison.passages import Coded, Passages
from tertium.sources.units import UnitKind

Booleans = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
WHOLE = Group("")


@dataclass(frozen=True, eq=False)
class Looked:
    """What was found of one code in one group of sources.

    Parameters
    ----------
    searched, held : ndarray of bool, shape (n_units,)
    undecided : int
        Sources of which the coder could not decide; they are searched and not held.
    evidence : list of dict
    has_parts : bool
        Whether some source stands in the group with a part of its text only.
    """

    searched: Booleans
    held: Booleans
    undecided: int
    evidence: list[dict[str, Any]]
    has_parts: bool


class Units:
    """The units of the counted sources, outside headings and furniture, and what coders held.

    Parameters
    ----------
    passages : Passages
    scheme : str
    unit : {"document", "paragraph", "sentence"}
    coders : sequence of str
        The deciding coder and whoever else is asked about; those without a line are left out.
    """

    def __init__(
        self, passages: Passages, scheme: str, unit: UnitKind, coders: Sequence[str]
    ) -> None:
        tables = passages.tables
        self.passages, self.scheme, self.unit = passages, scheme, unit
        outside = ~(tables.units["zone"] == "heading").fillna(False)
        units = tables.units[outside & tables.units["source_id"].isin(passages.counted)]
        there = {
            str(name)
            for table in (tables.codings, tables.readings)
            for name in table.loc[(table["scheme"] == scheme).fillna(False), "coder"].dropna()
        }
        self.coded: CodedUnits = coded_units(
            tables.codings,
            tables.readings,
            units,
            scheme=tables.scheme(scheme),
            unit=unit,
            coders=[name for name in dict.fromkeys(coders) if name in there],
        )
        self.sources = [str(each) for each in dict.fromkeys(self.coded.units["source_id"])]
        place = {source_id: at for at, source_id in enumerate(self.sources)}
        self.source_at = np.array([place[str(each)] for each in self.coded.units["source_id"]], int)
        self._codings: dict[str, list[Coded]] = passages.codings(scheme)

    def looked(self, code: str, groups: Mapping[str, Group]) -> Looked:
        """What was found in the sources of a group, by id, each with the part that is meant."""
        if self.unit == "document":
            return self._documents(code, groups)
        searched, held = (np.zeros(len(self.source_at), dtype=bool) for _ in range(2))
        evidence: list[dict[str, Any]] = []
        decides = self.passages.tables.decides(self.scheme)
        if decides in self.coded.coders:
            inside = self._inside(groups)
            searched, held = self.known(decides, code) & inside, self.held(decides, code) & inside
            found = [
                coding
                for source_id, group in groups.items()
                for coding in self._codings[source_id]
                if coding.code == code and group.has(coding.span)
            ]
            evidence = self.passages.coded_evidence(self.scheme, found)
        return Looked(searched, held & searched, 0, evidence, _has_parts(groups))

    def _documents(self, code: str, groups: Mapping[str, Group]) -> Looked:
        searched, held = (np.zeros(len(self.source_at), dtype=bool) for _ in range(2))
        states = CodeStates(self.passages, self.scheme, code)
        place = {source_id: at for at, source_id in enumerate(self.sources)}
        evidence: list[dict[str, Any]] = []
        undecided = 0
        for source_id, group in groups.items():
            if source_id not in place:
                continue
            state, rows = states.state(source_id, group)
            own = self.source_at == place[source_id]
            searched[own], held[own] = state != NOT_SEARCHED, state == PRESENT
            undecided += state == UNDECIDED
            if state == PRESENT:
                evidence.extend(rows)
        return Looked(searched, held, undecided, evidence, _has_parts(groups))

    def _inside(self, groups: Mapping[str, Group]) -> Booleans:
        """Which units stand, at least in part, where the group holds."""
        columns = ("source_id", "start", "end")
        rows = zip(*(self.coded.units[name] for name in columns), strict=True)
        return np.array(
            [
                (group := groups.get(str(source_id))) is not None
                and (
                    group.spans is None
                    or any(each.start < end and start < each.end for each in group.spans)
                )
                for source_id, start, end in rows
            ],
            dtype=bool,
        )

    def known(self, coder: str, code: str) -> Booleans:
        """The units that a coder looked through for a code and could decide on."""
        at = self._at(coder, code)
        found: Booleans = (self.coded.read[at] | self.coded.held[at]) & ~self.coded.open[at]
        return found

    def read(self, coder: str, code: str) -> Booleans:
        """The units that a coder looked through for a code, decided or not."""
        found: Booleans = self.coded.read[self._at(coder, code)]
        return found

    def held(self, coder: str, code: str) -> Booleans:
        """The units to which a coder gave a code."""
        found: Booleans = self.coded.held[self._at(coder, code)]
        return found

    def by_source(self, values: npt.ArrayLike) -> Floats:
        """The sum over each source's units."""
        added = np.asarray(values, dtype=float)
        found: Floats = np.zeros(len(self.sources))
        np.add.at(found, self.source_at, added)
        return found

    def _at(self, coder: str, code: str) -> tuple[int, slice, int]:
        at = self.coded.coders.index(coder)
        return at, slice(None), self.coded.codes.index(code)


def _has_parts(groups: Mapping[str, Group]) -> bool:
    return any(group.spans is not None for group in groups.values())
