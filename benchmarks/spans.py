"""How fast spans are aligned, against pygamma-agreement: `python -m benchmarks.spans`.

Comes in: generated spans. Goes out: a part of docs/benchmarks.md, or with `--small` a quick look
on the screen. The peer runs in its own process and its own environment below data/derived, which
is made on demand from PyPI: it is no part of this project, nor of its lock.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.agreement import say, seconds_shown, shortest
from benchmarks.page import write_part
from tertium.agreement.spans.alignment import Dissimilarity, best_alignment, spans_by_coder
from tertium.agreement.spans.continuum import Continuum, continuum
from tertium.agreement.spans.unitizing import u_alpha

HERE = Path(__file__).resolve().parent
ENVIRONMENT = HERE.parent / "data" / "derived" / "benchmarks" / "peer-spans"
PEER = "pygamma-agreement==0.5.9"
# Coders, and spans of each.
SIZES = ((2, 160), (3, 60), (4, 20))
SMALL = ((2, 20), (3, 10))
REPEATS = 5
# The peer computes with four bytes a number.
NEAR = 1e-5
LONG = 100_000


def coded_text(coders: int, spans: int) -> Continuum:
    """A text in which coders marked about the same: ends apart by a few characters."""
    rng = np.random.default_rng(10 * coders + spans)
    places = np.cumsum(rng.integers(20, 45, spans))
    rows = []
    for coder in range(coders):
        starts = places + rng.integers(-3, 4, spans)
        ends = starts + rng.integers(4, 12, spans)
        values = np.where(rng.random(spans) < 0.8, np.arange(spans) % 3, rng.integers(0, 3, spans))
        rows += [
            {"coder": f"coder {coder}", "start": int(start), "end": int(end), "value": f"v{value}"}
            for start, end, value in zip(starts, ends, values, strict=True)
        ]
    return continuum(rows)


def peer_python() -> Path:
    """The interpreter that has the peer; made where it is missing, which asks the network."""
    python = ENVIRONMENT / "bin" / "python"
    if not python.is_file():
        say(f"making {ENVIRONMENT.relative_to(HERE.parent)} with {PEER}")
        subprocess.run([sys.executable, "-m", "venv", str(ENVIRONMENT)], check=True)
        install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        # One of the things that it needs still imports pkg_resources.
        subprocess.run([*install, PEER, "setuptools<80"], check=True)
    return python


def by_peer(text: Continuum) -> dict[str, Any]:
    """Time and disorder of the peer, in its own process."""
    columns = (text.coder, text.start, text.end, text.value)
    rows = [list(row) for row in zip(*columns, strict=True)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "spans.json"
        path.write_text(json.dumps(rows), encoding="utf-8")
        command = [str(peer_python()), str(HERE / "pygamma_peer.py"), str(path), str(REPEATS)]
        done = subprocess.run(command, capture_output=True, check=True, text=True)
    # The solver that it asks prints what it does.
    return json.loads(done.stdout.splitlines()[-1])


def measure(sizes: tuple[tuple[int, int], ...], *, peer: bool) -> list[dict[str, Any]]:
    """One row a size: our time for the best alignment, and the peer's."""
    paper = Dissimilarity(alpha=1, beta=1)
    best_alignment(spans_by_coder(coded_text(3, 4)), paper)
    best_alignment(spans_by_coder(coded_text(2, 4)), paper)
    rows = []
    for coders, spans in sizes:
        text = coded_text(coders, spans)
        seconds, found = shortest(
            lambda text=text: best_alignment(spans_by_coder(text), paper), REPEATS * 10
        )
        row = {"coders": coders, "spans": spans, "ours": seconds}
        if peer:
            theirs = by_peer(text)
            row |= {
                "theirs": theirs["seconds"],
                "difference": abs(theirs["disorder"] - found.disorder),
            }
            say(f"{spans} x {coders}: {theirs['seconds'] / seconds:,.0f} times the peer's speed")
        rows.append(row)
    return rows


INTRODUCTION = """\
# How fast spans are aligned

`make bench` writes this part. Spans are generated from a seed: all coders mark about the same.
Times are processor time of one best alignment, the shortest of some runs, on a machine with 2
cores; CPython {python}, scipy {scipy}. Read them as ratios. The peer is the package
{peer}, in its own process and environment. gamma is one alignment, and one more for
each sample.

| spans a coder | coders | tertium | peer | ratio | difference of the disorders |
| ---: | ---: | ---: | ---: | ---: | ---: |
"""

CLOSING = """
u-alpha (2016) of {spans:,} spans by three coders: {seconds}.
"""


def page(rows: list[dict[str, Any]], *, spans: int) -> str:
    """The figures as a part of the documentation."""
    text = INTRODUCTION.format(
        python=sys.version.split()[0], scipy=version("scipy"), peer=PEER.replace("==", " ")
    )
    for row in rows:
        peer = ("-", "-", "-")
        if "theirs" in row:
            ratio = row["theirs"] / row["ours"]
            peer = (seconds_shown(row["theirs"]), f"{ratio:,.0f}", f"{row['difference']:.0e}")
        cells = (str(row["spans"]), str(row["coders"]), seconds_shown(row["ours"]), *peer)
        text += f"| {' | '.join(cells)} |\n"
    long = coded_text(3, spans // 3)
    seconds, _ = shortest(lambda: u_alpha(long), 1)
    return text + CLOSING.format(spans=long.n_spans, seconds=seconds_shown(seconds))


def main() -> int:
    """Measure, write the part, and say what falls short."""
    parser = argparse.ArgumentParser(description="Time alignments against pygamma-agreement.")
    parser.add_argument("--small", action="store_true", help="a second or two; no peer, no page")
    given = parser.parse_args()
    if given.small:
        print(page(measure(SMALL, peer=False), spans=300))
        return 0
    rows = measure(SIZES, peer=True)
    write_part(page(rows, spans=LONG))
    wrong = [row for row in rows if row["theirs"] < row["ours"] or row["difference"] > NEAR]
    for row in wrong:
        say(f"{row['spans']} x {row['coders']}: slower than the peer, or another disorder")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
