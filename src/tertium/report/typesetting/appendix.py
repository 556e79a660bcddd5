"""What the appendices say, the same in PDF and HTML: wording and anchors, no markup.

Parts of a document come in, texts and names of places go out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tertium.report.style import STANCE_LABELS, column_label
from tertium.report.typesetting.document import (
    FIRST_PASSAGES,
    MANY_PASSAGES,
    Document,
    Table,
)
from tertium.report.typesetting.marks import Line, shown_line, shown_lines
from tertium.report.typesetting.passages import Passage

# Columns of a source's row that stand elsewhere, or nowhere.
_NOT_DETAILS = {
    *("title", "id", "citation_key", "cited_as", "url", "reading"),
    *("markup", "kind", "licence", "folded"),
}


@dataclass(frozen=True)
class SourceEntry:
    """A source as the list shows it: the publication first, then what was read of it."""

    title: str
    details: str
    reading: str
    url: str


def source_entry(row: Mapping[str, Any]) -> SourceEntry:
    """A row of the source list in words.

    Examples
    --------
    >>> source_entry({"id": "a", "title": "On strikes", "author": "Lee", "date": "2010"})
    SourceEntry(title='On strikes', details='Lee · 2010', reading='a', url='')
    """
    url = str(row.get("url") or "")
    details = [
        str(value)
        for name, value in row.items()
        if name not in _NOT_DETAILS and value not in (None, "", False)
    ]
    return SourceEntry(
        title=_cited_and_titled(row, str(row.get("title") or row.get("id") or "")),
        details=" · ".join(details),
        reading=str(row.get("reading") or (row.get("id") if row.get("title") else "") or ""),
        url=url if re.match(r"https?://", url) else "",
    )


def listed_sources(document: Document) -> list[Mapping[str, Any]]:
    """The sources that have an entry of their own: a translation stands in that of its source."""
    return [row for row in document.sources if not row.get("folded")]


def passages_heading(document: Document, passage: Passage) -> str:
    """What stands above the passages of a source: how it is cited, and its title."""
    row = next((row for row in document.sources if row.get("id") == passage.source_id), {})
    return _cited_and_titled(row, passage.source_title)


def _cited_and_titled(row: Mapping[str, Any], title: str) -> str:
    return " · ".join(part for part in (str(row.get("cited_as") or ""), title) if part)


def slug(name: str) -> str:
    """A name as part of an anchor: letters, digits, and the rest by code point."""
    return re.sub(r"[^A-Za-z0-9_.-]", lambda match: f"_{ord(match.group()):x}", name)


def code_anchor(scheme: str, code: str) -> str:
    """Name of a code's place in the codebook appendix."""
    return f"code-{slug(scheme)}-{slug(code)}"


def code_anchors(document: Document) -> set[str]:
    """The codes that the codebook appendix has."""
    return {
        code_anchor(str(scheme.get("name", "")), str(code["id"]))
        for scheme in document.codebook
        for code in scheme.get("codes", ())
    }


@dataclass(frozen=True)
class CodeName:
    """A code of a passage as it is shown, its anchor, and who gave it with what stance."""

    label: str
    anchor: str
    given: str


@dataclass(frozen=True)
class SchemeCodes:
    """A passage's codes by one scheme, and what stands between two of them."""

    scheme: str
    names: tuple[CodeName, ...]
    between: str


def codings_of(document: Document, passage: Passage) -> list[SchemeCodes]:
    """A passage's codes by scheme, in words, each with who gave it and what it says of it."""
    grouped: dict[str, list[CodeName]] = {}
    several = _several_coders(document)
    for scheme, code in passage.codings:
        labels = document.labels.get(scheme, {})
        name = labels.get(code) or (code if scheme else column_label(code))
        given = _given(document, passage, (scheme, code), told=scheme in several)
        shown = CodeName(name, code_anchor(scheme, code), f" ({given})" if given else "")
        grouped.setdefault(scheme, []).append(shown)
    return [
        SchemeCodes(column_label(scheme), tuple(names), "; " if scheme in several else ", ")
        for scheme, names in grouped.items()
    ]


def _given(document: Document, passage: Passage, coding: tuple[str, str], *, told: bool) -> str:
    """Who gave a code, those of one stance together, and who read the passage and did not."""
    by_stance: dict[str, list[str]] = {}
    for each in passage.given:
        if (each.scheme, each.code) == coding:
            stance = ", ".join(STANCE_LABELS.get(s, s) for s in each.stances)
            by_stance.setdefault(stance, []).append(each.coder)
    if not told:
        return ", ".join(sorted(stance for stance in by_stance if stance))
    parts = [
        f"{', '.join(coders)}: {stance}" if stance else ", ".join(coders)
        for stance, coders in sorted(by_stance.items())
    ]
    if missing := [coder for *its, coder in passage.not_given if tuple(its) == coding]:
        parts.append(document.words["not_given"].format(coders=", ".join(missing)))
    return "; ".join(parts)


