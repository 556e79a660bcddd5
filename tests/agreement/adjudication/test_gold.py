"""What holds becomes lines of the gold; what the coders wrote stays as it is."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tertium.agreement.adjudication.items import Item
from tertium.agreement.adjudication.queue import Adjudication
from tertium.coding.classify import classify
from tertium.coding.logs.lines import retraction_line
from tertium.coding.logs.read import read_codings
from tertium.errors import InputError, UnknownNameError, VersionError
from tertium.schemes.scheme import Event

from .conftest import APPROACH, SOURCES, Desk, coded, read
from .test_places import BOTH_READ, CODERS, LOGS

WHY = "the guideline, 2.3"


def gold(desk: Desk, coder: str = "gold") -> Any:
    """What the log of the gold says now: codings and readings."""
    return read_codings(desk.logs, sources=SOURCES, coders=[coder])


def places_of(table: Any) -> list[tuple[str, int, int]]:
    """Code and place of each coding."""
    return [
        (row.code, -1 if row.start is None else row.start, -1 if row.end is None else row.end)
        for row in table.astype(object).where(table.notna(), None).itertuples()
    ]


def only(found: Adjudication) -> Item:
    """The only difference."""
    (item,) = found.items
    return item


def test_a_decision_is_kept_with_its_reason_and_who_made_it(desk: Desk) -> None:
    """The line names the codings that it decides."""
    desk.write(coded("ana", 0, 14), *BOTH_READ)
    found = desk.open()
    found.decide(only(found).id, "ana", reason=WHY)
    log = (desk.logs / "gold/first.jsonl").read_text(encoding="utf-8")
    lines = [json.loads(line) for line in log.splitlines()]
    assert [line["kind"] for line in lines] == ["coding", "decision", "reading"]
    for line in lines[:2]:
        assert line["decides"] == list(only(found).decides)
        assert (line["adjudicator"], line["memo"]) == ("eva", WHY)
    assert lines[1]["verdict"] == "present"
    assert found.queue.empty


def test_absent_leaves_no_coding_and_a_reading(desk: Desk) -> None:
    """So the gold's verdict on the source is absent, which is more than not searched."""
    desk.write(coded("ana", 0, 14), *BOTH_READ)
    found = desk.open()
    found.decide(only(found).id, "absent", reason=WHY)
    assert gold(desk).codings.empty
    verdicts = classify(gold(desk), SOURCES[:1], APPROACH).set_index("code")["verdict"]
    assert verdicts["strike"] == "absent"


def test_what_coders_agree_on_goes_to_the_gold_by_itself(desk: Desk) -> None:
    """It is the longer of the two passages, whoever is named first, as sure as the less sure."""
    desk.write(coded("ana", 0, 10), coded("ben", 0, 8, confidence=0.7), *BOTH_READ)
    desk.open(coders=["ben", "ana"]).write()
    tables = gold(desk)
    assert places_of(tables.codings) == [("strike", 0, 10)]
    assert tables.codings["confidence"].tolist() == [0.7]
    assert "overlap by 0.80; the longer passage, of ana" in tables.codings["memo"].item()
    assert desk.open().pending({}) == []


def test_an_open_place_claims_no_absence(desk: Desk) -> None:
    """Of a code with an open place nothing is read yet in that source; of the others it is."""
    desk.write(coded("ana", 0, 14), coded("ana", 30, 50, code="ngo_paralegal"), *BOTH_READ)
    found = desk.open()
    found.write()
    read_for = set(gold(desk).readings["code"])
    assert read_for == {*APPROACH.code_ids} - {"strike", "ngo_paralegal"}
    for item in found.open:
        found.decide(item.id, "absent", reason=WHY)
    readings = gold(desk).readings
    whole = readings[readings["start"].isna()]
    assert whole["code"].isna().tolist() == [True]


@pytest.mark.parametrize(
    ("word", "more", "held"),
    [
        ("ana", {}, [("strike", 0, 10)]),
        ("ben", {}, [("strike", 8, 30)]),
        ("both", {}, [("strike", 0, 30)]),
        ("present", {"start": 5, "end": 12}, [("strike", 5, 12)]),
        ("absent", {}, []),
    ],
)
def test_every_decision_leads_to_its_codings(
    desk: Desk, word: str, more: dict[str, int], held: list[tuple[str, int, int]]
) -> None:
    """Either coder's passage, both as one, a passage of her own, or none."""
    desk.write(coded("ana", 0, 10), coded("ben", 8, 30), *BOTH_READ)
    found = desk.open()
    found.decide(only(found).id, word, reason=WHY, **more)
    assert places_of(gold(desk).codings) == held


