"""Leaving a source out is the same as never having had it."""

from __future__ import annotations

import csv
from dataclasses import fields, replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tertium.comparison.crosstabs.crosstab import crosstab
from tertium.comparison.evidence import evidence
from tertium.comparison.held_rows import rows_by
from tertium.comparison.stability.left_out import without, without_case, works
from tertium.errors import UnknownNameError
from tertium.start.skeleton import write_skeleton
from tertium.study import open_study

from ..conftest import coding, make_tables, source


def frames(tables) -> dict[str, pd.DataFrame]:
    """The tables that are frames, by name."""
    found = {each.name: getattr(tables, each.name) for each in fields(tables)}
    return {name: value for name, value in found.items() if isinstance(value, pd.DataFrame)}


def test_as_if_the_study_never_had_it(tmp_path: Path):
    """A study opened without a source's rows and files gives the same tables and results."""
    root = tmp_path / "first"
    write_skeleton(root)
    name = root.name
    whole = open_study(root / "data" / "studies" / f"{name}.yml").tables
    crosstab(whole)
    for path, column, gone in (
        ("data/sources/manifest.csv", "id", "example-centre"),
        ("data/cases/sources.csv", "source_id", "example-centre"),
        ("data/cases/cases.csv", "id", "clinic"),
        ("data/cases/facts.csv", "case_id", "clinic"),
    ):
        rows = list(csv.DictReader((root / path).read_text(encoding="utf-8").splitlines()))
        with (root / path).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0], lineterminator="\n")
            writer.writeheader()
            writer.writerows(row for row in rows if row[column] != gone)
    by_hand = open_study(root / "data" / "studies" / f"{name}.yml").tables
    left = without(whole, works(whole, ["example-centre"]))
    assert set(frames(left)) == set(frames(by_hand))
    for table, wanted in frames(by_hand).items():
        pd.testing.assert_frame_equal(frames(left)[table], wanted, obj=table)
    assert left.renders == by_hand.renders
    for one in (crosstab(left), evidence(left, scheme="approach", code="state_led")):
        again = one.again(by_hand)
        assert repr(again) == repr(one)
        pd.testing.assert_frame_equal(again.support, one.support)


def test_nothing_left_out_changes_nothing(small):
    """Without nothing, the tables are the same."""
    assert without(small, []) is small


@settings(max_examples=25, deadline=None)
@given(st.sets(st.sampled_from(["a", "b", "c", "d"]), max_size=3), st.booleans())
def test_rows_read_before_and_after_are_the_same(left_out, is_read_before):
    """What is taken over from the whole tables is what would be read of the smaller ones."""
    tables = make_tables(
        [source(each, f"Workers of {each} struck. They won.", voice="ngo") for each in "abcd"],
        [coding(each, f"Workers of {each} struck.", "approach", "strike") for each in "abc"],
        readings=[(each, "approach", None) for each in "abcd"],
    )
    if is_read_before:
        crosstab(tables, count="passages")
    one = without(tables, left_out)
    # Copies of the frames: nothing is known of them yet.
    fresh = replace(one, **{name: frame.copy() for name, frame in frames(one).items()})
    assert rows_by(one.codings, "source_id") == rows_by(fresh.codings, "source_id")
    first, second = (crosstab(each, count="passages") for each in (one, fresh))
    assert repr(first) == repr(second)
    pd.testing.assert_frame_equal(first.support, second.support)
    assert not left_out & {str(each) for each in first.support["source_id"]}


def test_a_work_goes_as_a_whole():
    """A source goes with what renders it, a compiled one with its parts, and with the last part."""
    text = "Workers struck."
    sources = [
        source("original", text + " a"),
        source("digest", text + " b", kind="digest", digest_of="original"),
        source("translation", text + " c", translation_of="digest"),
        source("whole", text + " d"),
        source("one", text + " e", part_of="whole"),
        source("two", text + " f", part_of="whole"),
        source("two-zh", text + " g", translation_of="two"),
    ]
    tables = make_tables(sources)
    renders = {"digest": "original", "translation": "digest", "two-zh": "two"}
    tables = replace(tables, renders=renders)
    assert works(tables, ["translation"]) == {"original", "digest", "translation"}
    assert works(tables, ["whole"]) == {"whole", "one", "two", "two-zh"}
    assert works(tables, ["one"]) == {"one"}
    assert works(tables, ["one", "two"]) == {"whole", "one", "two", "two-zh"}


@pytest.fixture
def told():
    """Two cases: one source tells both, another the first alone."""
    text = "Workers struck."
    tables = make_tables(
        [source(each, f"{text} {each}") for each in ("both", "first")],
        cases=[{"case_id": "c1", "name": "One"}, {"case_id": "c2", "name": "Two"}],
        case_sources=[
            {"case_id": "c1", "source_id": "both"},
            {"case_id": "c2", "source_id": "both"},
            {"case_id": "c1", "source_id": "first"},
        ],
    )
    facts = pd.DataFrame(
        {
            "case_id": ["c1", "c1", "c1", "c2"],
            "value": ["rests on first", "rests on both", "rests on none", "of the other"],
            "basis": ["first, para. 1", "first|both", pd.NA, "both"],
        }
    )
    return replace(tables, facts=facts)


def test_cases_and_facts_go_with_their_sources(told):
    """A case nobody tells any more goes, and a fact that rests on nothing that is left."""
    less = without(told, ["first"])
    assert list(less.cases["case_id"]) == ["c1", "c2"]
    assert list(less.facts["value"]) == ["rests on both", "rests on none", "of the other"]
    assert list(without(told, ["both"]).cases["case_id"]) == ["c1"]


def test_a_fact_that_rests_on_several_codings_goes_with_the_last(told):
    """Ids of codings may be parted by commas: the fact stays while one of its codings does."""
    tables = make_tables(
        [source(each, "Workers struck.", voice="ngo") for each in "ab"],
        [coding(each, "Workers struck.", "approach", "strike") for each in "ab"],
        cases=[{"case_id": "c1", "name": "One"}],
        case_sources=[{"case_id": "c1", "source_id": each} for each in "ab"],
    )
    ids = [f"{number:016x}" for number in (1, 2)]
    facts = pd.DataFrame({"case_id": ["c1"], "value": ["both"], "basis": [", ".join(ids)]})
    tables = replace(tables, facts=facts, codings=tables.codings.assign(coding_id=ids))
    assert len(without(tables, ["a"]).facts) == 1
    assert without(tables, ["a", "b"]).facts.empty


def test_a_fact_stays_while_anybody_cites_its_publication(told):
    """A key that a source left out shares with another still stands behind the fact."""
    shared = told.sources.assign(citation_key="report")
    facts = told.facts.assign(basis="report, para. 2")
    less = without(replace(told, sources=shared, facts=facts), ["first"])
    assert len(less.facts) == len(facts)


def test_a_case_takes_the_sources_that_tell_of_no_other(told):
    """Without a case its own sources go, one that tells of another case stays."""
    less = without_case(told, "c1")
    assert list(less.sources["source_id"]) == ["both"]
    assert list(less.case_sources["case_id"]) == ["c2"]
    assert list(less.facts["case_id"]) == ["c2"]


def test_unknown_sources_are_refused(small):
    """A source that is not there can't be left out."""
    with pytest.raises(UnknownNameError, match="no source nobody"):
        without(small, ["nobody"])
