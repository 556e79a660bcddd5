"""What coders said and what they read, as rows of tables become places in texts.

Comes in: the codings and readings tables.
Goes out: codings by source and code, what each coder read, and what two of them read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from tertium.coding.coder import Coded
from tertium.errors import UnknownNameError, VersionError
from tertium.schemes.scheme import Scheme
from tertium.spans import Span, merge

# Spans, or None for the whole source.
Read = list[Span] | None


@dataclass(frozen=True)
class Said:
    """One coding at a place, without its text."""

    coder: str
    coding_id: str
    span: Span | None
    stance: str
    value: str | None = None
    confidence: float | None = None
    memo: str | None = None


def rows_of(table: pd.DataFrame, scheme: Scheme, coders: Sequence[str]) -> list[dict[str, Any]]:
    """The rows of a table that are these coders', on this scheme; nothing is None."""
    kept = table[
        (
            (table["scheme"] == scheme.name)
            & table["coder"].isin(list(coders))
        ).fillna(False)
    ]  # fmt: skip
    rows = kept.astype(object).to_dict("records")
    return [
        {str(name): None if pd.isna(value) else value for name, value in row.items()}
        for row in rows
    ]


def refuse_strangers(coded: Coded, scheme: Scheme, coders: Sequence[str]) -> None:
    """Coders who have neither coded nor read with the scheme."""
    tables = (coded.codings, coded.readings)
    there = sorted(
        {
            str(coder)
            for each in tables
            for coder in each.loc[each["scheme"] == scheme.name, "coder"]
        }
    )
    if strange := [each for each in coders if each not in there]:
        raise UnknownNameError(
            f"no coder {strange[0]!r} has coded or read with scheme {scheme.name}; there are "
            f"{', '.join(there) or 'none'}"
        )


def refuse_other_version(scheme: Scheme, rows: Iterable[Mapping[str, Any]]) -> None:
    """What was coded or read under another version than the one in force."""
    other = sorted(
        {(str(row["coder"]), str(row["scheme_version"])) for row in rows}
        - {(str(row["coder"]), scheme.version) for row in rows}
    )
    if other:
        listed = ", ".join(f"{coder} with {scheme.name}@{version}" for coder, version in other)
        raise VersionError(
            f"what was coded with another version of {scheme.reference} can't be settled: "
            f"{listed}; read it again with this version first, or name that version"
        )


def said_by_place(rows: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str], list[Said]]:
    """Codings by source and code."""
    found: dict[tuple[str, str], list[Said]] = {}
    for row in rows:
        span = None if row["start"] is None else Span(int(row["start"]), int(row["end"]))
        said = Said(
            coder=row["coder"],
            coding_id=row["coding_id"],
            span=span,
            stance=row["stance"] or "asserted",
            value=row["value"],
            confidence=None if row["confidence"] is None else float(row["confidence"]),
            memo=row["memo"],
        )
        found.setdefault((row["source_id"], row["code"]), []).append(said)
    return found


def read_by_place(
    rows: Iterable[Mapping[str, Any]], scheme: Scheme
) -> dict[tuple[str, str], dict[str, Read]]:
    """What each coder read, by source and code: spans, or None for the whole source."""
    found: dict[tuple[str, str], dict[str, Read]] = {}
    for row in rows:
        for code in scheme.code_ids if row["code"] is None else (row["code"],):
            by_coder = found.setdefault((row["source_id"], code), {})
            if row["start"] is None:
                by_coder[row["coder"]] = None
                continue
            spans = by_coder.setdefault(row["coder"], [])
            if spans is not None:
                spans.append(Span(int(row["start"]), int(row["end"])))
    return found


def read_by_two(read: Iterable[Read], length: int) -> Read:
    """What at least two read; None where two read the whole source."""
    listed = list(read)
    if sum(each is None for each in listed) >= 2:
        return None
    steps: list[tuple[int, int]] = []
    for each in listed:
        spans = merge(each) if each is not None else [Span(0, length)] if length else []
        steps += [(span.start, 1) for span in spans] + [(span.end, -1) for span in spans]
    both: list[Span] = []
    depth, begun = 0, 0
    # Ends come before beginnings at one character: what touches there is merged below.
    for at, step in sorted(steps):
        if depth == 1 and step == 1:
            begun = at
        elif depth == 2 and step == -1 and begun < at:
            both.append(Span(begun, at))
        depth += step
    return merge(both)


def has_read(read: Read, spans: Sequence[Span]) -> bool:
    """Whether some of the place was read; of a whole source, whether anything was."""
    if read is None:
        return True
    if not spans:
        return bool(read)
    return any(one.has_overlap(other) for one in read for other in spans)
