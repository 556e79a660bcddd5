"""`tertium train` and `--coder` as a user meets them."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tertium.agreement.evaluation.evaluate import TABLES

pytest.importorskip("sklearn", reason="scikit-learn is not installed")

STRIKE, BREAD = "The miners went on strike on Monday.", "A bakery sells bread."


def tertium(*words: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "tertium", *map(str, words)],
        capture_output=True, encoding="utf-8", env={**os.environ, "COLUMNS": "100"}, check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def gold(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve labelled texts, half of them on strikes."""
    path = tmp_path_factory.mktemp("gold") / "labelled.jsonl"
    rows = [
        {"id": f"t{n}", "text": text, "labels": labels, "language": "en"}
        for n in range(6)
        for text, labels in ((f"{STRIKE} {n}", ["strike"]), (f"{BREAD} {n}", []))
    ]
    for number, row in enumerate(rows):
        row["id"] = f"t{number}"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def model(gold: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that `tertium train` wrote."""
    folder = tmp_path_factory.mktemp("model") / "own"
    done = tertium("train", "--gold", gold, "--output", folder)
    assert done.returncode == 0, done.stderr
    assert "strike: not calibrated, learned from 6 texts" in done.stdout
    assert "state_led: not learned" in done.stdout
    return folder


def test_a_model_and_its_judgement_are_written(model: Path):
    """The model, readable, and the tables of evaluate for texts left out; no text in any."""
    names = sorted(path.name for path in model.iterdir())
    assert names == sorted(["model.json", *(f"{table}.csv" for table in TABLES)])
    content = json.loads((model / "model.json").read_text(encoding="utf-8"))
    assert list(content["codes"]) == ["strike"]
    assert not any("bakery" in path.read_text(encoding="utf-8") for path in model.iterdir())


def test_the_same_labels_give_the_same_model(gold: Path, model: Path, tmp_path: Path):
    """Trained twice, byte for byte the same."""
    assert tertium("train", "--gold", gold, "--output", tmp_path).returncode == 0
    for path in model.iterdir():
        assert path.read_bytes() == (tmp_path / path.name).read_bytes()


def test_classify_takes_the_model(model: Path, tmp_path: Path):
    """Codes that were learned get verdicts; the others were not searched."""
    text, output = tmp_path / "one.txt", tmp_path / "verdicts.csv"
    text.write_text(STRIKE + "\n", encoding="utf-8")
    done = tertium("classify", text, "--coder", model / "model.json", "--output", output)
    assert done.returncode == 0, done.stderr
    with output.open(encoding="utf-8", newline="") as file:
        found = {row["code"]: row["verdict"] for row in csv.DictReader(file)}
    assert found["strike"] == "present"
    assert found["state_led"] == "not_searched"


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("classify", "{text}", "--coder", "{text}", "--output", "v.csv"), "tertium train"),
        (("classify", "{text}", "--coder", "rules", "--output", "v.csv"), "can't be read"),
        (("train", "--gold", "{gold}", "--output", "m", "--penalty", "0"), "penalty"),
        (("train", "--gold", "{gold}", "--output", "m", "--penalty", "nan"), "penalty"),
        (("train", "--gold", "{folder}", "--output", "{folder}"), "holds the labelled texts"),
        (("evaluate", "--gold", "{folder}", "--output", "{folder}"), "holds the labelled texts"),
    ],
)
def test_wrong_use_ends_with_2_and_no_traceback(gold, tmp_path, words, reason):
    """What is no model, or no penalty, is named."""
    text = tmp_path / "one.txt"
    text.write_text(STRIKE, encoding="utf-8")
    done = tertium(*(word.format(text=text, gold=gold, folder=gold.parent) for word in words))
    assert done.returncode == 2
    assert reason in done.stderr
    assert "Traceback" not in done.stderr
