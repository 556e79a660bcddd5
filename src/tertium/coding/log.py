"""The log of codings: one JSON a line, append-only, a file for each coder and source.

Comes in: a folder ``codings/<coder>/<source>.jsonl``.
Goes out: the lines that stand, each with its place, and what is wrong with them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tertium.errors import Fault, InputError
from tertium.sources.files.read import bytes_of
from tertium.sources.source import Source

# What a line may name to take earlier ones back: it stands in their place, or nothing does.
TAKES_BACK = ("retracts", "replaces")


@dataclass(frozen=True)
class Line:
    """One line of a log: its file and number there, the source it speaks of, what it says."""

    file: str
    number: int
    source_id: str
    content: Mapping[str, Any] = field(hash=False)

    @property
    def id(self) -> str:
        """The line's own id; empty where it has none."""
        return str(self.content.get("id") or self.content.get("coding_id") or "")


def read_log(folder: Path, *, shown: str) -> tuple[list[Line], list[Fault]]:
    """Every line of a folder of logs, and those that are no JSON object.

    Parameters
    ----------
    folder : Path
        Holds a folder a coder; it may be missing.
    shown : str
        How faults name the folder.
    """
    lines: list[Line] = []
    faults: list[Fault] = []
    for path in sorted(folder.glob("*/*.jsonl")):
        file = f"{shown}/{path.relative_to(folder).as_posix()}"
        try:
            text = bytes_of(path, file).decode("utf-8-sig")
        except InputError as error:
            faults += error.faults
            continue
        except UnicodeDecodeError:
            faults.append(Fault(file, 0, "", "it is not UTF-8", "save it as UTF-8 text"))
            continue
        for number, written in enumerate(text.split("\n"), start=1):
            if not written.strip():
                continue
            try:
                content = json.loads(written)
            except (ValueError, RecursionError):
                content = None
            if not isinstance(content, dict):
                found, remedy = "it is no JSON object", "bring the line back from its history"
                faults.append(Fault(file, number, "", found, remedy))
                continue
            source_id = str(content.get("source_id") or path.stem)
            lines.append(Line(file, number, source_id, content))
    return lines, faults


def standing(lines: Iterable[Line]) -> list[Line]:
    """The lines that no other takes back, each id once, whatever their order.

    Examples
    --------
    >>> log = [Line("a.jsonl", 2, "s", {"id": "y", "replaces": ["x"]}),
    ...        Line("a.jsonl", 1, "s", {"id": "x"}), Line("a.jsonl", 3, "s", {"id": "y"})]
    >>> [line.number for line in standing(log)]
    [2]
    """
    listed = list(lines)
    gone = {id_ for line in listed for name in TAKES_BACK for id_ in _ids(line.content.get(name))}
    kept: dict[str, Line] = {}
    for line in listed:
        if line.id not in gone and not line.content.get("retracts"):
            kept.setdefault(line.id or f"{line.file}:{line.number}", line)
    return list(kept.values())


def log_faults(
    lines: Iterable[Line], *, checksums: Mapping[str, str], sources: Sequence[Source]
) -> Iterator[Fault]:
    """Lines that speak of another text than the one that is there.

    Parameters
    ----------
    lines : iterable of Line
        Those that stand.
    checksums : mapping of str to str
        The text's checksum that the manifest lists, by source.
    sources : sequence of Source
        The texts that are at hand: what a line quotes is looked up in them.
    """
    texts = {source.id: source for source in sources}
    for line in lines:
        if line.source_id not in checksums:
            found, remedy = f"{line.source_id!r} is not there", "write an id of the manifest"
            yield Fault(line.file, line.number, "source_id", found, remedy)
            continue
        coded, now = str(line.content.get("text_sha256") or ""), checksums[line.source_id]
        if coded != now:
            found = f"the text of {line.source_id} changed since it was coded"
            found = found if coded else "no checksum says which text was coded"
            remedy = "bring the former text back, or anchor its codings again"
            yield Fault(line.file, line.number, "text_sha256", found, remedy)
        elif line.source_id in texts and not _stands(line.content, texts[line.source_id].text):
            found = f"{line.source_id} does not read so from start to end"
            remedy = "anchor the coding again, or retract it"
            yield Fault(line.file, line.number, "quote", found, remedy)


def _stands(content: Mapping[str, Any], text: str) -> bool:
    start, end, quote = (content.get(name) for name in ("start", "end", "quote"))
    if start is None and end is None:
        return True
    if type(start) is not int or type(end) is not int or not 0 <= start < end <= len(text):
        return False
    return quote is None or text[start:end] == quote


def _ids(value: object) -> list[str]:
    if value is None:
        return []
    return [str(each) for each in value] if isinstance(value, list) else [str(value)]
