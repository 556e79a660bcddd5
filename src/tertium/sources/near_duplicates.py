"""Sources that may be copies of each other, though menus, headings or a few words differ.

Comes in: sources, and what each is known to render.
Goes out: proposals for the manifest's column `copy_of`; nothing is written.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

import numpy as np
import numpy.typing as npt

from tertium.errors import MissingLibraryError
from tertium.sources.source import Source
from tertium.sources.zones import find_zones

Shingles = npt.NDArray[np.uint64]

# Characters in a shingle: a Han character says as much as a few letters.
_LETTERS, _HAN = 7, 4
# With 32 bands of 4, a pair that shares 0.6 of its shingles is missed once in 80 times, one that
# shares 0.7 once in 6,000 times; most pairs that share little never meet.
_BANDS, _ROWS = 32, 4
_SEED = 1
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_REFERENCES = ("digest_of", "translation_of", "copy_of", "part_of")


@dataclass(frozen=True, order=True)
class Proposal:
    """A source that may repeat another one, and the share of their shingles that both have."""

    source_id: str
    copy_of: str
    similarity: float

    def __str__(self) -> str:
        return f"{self.source_id}: copy_of {self.copy_of}? They share {self.similarity:.2f}."


def near_duplicates(
    sources: Sequence[Source], *, at_least: float, renders: Mapping[str, str] | None = None
) -> list[Proposal]:
    """Sources whose words are nearly those of another, each with the one it may repeat.

    Of two alike the one published later is proposed as the copy, an undated one rather than a
    dated one. MinHash [1]_ finds the candidates; what is reported is the Jaccard similarity of
    the shingles themselves: the share of runs of seven characters (four in Chinese) that both
    texts have among those that either has. Letter case, punctuation and page furniture count
    for nothing. Texts that are said to render one work are never proposed.

    Parameters
    ----------
    sources : sequence of Source
    at_least : float
        The least similarity of a proposal, above 0 and up to 1. No default: it is a claim about
        what a copy is. Below about 0.5 some pairs are missed.
    renders : mapping of str to str, optional
        What sources digest, translate or copy, beyond what their own facts say.

    Returns
    -------
    list of Proposal
        Sorted by source.

    Raises
    ------
    MissingLibraryError
        datasketch is not installed.

    References
    ----------
    .. [1] Broder, A. Z. (1997). On the resemblance and containment of documents.
       Compression and Complexity of Sequences.

    Examples
    --------
    >>> text = "On Monday two hundred couriers of the harbour joined the city federation. "
    >>> near_duplicates([Source("a", text * 3), Source("b", text.upper() * 3)], at_least=0.8)
    [Proposal(source_id='b', copy_of='a', similarity=1.0)]
    """
    if not 0 < at_least <= 1:
        raise ValueError(f"at_least is {at_least}; write a share above 0 and up to 1")
    if not can_find_near_duplicates():
        raise MissingLibraryError(
            "near-duplicates are found with datasketch, which is not installed; "
            "pip install 'tertium[duplicates]'"
        )
    ranked = sorted(sources, key=_rank)
    works = _works(sources, renders or {})
    found: dict[str, Proposal] = {}
    for first, second, similarity in _alike(ranked, at_least):
        one, other = ranked[first].id, ranked[second].id
        if works[one] == works[other]:
            continue
        best = found.get(other)
        if best is None or similarity > best.similarity:
            found[other] = Proposal(other, one, similarity)
    return sorted(found.values())


def can_find_near_duplicates() -> bool:
    """Whether the library for MinHash is installed (`tertium[duplicates]`)."""
    return find_spec("datasketch") is not None


def _rank(source: Source) -> tuple[str, bool, str]:
    """Earlier ones come first: they are the ones that are repeated."""
    return source.facts.get("date") or "\uffff", source.facts.get("kind") == "digest", source.id


def _works(sources: Iterable[Source], renders: Mapping[str, str]) -> dict[str, str]:
    """One name for all texts of a work, by source: what ties them may itself be missing."""
    head: dict[str, str] = {}

    def root(id_: str) -> str:
        while head.setdefault(id_, id_) != id_:
            id_ = head[id_]
        return id_

    for id_, rendered in renders.items():
        head[root(id_)] = root(rendered)
    for source in sources:
        for name in _REFERENCES:
            if name in source.facts:
                head[root(source.id)] = root(source.facts[name])
    return {source.id: root(source.id) for source in sources}


def _alike(sources: Sequence[Source], at_least: float) -> Iterator[tuple[int, int, float]]:
    """Places of two sources that are alike, the first before the second, and how much."""
    from datasketch import MinHash, MinHashLSH

    shingled = [_shingles(source) for source in sources]
    index = MinHashLSH(num_perm=_BANDS * _ROWS, params=(_BANDS, _ROWS))
    filled = [number for number, (_, shingles) in enumerate(shingled) if len(shingles)]
    hashes = MinHash.generator(
        (shingled[number][1].tolist() for number in filled),
        num_perm=_BANDS * _ROWS,
        seed=_SEED,
        hashfunc=_as_it_is,
        scheme="affine64",
    )
    for number, minhash in zip(filled, hashes, strict=True):
        width, own = shingled[number]
        for other in sorted(index.query(minhash)):
            other_width, others = shingled[other]
            # Lengths alone bound what two sets can share.
            least, most = sorted((len(own), len(others)))
            if width == other_width and least >= at_least * most:
                shared = _jaccard(own, others)
                if shared >= at_least:
                    yield other, number, shared
        index.insert(number, minhash)


def _jaccard(one: Shingles, other: Shingles) -> float:
    shared = len(np.intersect1d(one, other, assume_unique=True))
    return shared / (len(one) + len(other) - shared)


def _shingles(source: Source) -> tuple[int, Shingles]:
    """How many characters a shingle has, and every one of the text, as a number, once."""
    text = _words(source)
    points = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    han = np.count_nonzero((points >= 0x3400) & (points <= 0x9FFF))
    width = _HAN if 2 * han > len(points) else _LETTERS
    if len(points) < width:
        return width, np.empty(0, dtype=np.uint64)
    numbers = np.zeros(len(points) - width + 1, dtype=np.uint64)
    for place in range(width):
        # Wraps round at 64 bits, as it is meant to.
        numbers = (numbers ^ points[place : place + len(numbers)]) * _FACTOR
        numbers ^= numbers >> np.uint64(29)
    return width, np.unique(numbers)


def _words(source: Source) -> str:
    """Letters and digits of the text, small, one space between words; no page furniture."""
    text = source.text
    hidden = [zone.span for zone in find_zones(source) if zone.zone == "furniture"]
    parts, place = [], 0
    for span in sorted(hidden, key=lambda each: each.start):
        parts.append(text[place : span.start])
        place = max(place, span.end)
    parts.append(text[place:])
    folded = unicodedata.normalize("NFKC", " ".join(parts)).casefold()
    return " ".join("".join(sign if sign.isalnum() else " " for sign in folded).split())


def _as_it_is(number: Any) -> Any:
    return number
