"""Verbs for what may be said: `schemes` with `diff` and `waive`, and `check`.

Comes in: names and files of schemes and studies.
Goes out: codebooks and faults.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tertium.cli.inputs import schemes_of
from tertium.cli.options import as_json_option, dry_run_option
from tertium.cli.output import amount, print_json
from tertium.cli.program import FINDINGS, cli, verb

if TYPE_CHECKING:
    import pandas as pd

    from tertium.errors import Fault
    from tertium.schemes.scheme import Scheme
    from tertium.study import Study


class _Schemes(click.Group):
    """A group whose first word may also be the name of a scheme, or missing."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not (args and (args[0] in self.commands or args[0] in ctx.help_option_names)):
            args = ["show", *args]
        return super().parse_args(ctx, args)


@cli.group(
    "schemes",
    cls=_Schemes,
    epilog="\b\nExample:\n  tertium schemes\n  tertium schemes approach@1.0.0\n"
    "  tertium schemes diff approach@1.0.0 approach",
)
def schemes() -> None:
    """List the schemes that are shipped, show one, or say what changed between two versions.

    Without a command the schemes are listed; a name, name@version or .yml file is shown.
    """


def _part(name: str, *, example: str) -> Callable[[Callable[..., Any]], click.Command]:
    return schemes.command(name, epilog=f"\b\nExample:\n  {example}")


@_part("show", example="tertium schemes show approach")
@click.argument("name", required=False)
@as_json_option
def show(name: str | None, as_json: bool) -> None:
    """List the schemes that are shipped, or show one (a name, name@version or .yml file)."""
    from tertium.coding.check import searched_languages
    from tertium.schemes.read import builtin_names, read_scheme

    if name is None:
        shown = [read_scheme(one) for one in builtin_names()]
        if as_json:
            print_json([{"scheme": one.reference, "title": one.title} for one in shown])
        else:
            for one in shown:
                words = ", ".join(searched_languages(one)) or "no language"
                listed = ", ".join(one.code_ids)
                click.echo(f"{one.reference}  {one.title}: {listed} (rules for {words})")
        return
    scheme = read_scheme(name)
    if as_json:
        print_json(scheme.model_dump(mode="json", by_alias=True))
        return
    click.echo(f"{scheme.reference}: {scheme.title}\n{scheme.description}\n")
    for code in scheme.codes:
        searched = ", ".join(code.indicators) or "none"
        click.echo(
            f"{code.id}: {code.label}\n  {code.definition}\n  Use: {code.when_to_use}\n"
            f"  Not: {code.when_not_to_use}\n  Indicators in: {searched}\n"
        )

    for event in scheme.history:
        note = f": {event.note}" if event.note else ""
        click.echo(f"{event.version}, {event.code}, {event.change}{note}")


@_part("diff", example="tertium schemes diff approach@1.0.0 approach --study labour-organising")
@click.argument("old", metavar="A")
@click.argument("new", metavar="B")
@click.option("--study", help="Also list the study's codings that are stale under B.")
@as_json_option
def diff(old: str, new: str, study: str | None, as_json: bool) -> int:
    """Say what changed for a coder from scheme A to its later version B.

    A and B are names, name@version or .yml files. Exit code 1 when anything changed.
    """
    from tertium.schemes.diff import scheme_diff
    from tertium.schemes.read import read_scheme
    from tertium.schemes.versions import version_faults

    first, second = read_scheme(old), read_scheme(new)
    found = scheme_diff(first, second)
    stale = _stale_codings(study, second) if study else None
    if as_json:
        changes = json.loads(found.frame.to_json(orient="records"))
        content: dict[str, Any] = {"old": found.old, "new": found.new, "changes": changes}
        if stale is not None:
            content["stale"] = json.loads(stale.to_json(orient="records"))
        print_json(content)
    else:
        lists = found.of_kind("lists")
        for change in found.changes:
            if change.kind != "lists":
                click.echo(str(change))
        if lists:
            click.echo(f"scheme: {amount(len(lists), 'list')} changed; --json names their words")
        if stale is not None:
            _echo_stale(stale)
        kinds = Counter(change.kind for change in found.changes)
        listed = ", ".join(f"{kind} {number}" for kind, number in kinds.items())
        counted = f"{amount(len(found.changes), 'change')} ({listed})" if listed else "no change"
        click.echo(f"{found.old} → {found.new}: {counted}", err=True)
    # What the history leaves untold would make codings look fresh that are not.
    for fault in version_faults(second, [first], file=new) if first.name == second.name else ():
        click.echo(f"note: {fault}", err=True)
    if found and first.version == second.version:
        click.echo(f"note: both are {found.new}; raise the version of {new}", err=True)
    return FINDINGS if found or (stale is not None and not stale.empty) else 0


