"""`tertium evaluate` as a user meets it: files, exit codes, nothing half-written, no text."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tertium.agreement.evaluation.evaluate import TABLES

TEXTS = [
    {
        "id": "a", "text": "The miners went on strike on Monday.", "labels": ["strike"],
        "language": "en", "topic_group": "mines",
    },
    {"id": "b", "text": "A bakery sells bread.", "labels": ["strike"], "language": "en"},
    {"id": "c", "text": "Facket talade.", "labels": [], "language": "sv"},
]  # fmt: skip


def evaluate(*words: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the verb in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "tertium", "evaluate", *map(str, words)],
        capture_output=True, encoding="utf-8", env={**os.environ, "COLUMNS": "100"}, check=False,
    )  # fmt: skip


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """Three labelled texts."""
    path = tmp_path / "labelled.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in TEXTS), encoding="utf-8")
    return path


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_tables_are_written_and_hold_no_text(gold: Path, tmp_path: Path) -> None:
    """Seven tables, the same bytes twice; no word of a text in any of them."""
    first, second = tmp_path / "one", tmp_path / "two"
    done = evaluate("--gold", gold, "--scheme", "approach", "--output", first)
    assert (done.returncode, evaluate("--gold", gold, "--output", second).returncode) == (0, 0)
    assert "macro_f1: 0.667" in done.stdout
    assert sorted(path.stem for path in first.iterdir()) == sorted(TABLES)
    for path in first.iterdir():
        assert path.read_bytes() == (second / path.name).read_bytes()
        assert "bakery" not in path.read_text(encoding="utf-8")
    found = rows(first / "verdicts.csv")
    assert len(found) == 15
    assert {"id", "language", "voice", "length", "topic_group", "gold", "verdict", "score"} <= set(
        found[0]
    )
    assert {row["verdict"] for row in found if row["id"] == "c"} == {"not_searched"}


def test_texts_only_on_demand_and_only_of_misses(gold: Path, tmp_path: Path) -> None:
    """--texts writes what was judged wrong with its words, to the file that is named."""
    file = tmp_path / "misses.csv"
    assert evaluate("--gold", gold, "--output", tmp_path / "o", "--texts", file).returncode == 0
    assert [(row["id"], row["text"]) for row in rows(file)] == [("b", "A bakery sells bread.")]


def test_json_and_dry_run(gold: Path, tmp_path: Path) -> None:
    """--json gives the measures; --dry-run says what would be written and writes nothing."""
    output = tmp_path / "o"
    done = evaluate("--gold", gold, "--output", output, "--json", "--annotator", "model")
    measures = json.loads(done.stdout)
    assert {row["annotator"] for row in measures} == {"model"}
    assert measures[0]["measure"] == "macro_f1"
    assert "reference" in rows(output / "verdicts.csv")[0]
    done = evaluate("--gold", gold, "--output", tmp_path / "p", "--dry-run")
    assert "would write" in done.stdout
    assert not (tmp_path / "p").exists()


def test_wrong_input_ends_with_2_and_writes_nothing(gold: Path, tmp_path: Path) -> None:
    """All faults are named; the folder is not made."""
    bad = tmp_path / "bad.csv"
    bad.write_text("id,text,labels\na,x,strikes\na,y,\n", encoding="utf-8")
    done = evaluate("--gold", bad, "--gold", gold, "--output", tmp_path / "o")
    assert done.returncode == 2
    assert "there is no code 'strikes'" in done.stderr
    assert "bad.csv, row 1 has it" in done.stderr
    assert not (tmp_path / "o").exists()


def test_inputs_are_not_overwritten(gold: Path, tmp_path: Path) -> None:
    """Neither what is read nor one of its own tables can be another output."""
    own = tmp_path / "verdicts.csv"
    own.write_text("id,text,labels\na,x,\n", encoding="utf-8")
    for words in (
        ["--gold", own, "--output", tmp_path],
        ["--gold", gold, "--output", own],
        ["--gold", gold, "--output", tmp_path, "--texts", tmp_path / "misses.csv"],
        ["--gold", gold, "--output", tmp_path / "o", "--texts", tmp_path / "x.txt"],
    ):
        done = evaluate(*words)
        assert done.returncode == 2, words
        assert "Traceback" not in done.stderr
    assert own.read_text(encoding="utf-8").startswith("id,text,labels")
