"""Shares of a crosstab: of what they are, their ranges, and what is refused."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tertium.bundle import Sampling
from tertium.comparison.crosstabs.crosstab import crosstab
from tertium.comparison.statistics.proportions import wilson
from tertium.errors import UnknownNameError
from tertium.report.figures import figure
from tertium.report.tables import table

from ..conftest import coding, everything_read, make_tables, source, verdict

PLAIN = {"show": "shares", "interval": "none"}
WILSON = {"show": "shares", "interval": "wilson", "level": 0.95}
DRAWN = {"show": "shares", "interval": "bootstrap", "level": 0.9, "seed": 1, "resamples": 400}
STATES = ("present", "absent", "undecided", "not_searched")


def many(states, voices):
    """A source for each state of the code strike, in the voice beside it."""
    ids = [f"s{number:02d}" for number in range(len(states))]
    return make_tables(
        [source(each, "They struck.", voice=voice) for each, voice in zip(ids, voices, strict=True)],
        [coding(each, "They struck.", "approach", "strike") for each in ids],
        verdicts=[verdict(each, "approach", "strike", s) for each, s in zip(ids, states, strict=True)],
        readings=everything_read(*ids),
    )  # fmt: skip


@pytest.fixture
def strikes():
    """Of seven NGOs three hold the code, one is undecided and one unread; a newspaper holds it."""
    states = [*["present"] * 3, "absent", "absent", "undecided", "not_searched", "present"]
    return many(states, [*["ngo"] * 7, "newspaper"])


def text(result, row, column):
    return result.shown.at[row, column].replace("\u00a0", " ")


def test_a_share_is_of_the_sources_that_were_searched(strikes):
    """Undecided sources count below the line, unread ones do not."""
    table = crosstab(strikes, of="columns", **WILSON)
    assert table.frame.at["strike", "ngo"] == pytest.approx(3 / 6)
    low, high = wilson(3, 6, level=0.95)
    assert text(table, "strike", "ngo") == f"3 of 6, 50% ({100 * low:.0f}–{100 * high:.0f})"
    assert "searched for the code (undecided ones included)" in table.note


def test_where_nobody_looked_is_no_share(strikes):
    """A code that was not looked for has null and the words, not 0 %."""
    table = crosstab(strikes, of="columns", **PLAIN)
    assert pd.isna(table.frame.at["state_led", "ngo"])
    assert text(table, "state_led", "ngo") == "not searched"


def test_a_share_of_the_code_is_of_its_sources(strikes):
    """Of rows, the shares of a code over the voices add up to all sources that hold it."""
    table = crosstab(strikes, of="rows", **PLAIN)
    assert list(table.frame.loc["strike"].dropna()) == [0.75, 0.25]
    assert text(table, "strike", "newspaper") == "1 of 4, 25%"


def test_sources_in_two_countries_count_once_below_the_line(small):
    """A source of two countries stands in both cells, and once in what they are shares of."""
    table = crosstab(small, columns="country", of="rows", **PLAIN)
    assert text(table, "state_led", "China") == "1 of 1, 100%"
    assert text(table, "state_led", "Kazakhstan") == "1 of 1, 100%"
    assert "shares may exceed 100 %" in table.note


def test_nothing_to_be_a_share_of(small):
    """A row without any source has no share, and the note says why."""
    none_left = replace(small, verdicts=small.verdicts.assign(verdict="absent"))
    empty = crosstab(none_left, of="rows", **PLAIN)
    assert text(empty, "strike", "ngo") == "0 of 0"
    assert pd.isna(empty.frame.at["strike", "ngo"])
    assert "0 of 0: not defined, because the row holds nothing" in empty.note


def test_shares_of_one_code_leave_out_the_unread(strikes):
    """The column of unread sources goes, and the note says how many they are."""
    table = crosstab(strikes, rows="voice", columns="approach:strike", of="rows", **PLAIN)
    assert list(table.frame.columns) == ["present", "absent", "undecided"]
    assert text(table, "ngo", "present") == "3 of 6, 50%"
    assert "Left out: 1 source not searched for Strike." in table.note


@settings(deadline=None, max_examples=25)
@given(st.lists(st.tuples(st.sampled_from(STATES), st.sampled_from(["ngo", "company"])), min_size=1, max_size=12))  # fmt: skip
def test_two_ways_to_one_share(drawn):
    """The scheme's row and the axis of its one code give the same share of present sources."""
    tables = many([state for state, _ in drawn], [voice for _, voice in drawn])
    by_scheme = crosstab(tables, columns="voice", of="columns", **WILSON)
    by_code = crosstab(tables, rows="approach:strike", columns="voice", of="columns", **WILSON)
    for voice in by_scheme.frame.columns:
        if pd.isna(by_scheme.frame.at["strike", voice]):
            assert pd.isna(by_code.frame.at["present", voice])
        else:
            assert text(by_scheme, "strike", voice) == text(by_code, "present", voice)
            assert by_scheme.frame.at["strike", voice] == by_code.frame.at["present", voice]


def test_turned_shares_are_the_same(strikes):
    """Rows of columns are columns of rows."""
    one = crosstab(strikes, of="columns", **DRAWN)
    other = crosstab(strikes, rows="voice", columns="approach", of="rows", **DRAWN)
    assert (one.shown == other.shown.T).all(axis=None)


