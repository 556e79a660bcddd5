"""Whether a plan of a set analysis holds together in itself.

Comes in: a plan as it was read, with the lines of its parts.
Goes out: its faults: sets that are not there, anchors out of order, reasons that are missing.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tertium.errors import Fault, UnknownNameError
from tertium.sources.listed.cases import NOT_STATED
from tertium.sources.listed.set_plans import MOST, PlanFile, SetPart, SetPlan, literal_parts
from tertium.yaml_text import Place

ORDERED = ("out", "crossover", "into")
# Out, then in, then out again: the middle of a scale is what counts.
BELL = ("out_below", "crossover_below", "into_below", "into_above", "crossover_above", "out_above")
_COUNTS = ("passages", "sources", "share_of_sources")


def set_plan_faults(read: PlanFile) -> Iterator[Fault]:
    """Every fault of a plan that can be told from the plan alone."""
    for place, found, remedy in [*_chosen(read.plan), *_parts(read.plan)]:
        # Readers count from 1, and the places of a file from 0.
        field = ".".join(str(each + 1) if isinstance(each, int) else each for each in place)
        yield Fault(read.shown, read.lines.at(place), field, found, remedy)


def anchor_trouble(method: str, anchors: Mapping[str, float]) -> tuple[str, str] | None:
    """What is wrong with the anchors of a method, and what would be right; None: nothing.

    Examples
    --------
    >>> anchor_trouble("direct", {"out": 5, "crossover": 3, "into": 9})[0]
    'the anchors out 5, crossover 3, into 9 neither rise nor fall'
    """
    names, numbers = tuple(anchors), list(anchors.values())
    if method == "ranked":
        return ("ranked has no anchors", "take them out") if anchors else None
    if method in ("direct", "linear"):
        is_bell = method == "linear" and len(names) > len(ORDERED)
        wanted = BELL if is_bell else ORDERED
        if set(names) != set(wanted):
            remedy = f"write {', '.join(ORDERED)}"
            if method == "linear":
                remedy += f"; or, for a set of what is in the middle, {', '.join(BELL)}"
            return f"the anchors are {', '.join(names) or 'none'}", remedy
        numbers = [anchors[name] for name in wanted]
        names = wanted
    elif not anchors:
        return f"{method} has no anchors", "name each cut and write from which number on it counts"
    if method == "crisp" and len(names) > 1:
        return "crisp has more than one anchor", "keep one, or write multi_value"
    said = ", ".join(f"{name} {anchors[name]:g}" for name in names)
    rises = all(one < two for one, two in itertools.pairwise(numbers))
    falls = all(one > two for one, two in itertools.pairwise(numbers))
    if method in ("direct", "linear"):
        if not rises and not (falls and len(numbers) == len(ORDERED)):
            word = "neither rise nor fall" if len(numbers) == len(ORDERED) else "do not rise"
            return f"the anchors {said} {word}", "put them in order, no two the same"
    elif not rises:
        return f"the anchors {said} do not rise", "put them in order, no two the same"
    return None


Trouble = tuple[Place, str, str]


def _one_of(names: Sequence[str]) -> str:
    return f"write one of: {', '.join(names)}"


def _chosen(plan: SetPlan) -> Iterator[Trouble]:
    """What is wrong with scope, outcome, conditions, overlaps, expectations, alternatives."""
    known = list(plan.sets)
    if bool(plan.scope.attribute) != bool(plan.scope.within):
        remedy = "write both, or neither: attribute names what is stated, in its words"
        yield ("scope",), "attribute and in belong together", remedy
    if plan.scope.out and not plan.scope.attribute:
        yield ("scope", "out"), "out is of what is stated", "write attribute and in, or take it out"
    for where, said in (("in", plan.scope.within), ("out", plan.scope.out)):
        if NOT_STATED in said:
            found = f"{NOT_STATED} is no word of a scope: such a case is out"
            yield ("scope", where), found, "take it out"
    for word in plan.scope.within:
        if word in plan.scope.out:
            yield (
                ("scope", "out"),
                f"{word!r} is in scope and out of it",
                "keep it in one of the two",
            )
    if plan.coder and not plan.stated:
        yield ("coder",), "the plan names no table of stated values", "take coder out"
    if plan.scope.attribute and not plan.stated:
        remedy = "name the table of stated values under stated, or take attribute out"
        yield ("scope", "attribute"), "the plan names no table of stated values", remedy
    outcome, value = "", None
    try:
        outcome, value, _ = literal_parts(plan.outcome)
    except UnknownNameError as error:
        yield ("outcome",), f"{plan.outcome!r} names no set", str(error).partition("; ")[2]
    else:
        if outcome not in plan.sets:
            yield ("outcome",), f"there is no set {outcome!r}", _one_of(known)
        elif value is not None and value >= plan.sets[outcome].levels:
            highest = plan.sets[outcome].levels - 1
            yield ("outcome",), f"{outcome} has no value {value}", f"write 0 to {highest}"
        elif trouble := many_valued(plan.sets[outcome], outcome, value):
            yield ("outcome",), *trouble
    place: Place
    for number, name in enumerate(plan.conditions):
        place = ("conditions", number)
        if name not in plan.sets:
            yield place, f"there is no set {name!r}", _one_of(known)
        if name == outcome:
            yield place, f"{name!r} is the outcome", "a condition is another set: take it out"
        if name in plan.conditions[:number]:
            yield place, f"{name!r} stands twice", "keep one"
    for number, part in enumerate(plan.overlaps):
        for name in sorted({each for each in part.sets if part.sets.count(each) > 1}):
            yield ("overlaps", number, "sets"), f"{name!r} stands twice", "name two sets or more"
        for name in dict.fromkeys(part.sets):
            if name not in plan.sets:
                place = ("overlaps", number, "sets")
                yield place, f"there is no set {name!r}", _one_of(known)
    asked = (*plan.conditions, outcome)
    together = plan.overlap(asked)
    if together is not None:
        both = " and ".join(dict.fromkeys(name for name in together.sets if name in asked))
        remedy = "keep one of them among the conditions"
        if outcome in together.sets:
            remedy = f"{outcome} is the outcome: take what overlaps it out of the conditions"
        yield ("conditions",), f"{both} overlap by definition ({together.why})", remedy
    yield from _expected(plan, outcome)
    for number, other in enumerate(plan.alternatives):
        if other.name in [each.name for each in plan.alternatives[:number]]:
            yield ("alternatives", number, "name"), f"{other.name!r} stands twice", "rename one"
        if not other.anchors and other.coder is None:
            found = "it changes nothing"
            yield ("alternatives", number), found, "write anchors, or the coder of another reading"
        if other.coder is not None and other.coder == plan.coder:
            place = ("alternatives", number, "coder")
            yield place, f"{other.coder!r} is the plan's coder", "name another"
        if other.coder and not plan.stated:
            place = ("alternatives", number, "coder")
            yield place, "the plan names no table of stated values", "take coder out"
        for name, changes in other.anchors.items():
            place = ("alternatives", number, "anchors", name)
            if name not in plan.sets:
                yield place, f"there is no set {name!r}", _one_of(known)
                continue
            try:
                made = recalibrated(plan.sets[name], changes, name=name)
            except UnknownNameError as error:
                yield place, str(error), "mend it"
                continue
            if name == outcome and (trouble := many_valued(made, name, value)):
                yield place, f"with it, {trouble[0]}", "write values of 0 and 1 alone"


def _expected(plan: SetPlan, outcome: str) -> Iterator[Trouble]:
    for name, part in plan.expectations.items():
        place = ("expectations", name)
        if name not in plan.sets:
            yield place, f"there is no set {name!r}", _one_of(list(plan.sets))
        elif name == outcome:
            yield place, f"{name!r} is the outcome", "expectations are of conditions"
        else:
            levels = plan.sets[name].levels
            for value in part.values:
                if not 0 <= value < levels:
                    yield place, f"{name} has no value {value}", f"write 0 to {levels - 1}"
            if len(part.values) >= levels:
                yield place, "every value is expected, which says nothing", "take it out"


def _parts(plan: SetPlan) -> Iterator[Trouble]:
    """What is wrong with the calibration of each set."""
    for name, part in plan.sets.items():
        for place, found, remedy in _part(plan, part):
            yield ("sets", name, *place), found, remedy


def _part(plan: SetPlan, part: SetPart) -> Iterator[Trouble]:
    source = part.source
    given = [
        name for name in ("stated", "codings", "fact", "case") if getattr(source, name) is not None
    ]
    if len(given) != 1:
        found = f"it names {' and '.join(given) or 'nothing'}"
        yield ("from",), found, "write exactly one of stated, codings, fact, case"
        return
    if source.kind == "stated" and not plan.stated:
        remedy = "name the table of stated values under stated, at the plan's beginning"
        yield ("from", "stated"), "the plan names no table of stated values", remedy
    if source.kind != "fact" and (source.what or source.unit or source.take != "one"):
        yield ("from",), "what, unit and take are of facts", "take them out"
    if source.kind != "codings":
        if source.coder is not None:
            yield ("from", "coder"), "a coder is of codings", "take it out"
        if part.measure != "any":
            yield ("measure",), "a measure is of codings", "take it out"
    if NOT_STATED in part.values:
        found = f"{NOT_STATED} is no word of a set: such a case has no value"
        yield ("values",), found, "take it out; state a word where one is meant"
    if "idm" in part.model_fields_set and part.method != "direct":
        yield ("idm",), "idm is of direct", "take it out"
    yield from _coded_or_mapped(part)
    yield from _reasons(part)


def _coded_or_mapped(part: SetPart) -> Iterator[Trouble]:
    if part.source.kind == "codings" and not part.source.codings:
        yield ("from", "codings"), "it names no code", "write scheme:code"
    if part.source.kind == "codings" and part.measure == "any":
        if part.values or part.method:
            remedy = f"take values and method out, or count: measure {', '.join(_COUNTS)}"
            yield (), "any of the codes is 1 and none is 0; there is nothing to calibrate", remedy
        return
    if bool(part.values) == bool(part.method):
        remedy = "map words under values, or calibrate numbers by a method: one of the two"
        both = "values and a method" if part.values else "neither values nor a method"
        yield (), f"it has {both}", remedy
        return
    if part.source.kind == "codings" and part.values:
        yield ("values",), "a count is no word", "calibrate it by a method"
    if part.source.kind == "case" and part.method:
        yield ("method",), f"{part.source.case} is no number", "map its words under values"
    if part.method:
        trouble = anchor_trouble(part.method, part.anchors)
        if trouble:
            yield ("anchors",), *trouble
    elif part.anchors:
        yield ("anchors",), "anchors without a method", "name the method, or take them out"
    if trouble := value_trouble(part.values):
        yield ("values",), *trouble


def _reasons(part: SetPart) -> Iterator[Trouble]:
    if isinstance(part.why, str):
        return
    wanted = part.values or part.anchors
    for name in wanted:
        if name not in part.why:
            found = f"no reason is given for {name!r}"
            yield ("why",), found, "write why, or one sentence for all"
    for name in part.why:
        if name not in wanted:
            found = f"a reason is given for {name!r}, which is none of {', '.join(wanted) or '-'}"
            yield ("why", name), found, "mend the name, or write one sentence for all"


def many_valued(part: SetPart, name: str, value: int | None) -> tuple[str, str] | None:
    """What is wrong with a set as an outcome, where it has several values and none is named."""
    if value is not None or part.levels < 3:
        return None
    return f"{name} has the values 0 to {part.levels - 1}", f"say which is the outcome: {name}[1]"


def value_trouble(values: Mapping[str, float]) -> tuple[str, str] | None:
    """What is wrong with the values of words, and what would be right; None: nothing.

    Examples
    --------
    >>> value_trouble({"town": 2010, "village": 0})[0]
    'the value 2010 is above 20'
    >>> value_trouble({"city": 3, "town": 1, "village": 0})[0]
    'the values 0, 1, 3 leave 2 without a word'
    """
    highest = max(values.values(), default=0.0)
    if not all(0 <= value < float("inf") for value in values.values()):
        return "a value is no membership", "write 0 to 1, or whole numbers"
    if highest > MOST:
        return f"the value {highest:g} is above {MOST}", "count values from 0: 0, 1, 2"
    if highest <= 1:
        return None
    if not all(float(value).is_integer() for value in values.values()):
        found = "values of a fuzzy set above 1, or parts of a value of a multi-value set"
        return found, "write 0 to 1, or whole numbers"
    there = {int(value) for value in values.values()}
    gaps = [str(each) for each in range(int(highest)) if each not in there]
    if gaps:
        told = ", ".join(str(each) for each in sorted(there))
        lacking = " and ".join(gaps) if len(gaps) < 3 else f"{gaps[0]} to {gaps[-1]}"
        return f"the values {told} leave {lacking} without a word", "count values from 0: 0, 1, 2"
    return None


def recalibrated(part: SetPart, changes: Any, *, name: str) -> SetPart:
    """A set with some of its anchors, or of the values of its words, changed.

    Raises
    ------
    UnknownNameError
        The set has no such anchor or word, the number is no membership, or the anchors are out
        of order.
    """
    if not isinstance(changes, Mapping):
        raise UnknownNameError(
            f"the set {name}: {changes!r} names no anchor; write {{{name!r}: {{'anchor': number}}}}"
        )
    there = part.values or part.anchors
    strange = [each for each in changes if each not in there]
    if strange:
        raise UnknownNameError(
            f"the set {name} has no anchor or word {strange[0]!r}; it has "
            f"{', '.join(there) or 'none'}"
        )
    for each, number in changes.items():
        if isinstance(number, bool) or not isinstance(number, int | float):
            raise UnknownNameError(f"the set {name}: {number!r} is no number; write {each!r}: 1")
        if not math.isfinite(number):
            raise UnknownNameError(f"the set {name}: {number} is no number of {each!r}")
    numbers = {each: float(number) for each, number in changes.items()}
    if part.values:
        values = {**part.values, **numbers}
        if trouble := value_trouble(values):
            raise UnknownNameError(
                f"the values of {name} would be {', '.join(f'{v:g}' for v in values.values())}: "
                f"{trouble[0]}; {trouble[1]}"
            )
        return part.model_copy(update={"values": values})
    anchors = {**part.anchors, **numbers}
    trouble = anchor_trouble(str(part.method), anchors)
    if trouble:
        raise UnknownNameError(f"the set {name}: {trouble[0]}; {trouble[1]}")
    return part.model_copy(update={"anchors": anchors})