@pytest.mark.parametrize(
    ("word", "more", "field"),
    [
        ("ana", {"reason": " "}, "reason"),
        ("both", {}, "decision"),
        ("ben", {}, "decision"),
        ("undecided", {}, "decision"),
        ("perhaps", {}, "decision"),
        ("absent", {"start": 0, "end": 2}, "decision"),
        ("present", {"start": 50, "end": 60}, "start"),
        ("present", {"start": 0, "end": 9000}, "end"),
        ("present", {"start": 4}, "start"),
        ("present", {"stance": "sure"}, "stance"),
    ],
)
def test_what_is_no_decision_is_refused_and_nothing_is_written(
    desk: Desk, word: str, more: dict[str, Any], field: str
) -> None:
    """The error names the field and what would be right."""
    desk.write(coded("ana", 0, 14), *BOTH_READ)
    found = desk.open()
    with pytest.raises(InputError) as error:
        found.decide(only(found).id, word, **{"reason": WHY, **more})
    assert [fault.field for fault in error.value.faults] == [field]
    assert not (desk.logs / "gold").exists()


def test_a_whole_source_can_be_left_undecided(desk: Desk) -> None:
    """The gold's verdict is undecided then."""
    desk.write(coded("ana", None, value="undecided"), *BOTH_READ)
    found = desk.open()
    found.decide(only(found).id, "undecided", reason=WHY)
    verdicts = classify(gold(desk), SOURCES[:1], APPROACH).set_index("code")["verdict"]
    assert (verdicts["strike"], found.queue.empty) == ("undecided", True)


def test_undo_opens_the_difference_again(desk: Desk) -> None:
    """The reading that rested on it goes as well; the log keeps what was decided."""
    desk.write(coded("ana", 0, 14), *BOTH_READ)
    found = desk.open()
    found.decide(only(found).id, "ana", reason=WHY)
    found.undo(only(found).id)
    assert len(found.queue) == 1
    assert gold(desk).codings.empty
    assert "strike" not in set(gold(desk).readings["code"].dropna())
    assert not gold(desk).readings["code"].isna().any()
    found.decide(only(found).id, "absent", reason=WHY)
    assert found.queue.empty


def test_another_decision_stands_in_place_of_the_first(desk: Desk) -> None:
    """One difference has one decision."""
    desk.write(coded("ana", 0, 14), *BOTH_READ)
    found = desk.open()
    found.decide(only(found).id, "ana", reason=WHY)
    found.decide(only(found).id, "absent", reason="a metaphor")
    assert gold(desk).codings.empty
    (decision,) = found.decisions().values()
    assert (decision.verdict, decision.reason) == ("absent", "a metaphor")


def test_two_contrary_decisions_leave_the_difference_open(desk: Desk) -> None:
    """Two branches are merged on which two people decided: somebody has to decide again."""
    desk.write(coded("ana", 0, 14), *BOTH_READ)
    one, other = desk.open(), desk.open(adjudicator="fay")
    item = only(one)
    from tertium.agreement.adjudication.decisions import Decision, decision_of

    decided = decision_of(item, "absent", reason="no", adjudicator="fay")
    assert isinstance(decided, Decision)
    contrary = other.pending({item.id: decided})
    one.decide(item.id, "ana", reason=WHY)
    desk.write(*contrary)
    assert len(desk.open().queue) == 1
    desk.open().decide(item.id, "ana", reason=WHY)
    assert desk.open().queue.empty
    assert len(gold(desk).codings) == 1


def test_a_decision_on_codings_that_changed_is_taken_back(desk: Desk) -> None:
    """Ben takes his passage back: what was settled between the two is open again."""
    mistaken = coded("ben", 0, 30)
    desk.write(coded("ana", 0, 10), mistaken, *BOTH_READ)
    found = desk.open()
    found.decide(only(found).id, "ben", reason=WHY)
    desk.write(retraction_line(SOURCES[0], [mistaken["id"]], coder="ben"))
    again = desk.open()
    assert only(again).difference == "not coded"
    again.write()
    assert gold(desk).codings.empty
    assert "strike" not in set(gold(desk).readings["code"].dropna())


def test_an_agreement_that_no_longer_counts_as_one_is_taken_back(desk: Desk) -> None:
    """A stricter share turns it into a difference."""
    desk.write(coded("ana", 0, 10), coded("ben", 0, 8), *BOTH_READ)
    desk.open().write()
    strict = desk.open(overlap=0.9)
    strict.write()
    assert gold(desk).codings.empty
    assert len(strict.queue) == 1


def test_a_gold_between_other_coders_is_not_overwritten(desk: Desk) -> None:
    """Who is left out is named."""
    desk.write(coded("ana", 0, 10), coded("ben", 0, 8), *BOTH_READ, read("cem"))
    desk.open().write()
    with pytest.raises(UnknownNameError, match="what ben coded"):
        desk.open(coders=["ana", "cem"]).write()


