"""The passages that comparisons rest on: where they stand, and who coded them.

Comes in: the tables of a study.
Goes out: codings of the deciding coder, what was searched, and evidence rows with a place that
a reader without our files can find.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from tertium.bundle import Tables, renderings, work_of
from tertium.comparison.held_rows import made_once, rows_by, rows_of
from tertium.errors import ChecksumError, VersionError
from tertium.sources.manifest import RENDERINGS, cited_keys
from tertium.sources.sections import cell_text, find_sections, find_tables
from tertium.spans import Span

# What a count of passages counts, in words for the notes of tables.
WHAT_IS_A_PASSAGE = (
    "A passage is a sentence, or all that stands under one of the author's own headings."
)
# A person marks what she likes.
BY_HAND = "A passage is what the coder marked."
EITHER = f"{WHAT_IS_A_PASSAGE} Where no rule decides, it is what the coder marked."
_DERIVED = ("rule", "learned")
# A longer title is cited by its first words, and never ends in one of these.
_TITLE_WORDS = 4
_SMALL_WORDS = frozenset(
    "a an and as at by for from her his in into of on or the their to with".split()
)
# What a source says does not happen is no evidence that it happens.
NO_EVIDENCE = "denied"


@dataclass(frozen=True, order=True)
class Coded:
    """A coding that has a place: what comparisons need of it."""

    source_id: str
    span: Span
    code: str
    coding_id: str
    stance: str


@dataclass(frozen=True, order=True)
class Paragraph:
    """A paragraph or cell of a source that may hold evidence, with its place in words."""

    span: Span
    zone: str
    place: str
    page: int | None = None


def passage_key(source_id: str, text_sha256: str, span: Span | None) -> str:
    """The name of a passage: the same wherever the same characters of the same text are meant.

    Examples
    --------
    >>> len(passage_key("s1", "0" * 64, Span(0, 4)))
    16
    """
    start, end = (span.start, span.end) if span else ("", "")
    content = f"{source_id}|{text_sha256}|{start}|{end}"
    return hashlib.sha256(content.encode("utf-8")).hexdigest()[:16]


class Passages:
    """Looks up codings, readings and places of one bundle of tables.

    Parameters
    ----------
    tables : Tables
        Everything is taken from its counted sources and its deciding coder.
    parts : bool
        Whether the publications that a compiled source puts together stand in its place: for
        questions about voices.
    """

    def __init__(self, tables: Tables, *, parts: bool = False) -> None:
        self.tables = tables
        self.sources: dict[str, dict[str, Any]] = {
            str(row["source_id"]): row
            for _, rows in sorted(rows_by(tables.sources, "source_id").items())
            for row in rows
        }
        counted = {str(each) for each in tables.counted_sources(parts=parts)["source_id"]}
        self.counted = [each for each in self.in_reading_order() if each in counted]
        self._searched: dict[str, frozenset[tuple[str, str]]] = {}

    def in_reading_order(self) -> list[str]:
        """All sources by country and short citation: readers look for these, and not for ids."""

        def place(source_id: str) -> tuple[bool, str, str, str]:
            country = self.country(source_id)
            cited = self.cited_as(source_id).strip("“").casefold()
            return country == "", country, cited, source_id

        return sorted(self.sources, key=place)

    def country(self, source_id: str) -> str:
        """The country or countries of the events; empty where none is stated."""
        return _stated(self.sources[source_id].get("country"))

    def compiled_of(self, source_id: str) -> frozenset[str]:
        """The compiled works that a source is part of, as the manifest says of any of its texts."""
        return self._wholes.get(work_of(source_id, self._rendered), frozenset())

    @cached_property
    def _wholes(self) -> dict[str, frozenset[str]]:
        return self.tables.wholes()

    @cached_property
    def _rendered(self) -> dict[str, str]:
        return {
            **self.tables.renders,
            **renderings(list(self.sources.values()), id_column="source_id"),
        }

    def text(self, source_id: str) -> str:
        """The canonical text of a source."""
        return str(self.sources[source_id]["text"])

    def codings(self, scheme: str) -> dict[str, list[Coded]]:
        """Codings by the deciding coder that have a place and deny nothing, by counted source."""
        return {
            source_id: list(
                made_once(
                    self.tables.codings,
                    ("coded", *self._whose(source_id, scheme)),
                    lambda source_id=source_id: self._coded(source_id, scheme),  # type: ignore[misc]
                )
            )
            for source_id in self.counted
        }

    def _whose(self, source_id: str, scheme: str) -> tuple[str | None, ...]:
        """All that the codings of a source depend on, besides their table."""
        version = self.tables.schemes[scheme].version if scheme in self.tables.schemes else None
        checksum = str(self.sources[source_id]["text_sha256"])
        return (source_id, checksum, scheme, version, self.tables.decides(scheme))

    def _coded(self, source_id: str, scheme: str) -> tuple[Coded, ...]:
        by_coder = rows_by(self.tables.codings, "source_id", "scheme", "coder")
        rows: list[dict[str, Any]] = by_coder.get(
            (source_id, scheme, self.tables.decides(scheme)), []
        )
        own = [
            row
            for row in rows
            if not pd.isna(row["start"]) and not pd.isna(row["end"])
            if pd.isna(row["stance"]) or row["stance"] != NO_EVIDENCE
        ]
        self._refuse_other_version(own, scheme, "codings")
        checksum = self.sources[source_id]["text_sha256"]
        found = []
        for row in own:
            if row["text_sha256"] != checksum:
                raise ChecksumError(
                    f"coding {row['coding_id']} of source {source_id}: it was made on a text with "
                    f"checksum {str(row['text_sha256'])[:12]}…, this text has "
                    f"{str(checksum)[:12]}…; re-anchor the codings"
                )
            stance = "asserted" if pd.isna(row["stance"]) else str(row["stance"])
            span = Span(int(row["start"]), int(row["end"]))
            found.append(Coded(source_id, span, str(row["code"]), str(row["coding_id"]), stance))
        return tuple(sorted(found))

    def is_by_hand(self, *schemes: str) -> bool:
        """Whether who decides on the schemes is no machine that codes by their own patterns."""
        coders = {self.tables.decides(scheme) for scheme in schemes}
        return not any(self._is_machine(coder) for coder in coders or {self.tables.deciding_coder})

    def _is_machine(self, coder: str) -> bool:
        kinds: set[str] = set()
        for table in (self.tables.codings, self.tables.readings):
            own = (table["coder"] == coder).fillna(False)
            kinds.update(map(str, table.loc[own, "coder_kind"].dropna().unique()))
        # Of a coder without a line yet the name tells.
        return bool((kinds or {coder}) & set(_DERIVED))

    def what_is_a_passage(self, *schemes: str) -> str:
        """What a count of passages counts, by who decides on the schemes."""
        coders = {self.tables.decides(each) for each in schemes} or {self.tables.deciding_coder}
        machines = {self._is_machine(coder) for coder in coders}
        if machines == {True, False}:
            return EITHER
        return WHAT_IS_A_PASSAGE if machines == {True} else BY_HAND

    def _searched_for(self, name: str) -> frozenset[tuple[str, str]]:
        """Source and code wherever the deciding coder looked for a code of a scheme."""
        if name not in self._searched:
            verdicts = self.verdicts(name)
            found = {key for key, row in verdicts.items() if row["verdict"] != "not_searched"}
            if not verdicts:
                for row in self._whole_readings(name):
                    one = () if pd.isna(row["code"]) else (str(row["code"]),)
                    codes = one or self.tables.schemes[name].code_ids
                    found.update((str(row["source_id"]), code) for code in codes)
            self._searched[name] = frozenset(found)
        return self._searched[name]

    def _whole_readings(self, scheme: str) -> list[dict[str, Any]]:
        """The deciding coder's readings of whole texts, of these texts and this scheme."""
        table = self.tables.readings
        wanted = (
            (table["scheme"] == scheme)
            & (table["scheme_version"] == self.tables.schemes[scheme].version)
            & (table["coder"] == self.tables.decides(scheme))
            & table["start"].isna()
            & table["source_id"].isin(list(self.sources))
        ).fillna(False)
        return [
            row
            for row in rows_of(table[wanted])
            if row["text_sha256"] == self.sources[str(row["source_id"])]["text_sha256"]
        ]

    def is_searched(self, source_id: str, scheme: str, code: str) -> bool:
        """Whether the deciding coder looked for the code in the source.

        Its verdict says so; where the tables hold none of its verdicts on the scheme, a reading
        of the whole of this text with this version of the scheme does.
        """
        return scheme in self.tables.schemes and (source_id, code) in self._searched_for(scheme)

    def verdicts(self, scheme: str) -> dict[tuple[str, str], dict[str, Any]]:
        """The deciding coder's verdict rows, by source and code."""
        coder = self.tables.decides(scheme)
        by_coder = rows_by(self.tables.verdicts, "source_id", "scheme", "coder")
        chosen = [
            row
            for (_, of_scheme, of_coder), rows in by_coder.items()
            if of_scheme == scheme and of_coder == coder
            for row in rows
        ]
        self._refuse_other_version(chosen, scheme, "verdicts")
        return {(str(row["source_id"]), str(row["code"])): row for row in chosen}

    def _refuse_other_version(
        self, rows: Iterable[Mapping[str, Any]], scheme: str, what: str
    ) -> None:
        if scheme not in self.tables.schemes:
            return
        version = self.tables.schemes[scheme].version
        stated = {row["scheme_version"] for row in rows} - {version}
        strange = sorted(str(each) for each in stated if not pd.isna(each))
        if strange:
            raise VersionError(
                f"{what} by {self.tables.decides(scheme)} were made with scheme {scheme} "
                f"{', '.join(strange)}, but {version} is in force; code again with {version}, or "
                "take the scheme in the version that they name"
            )

    def heading_starts(self, source_id: str) -> frozenset[int]:
        """Where codings by a heading begin; no sentence begins there.

        At a heading, but the title, or at a border of a table's cells: a heading speaks for its
        section, or for the parts of it that no deeper heading takes over.
        """
        headings = sorted(
            (Span(int(row["start"]), int(row["end"])), int(row["level"]))
            for row in self._zones(source_id, "heading")
            if not pd.isna(row["level"])
        )
        text = self.text(source_id)
        found = {
            extent.start
            for section in find_sections(text, headings)
            if not section.is_title
            for extent in section.extents
        }
        for table in find_tables(text):
            for row in table.rows:
                found.update(cell.start for cell in row if text[cell.start] == "|")
                found.add(row[-1].end)
        return frozenset(found)

    def furniture(self, source_id: str) -> list[Span]:
        """Stretches of page furniture in a source."""
        rows = self._zones(source_id, "furniture")
        return sorted(Span(int(row["start"]), int(row["end"])) for row in rows)

    def _zones(self, source_id: str, zone: str) -> list[dict[str, Any]]:
        return rows_by(self.tables.zones, "source_id", "zone").get((source_id, zone), [])

    def sentences(self, source_id: str) -> list[Span]:
        """The sentences of a source outside headings and furniture, in order."""
        return sorted(
            Span(int(row["start"]), int(row["end"]))
            for row in self._units(source_id, "sentence")
            if row["zone"] not in ("heading", "furniture")
        )

    def paragraphs(self, source_id: str) -> list[Paragraph]:
        """The paragraphs of a source outside headings and furniture, in order."""
        return [
            paragraph
            for paragraph in self._located(source_id)
            if paragraph.zone not in ("heading", "furniture")
        ]

    def _units(self, source_id: str, kind: str) -> list[dict[str, Any]]:
        return rows_by(self.tables.units, "source_id", "unit").get((source_id, kind), [])

    def _located(self, source_id: str) -> tuple[Paragraph, ...]:
        """Every paragraph with its place.

        A printed or shown page has no menu, so paragraphs are counted over the body alone:
        what a reader counts who has the publication and not our file. Captions and endnotes
        are counted apart; a table's cell is named by the heads of its row and column.
        """
        key = ("located", source_id, str(self.sources[source_id]["text_sha256"]))
        return made_once(self.tables.units, key, lambda: tuple(self._places(source_id)))

    def _places(self, source_id: str) -> Iterator[Paragraph]:
        cells = _cell_places(self.text(source_id))
        counts: dict[tuple[str, int | None], int] = {}
        rows = self._units(source_id, "paragraph")
        for row in sorted(rows, key=lambda row: (row["start"], row["end"])):
            span = Span(int(row["start"]), int(row["end"]))
            page = None if pd.isna(row["page"]) else int(row["page"])
            zone = str(row["zone"])
            if span in cells:
                place = cells[span]
            elif zone == "heading":
                place = f"heading “{_heading_words(span.of(self.text(source_id)))}”"
            else:
                word = {"caption": "caption", "endnote": "endnote"}.get(zone, "para.")
                word = "page furniture, line" if zone == "furniture" else word
                counts[zone, page] = counts.get((zone, page), 0) + 1
                place = f"{word} {counts[zone, page]}"
            yield Paragraph(span, zone, place, page)

    def place(self, source_id: str, span: Span | None) -> str:
        """Where a passage stands, in words: "para. 4", "p. 2, para. 3", "digest, para. 4".

        A digest's paragraphs are not the publication's, so its places say that they are
        places in the digest.
        """
        if span is None:
            where = "whole source"
        else:
            within = self._within(source_id, span)
            where = _range_of_places(within) if within else f"character {span.start + 1}"
        is_digest = self.sources[source_id].get("kind") == "digest"
        return f"digest, {where}" if is_digest else where

    def _within(self, source_id: str, span: Span) -> list[Paragraph]:
        """Paragraphs that a passage touches; its headings only where it touches nothing else."""
        located = self._located(source_id)
        last = bisect_right([each.span.start for each in located], span.end - 1)
        touched = [each for each in located[:last] if each.span.has_overlap(span)]
        return [each for each in touched if each.zone != "heading"] or touched

    def cited_as(self, source_id: str) -> str:
        """Author (or who published) and year, as a reader would cite: "Chung 2010".

        No two sources of the study are called the same (see `distinct_citations`).
        """
        return self._citations[source_id]

    @cached_property
    def _citations(self) -> dict[str, str]:
        return distinct_citations(
            list(self.sources.values()), self.tables.renders, self.tables.bibliography
        )

    def evidence(
        self,
        source_id: str,
        span: Span | None,
        *,
        scheme: str,
        code: str,
        stance: str,
        coding_ids: Iterable[str] = (),
        coder: str | None = None,
    ) -> dict[str, Any]:
        """One evidence row (see `tertium.comparison.result.EVIDENCE_COLUMNS`)."""
        source = self.sources[source_id]
        return {
            "passage_id": passage_key(source_id, str(source["text_sha256"]), span),
            "source_id": source_id,
            "source_title": _stated(source.get("title")),
            "citation_key": _stated(source.get("citation_key")),
            "start": span.start if span else None,
            "end": span.end if span else None,
            "quote": span.of(self.text(source_id)) if span else "",
            "place": self.place(source_id, span),
            "scheme": scheme,
            "code": code,
            "coder": self.tables.deciders(scheme.split(" × ")) if coder is None else coder,
            "stance": stance,
            "coding_ids": tuple(sorted(set(coding_ids))),
            "cited_as": self.cited_as(source_id),
        }

    def coded_evidence(self, scheme: str, codings: Iterable[Coded]) -> list[dict[str, Any]]:
        """One row for each passage and code: codings of the same characters are one passage.

        This is what a count of passages counts, here and in every comparison.
        """
        grouped: dict[tuple[str, Span, str], list[Coded]] = {}
        for coding in codings:
            grouped.setdefault((coding.source_id, coding.span, coding.code), []).append(coding)
        return [
            self.evidence(
                source_id,
                span,
                scheme=scheme,
                code=code,
                stance=self.stance(source_id, span, (coding.stance for coding in same)),
                coding_ids=[coding.coding_id for coding in same],
            )
            for (source_id, span, code), same in sorted(grouped.items())
        ]

    def stance(self, source_id: str, span: Span, stances: Iterable[str]) -> str:
        """The stance of a passage: what its own codings say, and those of any scheme that hold it.

        A sentence that one scheme takes for a criticism is no plain assertion under another. A
        coding of a smaller part says nothing of the whole.
        """
        around = [
            stance
            for holds, stance in self._special_stances.get(source_id, ())
            if holds.holds(span)
        ]
        return joined_stance([*stances, *around])

    @cached_property
    def _special_stances(self) -> dict[str, list[tuple[Span, str]]]:
        """By source, where the deciding coder found a stance other than asserted or denied."""
        found: dict[str, set[tuple[Span, str]]] = {}
        for scheme in sorted(set(self.tables.codings["scheme"].dropna())):
            for source_id, codings in self.codings(str(scheme)).items():
                special = {(c.span, c.stance) for c in codings if c.stance != "asserted"}
                found.setdefault(source_id, set()).update(special)
        return {source_id: sorted(each) for source_id, each in found.items()}


