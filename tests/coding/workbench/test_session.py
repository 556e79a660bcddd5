"""The workbench without a browser: acts, the log, undo, blindness, and what is refused."""

from __future__ import annotations

import ast
import json
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tertium.coding.classify import classify
from tertium.coding.coder import Coded, code
from tertium.coding.logs.lines import coding_line
from tertium.coding.logs.log import append
from tertium.coding.logs.read import read_codings
from tertium.coding.workbench.passages import blocks_of, passages_of
from tertium.coding.workbench.workbench import Workbench, workbench
from tertium.errors import InputError, MissingLibraryError, UnknownNameError
from tertium.schemes.read import read_scheme
from tertium.sources.source import Source
from tertium.spans import Span


@pytest.fixture
def bench(hard: Any, tmp_path: Path) -> Workbench:
    """Return a workbench on the hard text."""
    return workbench(hard.source(), hard.acts, coder="ana", folder=tmp_path)


def act(bench: Workbench, do: str, **said: Any) -> dict[str, Any]:
    """Do an act and return the answer, which JSON can carry."""
    answer = bench.session.answer({"do": do, **said})
    return json.loads(json.dumps(answer))


def coded(bench: Workbench, start: int, end: int, code: str = "strike", **said: Any) -> str:
    """Code a span and return the new line's id."""
    return act(bench, "code", start=start, end=end, scheme="acts", code=code, **said)["made"]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"start": 3, "end": 10_000}, "is no place in the text"),
        ({"start": 5, "end": 5}, "is no place in the text"),
        ({"start": -1, "end": 5}, "is no place in the text"),
        ({"start": 1.5, "end": 5}, "is no place in the text"),
        ({"start": True, "end": 5}, "is no place in the text"),
        ({"start": None, "end": 5}, "is no place in the text"),
        ({"code": "nothing"}, "has no code 'nothing'"),
        ({"scheme": "none"}, "is no scheme here; there are acts"),
        ({"stance": "shouted"}, "stance 'shouted' is not accepted"),
        ({"confidence": 2}, "confidence 2 is not accepted"),
        ({"confidence": "x"}, "confidence 'x' is not accepted"),
        ({"memo": ["x"]}, "That could not be done"),
        ({"do": "destroy"}, "knows no act 'destroy'"),
        ({"source": "other"}, "'other' is not in this workbench"),
        ({"do": "open", "open": "other"}, "'other' is not in this workbench"),
        ({"do": "delete", "id": "x"}, "not there any more"),
        ({"do": "undo"}, "Nothing to undo"),
        ({"do": "redo"}, "Nothing to do again"),
        ({"do": "accept", "id": "x"}, "not there any more"),
        ({"do": "suggestions", "show": True}, "There are no suggestions"),
        ({"do": "verdict", "verdict": "maybe"}, "'maybe' is no verdict"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_written(bench, said, told) -> None:
    """An act that can't be done gives a plain message and the state as it is."""
    answer = bench.session.answer(
        {"do": "code", "start": 0, "end": 5, "scheme": "acts", "code": "strike", **said}
    )
    assert answer["failed"]
    assert told in answer["message"]
    assert "state" in answer
    assert not bench.session.folder.joinpath("ana").exists()


def test_the_tables_are_those_of_read_codings(bench, hard) -> None:
    """What the workbench shows is the log, read by the one who reads it everywhere."""
    coded(bench, 0, 5)
    coded(bench, 3, 9, "talks", memo="why", confidence=0.5)
    act(bench, "read", scheme="acts", read=True)
    there = read_codings(bench.session.folder, sources=[hard.source()], coders=["ana"])
    pd.testing.assert_frame_equal(bench.codings, there.codings)
    pd.testing.assert_frame_equal(bench.readings, there.readings)
    assert repr(bench) == "Workbench: source hard; scheme acts@1.0.0; coder ana; 2 codings"


def test_codings_of_other_sources_stay_out(hard, tmp_path) -> None:
    """The tables hold what the workbench shows: its own sources."""
    other = hard.source("other", "They struck.")
    append(tmp_path, [coding_line(other, Span(0, 4), hard.acts, "strike", coder="ana")])
    bench = workbench(hard.source(), hard.acts, coder="ana", folder=tmp_path)
    assert bench.codings.empty


def test_random_undo_and_redo_keep_the_two_in_step(bench) -> None:
    """Whatever is undone and done again, what stands is what the acts so far amount to."""

    def standing() -> set[tuple[Any, ...]]:
        table = bench.codings.fillna({"memo": ""})
        return set(zip(table["start"], table["end"], table["code"], table["memo"], strict=True))

    states = [standing()]
    coded(bench, 0, 5)
    states.append(standing())
    coded(bench, 4, 9, "talks")
    states.append(standing())
    for change in ({"memo": "first"}, {"code": "silence"}, {"start": 2, "end": 7}):
        ids = bench.codings.loc[
            bench.codings["memo"].notna() | (bench.codings["start"] == 0), "coding_id"
        ]
        act(bench, "change", id=ids.tolist()[0], **change)
        states.append(standing())
    act(bench, "delete", id=bench.codings["coding_id"].tolist()[0])
    states.append(standing())
    assert all(one != other for one, other in pairwise(states))
    at = len(states) - 1
    for step in (-1, -1, -1, 1, 1, -1, -1, -1, -1, -1, 1, 1, 1, 1, 1, 1):
        answer = act(bench, "undo" if step < 0 else "redo")
        assert "failed" not in answer
        at += step
        assert standing() == states[at]


def test_a_new_act_ends_redo(bench) -> None:
    """What was undone is gone for good once something else is done."""
    coded(bench, 0, 5)
    act(bench, "undo")
    coded(bench, 1, 5)
    assert act(bench, "redo")["failed"]
    assert len(bench.codings) == 1


def test_undo_skips_what_another_took_back(bench, hard) -> None:
    """The act before it can still be undone."""
    coded(bench, 0, 5)
    second = coded(bench, 6, 9)
    other = workbench(hard.source(), hard.acts, coder="ana", folder=bench.session.folder)
    act(other, "delete", id=second)
    assert "taken back elsewhere" in act(bench, "undo")["message"]
    assert act(bench, "undo")["message"] == "Undone: Strike"
    assert bench.codings.empty


def test_the_same_again_changes_nothing(bench) -> None:
    """A change to what stands already writes no line."""
    made = coded(bench, 0, 5, stance="planned")
    answer = act(bench, "change", id=made, stance="planned", memo="")
    assert answer["message"] == "Nothing changed."
    assert len(bench.codings) == 1


def test_verdicts_come_out_of_the_acts(bench, hard) -> None:
    """Coded is present, read entirely makes the rest absent, undecided is undecided."""
    coded(bench, 0, 5)
    act(bench, "read", scheme="acts", read=True)
    act(bench, "verdict", scheme="acts", code="silence", verdict="undecided")
    table = classify(bench.codings, [hard.source()], hard.acts, readings=bench.readings)
    assert dict(zip(table["code"], table["verdict"], strict=True)) == {
        "strike": "present", "talks": "absent", "silence": "undecided",
    }  # fmt: skip


def test_searched_and_not_found_is_absent(bench, hard) -> None:
    """For one code: a reading without a coding; the codes not looked for stay not searched."""
    act(bench, "verdict", scheme="acts", code="talks", verdict="absent")
    table = classify(bench.codings, [hard.source()], hard.acts, readings=bench.readings)
    assert table["verdict"].tolist() == ["not_searched", "absent", "not_searched"]


def test_rule_suggestions_are_taken_over(tmp_path, hard) -> None:
    """The rule coder's codings can be accepted; the coding names the one that it comes from."""
    approach = read_scheme("approach")
    source = Source("news", "The miners went on strike. They won.", language="en")
    rule = code([source], [approach])
    bench = workbench(source, approach, coder="ana", folder=tmp_path, suggestions="rule")
    (one,) = act(bench, "hello")["state"]["suggestions"]
    assert one["id"] == rule.codings["coding_id"][0]
    answer = act(bench, "accept", id=one["id"])
    assert answer["state"]["suggestions"] == []
    assert "already" in act(bench, "accept", id=one["id"])["message"]
    act(bench, "undo")
    assert len(act(bench, "load")["state"]["suggestions"]) == 1
    log = tmp_path / "ana" / "news.jsonl"
    assert json.loads(log.read_text("utf-8").splitlines()[0])["suggestion"] == one["id"]
    again = workbench(source, approach, coder="ana", folder=tmp_path, suggestions=rule)
    assert len(act(again, "load")["state"]["suggestions"]) == 1


def test_hidden_suggestions_can_not_be_decided(tmp_path, hard) -> None:
    """While they are hidden nothing tells of them, and none can be accepted unseen."""
    approach = read_scheme("approach")
    source = Source("news", "The miners went on strike. They won.", language="en")
    bench = workbench(
        source, approach, coder="ana", folder=tmp_path, suggestions="rule", blind=True
    )
    state = act(bench, "hello")["state"]
    assert (state["suggestions"], state["blind"], state["shown"]) == ([], True, False)
    there = code([source], [approach]).codings["coding_id"][0]
    assert act(bench, "accept", id=there)["failed"]


@pytest.mark.parametrize(("blind", "recorded"), [(None, True), (True, True), (False, False)])
def test_blindness_is_recorded(tmp_path, hard, blind, recorded) -> None:
    """Without suggestions a coding is blind, unless the coder says that she has seen others'."""
    bench = workbench(hard.source(), hard.acts, coder="ana", folder=tmp_path, blind=blind)
    coded(bench, 0, 5)
    act(bench, "read", scheme="acts", read=True)
    assert bench.codings["blind"].tolist() == bench.readings["blind"].tolist() == [recorded]


def test_who_has_seen_is_not_blind_in_the_next_session(tmp_path, hard) -> None:
    """The log remembers, for this source and no other."""
    given = Coded(
        workbench(hard.source(), hard.acts, coder="ana", folder=tmp_path).codings, pd.DataFrame()
    )
    sources = [hard.source(), hard.source("other")]
    first = workbench(sources, hard.acts, coder="ana", folder=tmp_path, suggestions=given)
    coded(first, 0, 5)
    again = workbench(sources, hard.acts, coder="ana", folder=tmp_path)
    assert act(again, "load")["state"]["blind"] is False
    assert act(again, "open", open="other")["state"]["blind"] is True


def test_a_text_that_may_not_be_passed_on_is_not_quoted(tmp_path, hard) -> None:
    """Its log holds places and checksums; the tables have the words from the text at hand."""
    closed = hard.source(licence="all rights reserved")
    bench = workbench(closed, hard.acts, coder="ana", folder=tmp_path)
    start, end = hard.points("工人罢工")
    coded(bench, start, end)
    assert "工人" not in (tmp_path / "ana" / "hard.jsonl").read_text("utf-8")
    assert bench.codings["quote"].tolist() == ["工人罢工"]
    assert "not quotes" in " ".join(act(bench, "load")["state"]["remarks"])


def test_a_model_has_no_workbench(tmp_path, hard) -> None:
    """People code here: the log of a model is refused, and so are the names of coders we bring."""
    line = coding_line(
        hard.source(), Span(0, 5), hard.acts, "strike", coder="model-1", coder_kind="model"
    )
    append(tmp_path, [line])
    with pytest.raises(InputError, match="people code here; write your own name"):
        workbench(hard.source(), hard.acts, coder="model-1", folder=tmp_path)
    for name in ("rule", "gold", "reference", "Ana", "", "../ana"):
        with pytest.raises(UnknownNameError, match="can't be a person's name"):
            workbench(hard.source(), hard.acts, coder=name, folder=tmp_path)


def test_what_can_not_be_opened_is_refused(tmp_path, hard, monkeypatch) -> None:
    """No source, no study above, a name that is nobody's, no such suggestions."""
    with pytest.raises(UnknownNameError, match="at least one source"):
        workbench([], hard.acts, coder="ana", folder=tmp_path)
    with pytest.raises(UnknownNameError, match='write "rule"'):
        workbench(hard.source(), hard.acts, coder="ana", folder=tmp_path, suggestions="rules")
    with pytest.raises(UnknownNameError, match=r"lacks .*coding_id"):
        workbench(
            hard.source(),
            hard.acts,
            coder="ana",
            folder=tmp_path,
            suggestions=pd.DataFrame({"code": []}),
        )
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UnknownNameError, match="folder=…"):
        workbench(hard.source(), hard.acts, coder="ana")
    with pytest.raises(UnknownNameError, match="gold, reference"):
        workbench(hard.source(), hard.acts, coder="gold", folder=tmp_path)


