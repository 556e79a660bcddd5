"""Codings made under an older understanding of their code, and what makes them fresh again."""

from __future__ import annotations

from typing import Any

import pytest

from tertium.coding.logs.lines import coding_line, reading_line, retraction_line, waiver_line
from tertium.coding.logs.log import as_lines
from tertium.coding.logs.replay import replay
from tertium.coding.logs.stale import (
    absence_notes,
    stale_codings,
    stale_counts,
    stale_faults,
    stale_in_log,
    stale_note,
    waived_in,
)
from tertium.columns import CODINGS, STALE, VERDICTS, frame, names
from tertium.schemes.scheme import Scheme
from tertium.sources.source import Source
from tertium.spans import Span

SOURCE = Source("harbour", "The cooks struck. All ate.", facts={"licence": "CC BY 4.0"})
SPAN = Span(0, 17)


def scheme(version: str, *history: dict[str, Any], codes: tuple[str, ...] = ("a", "b")) -> Scheme:
    """A scheme with these codes, version and history."""
    return Scheme.model_validate(
        {
            "name": "mini",
            "version": version,
            "title": "Mini",
            "description": "For tests.",
            "verdict": {"text": "One passage.", "present": 0.6, "undecided": 0.3},
            "codes": [
                {
                    "id": one,
                    "label": one,
                    "definition": f"D. {one}",
                    "when_to_use": "W.",
                    "when_not_to_use": "N.",
                }
                for one in codes
            ],
            "history": history,
        }
    )


def event(version: str, code: str, change: str, **said: Any) -> dict[str, Any]:
    """One line of a history."""
    return {"version": version, "code": code, "change": change, **said}


OLD = scheme("1.0.0")
NEW = scheme("1.1.0", event("1.1.0", "a", "definition"))


def coded(code: str = "a", under: Scheme = OLD, **said: Any) -> dict[str, Any]:
    """A line of ana's log."""
    return coding_line(SOURCE, SPAN, under, code, coder="ana", **said)


def stale(lines: list[dict[str, Any]], now: Scheme) -> list[tuple[str, str]]:
    """Code and reason of each stale coding."""
    found = stale_in_log(as_lines(lines), [now])
    return list(zip(found["code"], found["changes"], strict=True))


@pytest.mark.parametrize("change", ["definition", "boundary", "hierarchy"])
def test_what_was_coded_before_a_change_of_meaning_is_stale(change: str) -> None:
    """Only the code that changed: its neighbour's codings stay fresh."""
    now = scheme("1.1.0", event("1.1.0", "a", change))
    assert stale([coded("a"), coded("b")], now) == [("a", f"{change} in 1.1.0")]


@pytest.mark.parametrize("change", ["indicator", "renamed"])
def test_new_indicators_and_labels_make_nothing_stale(change: str) -> None:
    """People code by the definition, not by the patterns."""
    assert stale([coded()], scheme("1.1.0", event("1.1.0", "a", change))) == []


def test_a_waiver_hides_no_coding_of_a_code_that_was_split() -> None:
    """No reason says which of the parts is meant."""
    split = {"version": "2.0.0", "code": "a", "change": "split", "to": ["a", "b"]}
    old, new = _mini("1.0.0", ["a"], []), _mini("2.0.0", ["a", "b"], [split])
    source = Source("x", "They struck.")
    made = coding_line(source, None, old, "a", coder="ana")
    waiver = waiver_line(source, [made["id"]], new, memo="It fits.", coder="ana")
    assert len(stale_in_log(as_lines([made, waiver]), [new])) == 1


