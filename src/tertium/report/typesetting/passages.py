"""The passages that a report's tables rest on, numbered once for the whole report.

Typed tables come in, each with the passages behind its cells. Passages go out in the order of
sources and places, each with the codings of every table that shows it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tertium.errors import Fault
from tertium.report.typesetting.attribution import ASSERTED, Attribution, Given
from tertium.report.typesetting.outputs import Executed

Coding = tuple[str, str]

# What a passage is, as opposed to what a table says of it.
_IDENTITY = ("source_id", "start", "end", "quote")


@dataclass(frozen=True)
class Passage:
    """A coded passage of a source, with its number in the report.

    `codings` are pairs of scheme and code. `given` tells who gave each and with what stance,
    `not_given` who read the passage for a code and did not give it: scheme, code, coder. What
    tables tell of several codings together stands in `loose_coders`, pairs of scheme and coder,
    and in `loose_stances`. `before` and `after` are the rest of the sentences around it.
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
    given: tuple[Given, ...]
    not_given: tuple[tuple[str, str, str], ...]
    loose_coders: tuple[tuple[str, str], ...]
    loose_stances: tuple[str, ...]
    before: str = ""
    after: str = ""

    @property
    def coded_by(self) -> tuple[tuple[str, str], ...]:
        """Pairs of scheme and coder."""
        own = {(each.scheme, each.coder) for each in self.given}
        return tuple(sorted(own | set(self.loose_coders)))

    @property
    def coders(self) -> tuple[str, ...]:
        """Who coded it."""
        return tuple(sorted({coder for _, coder in self.coded_by}))

    @property
    def stances(self) -> tuple[str, ...]:
        """What is said of its codings, plain assertion left out."""
        own = {stance for each in self.given for stance in each.stances}
        return tuple(sorted(own | set(self.loose_stances)))

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
    readings: Sequence[Mapping[str, Any]] = (),
) -> dict[str, Passage]:
    """Passages by key, numbered through the report by source, place, scheme and code.

    Sources stand in the order of `sources`, ids of the list of sources; others follow by id.

    Where tables tell different codings of one passage, it gets them all; that its words or its
    place differ is a fault. `codings`, where given, tell who gave each code and with what stance;
    tables tell those of a passage's codings together. `readings` tell who did not give a code.
    """
    attribution = Attribution.of(codings, readings)
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
        (_joined(key, told, known, attribution) for key, told in found.items()),
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
    attribution: Attribution,
) -> Passage:
    first = told[0]
    rows = [_Told.of(data, known) for data in told]
    codings = {coding for row in rows for coding in row.codings}
    named = {coder for row in rows for coder in row.coders}
    given: dict[tuple[Coding, str], Given] = {}
    for coding in codings:
        for each in attribution.given(first, coding, named):
            given[coding, each.coder] = each
    loose_coders: set[tuple[str, str]] = set()
    loose_stances: set[str] = set()
    for row in rows:
        own, coders, stances = row.left_open(given)
        for each in own:
            given.setdefault(((each.scheme, each.code), each.coder), each)
        loose_coders |= coders
        loose_stances |= stances
    order = {scheme: number for number, scheme in enumerate(known)}

    def place(coding: Coding) -> tuple[int, str, str]:
        return order.get(coding[0], len(order)), *coding

    ordered = tuple(sorted(codings, key=place))
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
        codings=ordered,
        given=tuple(sorted(given.values())),
        not_given=tuple(
            missing
            for coding in ordered
            if (own := [each for (c, _), each in given.items() if c == coding])
            for missing in attribution.not_given(first, coding, own)
        ),
        loose_coders=tuple(sorted(loose_coders)),
        loose_stances=tuple(sorted(loose_stances)),
    )


@dataclass(frozen=True)
class _Told:
    """What one table tells of a passage: codings, coders and stances, each as a set."""

    codings: tuple[Coding, ...]
    coders: tuple[str, ...]
    stances: tuple[str, ...]

    @classmethod
    def of(cls, data: Mapping[str, Any], known: Mapping[str, set[str]]) -> _Told:
        scheme, code = str(data.get("scheme") or ""), str(data.get("code") or "")
        codings = dict.fromkeys(split_codings(scheme, code, known))
        parts = {name: tuple(_parts(data.get(name))) for name in ("coder", "stance")}
        return cls(tuple(codings), parts["coder"], parts["stance"])

    def left_open(
        self, given: Mapping[tuple[Coding, str], Given]
    ) -> tuple[list[Given], set[tuple[str, str]], set[str]]:
        """What the study's codings don't tell: by code where that is sure, else by scheme."""
        unknown = [c for c in self.codings if not any((c, each) in given for each in self.coders)]
        strangers = [
            coder for coder in self.coders if not any((c, coder) in given for c in self.codings)
        ]
        if not unknown and not strangers:
            return [], set(), set()
        said = {stance for stance in self.stances if stance != ASSERTED}
        # One stance is that of every coding, one coder gave all; of several it is not said which.
        is_sure = len(self.stances) <= 1
        own = tuple(sorted(said)) if is_sure else ()
        if len(self.coders) == 1 or len(self.codings) == 1:
            told = [Given(*c, coder, own) for c in self.codings for coder in self.coders]
            return told, set(), set() if is_sure and self.coders else said
        loose = strangers or self.coders
        return [], {(scheme, coder) for scheme, _ in self.codings for coder in loose}, said


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
