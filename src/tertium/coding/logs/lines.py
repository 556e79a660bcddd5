"""How a sound line of the log is made, kind by kind.

Comes in: a source, a span, a code, and who says so.
Goes out: a line, checked, with an id of its own.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, Literal, NamedTuple

from tertium.coding.coding import CONTEXT
from tertium.coding.logs.line_kinds import Role, checked
from tertium.columns import CoderKind, Stance
from tertium.errors import Fault, InputError
from tertium.schemes.scheme import Scheme
from tertium.sources.licences import may_be_passed_on
from tertium.sources.source import Source
from tertium.spans import Span

# The value of a coding of the whole source that says: it can't be decided.
UNDECIDED = "undecided"
# What a line says by writing null; elsewhere null is nothing and is left out.
_NULL_SPEAKS = {"start", "end"}


class TextKey(NamedTuple):
    """A text that need not be at hand, by what a line says of it."""

    id: str
    text_sha256: str


def minted_id() -> str:
    """An id that no other line has: 16 hexadecimal digits by chance."""
    return secrets.token_hex(8)


def now() -> str:
    """The time in UTC, as lines write it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def quote_checksum(quote: str) -> str:
    """SHA-256 of a quote: what stands in its place where a text may not be passed on."""
    return hashlib.sha256(quote.encode("utf-8")).hexdigest()


def written(line: Mapping[str, Any]) -> str:
    """A line as it stands in the log, without its line end.

    Examples
    --------
    >>> written({"kind": "coding", "code": "罢工"})
    '{"code": "罢工", "kind": "coding"}'
    """
    return json.dumps(dict(line), sort_keys=True, ensure_ascii=False, allow_nan=False)


def coding_line(
    source: Source,
    span: Span | None,
    scheme: Scheme,
    code: str,
    *,
    coder: str,
    coder_kind: CoderKind = "human",
    coder_version: str | None = None,
    blind: bool | None = None,
    stance: Stance = "asserted",
    statement_id: str | None = None,
    role: Role | None = None,
    value: str | None = None,
    confidence: float | None = None,
    memo: str | None = None,
    suggestion: str | None = None,
    decides: Iterable[str] = (),
    adjudicator: str | None = None,
    replaces: Iterable[str] = (),
    line_id: str | None = None,
    created: str | None = None,
) -> dict[str, Any]:
    """A line that applies `code` to a span of `source`; no span: to the whole of it.

    A source whose text may not be passed on is quoted by checksum alone.

    Parameters
    ----------
    source : Source
    span : Span or None
        Code points of the canonical text; nothing is moved.
    scheme : Scheme
    code : str
        Id of one of its codes.
    coder, coder_kind, coder_version : str
        Who says so.
    blind : bool, optional
        Whether the coder saw no other codings.
    stance, statement_id, role, value, confidence, memo
        See `tertium.columns.CODINGS`. With no span and the value "undecided" the line says that
        it can't be decided whether the code is present.
    suggestion : str, optional
        Id of the machine's coding that is accepted or corrected.
    decides : iterable of str
        Ids of the codings that an adjudicator had before her.
    adjudicator : str, optional
        Who settled it, where the coder is `gold` or `reference`.
    replaces : iterable of str
        Ids of the lines in whose place this one stands.
    line_id, created : str, optional
        Minted and the present time, where not given.

    Raises
    ------
    InputError
        The code is not the scheme's, the span leaves the text, or a field is not what it may be.

    Examples
    --------
    >>> from tertium.schemes.read import read_scheme
    >>> source = Source("first", "Workers struck.", facts={"licence": "CC BY 4.0"})
    >>> line = coding_line(source, Span(8, 14), read_scheme("approach"), "strike", coder="ana")
    >>> line["quote"], line["prefix"], line["suffix"]
    ('struck', 'Workers ', '.')
    """
    said = {
        **_on_text(source, span, scheme, code, coder),
        "stance": stance,
        "statement_id": statement_id,
        "role": role,
        "value": value,
        "confidence": confidence,
        "blind": blind,
        "suggestion": suggestion,
        "decides": list(decides),
        "adjudicator": adjudicator,
        **(_quoted(source, span) if span else {}),
    }
    who = _signature(source, coder, coder_kind, coder_version, memo, replaces, line_id, created)
    return _line("coding", who, said)


def reading_line(
    source: Source,
    span: Span | None,
    scheme: Scheme,
    code: str | None,
    *,
    coder: str,
    coder_kind: CoderKind = "human",
    coder_version: str | None = None,
    blind: bool | None = None,
    memo: str | None = None,
    replaces: Iterable[str] = (),
    line_id: str | None = None,
    created: str | None = None,
) -> dict[str, Any]:
    """A line that says what was read: no span, the whole source; no code, for all codes.

    A reading of the whole for one code, with no coding of it, says: searched, not found.

    Examples
    --------
    >>> from tertium.schemes.read import read_scheme
    >>> source = Source("first", "Workers struck.")
    >>> line = reading_line(source, None, read_scheme("approach"), None, coder="ana")
    >>> line["kind"], line["start"], line["code"]
    ('reading', None, None)
    """
    said = {**_on_text(source, span, scheme, code, coder), "blind": blind}
    who = _signature(source, coder, coder_kind, coder_version, memo, replaces, line_id, created)
    return _line("reading", who, said)


