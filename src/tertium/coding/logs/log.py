"""The log of codings: one JSON a line, append-only, a file for each coder and source.

Comes in: a folder ``codings/<coder>/<source>.jsonl``, and lines to append.
Goes out: the lines, each with its place, and what is wrong with them.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tertium.coding.logs.line_kinds import GOLD, line_faults
from tertium.coding.logs.lines import written
from tertium.errors import Fault, InputError
from tertium.sources.files.read import bytes_of

# How faults and notes name the folder of logs, from the study's own folder.
CODINGS = "data/codings"
# What a line may name to take earlier ones back: it stands in their place, or nothing does.
TAKES_BACK = ("retracts", "replaces")
UNFINISHED = "the line is unfinished, so what it said is lost"
# What the coder protocol's own coders are called: a log of that name would never be seen.
TAKEN_NAMES = ("rule", "learned")
# Logs that only adjudication writes: what others coded is settled there.
SETTLED_NAMES = (GOLD, "reference")
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")


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
        return str(self.content.get("id") or "")

    @property
    def kind(self) -> str:
        """What the line says: coding, reading, rejection, retraction, waiver or decision."""
        return str(self.content.get("kind") or "")

    @property
    def coder(self) -> str:
        """Who says it."""
        return str(self.content.get("coder") or "")


def as_lines(contents: Iterable[Mapping[str, Any]]) -> list[Line]:
    """Lines that were just made, as if read from their log; they have no number there yet."""
    return [
        Line(f"{CODINGS}/{each['coder']}/{each['source_id']}.jsonl", 0, each["source_id"], each)
        for each in contents
    ]


# ---------------------------------------------------------------------------------------------
# Writing


def append(folder: Path, lines: Iterable[Mapping[str, Any]]) -> list[Path]:
    """Put lines at the end of their logs, safe from a second writer and from a crash.

    Each log is locked, gets its lines in one write, and is on the disk when this returns.
    Nothing that stands in a log is ever changed: behind an unfinished line a new one starts.

    Parameters
    ----------
    folder : Path
        The folder of logs; it and those in it are made where they are missing.
    lines : iterable of mapping
        As `tertium.coding.logs.lines` makes them. All are checked before any is written.

    Returns
    -------
    list of Path
        The logs that were written to.

    Raises
    ------
    InputError
        A line is not sound (nothing is written then), or a log can't be locked or written to.
    """
    batches: dict[tuple[str, str], list[str]] = {}
    faults: list[Fault] = []
    for number, line in enumerate(lines, start=1):
        if found := line_faults(line, file="lines to append", number=number):
            faults += found
        elif line["coder"] in TAKEN_NAMES:
            faults.append(_taken(line["coder"], "lines to append", number))
        else:
            key = line["coder"], line["source_id"]
            batches.setdefault(key, []).append(f"{written(line)}\n")
    if faults:
        raise InputError(faults)
    paths = []
    for (coder, source_id), batch in sorted(batches.items()):
        path = folder / coder / f"{source_id}.jsonl"
        try:
            _append(path, "".join(batch).encode("utf-8"))
        except OSError as error:
            why = f"it can't be written to ({error.strerror or error})"
            remedy = "check the folder's rights and the space left, then do it again"
            shown = f"{folder.name}/{coder}/{path.name}"
            raise InputError([Fault(shown, 0, "", why, remedy)]) from error
        paths.append(path)
    return paths


def _append(path: Path, data: bytes) -> None:
    made = [each for each in (path.parent, *path.parent.parents) if not each.exists()]
    path.parent.mkdir(parents=True, exist_ok=True)
    is_new = not path.exists()
    # O_BINARY: Windows would write every line end as two characters.
    flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0)
    file = os.open(path, flags, 0o666)
    try:
        with _locked(file):
            size = os.fstat(file).st_size
            if size and _byte_at(file, size - 1) != b"\n":
                data = b"\n" + data
            left = memoryview(data)
            while left:  # a disk that is nearly full takes a part
                left = left[os.write(file, left) :]
            os.fsync(file)
    finally:
        os.close(file)
    if is_new:
        for folder in (path.parent, *(each.parent for each in made)):
            _fsync_folder(folder)


def _byte_at(file: int, position: int) -> bytes:
    os.lseek(file, position, os.SEEK_SET)
    return os.read(file, 1)


if sys.platform == "win32":
    import msvcrt

    # Windows bars others from the bytes that are locked, so one is taken that no log reaches.
    _FAR = 2**31 - 2

    @contextmanager
    def _locked(file: int) -> Iterator[None]:
        os.lseek(file, _FAR, os.SEEK_SET)
        while True:
            try:
                msvcrt.locking(file, msvcrt.LK_LOCK, 1)
                break
            except OSError:  # another writer has had it for ten seconds
                continue
        try:
            yield
        finally:
            os.lseek(file, _FAR, os.SEEK_SET)
            msvcrt.locking(file, msvcrt.LK_UNLCK, 1)

    def _fsync_folder(folder: Path) -> None:
        """Windows writes a folder's entries by itself."""

