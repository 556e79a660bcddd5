"""Krippendorff's alpha_U of 1995 and 2004, which the family of 2016 took the place of.

Comes in: continua.
Goes out: coefficients, named with their year.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Any

import numpy as np

from tertium.agreement.coefficient import NAN, Coefficient
from tertium.agreement.spans.continuum import (
    Continuum,
    joined,
    listed,
    refuse_overlaps,
    same_coders,
)
from tertium.agreement.spans.resampling import Resamples, bootstrap


def alpha_u_1995(
    continua: Continuum | Sequence[Continuum],
    *,
    value: Any = None,
    resamples: Resamples | None = None,
) -> Coefficient:
    """Agreement on units, by the squared differences of their ends (alpha_U, 1995 and 2004).

    Two units of two coders that intersect differ by the squares of the distances of their
    ends; a unit within another coder's gap by the square of its length. Unlike u-alpha (2016) it
    sees how the material was cut. Offered to compare with older publications.

    Parameters
    ----------
    continua : Continuum or sequence of Continuum
        Several texts are set end to end. Spans of one coder with one value may not overlap; with
        several values they may.
    value : optional
        One value alone; None: all values, observed and expected disagreement each averaged.
    resamples : Resamples, optional
        For an interval over texts.

    Returns
    -------
    Coefficient
        NaN with `no_pairable_values` for one coder or without spans, with `no_variation` where no
        other way to place the units would differ.

    References
    ----------
    .. [1] Krippendorff, K. (1995). On the reliability of unitizing contiguous data.
       Sociological Methodology, 25, 47-76.
    .. [2] Krippendorff, K. (2004). Content Analysis, 2nd ed. Sage. Ch. 11.

    Examples
    --------
    >>> from tertium.agreement.spans.continuum import continuum
    >>> split = continuum([
    ...     {"coder": "ana", "start": 0, "end": 30, "value": "x"},
    ...     {"coder": "ben", "start": 0, "end": 10, "value": "x"},
    ...     {"coder": "ben", "start": 10, "end": 20, "value": "x"},
    ...     {"coder": "ben", "start": 20, "end": 30, "value": "x"}], length=30)
    >>> round(alpha_u_1995(split).value, 4)
    0.2915
    """
    texts = listed(continua)
    coders = same_coders(texts)
    if value is not None:
        texts = [each.of_value(value) for each in texts]
    refuse_overlaps(texts, within="value")
    observed, expected = _parts(joined(texts))
    is_defined = len(coders) > 1 and expected > 0
    found = Coefficient(
        name="Krippendorff's alpha_U (1995)" + ("" if value is None else f", {value}"),
        value=1 - observed / expected if is_defined else NAN,
        reason="" if is_defined else _reason(len(coders), texts),
        observed=observed,
        expected=expected,
        n_units=sum(each.n_spans for each in texts),
        n_coders=len(coders),
        concerns=("superseded by u-alpha (2016)",),
        details={
            "family": "alpha_U",
            "year": 1995,
            "parts": "disagreement",
            "n_texts": len(texts),
            "length": sum(each.length for each in texts),
        },
    )
    if resamples is None:
        return found

    def values(drawn: np.ndarray) -> np.ndarray:
        return np.array([_drawn_again(texts, each) for each in drawn])

    return found.with_interval(bootstrap(values, len(texts), resamples))


def _drawn_again(texts: list[Continuum], times: np.ndarray) -> float:
    drawn = [each for each, often in zip(texts, times, strict=True) for _ in range(int(often))]
    observed, expected = _parts(joined(drawn))
    return 1 - observed / expected if expected > 0 else NAN


def _reason(n_coders: int, texts: Sequence[Continuum]) -> str:
    has_spans = any(each.n_spans for each in texts)
    return "no_variation" if n_coders > 1 and has_spans else "no_pairable_values"


def _parts(one: Continuum) -> tuple[float, float]:
    """Observed and expected disagreement, each the mean over the values that were used."""
    if not one.n_spans or len(one.coders) < 2:
        return NAN, NAN
    parts = [_parts_of_value(one.of_value(value)) for value in one.values]
    observed, expected = np.mean(parts, axis=0)
    return float(observed), float(expected)


def _parts_of_value(one: Continuum) -> tuple[float, float]:
    places = [one.of_coder(coder) for coder in one.coders]
    units = [(one.start[at], one.end[at]) for at in places]
    m, length = len(one.coders), one.length
    differences = sum(_difference(*mine, *theirs) for mine, theirs in combinations(units, 2))
    gaps = np.concatenate([_gaps(*each, length) for each in units])
    return 2 * differences / (m * (m - 1) * length**2), _expected(
        one.end - one.start, gaps, m, length
    )


def _difference(
    begin: np.ndarray, end: np.ndarray, other_begin: np.ndarray, other_end: np.ndarray
) -> float:
    """What two coders' units differ by: ends of those that meet, lengths of those alone."""
    # Units of one coder don't overlap: those that meet mine are a run of neighbours.
    first = np.searchsorted(other_end, begin, side="right")
    last = np.searchsorted(other_begin, end, side="left")
    mine = np.repeat(np.arange(len(begin)), last - first)
    theirs = _runs(first, last)
    ends = (begin[mine] - other_begin[theirs]) ** 2 + (end[mine] - other_end[theirs]) ** 2
    alone = (end - begin)[last == first]
    met = np.zeros(len(other_begin), dtype=bool)
    met[theirs] = True
    other_alone = (other_end - other_begin)[~met]
    return float(ends.sum() + (alone**2).sum() + (other_alone**2).sum())


def _runs(first: np.ndarray, last: np.ndarray) -> np.ndarray:
    """The numbers from each `first` up to its `last`, one run after the other."""
    sizes = last - first
    before = np.repeat(np.cumsum(sizes) - sizes, sizes)
    return np.arange(int(sizes.sum())) - before + np.repeat(first, sizes)


def _gaps(begin: np.ndarray, end: np.ndarray, length: float) -> np.ndarray:
    edges = np.concatenate([begin, [length]]) - np.concatenate([[0.0], end])
    return edges[edges > 0]


def _expected(units: np.ndarray, gaps: np.ndarray, m: int, length: float) -> float:
    """The mean difference over all ways to place each unit on another or within a gap."""
    by_size = np.sort(gaps)
    up_to = np.concatenate([[0.0], np.cumsum(by_size)])
    first = np.searchsorted(by_size, units, side="left")
    fitting = len(by_size) - first
    room = up_to[-1] - up_to[first] + fitting * (1 - units)
    on_units = (len(units) - 1) / 3 * (2 * units**3 - 3 * units**2 + units)
    positions = m * length
    free = positions * (positions - 1) - (units * (units - 1)).sum()
    if free <= 0:
        return NAN
    return float(2 / length * (on_units + units**2 * room).sum() / free)
