"""Check the statistics against a folder of reference cases: `make oracles ORACLES=DIR`.

Comes in: JSON files of cases (form: the README beside them). Goes out, by family: how many cases
passed, failed, and are not covered; the failing ids with both numbers; exit code 1 if one failed.

To add a statistic, add a function to `STATISTICS` of `oracles_of_units` or `oracles_of_spans`:
from the dataset and parameters of a case to the value, or to a mapping with keys that `expected`
has. What raises `NotCovered`, or is refused as an input, is not covered; so are statistics that
are not listed.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from scripts.oracles_of_spans import STATISTICS as OF_SPANS
from scripts.oracles_of_units import STATISTICS as OF_UNITS
from scripts.oracles_of_units import Dataset, NotCovered, inference

from tertium.agreement.coefficient import WORDS, Coefficient
from tertium.errors import TertiumError

STATISTICS = OF_UNITS | OF_SPANS
TOLERANCE = 1e-9
UNTESTED = ("unresolved", "unspecified")


@dataclass
class Tally:
    """What happened in one family."""

    passed: int = 0
    failed: list[str] = field(default_factory=list)
    not_covered: Counter[str] = field(default_factory=Counter)


def as_plain(found: Any) -> Any:
    """Return numbers where a coefficient was given."""
    if isinstance(found, Coefficient):
        return {"value": found.value, "reason": found.reason}
    return found


def differences(expected: Any, found: Any, tolerance: Any, where: str = "") -> list[str]:
    """Return where two results differ; keys that only one of them has say nothing."""
    if isinstance(expected, Mapping) and isinstance(found, Mapping):
        return [
            line
            for key in expected
            if key in found
            for line in differences(
                expected[key], found[key], tolerance, f"{where}.{key}" if where else key
            )
        ]
    if isinstance(expected, Mapping) and "value" in expected:
        return differences(expected["value"], found, tolerance, where)
    if isinstance(found, Mapping) and "value" in found:
        return differences(expected, found["value"], tolerance, where)
    if where == "reason" and expected not in WORDS:
        return []
    if isinstance(expected, str) and expected in UNTESTED:
        return []
    if isinstance(expected, list) and isinstance(found, list | tuple):
        if len(expected) != len(found):
            return [f"{where}: {found} instead of {expected}"]
        return [
            line
            for index, (one, other) in enumerate(zip(expected, found, strict=True))
            for line in differences(one, other, tolerance, f"{where}[{index}]")
        ]
    same = equal(expected, found, tolerance_for(tolerance, where, expected))
    return [] if same else [f"{where or 'value'}: {found} instead of {expected}"]


def tolerance_for(tolerance: Any, where: str, expected: Any) -> float:
    """Return the tolerance of one number; quantiles and deviations have their own."""
    if not isinstance(tolerance, Mapping):
        return TOLERANCE if tolerance is None else float(tolerance)
    last = where.rpartition(".")[2]
    if last == "sd" and isinstance(expected, int | float):
        return float(tolerance.get("sd_relative", 0.08)) * abs(expected)
    if last in tolerance:
        return float(tolerance[last])
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


def check_case(case: Mapping[str, Any], datasets: Mapping[str, Dataset], tally: Tally) -> None:
    """Compute one case, and note how it went."""
    statistic = case.get("statistic") or case.get("kind") or "no statistic"
    expected = case.get("expected")
    if statistic not in STATISTICS:
        tally.not_covered[str(statistic)] += 1
        return
    if expected in UNTESTED or (isinstance(expected, Mapping) and not _tested(expected)):
        tally.not_covered["unresolved"] += 1
        return
    try:
        dataset = dataset_of(case, datasets)
    except KeyError as error:
        tally.not_covered[f"no dataset {error}"] += 1
        return
    try:
        found = as_plain(STATISTICS[statistic](dataset, case.get("params") or {}))
    except NotCovered as why:
        tally.not_covered[f"{statistic}: {why}"] += 1
        return
    except TertiumError as error:
        tally.not_covered[f"{statistic}: refused ({error!s:.80})"] += 1
        return
    except Exception as error:
        tally.failed.append(f"{case['id']}: {type(error).__name__}: {error}")
        return
    wrong = differences(expected, found, case.get("tolerance"))
    note(tally, case["id"], wrong)
    if isinstance(case.get("inference"), Mapping):
        check_inference(case, dataset, tally)


def _tested(expected: Mapping[str, Any]) -> bool:
    return any(not (isinstance(one, str) and one in UNTESTED) for one in expected.values())


def check_inference(case: Mapping[str, Any], dataset: Dataset, tally: Tally) -> None:
    """Compare standard error, interval and p value of one case."""
    try:
        found = inference(dataset, case)
    except NotCovered as why:
        tally.not_covered[str(why)] += 1
        return
    except Exception as error:
        tally.failed.append(f"{case['id']} (inference): {type(error).__name__}: {error}")
        return
    note(tally, f"{case['id']} (inference)", differences(case["inference"], found, 1e-8))


def note(tally: Tally, case_id: str, wrong: list[str]) -> None:
    """Count a pass, or keep what was wrong."""
    if wrong:
        tally.failed.append(f"{case_id}: {'; '.join(wrong)}")
    else:
        tally.passed += 1


def dataset_of(case: Mapping[str, Any], datasets: Mapping[str, Dataset]) -> Dataset:
    """Return the input of a case: a named one, or the one that it carries."""
    if "data" in case:
        data = case["data"]
        return data if isinstance(data, Mapping) else {"values": data}
    return datasets[case["dataset"]]


def check_file(path: Path) -> tuple[str, Tally]:
    """Check all cases of one file."""
    tally = Tally()
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        cases = content["cases"]
    except (ValueError, KeyError, TypeError):
        tally.not_covered["no file of cases"] += 1
        return path.stem, tally
    for case in cases:
        check_case(case, content.get("datasets") or {}, tally)
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
    return families


def as_text(families: Mapping[str, Tally], *, most: int) -> str:
    """Return the counts as a table, then what failed and what is not covered."""
    lines = [f"{'family':32} {'passed':>7} {'failed':>7} {'not covered':>12}"]
    for family, tally in families.items():
        counts = tally.passed, len(tally.failed), tally.not_covered.total()
        lines.append(f"{family:32} {counts[0]:7} {counts[1]:7} {counts[2]:12}")
    for family, tally in families.items():
        for what, count in sorted(tally.not_covered.items()):
            lines.append(f"not covered, {family}: {what} ({count})")
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
