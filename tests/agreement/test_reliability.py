"""From codings to reliability tables: what is a yes, what a no, and what is missing."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from tertium.agreement.reliability import (
    NO_CODE,
    PRIMARY,
    coded_units,
    reliability_table,
)
from tertium.columns import CODINGS, READINGS, UNITS, frame
from tertium.errors import ChecksumError, UnknownNameError
from tertium.schemes.scheme import Code, Scheme, VerdictRule
from tertium.sources.source import Source
from tertium.sources.units import find_units

TEXT = "Miners struck. The union came.\n\n工人罢工了。 Police left!"
SCHEME = Scheme(
    name="approach",
    version="1.0.0",
    title="Approach",
    description="For tests.",
    verdict=VerdictRule(text="One is enough.", present=0.6, undecided=0.3),
    codes=tuple(
        Code(id=each, label=each, definition="D.", when_to_use="W.", when_not_to_use="N.")
        for each in ("union", "strike")
    ),
)
SENTENCES = ["Miners struck.", "The union came.", "工人罢工了。", "Police left!"]


def units(*sources: Source) -> pd.DataFrame:
    """The units of sources, as a study has them."""
    return frame(
        [
            {
                "unit_id": f"{source.id}:{unit.kind}:{unit.number}",
                "source_id": source.id,
                "text_sha256": source.text_sha256,
                "unit": unit.kind,
                "number": unit.number,
                "start": unit.span.start,
                "end": unit.span.end,
                "zone": unit.zone,
            }
            for source in sources
            for kind in ("document", "paragraph", "sentence")
            for unit in find_units(source, kind)
        ],
        UNITS,
    )


SOURCE = Source(id="a", text=TEXT)
UNITS_OF_A = units(SOURCE)


def coding(coder: str, quote: str | None, code: str, **facts: Any) -> dict[str, Any]:
    """A coding of the first place where a quote stands; of the whole source without one."""
    start = None if quote is None else TEXT.index(quote)
    end = None if quote is None else TEXT.index(quote) + len(quote)
    return {
        "source_id": "a", "text_sha256": SOURCE.text_sha256, "scheme": "approach", "code": code,
        "coder": coder, "coder_kind": "human", "stance": "asserted", "quote": quote,
        "start": start, "end": end, **facts,
    }  # fmt: skip


def reading(coder: str, quote: str | None = None, code: str | None = None) -> dict[str, Any]:
    """A reading of a quote, or of the whole source, for one code or for all."""
    made = coding(coder, quote, code or "")
    return {
        name: made[name]
        for name in ("source_id", "text_sha256", "scheme", "coder", "coder_kind", "start", "end")
    } | {"code": code}


def table(
    codings: list[dict[str, Any]],
    readings: list[dict[str, Any]],
    *,
    code: str | None = "strike",
    unit: Any = "sentence",
    coders: tuple[str, ...] = ("ana", "ben"),
) -> list[list[Any]]:
    """The table as lists, NaN as None."""
    found = reliability_table(
        frame(codings, CODINGS), frame(readings, READINGS), UNITS_OF_A,
        scheme=SCHEME, code=code, unit=unit, coders=coders,
    )  # fmt: skip
    return [
        [None if isinstance(cell, float) and np.isnan(cell) else cell for cell in row]
        for row in found.to_numpy(dtype=object)
    ]


def test_a_coding_is_a_yes_a_reading_without_one_a_no_and_the_rest_is_missing() -> None:
    """Nobody is held to have said no where nobody looked."""
    found = table(
        [coding("ana", "struck", "strike"), coding("ben", "罢工", "strike")],
        [reading("ana"), reading("ben", "Miners struck. The union came.")],
    )
    assert found == [[1, 0, 0, 0], [0, 0, 1, None]]


def test_a_reading_for_one_code_is_no_reading_for_another() -> None:
    """Who looked for strikes has not said that there is no union."""
    read = [reading("ana", code="strike"), reading("ben")]
    assert table([], read, code="strike") == [[0] * 4, [0] * 4]
    assert table([], read, code="union") == [[None] * 4, [0] * 4]


def test_a_unit_that_was_read_in_part_is_missing() -> None:
    """Two readings that cover a sentence together are a reading of it; half of one is none."""
    read = [reading("ana", "Miners str"), reading("ben", "Miners s"), reading("ben", "struck.")]
    assert table([], read) == [[None] * 4, [0, None, None, None]]


def test_a_coding_counts_where_it_holds_a_word() -> None:
    """A full stop or a space at the end of a coding codes no further sentence."""
    found = table(
        [coding("ana", "struck. The", "strike"), coding("ben", ". ", "strike")],
        [reading("ana"), reading("ben")],
    )
    assert found == [[1, 1, 0, 0], [0, 0, 0, 0]]


def test_without_a_quote_any_character_counts() -> None:
    """A text-free coding can't be looked into."""
    made = coding("ana", ". ", "strike")
    found = table([{**made, "quote": None}], [reading("ana"), reading("ben")])
    assert found[0] == [1, 0, 0, 0]


