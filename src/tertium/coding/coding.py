"""One coding: a code applied to a span of a source by a coder.

Comes in: a source, a span, a code and who says so.
Goes out: rows of the codings and readings tables.
"""

from __future__ import annotations

import hashlib
from typing import Any

import pandas as pd

from tertium.columns import CoderKind, Stance
from tertium.errors import ChecksumError
from tertium.schemes.scheme import Scheme
from tertium.sources.source import Source
from tertium.spans import Span

# Enough to find a quote again after the text has moved, short enough to read.
CONTEXT = 32


def derived_coding_id(
    text_sha256: str, span: Span | None, scheme: str, code: str, coder: str
) -> str:
    """Id of a machine's coding: the same input gives the same id, on every machine.

    Examples
    --------
    >>> derived_coding_id("0" * 64, Span(0, 4), "approach", "strike", "rule")
    '6ac70659507fbcb9'
    """
    start, end = (span.start, span.end) if span else ("", "")
    content = "\x1f".join(map(str, (text_sha256, start, end, scheme, code, coder)))
    return hashlib.sha256(content.encode("utf-8")).hexdigest()[:16]


def coding_row(
    source: Source,
    span: Span,
    scheme: Scheme,
    code: str,
    *,
    coder: str,
    coder_version: str,
    coder_kind: CoderKind,
    stance: Stance = "asserted",
    value: str | None = None,
    confidence: float | None = None,
    memo: str | None = None,
) -> dict[str, Any]:
    """A row of the codings table for a machine coder, with quote, prefix and suffix."""
    text = source.text
    return {
        "coding_id": derived_coding_id(source.text_sha256, span, scheme.name, code, coder),
        "source_id": source.id,
        "text_sha256": source.text_sha256,
        "start": span.start,
        "end": span.end,
        "scheme": scheme.name,
        "scheme_version": scheme.version,
        "code": code,
        "coder": coder,
        "coder_version": coder_version,
        "coder_kind": coder_kind,
        "stance": stance,
        "value": value,
        "confidence": confidence,
        "quote": span.of(text),
        "prefix": text[max(0, span.start - CONTEXT) : span.start],
        "suffix": text[span.end : span.end + CONTEXT],
        "memo": memo,
    }


def reading_row(
    source: Source, scheme: Scheme, code: str, *, coder: str, coder_version: str,
    coder_kind: CoderKind,
) -> dict[str, Any]:  # fmt: skip
    """A row of the readings table: `coder` looked for `code` in the whole source."""
    return {
        "coder": coder,
        "coder_version": coder_version,
        "coder_kind": coder_kind,
        "source_id": source.id,
        "text_sha256": source.text_sha256,
        "scheme": scheme.name,
        "scheme_version": scheme.version,
        "code": code,
    }


def verify_row(row: dict[str, Any], source: Source) -> None:
    """Refuse a coding that was made on another text or quotes what does not stand there.

    A coding of the whole source (no start and end) quotes the whole text, or nothing.
    """
    if row["text_sha256"] != source.text_sha256:
        raise ChecksumError(
            f"coding {row['coding_id']} was made on another text of source {source.id!r}; "
            "re-anchor it before use"
        )
    if pd.isna(row["start"]) or pd.isna(row["end"]):
        there = source.text
        is_sound = pd.isna(row["start"]) and pd.isna(row["end"])
    else:
        start, end = int(row["start"]), int(row["end"])
        there = source.text[start:end]
        is_sound = 0 <= start < end <= len(source.text)
    if not is_sound or (not pd.isna(row["quote"]) and there != row["quote"]):
        raise ChecksumError(
            f"coding {row['coding_id']}: source {source.id!r} does not read {row['quote']!r} "
            f"at {row['start']} to {row['end']}"
        )
