"""Who gave which code to a passage, from the codings and readings of a study.

Codings and readings come in, of all coders. For a code at a place go out those who gave it, each
with her stance, and those who read the place for it and did not give it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tertium.agreement.diagnose import ADJUDICATED

Row = Mapping[str, Any]
ASSERTED = "asserted"


@dataclass(frozen=True, order=True)
class Given:
    """A code, one who gave it, and what that coder says of it; nothing where it just asserts."""

    scheme: str
    code: str
    coder: str
    stances: tuple[str, ...] = ()


@dataclass(frozen=True)
class Attribution:
    """A study's codings by source, scheme and code, and its readings by source and scheme."""

    codings: Mapping[tuple[str, str, str], Sequence[Row]] = field(default_factory=dict)
    readings: Mapping[tuple[str, str], Sequence[Row]] = field(default_factory=dict)

    @classmethod
    def of(cls, codings: Iterable[Row], readings: Iterable[Row]) -> Attribution:
        """Put rows in order.

        Examples
        --------
        >>> row = {"source_id": "a", "start": 0, "end": 9, "scheme": "approach", "code": "strike",
        ...        "coder": "ana", "stance": "planned"}
        >>> place = {"source_id": "a", "start": 4, "end": 7}
        >>> Attribution.of([row], []).given(place, ("approach", "strike"))
        [Given(scheme='approach', code='strike', coder='ana', stances=('planned',))]
        """
        coded: dict[tuple[str, str, str], list[Row]] = {}
        for row in codings:
            key = (str(row["source_id"]), str(row["scheme"]), str(row["code"]))
            coded.setdefault(key, []).append(row)
        read: dict[tuple[str, str], list[Row]] = {}
        for row in readings:
            read.setdefault((str(row["source_id"]), str(row["scheme"])), []).append(row)
        return cls(coded, read)

    def given(self, place: Row, coding: tuple[str, str], told: Collection[str] = ()) -> list[Given]:
        """Those who gave a code to the place, to a part of it or to a stretch that reaches into it.

        Who settled what others had coded counts only where tables have `told` of her.
        """
        found: dict[str, set[str]] = {}
        for row in self.codings.get((str(place["source_id"]), *coding), ()):
            coder = str(row["coder"])
            if _overlap(place, row) and (coder in told or coder not in ADJUDICATED):
                found.setdefault(coder, set()).add(str(row["stance"]))
        return [
            Given(*coding, coder, tuple(sorted(stances - {ASSERTED})))
            for coder, stances in sorted(found.items())
        ]

    def not_given(
        self, place: Row, coding: tuple[str, str], given: Iterable[Given]
    ) -> Iterator[tuple[str, str, str]]:
        """Scheme, code and coder, for each who read all of the place for a code and gave it not.

        One who gave the code to the whole source is left out: that speaks of no passage in it.
        """
        source, (scheme, code) = str(place["source_id"]), coding
        whole = [r for r in self.codings.get((source, *coding), ()) if r["start"] is None]
        known = {each.coder for each in given} | {str(row["coder"]) for row in whole}
        readers = {
            str(row["coder"])
            for row in self.readings.get((source, scheme), ())
            if row["code"] in (None, code) and _covers(row, place)
        }
        for coder in sorted(readers - known - set(ADJUDICATED)):
            yield scheme, code, coder


def _overlap(place: Row, row: Row) -> bool:
    if place.get("start") is None or place.get("end") is None:
        return True
    if row["start"] is None:
        return False
    return bool(row["start"] < place["end"] and place["start"] < row["end"])


def _covers(reading: Row, place: Row) -> bool:
    if reading["start"] is None:
        return True
    if place.get("start") is None or place.get("end") is None:
        return False
    return bool(reading["start"] <= place["start"] and place["end"] <= reading["end"])
