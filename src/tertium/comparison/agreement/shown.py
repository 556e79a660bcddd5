"""A table of agreement as a result: cells, title, note and evidence.

Comes in: rows with their coefficients.
Goes out: a `Result`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import pandas as pd

from tertium.agreement.coefficient import Coefficient, words
from tertium.agreement.diagnose import TOO_FEW
from tertium.agreement.reliability import PRIMARY
from tertium.comparison.agreement.groups import BY_CODE, BY_PAIR
from tertium.comparison.agreement.measures import MEASURES
from tertium.comparison.agreement.noted import (
    Noted,
    brief_note,
    column_notes,
    full_note,
    in_every_row,
    is_in_cell,
    level_in_words,
    reason_in_words,
)
from tertium.comparison.agreement.rows import ALL_CODES, Part, Row, support_of
from tertium.comparison.agreement.where import AGREED, DISAGREED
from tertium.comparison.agreement.who import NUMBERS, UNIT_WORDS
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
    everywhere = in_every_row(kept)
    for row, (_, texts) in zip(kept, cells, strict=True):
        texts["concerns"] = "; ".join(
            each.short for each in row.concerns if is_in_cell(each) and each not in everywhere
        )
    shown = pd.DataFrame(
        {name: pd.Series([texts.get(name) for _, texts in cells], index=index, dtype=object)
         for name in columns},
        index=index,
    )  # fmt: skip
    labels = {**_LABELS, **{name: MEASURES[name].words for name in names}}
    if MEASURES[names[0]].on_spans:
        labels["units"] = "Spans"
    if len(names) == 1:
        labels["value"] = (
            f"{MEASURES[names[0]].words} ({level_in_words(part)})"
            if part.how.replicates
            else MEASURES[names[0]].words
        )
    code_labels = {code.id: code.label for code in scheme.codes}
    code_labels |= {ALL_CODES: "All codes", PRIMARY: "Primary code"}
    row_labels = {row.id: _label(part, row.values[-1], code_labels) for row in kept}
    noted = Noted(part, rows, kept, scheme, unit, names, row_labels)
    return Result(
        frame,
        title=_title(part, scheme, unit, names),
        note=full_note(noted),
        brief_note=brief_note(noted),
        column_notes=column_notes(noted),
        support=support_table([dict(each) for each in support_of(part, kept)]),
        row_labels=row_labels if _has_own_labels(part) else {},
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


def _title(part: Part, scheme: Scheme, unit: UnitKind, names: Sequence[str]) -> str:
    """Whose codings, of what, told apart how, over which units and by which coefficient."""
    by = " and ".join(_GROUP_WORDS[key] for key in part.keys)
    of_units = not all(MEASURES[name].on_spans for name in names)
    over = f", over {UNIT_WORDS[unit]}" if of_units else ""
    what = f"{NUMBERS.get(len(names), str(len(names)))} coefficients"
    if len(names) == 1:
        what = MEASURES[names[0]].words
    return f"{part.of.title}: {scheme.title.lower()}, by {by}{over}: {what}"


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
        return reason_in_words(found) or "not defined"
    interval = found.interval
    value = _rounded(found.value)
    if TOO_FEW in found.concerns:
        return f"{value} (too\u00a0few)"
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


def _has_own_labels(part: Part) -> bool:
    """Of codes and pairs; a report knows the labels of voices and languages itself."""
    return len(part.keys) > 1 or part.keys[-1] in (BY_CODE, BY_PAIR)


def _label(part: Part, value: str, codes: dict[str, str], *, key: str = "") -> str:
    key = key or part.keys[-1]
    if key == BY_CODE:
        return codes.get(value, value)
    if key == BY_PAIR:
        pairs = {" – ".join(pair): pair for pair in part.of.pairs}
        return part.of.pair_label(pairs[value])
    return value if key == "language" else value.replace("_", " ")
