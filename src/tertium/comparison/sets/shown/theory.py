"""An expectation held against a solution: where they meet, and which cases stand where.

Comes in: the tables of a study, a plan, cut-offs, and what was expected as an expression.
Goes out: a list of four areas: expected and found, found only, expected only, neither.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, get_args

from tertium.bundle import Tables
from tertium.comparison.result import Result, comparison, support_table
from tertium.comparison.sets.expressions.expression import Expression, implicant_term, parse
from tertium.comparison.sets.fit.parameters import reaches
from tertium.comparison.sets.shown.analysis import Analysis, Kind, Model, analysis, model_of
from tertium.comparison.sets.shown.excluded import Exclude, refuse_exclude
from tertium.comparison.sets.shown.notes import closing, common_note
from tertium.comparison.sets.shown.numbers import NO_OUTCOME, NO_PRI, NOBODY_IN, as_list, said
from tertium.comparison.sets.shown.question import (
    Asked,
    asked,
    hides_pri,
    refuse_other,
    what_is_pri,
)
from tertium.comparison.sets.shown.rows import cut_offs, truth_of
from tertium.comparison.sets.shown.words import BY_LOGIC, counted, in_order
from tertium.comparison.sets.theory import Area, evaluate_theory
from tertium.errors import UnknownNameError

_AREAS: Mapping[tuple[bool, bool], str] = {
    (True, True): "expected, and in the solution",
    (False, True): "not expected, but in the solution",
    (True, False): "expected, but not in the solution",
    (False, False): "neither expected nor in the solution",
}
# What cases with the outcome say of the expectation: where the area is consistent enough with the
# outcome, and where it is not.
_WITH: Mapping[tuple[bool, bool], tuple[str, str]] = {
    (True, True): ("as expected", "as expected, but the area is mixed"),
    (False, True): (
        "widening the expectation by this can be considered",
        "the area is too mixed to widen the expectation by it",
    ),
    (True, False): ("as expected, and the solution misses it",) * 2,
    (False, False): ("it came about in a way that neither knows",) * 2,
}
# The same of cases without the outcome.
_WITHOUT: Mapping[tuple[bool, bool], tuple[str, str]] = {
    (True, True): ("against the expectation and the solution",) * 2,
    (False, True): ("as the expectation would have it, against the solution",) * 2,
    (True, False): (
        "against the expectation, though most of the area is as expected",
        "narrowing the expectation by this can be considered",
    ),
    (False, False): ("as both would have it",) * 2,
}
_COLUMNS: dict[str, Any] = {
    "area": object,
    "formula": object,
    "in_words": object,
    "with_outcome": object,
    "if_with": object,
    "without_outcome": object,
    "if_without": object,
    "consistency": "Float64",
    "pri": "Float64",
    "coverage": "Float64",
    "with_ids": object,
    "without_ids": object,
}
PARTLY = "no combination, yet cases are partly in it"


@comparison
def theory(
    tables: Tables,
    *,
    plan: str,
    expectation: str,
    solution: Kind,
    consistency: float,
    pri: float,
    cases: int,
    contradiction: float | None = None,
    conditions: Sequence[str] | None = None,
    outcome: str | None = None,
    expectations: Mapping[str, Any] | None = None,
    exclude: Exclude = "contradictory",
    necessary: Sequence[str] = (),
    model: int = 1,
) -> Result:
    """Where does what was expected meet what the cases show, and where not?

    This tests no hypothesis. It sorts the cases by what was expected of them and by whether the
    solution has them, and says which ones are worth another look: those expected to have the
    outcome that have not, and those with the outcome that nobody expected.

    Parameters
    ----------
    tables : Tables
    plan : str
    expectation : str
        When the outcome is expected, of the conditions: "STRIKE*NGO + ABROAD".
    solution : {"conservative", "intermediate", "parsimonious"}
        Which solution it is held against. No default: they differ in what they assume.
    consistency, pri, cases, contradiction, conditions, outcome, expectations, exclude, necessary
        As in `minimise`.
    model : int
        Which of its formulas, where there are several.

    Returns
    -------
    Result
        Four rows: the fit of each area, its cases by what Schneider and Wagemann call them, and
        what they say of the expectation. Behind each stand the passages of its cases, first of
        those that go against it.

    Raises
    ------
    UnknownNameError
        As `minimise`; nothing to explain at these cut-offs (`minimise` then gives a table without
        a formula); the expectation can't be read; no such model.

    References
    ----------
    .. [1] Schneider, C. Q. and Wagemann, C. (2012). Set-Theoretic Methods for the Social
       Sciences. Cambridge University Press. Ch. 11.

    Examples
    --------
    >>> from tertium.study import open_study
    >>> tables = open_study("labour-organising").tables
    >>> found = theory(
    ...     tables,
    ...     plan="concession",
    ...     expectation="STRIKE*NGO",
    ...     solution="intermediate",
    ...     consistency=0.8,
    ...     pri=0,
    ...     cases=1,
    ... )
    >>> len(found.frame)
    4
    """
    refuse_other("solution", solution, get_args(Kind))
    refuse_exclude(exclude)
    found = asked(tables, plan, conditions=conditions, outcome=outcome)
    truth = truth_of(
        found, consistency=consistency, pri=pri, cases=cases, contradiction=contradiction
    )
    made = analysis(found, truth, expectations=expectations, exclude=exclude, necessary=necessary)
    chosen = model_of(made, solution, model)
    levels = {name: found.levels[name] for name in found.conditions}
    expected = parse(expectation, sets=found.conditions, levels=levels)
    if not expected.names:
        raise UnknownNameError(f"expectation={expectation!r} names no condition; write STRIKE*NGO")
    solved = Expression.of(
        [implicant_term(term, found.conditions) for term in chosen.terms], levels
    )
    held = evaluate_theory(expected, solved, found.outcome, found.memberships)
    rows = [_row(found, area, consistency) for area in held.areas]
    support = [
        each
        for number, area in enumerate(held.areas, start=1)
        for each in _evidence(found, area, number)
    ]
    frame, texts = as_list(rows, _COLUMNS, [_shown(area) for area in held.areas])
    return Result(
        frame,
        title=f"What was expected of {found.outcome}, and the {solution} solution",
        note=_note(made, chosen, expected, held.in_between),
        brief_note=(
            f"{found.briefly()} {cut_offs(truth)} Expected with the outcome: {expected.text()}. "
            f"Held against the {solution} solution: {made.formula(chosen)}. "
            f"{_what_is_what(made, chosen)}"
        ),
        basis=found.basis,
        opens="area",
        support=support_table(support),
        rests_on=found.rests_on,
        shown=texts,
        hidden=(
            "with_ids",
            "without_ids",
            *(("pri",) if hides_pri(found, cut_off=pri) else ()),
        ),
    )


def _row(found: Asked, area: Area, cut_off: float) -> dict[str, Any]:
    place = area.in_theory, area.in_solution
    sides = area.with_outcome, area.without_outcome
    held = area.fit.consistency
    at = 0 if held is not None and reaches(held, cut_off) else 1
    said_so = [
        f"{len(cases)} of {counted(sum(map(len, sides)), 'case')}: {kind}; {words[place][at]}"
        if cases
        else ""
        for cases, kind, words in zip(sides, area.kinds, (_WITH, _WITHOUT), strict=True)
    ]
    expression = in_order(area.expression, found.conditions)
    return {
        "area": _AREAS[place],
        "formula": expression.text(),
        "in_words": PARTLY if _is_partly(area) else found.words.expression(expression),
        "with_outcome": found.words.cases(area.with_outcome) or "none",
        "if_with": said_so[0],
        "without_outcome": found.words.cases(area.without_outcome) or "none",
        "if_without": said_so[1],
        "consistency": held,
        "pri": area.fit.pri,
        "coverage": area.fit.coverage,
        "with_ids": area.with_outcome,
        "without_ids": area.without_outcome,
    }


def _is_partly(area: Area) -> bool:
    """Whether no combination is in an area, and yet cases are partly in it."""
    return not area.expression.terms and area.fit.consistency is not None


def _shown(area: Area) -> dict[str, str]:
    fit = area.fit
    no_pri = NO_PRI if fit.consistency is not None else NOBODY_IN
    return {
        "consistency": NOBODY_IN if fit.consistency is None else said(fit.consistency),
        "pri": no_pri if fit.pri is None else said(fit.pri),
        "coverage": NO_OUTCOME if fit.coverage is None else said(fit.coverage),
    }


def _evidence(found: Asked, area: Area, number: int) -> list[dict[str, Any]]:
    """Passages of the area's cases on the outcome and what the area names, those against first."""
    sets = (found.outcome_set, *area.expression.names)
    is_wanted = area.in_theory or area.in_solution
    against, other = (
        (area.without_outcome, area.with_outcome)
        if is_wanted
        else (area.with_outcome, area.without_outcome)
    )
    return [
        *found.evidence(number, against, sets),
        *found.evidence(number, other, sets, rank=1),
    ]


