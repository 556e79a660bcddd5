"""Verbs for what the reader sees: `run` and `report`.

Comes in: notebooks and studies.
Goes out: executed notebooks, PDF, HTML.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from tertium.cli.options import texts_option
from tertium.cli.output import absent, shown
from tertium.cli.program import WRONG, verb
from tertium.errors import TertiumError


@verb("run", example="tertium run notebooks/03-comparison.ipynb -p texts originals")
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


@verb("report", example="tertium report data/studies/labour-organising.yml --texts both")
@click.argument("study")
@texts_option
@click.option("--output", type=click.Path(path_type=Path), help="Default: reports/STUDY")
def report(study: str, texts: Any, output: Path | None) -> int:
    """Run a study's notebooks and set its report as PDF and HTML."""
    from tertium.report.build import CACHE, PAGES, build_report
    from tertium.study import open_study

    given = Path(study) if Path(study).suffix in (".yml", ".yaml") else study
    opened = open_study(given, texts=texts)
    try:
        built = build_report(opened, output=output)
    except TertiumError as error:
        click.echo(str(error), err=True)
        folder = output or opened.root / "reports" / opened.name
        for old in (folder / page for page in PAGES):
            if (folder / CACHE).is_dir() and old.is_file():
                click.echo(f"{shown(old)} is of an earlier run", err=True)
        return WRONG
    for line in absent(opened.root / opened.content.sources.manifest, opened.collection):
        click.echo(line, err=True)
    for path in (built.pdf, built.html):
        click.echo(shown(path))
    return 0