def coding_details(document: Document, passage: Passage) -> str:
    """What stands beside a passage's codes: stances and coders of no code in particular."""
    details = [STANCE_LABELS.get(stance, stance) for stance in passage.loose_stances]
    several = _several_coders(document)
    if loose := sorted({coder for scheme, coder in passage.loose_coders if scheme in several}):
        details.append(f"{document.words['coded_by']} {', '.join(loose)}")
    return "".join(f" · {part}" for part in details)


def coders_line(document: Document) -> str:
    """Who coded where a scheme has one coder, and how it is said at each passage elsewhere."""
    several = _several_coders(document)
    schemes: dict[str, list[str]] = {}
    for scheme, coders in document.coders.items():
        if scheme not in several:
            schemes.setdefault(coders[0], []).append(scheme)
    lines = []
    if len(schemes) == 1 and not several:
        lines = [f"{document.words['coders']}: {next(iter(schemes))}."]
    elif schemes:
        said = [f"{c} ({_scheme_names(document, names)})" for c, names in schemes.items()]
        lines = [f"{document.words['coders']}: {'; '.join(said)}."]
    if several:
        names = _scheme_names(document, several)
        lines.append(document.words["several_coders"].format(schemes=names))
    return " ".join(lines)


def _scheme_names(document: Document, schemes: Iterable[str]) -> str:
    """Schemes in words; for codes of no scheme, the codes."""
    alone = {code for p in document.passages for scheme, code in p.codings if not scheme}
    return ", ".join(sorted(column_label(e) for n in schemes for e in ([n] if n else alone)))


def _several_coders(document: Document) -> list[str]:
    """The schemes by which more than one has coded."""
    return [scheme for scheme, coders in document.coders.items() if len(coders) > 1]


def listed_tables(document: Document) -> list[Table]:
    """The tables whose rows name their passages themselves."""
    return [table for table in document.tables if table.has_evidence and table.is_list]


def rows_link(document: Document) -> str:
    """A sentence on the tables that the first part leaves out; empty if there is none."""
    numbers = [str(table.number) for table in listed_tables(document)]
    if not numbers:
        return ""
    *most, last = [f"{document.words['table']}\u00a0{number}" for number in numbers]
    named = f"{', '.join(most)} {document.words['last_of']} {last}" if most else last
    return document.words["rows_link"].format(tables=named)


def index_lead(document: Document) -> str:
    """What is said above the index: tables left out, and what is named of long cells."""
    cells = [c for t in document.tables if not t.is_list for row in t.rows for c in row]
    parts = [rows_link(document)]
    if any(len(cell.evidence) > MANY_PASSAGES for cell in cells):
        given = {"many": MANY_PASSAGES, "first": FIRST_PASSAGES}
        parts.append(document.words["index_lead"].format(**given))
    return " ".join(part for part in parts if part)


def passages_count(document: Document, count: int) -> str:
    """How many passages, in words."""
    if count == 1:
        return document.words["passage_one"]
    return document.words["passage_many"].format(count=count)


def passage_lines(document: Document, passage: Passage) -> list[Line]:
    """A passage as the appendix shows it: without empty lines, and without marks of Markdown."""
    if passage.source_id in document.markdown:
        return shown_lines(passage.quote)
    return [Line(re.sub(r"\n\s*\n", "\n", passage.quote.strip("\n")))]


def sentence_around(document: Document, passage: Passage) -> tuple[str, str]:
    """What stands in the same sentence before and after a passage, each as one line."""
    clean = shown_line if passage.source_id in document.markdown else str
    before, after = (" ".join(clean(text).split()) for text in (passage.before, passage.after))
    # The space beside the quoted words, where there is one, says where a word ends.
    before += " " if before and passage.before[-1:].isspace() else ""
    after = f" {after}" if after and passage.after[:1].isspace() else after
    return before, after


def statement_lines(document: Document, passages: Iterable[Passage]) -> list[str]:
    """The statements that are shown first with these passages, each in a line."""
    word = document.words["statement"]
    return [f"{word}: {line}" for p in passages for line in document.statements.get(p.number, ())]


def numbers_shown(document: Document, evidence: Sequence[int]) -> tuple[Sequence[int], str]:
    """The passages that the index names of a cell, and how many more there are, in words."""
    if len(evidence) <= MANY_PASSAGES:
        return evidence, ""
    more = document.words["and_more"].format(count=len(evidence) - FIRST_PASSAGES)
    return evidence[:FIRST_PASSAGES], more


def lines_of(value: object) -> str:
    """A text, or a list of texts one a line."""
    if isinstance(value, (list, tuple)):
        return "\n".join(str(item) for item in value)
    return str(value).strip()


def named_lists(document: Document) -> list[tuple[str, str]]:
    """Every named list of the codebook and its words, by name."""
    return sorted(
        (f"@{each['name']}", str(each["words"]))
        for scheme in document.codebook
        for each in scheme.get("lists", ())
    )
