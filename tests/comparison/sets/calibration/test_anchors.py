"""Anchors: read in every form, refused where they make no sense."""

from __future__ import annotations

import pytest

from tertium.comparison.sets.calibration.anchors import Anchors, TwoSided, anchors, cuts
from tertium.errors import UnknownNameError


@pytest.mark.parametrize(
    "given",
    [
        [400, 550, 900],
        {"c": 550, "i": 900, "e": 400},
        {"out": 400, "crossover": 550, "into": 900},
        "e=400, c=550, i=900",
        " 400 , 550,900 ",
    ],
)
def test_every_form_is_read(given):
    """A list, names in any order and a line of text say the same."""
    assert anchors(given) == Anchors(400, 550, 900)


def test_a_falling_list_is_a_falling_set():
    """Three numbers are out, crossover, into, also where less means more."""
    assert not anchors([900, 550, 400]).rises
    assert anchors("i=400, c=550, e=900") == Anchors(900, 550, 400)


@pytest.mark.parametrize(
    "given",
    [
        "i1=1, c1=3, e1=4, e2=6, c2=7, i2=9",
        [4, 3, 1, 9, 7, 6],
        [9, 7, 6, 4, 3, 1],
    ],
)
def test_the_set_of_both_ends(given):
    """Six anchors may say that a case is in at both ends: by name, by place, or falling."""
    assert anchors(given) == TwoSided(Anchors(4, 3, 1), Anchors(6, 7, 9))


def test_the_set_of_the_middle():
    """Six rising numbers, and the names that a plan has for them, say the same."""
    named = {"out_below": 1, "crossover_below": 3, "into_below": 4,
             "into_above": 4, "crossover_above": 7, "out_above": 9}  # fmt: skip
    assert anchors(named) == anchors([1, 3, 4, 4, 7, 9])
    assert anchors(named).is_middle


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ([400, 400, 900], "no two may be equal"),
        ([400, 950, 900], "between the other two"),
        ([1, 2], "2 anchors"),
        ("e=1, c=2, x=3", "e, c, x"),
        ("e=1, c=2, c=3", "write numbers"),
        ("low, high", "write numbers"),
        ([1, 3, 6, 4, 7, 9], "beyond the start"),
        ([1, 3, 4, 6, 7, 8.5e400], "write a number"),
        (
            {"e1": 1, "c1": 3, "i1": 4, "i2": 6, "c2": 5, "e2": 4.5},
            "between the other two|beyond|rise",
        ),
        ({"e1": 1, "c1": 3, "i1": 4, "i2": 9, "c2": 7, "e2": 6}, "both|one side"),
    ],
)
def test_what_makes_no_sense_is_refused(given, said):
    """The message says what is wrong with the anchors."""
    with pytest.raises(UnknownNameError, match=said):
        anchors(given)


def test_cuts_are_sorted_and_differ():
    """The order in which cuts are written does not matter; equal or missing ones are refused."""
    assert cuts({"high": 9, "low": 2}) == (2, 9)
    for given in ([], [3, 3], "a"):
        with pytest.raises(UnknownNameError):
            cuts(given)
