"""How firm a solution is: choices moved, other choices made, and the cases that carry it.

Comes in: the tables of a study, a plan, the choices made, and others that could be defended.
Goes out: lists of ranges, of what stays, or of cases.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, get_args

from tertium.bundle import Tables
from tertium.comparison.result import Result, comparison
from tertium.comparison.sets.shown.analysis import KINDS, Kind
from tertium.comparison.sets.shown.asked import refuse_count, refuse_other
from tertium.comparison.sets.shown.barred import Exclude
from tertium.comparison.sets.shown.compared import Chosen, Test, compared, initial
from tertium.comparison.sets.shown.kept import case_list, fit_list
from tertium.comparison.sets.shown.moved import moved_list
from tertium.errors import UnknownNameError

Show = Literal["ranges", "fit", "cases"]


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
    expectations: Mapping[str, Any] | None = None,
    exclude: Exclude = "contradictory",
    model: int = 1,
    steps: Mapping[str, float] | None = None,
    runs: int = 20,
) -> Result:
    """Does the solution hold if somebody chooses otherwise?

    Every solution rests on choices: cut-offs, anchors, what a word counts for. Three questions:
    how far can each choice be moved before the formulas change (ranges); how much of the solution
    is left when other choices that could be defended are made (fit); and which cases carry it
    whatever was chosen, and which come and go (cases).

    Parameters
    ----------
    tables : Tables
    plan : str
    consistency, pri, cases, conditions, outcome
        As in `truth_table`.
    solution : {"conservative", "intermediate", "parsimonious"}
        Which solution is tested. No default: they differ in what they assume.
    show : {"ranges", "fit", "cases"}
        ranges: a row a cut-off or anchor, moved alone. fit: a row for all tests together, then
        one for each, the one that changes most first. cases: a row a case, those that change
        sides first.
    tests : sequence of mapping or str, optional
        For fit and cases: choices that differ, such as ``{"consistency": 0.75}``,
        ``{"cases": 2, "name": "two cases"}``, ``{"anchors": {"SIZE": {"crossover": 400}}}``, or
        the name of an alternative of the plan. Without it all alternatives of the plan.
    expectations, exclude
        As in `minimise`.
    model : int
        For fit and cases: which model, where the solution has several. Of a test all count.
    steps : mapping of str to float, optional
        For ranges: how far "consistency", "pri", "cases" or the anchors of a set are moved at
        once, where it is not 0.01, 0.01, 1 and a twentieth of the way between the outermost
        anchors.
    runs : int
        For ranges: how many steps are tried each way.

    Returns
    -------
    Result
        A list. Behind a row stand the passages of the cases that change sides, of the case, or
        of the set whose anchor is moved. A cut-off rests on the whole truth table.

    Raises
    ------
    UnknownNameError
        No such plan, set, test, step or model; or nothing to explain at the chosen cut-offs.

    References
    ----------
    .. [1] Oana, I.-E. and Schneider, C. Q. (2024). A robustness test protocol for applied QCA:
       theory and R software application. Sociological Methods & Research 53(1): 57-88.
    .. [2] Oana, I.-E., Schneider, C. Q. and Thomann, E. (2021). Qualitative Comparative Analysis
       Using R. Cambridge University Press. Ch. 5.

    Examples
    --------
    >>> robustness(study.tables, plan="concession", consistency=0.8, pri=0, cases=1,
    ...            solution="intermediate", show="ranges")               # doctest: +SKIP
    """
    refuse_other("show", show, get_args(Show))
    refuse_other("solution", solution, KINDS)
    refuse_other("exclude", exclude, get_args(Exclude))
    refuse_count(runs=runs)
    if show == "ranges" and tests is not None:
        raise UnknownNameError('show="ranges" moves one choice after another; tests are for fit')
    if show != "ranges" and steps is not None:
        raise UnknownNameError(f'show={show!r} takes no steps; they are for show="ranges"')
    chosen = Chosen(
        plan, conditions, outcome, consistency, pri, cases, solution, expectations, exclude, {}
    )
    if show == "ranges":
        made, _ = initial(tables, chosen, 1)
        return moved_list(made, chosen, steps=steps, runs=runs)
    found = compared(tables, chosen, tests, model)
    return fit_list(found) if show == "fit" else case_list(found)