def overlaps(one: Sequence[Coded], other: Sequence[Coded]) -> dict[Span, list[Coded]]:
    """The stretches that a coding of each side covers, with the codings behind each, in order.

    Each overlap counts once; sentences that follow one another stay apart.

    Examples
    --------
    >>> one = [Coded("s", Span(0, 4), "strike", "a", "asserted")]
    >>> other = [Coded("s", Span(2, 9), "wages", "b", "asserted")]
    >>> [(span.start, span.end, len(codings)) for span, codings in overlaps(one, other).items()]
    [(2, 4, 2)]
    """
    found: dict[Span, set[Coded]] = {}
    sorted_other = sorted(other, key=lambda each: each.span)
    starts = [each.span.start for each in sorted_other]
    for first in one:
        for second in sorted_other[: bisect_right(starts, first.span.end - 1)]:
            shared = first.span.overlap(second.span)
            if shared is not None:
                found.setdefault(shared, set()).update((first, second))
    return {span: sorted(found[span]) for span in sorted(found)}


def part_of_source(row: Mapping[str, Any]) -> Span | None:
    """The span of a row with `start` and `end`; None where they are empty: the whole source."""
    start, end = row["start"], row["end"]
    if pd.isna(start) or pd.isna(end) or str(start).strip() == "" or str(end).strip() == "":
        return None
    return Span(int(start), int(end))


