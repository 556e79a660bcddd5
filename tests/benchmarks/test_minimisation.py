"""The benchmark of minimisation runs, and what it wrote shows the speed that is wanted."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from benchmarks.minimisation import SMALL, WANTED, by_merging, cases, faults, ours
from benchmarks.page import parts

HEADING = "# How fast truth tables are minimised"


def test_the_quick_mode_shows_its_table(repository: Path):
    """It asks for no peer and writes no page."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.minimisation", "--small"],
        cwd=repository,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.startswith(HEADING)
    assert f"| random | {SMALL.conditions[-1]} |" in done.stdout


@pytest.mark.parametrize("outcome", ["rule", "random"])
def test_merging_finds_as_many_prime_implicants(outcome: str):
    """Two independent ways to one number."""
    found = ours(cases(7, outcome))
    merged = by_merging(set(found["positive"]), set(found["negative"]), 7)
    assert merged == found["implicants"] > 10


def test_what_is_slow_or_differs_is_told():
    """A row that takes too long, or whose peers find something else, is a fault."""
    row = {"outcome": "rule", "conditions": 16, "ours": WANTED[16] + 1}
    assert len(faults([row, row | {"ours": 0, "agree": False}])) == 2
    assert not faults([row | {"ours": 0, "agree": True}])


def test_the_committed_page_shows_the_wanted_speed(repository: Path):
    """At every number of conditions that has a limit, for both kinds of outcome."""
    page = parts((repository / "docs" / "benchmarks.md").read_text(encoding="utf-8"))
    if HEADING not in page:
        pytest.skip("needs a run of `make bench`")
    rows = [line.strip("| ").split(" | ") for line in page[HEADING].splitlines()]
    rows = [row for row in rows if row[0] in ("rule", "random")]
    seconds = {}
    for row in rows:
        number, unit = row[4].split(" (")[0].split(" ")
        seconds[row[0], int(row[1])] = float(number) / (1000 if unit == "ms" else 1)
    for conditions, wanted in WANTED.items():
        assert seconds["rule", conditions] < wanted
        assert seconds["random", conditions] < wanted
