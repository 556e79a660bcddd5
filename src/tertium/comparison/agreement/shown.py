"""A table of agreement as a result: cells, title, note and evidence.

Comes in: rows with their coefficients.
Goes out: a `Result`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from tertium.agreement.coefficient import Coefficient, words
from tertium.agreement.reliability import PRIMARY
from tertium.comparison.agreement.groups import BY_CODE, BY_PAIR
from tertium.comparison.agreement.measures import MEASURES
from tertium.comparison.agreement.rows import ALL_CODES, Part, Row, support_of
from tertium.comparison.agreement.where import AGREED, DISAGREED
from tertium.comparison.agreement.who import UNIT_WORDS
from tertium.comparison.result import Result, support_table
from tertium.schemes.scheme import Scheme
from tertium.sources.units import UnitKind

_LABELS = {
    "observed": "Observed",
    "expected": "By chance",
    "units": "Units",
    "set_aside": "Set aside",
    "coders": "Coders",
    "prevalence": "Prevalence",
    DISAGREED: "Differ",
    AGREED: "Same code",
    "concerns": "Concerns",
    "sentence": "In words",
}
_GROUP_WORDS = {
    BY_CODE: "code",
    BY_PAIR: "pair of coders",
    "voice": "voice",
    "language": "language",
    "country": "country",
    "kind": "kind of text",
    "period": "time of reading",
    "month": "month of reading",
    "scheme_version": "version of the scheme",
}


def shown_result(
    part: Part, rows: Sequence[Row], scheme: Scheme, unit: UnitKind, names: Sequence[str]
) -> Result:
    """The rows as a grid; those without a unit coded twice are named in the note."""
    if len(part.keys) > 1 or part.keys[0] != BY_CODE:
        kept = [row for row in rows if not row.is_empty]
    else:
        kept = list(rows)
    cells = [_single(row) if len(names) == 1 else _several(row, names) for row in kept]
    index = pd.Index([row.id for row in kept], name=part.keys[-1], dtype=object)
    columns = list(cells[0][0]) if cells else ["value"]
    frame = pd.DataFrame(
        {name: pd.Series([values[name] for values, _ in cells], index=index) for name in columns},
        index=index,
    )
    frame.columns.name = "agreement"
    shown = pd.DataFrame(
        {name: pd.Series([texts.get(name) for _, texts in cells], index=index, dtype=object)
         for name in columns},
        index=index,
    )  # fmt: skip
    first = "value" if len(names) == 1 else names[0]
    labels = {**_LABELS, **{name: MEASURES[name].words for name in names}}
    if len(names) == 1:
        labels["value"] = (
            f"{MEASURES[names[0]].words} ({_level(part)})"
            if part.how.replicates
            else MEASURES[names[0]].words
        )
    code_labels = {code.id: code.label for code in scheme.codes}
    code_labels |= {ALL_CODES: "All codes", PRIMARY: "Primary code"}
    by = " and ".join(_GROUP_WORDS[key] for key in part.keys)
    return Result(
        frame,
        title=f"{part.of.title}: {scheme.title.lower()}, by {by}",
        note=_note(part, rows, kept, scheme, unit, names),
        support=support_table([dict(each) for each in support_of(part, kept, first)]),
        row_labels=_row_labels(part, kept, code_labels),
        column_labels=labels,
        row_groups={
            row.id: ", ".join(
                _label(part, value, code_labels, key=key)
                for key, value in zip(part.keys[:-1], row.values[:-1], strict=True)
            )
            for row in kept
        } if len(part.keys) > 1 else {},
        shown=shown,
        hidden=("low", "high", "sentence"),
        missing="not defined",
    )  # fmt: skip


# --- cells -----------------------------------------------------------------------------------


def _single(row: Row) -> tuple[dict[str, Any], dict[str, Any]]:
    """Values and texts of a row with one coefficient."""
    (found,) = row.coefficients
    interval = found.interval
    values = {
        "value": found.value,
        "low": interval.low if interval else math.nan,
        "high": interval.high if interval else math.nan,
        "observed": found.observed,
        "expected": found.expected,
        **_counts(row, found),
    }
    texts = {
        "value": _value(found),
        "observed": _share(found.observed),
        "expected": _share(found.expected),
        "prevalence": _percent(row.prevalence),
    }
    return values, texts


def _several(row: Row, names: Sequence[str]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Values and texts of a row with coefficients side by side."""
    found = dict(zip(names, row.coefficients, strict=True))
    values = {name: one.value for name, one in found.items()}
    texts = {name: _value(one) for name, one in found.items()}
    first = row.coefficients[0]
    counts = _counts(row, first)
    counts["sentence"] = " ".join(_sentence(one) for one in row.coefficients)
    return {**values, **counts}, {**texts, "prevalence": _percent(row.prevalence)}


def _counts(row: Row, found: Coefficient) -> dict[str, Any]:
    return {
        "units": found.n_units,
        "set_aside": "; ".join(f"{count} {words(why)}" for why, count in found.set_aside.items()),
        "coders": found.n_coders,
        "prevalence": row.prevalence,
        DISAGREED: len(row.places[DISAGREED]),
        AGREED: len(row.places[AGREED]),
        "concerns": "; ".join(concern.short for concern in row.concerns),
        "sentence": _sentence(found),
    }


