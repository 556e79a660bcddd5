"""How fast agreement is computed, and how fast a peer does it: `python -m benchmarks.agreement`.

Comes in: generated codings. Goes out: a part of docs/benchmarks.md, or with `--small` a quick look
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
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.page import write_part
from tertium.agreement.coefficients.alpha import krippendorff_alpha
from tertium.agreement.coefficients.gwet import gwet_ac
from tertium.agreement.coefficients.kappa import conger_kappa
from tertium.agreement.intervals import bootstrap

HERE = Path(__file__).resolve().parent
ENVIRONMENT = HERE.parent / "data" / "derived" / "benchmarks" / "peer"
PEER = "krippendorff==0.9.0"

# Times that must be reached: as fast as the peer, and seconds of a bootstrap.
WANTED = {"nominal": 3, "interval": 1_000}
WANTED_SECONDS = 10
NEAR = 1e-9


@dataclass(frozen=True)
class Plan:
    """What one run measures, in units of three coders."""

    nominal: tuple[int, ...] = (1_000, 100_000, 1_000_000)
    distinct: tuple[int, ...] = (50, 100, 200)
    resampled: int = 100_000
    replicates: int = 10_000
    repeats: int = 5


SMALL = Plan((1_000, 10_000), (30,), 2_000, 500, 2)

RESAMPLED: dict[str, Callable[..., Any]] = {
    "alpha, nominal": partial(krippendorff_alpha, level="nominal"),
    "alpha, ordinal": partial(krippendorff_alpha, level="ordinal"),
    "alpha, interval": partial(krippendorff_alpha, level="interval"),
    "Gwet's AC1": partial(gwet_ac, weights="identity"),
    "Conger's kappa": partial(conger_kappa, weights="identity"),
}


def codings(units: int, *, distinct: bool = False) -> np.ndarray:
    """Three coders: five values with a tenth missing, or numbers of which no two are equal."""
    rng = np.random.default_rng(units)
    if distinct:
        return rng.normal(size=units) + rng.normal(scale=0.5, size=(3, units))
    truth, guess = rng.integers(1, 6, units), rng.integers(1, 6, (3, units))
    coded = np.where(rng.random((3, units)) < 0.7, truth, guess).astype(float)
    coded[rng.random((3, units)) < 0.1] = np.nan
    return coded


def shortest(work: Callable[[], Any], repeats: int) -> tuple[float, Any]:
    """The shortest processor time of some runs, and what the last gave."""
    times = []
    for _ in range(repeats):
        start = time.process_time()
        result = work()
        times.append(time.process_time() - start)
    return min(times), result


def peer_python() -> Path:
    """The interpreter that has the peer; made where it is missing, which asks the network."""
    python = ENVIRONMENT / "bin" / "python"
    if not python.is_file():
        say(f"making {ENVIRONMENT.relative_to(HERE.parent)} with {PEER}")
        subprocess.run([sys.executable, "-m", "venv", str(ENVIRONMENT)], check=True)
        install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*install, PEER, f"numpy=={np.__version__}"], check=True)
    return python


def by_peer(coded: np.ndarray, level: str, repeats: int) -> dict[str, Any]:
    """Time and value of the peer, in its own process."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "codings.npy"
        np.save(path, coded)
        script = HERE / "krippendorff_peer.py"
        command = [str(peer_python()), str(script), str(path), level, str(repeats)]
        return json.loads(subprocess.run(command, capture_output=True, check=True).stdout)


def compared(units: int, level: str, repeats: int, *, peer: bool) -> dict[str, Any]:
    """One row: our time for one coefficient, and the peer's."""
    coded = codings(units, distinct=level == "interval")
    seconds, found = shortest(
        lambda: krippendorff_alpha(coded, level=level), repeats * (40 if units <= 1_000 else 1)
    )
    row = {"units": units, "level": level, "ours": seconds, "value": found.value}
    if peer:
        theirs = by_peer(coded, level, repeats if level == "nominal" else 1)
        row |= {"theirs": theirs["seconds"], "difference": abs(theirs["value"] - found.value)}
        say(f"{level}, {units:,} units: {theirs['seconds'] / seconds:,.1f} times the peer's speed")
    return row


