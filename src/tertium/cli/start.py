"""Verbs for a first day: `new` and `doctor`.

Comes in: a folder, a machine.
Goes out: a study that runs, and what is missing.
"""

from __future__ import annotations

from pathlib import Path

import click

from tertium.cli.options import as_json_option, dry_run_option
from tertium.cli.output import print_json
from tertium.cli.program import FINDINGS, verb


@verb("new", example="tertium new my-study")
@click.argument("folder", type=click.Path(path_type=Path))
@dry_run_option
def new(folder: Path, dry_run: bool) -> None:
    """Make a study skeleton that runs: two small sources, a study file, the notebooks."""
    from tertium.start.skeleton import write_skeleton

    for written in write_skeleton(folder, dry_run=dry_run):
        click.echo(f"{'would write' if dry_run else 'wrote'} {written}")
    if not dry_run:
        click.echo(f"now: cd {folder} && tertium report {folder.name}", err=True)


@verb("doctor", example="tertium doctor")
@as_json_option
def doctor(as_json: bool) -> int:
    """Say what works on this machine, without asking the network, and what is missing."""
    from tertium.start.doctor import examine

    findings = examine(Path.cwd())
    if as_json:
        print_json([vars(finding) for finding in findings])
    else:
        for finding in findings:
            click.echo(str(finding))
    # What only tests need may be missing: the exit code speaks of what a study needs.
    return FINDINGS if any(f.needed and not f.works for f in findings) else 0
