"""Whether a score says how often a code is there: bins of the score, and how far they are off.

Comes in: labels and scores.
Goes out: one row a bin of the score, and the expected calibration error.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from tertium.agreement.evaluation.judged import ALL, Judged, chosen, judged
from tertium.agreement.evaluation.measures import ratio
from tertium.agreement.evaluation.resampling import Resampling, interval, resampled

BINS = 10
_DECIMALS = 6
CALIBRATION_COLUMNS = (
    "corpus", "code", "bin", "from", "to", "n", "labelled", "mean_score", "share_labelled",
    "low", "high", "calibrated",
)  # fmt: skip


def bin_of(score: np.ndarray) -> np.ndarray:
    """The bin of each score: ten of equal width from 0 to 1, the last with both its ends.

    Examples
    --------
    >>> bin_of(np.array([0.0, 0.1, 0.35, 1.0])).tolist()
    [0, 1, 3, 9]
    """
    # Scores have six decimals; without rounding 0.3 / 0.1 would fall into the bin below.
    return np.minimum((np.round(score * BINS, 6)).astype(int), BINS - 1)


def calibration_error(gold: np.ndarray, score: np.ndarray) -> tuple[float, int]:
    """The expected calibration error of scores, and of how many.

    The mean over the bins, each by its number of scores, of the distance between the mean
    score in it and the share labelled [1]_. 0 where a score of 0.8 means that four of five are
    labelled. It depends on the bins, and grows when scores are few. NaN without a score.

    References
    ----------
    .. [1] Guo, C., Pleiss, G., Sun, Y., & Weinberger, K. Q. (2017). On Calibration of Modern
       Neural Networks. ICML, PMLR 70, 1321-1330. Section 2.

    Examples
    --------
    >>> calibration_error(np.array([True, True, False, False]), np.array([0.75, 0.75, 0, 0]))
    (0.125, 4)
    """
    has_score = ~np.isnan(score)
    values, labels = score[has_score], gold[has_score].astype(float)
    if not len(values):
        return float("nan"), 0
    places = bin_of(values)
    off = np.abs(
        np.bincount(places, values, minlength=BINS) - np.bincount(places, labels, minlength=BINS)
    )
    return float(off.sum() / len(values)), len(values)


def calibration(table: pd.DataFrame, how: Resampling) -> pd.DataFrame:
    """One row a bin that holds a score: columns `CALIBRATION_COLUMNS`.

    For each corpus over all codes and for each code. Verdicts without a score (not searched)
    are in no bin. `calibrated` says whether the coder claims its scores as probabilities;
    only then is a score called one.
    """
    arrays = judged(table)
    claims = table["calibrated"].fillna(False).groupby(table["code"]).all()
    there = sorted(set(arrays.texts["corpus"]))
    rows: list[dict[str, Any]] = []
    for corpus in [ALL, *there] if len(there) > 1 else there:
        part = chosen(arrays, corpus=corpus)
        for code in (ALL, *arrays.codes):
            is_claimed = bool(claims.all() if code == ALL else claims[code])
            rows += [
                {"corpus": corpus, "code": code, **row, "calibrated": is_claimed}
                for row in bin_rows(part, how, code=code)
            ]
    frame = pd.DataFrame(rows, columns=list(CALIBRATION_COLUMNS))
    return frame.astype({"calibrated": "boolean"})


def bin_rows(arrays: Judged, how: Resampling, *, code: str = ALL) -> list[dict[str, Any]]:
    """The bins of one code's scores, or of all; empty bins are left out."""
    columns = slice(None) if code == ALL else [arrays.codes.index(code)]
    gold, score = arrays.gold[:, columns], arrays.score[:, columns]
    has_score = ~np.isnan(score)
    places = bin_of(np.nan_to_num(score))
    inside = (places[..., None] == np.arange(BINS)) & has_score[..., None]
    per_text = {
        "n": inside.sum(axis=1).astype(float),
        "labelled": (inside & gold[..., None]).sum(axis=1).astype(float),
        "score": (inside * np.nan_to_num(score)[..., None]).sum(axis=1),
    }
    total = {name: array.sum(axis=0) for name, array in per_text.items()}
    drawn = resampled(per_text, arrays.texts["topic_group"], how) if len(arrays) else None
    shares = None if drawn is None else ratio(drawn["labelled"], drawn["n"])
    rows = []
    for place in np.flatnonzero(total["n"]):
        number = total["n"][place]
        low, high, _ = (np.nan, np.nan, 0) if shares is None else interval(shares[:, place], how)
        rows.append(
            {
                "bin": int(place) + 1,
                "from": place / BINS,
                "to": (place + 1) / BINS,
                "n": int(number),
                "labelled": int(total["labelled"][place]),
                "mean_score": round(float(total["score"][place] / number), _DECIMALS),
                "share_labelled": round(float(total["labelled"][place] / number), _DECIMALS),
                "low": round(float(low), _DECIMALS),
                "high": round(float(high), _DECIMALS),
            }
        )
    return rows
