"""`tertium adjudicate`: a queue goes out, decisions come back."""

from __future__ import annotations

import contextlib
import csv
import io
import sys
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

import pytest

from tertium.cli import main
from tertium.coding.logs.lines import coding_line, reading_line
from tertium.coding.logs.log import CODINGS, append
from tertium.spans import Span
from tertium.start.skeleton import write_skeleton
from tertium.study import Study, open_study


@pytest.fixture
def study(tmp_path: Path) -> Study:
    """A study of two sources, one of which two people coded with two differences."""
    write_skeleton(tmp_path / "first")
    opened = open_study(tmp_path / "first/data/studies/first.yml")
    source, *_ = opened.collection.sources
    scheme = next(each for each in opened.schemes if each.name == "approach")

    def coded(coder: str, start: int, end: int) -> dict[str, Any]:
        return coding_line(source, Span(start, end), scheme, "strike", coder=coder)

    lines = [reading_line(source, None, scheme, None, coder=who) for who in ("ana", "ben")]
    lines += [coded("ana", 0, 20), coded("ana", 40, 60), coded("ben", 40, 45)]
    lines += [coded("ana", 100, 120), coded("ben", 100, 120)]
    append(opened.root / CODINGS, lines)
    return opened


class Done(NamedTuple):
    """What a verb said, and its exit code."""

    returncode: int
    stdout: str
    stderr: str


def adjudicate(study: Study, *words: str) -> Done:
    """Run the verb in the study's folder."""
    given = ["tertium", "adjudicate", "first", "--scheme", "approach", "--coders", "ana,ben"]
    said, wrong = io.StringIO(), io.StringIO()
    with (
        contextlib.chdir(study.root),
        contextlib.redirect_stdout(said),
        contextlib.redirect_stderr(wrong),
        mock.patch.object(sys, "argv", [*given, *words]),
        pytest.raises(SystemExit) as left,
    ):
        main()
    return Done(int(left.value.code or 0), said.getvalue(), wrong.getvalue())


def queue(study: Study) -> list[dict[str, str]]:
    """Write the queue and return its rows."""
    done = adjudicate(study, "--output", "queue.csv")
    assert done.returncode == 0, done.stderr
    with (study.root / "queue.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def fill(study: Study, *cells: dict[str, str]) -> tuple[str, ...]:
    """Fill the queue's rows in turn and return the words that read it back."""
    rows = [row | more for row, more in zip(queue(study), cells, strict=False)]
    with (study.root / "queue.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return ("--as", "gold", "--adjudicator", "eva", "--decisions", "queue.csv")


def test_the_queue_shows_the_place_and_who_said_what(study: Study) -> None:
    """A row a difference, with columns to fill in."""
    source = study.collection.sources[0]
    rows = queue(study)
    assert [(row["place_start"], row["text"].lstrip("'")) for row in rows] == [
        ("0", source.text[:20]),
        ("40", source.text[40:60]),
    ]
    assert (rows[0]["said_ana"], rows[0]["said_ben"]) == ("0 to 20", "read, not coded")
    assert f"“{source.text[40:45]}”" in rows[1]["said_ben"]
    assert {rows[0][name] for name in ("decision", "reason", "start", "end", "quote")} == {""}


def test_decisions_come_back_once(study: Study) -> None:
    """A dry run writes nothing; the same file read twice adds nothing; the queue is empty then."""
    words = fill(
        study,
        {"decision": "absent", "reason": "a metaphor"},
        {"decision": "present", "reason": "half of it", "start": "40", "end": "50"},
    )
    told = adjudicate(study, *words, "--dry-run").stdout
    assert "2 decisions read\nwould write 5 lines" in told
    assert "2 decided, 0 open" in told
    assert not (study.root / CODINGS / "gold").exists()
    done = adjudicate(study, *words)
    assert (done.returncode, done.stderr) == (0, "")
    assert "2 decided, 0 open" in done.stdout
    log = next((study.root / CODINGS / "gold").glob("*.jsonl"))
    before = log.read_bytes()
    assert "says it all" in adjudicate(study, *words).stdout
    assert log.read_bytes() == before
    assert queue(study) == []


def test_a_quote_names_the_place(study: Study) -> None:
    """It is found at the item's place; elsewhere it is refused."""
    text = study.collection.sources[0].text
    words = fill(
        study, {}, {"decision": "present", "reason": "closer", "quote": text[41:55].strip()}
    )
    assert adjudicate(study, *words).returncode == 0
    log = next((study.root / CODINGS / "gold").glob("*.jsonl")).read_text(encoding="utf-8")
    assert '"start": 41' in log or '"start": 42' in log


def test_all_faults_are_named_and_nothing_is_written(study: Study) -> None:
    """Line and field of each; one bad row keeps the good one back too."""
    words = fill(
        study,
        {"decision": "absent", "reason": ""},
        {"decision": "present", "reason": "x", "quote": "no such words", "start": "x"},
    )
    done = adjudicate(study, *words)
    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        "queue.csv, line 2, reason: is missing; write why",
        "queue.csv, line 10, start: 'x' is no place; write a whole number from 0",
    ]
    assert not (study.root / CODINGS / "gold").exists()


def test_strange_rows_are_named(study: Study) -> None:
    """An id that is no difference, a row twice, a reason without a decision."""
    rows = queue(study)
    text = f"item,decision,reason\nq1,absent,x\n{rows[0]['item']},,x\n{rows[0]['item']},absent,x\n"
    (study.root / "d.csv").write_text(text, encoding="utf-8")
    done = adjudicate(study, "--as", "gold", "--adjudicator", "eva", "--decisions", "d.csv")
    assert [line.split(":")[0] for line in done.stderr.splitlines()] == [
        "d.csv, line 2, item",
        "d.csv, line 3, reason",
        "d.csv, line 4, item",
    ]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "--output"),
        (("--as", "gold", "--decisions", "data/studies/first.yml"), "--adjudicator"),
        (("--as", "reference"), "people"),
        (("--as", "gold", "--adjudicator", "Eva M."), "small letters"),
        (("--output", "queue.txt"), ".csv"),
        (("--output", "q.csv", "--coders", "ana"), "two coders"),
        (("--output", "q.csv", "--scheme", "mood"), "mood"),
        (("--output", "q.csv", "--overlap", "0"), "overlap"),
    ],
)
def test_wrong_use_ends_with_2_and_says_what_is_right(
    study: Study, words: tuple[str, ...], said: str
) -> None:
    """Without a traceback."""
    done = adjudicate(study, *words)
    assert (done.returncode, said in done.stderr) == (2, True), done.stderr
    assert "Traceback" not in done.stderr


def test_help_ends_in_an_example(study: Study) -> None:
    """Both ways are shown."""
    told = adjudicate(study, "--help").stdout
    assert "Example:" in told
    assert "--decisions queue.csv" in told


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [("40.0", "50.0", ""), ("1", "9" * 30, "is no place"), ("1", "9" * 5000, "is no place")],
)
def test_a_place_is_a_whole_number_as_spreadsheets_write_it(
    study: Study, start: str, end: str, said: str
) -> None:
    """One that is too long is a fault and no traceback."""
    cells = {"decision": "present", "reason": "x", "start": start, "end": end}
    done = adjudicate(study, *fill(study, {}, cells))
    assert (done.returncode, said in done.stderr) == (2 if said else 0, True), done.stderr
