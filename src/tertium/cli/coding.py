"""Verbs for who said what: `code`, `classify`, `import` and `retract`.

Comes in: sources, schemes and a coder, or a table of codings made by hand.
Goes out: tables of codings, readings and verdicts; lines of the log.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tertium.cli.inputs import UNKNOWN, coder_of, collection_of, schemes_of
from tertium.cli.options import (
    coder_option,
    dry_run_option,
    id_column_option,
    language_option,
    path_argument,
    text_column_option,
    texts_option,
)
from tertium.cli.output import amount, progress, refuse_bad_outputs, shown, some, tell, write_tables
from tertium.cli.program import verb

if TYPE_CHECKING:
    import pandas as pd

    from tertium.sources.read import Collection


@verb("code", example="tertium code texts/ --scheme approach --output codings.csv")
@path_argument
@click.option("--scheme", "names", multiple=True, default=["approach"], show_default=True)
@coder_option
@text_column_option
@id_column_option
@language_option
@click.option("--output", required=True, type=click.Path(path_type=Path), help=".csv or .parquet")
@click.option("--readings", type=click.Path(path_type=Path), help="Also write who looked where.")
@dry_run_option
def code(
    path: Path,
    names: Sequence[str],
    coder: str,
    text_column: str | None,
    id_column: str | None,
    language: str | None,
    output: Path,
    readings: Path | None,
    dry_run: bool,
) -> int:
    """Code sources by the rules of one or more schemes, or by a learned model."""
    from tertium.coding.coder import code as code_sources

    refuse_bad_outputs(path, output, readings)
    wanted = schemes_of(names)
    collection = collection_of(path, language, text_column=text_column, id_column=id_column)
    if not collection.sources:
        return tell(collection, path)
    coders = [coder_of(coder)]
    coded = code_sources(progress(collection.sources, "coding"), wanted, coders=coders)
    files = {output: coded.codings} | ({readings: coded.readings} if readings else {})
    write_tables(files, dry_run=dry_run)
    findings = tell(collection, path)
    _sum_up(collection, coded.readings, () if dry_run else files)
    return findings


@verb("classify", example="tertium classify texts/ --scheme approach --output verdicts.csv")
@path_argument
@click.option("--scheme", "names", multiple=True, default=["approach"], show_default=True)
@coder_option
@text_column_option
@id_column_option
@language_option
@click.option("--output", required=True, type=click.Path(path_type=Path), help=".csv or .parquet")
@click.option("--evidence", type=click.Path(path_type=Path), help="Also write the passages.")
@dry_run_option
def classify(
    path: Path,
    names: Sequence[str],
    coder: str,
    text_column: str | None,
    id_column: str | None,
    language: str | None,
    output: Path,
    evidence: Path | None,
    dry_run: bool,
) -> int:
    """Say of each source which codes of a scheme are present, with score and passages.

    Writes source_id, code, verdict, score, primary, n_evidence. What can't be read is
    named; the rest is written, and the exit code is 1.
    """
    from tertium.coding.classify import classify as classify_sources
    from tertium.coding.coder import code as code_sources

    refuse_bad_outputs(path, output, evidence)
    scheme, *others = schemes_of(names)
    if others:
        raise click.UsageError("classify takes one --scheme; run it once for each")
    collection = collection_of(path, language, text_column=text_column, id_column=id_column)
    if not collection.sources:
        return tell(collection, path)
    coders = [coder_of(coder)]
    coded = code_sources(progress(collection.sources, "classifying"), [scheme], coders=coders)
    verdicts = classify_sources(coded, collection.sources, scheme)
    columns = ["source_id", "code", "verdict", "score", "primary", "n_evidence"]
    files = {output: verdicts[columns]}
    if evidence:
        shown = ["coding_id", "source_id", "start", "end", "code", "stance", "value"]
        files[evidence] = coded.codings[[*shown, "confidence", "quote", "memo"]]
    write_tables(files, dry_run=dry_run)
    findings = tell(collection, path)
    _sum_up(collection, coded.readings, () if dry_run else files)
    return findings


@verb(
    "import",
    example="tertium import codings.csv --study labour-organising --coder ana --scheme approach",
)
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--study", required=True, help="Name or file of the study whose texts were coded.")
@click.option("--coder", default="", help="Who coded, where the table has no column coder.")
@click.option("--scheme", default="", help="With which scheme, where it has no column scheme.")
@click.option(
    "--kind",
    type=click.Choice(["human", "model"]),
    default="human",
    show_default=True,
    help="What the coder is; a model's codings are never counted as a person's.",
)
@click.option("--blind", is_flag=True, help="The coder saw no other codings.")
@texts_option
@dry_run_option
def import_(
    path: Path,
    study: str,
    coder: str,
    scheme: str,
    kind: str,
    blind: bool,
    texts: str | None,
    dry_run: bool,
) -> int:
    """Take codings that were made by hand into the log.

    The table is a CSV with source_id, code and quote; it may have coder, scheme, stance,
    confidence, value, memo, nth, prefix, blind, verdict, read, statement and role. A row without
    quote is of the whole source, by its verdict: present, absent, undecided. A row without code
    says that the source was read. Rows with one word in statement belong together: what is
    claimed, and who claims it (role actor, target, speaker). Nothing is written where anything
    is wrong; what stands already is skipped.
    """
    from tertium.coding.logs.by_hand import NEEDED, OPTIONAL, Standard, lines_by_hand
    from tertium.coding.logs.log import CODINGS, append, is_unfinished, read_log
    from tertium.errors import InputError
    from tertium.sources.files.rows import read_rows
    from tertium.study import open_study

    opened = open_study(study, texts=texts)  # type: ignore[arg-type]
    rows, faults = read_rows(path, (*NEEDED, *OPTIONAL), file=path.name, optional=OPTIONAL)
    if faults:
        raise InputError(faults)
    folder = opened.root / CODINGS
    coders = {row["coder"] or coder for row in rows}
    log, log_faults = read_log(folder, shown=CODINGS, coders=coders)
    if broken := [fault for fault in log_faults if not is_unfinished(fault)]:
        raise InputError(broken)
    for fault in sorted(set(log_faults)):
        click.echo(f"note: {fault}", err=True)
    written = lines_by_hand(
        rows,
        sources=opened.collection.sources,
        schemes=opened.schemes,
        log=log,
        standard=Standard(coder, scheme, kind, blind or None),  # type: ignore[arg-type]
        file=path.name,
    )
    for line in written.skipped:
        click.echo(line, err=True)
    if not dry_run:
        append(folder, written.lines)
    kinds = [line["kind"] for line in written.lines]
    told = f"{amount(kinds.count('coding'), 'coding')}, {amount(kinds.count('reading'), 'reading')}"
    logs = sorted({f"{CODINGS}/{each['coder']}" for each in written.lines})
    done = "would write" if dry_run else "wrote"
    if written.skipped:
        told += f", {len(written.skipped)} stood already"
    click.echo(f"{told}; {done} {f'into {some(logs)}' if logs else 'nothing'}", err=True)
    return 0


@verb("retract", example="tertium retract labour-organising --coder ana --source example-centre")
@click.argument("study")
@click.option("--coder", required=True, help="Whose lines; only hers are taken back.")
@click.option("--source", "wanted", multiple=True, help="Only of this source; again for several.")
@click.option("--reason", default="the text changed", show_default=True)
@dry_run_option
def retract(study: str, coder: str, wanted: Sequence[str], reason: str, dry_run: bool) -> int:
    """Take back a coder's lines that no longer fit their text.

    STUDY is a name or a file. A text that changed keeps its study from being read as long as
    codings of the former text stand. What is taken back stays in the log, and is coded again.
    """
    from tertium.coding.logs.lines import TextKey, retraction_line
    from tertium.coding.logs.log import (
        CODINGS,
        append,
        coders_in,
        is_unfinished,
        read_log,
        standing,
    )
    from tertium.coding.logs.log_check import text_faults
    from tertium.errors import InputError
    from tertium.study import open_study

    opened = open_study(study)
    folder = opened.root / CODINGS
    if coder not in coders_in(folder):
        raise click.UsageError(f"--coder: {coder!r} has no log; {some(coders_in(folder))} have")
    checksums = {row.id: row.text_sha256 for row in opened.listed.rows}
    if strange := sorted(set(wanted) - set(checksums)):
        raise click.UsageError(f"--source: {some(strange)} is no id of the manifest")
    texts = {source.id: source for source in opened.collection.sources}
    lines, faults = read_log(folder, shown=CODINGS, coders=[coder])
    if broken := [fault for fault in faults if not is_unfinished(fault)]:
        raise InputError(broken)
    away: dict[str, list[str]] = {}
    for line in standing(lines):
        checksum = checksums.get(line.source_id)
        if checksum is None or (wanted and line.source_id not in wanted):
            continue
        if any(text_faults(line, checksum, texts.get(line.source_id))):
            away.setdefault(line.source_id, []).append(line.id)
    kinds = {line.coder: line.content["coder_kind"] for line in lines}
    made = [
        retraction_line(
            TextKey(source_id, checksums[source_id]),
            ids,
            coder=coder,
            coder_kind=kinds[coder],
            memo=reason.strip(),
        )
        for source_id, ids in sorted(away.items())
    ]
    if not dry_run:
        append(folder, made)
    for source_id, ids in sorted(away.items()):
        done = "would take back" if dry_run else "took back"
        click.echo(f"{done} {coder}, {source_id}: {amount(len(ids), 'line')}")
    if not away:
        click.echo("every line fits its text; nothing taken back", err=True)
    return 0


def _sum_up(collection: Collection, readings: pd.DataFrame, written: Iterable[Path]) -> None:
    """One line on what was done, after a warning where a text was not searched."""
    searched = set(readings["source_id"])
    left = [one for one in collection.sources if one.id not in searched]
    unknown = [one.id for one in left if one.language == UNKNOWN]
    if unknown:
        click.echo(
            f"warning: the language of {some(unknown)} is not recognised, so no indicators "
            "were looked for; give --language en, or a column language in a table",
            err=True,
        )
    reasons = [
        f"{one.id}: language not recognised"
        if one.language == UNKNOWN
        else f"{one.id}: no indicators in {one.language}"
        for one in left
    ]
    line = amount(len(collection.sources), "source")
    line += f", {len(left)} not searched ({some(reasons)})" if left else ""
    names = ", ".join(shown(path) for path in written)
    click.echo(f"{line}; {f'wrote {names}' if names else 'nothing written'}", err=True)
