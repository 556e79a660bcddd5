"""How often two codes stand together, in each of the ways that this can be meant.

Comes in: codings and verdicts of the deciding coder in counted sources.
Goes out: for each pair of codes its numbers, and the places they were counted at.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Any

from tertium.comparison.cooccurrence.ways import Way
from tertium.comparison.passages import Coded, Passages, overlaps
from tertium.comparison.verdicts import codings_by_id, passages_behind
from tertium.spans import Span, covered_length, merge, subtract

# Where a code stands: stretches of text, or None: the source as a whole.
Places = dict[Span | None, list[Coded]]


@dataclass
class Tally:
    """One pair of codes over all sources that were searched for both.

    Parameters
    ----------
    count : int
        How often they stand together.
    both, one, other, all : int
        The parts that hold both, the code of the row, that of the column, and all there are.
    places : list of (source_id, span, codings)
        Where they stand together; the span is null for a source as a whole.
    """

    count: int = 0
    both: int = 0
    one: int = 0
    other: int = 0
    all: int = 0
    places: list[tuple[str, Span | None, list[Coded]]] = field(default_factory=list)

    def value(self, measure: str) -> float | int | None:
        """The count, Jaccard's share or the lift; null where it is not defined.

        Examples
        --------
        >>> tally = Tally(count=2, both=2, one=4, other=3, all=12)
        >>> tally.value("count"), tally.value("jaccard"), tally.value("lift")
        (2, 0.4, 2.0)
        """
        if measure == "count":
            return self.count
        if measure == "jaccard":
            either = self.one + self.other - self.both
            return self.both / either if either else None
        expected = self.one * self.other
        return self.both * self.all / expected if expected else None


class Together:
    """The codes of two schemes (or of one, twice) in the counted sources.

    Parameters
    ----------
    passages : Passages
    rows, columns : str
        Names of schemes.
    """

    def __init__(self, passages: Passages, rows: str, columns: str) -> None:
        self.passages, self.rows, self.columns = passages, rows, columns
        self._codings = {scheme: passages.codings(scheme) for scheme in (rows, columns)}
        self._verdicts = {scheme: passages.verdicts(scheme) for scheme in (rows, columns)}
        self._by_id = {scheme: codings_by_id(passages, scheme) for scheme in (rows, columns)}
        self.undecided = sum(
            row["verdict"] == "undecided" and source_id in passages.counted
            for verdicts in self._verdicts.values()
            for (source_id, _), row in verdicts.items()
        )
        self.in_way = cache(self._in_way)

    def _in_way(self, way: Way) -> dict[tuple[str, str], Tally]:
        """The tally of each pair of codes; a pair that no source was searched for has none."""
        found: dict[tuple[str, str], Tally] = {}
        for source_id in self.passages.counted:
            first_places = self._places(source_id, self.rows, way)
            second_places = self._places(source_id, self.columns, way)
            everything = self._size(source_id, way)
            columns = self._looked_for(source_id, self.columns)
            for row in self._looked_for(source_id, self.rows):
                first = first_places.get(row, {})
                for column in columns:
                    tally = found.setdefault((row, column), Tally())
                    tally.all += everything
                    second = second_places.get(column, {})
                    if way.id == "overlap":
                        self._add_overlap(tally, source_id, first, second)
                    else:
                        _add(tally, source_id, first, second)
        return found

    def _looked_for(self, source_id: str, scheme: str) -> list[str]:
        """The codes that a source was searched for; what was found was looked for."""
        coded = {each.code for each in self._codings[scheme][source_id]}
        return [
            code
            for code in self.passages.tables.scheme(scheme).code_ids
            if code in coded or self.passages.is_searched(source_id, scheme, code)
        ]

    def _places(self, source_id: str, scheme: str, way: Way) -> dict[str, Places]:
        """Where each code of a scheme stands in a source, as this way counts places."""
        found: dict[str, Places] = {}
        codings = self._codings[scheme][source_id]
        if way.id == "source":
            for code in self.passages.tables.scheme(scheme).code_ids:
                if self._is_present(source_id, scheme, code):
                    found[code] = {None: [each for each in codings if each.code == code]}
            return found
        units = self._units(source_id, way)
        for coding in codings:
            places = [coding.span] if units is None else _touched(coding.span, units)
            for place in places:
                found.setdefault(coding.code, {}).setdefault(place, []).append(coding)
        return found

    def _is_present(self, source_id: str, scheme: str, code: str) -> bool:
        """The verdict; where the tables hold none of the coder's on the scheme, a coding."""
        if not self._verdicts[scheme]:
            return any(each.code == code for each in self._codings[scheme][source_id])
        row = self._verdicts[scheme].get((source_id, code))
        return row is not None and row["verdict"] == "present"

    def _units(self, source_id: str, way: Way) -> list[Span] | None:
        if way.id == "sentence":
            return self.passages.sentences(source_id)
        if way.id == "paragraph":
            return [each.span for each in self.passages.paragraphs(source_id)]
        return None

    def _size(self, source_id: str, way: Way) -> int:
        """How many parts a source has; of passages nobody can say."""
        units = self._units(source_id, way)
        if units is not None:
            return len(units)
        if way.id == "overlap":
            hidden = sum(len(span) for span in self.passages.furniture(source_id))
            return len(self.passages.text(source_id)) - hidden
        return 1 if way.id == "source" else 0

    def _add_overlap(self, tally: Tally, source_id: str, first: Places, second: Places) -> None:
        """Stretches are counted, characters measured: a stretch has no fixed size."""
        one = [each for codings in first.values() for each in codings]
        other = [each for codings in second.values() for each in codings]
        is_same = one == other
        shared = overlaps(one, other) if not is_same else {}
        if is_same:
            shared = {span: codings for span, codings in first.items() if span is not None}
        tally.count += len(shared)
        tally.places.extend((source_id, span, both) for span, both in shared.items())
        furniture = self.passages.furniture(source_id)

        def length(spans: list[Span]) -> int:
            return covered_length(subtract(merge(spans), furniture))

        tally.both += length(list(shared))
        tally.one += length([each.span for each in one])
        tally.other += length([each.span for each in other])

    def evidence(self, tally: Tally, row: str, column: str) -> list[dict[str, Any]]:
        """The passages at which a pair was counted; of sources those behind both verdicts."""
        is_one = self.rows == self.columns
        scheme = self.rows if is_one else f"{self.rows} × {self.columns}"
        # Codes of one scheme are parted as evidence has them, so that a policy finds both.
        code = f"{row}; {column}" if is_one else f"{row} × {column}"
        code = row if is_one and row == column else code
        found: list[dict[str, Any]] = []
        for source_id, span, codings in tally.places:
            if span is None:
                found.extend(self._behind_verdicts(source_id, row, column))
                continue
            stance = self.passages.stance(source_id, span, (each.stance for each in codings))
            found.append(
                self.passages.evidence(
                    source_id,
                    span,
                    scheme=scheme,
                    code=code,
                    stance=stance,
                    coding_ids=[each.coding_id for each in codings],
                )
            )
        return found

    def _behind_verdicts(self, source_id: str, row: str, column: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        for scheme, code in dict.fromkeys(((self.rows, row), (self.columns, column))):
            verdict = self._verdicts[scheme].get((source_id, code))
            if verdict is not None:
                by_id = self._by_id[scheme]
                found.extend(passages_behind(self.passages, verdict, by_id, scheme))
                continue
            coded = [each for each in self._codings[scheme][source_id] if each.code == code]
            found.extend(self.passages.coded_evidence(scheme, coded))
        return found


def _add(tally: Tally, source_id: str, first: Places, second: Places) -> None:
    shared = [place for place in first if place in second]
    tally.count += len(shared)
    tally.both += len(shared)
    tally.one += len(first)
    tally.other += len(second)
    for place in shared:
        codings = sorted({*first[place], *second[place]})
        tally.places.append((source_id, place, codings))


def _touched(span: Span, units: list[Span]) -> list[Span | None]:
    return [unit for unit in units if unit.has_overlap(span)]
