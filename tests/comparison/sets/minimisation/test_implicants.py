"""Prime implicants: against a listing of all rows, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tertium.comparison.sets.minimisation.budget import Budget, BudgetSpentError
from tertium.comparison.sets.minimisation.chart import covers
from tertium.comparison.sets.minimisation.implicants import (
    chart_of,
    holds_in,
    prime_implicants,
    prime_implicants_within,
)
from tertium.errors import UnknownNameError

from .brute_force import all_rows, holds, merged_implicants


@st.composite
def tables(draw):
    """Levels, and for each row whether it is positive, negative or neither."""
    levels = draw(st.lists(st.integers(2, 4), min_size=1, max_size=4))
    rows = all_rows(levels)
    sides = draw(st.lists(st.sampled_from("10?"), min_size=len(rows), max_size=len(rows)))
    return levels, dict(zip(rows, sides, strict=True))


def of_side(table, *sides):
    return [row for row, side in table.items() if side in sides]


@settings(max_examples=150, deadline=None)
@given(tables())
def test_the_implicants_are_those_of_merging_all_free_rows(drawn):
    """Hitting sets and merged rows give one answer, where remainders are free."""
    levels, table = drawn
    positive = of_side(table, "1")
    found = prime_implicants(positive, of_side(table, "0"), levels)
    assert set(found) == merged_implicants(positive, set(of_side(table, "1", "?")), levels)
    assert len(set(found)) == len(found)


@settings(max_examples=150, deadline=None)
@given(tables())
def test_the_implicants_within_are_those_of_merging_admitted_rows(drawn):
    """So they do where only the explained rows, or some remainders too, may be covered."""
    levels, table = drawn
    positive = of_side(table, "1")
    assert set(prime_implicants_within(positive, [], levels)) == merged_implicants(
        positive, set(positive), levels
    )
    admitted = of_side(table, "?")
    assert set(prime_implicants_within(positive, admitted, levels)) == merged_implicants(
        positive, {*positive, *admitted}, levels
    )


@settings(max_examples=80, deadline=None)
@given(tables(), st.randoms(use_true_random=False))
def test_order_and_doubles_of_the_rows_change_nothing(drawn, chance):
    """The same rows in another order give the same list, in the same order."""
    levels, table = drawn
    positive, negative = of_side(table, "1"), of_side(table, "0")
    first = prime_implicants(positive, negative, levels)
    chance.shuffle(positive)
    chance.shuffle(negative)
    assert prime_implicants(positive * 2, negative, levels) == first


def test_the_order_is_the_stated_one():
    """Fewest conditions first, then earlier conditions, then lower values."""
    found = prime_implicants([(0, 0, 0), (1, 1, 0)], [(1, 0, 0), (0, 1, 1)], [2, 2, 2])
    assert found == [
        (0, 0, None), (1, 1, None), (0, None, 0), (None, 1, 0),
    ]  # fmt: skip


def test_a_term_keeps_all_its_rows_out():
    """A negative term does what its rows do."""
    rows = [row for row in all_rows([2, 3, 2]) if row[1] == 2]
    one = prime_implicants([(1, 1, 1)], [(None, 2, None)], [2, 3, 2])
    assert one == prime_implicants([(1, 1, 1)], rows, [2, 3, 2]) == [(None, 1, None)]


def test_without_a_negative_row_nothing_is_needed():
    """Where nothing must stay out, the empty conjunction holds in all."""
    assert prime_implicants([(1, 0)], [], [2, 2]) == [(None, None)]
    assert prime_implicants([], [(1, 0)], [2, 2]) == []


@pytest.mark.parametrize(
    ("positive", "negative", "told"),
    [
        ([(1, 0)], [(1, 0)], "to be explained and to stay out"),
        ([(1, 2)], [], "0 to 1"),
        ([(1,)], [], "2 conditions"),
        ([(1, None)], [], "leaves a condition open"),
    ],
)
def test_what_is_no_table_is_refused(positive, negative, told):
    """A message names the row."""
    with pytest.raises(UnknownNameError, match=told):
        prime_implicants(positive, negative, [2, 2])


def test_comparing_rows_is_counted():
    """Many rows against many are steps, though no search has begun."""
    rows = [tuple(number >> at & 1 for at in range(8)) for number in range(256)]
    budget = Budget(None)
    prime_implicants(rows[:100], rows[100:], [2] * 8, budget=budget)
    assert budget.spent >= 100 * 156


def test_a_budget_ends_the_search():
    """It ends at the same place each time, with an error that says so."""
    rows = all_rows([2] * 6)
    budgets = [Budget(20), Budget(20)]
    for budget in budgets:
        with pytest.raises(BudgetSpentError, match="20 steps"):
            prime_implicants(rows[::2], rows[1::4], [2] * 6, budget=budget)
    assert budgets[0].spent == budgets[1].spent > 20
    assert budgets[0].left == 0


@settings(max_examples=60, deadline=None)
@given(tables())
def test_the_chart_says_where_each_implicant_holds(drawn):
    """One bit a row, the first row lowest."""
    levels, table = drawn
    positive = of_side(table, "1")
    implicants = prime_implicants(positive, of_side(table, "0"), levels)
    for implicant, mask in zip(implicants, chart_of(implicants, positive), strict=True):
        told = [bool(mask >> at & 1) for at in range(len(positive))]
        assert told == [holds_in(implicant, row) for row in positive]
        assert told == [holds(implicant, row) for row in positive]


def test_the_reference_solutions_have_these_prime_implicants_and_models(shared: Path):
    """Every conservative and parsimonious reference case that explains the rows with a 1 only."""
    cases = json.loads((shared / "oracles" / "qca_minimize.json").read_text("utf-8"))["cases"]
    compared = 0
    for case in cases:
        params, expected = case["params"], case["expected"]
        solution = params["solution"]
        plain = params["explain"] == ["1"] and not params["exclude_rows"]
        if solution == "intermediate" or not plain or "models" not in expected or params["row_dom"]:
            continue
        rows = {tuple(row["values"]): row["out"] for row in expected["truth_table"]}
        explained = [row for row, out in rows.items() if out == "1"]
        rest = [row for row, out in rows.items() if out != "1"]
        levels = expected["levels"]
        if solution == "parsimonious":
            if "C" in params["include"]:
                continue
            found = prime_implicants(explained, rest, levels)
        else:
            found = prime_implicants_within(explained, [], levels)
        told = {tuple(one["literals"]) for one in expected["prime_implicants"]}
        assert set(found) == told, case["id"]
        models = covers(chart_of(found, explained), len(explained), every=params["all_sol"])
        literals = {one["expr"]: tuple(one["literals"]) for one in expected["prime_implicants"]}
        assert {frozenset(found[at] for at in model) for model in models.covers} == {
            frozenset(literals[term] for term in model) for model in expected["models"]
        }, case["id"]
        compared += 1
    assert compared > 30