def test_absences_under_an_older_definition_are_noted() -> None:
    """Counted by coder and code, until the source is read again."""
    wider = {"version": "1.1.0", "code": "a", "change": "definition"}
    old, new = _mini("1.0.0", ["a", "b"], []), _mini("1.1.0", ["a", "b"], [wider])
    source = Source("x", "They struck.")
    lines = [reading_line(source, None, old, None, coder="ana")]
    row = {"source_id": "x", "scheme": "mini", "coder": "ana", "verdict": "absent"}
    verdicts = frame([{**row, "code": code} for code in ("a", "b")], VERDICTS)

    def notes() -> list[str]:
        readings = replay(as_lines(lines), sources=[source]).readings
        return absence_notes(verdicts, readings, [new])

    assert notes() == ["readings by ana: 1 absence rests on an older definition (a 1)"]
    lines.append(reading_line(source, None, new, "a", coder="ana"))
    assert notes() == []


def _mini(version: str, codes: list[str], history: list[dict[str, Any]]) -> Scheme:
    said = {"definition": "d", "when_to_use": "u", "when_not_to_use": "n"}
    return Scheme.model_validate(
        {
            "name": "mini",
            "version": version,
            "title": "Mini",
            "description": "Few codes.",
            "verdict": {"text": "One.", "present": 0.6, "undecided": 0.3},
            "codes": [{"id": one, "label": one, **said} for one in codes],
            "history": history,
        }
    )


def test_splits_mergers_and_removals_make_stale() -> None:
    """The row says what the code is now."""
    split = scheme("2.0.0", event("2.0.0", "a", "split", to=["a", "c"]), codes=("a", "b", "c"))
    assert stale([coded("a"), coded("b")], split) == [("a", "split into a and c in 2.0.0")]
    merged = scheme("2.0.0", event("2.0.0", "b", "merged", **{"from": ["a", "b"]}), codes=("b",))
    assert stale([coded("a")], merged) == [("a", "merged into b in 2.0.0")]
    gone = scheme("2.0.0", event("2.0.0", "a", "removed"), codes=("b",))
    found = stale_in_log(as_lines([coded("a")]), [gone])
    assert found[["code", "changes", "codes_now"]].iloc[0].tolist() == [
        "a", "removed in 2.0.0", (),
    ]  # fmt: skip


def test_a_renamed_code_is_followed_to_its_change() -> None:
    """The coding bears the id that the code had then."""
    now = scheme(
        "1.2.0",
        event("1.1.0", "c", "renamed", **{"from": "a"}),
        event("1.2.0", "c", "boundary"),
        codes=("c", "b"),
    )
    found = stale_in_log(as_lines([coded("a")]), [now])
    assert found[["code", "codes_now", "changes"]].iloc[0].tolist() == [
        "a", ("c",), "boundary in 1.2.0",
    ]  # fmt: skip


def test_only_the_steps_since_the_coding_count() -> None:
    """What was coded under the new version, or between two of them, has seen the change."""
    now = scheme("1.2.0", event("1.1.0", "a", "definition"), event("1.2.0", "b", "definition"))
    assert stale([coded("a", under=NEW), coded("b", under=NEW)], now) == [
        ("b", "definition in 1.2.0")
    ]
    assert stale([coded("a", under=now)], now) == []


def test_without_any_history_another_minor_version_is_enough() -> None:
    """Nothing says that the codes stayed as they were; a patch promises it."""
    assert stale([coded()], scheme("1.1.0")) == [("a", "no history says what changed")]
    assert stale([coded()], scheme("1.0.1")) == []


def test_reading_again_makes_fresh() -> None:
    """The whole source, for the code or for all, by the same coder, under the new version."""
    line = coded()

    def after(span: Span | None, code: str | None, under: Scheme, coder: str = "ana") -> int:
        again = reading_line(SOURCE, span, under, code, coder=coder)
        return len(stale([line, again], NEW))

    assert after(None, "a", NEW) == after(None, None, NEW) == 0
    assert after(None, "b", NEW) == after(None, "a", OLD) == 1
    assert after(SPAN, "a", NEW) == after(None, "a", NEW, coder="ben") == 1


def test_reading_again_after_a_split_means_all_its_parts() -> None:
    """One of two is not enough."""
    now = scheme("2.0.0", event("2.0.0", "a", "split", to=["c", "d"]), codes=("b", "c", "d"))
    readings = [reading_line(SOURCE, None, now, code, coder="ana") for code in ("c", "d")]
    assert len(stale([coded(), readings[0]], now)) == 1
    assert stale([coded(), *readings], now) == []


