"""Which span of one coder answers to which span of another: the alignment of least disorder.

Comes in: a continuum and how dissimilar two spans are.
Goes out: the best alignment and its disorder, both exact.

An alignment puts every span into one group with at most one span of each other coder; where a
coder has none, an empty one stands in. A pair of spans costs their dissimilarity, a pair with an
empty one `delta_empty`; a group costs the mean over its pairs of coders. The disorder is the
sum over the groups, divided by the mean number of spans a coder.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from tertium.agreement.coefficient import NAN
from tertium.agreement.spans.continuum import Continuum
from tertium.agreement.spans.exact_cover import cheapest_cover
from tertium.errors import TertiumError

# What rounding may add to a cost before a group counts as worse than its parts.
_SLACK = 1e-9
# More groups than this take minutes and gigabytes.
_MOST_GROUPS = 1_000_000
# So many groups and spans are held against each other at a time.
_BLOCK = 4_000_000


@dataclass(frozen=True)
class Dissimilarity:
    """How far two spans are from each other: in place, and in value.

    In place: the distances of the starts and of the ends, as a share of both lengths, squared;
    in value: 1 where they differ. Both are multiplied by `delta_empty` and added with the
    weights `alpha` and `beta` (2015, section 4).

    Parameters
    ----------
    alpha, beta : float
        Weight of place and of value; 0 or more.
    delta_empty : float
        What a span without a partner costs; more than 0. gamma does not change with it.

    Examples
    --------
    >>> d = Dissimilarity(alpha=1, beta=1)
    >>> one, other = (Spans(*map(np.array, ([start], [start + 4], [0]))) for start in (0, 1))
    >>> d.between(one, other).tolist()
    [[0.0625]]
    """

    alpha: float
    beta: float
    delta_empty: float = 1.0

    def __post_init__(self) -> None:
        if not (self.alpha >= 0 and self.beta >= 0 and self.delta_empty > 0):
            raise ValueError(
                f"found alpha={self.alpha}, beta={self.beta}, delta_empty={self.delta_empty}; "
                "the first two are 0 or more, the last is more than 0"
            )

    def of_place(self, mine: Spans, theirs: Spans) -> np.ndarray:
        """Return how far the first span is from the first in place, the second, and so on."""
        apart = np.abs(mine.start - theirs.start) + np.abs(mine.end - theirs.end)
        both = (mine.end - mine.start) + (theirs.end - theirs.start)
        found: np.ndarray = (apart / both) ** 2 * self.delta_empty
        return found

    def between(self, mine: Spans, theirs: Spans) -> np.ndarray:
        """Return how far each span of one coder is from each of another."""
        upright = mine.taken(np.arange(len(mine))[:, None])
        differs = upright.value != theirs.value
        return self.alpha * self.of_place(upright, theirs) + self.beta * self.delta_empty * differs


@dataclass(frozen=True, eq=False)
class Spans:
    """One coder's spans as arrays; `value` holds the number of each value."""

    start: np.ndarray
    end: np.ndarray
    value: np.ndarray

    def __len__(self) -> int:
        return len(self.start)

    def taken(self, places: np.ndarray) -> Spans:
        """Return the spans at these places, in an array of the same shape."""
        return Spans(self.start[places], self.end[places], self.value[places])


@dataclass(frozen=True, eq=False)
class Alignment:
    """The alignment of least disorder.

    Parameters
    ----------
    groups : ndarray of int, shape (n_groups, n_coders)
        Which of a coder's spans is in the group, in the order of the text; -1 for none.
    costs : ndarray of float, shape (n_groups,)
    n_spans : int
    """

    groups: np.ndarray
    costs: np.ndarray
    n_spans: int

    @property
    def disorder(self) -> float:
        """Return the sum of costs over the mean number of spans a coder; NaN without spans."""
        mean = self.n_spans / max(self.groups.shape[1], 1)
        return float(self.costs.sum() / mean) if mean else NAN


