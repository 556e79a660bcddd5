"""The benchmark of agreement runs, and what it wrote shows the speed that is wanted."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from benchmarks.agreement import WANTED, WANTED_SECONDS, codings
from benchmarks.page import parts, write_part

HEADING = "# How fast agreement is computed"


def test_the_quick_mode_shows_its_tables(repository: Path):
    """It asks for no peer and writes no page."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.agreement", "--small"],
        cwd=repository,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.startswith(HEADING)
    assert done.stdout.count("\n| ") == 12
    assert "| nominal | 10,000 |" in done.stdout


def test_the_codings_are_the_same_each_time():
    """Generated from a seed; the distinct ones have no two equal numbers."""
    assert codings(50).tobytes() == codings(50).tobytes()
    distinct = codings(50, distinct=True)
    assert len(set(distinct.reshape(-1).tolist())) == distinct.size


def test_the_committed_page_shows_what_must_be_reached(repository: Path):
    """The ratios at the largest sizes, the seconds of the resamples, and equal values."""
    text = parts((repository / "docs" / "benchmarks.md").read_text(encoding="utf-8"))[HEADING]
    rows = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| ")]
    ratios = {}
    for row in rows:
        if row[0].startswith(("nominal", "interval")):
            ratios[row[0].split(",")[0]] = float(row[4].replace(",", ""))
            assert float(row[5]) < 1e-9
    assert all(ratios[level] >= wanted for level, wanted in WANTED.items())
    seconds = [float(row[1]) for row in rows if re.fullmatch(r"\d+\.\d\d", row[-1])]
    assert len(seconds) == 5
    assert max(seconds) <= WANTED_SECONDS


@pytest.mark.parametrize("before", ["", "# One\n\nold\n\n# Two\n\nkept\n"])
def test_a_benchmark_writes_its_own_part_only(tmp_path: Path, before: str):
    """The part with the same heading is replaced, the others stay where they stood."""
    page = tmp_path / "page.md"
    page.write_text(before, encoding="utf-8")
    write_part("# One\n\nnew\n", page)
    after = page.read_text(encoding="utf-8")
    assert after == "# One\n\nnew\n" + ("\n# Two\n\nkept\n" if before else "")
