"""How fast truth tables are minimised, and how fast a peer is: `python -m benchmarks.minimisation`.

Comes in: generated cases. Goes out: a part of docs/benchmarks.md, or with `--small` a quick look
on the screen. The peer runs in its own process and its own environment below data/derived, which
is made on demand from PyPI: it is no part of this project, nor of its lock.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.agreement import say, seconds_shown
from benchmarks.page import write_part
from tertium.comparison.sets.memberships import Memberships
from tertium.comparison.sets.minimisation.chart import covers
from tertium.comparison.sets.minimisation.implicants import chart_of, prime_implicants
from tertium.comparison.sets.solutions.truth import truth_rows

HERE = Path(__file__).resolve().parent
ENVIRONMENT = HERE.parent / "data" / "derived" / "benchmarks" / "peer-sets"
PEER = "setqca==0.2.0"
CASES = 60
SEED = 1
REPEATS = 5
# Seconds that must be reached, by the number of conditions.
WANTED = {16: 1, 20: 5}


@dataclass(frozen=True)
class Plan:
    """Numbers of conditions, and up to which of them the slower ones are asked."""

    conditions: tuple[int, ...] = (5, 8, 10, 12, 14, 16, 18, 20)
    peer: int = 10
    merging: int = 12


SMALL = Plan((5, 8, 12), 0, 8)


def cases(conditions: int, outcome: str) -> Memberships:
    """Crisp cases from a seed; the outcome follows three terms, or is drawn too."""
    rng = np.random.default_rng(SEED)
    held = rng.integers(0, 2, (CASES, conditions))
    one, two, three, four, five = held.T[:5]
    rule = (one & two) | (three & ~four & 1) | (five & two)
    result = rule if outcome == "rule" else rng.integers(0, 2, CASES)
    names = [f"C{at}" for at in range(1, conditions + 1)]
    index = [str(at) for at in range(1, CASES + 1)]
    frame = pd.DataFrame(held, columns=names, index=index)
    return Memberships.of(frame.assign(OUT=result), levels=dict.fromkeys(names, 2))


def ours(memberships: Memberships) -> dict[str, Any]:
    """Times of each step, the shortest of some runs, and what came out."""
    names = [name for name in memberships.sets if name != "OUT"]
    best: dict[str, Any] = {}
    for _ in range(REPEATS):
        times = [time.process_time()]
        table = truth_rows(memberships, "OUT", names, consistency=1)
        positive = [row.values for row in table.rows if row.out == "1"]
        negative = [row.values for row in table.rows if row.out != "1"]
        times.append(time.process_time())
        found = prime_implicants(positive, negative, [2] * len(names))
        times.append(time.process_time())
        cover = covers(chart_of(found, positive), len(positive), most=1)
        times.append(time.process_time())
        seconds = times[-1] - times[0]
        if not best or seconds < best["ours"]:
            best = {
                "ours": seconds,
                "steps": [after - before for before, after in pairwise(times)],
                "implicants": len(found),
                "size": cover.size,
                "positive": [_number(row) for row in positive],
                "negative": [_number(row) for row in negative],
            }
    return best


def _number(row: tuple[int, ...]) -> int:
    return int("".join(map(str, row)), 2)


def by_merging(positive: set[int], negative: set[int], conditions: int) -> int:
    """The number of prime implicants by merging all free rows in pairs (Quine, McCluskey)."""
    now = {(0, row) for row in set(range(1 << conditions)) - negative}
    prime = []
    while now:
        used, merged = set(), set()
        by_free = defaultdict(set)
        for free, values in now:
            by_free[free].add(values)
        for free, rows in by_free.items():
            for at in range(conditions):
                bit = 1 << at
                pairs = [row for row in rows if not (free | row) & bit and row | bit in rows]
                used.update((free, row) for row in pairs)
                used.update((free, row | bit) for row in pairs)
                merged.update((free | bit, row) for row in pairs)
        prime += sorted(now - used)
        now = merged
    return sum(any(row & ~free == values for row in positive) for free, values in prime)


def peer_python() -> Path:
    """The interpreter that has the peer; made where it is missing, which asks the network."""
    python = ENVIRONMENT / "bin" / "python"
    if not python.is_file():
        say(f"making {ENVIRONMENT.relative_to(HERE.parent)} with {PEER}")
        subprocess.run([sys.executable, "-m", "venv", str(ENVIRONMENT)], check=True)
        install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*install, PEER], check=True)
    return python


def by_peer(row: dict[str, Any]) -> dict[str, Any]:
    """Time and counts of the peer, in its own process."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.json"
        path.write_text(
            json.dumps({key: row[key] for key in ("conditions", "positive", "negative")}),
            encoding="utf-8",
        )
        command = [str(peer_python()), str(HERE / "setqca_peer.py"), str(path)]
        done = subprocess.run(command, capture_output=True, check=True, text=True)
    return json.loads(done.stdout)


