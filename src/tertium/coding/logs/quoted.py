"""Where a quote stands in a text that was copied, printed or typed in between.

Comes in: a text, and a quote that may differ from it in blanks, quotation marks and dashes.
Goes out: the span of the text that is meant, or why there is not exactly one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from tertium.offsets import canonical
from tertium.spans import Span

# What copying and typing changes without changing what is said, each as one character.
_SINGLE = "‘’‚‛′`´ʼ"
_DOUBLE = "“”„‟″«»「」『』＂"
_DASHES = "‐‑‒–—―−﹣－"
_PLAIN = str.maketrans(
    dict.fromkeys(_SINGLE, "'") | dict.fromkeys(_DOUBLE, '"') | dict.fromkeys(_DASHES, "-")
)
# Characters that no reader sees: soft hyphens, zero-width blanks, byte order marks.
_UNSEEN = "\u00ad\u200b\u2060\ufeff"
_RUN = re.compile(rf"[\s{_UNSEEN}]*\s[\s{_UNSEEN}]*|[{_UNSEEN}]+|[-{_DASHES}]{{2,}}|…")
# Beside these no blank says anything: it is a line's end, or a typesetter's.
_UNSPACED = r"[\u2e80-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]"
_ONE_SIDE = re.compile(_UNSPACED)

_CONTEXT = 24
_MOST_PLACES = 5
_MOST_SHOWN = 240
# The nearest passage is looked for by pieces of the quote, evenly taken from it.
_PIECES = (12, 6, 3)
_MOST_PIECES = 150
_MOST_HITS = 400
_LEAST_LIKENESS = 0.6
# Of a longer quote only its beginning is shown, so its end need not be found.
_LONG = 1_000


@dataclass(frozen=True)
class Unplaced:
    """Why a quote has no one place: what was found, and what would be right."""

    field: str
    found: str
    remedy: str


class Quotable:
    r"""A text that quotes are looked up in; made once, asked often.

    Parameters
    ----------
    text : str
        A canonical text.
    may_be_shown : bool
        Whether messages may hold words of it; else they say only where in it.

    Examples
    --------
    >>> text = Quotable("They said:\n“We  strike” – and struck.")
    >>> text.places('said: "We strike" - and')
    [Span(start=5, end=29)]
    """

    def __init__(self, text: str, *, may_be_shown: bool = True) -> None:
        self.text = text
        self.may_be_shown = may_be_shown
        self._plain, self._starts, self._ends = _plain(text)

    def places(self, quote: str, *, prefix: str = "") -> list[Span]:
        """Every span that reads as `quote` does, in order; the case of letters counts.

        Blanks of any kind and number are one, none beside Chinese characters; quotation marks
        and dashes are the same whatever their form; soft hyphens are nothing.

        Parameters
        ----------
        quote : str
        prefix : str
            Only where this stands right before it.
        """
        wanted, before = (_plain(canonical(each))[0].strip() for each in (quote, prefix))
        if not wanted:
            return []
        found = []
        at = self._plain.find(wanted)
        while at >= 0:
            ahead = self._plain[max(0, at - len(before) - 1) : at].rstrip()
            if not before or ahead.endswith(before):
                found.append(self._span(at, at + len(wanted)))
            at = self._plain.find(wanted, at + 1)
        return found

    def nearest(self, quote: str) -> Span | None:
        """The passage that is most like a quote that stands nowhere; None where none is like it."""
        wanted = _folded(_plain(canonical(quote))[0].strip())
        if not wanted:
            return None
        for length in _PIECES:
            start = self._likeliest_start(wanted, length)
            if start is None:
                continue
            bounds = self._bounds(wanted, start)
            if bounds is not None:
                return self._span(*self._to_words(*bounds))
        return None

    @cached_property
    def _search_text(self) -> str:
        return _folded(self._plain)

    def _bounds(self, wanted: str, start: int) -> tuple[int, int] | None:
        """From where to where the text near `start` is like the quote; None where it is not."""
        if len(wanted) > _LONG:
            return start, min(len(self._plain), start + len(wanted))
        slack = 20 + len(wanted) // 5
        first = max(0, start - slack)
        window = self._search_text[first : start + len(wanted) + slack]
        matcher = SequenceMatcher(None, window, wanted, autojunk=False)
        blocks = [each for each in matcher.get_matching_blocks() if each.size]
        if sum(each.size for each in blocks) < _LEAST_LIKENESS * len(wanted):
            return None
        left = len(wanted) - blocks[-1].b - blocks[-1].size
        high = first + blocks[-1].a + blocks[-1].size + left
        return max(0, first + blocks[0].a - blocks[0].b), min(len(self._plain), high)

    def _likeliest_start(self, wanted: str, length: int) -> int | None:
        """Where in the plain text most pieces of the quote stand as they do in the quote."""
        last = len(wanted) - length
        if last < 0:
            return None
        votes: defaultdict[int, float] = defaultdict(float)
        starts: defaultdict[int, list[int]] = defaultdict(list)
        width = max(10, len(wanted) // 8)
        for place in range(0, last + 1, max(1, (last + 1) // _MOST_PIECES)):
            hits = list(self._hits(wanted[place : place + length]))
            for hit in hits:
                bucket = (hit - place) // width
                # A piece that stands everywhere tells little of where the quote stands.
                votes[bucket] += 1 / len(hits)
                starts[bucket].append(hit - place)
        if not votes:
            return None
        # A quote may lie on the border of two buckets.
        best = max(sorted(votes), key=lambda one: votes[one] + votes.get(one + 1, 0.0))
        near = sorted(starts[best] + starts.get(best + 1, []))
        return max(0, near[len(near) // 2])

    def _hits(self, piece: str) -> Iterator[int]:
        at = self._search_text.find(piece)
        for _ in range(_MOST_HITS):
            if at < 0:
                return
            yield at
            at = self._search_text.find(piece, at + 1)

    def _to_words(self, low: int, high: int) -> tuple[int, int]:
        """Bounds that cut no word; in texts without blanks they stay."""
        plain = self._plain

        def is_inside(at: int) -> bool:
            sides = plain[at - 1 : at + 1]
            return 0 < at < len(plain) and sides.isalnum() and not _ONE_SIDE.search(sides)

        for _ in range(_CONTEXT):
            low -= is_inside(low)
            high += is_inside(high)
        while low < high - 1 and plain[low] == " ":
            low += 1
        while high - 1 > low and plain[high - 1] == " ":
            high -= 1
        return low, max(high, low + 1)

    def _span(self, low: int, high: int) -> Span:
        return Span(self._starts[low], self._ends[high - 1])

    def shown(self, span: Span) -> str:
        """A place in words: where it begins, and what stands around it."""
        if not self.may_be_shown:
            return f"at {span.start}"
        before = _one_line(self.text[max(0, span.start - _CONTEXT) : span.start])
        behind = _one_line(self.text[span.end : span.end + _CONTEXT])
        return f"at {span.start} (“…{before}[…]{behind}…”)"


def place_of(
    text: Quotable, quote: str, *, nth: int | None = None, prefix: str = ""
) -> Span | Unplaced:
    """The one span that a quote means.

    Parameters
    ----------
    text : Quotable
    quote : str
    nth : int, optional
        Which of several places is meant, from 1.
    prefix : str
        What stands right before it.

    Examples
    --------
    >>> place_of(Quotable("a strike, the strike"), "strike", nth=2)
    Span(start=14, end=20)
    >>> place_of(Quotable("They went on strike."), "They went on stirke").found
    'it does not stand there; the nearest passage is “They went on strike”, at 0'
    """
    if not _plain(quote)[0].strip():
        return Unplaced("quote", "it holds no character", "write what was coded")
    places = text.places(quote, prefix=prefix)
    if not places and prefix and (anywhere := text.places(quote)):
        found = f"{_cut(prefix)!r} stands before no place of the quote: {_listed(text, anywhere)}"
        return Unplaced("prefix", found, "write what stands right before it")
    if not places:
        return _not_there(text, quote)
    if nth is not None:
        if 1 <= nth <= len(places):
            return places[nth - 1]
        times = "once" if len(places) == 1 else f"{len(places)} times"
        return Unplaced("nth", f"{nth}, but the quote stands there {times}", "write a lower number")
    if len(places) > 1:
        found = f"it stands there {len(places)} times: {_listed(text, places)}"
        remedy = "say which in nth (1, 2, …), or write what stands right before it in prefix"
        return Unplaced("quote", found, remedy)
    return places[0]


def _not_there(text: Quotable, quote: str) -> Unplaced:
    near = text.nearest(quote)
    if near is None:
        remedy = "copy it from the source, and check the source_id"
        return Unplaced("quote", "it does not stand there, and nothing like it", remedy)
    where = f"“{_cut(_one_line(near.of(text.text)))}”, at {near.start}"
    if not text.may_be_shown:
        where = f"from {near.start} to {near.end}"
    found = f"it does not stand there; the nearest passage is {where}"
    return Unplaced("quote", found, "copy it from the source")


def _listed(text: Quotable, places: list[Span]) -> str:
    shown = ", ".join(text.shown(place) for place in places[:_MOST_PLACES])
    more = len(places) - _MOST_PLACES
    return f"{shown} and {more} more" if more > 0 else shown


def _plain(text: str) -> tuple[str, list[int], list[int]]:
    """A text as it is compared, and where each of its characters begins and ends in `text`."""
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    here = 0

    def keep(until: int) -> None:
        parts.append(text[here:until].translate(_PLAIN))
        starts.extend(range(here, until))
        ends.extend(range(here + 1, until + 1))

    for run in _RUN.finditer(text):
        keep(run.start())
        here = run.end()
        for character in _stands_for(text, run):
            parts.append(character)
            starts.append(run.start())
            ends.append(run.end())
    keep(len(text))
    return "".join(parts), starts, ends


def _stands_for(text: str, run: re.Match[str]) -> str:
    characters = run[0]
    if characters == "…":
        return "..."
    if characters[0] in f"-{_DASHES}":
        return "-"
    if not any(each.isspace() for each in characters):
        return ""
    sides = text[run.start() - 1 : run.start()], text[run.end() : run.end() + 1]
    return "" if any(_ONE_SIDE.fullmatch(side) for side in sides) else " "


def _folded(text: str) -> str:
    """Lower case where that keeps the length."""
    low = text.lower()
    return low if len(low) == len(text) else text


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _cut(text: str) -> str:
    return text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}…"