def _sentence(found: Coefficient) -> str:
    return found.in_words


def _value(found: Coefficient) -> str:
    if not found.is_defined:
        return f"not defined, because {words(found.reason)}"
    interval = found.interval
    value = _rounded(found.value)
    if interval is None or math.isnan(interval.low):
        return value
    # No-break spaces keep the bracket on one line.
    return f"{value} ({_rounded(interval.low)}\u00a0to\u00a0{_rounded(interval.high)})"


def _rounded(value: float) -> str:
    """Two decimals, and no minus before a zero."""
    return f"{round(value, 2) + 0.0:.2f}"


def _share(value: float) -> str:
    return "–" if math.isnan(value) else f"{value:.3f}"


def _percent(share: float) -> str:
    return "–" if math.isnan(share) else f"{100 * share:.1f}\u00a0%"


def _row_labels(part: Part, rows: Sequence[Row], codes: dict[str, str]) -> dict[str, str]:
    """Labels of codes and pairs; a report knows those of voices and languages itself."""
    key = part.keys[-1]
    if len(part.keys) == 1 and key not in (BY_CODE, BY_PAIR):
        return {}
    return {row.id: _label(part, row.values[-1], codes) for row in rows}


def _label(part: Part, value: str, codes: dict[str, str], *, key: str = "") -> str:
    key = key or part.keys[-1]
    if key == BY_CODE:
        return codes.get(value, value)
    if key == BY_PAIR:
        pairs = {" – ".join(pair): pair for pair in part.of.pairs}
        return part.of.pair_label(pairs[value])
    return value if key == "language" else value.replace("_", " ")


# --- note ------------------------------------------------------------------------------------


def _level(part: Part) -> str:
    return f"{part.how.level * 100:g}\u00a0% interval"


def _note(
    part: Part,
    rows: Sequence[Row],
    kept: Sequence[Row],
    scheme: Scheme,
    unit: UnitKind,
    names: Sequence[str],
) -> str:
    """What was compared, by which rules, and why the concerns matter."""
    of_spans = [name for name in names if MEASURES[name].on_spans]
    said = [part.of.caution]
    said.append(f"Coders: {_coders(part)}; scheme {scheme.reference}; unit: {unit}.")
    if len(of_spans) < len(names):
        said.append(
            f"A {unit} shows a code where a passage coded with it holds one of its words; where "
            "a coder has not read it, it is missing."
        )
    if of_spans:
        said.append(
            f"Every character of the sources that all coders have read is looked at by "
            f"{_listed(MEASURES[name].words for name in of_spans)}."
        )
    if any(row.codes != (row.values[0],) for row in kept if BY_CODE in part.keys) or (
        BY_CODE not in part.keys
    ):
        said.append(_all_codes(part, names))
    if len(names) == 1:
        said.append(_counts_in_words(unit))
    said.append(_intervals(kept))
    left = len(rows) - len(kept)
    if left:
        said.append(f"{left} more of these groups have no {unit} that was coded twice.")
    if BY_PAIR in part.keys and "human" in part.of.kinds.values():
        said.append(
            "A machine can't be asked to agree with people more than people do with each other: "
            "the pair of two people is its ceiling."
        )
    if part.of.rereader:
        said.append(
            "Each reading of a whole source closes what was coded before it; the next begins there."
        )
    said += list(dict.fromkeys(one.sentence for row in kept for one in row.concerns))
    return " ".join(each for each in said if each)


_KINDS = {"human": "people", "model": "readings by a model", "rule": "rules", "learned": "learned"}


def _coders(part: Part) -> str:
    """The coders by kind: "ana, ben (people), rule (rules)"."""
    by_kind: dict[str, list[str]] = {}
    for name, kind in part.of.kinds.items():
        by_kind.setdefault(kind, []).append(name)
    return ", ".join(
        f"{', '.join(names)} ({_KINDS.get(kind, kind)})" for kind, names in by_kind.items()
    )


def _listed(names: Iterable[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


def _counts_in_words(unit: UnitKind) -> str:
    return (
        f"Differ: {UNIT_WORDS[unit]} to which some of those who read them give a code, and "
        "others don't; same code: to which all give it."
    )


def _all_codes(part: Part, names: Sequence[str]) -> str:
    if "krippendorff_alpha" in names and part.how.distance != "nominal":
        told = {"masi": "MASI", "jaccard": "Jaccard"}[part.how.distance]
        return f"All codes: each unit's set of codes, alpha with the {told} distance."
    return "All codes: each unit's set of codes, equal or not."


def _intervals(rows: Sequence[Row]) -> str:
    found = [
        one.interval
        for row in rows
        for one in row.coefficients
        if one.interval is not None and not math.isnan(one.interval.low)
    ]
    if not found:
        return ""
    methods = sorted({one.method for one in found})
    first = found[0]
    return (
        f"Intervals: {first.level * 100:g}\u00a0%, {' or '.join(methods)}, "
        f"{first.replicates:,} resamples, seed {first.seed}."
    )
