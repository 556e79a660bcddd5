"""The lines of a log as tables: what its coders hold now, whatever happened on the way.

Comes in: lines in any order, some of them doubled or taken back, and the texts at hand.
Goes out: the codings and readings tables.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from tertium.coding.coder import Coded
from tertium.coding.coding import CONTEXT
from tertium.coding.logs.decided import Place, in_effect
from tertium.coding.logs.log import Line, standing
from tertium.coding.logs.log_check import text_faults
from tertium.columns import CODINGS, READINGS, frame, names
from tertium.errors import ChecksumError
from tertium.schemes.scheme import Scheme
from tertium.sources.source import Source

_READING = frozenset(names(READINGS))
_CODING = frozenset(names(CODINGS))


def replay(
    lines: Iterable[Line], *, sources: Iterable[Source], schemes: Iterable[Scheme] | None = None
) -> Coded:
    """Codings and readings that stand, always in the same order.

    Parameters
    ----------
    lines : iterable of Line
        From `tertium.coding.logs.log.read_log`, or, where they were just made, `as_lines`.
    sources : iterable of Source
        The texts at hand. A line that quotes by checksum gets its words from them; a line on a
        text that is not at hand has its quote null.
    schemes : iterable of Scheme, optional
        Only lines on these, in any version; on all, where none is named.

    Returns
    -------
    Coded
        Sorted by source, start, end, scheme, code, coder and id. An adjudicator's decision on a
        passage is a reading of it for its code; one on the whole source is none, for a passage
        may be open. Where decisions contradict each other nothing of them holds, and the
        source counts as not read for the code.

    Raises
    ------
    ChecksumError
        A line was made on another text than the one at hand, or quotes what does not stand
        there; file and number of each such line.

    Examples
    --------
    >>> from tertium.coding.logs.lines import coding_line
    >>> from tertium.coding.logs.log import as_lines
    >>> from tertium.schemes.read import read_scheme
    >>> from tertium.spans import Span
    >>> source = Source("first", "Workers struck.")
    >>> made = coding_line(source, Span(8, 14), read_scheme("approach"), "strike", coder="ana")
    >>> "quote" in made, replay(as_lines([made]), sources=[source]).codings["quote"].tolist()
    (False, ['struck'])
    """
    texts = {source.id: source for source in sources}
    is_all = schemes is None
    schemes = [*(schemes or ())]
    wanted = None if is_all else {scheme.name for scheme in schemes}
    said = [
        line
        for line in standing(lines)
        if line.kind in ("coding", "reading", "decision")
        and (wanted is None or line.content["scheme"] in wanted)
    ]
    faults = [
        fault
        for line in said
        if (source := texts.get(line.source_id))
        for fault in text_faults(line, source.text_sha256, source)
    ]
    if faults:
        raise ChecksumError("\n".join(str(fault) for fault in sorted(set(faults))))
    said, still_open = in_effect(said)
    said.sort(key=_order)
    codings = [_coding(line, texts.get(line.source_id)) for line in said if line.kind == "coding"]
    in_schemes = {(scheme.name, scheme.version): scheme for scheme in schemes}
    readings = [
        row
        for line in said
        if line.kind == "reading" or (line.kind == "decision" and line.content["start"] is not None)
        for row in _readings(line, still_open, in_schemes)
    ]
    return Coded(frame(codings, CODINGS), frame(readings, READINGS))


def _readings(
    line: Line, still_open: Collection[Place], schemes: Mapping[tuple[str, str], Scheme]
) -> Iterator[dict[str, Any]]:
    """What a line says was read, without codes that contradictory decisions leave open."""
    row = _kept(line, _READING)
    name, version = line.content["scheme"], line.content["scheme_version"]
    own = {code for *place, code in still_open if place == [line.coder, line.source_id, name]}
    if not own:
        yield row
    elif row["code"] is not None:
        if row["code"] not in own:
            yield row
    elif scheme := schemes.get((name, version)):
        yield from ({**row, "code": code} for code in scheme.code_ids if code not in own)


def _kept(line: Line, columns: frozenset[str]) -> dict[str, Any]:
    return {name: value for name, value in line.content.items() if name in columns}


def _coding(line: Line, source: Source | None) -> dict[str, Any]:
    row = {"stance": "asserted", **_kept(line, _CODING), "coding_id": line.id}
    start, end = row["start"], row["end"]
    if source is not None and start is not None:
        row["quote"] = source.text[start:end]
        row["prefix"] = source.text[max(0, start - CONTEXT) : start]
        row["suffix"] = source.text[end : end + CONTEXT]
    return row


def _order(line: Line) -> tuple[Any, ...]:
    said = line.content
    place = (-1, -1) if said["start"] is None else (said["start"], said["end"])
    rest = (said["scheme"], said.get("code") or "", line.coder, line.id)
    return (line.source_id, *place, *rest)
