"""Who codes: the protocol that every coder meets, and the coder that follows written rules.

Comes in: sources and schemes.
Goes out: the codings and readings tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import pandas as pd

from tertium.coding.coding import coding_row, reading_row, verify_row
from tertium.coding.match import Searcher
from tertium.columns import CODINGS, READINGS, REJECTIONS, CoderKind, Stance, frame
from tertium.errors import ChecksumError
from tertium.schemes.scheme import Indicator, Scheme
from tertium.sources.sections import Section
from tertium.sources.source import Source
from tertium.sources.units import Unit, find_units
from tertium.sources.zones import source_sections
from tertium.spans import Span, subtract

Row = dict[str, Any]


class Coder(Protocol):
    """What can code: a rule, a learned model, a language model, a person's log.

    `tertium.code` holds every coding that `code` gives against the text: one that quotes
    what does not stand there, or names a code that the scheme does not have, is rejected
    and counted, whoever gave it.
    """

    name: str
    version: str
    kind: CoderKind

    def code(
        self, source: Source, units: Sequence[Unit], scheme: Scheme
    ) -> tuple[list[Row], list[Row]]:
        """Rows of the codings table and of the readings table for one source."""
        ...


@dataclass(frozen=True)
class Coded:
    """What coding gives: ``codings, readings = code(…)``, and what was rejected.

    Parameters
    ----------
    codings, readings : DataFrame
        Columns `CODINGS` and `READINGS`.
    rejected : DataFrame
        Columns `REJECTIONS`: one row a coding that was not taken, with the reason.
    notes : tuple of str
        What a careful reader should know: lines of a log that are lost.
    """

    codings: pd.DataFrame
    readings: pd.DataFrame
    rejected: pd.DataFrame = field(default_factory=lambda: frame([], REJECTIONS))
    notes: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[pd.DataFrame]:
        yield self.codings
        yield self.readings


class RuleCoder:
    """Codes each sentence in which an indicator of the scheme fires.

    A sentence is coded once a code, with the weight of its strongest indicator; the memo
    names the indicators. An indicator of scope "section" is looked for in headings and codes
    what stands under the heading. Page furniture is never coded. A code without indicators
    in the source's language gets no reading: it was not searched. Of a language tag only the
    language counts: "zh-Hant" is searched with the indicators for "zh".

    Examples
    --------
    >>> from tertium.schemes.read import read_scheme
    >>> source = Source(id="a", text="The miners went on strike on Monday.", language="en")
    >>> codings, readings = RuleCoder().code(
    ...     source, find_units(source, "sentence"), read_scheme("approach"))
    >>> [row["code"] for row in codings], len(readings)
    (['strike'], 5)
    """

    name = "rule"
    version = "1.0.0"
    kind: CoderKind = "rule"

    def code(
        self, source: Source, units: Sequence[Unit], scheme: Scheme
    ) -> tuple[list[Row], list[Row]]:
        """Rows of the codings table and of the readings table for one source."""
        language = source.language.split("-")[0].casefold()
        read = [unit.span for unit in units if unit.zone not in ("furniture", "heading")]
        barred = [unit.span for unit in units if unit.zone == "furniture"]
        sections = [section for section in source_sections(source) if not section.is_title]
        in_text = Searcher(source.text, read, scheme, language)
        headings = [section.heading for section in sections]
        in_headings = Searcher(source.text, headings, scheme, language)
        searched = {
            code.id: code.indicators[language]
            for code in scheme.codes
            if code.indicators.get(language)
        }
        headed = {
            code_id: _headings(source.text, indicators, sections, in_headings)
            for code_id, indicators in searched.items()
        }
        codings: list[Row] = []
        readings: list[Row] = []
        for code_id, indicators in searched.items():
            readings.append(reading_row(source, scheme, code_id, **self._signature()))
            fired = _passages(indicators, read, in_text)
            fired.update(_under_headings(source, code_id, headed, sections, barred))
            codings.extend(self._row(source, scheme, code_id, *item) for item in fired.items())
        return codings, readings

    def _row(
        self, source: Source, scheme: Scheme, code_id: str, span: Span, fired: list[Indicator]
    ) -> Row:
        strongest = max(fired, key=lambda indicator: indicator.weight)
        tactic = next((one.tactic for one in fired if one.tactic), None)
        return coding_row(
            source,
            span,
            scheme,
            code_id,
            stance=_stance(fired),
            value=tactic,
            confidence=strongest.weight,
            memo=" | ".join(dict.fromkeys(indicator.name for indicator in fired)),
            **self._signature(),
        )

    def _signature(self) -> dict[str, Any]:
        return {"coder": self.name, "coder_version": self.version, "coder_kind": self.kind}


def _passages(
    indicators: Iterable[Indicator], read: Sequence[Span], searcher: Searcher
) -> dict[Span, list[Indicator]]:
    fired: dict[Span, list[Indicator]] = {}
    for indicator in indicators:
        if indicator.scope == "passage":
            for hit in searcher.hits(indicator):
                found = fired.setdefault(read[hit.sentence], [])
                if indicator not in found:
                    found.append(indicator)
    return fired


# A heading's marks and number, an article, and what a colon or dash sets before its words.
_HEADING_BEGINS = re.compile(
    r"(?:#{1,6}\s+)?[*_]*\s*(?:\(?(?:\d{1,2}|[a-h]|[ivx]{1,4})[.)、]\s*)?[*_]*"
    r"(?:[^:：–—]{2,60}[:：–—]\s*(?=\S))?(?:(?:the|its|their)\s+)?(?:(?:main|key|core|central)\s+)?",
    re.IGNORECASE,
)
_HEADING_ENDS = re.compile(r"\s*(?:[(（][^()（）]{1,40}[)）])?\s*[:：.]?\s*[*_]*\s*\Z")


def _headings(
    text: str, indicators: Iterable[Indicator], sections: Sequence[Section], searcher: Searcher
) -> dict[int, list[Indicator]]:
    """Which headings, by number, the indicators of one code fire in."""
    fired: dict[int, list[Indicator]] = {}
    for indicator in indicators:
        if indicator.scope == "section":
            for hit in searcher.hits(indicator):
                heading = sections[hit.sentence].heading
                if indicator.alone and not _is_alone(text, heading, Span(hit.start, hit.end)):
                    continue
                found = fired.setdefault(hit.sentence, [])
                if indicator not in found:
                    found.append(indicator)
    return fired


def _is_alone(text: str, heading: Span, words: Span) -> bool:
    """Whether a heading says nothing but `words`."""
    before, after = text[heading.start : words.start], text[words.end : heading.end]
    return bool(_HEADING_BEGINS.fullmatch(before) and _HEADING_ENDS.fullmatch(after))


def _under_headings(
    source: Source,
    code_id: str,
    headed: Mapping[str, Mapping[int, list[Indicator]]],
    sections: Sequence[Section],
    barred: Sequence[Span],
) -> dict[Span, list[Indicator]]:
    """What stands under the code's headings, but for sections inside that go to other codes.

    A heading further in is closer to its text: what it gives to another code of the scheme
    is taken from the heading above. Each part begins with a heading or the border of a cell.
    """
    own = headed[code_id]
    others = {n for code, numbers in headed.items() if code != code_id for n in numbers} - set(own)
    fired: dict[Span, list[Indicator]] = {}
    for number, indicators in own.items():
        level = sections[number].level
        deeper = [n for n in sorted(others) if sections[n].level > level]
        for extent in sections[number].extents:
            inside = [one for n in deeper for one in sections[n].extents if extent.holds(one)]
            for part in subtract([extent], inside):
                span = _without_last_furniture(source.text, part, barred)
                if span is not None:
                    fired.setdefault(span, []).extend(indicators)
    return fired


def _without_last_furniture(text: str, part: Span, barred: Sequence[Span]) -> Span | None:
    """`part` up to the page furniture at its end; furniture further in stays, for zones tell it."""
    end = part.end
    for menu in reversed(barred):
        if part.start <= menu.start < end and not text[menu.end : end].strip():
            end = menu.start
    return Span(part.start, end) if end > part.start else None


# What a passage says against a code outweighs what it says for it.
_PRECEDENCE: tuple[Stance, ...] = ("denied", "criticised", "planned", "asserted")


def _stance(fired: Iterable[Indicator]) -> Stance:
    stances = {indicator.stance for indicator in fired}
    return next(stance for stance in _PRECEDENCE if stance in stances)


def code(
    sources: Iterable[Source], schemes: Iterable[Scheme], *, coders: Sequence[Coder] | None = None
) -> Coded:
    """Apply every scheme to every source by every coder.

    Parameters
    ----------
    sources : iterable of Source
    schemes : iterable of Scheme
    coders : sequence of Coder, optional
        The rule coder where none is named.

    Returns
    -------
    Coded
        `codings` and `readings`, sorted by source, position, scheme and code, and `rejected`:
        codings that do not fit the text or the scheme.

    Examples
    --------
    >>> from tertium.schemes.read import read_scheme
    >>> source = Source(id="a", text="The miners went on strike.", language="en")
    >>> code([source], [read_scheme("approach")]).codings["quote"].tolist()
    ['The miners went on strike.']
    """
    wanted = list({scheme.name: scheme for scheme in schemes}.values())
    codings: list[Row] = []
    readings: list[Row] = []
    rejected: list[Row] = []
    for source in sorted(sources, key=lambda one: one.id):
        units = find_units(source, "sentence")
        for scheme in wanted:
            for coder in coders if coders is not None else (RuleCoder(),):
                more_codings, more_readings = coder.code(source, units, scheme)
                for row in more_codings:
                    reason = _fault_of(row, source, scheme)
                    if reason:
                        rejected.append(_rejection(row, source, scheme, coder, reason))
                    else:
                        codings.append(row)
                readings.extend(more_readings)
    order = _Order(wanted)
    codings.sort(key=order)
    readings.sort(key=order)
    return Coded(frame(codings, CODINGS), frame(readings, READINGS), frame(rejected, REJECTIONS))


_NEEDED = ("coding_id", "source_id", "text_sha256", "scheme", "scheme_version", "code", "coder",
           "coder_kind", "stance")  # fmt: skip
# A coding may be of the whole source; one of a part has to quote it.
_OF_THE_WHOLE: Mapping[str, None] = {"start": None, "end": None, "quote": None}


def _fault_of(row: Row, source: Source, scheme: Scheme) -> str:
    """Why a coder's row is not taken; empty where it is sound."""
    missing = [name for name in _NEEDED if name not in row]
    if missing:
        return f"it lacks {', '.join(missing)}"
    if row["source_id"] != source.id:
        return f"it names source {row['source_id']!r}, but {source.id!r} was given to code"
    if row["scheme"] != scheme.name or row["scheme_version"] != scheme.version:
        return f"it names scheme {row['scheme']}@{row['scheme_version']}, not {scheme.reference}"
    if row["code"] not in scheme.code_ids:
        return f"scheme {scheme.reference} has no code {row['code']!r}"
    if row.get("start") is not None and row.get("quote") is None:
        return f"it quotes nothing of {row['start']} to {row.get('end')}"
    try:
        verify_row({**_OF_THE_WHOLE, **row}, source)
    except (ChecksumError, TypeError, ValueError) as error:
        return str(error)
    return ""


def _rejection(row: Row, source: Source, scheme: Scheme, coder: Coder, reason: str) -> Row:
    """What is told of a coding that was not taken."""
    told = {name: row.get(name) for name in ("code", "quote")}
    return {
        "source_id": source.id,
        "scheme": scheme.name,
        **{name: None if value is None else str(value) for name, value in told.items()},
        "coder": coder.name,
        "reason": reason,
    }


class _Order:
    """Sort key of rows: source, position (the whole source first), scheme, code, coder."""

    def __init__(self, schemes: Sequence[Scheme]) -> None:
        self._last = (len(schemes), 0)
        self._places: dict[tuple[str, str | None], tuple[int, int]] = {
            (scheme.name, code_id): (number, rank)
            for number, scheme in enumerate(schemes)
            for rank, code_id in enumerate(scheme.code_ids)
        }

    def __call__(self, row: Row) -> tuple[Any, ...]:
        start, end = (-1 if row.get(name) is None else int(row[name]) for name in ("start", "end"))
        place = self._places.get((row["scheme"], row.get("code")), self._last)
        return (row["source_id"], start, end, place, row["coder"])
