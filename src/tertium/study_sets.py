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
from tertium.sources.listed.cases import NOT_STATED, Cases
from tertium.sources.listed.references import basis_keys, cited_in
from tertium.sources.listed.set_plan_faults import set_plan_faults
from tertium.sources.listed.set_plans import PlanFile, SetPlan, read_set_plan
from tertium.sources.listed.stated import number_of, read_stated, stated_key_faults
from tertium.sources.manifest import ManifestRow
from tertium.sources.source import Source


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
    for path in paths:
        try:
            found.append(read_set_plan(around.root / path, shown=path))
        except InputError as error:
            faults += error.faults
    plans: dict[str, SetPlan] = {}
    rows: list[dict[str, Any]] = []
    notes: list[str] = []
    cited: set[str] = set()
    texts = {source.id: source for source in around.texts}
    placer = Placer(texts, {row.id: row.facts for row in around.manifest})
    for read in found:
        plan = read.plan
        if plan.plan in plans:
            line, twice = read.lines.at(("plan",)), f"{plan.plan!r} is the id of two plans"
            faults.append(Fault(read.shown, line, "plan", twice, "give each an id of its own"))
        plans[plan.plan] = plan
        stated, table_faults = _stated(read, around)
        # Several plans may share a table.
        taken = {name for each in found if each.plan.stated == plan.stated for name in _taken(each)}
        faults += [*set_plan_faults(read), *table_faults, *_code_faults(read, around)]
        faults += _word_faults(read, stated, around, taken)
        of_plan, key_faults = _citations(read, stated, around.keys)
        cited |= of_plan
        faults += key_faults
        for row in stated:
            made, found_faults = placer.placed(row, plan)
            faults += found_faults
            rows += [made] if made is not None else []
        notes += _notes(plan, stated, placer)
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
    of_plan = set(cited_in(read.plan.model_dump_json()))
    cited = {key for row in stated for key in basis_keys(row["citation"])}
    faults: list[Fault] = []
    if keys is not None:
        faults += stated_key_faults(stated, keys, file=str(read.plan.stated))
        for key in sorted(of_plan - set(keys)):
            found = f"the citation @{key} is not in references.bib"
            faults.append(Fault(read.shown, 0, "", found, "add the entry or mend the key"))
    return of_plan | cited, faults


def _stated(read: PlanFile, around: Around) -> tuple[list[Row], list[Fault]]:
    """The rows of the table that a plan names, and their faults."""
    relative = read.plan.stated
    if relative is None:
        return [], []
    line = read.lines.at(("stated",))
    if Path(relative).is_absolute() or ".." in Path(relative).parts:
        found, remedy = f"{relative!r} leaves the study's folder", "write a path inside it"
        return [], [Fault(read.shown, line, "stated", found, remedy)]
    path = around.root / relative
    if not path.is_file():
        found = f"there is no file {relative!r}"
        return [], [Fault(read.shown, line, "stated", found, "check the path")]
    cases = {row["id"] for row in around.cases.cases} or None
    sources = {row.id for row in around.manifest} or None
    return read_stated(path, shown=relative, cases=cases, sources=sources)


def _code_faults(read: PlanFile, around: Around) -> Iterator[Fault]:
    """Codes and coders of a plan that the study does not have."""
    known = {scheme.name: scheme.code_ids for scheme in around.schemes or ()}
    for name, part in read.plan.sets.items():
        place = ("sets", name, "from")
        line, shown = read.lines.at(place), ".".join(place)
        coder = part.source.coder
        if coder is not None and coder not in around.coders:
            found = f"{coder!r} is no coder of the study"
            remedy = f"write one of: {', '.join(around.coders)}; or null: who decides"
            yield Fault(read.shown, line, f"{shown}.coder", found, remedy)
        for each in part.source.codings or ():
            scheme, _, code = each.partition(":")
            if not scheme or not code:
                found, remedy = f"{each!r} names no code", "write scheme:code"
            elif around.schemes is None:
                continue
            elif scheme not in known:
                found = f"the study has no scheme {scheme!r}"
                remedy = f"write one of: {', '.join(known)}"
            elif code not in known[scheme]:
                found = f"scheme {scheme} has no code {code!r}"
                remedy = f"write one of: {', '.join(known[scheme])}"
            else:
                continue
            yield Fault(read.shown, line, f"{shown}.codings", found, remedy)


