"""The log of codings: nothing written is lost, and what is wrong with a log is named."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tertium.coding.logs.closed_texts import memo_notes, quoting_faults
from tertium.coding.logs.line_kinds import line_faults
from tertium.coding.logs.lines import coding_line, reading_line, retraction_line, written
from tertium.coding.logs.log import (
    UNFINISHED,
    Line,
    append,
    as_lines,
    coders_in,
    is_unfinished,
    read_log,
    standing,
)
from tertium.coding.logs.log_check import log_faults
from tertium.coding.logs.replay import replay
from tertium.errors import InputError
from tertium.schemes.read import read_scheme
from tertium.sources.source import Source
from tertium.spans import Span

SOURCE = Source("first", "Workers went on strike.", facts={"licence": "CC BY 4.0"})
APPROACH = read_scheme("approach")


def coding(number: int = 1, *, start: int = 0, **more: Any) -> dict[str, Any]:
    """Return a coding with the id of a number."""
    given = {"coder": "ana", "line_id": f"{number:016x}", "created": "2026-11-22T09:30:00Z"}
    return coding_line(SOURCE, Span(start, 7), APPROACH, "strike", **(given | more))


def log_of(folder: Path, *lines: dict[str, Any] | str) -> Path:
    """Write a log by hand."""
    path = folder / "ana" / "first.jsonl"
    path.parent.mkdir(exist_ok=True)
    texts = [each if isinstance(each, str) else written(each) for each in lines]
    path.write_text("".join(f"{text}\n" for text in texts), encoding="utf-8", newline="\n")
    return path


def said(folder: Path) -> list[tuple[int, str]]:
    """Return line and field of each fault of a folder."""
    return [(fault.line, fault.field) for fault in read_log(folder, shown="data/codings")[1]]


# Writing


def test_lines_are_appended_to_the_log_of_their_coder_and_source(tmp_path: Path) -> None:
    """A second batch stands behind the first, which is not touched."""
    (path,) = append(tmp_path / "codings", [coding(1), coding(2)])
    first = path.read_bytes()
    append(tmp_path / "codings", [coding(3), coding(4, coder="ben")])
    assert path == tmp_path / "codings" / "ana" / "first.jsonl"
    assert path.read_bytes().startswith(first)
    lines, faults = read_log(tmp_path / "codings", shown="data/codings")
    assert [(line.coder, int(line.id, 16), line.number) for line in lines] == [
        ("ana", 1, 1),
        ("ana", 2, 2),
        ("ana", 3, 3),
        ("ben", 4, 1),
    ]
    assert faults == []
    assert coders_in(tmp_path / "codings") == ["ana", "ben"]
    assert first == f"{written(coding(1))}\n{written(coding(2))}\n".encode()


def test_nothing_is_written_where_one_line_is_unsound(tmp_path: Path) -> None:
    """Every fault is named, with the number of the line, before any file is made."""
    bad = [coding(1), {**coding(2), "stance": "maybe"}, {**coding(3), "coder": "../../ben"}]
    with pytest.raises(InputError) as caught:
        append(tmp_path / "codings", [*bad, {**coding(4), "coder": "rule"}])
    assert [(fault.line, fault.field) for fault in caught.value.faults] == [
        (2, "stance"),
        (3, "coder"),
        (4, "coder"),
    ]
    assert list(tmp_path.iterdir()) == []


def test_behind_an_unfinished_line_a_new_one_starts(tmp_path: Path) -> None:
    """What was cut short stays as it is, and costs nothing but itself."""
    path = log_of(tmp_path, coding(1))
    with path.open("ab") as file:
        file.write(written(coding(2)).encode()[:40])
    before = path.read_bytes()
    append(tmp_path, [coding(3)])
    assert path.read_bytes() == before + b"\n" + f"{written(coding(3))}\n".encode()
    lines, (fault,) = read_log(tmp_path, shown="data/codings")
    assert [int(line.id, 16) for line in lines] == [1, 3]
    assert is_unfinished(fault)
    assert str(fault) == (
        "data/codings/ana/first.jsonl, line 2: the line is unfinished, so what it said is lost; "
        "do it again; leave the line as it is"
    )


def test_a_whole_line_without_its_end_is_no_fault(tmp_path: Path) -> None:
    """A hand-written last line without a line end is taken, and the next starts a line."""
    path = log_of(tmp_path)
    path.write_text(written(coding(1)), encoding="utf-8")
    append(tmp_path, [coding(2)])
    lines, faults = read_log(tmp_path, shown="c")
    assert ([line.number for line in lines], faults) == ([1, 2], [])


@given(cut=st.integers(min_value=1))
def test_a_line_cut_anywhere_is_unfinished_and_nothing_else(cut: int) -> None:
    """Also in the middle of a character, of an escape, and behind a brace inside a memo."""
    from tertium.coding.logs.log import _content

    whole = written(coding(1, memo='罢工 "{a}" \\ \x01 }')).encode()
    part = whole[: 1 + cut % (len(whole) - 1)]
    content, (fault,) = _content(part, "a.jsonl", 1)
    assert content is None
    assert fault.found == UNFINISHED


def test_a_log_that_can_not_be_written_to_is_named(tmp_path: Path) -> None:
    """It is a fault that says what to do, not a traceback."""
    (tmp_path / "codings").write_text("a file", encoding="utf-8")
    with pytest.raises(InputError, match=r"codings/ana/first\.jsonl: it can't be written to"):
        append(tmp_path / "codings", [coding(1)])


WRITER = """
import sys
from pathlib import Path
from tertium.coding.logs.lines import coding_line
from tertium.coding.logs.log import append
from tertium.schemes.read import read_scheme
from tertium.sources.source import Source
from tertium.spans import Span
folder, batches, size = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
source = Source("first", "Workers went on strike.", facts={"licence": "CC BY 4.0"})
scheme = read_scheme("approach")
def line():
    memo = "why " * 2000
    return coding_line(source, Span(0, 7), scheme, "strike", coder="ana", memo=memo)
