"""How fast patterns are found, and whether all of them are: `python -m benchmarks.matcher`.

Comes in: generated texts and patterns, see `corpus`.
Goes out: a part of docs/benchmarks.md, or with `--small` a quick look on the screen.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pyarrow as pa

from benchmarks.corpus import patterns, texts
from benchmarks.page import write_part
from tertium.coding.match import Searcher, compile_pattern, fold
from tertium.coding.scanning.scan import scan
from tertium.coding.scanning.tables import build
from tertium.schemes.scheme import Code, Indicator, Scheme, VerdictRule
from tertium.spans import Span

MEGABYTE = 1_000_000

Found = set[tuple[int, int, int, int]]


@dataclass(frozen=True)
class Plan:
    """What one run measures; sizes in bytes."""

    pattern_counts: tuple[int, ...]
    sizes: tuple[int, ...]
    truth: int
    slices: tuple[int, ...]
    short_texts: int


FULL = Plan(
    pattern_counts=(50, 500, 5_000),
    sizes=(10 * MEGABYTE, 100 * MEGABYTE),
    truth=MEGABYTE,
    slices=(2 * MEGABYTE, 400_000, 60_000),
    short_texts=1_000_000,
)
SMALL = Plan(
    pattern_counts=(50, 500),
    sizes=(200_000, MEGABYTE),
    truth=100_000,
    slices=(100_000, 20_000),
    short_texts=5_000,
)
SHORT_PATTERNS = 500
SHORT_SENTENCES = 2
# What must be reached: times the `re` loop, and seconds and bytes for the short texts.
WANTED = {50: 100, 500: 500, 5_000: 500}
WANTED_SECONDS, WANTED_MEMORY = 15, 1.5 * 2**30


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Processor seconds of one run, and what it gives."""
    start = time.process_time()
    result = work()
    return time.process_time() - start, result


def first_bytes(column: pa.ChunkedArray, size: int) -> list[str]:
    """The texts from the beginning on that hold `size` bytes."""
    taken: list[str] = []
    total = 0
    for text in column:
        if total >= size:
            break
        taken.append(text.as_py())
        total += len(taken[-1].encode())
    return taken


def speed(column: list[str], seconds: float) -> float:
    """Megabytes a second."""
    return sum(len(text.encode()) for text in column) / MEGABYTE / seconds


def loop(column: list[str], expressions: list[re.Pattern[str]]) -> Found:
    """The plain way: every compiled pattern over every folded text."""
    folded = [fold(text) for text in column]
    return {
        (number, pattern, match.start(), match.end())
        for pattern, expression in enumerate(expressions)
        for number, text in enumerate(folded)
        for match in expression.finditer(text)
    }


def search(column: list[str], indicators: list[Indicator]) -> Found:
    """The reference: tertium's own `Searcher` without the scanner, one text at a time."""
    rule = VerdictRule(text="-", present=0.6, undecided=0.3)
    code = Code(id="any", label="-", definition="-", when_to_use="-", when_not_to_use="-")
    scheme = Scheme(
        name="any", version="1.0.0", title="-", description="-", verdict=rule, codes=(code,)
    )
    found: Found = set()
    for number, text in enumerate(column):
        spans = [Span(0, len(text))] if text else []
        searcher = Searcher(text, spans, scheme, "en", engine="re")
        for pattern, indicator in enumerate(indicators):
            for hit in searcher.hits(indicator):
                found.add((number, pattern, hit.start, hit.end))
    return found


def scanned(column: list[str], wanted: list[str]) -> Found:
    """The same hits from the scanner."""
    hits = scan(pa.array(column, type=pa.string()), build(wanted))
    return set(zip(*(values.tolist() for values in hits), strict=True))


def measure(plan: Plan) -> dict[str, Any]:
    """All figures of one run."""
    load, _ = timed(lambda: scan(pa.array(["a"]), build(["a"])))
    rows = []
    column = texts(max(plan.sizes))
    for count, size in zip(plan.pattern_counts, plan.slices, strict=True):
        wanted = patterns(count)
        built, tables = timed(lambda wanted=wanted: build(wanted))
        part = first_bytes(column, size)
        expressions = [compile_pattern(one) for one in wanted]
        loop_seconds, by_loop = timed(lambda e=expressions, p=part: loop(p, e))
        truth = first_bytes(column, plan.truth)
        indicators = [Indicator(pattern=one) for one in wanted]
        search_seconds, by_search = timed(lambda i=indicators, t=truth: search(t, i))
        by_scan = scanned(truth, wanted)
        by_scan_of_part = scanned(part, wanted)
        row = {
            "patterns": count,
            "build": built,
            "loop": speed(part, loop_seconds),
            "slice": size,
            "search": speed(truth, search_seconds),
            "missed": len(by_search - by_scan) + len(by_loop - by_scan_of_part),
            "added": len(by_scan - by_search) + len(by_scan_of_part - by_loop),
            "true": len(by_search),
        }
        for total in plan.sizes:
            some = column if total == max(plan.sizes) else leading(column, total)
            seconds, hits = timed(lambda s=some, t=tables: scan(s, t))
            rows.append(
                row
                | {"size": total, "scan": some.nbytes / MEGABYTE / seconds}
                | {"hits": len(hits.text) / (some.nbytes / MEGABYTE)}
            )
            report(f"{total // MEGABYTE} MB, {count} patterns: {rows[-1]['scan']:.0f} MB/s")
    short = in_own_process(plan.short_texts)
    return {"load": load, "truth": plan.truth, "rows": rows, "short": short}