def joined_stance(stances: Iterable[str]) -> str:
    """The stances of codings of one passage, each once; asserted gives way to any other.

    Examples
    --------
    >>> joined_stance(["asserted", "criticised"])
    'criticised'
    """
    special = sorted(set(stances) - {"asserted"})
    return "; ".join(special) or "asserted"


def short_citation(source: dict[str, Any]) -> str:
    """Author or publisher, and year.

    Authors stand as the manifest writes them, several parted by semicolons; of "Family,
    Given" the family name is taken, of a name without a comma the whole, for which part of
    it is the family name differs from place to place. A body whose name ends in its acronym is
    called by that. Where nobody is named the title stands in quotation marks, a long one with its
    first words, and so it does for what rests on several publications, with the years from the
    first to the last of them.

    Examples
    --------
    >>> short_citation({"author": "Hou, Jingjing; Su, Yuhan", "date": "2024-05-23"})
    'Hou and Su 2024'
    >>> short_citation({"publisher": "All-China Federation of Trade Unions (ACFTU)"})
    'ACFTU n.d.'
    >>> short_citation({"title": "Two strikes", "citation_key": "li2010|wu2012",
    ...                 "date": "2010/2012-03"})
    '“Two strikes” 2010–2012'
    """
    if len(cited_keys(_stated(source.get("citation_key")))) > 1:
        return f"{_title_of(source)} {_years(_stated(source.get('date')))}"
    who = authors_of(source) or short_name(_stated(source.get("publisher")))
    if not who and _stated(source.get("title")):
        who = _title_of(source)
    who = who or _stated(source.get("source_id"))
    return f"{who} {_years(_stated(source.get('date')).partition('/')[0])}"


