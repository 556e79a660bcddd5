"""Whether findings hold when one thing is otherwise.

Comes in: findings, and what is varied.
Goes out: "holds in 55 of 57", with the runs that break it; the same in a sentence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tertium.comparison.result import Result
from tertium.comparison.stability import table
from tertium.comparison.stability.finding import Finding
from tertium.errors import UnknownNameError


def stability(
    findings: Finding | Sequence[Finding],
    *,
    over: str | Mapping[str, Sequence[Any]] | Sequence[str | Mapping[str, Sequence[Any]]],
    show: table.Show = "share",
    workers: int | None = None,
) -> Result:
    """In how many runs a finding holds when the study is otherwise in one thing at a time.

    Parameters
    ----------
    findings : Finding or sequence of Finding
        Of results of one study; each has a name of its own.
    over : str, mapping, or sequence of these
        What is varied. No default: what a finding could lean on is a claim about the study.
        sources, voices, countries, cases: without each of them in turn; a source goes with its
        copies, translations and parts. coders: another coder decides; of a result that compares
        coders each is left out. thresholds: codes are held present, or undecided, from another
        score. units: another unit, count or definition. scheme_versions: the rules of earlier
        versions of a scheme code again. A mapping names an argument of the results and the
        values to try, such as ``{"count": ["passages"]}``.
    show : {"share", "runs"}
        runs: every run, with what was changed and the value.
    workers : int, optional
        Into how many processes the runs are dealt out. None: as many as there are cores where
        that saves time, else none. The result is the same.

    Returns
    -------
    Result
        One row a finding, one column a variation and one for all runs. `frame`: the share of
        runs in which the finding holds, of those in which it is defined; the cells shown say
        "55 of 57". Null, "not varied", where a variation can't be made of a result; the note
        says why. A run in which the measure fails or gives null is not defined: it is counted
        apart. The evidence of a cell is what the breaking runs are without, a few passages of
        each.

    Raises
    ------
    UnknownNameError
        No finding, two of one name, or findings of different studies; nothing or something
        unknown to vary.

    Examples
    --------
    >>> from tertium.comparison.crosstabs.crosstab import crosstab
    >>> from tertium.comparison.stability.finding import finding
    >>> from tertium.comparison.stability.measures import largest
    >>> from tertium.study import open_study
    >>> by_voice = crosstab(open_study("labour-organising").tables)
    >>> told_most = finding("Approach that NGOs tell of most", by_voice, largest(column="ngo"))
    >>> result = stability(told_most, over=["voices"])
    >>> holds_in_words(result, told_most.name).startswith("holds in ")
    True
    """
    listed = [findings] if isinstance(findings, Finding) else list(findings)
    if not listed:
        raise UnknownNameError("no finding is given; make one with tertium.finding")
    names = [each.name for each in listed]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise UnknownNameError(f"two findings are called {twice[0]!r}; give each its own name")
    bundles = {id(each.result.tables): each.result.tables for each in listed}
    tables = next(iter(bundles.values()))
    if tables is None or len(bundles) > 1:
        raise UnknownNameError(
            "the findings rest on results of different tables; make them all of one study.tables"
            if len(bundles) > 1
            else "a finding's result was made by hand, and can't be computed again"
        )
    return table.stability(tables, findings=tuple(listed), over=over, show=show, workers=workers)


def holds_in_words(result: Result, finding: str, *, over: str = table.ALL) -> str:
    """How often a finding holds, for the prose of a report.

    Parameters
    ----------
    result : Result
        Of `stability`, with show="share".
    finding : str
        Its name.
    over : str
        A variation; without it all runs.

    Examples
    --------
    >>> import pandas as pd
    >>> shown = pd.DataFrame({"all": ["55 of 57"]}, index=pd.Index(["Strikes lead"]))
    >>> frame = pd.DataFrame({"all": [55 / 57]}, index=shown.index)
    >>> holds_in_words(Result(frame, "", shown=shown), "Strikes lead")
    'holds in 55 of 57 runs'
    """
    for name, names, what in (
        (finding, result.frame.index, "finding"),
        (over, result.frame.columns, "variation"),
    ):
        if name not in names:
            there = ", ".join(str(each) for each in names)
            raise UnknownNameError(f"the result has no {what} {name!r}; it has {there}")
    row, column = result.frame.index.get_loc(finding), result.frame.columns.get_loc(over)
    assert isinstance(row, int)
    assert isinstance(column, int)
    counted, _, undefined = result.cell_text(row, column).partition("; ")
    if counted == table.NOT_VARIED:
        return "was not put to this test"
    if counted.startswith("not defined"):
        return f"is {counted} runs"
    told = f"holds in {counted} runs"
    return f"{told} and is {undefined}" if undefined else told
