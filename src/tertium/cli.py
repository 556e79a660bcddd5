"""The command line, thin: each verb reads its arguments and calls the library.

Comes in: words from a shell.
Goes out: files and lines; exit 0 done, 1 findings, 2 wrong use or input, 130 interrupted.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from tqdm import tqdm

from tertium.errors import TertiumError

# The heavy half of the package is imported by the verb that needs it: `tertium --help`
# answers at once.
if TYPE_CHECKING:
    import pandas as pd

    from tertium.errors import Fault
    from tertium.sources.read import Collection

FINDINGS = 1
WRONG = 2
INTERRUPTED = 130

Item = TypeVar("Item")
Command = TypeVar("Command", bound=Callable[..., Any])


def main() -> None:
    """Run the command line and leave with its exit code."""
    try:
        code = cli.main(standalone_mode=False)
    except click.exceptions.Abort:
        sys.exit(INTERRUPTED)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except click.ClickException as error:
        error.show()
        sys.exit(WRONG)
    except TertiumError as error:
        click.echo(str(error), err=True)
        sys.exit(WRONG)
    except BrokenPipeError:
        # The reader of a pipe has gone: nothing is wrong, and nothing more can be said.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except OSError as error:
        place = error.filename or "a file"
        click.echo(f"{place}: {error.strerror or error}; check the path and its rights", err=True)
        sys.exit(WRONG)
    sys.exit(code if isinstance(code, int) else 0)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(version("tertium"), prog_name="tertium")
def cli() -> None:
    """Compare how sources tell of labour organising, and show the passages behind each number."""


def _verb(name: str, *, example: str) -> Callable[[Callable[..., Any]], click.Command]:
    """A command whose help ends in an example; click would fold its lines without the mark."""
    return cli.command(name, epilog=f"\b\nExample:\n  {example}")


_json = click.option("--json", "as_json", is_flag=True, help="Write JSON for another program.")
_dry_run = click.option("--dry-run", is_flag=True, help="Say what would be written; write nothing.")
_text_column = click.option("--text-column", help="Column of a table that holds the text.")
_id_column = click.option("--id-column", help="Column of a table that holds the id.")
_texts = click.option(
    "--texts",
    type=click.Choice(["digests", "originals", "both"]),
    help="Which texts to read, in place of the study's own choice.",
)
_path = click.argument("path", type=click.Path(exists=True, path_type=Path))


@_verb("sources", example="tertium sources data/sources/manifest.csv --texts both")
@_path
@_text_column
@_id_column
@_texts
@click.option("--extract", is_flag=True, help="Write the texts of a manifest's PDF, DOCX, HTML.")
@click.option("--again", is_flag=True, help="With --extract: replace texts that differ.")
@_json
@_dry_run
def sources(
    path: Path,
    text_column: str | None,
    id_column: str | None,
    texts: str | None,
    extract: bool,
    again: bool,
    as_json: bool,
    dry_run: bool,
) -> int:
    """List the sources in a file, folder, table or manifest, and what can't be one."""
    from tertium.sources.read import extract_texts

    if extract:
        for written in extract_texts(path, dry_run=dry_run, again=again):
            click.echo(f"{'would write' if dry_run else 'wrote'} {written}")
        return 0
    collection = _collection(path, text_column=text_column, id_column=id_column, texts=texts)
    if as_json:
        frame = collection.frame.drop(columns="text")
        rows = json.loads(frame.to_json(orient="records"))
        rejects = [vars(reject) for reject in collection.rejects]
        _print_json({"sources": rows, "rejects": rejects, "missing": list(collection.missing)})
    else:
        for source in collection.sources:
            size = f"{len(source.text):,} characters"
            click.echo(f"{source.id}  {source.language}  {source.encoding}  {size}")
    return _tell(collection)


@_verb("schemes", example="tertium schemes approach")
@click.argument("name", required=False)
@_json
def schemes(name: str | None, as_json: bool) -> None:
    """List the schemes that are shipped, or show one (a name or a .yml file)."""
    from tertium.schemes.read import builtin_names, read_scheme

    if name is None:
        shown = [read_scheme(one) for one in builtin_names()]
        if as_json:
            _print_json([{"scheme": one.reference, "title": one.title} for one in shown])
        else:
            for one in shown:
                click.echo(f"{one.reference}  {one.title}: {', '.join(one.code_ids)}")
        return
    scheme = read_scheme(name)
    if as_json:
        _print_json(scheme.model_dump(mode="json"))
        return
    click.echo(f"{scheme.reference}: {scheme.title}\n{scheme.description}\n")
    for code in scheme.codes:
        searched = ", ".join(code.indicators) or "none"
        click.echo(
            f"{code.id}: {code.label}\n  {code.definition}\n  Use: {code.when_to_use}\n"
            f"  Not: {code.when_not_to_use}\n  Indicators in: {searched}\n"
        )


