"""The truth table: rows, cut-offs, outcomes, and what is refused."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tertium.comparison.sets.memberships import Memberships
from tertium.comparison.sets.solutions.truth import (
    TruthRows,
    row_number,
    row_values,
    truth_rows,
)
from tertium.errors import UnknownNameError


def made(**columns: list[float | None]) -> Memberships:
    cases = [f"c{number}" for number in range(len(next(iter(columns.values()))))]
    return Memberships.of(pd.DataFrame(columns, index=cases, dtype=float))


CRISP = made(A=[1, 1, 1, 0, 0], B=[1, 0, 0, 0, 1], Y=[1, 1, 0, 0, 1])


def outs(table: TruthRows) -> dict[int, str]:
    return {row.number: row.out for row in table.rows}


def test_a_row_holds_the_cases_with_its_values() -> None:
    """Cases with the same values share a row; its consistency is the share with the outcome."""
    table = truth_rows(CRISP, "Y", ["A", "B"], consistency=0.9)
    assert [(row.values, row.cases, row.n) for row in table.rows] == [
        ((0, 0), ("c3",), 1),
        ((0, 1), ("c4",), 1),
        ((1, 0), ("c1", "c2"), 2),
        ((1, 1), ("c0",), 1),
    ]
    assert [row.consistency for row in table.rows] == [0, 1, 0.5, 1]
    assert outs(table) == {1: "0", 2: "1", 3: "0", 4: "1"}
    assert table.remainders == 0


def test_a_row_between_two_cut_offs_is_contradictory() -> None:
    """From the lower cut-off up to the higher one a row is neither one nor the other."""
    table = truth_rows(CRISP, "Y", ["A", "B"], consistency=0.9, contradiction=0.5)
    assert outs(table)[3] == "C"
    table = truth_rows(CRISP, "Y", ["A", "B"], consistency=0.9, contradiction=0.6)
    assert outs(table)[3] == "0"
    table = truth_rows(CRISP, "Y", ["A", "B"], consistency=0.5, contradiction=0.5)
    assert outs(table)[3] == "1"


def test_a_row_with_too_few_cases_is_a_remainder() -> None:
    """Rows below the number of cases asked for are named apart and counted as remainders."""
    table = truth_rows(CRISP, "Y", ["A", "B"], consistency=0.5, cases=2)
    assert outs(table) == {3: "1"}
    assert [(row.number, row.out) for row in table.below_n_cut] == [(1, "?"), (2, "?"), (4, "?")]
    assert table.remainders == 3


def test_a_row_that_fails_the_pri_cut_off_has_no_outcome() -> None:
    """A row that is nearly as much a subset of the outcome's absence is no 1, and no C."""
    sets = made(A=[0.6, 0.6], Y=[0.6, 0.4])
    open_to_all = truth_rows(sets, "Y", ["A"], consistency=0.7)
    assert open_to_all.rows[0].consistency == pytest.approx(1 / 1.2)
    assert open_to_all.rows[0].pri == pytest.approx((1.0 - 0.8) / (1.2 - 0.8))
    assert open_to_all.rows[0].out == "1"
    strict = truth_rows(sets, "Y", ["A"], consistency=0.7, pri=0.6, contradiction=0.1)
    assert strict.rows[0].out == "0"


def test_a_share_that_misses_a_cut_off_by_rounding_reaches_it() -> None:
    """Ten times a tenth is one, whatever the sum of floating numbers says."""
    sets = made(A=[1.0] * 10, Y=[0.1] * 10)
    table = truth_rows(sets, "Y", ["A"], consistency=0.1)
    assert table.rows[0].out == "1"
    assert truth_rows(sets, "Y", ["A"], consistency=0.1 + 1e-9).rows[0].out == "1"
    assert truth_rows(sets, "Y", ["A"], consistency=0.1 + 1e-6).rows[0].out == "0"


