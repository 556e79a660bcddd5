"""What verbs say and write: tables into files, amounts into sentences.

Comes in: tables and findings.
Goes out: files and lines.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

import click
from tqdm import tqdm

from tertium.cli.program import FINDINGS

if TYPE_CHECKING:
    import pandas as pd

    from tertium.sources.read import Collection


Item = TypeVar("Item")


def tell(collection: Collection, path: Path) -> int:
    """Name the rejects and notes on stderr; their exit code."""
    for note in collection.notes:
        click.echo(note, err=True)
    for line in absent(path, collection):
        click.echo(line, err=True)
    for reject in collection.rejects:
        click.echo(f"rejected: {reject}", err=True)
    if not collection.sources:
        click.echo(f"nothing to read in {path}", err=True)
    return FINDINGS if collection.rejects or not collection.sources else 0


def absent(manifest: Path, collection: Collection) -> Iterator[str]:
    """A line for each original that is not at hand, by what one would ask a library for."""
    from tertium.sources.listed.read import listed_rows

    rows = listed_rows(manifest) if collection.missing else ()
    for row in rows:
        if row.id in collection.missing:
            told = [row.facts.get(name, "") for name in ("title", "publisher")]
            named = ", ".join(filter(None, told))
            yield f"{row.id}: the original is not at hand ({named}); its digest is read"


def some(words: Sequence[str], most: int = 5) -> str:
    """The first few words, and how many more there are."""
    more = f" and {len(words) - most} more" if len(words) > most else ""
    return ", ".join(words[:most]) + more


def amount(number: int, thing: str) -> str:
    """A number with its thing, in the plural where it is due."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def progress(items: Iterable[Item], what: str) -> Iterable[Item]:
    """A bar after two seconds on a terminal; nothing elsewhere."""
    return tqdm(items, desc=what, disable=None, delay=2, leave=False)


def refuse_bad_outputs(source: Path, *given: Path | None) -> None:
    """Before any work is done: endings and places of what is to be written."""
    paths = [path for path in given if path is not None]
    for number, path in enumerate(paths):
        if path.suffix not in (".csv", ".parquet"):
            raise click.UsageError(f"{path}: write .csv or .parquet as ending")
        if not path.parent.is_dir():
            raise click.UsageError(f"{path}: there is no folder {path.parent}; make it first")
        if path.is_dir():
            raise click.UsageError(f"{path}: it is a folder; name a file")
        if same(path, source):
            raise click.UsageError(f"{path}: it is what is read; name another file as output")
        for other in paths[:number]:
            if same(path, other):
                raise click.UsageError(f"{path}: two outputs would be one file; name two")


def same(one: Path, other: Path) -> bool:
    """Whether two paths lead to one file."""
    if one.exists() and other.exists():
        return one.samefile(other)
    return one.resolve() == other.resolve()


def write_tables(
    files: dict[Path, pd.DataFrame],
    *,
    dry_run: bool,
    also: Mapping[Path, bytes] = MappingProxyType({}),
) -> None:
    """All files or none."""
    if dry_run:
        for path in also:
            click.echo(f"would write {path}")
        for path, table in files.items():
            click.echo(f"would write {path}: {len(table)} rows")
        return
    from tertium.sources.files.read import write_all

    tables = {path: _table_bytes(table, path.suffix) for path, table in files.items()}
    write_all({**also, **tables})


def _table_bytes(table: pd.DataFrame, ending: str) -> bytes:
    from tertium.report.tables import csv_text

    if ending == ".parquet":
        return bytes(table.to_parquet(index=False))
    plain = table.copy()
    for column in plain.columns[plain.dtypes == "boolean"]:
        plain[column] = plain[column].map({True: "true", False: "false"}).astype("string")
    return csv_text(plain).encode("utf-8")


def print_json(content: Any) -> None:
    """Write JSON for another program."""
    click.echo(json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True))


def shown(path: Path) -> str:
    """A path as the user knows it: relative to the working folder where it is inside."""
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)
