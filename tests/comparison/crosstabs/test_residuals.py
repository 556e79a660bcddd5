"""Residuals of a crosstab: against the whole table's, and where they are not defined."""

from __future__ import annotations

import pandas as pd
import pytest

from tertium.comparison.crosstabs.crosstab import crosstab
from tertium.comparison.statistics.residuals import adjusted_residuals
from tertium.errors import UnknownNameError
from tertium.report.figures import figure

from .test_shares import many

VOICES = ("ngo", "company", "newspaper")


def by_voice(table):
    """Sources for a table of (present, absent, undecided) a voice."""
    states, voices = [], []
    for voice, numbers in zip(VOICES, table, strict=True):
        for state, number in zip(("present", "absent", "undecided"), numbers, strict=True):
            states += [state] * number
            voices += [voice] * number
    return many(states, voices)


TABLE = [(12, 6, 2), (6, 12, 1), (9, 10, 0)]


def test_each_cell_is_that_of_the_whole_table():
    """Cell by cell and all at once, the residuals are the same."""
    tables = by_voice(TABLE)
    found = crosstab(tables, rows="voice", columns="approach:strike", show="residuals").frame
    expected = adjusted_residuals(TABLE)
    order = [VOICES.index(voice) for voice in found.index]
    for place, voice in zip(order, found.index, strict=True):
        for column, state in enumerate(("present", "absent")):
            assert found.at[voice, state] == pytest.approx(expected[place, column])


def test_the_schemes_row_is_present_against_the_rest():
    """Undecided sources are among those without the code."""
    tables = by_voice(TABLE)
    found = crosstab(tables, rows="approach", columns="voice", show="residuals").frame
    expected = adjusted_residuals([(p, a + u) for p, a, u in TABLE])
    for place, voice in enumerate(VOICES):
        assert found.at["strike", voice] == pytest.approx(expected[place, 0])
    turned = crosstab(tables, rows="voice", columns="approach", show="residuals").frame
    assert list(turned["strike"]) == pytest.approx(list(found.loc["strike"]))


def test_few_sources_are_flagged_and_fewer_refused():
    """Below five expected the cell has an asterisk, below one no number; the note names the rule."""
    tables = by_voice([(12, 12, 0), (3, 4, 0), (1, 0, 0)])
    table = crosstab(tables, columns="voice", show="residuals")
    assert table.shown.at["strike", "company"].endswith("*")
    assert table.shown.at["strike", "newspaper"] == "too few"
    assert pd.isna(table.frame.at["strike", "newspaper"])
    assert "rule of five, Cochran 1954" in table.note
    assert "Too few: not defined, because" in table.note


def test_where_all_are_alike_nothing_can_differ():
    """A code that every source holds has no residual, and the note says why."""
    table = crosstab(by_voice([(9, 0, 0), (9, 0, 0), (9, 0, 0)]), show="residuals")
    assert table.frame.loc["strike"].isna().all()
    assert set(table.shown.loc["strike"]) == {"all alike"}
    assert "All alike: not defined, because" in table.note
    assert set(table.shown.loc["state_led"]) == {"not searched"}


def test_alike_groups_have_no_residual_but_zero():
    """Where every voice has the same share each cell is zero, without a sign."""
    table = crosstab(by_voice([(10, 10, 0)] * 3), show="residuals")
    assert set(table.shown.loc["strike"]) == {"0.0"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"count": "passages"}, "are alike"),
        ({"columns": "dimension"}, "name one code as an axis"),
        ({"rows": "case", "columns": "sector"}, "both from cases"),
    ],
)
def test_what_is_no_table_of_sources_is_refused(small, arguments, said):
    """Residuals take sources for independent, so that only tables of sources have them."""
    with pytest.raises(UnknownNameError, match=said):
        crosstab(small, show="residuals", **arguments)


def test_a_picture_says_why_a_number_is_not_there():
    """In a figure too "all alike" is not "not searched", and no bar stands below 0."""
    result = crosstab(by_voice([(9, 0, 0), (8, 0, 0), (9, 0, 0)]), show="residuals")
    drawn = figure(result, name="x", kind="matrix").figure
    words = {each.get_text() for axes in drawn.axes for each in axes.texts}
    assert {"all alike", "not searched"} <= words
    with pytest.raises(UnknownNameError, match="below 0"):
        figure(crosstab(by_voice(TABLE), show="residuals"), name="x", kind="bars")