def _title_of(source: dict[str, Any]) -> str:
    """The title in quotation marks, as short as citations in a text have it."""
    title = _stated(source.get("title"))
    words = title.split()
    if len(words) > _TITLE_WORDS + 1:
        words = words[:_TITLE_WORDS]
        while len(words) > 1 and words[-1].casefold() in _SMALL_WORDS:
            words.pop()
        title = " ".join(words).rstrip(",;:")
    return f"“{title}”"


def _years(date: str) -> str:
    years = [year[0] for each in date.split("/") if (year := re.match(r"-?[\dX]{4}", each))]
    return "–".join(dict.fromkeys(years)) or "n.d."


def distinct_citations(
    sources: Sequence[dict[str, Any]],
    renders: Mapping[str, str] | None = None,
    bibliography: Mapping[str, tuple[str, str]] | None = None,
) -> dict[str, str]:
    """Short citations by source id, told apart where they would be the same.

    Works of one author and year get letters in order of date and title, as in a bibliography:
    date and title are those of the publication where `bibliography` has them by its citation
    key, for a digest has a title of its own. A digest, translation or copy beside what it renders
    says what it is.

    Examples
    --------
    >>> distinct_citations([
    ...     {"source_id": "a", "author": "Li, Na", "date": "2010", "title": "Law"},
    ...     {"source_id": "b", "author": "Li, Na", "date": "2010", "title": "Aid"},
    ...     {"source_id": "c", "author": "Li, Na", "date": "2010", "digest_of": "b"}])
    {'a': 'Li 2010b', 'b': 'Li 2010a', 'c': 'Li 2010a (digest)'}
    """
    rendered = {**(renders or {}), **renderings(sources, id_column="source_id")}
    by_id = {str(source["source_id"]): source for source in sources}
    same: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for source in sorted(sources, key=lambda each: str(each["source_id"])):
        work = work_of(str(source["source_id"]), rendered)
        cited = short_citation(by_id.get(work, source))
        same.setdefault(cited, {}).setdefault(work, []).append(source)
    found: dict[str, str] = {}
    for cited, works in same.items():
        ordered = sorted(
            works.items(), key=lambda item: _order_of_work(item[1], bibliography or {})
        )
        for number, (work, texts) in enumerate(ordered):
            letter = _letters(number) if len(ordered) > 1 else ""
            dash = "-" if letter and cited.endswith("n.d.") else ""
            seen: dict[str, int] = {}
            for text in texts:
                is_marked = len(texts) > 1 and text["source_id"] != work
                kind = _rendering(text) if is_marked else ""
                seen[kind] = seen.get(kind, 0) + 1
                again = str(seen[kind]) if seen[kind] > 1 else ""
                mark = " ".join(part for part in (kind, again) if part)
                found[str(text["source_id"])] = f"{cited}{dash}{letter}" + (
                    f" ({mark})" if mark else ""
                )
    return dict(sorted(found.items()))