def _stale_codings(study: str, scheme: Scheme) -> pd.DataFrame:
    from tertium.coding.logs.log import CODINGS, read_log
    from tertium.coding.logs.stale import stale_in_log
    from tertium.study import open_study

    lines, faults = read_log(open_study(study).root / CODINGS, shown=CODINGS)
    for fault in faults:
        click.echo(f"note: {fault}", err=True)
    return stale_in_log(lines, [scheme])


def _echo_stale(stale: pd.DataFrame) -> None:
    """Stale codings by coder and source."""
    click.echo("" if stale.empty else f"\n{amount(len(stale), 'stale coding')}:")
    groups = stale.groupby(["coder", "source_id", "code", "made_under", "changes"], sort=True)
    for (coder, source_id, code, made_under, changes), rows in groups:
        number = len(rows)
        click.echo(f"{coder}, {source_id}: {code} {number}, made under {made_under}: {changes}")


@_part("waive", example='tertium schemes waive STUDY --coder ana --code strike --reason "…"')
@click.argument("study")
@click.option("--coder", required=True, help="Whose stale codings.")
@click.option("--code", "codes", multiple=True, help="Of which code; all, where none is named.")
@click.option("--source", "sources", multiple=True, help="On which source; all, where none is.")
@click.option("--reason", required=True, help="Why they hold under the version in force.")
@dry_run_option
def waive(
    study: str,
    coder: str,
    codes: Sequence[str],
    sources: Sequence[str],
    reason: str,
    dry_run: bool,
) -> int:
    """Write into a coder's log why stale codings hold under the version in force.

    STUDY is a name or a file; a code may be named as it was called then or as it is now. What
    was waived comes back as stale when its code changes again. Where a code was split or
    removed nothing can be waived: code again, or retract.
    """
    from tertium.coding.logs.lines import TextKey, waiver_line
    from tertium.coding.logs.log import CODINGS, append, coders_in, read_log, standing
    from tertium.coding.logs.stale import RETRACT, lives_on, stale_in_log
    from tertium.study import open_study

    if not reason.strip():
        raise click.UsageError("--reason is empty; write why the codings hold")
    opened = open_study(study)
    schemes_in_force = {scheme.name: scheme for scheme in opened.own_schemes}
    logged, _ = read_log(opened.root / CODINGS, shown=CODINGS, coders=[coder])
    coded = [line for line in standing(logged) if line.kind == "coding"]
    used = {str(line.content["code"]) for line in coded}
    in_scheme = {code for scheme in schemes_in_force.values() for code in scheme.code_ids}
    _known("--coder", [coder], coders_in(opened.root / CODINGS))
    _known("--code", codes, used | in_scheme)
    _known("--source", sources, {line.source_id for line in coded})
    stale = stale_in_log(logged, schemes_in_force.values())
    if sources:
        stale = stale[stale["source_id"].isin(sources)]
    if codes:
        of_code = [
            bool({then, *now} & set(codes))
            for then, now in zip(stale["code"], stale["codes_now"], strict=True)
        ]
        stale = stale[of_code]
    if stale.empty:
        click.echo("nothing of that is stale", err=True)
        return 0
    holds = [lives_on(now) for now in stale["codes_now"]]
    refused = stale[[not each for each in holds]]
    for (source_id, code, changes), rows in refused.groupby(["source_id", "code", "changes"]):
        found = amount(len(rows), "coding")
        told = f"{coder}, {source_id}: {found} of {code} can't be waived, {changes}; {RETRACT}"
        click.echo(told, err=True)
    checksums = {line.id: str(line.content["text_sha256"]) for line in coded}
    kinds = {line.coder: line.content["coder_kind"] for line in logged}
    lines = []
    stale = stale[holds].assign(text=lambda rows: rows["coding_id"].map(checksums))
    for (source_id, text, name), rows in stale.groupby(["source_id", "text", "scheme"], sort=True):
        lines.append(
            waiver_line(
                TextKey(str(source_id), str(text)),
                sorted(rows["coding_id"]),
                schemes_in_force[str(name)],
                memo=reason.strip(),
                coder=coder,
                coder_kind=kinds[coder],
            )
        )
        found = amount(len(rows), "coding")
        click.echo(f"{'would waive' if dry_run else 'waived'} {coder}, {source_id}: {found}")
    if not dry_run:
        append(opened.root / CODINGS, lines)
    return 0 if refused.empty else FINDINGS


