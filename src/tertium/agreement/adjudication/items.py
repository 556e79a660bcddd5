"""Where the named coders coded, place by place, and whether they agree there.

Comes in: codings and readings of several coders on one scheme.
Goes out: one `Item` a place: its codings, who looked there, and what they differ in.

A place is a stretch of text in which codings of one code overlap each other, whoever made them;
what is said of a whole source is a place of its own. A coder has a say there who coded it or who
read some of it for the code. Everybody else did not look, which is no difference.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Literal

from tertium.agreement.adjudication.looked import (
    Read,
    Said,
    has_read,
    read_by_place,
    read_by_two,
    refuse_other_version,
    refuse_strangers,
    rows_of,
    said_by_place,
)
from tertium.coding.coder import Coded
from tertium.coding.logs.lines import UNDECIDED
from tertium.errors import UnknownNameError
from tertium.schemes.scheme import Scheme
from tertium.sources.source import Source
from tertium.spans import Span, jaccard

Difference = Literal["not coded", "verdict", "stance", "boundary"]
# In what coders can differ at a place, as a reader is told.
DIFFERENCES: Mapping[str, str] = {
    "not coded": "one coded the place, another read it and did not",
    "verdict": "they say different things of the whole source",
    "stance": "they coded the place with another stance or value",
    "boundary": "their passages overlap too little",
}
# What decisions and the widget's buttons are called: no coder may bear these names.
DECISION_WORDS = ("absent", "both", "own", "present", "undecided", "undo")


@dataclass(frozen=True, eq=False)
class Item:
    """A place where at least one coder coded and another one looked.

    Parameters
    ----------
    id : str
        Derived from the codings: it changes with them, and with nothing else.
    source : Source
    code : str
    span : Span or None
        From the first character coded to the last; None: the whole source.
    said : tuple of Said
        The codings there, in the order in which the coders were named.
    coders : tuple of str
        Who has a say: coded the place, or read some of it for the code.
    difference : str
        One of `DIFFERENCES`; empty where they agree.
    overlap : float
        The least share (Jaccard) between two coders' characters; 1.0 for a whole source.
    beside : tuple of Said
        Of a whole source: passages of those who say nothing of the whole. They hold the code
        present by them.
    """

    id: str
    source: Source
    code: str
    span: Span | None
    said: tuple[Said, ...]
    coders: tuple[str, ...]
    difference: str
    overlap: float
    beside: tuple[Said, ...] = ()

    @property
    def decides(self) -> tuple[str, ...]:
        """Ids of the codings there and beside, sorted."""
        return tuple(sorted(each.coding_id for each in (*self.said, *self.beside)))

    def of(self, coder: str) -> tuple[Said, ...]:
        """What one coder coded there."""
        return tuple(each for each in self.said if each.coder == coder)

    @property
    def silent(self) -> tuple[str, ...]:
        """Who looked and coded nothing there."""
        return tuple(coder for coder in self.coders if not self.of(coder))


@dataclass(frozen=True, eq=False)
class Places:
    """Every place of a scheme that at least two of the named coders looked at.

    Parameters
    ----------
    items : tuple of Item
        Sorted by source, place and the scheme's order of codes.
    read : mapping of (source id, code) to list of Span, or None
        What at least two of the coders read; None: the whole source.
    sources : mapping of str to Source
        All texts that were looked at, by id.
    coders : tuple of str
        As they were named.
    n_alone : int
        How many of their codings stand where nobody else of them read.
    """

    items: tuple[Item, ...]
    read: Mapping[tuple[str, str], list[Span] | None] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    coders: tuple[str, ...] = ()
    n_alone: int = 0


def find_places(
    coded: Coded,
    *,
    sources: Iterable[Source],
    scheme: Scheme,
    coders: Sequence[str],
    overlap: float,
) -> Places:
    """Where the named coders agree and where they differ.

    Parameters
    ----------
    coded : Coded
        Codings and readings that stand.
    sources : iterable of Source
        The texts at hand; codings on others are left out.
    scheme : Scheme
    coders : sequence of str
        Two or more. Their order changes nothing but the order in which they are shown.
    overlap : float
        Coders agree on a passage where the characters that they marked overlap by this share
        (Jaccard) or more; above 0, up to 1. No default: it decides what is a difference.

    Raises
    ------
    UnknownNameError
        A coder who has neither coded nor read with the scheme, or fewer than two coders.
    VersionError
        They did so with another version of the scheme.

    Examples
    --------
    >>> from tertium.coding.logs.lines import coding_line, reading_line
    >>> from tertium.coding.logs.log import as_lines
    >>> from tertium.coding.logs.replay import replay
    >>> from tertium.schemes.read import read_scheme
    >>> source, approach = Source("first", "Workers struck."), read_scheme("approach")
    >>> lines = [coding_line(source, Span(8, 14), approach, "strike", coder="ana")]
    >>> lines += [reading_line(source, None, approach, None, coder=who) for who in ("ana", "ben")]
    >>> coded = replay(as_lines(lines), sources=[source])
    >>> found = find_places(coded, sources=[source], scheme=approach, coders=["ana", "ben"],
    ...                     overlap=0.5)
    >>> [(item.code, item.difference) for item in found.items]
    [('strike', 'not coded')]
    """
    refuse_coders(coders)
    if not 0 < overlap <= 1:
        raise UnknownNameError(f"overlap={overlap}: write a share above 0, up to 1")
    own, looked = (rows_of(table, scheme, coders) for table in (coded.codings, coded.readings))
    refuse_strangers(coded, scheme, coders)
    refuse_other_version(scheme, [*own, *looked])
    read = read_by_place(looked, scheme)
    items: list[Item] = []
    shared: dict[tuple[str, str], list[Span] | None] = {}
    said = said_by_place(own)
    texts = sorted(sources, key=lambda one: one.id)
    for source in texts:
        for code in scheme.code_ids:
            here = read.get((source.id, code), {})
            coded_here = said.get((source.id, code), [])
            items += _items(source, code, coded_here, here, coders, overlap)
            both = read_by_two(here.values(), len(source.text))
            if both is None or both:
                shared[source.id, code] = both
    rank = {code: number for number, code in enumerate(scheme.code_ids)}
    items.sort(key=lambda one: (one.source.id, *_place(one.span), rank[one.code], one.id))
    at_hand = {one.id: one for one in texts}
    n_codings = sum(len(own) for (source_id, _), own in said.items() if source_id in at_hand)
    n_alone = n_codings - sum(len(item.said) for item in items)
    return Places(tuple(items), shared, at_hand, tuple(coders), n_alone)


def refuse_coders(coders: Sequence[str]) -> None:
    """Names that can't be adjudicated between."""
    if len(coders) < 2 or isinstance(coders, str):
        raise UnknownNameError("name two coders or more: ana,ben")
    if len(set(coders)) < len(coders):
        raise UnknownNameError(f"a coder is named twice: {', '.join(coders)}")
    if wrong := sorted(set(coders) & set(DECISION_WORDS)):
        raise UnknownNameError(f"{wrong[0]!r} is what a decision is called, so no coder can be")


