"""What a plan of a set analysis names that the study does not have, and the other way round.

Comes in: a plan, the rows of its table, and the cases, facts, schemes and coders of the study.
Goes out: faults: words nobody maps, passages of sources that tell another case, unknown coders.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tertium.bundle import renderings, work_of
from tertium.errors import Fault
from tertium.sources.files.rows import Row
from tertium.sources.listed.cases import NOT_STATED
from tertium.sources.listed.references import cited_in
from tertium.sources.listed.set_plans import PlanFile, SetPlan
from tertium.sources.listed.stated import number_of
from tertium.yaml_text import Place

if TYPE_CHECKING:
    from tertium.study_sets import Around


def own_rows(plan: SetPlan, stated: Sequence[Row]) -> list[Row]:
    """The rows by the coder whose values a plan takes; all where it names none.

    All as well where nobody of this name states anything, which is a fault of its own: of what
    the others state nothing is missing.
    """
    own = [row for row in stated if row["coder"] == plan.coder]
    return own or list(stated)


def _where_others(plan: SetPlan, rows: Iterable[Row]) -> str:
    """Who else states what a plan's coder does not, as the end of a sentence; "" if nobody."""
    others = sorted({row["coder"] for row in rows if row["coder"]} - {plan.coder})
    if plan.coder is None or not others:
        return ""
    return f", where {' and '.join(others)} {'does' if len(others) == 1 else 'do'}"


def cited_at(said: Any, place: Place = ()) -> Iterator[tuple[Place, str]]:
    """Every citation in what a plan says, and where it stands."""
    if isinstance(said, str):
        yield from ((place, key) for key in cited_in(said))
    elif isinstance(said, Mapping):
        for name, each in said.items():
            yield from cited_at(each, (*place, str(name)))
    elif isinstance(said, list | tuple):
        for number, each in enumerate(said):
            yield from cited_at(each, (*place, number))


def coder_faults(read: PlanFile, stated: Sequence[Row]) -> Iterator[Fault]:
    """Whose values a plan takes, where that is left open or nobody of the name states any."""
    plan = read.plan
    coders = sorted({row["coder"] for row in stated if row["coder"]})
    if plan.coder is None and len(coders) > 1:
        found = f"{' and '.join(coders)} state values in {plan.stated}"
        remedy = "write below it whose values are taken: coder: " + coders[0]
        yield Fault(read.shown, read.lines.at(("stated",)), "coder", found, remedy)
    named: list[tuple[Place, str | None]] = [(("coder",), plan.coder)]
    for number, other in enumerate(plan.alternatives):
        named.append((("alternatives", number, "coder"), other.coder))
    for place, coder in named:
        if coder is not None and coders and coder not in coders:
            found = f"{coder!r} states nothing in {plan.stated}"
            remedy = f"write one of: {', '.join(coders)}"
            field = ".".join(str(each + 1) if isinstance(each, int) else each for each in place)
            yield Fault(read.shown, read.lines.at(place), field, found, remedy)
    yield from _without_scope(read, stated, coders)


def _without_scope(
    read: PlanFile, stated: Sequence[Row], coders: Collection[str]
) -> Iterator[Fault]:
    """Other readings by a coder who puts no case in scope: they can be compared with nothing."""
    scope = read.plan.scope
    in_scope = {
        row["coder"]
        for row in stated
        if row["set"] == scope.attribute and row["value"] in scope.within
    }
    # Where nobody does, it is the words of the scope that are wrong.
    for number, other in enumerate(read.plan.alternatives if in_scope else ()):
        if other.coder in coders and other.coder not in in_scope:
            line = read.lines.at(("alternatives", number, "coder"))
            found = f"{other.coder!r} puts no case in scope"
            remedy = f"add rows on {scope.attribute} to {read.plan.stated}, or take it out"
            yield Fault(read.shown, line, f"alternatives.{number + 1}.coder", found, remedy)


def fact_faults(read: PlanFile, around: Around) -> Iterator[Fault]:
    """Facts that no case of the plan's kinds has, and numbers that count different things."""
    of_kind = {row["id"] for row in around.cases.cases if row["kind"] in read.plan.scope.kinds}
    facts = [row for row in around.cases.facts if row["case_id"] in of_kind]
    for name, part in read.plan.sets.items():
        source, place = part.source, ("sets", name, "from")
        if source.fact is None:
            continue
        line, fitting = read.lines.at(place), facts
        for column, wanted in (
            ("attribute", (source.fact,)),
            ("what", source.what and (source.what,)),
            ("unit", source.unit),
        ):
            there = sorted({row[column] for row in fitting if row[column]})
            if wanted is None:
                continue
            fitting = [row for row in fitting if row[column] in wanted]
            if not fitting:
                key = "fact" if column == "attribute" else column
                found = (
                    f"no fact of a case in question has the {key} {' or '.join(map(repr, wanted))}"
                )
                remedy = f"write one of: {', '.join(there)}" if there else "there is none: add it"
                yield Fault(read.shown, line, ".".join((*place, key)), found, remedy)
                break
        units = Counter(row["unit"] for row in fitting if number_of(row["value"]) is not None)
        if part.method and source.unit is None and len(units) > 1:
            told = ", ".join(f"{unit or 'no unit'} ({n})" for unit, n in sorted(units.items()))
            found = f"its numbers have different units: {told}"
            remedy = "write under unit which one, or as a list those that count alike"
            yield Fault(read.shown, line, ".".join(place), found, remedy)