def _known(option: str, given: Sequence[str], there: Collection[str]) -> None:
    """Refuse what is not among `there`."""
    for one in given:
        if one not in there:
            listed = ", ".join(sorted(there)) or "none"
            raise click.UsageError(f"{option}: {one!r} is unknown; there are {listed}")


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
    """Check studies and schemes: their files, each scheme's examples as tests, stale codings.

    A fault is exit code 1; a note is not. Without PATHS the shipped schemes are checked. With
    --support a scheme's patterns (the approach scheme's where none is named) are held against
    labelled texts instead.
    """
    from tertium.schemes.read import builtin_names

    if support:
        return _check_support(paths or [Path("approach")], support, as_json=as_json)
    found: list[Fault] = []
    notes: list[str] = []
    for name in paths or builtin_names():
        faults, noted = _check_one(name)
        found += faults
        notes += noted
    if as_json:
        listed = [vars(fault) for fault in sorted(set(found))]
        print_json({"faults": listed, "notes": list(dict.fromkeys(notes))})
        return FINDINGS if found else 0
    for note in dict.fromkeys(notes):
        click.echo(f"note: {note}", err=True)
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


def _check_one(name: str | Path) -> tuple[list[Fault], list[str]]:
    """Faults and notes of one study or scheme."""
    from tertium.coding.check import examine_scheme
    from tertium.errors import Fault, InputError, UnknownNameError
    from tertium.schemes.read import past_schemes, read_scheme
    from tertium.study import open_study
    from tertium.study_check import check_study, study_notes

    path, shown = Path(name), str(name)
    is_yml = path.suffix.lower() in (".yml", ".yaml")
    try:
        is_study = is_yml and path.exists() and not _is_scheme(path)
        if is_study or (not is_yml and _is_study(shown)):
            study = open_study(path if is_study else shown)
            return [*check_study(study), *_parameter_faults(study)], study_notes(study)
        if not is_yml and (os.sep in shown or path.is_file()):
            found = "it is no .yml file" if path.exists() else "there is no such file"
            remedy = "name the .yml file of a study or scheme, or a scheme that is shipped"
            return [Fault(shown, 0, "", found, remedy)], []
        file = path.name if is_yml else ""
        faults, notes = examine_scheme(read_scheme(shown), file=file, past=past_schemes(shown))
        return faults, notes
    except InputError as error:
        return list(error.faults), []
    except UnknownNameError as error:
        found, _, remedy = str(error).partition("; ")
        return [Fault(shown, 0, "", found, remedy or "check the name")], []
    except OSError as error:
        return [Fault(shown, 0, "", f"can't be read ({error.strerror})", "check its rights")], []


def _is_study(name: str) -> bool:
    """Whether a name is a study's, as the other verbs find it: here or in a folder above."""
    from tertium.schemes.read import builtin_names
    from tertium.study import STUDIES

    here = Path.cwd()
    return (
        os.sep not in name
        and name not in builtin_names()
        and any((folder / STUDIES / f"{name}.yml").is_file() for folder in (here, *here.parents))
    )


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