def _note(made: Analysis, chosen: Model, expected: Expression, in_between: Sequence[str]) -> str:
    asked_ = made.asked
    which = f" (model {chosen.number} of {chosen.of})" if chosen.of > 1 else ""
    between = (
        f" In no area, for they are exactly in between: {asked_.words.cases(in_between)}."
        if in_between
        else ""
    )
    return (
        f"{common_note(made)} Expected with the outcome: {expected.text()} "
        f"({asked_.words.expression(expected)}). Held against the {chosen.kind} solution{which}: "
        f"{made.formula(chosen)}. {_what_is_what(made, chosen)}{between} {closing(made)}"
    )


def _what_is_what(made: Analysis, chosen: Model) -> str:
    """The kinds of case, the numbers, and on what an area may rest."""
    asked_ = made.asked
    numbers = (
        "Consistency: of the cases in an area, the share that have the outcome; coverage: of "
        "those with the outcome, the share in the area."
        if asked_.is_crisp
        else "Consistency: how far what is in an area is in the outcome as well, each case counted "
        "by how far it is a member; coverage: how much of the outcome is in the area. "
        f"{what_is_pri(asked_, cut_off=made.truth.pri)}{BY_LOGIC}"
    )
    empty = (
        ""
        if chosen.kind == "conservative"
        else " What an area has of the solution may rest on combinations without a case."
    )
    return (
        "Most likely: a case that was expected to have the outcome, least likely: one that was "
        "not; with the outcome it is covered if the solution has it, uncovered if not; without "
        "the outcome it is consistent with the solution if that leaves it out, inconsistent if "
        "not. To widen or narrow the expectation is suggested only by the cut-off of consistency, "
        f"{said(made.truth.consistency)}; one case is a reason to read it again and no more. "
        f"{numbers}{empty}"
    )