def leading(column: pa.ChunkedArray, size: int) -> pa.ChunkedArray:
    """As many texts from the beginning on as `size` bytes hold, not copied."""
    return column.slice(0, len(column) * size // max(column.nbytes, 1))


def in_own_process(count: int) -> dict[str, float]:
    """Time and memory for many short texts, measured where nothing else was loaded before."""
    command = [sys.executable, "-m", "benchmarks.matcher", "--short-texts", str(count)]
    here = Path(__file__).resolve().parent.parent
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=here)
    return json.loads(done.stdout)


def short_texts(count: int) -> dict[str, float]:
    """Many short texts searched for `SHORT_PATTERNS` patterns."""
    tables = build(patterns(SHORT_PATTERNS))
    scan(pa.array(["a"]), tables)
    column = texts(0, longest=SHORT_SENTENCES, count=count)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    seconds, hits = timed(lambda: scan(column, tables))
    return {
        "texts": len(column),
        "bytes": column.nbytes,
        "seconds": seconds,
        "hits": len(hits.text),
        "before": before * 1024,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
    }


INTRODUCTION = """\
# How fast patterns are found

`make bench` writes this page. Texts and patterns are generated from a seed and word lists:
English, Chinese and Russian, with non-breaking spaces, and Latin words between Han characters.
Times are processor time, one core, one run, on a machine with 2 cores.
{versions}. Read them as ratios.

- *scanner*: `tertium.coding.scanning`, from an Arrow column to columns of hits.
- *`re` loop*: every pattern, compiled by `compile_pattern`, over every folded text. It is timed
  on the first part of the same texts, whose size stands behind its speed: the whole takes hours.
- *Searcher*: tertium without numba. It asks `re` only where a text holds a pattern's letters;
  timed on the first {truth:g} MB.
- *missed*, *added*: hits of the scanner against those of the Searcher on the first {truth:g} MB,
  and against those of the loop on its part.

| texts | patterns | hits a MB | scanner | `re` loop | ratio | Searcher | ratio | missed | added |
| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
"""
CLOSING = """
{texts:,} short texts ({size:,.0f} MB) and {patterns} patterns: {seconds:.1f} s and {hits:,} hits;
{memory:.2f} GiB of memory at the most, of which {before:.2f} GiB before, with the texts.

Not in these times: making tables of the patterns ({builds}),
and loading the scanner ({load:.1f} s; where it was never compiled, about six more).
"""


def page(figures: dict[str, Any]) -> str:
    """The figures as a page of the documentation."""
    versions = f"CPython {sys.version.split()[0]}, numba {version('numba')}"
    rows = sorted(figures["rows"], key=lambda row: (row["size"], row["patterns"]))
    short = figures["short"]
    builds = ", ".join(
        f"{row['build']:.2f} s for {row['patterns']:,}"
        for row in rows
        if row["size"] == rows[0]["size"]
    )
    lines = [
        f"| {row['size'] / MEGABYTE:g} MB | {row['patterns']:,} | {row['hits']:,.0f}"
        f" | {row['scan']:,.0f} MB/s | {row['loop']:.3g} MB/s ({row['slice'] / MEGABYTE:g} MB)"
        f" | {row['scan'] / row['loop']:,.0f} | {row['search']:.3g} MB/s"
        f" | {row['scan'] / row['search']:,.0f} | {row['missed']} | {row['added']} |\n"
        for row in rows
    ]
    closing = CLOSING.format(
        texts=short["texts"],
        size=short["bytes"] / MEGABYTE,
        patterns=SHORT_PATTERNS,
        seconds=short["seconds"],
        hits=short["hits"],
        memory=short["memory"] / 2**30,
        before=short["before"] / 2**30,
        builds=builds,
        load=figures["load"],
    )
    introduction = INTRODUCTION.format(versions=versions, truth=figures["truth"] / MEGABYTE)
    return introduction + "".join(lines) + closing


def faults(figures: dict[str, Any]) -> list[str]:
    """What falls short of what must be reached."""
    short = figures["short"]
    wrong = [
        f"{row['patterns']} patterns, {row['size']} bytes: {what}"
        for row in figures["rows"]
        for holds, what in (
            (row["scan"] / row["loop"] >= WANTED[row["patterns"]], "too slow"),
            (not row["missed"] and not row["added"], "other hits than the reference"),
        )
        if not holds
    ]
    if short["seconds"] > WANTED_SECONDS or short["memory"] > WANTED_MEMORY:
        wrong.append("short texts: too slow or too large")
    return wrong


def report(line: str) -> None:
    """Say what was measured, as it goes on."""
    print(line, file=sys.stderr, flush=True)


def main() -> int:
    """Measure, write the page, and say what falls short."""
    parser = argparse.ArgumentParser(description="Time the matcher against the plain `re` loop.")
    parser.add_argument("--small", action="store_true", help="seconds instead of minutes; no page")
    parser.add_argument("--short-texts", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.short_texts:
        print(json.dumps(short_texts(given.short_texts)))
        return 0
    figures = measure(SMALL if given.small else FULL)
    if given.small:
        print(page(figures))
        return int(any(row["missed"] or row["added"] for row in figures["rows"]))
    write_part(page(figures))
    for fault in (wrong := faults(figures)):
        report(fault)
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
