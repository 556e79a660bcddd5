"""A solution only for readers who have seen what it is made of.

Comes in: the results that a notebook has shown.
Goes out: the three solutions with the arguments of the truth table shown, or a plain refusal.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tertium.comparison.result import Result
from tertium.comparison.sets.shown.barred import Exclude
from tertium.comparison.sets.shown.minimise import Show, minimise
from tertium.errors import UnknownNameError

# What must have been shown, in words, and how it is told from others of its kind.
_NEEDED: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "memberships": ('the raw matrix (memberships with show="raw")', {"show": "raw"}),
    "calibration": ("the calibration record (calibration)", {}),
    "necessity": ("the table on necessity (necessity)", {}),
    "truth_table": ("the truth table (truth_table)", {}),
}
_CUT_OFFS = ("consistency", "pri", "cases", "contradiction")


def solution(
    shown: Sequence[Result],
    *,
    expectations: Mapping[str, Any] | None = None,
    exclude: Exclude = "contradictory",
    necessary: Sequence[str] = (),
    show: Show = "solutions",
) -> Result:
    """The three solutions, for readers who have seen raw matrix, calibration and truth table.

    A formula hides who decided what about which case. So it is given only together with what it
    was made of, all of it made with the same plan, conditions and outcome. The cut-offs are those
    of the truth table. All three solutions come with fit and cases; there is no way to have one
    of them alone.

    Parameters
    ----------
    shown : sequence of Result
        What the reader has been shown: the results of `memberships` (``show="raw"``),
        `calibration`, `necessity` and `truth_table`, in any order. Others do no harm.
    expectations, exclude, necessary, show
        As in `minimise`.

    Returns
    -------
    Result
        That of `minimise`; it can be computed again like any other.

    Raises
    ------
    UnknownNameError
        Something was not shown, or was made with another plan, other conditions, another
        outcome or on other tables; the message names it.

    Examples
    --------
    >>> solution([raw, record, needed, rows])                    # doctest: +SKIP
    """
    found = _found(shown)
    truth = found["truth_table"]
    if truth.tables is None:
        raise UnknownNameError("the truth table has lost its tables; compute it again")
    for name, result in found.items():
        _refuse_other(name, result, truth)
    arguments = {name: truth.params[name] for name in _CUT_OFFS}
    return minimise(
        truth.tables,
        plan=truth.params["plan"],
        conditions=truth.params["conditions"],
        outcome=truth.params["outcome"],
        expectations=expectations,
        exclude=exclude,
        necessary=necessary,
        show=show,
        **arguments,
    )


def _found(shown: Any) -> dict[str, Result]:
    """The results needed, by the name of their comparison."""
    if isinstance(shown, Result):
        shown = [shown]
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
    tables = there["truth_table"]
    if len({_cut_offs(each) for each in tables}) > 1:
        told = " and ".join(_cut_offs(each) for each in tables)
        raise UnknownNameError(
            f"truth tables with other cut-offs are shown ({told}); give the one that the solution "
            "is of"
        )
    return {name: results[-1] for name, results in there.items()}


def _cut_offs(truth: Result) -> str:
    return ", ".join(
        f"{name} {truth.params[name]:g}" for name in _CUT_OFFS if truth.params.get(name) is not None
    )


def _refuse_other(name: str, result: Result, truth: Result) -> None:
    """Refuse what was made with another plan, other conditions, another outcome or tables."""
    what = _NEEDED[name][0]
    if result.params.get("plan") != truth.params["plan"]:
        raise UnknownNameError(
            f"{what} was made with the plan {result.params.get('plan')}, the truth table with "
            f"{truth.params['plan']}; show both of one plan"
        )
    if result.tables is not truth.tables:
        raise UnknownNameError(
            f"{what} was made on other tables than the truth table; make both on the same"
        )
    for argument in ("conditions", "outcome"):
        if argument not in result.params:
            continue
        own, wanted = _asked(result, argument), _asked(truth, argument)
        if own != wanted:
            raise UnknownNameError(
                f"{what} was made with {argument} {_joined(own)}, the truth table with "
                f"{_joined(wanted)}; show both with the same"
            )


def _asked(result: Result, argument: str) -> list[str]:
    """The conditions or the outcome of a result, those of the plan where none were given."""
    given = result.params[argument]
    if given is None and result.tables is not None:
        given = getattr(result.tables.set_plans[result.params["plan"]], argument)
    return [given] if isinstance(given, str) else sorted(map(str, given or ()))


def _joined(words: Sequence[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"
