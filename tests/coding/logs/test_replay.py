"""Logs as tables: what stands, in a fixed order, on the text that was coded."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tertium.coding.classify import classify
from tertium.coding.logs.lines import coding_line, decision_line, reading_line, rejection_line
from tertium.coding.logs.log import append, as_lines
from tertium.coding.logs.read import read_codings
from tertium.coding.logs.replay import replay
from tertium.columns import CODINGS, READINGS, names
from tertium.errors import ChecksumError, InputError, UnknownNameError
from tertium.schemes.read import read_scheme
from tertium.sources.source import Source
from tertium.spans import Span

OPEN = Source("open", "Workers went on strike.", facts={"licence": "CC BY 4.0"})
CLOSED = Source(
    "closed", "工人👷‍♀️罢工了。", language="zh", facts={"licence": "all rights reserved"}
)
APPROACH = read_scheme("approach")
CLAIM = read_scheme("claim")


def coding(source: Source, span: Span | None, code: str = "strike", **more: Any) -> dict[str, Any]:
    """Return a coding by Ana."""
    return coding_line(source, span, APPROACH, code, **({"coder": "ana"} | more))


def test_tables_have_their_columns_and_order() -> None:
    """By source, place (the whole source first), scheme, code, coder and id."""
    made = [
        coding(OPEN, Span(8, 12), coder="ben", line_id="b" * 16),
        coding(OPEN, Span(8, 12), line_id="c" * 16),
        coding(OPEN, Span(8, 12), line_id="a" * 16),
        coding(OPEN, Span(8, 12), "ngo_paralegal"),
        coding_line(OPEN, Span(8, 12), CLAIM, "wages", coder="ana"),
        coding(OPEN, None),
        coding(CLOSED, Span(5, 7)),
        reading_line(OPEN, None, APPROACH, None, coder="ana"),
        rejection_line(OPEN, None, APPROACH, "strike", suggestion="0" * 16, coder="ana"),
    ]
    codings, readings = replay(as_lines(made), sources=[OPEN, CLOSED])
    assert list(codings.columns) == names(CODINGS)
    assert list(readings.columns) == names(READINGS)
    assert codings[["source_id", "code", "coder"]].agg(" ".join, axis=1).tolist() == [
        "closed strike ana",
        "open strike ana",
        "open ngo_paralegal ana",
        "open strike ana",
        "open strike ana",
        "open strike ben",
        "open wages ana",
    ]
    assert codings["coding_id"].tolist()[3:6] == ["a" * 16, "c" * 16, "b" * 16]
    assert len(readings) == 1
    assert len(replay(as_lines(made), sources=[OPEN], schemes=[CLAIM]).codings) == 1


def test_a_checksum_gets_its_words_from_the_text_at_hand() -> None:
    """Quote, prefix and suffix are filled in; without the text they are null, the place stays."""
    made = as_lines([coding(CLOSED, Span(5, 7))])
    filled = replay(made, sources=[CLOSED]).codings.iloc[0]
    assert (filled["quote"], filled["prefix"], filled["suffix"]) == (
        CLOSED.text[5:7], CLOSED.text[:5], CLOSED.text[7:],
    )  # fmt: skip
    bare = replay(made, sources=[]).codings
    assert bare[["quote", "prefix", "suffix"]].isna().all(axis=None)
    assert (bare["start"][0], bare["end"][0]) == (5, 7)


def test_a_coding_never_attaches_to_another_text() -> None:
    """Each such line is named with its file and number; so is a checksum that is not the words'."""
    other = Source("open", "Workers went on a strike.", facts=OPEN.facts)
    made = as_lines([coding(OPEN, Span(8, 12)), coding(OPEN, Span(0, 7))])
    with pytest.raises(ChecksumError) as caught:
        replay(made, sources=[other])
    assert "data/codings/ana/open.jsonl, text_sha256: the text of open changed" in str(caught.value)
    wrong = {**coding(CLOSED, Span(5, 7)), "quote_sha256": "0" * 64}
    with pytest.raises(ChecksumError, match="closed does not read so from 5 to 7"):
        replay(as_lines([wrong]), sources=[CLOSED])


def verdicts(*made: dict[str, Any]) -> dict[str, str]:
    """Return the verdict of Ana on the open source, by code."""
    table = classify(replay(as_lines(made), sources=[OPEN]), [OPEN], APPROACH)
    return dict(zip(table["code"], table["verdict"], strict=True))


def test_what_nobody_read_is_not_absent() -> None:
    """A coding reads its own span: present without a reading, and nothing else is known."""
    assert verdicts(coding(OPEN, Span(8, 22))) == {
        code: "present" if code == "strike" else "not_searched" for code in APPROACH.code_ids
    }


def test_what_was_read_and_not_coded_is_absent() -> None:
    """A source read entirely, without codings, holds none of the codes."""
    assert set(verdicts(reading_line(OPEN, None, APPROACH, None, coder="ana")).values()) == {
        "absent"
    }
    one = verdicts(reading_line(OPEN, None, APPROACH, "strike", coder="ana"))
    assert [code for code, verdict in one.items() if verdict == "absent"] == ["strike"]