def test_what_is_denied_is_not_shown() -> None:
    """A passage that denies a code is no evidence for it, here as in every comparison."""
    made = coding("ana", "struck", "strike", stance="denied")
    assert table([made], [reading("ana"), reading("ben")])[0] == [0, 0, 0, 0]


def test_the_whole_source_is_a_document_and_no_sentence() -> None:
    """A verdict on a source says nothing of its parts."""
    codings = [coding("ana", None, "strike")]
    read = [reading("ana"), reading("ben")]
    assert table(codings, read)[0] == [0, 0, 0, 0]
    assert table(codings, read, unit="document") == [[1], [0]]


def test_undecided_is_missing_unless_a_passage_decides() -> None:
    """Who can't tell has said neither yes nor no."""
    open_ = coding("ana", None, "strike", value="undecided")
    read = [reading("ana"), reading("ben")]
    assert table([open_], read, unit="document") == [[None], [0]]
    decided = [open_, coding("ana", "struck", "strike")]
    assert table(decided, read, unit="document") == [[1], [0]]
    assert table([open_], read, code=None, unit="document") == [[None], [frozenset()]]


def test_a_document_is_read_where_each_of_its_sentences_is() -> None:
    """Passage by passage is as good as at once."""
    parts = [reading("ana", each) for each in SENTENCES]
    assert table([], [*parts, reading("ben")], unit="document") == [[0], [0]]
    assert table([], [*parts[:-1], reading("ben")], unit="document") == [[None], [0]]


def test_sets_are_known_where_every_code_was_looked_for() -> None:
    """The set of codes of a unit, empty where all were looked for and none was found."""
    found = table(
        [coding("ana", "union", "union"), coding("ana", "The union", "strike")],
        [reading("ana"), reading("ben", code="strike")],
        code=None,
    )
    both = frozenset({"union", "strike"})
    assert found == [[frozenset(), both, frozenset(), frozenset()], [None] * 4]


def test_the_primary_code_has_most_characters_and_ties_go_to_the_first() -> None:
    """As verdicts have it; a document without a code has none."""
    long = coding("ana", "The union came", "strike")
    codings = [coding("ana", "Miners", "union"), long, coding("ben", "Miners", "strike")]
    tie = coding("ben", "struck", "union")
    read = [reading("ana"), reading("ben"), reading("eva")]
    found = table(
        [*codings, tie], read, code=PRIMARY, unit="document", coders=("ana", "ben", "eva")
    )
    assert found == [["strike"], ["union"], [NO_CODE]]
    with pytest.raises(UnknownNameError, match="documents"):
        table(codings, read, code=PRIMARY)


def test_furniture_is_no_unit() -> None:
    """Agreement on a menu is agreement on nothing."""
    furnished = UNITS_OF_A.copy()
    furnished.loc[furnished["unit_id"] == "a:sentence:4", "zone"] = "furniture"
    found = reliability_table(
        frame([], CODINGS), frame([reading("ana"), reading("ben")], READINGS), furnished,
        scheme=SCHEME, code="strike", unit="sentence", coders=["ana", "ben"],
    )  # fmt: skip
    assert list(found.columns) == ["a:sentence:1", "a:sentence:2", "a:sentence:3"]


def test_codings_without_a_reading_are_counted() -> None:
    """They are a yes, but beside them stands no no."""
    coded = coded_units(
        frame([coding("ana", "struck", "strike")], CODINGS),
        frame([reading("ben")], READINGS),
        UNITS_OF_A, scheme=SCHEME, unit="sentence", coders=["ana", "ben"],
    )  # fmt: skip
    assert coded.unread.tolist() == [1, 0]
    assert coded.table("strike").loc["ana"].tolist()[:1] == [1.0]


def test_another_text_an_unknown_coder_code_or_unit_is_refused() -> None:
    """The message says what there is."""
    read = [reading("ana"), reading("ben")]
    with pytest.raises(ChecksumError, match="reading by ana of source a"):
        table([], [{**read[0], "text_sha256": "0" * 64}, read[1]])
    with pytest.raises(UnknownNameError, match="there are ana, ben"):
        table([], read, coders=("ana", "eva"))
    with pytest.raises(UnknownNameError, match="named twice"):
        table([], read, coders=("ana", "ana"))
    with pytest.raises(UnknownNameError, match="it has union, strike"):
        table([], read, code="ngo")
    with pytest.raises(UnknownNameError, match="document, paragraph, sentence"):
        table([], read, unit="page")


def test_order_and_doubling_of_rows_change_nothing() -> None:
    """A log merged from two branches gives the same table."""
    codings = [coding("ana", each, "strike") for each in ("struck", "罢工", "Police")]
    read = [reading("ana"), reading("ben")]
    expected = table(codings, read)
    assert table([*reversed(codings), codings[0]], [*reversed(read), read[0]]) == expected
