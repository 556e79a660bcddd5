"""A PDF a fraction of its size: what is no page content is packed together and compressed.

A file as the typesetter writes it comes in, with thousands of small objects for its tags and
links in plain text. The same objects go out in object streams (ISO 32000-1, 7.5.7), with a
cross-reference stream (7.5.8) in place of the table; PDF/A-2 and PDF/UA-1 allow both.
"""

from __future__ import annotations

import re
import zlib

_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*$")
_HEAD = re.compile(rb"xref\s+0 (\d+)\s+")
_TRAILER = re.compile(rb"trailer\s*<<(.*)>>\s*startxref", re.DOTALL)
_OBJECT = re.compile(rb"(\d+) 0 obj\s*(.*?)\s*endobj\s*$", re.DOTALL)
_SIZE = re.compile(rb"/Size \d+")
# So many objects share a stream: a reader unpacks it whole to find one of them.
_TOGETHER = 200
_ENTRY = 20


def packed(pdf: bytes) -> bytes:
    """The same document with its small objects compressed; as it is where it is built otherwise."""
    found = _objects(pdf)
    if found is None:
        return pdf
    size, objects, trailer = found
    out = bytearray(pdf[: min(offset for offset, _, _ in objects)])
    # Of each object: type 1 and where it stands, or type 2, its stream and its place in that.
    rows = {0: (0, 0, 65535)}
    small: list[tuple[int, bytes]] = []
    for _, number, body in objects:
        if body.endswith(b"endstream"):
            rows[number] = (1, len(out), 0)
            out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
        else:
            small.append((number, body))
    following = size
    for first in range(0, len(small), _TOGETHER):
        some = small[first : first + _TOGETHER]
        places, offset = [], 0
        for place, (number, body) in enumerate(some):
            rows[number] = (2, following, place)
            places.append(b"%d %d" % (number, offset))
            offset += len(body) + 1
        head = b" ".join(places) + b"\n"
        data = zlib.compress(head + b"\n".join(body for _, body in some), 9)
        rows[following] = (1, len(out), 0)
        given = b"/Type/ObjStm/N %d/First %d" % (len(some), len(head))
        out += _stream(following, given, data)
        following += 1
    rows[following] = (1, len(out), 0)
    start = len(out)
    table = b"".join(
        kind.to_bytes(1, "big") + one.to_bytes(4, "big") + other.to_bytes(2, "big")
        for kind, one, other in (rows.get(n, (0, 0, 65535)) for n in range(following + 1))
    )
    trailer = _SIZE.sub(b"/Size %d" % (following + 1), trailer)
    out += _stream(following, b"/Type/XRef/W[1 4 2]" + trailer, zlib.compress(table, 9))
    out += b"startxref\n%d\n%%%%EOF\n" % start
    return bytes(out)


def _stream(number: int, given: bytes, data: bytes) -> bytes:
    head = b"<<%s/Filter/FlateDecode/Length %d>>" % (given, len(data))
    return b"%d 0 obj\n%s\nstream\n%s\nendstream\nendobj\n" % (number, head, data)


def _objects(pdf: bytes) -> tuple[int, list[tuple[int, int, bytes]], bytes] | None:
    """How many numbers there are, offset, number and body of each object, and the trailer."""
    start = _START.search(pdf)
    head = _HEAD.match(pdf, int(start[1])) if start else None
    trailer = _TRAILER.search(pdf, head.end()) if head else None
    if start is None or head is None or trailer is None:
        return None
    size = int(head[1])
    table = pdf[head.end() : head.end() + _ENTRY * size]
    entries = [table[_ENTRY * n : _ENTRY * (n + 1)] for n in range(size)]
    offsets = sorted(int(entry[:10]) for entry in entries if entry[17:18] == b"n")
    found = []
    for offset, end in zip(offsets, [*offsets[1:], int(start[1])], strict=True):
        match = _OBJECT.match(pdf, offset, end)
        if match is None:
            return None
        found.append((offset, int(match[1]), match[2]))
    return size, found, trailer[1]
