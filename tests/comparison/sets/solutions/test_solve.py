"""The three solutions, against looks at every expression, and what is refused."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations, product

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tertium.comparison.sets.memberships import Memberships
from tertium.comparison.sets.minimisation.budget import Budget, BudgetSpentError
from tertium.comparison.sets.solutions.models import Minimised
from tertium.comparison.sets.solutions.solve import solve
from tertium.comparison.sets.solutions.truth import TruthRows, row_number, truth_rows
from tertium.errors import UnknownNameError

Term = tuple[int | None, ...]
MOST_SEARCHED = 11


def table_of(
    rows: Sequence[tuple[tuple[int, ...], Sequence[int]]], levels: Sequence[int], **cuts: float
) -> tuple[TruthRows, Memberships]:
    """Return a table with these rows, each with one case an outcome."""
    names = [f"C{at}" for at in range(len(levels))]
    cases = [(*values, outcome) for values, outcomes in rows for outcome in outcomes]
    frame = pd.DataFrame(cases, columns=[*names, "Y"], dtype=float)
    frame.index = [f"case{at}" for at in range(len(frame))]
    sets = Memberships.of(frame, levels=dict(zip(names, levels, strict=True)))
    return truth_rows(sets, "Y", names, **{"consistency": 1, **cuts}), sets


def covers(term: Term, row: Term) -> bool:
    return all(one is None or one == value for one, value in zip(term, row, strict=True))


def all_primes(
    explained: Iterable[Term], against: Iterable[Term], levels: Sequence[int]
) -> set[Term]:
    """Look at every term: those that hold in an explained row, in none against, and shortest."""
    explained, against = list(explained), list(against)
    good = [
        term
        for term in product(*([None, *range(count)] for count in levels))
        if any(covers(term, row) for row in explained)
        and not any(covers(term, row) for row in against)
    ]
    return {
        term for term in good if not any(other != term and covers(other, term) for other in good)
    }


def all_models(
    primes: Iterable[Term], explained: Sequence[Term], *, every: bool
) -> set[frozenset[Term]]:
    """Look at every set of terms: those that cover all rows, smallest or without a spare one."""

    def explains(model: Iterable[Term]) -> bool:
        return all(any(covers(term, row) for term in model) for row in explained)

    listed = sorted(primes, key=str)
    found: set[frozenset[Term]] = set()
    for number in range(1, len(listed) + 1):
        for model in combinations(listed, number):
            if explains(model) and not any(one <= set(model) for one in found):
                found.add(frozenset(model))
        if found and not every:
            break
    return found


def same(found: Minimised, primes: set[Term], explained: Sequence[Term], *, every: bool) -> None:
    """Hold a minimisation against the look at everything."""
    assert set(found.prime_implicants) == primes
    assert found.complete
    models = all_models(primes, explained, every=every)
    assert {frozenset(model) for model in found.models} == models
    assert len(found.models) == len(models) == found.at_least
    assert set(found.essential) == frozenset.intersection(*models)


TABLES = st.sampled_from([(2, 2, 2, 2), (2, 2, 2), (3, 2, 2), (2, 3, 3), (4, 2)]).flatmap(
    lambda levels: st.tuples(
        st.just(levels),
        st.dictionaries(
            st.tuples(*(st.integers(0, count - 1) for count in levels)),
            st.sampled_from([(1,), (1,), (0,), (0, 1)]),
            min_size=2,
            max_size=12,
        ),
    )
)


@settings(max_examples=150)
@given(
    TABLES,
    st.booleans(),
    st.sampled_from([((), ("1",)), (("C",), ("1",)), ((), ("1", "C")), ((), ("C",))]),
    st.sets(st.integers(1, 18), max_size=2),
    st.data(),
)
def test_every_solution_equals_a_look_at_all_expressions(
    drawn: tuple[tuple[int, ...], dict[tuple[int, ...], tuple[int, ...]]],
    every: bool,
    outs: tuple[tuple[str, ...], tuple[str, ...]],
    exclude: set[int],
    data: st.DataObject,
) -> None:
    """Prime implicants, models, assumptions and intermediate models are those that exist."""
    levels, rows = drawn
    include, explain = outs
    truth, sets = table_of(sorted(rows.items()), levels, contradiction=0.5)
    exclude = {number for number in exclude if number <= truth.combinations}
    everything = list(product(*(range(count) for count in levels)))
    number = {row: row_number(row, levels) for row in everything}
    out = {row.values: row.out for row in truth.rows}
    explained = [row for row in out if out[row] in explain and number[row] not in exclude]
    kept = [row for row in out if out[row] in include and number[row] not in exclude]
    kept = [row for row in kept if row not in explained]
    against = [row for row in everything if number[row] in exclude]
    against += [row for row in out if row not in explained and row not in kept]
    options = {"include": include, "explain": explain, "exclude": exclude, "every": every}
    expectations = {
        f"C{at}": data.draw(st.integers(0, count - 1), label=f"expected of C{at}")
        for at, count in enumerate(levels)
        if data.draw(st.booleans())
    }
    primes = all_primes(explained, against, levels)
    narrow = all_primes(explained, set(everything) - {*explained, *kept}, levels)
    if not explained or (None,) * len(levels) in primes:
        with pytest.raises(UnknownNameError):
            solve(truth, sets, solution="parsimonious", **options)
        return
    if max(len(primes), len(narrow)) > MOST_SEARCHED:
        return
    cautious = solve(truth, sets, solution="conservative", **options)
    same(cautious.found, narrow, explained, every=every)
    found = solve(truth, sets, solution="intermediate", expectations=expectations, **options)
    same(found.found, primes, explained, every=every)
    for model in found.found.models:
        assumed = [
            number[row]
            for row in everything
            if row not in explained and any(covers(term, row) for term in model)
        ]
        told = found.assumptions(model)
        assert (list(told.rows), told.count) == (assumed, len(assumed))
    assert len(found.blocks) == len(cautious.models) * len(found.found.models) == found.pairs
    for block in found.blocks:
        longer = [
            (long, short)
            for long in block.conservative
            for short in block.parsimonious
            if covers(short, long)
        ]
        terms = [
            tuple(
                None
                if value is None or (one is None and expectations.get(f"C{at}", value) != value)
                else value
                for at, (value, one) in enumerate(zip(long, short, strict=True))
            )
            for long, short in longer
        ]
        easy = [
            row
            for row in everything
            if row not in explained and any(covers(term, row) for term in terms)
        ]
        assert list(block.easy.rows) == [number[row] for row in easy]
        assert block.easy.count == len(easy)
        rest = set(found.assumptions(block.parsimonious).rows) - set(block.easy.rows)
        assert set(block.difficult.rows) == rest
        assert block.difficult.count == len(rest)
        between = all_primes(explained, set(everything) - {*explained, *easy}, levels)
        if len(between) <= MOST_SEARCHED:
            same(block.found, between, explained, every=every)


TWO_WAYS = [((1, 1, 0), [1]), ((1, 0, 1), [1]), ((0, 0, 0), [0]), ((0, 1, 1), [0])]


def test_models_that_explain_equally_well_are_all_given() -> None:
    """Where two terms do for the same row, there are two models and no tie is broken."""
    truth, sets = table_of(
        [((1, 0, 0), [1]), ((0, 1, 0), [1]), ((0, 0, 0), [0]), ((1, 1, 1), [0])], (2, 2, 2)
    )
    found = solve(truth, sets, solution="parsimonious")
    assert len(found.models) == 4
    assert found.found.essential == ()


def test_fit_of_a_single_term_has_no_unique_coverage() -> None:
    """What only this term covers says nothing where there is no other."""
    truth, sets = table_of(TWO_WAYS, (2, 2, 2))
    found = solve(truth, sets, solution="parsimonious")
    assert found.models == (((1, None, None),),)
    assert found.text(found.models[0]) == "C0"
    fit = found.fit(found.models[0])
    assert fit.terms[0].unique_coverage is None
    assert (fit.whole.consistency, fit.whole.pri, fit.whole.coverage) == (1, 1, 1)
    assert found.membership(found.models[0]).tolist() == [1, 1, 0, 0]


def test_cases_that_are_not_stated_are_left_out_of_the_fit() -> None:
    """Fit and table rest on the same cases."""
    frame = pd.DataFrame({"A": [1, 0, None], "Y": [1, 0, 1]}, index=list("xyz"), dtype=float)
    sets = Memberships.of(frame)
    truth = truth_rows(sets, "Y", ["A"], consistency=1)
    found = solve(truth, sets, solution="parsimonious")
    assert found.fit(found.models[0]).whole.coverage == 1
    assert found.memberships.cases == ("x", "y")


def test_row_dominance_leaves_out_what_covers_less() -> None:
    """A prime implicant that covers a part of what another one covers is left out, equals stay."""
    rows = [((1, 1, 0), [1]), ((1, 0, 0), [1]), ((0, 0, 0), [0]), ((1, 0, 1), [0])]
    rows += [((0, 0, 1), [0])]
    truth, sets = table_of(rows, (2, 2, 2))
    plain = solve(truth, sets, solution="parsimonious")
    assert set(plain.prime_implicants) == {(None, 1, None), (1, None, 0)}
    strict = solve(truth, sets, solution="parsimonious", row_dominance=True)
    assert strict.prime_implicants == ((1, None, 0),)
    assert strict.models == plain.models


def test_an_excluded_row_is_covered_by_no_model() -> None:
    """An enhanced standard analysis keeps a remainder out, or an explained row."""
    truth, sets = table_of([((1, 1), [1]), ((0, 0), [0])], (2, 2))
    assert set(solve(truth, sets, solution="parsimonious").prime_implicants) == {
        (1, None),
        (None, 1),
    }
    kept_out = solve(truth, sets, solution="parsimonious", exclude=[3])
    assert kept_out.models == (((None, 1),),)
    with pytest.raises(UnknownNameError, match="left to explain"):
        solve(truth, sets, solution="parsimonious", exclude=[4])


def test_an_excluded_term_keeps_out_its_remainders_only() -> None:
    """Observed rows that a term covers stay what they are."""
    truth, sets = table_of([((1, 1, 1), [1]), ((0, 0, 0), [0])], (2, 2, 2))
    found = solve(truth, sets, solution="parsimonious", exclude=[(1, None, None)])
    rows = {number for model in found.models for number in found.assumptions(model).rows}
    assert found.explained[0].values == (1, 1, 1)
    assert all(truth.values(number)[0] == 0 for number in rows)
    by_number = solve(truth, sets, solution="parsimonious", exclude=[5, 6, 7])
    assert found.models == by_number.models


def test_expectations_of_a_conjunction_are_weighed_as_one() -> None:
    """Both literals of the conjunction stay if both are as expected; else both are dropped."""
    rows = [((1, 0, 1), [1]), ((0, 1, 0), [0]), ((1, 0, 0), [0]), ((0, 0, 0), [0])]
    truth, sets = table_of(rows, (2, 2, 2))
    in_line = solve(truth, sets, solution="intermediate", conjunctural=["C0*~C1"])
    assert in_line.models == (((1, 0, 1),),)
    against = solve(truth, sets, solution="intermediate", conjunctural=["C0*C1"])
    assert against.models == (((None, None, 1),),)
    alone = solve(truth, sets, solution="intermediate", expectations={"C0": 1, "C1": 1})
    assert alone.models == (((1, None, 1),),)
    named = solve(truth, sets, solution="intermediate", conjunctural=["C0", "C1"])
    assert named.models == alone.models


def test_of_several_conjunctions_the_last_one_can_be_asked_for_alone() -> None:
    """By default every expectation counts; as another program has it, the last conjunction."""
    rows = [((1, 0, 1), [1]), ((0, 1, 0), [0]), ((1, 0, 0), [0]), ((0, 0, 0), [0])]
    truth, sets = table_of(rows, (2, 2, 2))
    expected = {"expectations": {"C0": 0}, "conjunctural": ["C0*C1", "C0*~C1"]}
    every = solve(truth, sets, solution="intermediate", **expected)
    assert every.models == (((None, None, 1),),)
    last = solve(truth, sets, solution="intermediate", last_only=True, **expected)
    assert last.models == (((1, 0, 1),),)


def test_a_contradictory_row_is_let_in_only_where_it_is_expected() -> None:
    """Between the ends, rows that may be covered count as the easy counterfactuals do."""
    held = {
        "A": [0, 1, 1, 0, 1, 0, 0, 0],
        "B": [1, 0, 1, 1, 1, 0, 1, 0],
        "Y": [2, 0, 0, 1, 1, 0, 2, 2],
    }
    sets = Memberships.of(pd.DataFrame(held, index=list("abcdefgh")))
    truth = truth_rows(sets, "Y[0]", ["A", "B"], consistency=0.6, pri=0.6, contradiction=0.3)
    found = solve(
        truth, sets, solution="intermediate", include=["?", "C"], expectations={"B": 0}, every=True
    )
    blocks = [sorted(found.text(model) for model in block.found.models) for block in found.blocks]
    assert blocks == [["A"], ["A*~B"], ["A*~B"], ["~B"]]


def test_an_expectation_may_name_several_values() -> None:
    """A literal stays if its value is among those expected."""
    truth, sets = table_of([((2, 1), [1]), ((0, 0), [0]), ((1, 0), [0])], (3, 2))
    stays = solve(truth, sets, solution="intermediate", expectations={"C0": [1, 2], "C1": 1})
    assert stays.models == (((2, 1),),)
    drops = solve(truth, sets, solution="intermediate", expectations={"C0": [0, 1], "C1": 1})
    assert set(drops.models) == {((None, 1),), ((2, 1),)}


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"solution": "complex"}, "there is no solution 'complex'"),
        ({"solution": "conservative", "include": ["?"]}, "includes no remainders"),
        ({"solution": "parsimonious", "include": ["x"]}, "include names 'x'"),
        ({"solution": "parsimonious", "explain": ["?"]}, "explain names"),
        ({"solution": "parsimonious", "explain": ["1", "0"]}, "can't be explained together"),
        ({"solution": "parsimonious", "explain": ["C"]}, "left to explain"),
        ({"solution": "parsimonious", "expectations": {"C0": 1}}, "uses no expectations"),
        ({"solution": "intermediate"}, "needs expectations"),
        ({"solution": "intermediate", "expectations": {"Z": 1}}, "no condition 'Z'"),
        ({"solution": "intermediate", "expectations": {"C0": 2}}, "2 is no value of C0"),
        ({"solution": "intermediate", "expectations": {"C0": []}}, "expects nothing"),
        ({"solution": "intermediate", "expectations": {"C0": "present"}}, "expects 'present'"),
        ({"solution": "intermediate", "expectations": ["present"] * 3}, "states no expectations"),
        ({"solution": "intermediate", "conjunctural": "C0*C1"}, "states no expectations"),
        ({"solution": "parsimonious", "exclude": [9]}, "no row 9"),
    ],
)
def test_options_that_make_no_sense_are_refused(options: dict[str, object], told: str) -> None:
    """Each refusal names what was wrong."""
    truth, sets = table_of(TWO_WAYS, (2, 2, 2))
    with pytest.raises(UnknownNameError, match=told):
        solve(truth, sets, **options)


def test_a_table_without_anything_against_the_outcome_is_refused() -> None:
    """If every row has the outcome, all conditions drop out and there is nothing to say."""
    truth, sets = table_of([((1, 1), [1]), ((0, 0), [1])], (2, 2))
    with pytest.raises(UnknownNameError, match="every condition drops out"):
        solve(truth, sets, solution="parsimonious")
    assert solve(truth, sets, solution="conservative").models == (((0, 0), (1, 1)),)


def test_the_list_of_models_is_cut_and_says_so() -> None:
    """More models than asked for are counted or given a lower bound, never dropped in silence."""
    truth, sets = table_of(
        [((1, 0, 0), [1]), ((0, 1, 0), [1]), ((0, 0, 0), [0]), ((1, 1, 1), [0])], (2, 2, 2)
    )
    found = solve(truth, sets, solution="parsimonious", most=2)
    assert len(found.models) == 2
    assert not found.complete
    assert found.found.at_least >= 2
    pairs = solve(truth, sets, solution="intermediate", expectations={"C2": 0}, most_blocks=3)
    assert (len(pairs.blocks), pairs.pairs, pairs.complete) == (3, 4, False)


def test_a_budget_that_is_spent_is_an_error_and_no_wrong_answer() -> None:
    """Without the prime implicants there is no solution to give."""
    truth, sets = table_of(TWO_WAYS, (2, 2, 2))
    with pytest.raises(BudgetSpentError, match="steps"):
        solve(truth, sets, solution="parsimonious", budget=Budget(1))


# Twelve blocks, each with easy counterfactuals of its own.
AMBIGUOUS = [
    *(((0, 0, 0, 0), [1]), ((0, 0, 1, 0), [1]), ((0, 1, 0, 1), [1]), ((1, 0, 0, 1), [1])),
    *(((1, 1, 0, 0), [1]), ((0, 0, 0, 1), [0]), ((0, 1, 1, 0), [0]), ((1, 1, 1, 0), [0])),
]
ALL_HELP = {f"C{at}": 1 for at in range(4)}


def test_blocks_that_the_steps_do_not_suffice_for_are_left_out_and_told() -> None:
    """What is known of the ends and of earlier blocks is kept; the solution says it is cut."""
    truth, sets = table_of(AMBIGUOUS, (2, 2, 2, 2))
    options = {"solution": "intermediate", "expectations": ALL_HELP, "every": True}
    whole = solve(truth, sets, **options)
    assert whole.complete
    assert not whole.spent
    ends = [
        next(
            steps
            for steps in range(1, 100_000)
            if _is_enough(truth, sets, {"solution": kind, "every": True, "budget": Budget(steps)})
        )
        for kind in ("conservative", "parsimonious")
    ]
    cut = solve(truth, sets, budget=Budget(max(ends)), **options)
    assert cut.spent
    assert 0 < len(cut.blocks) < whole.pairs
    kept = [(one.conservative, one.parsimonious, one.found.prime_implicants) for one in cut.blocks]
    assert kept == [
        (one.conservative, one.parsimonious, one.found.prime_implicants)
        for one in whole.blocks[: len(kept)]
    ]


def _is_enough(truth: TruthRows, sets: Memberships, options: dict[str, object]) -> bool:
    try:
        return bool(solve(truth, sets, **options))
    except BudgetSpentError:
        return False


def test_models_of_all_blocks_together_are_no_more_than_asked_for() -> None:
    """An intermediate solution with many blocks lists as many models as any other."""
    with_it = [3, 4, 6, 7, 8, 11, 13]
    without = [0, 1, 9, 12, 14]
    rows = [(row, [int(at in with_it)]) for at, row in enumerate(product((0, 1), repeat=4))]
    rows = [row for at, row in enumerate(rows) if at in with_it + without]
    truth, sets = table_of(rows, (2, 2, 2, 2))
    options = {"expectations": {"C0": 1}, "every": True}
    whole = solve(truth, sets, solution="intermediate", **options)
    assert len(whole.models) > 2
    cut = solve(truth, sets, solution="intermediate", most=2, **options)
    assert len(cut.models) == 2
    assert not cut.complete


def test_names_and_order_of_cases_change_nothing() -> None:
    """The same cases in another order give the same models."""
    truth, sets = table_of(TWO_WAYS, (2, 2, 2))
    turned = Memberships.of(sets.frame[::-1], levels=dict(sets.levels))
    again = truth_rows(turned, "Y", truth.conditions, consistency=1)
    first = solve(truth, sets, solution="parsimonious")
    assert solve(again, turned, solution="parsimonious").models == first.models


def test_many_conditions_are_solved_without_listing_rows() -> None:
    """With thirty conditions assumptions are counted exactly and the first are listed."""
    rows = [
        ((1, 1, *[0] * 28), [1]),
        ((1, 0, *[1] * 28), [0]),
        ((0, 1, *[0, 1] * 14), [0]),
        ((0, 0, *[0] * 28), [0]),
    ]
    truth, sets = table_of(rows, (2,) * 30)
    found = solve(truth, sets, solution="parsimonious")
    pair = (1, 1, *[None] * 28)
    told = found.assumptions((pair,), most=5)
    assert told.count == 2**28 - 1
    assert len(told.rows) == 5
    assert not told.complete
