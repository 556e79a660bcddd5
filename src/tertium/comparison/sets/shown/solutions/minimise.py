"""The three solutions of a truth table: formulas, fit, cases, assumptions, chart.

Comes in: the tables of a study, a plan, cut-offs, expectations.
Goes out: lists and a grid; all three solutions stand in each of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal, get_args

from tertium.bundle import Tables
from tertium.comparison.result import Result, comparison
from tertium.comparison.sets.shown.analysis import (
    Analysis,
    analysis,
    nothing_to_explain,
    without_models,
)
from tertium.comparison.sets.shown.excluded import MOST_MODELS, Exclude, refuse_exclude
from tertium.comparison.sets.shown.question import asked, refuse_count, refuse_other
from tertium.comparison.sets.shown.rows import truth_of
from tertium.comparison.sets.shown.solutions.assumed_rows import assumptions
from tertium.comparison.sets.shown.solutions.by_case import by_case
from tertium.comparison.sets.shown.solutions.chart import chart
from tertium.comparison.sets.shown.solutions.models import solutions
from tertium.comparison.sets.shown.solutions.terms import terms

Show = Literal["solutions", "terms", "assumptions", "chart", "cases"]
_SHOWN: Mapping[str, Callable[[Analysis], Result]] = {
    "solutions": solutions,
    "terms": terms,
    "assumptions": assumptions,
    "chart": chart,
    "cases": by_case,
}


@comparison
def minimise(
    tables: Tables,
    *,
    plan: str,
    consistency: float,
    pri: float,
    cases: int,
    contradiction: float | None = None,
    conditions: Sequence[str] | None = None,
    outcome: str | None = None,
    expectations: Mapping[str, Any] | None = None,
    exclude: Exclude = "contradictory",
    necessary: Sequence[str] = (),
    every: bool = False,
    most: int = MOST_MODELS,
    show: Show = "solutions",
) -> Result:
    """Which combinations of conditions go with the outcome, said as briefly as can be?

    Three solutions, always all three, for they differ in what they assume of combinations that
    no case shows. The conservative one assumes nothing. The parsimonious one assumes whatever
    makes the formula shortest. The intermediate one makes only those of these assumptions that
    fit what is expected of each condition. Where several formulas are equally short all are
    given: the cases do not decide between them. Readers get it through `solution`, which asks
    that they be shown first what it is made of.

    Parameters
    ----------
    tables : Tables
    plan : str
        Id of a set plan of the study.
    consistency, pri, cases, contradiction, conditions, outcome
        As in `truth_table`.
    expectations : mapping of str to str, int or list of int, optional
        By condition: "present", "absent" or values expected to go with the outcome; "-": no
        expectation. Without it those of the plan, which are of the plan's outcome; its absence
        has none.
    exclude : {"contradictory", "none"} or sequence of str or int
        contradictory: no solution assumes of a combination that it has the outcome if any
        formula of the outcome's absence assumes the contrary; both do without it then (enhanced
        standard analysis). A list bars just what it names: combinations that can't exist, as
        expressions ("STRIKE*~UNION") or numbers of rows, and "contradictory" if that is named.
    necessary : sequence of str
        Expressions that you hold necessary; no solution may assume the outcome without them. The
        note says how consistent that is with the cases.
    every : bool
        All formulas in which no term can be spared, and not only those with the fewest terms.
    most : int
        How many models of a solution are worked out. Of these the first ten are shown term by
        term, and the terms of all under ``show="terms"``.
    show : {"solutions", "terms", "assumptions", "chart", "cases"}
        solutions: each formula, term by term, with fit and cases. terms: each term once, with
        the solutions it stands in. assumptions: combinations without cases that a solution
        takes to have the outcome. chart: which term could explain which combination. cases:
        each case with the terms that it is in.

    Returns
    -------
    Result
        Behind a term stand the passages of its cases, first of those without the outcome. Where
        no combination has the outcome, or all have, there are no terms, and the note says so.

    Raises
    ------
    UnknownNameError
        No such plan, set, cut-off or expectation; a row to be barred that has cases; claims of
        necessity that rule out everything.

    References
    ----------
    .. [1] Ragin, C. C. (2008). Redesigning Social Inquiry. University of Chicago Press. Ch. 8-9.
    .. [2] Schneider, C. Q. and Wagemann, C. (2012). Set-Theoretic Methods for the Social
       Sciences. Cambridge University Press. Ch. 6 and 8.
    .. [3] Baumgartner, M. and Thiem, A. (2017). Model ambiguities in configurational comparative
       research. Sociological Methods & Research 46(4).

    Examples
    --------
    >>> from tertium.study import open_study
    >>> tables = open_study("labour-organising").tables
    >>> found = minimise(tables, plan="concession", consistency=0.8, pri=0, cases=1)
    >>> found.frame["solution"].unique().tolist()
    ['conservative', 'intermediate', 'parsimonious']
    """
    refuse_other("show", show, get_args(Show))
    refuse_exclude(exclude)
    refuse_count(most=most)
    found = asked(tables, plan, conditions=conditions, outcome=outcome)
    truth = truth_of(
        found, consistency=consistency, pri=pri, cases=cases, contradiction=contradiction
    )
    nothing = nothing_to_explain(found, truth)
    made = (
        without_models(found, truth, nothing)
        if nothing
        else analysis(
            found,
            truth,
            expectations=expectations,
            exclude=exclude,
            necessary=necessary,
            every=every,
            most=most,
        )
    )
    return replace(_SHOWN[show](made), rests_on=found.rests_on)
