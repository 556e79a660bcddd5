"""How far verdicts agree with labels: what is counted, and the measures made of the counts.

Comes in: the arrays of labels and verdicts.
Goes out: counts a text that can be added up in any way, and measures of the sums.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from tertium.agreement.evaluation.judged import NO_PRIMARY, UNKNOWN, Judged

Counts = dict[str, np.ndarray]

# What a measure is a share of, for the column `unit`.
UNITS: Mapping[str, str] = {
    "macro_precision": "texts",
    "macro_recall": "texts",
    "macro_f1": "texts",
    "micro_f1": "texts",
    "subset_accuracy": "texts",
    "primary_accuracy": "texts with a primary label",
    "none_kept": "texts without a label",
    "coverage": "verdicts",
    "accuracy_decided": "decided verdicts",
    "brier": "verdicts with a score",
}
# Why a measure has no value.
REASONS: Mapping[str, str] = {
    "precision": "never_given",
    "recall": "never_labelled",
    "f1": "neither_labelled_nor_given",
    "macro_precision": "never_given",
    "macro_recall": "never_labelled",
    "macro_f1": "neither_labelled_nor_given",
    "micro_f1": "neither_labelled_nor_given",
    "subset_accuracy": "no_text",
    "primary_accuracy": "no_primary_label",
    "none_kept": "no_text_without_label",
    "coverage": "no_text",
    "accuracy_decided": "nothing_decided",
    "brier": "no_score",
    "ece": "no_score",
}


def counts(arrays: Judged) -> Counts:
    """What each text adds to the counts: arrays of shape (n_texts,) or (n_texts, n_codes).

    Only the verdict present counts as given: undecided and not_searched are not given.
    """
    gold, given = arrays.gold, arrays.given
    has_score = ~np.isnan(arrays.score)
    squared = np.where(has_score, (np.nan_to_num(arrays.score) - gold) ** 2, 0.0)
    is_none = np.asarray(~gold.any(axis=1))
    has_primary = (arrays.gold_primary != UNKNOWN) & (arrays.gold_primary != NO_PRIMARY)
    found: dict[str, Any] = {
        "tp": gold & given,
        "fp": ~gold & given,
        "fn": gold & ~given,
        "tn": ~gold & ~given,
        "texts": np.ones(len(arrays)),
        "exact": (gold == given).all(axis=1),
        "primaries": has_primary,
        "primaries_right": has_primary & (arrays.primary == arrays.gold_primary),
        "nones": is_none,
        "nones_kept": is_none & ~np.asarray(given.any(axis=1)),
        "verdicts": np.full(len(arrays), len(arrays.codes)),
        "decided": arrays.decided.sum(axis=1),
        "decided_right": (arrays.decided & (gold == given)).sum(axis=1),
        "scores": has_score.sum(axis=1),
        "squared": squared.sum(axis=1),
    }
    return {name: np.asarray(array, dtype=float) for name, array in found.items()}


def ratio(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """`part` over `whole`; NaN where the whole is nothing, never 0 and never 1."""
    whole = np.asarray(whole, dtype=float)
    return np.divide(part, whole, out=np.full(np.shape(whole), np.nan), where=whole > 0)


def mean_of_defined(values: np.ndarray) -> np.ndarray:
    """The mean over the last axis, of the values that are defined; NaN where none is."""
    defined = ~np.isnan(values)
    return ratio(np.where(defined, values, 0.0).sum(axis=-1), defined.sum(axis=-1))


def code_measures(total: Counts) -> dict[str, np.ndarray]:
    """Precision, recall and F1 of each code, shape (..., n_codes).

    Precision is the share of the texts given a code that are labelled with it, recall the
    share of those labelled that are given it, F1 = 2tp / (2tp + fp + fn) their harmonic
    mean [1]_. Precision is NaN for a code never given, recall for one never labelled, F1 for
    one neither labelled nor given.

    References
    ----------
    .. [1] van Rijsbergen, C. J. (1979). Information Retrieval, 2nd ed. Butterworths. Ch. 7.

    Examples
    --------
    >>> one = {"tp": np.array([3.0]), "fp": np.array([1.0]), "fn": np.array([2.0])}
    >>> {name: round(float(value[0]), 3) for name, value in code_measures(one).items()}
    {'precision': 0.75, 'recall': 0.6, 'f1': 0.667}
    """
    tp, fp, fn = total["tp"], total["fp"], total["fn"]
    return {
        "precision": ratio(tp, tp + fp),
        "recall": ratio(tp, tp + fn),
        "f1": ratio(2 * tp, 2 * tp + fp + fn),
    }


def text_measures(total: Counts) -> dict[str, np.ndarray]:
    """The measures over all codes, shape (...).

    - macro_precision, macro_recall, macro_f1: the mean of the codes' own; macro_f1 is the mean
      of the F1s, not the F1 of the means [1]_. A code without a value of its own is left out;
      how many codes were taken is counted beside it.
    - micro_f1: F1 of the sums over all codes.
    - subset_accuracy: share of texts whose set of codes is exactly the one labelled [2]_.
    - primary_accuracy: of the texts with a primary label, the share whose primary code is that
      one; a text that is given none is wrong.
    - none_kept: of the texts without a label, the share that is given no code.
    - coverage: share of verdicts (text and code) that are present or absent, not undecided
      and not not_searched; accuracy_decided: share of these that agree with the label.
    - brier: mean squared distance of the score from the label as 0 or 1 [3]_.

    References
    ----------
    .. [1] Opitz, J., & Burst, S. (2019). Macro F1 and Macro F1. arXiv:1911.03347.
    .. [2] Zhang, M.-L., & Zhou, Z.-H. (2014). A Review on Multi-Label Learning Algorithms.
       IEEE Transactions on Knowledge and Data Engineering 26(8), 1819-1837. Section 2.2.
    .. [3] Brier, G. W. (1950). Verification of Forecasts Expressed in Terms of Probability.
       Monthly Weather Review 78(1), 1-3.
    """
    of_codes = code_measures(total)
    tp, wrong = total["tp"].sum(axis=-1), (total["fp"] + total["fn"]).sum(axis=-1)
    return {
        "macro_f1": mean_of_defined(of_codes["f1"]),
        "macro_precision": mean_of_defined(of_codes["precision"]),
        "macro_recall": mean_of_defined(of_codes["recall"]),
        "micro_f1": ratio(2 * tp, 2 * tp + wrong),
        "subset_accuracy": ratio(total["exact"], total["texts"]),
        "primary_accuracy": ratio(total["primaries_right"], total["primaries"]),
        "none_kept": ratio(total["nones_kept"], total["nones"]),
        "coverage": ratio(total["decided"], total["verdicts"]),
        "accuracy_decided": ratio(total["decided_right"], total["decided"]),
        "brier": ratio(total["squared"], total["scores"]),
    }


def amounts(total: Counts) -> dict[str, int]:
    """How many texts or verdicts each measure of `text_measures` is a share of."""
    texts = int(total["texts"].sum())
    own = {
        "primary_accuracy": "primaries",
        "none_kept": "nones",
        "coverage": "verdicts",
        "accuracy_decided": "decided",
        "brier": "scores",
    }
    return {name: int(total[own[name]].sum()) if name in own else texts for name in UNITS}
