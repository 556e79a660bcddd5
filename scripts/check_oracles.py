"""Check the statistics against a folder of reference cases: `make oracles ORACLES=DIR`.

Comes in: JSON files of cases (form: the README beside them). Goes out, by family: how many cases
passed, failed, and are not covered, and which keys of `expected` nothing here computes; the
failing ids with both numbers; exit code 1 if one failed. A case passes only if at least one of
its values was compared.

To add a statistic, add a function to `STATISTICS` of the module `oracles_of_*` that it belongs to:
from the dataset and parameters of a case to the value, or to a mapping with keys that `expected`
has. Where order or spelling is free, a function of the same module's `CANONICAL` brings both
results into one form (of `CANONICAL_BY_PARAMS`: by the parameters too); `TOLERANCES` holds what a
file's notes say of rounding. What raises `NotCovered`, or is refused as an input, is not covered;
so are statistics that are not listed.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from scripts import (
    oracles_of_calibration,
    oracles_of_charts,
    oracles_of_expressions,
    oracles_of_robustness,
    oracles_of_solutions,
)
from scripts.oracles_of_spans import STATISTICS as OF_SPANS
from scripts.oracles_of_units import STATISTICS as OF_UNITS
from scripts.oracles_of_units import Dataset, NotCovered, inference

from tertium.agreement.coefficient import WORDS, Coefficient
from tertium.errors import TertiumError

OF_SETS = (
    oracles_of_calibration,
    oracles_of_charts,
    oracles_of_expressions,
    oracles_of_robustness,
    oracles_of_solutions,
)
STATISTICS: dict[str, Callable[[Any, Any], Any]] = dict(OF_UNITS | OF_SPANS)
CANONICAL: dict[str, Callable[[Any], Any]] = {}
CANONICAL_BY_PARAMS: dict[str, Callable[[Any, Any], Any]] = {}
TOLERANCES: dict[str, float] = {}
for module in OF_SETS:
    STATISTICS |= module.STATISTICS
    CANONICAL |= getattr(module, "CANONICAL", {})
    CANONICAL_BY_PARAMS |= getattr(module, "CANONICAL_BY_PARAMS", {})
    TOLERANCES |= getattr(module, "TOLERANCES", {})
TOLERANCE = 1e-9
UNTESTED = ("unresolved", "unspecified")
# Keys that say something about the others.
ABOUT = ("alignment_is_unique", "method", "note")
# What a share of resamples may differ by: both sides are drawn, and from few distinct values.
OF_SHARES = 0.05
OF_INFERENCE = 1e-8


@dataclass
class Tally:
    """What happened in one family."""

    passed: int = 0
    failed: list[str] = field(default_factory=list)
    not_covered: Counter[str] = field(default_factory=Counter)
    unread: Counter[str] = field(default_factory=Counter)


@dataclass
class Compared:
    """What came of holding a result against the expected one.

    `wrong` says where they differ, `number` is how many values were held against each other, and
    `unread` names the keys of the expected result that nothing here computes.
    """

    wrong: list[str] = field(default_factory=list)
    number: int = 0
    unread: list[str] = field(default_factory=list)


def as_plain(found: Any) -> Any:
    """Return numbers where a coefficient was given."""
    if not isinstance(found, Coefficient):
        return found
    names = ("Do", "De") if found.details.get("parts") == "disagreement" else ("pa", "pe")
    parts = dict(zip(names, (found.observed, found.expected), strict=True))
    return {"value": found.value, "reason": found.reason, **parts}


def differences(expected: Any, found: Any, tolerance: Any) -> list[str]:
    """Return where two results differ."""
    return compared(expected, found, tolerance).wrong


def compared(expected: Any, found: Any, tolerance: Any) -> Compared:
    """Hold a result against the expected one."""
    result = Compared()
    _compare(expected, found, tolerance, "", result)
    return result


def _compare(expected: Any, found: Any, tolerance: Any, where: str, result: Compared) -> None:
    if isinstance(expected, Mapping):
        _compare_keys(expected, found, tolerance, where, result)
        return
    if isinstance(found, Mapping) and "value" in found:
        found = found["value"]
    if _untested(expected) or _untested(found):
        return
    if isinstance(expected, list) and isinstance(found, list | tuple):
        if len(expected) != len(found):
            result.number += 1
            result.wrong.append(f"{where}: {found} instead of {expected}")
            return
        for index, (one, other) in enumerate(zip(expected, found, strict=True)):
            _compare(one, other, tolerance, f"{where}[{index}]", result)
        return
    result.number += 1
    if not equal(expected, found, tolerance_for(tolerance, where, expected)):
        result.wrong.append(f"{where or 'value'}: {found} instead of {expected}")


def _compare_keys(
    expected: Mapping[str, Any], found: Any, tolerance: Any, where: str, result: Compared
) -> None:
    found = found if isinstance(found, Mapping) else {"value": found}
    if isinstance(tolerance, Mapping) and tolerance.get("quantiles") and expected.get("sd"):
        # A quantile off by so much moves a share by so much where resamples are densest.
        moved = 0.4 * float(tolerance["quantiles"]) / float(expected["sd"])
        tolerance = {"shares": max(OF_SHARES, moved), **tolerance}
    for key, wanted in expected.items():
        if key in ABOUT or (key not in found and wanted is None):
            continue
        inside = f"{where}.{key}" if where else key
        if key == "alignment" and key in found:
            # Where alignments tie, another is as good.
            if expected.get("alignment_is_unique") is True:
                result.number += 1
                if groups(wanted) != groups(found[key]):
                    result.wrong.append(f"{inside}: {found[key]} instead of {wanted}")
            else:
                result.unread.append(f"{inside} (not unique)")
        elif key == "reason":
            if wanted not in WORDS or key not in found:
                result.unread.append(inside)
            elif not str(found[key]).startswith(wanted):
                result.wrong.append(f"{inside}: {found[key]} instead of {wanted}")
        elif key not in found:
            result.unread.append(inside)
        else:
            _compare(wanted, found[key], tolerance, inside, result)


def groups(alignment: Any) -> list[list[tuple[str, ...]]]:
    """Return the groups of an alignment in an order of their own, without empty partners."""
    return sorted(
        sorted(
            (str(coder), str(float(start)), str(float(end)), str(value))
            for coder, start, end, value in (one for one in group if one is not None)
        )
        for group in alignment
    )


def _untested(value: Any) -> bool:
    return isinstance(value, str) and value in UNTESTED


def tolerance_for(tolerance: Any, where: str, expected: Any) -> float:
    """Return the tolerance of one number; quantiles and deviations have their own."""
    if not isinstance(tolerance, Mapping):
        return TOLERANCE if tolerance is None else float(tolerance)
    last = where.rpartition(".")[2]
    if last == "sd" and isinstance(expected, int | float):
        return float(tolerance.get("sd_relative", 0.08)) * abs(expected)
    if last in tolerance:
        return float(tolerance[last])
    if "p_below" in where:
        return float(tolerance.get("shares", OF_SHARES))
    if last.startswith("q") or last == "mean":
        return float(tolerance.get("quantiles", TOLERANCE))
    return float(tolerance.get("value", TOLERANCE))


def equal(expected: Any, found: Any, tolerance: float) -> bool:
    """Return whether a number is the expected one: absolute and relative tolerance."""
    if expected is None or expected == "NaN":
        return found is None or (isinstance(found, float) and math.isnan(found))
    if isinstance(expected, bool) or not isinstance(expected, int | float):
        return expected == found
    if not isinstance(found, int | float | np.number):
        return False
    if math.isnan(expected) or math.isnan(found):
        return math.isnan(expected) and math.isnan(found)
    return abs(expected - found) <= tolerance + tolerance * abs(expected)


def check_case(number: int, case: Any, datasets: Any, tally: Tally) -> None:
    """Compute one case, and note how it went; the number stands in for an id it lacks."""
    if why := malformed(case):
        tally.not_covered[f"case {number}: {why}"] += 1
        return
    statistic = case.get("statistic") or case.get("kind") or "no statistic"
    expected = case["expected"]
    if not isinstance(statistic, str) or statistic not in STATISTICS:
        tally.not_covered[str(statistic)] += 1
        return
    if _untested(expected):
        tally.not_covered["unresolved"] += 1
        return
    dataset = dataset_of(case, datasets)
    if dataset is None:
        tally.not_covered[f"no dataset {case.get('dataset')!r}"] += 1
        return
    compute = STATISTICS[statistic]
    _check(statistic, case, tally, lambda: compute(dataset, case.get("params") or {}))
    if isinstance(case.get("inference"), Mapping):
        # Standard error, interval and p value.
        own = {**case, "id": f"{case['id']} (inference)", "tolerance": OF_INFERENCE}
        own["expected"] = case["inference"]
        _check("inference", own, tally, lambda: inference(dataset, case))


def malformed(case: Any) -> str:
    """Return what keeps a case from being one; "" where nothing does."""
    if not isinstance(case, Mapping):
        return "no object"
    for key in ("id", "expected"):
        if key not in case:
            return f"no {key}"
    if not isinstance(case.get("params") or {}, Mapping):
        return "params are no object"
    tolerances = case.get("tolerance") or 0
    tolerances = tolerances.values() if isinstance(tolerances, Mapping) else [tolerances]
    if not all(isinstance(one, int | float) for one in tolerances):
        return "a tolerance is no number"
    return ""


def _check(what: str, case: Mapping[str, Any], tally: Tally, compute: Callable[[], Any]) -> None:
    """Compute and compare; what was refused, or compared with nothing, is not covered."""
    canonical = CANONICAL.get(what, lambda value: value)
    if what in CANONICAL_BY_PARAMS:
        canonical = partial(CANONICAL_BY_PARAMS[what], params=case.get("params") or {})
    tolerance = case.get("tolerance", TOLERANCES.get(what))
    try:
        found = canonical(as_plain(compute()))
        result = compared(canonical(case["expected"]), found, tolerance)
    except NotCovered as why:
        tally.not_covered[f"{what}: {why}"] += 1
        return
    except TertiumError as error:
        tally.not_covered[f"{what}: refused ({error!s:.80})"] += 1
        return
    except Exception as error:
        tally.failed.append(f"{case['id']}: {type(error).__name__}: {error}")
        return
    tally.unread.update(result.unread)
    if result.wrong:
        tally.failed.append(f"{case['id']}: {'; '.join(result.wrong)}")
    elif result.number:
        tally.passed += 1
    else:
        tally.not_covered[f"{what}: nothing was compared"] += 1


def dataset_of(case: Mapping[str, Any], datasets: Any) -> Dataset | None:
    """Return the input of a case: a named one, or the one that it carries; None without one."""
    found: Any
    if "data" in case:
        found = case["data"] if isinstance(case["data"], Mapping) else {"values": case["data"]}
    else:
        named = case.get("dataset")
        known = isinstance(datasets, Mapping) and isinstance(named, str)
        found = datasets.get(named) if known else None
    has_input = isinstance(found, Mapping) and any(
        isinstance(found.get(key), list) for key in ("values", "spans")
    )
    if isinstance(found, Mapping) and (has_input or found.get("columns")):
        return found
    # An expression is its own input.
    free = "dataset" not in case and case.get("kind") in oracles_of_expressions.STATISTICS
    return {} if free else None


def check_file(path: Path) -> tuple[str, Tally]:
    """Check all cases of one file."""
    tally = Tally()
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        cases = content["cases"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        cases = None
    if not isinstance(cases, list):
        tally.not_covered["no file of cases"] += 1
        return path.stem, tally
    for number, case in enumerate(cases, start=1):
        check_case(number, case, content.get("datasets"), tally)
    return str(content.get("family") or path.stem), tally


def check_folder(folder: Path) -> dict[str, Tally]:
    """Check all files of a folder, by family; files of one family are summed."""
    families: dict[str, Tally] = {}
    for path in sorted(folder.rglob("*.json")):
        family, found = check_file(path)
        tally = families.setdefault(family, Tally())
        tally.passed += found.passed
        tally.failed += found.failed
        tally.not_covered += found.not_covered
        tally.unread += found.unread
    return families


def as_text(families: Mapping[str, Tally], *, most: int) -> str:
    """Return the counts as a table, then what failed, is not covered, or was not read."""
    heads = f"{'passed':>7} {'failed':>7} {'not covered':>12} {'keys not read':>14}"
    lines = [f"{'family':32} {heads}"]
    for family, tally in families.items():
        counts = tally.passed, len(tally.failed), tally.not_covered.total()
        unread = tally.unread.total()
        lines.append(f"{family:32} {counts[0]:7} {counts[1]:7} {counts[2]:12} {unread:14}")
    for family, tally in families.items():
        for what, count in sorted(tally.not_covered.items()):
            lines.append(f"not covered, {family}: {what} ({count})")
        for key, count in sorted(tally.unread.items()):
            lines.append(f"not read, {family}: {key} ({count})")
        lines += [f"FAILED, {family}: {line}" for line in tally.failed[:most]]
        if len(tally.failed) > most:
            lines.append(f"FAILED, {family}: and {len(tally.failed) - most} more")
    return "\n".join(lines)


def main() -> int:
    """Check the folder that was named."""
    parser = argparse.ArgumentParser(description="Check statistics against reference cases.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--most", type=int, default=1000, help="failing ids shown a family")
    given = parser.parse_args()
    if not given.folder.is_dir():
        print(f"{given.folder}: no folder; make oracles ORACLES=DIR", file=sys.stderr)
        return 2
    families = check_folder(given.folder)
    print(as_text(families, most=given.most))
    return int(any(tally.failed for tally in families.values()))


if __name__ == "__main__":
    sys.exit(main())