def test_a_text_that_changed_is_opened_without_what_was_made_on_the_former(tmp_path, hard) -> None:
    """The codings of the former text are left out of the tables, and a note counts them."""
    append(tmp_path, [coding_line(hard.source(), Span(0, 4), hard.acts, "strike", coder="ana")])
    bench = workbench(hard.source(text="Another text."), hard.acts, coder="ana", folder=tmp_path)
    assert len(bench.codings) == 0


def test_the_study_above_keeps_the_log(tmp_path, hard, monkeypatch) -> None:
    """From a notebook's folder the log is found where the study has it."""
    (tmp_path / "data" / "studies").mkdir(parents=True)
    (tmp_path / "notebooks").mkdir()
    monkeypatch.chdir(tmp_path / "notebooks")
    bench = workbench(hard.source(), hard.acts, coder="ana")
    coded(bench, 0, 5)
    assert (tmp_path / "data" / "codings" / "ana" / "hard.jsonl").is_file()


def test_codings_of_another_scheme_or_version_are_told(tmp_path, hard) -> None:
    """Another scheme's codings are counted, an older version's marked; none is lost."""
    older = hard.acts.model_copy(update={"version": "0.9.0"})
    append(tmp_path, [
        coding_line(hard.source(), Span(0, 5), older, "strike", coder="ana"),
        coding_line(hard.source(), Span(0, 5), hard.claims, "wages", coder="ana"),
    ])  # fmt: skip
    bench = workbench(hard.source(), hard.acts, coder="ana", folder=tmp_path)
    state = act(bench, "hello")["state"]
    assert [one["is_older"] for one in state["codings"]] == [True]
    assert "not shown: 1 coding." in " ".join(state["remarks"])
    assert len(bench.codings) == 2