def measure(plan: Plan) -> list[dict[str, Any]]:
    """One row a number of conditions and kind of outcome."""
    ours(cases(5, "rule"))
    rows = []
    for outcome in ("rule", "random"):
        for conditions in plan.conditions:
            row = {"outcome": outcome, "conditions": conditions} | ours(cases(conditions, outcome))
            if conditions <= plan.merging:
                start = time.process_time()
                number = by_merging(set(row["positive"]), set(row["negative"]), conditions)
                row["merging"] = time.process_time() - start
                row["agree"] = number == row["implicants"]
            if conditions <= plan.peer:
                theirs = by_peer(row)
                row["theirs"] = theirs["seconds"]
                row["agree"] &= all(theirs[key] == row[key] for key in ("implicants", "size"))
            say(f"{outcome}, {conditions} conditions: {row['ours']:.3f} s")
            rows.append(row)
    return rows


INTRODUCTION = """\
# How fast truth tables are minimised

`make bench` writes this part. {cases} crisp cases are generated from a seed; the outcome follows a
rule of three terms, or is random. Times are processor time, the shortest of some runs, on a machine
with 2 cores; CPython {python}. Read them as ratios.

- *tertium*: truth table, all prime implicants of the parsimonious solution, the least number of
  terms with its proof, and one model. In brackets: truth table, prime implicants, cover.
- *merging*: prime implicants only, by merging all rows that are free in pairs (Quine and
  McCluskey), written for this page in Python. The ratio is to tertium's prime implicants.
- *peer*: the package {peer}, in its own process and environment: prime implicants and least
  covers from the same rows. The ratio is to tertium's prime implicants and cover. It lists up to
  256 covers in the time, tertium one.
- Both find as many prime implicants as tertium does, and the peer the same least number of terms.

| outcome | conditions | prime implicants | terms | tertium | merging | ratio | peer | ratio |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
"""


def page(rows: list[dict[str, Any]]) -> str:
    """The figures as a part of the documentation."""
    python = sys.version.split()[0]
    text = INTRODUCTION.format(cases=CASES, python=python, peer=PEER.replace("==", " "))
    for row in rows:
        steps = ", ".join(seconds_shown(step) for step in row["steps"])
        cells = [row["outcome"], str(row["conditions"]), f"{row['implicants']:,}", str(row["size"])]
        cells.append(f"{seconds_shown(row['ours'])} ({steps})")
        _, implicants, cover = row["steps"]
        for key, same in (("merging", implicants), ("theirs", implicants + cover)):
            known = key in row
            cells.append(seconds_shown(row[key]) if known else "-")
            cells.append(f"{row[key] / same:,.1f}" if known else "-")
        text += f"| {' | '.join(cells)} |\n"
    return text


def faults(rows: list[dict[str, Any]]) -> list[str]:
    """What falls short of what must be reached."""
    wrong = [
        f"{row['outcome']}, {row['conditions']} conditions: {row['ours']:.2f} s"
        for row in rows
        if row["ours"] > WANTED.get(row["conditions"], np.inf)
    ]
    wrong += [
        f"{row['outcome']}, {row['conditions']} conditions: others find something else"
        for row in rows
        if not row.get("agree", True)
    ]
    return wrong


def main() -> int:
    """Measure, write the part, and say what falls short."""
    parser = argparse.ArgumentParser(description="Time minimisation against the package setqca.")
    parser.add_argument("--small", action="store_true", help="a second or two; no peer, no page")
    plan = SMALL if parser.parse_args().small else Plan()
    rows = measure(plan)
    if plan is SMALL:
        print(page(rows))
        return 0
    write_part(page(rows))
    for fault in (wrong := faults(rows)):
        say(fault)
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
