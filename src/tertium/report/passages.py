"""The passages that a report's tables rest on, numbered once for the whole report.

Typed tables come in, each with the passages behind its cells. Passages go out in the order of
sources and places, each with the codings of every table that shows it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tertium.errors import Fault
from tertium.report.outputs import Executed

# What a passage is, as opposed to what a table says of it.
_IDENTITY = ("source_id", "start", "end", "quote")


@dataclass(frozen=True)
class Passage:
    """A coded passage of a source, with its number in the report.

    `codings` are pairs of scheme and code; `coders` and `stances` belong to them as a whole.
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
    codings: tuple[tuple[str, str], ...]
    coders: tuple[str, ...]
    stances: tuple[str, ...]

    @property
    def anchor(self) -> str:
        """Name of the passage's place in the evidence appendix."""
        return f"p-{self.number}"


def number_passages(
    raws: Sequence[Executed], codebook: Sequence[Mapping[str, Any]], faults: list[Fault]
) -> dict[str, Passage]:
    """Passages by key, numbered through the report by source, place, scheme and code.

    Where tables tell different codings of one passage, it gets them all; that its words or its
    place differ is a fault.
    """
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
    passages = sorted(
        (_joined(key, told, known) for key, told in found.items()),
        key=lambda p: (
            p.source_id,
            -1 if p.start is None else p.start,
            -1 if p.end is None else p.end,
            p.codings,
            p.coders,
            p.key,
        ),
    )
    return {p.key: replace(p, number=number) for number, p in enumerate(passages, start=1)}


def _joined(key: str, told: Sequence[Mapping[str, Any]], known: Mapping[str, set[str]]) -> Passage:
    first = told[0]
    codings = {
        coding
        for data in told
        for coding in split_codings(
            str(data.get("scheme") or ""), str(data.get("code") or ""), known
        )
    }
    order = {scheme: number for number, scheme in enumerate(known)}
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
        codings=tuple(sorted(codings, key=lambda c: (order.get(c[0], len(order)), *c))),
        coders=_parts(data.get("coder") for data in told),
        stances=_parts(data.get("stance") for data in told),
    )


def _parts(texts: Any) -> tuple[str, ...]:
    return tuple(sorted({part for text in texts for part in str(text or "").split("; ") if part}))


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