@_verb("check", example="tertium check data/studies/labour-organising.yml my-scheme.yml")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@_json
def check(paths: Sequence[Path], as_json: bool) -> int:
    """Check studies and schemes: their files, and each scheme's examples as tests.

    Without PATHS the shipped schemes are checked.
    """
    from tertium.schemes.read import builtin_names

    found: list[Fault] = []
    for name in paths or builtin_names():
        found.extend(_check_one(name))
    if as_json:
        _print_json([vars(fault) for fault in sorted(set(found))])
    else:
        for fault in sorted(set(found)):
            click.echo(str(fault))
        click.echo(f"{len(set(found))} faults" if found else "nothing wrong", err=True)
    return FINDINGS if found else 0


def _check_one(name: str | Path) -> list[Fault]:
    from tertium.coding.check import check_scheme
    from tertium.errors import InputError
    from tertium.schemes.read import read_scheme
    from tertium.study import check_study, open_study

    try:
        if Path(name).exists() and not _is_scheme(Path(name)):
            study = open_study(name if isinstance(name, Path) else Path(name))
            faults = list(check_study(study))
            for scheme in study.schemes:
                faults.extend(check_scheme(scheme))
            return faults
        return check_scheme(
            read_scheme(str(name)), file=Path(name).name if Path(name).suffix else ""
        )
    except InputError as error:
        return list(error.faults)


def _is_scheme(path: Path) -> bool:
    return any(line.startswith("codes:") for line in path.read_text("utf-8").splitlines())


@_verb("code", example="tertium code texts/ --scheme approach --output codings.csv")
@_path
@click.option("--scheme", "names", multiple=True, default=["approach"], show_default=True)
@_text_column
@_id_column
@click.option("--output", required=True, type=click.Path(path_type=Path), help=".csv or .parquet")
@click.option("--readings", type=click.Path(path_type=Path), help="Also write who looked where.")
@_dry_run
def code(
    path: Path,
    names: Sequence[str],
    text_column: str | None,
    id_column: str | None,
    output: Path,
    readings: Path | None,
    dry_run: bool,
) -> int:
    """Code sources by the rules of one or more schemes."""
    from tertium.coding.coder import code as code_sources
    from tertium.schemes.read import read_scheme

    _refuse_bad_outputs(output, readings)
    wanted = [read_scheme(name) for name in names]
    collection = _collection(path, text_column=text_column, id_column=id_column)
    coded = code_sources(_progress(collection.sources, "coding"), wanted)
    files = {output: coded.codings} | ({readings: coded.readings} if readings else {})
    _write_tables(files, dry_run=dry_run)
    return _tell(collection)


