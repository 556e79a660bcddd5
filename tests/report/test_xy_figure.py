"""XY plots: what was drawn for crisp and for fuzzy sets."""

from __future__ import annotations

import pandas as pd
import pytest

from tertium.comparison.result import Result
from tertium.errors import UnknownNameError
from tertium.report.figures import figure
from tertium.report.xy_figure import _labels, against_corner, is_crisp, is_xy


def relation(points, relation="sufficiency"):
    """A result as `set_relation` gives it."""
    frame = pd.DataFrame(
        [{"case": name, "x": float(x), "y": float(y), "corner": ""} for name, x, y in points],
        columns=["case", "x", "y", "corner"],
    )
    return Result(
        frame,
        title="Cases by membership",
        function="set_relation",
        params={"relation": relation},
        column_labels={"x": "NGO: an NGO helped", "y": "WON: the demand was met"},
    )


CRISP = relation([("Honda", 1, 1), ("Ricoh", 1, 0), ("Uniqlo", 1, 1), ("Walmart", 0, 0)])
FUZZY = relation([("Honda", 0.9, 1), ("Ricoh", 0.8, 0.2), ("Uniqlo", 0.9, 1)])


def words(display):
    return [text.get_text() for axes in display.figure.axes for text in axes.texts]


def test_crisp_cases_are_counted_and_named_in_their_corners():
    """Points on one place would hide each other, so that each corner has a number and names."""
    assert is_crisp(CRISP)
    told = words(figure(CRISP, name="xy"))
    assert told.count("1 case") == 2
    assert {"2 cases", "0 cases", "Honda", "Uniqlo", "Ricoh", "Walmart"} <= set(told)


def test_fuzzy_cases_are_numbered_points_with_a_key():
    """Cases on one place share a point and both numbers stand beside it."""
    display = figure(FUZZY, name="xy")
    assert not is_crisp(FUZZY)
    assert set(words(display)) == {"1, 3", "2"}
    assert [text.get_text() for text in display.figure.texts] == [
        "1  Honda",
        "2  Ricoh",
        "3  Uniqlo",
    ]


def test_the_corner_that_speaks_against_depends_on_the_relation():
    """Of enough it is in without the outcome, of needed the outcome without it."""
    assert against_corner(FUZZY) == (1.0, 0.0)
    assert against_corner(relation([], relation="necessity")) == (0.0, 1.0)


def test_the_words_for_readers_who_see_no_picture_name_every_case():
    """Crisp: by corner; fuzzy: with both memberships."""
    crisp = figure(CRISP, name="xy").content["alt"]
    assert "in the first and out of the second: 1 (Ricoh)" in crisp
    assert "Ricoh 0.8 and 0.2" in figure(FUZZY, name="xy").content["alt"]


def test_the_same_bytes_every_time():
    """A figure hangs on nothing but its result."""
    assert figure(FUZZY, name="xy").svg == figure(FUZZY, name="xy").svg


def test_without_cases_or_for_another_result_it_is_refused():
    """There is nothing to draw."""
    assert not is_xy(Result(pd.DataFrame({"case": []}), title=""))
    with pytest.raises(UnknownNameError, match="at least one case"):
        figure(relation([]), name="xy")


def test_many_names_in_a_corner_are_cut_and_counted():
    """A corner names fourteen cases and counts the others."""
    many = relation([(f"Case {number:02}", 1, 1) for number in range(20)])
    told = words(figure(many, name="xy"))
    assert "20 cases" in told
    assert "and 6 more" in told


def test_of_many_cases_only_those_that_speak_against_are_numbered():
    """With sixty cases the key names the ten below the diagonal's corner and counts the rest."""
    cases = [(f"Case {n}", 0.9 if n < 10 else 0.2, 0.05 * (n % 7) + 0.1) for n in range(60)]
    display = figure(relation(cases), name="xy")
    told = [text.get_text() for text in display.figure.texts]
    assert len(told) == 11
    assert told[-1].endswith("50 of 60 are points alone.")
    assert display.figure.get_size_inches()[1] < 7


def test_no_number_hides_another():
    """Twenty places close to each other: every label has room of its own."""
    places = {(0.5 + 0.01 * n, 0.5 + 0.008 * n): [str(n)] for n in range(20)}
    boxes = [
        (at[0] * 3.6 * 72 + offset[0], at[1] * 3.6 * 72 + offset[1])
        for _, at, offset in _labels(places)
    ]
    assert len({(round(x), round(y)) for x, y in boxes}) == 20
    for place, (x, y) in enumerate(boxes):
        for other_x, other_y in boxes[place + 1 :]:
            assert abs(x - other_x) > 4 or abs(y - other_y) > 9
