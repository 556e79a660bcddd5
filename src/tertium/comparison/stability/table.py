"""In how many runs each finding holds, as a table; and every run, as a list.

Comes in: findings of one bundle of tables, and what is varied.
Goes out: a result whose cells lead to the passages that the breaking runs are without.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

import pandas as pd

from tertium.bundle import Tables
from tertium.comparison.result import Result, comparison, plain, support_table
from tertium.comparison.stability.counted import NOT_VARIED, Counted
from tertium.comparison.stability.finding import Finding
from tertium.comparison.stability.runs import Outcome, outcomes
from tertium.comparison.stability.variations import (
    NAMES,
    Variation,
    asked_for,
    column_of,
    variation,
)
from tertium.errors import UnknownNameError

Show = Literal["share", "runs"]
ALL = "all"
_NAMED = 5
_PASSAGES = 3


@dataclass(frozen=True)
class Tried:
    """A finding under one variation, with what became of it in each run."""

    finding: Finding
    variation: Variation
    outcomes: tuple[Outcome, ...]


@comparison
def stability_table(
    tables: Tables,
    *,
    findings: Sequence[Finding],
    over: Any,
    show: Show = "share",
    workers: int | None = None,
) -> Result:
    """Findings put to the test; `tertium.stability` says how.

    Parameters
    ----------
    tables : Tables
        Where the findings were made on others, they are made anew on these.
    findings : sequence of Finding
    over, show, workers
        As there.
    """
    if show not in get_args(Show):
        raise UnknownNameError(f"show={show!r}; there are {', '.join(get_args(Show))}")
    if workers is not None and (isinstance(workers, bool) or not isinstance(workers, int)):
        raise UnknownNameError(f"workers={workers!r}; write a whole number, or leave it out")
    asked = asked_for(over)
    _refuse_unknown(asked, findings)
    here = [each if each.result.tables is tables else each.again(tables) for each in findings]
    varied = [variation(name, values, one.result, tables) for one in here for name, values in asked]
    pairs = list(zip([one for one in here for _ in asked], varied, strict=True))
    found = outcomes(
        tables,
        [(one, each.changes) for one, each in pairs],
        passages=_PASSAGES,
        workers=workers,
    )
    tried = [Tried(one, each, tuple(line)) for (one, each), line in zip(pairs, found, strict=True)]
    columns = [column_of(name, values) for name, values in asked]
    return _shares(here, tried, columns) if show == "share" else _runs(tried)


def _refuse_unknown(asked: Sequence[tuple[str, Any]], findings: Sequence[Finding]) -> None:
    """Refuse an argument that none of the results has: it can only be a slip."""
    there = sorted({str(name) for each in findings for name in each.result.params})
    strange = [name for name, values in asked if values is not None and name not in there]
    if strange:
        raise UnknownNameError(
            f"over has the argument {strange[0]!r}, which no result has; they have "
            f"{', '.join(there) or 'none'}, and there are {', '.join(NAMES)}"
        )


def _shares(findings: Sequence[Finding], tried: Sequence[Tried], columns: Sequence[str]) -> Result:
    numbers: dict[str, dict[str, float | None]] = {column: {} for column in (*columns, ALL)}
    texts: dict[str, dict[str, str]] = {column: {} for column in (*columns, ALL)}
    support: list[dict[str, Any]] = []
    for finding in findings:
        own = [each for each in tried if each.finding is finding]
        together = [outcome for each in own for outcome in each.outcomes]
        cells = {each.variation.key: each.outcomes for each in own}
        for column, line in {**cells, ALL: together}.items():
            counted = Counted.of(line, is_not_so=finding.is_not_so)
            numbers[column][finding.name] = counted.share
            texts[column][finding.name] = counted.text
            support += [{"row": finding.name, "column": column, **row} for row in _evidence(line)]
    index = pd.Index([finding.name for finding in findings], dtype=object)
    frame = pd.DataFrame(
        {
            column: pd.Series([values[name] for name in index], index=index, dtype="Float64")
            for column, values in numbers.items()
        },
        index=index,
    )
    frame.index.name, frame.columns.name = "finding", "variation"
    return Result(
        frame,
        title="Stability: in how many runs each finding holds",
        note=" ".join(_notes(findings, tried)),
        support=support_table(support),
        row_labels={finding.name: finding.said for finding in findings},
        column_labels={
            **{each.variation.key: each.variation.words for each in tried},
            ALL: "All runs",
        },
        shown=pd.DataFrame(texts, index=index, dtype=object),
        missing=NOT_VARIED,
    )


def _runs(tried: Sequence[Tried]) -> Result:
    lines = [(each, outcome) for each in tried for outcome in each.outcomes]
    cells: dict[str, list[str]] = {
        "finding": [each.finding.said for each, _ in lines],
        "variation": [each.variation.words for each, _ in lines],
        "changed": [outcome.change.words for _, outcome in lines],
        "value": [_value(outcome) for _, outcome in lines],
        "holds": [_holds(outcome) for _, outcome in lines],
    }
    index = pd.RangeIndex(1, len(lines) + 1)
    frame = pd.DataFrame(
        {name: pd.Series(values, index=index, dtype=object) for name, values in cells.items()},
        index=index,
    )
    support = [
        {"row": number, "column": None, **row}
        for number, (_, outcome) in enumerate(lines, start=1)
        for row in outcome.lost
    ]
    findings = list({id(each.finding): each.finding for each in tried}.values())
    return Result(
        frame,
        title="Stability: every run",
        note=" ".join(_notes(findings, tried)),
        support=support_table(support),
        group_by="finding",
    )


def _value(outcome: Outcome) -> str:
    return f"{outcome.said}, because {outcome.reason}" if outcome.reason else outcome.said


def _holds(outcome: Outcome) -> str:
    words = {True: "yes", False: "no", None: "not defined"}[outcome.holds]
    return f"{words}, nothing changed" if outcome.is_same else words


def _evidence(line: Sequence[Outcome]) -> list[dict[str, Any]]:
    """What the breaking runs are without, each passage once."""
    rows = {row["passage_id"]: row for outcome in line for row in outcome.lost}
    return list(rows.values())


def _notes(findings: Sequence[Finding], tried: Sequence[Tried]) -> list[str]:
    varied = {each.variation.key: each.variation for each in tried if each.outcomes}
    notes = [
        "Each result is computed again with one thing changed. A finding holds in a run where its "
        "value is what it is in the whole study" + _distances(findings) + ".",
        *_how_counted(findings, tried),
        *(f"{each.words}: {each.how}." for each in varied.values()),
    ]
    notes += _breaks(findings, tried)
    notes += _undefined(tried)
    reasons: dict[tuple[str, str], list[str]] = {}
    for each in tried:
        if not each.outcomes:
            key = (each.variation.words, each.variation.not_varied)
            reasons.setdefault(key, []).append(each.finding.quoted)
    for (words, reason), names in reasons.items():
        which = "" if len(names) == len(findings) else f" for {_listed(names)}"
        notes.append(f"Not varied: {words.lower()}{which}, because {reason}.")
    notes.append(
        f"The passages of a cell are those that breaking runs are without, at most {_PASSAGES} of "
        "each run. How far coders agree is told for the whole study. That a finding holds says "
        "that it leans on no single thing that was changed; it is no test of chance."
    )
    return notes


def _how_counted(findings: Sequence[Finding], tried: Sequence[Tried]) -> list[str]:
    """How a cell is read, as far as the table has such cells."""
    notes = []
    if any(outcome.is_same for each in tried for outcome in each.outcomes):
        notes.append(
            "A run that leaves every cell of a table as it is puts nothing to the test: it is "
            "counted apart (“changed nothing”), and “3 of 4” counts only runs that changed a cell."
        )
    if any(each.is_not_so for each in findings):
        notes.append("“Not so”: the answer is no, and that no is what holds.")
    return notes


def _distances(findings: Sequence[Finding]) -> str:
    told = [f"{plain(each.within)} ({each.quoted})" for each in findings if each.within is not None]
    return f", or for a number no further from it than {'; '.join(told)}" if told else ""


def _breaks(findings: Sequence[Finding], tried: Sequence[Tried]) -> list[str]:
    """By finding, the runs that break it: the first by name, of the others the number."""
    notes, unbroken = [], []
    for finding in findings:
        own = [each for each in tried if each.finding is finding and each.outcomes]
        words = [
            outcome.change.words
            for each in own
            for outcome in each.outcomes
            if outcome.holds is False
        ]
        if words:
            more = f"; and {len(words) - _NAMED} more" if len(words) > _NAMED else ""
            notes.append(f"{finding.quoted} breaks {'; '.join(words[:_NAMED])}{more}.")
        elif any(
            outcome.holds and not outcome.is_same for each in own for outcome in each.outcomes
        ):
            unbroken.append(finding.quoted)
    if unbroken:
        notes.append(f"Nothing that was tried breaks {_listed(unbroken)}.")
    return notes


def _undefined(tried: Sequence[Tried]) -> list[str]:
    """Why findings are not defined in some runs: how many, and the reason of the first.

    Findings that have all this in common are told together.
    """
    names: dict[tuple[int, str, str, str], list[str]] = {}
    for each in tried:
        lines = [outcome for outcome in each.outcomes if outcome.holds is None]
        if lines:
            reason = lines[0].reason or "it is not defined in the whole study"
            key = (len(lines), each.variation.words.lower(), lines[0].change.words, reason)
            names.setdefault(key, []).append(each.finding.quoted)
    return [
        f"Not defined in {number} {'run' if number == 1 else 'runs'} ({words}): {_listed(own)}; "
        f"{changed}: {reason}."
        for (number, words, changed, reason), own in names.items()
    ]


def _listed(names: Sequence[str]) -> str:
    return "; ".join(names)
