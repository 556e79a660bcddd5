"""Lines of a log: what they may say, and how sound ones are made."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tertium.coding.logs.line_kinds import KINDS, line_faults
from tertium.coding.logs.lines import (
    coding_line,
    decision_line,
    quote_checksum,
    reading_line,
    rejection_line,
    retraction_line,
    waiver_line,
    written,
)
from tertium.errors import InputError
from tertium.schemes.read import read_scheme
from tertium.sources.source import Source
from tertium.spans import Span

OPEN = {"licence": "CC BY 4.0"}
SOURCE = Source("first", "罢工: workers 👩‍👩‍👧 went on strike.", language="en", facts=OPEN)
APPROACH = read_scheme("approach")


def coding(**more: Any) -> dict[str, Any]:
    """Return a sound coding line, with some fields changed; `None` takes a field out."""
    line = coding_line(SOURCE, Span(0, 2), APPROACH, "strike", coder="ana", **more.pop("made", {}))
    changed = {**line, **more}
    return {name: value for name, value in changed.items() if value != "out"}


def fields(line: dict[str, Any]) -> list[str]:
    """Return the field of each fault."""
    return [fault.field for fault in line_faults(line, file="a.jsonl", number=7)]


def test_every_kind_has_a_maker() -> None:
    """Each maker gives a line of its kind that is sound and survives being written."""
    id_ = "0" * 16
    made = [
        coding(),
        reading_line(SOURCE, None, APPROACH, None, coder="ana"),
        rejection_line(SOURCE, Span(0, 2), APPROACH, "strike", suggestion=id_, coder="ana"),
        retraction_line(SOURCE, [id_], coder="ana"),
        waiver_line(SOURCE, [id_], APPROACH, memo="the same in both", coder="ana"),
        decision_line(
            SOURCE, None, APPROACH, "strike", verdict="absent", decides=[id_], memo="a metaphor",
            coder="eva",
        ),
    ]  # fmt: skip
    assert [line["kind"] for line in made] == list(KINDS)
    assert [fields(json.loads(written(line))) for line in made] == [[]] * len(KINDS)
    assert len({line["id"] for line in made}) == len(made)


def test_a_line_quotes_code_points() -> None:
    """Quote, prefix and suffix are what stands in the canonical text, an emoji family included."""
    line = coding_line(SOURCE, Span(12, 17), APPROACH, "strike", coder="ana")
    assert (line["quote"], line["prefix"]) == ("👩‍👩‍👧", "罢工: workers ")
    assert line["suffix"] == " went on strike."


@pytest.mark.parametrize("facts", [{}, {"licence": "all rights reserved"}, {**OPEN, "confidential": "true"}])  # fmt: skip
def test_no_word_leaves_a_text_that_may_not_be_passed_on(facts: dict[str, str]) -> None:
    """Only the checksum of the quote is written; a licence that is not stated is none."""
    source = Source("first", SOURCE.text, facts=facts)
    line = coding_line(source, Span(0, 2), APPROACH, "strike", coder="ana")
    assert line["quote_sha256"] == quote_checksum("罢工")
    assert not {"quote", "prefix", "suffix"} & set(line)
    assert "罢" not in written(line)


def test_makers_refuse_what_is_not_there() -> None:
    """A code of another scheme and a place behind the text are refused; so is a bad name."""
    with pytest.raises(InputError, match="has no code 'wages'; write one of: state_led"):
        coding_line(SOURCE, None, APPROACH, "wages", coder="ana")
    with pytest.raises(InputError, match="behind the end of the text"):
        coding_line(SOURCE, Span(0, 1000), APPROACH, "strike", coder="ana")
    for name in ("../ana", "Ana", "", "ana/b", "ana\n", ".ana"):
        with pytest.raises(InputError, match="coder"):
            coding_line(SOURCE, None, APPROACH, "strike", coder=name)


def test_all_faults_of_a_line_are_named_at_once() -> None:
    """Each with its field; a key that no such line has is refused."""
    line = coding(id="x", created="2026-13-01T00:00:00Z", stance="maybe", colour="red", code="out")
    assert fields(line) == ["code", "colour", "created", "id", "stance"]
    fault = line_faults(line, file="a.jsonl", number=7)[2]
    assert str(fault) == (
        "a.jsonl, line 7, created: '2026-13-01T00:00:00Z' is not accepted; "
        "write the time in UTC: 2026-11-22T09:30:00Z"
    )


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"kind": "note"}, ["kind"]),
        ({"kind": "out"}, ["kind"]),
        ({"kind": ["coding"]}, ["kind"]),
        ({"created": "2026-11-22T09:30:00+01:00"}, ["created"]),
        ({"created": "2026-11-22"}, ["created"]),
        ({"start": True}, ["start"]),
        ({"start": "0"}, ["start"]),
        ({"start": 0.0}, ["start"]),
        ({"start": -1}, ["quote", "start"]),
        ({"start": 2}, ["end", "quote"]),
        ({"start": None}, ["end"]),
        ({"start": None, "end": None}, ["quote"]),
        ({"end": 3}, ["quote"]),
        ({"quote": "out"}, ["quote", "suffix"]),
        ({"quote_sha256": "0" * 64}, ["quote", "suffix"]),
        ({"confidence": 0}, ["confidence"]),
        ({"confidence": 1}, []),
        ({"blind": 1}, ["blind"]),
        ({"replaces": []}, ["replaces"]),
        ({"replaces": "0" * 16}, ["replaces"]),
        ({"source_id": "../x"}, ["source_id"]),
        ({"source_id": "a\\b"}, ["source_id"]),
        ({"source_id": "."}, ["source_id"]),
        ({"source_id": "北山_1"}, []),
        ({"text_sha256": "0"}, ["text_sha256"]),
        ({"memo": " "}, ["memo"]),
        ({"memo": "a lone surrogate \ud800"}, ["memo"]),
    ],
)  # fmt: skip
def test_what_is_no_sound_coding(changes: dict[str, Any], wrong: list[str]) -> None:
    """Types are not guessed: true is no number, "0" is no place, one id is no list of ids."""
    assert sorted(set(fields(coding(**changes)))) == wrong


def test_a_line_can_not_name_itself() -> None:
    """What replaces itself would never stand."""
    line = coding()
    assert fields({**line, "replaces": [line["id"]]}) == ["replaces"]


def test_reasons_are_needed() -> None:
    """A waiver and a decision say why."""
    with pytest.raises(InputError, match="memo: is missing; write why"):
        waiver_line(SOURCE, ["0" * 16], APPROACH, memo="", coder="ana")
    with pytest.raises(InputError, match="memo"):
        decision_line(
            SOURCE, None, APPROACH, "strike", verdict="absent", decides=["0" * 16], memo=" ",
            coder="eva",
        )  # fmt: skip
