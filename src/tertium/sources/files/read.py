"""Bytes of files, whole or not at all.

Comes in: paths.
Goes out: bytes, or a fault that says why not.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NoReturn
from uuid import uuid4

from tertium.errors import Fault, InputError

_MOST_BYTES = 500_000_000
# What file managers and word processors leave behind; nobody means these as sources.
_LEFTOVERS = {"thumbs.db", "desktop.ini", "icon\r"}


def files_below(folder: Path) -> Iterator[Path]:
    """Every file but hidden ones and leftovers; never through a link to a folder."""
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith((".", "~$")) and name.lower() not in _LEFTOVERS:
                yield Path(place) / name


def bytes_of(path: Path, name: str) -> bytes:
    """The bytes of one ordinary file; `name` is what messages call it."""

    def refuse(found: str, remedy: str) -> NoReturn:
        raise InputError([Fault(name, 0, "", found, remedy)])

    try:
        if not path.is_file():
            refuse("it is no ordinary file", "put the file itself there")
        if path.stat().st_size > _MOST_BYTES:
            refuse("it is larger than 500 MB", "split it")
        return path.read_bytes()
    except OSError as error:
        refuse(f"it can't be opened ({error.strerror})", "check its permissions")


def file_checksum(data: bytes) -> str:
    """SHA-256 of a file's bytes, in hex: its `sha256`."""
    return hashlib.sha256(data).hexdigest()


def write_whole(path: Path, data: bytes) -> None:
    """All of it or nothing: written beside its place, then moved there."""
    write_all({path: data})


def write_all(files: Mapping[Path, bytes]) -> None:
    """All files or none: each is written beside its place, then all are moved there."""
    beside = {path: path.with_name(f".{uuid4().hex}.partial") for path in files}
    try:
        for path, data in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            with beside[path].open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        for path in files:
            beside[path].replace(path)
    finally:
        for leftover in beside.values():
            leftover.unlink(missing_ok=True)
