"""Texts and patterns to hits, by the compiled scanner where it can and by `re` where it must.

Comes in: an Arrow column of texts, or one text and the spans to search in.
Goes out: flat NumPy columns of hits in code points, sorted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from tertium.coding import match
from tertium.coding.scanning import kernel
from tertium.coding.scanning.kernel import Column, Out, Segments
from tertium.coding.scanning.tables import Patterns
from tertium.spans import Span

# Room for hits at the start; it doubles when it is too small.
_ROOM = 4096
_LONGEST = np.iinfo(np.int32).max


class Hits(NamedTuple):
    """One row a hit, sorted by text, start, end and pattern; positions in code points.

    `text` is the number of the text in the column (or of the span in the text), `pattern` the
    place of the pattern among those given.
    """

    text: Column
    pattern: Column
    start: Column
    end: Column


def scan(texts: pa.Array | pa.ChunkedArray, patterns: Patterns) -> Hits:
    """Every hit of every pattern in a column of texts.

    Hits of one pattern never overlap each other, those of several may; none reaches from one
    text into the next. A missing text has no hits.

    Parameters
    ----------
    texts : Array or ChunkedArray
        Strings, of any of Arrow's string types; each below 2 GiB.
    patterns : Patterns
        Made by `tables.build`.

    Returns
    -------
    Hits

    Examples
    --------
    >>> from tertium.coding.scanning.tables import build
    >>> texts = pa.array(["The ACFTU met.", None, "中国ACFTU组织罢工"])
    >>> hits = scan(texts, build(["acftu", "罢工"]))
    >>> [tuple(map(int, hit)) for hit in zip(*hits)]
    [(0, 0, 4, 9), (2, 0, 2, 7), (2, 1, 9, 11)]
    """
    chunks = texts.chunks if isinstance(texts, pa.ChunkedArray) else [texts]
    parts: list[Hits] = []
    before = 0
    for chunk in chunks:
        buffer, segments = _segments(chunk)
        parts.append(_sorted(_found(buffer, segments, patterns, before), chunk, patterns, before))
        before += len(chunk)
    return _joined(parts)


def scan_spans(text: str, spans: Sequence[Span], patterns: Patterns) -> Hits:
    """Every hit of every pattern that `re` need not search, in `spans` of one text.

    Parameters
    ----------
    text : str
        A canonical text.
    spans : sequence of Span
        Sorted and disjoint; no hit crosses two of them.
    patterns : Patterns
        Those in `patterns.plain` are left out.

    Examples
    --------
    >>> from tertium.coding.scanning.tables import build
    >>> hits = scan_spans("Strike. Strike!", [Span(8, 15)], build(["strike"]))
    >>> hits.text.tolist(), hits.start.tolist(), hits.end.tolist()
    ([0], [8], [14])
    """
    encoded = text.encode("utf-8")
    buffer = np.frombuffer(encoded, dtype=np.uint8)
    firsts = np.array([span.start for span in spans], dtype=np.int64)
    lasts = np.array([span.end for span in spans], dtype=np.int64)
    begins, ends = firsts, lasts
    if len(encoded) != len(text):
        starts = np.append(np.flatnonzero((buffer & 0xC0) != 0x80), len(encoded))
        begins, ends = starts[firsts], starts[lasts]
    segments = Segments(begins, ends, np.zeros_like(begins), firsts)
    return _found(buffer, segments, patterns, 0)


def _segments(chunk: pa.Array) -> tuple[NDArray[np.uint8], Segments]:
    """The bytes of an Arrow array and where each text stands in them."""
    held = chunk.type.value_type if pa.types.is_dictionary(chunk.type) else chunk.type
    if held not in (pa.string(), pa.large_string(), pa.string_view()):
        raise TypeError(f"a column of texts is needed, this one holds {chunk.type}")
    if chunk.type not in (pa.string(), pa.large_string()):
        chunk = chunk.cast(pa.large_string())
    width = np.int64 if pa.types.is_large_string(chunk.type) else np.int32
    _, offsets, data = chunk.buffers()
    size = len(chunk)
    bounds = np.zeros(size + 1, dtype=np.int64)
    if size:
        bounds[:] = np.frombuffer(offsets, dtype=width)[chunk.offset : chunk.offset + size + 1]
    begins, ends = bounds[:-1], bounds[1:].copy()
    if chunk.null_count:
        missing = chunk.is_null().to_numpy(zero_copy_only=False)
        ends[missing] = begins[missing]
    if size and int((ends - begins).max()) > _LONGEST:
        raise ValueError("a text is longer than 2 GiB; cut it into several")
    buffer = np.frombuffer(data if data is not None else b"", dtype=np.uint8)
    return buffer, Segments(begins, ends, begins, np.zeros(size, dtype=np.int64))


def _found(buffer: NDArray[np.uint8], segments: Segments, patterns: Patterns, before: int) -> Hits:
    if len(buffer) and buffer.flags.writeable:
        buffer = buffer.view()
        buffer.flags.writeable = False
    segment, kept = 0, 0
    out = _room(_ROOM, patterns)
    while True:
        segment, kept = kernel.scan(patterns.tables, buffer, segments, segment, out)
        if segment == len(segments.begins):
            break
        more = _room(2 * int(out.filled[0]), patterns)
        for old, new in zip(out[:4], more[:4], strict=True):
            new[:kept] = old[:kept]
        more.filled[0] = kept
        out = more
    text, pattern, start, end = (column[:kept] for column in out[:4])
    return Hits(text + np.int32(before), pattern, start, end)


def _room(size: int, patterns: Patterns) -> Out:
    text, pattern, start, end = (np.empty(size, dtype=np.int32) for _ in range(4))
    behind = np.full(len(patterns.patterns), -1, dtype=np.int64)
    nodes, places, points = (np.empty(patterns.ways, dtype=np.int64) for _ in range(3))
    filled = np.zeros(1, dtype=np.int64)
    return Out(text, pattern, start, end, filled, behind, nodes, places, points)


def _sorted(hits: Hits, chunk: pa.Array, patterns: Patterns, before: int) -> Hits:
    """`hits` with those of the patterns that `re` has to search."""
    if not patterns.plain:
        return hits
    more = np.array(list(_searched(chunk, patterns, before)), dtype=np.int32).reshape(-1, 4)
    columns = [np.concatenate([old, new]) for old, new in zip(hits, more.T, strict=True)]
    text, pattern, start, end = columns
    order = np.lexsort((pattern, end, start, text))
    return Hits(*(column[order] for column in columns))


def _searched(
    chunk: pa.Array, patterns: Patterns, before: int
) -> Iterator[tuple[int, int, int, int]]:
    expressions = [(n, match.compile_pattern(patterns.patterns[n])) for n in patterns.plain]
    for number, text in enumerate(chunk.to_pylist(), start=before):
        folded = match.fold(text or "")
        for pattern, expression in expressions:
            for found in expression.finditer(folded):
                if found.end() > found.start():
                    yield number, pattern, found.start(), found.end()


def _joined(parts: Sequence[Hits]) -> Hits:
    if len(parts) == 1:
        return parts[0]
    empty = np.empty(0, dtype=np.int32)
    return (
        Hits(*(np.concatenate([empty, *columns]) for columns in zip(*parts, strict=True)))
        if parts
        else Hits(empty, empty, empty, empty)
    )