def measure(plan: Plan, *, peer: bool) -> dict[str, Any]:
    """All figures of one run."""
    shortest(lambda: krippendorff_alpha(codings(100), level="nominal"), 1)
    rows = [compared(units, "nominal", plan.repeats, peer=peer) for units in plan.nominal]
    rows += [compared(units, "interval", plan.repeats, peer=peer) for units in plan.distinct]
    resampled = {}
    coded = codings(plan.resampled)
    for name, coefficient in RESAMPLED.items():
        resampled[name], _ = shortest(
            lambda one=coefficient: bootstrap(
                coded, one, replicates=plan.replicates, seed=1, level=0.95
            ),
            1,
        )
        say(f"{name}: {plan.replicates:,} resamples in {resampled[name]:.2f} s")
    return {"plan": plan, "rows": rows, "resampled": resampled}


INTRODUCTION = """\
# How fast agreement is computed

`make bench` writes this part. Codings of three coders are generated from a seed. Times are
processor time, the shortest of some runs, on a machine with 2 cores. {versions}.
Read them as ratios. The peer is the package {peer}, in its own process and environment;
both start from the same array of numbers.

- *nominal*: five values, a tenth of the codings missing.
- *interval, all distinct*: no two codings are equal. The peer holds an array of units by values by
  values, which takes 1.7 GB at 200 units and eight times as much at twice as many, so that 200 is
  as far as this goes; here sums of squares will do.

| alpha | units | tertium | peer | ratio | difference of the values |
| --- | ---: | ---: | ---: | ---: | ---: |
"""

RESAMPLES = """
{replicates:,} resamples of {units:,} units by three coders (bootstrap over units, percentiles):

| coefficient | seconds |
| --- | ---: |
"""


def seconds_shown(seconds: float) -> str:
    """Three digits, in the unit that suits."""
    return f"{seconds * 1000:.3g} ms" if seconds < 1 else f"{seconds:.3g} s"


def page(figures: dict[str, Any]) -> str:
    """The figures as a part of the documentation."""
    plan = figures["plan"]
    versions = f"CPython {sys.version.split()[0]}, numpy {np.__version__}"
    text = INTRODUCTION.format(versions=versions, peer=PEER.replace("==", " "))
    for row in figures["rows"]:
        name = "nominal" if row["level"] == "nominal" else "interval, all distinct"
        peer = ("-", "-", "-")
        if "theirs" in row:
            ratio = row["theirs"] / row["ours"]
            peer = (seconds_shown(row["theirs"]), f"{ratio:,.0f}", f"{row['difference']:.0e}")
        cells = (name, f"{row['units']:,}", seconds_shown(row["ours"]), *peer)
        text += f"| {' | '.join(cells)} |\n"
    text += RESAMPLES.format(replicates=plan.replicates, units=plan.resampled)
    for name, seconds in figures["resampled"].items():
        text += f"| {name} | {seconds:.2f} |\n"
    return text


def faults(figures: dict[str, Any]) -> list[str]:
    """What falls short of what must be reached; a ratio counts at the largest size."""
    wrong = []
    for level, wanted in WANTED.items():
        rows = [row for row in figures["rows"] if row["level"] == level and "theirs" in row]
        if rows and rows[-1]["theirs"] / rows[-1]["ours"] < wanted:
            wrong.append(f"{level}: less than {wanted} times the peer's speed")
        wrong += [
            f"{level}, {row['units']:,} units: another value than the peer's"
            for row in rows
            if not row["difference"] < NEAR
        ]
    wrong += [
        f"{name}: {seconds:.1f} s for resamples"
        for name, seconds in figures["resampled"].items()
        if seconds > WANTED_SECONDS
    ]
    return wrong


def say(line: str) -> None:
    """Say what was measured, as it goes on."""
    print(line, file=sys.stderr, flush=True)


def main() -> int:
    """Measure, write the part, and say what falls short."""
    parser = argparse.ArgumentParser(description="Time agreement against the package krippendorff.")
    parser.add_argument("--small", action="store_true", help="a second or two; no peer, no page")
    given = parser.parse_args()
    figures = measure(SMALL if given.small else Plan(), peer=not given.small)
    if given.small:
        print(page(figures))
        return 0
    write_part(page(figures))
    for fault in (wrong := faults(figures)):
        say(fault)
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