else:
    import fcntl

    @contextmanager
    def _locked(file: int) -> Iterator[None]:
        fcntl.flock(file, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(file, fcntl.LOCK_UN)

    def _fsync_folder(folder: Path) -> None:
        """The name of a new file is lost with a crash until its folder is on the disk."""
        entry = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(entry)
        finally:
            os.close(entry)


# ---------------------------------------------------------------------------------------------
# Reading


def coders_in(folder: Path) -> list[str]:
    """The coders who have a folder among the logs, sorted; it may hold no log yet."""
    named = (path.name for path in folder.glob("*/") if path.is_dir())
    return sorted(name for name in named if _NAME.fullmatch(name) and name not in TAKEN_NAMES)


def read_log(
    folder: Path, *, shown: str, coders: Iterable[str] | None = None
) -> tuple[list[Line], list[Fault]]:
    """Every sound line of a folder of logs, and what is wrong with the others.

    Parameters
    ----------
    folder : Path
        Holds a folder a coder; it may be missing.
    shown : str
        How faults name the folder.
    coders : iterable of str, optional
        Those whose logs are read; all of them, where none is named.

    Returns
    -------
    tuple of list of Line, list of Fault
        An unfinished line (see `is_unfinished`) is among the faults; it costs nothing but
        itself. Of several lines with one id and other content all are kept.
    """
    lines: list[Line] = []
    faults: list[Fault] = []
    wanted = None if coders is None else set(coders)
    for path in sorted(folder.glob("*/*.jsonl")):
        coder = path.parent.name
        # Macs and editors leave files of their own beside the logs.
        if path.name.startswith(".") or coder.startswith("."):
            continue
        if wanted is not None and coder not in wanted:
            continue
        file = f"{shown}/{coder}/{path.name}"
        if coder in TAKEN_NAMES:
            faults.append(_taken(coder, file, 0))
        try:
            data = bytes_of(path, file).removeprefix(b"\xef\xbb\xbf")
        except InputError as error:
            faults += error.faults
            continue
        for number, raw in enumerate(data.split(b"\n"), start=1):
            if not raw.strip():
                continue
            content, wrong = _content(raw, file, number)
            wrong += _place_faults(content, coder, path.stem, file, number) if content else []
            faults += wrong
            if content and not wrong:
                lines.append(Line(file, number, path.stem, content))
    return lines, [*faults, *_fellow_faults(lines)]


def is_unfinished(fault: Fault) -> bool:
    """Whether a fault is a line that a crash cut short: worth a note, and no more."""
    return fault.found == UNFINISHED


def _content(raw: bytes, file: str, number: int) -> tuple[dict[str, Any] | None, list[Fault]]:
    """What a line says, or why that can't be told."""

    def refuse(found: str, remedy: str) -> tuple[None, list[Fault]]:
        return None, [Fault(file, number, "", found, remedy)]

    try:
        text = raw.decode("utf-8")
        content = json.loads(text, object_pairs_hook=_object, parse_constant=_no_number)
    except _DoubledKeyError as error:
        return refuse(f"the key {str(error)!r} stands twice", "keep one")
    except (ValueError, RecursionError) as error:
        if _is_cut_short(raw, error):
            return refuse(UNFINISHED, "do it again; leave the line as it is")
        if isinstance(error, UnicodeDecodeError):
            return refuse("it is not UTF-8", "bring the line back from its history")
        content = None
    if not isinstance(content, dict):
        return refuse("it is no JSON object", "bring the line back from its history")
    faults = line_faults(content, file=file, number=number)
    return content, faults


class _DoubledKeyError(ValueError):
    """JSON would silently keep the last."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    content = dict(pairs)
    if len(content) < len(pairs):
        names = [name for name, _ in pairs]
        raise _DoubledKeyError(next(name for name in names if names.count(name) > 1))
    return content


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no number")


def _is_cut_short(raw: bytes, error: Exception) -> bool:
    """Whether a line begins as one of ours and ends before its end.

    A disk that lost power may give zeros for what was not yet written.
    """
    bare = raw.rstrip(b" \t\r\0")
    if not bare:
        return True
    is_open = not bare.endswith(b"}") or str(error).startswith("Unterminated string")
    return bare.startswith(b"{") and is_open


def _place_faults(
    content: Mapping[str, Any], coder: str, source_id: str, file: str, number: int
) -> Iterator[Fault]:
    """Whether a line stands where it says that it belongs."""
    for name, there, what in (("coder", coder, "folder"), ("source_id", source_id, "file")):
        said = content.get(name)
        if isinstance(said, str) and said != there:
            found = f"{said!r} stands in the {what} of {there!r}"
            yield Fault(file, number, name, found, f"put the line into the {what} of {said!r}")


def _taken(coder: str, file: str, number: int) -> Fault:
    found = f"{coder!r} is the name of a coder that the package brings"
    return Fault(file, number, "coder", found, "take another name")


# ---------------------------------------------------------------------------------------------
# Lines beside each other


def standing(lines: Iterable[Line]) -> list[Line]:
    """The lines that no other takes back, each id once, whatever their order.

    A line takes back only lines of its own log, and for good: to retract a line that retracted
    or replaced others brings none of them back. Retractions themselves do not stand.

    Examples
    --------
    >>> log = [Line("a.jsonl", 2, "s", {"id": "y", "replaces": ["x"]}),
    ...        Line("a.jsonl", 1, "s", {"id": "x"}), Line("a.jsonl", 3, "s", {"id": "y"})]
    >>> [line.id for line in standing(log)]
    ['y']
    """
    listed = sorted(lines, key=lambda line: (line.file, line.number))
    gone = {
        (line.coder, line.source_id, id_)
        for line in listed
        for name in TAKES_BACK
        for id_ in line.content.get(name) or ()
    }
    kept: dict[str, Line] = {}
    for line in listed:
        if line.kind == "retraction" or (line.coder, line.source_id, line.id) in gone:
            continue
        # Two contents of one id are a fault; until it is mended one is taken, always the same.
        other = kept.get(line.id)
        if other is None or written(line.content) < written(other.content):
            kept[line.id] = line
    return list(kept.values())


def _fellow_faults(lines: Iterable[Line]) -> Iterator[Fault]:
    """What is wrong with lines beside each other: ids, kinds of coder, what they take back."""
    first: dict[str, Line] = {}
    kinds: dict[str, tuple[str, Line]] = {}
    listed = list(lines)
    for line in listed:
        other = first.setdefault(line.id, line)
        if other.content != line.content:
            found = f"{line.id} is also the id of {_where(other, line)}, which says something else"
            yield Fault(line.file, line.number, "id", found, "give one of them an id of its own")
        kind = str(line.content.get("coder_kind"))
        known, there = kinds.setdefault(line.coder, (kind, line))
        if kind != known:
            found = f"{kind} here, but {known} in {_where(there, line)}"
            remedy = "write one of them, or give the coders two names"
            yield Fault(line.file, line.number, "coder_kind", found, remedy)
    for line in listed:
        for name in TAKES_BACK:
            for id_ in line.content.get(name) or ():
                target = first.get(id_)
                if target is not None and target.file != line.file:
                    found = f"{id_} is a line of {target.file}"
                    remedy = "a line takes back only lines of its own log"
                    yield Fault(line.file, line.number, name, found, remedy)


def _where(there: Line, here: Line) -> str:
    return f"line {there.number}" if there.file == here.file else f"{there.file}, {there.number}"