def spans_by_coder(one: Continuum) -> list[Spans]:
    """Return the spans of each coder, values as numbers."""
    number = {value: at for at, value in enumerate(one.values)}
    values = np.array([number[each] for each in one.value], dtype=int)
    places = [one.of_coder(coder) for coder in one.coders]
    return [Spans(one.start[at], one.end[at], values[at]) for at in places]


def best_alignment(coders: list[Spans], dissimilarity: Dissimilarity) -> Alignment:
    """Find the alignment of least disorder, exactly.

    Two coders are a linear assignment. For more, the groups that may be part of a best alignment
    are listed, and the cheapest that hold every span once are chosen (`exact_cover`). Several
    alignments can be best; their disorder is the same.

    Parameters
    ----------
    coders : list of Spans
        As `spans_by_coder` gives them; two or more.
    dissimilarity : Dissimilarity

    References
    ----------
    .. [1] Mathet, Y., Widlöcher, A., & Métivier, J.-P. (2015). The unified and holistic method
       gamma (γ) for inter-annotator agreement measure and alignment. Computational
       Linguistics, 41(3), 437-479.

    Examples
    --------
    >>> ana = Spans(np.array([0.0, 10.0]), np.array([4.0, 15.0]), np.array([0, 1]))
    >>> ben = Spans(np.array([1.0]), np.array([5.0]), np.array([0]))
    >>> found = best_alignment([ana, ben], Dissimilarity(alpha=1, beta=1))
    >>> found.groups.tolist(), round(found.disorder, 4)
    ([[0, 0], [1, -1]], 0.7083)
    """
    if len(coders) < 2:
        raise ValueError(f"found {len(coders)} coder; an alignment needs two or more")
    if len(coders) == 2:
        return _of_two(coders[0], coders[1], dissimilarity)
    groups, costs = _useful_groups(coders, dissimilarity)
    chosen = _chosen(groups, costs, coders)
    return Alignment(groups[chosen], costs[chosen], sum(len(each) for each in coders))


def _of_two(mine: Spans, theirs: Spans, dissimilarity: Dissimilarity) -> Alignment:
    from scipy.optimize import linear_sum_assignment

    distance = dissimilarity.between(mine, theirs)
    alone = 2 * dissimilarity.delta_empty
    rows, columns = linear_sum_assignment(np.minimum(distance - alone, 0.0))
    together = distance[rows, columns] <= alone
    rows, columns = rows[together], columns[together]
    left = np.setdiff1d(np.arange(len(mine)), rows)
    right = np.setdiff1d(np.arange(len(theirs)), columns)
    groups = np.concatenate(
        [
            np.column_stack([rows, columns]),
            np.column_stack([left, np.full(len(left), -1)]),
            np.column_stack([np.full(len(right), -1), right]),
        ]
    ).astype(int)
    single = np.full(len(left) + len(right), dissimilarity.delta_empty)
    costs = np.concatenate([distance[rows, columns], single])
    return Alignment(groups, costs, len(mine) + len(theirs))


def _useful_groups(
    coders: list[Spans], dissimilarity: Dissimilarity
) -> tuple[np.ndarray, np.ndarray]:
    """Every group that is no dearer than any two groups it can be split into, with its cost.

    A group that is dearer is in no best alignment. Splitting off `a` spans from `b` others costs
    `delta_empty` for each of the `a * b` pairs that come apart and, as one more group has its
    empty partners, for as many pairs as there are pairs of coders.
    """
    m, empty = len(coders), dissimilarity.delta_empty
    pairs = m * (m - 1) // 2
    distance = {
        (one, other): dissimilarity.between(coders[one], coders[other])
        for one, other in combinations(range(m), 2)
    }
    # A span can be far from the rest of its group by this much and no more.
    most = (pairs + m - 1) * empty + _SLACK
    groups = np.full((1, m), -1)
    apart = np.zeros((1, m))  # how far each member is from the other members so far
    for coder in range(m):
        groups, apart = _extended(groups, apart, coder, len(coders[coder]), distance, most)
    members = groups >= 0
    size = members.sum(axis=1)
    groups, apart, members, size = (each[size > 0] for each in (groups, apart, members, size))
    between = apart.sum(axis=1) / 2
    kept = between <= empty * ((size - 1) * pairs + size * (size - 1) / 2) + _SLACK
    single = empty * (pairs + size - 1) + _SLACK
    kept &= ((apart <= single[:, None]) | ~members).all(axis=1)
    groups, between, size = groups[kept], between[kept], size[kept]
    costs = (between + empty * (pairs - size * (size - 1) / 2)) / pairs
    return groups, costs