@dataclass(frozen=True)
class Told:
    """Which works tell each case, and where only a part of a text does.

    Parameters
    ----------
    works : mapping of str to set of str
        By case; empty where it is not known what tells what.
    places : mapping of (case, source) to list of (start, end)
    renders : mapping of str to str
    """

    works: Mapping[str, set[str]]
    places: Mapping[tuple[str, str], list[tuple[int, int]]]
    renders: Mapping[str, str]

    @classmethod
    def of(cls, around: Around) -> Told:
        """As the study's table of cases and sources says."""
        rows = [{**row.facts, "id": row.id} for row in around.manifest]
        renders = renderings(rows, id_column="id")
        works: dict[str, set[str]] = {}
        places: dict[tuple[str, str], list[tuple[int, int]]] = {}
        whole: set[tuple[str, str]] = set()
        for row in around.cases.links:
            key = row["case_id"], row["source_id"]
            works.setdefault(key[0], set()).add(work_of(key[1], renders))
            if row["start"].isdecimal() and row["end"].isdecimal():
                places.setdefault(key, []).append((int(row["start"]), int(row["end"])))
            else:
                whole.add(key)
        parts = {key: each for key, each in places.items() if key not in whole}
        return cls(works, parts, renders)

    def faults(self, row: Row, made: Mapping[str, Any], *, file: str) -> Iterator[Fault]:
        """A passage that shows a value of a case and stands in a source that does not tell it."""
        case, source = row["case_id"], row["source_id"]
        if not self.works or not source or not (row["quote"] or row["quote_sha256"]):
            return
        remedy = "write a citation, or link it in sources.csv"
        if work_of(source, self.renders) not in self.works.get(case, set()):
            found = f"the source {source} does not tell the case {case}"
            yield Fault(file, row.line, "source_id", found, remedy)
            return
        places, start = self.places.get((case, source)), made.get("start")
        if places and start is not None:
            end = made["end"]
            if not any(start < until and begin < end for begin, until in places):
                found = f"it stands outside the part of {source} that tells the case {case}"
                yield Fault(file, row.line, "quote", found, remedy)


def code_faults(read: PlanFile, around: Around) -> Iterator[Fault]:
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


def word_faults(
    read: PlanFile, stated: Sequence[Row], around: Around, taken: Collection[str]
) -> Iterator[Fault]:
    """Words that occur and that a plan does not map, and names that only one of the two has."""
    plan = read.plan
    own = own_rows(plan, stated)
    there = {row["set"] for row in own if row["set"]}
    for row in stated:
        if row["set"] and row["set"] not in taken:
            remedy = f"write one of: {', '.join(sorted(taken))}"
            found = f"the plan {plan.plan} takes nothing from {row['set']!r}"
            yield Fault(str(plan.stated), row.line, "set", found, remedy)
    for name, part in plan.sets.items():
        source, place = part.source, ("sets", name, "from")
        if source.stated is not None and plan.stated and source.stated not in there:
            found = f"{plan.stated} states nothing under {source.stated!r}"
            remedy = f"write one of: {', '.join(sorted(there))}" if there else "add its rows"
            others = _where_others(plan, [row for row in stated if row["set"] == source.stated])
            if others:
                found = f"{plan.coder!r} states nothing under {source.stated!r} in {plan.stated}"
                found, remedy = found + others, f"add rows by {plan.coder}"
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
    if plan.scope.attribute and plan.stated:
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
            if source.what in (None, row["what"])
            and (source.unit is None or row["unit"] in source.unit)
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
    plan, name = read.plan, read.plan.scope.attribute
    own = [row for row in own_rows(plan, stated) if row["set"] == name]
    said = {row["case_id"] for row in own}
    # Every coder's words: each may be asked for.
    first: dict[str, int] = {}
    for row in stated:
        if row["set"] == name and row["value"] not in ("", NOT_STATED):
            first.setdefault(row["value"], row.line)
    line = read.lines.at(("scope", "in"))
    for word in plan.scope.within:
        if first and word not in first:
            found = f"no case has the word {word!r}"
            remedy = f"write one of: {', '.join(sorted(first))}"
            yield Fault(read.shown, line, "scope.in", found, remedy)
    words = [*plan.scope.within, *plan.scope.out]
    for word, row_line in first.items():
        if word not in words:
            found = f"{word!r} is neither in nor out of the scope of the plan {plan.plan}"
            remedy = f"write one of: {', '.join(words)}; or name it under scope.out"
            yield Fault(str(plan.stated), row_line, "value", found, remedy)
    for row in around.cases.cases:
        if row["kind"] in plan.scope.kinds and row["id"] not in said:
            found = f"nothing is stated of the {name} of case {row['id']!r}"
            of_case = [each for each in stated if each["case_id"] == row["id"]]
            others = _where_others(plan, [each for each in of_case if each["set"] == name])
            if others:
                found = f"{plan.coder!r} states nothing of the {name} of case {row['id']!r}{others}"
            remedy = f"add a row; {NOT_STATED} with a reason where nobody can tell"
            yield Fault(str(plan.stated), 0, "set", found, remedy)
