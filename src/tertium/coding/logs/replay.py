"""The lines of a log as tables: what its coders hold now, whatever happened on the way.

Comes in: lines in any order, some of them doubled or taken back, and the texts at hand.
Goes out: the codings and readings tables.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tertium.coding.coder import Coded
from tertium.coding.coding import CONTEXT
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
        Sorted by source, start, end, scheme, code, coder and id. An adjudicator's decision is a
        reading of its span for its code.

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
    wanted = None if schemes is None else {scheme.name for scheme in schemes}
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
    said.sort(key=_order)
    codings = [_coding(line, texts.get(line.source_id)) for line in said if line.kind == "coding"]
    readings = [_kept(line, _READING) for line in said if line.kind != "coding"]
    return Coded(frame(codings, CODINGS), frame(readings, READINGS))


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
