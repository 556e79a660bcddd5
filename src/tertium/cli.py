"""The command line, thin: each verb reads its arguments and calls the library.

Comes in: words from a shell.
Goes out: files and lines; exit 0 done, 1 findings, 2 wrong use or input, 130 interrupted.
"""

from __future__ import annotations

import contextlib
import json
import math
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

import click
from tqdm import tqdm

from tertium.errors import TertiumError

# The heavy half of the package is imported by the verb that needs it: `tertium --help`
# answers at once.
if TYPE_CHECKING:
    import pandas as pd

    from tertium.coding.coder import Coder
    from tertium.errors import Fault
    from tertium.schemes.scheme import Scheme
    from tertium.sources.read import Collection
    from tertium.study import Study

FINDINGS = 1
WRONG = 2
INTERRUPTED = 130
UNKNOWN = "und"

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
    except _PipeClosedError:
        # The reader of a pipe has gone: nothing is wrong, and nothing more can be said.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except OSError as error:
        place = error.filename or "a file"
        click.echo(f"{place}: {error.strerror or error}; check the path and its rights", err=True)
        sys.exit(WRONG)
    sys.exit(code if isinstance(code, int) else 0)


class _PipeClosedError(Exception):
    """Nobody reads stdout any longer; click would call that a failure."""


@contextlib.contextmanager
def _pipe_watched() -> Iterator[None]:
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        raise _PipeClosedError from None


class _Program(click.Group):
    def make_context(self, *given: Any, **more: Any) -> click.Context:
        # --help and --version are answered here.
        with _pipe_watched():
            return super().make_context(*given, **more)

    def invoke(self, ctx: click.Context) -> Any:
        with _pipe_watched():
            return super().invoke(ctx)