def test_a_memo_is_no_new_reading_of_the_codebook(tmp_path, hard) -> None:
    """Memo and stance keep the version a coding was made with; another code or place does not."""
    older = hard.acts.model_copy(update={"version": "0.9.0"})
    append(tmp_path, [coding_line(hard.source(), Span(0, 5), older, "strike", coder="ana")])
    bench = workbench(hard.source(), hard.acts, coder="ana", folder=tmp_path)
    versions = []
    for change in ({"memo": "why"}, {"stance": "planned"}, {"end": 7}):
        act(bench, "change", id=bench.codings["coding_id"][0], **change)
        versions += bench.codings["scheme_version"].tolist()
    assert versions == ["0.9.0", "0.9.0", "1.0.0"]


def test_a_change_takes_along_what_it_does_not_name(tmp_path, hard) -> None:
    """Role and statement of an imported coding outlive a memo."""
    more = {"statement_id": "s1", "role": "actor"}
    append(
        tmp_path, [coding_line(hard.source(), Span(0, 5), hard.acts, "strike", coder="ana", **more)]
    )
    bench = workbench(hard.source(), hard.acts, coder="ana", folder=tmp_path)
    answer = act(bench, "change", id=bench.codings["coding_id"][0], memo="why")
    assert answer["message"] == "Memo of Strike kept"
    (row,) = bench.codings.to_dict("records")
    assert (row["statement_id"], row["role"], row["memo"]) == ("s1", "actor", "why")


