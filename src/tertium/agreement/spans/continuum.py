"""A text as a line of positions, with the spans that each coder marked on it.

Comes in: spans (coder, start, end, value) and the length of the text.
Goes out: continua, checked, that every coefficient for spans takes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from tertium.errors import Fault, InputError

SPAN_COLUMNS = ("coder", "start", "end", "value")


@dataclass(frozen=True, eq=False)
class Continuum:
    """The spans of several coders on one text; made by `continuum`, which checks them.

    Parameters
    ----------
    name : str
        Id of the source.
    length : float
        Positions of the whole text, coded or not.
    coders : tuple of str
        Everybody who looked, also those who marked nothing.
    coder, value : ndarray of object, shape (n_spans,)
    start, end : ndarray of float, shape (n_spans,)
        Half-open; sorted by coder, start, end, value.
    """

    name: str
    length: float
    coders: tuple[str, ...]
    coder: np.ndarray
    start: np.ndarray
    end: np.ndarray
    value: np.ndarray

    @property
    def n_spans(self) -> int:
        """Return how many spans there are, of all coders."""
        return len(self.start)

    @property
    def values(self) -> tuple[Any, ...]:
        """Return the values that were used, sorted."""
        return tuple(sorted(set(self.value.tolist()), key=_rank))

    def of_coder(self, coder: str) -> np.ndarray:
        """Return the places of a coder's spans, in the order of the text."""
        found: np.ndarray = np.nonzero(self.coder == coder)[0]
        return found

    def of_value(self, value: Any) -> Continuum:
        """Return the same text with the spans of one value alone."""
        return self._kept(np.array([each == value for each in self.value], dtype=bool))

    def of_coders(self, coders: Sequence[str]) -> Continuum:
        """Return the same text as these coders alone have coded it."""
        kept = self._kept(np.array([each in coders for each in self.coder], dtype=bool))
        return Continuum(
            kept.name, kept.length, tuple(coders), kept.coder, kept.start, kept.end, kept.value
        )

    def _kept(self, which: np.ndarray) -> Continuum:
        return Continuum(
            self.name,
            self.length,
            self.coders,
            self.coder[which],
            self.start[which],
            self.end[which],
            self.value[which],
        )


def continuum(
    spans: pd.DataFrame | Iterable[Mapping[str, Any]],
    *,
    length: float | None = None,
    coders: Sequence[str] | None = None,
    name: str = "spans",
) -> Continuum:
    """Check spans and set them on a line.

    Parameters
    ----------
    spans : DataFrame or iterable of mappings
        `coder`, `start`, `end`, `value`; half-open, other keys are not looked at.
    length : float, optional
        Of the whole text. Without it the text ends with the last span: enough for gamma, too
        short for every alpha, where what nobody marked counts.
    coders : sequence of str, optional
        Everybody who looked. Without it those who marked something.
    name : str
        What errors call the text.

    Raises
    ------
    InputError
        Every span that is empty, outside of the text, without value or of an unknown coder.

    Examples
    --------
    >>> text = continuum([{"coder": "ana", "start": 0, "end": 4, "value": "strike"}], length=9,
    ...                  coders=["ana", "ben"])
    >>> text.n_spans, text.coders, text.values
    (1, ('ana', 'ben'), ('strike',))
    """
    rows: list[Any] = spans.to_dict("records") if isinstance(spans, pd.DataFrame) else list(spans)
    known = None if coders is None else tuple(coders)
    faults = [
        Fault(name, at, field, found, remedy)
        for at, row in enumerate(rows, start=1)
        for field, found, remedy in _faults_of(row, length, known)
    ]
    if known is not None and len(set(known)) < len(known):
        faults.append(Fault(name, 0, "coders", "a coder is named twice", "name each once"))
    if faults:
        raise InputError(faults)
    if known is None:
        known = tuple(sorted({str(row["coder"]) for row in rows}))
    rows.sort(key=lambda row: (str(row["coder"]), row["start"], row["end"], _rank(row["value"])))
    starts = np.array([float(row["start"]) for row in rows])
    ends = np.array([float(row["end"]) for row in rows])
    if length is None:
        length = float(ends.max()) if len(ends) else 0.0
    return Continuum(
        name, float(length), known, _objects(rows, "coder"), starts, ends, _objects(rows, "value")
    )


def joined(continua: Sequence[Continuum], *, name: str = "joined") -> Continuum:
    """Return several texts set end to end, as one text; a span never runs over a seam.

    Examples
    --------
    >>> one = continuum([{"coder": "ana", "start": 0, "end": 4, "value": "x"}], length=9)
    >>> [int(each) for each in joined([one, one]).start]
    [0, 9]
    """
    coders = same_coders(continua)
    shifts = np.cumsum([0.0, *(each.length for each in continua)])
    starts = np.concatenate([each.start + by for each, by in zip(continua, shifts, strict=False)])
    ends = np.concatenate([each.end + by for each, by in zip(continua, shifts, strict=False)])
    coder = np.concatenate([each.coder for each in continua])
    value = np.concatenate([each.value for each in continua])
    order = np.lexsort((starts, coder.astype(str)))
    return Continuum(
        name, float(shifts[-1]), coders, coder[order], starts[order], ends[order], value[order]
    )


