"""A learned coder judged on texts that it has not learned from.

Comes in: labelled texts and a scheme.
Goes out: the model trained on all of them, and verdicts by models that did not see the topic.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from tertium.agreement.evaluation.gold import LabelledText
from tertium.agreement.evaluation.judged import judge
from tertium.coding.coder import Coded
from tertium.coding.learned.coder import LearnedCoder
from tertium.coding.learned.model import LearnedModel
from tertium.coding.learned.train import text_features, topic_folds, train
from tertium.columns import CODINGS, EVALUATED, READINGS, frame
from tertium.errors import Fault, InputError
from tertium.schemes.scheme import Scheme


def train_and_judge(
    texts: Sequence[LabelledText], scheme: Scheme, *, penalty: float
) -> tuple[LearnedModel, pd.DataFrame, Coded]:
    """A model trained on `texts`, and how models like it do on topics that they never saw.

    Parameters
    ----------
    texts : sequence of LabelledText
    scheme : Scheme
    penalty : float
        As in `tertium.coding.learned.train.train`.

    Returns
    -------
    tuple of LearnedModel, DataFrame, Coded
        The model; columns `EVALUATED`, each text judged by a model trained without any text
        of its topic; and the codings of those models.

    Raises
    ------
    InputError
        Fewer than two topics, or no code that some texts have and some have not.
    """
    topics = [each.topic_group for each in texts]
    folds = topic_folds(topics)
    if len(folds) < 2:
        found = f"{len(set(topics))} topic group"
        remedy = "give texts of two topics at least; without topic_group each text is its own"
        raise InputError([Fault("labelled texts", 0, "topic_group", found, remedy)])
    features = text_features([each.source for each in texts], scheme)
    annotator = texts[0].annotator

    def fit(rows: Sequence[int]) -> LearnedModel:
        return train(
            [features[row] for row in rows],
            [texts[row].labels for row in rows],
            [topics[row] for row in rows],
            scheme,
            penalty=penalty,
            annotator=annotator,
        )

    model = fit(range(len(texts)))
    if not model.codes:
        found = "no code that some texts have and others have not"
        remedy = "give labelled texts with and without each code"
        raise InputError([Fault("labelled texts", 0, "labels", found, remedy)])
    tables: list[pd.DataFrame] = []
    codings: list[pd.DataFrame] = []
    readings: list[pd.DataFrame] = []
    for fold in folds:
        own = set(fold)
        learned = fit([row for row in range(len(texts)) if row not in own])
        table, coded = judge(
            [texts[row] for row in fold],
            scheme,
            coder=LearnedCoder(learned),
            calibrated=model.calibrated,
        )
        tables += [table]
        codings += [coded.codings]
        readings += [coded.readings]
    place = {code_id: rank for rank, code_id in enumerate(scheme.code_ids)}
    rows = _rows(tables)
    rows.sort(key=lambda row: (row["corpus"], row["id"], place[str(row["code"])]))
    return (
        model,
        frame(rows, EVALUATED),
        Coded(frame(_rows(codings), CODINGS), frame(_rows(readings), READINGS)),
    )


def _rows(tables: Sequence[pd.DataFrame]) -> list[dict[str, Any]]:
    return [
        {str(key): value for key, value in row.items()}
        for table in tables
        for row in table.to_dict("records")
    ]
