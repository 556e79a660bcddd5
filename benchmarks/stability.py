"""How fast findings are put to the test: `python -m benchmarks.stability`.

Comes in: the shipped study. Goes out: a part of docs/benchmarks.md, or with `--small` a quick look
on the screen. Beside it stands what one would do without it: run a notebook that opens the study
and makes the table, by papermill, once for each source that is left out.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import nbformat

from benchmarks.agreement import say, seconds_shown, shortest
from benchmarks.page import write_part
from tertium.comparison.crosstabs.crosstab import crosstab
from tertium.comparison.stability.counted import Counted
from tertium.comparison.stability.finding import finding
from tertium.comparison.stability.measures import largest
from tertium.comparison.stability.stability import stability
from tertium.study import open_study

STUDY = Path(__file__).resolve().parent.parent / "data" / "studies" / "labour-organising.yml"
# How many times faster than notebook runs it has to be.
WANTED = 20

CELLS = (
    "import tertium",
    f"tables = tertium.open_study({str(STUDY)!r}).tables",
    'tertium.crosstab(tables, rows="approach", columns="voice")',
)


def notebook_seconds() -> float:
    """Processor time of one run of the notebook, with its kernel."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(each) for each in CELLS])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "one.ipynb"
        nbformat.write(notebook, path)
        before = os.times()
        command = [sys.executable, "-m", "papermill", str(path), str(path), "--no-progress-bar"]
        subprocess.run(command, check=True, capture_output=True, cwd=folder)
        after = os.times()
    start, end = (each.children_user + each.children_system for each in (before, after))
    return end - start


def measure(repeats: int) -> dict[str, Any]:
    """All figures of one run."""
    tables = open_study(STUDY).tables
    result = crosstab(tables, rows="approach", columns="voice")
    found = [finding("Approach that NGOs tell of most", result, largest(column="ngo"))]
    seconds, table = shortest(lambda: stability(found, over="sources", workers=1), repeats)
    once, _ = shortest(lambda: result.again(tables), repeats)
    counted = Counted.read(table.cell_text(0, 0))
    runs = counted.tested + counted.same + counted.undefined
    say(f"{runs} runs in {seconds:.2f} s")
    return {"runs": runs, "seconds": seconds, "once": once, "notebook": notebook_seconds()}


PAGE = """\
# How fast findings are put to the test

`make bench` writes this part. The shipped study; processor time, the shortest of some runs, on a
machine with 2 cores. CPython {version}. Read them as ratios. A notebook run starts a kernel, opens
the study and makes the same table; it is timed once and taken as many times as there are runs.

| | seconds |
| --- | ---: |
| the table computed again on the same tables | {once} |
| a finding of it without each of {runs} sources (`stability`) | {seconds} |
| one notebook run by papermill | {notebook} |
| {runs} notebook runs | {notebooks} |

Ratio: {ratio:,.0f}.
"""


def page(figures: dict[str, Any]) -> str:
    """The figures as a part of the documentation."""
    notebooks = figures["notebook"] * figures["runs"]
    return PAGE.format(
        version=sys.version.split()[0],
        runs=figures["runs"],
        notebooks=seconds_shown(notebooks),
        ratio=notebooks / figures["seconds"],
        **{name: seconds_shown(figures[name]) for name in ("once", "seconds", "notebook")},
    )


def main() -> int:
    """Measure, write the part, and say what falls short."""
    parser = argparse.ArgumentParser(description="Time stability against runs of a notebook.")
    parser.add_argument("--small", action="store_true", help="one repetition, and no page")
    given = parser.parse_args()
    figures = measure(1 if given.small else 3)
    if given.small:
        print(page(figures))
        return 0
    write_part(page(figures))
    is_short = figures["notebook"] * figures["runs"] < WANTED * figures["seconds"]
    if is_short:
        say(f"less than {WANTED} times as fast as runs of a notebook")
    return int(is_short)


if __name__ == "__main__":
    sys.exit(main())
