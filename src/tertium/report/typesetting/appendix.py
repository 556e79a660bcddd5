"""What the appendices say, the same in PDF and HTML: wording and anchors, no markup.

Parts of a document come in, texts and names of places go out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tertium.report.style import STANCE_LABELS, column_label
from tertium.report.typesetting.document import Document, Table
from tertium.report.typesetting.marks import Line, shown_lines
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
    """A code of a passage as it is shown, and its anchor."""

    label: str
    anchor: str
    stance: str


def codings_of(document: Document, passage: Passage) -> list[tuple[str, list[CodeName]]]:
    """A passage's codes by scheme, in words, each with what the passage says of it."""
    grouped: dict[str, list[CodeName]] = {}
    for scheme, code in passage.codings:
        labels = document.labels.get(scheme, {})
        said = [stance for coding, stance in passage.stances if coding == (scheme, code)]
        stance = f" ({', '.join(STANCE_LABELS.get(each, each) for each in said)})" if said else ""
        name = labels.get(code) or (code if scheme else column_label(code))
        grouped.setdefault(scheme, []).append(CodeName(name, code_anchor(scheme, code), stance))
    return [(column_label(scheme), names) for scheme, names in grouped.items()]


def coding_details(document: Document, passage: Passage) -> str:
    """What stands beside a passage's codes: stances of no code in particular, coders if several."""
    details = [STANCE_LABELS.get(s, s) for coding, s in passage.stances if coding == ("", "")]
    if not _one_coder_a_scheme(document) and passage.coders:
        details.append(f"{document.words['coded_by']} {', '.join(passage.coders)}")
    return "".join(f" · {part}" for part in details)


def coders_line(document: Document) -> str:
    """Who coded, once for all passages; empty where each passage says it."""
    if not document.coders or not _one_coder_a_scheme(document):
        return ""
    schemes: dict[str, list[str]] = {}
    for scheme, (coder,) in document.coders.items():
        schemes.setdefault(coder, []).append(scheme)
    if len(schemes) == 1:
        return f"{document.words['coders']}: {next(iter(schemes))}."
    alone = {code for p in document.passages for scheme, code in p.codings if not scheme}
    said = []
    for coder, names in schemes.items():
        labels = [column_label(each) for name in names for each in ([name] if name else alone)]
        said.append(f"{coder} ({', '.join(sorted(labels))})")
    return f"{document.words['coders']}: {'; '.join(said)}."


def _one_coder_a_scheme(document: Document) -> bool:
    return all(len(coders) == 1 for coders in document.coders.values())


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