# ---------------------------------------------------------------------------------------------
# Places


def _items(
    source: Source,
    code: str,
    said: Sequence[Said],
    read: Mapping[str, Read],
    coders: Sequence[str],
    overlap: float,
) -> Iterator[Item]:
    whole = [each for each in said if each.span is None]
    placed = [(each.span, each) for each in said if each.span is not None]
    for group in [*([whole] if whole else []), *_overlapping(placed)]:
        spans = [each.span for each in group if each.span is not None]
        own = {each.coder for each in group}
        beside = [] if spans else [each for _, each in placed if each.coder not in own]
        own |= {each.coder for each in beside}
        have_say = tuple(
            coder for coder in coders if coder in own or has_read(read.get(coder, []), spans)
        )
        if len(have_say) < 2:
            continue
        rank = {coder: number for number, coder in enumerate(coders)}
        group.sort(key=lambda one: (rank[one.coder], *_place(one.span), one.coding_id))
        share = _least_overlap(group) if spans else 1.0
        by_passage = {each.coder for each in beside}
        yield Item(
            id=_item_id(source, code, [*group, *beside]),
            source=source,
            code=code,
            span=Span(min(s.start for s in spans), max(s.end for s in spans)) if spans else None,
            said=tuple(group),
            coders=have_say,
            difference=_difference(group, have_say, by_passage, share, overlap),
            overlap=share,
            beside=tuple(sorted(beside, key=lambda one: one.coding_id)),
        )


def _overlapping(placed: Iterable[tuple[Span, Said]]) -> list[list[Said]]:
    """Codings in groups: each overlaps another of its group, and none of another group."""
    groups: list[list[Said]] = []
    reached = 0
    for span, each in sorted(placed, key=lambda one: (one[0], one[1].coding_id)):
        if not groups or span.start >= reached:
            groups.append([])
        groups[-1].append(each)
        reached = max(reached, span.end)
    return groups


def _least_overlap(group: Iterable[Said]) -> float:
    by_coder: dict[str, list[Span]] = {}
    for each in group:
        if each.span is not None:
            by_coder.setdefault(each.coder, []).append(each.span)
    pairs = combinations(by_coder.values(), 2)
    return min((jaccard(one, other) for one, other in pairs), default=1.0)


def _difference(
    group: Sequence[Said],
    coders: Sequence[str],
    by_passage: Collection[str],
    share: float,
    overlap: float,
) -> Difference | Literal[""]:
    by_coder: dict[str, set[tuple[str, str | None]]] = {coder: set() for coder in coders}
    for each in group:
        by_coder[each.coder].add((each.stance, each.value))
    if by_passage and any(each.value == UNDECIDED for each in group):
        return "verdict"
    # A passage says present, as a coding of the whole does.
    kinds = [own for coder, own in by_coder.items() if coder not in by_passage]
    is_same = all(each == kinds[0] for each in kinds)
    if group[0].span is None:
        return "" if is_same else "verdict"
    if not all(kinds):
        return "not coded"
    if not is_same:
        return "stance"
    return "" if share >= overlap else "boundary"


def _item_id(source: Source, code: str, group: Iterable[Said]) -> str:
    # A letter first: a spreadsheet takes digits with one e among them for a number.
    ids = sorted(each.coding_id for each in group)
    content = "\x1f".join([source.id, source.text_sha256, code, *ids])
    return f"q{hashlib.sha256(content.encode('utf-8')).hexdigest()[:12]}"


def _place(span: Span | None) -> tuple[int, int]:
    return (-1, -1) if span is None else (span.start, span.end)
