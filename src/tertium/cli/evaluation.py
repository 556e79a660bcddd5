"""Verbs that hold a coder against labelled texts: `evaluate` and `train`.

Comes in: labelled texts.
Goes out: measures, and a model.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tertium.cli.inputs import coder_of, schemes_of
from tertium.cli.options import (
    annotator_option,
    as_json_option,
    coder_option,
    dry_run_option,
    finite,
    gold_option,
)
from tertium.cli.output import amount, print_json, refuse_bad_outputs, same, shown, write_tables
from tertium.cli.program import verb

if TYPE_CHECKING:
    import pandas as pd


@verb("evaluate", example="tertium evaluate --gold labelled.jsonl --output evaluation/")
@gold_option
@click.option("--scheme", "name", default="approach", show_default=True)
@click.option("--output", required=True, type=click.Path(path_type=Path), help="Folder of tables.")
@annotator_option
@coder_option
@click.option(
    "--texts", type=click.Path(path_type=Path), help="Also write the misses with their texts; .csv"
)
@as_json_option
@dry_run_option
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
        refuse_bad_outputs(path, texts)
        for written in own:
            if same(written, path) or (texts and same(written, texts)):
                raise click.UsageError(f"{written} is an output of its own; name another folder")
    scheme = schemes_of([name])[0]
    labelled = read_gold(gold, scheme, annotator=annotator)
    chosen = coder_of(coder)
    calibrated = chosen.model.calibrated if isinstance(chosen, LearnedCoder) else ()
    judged, coded = judge(labelled, scheme, coder=chosen, calibrated=calibrated)
    tables = evaluation_tables(judged, Resampling())
    files = {output / f"{key}.csv": file_columns(table) for key, table in tables.items()}
    if texts:
        files[texts] = with_texts(tables["misses"], labelled, coded.codings)
    write_tables(files, dry_run=dry_run)
    summary = tables["summary"]
    if as_json:
        print_json(json.loads(summary.to_json(orient="records")))
        return
    for line in _measures_in_words(summary):
        click.echo(line)
    if not dry_run:
        click.echo(f"wrote {', '.join(map(shown, files))}", err=True)


@verb("train", example="tertium train --gold labelled.jsonl --output model/")
@gold_option
@click.option("--scheme", "name", default="approach", show_default=True)
@click.option("--output", required=True, type=click.Path(path_type=Path), help="Folder to write.")
@annotator_option
@click.option(
    "--penalty",
    type=click.FloatRange(min=0, min_open=True),
    callback=finite,
    default=1.0,
    show_default=True,
    help="How strongly coefficients are held near zero.",
)
@dry_run_option
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
            if same(each, path):
                raise click.UsageError(f"{each} is an output of its own; name another folder")
    try:
        import sklearn  # noqa: F401
    except ImportError:
        raise click.UsageError("scikit-learn is missing; install tertium[train]") from None
    scheme = schemes_of([name])[0]
    model, judged, _ = train_and_judge(
        read_gold(gold, scheme, annotator=annotator), scheme, penalty=penalty
    )
    tables = evaluation_tables(judged, Resampling())
    files = {output / f"{key}.csv": file_columns(table) for key, table in tables.items()}
    own = {output / "model.json": model.as_text().encode("utf-8")}
    write_tables(files, dry_run=dry_run, also=own)
    for line in _measures_in_words(tables["summary"]):
        click.echo(line)
    for code_id in scheme.code_ids:
        one = model.codes.get(code_id)
        if one is None:
            click.echo(
                f"{code_id}: not learned, because all texts searched for it have it or none has"
            )
        elif not one.is_calibrated:
            click.echo(f"{code_id}: not calibrated, learned from {amount(one.n_gold, 'text')}")
    if not dry_run:
        click.echo(f"wrote {', '.join(map(shown, [*own, *files]))}", err=True)


def _refuse_own_folder(gold: Path, output: Path) -> None:
    """Tables are never written over the labelled texts that they judge."""
    if gold.is_dir() and same(gold, output):
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
