"""What an adjudicator may say of an item, and what it means.

Comes in: an item, a word, a reason, perhaps a place of her own.
Goes out: a `Decision`, or everything that is wrong with what she said.

The words: the name of a coder (that coder's codings hold), ``both`` (all codings there hold,
overlapping ones as one passage), ``present`` (with a place of her own, or the only one that was
coded), ``absent``, and of a whole source ``undecided``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from tertium.agreement.adjudication.items import Item, Said
from tertium.coding.logs.lines import UNDECIDED
from tertium.columns import STANCES
from tertium.spans import Span, covered_length, merge

Verdict = Literal["present", "absent", "undecided"]


@dataclass(frozen=True)
class Held:
    """One coding that holds: where, with which stance and value."""

    span: Span | None
    stance: str = "asserted"
    value: str | None = None
    confidence: float | None = None

    @property
    def order(self) -> tuple[int, int, str, str]:
        """What codings that hold are sorted by."""
        start, end = (self.span.start, self.span.end) if self.span else (-1, -1)
        return (start, end, self.stance, self.value or "")


@dataclass(frozen=True)
class Decision:
    """What holds at an item, why, and who says so; nobody where coders agree."""

    verdict: Verdict
    held: tuple[Held, ...]
    reason: str
    adjudicator: str | None = None


@dataclass(frozen=True)
class Wrong:
    """One thing that is wrong with what an adjudicator said."""

    field: str
    found: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.field}: {self.found}; {self.remedy}"


def decision_of(
    item: Item,
    word: str,
    *,
    reason: str,
    adjudicator: str,
    span: Span | None = None,
    stance: str | None = None,
) -> Decision | list[Wrong]:
    """What a word means at an item, or everything that is wrong with it.

    Parameters
    ----------
    item : Item
    word : str
        See the head of this module.
    reason : str
        Required; it is kept beside the decision.
    adjudicator : str
    span : Span, optional
        A place of her own, with "present"; it shares a character with the item's.
    stance : str, optional
        With "present"; by default the one that all coders gave.
    """
    wrong: list[Wrong] = []
    if not reason.strip():
        wrong.append(Wrong("reason", "is missing", "write why"))
    if stance is not None and stance not in STANCES:
        remedy = f"write one of: {', '.join(STANCES)}"
        wrong.append(Wrong("stance", f"{stance!r} is no stance", remedy))
    if word != "present" and (span is not None or stance is not None):
        found = f"{word!r} stands with a place or stance of its own"
        wrong.append(Wrong("decision", found, "write present, or leave place and stance out"))
    held = _held(item, word, span, stance)
    if isinstance(held, Wrong):
        wrong.append(held)
    if wrong or isinstance(held, Wrong):
        return wrong
    return Decision(_verdict(held), held, reason.strip(), adjudicator)


def agreed_on(item: Item) -> Decision:
    """What coders agree on: the passage as the coder marked it who marked more.

    An intersection would be a passage that nobody marked, and could cut a sentence in two. Of
    equally long ones the first in the text is taken, so that the order of names changes nothing.
    """
    by_coder = [own for coder in item.coders if (own := item.of(coder))]
    chosen = min(by_coder, key=lambda own: (-covered_length(_spans(own)), sorted(_spans(own))))
    stated = [each.confidence for each in (*item.said, *item.beside) if each.confidence is not None]
    # Agreed on is what the least sure of them holds.
    held = _as_marked(chosen, confidence=min(stated) if stated else None)
    who = " and ".join(sorted(item.coders))
    if item.span is None:
        reason = f"agreed: {who} say the same of the whole source"
    elif item.overlap == 1.0:
        reason = f"agreed: {who} mark the same passage"
    else:
        reason = f"agreed: {who} overlap by {item.overlap:.2f}; the longer passage, of "
        reason += chosen[0].coder
    return Decision(_verdict(held), held, reason)


def _held(item: Item, word: str, span: Span | None, stance: str | None) -> tuple[Held, ...] | Wrong:
    if word in item.coders:
        own = item.of(word)
        if not own and any(each.coder == word for each in item.beside):
            found = f"{word} coded passages, and said nothing of the whole source"
            return Wrong("decision", found, "write present")
        remedy = f"write absent, or {_or(item.coders, but=item.silent)}"
        return _as_marked(own) if own else Wrong("decision", f"{word} coded nothing here", remedy)
    if word == "both":
        coded = [coder for coder in item.coders if item.of(coder)]
        if len(coded) < 2:
            return Wrong("decision", f"only {coded[0]} coded here", f"write {coded[0]}")
        if item.span is None:
            found = "of a whole source two different things can't both hold"
            return Wrong("decision", found, f"write {_or(item.coders, but=item.silent)}")
        return _merged(item.said)
    if word == "absent":
        return ()
    if word == "undecided" and item.span is None:
        return (Held(None, value=UNDECIDED),)
    if word == "undecided":
        found = "a passage is present or absent; only a whole source can be undecided"
        return Wrong("decision", found, "write present or absent")
    if word == "present":
        return _present(item, span, stance)
    remedy = f"write {_or(item.coders, but=item.silent)}, both, present or absent"
    return Wrong("decision", f"{word!r} is no decision", remedy)


def _present(item: Item, span: Span | None, stance: str | None) -> tuple[Held, ...] | Wrong:
    said = [each for each in item.said if each.value != UNDECIDED]
    stances = {each.stance for each in said}
    values = {each.value for each in said}
    if stance is None and len(stances) > 1:
        remedy = f"write one of: {', '.join(sorted(stances))}"
        return Wrong("stance", "the coders differ in it", remedy)
    taken = stance or min(stances, default="asserted")
    value = values.pop() if len(values) == 1 else None
    if span is not None:
        if span.end > len(item.source.text):
            found = f"{span.end} is behind the end of the text, {len(item.source.text)}"
            return Wrong("end", found, "write a place in the text")
        if item.span is not None and not span.has_overlap(item.span):
            found = f"{span.start} to {span.end} is elsewhere"
            remedy = f"write a place that shares a character with {item.span.start} to "
            return Wrong("start", found, remedy + str(item.span.end))
        return (Held(span, taken, value),)
    if item.span is None:
        return (Held(None, taken, value),)
    marked = {tuple(merge(_spans(item.of(each)))) for each in item.coders} - {()}
    if len(marked) > 1:
        remedy = f"write start and end, or the quote, or {_or(item.coders, but=item.silent)}"
        return Wrong("start", "the coders marked different passages", remedy)
    return tuple(Held(each, taken, value) for each in marked.pop())


def _as_marked(said: Iterable[Said], *, confidence: float | None = None) -> tuple[Held, ...]:
    """The codings as they are, each once, with their own confidence where none is given."""
    held: dict[tuple[int, int, str, str], Held] = {}
    for each in said:
        sure = each.confidence if confidence is None else confidence
        one = Held(each.span, each.stance, each.value, sure)
        other = held.setdefault(one.order, one)
        if sure is not None and (other.confidence is None or sure < other.confidence):
            held[one.order] = one
    return tuple(held[order] for order in sorted(held))


def _merged(said: Iterable[Said]) -> tuple[Held, ...]:
    """Codings of passages as few as they can be: alike ones that touch are one."""
    kinds: dict[tuple[str, str | None], list[Span]] = {}
    for each in said:
        if each.span is not None:
            kinds.setdefault((each.stance, each.value), []).append(each.span)
    held = [Held(span, *kind) for kind, spans in kinds.items() for span in merge(spans)]
    return tuple(sorted(held, key=lambda one: one.order))


def _verdict(held: tuple[Held, ...]) -> Verdict:
    if not held:
        return "absent"
    return "undecided" if all(each.value == UNDECIDED for each in held) else "present"


def _spans(said: Iterable[Said]) -> list[Span]:
    return [each.span for each in said if each.span is not None]


def _or(coders: Iterable[str], *, but: Iterable[str]) -> str:
    left = set(but)
    return " or ".join(coder for coder in coders if coder not in left)