def _order_of_work(
    texts: Sequence[dict[str, Any]], bibliography: Mapping[str, tuple[str, str]]
) -> tuple[str, str, str]:
    first = next((each for each in texts if not _rendering(each)), texts[0])
    own = (_stated(first.get("date")), _stated(first.get("title")).casefold())
    date, title = bibliography.get(_stated(first.get("citation_key")), own)
    return (date, title, str(first["source_id"]))


def _letters(number: int) -> str:
    """a, b … z, aa, ab …"""
    before, place = divmod(number, 26)
    return (_letters(before - 1) if before else "") + "abcdefghijklmnopqrstuvwxyz"[place]


def _rendering(source: dict[str, Any]) -> str:
    """What a text is of the work that it renders; empty for the work itself."""
    if source.get("kind") == "digest" and not _stated(source.get("translation_of")):
        return "digest"
    return next((name.removesuffix("_of") for name in RENDERINGS if _stated(source.get(name))), "")


def authors_of(source: dict[str, Any]) -> str:
    """The authors as a reader would cite them; empty where none is stated.

    Examples
    --------
    >>> authors_of({"author": "A, B; C, D; E, F"})
    'A et al.'
    """
    authors = [part.strip() for part in _stated(source.get("author")).split(";") if part.strip()]
    families = [short_name(author.split(",")[0]) for author in authors]
    return f"{families[0]} et al." if len(families) > 2 else " and ".join(families)