def _extended(
    groups: np.ndarray,
    apart: np.ndarray,
    coder: int,
    n_spans: int,
    distance: dict[tuple[int, int], np.ndarray],
    most: float,
) -> tuple[np.ndarray, np.ndarray]:
    """Add to every group no span of a coder, or any that is near enough to its members."""
    if not n_spans:
        return groups, apart
    longer, further = [groups], [apart]
    many = len(groups)
    step = max(1, _BLOCK // n_spans)
    for start in range(0, len(groups), step):
        own = slice(start, start + step)
        more, far = _joined_by(groups[own], apart[own], coder, n_spans, distance, most)
        longer.append(more)
        further.append(far)
        many += len(more)
        if many > _MOST_GROUPS:
            raise TertiumError(
                f"more than {_MOST_GROUPS:,} groups of spans stand near enough to be aligned; "
                "compare fewer coders at a time, or shorter texts"
            )
    return np.concatenate(longer), np.concatenate(further)


def _joined_by(
    groups: np.ndarray,
    apart: np.ndarray,
    coder: int,
    n_spans: int,
    distance: dict[tuple[int, int], np.ndarray],
    most: float,
) -> tuple[np.ndarray, np.ndarray]:
    added = np.zeros((len(groups), n_spans))
    fits = np.ones((len(groups), n_spans), dtype=bool)
    for other in range(coder):
        has = groups[:, other] >= 0
        far = distance[other, coder][groups[has, other]]
        added[has] += far
        fits[has] &= apart[has, other][:, None] + far <= most
    fits &= added <= most
    rows, spans = np.nonzero(fits)
    longer, further = groups[rows], apart[rows]
    longer[:, coder] = spans
    further[:, coder] = added[rows, spans]
    for other in range(coder):
        has = longer[:, other] >= 0
        further[has, other] += distance[other, coder][longer[has, other], spans[has]]
    return longer, further


def _chosen(groups: np.ndarray, costs: np.ndarray, coders: list[Spans]) -> np.ndarray:
    """Choose the groups of least cost that hold every span once."""
    if not len(groups):
        return np.zeros(0, dtype=int)
    starts = np.concatenate([each.start for each in coders])
    # Numbered in the order of the text, so that groups hold neighbouring numbers.
    number = np.empty(len(starts), dtype=int)
    number[np.argsort(starts, kind="stable")] = np.arange(len(starts))
    first = np.cumsum([0, *(len(each) for each in coders[:-1])])
    numbered = np.append(number, -1)[np.where(groups >= 0, groups + first, -1)]
    held = [tuple(sorted(each for each in row if each >= 0)) for row in numbered.tolist()]
    return np.array(cheapest_cover(held, costs), dtype=int)


def members(one: Continuum, alignment: Alignment) -> Iterator[tuple[tuple | None, ...]]:
    """Give each group as (coder, start, end, value) by coder, None for no span; in text order."""
    places = [one.of_coder(coder) for coder in one.coders]
    rows = []
    for group in alignment.groups:
        at = [own[place] if place >= 0 else -1 for own, place in zip(places, group, strict=True)]
        first = min(one.start[each] for each in at if each >= 0)
        rows.append((first, [int(each) for each in at]))
    for _, at in sorted(rows):
        yield tuple(
            None
            if each < 0
            else (one.coder[each], float(one.start[each]), float(one.end[each]), one.value[each])
            for each in at
        )