def test_passages_of_a_voice(strikes):
    """Of passages a share is of those that its column holds, each once."""
    table = crosstab(strikes, columns="voice", count="passages", of="rows", **PLAIN)
    assert text(table, "strike", "ngo") == "7 of 8, 88%"
    assert list(crosstab(strikes, count="passages", of="columns", **PLAIN).frame.loc["strike"]) == [
        1.0,
        1.0,
    ]


def test_characters_count_once_below_the_line():
    """Characters with two codes are in both cells, and once in what they are shares of."""
    tables = make_tables(
        [source("s", "They sued. They struck.", voice="ngo")],
        [
            coding("s", "They sued. They struck.", "approach", "ngo_paralegal"),
            coding("s", "They sued.", "approach", "strike"),
        ],
        readings=everything_read("s"),
    )
    table = crosstab(tables, count="characters", of="columns", **PLAIN)
    assert text(table, "ngo_paralegal", "ngo") == "23 of 23, 100%"
    assert text(table, "strike", "ngo") == "10 of 23, 43%"


def test_two_schemes(small):
    """Of the sources with a coding of the row: in how many the two overlap."""
    table = crosstab(small, rows="approach", columns="dimension", of="rows", **PLAIN)
    assert text(table, "strike", "content") == "1 of 1, 100%"
    assert text(table, "ngo_paralegal", "content") == "0 of 1, 0%"


def test_draws_of_whole_works(strikes):
    """The range is that of drawing sources again, and the same for the same seed."""
    table = crosstab(strikes, of="columns", **DRAWN)
    assert table.shown.equals(crosstab(strikes, of="columns", **DRAWN).shown)
    # By hand: weights of the six sources that were read, the first three hold the code.
    weights = np.random.default_rng(1).multinomial(6, [1 / 6] * 6, size=400)
    ratios = weights[:, :3].sum(axis=1) / 6
    low, high = np.quantile(ratios, [0.05, 0.95])
    assert text(table, "strike", "ngo") == f"3 of 6, 50% ({100 * low:.0f}–{100 * high:.0f})"
    assert "draws of as many whole sources as were searched" in table.note
    assert "fewer than 10 sources the range is too narrow" in table.note


def test_a_range_without_width_is_none(strikes):
    """Where every draw gives the same share no range stands, and the note says why."""
    table = crosstab(strikes, of="columns", **DRAWN)
    assert text(table, "strike", "newspaper") == "1 of 1, 100%"
    assert "fewer than five sources, or every draw gives the same share" in table.note


@pytest.mark.parametrize(
    ("design", "said"),
    [
        (None, "does not say how its sources were chosen"),
        ("convenience", "were found, not drawn by lot"),
        ("census", "are all that there are"),
        ("random", ""),
    ],
)
def test_the_note_says_what_the_range_is_worth(strikes, design, said):
    """Only sources drawn by lot make the range a margin of error."""
    sampling = None if design is None else Sampling(design, "Because.")
    note = crosstab(replace(strikes, sampling=sampling), of="columns", **WILSON).note
    assert said in note
    assert ("no margin of error" in note) == (design != "random")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"interval": "none"}, 'of="rows"'),
        ({"interval": "none", "of": "cells"}, 'of="columns"'),
        ({"of": "rows"}, "wilson, bootstrap, none"),
        ({"of": "rows", "interval": "wilson"}, "level=None"),
        ({"of": "rows", "interval": "wilson", "level": 95}, "level=95"),
        ({"of": "rows", "interval": "bootstrap", "level": 0.9, "resamples": 9}, "seed=None"),
        ({"of": "rows", "interval": "bootstrap", "level": 0.9, "seed": 1}, "resamples=None"),
        ({"of": "rows", "interval": "wilson", "level": 0.9, "count": "passages"}, "are alike"),
    ],
)
def test_what_changes_the_finding_has_no_default(strikes, arguments, said):
    """Of what a share is, and how its range is made, must be said."""
    with pytest.raises(UnknownNameError, match=said):
        crosstab(strikes, show="shares", **arguments)


def test_wrong_ways_to_show_are_refused(strikes):
    """The message lists what there is."""
    with pytest.raises(UnknownNameError, match="counts, shares, residuals"):
        crosstab(strikes, show="percentages")


def test_evidence_of_a_share_is_that_of_its_count(strikes):
    """A share leads to the passages that the count leads to."""
    counted, shared = crosstab(strikes), crosstab(strikes, of="columns", **PLAIN)
    pd.testing.assert_frame_equal(counted.support, shared.support)
    pd.testing.assert_frame_equal(shared.again(strikes, show="counts").frame, counted.frame)


def test_near_the_ends_a_decimal():
    """One in 300 is not 0 %."""
    tables = many(["present"] + ["absent"] * 299, ["ngo"] * 300)
    assert text(crosstab(tables, of="columns", **PLAIN), "strike", "ngo") == "1 of 300, 0.3%"


def test_shares_are_drawn_and_set(strikes):
    """Tables show the words of the cells, figures draw what is defined."""
    result = crosstab(strikes, of="columns", **WILSON)
    assert "not searched" in table(result, name="x").to_html()
    for kind in ("bars", "stacked", "matrix"):
        assert figure(result, name="x", kind=kind).svg
