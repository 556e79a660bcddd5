"""Expressions: what is read, how it is written, who belongs to it, and what is refused."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tertium.comparison.sets.expressions.expression import (
    Expression,
    implicant_text,
    membership,
    parse,
)
from tertium.comparison.sets.expressions.terms import Term
from tertium.comparison.sets.memberships import Memberships
from tertium.errors import UnknownNameError

LEVELS = {"A": 2, "B": 2, "C": 2, "SIZE": 3}


def terms() -> st.SearchStrategy[dict[str, set[int]]]:
    literals = {
        name: st.sets(st.integers(0, count - 1), min_size=1, max_size=count - 1)
        for name, count in LEVELS.items()
    }
    return st.fixed_dictionaries({}, optional=literals)


def expressions() -> st.SearchStrategy[Expression]:
    return st.lists(terms(), max_size=5).map(lambda made: Expression.of(made, LEVELS))


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("A*~B + C", "A*~B + C"),
        ("A*(B + ~C)", "A*B + A*~C"),
        ("~(A*B)", "~A + ~B"),
        ("~~A", "A"),
        ("~(A + ~(B*C))", "~A*B*C"),
        ("(A + B)*(A + ~B)", "A"),
        (" A+A ", "A"),
        ("A*~A + B", "B"),
        ("~SIZE[0]", "SIZE[1,2]"),
        ("SIZE[0,2]*SIZE[2]", "SIZE[2]"),
        ("~(SIZE[0] + SIZE[1,2])", "0"),
        ("1", "1"),
        ("A*0", "0"),
        ("A + A*B", "A + A*B"),
    ],
)
def test_what_is_read_is_multiplied_out(text: str, written: str) -> None:
    """Brackets are multiplied out, what can't hold is left out, what was written stays."""
    assert parse(text, levels={"SIZE": 3}).text() == written


@given(expressions())
def test_what_is_written_is_read_again(made: Expression) -> None:
    """Reading the text of an expression gives the same terms in the same order."""
    assert parse(made.text(), levels=LEVELS).terms == made.terms


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("", "at 1: there is nothing"),
        ("A*", "at 3: the end stands where"),
        ("A B", "at 3: 'B' follows without"),
        ("(A B)", "at 4: 'B' follows without"),
        ("A*(B + A", "at 3: this bracket is not closed"),
        ("A)", "at 2: this bracket was never opened"),
        ("A & B", "at 3: '&' has no meaning"),
        ("A[x]", "at 2: [x] holds no values"),
        ("A[2]", "at 2: A has no value 2"),
        ("A + D", "at 5: there is no set 'D'; there are A, B, SIZE"),
        ("A*SIZE", "at 3: SIZE has 3 values; say which"),
        ("(" * 500 + "A", "at 101: more than 100 brackets"),
    ],
)
def test_what_is_no_expression_is_told_with_its_place(text: str, where: str) -> None:
    """A text that can't be read is refused, and the place counts from 1."""
    with pytest.raises(UnknownNameError) as caught:
        parse(text, sets=["A", "B", "SIZE"], levels={"A": 2, "SIZE": 3})
    assert where in str(caught.value)


def test_small_letters_are_other_names() -> None:
    """A small letter names another set, it doesn't mean absence; no stars, one name."""
    assert parse("a*A + AB").names == ("a", "A", "AB")


def test_an_expression_that_explodes_is_refused() -> None:
    """What would have more terms than anyone can read is refused, not computed."""
    text = "*".join(f"(A{n} + B{n})" for n in range(30))
    with pytest.raises(UnknownNameError, match="terms when its brackets"):
        parse(text)


def test_terms_are_equal_in_any_order() -> None:
    """The order of literals doesn't matter to whether two terms are the same."""
    assert parse("A*B + B*A").literals == 2
    assert hash(Term({"A": {1}, "B": {0}})) == hash(Term({"B": {0}, "A": {1}}))


def table(**columns: list[float]) -> Memberships:
    cases = [f"case{number}" for number in range(len(next(iter(columns.values()))))]
    return Memberships.of(pd.DataFrame(columns, index=cases))


def test_membership_is_the_least_literal_of_the_best_term() -> None:
    """And is the smallest, or the largest, and not is 1 minus."""
    sets = table(A=[0.8, 0.3], B=[0.4, 0.9], C=[0.1, 0.6])
    np.testing.assert_allclose(membership("A*~B + C", sets), [0.6, 0.6])
    np.testing.assert_allclose(membership("1", sets), [1, 1])
    np.testing.assert_allclose(membership("0", sets), [0, 0])


def test_a_set_that_is_not_stated_leaves_the_case_open() -> None:
    """Null in any set that is named makes the case null, even where another term holds."""
    sets = table(A=[1, 1], B=[np.nan, 1], C=[np.nan, np.nan])
    np.testing.assert_allclose(membership("A + B", sets), [np.nan, 1])


def test_values_of_a_set_are_alternatives() -> None:
    """X[1,2] holds where X is 1 or 2."""
    sets = table(SIZE=[0, 1, 2], A=[1, 1, 0])
    assert membership("SIZE[1,2]*A", sets).tolist() == [0, 1, 0]


def test_an_expression_read_with_other_levels_is_refused() -> None:
    """Not X means something else where X has another number of values."""
    with pytest.raises(UnknownNameError, match="SIZE has 3 values"):
        membership(parse("~SIZE[1]"), table(SIZE=[0, 1, 2]))


def test_implicants_are_written_in_the_order_of_the_conditions() -> None:
    """None is left out; where all is left out the implicant holds for all."""
    assert implicant_text((1, None, 0), ("B", "C", "A"), LEVELS) == "B*~A"
    assert implicant_text((None, 0), ("A", "SIZE"), LEVELS) == "SIZE[0]"
    assert implicant_text((None,), ("A",), LEVELS) == "1"


@given(expressions(), st.data())
def test_a_crisp_case_belongs_where_its_values_do(made: Expression, data: st.DataObject) -> None:
    """Membership of a crisp case is whether some term allows each of its values."""
    case = {name: data.draw(st.integers(0, count - 1)) for name, count in LEVELS.items()}
    frame = pd.DataFrame({name: [value] for name, value in case.items()})
    sets = Memberships.of(frame, levels=LEVELS)
    plain = any(all(case[name] in held for name, held in term.items()) for term in made.terms)
    assert membership(made, sets).tolist() == [float(plain)]
