"""How many spans of one coder another coder has found as well.

Comes in: continua, and what counts as found.
Goes out: precision, recall and F1 of pairs of coders. Not corrected for chance.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Any, Literal

import numpy as np
import pandas as pd

from tertium.agreement.coefficient import NAN, Coefficient
from tertium.agreement.spans.continuum import Continuum, listed, same_coders
from tertium.agreement.spans.resampling import Resamples, bootstrap

# A share of characters in (0, 1]; any common character; the same start and the same end.
Threshold = float | Literal["any", "exact"]


def overlap_f1(
    continua: Continuum | Sequence[Continuum],
    *,
    threshold: Threshold,
    value: Any = None,
    resamples: Resamples | None = None,
) -> Coefficient:
    """The share of spans for which the other coder has one of the same value at the same place.

    Spans are matched one to one, as many as possible. Several texts are counted together. More
    than two coders: the mean over all pairs of them.

    Parameters
    ----------
    continua : Continuum or sequence of Continuum
        Spans of a coder may overlap.
    threshold : float, "any" or "exact"
        What two spans of one value must share to match: a share of the characters that either
        covers (Jaccard index), any character, or both ends.
    value : optional
        One value alone; None: all values, matched within each.
    resamples : Resamples, optional
        For an interval over texts.

    Returns
    -------
    Coefficient
        For two coders `details` has `recall`, the share of the first coder's spans that the
        second has, and `precision`, the share of the second's that the first has. NaN with
        `no_pairable_values` for one coder or without spans. Not corrected for chance.

    Examples
    --------
    >>> from tertium.agreement.spans.continuum import continuum
    >>> text = continuum([{"coder": "ana", "start": 0, "end": 4, "value": "strike"},
    ...                   {"coder": "ana", "start": 8, "end": 9, "value": "strike"},
    ...                   {"coder": "ben", "start": 1, "end": 4, "value": "strike"}], length=9)
    >>> found = overlap_f1(text, threshold=.5)
    >>> round(found.value, 3), found.details["precision"], found.details["recall"]
    (0.667, 1.0, 0.5)
    """
    _check(threshold)
    texts = listed(continua)
    coders = same_coders(texts)
    if value is not None:
        texts = [each.of_value(value) for each in texts]
    pairs = list(combinations(coders, 2))
    # Matches, spans of the first, spans of the second; by text and pair.
    counts = np.array([[_counts(each, *pair, threshold) for pair in pairs] for each in texts])
    counts = counts.reshape(len(texts), len(pairs), 3)

    def values(drawn: np.ndarray) -> np.ndarray:
        summed = np.tensordot(drawn, counts, axes=1)
        return _mean_defined(_ratio(2 * summed[..., 0], summed[..., 1] + summed[..., 2]))

    found = float(values(np.ones((1, len(texts))))[0])
    n_spans = sum(each.n_spans for each in texts)
    result = Coefficient(
        name=f"Overlap F1 ({_in_words(threshold)})" + ("" if value is None else f", {value}"),
        value=found,
        reason="no_pairable_values" if np.isnan(found) else "",
        observed=found,
        n_units=n_spans,
        n_coders=len(coders),
        concerns=("not corrected for chance",),
        details={
            "family": "overlap",
            "year": "no publication",
            "parts": "agreement",
            "threshold": threshold,
            "n_pairs_of_coders": len(pairs),
            "n_texts": len(texts),
            **_both_ways(counts.sum(axis=0)),
        },
    )
    if resamples is None:
        return result
    return result.with_interval(bootstrap(values, len(texts), resamples))


def overlap_table(
    continua: Continuum | Sequence[Continuum],
    *,
    thresholds: Sequence[Threshold],
    values: Sequence[Any] | None = None,
    resamples: Resamples | None = None,
) -> pd.DataFrame:
    """F1 at several thresholds, by value and over all values: one row each.

    Parameters
    ----------
    continua : Continuum or sequence of Continuum
    thresholds : sequence of float, "any" or "exact"
    values : sequence, optional
        Without it those that were used.
    resamples : Resamples, optional

    Returns
    -------
    DataFrame
        value (None: all), threshold, f1, low, high, precision, recall, n_spans.
    """
    texts = listed(continua)
    if values is None:
        values = list(dict.fromkeys(value for each in texts for value in each.values))
    rows = []
    for value in [*values, None]:
        for threshold in thresholds:
            found = overlap_f1(texts, threshold=threshold, value=value, resamples=resamples)
            rows.append(
                {
                    "value": value,
                    "threshold": threshold,
                    "f1": found.value,
                    "low": found.interval.low if found.interval else NAN,
                    "high": found.interval.high if found.interval else NAN,
                    "precision": found.details.get("precision", NAN),
                    "recall": found.details.get("recall", NAN),
                    "n_spans": found.n_units,
                }
            )
    return pd.DataFrame(rows)


def _check(threshold: Threshold) -> None:
    is_share = not isinstance(threshold, str) and 0 < threshold <= 1
    if not is_share and threshold not in ("any", "exact"):
        raise ValueError(f"found threshold={threshold!r}; a share in (0, 1], 'any' or 'exact'")


def _in_words(threshold: Threshold) -> str:
    if threshold == "any":
        return "any common character"
    return "same start and end" if threshold == "exact" else f"Jaccard at least {threshold:g}"


def _counts(one: Continuum, coder: str, other: str, threshold: Threshold) -> tuple[int, int, int]:
    mine, theirs = one.of_coder(coder), one.of_coder(other)
    matched = sum(
        _matches(one, mine[one.value[mine] == value], theirs[one.value[theirs] == value], threshold)
        for value in one.values
    )
    return matched, len(mine), len(theirs)


def _matches(one: Continuum, mine: np.ndarray, theirs: np.ndarray, threshold: Threshold) -> int:
    """How many of two coders' spans of one value match, one to one, at the most."""
    from scipy.optimize import linear_sum_assignment

    common = np.minimum(one.end[mine][:, None], one.end[theirs]) - np.maximum(
        one.start[mine][:, None], one.start[theirs]
    )
    common = np.maximum(common, 0)
    lengths = one.end - one.start
    jaccard = common / (lengths[mine][:, None] + lengths[theirs] - common)
    enough = jaccard > 0 if threshold == "any" else jaccard >= _least(threshold)
    if not enough.any():
        return 0
    rows, columns = linear_sum_assignment(enough, maximize=True)
    return int(enough[rows, columns].sum())


def _least(threshold: Threshold) -> float:
    # Two thirds of three characters are two, whatever a division makes of it.
    return 1.0 if threshold == "exact" else float(threshold) - 1e-12


def _ratio(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    return np.divide(part, whole, out=np.full(part.shape, NAN), where=whole > 0)


def _mean_defined(rows: np.ndarray) -> np.ndarray:
    """The mean of each row's defined values; NaN where none is."""
    defined = ~np.isnan(rows)
    return _ratio(np.where(defined, rows, 0.0).sum(axis=1), defined.sum(axis=1).astype(float))


def _both_ways(counts: np.ndarray) -> dict[str, float]:
    if len(counts) != 1:
        return {}
    matched, mine, theirs = counts[0].astype(float)
    return {
        "n_matched": int(matched),
        "precision": float(matched / theirs) if theirs else NAN,
        "recall": float(matched / mine) if mine else NAN,
    }
