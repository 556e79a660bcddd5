"""How many positions of a text coders gave the same value, and how many other values.

Comes in: continua.
Goes out: coincidence tables of positions, which add up over texts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from tertium.agreement.spans.continuum import Continuum


@dataclass(frozen=True, eq=False)
class Coincidences:
    """What the alphas of 2016 are made of; one row a text in every array.

    Row and column 0 stand for gaps, the others for `values` in their order. All counts are
    positions times pairs of coders, that is (m - 1) times those of the paper, so that they
    stay whole numbers with m coders.

    Parameters
    ----------
    values : tuple
    n_coders : int
    positions : ndarray, shape (n_texts,)
        Length times number of coders.
    observed : ndarray, shape (n_texts, 1 + n_values, 1 + n_values)
        Pairs of values at the same position.
    covered : ndarray, shape (n_texts, 1 + n_values)
        Positions with a value, over all coders.
    own : ndarray, shape (n_texts, 1 + n_values)
        Pairs within one unit, which no two coders can make: a gap enters with its length,
        a unit with the square of it.
    own_met : ndarray, shape (n_texts, 1 + n_values)
        The same for the parts of units where another coder marked something, too: squares,
        summed over the other coders (2016, eq. 10).
    """

    values: tuple[Any, ...]
    n_coders: int
    positions: np.ndarray
    observed: np.ndarray
    covered: np.ndarray
    own: np.ndarray
    own_met: np.ndarray


def coincidences(continua: Sequence[Continuum]) -> Coincidences:
    """Count coincidences of values, position by position but without a list of positions.

    Examples
    --------
    >>> from tertium.agreement.spans.continuum import continuum
    >>> text = continuum([{"coder": "ana", "start": 0, "end": 4, "value": "x"},
    ...                   {"coder": "ben", "start": 1, "end": 4, "value": "x"}], length=10)
    >>> coincidences([text]).observed[0].astype(int).tolist()
    [[12, 1], [1, 6]]
    """
    values = _all_values(continua)
    number = {value: at for at, value in enumerate(values, start=1)}
    counted = [_of_text(each, number) for each in continua]
    observed, covered, own, own_met = (np.stack(part) for part in zip(*counted, strict=True))
    n_coders = len(continua[0].coders)
    positions = np.array([each.length * n_coders for each in continua])
    return Coincidences(values, n_coders, positions, observed, covered, own, own_met)


def _all_values(continua: Sequence[Continuum]) -> tuple[Any, ...]:
    found = {value: None for each in continua for value in each.values}
    return tuple(found)


def _of_text(one: Continuum, number: dict[Any, int]) -> tuple[np.ndarray, ...]:
    """The four tables of one text: observed, covered, own, own_met."""
    size, m = len(number) + 1, len(one.coders)
    cuts = np.unique(np.concatenate([[0.0, one.length], one.start, one.end]))
    lengths = np.diff(cuts)
    # Which span (from 1; 0 is a gap) and which value each coder has in each stretch.
    span_at = np.zeros((m, len(lengths)), dtype=int)
    numbers = np.array([number[value] for value in one.value], dtype=int)
    for row, coder in enumerate(one.coders):
        for place in one.of_coder(coder):
            first, last = np.searchsorted(cuts, (one.start[place], one.end[place]))
            span_at[row, first:last] = place + 1
    value_at = np.concatenate([[0], numbers])[span_at]
    counts = np.zeros((len(lengths), size))
    for row in range(m):
        counts[np.arange(len(lengths)), value_at[row]] += 1
    weighted = counts * lengths[:, None]
    observed = counts.T @ weighted - np.diag(weighted.sum(axis=0))
    covered = weighted.sum(axis=0)
    own = np.bincount(numbers, weights=(one.end - one.start) ** 2, minlength=size)
    own[0] = covered[0]
    return observed, covered, own, _own_met(span_at, lengths, numbers, size)


def _own_met(
    span_at: np.ndarray, lengths: np.ndarray, numbers: np.ndarray, size: int
) -> np.ndarray:
    total = np.zeros(size)
    for row, mine in enumerate(span_at):
        for other, theirs in enumerate(span_at):
            if row != other:
                met = np.bincount(mine, weights=lengths * (theirs > 0), minlength=len(numbers) + 1)
                total += np.bincount(numbers, weights=met[1:] ** 2, minlength=size)
    return total