def test_a_case_in_between_is_refused_by_name() -> None:
    """A case at exactly 0.5 belongs to no row; who it is and where is said."""
    sets = made(A=[0.5, 0.9, 0.2], Y=[1, 1, 0])
    with pytest.raises(UnknownNameError, match=r"exactly 0\.5.*A: c0"):
        truth_rows(sets, "Y", ["A"], consistency=0.8)


def test_a_case_in_between_can_be_left_out_of_the_rows() -> None:
    """Then it is in no row, and its membership still counts in the consistencies."""
    sets = made(A=[0.5, 0.9, 0.2], Y=[0, 1, 0])
    table = truth_rows(sets, "Y", ["A"], consistency=0.8, in_between="leave_out")
    assert table.in_between == {"A": ("c0",)}
    assert [row.cases for row in table.rows] == [("c2",), ("c1",)]
    assert table.rows[1].consistency == pytest.approx(0.9 / (0.5 + 0.9 + 0.2))


def test_an_outcome_in_between_is_no_fault() -> None:
    """Rows are combinations of conditions; the outcome may be at 0.5."""
    table = truth_rows(made(A=[1, 0], Y=[0.5, 0.2]), "Y", ["A"], consistency=0.8)
    assert len(table.rows) == 2


def test_cases_that_are_not_stated_are_dropped_by_name() -> None:
    """A case without a condition or the outcome counts nowhere, and is named."""
    sets = made(A=[1, None, 0, 1], B=[None, None, 1, 1], Y=[1, 1, None, 0])
    table = truth_rows(sets, "Y", ["A"], consistency=0.8)
    assert table.dropped == ("c1", "c2")
    assert [(row.cases, row.consistency) for row in table.rows] == [(("c0", "c3"), 0.5)]


def test_the_absence_of_an_outcome_can_be_asked_for() -> None:
    """In crisp sets a row is as consistent with the absence as it is not with the presence."""
    present = truth_rows(CRISP, "Y", ["A", "B"], consistency=0.9)
    absent = truth_rows(CRISP, "~Y", ["A", "B"], consistency=0.9)
    for one, other in zip(present.rows, absent.rows, strict=True):
        assert one.consistency is not None
        assert other.consistency == pytest.approx(1 - one.consistency)


def test_a_value_of_a_multi_value_outcome_can_be_asked_for() -> None:
    """Y[2] is value 2, Y[1,2] is either, and Y alone is refused with a way to say it."""
    sets = made(A=[0, 1, 2, 0], Y=[2, 1, 0, 2])
    assert outs(truth_rows(sets, "Y[2]", ["A"], consistency=1)) == {1: "1", 2: "0", 3: "0"}
    assert outs(truth_rows(sets, "Y[1,2]", ["A"], consistency=1)) == {1: "1", 2: "1", 3: "0"}
    assert outs(truth_rows(sets, "~Y[2]", ["A"], consistency=1)) == {1: "0", 2: "1", 3: "1"}
    with pytest.raises(UnknownNameError, match=r"Y has 3 values.*Y\[1\]"):
        truth_rows(sets, "Y", ["A"], consistency=1)


@pytest.mark.parametrize(
    ("outcome", "conditions", "options", "told"),
    [
        ("Z", ["A"], {}, "no set 'Z'"),
        ("Y", ["A", "Y"], {}, "no condition of itself"),
        ("~Y", ["Y"], {}, "no condition of itself"),
        ("Y", ["A", "A"], {}, "named twice"),
        ("Y", [], {}, "at least one condition"),
        ("Y", "A", {}, "in a list"),
        ("Y +", ["A"], {}, "is no outcome"),
        ("Y", ["A"], {"consistency": 80}, "a share from 0 to 1"),
        ("Y", ["A"], {"pri": -1}, "a share from 0 to 1"),
        ("Y", ["A"], {"contradiction": 0.9}, "contradiction is 0.9"),
        ("Y", ["A"], {"cases": 0}, "at least 1 case"),
    ],
)
def test_arguments_that_make_no_sense_are_refused(
    outcome: str, conditions: list[str], options: dict[str, float], told: str
) -> None:
    """Each refusal names what was wrong."""
    with pytest.raises(UnknownNameError, match=told):
        truth_rows(CRISP, outcome, conditions, **{"consistency": 0.8, **options})


