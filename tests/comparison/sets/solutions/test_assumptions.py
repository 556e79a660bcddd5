"""Assumptions to exclude: contradictory, against a necessary condition, simultaneous."""

from __future__ import annotations

from itertools import product

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tertium.comparison.sets.memberships import Memberships
from tertium.comparison.sets.solutions.assumptions import (
    contradictory,
    negated_table,
    remainders_of,
    rows_of,
    simultaneous,
    terms_of,
)
from tertium.comparison.sets.solutions.solve import solve
from tertium.comparison.sets.solutions.truth import TruthRows, truth_rows
from tertium.errors import TertiumError, UnknownNameError


def table_of(cases: dict[tuple[int, ...], int]) -> tuple[TruthRows, Memberships]:
    names = [f"C{at}" for at in range(len(next(iter(cases))))]
    frame = pd.DataFrame(
        [(*values, outcome) for values, outcome in cases.items()], columns=[*names, "Y"]
    )
    frame.index = [f"case{at}" for at in range(len(frame))]
    sets = Memberships.of(frame)
    return truth_rows(sets, "Y", names, consistency=1), sets


# Rows (1, 0) and (0, 1) have no case.
TWO = {(1, 1): 1, (0, 0): 0}


def test_terms_of_an_expression_fix_one_value_each() -> None:
    """A literal with several values is split; a term inside another one is left out."""
    frame = pd.DataFrame({"A": [0, 1, 2], "B": [0, 1, 1], "Y": [0, 1, 1]}, index=list("xyz"))
    table = truth_rows(Memberships.of(frame), "Y", ["A", "B"], consistency=1)
    assert set(terms_of("A[1,2]*~B + B", table)) == {(1, 0), (2, 0), (None, 1)}
    assert terms_of("A[1] + A[1]*B[1]", table) == ((1, None),)
    with pytest.raises(UnknownNameError, match="Y"):
        terms_of("Y", table)


def test_remainders_of_an_expression() -> None:
    """Observed rows are left out unless they are asked for."""
    table, _ = table_of(TWO)
    assert remainders_of("C0", table).rows == (3,)
    assert remainders_of("C0", table, observed=True).rows == (3, 4)
    assert remainders_of("C0 + C1", table).rows == (2, 3)


def test_a_row_without_a_necessary_condition_is_to_be_excluded() -> None:
    """If C0 is necessary, the outcome can't be assumed where C0 is absent."""
    table, sets = table_of(TWO)
    rows = remainders_of("~(C0)", table)
    assert rows.rows == (2,)
    assert remainders_of("~(C0 + C1)", table).rows == ()
    plain = solve(table, sets, solution="parsimonious")
    assert set(plain.models) == {((1, None),), ((None, 1),)}
    enhanced = solve(table, sets, solution="parsimonious", exclude=rows.rows)
    assert enhanced.models == (((1, None),),)


def test_a_row_assumed_both_ways_is_contradictory() -> None:
    """The outcome and its absence can't both be assumed of one remainder."""
    table, sets = table_of(TWO)
    absent = negated_table(table, sets)
    one = solve(table, sets, solution="parsimonious")
    other = solve(absent, sets, solution="parsimonious")
    assert contradictory(one, other).rows == (2, 3)
    pair = contradictory(one, other, models=[((1, None),)], other_models=[((0, None),)])
    assert (pair.count, pair.rows) == (0, ())
    pair = contradictory(one, other, models=[((1, None),)], other_models=[((None, 0),)])
    assert pair.rows == (3,)


def test_solutions_over_other_conditions_are_not_compared() -> None:
    """Rows of two tables have the same meaning only over the same conditions."""
    table, sets = table_of(TWO)
    one = solve(table, sets, solution="parsimonious")
    less = truth_rows(sets, "~Y", ["C0"], consistency=1)
    with pytest.raises(UnknownNameError, match="different conditions"):
        contradictory(one, solve(less, sets, solution="parsimonious"))