def test_what_models_settle_is_a_reference(desk: Desk) -> None:
    """One model among the coders is enough; it is never called gold."""
    desk.write(coded("ana", 0, 10), read("ana"), read("m-1", coder_kind="model"))
    coders = ["ana", "m-1"]
    with pytest.raises(UnknownNameError, match=r"m-1 is a model.*never gold; write reference"):
        desk.open(coders=coders, as_="gold")
    found = desk.open(coders=coders)
    found.decide(only(found).id, "ana", reason=WHY)
    assert gold(desk, "reference").codings["coder_kind"].tolist() == ["model"]
    assert not (desk.logs / "gold").exists()


def test_people_settle_gold(desk: Desk) -> None:
    """The word reference is kept for models, so that a report can't mix them up."""
    desk.write(*BOTH_READ)
    with pytest.raises(UnknownNameError, match="people"):
        desk.open(as_="reference")


def test_a_text_that_may_not_be_passed_on_is_not_quoted(desk: Desk) -> None:
    """The gold of such a source holds checksums, as the coders' own lines do."""
    other = SOURCES[1]
    lines = [read(coder, source=other) for coder in ("ana", "ben")]
    desk.write(coded("ana", 0, 8, source=other), coded("ben", 0, 8, source=other), *lines)
    desk.open().write()
    text = (desk.logs / "gold/second.jsonl").read_text(encoding="utf-8")
    assert "quote_sha256" in text
    assert "Drivers" not in text


def test_text_form_is_fixed(desk: Desk) -> None:
    """Coders, scheme, and how much is decided and open."""
    desk.write(coded("ana", 0, 14), coded("ana", 80, 90), coded("ben", 80, 90), *BOTH_READ)
    assert repr(desk.open()) == (
        f"Adjudication of {APPROACH.reference}: ana and ben, gold\n"
        "1 difference: 0 decided, 1 open\n"
        "1 place agreed on (overlap of 0.5 or more)"
    )


@settings(max_examples=40)
@given(lines=LOGS, data=st.data())
def test_deciding_everything_leaves_nothing_open_and_the_originals_as_they_were(
    lines: list[dict[str, Any]], data: st.DataObject
) -> None:
    """Whatever is decided, in whatever order; and a second writing has nothing to add."""
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder)).write(*{line["id"]: line for line in lines}.values())
        before = desk.bytes_of(*CODERS)
        found = desk.open(coders=CODERS)
        for item in data.draw(st.permutations(found.items)):
            words = [coder for coder in item.coders if item.of(coder)]
            # A source without a code that a passage of it has would be refused.
            words += ["absent"] if item.span is not None else []
            found.decide(item.id, data.draw(st.sampled_from(words)), reason=WHY)
        found.write()
        assert found.queue.empty
        again = desk.open(coders=CODERS[::-1])
        assert again.queue.empty
        assert again.pending({}) == []
        assert desk.bytes_of(*CODERS) == before


def test_what_was_coded_under_another_meaning_is_not_settled(desk: Desk) -> None:
    """Who coded, and where, is named: settled now, it would claim a definition nobody applied."""
    change = Event(version=APPROACH.version, code="strike", change="definition", note="Narrower.")
    desk.study.schemes = (APPROACH.model_copy(update={"history": (change,)}),)
    old = {**coded("ana", 0, 14), "scheme_version": "1.0.0"}
    desk.write(old, read("ana", 60, 61), read("ben"))
    with pytest.raises(VersionError, match="ana in first; let their coders read again"):
        desk.open()


def test_a_name_that_no_log_can_have_is_refused(desk: Desk) -> None:
    """The adjudicator's name is written into every line."""
    desk.write(*BOTH_READ)
    with pytest.raises(UnknownNameError, match="small letters"):
        desk.open(adjudicator="Eva M.")


def test_a_source_without_a_code_leaves_its_open_passage_open(desk: Desk) -> None:
    """Deciding the whole source absent makes no open passage absent."""
    desk.write(coded("ana", None), coded("ana", 0, 14), *BOTH_READ)
    found = desk.open()
    whole, passage = found.items
    found.decide(whole.id, "absent", reason=WHY)
    verdicts = classify(gold(desk), SOURCES[:1], APPROACH).set_index("code")["verdict"]
    assert verdicts["strike"] == "not_searched"
    with pytest.raises(InputError, match="absent from first and present in 0 to 14"):
        found.decide(passage.id, "ana", reason=WHY)
    found.decide(passage.id, "absent", reason=WHY)
    verdicts = classify(gold(desk), SOURCES[:1], APPROACH).set_index("code")["verdict"]
    assert verdicts["strike"] == "absent"


