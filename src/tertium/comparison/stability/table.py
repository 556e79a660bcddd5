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
from tertium.comparison.stability.finding import Finding, value_in_words
from tertium.comparison.stability.runs import Outcome, outcomes
from tertium.comparison.stability.variations import Variation, asked_for, column_of, variation
from tertium.errors import UnknownNameError

Show = Literal["share", "runs"]
ALL = "all"
NOT_VARIED = "not varied"
_NAMED = 5
_PASSAGES = 3


@dataclass(frozen=True)
class Tried:
    """A finding under one variation, with what became of it in each run."""

    finding: Finding
    variation: Variation
    outcomes: tuple[Outcome, ...]


@comparison
def stability(
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
    asked = asked_for(over)
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


def _shares(findings: Sequence[Finding], tried: Sequence[Tried], columns: Sequence[str]) -> Result:
    numbers: dict[str, dict[str, float | None]] = {column: {} for column in (*columns, ALL)}
    texts: dict[str, dict[str, str]] = {column: {} for column in (*columns, ALL)}
    support: list[dict[str, Any]] = []
    for finding in findings:
        own = [each for each in tried if each.finding is finding]
        together = [outcome for each in own for outcome in each.outcomes]
        cells = {each.variation.key: each.outcomes for each in own}
        for column, line in {**cells, ALL: together}.items():
            numbers[column][finding.name] = _share(line)
            texts[column][finding.name] = counted_in_words(line)
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
    words = {True: "yes", False: "no", None: "not defined"}
    cells: dict[str, list[str]] = {
        "finding": [each.finding.said for each, _ in lines],
        "variation": [each.variation.words for each, _ in lines],
        "changed": [outcome.change.words for _, outcome in lines],
        "value": [_value(outcome) for _, outcome in lines],
        "holds": [words[outcome.holds] for _, outcome in lines],
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
    shown = value_in_words(outcome.value)
    return f"{shown}, because {outcome.reason}" if outcome.reason else shown


def _share(line: Sequence[Outcome]) -> float | None:
    """The share of runs in which it holds, of those in which it is defined."""
    known = [each.holds for each in line if each.holds is not None]
    return sum(known) / len(known) if known else None


def counted_in_words(line: Sequence[Outcome]) -> str:
    """In how many runs a finding holds, and in how many it is not defined."""
    if not line:
        return NOT_VARIED
    known = [each.holds for each in line if each.holds is not None]
    undefined = len(line) - len(known)
    if not known:
        return f"not defined in {undefined}"
    told = f"{sum(known)} of {len(known)}"
    return f"{told}; not defined in {undefined}" if undefined else told


def _evidence(line: Sequence[Outcome]) -> list[dict[str, Any]]:
    """What the breaking runs are without, each passage once."""
    rows = {row["passage_id"]: row for outcome in line for row in outcome.lost}
    return list(rows.values())


def _notes(findings: Sequence[Finding], tried: Sequence[Tried]) -> list[str]:
    varied = {each.variation.key: each.variation for each in tried if each.outcomes}
    notes = [
        "Each result is computed again with one thing changed. A finding holds in a run where its "
        "value is what it is in the whole study" + _distances(findings) + ".",
        *(f"{each.words}: {each.how}." for each in varied.values()),
    ]
    notes += _breaks(findings, tried)
    notes += _undefined(tried)
    notes += _idle(tried)
    reasons: dict[tuple[str, str], list[str]] = {}
    for each in tried:
        if not each.outcomes:
            key = (each.variation.words, each.variation.not_varied)
            reasons.setdefault(key, []).append(each.finding.name)
    for (words, reason), names in reasons.items():
        which = "" if len(names) == len(findings) else f" for {_listed(names)}"
        notes.append(f"Not varied: {words.lower()}{which}, because {reason}.")
    notes.append(
        f"The passages of a cell are those that breaking runs are without, at most {_PASSAGES} of "
        "each run. How far coders agree is told for the whole study. That a finding holds says "
        "that it leans on no single thing that was changed; it is no test of chance."
    )
    return notes


def _distances(findings: Sequence[Finding]) -> str:
    told = [f"{plain(each.within)} ({each.name})" for each in findings if each.within is not None]
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
            notes.append(f"“{finding.name}” breaks {'; '.join(words[:_NAMED])}{more}.")
        elif any(outcome.holds for each in own for outcome in each.outcomes):
            unbroken.append(finding.name)
    if unbroken:
        notes.append(f"Nothing that was tried breaks {_listed(unbroken)}.")
    return notes


def _undefined(tried: Sequence[Tried]) -> list[str]:
    """Why findings are not defined in some runs: the first reason of each, and how many runs."""
    notes = []
    for each in tried:
        lines = [outcome for outcome in each.outcomes if outcome.holds is None]
        if not lines:
            continue
        reason = lines[0].reason or "it is not defined in the whole study"
        notes.append(
            f"“{each.finding.name}” is not defined in {len(lines)} "
            f"{'run' if len(lines) == 1 else 'runs'} ({each.variation.words.lower()}); "
            f"{lines[0].change.words}: {reason}."
        )
    return notes


def _idle(tried: Sequence[Tried]) -> list[str]:
    """Variations that change no number of a result: that a finding holds there says nothing."""
    found: dict[str, list[str]] = {}
    for each in tried:
        if each.outcomes and all(outcome.is_same for outcome in each.outcomes):
            found.setdefault(each.variation.words, []).append(each.finding.name)
    return [
        f"{words} change no number behind {_listed(names)}, so that it says nothing that it "
        "holds there."
        if len(names) == 1
        else f"{words} change no number behind {_listed(names)}, so that it says nothing that "
        "these hold there."
        for words, names in found.items()
    ]


def _listed(names: Sequence[str]) -> str:
    return "; ".join(f"“{name}”" for name in names)
