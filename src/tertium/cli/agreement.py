"""Verbs for whether codings can be trusted: `agreement`, `assign` and `adjudicate`.

Comes in: a study and the names of its coders.
Goes out: coefficients, plans of who codes what, and decisions where coders differ.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tertium.cli.options import as_json_option, dry_run_option, texts_option
from tertium.cli.output import amount, print_json, refuse_bad_outputs, shown, some, write_tables
from tertium.cli.program import verb

if TYPE_CHECKING:
    from tertium.agreement.adjudication.decisions import Decision
    from tertium.agreement.adjudication.queue import Adjudication
    from tertium.comparison.result import Result


class Names(click.ParamType):
    """Names parted by commas."""

    name = "names"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        """The names, without blanks around them."""
        if isinstance(value, tuple):
            return value
        return tuple(name for part in str(value).split(",") if (name := part.strip()))


NAMES = Names()


@verb(
    "adjudicate",
    example="tertium adjudicate my-study --scheme approach --coders ana,ben --output queue.csv\n"
    "  tertium adjudicate my-study --scheme approach --coders ana,ben --as gold "
    "--adjudicator eva --decisions queue.csv",
)
@click.argument("study")
@click.option("--scheme", required=True, help="Name of one of the study's schemes.")
@click.option("--coders", required=True, type=NAMES, metavar="A,B", help="Two coders or more.")
@click.option(
    "--overlap",
    type=click.FloatRange(0, 1, min_open=True),
    default=0.5,
    show_default=True,
    help="Coders agree on a passage where what they marked overlaps by this share or more.",
)
@texts_option
@click.option(
    "--output", type=click.Path(path_type=Path), help="Write the open differences: .csv or .parquet"
)
@click.option(
    "--as",
    "as_",
    type=click.Choice(["gold", "reference"]),
    help="Write what holds: gold of people, reference where a coder is a model.",
)
@click.option("--adjudicator", metavar="NAME", help="Who decided.")
@click.option(
    "--decisions",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The queue with decision and reason filled in.",
)
@dry_run_option
def adjudicate(
    study: str,
    scheme: str,
    coders: Sequence[str],
    overlap: float,
    texts: str | None,
    output: Path | None,
    as_: str | None,
    adjudicator: str | None,
    decisions: Path | None,
    dry_run: bool,
) -> None:
    """List where coders differ, and keep what is decided with its reason.

    --output writes a queue: a row a difference, with the text and who said what. Write into the
    column decision a coder's name, both, present, absent, or undecided for a whole source, and
    into the column reason why. Then --as and --decisions read it back: what is decided, and what
    the coders agree on, goes to a log of its own. What the coders wrote stays as it is.
    """
    from tertium.agreement.adjudication.adjudicate import adjudicate as differences_of
    from tertium.agreement.adjudication.table import read_decisions
    from tertium.study import open_study

    if output is None and as_ is None:
        raise click.UsageError("give --output to list differences, or --as to write what holds")
    if decisions is not None and (as_ is None or adjudicator is None):
        raise click.UsageError("--decisions needs --as gold (or reference) and --adjudicator NAME")
    if output is not None:
        refuse_bad_outputs(decisions or Path(study), output)
    opened = open_study(study, texts=texts)  # type: ignore[arg-type]
    found = differences_of(
        opened,
        scheme,
        coders=coders,
        overlap=overlap,
        as_=as_,  # type: ignore[arg-type]
        adjudicator=adjudicator,
    )
    for note in found.notes:
        click.echo(note, err=True)
    given: dict[str, Decision] = {}
    if as_ is not None:
        if decisions is not None and adjudicator is not None:
            given = read_decisions(
                decisions,
                found.items,
                coders=coders,
                adjudicator=adjudicator,
                file=decisions.name,
            )
            click.echo(f"{amount(len(given), 'decision')} read")
        lines = len(found.pending(given)) if dry_run else found.write(given)
        done = "would write" if dry_run else "wrote"
        log = f"{found.recorder.coder}'s log"
        click.echo(f"{done} {amount(lines, 'line')} to {log}" if lines else f"{log} says it all")
    if output is not None:
        write_tables({output: found.queue}, dry_run=dry_run)
        _warn_of_restricted(found, output)
        if not dry_run:
            click.echo(f"wrote {shown(output)}", err=True)
    click.echo(found.in_words(given))


class Amount(click.ParamType):
    """A whole number, or a share with a point or as per cent."""

    name = "number or share"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> int | float:
        """An int is a number, a float a share."""
        if isinstance(value, (int, float)):
            return value
        text = str(value).strip()
        try:
            if text.endswith("%"):
                return float(text[:-1]) / 100
            return int(text) if text.isdigit() else float(text)
        except ValueError:
            self.fail(f"{text!r}: write a number (30) or a share (0.2 or 20%)", param, ctx)


@verb(
    "assign",
    example="tertium assign my-study --coders ana,ben --sample 30 --double 0.2 --seed 1 "
    "--output data/assignments/first.csv",
)
@click.argument("study")
@click.option("--coders", required=True, type=NAMES, metavar="A,B", help="Who codes.")
@click.option(
    "--sample", required=True, type=Amount(), help="Sources to draw: 30, or a share, 0.5 or 50%."
)
@click.option(
    "--double", required=True, type=Amount(), help="How many of them two coders read: 6, or 0.2."
)
@click.option(
    "--by",
    type=NAMES,
    default="voice,language",
    show_default=True,
    metavar="COLUMNS",
    help="Columns of the manifest whose values make the strata.",
)
@click.option("--seed", required=True, type=int, help="Another seed draws others.")
@click.option(
    "--keep",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="An earlier plan: its rows stand, and what is missing is added.",
)
@texts_option
@click.option("--output", required=True, type=click.Path(path_type=Path), help="The plan: .csv")
@dry_run_option
def assign(
    study: str,
    coders: Sequence[str],
    sample: float,
    double: float,
    by: Sequence[str],
    seed: int,
    keep: Path | None,
    texts: str | None,
    output: Path,
    dry_run: bool,
) -> None:
    """Draw sources by strata and share them out among coders, some of them to two.

    Of a digest and its original one is drawn, a translation or copy never beside what it renders.
    The same seed and sources give the same plan, whatever the order of the manifest.
    """
    from tertium.agreement.assignment.assign import assign as plan_of
    from tertium.agreement.assignment.read import is_plan, read_plan
    from tertium.bundle import counted
    from tertium.report.tables import csv_text
    from tertium.sources.files.read import write_whole
    from tertium.study import open_study

    if output.suffix != ".csv" or output.is_dir():
        raise click.UsageError(f"{output}: name a file that ends in .csv")
    opened = open_study(study, texts=texts)  # type: ignore[arg-type]
    plan = plan_of(
        counted(opened.collection.frame, opened.listed.renders, opened.listed.part_of),
        coders=coders,
        sample=sample,
        double=double,
        by=by,
        seed=seed,
        keep=None if keep is None else read_plan(keep, file=keep.name),
    )
    table = plan.frame.astype(object)
    table["double"] = ["true" if each else "false" for each in table["double"]]
    data = csv_text(table).encode("utf-8")
    if output.exists() and not is_plan(output, file=output.name):
        raise click.UsageError(f"{output} is no plan, and it would be lost: name another file")
    if keep is None and output.exists() and output.read_bytes() != data:
        raise click.UsageError(
            f"{output} holds another plan: give --keep {output} to add to it, or name another file"
        )
    if not dry_run:
        write_whole(output, data)
    click.echo(plan.in_words)
    click.echo(f"{'would write' if dry_run else 'wrote'} {output}: {amount(len(table), 'row')}")


def _warn_of_restricted(found: Adjudication, output: Path) -> None:
    from tertium.sources.licences import may_be_passed_on

    closed = sorted({one.source.id for one in found.open if not may_be_passed_on(one.source.facts)})
    if closed:
        click.echo(
            f"{output.name} holds passages that may not be passed on ({some(closed)}): keep it "
            "to yourself",
            err=True,
        )


@verb(
    "agreement",
    example="tertium agreement my-study --scheme approach --unit sentence --coders ana,ben",
)
@click.argument("study")
@click.option("--scheme", required=True, help="Name of one of the study's schemes.")
@click.option("--unit", required=True, type=click.Choice(["document", "paragraph", "sentence"]))
@click.option(
    "--coders",
    required=True,
    type=NAMES,
    metavar="A,B",
    help="Two coders or more; one alone is held against her own later readings.",
)
@click.option(
    "--coefficient",
    type=NAMES,
    default="krippendorff_alpha",
    show_default=True,
    metavar="NAME,…",
    help="Several stand side by side; a wrong name lists all.",
)
@click.option(
    "--by",
    type=NAMES,
    default="code",
    show_default=True,
    metavar="KEY,…",
    help="code, pair, voice, language, country, kind, period, month, scheme_version.",
)
@click.option("--which", type=click.Choice(["counted", "all"]), default="counted")
@click.option("--distance", type=click.Choice(["masi", "jaccard", "nominal"]), default="masi")
@click.option(
    "--resample",
    type=click.Choice(["units", "sources"]),
    default="units",
    show_default=True,
    help="What the bootstrap draws again.",
)
@click.option(
    "--threshold",
    type=click.FloatRange(0, 1, min_open=True),
    default=0.5,
    show_default=True,
    help="Of overlap_f1: from which overlap on two spans are the same.",
)
@click.option(
    "--level",
    type=click.FloatRange(0, 1, min_open=True, max_open=True),
    default=0.95,
    show_default=True,
    help="Of the intervals.",
)
@click.option("--replicates", type=click.IntRange(min=0), default=1000, show_default=True)
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True)
@texts_option
@as_json_option
def agreement(study: str, texts: Any, as_json: bool, **given: Any) -> None:
    """Say how far coders agree: coefficient, interval, and what weakens it.

    A coefficient that has no meaning for a row says why. `tertium adjudicate` lists the passages
    on which coders differ.
    """
    from tertium.comparison.agreement.agreement import agreement as compare
    from tertium.study import open_study

    opened = open_study(study, texts=texts).with_coders(given["coders"])
    found = compare(opened.tables, **given)
    if as_json:
        rows = json.loads(found.frame.to_json(orient="index"))
        print_json({"title": found.title, "note": _notes(found), "rows": rows})
        return
    click.echo(_as_lines(found))


def _as_lines(found: Result) -> str:
    """The table without what a terminal has no room for, then a line a row with its concerns."""
    narrow = {"concerns", "sentence", "low", "high", "set_aside", "coders"}
    columns = [name for name in found.frame.columns if name not in narrow]
    shown = None if found.shown is None else found.shown[columns]
    table = repr(replace(found, frame=found.frame[columns], shown=shown, note=""))
    lines = []
    counted = found.column_labels.get("units", "Units").lower()
    for name, row in found.frame.iterrows():
        label = found.row_labels.get(name, str(name))
        if name in found.row_groups:
            label = f"{found.row_groups[name]}, {label}"
        aside = f"; set aside: {row['set_aside']}" if row["set_aside"] else ""
        concerns = f" Concerns: {row['concerns']}." if row["concerns"] else ""
        if aside or concerns:
            lines.append(f"{label}: {row['units']} {counted}{aside}.{concerns}")
    return "\n\n".join(part for part in (table, "\n".join(lines), _notes(found)) if part)


def _notes(found: Result) -> str:
    """The note, and those of the columns."""
    return " ".join(part for part in (found.note, *found.column_notes.values()) if part)