def test_a_coding_in_its_place_makes_fresh() -> None:
    """What was replaced or retracted is no longer there to be stale."""
    line = coded()
    assert stale([line, coded(under=NEW, replaces=[line["id"]])], NEW) == []
    assert stale([line, retraction_line(SOURCE, [line["id"]], coder="ana")], NEW) == []


def test_a_waiver_holds_until_the_next_change() -> None:
    """It is made for a version; retracted, it no longer holds."""
    line = coded()
    waiver = waiver_line(SOURCE, [line["id"]], NEW, memo="It still fits.", coder="ana")
    assert waived_in(as_lines([waiver])) == {line["id"]: "1.1.0"}
    assert stale([line, waiver], NEW) == []
    later = scheme("1.2.0", event("1.1.0", "a", "definition"), event("1.2.0", "a", "boundary"))
    assert stale([line, waiver], later) == [("a", "definition in 1.1.0, boundary in 1.2.0")]
    untouched = scheme("1.2.0", event("1.1.0", "a", "definition"))
    assert stale([line, waiver], untouched) == []
    back = retraction_line(SOURCE, [waiver["id"]], coder="ana")
    assert len(stale([line, waiver, back], NEW)) == 1


def test_a_machine_that_codes_anew_is_never_stale() -> None:
    """The rules and a trained model are run again; a model's written readings are not."""
    row = {"coding_id": "x", "scheme": "mini", "scheme_version": "1.0.0", "code": "a",
           "coder": "c", "source_id": "harbour"}  # fmt: skip
    kinds = ("rule", "learned", "model", "human")
    table = frame([{**row, "coder_kind": kind} for kind in kinds], CODINGS)
    found = stale_codings(table, {}, [NEW])
    assert found["coder_kind"].tolist() == ["model", "human"]
    assert list(found.columns) == names(STALE)


def test_codings_of_other_schemes_and_later_versions_are_left_out() -> None:
    """Nothing is known of them here."""
    assert stale([coded(under=NEW)], OLD) == []
    assert stale_in_log(as_lines([coded()]), []).empty


def test_counts_and_note_say_what_a_number_rests_on() -> None:
    """With the ids behind a number, only those count."""
    lines = [coded("a"), coded("a"), coded("b")]
    now = scheme("1.1.0", event("1.1.0", "a", "definition"), event("1.1.0", "b", "definition"))
    found = stale_in_log(as_lines(lines), [now])
    assert stale_counts(found)["n_stale"].tolist() == [2, 1]
    ids = [lines[0]["id"], lines[2]["id"], "0" * 16]
    assert stale_note(found, coding_ids=ids) == (
        "2 stale: 2 codings were made under an older definition of their codes (a 1, b 1)."
    )
    assert stale_note(found, coding_ids=[]) == ""


def test_faults_name_coder_and_source() -> None:
    """One for each, with codes, versions, reason and both ways out."""
    lines = [coded("a"), coded("a"), coding_line(SOURCE, None, OLD, "a", coder="ben")]
    faults = stale_faults(stale_in_log(as_lines(lines), [NEW]), study="s.yml")
    assert [fault.file for fault in faults] == [
        "data/codings/ana/harbour.jsonl",
        "data/codings/ben/harbour.jsonl",
    ]
    assert faults[0].found == (
        "2 codings (a 2) made under mini@1.0.0, now 1.1.0: definition in 1.1.0"
    )
    assert "tertium schemes waive s.yml --coder ana --code CODE --reason …" in faults[0].remedy


def test_order_and_doubling_of_lines_change_nothing() -> None:
    """The log is a set."""
    lines = as_lines([coded("a"), coded("a"), coded("b")])
    first = stale_in_log(lines, [NEW])
    assert stale_in_log([*reversed(lines), *lines], [NEW]).equals(first)
