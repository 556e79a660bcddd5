"""Memberships from ranks alone, how cases are moved, and methods by their names."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tertium.comparison.sets.calibration.anchors import Anchors
from tertium.comparison.sets.calibration.direct import direct, linear
from tertium.comparison.sets.calibration.indirect import grades, indirect
from tertium.comparison.sets.calibration.method import by_method
from tertium.comparison.sets.calibration.moved import moved
from tertium.comparison.sets.calibration.ranked import ranked
from tertium.errors import UnknownNameError


@given(st.lists(st.integers(1, 7), min_size=2, max_size=30).filter(lambda x: len(set(x)) > 1))
def test_ranks_follow_the_distribution(x):
    """Membership is (F(x) - F(lowest)) / (1 - F(lowest)), F the share of cases at or below."""
    shares = {value: sum(other <= value for other in x) / len(x) for value in x}
    low = shares[min(x)]
    wanted = [(shares[value] - low) / (1 - low) for value in x]
    assert ranked(x).tolist() == pytest.approx(wanted)


def test_ranks_need_an_order():
    """Where all are equal nobody can be ranked; what is missing stays missing."""
    with pytest.raises(UnknownNameError, match="same value"):
        ranked([3, 3, np.nan])
    assert np.isnan(ranked([1, np.nan, 2])[1])


def test_cases_near_the_crossover_come_first():
    """They are those that a slightly different crossover would put on the other side."""
    numbers = pd.Series([9.0, 4.0, 5.5, np.nan, 5.0], index=list("abcde"))
    at = Anchors(2, 5, 10)
    held = pd.Series(linear(numbers, out=2, crossover=5, into=10), index=numbers.index)
    found = moved(numbers, at, held)
    assert found.index.tolist() == ["e", "c", "b", "a", "d"]
    assert found["side"].tolist() == ["at the crossover", "in", "out", "in", "not stated"]
    assert found["distance"].tolist()[:4] == [0, 0.5, -1, 4]
    assert found["share_of_way"].tolist()[:4] == pytest.approx([0, 0.1, 1 / 3, 0.8])


def test_methods_by_name():
    """What a plan names is what the functions give."""
    x = [100.0, 600, 9000]
    at = {"out": 50, "crossover": 500, "into": 5000}
    assert by_method(x, "direct", at, idm=0.9).tolist() == direct(x, **at, idm=0.9).tolist()
    assert by_method(x, "linear", at).tolist() == linear(x, **at).tolist()
    assert by_method(x, "multi_value", {"some": 200, "many": 600}).tolist() == [0, 2, 2]
    assert by_method(x, "ranked", {}).tolist() == [0, 0.5, 1]
    y = [100.0, 150, 200, 600, 700, 800, 5000, 9000]
    wanted = indirect(y, grades(y, [200, 5000], include=False))
    assert by_method(y, "indirect", {"some": 200, "many": 5000}).tolist() == wanted.tolist()
    bell = {"out_below": 0, "crossover_below": 50, "into_below": 100,
            "into_above": 600, "crossover_above": 700, "out_above": 800}  # fmt: skip
    assert by_method(x, "linear", bell).tolist() == [1, 1, 0]


@pytest.mark.parametrize(
    ("method", "at", "said"),
    [
        ("guess", {}, "there are direct"),
        ("ranked", {"a": 1}, "no anchors"),
        ("crisp", {"a": 1, "b": 2}, "one anchor"),
        ("crisp", {}, "one anchor"),
        ("direct", {"out": 1, "into": 2}, "anchors named"),
    ],
)
def test_anchors_that_do_not_fit_are_refused(method, at, said):
    """The message says what the method wants."""
    with pytest.raises(UnknownNameError, match=said):
        by_method([1.0, 2.0], method, at)


@pytest.mark.parametrize(
    ("x", "given_grades", "said"),
    [
        ([1, 0], [0, 1], "above 0"),
        ([1, 2], [0, 1.2], "from 0 to 1"),
        ([1, 2], [1, 1], "same grade"),
        ([1, 2], [1], "one a case"),
    ],
)
def test_grades_that_cannot_be_fitted_are_refused(x, given_grades, said):
    """The message says why no curve can be drawn."""
    with pytest.raises(UnknownNameError, match=said):
        indirect(x, given_grades)


def test_grades_rise_and_are_one_more_than_cuts():
    """What a researcher gives is checked before it is used."""
    for values, said in (([0, 1, 0.5], "rise"), ([0, 1], "write 3"), ([0, 1, 2], "0 to 1")):
        with pytest.raises(UnknownNameError, match=said):
            grades([1, 2], [3, 4], values)


def test_ragin_2008_income_on_a_cut_is_of_the_lower_grade():
    """In the data on income the numbers 1000 and 2980 stand near and on cuts (Ragin 2008, ch. 5)."""
    x = [110, 450, 1000, 3590, 4100, 4670, 7470, 9800, 13680, 17090, 24920, 40110]
    at = {"a": 1000, "b": 4000, "c": 5000, "d": 10000, "e": 20000}
    found = by_method([float(each) for each in x], "indirect", at)
    assert found.round(2).tolist() == indirect(x, grades(x, list(at.values()))).round(2).tolist()
    assert found[2] < 0.005
