"""Assumptions that no analysis should make, to be excluded in an enhanced standard analysis.

Comes in: truth tables and solutions of an outcome and of its absence, and expressions.
Goes out: numbers of rows that contradict each other, a claim of necessity, or what is possible.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import chain, product

from tertium.comparison.sets.expressions.expression import Expression, parse
from tertium.comparison.sets.memberships import Memberships
from tertium.comparison.sets.minimisation.implicants import Implicant, holds_in
from tertium.comparison.sets.solutions.covered import first_rows, rows_covered
from tertium.comparison.sets.solutions.expectations import largest
from tertium.comparison.sets.solutions.models import Model
from tertium.comparison.sets.solutions.outcome import negated_outcome
from tertium.comparison.sets.solutions.solution import LISTED, Assumptions, Solution
from tertium.comparison.sets.solutions.solve import solve
from tertium.comparison.sets.solutions.truth import TruthRows, truth_rows
from tertium.errors import UnknownNameError

# As `findRows` of the R package QCA numbers them, so that scripts can be carried over.
EVERY, OF_EXPRESSION, CONTRADICTORY, SIMULTANEOUS = range(4)
# More rows than these are not handed on by number.
MOST_ROWS = 100_000


def terms_of(expression: str | Expression, truth: TruthRows) -> tuple[Implicant, ...]:
    """The terms of an expression over the conditions of a truth table, one value or None each.

    Parameters
    ----------
    expression : str or Expression
        "STRIKE*~NGO"; "~(A + B)" is the negation of a necessary A + B.

    Raises
    ------
    UnknownNameError
        If it names a set that is no condition of the table.
    """
    levels = dict(zip(truth.conditions, truth.levels, strict=True))
    if isinstance(expression, str):
        expression = parse(expression, sets=truth.conditions, levels=levels)
    if strange := sorted(set(expression.names) - set(levels)):
        known = ", ".join(truth.conditions)
        raise UnknownNameError(
            f"{strange[0]} is no condition of the truth table; there are {known}"
        )
    found: list[Implicant] = []
    for term in expression.terms:
        choices = [sorted(term[name]) if name in term else [None] for name in truth.conditions]
        found.extend(product(*choices))
    return largest(found)


def remainders_of(
    expression: str | Expression, truth: TruthRows, *, observed: bool = False, most: int = LISTED
) -> Assumptions:
    """The remainders that an expression covers: impossible ones, or such as theory rules out.

    Where A is necessary for the outcome, "~(A)" covers those in which nobody can assume it.

    Parameters
    ----------
    observed : bool
        Whether to name observed rows too.
    most : int
        How many are listed; all are counted.
    """
    return _remainders(terms_of(expression, truth), truth, observed=observed, most=most)


def contradictory(
    one: Solution,
    other: Solution,
    *,
    models: Sequence[Model] | None = None,
    other_models: Sequence[Model] | None = None,
    most: int = LISTED,
) -> Assumptions:
    """Remainders that are assumed to have the outcome, and in the other solution not to have it.

    Parameters
    ----------
    one, other : Solution
        Of the outcome and of its absence, over the same conditions.
    models, other_models : sequence of models, optional
        Without them, all models of the solutions: what any of them assumes.
    most : int
        How many are listed; all are counted.

    References
    ----------
    .. [1] Schneider, C. Q., & Wagemann, C. (2012). Set-Theoretic Methods for the Social
       Sciences. Cambridge University Press. Ch. 8.
    """
    truth = one.truth
    if (truth.conditions, truth.levels) != (other.truth.conditions, other.truth.levels):
        raise UnknownNameError("the two solutions have different conditions")
    pairs = product(
        largest(chain.from_iterable(one.models if models is None else models)),
        largest(chain.from_iterable(other.models if other_models is None else other_models)),
    )
    shared = [both for both in (_both(*pair) for pair in pairs) if both is not None]
    return _remainders(largest(shared), truth, observed=False, most=most)


def simultaneous(truth: TruthRows, negated: TruthRows) -> tuple[int, ...]:
    """Observed rows that count as sufficient for the outcome and for its absence alike.

    They exist in fuzzy sets only, where memberships are small; a PRI cut-off rules them out.
    """
    absent = {row.number for row in negated.of("1")}
    return tuple(row.number for row in truth.of("1") if row.number in absent)


def negated_table(truth: TruthRows, memberships: Memberships) -> TruthRows:
    """The truth table of the outcome's absence, with the same cut-offs.

    Where the first table has a cut-off for contradictory rows, that one is the consistency to
    be reached here.
    """
    cut = truth.consistency if truth.contradiction is None else truth.contradiction
    return truth_rows(
        memberships,
        negated_outcome(truth.outcome),
        truth.conditions,
        consistency=cut,
        pri=truth.pri,
        cases=truth.cases,
        in_between="leave_out",
    )


def rows_of(
    truth: TruthRows,
    memberships: Memberships,
    *,
    kinds: Iterable[int],
    expression: str | None = None,
    observed: bool = False,
    negated: TruthRows | None = None,
) -> tuple[int, ...]:
    """Numbers of rows that an enhanced standard analysis may exclude.

    Parameters
    ----------
    truth : TruthRows
    memberships : Memberships
    kinds : iterable of {0, 1, 2, 3}
        1: remainders in an expression. 2: contradictory simplifying assumptions between the
        parsimonious solutions of the outcome and of its absence. 3: observed rows that are
        sufficient for both. 0: all of these.
    expression : str, optional
        For 1 (and 0, which goes without it where there is none).
    observed : bool
        For 1: whether to name observed rows too.
    negated : TruthRows, optional
        The table of the outcome's absence, if its cut-offs are others (see `negated_table`).

    Returns
    -------
    tuple of int
        Sorted.

    Raises
    ------
    UnknownNameError
        For a kind that is not there, 1 without an expression, or more than 100,000 rows.
    """
    wanted = set(kinds)
    if strange := sorted(wanted - {EVERY, OF_EXPRESSION, CONTRADICTORY, SIMULTANEOUS}):
        raise UnknownNameError(f"there is no kind {strange[0]} of rows; there are 0, 1, 2 and 3")
    if OF_EXPRESSION in wanted and not expression:
        raise UnknownNameError("rows of kind 1 are those of an expression; name it")
    if EVERY in wanted:
        wanted = {CONTRADICTORY, SIMULTANEOUS} | ({OF_EXPRESSION} if expression else set())
    found: set[int] = set()
    if OF_EXPRESSION in wanted and expression:
        found.update(_whole(remainders_of(expression, truth, observed=observed, most=MOST_ROWS)))
    if wanted & {CONTRADICTORY, SIMULTANEOUS} and negated is None:
        negated = negated_table(truth, memberships)
    if CONTRADICTORY in wanted and negated and truth.of("1") and negated.of("1"):
        one = solve(truth, memberships, solution="parsimonious")
        other = solve(negated, memberships, solution="parsimonious")
        found.update(_whole(contradictory(one, other, most=MOST_ROWS)))
    if SIMULTANEOUS in wanted and negated:
        found.update(simultaneous(truth, negated))
    return tuple(sorted(found))


def _whole(assumptions: Assumptions) -> tuple[int, ...]:
    if not assumptions.complete:
        raise UnknownNameError(
            f"these are {assumptions.count:,} rows, too many to list; exclude the terms that stand "
            "for them (terms_of) and not their numbers"
        )
    return assumptions.rows


def _both(one: Implicant, other: Implicant) -> Implicant | None:
    """What two terms share; None where they contradict each other."""
    shared: list[int | None] = []
    for value, second in zip(one, other, strict=True):
        if value is not None and second is not None and value != second:
            return None
        shared.append(second if value is None else value)
    return tuple(shared)


def _remainders(
    terms: Sequence[Implicant], truth: TruthRows, *, observed: bool, most: int
) -> Assumptions:
    seen: Collection[int] = ()
    if not observed:
        seen = {
            row.number for row in truth.rows if any(holds_in(term, row.values) for term in terms)
        }
    count = rows_covered(terms, truth.levels) - len(seen)
    return Assumptions(count, first_rows(terms, truth.levels, skip=seen, most=most))