def test_readings_of_all_parts_are_a_reading_of_the_whole() -> None:
    """And of one part are none."""
    parts = [Span(0, 12), Span(12, len(OPEN.text))]
    read = [reading_line(OPEN, part, APPROACH, None, coder="ana") for part in parts]
    assert set(verdicts(*read).values()) == {"absent"}
    assert set(verdicts(read[0]).values()) == {"not_searched"}


def test_a_coder_may_hold_a_code_undecidable() -> None:
    """Her word on the whole source outweighs her passages; the score is left open."""
    made = [coding(OPEN, Span(8, 22)), coding(OPEN, None, value="undecided")]
    table = classify(replay(as_lines(made), sources=[OPEN]), [OPEN], APPROACH)
    (row,) = table[table["code"] == "strike"].to_dict("records")
    assert row["verdict"] == "undecided"
    assert row["n_evidence"] == 2
    assert not row["primary"]
    assert table["score"].isna().all()


def decision(span: Span | None, verdict: Any, **more: Any) -> dict[str, Any]:
    """Return a decision of the gold."""
    given = {"decides": ["0" * 16], "memo": "a metaphor", "coder": "ana", **more}
    return decision_line(OPEN, span, APPROACH, "strike", verdict=verdict, **given)


def test_a_decision_against_a_passage_is_a_reading_and_one_on_the_whole_is_none() -> None:
    """A passage may be open still; what was read stands in readings."""
    whole, passage = decision(None, "absent"), decision(Span(8, 22), "absent")
    assert verdicts(whole)["strike"] == "not_searched"
    assert len(replay(as_lines([passage]), sources=[OPEN]).readings) == 1


def test_contrary_decisions_hold_nothing_and_leave_the_code_open() -> None:
    """Neither present nor absent, also beside a reading of all codes; the others stay absent."""
    more = {"decides": ["0" * 16], "memo": "why"}
    lines = [
        coding(OPEN, Span(8, 22), adjudicator="eva", **more),
        decision(Span(8, 22), "present", adjudicator="eva", **more),
        decision(Span(8, 22), "absent", adjudicator="fay", **more),
        reading_line(OPEN, None, APPROACH, None, coder="ana"),
    ]
    coded = replay(as_lines(lines), sources=[OPEN], schemes=[APPROACH])
    told = classify(coded, [OPEN], APPROACH).set_index("code")["verdict"]
    assert (told["strike"], told["state_led"]) == ("not_searched", "absent")


def test_the_same_decision_twice_holds_once() -> None:
    """Two branches were merged on which the same was decided."""
    more = {"decides": ["0" * 16], "memo": "why", "adjudicator": "eva"}
    lines = [
        each
        for _ in range(2)
        for each in (
            coding(OPEN, Span(8, 22), **more),
            decision(Span(8, 22), "present", **more),
        )
    ]
    coded = replay(as_lines(lines), sources=[OPEN])
    assert (len(coded.codings), len(coded.readings)) == (1, 1)


def test_coders_are_classified_apart() -> None:
    """What one coder holds says nothing of another."""
    made = [
        coding(OPEN, Span(8, 22)),
        reading_line(OPEN, None, APPROACH, None, coder="ben", coder_kind="model"),
    ]
    coded = replay(as_lines(made), sources=[OPEN])
    table = classify(coded, [OPEN], APPROACH)
    strike = table[table["code"] == "strike"]
    assert dict(zip(strike["coder"], strike["verdict"], strict=True)) == {
        "ana": "present",
        "ben": "absent",
    }
    assert coded.codings["coder_kind"].tolist() == ["human"]
    assert coded.readings["coder_kind"].tolist() == ["model"]


def test_read_codings_reads_whose_logs_are_asked_for(tmp_path: Path) -> None:
    """Everybody's, or those who are named; a name without a log is answered with those that are."""
    append(tmp_path, [coding(OPEN, None), coding(OPEN, None, coder="ben")])
    assert read_codings(tmp_path, sources=[OPEN]).codings["coder"].tolist() == ["ana", "ben"]
    assert len(read_codings(tmp_path, sources=[OPEN], coders=["ben"]).codings) == 1
    with pytest.raises(UnknownNameError, match=r"no log of .eva. in .*; there are ana, ben"):
        read_codings(tmp_path, sources=[OPEN], coders=["eva"])


def test_read_codings_notes_what_a_crash_cut_short(tmp_path: Path) -> None:
    """The rest is read; a line that is broken otherwise is an error."""
    (path,) = append(tmp_path, [coding(OPEN, None)])
    with path.open("ab") as file:
        file.write(b'{"id": "')
    coded = read_codings(tmp_path, sources=[OPEN])
    assert len(coded.codings) == 1
    assert [note.split(":")[0] for note in coded.notes] == [
        f"{tmp_path.name}/ana/open.jsonl, line 2"
    ]
    with path.open("ab") as file:
        file.write(b"\n<<<<<<< HEAD\n")
    with pytest.raises(InputError, match="line 3: it is no JSON object"):
        read_codings(tmp_path, sources=[OPEN])
