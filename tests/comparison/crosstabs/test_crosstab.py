"""Crosstabs count sources, passages or characters, and never take silence for absence."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tertium.bundle import Tables
from tertium.comparison.crosstabs.crosstab import crosstab
from tertium.comparison.matrix import framework_matrix
from tertium.comparison.quantities import quantities
from tertium.comparison.verdicts import verdict_table
from tertium.errors import UnknownNameError
from tertium.report.figures import figure
from tertium.report.tables import table as table_display

from ..conftest import coding, everything_read, make_scheme, make_tables, shuffled, source, verdict


def values(result):
    return {(r, c): None if pd.isna(v := result.frame.at[r, c]) else int(v)
            for r in result.frame.index for c in result.frame.columns}  # fmt: skip


def test_sources_by_voice(small):
    """A source counts once where its verdict is present; voices stand in their order, mixed last."""
    table = crosstab(small, rows="approach", columns="voice")
    assert list(table.frame.columns) == ["union_official", "ngo", "mixed"]
    assert values(table)["strike", "ngo"] == 1
    assert values(table)["state_led", "union_official"] == 1
    assert values(table)["state_led", "ngo"] == 0
    assert table.frame.index.name == "approach"
    assert table.frame.columns.name == "voice"


def test_digest_is_not_counted_beside_its_original(small):
    """The digest of a source that is there adds nothing."""
    assert values(crosstab(small, columns="kind"))["strike", "original"] == 1
    assert "digest" not in crosstab(small, columns="kind").frame.columns


def test_not_searched_is_no_zero(small):
    """Where nobody looked stands null, shown as words; where somebody looked in vain stands 0."""
    table = crosstab(small)
    assert values(table)["strike", "union_official"] is None
    assert values(table)["strike", "mixed"] == 0
    assert "not searched" in repr(table)
    assert "Strike in 2 of 3" in table.note


def test_row_none_holds_searched_sources_only(small):
    """A source without any code counts in "none"; one with an undecided verdict does not."""
    table = crosstab(small)
    assert values(table)["none", "mixed"] == 1
    assert values(table)["none", "union_official"] == 0
    assert "1 undecided verdict" in table.note


def test_cells_lead_to_the_codings_behind_verdicts(small):
    """The evidence is what the verdict cites, in its words and with its place."""
    found = crosstab(small).evidence("strike", "ngo")
    assert list(found["quote"]) == ["Workers went on strike."]
    assert list(found["place"]) == ["para. 1"]
    assert list(found["cited_as"]) == ["Chung 2010"]
    assert found["coding_ids"].tolist() == [("c001",)]


def test_countries_may_be_several(small):
    """A source that names two countries stands in both, and a source without one in "not stated"."""
    table = crosstab(small, columns="country")
    assert list(table.frame.columns) == ["China", "Kazakhstan", "not stated"]
    assert values(table)["state_led", "Kazakhstan"] == 1
    assert table.column_counts == {"China": 2, "Kazakhstan": 1, "not stated": 1}


def test_years(small):
    """Dates are taken as years, undated last."""
    assert list(crosstab(small, columns="year").frame.columns) == ["2010", "2024", "undated"]


def test_scheme_by_scheme_counts_overlaps(small):
    """Two schemes meet where their codings share characters."""
    table = crosstab(small, rows="approach", columns="dimension")
    assert values(table)["strike", "content"] == 1
    assert values(table)["ngo_paralegal", "content"] == 0
    # In the only source that was read for dimensions, state_led was looked for as well.
    assert values(table)["state_led", "agency"] == 0
    assert list(table.evidence("strike", "content")["quote"]) == ["Workers went on strike."]


def test_turned_crosstab_holds_the_same_numbers(small):
    """Rows and columns can be exchanged."""
    one = crosstab(small, rows="approach", columns="voice")
    other = crosstab(small, rows="voice", columns="approach")
    pd.testing.assert_frame_equal(
        one.frame, other.frame.T, check_names=False, check_index_type=False, check_column_type=False
    )
    assert list(other.evidence("ngo", "strike")["quote"]) == list(
        one.evidence("strike", "ngo")["quote"]
    )


def test_passages_and_characters(small):
    """Each coded stretch is a passage, however it overlaps others; each character counts once."""
    text = "One two three. Four five.\n\nSix."
    tables = make_tables(
        [source("s", text, voice="ngo")],
        [coding("s", quote, "approach", "strike") for quote in ("One two", "two three.", "Six.")],
        readings=everything_read("s"),
    )
    assert values(crosstab(tables, count="passages"))["strike", "ngo"] == 3
    assert len(crosstab(tables, count="passages").evidence("strike", "ngo")) == 3
    assert values(crosstab(tables, count="characters"))["strike", "ngo"] == len(
        "One two three."
    ) + len("Six.")
    assert "none" not in crosstab(tables, count="passages").frame.index


def test_denied_codings_are_no_evidence(small):
    """A passage that denies a code counts for nothing."""
    assert values(crosstab(small, count="passages"))["strike", "union_official"] is None


def test_case_counts_the_part_of_the_source_that_tells_it(small):
    """Where a source tells a case in one part only, codings elsewhere do not count for the case."""
    text = "First they sued. Then they struck."
    tables = make_tables(
        [source("s", text)],
        [coding("s", "First they sued.", "approach", "ngo_paralegal"), coding("s", "Then they struck.", "approach", "strike")],
        verdicts=[verdict("s", "approach", code, "present") for code in ("ngo_paralegal", "strike")],
        readings=everything_read("s"),
        cases=[{"case_id": "suit", "name": "The suit"}, {"case_id": "all", "name": "All"}],
        case_sources=[{"case_id": "suit", "source_id": "s", "start": 0, "end": 16}, {"case_id": "all", "source_id": "s"}],
    )  # fmt: skip
    table = crosstab(tables, rows="case", columns="approach")
    assert values(table)["suit", "ngo_paralegal"] == 1
    assert values(table)["suit", "strike"] == 0
    assert values(table)["all", "strike"] == 1
    assert table.row_labels["suit"] == "The suit"


def test_case_links_may_be_texts(small):
    """Offsets read from a CSV, as text or empty, mean the same."""
    links = pd.DataFrame(
        {"case_id": ["a", "b"], "source_id": ["ngo1", "ngo1"], "start": ["", "0"], "end": ["", "5"]}
    )
    tables = replace(small, case_sources=links)
    assert list(crosstab(tables, rows="case", columns="approach").frame.index) == ["a", "b"]


@pytest.mark.parametrize(
    "arguments",
    [
        {"rows": "aproach"},
        {"rows": "approach", "columns": "approach"},
        {"rows": "voice", "columns": "country", "count": "passages"},
    ],
)
def test_wrong_axes_are_refused(small, arguments):
    """An axis that is not there, twice the same, or codings counted without a scheme are refused."""
    with pytest.raises(UnknownNameError, match="approach"):
        crosstab(small, **arguments)


def test_wrong_count_is_refused(small):
    """A way to count that is not there is refused with those that are."""
    with pytest.raises(UnknownNameError, match="sources, passages, characters"):
        crosstab(small, count="words")


def test_verdict_table(small):
    """Every source shows what is held of it, by country; digests only when asked for."""
    table = verdict_table(small, scheme="approach")
    assert list(table.frame.index) == ["ngo1", "union1", "quiet"]
    assert [table.row_groups[each] for each in table.frame.index] == [
        "China",
        "China; Kazakhstan",
        "not stated",
    ]
    assert table.frame.at["ngo1", "strike"] == "present"
    assert table.shown.at["ngo1", "strike"] == "primary (1)"
    assert table.frame.at["union1", "strike"] == "not_searched"
    assert "ngo1-digest" in verdict_table(small, which="all").frame.index
    assert list(table.evidence("union1", "ngo_paralegal")["stance"]) == ["planned"]


def test_verdicts_show_their_score():
    """A cell names the passages behind a verdict and its score; a dash stands for absent."""
    tables = make_tables(
        [source("s", "They struck.")],
        [coding("s", "They struck.", "approach", "strike")],
        verdicts=[verdict("s", "approach", "strike", "present", score=0.6), verdict("s", "approach", "state_led", "absent", score=0.0)],
    )  # fmt: skip
    table = verdict_table(tables)
    shown = table.shown
    assert shown.at["s", "strike"] == "present (1;\u00a00.60)"
    assert shown.at["s", "state_led"] == "–"
    assert table.frame.at["s", "state_led"] == "absent"
    assert "– absent: looked for, not found." in table.note


def test_note_says_what_the_other_scheme_codes(small):
    """Where two schemes meet, the second is told in the first sentence of its own description."""
    table = crosstab(small, rows="approach", columns="dimension", count="passages")
    assert "Dimension: for tests." in table.note
    assert "A passage is a sentence" in table.note


@settings(deadline=None, max_examples=30)
@given(st.randoms(use_true_random=False))
def test_order_of_rows_changes_nothing(random):
    """Tables with their rows in another order give the same result, evidence included."""
    text = "They sued. They struck. They sang."
    tables = make_tables(
        [source("a", text, voice="ngo"), source("b", text, voice="company")],
        [coding(s, q, scheme, code) for s in "ab" for q, scheme, code in (
            ("They sued.", "approach", "strike"), ("They struck.", "approach", "strike"),
            ("They sued. They struck.", "dimension", "content"))],
        verdicts=[verdict(s, "approach", "strike", "present") for s in "ab"],
        readings=everything_read("a", "b"),
    )  # fmt: skip
    other = shuffled(tables, lambda n: random.sample(range(n), n))
    for columns in ("voice", "dimension"):
        one, two = crosstab(tables, columns=columns), crosstab(other, columns=columns)
        assert repr(one) == repr(two)
        pd.testing.assert_frame_equal(one.support, two.support)


def test_renamed_coder_changes_names_only(small):
    """Under another name the deciding coder gives the same numbers."""
    renamed = {
        name: getattr(small, name).assign(
            coder=getattr(small, name)["coder"].replace("rule", "ana")
        )
        for name in ("codings", "readings", "verdicts")
    }
    other = replace(small, deciding_coder="ana", **renamed)
    pd.testing.assert_frame_equal(crosstab(small).frame, crosstab(other).frame)
    assert repr(crosstab(other)) == repr(crosstab(small)).replace("coder: rule", "coder: ana")


def test_empty_rows_can_be_left_out_and_the_note_says_so(small: Tables) -> None:
    """Dropping keeps every row with a number, and names how many went."""
    without = replace(small, codings=small.codings[small.codings["code"] != "strike"])
    kept = crosstab(without, rows="approach", columns="source_id", count="passages")
    dropped = crosstab(
        without, rows="approach", columns="source_id", count="passages", empty="drop"
    )
    gone = [row for row in kept.frame.index if row not in dropped.frame.index]
    assert (kept.frame.loc[gone] == 0).all(axis=None)
    assert gone == ["strike"]
    assert "1 row without any is left out." in dropped.note


def test_sources_with_the_same_text_keep_their_own_evidence():
    """Codings whose ids do not name the source are looked up by source."""
    twins = [source("a", "They struck."), source("b", "They struck.")]
    tables = make_tables(
        twins,
        [coding(each, "They struck.", "approach", "strike", coding_id="same") for each in "ab"],
        verdicts=[verdict(each, "approach", "strike", "present") for each in "ab"],
    )
    table = crosstab(tables, columns="source_id")
    assert list(table.evidence("strike", "a")["source_id"]) == ["a"]
    assert list(table.evidence("strike", "b")["source_id"]) == ["b"]


def test_none_needs_every_code():
    """A source that was searched for one code only is not known to hold none."""
    tables = make_tables(
        [source("s", "Text.", voice="ngo")],
        verdicts=[verdict("s", "approach", "strike", "absent")]
        + [verdict("s", "approach", code, "not_searched") for code in ("state_led", "ngo_paralegal")],
    )  # fmt: skip
    table = crosstab(tables)
    assert values(table)["strike", "ngo"] == 0
    assert values(table)["none", "ngo"] is None


def test_a_code_may_be_called_none(small):
    """The row for sources without any code has a name of its own then."""
    scheme = make_scheme("approach", "strike", "none")
    tables = make_tables(
        [source("s", "Text.", voice="ngo")],
        verdicts=[verdict("s", "approach", "strike", "absent"), verdict("s", "approach", "none", "present")],
    )  # fmt: skip
    tables = replace(tables, schemes={"approach": scheme})
    table = crosstab(tables)
    assert list(table.frame.index) == ["strike", "none", "(none)"]
    assert values(table)["none", "ngo"] == 1
    assert values(table)["(none)", "ngo"] == 0
    assert table.row_labels["none"] == "none"


@pytest.mark.parametrize("others", [[], [source("en", "They struck.", voice="ngo")]])
def test_a_language_without_rules_breaks_nothing(others):
    """A source that nobody could search stands as null in every comparison and figure."""
    tables = make_tables(
        [source("sv", "De strejkade.", language="sv", voice="ngo", date="2010"), *others],
        [coding("en", "They struck.", "approach", "strike")] if others else (),
        verdicts=[
            verdict("sv", name, code, "not_searched")
            for name, codes in (("approach", ("state_led", "ngo_paralegal", "strike")), ("dimension", ("content", "agency")))
            for code in codes
        ] + ([verdict("en", "approach", "strike", "present")] if others else []),
    )  # fmt: skip
    by_source = crosstab(tables, rows="approach", columns="source_id")
    assert by_source.frame["sv"].isna().all()
    alone = (by_source.frame.drop(index="none").fillna(0) > 0).sum(axis=1) == 1
    assert int(alone.sum()) == len(others)
    matrix = framework_matrix(tables)
    assert not (matrix.frame.fillna(0) > 0).to_numpy().any()
    assert list(verdict_table(tables).frame.loc["sv"]) == ["not_searched"] * 3
    dropped = crosstab(tables, columns="source_id", empty="drop")
    assert "none" in dropped.frame.index
    assert len(quantities(tables).frame) == 0
    for kind in ("bars", "stacked", "matrix"):
        for result in (by_source, matrix, dropped, crosstab(tables, count="passages")):
            assert figure(result, name="x", kind=kind).svg
    for result in (by_source, matrix, verdict_table(tables), quantities(tables)):
        assert table_display(result, name="x").to_html()
    assert figure(verdict_table(tables), name="x").svg


def test_a_study_without_actors_has_an_empty_table_of_them(small):
    """Any study may be asked for its actors; where it lists none the note says so."""
    empty = crosstab(small, rows="actor", columns="approach", count="passages", empty="drop")
    assert empty.frame.empty
    assert (empty.frame.index.name, empty.frame.columns.name) == ("actor", "approach")
    assert "lists no cases and actors" in empty.note
    assert "no cases and actors" in repr(table_display(empty, name="actors", min_sources=2))
    with pytest.raises(UnknownNameError, match="no axis 'actors'"):
        crosstab(small, rows="actors", columns="approach")
    with pytest.raises(UnknownNameError, match="no axis 'aproach'"):
        crosstab(small, rows="actor", columns="aproach")
