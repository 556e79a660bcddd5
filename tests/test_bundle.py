"""Which texts a count takes: one of each work, whatever is at hand."""

from __future__ import annotations

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
