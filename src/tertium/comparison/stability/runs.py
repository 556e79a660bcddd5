"""Runs: the results behind findings computed again, each with one thing changed.

Comes in: findings of one bundle of tables, and the changes to try.
Goes out: for each finding and change what became of it.

Findings of one result share its runs, and results share the tables that a change makes. Where
the runs would take long they are dealt out to processes of their own; these compute the same
results, and what is measured on them is measured here, so that a measure may be any function.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import time
import warnings
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import pandas as pd

from tertium.bundle import Tables
from tertium.comparison.result import Result, comparison_named
from tertium.comparison.stability.changes import Change
from tertium.comparison.stability.finding import (
    ROUNDING,
    Finding,
    defined,
    is_number,
    labels,
    value_in_words,
)
from tertium.comparison.stability.measures import NotThereError
from tertium.errors import TertiumError

# A process takes some seconds to start and to be given the tables.
_PAYS_FROM_SECONDS = 30.0
# What a measure raises where a table has nothing to read off; all else is a slip in the measure.
_NO_VALUE = (TertiumError, KeyError, IndexError, ZeroDivisionError)
_PACKAGE = "tertium."

Key = tuple[str, str]
# What a run gives: a result, why there is none, or None where its tables are those it was made of.
Computed = Result | str | None


@dataclass(frozen=True)
class Task:
    """Changed tables, and the comparisons to compute on them."""

    change: Change
    runs: tuple[tuple[Key, str, Mapping[str, Any]], ...]


@dataclass(frozen=True)
class Outcome:
    """What became of a finding in one run.

    Parameters
    ----------
    change : Change
    value
        None: not defined.
    said : str
        The value as a reader sees it.
    holds : bool or None
        None: not defined.
    reason : str
        Why it is not defined.
    lost : tuple of dict
        Of a run that breaks the finding: the evidence rows of its result that the run does not
        have; where it has them all, those that it has besides.
    is_same : bool
        Whether every cell of the result is as it is in the whole study.
    """

    change: Change
    value: Hashable
    said: str
    holds: bool | None
    reason: str = ""
    lost: tuple[dict[str, Any], ...] = ()
    is_same: bool = False


def result_key(result: Result) -> Key:
    """The same for results of the same call."""
    return result.function, repr(sorted(result.params.items()))


def run_key(result: Result, change: Change) -> Key:
    """The same for runs that give the same result."""
    function, params = result_key(result)
    return function, f"{params}{change.of_tables}{sorted(change.arguments)!r}"


def outcomes(
    tables: Tables,
    wanted: Sequence[tuple[Finding, Sequence[Change]]],
    *,
    passages: int,
    workers: int | None = None,
) -> list[list[Outcome]]:
    """What becomes of each finding under each of its changes, in order.

    Parameters
    ----------
    tables : Tables
    wanted : sequence of (finding, changes)
    passages : int
        How many passages are kept of a run that breaks a finding.
    workers : int, optional
        How many processes; None: as many as pay, which is none where the runs are short.
    """
    asking: dict[Key, list[tuple[int, int]]] = {}
    for number, (finding, changes) in enumerate(wanted):
        for place, change in enumerate(changes):
            asking.setdefault(run_key(finding.result, change), []).append((number, place))
    found: list[list[Outcome | None]] = [[None] * len(changes) for _, changes in wanted]
    tasks = _tasks(wanted)
    for key, computed in _computed(tables, tasks, workers):
        for number, place in asking[key]:
            finding, changes = wanted[number]
            found[number][place] = _outcome(finding, changes[place], computed, passages)
    return [[each for each in line if each is not None] for line in found]


def _tasks(wanted: Sequence[tuple[Finding, Sequence[Change]]]) -> list[Task]:
    grouped: dict[str, tuple[Change, dict[Key, tuple[str, Mapping[str, Any]]]]] = {}
    for finding, changes in wanted:
        for change in changes:
            _, runs = grouped.setdefault(change.of_tables, (change, {}))
            call = (finding.result.function, {**finding.result.params, **dict(change.arguments)})
            runs.setdefault(run_key(finding.result, change), call)
    return [
        Task(change, tuple((key, *call) for key, call in runs.items()))
        for change, runs in grouped.values()
    ]


def compute(tables: Tables, task: Task) -> Iterator[tuple[Key, Computed]]:
    """The results of a task, one after the other."""
    try:
        changed = task.change.tables(tables)
    except Exception as error:
        for key, _, _ in task.runs:
            yield key, reason_of(error)
        return
    if changed is tables and task.change.edit is not None:
        yield from ((key, None) for key, _, _ in task.runs)
        return
    for key, function, params in task.runs:
        try:
            yield key, comparison_named(function)(changed, **params)
        except Exception as error:
            yield key, reason_of(error)


def reason_of(error: Exception) -> str:
    """What went wrong in a run, on one line."""
    told = " ".join(str(error).split())
    if isinstance(error, KeyError):
        return f"the table then has no {told}"
    if isinstance(error, ZeroDivisionError):
        return "what it is divided by is then 0"
    return told if type(error).__module__.startswith(_PACKAGE) else f"{type(error).__name__} {told}"


def _computed(
    tables: Tables, tasks: Sequence[Task], workers: int | None
) -> Iterator[tuple[Key, Computed]]:
    """All results; the first tasks tell whether processes pay for the rest."""
    if workers is not None and workers > 1 and _is_known_elsewhere(tasks):
        yield from _dealt_out(tables, tasks, workers)
        return
    start = time.process_time()
    for done, task in enumerate(tasks):
        spent = time.process_time() - start
        left = spent / done * (len(tasks) - done) if done else 0.0
        if workers is None and left > _PAYS_FROM_SECONDS and _can_be_dealt_out(tasks[done:]):
            yield from _dealt_out(tables, tasks[done:], _cores())
            return
        yield from compute(tables, task)


def _can_be_dealt_out(tasks: Iterable[Task]) -> bool:
    """Whether there is a second core, and no comparison but those that another process has."""
    return _cores() > 1 and _is_known_elsewhere(tasks)


def _is_known_elsewhere(tasks: Iterable[Task]) -> bool:
    """Whether another process has all comparisons; one written in a notebook it has not."""
    functions = {function for task in tasks for _, function, _ in task.runs}
    return all(comparison_named(name).__module__.startswith(_PACKAGE) for name in functions)


def _cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _dealt_out(
    tables: Tables, tasks: Sequence[Task], workers: int
) -> Iterator[tuple[Key, Computed]]:
    """The same in processes of their own.

    They are new interpreters, not copies of this one: so a notebook's kernel with its threads,
    a script without a main guard, and each operating system are served alike.
    """
    shares = [tasks[number::workers] for number in range(min(workers, len(tasks)))]
    with ThreadPoolExecutor(max_workers=max(len(shares), 1)) as pool:
        for answers in pool.map(lambda share: _in_process(tables, share), shares):
            yield from answers


def _in_process(tables: Tables, tasks: Sequence[Task]) -> list[tuple[Key, Computed]]:
    command = [sys.executable, "-P", "-m", "tertium.comparison.stability.worker"]
    functions = {function for task in tasks for _, function, _ in task.runs}
    modules = sorted({comparison_named(function).__module__ for function in functions})
    try:
        given = pickle.dumps((modules, tables, tasks))
    except (pickle.PicklingError, AttributeError, TypeError):
        return [each for task in tasks for each in compute(tables, task)]
    done = subprocess.run(command, input=given, capture_output=True, check=False)
    if done.returncode:
        # What can't be computed there is computed here, and tells its own story.
        told = done.stderr.decode("utf-8", "replace").strip().splitlines()
        warnings.warn(
            f"a process for runs failed ({told[-1] if told else done.returncode}); they are "
            "computed here",
            stacklevel=2,
        )
        return [each for task in tasks for each in compute(tables, task)]
    answers: list[tuple[Key, Computed]] = pickle.loads(done.stdout)
    return answers


def _outcome(finding: Finding, change: Change, computed: Computed, passages: int) -> Outcome:
    if isinstance(computed, str):
        return _undefined(change, computed)
    result = finding.result if computed is None else computed
    try:
        value = finding.value if computed is None else defined(finding.measure(result))
    except NotThereError as error:
        named = labels(finding.result, error.what).get(error.name, error.name)
        return _undefined(change, f"there is no {error.what} “{named}” then")
    except _NO_VALUE as error:
        return _undefined(change, reason_of(error))
    if value is None:
        return _undefined(change, "" if finding.value is None else "the table has no value for it")
    said = finding.in_words(value, result)
    if finding.value is None:
        return Outcome(change, value, said, None)
    if finding.holds(value):
        is_same = computed is None or (
            result.basis == finding.result.basis
            and is_same_table(result.frame, finding.result.frame)
        )
        return Outcome(change, value, said, True, is_same=is_same)
    lost = tuple(_lost(finding.result, result, passages))
    return Outcome(change, value, said, False, lost=lost)


def _undefined(change: Change, reason: str) -> Outcome:
    return Outcome(change, None, value_in_words(None), None, reason)


def is_same_table(one: pd.DataFrame, other: pd.DataFrame) -> bool:
    """Whether two tables have the same rows, columns and cells; of floats but the last digits.

    Examples
    --------
    >>> is_same_table(pd.DataFrame({"a": [0.3, None]}), pd.DataFrame({"a": [0.1 + 0.2, None]}))
    True
    """
    if not (one.index.equals(other.index) and one.columns.equals(other.columns)):
        return False
    pairs = zip(one.to_numpy(dtype=object).flat, other.to_numpy(dtype=object).flat, strict=True)
    return all(_is_same_value(*pair) for pair in pairs)


def _is_same_value(one: Any, other: Any) -> bool:
    if not (pd.api.types.is_scalar(one) and pd.api.types.is_scalar(other)):
        return repr(one) == repr(other)
    if pd.isna(one) or pd.isna(other):
        return bool(pd.isna(one) and pd.isna(other))
    if is_number(one) and is_number(other):
        return bool(abs(one - other) <= ROUNDING)
    return bool(one == other)


def _lost(before: Result, after: Result, number: int) -> list[dict[str, Any]]:
    """Evidence that the changed result no longer has, else what it has besides."""
    had, has = (set(each.support["passage_id"]) for each in (before, after))
    of, gone = (before, had - has) if had - has else (after, has - had)
    kept: dict[str, dict[str, Any]] = {}
    for position, passage_id in enumerate(of.support["passage_id"]):
        if passage_id in gone and passage_id not in kept:
            kept[passage_id] = {
                str(name): None if value is pd.NA else value
                for name, value in of.support.iloc[position].items()
                if name not in ("row", "column")
            }
            if len(kept) == number:
                break
    return list(kept.values())
