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
from tertium.comparison.sets.shown.analysis import Analysis, Kind, Model, analysis
from tertium.comparison.sets.shown.asked import Asked, asked, refuse_other
from tertium.comparison.sets.shown.barred import Exclude
from tertium.comparison.sets.shown.numbers import NO_OUTCOME, NOBODY_IN, as_list, said
from tertium.comparison.sets.shown.rows import truth_of
from tertium.comparison.sets.shown.said import closing, common_note
from tertium.comparison.sets.theory import Area, evaluate_theory
from tertium.errors import UnknownNameError

_AREAS: Mapping[tuple[bool, bool], tuple[str, str, str]] = {
    (True, True): (
        "expected, and in the solution",
        "the expectation holds here",
        "expected and in the solution, and yet without the outcome",
    ),
    (False, True): (
        "not expected, but in the solution",
        "the expectation should be widened by this",
        "in the solution without the outcome, as the expectation would have it",
    ),
    (True, False): (
        "expected, but not in the solution",
        "as expected, and the solution misses it",
        "expected, and without the outcome: the expectation is too wide",
    ),
    (False, False): (
        "neither expected nor in the solution",
        "the outcome came about in a way that neither knows",
        "without the outcome, as both would have it",
    ),
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
    "coverage": "Float64",
    "with_ids": object,
    "without_ids": object,
}


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
        Four rows; behind each stand the passages of its cases, first of those that go against it.

    Raises
    ------
    UnknownNameError
        As `minimise`; the expectation can't be read; no such model.

    References
    ----------
    .. [1] Schneider, C. Q. and Wagemann, C. (2012). Set-Theoretic Methods for the Social
       Sciences. Cambridge University Press. Ch. 11.

    Examples
    --------
    >>> theory(study.tables, plan="concession", expectation="STRIKE*NGO",
    ...        solution="intermediate", consistency=0.8, pri=0, cases=1)     # doctest: +SKIP
    """
    refuse_other("solution", solution, get_args(Kind))
    refuse_other("exclude", exclude, get_args(Exclude))
    found = asked(tables, plan, conditions=conditions, outcome=outcome)
    truth = truth_of(
        found, consistency=consistency, pri=pri, cases=cases, contradiction=contradiction
    )
    made = analysis(found, truth, expectations=expectations, exclude=exclude, necessary=necessary)
    chosen = _model(made, solution, model)
    levels = {name: found.levels[name] for name in found.conditions}
    expected = parse(expectation, sets=found.conditions, levels=levels)
    if not expected.names:
        raise UnknownNameError(f"expectation={expectation!r} names no condition; write STRIKE*NGO")
    solved = Expression.of(
        [implicant_term(term, found.conditions) for term in chosen.terms], levels
    )
    held = evaluate_theory(expected, solved, found.outcome, found.memberships)
    rows = [_row(found, area) for area in held.areas]
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
        support=support_table(support),
        rests_on=found.rests_on,
        shown=texts,
        hidden=("with_ids", "without_ids"),
    )


def _model(made: Analysis, kind: Kind, number: int) -> Model:
    models = made.models(kind)
    if not 1 <= number <= len(models):
        raise UnknownNameError(
            f"model={number}: the {kind} solution has {len(models)}; write 1 to {len(models)}"
        )
    return models[number - 1]


def _row(found: Asked, area: Area) -> dict[str, Any]:
    name, if_with, if_without = _AREAS[area.in_theory, area.in_solution]
    return {
        "area": name,
        "formula": area.expression.text(),
        "in_words": found.words.expression(area.expression),
        "with_outcome": found.words.cases(area.with_outcome) or "none",
        "if_with": if_with if area.with_outcome else "",
        "without_outcome": found.words.cases(area.without_outcome) or "none",
        "if_without": if_without if area.without_outcome else "",
        "consistency": area.fit.consistency,
        "coverage": area.fit.coverage,
        "with_ids": area.with_outcome,
        "without_ids": area.without_outcome,
    }


def _shown(area: Area) -> dict[str, str]:
    fit = area.fit
    return {
        "consistency": NOBODY_IN if fit.consistency is None else said(fit.consistency),
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
        f"{made.formula(chosen)}. With outcome, without outcome: the cases in each area, and what "
        "they say of the expectation. Consistency: of the cases in an area, the share that have "
        f"the outcome; coverage: of those with the outcome, the share in the area.{between} "
        f"{closing(made)}"
    )