def merged(one: Continuum) -> Continuum:
    """Return the text with each coder's overlapping spans of one value made into one span.

    Spans that only touch stay two: how a coder cut the text is part of the coding.

    Examples
    --------
    >>> twice = continuum([{"coder": "ana", "start": 0, "end": 4, "value": "x"},
    ...                    {"coder": "ana", "start": 2, "end": 6, "value": "x"}], length=9)
    >>> merged(twice).n_spans
    1
    """
    rows: list[dict[str, Any]] = []
    last: dict[tuple[Any, Any], dict[str, Any]] = {}
    for coder, start, end, value in zip(one.coder, one.start, one.end, one.value, strict=True):
        before = last.get((coder, value))
        if before is not None and start < before["end"]:
            before["end"] = max(before["end"], end)
            continue
        last[coder, value] = {"coder": coder, "start": start, "end": end, "value": value}
        rows.append(last[coder, value])
    return continuum(rows, length=one.length, coders=one.coders, name=one.name)


def same_coders(continua: Sequence[Continuum]) -> tuple[str, ...]:
    """Return the coders, who must be the same in every text.

    Raises
    ------
    InputError
        No text, or a text with other coders than the first.
    """
    if not continua:
        raise InputError([Fault("spans", 0, "continua", "no text", "give at least one")])
    coders = continua[0].coders
    others = [each for each in continua if set(each.coders) != set(coders)]
    if others:
        raise InputError(
            Fault(
                each.name,
                0,
                "coders",
                f"coded by {', '.join(each.coders) or 'nobody'}, not by {', '.join(coders)}",
                "compare only texts that all of them have read",
            )
            for each in others
        )
    return coders


def listed(continua: Continuum | Sequence[Continuum]) -> list[Continuum]:
    """Return one or several texts as a list."""
    return [continua] if isinstance(continua, Continuum) else list(continua)


def refuse_overlaps(continua: Sequence[Continuum], *, within: str) -> None:
    """Refuse spans of one coder that overlap.

    Parameters
    ----------
    continua : sequence of Continuum
    within : {"coder", "value"}
        Whether any two spans of a coder count, or only two of one value.

    Raises
    ------
    InputError
        Every pair of neighbours that overlaps, and what to do.
    """
    faults = [
        Fault(
            each.name,
            0,
            f"coder {coder}",
            f"{_shown(start)}-{_shown(end)} ({value}) overlaps {_shown(begun)}-{_shown(ended)}"
            f" ({other})",
            "one coefficient for each code apart, or gamma"
            if value != other
            else "merge them first (`merged`), or take gamma",
        )
        for each in continua
        for coder, begun, ended, other, start, end, value in _overlaps(each, within)
    ]
    if faults:
        raise InputError(faults)


def _overlaps(one: Continuum, within: str) -> Iterable[tuple[Any, ...]]:
    reach: dict[Any, tuple[float, float, Any]] = {}
    for coder, start, end, value in zip(one.coder, one.start, one.end, one.value, strict=True):
        key = coder if within == "coder" else (coder, value)
        begun, ended, other = reach.get(key, (0.0, 0.0, None))
        if start < ended:
            yield coder, begun, ended, other, start, end, value
        if end > ended:
            reach[key] = (start, end, value)


def _faults_of(
    row: Mapping[str, Any], length: float | None, coders: tuple[str, ...] | None
) -> Iterable[tuple[str, str, str]]:
    missing = [each for each in SPAN_COLUMNS if _is_missing(row.get(each))]
    if missing:
        yield missing[0], f"no {' and no '.join(missing)}", "a span has all of these"
        return
    start, end = row["start"], row["end"]
    try:
        fits = 0 <= float(start) < float(end) < np.inf
    except (TypeError, ValueError):
        yield "start", f"{start!r} and {end!r}", "positions are numbers"
        return
    if not fits:
        yield "start", f"{start} to {end}", "a span needs 0 <= start < end"
    elif length is not None and end > length:
        yield (
            "end",
            f"{end}, but the text has {_shown(length)}",
            "give the length of the whole text",
        )
    if coders is not None and row["coder"] not in coders:
        yield "coder", f"{row['coder']!r}", f"one of {', '.join(coders) or 'no coders'}"


def _is_missing(cell: Any) -> bool:
    return cell is None or bool(np.ndim(cell) == 0 and pd.isna(cell))


def _shown(position: float) -> str:
    return f"{position:.15g}"


def _rank(value: Any) -> tuple[str, Any]:
    """Order values of mixed types: within a type by value, between types by the type's name."""
    kind = "number" if isinstance(value, (int, float)) else type(value).__name__
    return (kind, value)


def _objects(rows: list[Any], key: str) -> np.ndarray:
    found = np.empty(len(rows), dtype=object)
    found[:] = [row[key] for row in rows]
    return found
