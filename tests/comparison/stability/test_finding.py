"""A finding knows its value, and says when a changed value is still the same finding."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from tertium.comparison.crosstabs.crosstab import crosstab
from tertium.comparison.result import Result
from tertium.comparison.stability import measures
from tertium.comparison.stability.finding import finding
from tertium.errors import UnknownNameError


@pytest.fixture
def result() -> Result:
    """A grid with a tie, a null and one clear lead."""
    frame = pd.DataFrame(
        {"ngo": pd.Series([3, 1, 1, None], dtype="Int64"), "union": [0, 0, 0, 0]},
    )
    frame.index = pd.Index(["strike", "state_led", "law", "unread"], name="approach")
    frame.columns.name = "voice"
    return Result(frame, "Made by hand")


def test_a_number_needs_a_distance(result):
    """How much is much is a claim: a number without `within` is refused, a yes or no with it."""
    with pytest.raises(UnknownNameError, match="within"):
        finding("Three", result, measures.cell("strike", "ngo"))
    with pytest.raises(UnknownNameError, match="for numbers only"):
        finding("More", result, lambda one: True, within=1)
    with pytest.raises(UnknownNameError, match="0 or more"):
        finding("Three", result, measures.cell("strike", "ngo"), within=-1)


@pytest.mark.parametrize(
    ("value", "within", "other", "holds"),
    [
        (3, 1, 4, True), (3, 1, 5, False), (0.3, 0.1, 0.2, True), (3, 0, 3.0, True),
        (True, None, True, True), (True, None, False, False), (True, None, 1, False),
        ("ngo", None, "ngo", True), (("a", "b"), None, ("b", "a"), False),
    ],
)  # fmt: skip
def test_when_a_value_holds(result, value, within, other, holds):
    """A number within its distance is the same finding, anything else only where it is equal."""
    assert finding("F", result, lambda _: value, within=within).holds(other) is holds


@pytest.mark.parametrize("value", [None, float("nan"), pd.NA, np.float64("nan")])
def test_null_is_not_defined(result, value):
    """A measure that gives null or NaN has no value; the finding is told as not defined."""
    held = finding("Nothing", result, lambda _: value, within=1)
    assert held.value is None
    assert held.said == "Nothing: not defined"


def test_numbers_of_numpy_are_plain_ones(result):
    """What pandas and numpy give is kept as plain Python values, lists as tuples."""
    assert finding("F", result, lambda _: np.bool_(True)).value is True
    assert type(finding("F", result, lambda _: np.int64(3), within=0).value) is int
    assert finding("F", result, lambda _: ["a", np.str_("b")]).value == ("a", "b")


def test_measures_read_off_what_stands_there(result):
    """Ties are told, nulls left out, and where nothing is found nothing is the largest."""
    assert measures.cell("strike", "ngo")(result) == 3
    assert measures.largest(column="ngo")(result) == "strike"
    assert measures.largest(column="ngo", leave_out=("strike",))(result) == "state_led = law"
    assert measures.largest(column="union")(result) is None
    assert measures.largest(row="strike")(result) == "ngo"
    assert measures.order_of("ngo")(result) == ("strike", "state_led = law")
    assert measures.difference(("strike", "ngo"), less=("law", "ngo"))(result) == 2
    assert measures.more(("strike", "ngo"), than=("law", "ngo"))(result) is True
    assert measures.more(("law", "ngo"), than=("state_led", "ngo"))(result) is False
    assert measures.more(("strike", "ngo"), than=("unread", "ngo"))(result) is None


def test_the_largest_cell_names_all_that_share_it(result):
    """A pair of row and column is no order; ties are told, and a mirrored pair once."""
    assert measures.largest_cell()(result) == (("strike", "ngo"),)
    tied = measures.largest_cell(leave_out=("strike",))
    assert finding("F", result, tied).said == "F: state_led + NGO = law + NGO"
    both = Result(pd.DataFrame([[None, 2], [2, None]], index=["a", "b"], columns=["a", "b"]), "")
    assert measures.largest_cell()(both) == (("a", "b"),)
    assert measures.largest_cell(leave_out=("a", "b"))(both) is None


def test_several_words_are_no_order(result):
    """A tuple of a function of one's own is shown as a pair, the order of a measure as one."""
    assert finding("F", result, lambda _: ("strike", "ngo")).said == "F: strike + NGO"
    assert finding("F", result, measures.order_of("ngo")).said == "F: strike > state_led = law"


def test_wrong_rows_are_refused_at_once(result):
    """A misspelt row is refused with what there is, before anything is put to the test."""
    with pytest.raises(UnknownNameError, match="strike, state_led"):
        finding("F", result, measures.cell("strikes", "ngo"), within=0)
    with pytest.raises(UnknownNameError, match="and not both"):
        finding("F", result, measures.largest())


def test_again_on_other_tables(small):
    """A finding computed again on the same tables has the same value."""
    held = finding("F", crosstab(small), measures.cell("strike", "ngo"), within=0)
    assert held.again(small).value == held.value == 1


def test_entries_are_what_stands_in_the_rows_of_a_list():
    """Every value once, in the list's order; one value where one row is such, else none."""
    frame = pd.DataFrame({"part": ["term", "term", "model"], "formula": ["A", "B", "A + B"]})
    listed = Result(frame, "Terms")
    assert measures.entries("formula", where={"part": "term"})(listed) == ("A", "B")
    held = finding("Terms", listed, measures.entries("formula", where={"part": "term"}))
    assert held.said == "Terms: A; B"
    assert measures.entries("formula", where={"part": "none"})(listed) is None
    assert measures.entry("formula", where={"part": "model"})(listed) == "A + B"
    assert measures.entry("formula", where={"part": "term"})(listed) is None
    with pytest.raises(UnknownNameError, match="no column 'solution'"):
        measures.entries("formula", where={"solution": "parsimonious"})(listed)
