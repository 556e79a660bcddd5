"""Verbs for what was written: `sources` and `originals`.

Comes in: files, folders, tables and manifests.
Goes out: lists of sources, and what cannot be one.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tertium.cli.inputs import collection_of, lists_sources
from tertium.cli.options import (
    as_json_option,
    dry_run_option,
    finite,
    id_column_option,
    language_option,
    path_argument,
    text_column_option,
    texts_option,
)
from tertium.cli.output import amount, print_json, tell
from tertium.cli.program import FINDINGS, verb

if TYPE_CHECKING:
    from tertium.sources.read import Collection


@verb("sources", example="tertium sources data/sources/manifest.csv --texts both")
@path_argument
@text_column_option
@id_column_option
@language_option
@texts_option
@click.option("--extract", is_flag=True, help="Write the texts of a manifest's PDF, DOCX, HTML.")
@click.option("--checksums", is_flag=True, help="Fill a manifest's empty checksums.")
@click.option("--again", is_flag=True, help="With these two: replace also what differs.")
@click.option(
    "--duplicates", is_flag=True, help="Propose which sources repeat which; write nothing."
)
@click.option(
    "--at-least",
    type=click.FloatRange(0, 1, min_open=True),
    callback=finite,
    default=0.6,
    show_default=True,
    help="With --duplicates: the least share of the words that both have.",
)
@as_json_option
@dry_run_option
def sources(
    path: Path,
    text_column: str | None,
    id_column: str | None,
    language: str | None,
    texts: str | None,
    extract: bool,
    checksums: bool,
    again: bool,
    duplicates: bool,
    at_least: float,
    as_json: bool,
    dry_run: bool,
) -> int:
    """List the sources in a file, folder, table or manifest, and what can't be one."""
    from tertium.sources.read import extract_texts

    if extract and checksums:
        raise click.UsageError("--extract and --checksums are two steps; run one, then the other")
    if duplicates and (extract or checksums):
        raise click.UsageError("--duplicates writes nothing; run it alone")
    if again and not (extract or checksums):
        raise click.UsageError("--again goes with --extract or --checksums")
    if checksums:
        return _fill_checksums(path, again=again, dry_run=dry_run)
    if extract:
        for written in extract_texts(path, dry_run=dry_run, again=again):
            click.echo(f"{'would write' if dry_run else 'wrote'} {written}")
        return 0
    collection = collection_of(
        path, language, text_column=text_column, id_column=id_column, texts=texts
    )
    if duplicates:
        _propose_copies(path, collection, at_least=at_least, as_json=as_json)
        return tell(collection, path)
    if as_json:
        frame = collection.frame.drop(columns="text")
        rows = json.loads(frame.to_json(orient="records"))
        rejects = [vars(reject) for reject in collection.rejects]
        print_json({"sources": rows, "rejects": rejects, "missing": list(collection.missing)})
    else:
        for source in collection.sources:
            size = f"{len(source.text):,} characters"
            click.echo(f"{source.id}  {source.language}  {source.encoding}  {size}")
    return tell(collection, path)


def _propose_copies(path: Path, collection: Collection, *, at_least: float, as_json: bool) -> None:
    """Say which sources may repeat which; a person writes `copy_of`, or does not."""
    from tertium.bundle import renderings
    from tertium.sources.listed.read import listed_rows
    from tertium.sources.near_duplicates import near_duplicates

    # Also what is not read may tie two texts together.
    rows = listed_rows(path) if lists_sources(path) else ()
    renders = renderings([{**row.facts, "id": row.id} for row in rows], id_column="id")
    proposals = near_duplicates(collection.sources, at_least=at_least, renders=renders)
    if as_json:
        print_json([vars(each) for each in proposals])
        return
    for each in proposals:
        click.echo(str(each))
    found = amount(len(proposals), "proposal")
    click.echo(f"{found} for the manifest's column copy_of; nothing is written", err=True)


def _fill_checksums(manifest: Path, *, again: bool, dry_run: bool) -> int:
    from tertium.sources.listed.checksums import fill_checksums

    if manifest.suffix.lower() != ".csv":
        raise click.UsageError(f"{manifest}: --checksums takes a manifest (.csv)")
    filled = fill_checksums(manifest, again=again, dry_run=dry_run)
    for each in filled.ids:
        click.echo(f"{'would fill' if dry_run else 'filled'} {each}")
    for line in filled.uncounted:
        click.echo(line, err=True)
    return FINDINGS if filled.uncounted else 0


@verb("originals", example="tertium originals --from ../shared/sources")
@click.option("--from", "folder", required=True, type=click.Path(path_type=Path))
@click.option(
    "--manifest",
    type=click.Path(exists=True, path_type=Path),
    default=Path("data/sources/manifest.csv"),
    show_default=True,
)
@dry_run_option
def originals(folder: Path, manifest: Path, dry_run: bool) -> None:
    """Copy the original texts of a manifest to where it expects them, checksums first."""
    from tertium.sources.read import copy_originals

    if not folder.is_dir():
        raise click.UsageError(
            f"there is no folder {folder}; the original texts can't be passed on with the study: "
            "name your own folder with them (--from DIR, make originals FROM=DIR)"
        )
    for copied in copy_originals(manifest, folder, dry_run=dry_run):
        click.echo(copied)
