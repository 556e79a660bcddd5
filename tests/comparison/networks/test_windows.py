"""A debate, window by window; what has no date stands apart."""

from __future__ import annotations

import pytest

from tertium.bundle import Tables
from tertium.comparison.networks.windows import windows
from tertium.comparison.result import Result
from tertium.errors import UnknownNameError


def made(tables: Tables, **changes: object) -> Result:
    """Windows of two years, or as told."""
    given = {
        "scheme": "claim", "nodes": "actor", "duplicates": "source", "unit": "year",
        "size": 2, "step": 2, "coder": "ana", "within": "study", **changes,
    }  # fmt: skip
    return windows(tables, **given)


def test_windows_of_years(small_debate: Tables) -> None:
    """In 2010 all is conflict, in 2012 all agreement; the undated source stands last."""
    result = made(small_debate)
    assert list(result.frame["window"]) == ["2010–2011", "2012–2013", "undated"]
    assert list(result.frame["statements"]) == [3, 3, 1]
    assert list(result.frame["conflict_share"])[:2] == [1.0, 0.0]
    assert list(result.evidence(3, "window")["source_id"].unique()) == ["c"]


def test_what_is_not_defined_says_why(small_debate: Tables) -> None:
    """One actor alone has no pair to be tied to."""
    shown = made(small_debate).shown
    assert shown is not None
    assert shown.loc[3, "density"] == "not defined, because there are fewer than two of them"


def test_overlapping_windows_move_on(small_debate: Tables) -> None:
    """With a step of one year a statement stands in two windows of two years."""
    assert list(made(small_debate, step=1).frame["window"])[:2] == ["2010–2011", "2011–2012"]


def test_windows_of_statements_keep_a_day_together(small_debate: Tables) -> None:
    """A window of two statements has three where the third is of the same day."""
    frame = made(small_debate, unit="statement", size=2, step=3).frame
    assert list(frame["statements"]) == [3, 3, 1]


def test_windows_of_statements_do_not_overlap(small_debate: Tables) -> None:
    """With a step as large as the size each statement stands in one window."""
    frame = made(small_debate, unit="statement", size=2, step=2).frame
    assert list(frame["statements"]) == [3, 3, 1]
    assert list(frame["window"])[:2] == ["2010-01-01 to 2010-12-31", "2012-05-01 to 2012-05-31"]


def test_ties_of_windows_keep_to_a_case(small_debate: Tables) -> None:
    """Sources of no case are one each: what they share ties nobody."""
    assert next(iter(made(small_debate, size=5, step=5).frame["ties"])) == 3
    assert next(iter(made(small_debate, size=5, step=5, within="source").frame["ties"])) == 2


def test_a_source_of_many_years_stands_apart() -> None:
    """What spans more than any window is in none of them."""
    from .debate import debate, said

    tables = debate(
        [*said("a", "1", "miners", "wages"), *said("c", "1", "union", "hours")], date="2010/2014"
    )
    assert list(made(tables).frame["window"])[-1] == "longer than a window"
    by_number = made(tables, unit="statement", size=1, step=1)
    assert list(by_number.frame["window"])[-1] == "longer than a window"


@pytest.mark.parametrize(
    "changes", [{"size": 0}, {"step": True}, {"unit": "day"}, {"within": None}]
)
def test_what_is_no_window_is_refused(small_debate: Tables, changes: dict[str, object]) -> None:
    """A size or step below 1, and a unit that there is not."""
    with pytest.raises(UnknownNameError):
        made(small_debate, **changes)