def short_name(name: str) -> str:
    """The acronym that a name ends in, else the name.

    Examples
    --------
    >>> short_name("Labour Action China (LAC)"), short_name("The Press (London)")
    ('LAC', 'The Press (London)')
    """
    acronym = re.search(r"\(([^\W\d_][\w.&/-]{1,14})\)$", name.strip())
    if acronym and sum(letter.isupper() for letter in acronym[1]) * 2 > len(acronym[1]):
        return acronym[1]
    return name.strip()


def _stated(value: Any) -> str:
    return "" if value is None or pd.isna(value) else str(value)


def _heading_words(text: str) -> str:
    return " ".join(text.lstrip("#").split())


def _cell_places(text: str) -> dict[Span, str]:
    """The cells of the text's tables, each called by the heads of its row and column."""
    places: dict[Span, str] = {}
    for number, table in enumerate(find_tables(text), start=1):
        heads = [_words(text, cell) for cell in table.rows[0]]
        for row in table.rows[1:]:
            for column, cell in enumerate(row[1:], start=1):
                words = cell_text(text, cell)
                if words is not None:
                    head = heads[column] if column < len(heads) else str(column + 1)
                    places[words] = f"table {number}, “{_words(text, row[0])}” / “{head}”"
    return places


def _words(text: str, cell: Span) -> str:
    words = cell_text(text, cell)
    return " ".join(words.of(text).split()) if words else ""


def _range_of_places(within: Sequence[Paragraph]) -> str:
    first, last = within[0], within[-1]
    page = f"p. {first.page}, " if first.page is not None else ""
    if first is last:
        return page + first.place
    if first.page != last.page:
        return f"p. {first.page}, {first.place} – p. {last.page}, {last.place}"
    if first.place.startswith("para. ") and last.place.startswith("para. "):
        return f"{page}paras. {first.place[6:]}–{last.place[6:]}"
    return f"{page}{first.place} – {last.place}"
