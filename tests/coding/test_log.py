"""The log of codings: which lines stand, and whether the text is still the one that was coded."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tertium.coding.log import Line, log_faults, read_log, standing
from tertium.sources.source import Source

SOURCE = Source("first", "Workers went on strike.", language="en")


def line(number: int = 1, **content: Any) -> Line:
    """Return a line of a log."""
    given = {"id": f"n{number}", "text_sha256": SOURCE.text_sha256} | content
    return Line("codings/ana/first.jsonl", number, "first", given)


def said(*lines: Line, sources: tuple[Source, ...] = (SOURCE,)) -> list[tuple[int, str]]:
    """Return line and field of each fault."""
    checksums = {SOURCE.id: SOURCE.text_sha256}
    faults = log_faults(lines, checksums=checksums, sources=sources)
    return [(each.line, each.field) for each in faults]


def test_lines_come_with_their_place(tmp_path: Path) -> None:
    """Every coder's logs are read; a line that is no JSON object is named, the rest stands."""
    (tmp_path / "ana").mkdir()
    whole = json.dumps({"id": "x"}, ensure_ascii=False)
    (tmp_path / "ana" / "first.jsonl").write_text(f"{whole}\n\n[1]\n{whole}", encoding="utf-8")
    lines, faults = read_log(tmp_path, shown="data/codings")
    assert [(each.file, each.number, each.source_id) for each in lines] == [
        ("data/codings/ana/first.jsonl", 1, "first"),
        ("data/codings/ana/first.jsonl", 4, "first"),
    ]
    assert [(each.line, each.found) for each in faults] == [(3, "it is no JSON object")]
    assert read_log(tmp_path / "none", shown="x") == ([], [])


def test_a_log_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    """It is one fault, not a traceback."""
    (tmp_path / "ana").mkdir()
    (tmp_path / "ana" / "first.jsonl").write_bytes(b"\xff\xfe")
    _, (fault,) = read_log(tmp_path, shown="c")
    assert fault.found == "it is not UTF-8"


def test_what_is_taken_back_does_not_stand() -> None:
    """Order and duplicates make no difference: a union merge may leave both."""
    lines = [
        line(1, id="x"),
        line(2, id="y", replaces=["x"]),
        line(3, id="z", retracts="w"),
        line(4, id="w"),
        line(5, id="y", replaces=["x"]),
    ]
    assert [each.id for each in standing(lines)] == ["y"]
    assert [each.id for each in standing(reversed(lines))] == ["y"]


def test_a_changed_text_is_seen() -> None:
    """A coding of another text is named, also where the text is not at hand, or no text is said."""
    changed = line(1, text_sha256="0" * 64)
    assert said(changed) == said(changed, sources=()) == [(1, "text_sha256")]
    assert said(line(2, text_sha256=None)) == [(2, "text_sha256")]
    assert said(line(3)) == []


def test_a_quote_must_stand_where_it_is_said_to() -> None:
    """Places outside the text and other words are named; a coding of the whole source is not."""
    assert said(line(1, start=0, end=7, quote="Workers")) == []
    assert said(line(2, start=0, end=7, quote="workers")) == [(2, "quote")]
    assert said(line(3, start=0, end=70)) == [(3, "quote")]
    assert said(line(4, start=5)) == [(4, "quote")]
    assert said(line(5, start=None, end=None)) == []


def test_an_unknown_source_is_named() -> None:
    """A log of a source that the manifest lacks can be about nothing."""
    strange = Line("codings/ana/gone.jsonl", 1, "gone", {"id": "x"})
    assert said(strange) == [(1, "source_id")]