def test_a_row_can_be_sufficient_for_the_outcome_and_for_its_absence() -> None:
    """It takes fuzzy sets; a PRI cut-off rules it out."""
    frame = pd.DataFrame({"A": [0.6, 0.1], "Y": [0.5, 0.9]}, index=["x", "y"])
    sets = Memberships.of(frame)
    table = truth_rows(sets, "Y", ["A"], consistency=0.8)
    assert simultaneous(table, negated_table(table, sets)) == (2,)
    assert rows_of(table, sets, kinds=[3]) == (2,)
    strict = truth_rows(sets, "Y", ["A"], consistency=0.8, pri=0.6)
    assert simultaneous(strict, negated_table(strict, sets)) == ()


def test_the_lower_cut_off_is_that_of_the_absence() -> None:
    """Where contradictory rows have their own cut-off, the absence must reach that one."""
    frame = pd.DataFrame({"A": [0.6, 0.1], "Y": [0.5, 0.9]}, index=["x", "y"])
    sets = Memberships.of(frame)
    table = truth_rows(sets, "~Y", ["A"], consistency=0.9, contradiction=0.7)
    assert negated_table(table, sets).outcome == "Y"
    assert negated_table(table, sets).consistency == 0.7


@pytest.mark.parametrize(
    ("kinds", "expression", "told"),
    [([4], None, "no kind 4"), ([1], None, "name it"), ([1], "Z", "Z")],
)
def test_kinds_that_make_no_sense_are_refused(
    kinds: list[int], expression: str | None, told: str
) -> None:
    """Each refusal names what was wrong."""
    table, sets = table_of(TWO)
    with pytest.raises(UnknownNameError, match=told):
        rows_of(table, sets, kinds=kinds, expression=expression)


def test_rows_too_many_to_list_are_refused_with_a_way_out() -> None:
    """Half of 2^30 rows are counted, but not handed on one by one."""
    table, sets = table_of({(1,) * 30: 1, (0,) * 30: 0})
    assert remainders_of("C0", table).count == 2**29 - 1
    with pytest.raises(UnknownNameError, match="536,870,911 rows"):
        rows_of(table, sets, kinds=[1], expression="C0")


CASES = st.dictionaries(
    st.tuples(*[st.integers(0, 1)] * 3), st.integers(0, 1), min_size=2, max_size=7
)


@settings(max_examples=60)
@given(CASES)
def test_contradictory_rows_are_those_in_both_lists(cases: dict[tuple[int, ...], int]) -> None:
    """They are what assumptions of any model and of any model of the absence have in common."""
    table, sets = table_of(cases)
    absent = negated_table(table, sets)
    try:
        one = solve(table, sets, solution="parsimonious")
        other = solve(absent, sets, solution="parsimonious")
    except TertiumError:
        assert rows_of(table, sets, kinds=[2]) == ()
        return
    lists = [
        {number for model in found.models for number in found.assumptions(model).rows}
        for found in (one, other)
    ]
    told = contradictory(one, other)
    assert set(told.rows) == lists[0] & lists[1]
    assert told.count == len(told.rows)
    assert rows_of(table, sets, kinds=[2]) == told.rows
    assert rows_of(table, sets, kinds=[0]) == told.rows


@settings(max_examples=60)
@given(CASES, st.sampled_from(["C0", "~C1", "C0*~C2", "C0 + C1*C2", "~(C0 + C2)"]))
def test_remainders_equal_a_look_at_all_rows(
    cases: dict[tuple[int, ...], int], expression: str
) -> None:
    """A row is in an expression if plain logic says so."""
    table, _ = table_of(cases)
    meaning = {
        "C0": lambda a, b, c: a,
        "~C1": lambda a, b, c: not b,
        "C0*~C2": lambda a, b, c: a and not c,
        "C0 + C1*C2": lambda a, b, c: a or (b and c),
        "~(C0 + C2)": lambda a, b, c: not (a or c),
    }[expression]
    expected = [
        number
        for number, row in enumerate(product((0, 1), repeat=3), start=1)
        if meaning(*row) and row not in cases
    ]
    assert list(remainders_of(expression, table).rows) == expected
