"""The benchmark of spans runs, and what it wrote shows the peer's disorders at a better speed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from benchmarks.page import parts
from benchmarks.spans import NEAR, SIZES, coded_text

HEADING = "# How fast spans are aligned"


def test_the_quick_mode_shows_its_table(repository: Path):
    """It asks for no peer and writes no page."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.spans", "--small"],
        cwd=repository,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.startswith(HEADING)
    assert "| 20 | 2 |" in done.stdout


def test_the_spans_are_the_same_each_time():
    """Generated from a seed, as many as asked for."""
    one, other = coded_text(3, 20), coded_text(3, 20)
    assert one.n_spans == 60
    assert one.start.tobytes() == other.start.tobytes()


def test_the_committed_page_shows_the_peer(repository: Path):
    """Every size, faster, with the same disorder."""
    page = parts((repository / "docs" / "benchmarks.md").read_text(encoding="utf-8"))
    if HEADING not in page:
        pytest.skip("needs a run of `make bench`")
    rows = [line.strip("| ").split(" | ") for line in page[HEADING].splitlines()]
    rows = [row for row in rows if len(row) == 6 and row[0].isdigit()]
    assert [(int(row[1]), int(row[0])) for row in rows] == list(SIZES)
    assert all(float(row[4].replace(",", "")) > 1 for row in rows)
    assert all(float(row[5]) < NEAR for row in rows)