def test_passages_say_present_beside_a_coding_of_the_whole(desk: Desk) -> None:
    """One difference is left: the passage that only one coded."""
    desk.write(coded("ana", None), coded("ben", 0, 14), *BOTH_READ)
    found = desk.open()
    assert [item.span is None for item in found.items] == [False]
    found.write()
    assert places_of(gold(desk).codings) == [("strike", -1, -1)]


def test_contrary_decisions_are_taken_back_at_the_next_writing(desk: Desk) -> None:
    """Until then they hold nothing."""
    desk.write(coded("ana", 0, 14), *BOTH_READ)
    one, other = desk.open(), desk.open(adjudicator="fay")
    from tertium.agreement.adjudication.decisions import decision_of

    contrary = other.pending(
        {only(one).id: decision_of(only(one), "absent", reason="no", adjudicator="fay")}  # type: ignore[dict-item]
    )
    one.decide(only(one).id, "ana", reason=WHY)
    desk.write(*contrary)
    assert gold(desk).codings.empty
    desk.open().write()
    log = (desk.logs / "gold/first.jsonl").read_text(encoding="utf-8").splitlines()
    assert any("no single decision holds" in line for line in log)
    assert desk.open().pending({}) == []


def test_gold_gives_a_reading_up_with_its_coder(desk: Desk) -> None:
    """Ben takes his only reading of a source back."""
    own = read("ben")
    desk.write(read("ana"), own, read("ben", source=SOURCES[1]))
    desk.open().write()
    assert len(gold(desk).readings) == 1
    desk.write(retraction_line(SOURCES[0], [own["id"]], coder="ben"))
    desk.open().write()
    assert gold(desk).readings.empty


def test_readings_of_other_coders_are_not_taken_back(desk: Desk) -> None:
    """Who is left out is named, as with codings."""
    desk.write(*BOTH_READ, read("cem"))
    desk.open().write()
    with pytest.raises(UnknownNameError, match="what ana read"):
        desk.open(coders=["ben", "cem"]).write()
    assert len(gold(desk).readings) == 1


def test_gold_comes_under_a_newer_version(desk: Desk) -> None:
    """Readings, what was agreed and what was decided."""
    desk.write(coded("ana", 0, 14), coded("ana", 60, 80), coded("ben", 60, 80), *BOTH_READ)
    found = desk.open()
    found.decide(only(found).id, "ana", reason=WHY)
    major, minor, patch = map(int, APPROACH.version.split("."))
    newer = APPROACH.model_copy(update={"version": f"{major}.{minor}.{patch + 1}"})
    desk.study.schemes = (newer,)
    desk.open().write()
    tables = gold(desk)
    assert set(tables.codings["scheme_version"]) == {newer.version}
    assert set(tables.readings["scheme_version"]) == {newer.version}
    assert len(tables.codings) == 2
    assert desk.open().pending({}) == []


def test_a_decision_for_a_coder_is_as_sure_as_she_is(desk: Desk) -> None:
    """Without a confidence the gold would be surer than the coder."""
    desk.write(coded("ana", 0, 14, confidence=0.6), *BOTH_READ)
    found = desk.open()
    found.decide(only(found).id, "ana", reason=WHY)
    assert gold(desk).codings["confidence"].tolist() == [0.6]


def test_codings_that_nobody_else_read_are_counted(desk: Desk) -> None:
    """They are no differences, and would be overlooked."""
    desk.write(coded("ana", 0, 14), read("ben", 60, 70))
    assert repr(desk.open()).endswith("1 coding stands where nobody else read")


def test_the_check_names_contrary_decisions_and_what_lost_its_codings(desk: Desk) -> None:
    """A fault and a note, each with its log."""
    from tertium.coding.logs.decided import contradictions, without_support
    from tertium.coding.logs.log import read_log, standing

    line = coded("ana", 0, 14)
    desk.write(line, *BOTH_READ)
    one, other = desk.open(), desk.open(adjudicator="fay")
    from tertium.agreement.adjudication.decisions import decision_of

    contrary = other.pending(
        {only(one).id: decision_of(only(one), "absent", reason="no", adjudicator="fay")}  # type: ignore[dict-item]
    )
    one.decide(only(one).id, "ana", reason=WHY)
    desk.write(*contrary, retraction_line(SOURCES[0], [line["id"]], coder="ana"))
    lines = standing(read_log(desk.logs, shown="codings")[0])
    (fault,) = contradictions(lines)
    assert (fault.file, fault.field) == ("codings/gold/first.jsonl", "decides")
    assert without_support(lines) == [
        "codings/gold/first.jsonl: 3 lines rest on codings that no longer stand; "
        "tertium adjudicate takes back what changed"
    ]
