"""The sources that a manifest lists: strict, every fault at once.

Comes in: the path of a manifest.
Goes out: its sources, its extracted texts, its originals brought in.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from tertium.columns import Texts
from tertium.errors import Fault, InputError, UnknownNameError
from tertium.offsets import text_checksum
from tertium.sources.decode import decode
from tertium.sources.extract import EXTRACTED_ENDINGS, Extracted, extract, markup_of, source_of
from tertium.sources.files.read import bytes_of, file_checksum, files_below, write_all
from tertium.sources.manifest import ManifestRow, check_manifest
from tertium.sources.source import Source

_KINDS = {"digests": ("digest",), "originals": ("original",), "both": ("digest", "original")}


def listed_rows(path: Path) -> tuple[ManifestRow, ...]:
    """The rows of a manifest, sorted by id; the files that they list are not looked at.

    Raises
    ------
    InputError
        With every fault of the manifest itself.
    """
    if not path.is_file():
        raise InputError([Fault(str(path), 0, "", "there is no such file", "check the path")])
    text = decode(bytes_of(path, path.name), name=path.name).text
    return check_manifest(text, file=path.name)


def listed_sources(path: Path, *, texts: Texts) -> tuple[list[Source], list[str]]:
    """The sources of a manifest, sorted by id, and the ids of originals that are not there.

    Raises
    ------
    InputError
        Any fault, all at once.
    """
    rows = listed_rows(path)
    sources: list[Source] = []
    faults: list[Fault] = []
    missing: list[str] = []
    for row in rows:
        kind = row.facts["kind"]
        if kind not in _KINDS[texts]:
            continue
        if not (path.parent / row.file).exists():
            if kind == "original" and texts == "both":
                missing.append(row.id)
                continue
            remedy = (
                "bring the originals in: tertium originals --from DIR"
                if kind == "original"
                else "put the digest there, or take its row out"
            )
            found = f"{row.file} is not there"
            faults.append(Fault(path.name, row.line, "file", found, remedy))
            continue
        try:
            sources.append(_read_row(row, path.parent, path.name))
        except InputError as error:
            faults += error.faults
    if faults:
        raise InputError(faults)
    return sources, missing


def _read_row(row: ManifestRow, folder: Path, manifest: str) -> Source:
    data = _checked_bytes(row, folder, manifest)
    if PurePosixPath(row.file).suffix.lower() in EXTRACTED_ENDINGS:
        text_path = folder / _text_file(row)
        if not text_path.is_file():
            found = f"the text of {row.file} was not extracted yet ({_text_file(row)} is not there)"
            remedy = f"run tertium sources {manifest} --extract"
            raise InputError([Fault(manifest, row.line, "file", found, remedy)])
        decoded = decode(bytes_of(text_path, _text_file(row)), name=_text_file(row))
        extracted = Extracted(decoded.text, markup_of(row.file), "extracted")
    else:
        extracted = extract(data, name=row.file)
    checksum = text_checksum(extracted.text)
    if checksum != row.text_sha256:
        found = (
            f"the text of {row.file} has {checksum}, not {row.text_sha256}: "
            "it changed since the manifest was written"
            if row.text_sha256
            else "it is empty"
        )
        remedy = f"bring the former text back, or write {checksum} and anchor its codings again"
        raise InputError([Fault(manifest, row.line, "text_sha256", found, remedy)])
    return source_of(row.id, replace(extracted, facts={**extracted.facts, **row.facts}))


def _checked_bytes(row: ManifestRow, folder: Path, manifest: str) -> bytes:
    path = folder / row.file
    if not path.resolve().is_relative_to(folder.resolve()):
        found, remedy = f"{row.file} leads out of the folder", "put the file itself there"
        raise InputError([Fault(manifest, row.line, "file", found, remedy)])
    data = bytes_of(path, row.file)
    if (checksum := file_checksum(data)) != row.sha256:
        raise InputError([_checksum_fault(row, manifest, checksum, row.file, data)])
    return data


def _checksum_fault(
    row: ManifestRow, manifest: str, checksum: str, file: str, data: bytes | None = None
) -> Fault:
    if not row.sha256:
        return Fault(manifest, row.line, "sha256", "it is empty", f"write {checksum}")
    found = f"{file} has {checksum}, not {row.sha256}: it changed since the manifest was written"
    with contextlib.suppress(InputError):
        if data is not None and text_checksum(extract(data, name=file).text) == row.text_sha256:
            found += (
                " (the text is the same: only its line ends, byte order mark or encoding changed)"
            )
    return Fault(
        manifest, row.line, "sha256", found, f"bring the former file back, or write {checksum}"
    )


def _text_file(row: ManifestRow) -> str:
    return f"text/{row.id}.txt"


def extract_texts(
    manifest_path: str | Path,
    ids: Sequence[str] | None = None,
    *,
    dry_run: bool = False,
    again: bool = False,
) -> list[str]:
    """Extract the texts of a manifest's PDF, DOCX and HTML files into ``text/<id>.txt``.

    From then on that file is the source's text. A text that differs from what is there is
    written with `again` only: codings then have to be anchored again.

    Parameters
    ----------
    manifest_path : str or Path
    ids : sequence of str, optional
        Only these sources; all by default.
    dry_run : bool
        Say what would be written, write nothing.
    again : bool
        Replace a text that is there and differs.

    Returns
    -------
    list of str
        Paths written, relative to the manifest's folder. Nothing is written if anything is wrong.

    Raises
    ------
    InputError
        A file is not the one listed or holds no text, or its text differs from the one there.
    UnknownNameError
        An id that the manifest lacks.
    """
    manifest_path = Path(manifest_path)
    folder = manifest_path.parent
    rows = listed_rows(manifest_path)
    if ids is not None:
        known = [row.id for row in rows]
        if strange := sorted(set(ids) - set(known)):
            raise UnknownNameError(f"no source {', '.join(strange)}; there are {', '.join(known)}")
        rows = tuple(row for row in rows if row.id in ids)
    faults: list[Fault] = []
    texts: dict[Path, bytes] = {}
    for row in rows:
        path = folder / row.file
        if path.suffix.lower() not in EXTRACTED_ENDINGS or not path.exists():
            continue
        try:
            data = _checked_bytes(row, folder, manifest_path.name)
            text = extract(data, name=row.file).text.encode("utf-8")
        except InputError as error:
            faults += error.faults
            continue
        target = folder / _text_file(row)
        if not target.exists():
            texts[target] = text
        elif target.read_bytes() != text:
            if again:
                texts[target] = text
            else:
                found = "what is extracted now differs from the text there"
                remedy = "pass again=True (--again) to replace it, then anchor its codings again"
                faults.append(Fault(_text_file(row), 0, "", found, remedy))
    if faults:
        raise InputError(faults)
    if not dry_run:
        write_all(texts)
    return [target.relative_to(folder).as_posix() for target in texts]


def copy_originals(
    manifest_path: str | Path, from_dir: str | Path, *, dry_run: bool = False
) -> list[str]:
    """Copy a manifest's originals from another folder to where the manifest wants them.

    Parameters
    ----------
    manifest_path : str or Path
    from_dir : str or Path
        Holds the originals under the file names that the manifest lists, in any folder below.
    dry_run : bool
        Check and say, copy nothing.

    Returns
    -------
    list of str
        One line an original: ``originals/a.txt: copied`` (or would be copied, is there
        already, not found).

    Raises
    ------
    InputError
        Before anything is copied: a file found is not the one listed, or another one stands
        in its place.
    """
    manifest_path, from_dir = Path(manifest_path), Path(from_dir)
    folder = manifest_path.parent
    rows = listed_rows(manifest_path)
    if not from_dir.is_dir():
        raise InputError([Fault(str(from_dir), 0, "", "there is no such folder", "check --from")])
    found_files: dict[str, Path] = {}
    for found in sorted(files_below(from_dir), key=lambda path: (len(path.parts), path)):
        found_files.setdefault(found.name, found)
    faults: list[Fault] = []
    copies: dict[Path, bytes] = {}
    lines: list[str] = []
    for row in rows:
        if row.facts.get("kind") != "original":
            continue
        target = folder / row.file
        origin = found_files.get(PurePosixPath(row.file).name)
        if target.exists():
            try:
                _checked_bytes(row, folder, manifest_path.name)
                lines.append(f"{row.file}: is there already")
            except InputError as error:
                faults += error.faults
        elif origin is None:
            lines.append(f"{row.file}: not found")
        else:
            data = bytes_of(origin, origin.name)
            if (checksum := file_checksum(data)) != row.sha256:
                faults.append(_checksum_fault(row, manifest_path.name, checksum, origin.name))
            copies[target] = data
            lines.append(f"{row.file}: {'would be copied' if dry_run else 'copied'}")
    if faults:
        raise InputError(faults)
    if not dry_run:
        write_all(copies)
    return lines
