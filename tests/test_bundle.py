"""Which texts a count takes: one of each work, whatever is at hand."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from tertium.bundle import Tables, renderings
from tertium.columns import (
    CASES,
    CODINGS,
    READINGS,
    SOURCES,
    UNITS,
    VERDICTS,
    ZONE_COLUMNS,
    frame,
)
from tertium.comparison.passages import Passages


def tables(*rows: dict[str, str], renders: dict[str, str] | None = None) -> Tables:
    """A bundle with these sources and nothing else."""
    sources = [{"kind": "original", **row} for row in rows]
    return Tables(
        sources=frame(sources, SOURCES),
        units=frame([], UNITS),
        zones=frame([], ZONE_COLUMNS),
        codings=frame([], CODINGS),
        readings=frame([], READINGS),
        verdicts=frame([], VERDICTS),
        cases=frame([], CASES),
        case_sources=pd.DataFrame(),
        renders=renders or {},
    )


ORIGINAL = {"source_id": "o"}
DIGEST = {"source_id": "d", "kind": "digest", "digest_of": "o"}
DIGEST_IN_CHINESE = {"source_id": "c", "kind": "digest", "translation_of": "d"}
PART = {"source_id": "p", "kind": "digest", "part_of": "d"}
TRANSLATION = {"source_id": "t", "translation_of": "o"}


@pytest.mark.parametrize(
    ("at_hand", "counted"),
    [
        ([ORIGINAL, DIGEST, TRANSLATION], {"o"}),
        ([DIGEST, DIGEST_IN_CHINESE], {"d"}),
        ([DIGEST, TRANSLATION], {"t"}),
        ([ORIGINAL, DIGEST_IN_CHINESE], {"o"}),
        ([DIGEST_IN_CHINESE, TRANSLATION], {"t"}),
        ([{"source_id": "a", "copy_of": "b"}, {"source_id": "b", "copy_of": "a"}], {"a"}),
        ([DIGEST, {"source_id": "x"}], {"d", "x"}),
        ([DIGEST, PART], {"d"}),
        ([PART, {"source_id": "x"}], {"p", "x"}),
    ],
)
def test_one_text_of_each_work_is_counted(at_hand: list[dict[str, str]], counted: set[str]) -> None:
    """Also where the text that two others render is not at hand itself."""
    known = renderings([DIGEST, DIGEST_IN_CHINESE, TRANSLATION], id_column="source_id")
    found = tables(*at_hand, renders=known).counted_sources()
    assert set(found["source_id"]) == counted


def test_parts_stand_in_place_of_what_is_compiled_of_them() -> None:
    """Never both: for voices the parts are taken, with every text of the compiled work gone."""
    found = tables(DIGEST, DIGEST_IN_CHINESE, PART, {"source_id": "x"}).counted_sources(parts=True)
    assert set(found["source_id"]) == {"p", "x"}


def test_a_text_is_no_part_of_what_it_renders() -> None:
    """A work that is said to be part of itself is counted all the same, either way."""
    copy = {"source_id": "p", "copy_of": "d", "part_of": "d"}
    for parts in (False, True):
        found = tables({"source_id": "d"}, copy).counted_sources(parts=parts)
        assert set(found["source_id"]) == {"d"}


def test_a_part_may_be_told_by_a_text_that_is_not_read() -> None:
    """The manifest says of a digest what it is part of; the original at hand is part of it too."""
    known = renderings([{"source_id": "p", "digest_of": "o"}], id_column="source_id")
    at_hand = replace(tables(ORIGINAL, {"source_id": "w"}, renders=known), part_of={"p": "w"})
    assert set(at_hand.counted_sources()["source_id"]) == {"w"}
    assert set(at_hand.counted_sources(parts=True)["source_id"]) == {"o"}
    assert Passages(at_hand, parts=True).compiled_of("o") == {"w"}


def test_a_work_may_be_part_of_two_compiled_ones() -> None:
    """It is left out where either is counted, and stands in place of both."""
    one = {"source_id": "p", "part_of": "w1"}
    same = {"source_id": "q", "translation_of": "p", "part_of": "w2"}
    for at_hand, whole in (
        ([one, same, {"source_id": "w1"}], {"w1"}),
        ([one, same, {"source_id": "w2"}], {"w2"}),
        ([one, same, {"source_id": "w1"}, {"source_id": "w2"}], {"w1", "w2"}),
    ):
        bundle = tables(*at_hand)
        assert bundle.wholes() == {"p": {"w1", "w2"}}
        assert set(bundle.counted_sources()["source_id"]) == whole
        assert set(bundle.counted_sources(parts=True)["source_id"]) == {"p"}


def test_who_decides_is_named_where_they_decide() -> None:
    """The study's coder is named only where it decides; the others with their schemes."""
    bundle = replace(tables(), deciding_coders={"claim": "ana", "tier": "ana", "outcome": "bo"})
    assert bundle.deciders(["claim"]) == bundle.deciders(["claim", "tier"]) == "ana"
    assert bundle.deciders(["claim", "outcome", "tier"]) == "claim, tier by ana; outcome by bo"
    assert bundle.deciders(["claim", "approach", "outcome"]) == "rule; claim by ana; outcome by bo"
