"""How much two cases have in common, on what is known of both.

Comes in: descriptions of cases.
Goes out: for each pair a number from 0 to 1 with what it rests on, and mean similarities.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from tertium.comparison.cases.described import Description


@dataclass(frozen=True)
class Similarity:
    """What two cases share, of all that can be compared.

    Parameters
    ----------
    shared : float
        Codes that both have, and for each attribute the part of its values that both state.
    compared : int
        Codes that one of the two has at least and that were searched in both, and attributes
        that are stated of both.
    had : int
        Of what is known of both: how much that one has which has less. However much they share,
        a case of which little is told has little here.
    """

    shared: float
    compared: int
    had: int

    @property
    def value(self) -> float:
        """Shared by compared; NaN where nothing can be compared."""
        return self.shared / self.compared if self.compared else math.nan

    @property
    def reason(self) -> str:
        """Why there is no number."""
        if self.compared:
            return ""
        return "not defined, because nothing that either case has is known of both"


def similarity(one: Description, other: Description) -> Similarity:
    """How alike two cases are: what both have, by what at least one of them has.

    What neither has makes no likeness: that two strikes both do without legal aid says little.
    What was not searched, or is not stated, in one of them is not compared. On codes alone this
    is Jaccard's coefficient; with attributes it is Gower's, each code and each attribute with
    the same weight.

    References
    ----------
    .. [1] Gower, J. C. (1971). A general coefficient of similarity and some of its properties.
       Biometrics 27(4): 857-871 (two-state characters of which joint absence is not counted).

    Examples
    --------
    >>> one = Description("a", "A", {("claim", "wages"): True, ("claim", "hours"): False}, {})
    >>> two = Description("b", "B", {("claim", "wages"): True, ("claim", "hours"): True}, {})
    >>> similarity(one, two).value
    0.5
    """
    known = set(one.codes) & set(other.codes)
    first = {key for key in known if one.codes[key]}
    second = {key for key in known if other.codes[key]}
    stated = sorted(set(one.values) & set(other.values))
    shared = float(len(first & second))
    for name in stated:
        here, there = one.values[name], other.values[name]
        shared += len(here & there) / len(here | there)
    had = min(len(first), len(second)) + len(stated)
    return Similarity(shared, len(first | second) + len(stated), had)


def left_out(least: int) -> str:
    """Which pairs are not compared, for a note."""
    return (
        f"Left out are pairs in which one of the two has fewer than {least} of the codes and "
        "attributes known of both: a case of which little is told is easily like or unlike any "
        "other."
    )


def similarities(cases: Mapping[str, Description]) -> dict[tuple[str, str], Similarity]:
    """The similarity of every pair of cases, in both orders of their ids."""
    found: dict[tuple[str, str], Similarity] = {}
    for one, other in combinations(sorted(cases), 2):
        found[one, other] = found[other, one] = similarity(cases[one], cases[other])
    return found


def mean_similarity(
    case_id: str,
    group: Sequence[str],
    pairs: Mapping[tuple[str, str], Similarity],
    *,
    least: int,
) -> tuple[float, int]:
    """How alike a case is to the others of its group on average, and to how many it is compared.

    Pairs of which one has fewer than `least` things are left out; NaN where none is left.
    """
    known = [
        pairs[case_id, other]
        for other in sorted(group)
        if other != case_id and pairs[case_id, other].had >= max(least, 1)
    ]
    if not known:
        return math.nan, 0
    return math.fsum(each.value for each in known) / len(known), len(known)
