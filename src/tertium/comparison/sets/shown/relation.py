"""Each case by its membership in a combination and in the outcome: what an XY plot draws.

Comes in: the tables of a study, a plan, an expression of its sets.
Goes out: a list with one row a case, for `tertium.figure`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, get_args

import numpy as np

from tertium.bundle import Tables
from tertium.comparison.result import Result, comparison, support_table
from tertium.comparison.sets.expressions.expression import parse
from tertium.comparison.sets.fit.parameters import necessity as necessity_of
from tertium.comparison.sets.fit.parameters import sufficiency as sufficiency_of
from tertium.comparison.sets.memberships import CROSSOVER
from tertium.comparison.sets.shown.numbers import NO_OUTCOME, NOBODY_IN, as_list, of_cases
from tertium.comparison.sets.shown.question import THESE_CASES, Asked, asked, refuse_other
from tertium.errors import UnknownNameError

Relation = Literal["sufficiency", "necessity"]
_COLUMNS: dict[str, Any] = {
    "case": object,
    "x": "Float64",
    "y": "Float64",
    "corner": object,
    "case_id": object,
}
BOTH, WITHOUT_OUTCOME = "in both", "in it, without the outcome"
OUTCOME_ALONE, NEITHER = "outcome without it", "in neither"
IN_BETWEEN = "exactly in between"


@comparison
def set_relation(
    tables: Tables,
    *,
    plan: str,
    expression: str,
    relation: Relation = "sufficiency",
    conditions: Sequence[str] | None = None,
    outcome: str | None = None,
) -> Result:
    """Where does each case stand between a combination and the outcome?

    If the combination always goes with the outcome, no case is in it without the outcome (the
    lower right corner is empty), and in sets with degrees none lies below the diagonal. If it is
    necessary, no case has the outcome without it (upper left), and none lies above the diagonal.

    Parameters
    ----------
    tables : Tables
    plan : str
    expression : str
        Such as "STRIKE*~NGO" or "STRIKE + NGO", of the conditions.
    relation : {"sufficiency", "necessity"}
        Which corner speaks against it.
    conditions, outcome
        As in `truth_table`. All conditions must be stated of a case, also those that the
        expression does not name: so the figure has the cases of the truth table.

    Returns
    -------
    Result
        A list with one row a case, those that speak against the relation first.

    Raises
    ------
    UnknownNameError
        No such plan or set, or the expression can't be read.

    Examples
    --------
    >>> from tertium.study import open_study
    >>> tables = open_study("labour-organising").tables
    >>> found = set_relation(tables, plan="concession", expression="STRIKE*~NGO").frame
    >>> found.columns.tolist()
    ['case', 'x', 'y', 'corner', 'case_id']
    """
    refuse_other("relation", relation, get_args(Relation))
    if not isinstance(expression, str):
        raise UnknownNameError(f"expression={expression!r} is no expression; write STRIKE*~NGO")
    found = asked(tables, plan, conditions=conditions, outcome=outcome)
    levels = {name: found.levels[name] for name in found.conditions}
    parsed = parse(expression, sets=found.conditions, levels=levels)
    if not parsed.names:
        raise UnknownNameError(f"expression={expression!r} names no condition; write STRIKE*~NGO")
    held, outcome_held = found.membership(expression), found.outcome_memberships
    order = sorted(
        range(len(found.cases)),
        key=lambda at: _rank(float(held[at]), float(outcome_held[at]), relation),
    )
    rows = [
        {
            "case": found.words.case(found.cases[at]),
            "x": held[at],
            "y": outcome_held[at],
            "corner": corner(held[at], outcome_held[at]),
            "case_id": found.cases[at],
        }
        for at in order
    ]
    sets = (*parsed.names, found.outcome_set)
    support = [
        each
        for number, at in enumerate(order, start=1)
        for each in found.evidence(number, [found.cases[at]], sets)
    ]
    frame, shown = as_list(rows, _COLUMNS, [{} for _ in rows])
    return Result(
        frame,
        title=f"Cases by membership in {parsed.text()} and in {found.outcome}",
        note=_note(found, parsed.text(), found.words.expression(parsed), held, relation),
        brief_note=f"{found.briefly()} {_fit(found, held, relation)}",
        support=support_table(support),
        opens="case",
        basis=found.basis,
        rests_on=found.rests_on,
        shown=shown,
        hidden=("case_id",),
        column_labels={
            "x": f"{parsed.text()}: {found.words.expression(parsed)}",
            "y": f"{found.outcome}: {found.words.outcome(found.outcome)}",
        },
    )


def corner(held: float, outcome: float) -> str:
    """In which corner a case stands.

    Examples
    --------
    >>> corner(1.0, 0.0), corner(0.5, 1.0)
    ('in it, without the outcome', 'exactly in between')
    """
    if CROSSOVER in (held, outcome):
        return IN_BETWEEN
    if held > CROSSOVER:
        return BOTH if outcome > CROSSOVER else WITHOUT_OUTCOME
    return OUTCOME_ALONE if outcome > CROSSOVER else NEITHER


def _rank(held: float, outcome: float, relation: Relation) -> int:
    order = [WITHOUT_OUTCOME, BOTH, OUTCOME_ALONE, NEITHER, IN_BETWEEN]
    if relation == "necessity":
        order = [OUTCOME_ALONE, BOTH, WITHOUT_OUTCOME, NEITHER, IN_BETWEEN]
    return order.index(corner(held, outcome))


def _fit(found: Asked, held: np.ndarray, relation: Relation) -> str:
    """Consistency and coverage, in a sentence."""
    outcome = found.outcome_memberships
    both = np.minimum(held, outcome)
    if relation == "sufficiency":
        enough = sufficiency_of(held, outcome)
        told = of_cases(enough.consistency, both, held, crisp=found.is_crisp, why=NOBODY_IN)
        covers = of_cases(enough.coverage, both, outcome, crisp=found.is_crisp, why=NO_OUTCOME)
    else:
        needed = necessity_of(held, outcome)
        told = of_cases(needed.consistency, both, outcome, crisp=found.is_crisp, why=NO_OUTCOME)
        covers = of_cases(needed.coverage, both, held, crisp=found.is_crisp, why=NOBODY_IN)
    return f"Consistency {told}, coverage {covers}."


def _note(found: Asked, text: str, words: str, held: np.ndarray, relation: Relation) -> str:
    against, diagonal = (
        ("in the combination and without the outcome (lower right, tinted)", "below")
        if relation == "sufficiency"
        else ("with the outcome and without the combination (upper left, tinted)", "above")
    )
    degrees = (
        ""
        if found.is_crisp
        else f" In sets with degrees every case {diagonal} the diagonal lowers the consistency."
    )
    return (
        f"{found.briefly()} Across: {text} ({words}). Up: {found.outcome} "
        f"({found.words.outcome(found.outcome)}). {_fit(found, held, relation)} "
        f"Against it speak the cases {against}.{degrees} {THESE_CASES}"
    )
