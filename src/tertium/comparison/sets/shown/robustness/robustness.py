"""How firm a solution is: choices moved, other choices made, and what carries it.

Comes in: the tables of a study, a plan, the choices made, and others that could be defended.
Goes out: lists of ranges, of what stays, of cases, or of single values.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal, get_args

from tertium.bundle import Tables
from tertium.comparison.result import Result, comparison
from tertium.comparison.sets.shown.analysis import KINDS, Kind
from tertium.comparison.sets.shown.excluded import Exclude, refuse_exclude
from tertium.comparison.sets.shown.question import refuse_count, refuse_other
from tertium.comparison.sets.shown.robustness.alternatives import Test
from tertium.comparison.sets.shown.robustness.cut_ranges import moved_list
from tertium.comparison.sets.shown.robustness.fit_kept import case_list, fit_list
from tertium.comparison.sets.shown.robustness.values_listed import value_list
from tertium.comparison.sets.shown.robustness.variants import Chosen, compared, initial
from tertium.errors import UnknownNameError

Show = Literal["ranges", "fit", "cases", "values"]
RUNS = 20


@comparison
def robustness(
    tables: Tables,
    *,
    plan: str,
    consistency: float,
    pri: float,
    cases: int,
    solution: Kind,
    show: Show,
    tests: Sequence[Test] | None = None,
    conditions: Sequence[str] | None = None,
    outcome: str | None = None,
    contradiction: float | None = None,
    expectations: Mapping[str, Any] | None = None,
    exclude: Exclude = "contradictory",
    necessary: Sequence[str] = (),
    model: int | None = None,
    steps: Mapping[str, float] | None = None,
    runs: int | None = None,
) -> Result:
    """Does the solution hold if somebody chooses otherwise?

    Every solution rests on choices: cut-offs, anchors, what a word counts for, and how each case
    was read. Four questions: how far can each choice be moved before the formulas change
    (ranges); how much of the solution is left when other choices that could be defended are made
    (fit); which cases carry it whatever was chosen, and which come and go (cases); and which
    single value carries it, so that the formulas are others if it was read wrongly (values).

    Parameters
    ----------
    tables : Tables
    plan : str
    consistency, pri, cases, contradiction, conditions, outcome
        As in `truth_table`.
    solution : {"conservative", "intermediate", "parsimonious"}
        Which solution is tested. No default: they differ in what they assume.
    show : {"ranges", "fit", "cases", "values"}
        ranges: a row a cut-off or anchor, moved alone; those of consistency and PRI are exact,
        for they end at the shares that combinations have. fit: a row for all tests together, then
        one for each, the one that changes most first. cases: a row a case, those that change
        sides first. values: each value of a case that is used is changed to each other value of
        its set (with degrees: to 1 less the membership), alone; a row a value after which the
        formulas are others, those that cost most terms first. `terms_lost` counts terms that
        are gone with no narrower or wider one in their place.
    tests : sequence of mapping or str, optional
        For fit and cases: choices that differ, such as ``{"consistency": 0.75}``,
        ``{"cases": 2, "name": "two cases"}``, ``{"anchors": {"SIZE": {"crossover": 400}}}``,
        ``{"coder": "ben"}`` for values that another coder stated, or the name of an alternative
        of the plan, alone or with more: ``{"alternative": "the other reading", "cases": 2}``.
        Without it all alternatives of the plan; of these, one that changes no set asked for is
        left out, and the note names it. Solutions are compared on the cases that all of them can
        use; the note names the others.
    expectations, exclude, necessary
        As in `minimise`.
    model : int, optional
        For fit and cases: which model, where the solution has several; 1 unless given. Of a test
        all count.
    steps : mapping of str to float, optional
        For ranges: how far the anchors of a set are moved at once, where it is not a twentieth of
        the way to the neighbouring anchor; or "cases", where it is not 1.
    runs : int, optional
        For ranges: how many steps are tried each way; 20 unless given.

    Returns
    -------
    Result
        A list. Behind a row stand the passages of the cases that change sides, of the case, of
        the one value that is read otherwise (then those of other coders who differ), or of the
        set whose anchor is moved. A cut-off rests on the whole truth table.

    Raises
    ------
    UnknownNameError
        No such plan, set, test, step or model; a test that changes nothing that was chosen; or
        nothing to explain at the chosen cut-offs.

    References
    ----------
    .. [1] Oana, I.-E. and Schneider, C. Q. (2024). A robustness test protocol for applied QCA:
       theory and R software application. Sociological Methods & Research 53(1): 57-88.
    .. [2] Oana, I.-E., Schneider, C. Q. and Thomann, E. (2021). Qualitative Comparative Analysis
       Using R. Cambridge University Press. Ch. 5.

    Examples
    --------
    >>> from tertium.study import open_study
    >>> tables = open_study("labour-organising").tables
    >>> found = robustness(
    ...     tables,
    ...     plan="concession",
    ...     consistency=0.8,
    ...     pri=0,
    ...     cases=1,
    ...     solution="intermediate",
    ...     show="ranges",
    ... )
    >>> found.frame["parameter"].tolist()
    ['consistency', 'pri', 'cases']
    """
    refuse_other("show", show, get_args(Show))
    refuse_other("solution", solution, KINDS)
    refuse_exclude(exclude)
    _refuse_unused(show, tests=tests, model=model, steps=steps, runs=runs)
    chosen = Chosen(
        plan,
        conditions,
        outcome,
        consistency,
        pri,
        cases,
        solution,
        expectations,
        exclude,
        contradiction,
        necessary,
    )
    if show in ("values", "ranges"):
        made, _ = initial(tables, chosen, 1)
        if show == "values":
            found = value_list(made, chosen)
        else:
            found = moved_list(made, chosen, steps=steps, runs=RUNS if runs is None else runs)
    else:
        beside = compared(tables, chosen, tests, 1 if model is None else model)
        made = beside.made
        found = fit_list(beside) if show == "fit" else case_list(beside)
    # Also where a row has no passage: tests ask for the same sets, and so for the same codes.
    return replace(found, rests_on=made.asked.rests_on)


def _refuse_unused(show: Show, **given: Any) -> None:
    """Refuse what the other tables take: it would be passed over in silence."""
    of = {"tests": "fit and cases", "model": "fit and cases", "steps": "ranges", "runs": "ranges"}
    for name, takers in of.items():
        if given[name] is not None and show not in takers.split(" and "):
            raise UnknownNameError(
                f"show={show!r} takes no {name}; {name}={given[name]!r} is for {takers}"
            )
    if given["runs"] is not None:
        refuse_count(runs=given["runs"])
