"""A draw by strata that depends on a seed and on ids, and on nothing else.

Comes in: sources with their strata, how many are wanted, which are there already.
Goes out: the sources drawn.

Each source has a number by lot, made from the seed and its id alone, and the lowest numbers of a
stratum are drawn. So neither the order of the rows nor a source that is added elsewhere changes
what is drawn.
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from tertium.errors import UnknownNameError

NOT_STATED = "not stated"
_BETWEEN = " × "


def strata_of(sources: pd.DataFrame, by: Sequence[str]) -> dict[str, str]:
    """The stratum of each source, by id."""
    cells = sources.set_index("source_id")[list(by)].astype(object).sort_index()
    return {
        str(source_id): _BETWEEN.join(
            NOT_STATED if pd.isna(value) or not value else str(value) for value in values
        )
        or "all sources"
        for source_id, values in zip(cells.index, cells.itertuples(index=False), strict=True)
    }


def number_of(wanted: float, of: int, name: str) -> int:
    """How many of `of` a number or share means; halves are rounded up."""
    is_share = isinstance(wanted, float)
    if isinstance(wanted, bool) or not (0 < wanted <= (1 if is_share else math.inf)):
        raise UnknownNameError(
            f"{name} {wanted}: write a whole number from 1 (30) or a share of up to 1.0 (0.2)"
        )
    if is_share:
        # Of 0.7 × 30 the machine makes a little less than 21.
        return max(1, math.floor(round(wanted * of, 9) + 0.5))
    if wanted > of:
        raise UnknownNameError(f"{name} {wanted}: there are {of} sources to draw from")
    return int(wanted)


def lot_of(seed: int, *words: str) -> str:
    """A number by lot: the same words and seed give the same on every machine."""
    content = "\x1f".join([str(seed), *words])
    return hashlib.sha256(content.encode("utf-8")).hexdigest()


def draw(
    strata: Mapping[str, str], number: int, *, have: Iterable[str], seed: int, lot: str
) -> set[str]:
    """So many sources, with those that are there already, each stratum in its share."""
    drawn = {source for source in have if source in strata}
    sizes = Counter(strata.values())
    wanted = _sizes(sizes, number, Counter(strata[source] for source in drawn), seed)
    for stratum, size in wanted.items():
        own = sorted(
            (source for source in strata if strata[source] == stratum and source not in drawn),
            key=lambda source: lot_of(seed, lot, source),
        )
        already = sum(strata[source] == stratum for source in drawn)
        drawn.update(own[: size - already])
    return drawn


def _sizes(
    sizes: Mapping[str, int], number: int, have: Mapping[str, int], seed: int
) -> dict[str, int]:
    """How many of each stratum: largest remainders, at least one where the number allows.

    One by one the stratum is served that is furthest below its share. From nothing this gives
    each the whole part of its share first and then the largest remainders.
    """
    total = sum(sizes.values())
    given = {stratum: have.get(stratum, 0) for stratum in sorted(sizes)}
    empty = [stratum for stratum in given if not given[stratum]]
    if number >= sum(given.values()) + len(empty):
        given |= dict.fromkeys(empty, 1)
    while sum(given.values()) < number:
        stratum = max(
            (each for each in given if given[each] < sizes[each]),
            # As whole numbers: shares in floating point would break ties by chance.
            key=lambda each: (number * sizes[each] - total * given[each], lot_of(seed, each)),
        )
        given[stratum] += 1
    return given
