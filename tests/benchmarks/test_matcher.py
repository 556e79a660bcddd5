"""The benchmark of the matcher runs, and its inputs are the same each time."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from benchmarks.page import parts

TARGETS = {50: 100, 500: 500, 5_000: 500}


@pytest.fixture(scope="module")
def small(repository: Path) -> str:
    """What the quick mode shows."""
    return subprocess.run(
        [sys.executable, "-m", "benchmarks.matcher", "--small"],
        cwd=repository,
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def table(text: str) -> list[dict[str, str]]:
    """The rows of a page's table; the second column of one name is told apart by its place."""
    lines = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("|")]
    names = [f"{name} {place}" if name == "ratio" else name for place, name in enumerate(lines[0])]
    return [dict(zip(names, line, strict=True)) for line in lines[2:]]


def test_the_quick_mode_finds_what_the_reference_finds(small: str):
    """No hit missed, none added; it writes no page."""
    rows = table(small)
    assert len(rows) == 4
    assert {(row["missed"], row["added"]) for row in rows} == {("0", "0")}


def test_the_page_is_what_the_command_writes(repository: Path, small: str):
    """The committed page has the words and columns of the command, and what must be reached."""
    text = (repository / "docs" / "benchmarks.md").read_text(encoding="utf-8")
    page = parts(text)["# How fast patterns are found"]
    figures = r"\d[\d,.e+-]*"
    wordings = [re.sub(figures, "#", text).split("| ---")[0] for text in (page, small)]
    assert wordings[0] == wordings[1]
    rows = table(page)
    assert sorted((row["texts"], row["patterns"]) for row in rows) == [
        (size, count) for size in ("10 MB", "100 MB") for count in ("5,000", "50", "500")
    ]
    for row in rows:
        assert (
            int(row["ratio 5"].replace(",", "")) >= TARGETS[int(row["patterns"].replace(",", ""))]
        )
        assert (row["missed"], row["added"]) == ("0", "0")


def test_texts_and_patterns_are_the_same_each_time(repository: Path):
    """They come from a seed, in a process with another hash seed too; a set begins a larger one."""
    program = (
        "import hashlib; from benchmarks.corpus import patterns, texts;"
        "made = str([texts(50_000).to_pylist(), patterns(300)]);"
        "print(hashlib.sha256(made.encode()).hexdigest(), patterns(300)[:50] == patterns(50))"
    )
    made = {
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=repository,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": "."},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(made) == 1
    assert made.pop().endswith("True\n")
