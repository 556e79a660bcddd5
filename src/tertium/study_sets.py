"""The plans of a study's set analyses, with what is stated for them case by case.

Comes in: the plans that a study file names, its cases, facts, texts and schemes.
Goes out: the plans and the rows that state values, each with its place in the text; every fault.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tertium.coding.stated_places import Placer
from tertium.errors import Fault, InputError
from tertium.schemes.scheme import Scheme
from tertium.sources.files.rows import Row
from tertium.sources.listed.cases import Cases
from tertium.sources.listed.set_plan_faults import set_plan_faults
from tertium.sources.listed.set_plans import PlanFile, SetPlan, read_set_plan, table_of
from tertium.sources.listed.stated import keys_cited, read_stated, stated_key_faults
from tertium.sources.manifest import ManifestRow
from tertium.sources.source import Source
from tertium.study_set_faults import (
    Told,
    cited_at,
    code_faults,
    coder_faults,
    fact_faults,
    own_rows,
    word_faults,
)


@dataclass(frozen=True)
class SetsRead:
    """What a study's plans and their tables hold, and every fault in them.

    Parameters
    ----------
    plans : mapping of str to SetPlan
        By id; only those that can be read.
    rows : tuple of dict
        What is stated, as rows of `MEMBERSHIPS`.
    faults : tuple of Fault
    notes : tuple of str
        What is legal and yet should be known.
    cited : frozenset of str
        Citation keys of plans and tables.
    """

    plans: Mapping[str, SetPlan] = field(default_factory=dict)
    rows: tuple[dict[str, Any], ...] = ()
    faults: tuple[Fault, ...] = ()
    notes: tuple[str, ...] = ()
    cited: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Around:
    """What plans may refer to.

    Parameters
    ----------
    root : Path
        Folder that paths start from.
    manifest : tuple of ManifestRow
    cases : Cases
    texts : tuple of Source
        Those at hand: quotes are looked up in them.
    schemes : tuple of Scheme or None
        None where one can't be read, and no code is called unknown.
    coders : tuple of str
        Who codes in the study.
    keys : collection of str or None
        Of the bibliography; None: citations are not looked up.
    """

    root: Path
    manifest: tuple[ManifestRow, ...]
    cases: Cases
    texts: tuple[Source, ...]
    schemes: tuple[Scheme, ...] | None
    coders: tuple[str, ...]
    keys: Collection[str] | None = None


def read_set_plans(paths: Iterable[str], around: Around) -> SetsRead:
    """The plans of a study and what is stated for them.

    Parameters
    ----------
    paths : iterable of str
        As the study file writes them.
    around : Around
    """
    found: list[PlanFile] = []
    faults: list[Fault] = []
    unread: list[str] = []
    for path in paths:
        try:
            found.append(read_set_plan(around.root / path, shown=path))
        except InputError as error:
            faults += error.faults
            # A plan that can't be read hides nothing of its table.
            unread += filter(None, [table_of(around.root / path, shown=path)])
    for table in sorted(set(unread) - {str(read.plan.stated) for read in found}):
        faults += _table(table, around)[1]
    plans: dict[str, SetPlan] = {}
    rows: list[dict[str, Any]] = []
    notes: list[str] = []
    cited: set[str] = set()
    placer = Placer(
        {source.id: source for source in around.texts},
        {row.id: row.facts for row in around.manifest},
    )
    told = Told.of(around)
    for read in found:
        plan = read.plan
        if plan.plan in plans:
            line, twice = read.lines.at(("plan",)), f"{plan.plan!r} is the id of two plans"
            faults.append(Fault(read.shown, line, "plan", twice, "give each an id of its own"))
        plans[plan.plan] = plan
        stated, table_faults = _stated(read, around)
        faults += [*set_plan_faults(read), *table_faults, *code_faults(read, around)]
        # Of a table that can't be read nothing is said to be missing.
        if stated or not table_faults:
            # Several plans may share a table.
            sharing = [each for each in found if each.plan.stated == plan.stated]
            taken = {name for each in sharing for name in _taken(each)}
            faults += [*word_faults(read, stated, around, taken), *fact_faults(read, around)]
            faults += coder_faults(read, stated)
        of_plan, key_faults = _citations(read, stated, around.keys)
        cited |= of_plan
        faults += key_faults
        for row in stated:
            made, found_faults = placer.placed(row, plan)
            faults += found_faults
            if made is not None:
                rows.append(made)
                faults += told.faults(row, made, file=str(plan.stated))
        notes += _notes(plan, stated, placer, around)
    faults = sorted(set(faults))
    return SetsRead(plans, tuple(rows), tuple(faults), tuple(notes), frozenset(cited))


def _taken(read: PlanFile) -> set[str]:
    """The names under which a plan takes stated values."""
    names = {part.source.stated for part in read.plan.sets.values()}
    return {name for name in {*names, read.plan.scope.attribute} if name}


def _citations(
    read: PlanFile, stated: Sequence[Row], keys: Collection[str] | None
) -> tuple[set[str], list[Fault]]:
    """The citation keys of a plan and its table, and those that the bibliography lacks."""
    places = sorted(cited_at(read.plan.model_dump(by_alias=True)), key=str)
    cited = {key for row in stated for key in keys_cited(row["citation"])}
    faults: list[Fault] = []
    if keys is not None:
        faults += stated_key_faults(stated, keys, file=str(read.plan.stated))
        for place, key in places:
            if key not in keys:
                found = f"the citation @{key} is not in references.bib"
                line = read.lines.at(place)
                faults.append(Fault(read.shown, line, "", found, "add the entry or mend the key"))
    return {key for _, key in places} | cited, faults


def _stated(read: PlanFile, around: Around) -> tuple[list[Row], list[Fault]]:
    """The rows of the table that a plan names, and their faults."""
    relative = read.plan.stated
    if relative is None:
        return [], []
    line = read.lines.at(("stated",))
    if Path(relative).is_absolute() or ".." in Path(relative).parts:
        found, remedy = f"{relative!r} leaves the study's folder", "write a path inside it"
        return [], [Fault(read.shown, line, "stated", found, remedy)]
    if not (around.root / relative).is_file():
        found = f"there is no file {relative!r}"
        return [], [Fault(read.shown, line, "stated", found, "check the path")]
    return _table(relative, around)


def _table(relative: str, around: Around) -> tuple[list[Row], list[Fault]]:
    """The rows of a table inside the study's folder, and their faults."""
    path = around.root / relative
    is_inside = not Path(relative).is_absolute() and ".." not in Path(relative).parts
    if not is_inside or not path.is_file():
        return [], []
    cases = {row["id"] for row in around.cases.cases} or None
    sources = {row.id for row in around.manifest} or None
    return read_stated(path, shown=relative, cases=cases, sources=sources)


def _notes(plan: SetPlan, stated: Sequence[Row], placer: Placer, around: Around) -> Iterator[str]:
    """Cases in scope without a row; stated values whose texts are not read."""
    own = own_rows(plan, stated)
    scope = {row["case_id"]: row["value"] for row in own if row["set"] == plan.scope.attribute}
    in_scope = [
        row["id"]
        for row in around.cases.cases
        if row["kind"] in plan.scope.kinds
        and (not plan.scope.attribute or scope.get(row["id"]) in plan.scope.within)
    ]
    for name in dict.fromkeys(part.source.stated for part in plan.sets.values()):
        there = {row["case_id"] for row in own if row["set"] == name}
        lacking = [case for case in in_scope if case not in there] if name and there else []
        if lacking:
            yield (
                f"{plan.plan}: cases in scope without a row on {name} in {plan.stated} "
                f"({', '.join(lacking)}); they are taken as not stated, and nobody says why"
            )
    unread = sorted({row["source_id"] for row in stated if row["source_id"]} - set(placer.texts))
    if unread:
        yield (
            f"{plan.plan}: {len(unread)} of the sources that stated values quote are not read, so "
            f"that these values are not stated ({', '.join(unread)})"
        )
