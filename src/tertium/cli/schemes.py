"""Verbs for what may be said: `schemes` and `check`.

Comes in: names and files of schemes and studies.
Goes out: codebooks and faults.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tertium.cli.inputs import schemes_of
from tertium.cli.options import as_json_option
from tertium.cli.output import amount, print_json
from tertium.cli.program import FINDINGS, verb

if TYPE_CHECKING:
    from tertium.errors import Fault
    from tertium.study import Study


@verb("schemes", example="tertium schemes approach")
@click.argument("name", required=False)
@as_json_option
def schemes(name: str | None, as_json: bool) -> None:
    """List the schemes that are shipped, or show one (a name or a .yml file)."""
    from tertium.schemes.read import builtin_names, read_scheme

    if name is None:
        shown = [read_scheme(one) for one in builtin_names()]
        if as_json:
            print_json([{"scheme": one.reference, "title": one.title} for one in shown])
        else:
            for one in shown:
                click.echo(f"{one.reference}  {one.title}: {', '.join(one.code_ids)}")
        return
    scheme = read_scheme(name)
    if as_json:
        print_json(scheme.model_dump(mode="json"))
        return
    click.echo(f"{scheme.reference}: {scheme.title}\n{scheme.description}\n")
    for code in scheme.codes:
        searched = ", ".join(code.indicators) or "none"
        click.echo(
            f"{code.id}: {code.label}\n  {code.definition}\n  Use: {code.when_to_use}\n"
            f"  Not: {code.when_not_to_use}\n  Indicators in: {searched}\n"
        )


@verb("check", example="tertium check data/studies/labour-organising.yml my-scheme.yml")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--support",
    multiple=True,
    type=click.Path(exists=True, path_type=Path),
    help="Labelled texts; list the patterns of a scheme that fire in exactly one of them.",
)
@as_json_option
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
        print_json([vars(fault) for fault in sorted(set(found))])
    else:
        for fault in sorted(set(found)):
            click.echo(str(fault))
        click.echo(amount(len(set(found)), "fault") if found else "nothing wrong", err=True)
    return FINDINGS if found else 0


def _check_support(names: Sequence[Path], gold: Sequence[Path], *, as_json: bool) -> int:
    """List the patterns that fire in exactly one labelled text, with that text's id."""
    from tertium.agreement.evaluation.read import read_gold
    from tertium.coding.support import pattern_support

    found: list[dict[str, Any]] = []
    for scheme in schemes_of([str(name) for name in names]):
        texts = read_gold(gold, scheme)
        support = pattern_support([each.source for each in texts], scheme)
        once = support[support["n_texts"] == 1]
        found += json.loads(once.to_json(orient="records"))
        summary = (
            f"{scheme.reference}: {amount(len(once), 'pattern')} of {len(support)} that fire in "
            f"{amount(len(texts), 'text')} fire in exactly one"
        )
        click.echo(summary, err=True)
    if as_json:
        print_json(found)
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
