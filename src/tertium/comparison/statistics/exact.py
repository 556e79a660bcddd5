"""How often chance alone would make groups differ as much as they do.

Comes in: a table with two rows, or the labels and groups of each source.
Goes out: the share of arrangements, all of them or many drawn, that differ at least as much, and
the smallest share that these margins could ever give.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
import numpy.typing as npt

from tertium.comparison.statistics.effects import chi_square

Floats = npt.NDArray[np.float64]
# More tables than this are not listed but drawn.
MANY_TABLES = 200_000
# So many arrangements of labels are gone through one by one.
FEW_ARRANGEMENTS = 10_000
_NUMBERS_AT_ONCE = 2_000_000
# Arrangements whose figures differ by no more than rounding differ equally.
_SAME = 1e-7


@dataclass(frozen=True)
class Tested:
    """What a test found.

    Parameters
    ----------
    p : float
        The share of arrangements that differ at least as much as the one found.
    smallest : float
        What `p` would be, at the least, if groups differed as much as these margins allow: the
        share of all arrangements that differ most, as far as they are gone through.
    method : str
    """

    p: float
    smallest: float
    method: str


def table_count(table: Any) -> int:
    """How many tables of two rows an exact test would go through, at most.

    Examples
    --------
    >>> table_count([[3, 1], [1, 3]])
    25
    """
    columns = np.asarray(table, dtype=int).sum(axis=0)
    return math.prod(int(each) + 1 for each in columns)


def freeman_halton(table: Any) -> Tested:
    """The exact test of a table with two rows: every table with its margins, by its chance.

    `p` adds up the chance of all tables that are no more likely than the one found [2]_; of two
    columns this is Fisher's exact test, both sides [1]_. SciPy (1.17) lists the tables of two by
    two alone and draws larger ones by chance, so that they are listed here.

    Parameters
    ----------
    table : array, shape (2, n_columns)
        Counts of independent units, each in one cell.

    Raises
    ------
    ValueError
        Another shape, or more than `MANY_TABLES` tables: draw then (`permutation_test`).

    References
    ----------
    .. [1] Fisher, R. A. (1935). The Design of Experiments. Oliver and Boyd. Ch. 2.
    .. [2] Freeman, G. H., & Halton, J. H. (1951). Note on an exact treatment of contingency,
       goodness of fit and other problems of significance. Biometrika 38, 141-149.

    Examples
    --------
    >>> round(freeman_halton([[3, 1], [1, 3]]).p, 4)
    0.4857
    """
    counts = np.asarray(table, dtype=int)
    if counts.ndim != 2 or counts.shape[0] != 2:
        raise ValueError(f"found a table of shape {counts.shape}; the test is of two rows")
    if table_count(counts) > MANY_TABLES:
        raise ValueError(f"found more than {MANY_TABLES:,} tables; draw them by chance")
    columns, wanted = counts.sum(axis=0), int(counts[0].sum())
    sums, chances = np.zeros(1, dtype=int), np.zeros(1)
    for size in columns.tolist():
        taken = np.arange(size + 1)
        ways = np.array([_log_ways(size, each) for each in range(size + 1)])
        sums = (sums[:, None] + taken).ravel()
        chances = (chances[:, None] + ways).ravel()
        kept = sums <= wanted
        sums, chances = sums[kept], chances[kept]
    logs = chances[sums == wanted] - _log_ways(int(columns.sum()), wanted)
    pairs = zip(columns.tolist(), counts[0].tolist(), strict=True)
    own = sum(_log_ways(size, each) for size, each in pairs)
    own -= _log_ways(int(columns.sum()), wanted)
    p = float(np.exp(logs[logs <= own + _SAME]).sum())
    smallest = float(np.exp(logs[logs <= logs.min() + _SAME]).sum())
    return Tested(min(1.0, p), min(1.0, smallest), "exact")


def _log_ways(of: int, taken: int) -> float:
    return math.lgamma(of + 1) - math.lgamma(taken + 1) - math.lgamma(of - taken + 1)


def permutation_test(
    labels: Any,
    groups: Any,
    *,
    permutations: int,
    seed: int,
    together: Sequence[Hashable] | None = None,
) -> Tested:
    """The test by arrangements: labels are dealt out to sources again and again.

    Where there are few arrangements all of them are gone through, else so many are drawn.

    Parameters
    ----------
    labels : array, shape (n_sources, n_rows)
        1 where a source belongs to a row of the table.
    groups : array, shape (n_sources, n_columns)
        1 where a source belongs to a column; it may belong to several.
    permutations, seed : int
    together : sequence, optional
        Sources with the same word are not independent (they tell one case): their labels move
        together, to as many sources that belong together too.

    Returns
    -------
    Tested
        `p` counts the arrangement found as one of those drawn, so that it is never 0 [1]_. Of
        all arrangements `p` is exact.

    References
    ----------
    .. [1] Phipson, B., & Smyth, G. K. (2010). Permutation p-values should never be zero.
       Statistical Applications in Genetics and Molecular Biology 9(1), article 39.

    Examples
    --------
    >>> labels = [[1, 0]] * 5 + [[0, 1]] * 5
    >>> permutation_test(labels, labels, permutations=999, seed=1).p < 0.05
    True
    """
    if permutations < 1 or seed < 0:
        raise ValueError(
            f"found {permutations} permutations, seed {seed}; take at least 1, a seed from 0"
        )
    of_rows, of_columns = np.asarray(labels, dtype=float), np.asarray(groups, dtype=float)
    blocks = _blocks(together if together is not None else range(len(of_rows)))
    found = float(chi_square(of_rows.T @ of_columns))
    how = "by sources" if together is None else "by cases"
    if _log_arrangements(of_rows, blocks) <= math.log(FEW_ARRANGEMENTS + 0.5):
        order = np.array(list(_every_order(of_rows, blocks)))
        figures = _figures(of_rows, of_columns, order)
        p, smallest = (float((figures >= each - _SAME).mean()) for each in (found, figures.max()))
        return Tested(p, smallest, f"all arrangements {how}")
    rng = np.random.default_rng(seed)
    step = max(1, _NUMBERS_AT_ONCE // max(1, of_rows.size))
    parts = [np.array([found])]
    for start in range(0, permutations, step):
        dealt = _dealt(blocks, min(step, permutations - start), len(of_rows), rng)
        parts.append(_figures(of_rows, of_columns, dealt))
    figures = np.concatenate(parts)
    p, smallest = (float((figures >= each - _SAME).mean()) for each in (found, figures.max()))
    return Tested(p, smallest, f"permutation {how}")


def _figures(labels: Floats, groups: Floats, order: npt.NDArray[np.int_]) -> Floats:
    """How far the table of each arrangement is from its margins."""
    return chi_square(np.einsum("psr,sc->prc", labels[order], groups, optimize=True))


def _every_order(
    labels: Floats, blocks: Sequence[npt.NDArray[np.int_]]
) -> Iterator[npt.NDArray[np.int_]]:
    """From which source each source has its labels, in every arrangement that differs."""
    places = [
        [
            (block.ravel(), block[list(order)].ravel())
            for order in _orders([labels[each].tobytes() for each in block])
        ]
        for block in blocks
    ]
    for each in product(*places):
        found = np.empty(len(labels), dtype=int)
        for to, taken in each:
            found[to] = taken
        yield found


def _orders(words: Sequence[bytes]) -> Iterator[tuple[int, ...]]:
    """The orders of things of which those with one word are alike, each once, by place."""
    own: dict[bytes, list[int]] = {}
    for place, word in enumerate(words):
        own.setdefault(word, []).append(place)

    def rest(used: dict[bytes, int], done: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        if len(done) == len(words):
            yield done
            return
        for word, places in own.items():
            if (n := used.get(word, 0)) < len(places):
                yield from rest({**used, word: n + 1}, (*done, places[n]))

    return rest({}, ())


def _blocks(together: Sequence[Hashable]) -> list[npt.NDArray[np.int_]]:
    """Sources that belong together, those of one size as the rows of one array."""
    members: dict[Hashable, list[int]] = {}
    for place, word in enumerate(together):
        members.setdefault(word, []).append(place)
    sizes: dict[int, list[list[int]]] = {}
    for each in members.values():
        sizes.setdefault(len(each), []).append(each)
    return [np.array(sizes[size]) for size in sorted(sizes)]


def _dealt(
    blocks: Sequence[npt.NDArray[np.int_]], size: int, n: int, rng: np.random.Generator
) -> npt.NDArray[np.int_]:
    """From which source each source has its labels, in each of `size` draws."""
    order = np.empty((size, n), dtype=int)
    for block in blocks:
        dealt = np.argsort(rng.random((size, len(block))), axis=1)
        order[:, block.ravel()] = block[dealt].reshape(size, -1)
    return order


def _log_arrangements(labels: Floats, blocks: Sequence[npt.NDArray[np.int_]]) -> float:
    """How many arrangements of the labels differ, as a logarithm."""
    found = 0.0
    for block in blocks:
        same = Counter(labels[each].tobytes() for each in block)
        found += math.lgamma(len(block) + 1) - sum(math.lgamma(n + 1) for n in same.values())
    return found


def holm(values: Sequence[float]) -> list[float]:
    """Each p as it must be read among so many tests, by Holm's step-down rule.

    Examples
    --------
    >>> [round(each, 3) for each in holm([0.01, 0.04, 0.03])]
    [0.03, 0.06, 0.06]

    References
    ----------
    .. [1] Holm, S. (1979). A simple sequentially rejective multiple test procedure. Scandinavian
       Journal of Statistics 6, 65-70.
    """
    order = sorted(range(len(values)), key=lambda at: values[at])
    found, highest = [0.0] * len(values), 0.0
    for rank, at in enumerate(order):
        highest = max(highest, min(1.0, (len(values) - rank) * values[at]))
        found[at] = highest
    return found
