"""The passages that a report's tables rest on, numbered once for the whole report.

Typed tables come in, each with the passages behind its cells. Passages go out in the order of
sources and places, each with the codings of every table that shows it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tertium.errors import Fault
from tertium.report.typesetting.outputs import Executed

Coding = tuple[str, str]

# What a passage is, as opposed to what a table says of it.
_IDENTITY = ("source_id", "start", "end", "quote")


@dataclass(frozen=True)
class Passage:
    """A coded passage of a source, with its number in the report.

    `codings` are pairs of scheme and code. `stances` tell what the passage says of a coding,
    plain assertion left out; a pair of empty texts where tables don't tell of which. `coded_by`
    are pairs of scheme and coder.
    """

    number: int
    key: str
    source_id: str
    source_title: str
    citation_key: str
    start: int | None
    end: int | None
    quote: str
    place: str
    codings: tuple[Coding, ...]
    coded_by: tuple[tuple[str, str], ...]
    stances: tuple[tuple[Coding, str], ...]

    @property
    def coders(self) -> tuple[str, ...]:
        """Who coded it."""
        return tuple(sorted({coder for _, coder in self.coded_by}))

    @property
    def anchor(self) -> str:
        """Name of the passage's place in the evidence appendix."""
        return f"p-{self.number}"


def number_passages(
    raws: Sequence[Executed],
    codebook: Sequence[Mapping[str, Any]],
    faults: list[Fault],
    codings: Sequence[Mapping[str, Any]] = (),
    sources: Sequence[str] = (),
) -> dict[str, Passage]:
    """Passages by key, numbered through the report by source, place, scheme and code.

    Sources stand in the order of `sources`, ids of the list of sources; others follow by id.

    Where tables tell different codings of one passage, it gets them all; that its words or its
    place differ is a fault. `codings`, where given, tell the stance of each coding; tables tell
    those of a passage's codings together.
    """
    stances: dict[tuple[str, str, str], list[Mapping[str, Any]]] = {}
    for row in codings:
        place = (str(row["source_id"]), str(row["scheme"]), str(row["code"]))
        stances.setdefault(place, []).append(row)
    known = {
        str(scheme.get("name", "")): {str(code["id"]) for code in scheme.get("codes", ())}
        for scheme in codebook
    }
    found: dict[str, list[Mapping[str, Any]]] = {}
    for raw in raws:
        for item in raw.items:
            if item.kind != "table":
                continue
            rows = item.data["rows"]
            used = {key for row in rows for cell in row for key in cell.get("evidence", ())}
            for key in sorted(used):
                passage = item.data["passages"][key]
                told = found.setdefault(key, [])
                told.append(passage)
                if any(passage.get(name) != told[0].get(name) for name in _IDENTITY):
                    what = f"passage {key!r} differs from one of the same key in another table"
                    faults.append(
                        Fault(raw.name, 0, f"cell {item.cell}", what, "run all notebooks again")
                    )
    order = {source_id: number for number, source_id in enumerate(sources)}
    passages = sorted(
        (_joined(key, told, known, stances) for key, told in found.items()),
        key=lambda p: (
            order.get(p.source_id, len(order)),
            p.source_id,
            -1 if p.start is None else p.start,
            -1 if p.end is None else p.end,
            p.codings,
            p.coders,
            p.key,
        ),
    )
    return {p.key: replace(p, number=number) for number, p in enumerate(passages, start=1)}


def _joined(
    key: str,
    told: Sequence[Mapping[str, Any]],
    known: Mapping[str, set[str]],
    stances: Mapping[tuple[str, str, str], Sequence[Mapping[str, Any]]],
) -> Passage:
    first = told[0]
    codings: set[Coding] = set()
    coded_by: set[tuple[str, str]] = set()
    said: set[tuple[Coding, str]] = set()
    for data in told:
        scheme, code = str(data.get("scheme") or ""), str(data.get("code") or "")
        here = split_codings(scheme, code, known)
        codings.update(here)
        coders = _parts(data.get("coder"))
        coded_by.update((name, coder) for coder in coders for name, _ in here)
        found = {coding: _stances(first, coding, coders, stances) for coding in here}
        if here and all(found.values()):
            said.update((coding, stance) for coding in here for stance in found[coding])
            continue
        there = _parts(data.get("stance"))
        # One stance is that of every coding; of several it is not said which has which.
        said.update((c, s) for s in there for c in (here if len(there) == 1 else [("", "")]))
    order = {scheme: number for number, scheme in enumerate(known)}

    def place(coding: Coding) -> tuple[int, str, str]:
        return order.get(coding[0], len(order)), *coding

    return Passage(
        number=0,
        key=key,
        source_id=str(first["source_id"]),
        source_title=str(first.get("source_title") or first["source_id"]),
        citation_key=str(first.get("citation_key") or ""),
        start=first.get("start"),
        end=first.get("end"),
        quote=str(first.get("quote") or ""),
        place=str(first.get("place") or ""),
        codings=tuple(sorted(codings, key=place)),
        coded_by=tuple(sorted(coded_by)),
        stances=tuple(sorted(pair for pair in said if pair[1] != "asserted")),
    )


def _stances(
    passage: Mapping[str, Any],
    coding: Coding,
    coders: Sequence[str],
    stances: Mapping[tuple[str, str, str], Sequence[Mapping[str, Any]]],
) -> set[str]:
    """The stances of the codings of one code that lie in a passage."""
    start, end = passage.get("start"), passage.get("end")
    return {
        str(row["stance"])
        for row in stances.get((str(passage["source_id"]), *coding), ())
        if str(row["coder"]) in coders
        and (start is None or end is None or (row["start"] < end and start < row["end"]))
    }


def _parts(text: Any) -> list[str]:
    return [part for part in str(text or "").split("; ") if part]


def split_codings(scheme: str, code: str, known: Mapping[str, set[str]]) -> list[tuple[str, str]]:
    """The single codings in a passage's two texts: `a; b` are several, `a × b` stand together.

    Where texts of several tables have been joined, the codebook says to which scheme a code
    belongs.

    Examples
    --------
    >>> split_codings("approach × tier", "strike × ngo", {})
    [('approach', 'strike'), ('tier', 'ngo')]
    >>> split_codings("approach; approach × tier", "strike; strike × ngo", {"tier": {"ngo"}})
    [('approach', 'strike'), ('approach', 'strike'), ('tier', 'ngo')]
    """
    together = [group.split(" × ") for group in scheme.split("; ")]
    names = list(dict.fromkeys(name for group in together for name in group))
    strangers = [name for name in names if name not in known]
    pairs: list[tuple[str, str]] = []
    for text in filter(None, code.split("; ")):
        codes = text.split(" × ")
        if len(together) == 1 and len(together[0]) == len(codes):
            pairs += zip(together[0], codes, strict=True)
            continue
        for each in codes:
            homes = [name for name in names if each in known.get(name, ())]
            pairs.append(((homes or strangers or names or [""])[0], each))
    return pairs