@pytest.mark.parametrize("way", ["code", "change"])
def test_a_coding_takes_back_not_found(bench, way) -> None:
    """Found after all: the reading that said otherwise goes, is told, and undo brings it again."""
    made = coded(bench, 0, 5, "talks", stance="denied")
    act(bench, "verdict", scheme="acts", code="talks", verdict="absent")
    if way == "code":
        answer = act(bench, "code", start=6, end=9, scheme="acts", code="talks")
    else:
        answer = act(bench, "change", id=made, stance="asserted")
    assert "no longer “searched, not found”" in answer["message"]
    assert bench.readings.empty
    assert "absent" not in answer["state"]["verdicts"].values()
    act(bench, "undo")
    assert len(bench.readings) == 1


def test_who_turned_a_suggestion_down_has_seen_it(tmp_path, hard) -> None:
    """The next session is not blind on that source, even where the rejection was undone."""
    source = Source("news", "The miners went on strike. They won.", language="en")
    approach = read_scheme("approach")
    first = workbench(source, approach, coder="ana", folder=tmp_path, suggestions="rule")
    (one,) = act(first, "hello")["state"]["suggestions"]
    act(first, "reject", id=one["id"])
    act(first, "undo")
    again = workbench(source, approach, coder="ana", folder=tmp_path)
    assert act(again, "load")["state"]["blind"] is False