def test_a_table_without_cases_is_refused() -> None:
    """Where nothing is stated of any case there is no table."""
    with pytest.raises(UnknownNameError, match="no case"):
        truth_rows(made(A=[1, None], Y=[None, 1]), "Y", ["A"], consistency=0.8)


def test_many_conditions_have_exact_row_numbers() -> None:
    """Seventy conditions make rows beyond any machine integer; only those with cases exist."""
    names = [f"C{number}" for number in range(70)]
    frame = pd.DataFrame(np.ones((2, 70)), columns=names, index=["x", "y"])
    frame.loc["y"] = 0
    table = truth_rows(Memberships.of(frame.assign(Y=[1, 0])), "Y", names, consistency=1)
    assert [row.number for row in table.rows] == [1, 2**70]
    assert table.remainders == 2**70 - 2
    assert table.values(2**70) == (1,) * 70


@given(st.lists(st.integers(2, 4), min_size=1, max_size=5), st.data())
def test_numbers_and_values_are_inverse(levels: list[int], data: st.DataObject) -> None:
    """Every number has one combination, in the order in which the first varies slowest."""
    rows = list(product(*(range(count) for count in levels)))
    number = data.draw(st.integers(1, len(rows)))
    assert row_values(number, levels) == rows[number - 1]
    assert row_number(rows[number - 1], levels) == number


def test_a_row_that_is_not_there_is_refused() -> None:
    """Row 5 of a table with four rows is named, with what there is."""
    with pytest.raises(UnknownNameError, match=r"no row 5; the rows are 1 to 4"):
        row_values(5, (2, 2))


TENTHS = st.sampled_from([0, 0.1, 0.2, 0.3, 0.4, 0.6, 0.7, 0.8, 0.9, 1])


@settings(max_examples=60)
@given(
    st.lists(st.tuples(TENTHS, st.integers(0, 2), TENTHS, TENTHS), min_size=1, max_size=8),
    st.sampled_from([0.5, 0.75, 0.8, 1.0]),
    st.sampled_from([0, 0.5]),
)
def test_rows_equal_plain_loops(
    cases: list[tuple[float, int, float, float]], cut: float, pri: float
) -> None:
    """A table of fuzzy and multi-value sets is what loops over all combinations give."""
    frame = pd.DataFrame(cases, columns=["A", "M", "B", "Y"])
    frame.index = [f"c{number}" for number in range(len(cases))]
    sets = Memberships.of(frame, levels={"M": 3}, fuzzy=["A", "B", "Y"])
    table = truth_rows(sets, "Y", ["A", "M", "B"], consistency=cut, pri=pri)
    expected = []
    for values in product(range(2), range(3), range(2)):
        inside = [
            min(
                a if values[0] else 1 - a,
                float(m == values[1]),
                b if values[2] else 1 - b,
            )
            for a, m, b, _ in cases
        ]
        members = [f"c{at}" for at, one in enumerate(inside) if one > 0.5]
        if not members:
            continue
        both = sum(min(x, case[3]) for x, case in zip(inside, cases, strict=True))
        unclear = sum(min(x, case[3], 1 - case[3]) for x, case in zip(inside, cases, strict=True))
        incl, reduced = both / sum(inside), (both - unclear) / (sum(inside) - unclear)
        out = "1" if incl >= cut - 1e-8 and (not pri or reduced >= pri - 1e-8) else "0"
        expected.append((values, members, pytest.approx(incl), pytest.approx(reduced), out))
    found = [(r.values, list(r.cases), r.consistency, r.pri, r.out) for r in table.rows]
    assert found == expected
