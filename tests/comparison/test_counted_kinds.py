"""Who counts what: numbers by speaker and kind of thing."""

from __future__ import annotations

import pytest

from tertium.comparison.numbers.kinds import counted_kind
from tertium.comparison.quantities import quantities
from tertium.errors import UnknownNameError

from .conftest import make_tables, source

TEXT = "Li Wei said that 300 miners struck for 20 days. Pay is 2,000 yuan a month.\n\nFirms: 40%."


@pytest.mark.parametrize(
    ("unit", "what", "kind"),
    [
        ("workers", "", "people"),
        ("名", "司机", "people"),
        ("шахтёров", "", "people"),
        ("yuan a month", "", "money"),
        ("Hong Kong dollars a head", "Fines", "money"),
        ("tenge", "", "money"),
        ("months", "he spent", "time"),
        ("%", "members", "shares"),
        ("unions", "", "organisations"),
        ("", "unions of the port", "organisations"),
        ("", "in a stationery plant", "other"),
        ("tiers", "", "other"),
        ("masks", "", "other"),
        ("", "", "other"),
    ],
)
def test_kinds(unit: str, what: str, kind: str) -> None:
    """By the unit in three languages, else by the noun that follows the number."""
    assert counted_kind(unit, what) == kind


def test_the_list_says_the_same_as_the_grid() -> None:
    """Every number of the list stands in one cell, with its sentence."""
    tables = make_tables([source("a", TEXT, voice="ngo", publisher="The Press")])
    listed, grid = quantities(tables), quantities(tables, show="who")
    assert int(grid.frame.to_numpy().sum()) == len(listed.frame)
    assert set(grid.frame.index) == set(listed.frame["who"])
    assert sorted(grid.support["passage_id"]) == sorted(listed.support["passage_id"])
    assert listed.params == {"show": "list"}


def test_by_voice() -> None:
    """One row a voice; a source without one is not stated."""
    tables = make_tables([source("a", TEXT, voice="ngo"), source("b", "They paid 5 yuan.")])
    frame = quantities(tables, show="voice").frame
    assert list(frame.index) == ["ngo", "not stated"]
    assert frame.loc["ngo", "people"] == 1
    assert frame.loc["not stated", "money"] == 1


def test_another_view_is_refused() -> None:
    """The message says which there are."""
    with pytest.raises(UnknownNameError, match="there are list, who, voice"):
        quantities(make_tables([source("a", TEXT)]), show="all")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("A miner aged 37 in Beijing wants it recognised.", "time"),
        ("On Monday they went on strike; 10,000 took part.", "people"),
        ("Textile workers blocked the road, 3,000 of them.", "people"),
        ("Masks came, 3,000 of them.", "other"),
    ],
)
def test_a_number_without_a_noun(text: str, kind: str) -> None:
    """Ages are time; what only people do, and people named before, tell people."""
    from .conftest import make_tables, source

    grid = quantities(make_tables([source("a", text)]), show="voice")
    assert grid.frame[kind].sum() == 1
    assert grid.column_labels["other"] == "Other or not told"
    assert "Who says so" not in grid.note
