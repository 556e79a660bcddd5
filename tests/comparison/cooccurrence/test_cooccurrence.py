"""Codes stand together in the way that the caption says, and nothing is counted that was not searched."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tertium.comparison.cooccurrence.cooccurrence import cooccurrence
from tertium.comparison.crosstabs.crosstab import crosstab
from tertium.errors import UnknownNameError

from ..conftest import coding, everything_read, make_tables, shuffled, source, verdict

TEXT = "The NGO sued. Workers struck and sued. They won.\n\nThe union spoke. Nobody heard it."
WAYS = [
    {"definition": "same_span"},
    {"definition": "overlap"},
    {"definition": "unit", "unit": "sentence"},
    {"definition": "unit", "unit": "paragraph"},
    {"definition": "source"},
]


@pytest.fixture
def told():
    """One source: NGO and strike share a sentence, the state stands in the next paragraph."""
    return make_tables(
        [source("a", TEXT), source("b", "Nothing stands here.")],
        [
            coding("a", "The NGO sued.", "approach", "ngo_paralegal"),
            coding("a", "struck and sued", "approach", "ngo_paralegal"),
            coding("a", "Workers struck", "approach", "strike"),
            coding("a", "The union spoke.", "approach", "state_led"),
            coding("a", "Workers struck", "dimension", "agency"),
            coding("a", "They won.", "dimension", "agency"),
            coding("a", "The NGO sued.", "dimension", "content", stance="denied"),
        ],
        verdicts=[
            verdict("a", "approach", "ngo_paralegal", "present"),
            verdict("a", "approach", "strike", "present"),
            verdict("a", "approach", "state_led", "undecided"),
            verdict("a", "dimension", "agency", "present"),
            verdict("a", "dimension", "content", "absent"),
            *(verdict("b", "approach", code, "absent") for code in ("ngo_paralegal", "strike", "state_led")),
            verdict("b", "dimension", "agency", "not_searched"),
            verdict("b", "dimension", "content", "absent"),
        ],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("way", "strike_agency", "ngo_strike", "ngo_state"),
    list(zip(WAYS, [1, 1, 1, 1, 1], [0, 1, 1, 1, 1], [0, 0, 0, 0, 0], strict=True)),
)
def test_what_together_means(told, way, strike_agency, ngo_strike, ngo_state):
    """Each definition counts the pairs that stand together in its own way."""
    across = cooccurrence(told, rows="approach", columns="dimension", measure="count", **way)
    within = cooccurrence(told, rows="approach", columns="approach", measure="count", **way)
    assert across.frame.at["strike", "agency"] == strike_agency
    assert within.frame.at["ngo_paralegal", "strike"] == ngo_strike
    assert within.frame.at["ngo_paralegal", "state_led"] == ngo_state
    assert len(across.evidence("strike", "agency")) >= strike_agency


def test_the_caption_says_the_definition(told):
    """Title and note name the definition and the unit."""
    result = cooccurrence(
        told,
        rows="approach",
        columns="dimension",
        definition="unit",
        unit="sentence",
        measure="count",
    )
    assert "in the same sentence" in result.title
    assert "Together: a sentence in which" in result.note


def test_the_words_behind_a_cell(told):
    """A sentence that holds both codes is the evidence, with the ids of the codings of both."""
    result = cooccurrence(
        told,
        rows="approach",
        columns="approach",
        definition="unit",
        unit="sentence",
        measure="count",
    )
    found = result.evidence("ngo_paralegal", "strike")
    assert list(found["quote"]) == ["Workers struck and sued."]
    assert found["coding_ids"][0] == ("c001", "c002")
    overlap = result.again(told, definition="overlap", unit=None)
    assert list(overlap.evidence("ngo_paralegal", "strike")["quote"]) == ["struck"]


def test_jaccard_is_the_share_of_either_that_is_both(told):
    """NGO stands in two sentences, strike in one of them: of two sentences one holds both."""
    result = cooccurrence(
        told,
        rows="approach",
        columns="approach",
        definition="unit",
        unit="sentence",
        measure="jaccard",
    )
    assert result.frame.at["ngo_paralegal", "strike"] == 0.5
    assert result.cell_text(1, 2) == "0.50 (1)"


def test_jaccard_of_overlaps_is_of_characters(told):
    """Of passages that overlap the share is of characters: 6 of 13 + 15 + 14 - 6."""
    result = cooccurrence(
        told, rows="approach", columns="approach", definition="overlap", measure="jaccard"
    )
    assert result.frame.at["ngo_paralegal", "strike"] == pytest.approx(6 / 36)


def test_lift_is_against_chance(told):
    """One of 6 sentences holds both; 2 hold NGO and 1 strike, so chance alone gives a third."""
    result = cooccurrence(
        told,
        rows="approach",
        columns="approach",
        definition="unit",
        unit="sentence",
        measure="lift",
    )
    assert result.frame.at["ngo_paralegal", "strike"] == pytest.approx(1 * 6 / (2 * 1))


def test_not_searched_is_no_zero(told):
    """A source that was not searched for one of the two says nothing of the pair."""
    source_b = cooccurrence(
        make_tables([source("b", "Text here.")], readings=[("b", "approach", None)]),
        rows="approach",
        columns="dimension",
        definition="overlap",
        measure="count",
    )
    assert source_b.frame.isna().all(axis=None)
    assert source_b.cell_text(0, 0) == "not searched"
    lift = cooccurrence(
        told, rows="approach", columns="dimension", definition="source", measure="lift"
    )
    # Only one source was searched for strike and agency: there chance gives what is there.
    assert lift.frame.at["strike", "agency"] == 1.0
    assert lift.cell_text(0, 0) == "not defined"


def test_a_denial_is_no_company(told):
    """A coding that denies its code stands with nothing."""
    result = cooccurrence(
        told, rows="approach", columns="dimension", definition="overlap", measure="count"
    )
    assert result.frame.at["ngo_paralegal", "content"] == 0


def test_the_diagonal_stands_apart(told):
    """Of one scheme with itself the diagonal is null and tells how often the code is found."""
    result = cooccurrence(
        told, rows="approach", columns="approach", definition="source", measure="count"
    )
    assert result.frame.at["strike", "strike"] is not None
    assert result.frame.isna().at["strike", "strike"]
    assert result.cell_text(2, 2) == "(1)"
    # Undecided is not present.
    assert result.cell_text(0, 0) == "–"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"definition": "near", "measure": "count"}, "same_span, overlap, unit, source"),
        ({"definition": "unit", "measure": "count"}, "sentence, paragraph"),
        ({"definition": "overlap", "unit": "sentence", "measure": "count"}, "definition='unit'"),
        ({"definition": "overlap", "measure": "often"}, "count, jaccard, lift"),
        ({"definition": "same_span", "measure": "lift"}, "nobody can say"),
        ({"definition": "overlap", "measure": "count", "show": "all"}, "table, definitions"),
        ({"definition": "overlap", "measure": "count", "most": 0}, "from 1"),
    ],
)
def test_what_there_is_not_is_refused(small, arguments, message):
    """A wrong argument is answered with what there is."""
    with pytest.raises(UnknownNameError, match=message):
        cooccurrence(small, rows="approach", columns="dimension", **arguments)


def test_most_keeps_what_stands_together_most(told):
    """With `most` the codes with the most company stay, in the scheme's order, and the note says so."""
    result = cooccurrence(
        told, rows="approach", columns="dimension", definition="same_span", measure="count", most=1
    )
    assert list(result.frame.index) == ["strike"]
    assert list(result.frame.columns) == ["agency"]
    assert "1 of 3 codes in rows and 1 of 2" in result.note


