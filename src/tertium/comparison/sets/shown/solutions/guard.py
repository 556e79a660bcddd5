"""A solution only for readers who have seen what it is made of.

Comes in: the results that a notebook has shown.
Goes out: the three solutions with the arguments of the truth table shown, or a plain refusal.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tertium.comparison.result import Result
from tertium.comparison.sets.fit.parameters import reaches
from tertium.comparison.sets.shown.analysis import meaning
from tertium.comparison.sets.shown.excluded import MOST_MODELS, Exclude, needed
from tertium.comparison.sets.shown.numbers import NO_OUTCOME, said
from tertium.comparison.sets.shown.question import asked
from tertium.comparison.sets.shown.solutions.minimise import Show, minimise
from tertium.errors import UnknownNameError

# What must have been shown, in words, and how it is told from others of its kind.
_NEEDED: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "memberships": ('the raw matrix (memberships with show="raw")', {"show": "raw"}),
    "calibration": ("the calibration record (calibration)", {}),
    "necessity": ("the table on necessity (necessity)", {}),
    "truth_table": ("the truth table (truth_table)", {}),
}
# Those that are the same for an outcome and for its absence.
_OF_SETS = ("memberships", "calibration")
_CUT_OFFS = ("consistency", "pri", "cases", "contradiction")


def solution(
    shown: Sequence[Result],
    *,
    expectations: Mapping[str, Any] | None = None,
    exclude: Exclude = "contradictory",
    necessary: Sequence[str] = (),
    every: bool = False,
    most: int = MOST_MODELS,
    show: Show = "solutions",
) -> Result:
    """The three solutions, for readers who have seen raw matrix, calibration and truth table.

    A formula hides who decided what about which case. So it is given only together with what it
    was made of, all of it made with the same plan, conditions and outcome. The cut-offs are those
    of the truth table. All three solutions come with fit and cases. This is a guard for who
    writes a report, and no lock: `minimise` gives the same unasked, and the result can be
    computed again with other cut-offs by `Result.again`, which is `minimise` too; show the truth
    table of those cut-offs then.

    Parameters
    ----------
    shown : sequence of Result
        What the reader has been shown: the results of `memberships` (``show="raw"``),
        `calibration`, `necessity` and `truth_table`, in any order. Others do no harm, such as a
        second table on necessity; only of truth tables there must be one choice. The raw matrix
        and the record of an outcome are those of its absence as well.
    expectations, exclude, every, most, show
        As in `minimise`.
    necessary : sequence of str
        As in `minimise`; each must be as consistent as the table on necessity asks for.

    Returns
    -------
    Result
        That of `minimise`; it can be computed again like any other.

    Raises
    ------
    UnknownNameError
        Something was not shown, or was made with another plan, other conditions, another
        outcome or on other tables; what is held necessary is not consistent enough. The message
        names it.

    Examples
    --------
    >>> from tertium.study import open_study
    >>> tables = open_study("labour-organising").tables
    >>> from tertium.comparison.sets.calibrated.matrix import memberships
    >>> from tertium.comparison.sets.calibrated.record import calibration
    >>> from tertium.comparison.sets.shown.necessity import necessity
    >>> from tertium.comparison.sets.shown.rows import truth_table
    >>> raw = memberships(tables, plan="concession", show="raw")
    >>> record = calibration(tables, plan="concession")
    >>> needed = necessity(tables, plan="concession", consistency=0.9, relevance=0.6)
    >>> rows = truth_table(tables, plan="concession", consistency=0.8, pri=0, cases=1)
    >>> solution([raw, record, needed, rows]).frame["solution"].unique().tolist()
    ['conservative', 'intermediate', 'parsimonious']
    """
    there = _there(shown)
    truth = _one_truth_table(there["truth_table"])
    if truth.tables is None:
        raise UnknownNameError("the truth table has lost its tables; compute it again")
    fitting = {name: _fitting(name, results, truth) for name, results in there.items()}
    result = minimise(
        truth.tables,
        plan=truth.params["plan"],
        conditions=truth.params["conditions"],
        outcome=truth.params["outcome"],
        expectations=expectations,
        exclude=exclude,
        necessary=necessary,
        every=every,
        most=most,
        show=show,
        **{name: truth.params[name] for name in _CUT_OFFS},
    )
    _refuse_claims(result.params["necessary"], fitting["necessity"], truth)
    return result


def _there(shown: Any) -> dict[str, list[Result]]:
    """The results shown, by the name of their comparison; at least one of each that is needed."""
    if isinstance(shown, Result):
        shown = [shown]
    if isinstance(shown, str | Mapping) or not isinstance(shown, Sequence):
        kind = type(shown).__name__
        raise UnknownNameError(f"shown is a {kind}; give a list of the results shown")
    there: dict[str, list[Result]] = {name: [] for name in _NEEDED}
    for result in shown:
        if not isinstance(result, Result):
            kind = type(result).__name__
            raise UnknownNameError(f"shown holds a {kind}; give the results themselves")
        wanted = _NEEDED.get(result.function)
        if wanted and all(result.params.get(name) == each for name, each in wanted[1].items()):
            there[result.function].append(result)
    missing = [_NEEDED[name][0] for name, results in there.items() if not results]
    if missing:
        raise UnknownNameError(
            f"no solution without {_joined(missing)}: show the reader that first, and give it in "
            "shown"
        )
    return there


def _one_truth_table(tables: Sequence[Result]) -> Result:
    """The truth table that the solution is of; several must be one choice."""
    first = tables[0]
    for other in tables[1:]:
        differ = [
            name
            for name in ("plan", "outcome", "conditions")
            if _asked(first, name) != _asked(other, name)
        ]
        if differ:
            told = " and ".join(
                ", ".join(_joined(_told(each, name)) for name in differ) for each in (first, other)
            )
            raise UnknownNameError(
                f"truth tables with another {_joined(differ)} are shown ({told}); give the one "
                "that the solution is of"
            )
        if _cut_offs(first) != _cut_offs(other):
            raise UnknownNameError(
                f"truth tables with other cut-offs are shown ({_cut_offs(first)} and "
                f"{_cut_offs(other)}); give the one that the solution is of"
            )
    return tables[-1]


def _cut_offs(truth: Result) -> str:
    return ", ".join(
        f"{name} {truth.params[name]:g}" for name in _CUT_OFFS if truth.params.get(name) is not None
    )


def _fitting(name: str, results: Sequence[Result], truth: Result) -> Result:
    """The first of several results that fits the truth table; else why the last does not."""
    troubles = [_trouble(name, result, truth) for result in results]
    for result, trouble in zip(results, troubles, strict=True):
        if not trouble:
            return result
    raise UnknownNameError(troubles[-1])


def _trouble(name: str, result: Result, truth: Result) -> str:
    """Whether it was made with another plan, other conditions, another outcome or tables."""
    what = _NEEDED[name][0]
    if result.params.get("plan") != truth.params["plan"]:
        return (
            f"{what} was made with the plan {result.params.get('plan')}, the truth table with "
            f"{truth.params['plan']}; show both of one plan"
        )
    if result.tables is not truth.tables:
        return f"{what} was made on other tables than the truth table; make both on the same"
    for argument in ("conditions", "outcome"):
        if argument not in result.params:
            continue
        own, wanted = _asked(result, argument), _asked(truth, argument)
        if argument == "outcome" and name in _OF_SETS:
            own, wanted = own[:1], wanted[:1]
        if own != wanted:
            return (
                f"{what} was made with {argument} {_joined(_told(result, argument))}, the truth "
                f"table with {_joined(_told(truth, argument))}; show both with the same"
            )
    return ""


def _told(result: Result, argument: str) -> list[str]:
    """The plan, conditions or outcome of a result; those of the plan where none were given."""
    given = result.params[argument]
    if given is None and result.tables is not None:
        given = getattr(result.tables.set_plans[result.params["plan"]], argument)
    return [given] if isinstance(given, str) else sorted(map(str, given or ()))


def _asked(result: Result, argument: str) -> list[Any]:
    """The same as what is meant: WON and WON[1] are one outcome."""
    told = _told(result, argument)
    if argument != "outcome" or result.tables is None or not told:
        return list(told)
    sets = result.tables.set_plans[result.params["plan"]].sets
    return list(meaning(told[0], {name: part.levels for name, part in sets.items()}))


def _refuse_claims(necessary: Sequence[str], table: Result, truth: Result) -> None:
    """Refuse what is held necessary, and is less consistent than the table shown asks for."""
    if not necessary or truth.tables is None:
        return
    found = asked(
        truth.tables,
        truth.params["plan"],
        conditions=truth.params["conditions"],
        outcome=truth.params["outcome"],
    )
    cut_off = table.params["consistency"]
    for claim in (needed(found, each) for each in necessary):
        if not reaches(claim.fit.consistency, cut_off):
            value = NO_OUTCOME if claim.fit.consistency is None else said(claim.fit.consistency)
            against = found.words.several(claim.against, most=3)
            raise UnknownNameError(
                f"necessary names {claim.expression}, whose consistency is {value}, and the table "
                f"on necessity asks for {said(cut_off)}; against it: {against}"
            )


def _joined(words: Sequence[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"
