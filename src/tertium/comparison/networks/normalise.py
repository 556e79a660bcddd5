"""The arithmetic of discourse networks: counts of statements become ties.

Comes in: how often each node is for and against each column, as an array.
Goes out: matrices of ties, as in the manual of the Discourse Network Analyzer.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.float64]
Stances = Literal["for", "ignore", "subtract", "combine"]
TwoModeNormalisation = Literal["none", "activity", "prominence"]
OneModeNormalisation = Literal["none", "average", "jaccard", "cosine"]
OneMode = Literal["congruence", "conflict", "subtract"]

TWO_MODE = ("none", "activity", "prominence")
ONE_MODE = ("none", "average", "jaccard", "cosine")
AGAINST, FOR = 0, 1


def two_mode(counts: Counts, *, stances: Stances, normalisation: TwoModeNormalisation) -> Counts:
    """How often each node speaks of each column.

    Parameters
    ----------
    counts : array, shape (nodes, columns, 2)
        Statements against (0) and for (1).
    stances : {"for", "ignore", "subtract", "combine"}
        for: those for it. ignore: for and against, added up. subtract: for minus against.
        combine: no count but a sign, 1 for, 2 against, 3 both, 0 neither.
    normalisation : {"none", "activity", "prominence"}
        activity: each row is divided by all statements of its node, prominence: each column by
        all statements on it; of both sides, also where they are subtracted.

    Returns
    -------
    array, shape (nodes, columns)
        NaN where a node or a column has no statement to divide by.

    References
    ----------
    .. [1] Leifeld, P., Gruber, J., Bossner, F. R. (2018). Discourse Network Analyzer Manual.
       Ch. 2, Affiliation networks.

    Examples
    --------
    >>> counts = np.array([[[0.0, 2.0], [1.0, 1.0]]])
    >>> two_mode(counts, stances="subtract", normalisation="activity").tolist()
    [[0.5, 0.0]]
    """
    against, supporting = counts[:, :, AGAINST], counts[:, :, FOR]
    if stances == "combine":
        return np.asarray((supporting > 0) + 2.0 * (against > 0), dtype=np.float64)
    ties = {"for": supporting, "ignore": supporting + against, "subtract": supporting - against}
    whole = supporting if stances == "for" else supporting + against
    if normalisation == "activity":
        return _divided(ties[stances], whole.sum(axis=1, keepdims=True))
    if normalisation == "prominence":
        return _divided(ties[stances], whole.sum(axis=0, keepdims=True))
    return np.asarray(ties[stances])


def one_mode(
    counts: Counts,
    *,
    kind: OneMode,
    normalisation: OneModeNormalisation,
    near: Counts | None = None,
) -> Counts:
    r"""How far each two nodes agree, differ, or agree more than they differ.

    With :math:`x_{ijk}` statements of node i on column j (k: for or against), congruence is
    :math:`\sum_j \sum_k x_{ijk} x_{i'jk}`, conflict the same over different k, and subtract
    congruence minus conflict, each divided by the normalisation.

    Parameters
    ----------
    counts : array, shape (nodes, columns, 2), or (nodes, columns, 2, sources) with `near`
        Statements against (0) and for (1).
    kind : {"congruence", "conflict", "subtract"}
    normalisation : {"none", "average", "jaccard", "cosine"}
        average: the mean of both nodes' numbers of statements. jaccard: their statements where
        the other has none of the same column and side, and the products where both have some.
        cosine: the product of both numbers of statements. That is how the manual defines it and
        its program computes it; it is not the cosine of two vectors.
    near : array, shape (sources, sources), optional
        1 where statements of two sources may tie, 0 where not; symmetric. Without it all may,
        as in the manual.

    Returns
    -------
    array, shape (nodes, nodes)
        Symmetric; 0 on the diagonal, for a node has no tie with itself.

    References
    ----------
    .. [1] Leifeld, P., Gruber, J., Bossner, F. R. (2018). Discourse Network Analyzer Manual.
       Ch. 2, Congruence, Conflict, Subtract, Normalization.

    Examples
    --------
    >>> counts = np.array([[[0.0, 2.0]], [[1.0, 3.0]]])
    >>> one_mode(counts, kind="subtract", normalisation="none").tolist()
    [[0.0, 4.0], [4.0, 0.0]]
    """
    if near is None:
        counts, near = counts[..., None], np.ones((1, 1))
    against, supporting = counts[:, :, AGAINST], counts[:, :, FOR]
    congruence = _met(supporting, supporting, near) + _met(against, against, near)
    conflict = _met(supporting, against, near) + _met(against, supporting, near)
    ties = {"congruence": congruence, "conflict": conflict, "subtract": congruence - conflict}
    found = _divided(ties[kind], _norm(counts, normalisation, congruence, near))
    # Two nodes without any statement have nothing to be divided by, and no tie.
    found = np.nan_to_num(found)
    np.fill_diagonal(found, 0.0)
    return found


def _met(one: Counts, other: Counts, near: Counts) -> Counts:
    """Products of statements on the same column, of sources that may tie; by pair of nodes."""
    shape = (len(one), one[0].size if len(one) else 0)
    return np.asarray((one @ near).reshape(shape) @ other.reshape(shape).T)


def _norm(
    counts: Counts, normalisation: OneModeNormalisation, congruence: Counts, near: Counts
) -> Counts:
    activity = counts.sum(axis=(1, 2, 3))
    if normalisation == "average":
        return np.asarray((activity[:, None] + activity[None, :]) / 2)
    if normalisation == "cosine":
        return np.asarray(activity[:, None] * activity[None, :])
    if normalisation == "jaccard":
        shape = (len(counts), counts[0].size if len(counts) else 0)
        has_none = ((counts @ near) == 0).astype(np.float64).reshape(shape)
        alone = counts.reshape(shape) @ has_none.T
        return np.asarray(alone + alone.T + congruence)
    return np.ones((len(counts), len(counts)))


def _divided(ties: Counts, by: Counts) -> Counts:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.where(by == 0, np.nan, ties / np.where(by == 0, 1, by)))
