"""The checksums of a manifest: counted, so that nobody writes them by hand.

Comes in: a manifest whose cells for checksums may be empty.
Goes out: the same manifest with them filled.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from tertium.errors import Fault, InputError
from tertium.offsets import text_checksum
from tertium.sources.decode import decode
from tertium.sources.extract import EXTRACTED_ENDINGS, extract
from tertium.sources.files.read import bytes_of, file_checksum, write_whole
from tertium.sources.formats.table import delimiter_of, read_table
from tertium.sources.listed.read import listed_rows
from tertium.sources.manifest import ManifestRow, check_manifest


class Filled(NamedTuple):
    """Ids of the rows with new checksums, and what could not be counted, a line each."""

    ids: tuple[str, ...]
    uncounted: tuple[str, ...]


def fill_checksums(manifest: Path, *, again: bool = False, dry_run: bool = False) -> Filled:
    """Fill the empty cells of `sha256` and `text_sha256` in a manifest.

    Parameters
    ----------
    manifest : Path
        Written whole or not at all; nothing else in it changes.
    again : bool
        Renew those that are filled as well.
    dry_run : bool
        Write nothing.

    Raises
    ------
    InputError
        With every fault: of the manifest, of a file that can't be read, of a file that is not
        the one whose checksum stands there.

    Examples
    --------
    >>> fill_checksums(Path("data/sources/manifest.csv"), dry_run=True).ids
    ()
    """
    rows = listed_rows(manifest)
    new: dict[int, dict[str, str]] = {}
    faults: list[Fault] = []
    uncounted: list[str] = []
    for row in rows:
        if row.sha256 and row.text_sha256 and not again:
            continue
        if not (manifest.parent / row.file).exists():
            uncounted.append(f"{row.id}: {row.file} is not there")
            continue
        try:
            counted = _counted(row, manifest, again)
        except InputError as error:
            faults += error.faults
            continue
        if not counted["text_sha256"]:
            counted["text_sha256"] = row.text_sha256
            uncounted.append(f"{row.id}: its text is not extracted yet; run --extract, then this")
        if counted != {"sha256": row.sha256, "text_sha256": row.text_sha256}:
            new[row.line] = counted
    if faults:
        raise InputError(faults)
    text = _with(decode(bytes_of(manifest, manifest.name), name=manifest.name).text, new)
    check_manifest(text, file=manifest.name)
    if new and not dry_run:
        write_whole(manifest, text.encode("utf-8"))
    return Filled(tuple(row.id for row in rows if row.line in new), tuple(uncounted))


def _counted(row: ManifestRow, manifest: Path, again: bool) -> dict[str, str]:
    folder = manifest.parent
    path = folder / row.file
    if not path.resolve().is_relative_to(folder.resolve()):
        found, remedy = f"{row.file} leads out of the folder", "put the file itself there"
        raise InputError([Fault(manifest.name, row.line, "file", found, remedy)])
    data = bytes_of(path, row.file)
    checksum = file_checksum(data)
    if row.sha256 and row.sha256 != checksum and not again:
        found = f"{row.file} has {checksum}, not {row.sha256}"
        remedy = "bring the former file back, or renew the checksums with --again"
        raise InputError([Fault(manifest.name, row.line, "sha256", found, remedy)])
    if PurePosixPath(row.file).suffix.lower() not in EXTRACTED_ENDINGS:
        text = extract(data, name=row.file).text
    else:
        name = f"text/{row.id}.txt"
        if not (folder / name).is_file():
            return {"sha256": checksum, "text_sha256": ""}
        text = decode(bytes_of(folder / name, name), name=name).text
    if row.text_sha256 and not again:
        return {"sha256": checksum, "text_sha256": row.text_sha256}
    return {"sha256": checksum, "text_sha256": text_checksum(text)}


def _with(text: str, new: dict[int, dict[str, str]]) -> str:
    """The table with new cells, its columns and rows in their order."""
    delimiter = delimiter_of(text)
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator="\n")
    writer.writerows(_cells(read_table(text, delimiter=delimiter), new))
    return buffer.getvalue()


def _cells(
    rows: Iterator[tuple[int, list[str]]], new: dict[int, dict[str, str]]
) -> Iterator[list[str]]:
    _, header = next(rows)
    yield header
    names = [name.strip() for name in header]
    for line, cells in rows:
        counted = new.get(line, {})
        yield [counted.get(name, cell) for name, cell in zip(names, cells, strict=False)]