def rejection_line(
    source: Source,
    span: Span | None,
    scheme: Scheme,
    code: str,
    *,
    suggestion: str,
    coder: str,
    coder_kind: CoderKind = "human",
    memo: str | None = None,
    line_id: str | None = None,
    created: str | None = None,
) -> dict[str, Any]:
    """A line that turns down a machine's coding, `suggestion`."""
    said = {**_on_text(source, span, scheme, code, coder), "suggestion": suggestion}
    who = _signature(source, coder, coder_kind, None, memo, (), line_id, created)
    return _line("rejection", who, said)


def retraction_line(
    source: Source | TextKey,
    retracts: Iterable[str],
    *,
    coder: str,
    coder_kind: CoderKind = "human",
    memo: str | None = None,
    line_id: str | None = None,
    created: str | None = None,
) -> dict[str, Any]:
    """A line that takes back earlier ones of the same coder on the same source, for good.

    What was taken back comes again as a new line with a new id; to retract a retraction, or a
    line that replaced another, brings nothing back.
    """
    who = _signature(source, coder, coder_kind, None, memo, (), line_id, created)
    return _line("retraction", who, {"retracts": list(retracts)})


def waiver_line(
    source: Source | TextKey,
    waives: Iterable[str],
    scheme: Scheme,
    *,
    memo: str,
    coder: str,
    coder_kind: CoderKind = "human",
    line_id: str | None = None,
    created: str | None = None,
) -> dict[str, Any]:
    """A line that says why codings made under an older version hold under `scheme`'s."""
    who = _signature(source, coder, coder_kind, None, memo, (), line_id, created)
    said = {"waives": list(waives), "scheme": scheme.name, "scheme_version": scheme.version}
    return _line("waiver", who, said)


def decision_line(
    source: Source,
    span: Span | None,
    scheme: Scheme,
    code: str,
    *,
    verdict: Literal["present", "absent", "undecided"],
    decides: Iterable[str],
    memo: str,
    coder: str,
    coder_kind: CoderKind = "human",
    adjudicator: str | None = None,
    replaces: Iterable[str] = (),
    line_id: str | None = None,
    created: str | None = None,
) -> dict[str, Any]:
    """A line that settles a difference; beside "present" stands a coding line of its own."""
    said = {
        **_on_text(source, span, scheme, code, coder),
        "verdict": verdict,
        "decides": list(decides),
        "adjudicator": adjudicator,
    }
    who = _signature(source, coder, coder_kind, None, memo, replaces, line_id, created)
    return _line("decision", who, said)


def _line(kind: str, who: Mapping[str, Any], said: Mapping[str, Any]) -> dict[str, Any]:
    # A reading of all codes says so by null.
    speaks = _NULL_SPEAKS | ({"code"} if kind == "reading" else set())
    whole = {"kind": kind, **who, **said}
    is_empty = {name for name, value in whole.items() if value is None or value in ("", [])}
    return checked({name: whole[name] for name in whole if name not in is_empty - speaks})


def _signature(
    source: Source | TextKey,
    coder: str,
    coder_kind: CoderKind,
    coder_version: str | None,
    memo: str | None,
    replaces: Iterable[str],
    line_id: str | None,
    created: str | None,
) -> dict[str, Any]:
    return {
        "id": line_id or minted_id(),
        "coder": coder,
        "coder_kind": coder_kind,
        "coder_version": coder_version,
        "source_id": source.id,
        "text_sha256": source.text_sha256,
        "created": created or now(),
        "memo": memo,
        "replaces": list(replaces),
    }


def _on_text(
    source: Source, span: Span | None, scheme: Scheme, code: str | None, coder: str
) -> dict[str, Any]:
    place = f"{coder}/{source.id}"
    if code is not None and code not in scheme.code_ids:
        found = f"scheme {scheme.reference} has no code {code!r}"
        remedy = f"write one of: {', '.join(scheme.code_ids)}"
        raise InputError([Fault(place, 0, "code", found, remedy)])
    if span is not None and span.end > len(source.text):
        found = f"{span.end} is behind the end of the text, {len(source.text)}"
        raise InputError([Fault(place, 0, "end", found, "write a place in the text")])
    return {
        "start": span.start if span else None,
        "end": span.end if span else None,
        "scheme": scheme.name,
        "scheme_version": scheme.version,
        "code": code,
    }


def _quoted(source: Source, span: Span) -> dict[str, str]:
    """The quote with a few characters around it; its checksum where those may not be passed on."""
    quote, text = span.of(source.text), source.text
    if not may_be_passed_on(source.facts):
        return {"quote_sha256": quote_checksum(quote)}
    return {
        "quote": quote,
        "prefix": text[max(0, span.start - CONTEXT) : span.start],
        "suffix": text[span.end : span.end + CONTEXT],
    }
