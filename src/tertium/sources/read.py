"""A file, folder, table or manifest is read as sources.

Comes in: a path.
Goes out: sources, and what could not become one, with reason and remedy.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import pandas as pd

from tertium import columns
from tertium.columns import Texts
from tertium.errors import Fault, InputError
from tertium.sources.extract import ENDINGS, Extracted, extract, source_of
from tertium.sources.files.read import bytes_of, files_below
from tertium.sources.formats.table import TABLE_ENDINGS, table_header, table_texts
from tertium.sources.listed.read import copy_originals, extract_texts, listed_sources
from tertium.sources.manifest import FACTS, fact_faults, is_manifest
from tertium.sources.naming import ids_of, slug
from tertium.sources.source import Reject, Source

__all__ = ["Collection", "copy_originals", "extract_texts", "read_sources"]


@dataclass(frozen=True)
class Collection:
    """What a path held.

    Parameters
    ----------
    sources : tuple of Source
        Sorted by id.
    rejects : tuple of Reject
        Files and rows that could not become a source; none from a manifest.
    missing : tuple of str
        Ids of a manifest's originals that are not there (`texts="both"` only).
    notes : tuple of str
        What a careful reader should know: facts of a table that were left out.
    """

    sources: tuple[Source, ...]
    rejects: tuple[Reject, ...] = ()
    missing: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def frame(self) -> pd.DataFrame:
        """The sources as a table with the columns `tertium.columns.SOURCES`, sorted by id."""
        known = set(columns.names(columns.SOURCES))
        rows = [
            {
                **{name: value for name, value in source.facts.items() if name in known},
                "source_id": source.id,
                "text_sha256": source.text_sha256,
                "language": source.language,
                "encoding": source.encoding,
                "text": source.text,
            }
            for source in self.sources
        ]
        return columns.frame(rows, columns.SOURCES)


def read_sources(
    path: str | Path,
    *,
    texts: Texts = "digests",
    text_column: str | None = None,
    id_column: str | None = None,
) -> Collection:
    """The sources that a file, folder, table or manifest holds.

    A manifest (a CSV with the columns id, file and sha256) is strict: any fault raises. All
    else gives what can be read, and names what can't. The id of a file is its stem, with
    anything but letters, digits, ``_ . -`` written as ``_``; files of one folder that share
    it get their ending (`ok_txt`, `ok_pdf`), and where that is not enough, their folders before it.
    So an id depends on the names in the folder, not on what the files hold.

    Parameters
    ----------
    path : str or Path
    texts : {"digests", "originals", "both"}
        Which rows of a manifest; without a meaning elsewhere.
    text_column, id_column : str, optional
        Columns of a table; needed where none is called text or id.

    Returns
    -------
    Collection

    Raises
    ------
    InputError
        No such path; a table without the columns asked for; any fault of a manifest:
        facts, files that are missing or not those that it lists, texts that changed.
    """
    path = Path(path)
    if texts not in columns.TEXTS:
        found, remedy = f"{texts!r} is none", f"write one of: {', '.join(columns.TEXTS)}"
        raise InputError([Fault(path.name, 0, "texts", found, remedy)])
    if path.is_dir():
        return _read_folder(path)
    if not path.exists():
        raise InputError([Fault(str(path), 0, "", "there is no such file", "check the path")])
    ending = path.suffix.lower()
    if ending not in TABLE_ENDINGS:
        return _collection(_read_file(path, name=path.name, id_=slug(path.stem)))
    data = bytes_of(path, path.name)
    if ending == ".csv" and is_manifest(table_header(data, name=path.name)):
        listed, missing = listed_sources(path, texts=texts)
        return Collection(tuple(listed), missing=tuple(missing))
    return _read_table(data, path.name, text_column, id_column)


def _read_folder(folder: Path) -> Collection:
    paths = {path.relative_to(folder).as_posix(): path for path in files_below(folder)}
    readable = [name for name in paths if PurePosixPath(name).suffix.lower() in ENDINGS]
    ids = ids_of(readable)
    return _collection(
        [
            found
            for name, path in sorted(paths.items())
            for found in _read_file(path, name=name, id_=ids.get(name, ""))
        ]
    )


def _collection(found: Sequence[Source | Reject]) -> Collection:
    sources = [each for each in found if isinstance(each, Source)]
    rejects = [each for each in found if isinstance(each, Reject)]
    return Collection(tuple(sorted(sources, key=lambda each: each.id)), tuple(sorted(rejects)))


def _read_file(path: Path, *, name: str, id_: str) -> list[Source | Reject]:
    """One source, or a reject for each thing that is wrong."""
    if path.suffix.lower() in TABLE_ENDINGS:
        remedy = "give it as the path by itself"
        return [Reject(name, "a table is a collection of its own", remedy)]
    try:
        return [source_of(id_, extract(bytes_of(path, name), name=name))]
    except InputError as error:
        return [Reject(_place(fault), fault.found, fault.remedy) for fault in error.faults]


def _place(fault: Fault) -> str:
    line = f"line {fault.line}" if fault.line else ""
    return ", ".join(part for part in (fault.file, line, fault.field) if part)


def _read_table(
    data: bytes, name: str, text_column: str | None, id_column: str | None
) -> Collection:
    rows, rejects, encoding = table_texts(
        data, name=name, text_column=text_column, id_column=id_column
    )
    sources: list[Source] = []
    left_out: dict[str, list[str]] = {}
    for row in rows:
        facts = {name: value for name, value in row.cells.items() if name in FACTS and value}
        for fault in fact_faults(facts, file=name, line=row.number):
            left_out.setdefault(fault.field, []).append(f"row {row.number}: {fault.found}")
            del facts[fault.field]
        sources.append(source_of(row.id, Extracted(row.text, "plain", encoding, facts)))
    notes = tuple(
        f"{name}: {column} left out in {len(places)} rows that hold no such value "
        f"(first: {places[0]})"
        for column, places in sorted(left_out.items())
    )
    return Collection(tuple(sorted(sources, key=lambda each: each.id)), tuple(rejects), notes=notes)
