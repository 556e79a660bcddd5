"""A made-up study: two texts, coders who write logs, and what of it adjudication needs."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tertium.agreement.adjudication.adjudicate import adjudicate
from tertium.agreement.adjudication.queue import Adjudication
from tertium.coding.logs.lines import coding_line, reading_line
from tertium.coding.logs.log import CODINGS, append
from tertium.schemes.read import read_scheme
from tertium.sources.source import Source
from tertium.spans import Span

APPROACH = read_scheme("approach")
OPEN = {"licence": "CC BY 4.0", "title": "Made up"}
TEXT = "Miners struck. 罢工 began. A clinic gave advice. <b>Unions</b> met. "
SOURCES = (
    Source("first", TEXT * 2, language="en", facts=OPEN),
    Source("second", "Drivers sued. " * 3, language="en", facts={"licence": "all rights reserved"}),
)


def made(kind: Callable[..., dict[str, Any]], *given: Any, **more: Any) -> dict[str, Any]:
    """A line whose id follows from its content, so that a run can be repeated."""
    line = kind(*given, **more, created="2026-11-22T09:30:00Z")
    content = repr(sorted((key, value) for key, value in line.items() if key != "id"))
    return {**line, "id": hashlib.sha256(content.encode()).hexdigest()[:16]}


def coded(
    coder: str, start: int | None, end: int | None = None, code: str = "strike", **more: Any
) -> dict[str, Any]:
    """A line that codes a passage of the first text, or of another `source`."""
    source = more.pop("source", SOURCES[0])
    span = None if start is None or end is None else Span(start, end)
    return made(coding_line, source, span, APPROACH, code, coder=coder, **more)


def read(
    coder: str, start: int | None = None, end: int | None = None, **more: Any
) -> dict[str, Any]:
    """A line that says that a coder read a passage, or all of it."""
    source, code = more.pop("source", SOURCES[0]), more.pop("code", None)
    span = None if start is None or end is None else Span(start, end)
    return made(reading_line, source, span, APPROACH, code, coder=coder, **more)


class Desk:
    """A folder of logs, and what adjudication makes of it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.logs = root / CODINGS
        collection = SimpleNamespace(sources=SOURCES)
        self.study: Any = SimpleNamespace(root=root, schemes=(APPROACH,), collection=collection)

    def write(self, *lines: dict[str, Any]) -> Desk:
        append(self.logs, lines)
        return self

    def open(self, *, coders: Iterable[str] = ("ana", "ben"), **more: Any) -> Adjudication:
        options = {"overlap": 0.5, "adjudicator": "eva", **more}
        return adjudicate(self.study, "approach", coders=list(coders), **options)

    def bytes_of(self, *coders: str) -> dict[str, bytes]:
        """The logs of coders, byte by byte."""
        return {
            path.relative_to(self.logs).as_posix(): path.read_bytes()
            for coder in coders
            for path in sorted((self.logs / coder).glob("*.jsonl"))
        }


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk with empty logs."""
    return Desk(tmp_path)
