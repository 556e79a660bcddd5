"""Options and arguments that several verbs share.

Comes in: nothing.
Goes out: decorators that add one option to a verb.
"""

from __future__ import annotations

import math
from pathlib import Path

import click

as_json_option = click.option(
    "--json", "as_json", is_flag=True, help="Write JSON for another program."
)


dry_run_option = click.option(
    "--dry-run", is_flag=True, help="Say what would be written; write nothing."
)


text_column_option = click.option("--text-column", help="Column of a table that holds the text.")


id_column_option = click.option("--id-column", help="Column of a table that holds the id.")


texts_option = click.option(
    "--texts",
    type=click.Choice(["digests", "originals", "both"]),
    help="Which texts to read, in place of the study's own choice.",
)


language_option = click.option(
    "--language",
    metavar="CODE",
    help="Language of texts that don't state theirs and are not recognised: en, zh, ru, …",
)


gold_option = click.option(
    "--gold",
    required=True,
    multiple=True,
    type=click.Path(exists=True, path_type=Path),
    help="Labelled texts: .jsonl, .csv, .tsv, .parquet, or a folder with one; may be repeated.",
)


annotator_option = click.option(
    "--annotator",
    type=click.Choice(["human", "model", "not_stated"]),
    default="not_stated",
    show_default=True,
    help="Who labelled, where the texts don't say it; a model's labels are never called gold.",
)


coder_option = click.option(
    "--coder",
    default="rule",
    show_default=True,
    metavar="rule|FILE",
    help="The rules, or a model.json that tertium train wrote.",
)


def finite(context: click.Context, parameter: click.Parameter, value: float) -> float:
    """Refuse a number that is none to count with."""
    if not math.isfinite(value):
        raise click.BadParameter(f"{value} is no number to count with", context, parameter)
    return value


path_argument = click.argument("path", type=click.Path(exists=True, path_type=Path))