@click.group(
    cls=_Program, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
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
_language = click.option(
    "--language",
    metavar="CODE",
    help="Language of texts that don't state theirs and are not recognised: en, zh, ru, …",
)
_gold = click.option(
    "--gold",
    required=True,
    multiple=True,
    type=click.Path(exists=True, path_type=Path),
    help="Labelled texts: .jsonl, .csv, .tsv, .parquet, or a folder with one; may be repeated.",
)
_annotator = click.option(
    "--annotator",
    type=click.Choice(["human", "model", "not_stated"]),
    default="not_stated",
    show_default=True,
    help="Who labelled, where the texts don't say it; a model's labels are never called gold.",
)
_coder = click.option(
    "--coder",
    default="rule",
    show_default=True,
    metavar="rule|FILE",
    help="The rules, or a model.json that tertium train wrote.",
)


def _finite(context: click.Context, parameter: click.Parameter, value: float) -> float:
    if not math.isfinite(value):
        raise click.BadParameter(f"{value} is no number to count with", context, parameter)
    return value


_path = click.argument("path", type=click.Path(exists=True, path_type=Path))


@_verb("sources", example="tertium sources data/sources/manifest.csv --texts both")
@_path
@_text_column
@_id_column
@_language
@_texts
@click.option("--extract", is_flag=True, help="Write the texts of a manifest's PDF, DOCX, HTML.")
@click.option("--checksums", is_flag=True, help="Fill a manifest's empty checksums.")
@click.option("--again", is_flag=True, help="With these two: replace also what differs.")
@click.option(
    "--duplicates", is_flag=True, help="Propose which sources repeat which; write nothing."
)
@click.option(
    "--at-least",
    type=click.FloatRange(0, 1, min_open=True),
    callback=_finite,
    default=0.6,
    show_default=True,
    help="With --duplicates: the least share of the words that both have.",
)
@_json
@_dry_run
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
    collection = _collection(
        path, language, text_column=text_column, id_column=id_column, texts=texts
    )
    if duplicates:
        _propose_copies(path, collection, at_least=at_least, as_json=as_json)
        return _tell(collection, path)
    if as_json:
        frame = collection.frame.drop(columns="text")
        rows = json.loads(frame.to_json(orient="records"))
        rejects = [vars(reject) for reject in collection.rejects]
        _print_json({"sources": rows, "rejects": rejects, "missing": list(collection.missing)})
    else:
        for source in collection.sources:
            size = f"{len(source.text):,} characters"
            click.echo(f"{source.id}  {source.language}  {source.encoding}  {size}")
    return _tell(collection, path)


def _propose_copies(path: Path, collection: Collection, *, at_least: float, as_json: bool) -> None:
    """Say which sources may repeat which; a person writes `copy_of`, or does not."""
    from tertium.bundle import renderings
    from tertium.sources.listed.read import listed_rows
    from tertium.sources.near_duplicates import near_duplicates

    # Also what is not read may tie two texts together.
    rows = listed_rows(path) if _is_manifest(path) else ()
    renders = renderings([{**row.facts, "id": row.id} for row in rows], id_column="id")
    proposals = near_duplicates(collection.sources, at_least=at_least, renders=renders)
    if as_json:
        _print_json([vars(each) for each in proposals])
        return
    for each in proposals:
        click.echo(str(each))
    found = _amount(len(proposals), "proposal")
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
@click.option(
    "--support",
    multiple=True,
    type=click.Path(exists=True, path_type=Path),
    help="Labelled texts; list the patterns of a scheme that fire in exactly one of them.",
)
@_json
def check(paths: Sequence[Path], support: Sequence[Path], as_json: bool) -> int:
    """Check studies and schemes: their files, and each scheme's examples as tests.

    Without PATHS the shipped schemes are checked. With --support a scheme's patterns (the
    approach scheme's where none is named) are held against labelled texts instead.
    """
    from tertium.schemes.read import builtin_names

    if support:
        return _check_support(paths or [Path("approach")], support, as_json=as_json)
    found: list[Fault] = []
    for name in paths or builtin_names():
        found.extend(_check_one(name))
    if as_json:
        _print_json([vars(fault) for fault in sorted(set(found))])
    else:
        for fault in sorted(set(found)):
            click.echo(str(fault))
        click.echo(_amount(len(set(found)), "fault") if found else "nothing wrong", err=True)
    return FINDINGS if found else 0


def _check_support(names: Sequence[Path], gold: Sequence[Path], *, as_json: bool) -> int:
    """List the patterns that fire in exactly one labelled text, with that text's id."""
    from tertium.agreement.evaluation.read import read_gold
    from tertium.coding.support import pattern_support

    found: list[dict[str, Any]] = []
    for scheme in _schemes([str(name) for name in names]):
        texts = read_gold(gold, scheme)
        support = pattern_support([each.source for each in texts], scheme)
        once = support[support["n_texts"] == 1]
        found += json.loads(once.to_json(orient="records"))
        summary = (
            f"{scheme.reference}: {_amount(len(once), 'pattern')} of {len(support)} that fire in "
            f"{_amount(len(texts), 'text')} fire in exactly one"
        )
        click.echo(summary, err=True)
    if as_json:
        _print_json(found)
    else:
        for row in found:
            click.echo(f"{row['language']} {row['code']}: {row['pattern']} ({row['first_text']})")
    return FINDINGS if found else 0


def _check_one(name: str | Path) -> list[Fault]:
    from tertium.coding.check import check_scheme
    from tertium.errors import Fault, InputError, UnknownNameError
    from tertium.schemes.read import read_scheme
    from tertium.study import open_study
    from tertium.study_check import check_study, study_notes

    path, shown = Path(name), str(name)
    is_yml = path.suffix.lower() in (".yml", ".yaml")
    try:
        if is_yml and path.exists() and not _is_scheme(path):
            study = open_study(path)
            faults = [*check_study(study), *_parameter_faults(study)]
            for note in study_notes(study):
                click.echo(f"note: {note}", err=True)
            return faults
        if not is_yml and (os.sep in shown or path.is_file()):
            found = "it is no .yml file" if path.exists() else "there is no such file"
            remedy = "name the .yml file of a study or scheme, or a scheme that is shipped"
            return [Fault(shown, 0, "", found, remedy)]
        return check_scheme(read_scheme(shown), file=path.name if is_yml else "")
    except InputError as error:
        return list(error.faults)
    except UnknownNameError as error:
        found, _, remedy = str(error).partition("; ")
        return [Fault(shown, 0, "", found, remedy or "check the name")]
    except OSError as error:
        return [Fault(shown, 0, "", f"can't be read ({error.strerror})", "check its rights")]


def _is_scheme(path: Path) -> bool:
    # By its bytes: what is not UTF-8 is named by whoever reads the file.
    return re.search(rb"^codes:", path.read_bytes(), re.MULTILINE) is not None


def _parameter_faults(study: Study) -> Iterator[Fault]:
    """What is wrong with the notebooks' parameter cells, and with the study's values for them."""
    from tertium.errors import InputError
    from tertium.report.running.parameters import value_faults
    from tertium.report.running.run import read_parameters

    for number, part in enumerate(study.content.notebooks, start=1):
        try:
            known = read_parameters(study.root / part.notebook)
        except InputError as error:
            yield from error.faults
            continue
        for fault in value_faults(known, part.parameters, file=study.path.name):
            yield replace(fault, field=f"notebooks, number {number}, {fault.field}")


@_verb("code", example="tertium code texts/ --scheme approach --output codings.csv")
@_path
@click.option("--scheme", "names", multiple=True, default=["approach"], show_default=True)
@_coder
@_text_column
@_id_column
@_language
@click.option("--output", required=True, type=click.Path(path_type=Path), help=".csv or .parquet")
@click.option("--readings", type=click.Path(path_type=Path), help="Also write who looked where.")
@_dry_run
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

    _refuse_bad_outputs(path, output, readings)
    wanted = _schemes(names)
    collection = _collection(path, language, text_column=text_column, id_column=id_column)
    if not collection.sources:
        return _tell(collection, path)
    coders = [_coder_of(coder)]
    coded = code_sources(_progress(collection.sources, "coding"), wanted, coders=coders)
    files = {output: coded.codings} | ({readings: coded.readings} if readings else {})
    _write_tables(files, dry_run=dry_run)
    findings = _tell(collection, path)
    _sum_up(collection, coded.readings, () if dry_run else files)
    return findings


def _coder_of(name: str) -> Coder:
    """The rule coder, or the one that applies a model file."""
    from tertium.coding.coder import RuleCoder
    from tertium.coding.learned.coder import LearnedCoder
    from tertium.coding.learned.read import read_model

    return RuleCoder() if name == RuleCoder.name else LearnedCoder(read_model(name))


def _schemes(names: Iterable[str]) -> list[Scheme]:
    """The schemes of these names; one that is named twice counts once."""
    from tertium.schemes.read import read_scheme

    found: dict[str, Scheme] = {}
    for name in names:
        scheme = read_scheme(name)
        if found.setdefault(scheme.name, scheme) != scheme:
            raise click.UsageError(f"{name}: another scheme is called {scheme.name!r} too")
    return list(found.values())


@_verb("classify", example="tertium classify texts/ --scheme approach --output verdicts.csv")
@_path
@click.option("--scheme", "names", multiple=True, default=["approach"], show_default=True)
@_coder
@_text_column
@_id_column
@_language
@click.option("--output", required=True, type=click.Path(path_type=Path), help=".csv or .parquet")
@click.option("--evidence", type=click.Path(path_type=Path), help="Also write the passages.")
@_dry_run
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

    _refuse_bad_outputs(path, output, evidence)
    scheme, *others = _schemes(names)
    if others:
        raise click.UsageError("classify takes one --scheme; run it once for each")
    collection = _collection(path, language, text_column=text_column, id_column=id_column)
    if not collection.sources:
        return _tell(collection, path)
    coders = [_coder_of(coder)]
    coded = code_sources(_progress(collection.sources, "classifying"), [scheme], coders=coders)
    verdicts = classify_sources(coded, collection.sources, scheme)
    columns = ["source_id", "code", "verdict", "score", "primary", "n_evidence"]
    files = {output: verdicts[columns]}
    if evidence:
        shown = ["coding_id", "source_id", "start", "end", "code", "stance", "value"]
        files[evidence] = coded.codings[[*shown, "confidence", "quote", "memo"]]
    _write_tables(files, dry_run=dry_run)
    findings = _tell(collection, path)
    _sum_up(collection, coded.readings, () if dry_run else files)
    return findings


@_verb("evaluate", example="tertium evaluate --gold labelled.jsonl --output evaluation/")
@_gold
@click.option("--scheme", "name", default="approach", show_default=True)
@click.option("--output", required=True, type=click.Path(path_type=Path), help="Folder of tables.")
@_annotator
@_coder
@click.option(
    "--texts", type=click.Path(path_type=Path), help="Also write the misses with their texts; .csv"
)
@_json
@_dry_run
def evaluate(
    gold: Sequence[Path],
    name: str,
    output: Path,
    annotator: Any,
    coder: str,
    texts: Path | None,
    as_json: bool,
    dry_run: bool,
) -> None:
    """Hold the rules' verdicts against labelled texts: precision, recall, F1, calibration, misses.

    A row has id, text (or file), labels (a list, or codes joined by |), and where known
    primary_label, language, voice, topic_group, label_confidence, url. Writes verdicts.csv,
    summary.csv, codes.csv, groups.csv, calibration.csv, confusion.csv, misses.csv: numbers and
    ids, no text. Only the verdict present counts as given.
    """
    from tertium.agreement.evaluation.evaluate import TABLES, evaluation_tables
    from tertium.agreement.evaluation.judged import judge
    from tertium.agreement.evaluation.misses import with_texts
    from tertium.agreement.evaluation.read import file_columns, read_gold
    from tertium.agreement.evaluation.resampling import Resampling
    from tertium.coding.learned.coder import LearnedCoder

    if output.exists() and not output.is_dir():
        raise click.UsageError(f"{output}: it is a file; name a folder")
    own = [output / f"{each}.csv" for each in TABLES]
    for path in gold:
        _refuse_own_folder(path, output)
        _refuse_bad_outputs(path, texts)
        for written in own:
            if _same(written, path) or (texts and _same(written, texts)):
                raise click.UsageError(f"{written} is an output of its own; name another folder")
    scheme = _schemes([name])[0]
    labelled = read_gold(gold, scheme, annotator=annotator)
    chosen = _coder_of(coder)
    calibrated = chosen.model.calibrated if isinstance(chosen, LearnedCoder) else ()
    judged, coded = judge(labelled, scheme, coder=chosen, calibrated=calibrated)
    tables = evaluation_tables(judged, Resampling())
    files = {output / f"{key}.csv": file_columns(table) for key, table in tables.items()}
    if texts:
        files[texts] = with_texts(tables["misses"], labelled, coded.codings)
    _write_tables(files, dry_run=dry_run)
    summary = tables["summary"]
    if as_json:
        _print_json(json.loads(summary.to_json(orient="records")))
        return
    for line in _measures_in_words(summary):
        click.echo(line)
    if not dry_run:
        click.echo(f"wrote {', '.join(map(_shown, files))}", err=True)


@_verb("train", example="tertium train --gold labelled.jsonl --output model/")
@_gold
@click.option("--scheme", "name", default="approach", show_default=True)
@click.option("--output", required=True, type=click.Path(path_type=Path), help="Folder to write.")
@_annotator
@click.option(
    "--penalty",
    type=click.FloatRange(min=0, min_open=True),
    callback=_finite,
    default=1.0,
    show_default=True,
    help="How strongly coefficients are held near zero.",
)
@_dry_run
def train(
    gold: Sequence[Path],
    name: str,
    output: Path,
    annotator: Any,
    penalty: float,
    dry_run: bool,
) -> None:
    """Learn from labelled texts how far to trust the rules.

    Writes model.json, whose coefficients can be read, for `--coder` of code, classify and
    evaluate; and beside it the tables of evaluate, for models that had not seen a text's
    topic. Needs scikit-learn: the extra `train`.
    """
    from tertium.agreement.evaluation.evaluate import TABLES, evaluation_tables
    from tertium.agreement.evaluation.left_out import train_and_judge
    from tertium.agreement.evaluation.read import file_columns, read_gold
    from tertium.agreement.evaluation.resampling import Resampling

    if output.exists() and not output.is_dir():
        raise click.UsageError(f"{output}: it is a file; name a folder")
    written = [output / "model.json", *(output / f"{each}.csv" for each in TABLES)]
    for path in gold:
        _refuse_own_folder(path, output)
        for each in written:
            if _same(each, path):
                raise click.UsageError(f"{each} is an output of its own; name another folder")
    try:
        import sklearn  # noqa: F401
    except ImportError:
        raise click.UsageError("scikit-learn is missing; install tertium[train]") from None
    scheme = _schemes([name])[0]
    model, judged, _ = train_and_judge(
        read_gold(gold, scheme, annotator=annotator), scheme, penalty=penalty
    )
    tables = evaluation_tables(judged, Resampling())
    files = {output / f"{key}.csv": file_columns(table) for key, table in tables.items()}
    own = {output / "model.json": model.as_text().encode("utf-8")}
    _write_tables(files, dry_run=dry_run, also=own)
    for line in _measures_in_words(tables["summary"]):
        click.echo(line)
    for code_id in scheme.code_ids:
        one = model.codes.get(code_id)
        if one is None:
            click.echo(
                f"{code_id}: not learned, because all texts searched for it have it or none has"
            )
        elif not one.is_calibrated:
            click.echo(f"{code_id}: not calibrated, learned from {_amount(one.n_gold, 'text')}")
    if not dry_run:
        click.echo(f"wrote {', '.join(map(_shown, [*own, *files]))}", err=True)


@_verb("originals", example="tertium originals --from ../shared/sources")
@click.option("--from", "folder", required=True, type=click.Path(path_type=Path))
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

    if not folder.is_dir():
        raise click.UsageError(
            f"there is no folder {folder}; the original texts can't be passed on with the study: "
            "name your own folder with them (--from DIR, make originals FROM=DIR)"
        )
    for copied in copy_originals(manifest, folder, dry_run=dry_run):
        click.echo(copied)


@_verb("run", example="tertium run notebooks/03-comparison.ipynb -p texts originals")
@click.argument("notebook", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("-p", "--parameter", "parameters", nargs=2, multiple=True, metavar="NAME VALUE")
@click.option("--output", type=click.Path(path_type=Path), help="Default: reports/runs/NAME.ipynb")
def run(notebook: Path, parameters: Sequence[tuple[str, str]], output: Path | None) -> None:
    """Run a notebook with other parameters; the notebook itself is left as it is."""
    from tertium.report.running.run import read_values, run_notebook

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
    opened = open_study(given, texts=texts)
    built = build_report(opened, output=output)
    for line in _absent(opened.root / opened.content.sources.manifest, opened.collection):
        click.echo(line, err=True)
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


def _collection(path: Path, language: str | None, **options: Any) -> Collection:
    """What `path` holds; `language` is that of the texts whose own is not known."""
    from tertium.sources.manifest import fact_faults
    from tertium.sources.read import read_sources

    for fault in fact_faults({"language": language or ""}, file="", line=0):
        raise click.UsageError(f"--language: {fault.found}; {fault.remedy}")
    given = {key: value for key, value in options.items() if value}
    if {"text_column", "id_column"} & set(given):
        _refuse_columns(path)
    collection = read_sources(path, **given)
    if language:
        known = (
            replace(one, language=language) if one.language == UNKNOWN else one
            for one in collection.sources
        )
        collection = replace(collection, sources=tuple(known))
    return collection


def _is_manifest(path: Path) -> bool:
    from tertium.sources.files.read import bytes_of
    from tertium.sources.formats.table import table_header
    from tertium.sources.manifest import is_manifest

    if path.is_dir() or path.suffix.lower() != ".csv":
        return False
    return is_manifest(table_header(bytes_of(path, path.name), name=path.name))


def _refuse_columns(path: Path) -> None:
    from tertium.sources.formats.table import TABLE_ENDINGS

    what = ""
    if path.is_dir() or path.suffix.lower() not in TABLE_ENDINGS:
        what = f"no table ({', '.join(TABLE_ENDINGS)})"
    elif _is_manifest(path):
        what = "a manifest, whose columns have fixed names"
    if what:
        raise click.UsageError(
            f"{path} is {what}; --text-column and --id-column name columns of a table: "
            "leave them out"
        )


def _tell(collection: Collection, path: Path) -> int:
    """Name the rejects and notes on stderr; their exit code."""
    for note in collection.notes:
        click.echo(note, err=True)
    for line in _absent(path, collection):
        click.echo(line, err=True)
    for reject in collection.rejects:
        click.echo(f"rejected: {reject}", err=True)
    if not collection.sources:
        click.echo(f"nothing to read in {path}", err=True)
    return FINDINGS if collection.rejects or not collection.sources else 0


def _absent(manifest: Path, collection: Collection) -> Iterator[str]:
    """A line for each original that is not at hand, by what one would ask a library for."""
    from tertium.sources.listed.read import listed_rows

    rows = listed_rows(manifest) if collection.missing else ()
    for row in rows:
        if row.id in collection.missing:
            told = [row.facts.get(name, "") for name in ("title", "publisher")]
            named = ", ".join(filter(None, told))
            yield f"{row.id}: the original is not at hand ({named}); its digest is read"


def _sum_up(collection: Collection, readings: pd.DataFrame, written: Iterable[Path]) -> None:
    """One line on what was done, after a warning where a text was not searched."""
    searched = set(readings["source_id"])
    left = [one for one in collection.sources if one.id not in searched]
    unknown = [one.id for one in left if one.language == UNKNOWN]
    if unknown:
        click.echo(
            f"warning: the language of {_some(unknown)} is not recognised, so no indicators "
            "were looked for; give --language en, or a column language in a table",
            err=True,
        )
    reasons = [
        f"{one.id}: language not recognised"
        if one.language == UNKNOWN
        else f"{one.id}: no indicators in {one.language}"
        for one in left
    ]
    line = _amount(len(collection.sources), "source")
    line += f", {len(left)} not searched ({_some(reasons)})" if left else ""
    names = ", ".join(_shown(path) for path in written)
    click.echo(f"{line}; {f'wrote {names}' if names else 'nothing written'}", err=True)


def _refuse_own_folder(gold: Path, output: Path) -> None:
    """Tables are never written over the labelled texts that they judge."""
    if gold.is_dir() and _same(gold, output):
        raise click.UsageError(f"{output} holds the labelled texts; name another folder")


def _measures_in_words(summary: pd.DataFrame) -> Iterator[str]:
    """The first corpus of an evaluation, a line a measure."""
    first = summary[
        (summary["corpus"] == summary["corpus"].iloc[0]) & (summary["languages"] == "all")
    ]
    for row in first.to_dict("records"):
        what = f"{row['measure']} ({row['group']})" if row["group"] else row["measure"]
        if row["reason"]:
            yield f"{what}: not defined, because {row['reason']}"
            continue
        spread = "" if row["low"] != row["low"] else f" ({row['low']:.3f} to {row['high']:.3f})"
        concern = f"; {row['concern']}" if row["concern"] else ""
        yield (
            f"{what}: {row['value']:.3f}{spread}, {row['n']} {row['unit']}, "
            f"{row['groups']} topic groups{concern}"
        )


def _some(words: Sequence[str], most: int = 5) -> str:
    more = f" and {len(words) - most} more" if len(words) > most else ""
    return ", ".join(words[:most]) + more


def _amount(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def _progress(items: Iterable[Item], what: str) -> Iterable[Item]:
    """A bar after two seconds on a terminal; nothing elsewhere."""
    return tqdm(items, desc=what, disable=None, delay=2, leave=False)


def _refuse_bad_outputs(source: Path, *given: Path | None) -> None:
    """Before any work is done: endings and places of what is to be written."""
    paths = [path for path in given if path is not None]
    for number, path in enumerate(paths):
        if path.suffix not in (".csv", ".parquet"):
            raise click.UsageError(f"{path}: write .csv or .parquet as ending")
        if not path.parent.is_dir():
            raise click.UsageError(f"{path}: there is no folder {path.parent}; make it first")
        if path.is_dir():
            raise click.UsageError(f"{path}: it is a folder; name a file")
        if _same(path, source):
            raise click.UsageError(f"{path}: it is what is read; name another file as output")
        for other in paths[:number]:
            if _same(path, other):
                raise click.UsageError(f"{path}: two outputs would be one file; name two")


def _same(one: Path, other: Path) -> bool:
    if one.exists() and other.exists():
        return one.samefile(other)
    return one.resolve() == other.resolve()


def _write_tables(
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


def _print_json(content: Any) -> None:
    click.echo(json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True))


def _shown(path: Path) -> str:
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


if __name__ == "__main__":
    main()