def test_nobody_writes_under_the_placeholder(tmp_path, hard) -> None:
    """A notebook run as it came shows its text form, and writes nothing."""
    bench = workbench(hard.source(), hard.acts, coder="your-name", folder=tmp_path)
    assert "coder your-name; 0 codings" in repr(bench)
    answer = act(bench, "code", start=0, end=5, scheme="acts", code="strike")
    assert answer["failed"]
    assert "Write your own name" in answer["message"]
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_source_or_doubled_is_refused(tmp_path, hard) -> None:
    """A source's id in place of the source, or anything given twice, is told in plain words."""
    with pytest.raises(UnknownNameError, match="'example-centre' is no source"):
        workbench("example-centre", hard.acts, coder="ana", folder=tmp_path)
    with pytest.raises(UnknownNameError, match="source: hard is given more than once"):
        workbench([hard.source(), hard.source()], hard.acts, coder="ana", folder=tmp_path)
    with pytest.raises(UnknownNameError, match="scheme: acts is given more than once"):
        workbench(hard.source(), [hard.acts, hard.acts], coder="ana", folder=tmp_path)


def test_an_unfinished_line_is_told(bench) -> None:
    """What a crash cut short costs itself and no more."""
    coded(bench, 0, 5)
    path = bench.session.folder / "ana" / "hard.jsonl"
    path.write_bytes(path.read_bytes() + b'{"coder": "ana", "co')
    answer = act(bench, "code", start=6, end=9, scheme="acts", code="talks")
    assert "cut short" in " ".join(answer["state"]["remarks"])
    assert len(bench.codings) == 2


def test_without_anywidget_the_tables_work(bench, monkeypatch) -> None:
    """The text form says how to get the library; codings and readings need none."""
    from tertium.coding.workbench import workbench as module

    module._widget_class.cache_clear()
    monkeypatch.setitem(__import__("sys").modules, "anywidget", None)
    with pytest.raises(MissingLibraryError, match=r"tertium\[lab\]"):
        _ = bench.widget
    data, _ = bench._repr_mimebundle_()
    assert "pip install" in data["text/plain"]
    assert bench.codings.empty
    monkeypatch.undo()
    module._widget_class.cache_clear()


def test_the_notebook_keeps_no_text(bench, hard) -> None:
    """Neither the text form nor the widget's stored state holds a word of the source."""
    pytest.importorskip("anywidget", reason="needs anywidget")
    data, _ = bench._repr_mimebundle_()
    assert data["text/plain"] == repr(bench)
    assert "application/vnd.jupyter.widget-view+json" in data
    assert "工人罢工" not in json.dumps(bench.widget.get_state(), default=str)


def test_passages_cover_the_text(hard) -> None:
    """No character is left out or shown twice, however long or odd the text."""
    long = "\n\n".join(f"# {n}\n\n" + "They struck again. " * 30 for n in range(60))
    for text in (
        hard.text,
        long,
        "x" * 30_000,
        "a b " * 9_000,
        "",
        "\n\n",
        "| a | b |\n|---|---|\n| 1 | 2 |\n",
    ):
        source = hard.source("any", text)
        passages = passages_of(source)
        assert "".join(span.of(text) for span in passages) == text
        assert all(len(span) <= 13_000 for span in passages)
        blocks = [block.span for block in blocks_of(source)]
        assert all(one.end <= other.start for one, other in pairwise(blocks))


def test_passages_begin_at_headings(hard) -> None:
    """Where a heading is near, a passage begins with it."""
    long = "\n\n".join(f"# Part {n}\n\n" + "They struck again. " * 120 for n in range(5))
    starts = [long[span.start : span.start + 8] for span in passages_of(hard.source("any", long))]
    assert starts == [f"# Part {n}" for n in range(5)]


def test_only_the_log_writes() -> None:
    """No module of the workbench touches a file but to read its own scripts."""
    package = files("tertium.coding.workbench")
    touching = {
        "open",
        "write_text",
        "write_bytes",
        "mkdir",
        "unlink",
        "rename",
        "replace",
        "touch",
    }
    reading = {"read_text", "read_bytes"}
    found = {
        (entry.name, getattr(node.func, "attr", getattr(node.func, "id", "")))
        for entry in package.iterdir()
        if entry.name.endswith(".py")
        for node in ast.walk(ast.parse(entry.read_text("utf-8")))
        if isinstance(node, ast.Call)
    }
    assert {pair for pair in found if pair[1] in touching - {"replace"}} == set()
    assert {name for name, call in found if call in reading} == {"read.py"}
    assert {name for name, call in found if call == "append" and name == "desk.py"} == {"desk.py"}
