"""Labels and texts to a learned model.

Comes in: sources, their labels and topics, and a scheme.
Goes out: a `LearnedModel`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np

from tertium.coding.learned.features import VERSION, see
from tertium.coding.learned.model import CodeModel, LearnedModel, scheme_sha256
from tertium.columns import Annotator
from tertium.schemes.scheme import Scheme
from tertium.sources.source import Source
from tertium.sources.units import find_units

# Texts of one topic are never on both sides; a fold is a tenth of the topics, or fewer.
_FOLDS = 10
_DIGITS = 6

Features = Mapping[str, Mapping[str, float]]


def text_features(sources: Sequence[Source], scheme: Scheme) -> list[Features]:
    """The features of each source by code; none for a code that is not searched in it."""
    return [
        {
            code_id: seen.features
            for code_id, seen in see(source, find_units(source, "sentence"), scheme).items()
        }
        for source in sources
    ]


def train(
    features: Sequence[Features],
    labels: Sequence[Collection[str]],
    topics: Sequence[str],
    scheme: Scheme,
    *,
    penalty: float,
    annotator: Annotator = "not_stated",
) -> LearnedModel:
    """A logistic regression for each code, its probabilities calibrated on topics left out.

    Parameters
    ----------
    features : sequence of mapping
        Of each text, what `text_features` gives.
    labels : sequence of collection of str
        The codes that an annotator gave to each text.
    topics : sequence of str
        Texts of one topic are left out together when the probabilities are calibrated.
    scheme : Scheme
    penalty : float
        Strength of the ridge (L2) penalty on the coefficients: the more, the nearer to zero.
    annotator : {"human", "model", "not_stated"}
        Who labelled.

    Returns
    -------
    LearnedModel
        Without the codes that all texts searched have, or that none has.

    References
    ----------
    .. [1] Platt, J. (1999). Probabilistic outputs for support vector machines and comparisons
       to regularized likelihood methods. In Advances in Large Margin Classifiers, pp. 61-74.
       MIT Press. (The slope and the offset.)
    """
    if not len(features) == len(labels) == len(topics):
        raise ValueError("features, labels and topics are of the same texts, one each")
    if not penalty > 0:
        raise ValueError(f"the penalty is a number above 0, found {penalty}")
    codes = {}
    for code_id in scheme.code_ids:
        rows = [number for number, of in enumerate(features) if code_id in of]
        own = [features[number][code_id] for number in rows]
        has = np.array([code_id in labels[number] for number in rows], dtype=bool)
        if has.any() and not has.all():
            codes[code_id] = _fit(own, has, [topics[number] for number in rows], penalty)
    return LearnedModel(
        scheme=scheme.reference,
        scheme_sha256=scheme_sha256(scheme),
        features=VERSION,
        n_texts=len(features),
        n_topics=len(set(topics)),
        annotator=annotator,
        codes=codes,
    )


def _fit(
    features: Sequence[Mapping[str, float]], has: Any, topics: Sequence[str], penalty: float
) -> CodeModel:
    from sklearn.linear_model import LogisticRegression

    names = sorted({name for one in features for name in one})
    table = np.array([[one.get(name, 0.0) for name in names] for one in features])
    fitted = _regression(table, has, penalty)
    left_out = np.full(len(has), np.nan)
    for fold in topic_folds(topics):
        learned = np.ones(len(has), dtype=bool)
        learned[fold] = False
        if has[learned].any() and not has[learned].all():
            left_out[fold] = _regression(table[learned], has[learned], penalty).decision_function(
                table[fold]
            )
    known = ~np.isnan(left_out)
    slope, offset, n_left_out = 1.0, 0.0, 0
    if has[known].any() and not has[known].all():
        # Platt's targets lie short of 0 and 1, so that few texts don't make certainties.
        yes, no = int(has[known].sum()), int((~has[known]).sum())
        target = np.where(has[known], (yes + 1) / (yes + 2), 1 / (no + 2))
        odds = np.concatenate([left_out[known]] * 2)[:, None]
        sides = np.repeat([True, False], int(known.sum()))
        scale = LogisticRegression(C=1e6, max_iter=1000)
        scale.fit(odds, sides, sample_weight=np.concatenate([target, 1 - target]))
        if scale.coef_[0][0] > 0:  # otherwise the features tell nothing of topics left out
            slope, offset = float(scale.coef_[0][0]), float(scale.intercept_[0])
            n_left_out = yes
        else:
            slope, offset = 0.0, float(np.log((yes + 1) / (no + 1)))
    coefficients = {
        name: round(float(value), _DIGITS)
        for name, value in zip(names, fitted.coef_[0], strict=True)
        if round(float(value), _DIGITS)
    }
    return CodeModel(
        intercept=round(float(fitted.intercept_[0]), _DIGITS),
        coefficients=coefficients,
        slope=round(slope, _DIGITS),
        offset=round(offset, _DIGITS),
        n_gold=int(has.sum()),
        n_left_out=n_left_out,
    )


def _regression(table: Any, has: Any, penalty: float) -> Any:
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(C=1.0 / penalty, max_iter=5000, tol=1e-8).fit(table, has)


def topic_folds(topics: Sequence[str]) -> list[list[int]]:
    """Row numbers by fold: whole topics, spread so that folds are about as large.

    Examples
    --------
    >>> topic_folds(["a", "b", "a", "c"])
    [[0, 2], [1], [3]]
    """
    members: dict[str, list[int]] = {}
    for number, topic in enumerate(topics):
        members.setdefault(topic, []).append(number)
    folds: list[list[int]] = [[] for _ in range(min(_FOLDS, len(members)))]
    for topic in sorted(members, key=lambda one: (-len(members[one]), one)):
        smallest = min(range(len(folds)), key=lambda number: (len(folds[number]), number))
        folds[smallest].extend(members[topic])
    return [sorted(fold) for fold in folds]
