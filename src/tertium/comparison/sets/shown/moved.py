"""How far each cut-off and each anchor can be moved, as a list.

Comes in: an `Analysis`, and how far one step is.
Goes out: a list with one row a cut-off or anchor; behind an anchor stand the passages of its set.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tertium.comparison.result import Result, support_table
from tertium.comparison.sets.calibrated.grades import membership
from tertium.comparison.sets.memberships import Memberships
from tertium.comparison.sets.robustness.ranges import Range
from tertium.comparison.sets.robustness.sensitivity import (
    Anchor,
    Anchors,
    Choices,
    Models,
    models_of,
    ranges,
)
from tertium.comparison.sets.shown.analysis import Analysis, analysis
from tertium.comparison.sets.shown.asked import FOUND_BY_SEARCH
from tertium.comparison.sets.shown.compared import Chosen
from tertium.comparison.sets.shown.numbers import as_list
from tertium.comparison.sets.shown.said import common_note
from tertium.comparison.sets.solutions.outcome import outcome_set
from tertium.comparison.sets.solutions.truth import truth_rows
from tertium.errors import UnknownNameError
from tertium.sources.listed.set_plan_faults import recalibrated

STEPS: Mapping[str, float] = {"consistency": 0.01, "pri": 0.01, "cases": 1}
# An anchor is moved by this share of the way between the outermost anchors of its set.
_SHARE = 0.05
_WORDS = {
    "consistency": "consistency that a combination needs",
    "pri": "PRI that a combination needs",
    "cases": "cases that a combination needs",
}
_COLUMNS: dict[str, Any] = {
    "moved": object,
    "chosen": "Float64",
    "lowest": "Float64",
    "highest": "Float64",
    "below": object,
    "above": object,
    "parameter": object,
}


def moved_list(
    made: Analysis, chosen: Chosen, *, steps: Mapping[str, float] | None, runs: int
) -> Result:
    """Each cut-off and anchor with the lowest and highest value that keep the solution."""
    anchors = _anchors(made, steps or {})
    cut_offs = {**STEPS, **{name: each for name, each in (steps or {}).items() if name in STEPS}}
    choices = Choices(
        chosen.outcome or made.asked.outcome,
        made.asked.conditions,
        consistency=chosen.consistency,
        pri=chosen.pri,
        cases=chosen.cases,
        solution=chosen.solution,
    )
    found = ranges(
        lambda changes: _memberships(made, changes),
        choices,
        steps=cut_offs,
        runs=runs,
        anchors=anchors,
        models=lambda other, sets: _models(made, chosen, other, sets),
    )
    of_set = [""] * len(cut_offs) + [each.set for each in anchors]
    rows = [_row(made, each, name) for each, name in zip(found, of_set, strict=True)]
    frame, shown = as_list(rows, _COLUMNS, [_shown(each, runs) for each in found])
    support = [
        each
        for number, name in enumerate(of_set, start=1)
        if name
        for each in made.asked.evidence(number, made.asked.cases, (name,))
    ]
    return Result(
        frame,
        title=f"How far choices can be moved before the formulas of {made.asked.outcome} change",
        note=_note(made, chosen, cut_offs, runs),
        support=support_table(support),
        shown=shown,
        hidden=("parameter",),
    )


def _anchors(made: Analysis, steps: Mapping[str, float]) -> list[Anchor]:
    """The anchors of all sets that are calibrated from numbers, and how far each is moved."""
    asked = made.asked
    found = []
    for name in (*asked.conditions, asked.outcome_set):
        part = asked.calibrated.plan.sets[name]
        if not part.method:
            continue
        sizes = sorted(part.anchors.values())
        whole = sizes[-1] - sizes[0] if len(sizes) > 1 else abs(sizes[0]) if sizes else 0
        step = steps.get(name, float(f"{whole * _SHARE:.2g}") or 1.0)
        for anchor, at in part.anchors.items():
            above = max((each for each in sizes if each < at), default=-math.inf)
            below = min((each for each in sizes if each > at), default=math.inf)
            found.append(Anchor(name, anchor, at, step, above, below))
    known = {*STEPS, *(each.set for each in found)}
    if strange := sorted(set(steps) - known):
        raise UnknownNameError(
            f"steps: {strange[0]!r} can't be moved; there are {', '.join(sorted(known))}"
        )
    return found


def _memberships(made: Analysis, changes: Anchors) -> Memberships:
    """The memberships with some anchors elsewhere; what is known of the cases stays."""
    calibrated = made.asked.calibrated
    if not changes:
        return calibrated.memberships
    sets = calibrated.memberships
    columns = {}
    for name, anchors in changes.items():
        part = recalibrated(calibrated.plan.set(name), anchors, name=name)
        known = {case: calibrated.held[case, name] for case in sets.cases}
        columns[name] = membership(part, name, known)
    return Memberships.of(sets.frame.assign(**columns), levels=sets.levels, fuzzy=sets.fuzzy)


def _models(made: Analysis, chosen: Chosen, choices: Choices, sets: Memberships) -> Models:
    """The models as `minimise` finds them; none where there is nothing to explain."""
    whole, _ = sets.complete([*choices.conditions, outcome_set(choices.outcome)])
    truth = truth_rows(
        whole,
        choices.outcome,
        choices.conditions,
        consistency=choices.consistency,
        pri=choices.pri,
        cases=choices.cases,
        in_between="leave_out",
    )
    if len(truth.of("1")) in (0, len(truth.rows)):
        return models_of(None)
    other = analysis(
        replace(made.asked, memberships=whole),
        truth,
        expectations=chosen.expectations,
        exclude=chosen.exclude,
        necessary=(),
    )
    return models_of(other.solutions[choices.solution])


def _row(made: Analysis, found: Range, of_set: str) -> dict[str, Any]:
    told = _WORDS.get(found.parameter, found.parameter)
    if of_set:
        anchor = found.parameter.removeprefix(f"{of_set} ")
        told = f"{made.asked.words.labels.get(of_set, of_set)}: {anchor}"
    return {
        "moved": told,
        "chosen": found.at,
        "lowest": found.lower,
        "highest": found.upper,
        "below": _end(found.below),
        "above": _end(found.above),
        "parameter": found.parameter,
    }


def _end(end: str) -> str:
    return {
        "changes": "another solution",
        "edge": "no further value is possible",
        "not_found": "the same solution as far as was tried",
    }[end]


def _shown(found: Range, runs: int) -> dict[str, str]:
    return {
        **({} if found.reached_lower else {"lowest": f"not found in {runs} steps"}),
        **({} if found.reached_upper else {"highest": f"not found in {runs} steps"}),
    }


def _note(made: Analysis, chosen: Chosen, steps: Mapping[str, float], runs: int) -> str:
    told = ", ".join(f"{_WORDS[name].split(' ')[0]} {steps[name]:g}" for name in STEPS)
    return (
        f"{common_note(made)} Between the lowest and the highest value the {chosen.solution} "
        "solution has the same formulas; beside it stands what comes one step further. Each choice "
        "is moved alone, all others stay as they were, and only whole steps were tried: "
        f"{told}, {runs} each way; an anchor by a twentieth of the way between the outermost "
        "anchors of its set, unless another step was asked for. A bound that is the value chosen "
        "means that one step away there is another solution. A case that comes to stand at exactly "
        f"0.5 while an anchor is moved is in no combination there. {FOUND_BY_SEARCH}"
    )
