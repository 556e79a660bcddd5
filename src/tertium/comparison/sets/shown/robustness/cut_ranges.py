"""How far each cut-off and each anchor can be moved, as a list.

Comes in: an `Analysis`, and how far one step is.
Goes out: a list with one row a cut-off or anchor; behind an anchor stand the passages of its set.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from tertium.comparison.result import Result, support_table
from tertium.comparison.sets.calibrated.grades import membership
from tertium.comparison.sets.memberships import Memberships
from tertium.comparison.sets.robustness.ranges import Range, exact
from tertium.comparison.sets.robustness.sensitivity import (
    Anchor,
    Anchors,
    Choices,
    Models,
    models_of,
    ranges,
)
from tertium.comparison.sets.shown.analysis import Analysis, analysis
from tertium.comparison.sets.shown.notes import common_note
from tertium.comparison.sets.shown.numbers import as_list, said
from tertium.comparison.sets.shown.question import FOUND_BY_SEARCH
from tertium.comparison.sets.shown.robustness.variants import (
    Chosen,
    no_longer_empty,
    still_empty,
)
from tertium.comparison.sets.shown.rows import absence_of, cut_offs
from tertium.comparison.sets.shown.words import counted, rows_in_words
from tertium.comparison.sets.solutions.outcome import outcome_set
from tertium.comparison.sets.solutions.truth import truth_rows
from tertium.errors import UnknownNameError
from tertium.sources.listed.set_plan_faults import recalibrated

# Consistency and PRI need no steps: only the shares that rows have can matter.
EXACT = ("consistency", "pri")
# An anchor is moved by this share of the way to the neighbouring anchor.
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
    steps = steps or {}
    anchors = _anchors(made, steps)
    choices = Choices(
        made.asked.outcome,
        made.asked.conditions,
        consistency=chosen.consistency,
        pri=chosen.pri,
        cases=chosen.cases,
        solution=chosen.solution,
    )
    in_rows: list[tuple[int, ...]] = []
    by_steps = ranges(
        lambda changes: _memberships(made, changes),
        choices,
        steps={"cases": steps.get("cases", 1)},
        runs=runs,
        anchors=anchors,
        models=lambda other, sets: _models(made, chosen, other, sets, in_rows),
    )
    not_barred = _not_barred(in_rows)
    found = [*(_exact(made, chosen, choices, name) for name in EXACT), *by_steps]
    of_set = [""] * (len(found) - len(anchors)) + [each.set for each in anchors]
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
        note=_note(made, chosen, f"{_how(anchors, steps, runs)}{not_barred}"),
        brief_note=(
            f"{made.asked.briefly()} {cut_offs(made.truth)} Between the lowest and the highest "
            f"value the {chosen.solution} solution has the same formulas. "
            f"{_how(anchors, steps, runs)}{not_barred}"
        ),
        support=support_table(support),
        basis=made.asked.basis,
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
        for anchor, at in part.anchors.items():
            above = max((each for each in sizes if each < at), default=-math.inf)
            below = min((each for each in sizes if each > at), default=math.inf)
            down, up = _steps(at, above, below)
            found.append(
                Anchor(
                    name,
                    anchor,
                    at,
                    steps.get(name, down),
                    above,
                    below,
                    steps.get(name, up),
                )
            )
    if given := [name for name in EXACT if name in steps]:
        raise UnknownNameError(
            f"steps: {given[0]} needs none; its range ends exactly where a combination's share is"
        )
    known = {"cases", *(each.set for each in found)}
    if strange := sorted(set(steps) - known):
        raise UnknownNameError(
            f"steps: {strange[0]!r} can't be moved; there are {', '.join(sorted(known))}"
        )
    return found


def _steps(at: float, above: float, below: float) -> tuple[float, float]:
    """How far an anchor is moved down and up at once, in two digits.

    Outwards of the last anchor there is no neighbour: there it goes as far as inwards, and where
    there is one anchor only, by a share of itself.
    """
    ways = [abs(at - each) for each in (above, below) if math.isfinite(each)] or [abs(at)]
    down, up = (abs(at - each) if math.isfinite(each) else min(ways) for each in (above, below))
    shorter, longer = (float(f"{each * _SHARE:.2g}") or 1.0 for each in (down, up))
    return shorter, longer


def _exact(made: Analysis, chosen: Chosen, choices: Choices, name: str) -> Range:
    """The range of a cut-off of shares, from the rows of the outcome and of its absence."""
    sets = made.asked.memberships
    first = _models(made, chosen, choices, sets)
    tables = (made.truth, absence_of(made.asked, made.truth))

    def stays(value: float) -> bool:
        return _models(made, chosen, replace(choices, **{name: value}), sets) == first  # type: ignore[arg-type]

    return exact(
        name,
        getattr(choices, name),
        stays,
        shares=[getattr(row, name) for table in tables for row in table.rows],
        least=(chosen.contradiction or 0.0) if name == "consistency" else 0.0,
        asks_nothing_at_zero=name == "pri",
    )


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


def _models(
    made: Analysis,
    chosen: Chosen,
    choices: Choices,
    sets: Memberships,
    in_rows: list[tuple[int, ...]] | None = None,
) -> Models:
    """The models as `minimise` finds them; none where there is nothing to explain.

    To `in_rows` come the rows said to be impossible in which cases stand in this run.
    """
    whole, _ = sets.complete([*choices.conditions, outcome_set(choices.outcome)])
    truth = truth_rows(
        whole,
        choices.outcome,
        choices.conditions,
        consistency=choices.consistency,
        pri=choices.pri,
        cases=choices.cases,
        contradiction=chosen.contradiction,
        in_between="leave_out",
    )
    if in_rows is not None:
        in_rows.append(no_longer_empty(chosen.exclude, truth))
    if not truth.is_open:
        return models_of(None)
    other = analysis(
        replace(made.asked, memberships=whole),
        truth,
        expectations=chosen.expectations,
        exclude=still_empty(chosen.exclude, truth),
        necessary=chosen.necessary,
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
    told = {}
    if found.is_open and found.lower is not None:
        told["lowest"] = f"above {said(found.lower)}"
    elif found.parameter in EXACT:
        told["lowest"] = said(found.lower)
    if found.parameter in EXACT:
        told["highest"] = said(found.upper)
    if not found.reached_lower:
        told["lowest"] = f"not found in {runs} steps"
    if not found.reached_upper:
        told["highest"] = f"not found in {runs} steps"
    return told


def _how(anchors: Sequence[Anchor], steps: Mapping[str, float], runs: int) -> str:
    """By which steps choices are moved, and what is not moved."""
    by = f"{steps.get('cases', 1):g}"
    told = (
        "Each choice is moved alone, all others stay as they were. The ranges of consistency and "
        "PRI are exact: they end at shares that combinations of these cases have. "
    )
    if not anchors:
        return (
            f"{told}Cases are moved by {by}, {runs} steps each way. No set asked for here is made "
            "from numbers, so no anchor was moved; who reads the cases and what a word counts for "
            'is tried with tests, in show="fit".'
        )
    return (
        f"{told}Of the others only whole steps were tried, {runs} each way: cases {by}, an anchor "
        "a twentieth of the way to the neighbouring anchor, unless another step was asked for. A "
        "case that comes to stand at exactly 0.5 while an anchor is moved is in no combination "
        "there. What a word counts for, and who reads the cases, is tried with tests, in "
        'show="fit".'
    )


def _not_barred(in_rows: Sequence[tuple[int, ...]]) -> str:
    """In how many runs a case stood in a combination said to be impossible."""
    found = [each for each in in_rows if each]
    if not found:
        return ""
    rows = rows_in_words(sorted({number for each in found for number in each}))
    return (
        f" In {counted(len(found), 'step')} a case comes to stand in a combination said to be "
        f"impossible, which is not barred there ({rows})."
    )


def _note(made: Analysis, chosen: Chosen, how: str) -> str:
    return (
        f"{common_note(made)} Between the lowest and the highest value the {chosen.solution} "
        "solution has the same formulas; beside it stands what comes further on. "
        f"{how} A bound that is the value chosen means that just beside it "
        f"there is another solution. {FOUND_BY_SEARCH}"
    )
