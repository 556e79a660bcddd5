"""Pairs under every meaning of "together", and how far their order moves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tertium.comparison.cooccurrence.cooccurrence import cooccurrence
from tertium.comparison.cooccurrence.pairs import order_moved

from ..conftest import coding, everything_read, make_tables, source, verdict

PAIRS = [("a", str(number)) for number in range(6)]


@pytest.fixture
def two_ways():
    """State and NGO share two sentences of one source, NGO and strike no sentence but two sources."""
    both = "The union and the NGO sued. Again they sued. Then a strike came."
    return make_tables(
        [source("a", both), source("b", "The NGO sued. Then a strike came.")],
        [
            *(coding("a", "The union and the NGO sued.", "approach", code) for code in ("state_led", "ngo_paralegal")),
            *(coding("a", "Again they sued.", "approach", code) for code in ("state_led", "ngo_paralegal")),
            coding("a", "Then a strike came.", "approach", "strike"),
            coding("b", "The NGO sued.", "approach", "ngo_paralegal"),
            coding("b", "Then a strike came.", "approach", "strike"),
        ],
        readings=everything_read("a", "b"),
    )  # fmt: skip


def asked(tables, **changes):
    arguments = {"definition": "overlap", "measure": "count", "show": "definitions"} | changes
    return cooccurrence(tables, rows="approach", columns="approach", **arguments)


def test_numbers_and_places(two_ways):
    """Each pair stands once, with its number and its place in every column."""
    result = asked(two_ways)
    assert list(result.frame.index) == [
        "state_led + ngo_paralegal",
        "state_led + strike",
        "ngo_paralegal + strike",
    ]
    assert list(result.frame["overlap"]) == [2, 0, 0]
    assert list(result.frame["source"]) == [1, 1, 2]
    shown = [result.cell_text(row, 4) for row in range(3)]
    assert shown == ["1 (2)", "1 (2)", "2 (1)"]
    assert "in the same source 1 of 1 stay, 100% turn round" in result.note


def test_a_cell_leads_to_its_passages(two_ways):
    """The evidence of a pair is that of the table with this definition."""
    result = asked(two_ways)
    table = asked(two_ways, show="table")
    assert (
        result.evidence("state_led + ngo_paralegal", "overlap")["passage_id"].tolist()
        == table.evidence("state_led", "ngo_paralegal")["passage_id"].tolist()
    )


def test_lift_of_passages_is_left_out(two_ways):
    """Where the measure has no meaning there is no column, and the note says why."""
    result = asked(two_ways, measure="lift")
    assert "same_span" not in result.frame
    assert "nobody can say" in result.note


@pytest.mark.parametrize("measure", ["jaccard", "lift"])
def test_what_has_no_number_was_searched_all_the_same(measure):
    """Both were looked for and the measure has no meaning: this is not "not searched"."""
    made = make_tables(
        [source("s", "The union came.")],
        verdicts=[verdict("s", "approach", code, "present") for code in ("state_led", "strike")],
        readings=everything_read("s"),
    )
    result = asked(made, measure=measure)
    # Held of the whole source, both codes stand in no sentence.
    place = list(result.frame.columns).index("sentence")
    assert result.cell_text(0, place) == "not defined"
    assert "Not defined: " in result.note


def test_pairs_never_together_are_told(two_ways):
    """What is never together in any way is counted in the note, not listed."""
    result = cooccurrence(
        two_ways, rows="approach", columns="dimension", definition="source", measure="count",
        show="definitions",
    )  # fmt: skip
    assert result.frame.empty
    assert "6 of 6 pairs are never found together" in result.note


@given(
    st.permutations(range(1, 7)).map(lambda values: dict(zip(PAIRS, values, strict=True))),
    st.permutations(range(1, 7)).map(lambda values: dict(zip(PAIRS, values, strict=True))),
)
def test_how_far_the_order_moves_is_kendalls_tau(one, other):
    """Two ways to one number: without ties the share that turns round is (1 - tau) / 2."""
    from scipy.stats import kendalltau

    _, _, turned, compared = order_moved(one, other)
    tau = kendalltau([one[p] for p in PAIRS], [other[p] for p in PAIRS]).statistic
    assert turned / compared == pytest.approx((1 - tau) / 2)


@given(st.dictionaries(st.sampled_from(PAIRS), st.integers(0, 4)))
def test_nothing_moves_against_itself(values):
    """Against itself every first pair stays and none turns round."""
    stay, top, turned, _ = order_moved(values, values)
    assert (stay, turned) == (top, 0)