SPANS = st.lists(
    st.tuples(
        st.sampled_from(["a", "b"]),
        st.sampled_from(["state_led", "ngo_paralegal", "strike"]),
        st.integers(0, 60),
        st.integers(1, 20),
    ),
    max_size=12,
)


def drawn(spans):
    """Codings at any place of two texts, which were read for everything."""
    codings = [
        {
            "source_id": each,
            "scheme": "approach",
            "code": code,
            "start": start,
            "end": min(start + length, len(TEXT)),
        }
        for each, code, start, length in spans
    ]
    return make_tables(
        [source("a", TEXT), source("b", TEXT + " ")], codings, readings=everything_read("a", "b")
    )


@settings(max_examples=25)
@given(spans=SPANS)
def test_wider_meanings_hold_narrower_ones(spans):
    """What is together on a passage overlaps, what overlaps shares a source, and the order of two codes is no matter."""
    tables = drawn(spans)
    frames = [
        cooccurrence(tables, rows="approach", columns="approach", measure="count", **way).frame
        for way in WAYS
    ]
    for frame in frames:
        assert frame.equals(frame.T.rename_axis(index=frame.index.name, columns=frame.columns.name))
    same, overlap, sentence, paragraph, whole = (each.fillna(0) > 0 for each in frames)
    assert not (same & ~overlap).any(axis=None)
    assert not (overlap & ~whole).any(axis=None)
    assert not (sentence & ~paragraph).any(axis=None)
    assert not (paragraph & ~whole).any(axis=None)


@settings(max_examples=25)
@given(spans=SPANS, seed=st.integers(0, 5))
def test_shares_lie_between_0_and_1_and_rows_have_no_order(spans, seed):
    """Jaccard is a share, and the order of the tables' rows changes nothing."""
    tables = drawn(spans)
    mixed = shuffled(tables, lambda n: random.Random(seed).sample(range(n), n))
    for way in WAYS:
        result = cooccurrence(tables, rows="approach", columns="approach", measure="jaccard", **way)
        values = result.frame.stack().dropna()
        assert ((values >= 0) & (values <= 1)).all()
        assert repr(result.again(mixed)) == repr(result)


def test_overlaps_are_those_of_the_crosstab(told):
    """Two ways to one number: the table of overlaps is the crosstab's of passages."""
    one = cooccurrence(
        told, rows="approach", columns="dimension", definition="overlap", measure="count"
    )
    other = crosstab(told, rows="approach", columns="dimension", count="passages")
    assert one.frame.equals(other.frame)
