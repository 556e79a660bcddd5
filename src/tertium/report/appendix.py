"""What the appendices say, the same in PDF and HTML: wording and anchors, no markup.

Parts of a document come in, texts and names of places go out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from tertium.report.document import Document
from tertium.report.passages import Passage


def source_line(row: Mapping[str, Any]) -> tuple[str, str, str]:
    """Title, details and web address of a row of the source list.

    Examples
    --------
    >>> source_line({"id": "a", "title": "On strikes", "voice": "ngo", "date": "2010"})
    ('On strikes', 'ngo · 2010 · a', '')
    """
    url = str(row.get("url") or "")
    hidden = {"title", "id", "citation_key", "url"}
    details = [str(v) for k, v in row.items() if k not in hidden and v not in (None, "", False)]
    if row.get("title") and row.get("id"):
        details.append(str(row["id"]))
    title = str(row.get("title") or row.get("id") or "")
    return title, " · ".join(details), url if re.match(r"https?://", url) else ""


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


def codings_of(passage: Passage) -> list[tuple[str, list[str]]]:
    """A passage's codes, by scheme."""
    grouped: dict[str, list[str]] = {}
    for scheme, code in passage.codings:
        grouped.setdefault(scheme, []).append(code)
    return list(grouped.items())


def coding_details(document: Document, passage: Passage) -> str:
    """What stands beside a passage's codes: stances other than plain assertion, coders."""
    details = [stance for stance in passage.stances if stance != "asserted"]
    if passage.coders:
        details.append(f"{document.words['coded_by']} {', '.join(passage.coders)}")
    return "".join(f" · {part}" for part in details)


def passage_text(quote: str) -> str:
    """A passage as the appendix shows it: an empty line between its paragraphs is left out."""
    return re.sub(r"\n\s*\n", "\n", quote.strip("\n"))


def lines_of(value: object) -> str:
    """A text, or a list of texts one a line."""
    if isinstance(value, (list, tuple)):
        return "\n".join(str(item) for item in value)
    return str(value).strip()