@_verb("classify", example="tertium classify texts/ --scheme approach --output verdicts.csv")
@_path
@click.option("--scheme", "name", default="approach", show_default=True)
@_text_column
@_id_column
@click.option("--output", required=True, type=click.Path(path_type=Path), help=".csv or .parquet")
@click.option("--evidence", type=click.Path(path_type=Path), help="Also write the passages.")
@_dry_run
def classify(
    path: Path,
    name: str,
    text_column: str | None,
    id_column: str | None,
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
    from tertium.schemes.read import read_scheme

    _refuse_bad_outputs(output, evidence)
    scheme = read_scheme(name)
    collection = _collection(path, text_column=text_column, id_column=id_column)
    coded = code_sources(_progress(collection.sources, "classifying"), [scheme])
    verdicts = classify_sources(coded, collection.sources, scheme)
    columns = ["source_id", "code", "verdict", "score", "primary", "n_evidence"]
    files = {output: verdicts[columns]}
    if evidence:
        shown = ["coding_id", "source_id", "start", "end", "code", "stance", "value"]
        files[evidence] = coded.codings[[*shown, "confidence", "quote", "memo"]]
    _write_tables(files, dry_run=dry_run)
    return _tell(collection)


@_verb("originals", example="tertium originals --from ../shared/sources")
@click.option("--from", "folder", required=True, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--manifest",
    type=click.Path(exists=True, path_type=Path),
    default=Path("data/sources/manifest.csv"),
    show_default=True,
)
@_dry_run
def originals(folder: Path, manifest: Path, dry_run: bool) -> None:
    """Copy the original texts of a manifest to where it expects them, checksums first."""
    from tertium.sources.read import copy_originals

    for copied in copy_originals(manifest, folder, dry_run=dry_run):
        click.echo(copied)


@_verb("run", example="tertium run notebooks/03-comparison.ipynb -p texts originals")
@click.argument("notebook", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("-p", "--parameter", "parameters", nargs=2, multiple=True, metavar="NAME VALUE")
@click.option("--output", type=click.Path(path_type=Path), help="Default: reports/runs/NAME.ipynb")
def run(notebook: Path, parameters: Sequence[tuple[str, str]], output: Path | None) -> None:
    """Run a notebook with other parameters; the notebook itself is left as it is."""
    from tertium.report.run import read_values, run_notebook

    target = output or Path("reports") / "runs" / notebook.name
    run_notebook(
        notebook, target, parameters=read_values(notebook, dict(parameters)), cwd=Path.cwd()
    )
    click.echo(str(target))


@_verb("report", example="tertium report data/studies/labour-organising.yml --texts both")
@click.argument("study")
@_texts
@click.option("--output", type=click.Path(path_type=Path), help="Default: reports/STUDY")
def report(study: str, texts: Any, output: Path | None) -> None:
    """Run a study's notebooks and set its report as PDF and HTML."""
    from tertium.report.build import build_report
    from tertium.study import open_study

    given = Path(study) if Path(study).suffix in (".yml", ".yaml") else study
    built = build_report(open_study(given, texts=texts), output=output)
    for path in (built.pdf, built.html):
        click.echo(_shown(path))


@_verb("new", example="tertium new my-study")
@click.argument("folder", type=click.Path(path_type=Path))
@_dry_run
def new(folder: Path, dry_run: bool) -> None:
    """Make a study skeleton that runs: two small sources, a study file, the notebooks."""
    from tertium.start.skeleton import write_skeleton

    for written in write_skeleton(folder, dry_run=dry_run):
        click.echo(f"{'would write' if dry_run else 'wrote'} {written}")
    if not dry_run:
        click.echo(f"now: cd {folder} && tertium report {folder.name}", err=True)


@_verb("doctor", example="tertium doctor")
@_json
def doctor(as_json: bool) -> int:
    """Say what works on this machine, without asking the network, and what is missing."""
    from tertium.start.doctor import examine

    findings = examine(Path.cwd())
    if as_json:
        _print_json([vars(finding) for finding in findings])
    else:
        for finding in findings:
            click.echo(str(finding))
    # What only tests need may be missing: the exit code speaks of what a study needs.
    return FINDINGS if any(f.needed and not f.works for f in findings) else 0


def _collection(path: Path, **options: Any) -> Collection:
    from tertium.sources.read import read_sources

    return read_sources(path, **{key: value for key, value in options.items() if value})


def _tell(collection: Collection) -> int:
    """Name the rejects and notes on stderr; their exit code."""
    for note in collection.notes:
        click.echo(note, err=True)
    for missing in collection.missing:
        click.echo(f"{missing}: the original is not at hand; its digest is read", err=True)
    for reject in collection.rejects:
        click.echo(f"rejected: {reject}", err=True)
    return FINDINGS if collection.rejects else 0


def _progress(items: Iterable[Item], what: str) -> Iterable[Item]:
    """A bar after two seconds on a terminal; nothing elsewhere."""
    return tqdm(items, desc=what, disable=None, delay=2, leave=False)


def _refuse_bad_outputs(*paths: Path | None) -> None:
    """Before any work is done: endings and folders of what is to be written."""
    for path in paths:
        if path is not None and path.suffix not in (".csv", ".parquet"):
            raise click.UsageError(f"{path}: write .csv or .parquet as ending")
        if path is not None and not path.parent.is_dir():
            raise click.UsageError(f"{path}: there is no folder {path.parent}; make it first")


def _write_tables(files: dict[Path, pd.DataFrame], *, dry_run: bool) -> None:
    """All files or none: each is written beside its place, then all are moved there."""
    if dry_run:
        for path, table in files.items():
            click.echo(f"would write {path}: {len(table)} rows")
        return
    partial = {path: path.with_name(f".{path.name}.partial") for path in files}
    try:
        for path, table in files.items():
            _write_table(table, partial[path], parquet=path.suffix == ".parquet")
        for path in files:
            partial[path].replace(path)
    finally:
        for leftover in partial.values():
            leftover.unlink(missing_ok=True)


def _write_table(table: pd.DataFrame, path: Path, *, parquet: bool) -> None:
    from tertium.report.tables import csv_text

    if parquet:
        table.to_parquet(path, index=False)
        return
    plain = table.copy()
    for column in plain.columns[plain.dtypes == "boolean"]:
        plain[column] = plain[column].map({True: "true", False: "false"}).astype("string")
    path.write_text(csv_text(plain), encoding="utf-8", newline="")


def _print_json(content: Any) -> None:
    click.echo(json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True))


def _shown(path: Path) -> str:
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


if __name__ == "__main__":
    main()
