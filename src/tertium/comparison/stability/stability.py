"""Whether findings hold when one thing is otherwise.

Comes in: findings, and what is varied.
Goes out: "holds in 55 of 57", with the runs that break it; the same in a sentence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tertium.comparison.result import Result
from tertium.comparison.stability.counted import NOT_VARIED, Counted
from tertium.comparison.stability.finding import Finding
from tertium.comparison.stability.table import ALL, Show, stability_table
from tertium.comparison.stability.variations import one_of
from tertium.errors import UnknownNameError


def stability(
    findings: Finding | Sequence[Finding],
    *,
    over: str | Mapping[str, Sequence[Any]] | Sequence[str | Mapping[str, Sequence[Any]]],
    show: Show = "share",
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
        runs in which the finding holds, of those that change the table and leave it a value;
        the cells shown say "55 of 57", and "not so in 55 of 57" where the answer is no. A run
        that leaves every cell as it is tests nothing and is counted apart ("40 changed
        nothing"), and so is one in which the measure fails or gives null ("not defined in 1").
        Null, "not varied", where a variation can't be made; the note says why. The evidence of a
        cell is what the breaking runs are without, a few passages of each.

    Raises
    ------
    UnknownNameError
        No finding, two of one name, or findings of different studies; nothing or something
        unknown to vary, be it an argument that none of the results has.

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
    return stability_table(tables, findings=tuple(listed), over=over, show=show, workers=workers)


def holds_in_words(result: Result, finding: str, *, over: str = ALL, says_no: bool = False) -> str:
    """How often a finding holds, for the prose of a report.

    Parameters
    ----------
    result : Result
        Of `stability`, with show="share".
    finding : str
        Its name.
    over : str
        A variation; without it all runs, and each kind of run in which it holds in no more than
        half is named.
    says_no : bool
        Of a finding that is not so: the sentence around it says that already. Else it is said
        here, for "holds" would be read as if it were so.

    Examples
    --------
    >>> import pandas as pd
    >>> shown = pd.DataFrame({"sources": ["55 of 57; 2 changed nothing"], "coders": ["0 of 3"],
    ...                       "all": ["55 of 60; 2 changed nothing"]}, index=["Strikes lead"])
    >>> table = Result(pd.DataFrame(0.5, shown.index, shown.columns), "", shown=shown)
    >>> holds_in_words(table, "Strikes lead")
    'holds in 55 of 60 runs, but in none of 3 with other coders, while 2 more changed nothing'
    >>> shown.loc["Unions lead"] = ["not so in 57 of 57", "not varied", "not so in 57 of 57"]
    >>> table = Result(pd.DataFrame(0.5, shown.index, shown.columns), "", shown=shown)
    >>> holds_in_words(table, "Unions lead")
    'is not so; that holds in 57 of 57 runs'
    """
    for name, names, what in (
        (finding, result.frame.index, "finding"),
        (over, result.frame.columns, "variation"),
    ):
        if name not in names:
            there = ", ".join(str(each) for each in names)
            raise UnknownNameError(f"the result has no {what} {name!r}; it has {there}")
    row = result.frame.index.get_loc(finding)
    assert isinstance(row, int)
    texts = {
        str(column): result.cell_text(row, place)
        for place, column in enumerate(result.frame.columns)
    }
    if texts[over] == NOT_VARIED:
        return "was not put to this test"
    counted = Counted.read(texts[over])
    told = _in_words(counted, _weak(result, texts) if over == ALL else [])
    if not counted.is_not_so or says_no:
        return told
    return f"is not so; that {told}"


def _in_words(counted: Counted, weak: Sequence[str]) -> str:
    undefined = f"is not defined in {counted.undefined}" if counted.undefined else ""
    if not counted.tested and not counted.same:
        return f"{undefined} runs"
    if counted.tested:
        told = f"holds in {counted.held} of {counted.tested} runs"
        told += f", but {' and '.join(weak)}" if weak else ""
        told += f", while {counted.same} more changed nothing" if counted.same else ""
    else:
        told = f"was put to no test, for none of {counted.same} runs changed anything"
    return f"{told}, and {undefined}" if undefined else told


def _weak(result: Result, texts: Mapping[str, str]) -> list[str]:
    """The kinds of runs in which a finding holds in no more than half, in words."""
    read = {column: Counted.read(text) for column, text in texts.items() if column != ALL}
    counted = {column: each for column, each in read.items() if each.tested}
    if len(counted) < 2:
        return []
    return [
        f"{_how_many(each)} {one_of(column, str(result.column_labels.get(column, column)))}"
        for column, each in counted.items()
        if each.is_weak
    ]


def _how_many(counted: Counted) -> str:
    if counted.held:
        return f"in {counted.held} of {counted.tested}"
    return f"in none of {counted.tested}" if counted.tested > 1 else "not"