def _word_faults(
    read: PlanFile, stated: Sequence[Row], around: Around, taken: Collection[str]
) -> Iterator[Fault]:
    """Words that occur and that a plan does not map, and names that only one of the two has."""
    plan = read.plan
    there = {row["set"] for row in stated}
    for row in stated:
        if row["set"] and row["set"] not in taken:
            remedy = f"write one of: {', '.join(sorted(taken))}"
            found = f"the plan {plan.plan} takes nothing from {row['set']!r}"
            yield Fault(str(plan.stated), row.line, "set", found, remedy)
    for name, part in plan.sets.items():
        source, place = part.source, ("sets", name, "from")
        if source.stated is not None and stated and source.stated not in there:
            found = f"{plan.stated} states nothing under {source.stated!r}"
            remedy = f"write one of: {', '.join(sorted(there))}"
            yield Fault(read.shown, read.lines.at(place), ".".join(place), found, remedy)
        if part.values:
            yield from _unmapped(read, name, stated, around)
        elif part.method and source.stated is not None:
            for row in stated:
                word = row["value"]
                if row["set"] == source.stated and word != NOT_STATED and number_of(word) is None:
                    found = f"{word!r} is no number, and {name} is calibrated from numbers"
                    remedy = f"write digits such as 1200, or {NOT_STATED}"
                    yield Fault(str(plan.stated), row.line, "value", found, remedy)
    if plan.scope.attribute and stated:
        yield from _scope_faults(read, stated, around)


def _unmapped(read: PlanFile, name: str, stated: Sequence[Row], around: Around) -> Iterator[Fault]:
    part, source = read.plan.sets[name], read.plan.sets[name].source
    of_kind = {row["id"] for row in around.cases.cases if row["kind"] in read.plan.scope.kinds}
    words: dict[str, str] = {}
    if source.stated is not None:
        words = {
            row["value"]: f"{read.plan.stated}, line {row.line}"
            for row in reversed(stated)
            if row["set"] == source.stated
        }
    elif source.fact is not None:
        words = {
            row["value"]: f"facts.csv, line {row.line}"
            for row in reversed(around.cases.facts)
            if row["attribute"] == source.fact and row["case_id"] in of_kind
            if source.what in (None, row["what"]) and source.unit in (None, row["unit"])
        }
    elif source.case is not None:
        words = {
            row[source.case]: f"cases.csv, line {row.line}"
            for row in reversed(around.cases.cases)
            if row["id"] in of_kind
        }
    for word, where in sorted(words.items()):
        if word and word not in part.values and word != NOT_STATED:
            place = ("sets", name, "values")
            found = f"it does not say what {word!r} is, which occurs ({where})"
            remedy = "add the word with its membership and reason"
            yield Fault(read.shown, read.lines.at(place), ".".join(place), found, remedy)


def _scope_faults(read: PlanFile, stated: Sequence[Row], around: Around) -> Iterator[Fault]:
    """Cases of the plan's kinds of which nobody says whether they are in scope."""
    plan = read.plan
    said = {row["case_id"] for row in stated if row["set"] == plan.scope.attribute}
    occurring = {row["value"] for row in stated if row["set"] == plan.scope.attribute}
    line = read.lines.at(("scope", "in"))
    for word in plan.scope.within:
        if occurring and word not in occurring:
            found = f"no case has the word {word!r}"
            remedy = f"write one of: {', '.join(sorted(occurring))}"
            yield Fault(read.shown, line, "scope.in", found, remedy)
    for row in around.cases.cases:
        if row["kind"] in plan.scope.kinds and row["id"] not in said:
            found = f"nothing is stated of the {plan.scope.attribute} of case {row['id']!r}"
            remedy = f"add a row; {NOT_STATED} with a reason where nobody can tell"
            yield Fault(str(plan.stated), 0, "set", found, remedy)


def _notes(plan: SetPlan, stated: Sequence[Row], placer: Placer) -> Iterator[str]:
    """Stated values whose texts are not read, so that nothing of them is shown."""
    unread = sorted({row["source_id"] for row in stated if row["source_id"]} - set(placer.texts))
    if unread:
        yield (
            f"{plan.plan}: {len(unread)} of the sources that stated values quote are not read, so "
            f"that these values are not stated ({', '.join(unread)})"
        )