made = 0
while made < batches:
    append(folder, [line() for _ in range(size)])
    made += 1
    print(made, flush=True)
"""


def writer(folder: Path, batches: int, size: int = 5) -> subprocess.Popen[str]:
    """Start a process that appends batches of long lines and counts those that returned."""
    command = [sys.executable, "-c", WRITER, str(folder), str(batches), str(size)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def test_two_writers_lose_nothing(tmp_path: Path) -> None:
    """Two processes append long batches to one log at once: each line arrives whole."""
    both = [writer(tmp_path, 20), writer(tmp_path, 20)]
    assert [each.communicate()[0].split()[-1] for each in both] == ["20", "20"]
    lines, faults = read_log(tmp_path, shown="c")
    assert faults == []
    assert len({line.id for line in lines}) == 200


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_kill_costs_at_most_the_unfinished_line(tmp_path: Path) -> None:
    """Every batch that append had returned from is there; what was cut short is named."""
    with writer(tmp_path, 1_000_000) as one:
        assert one.stdout is not None
        assert one.stdout.readline()
        time.sleep(0.2)
        os.kill(one.pid, signal.SIGKILL)
        returned = 1 + len(one.stdout.read().split())
    lines, faults = read_log(tmp_path, shown="c")
    assert len(lines) >= returned * 5
    assert len(faults) <= 1
    assert all(map(is_unfinished, faults))
    append(tmp_path, [coding(1)])
    after, again = read_log(tmp_path, shown="c")
    assert (len(after), again) == (len(lines) + 1, faults)


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_two_branches_of_one_coder_merge_without_conflict(tmp_path: Path, repository: Path) -> None:
    """Both sides stay, by the rule that the repository's own .gitattributes give to logs."""

    def git(*words: str) -> None:
        who = ["-c", "user.name=a", "-c", "user.email=a@b", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", *who, *words], cwd=tmp_path, check=True, capture_output=True)

    folder = tmp_path / "data" / "codings"
    git("init", "-q", "-b", "main")
    shutil.copy(repository / ".gitattributes", tmp_path)
    append(folder, [coding(1)])
    git("add", ".")
    git("commit", "-qm", "one")
    git("checkout", "-qb", "other")
    append(folder, [coding(2), retraction_line(SOURCE, [f"{1:016x}"], coder="ana")])
    git("commit", "-qam", "two")
    git("checkout", "-q", "main")
    append(folder, [coding(3)])
    git("commit", "-qam", "three")
    git("merge", "-q", "other")
    lines, faults = read_log(folder, shown="data/codings")
    assert faults == []
    assert {int(line.id, 16) for line in standing(lines)} == {2, 3}


# Reading


def test_broken_lines_are_named_and_the_rest_is_read(tmp_path: Path) -> None:
    """A line that is no JSON object is broken, whatever follows; blank lines are nothing."""
    log_of(tmp_path, coding(1), "", "[1]", "<<<<<<< HEAD", '{"id": "x", "id": "y"}', coding(2))
    lines, faults = read_log(tmp_path, shown="data/codings")
    assert [(line.file, line.number) for line in lines] == [
        ("data/codings/ana/first.jsonl", 1),
        ("data/codings/ana/first.jsonl", 6),
    ]
    assert [(fault.line, fault.found) for fault in faults] == [
        (3, "it is no JSON object"),
        (4, "it is no JSON object"),
        (5, "the key 'id' stands twice"),
    ]
    assert not any(map(is_unfinished, faults))
    assert read_log(tmp_path / "none", shown="x") == ([], [])


def test_bytes_that_are_no_text_cost_their_line(tmp_path: Path) -> None:
    """They are one fault, not a traceback; NaN is no number; a byte order mark is nothing."""
    path = log_of(tmp_path)
    whole = written(coding(1)).encode()
    nan = whole.replace(b'"end": 7', b'"end": NaN')
    path.write_bytes(b"\xef\xbb\xbf" + whole + b"\r\n\xff\xfe}\n" + nan + b"\n\0\0\0\0")
    lines, faults = read_log(tmp_path, shown="c")
    assert [line.number for line in lines] == [1]
    assert [(fault.line, fault.found) for fault in faults] == [
        (2, "it is not UTF-8"),
        (3, "it is no JSON object"),
        (4, UNFINISHED),
    ]


def test_a_line_stands_where_it_says(tmp_path: Path) -> None:
    """The folder is the coder's and the file is the source's."""
    other = {**coding(2), "source_id": "second"}
    log_of(tmp_path, coding(1, coder="ben"), other, coding(3))
    assert said(tmp_path) == [(1, "coder"), (2, "source_id")]


def test_one_id_says_one_thing(tmp_path: Path) -> None:
    """The same line twice is no fault; another line with its id is, wherever it stands."""
    log_of(tmp_path, coding(1), coding(1), coding(1, start=2))
    append(tmp_path, [coding(1, coder="ben")])
    faults = read_log(tmp_path, shown="c")[1]
    assert [(fault.file, fault.line, fault.field) for fault in faults] == [
        ("c/ana/first.jsonl", 3, "id"),
        ("c/ben/first.jsonl", 1, "id"),
    ]
    assert "is also the id of line 1, which says something else" in faults[0].found


def test_a_coder_is_of_one_kind(tmp_path: Path) -> None:
    """A person is no model: agreement counts them apart."""
    log_of(tmp_path, coding(1), coding(2, coder_kind="model"))
    assert said(tmp_path) == [(2, "coder_kind")]


def test_nobody_takes_back_what_another_wrote(tmp_path: Path) -> None:
    """A line of another log stands, and the attempt is a fault."""
    log_of(tmp_path, coding(1))
    append(tmp_path, [coding(2, coder="ben", replaces=[f"{1:016x}"])])
    lines, (fault,) = read_log(tmp_path, shown="c")
    assert (fault.file, fault.field) == ("c/ben/first.jsonl", "replaces")
    assert len(standing(lines)) == 2


def test_a_log_may_not_take_the_name_of_a_coder_of_ours(tmp_path: Path) -> None:
    """A study that names `rule` means the rules."""
    (tmp_path / "rule").mkdir()
    (tmp_path / "rule" / "first.jsonl").write_text("", encoding="utf-8")
    assert said(tmp_path) == [(0, "coder")]


def test_only_the_logs_that_are_asked_for_are_read(tmp_path: Path) -> None:
    """A broken log of another coder is not theirs to mend."""
    log_of(tmp_path, "[1]")
    append(tmp_path, [coding(1, coder="ben")])
    lines, faults = read_log(tmp_path, shown="c", coders=["ben"])
    assert ([line.coder for line in lines], faults) == (["ben"], [])


# What stands

ACTS = [
    coding(1),
    coding(2, start=2, replaces=[f"{1:016x}"]),
    coding(3, start=3, coder="ben"),
    retraction_line(SOURCE, [f"{4:016x}"], coder="ana"),
    coding(4, start=4),
    coding(5, start=5),
    reading_line(SOURCE, None, APPROACH, None, coder="ana", line_id=f"{6:016x}"),
]


@given(st.lists(st.sampled_from(range(len(ACTS)))), st.permutations(range(len(ACTS))))
def test_order_and_doubling_change_nothing(more: list[int], order: list[int]) -> None:
    """A union merge may leave lines shuffled and doubled: the tables are the same."""
    plain = replay(as_lines(ACTS), sources=[SOURCE])
    mixed = replay(as_lines([ACTS[n] for n in (*more, *order)]), sources=[SOURCE])
    assert mixed.codings.equals(plain.codings)
    assert mixed.readings.equals(plain.readings)
    assert [int(each, 16) for each in plain.codings["coding_id"]] == [2, 3, 5]


def test_what_is_taken_back_does_not_come_again() -> None:
    """Retracting a retraction, or what replaced a line, brings nothing back."""
    undone = retraction_line(SOURCE, [f"{1:016x}"], coder="ana", line_id=f"{2:016x}")
    redone = retraction_line(SOURCE, [f"{2:016x}"], coder="ana")
    assert standing(as_lines([coding(1), undone, redone])) == []


# Against texts and schemes


def check(*lines: dict[str, Any], sources: tuple[Source, ...] = (SOURCE,)) -> list[str]:
    """Return the field of each fault of lines that speak of `SOURCE`."""
    checksums = {SOURCE.id: SOURCE.text_sha256}
    found = log_faults(
        as_lines(lines),
        checksums=checksums,
        sources=sources,
        schemes={"approach": APPROACH},
        other_schemes=["claim"],
    )
    return [fault.field for fault in found]


def test_a_changed_text_is_seen() -> None:
    """A coding of another text is named, also where the text is not at hand."""
    changed = {**coding(1), "text_sha256": "0" * 64}
    assert check(changed) == check(changed, sources=()) == ["text_sha256"]
    assert check(coding(1)) == []


def test_a_quote_must_stand_where_it_is_said_to() -> None:
    """Other words, another checksum and a place behind the text are named."""
    assert check({**coding(1), "quote": "workers"}) == ["quote"]
    assert check({**coding(1), "quote_sha256": "0" * 64, "quote": None}) == ["quote_sha256"]
    assert check({**coding(1), "end": 70}) == ["end"]
    assert check(coding_line(SOURCE, None, APPROACH, "strike", coder="ana")) == []
    assert check({**coding(1), "quote": "workers"}, sources=()) == []


def test_unknown_sources_schemes_and_codes_are_named() -> None:
    """Each with what there is; of another version and another scheme the codes are not ours."""
    assert check({**coding(1), "source_id": "gone"}) == ["source_id"]
    assert check({**coding(1), "scheme": "aproach"}) == ["scheme"]
    assert check({**coding(1), "code": "strikes"}) == ["code"]
    assert check({**coding(1), "code": "strikes", "scheme_version": "0.9.0"}) == []
    assert check({**coding(1), "code": "wages", "scheme": "claim"}) == []


def test_lines_come_with_their_place(tmp_path: Path) -> None:
    """File, number, coder, kind and id of a line are told without a look into it."""
    log_of(tmp_path, coding(1))
    (line,), _ = read_log(tmp_path, shown="data/codings")
    assert line == Line("data/codings/ana/first.jsonl", 1, "first", json.loads(written(coding(1))))
    assert (line.coder, line.kind, line.id) == ("ana", "coding", f"{1:016x}")


def test_a_code_is_held_against_the_version_that_it_was_coded_with() -> None:
    """Where the earlier version is known, a code that it never had is a fault."""
    past = APPROACH.model_copy(update={"version": "0.9.0"})
    lines = as_lines([{**coding(1), "code": "strikes", "scheme_version": "0.9.0"}])
    given = {"checksums": {SOURCE.id: SOURCE.text_sha256}, "schemes": {"approach": APPROACH}}
    assert [fault.field for fault in log_faults(lines, **given, past=[past])] == ["code"]


def test_a_log_of_a_source_that_is_gone_is_one_fault() -> None:
    """Not one a line; the remedy is about the file."""
    lines = as_lines([{**coding(n), "source_id": "gone"} for n in (1, 2)])
    (fault,) = log_faults(lines, checksums={})
    assert fault.remedy.startswith("delete the log")


def test_only_people_and_models_write_logs_and_gold_is_peoples() -> None:
    """Another kind, a model called gold, and a number no table holds are refused."""
    for change in ({"coder_kind": "rule"}, {"coder": "gold", "coder_kind": "model"}):
        said = line_faults({**coding(1), **change}, file="a.jsonl")
        assert [fault.field for fault in said] == ["coder_kind"]
    far = {**coding(1), "start": 2**31, "end": 2**31 + 7}
    assert {fault.field for fault in line_faults(far, file="a.jsonl")} == {"start", "end"}
    version = {**coding(1), "scheme_version": f"{'9' * 5000}.0.0"}
    assert [fault.field for fault in line_faults(version, file="a.jsonl")] == ["scheme_version"]


def test_files_beside_the_logs_are_no_logs(tmp_path: Path) -> None:
    """What a Mac leaves on a shared disk is passed over."""
    log_of(tmp_path, coding(1))
    (tmp_path / "ana" / "._first.jsonl").write_bytes(b"\0\5\26\7Mac OS X")
    lines, faults = read_log(tmp_path, shown="data/codings")
    assert (len(lines), faults) == (1, [])


def test_words_of_a_closed_text_are_named() -> None:
    """A quote in the log is a fault, taken back or not; a memo that repeats the text is noted."""
    text = "On that morning some three hundred dockers of the port stopped work."
    closed = Source("first", text, facts={"licence": "all rights reserved"})
    memo = "He says: some three hundred dockers of the port stopped, so a strike."
    lines = as_lines([{**coding(1), "memo": memo}])
    (fault,) = quoting_faults(lines, {"first": closed.facts})
    assert fault.field == "quote"
    assert quoting_faults(lines, {"first": SOURCE.facts}) == []
    assert len(memo_notes(lines, [closed])) == 1
    assert memo_notes(as_lines([{**coding(1), "memo": "three hundred dockers"}]), [closed]) == []
