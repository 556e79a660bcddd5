"""What the queue's widget shows, and what it asks for.

Comes in: an adjudication, and messages from a browser.
Goes out: plain content for the browser; each decision goes through `Adjudication.decide`.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from tertium.agreement.adjudication.decisions import Decision
from tertium.agreement.adjudication.items import DIFFERENCES, Item, Said
from tertium.coding.workbench.view import excerpt
from tertium.columns import STANCES
from tertium.errors import InputError, TertiumError
from tertium.spans import Span, merge

if TYPE_CHECKING:
    from tertium.agreement.adjudication.queue import Adjudication

_AROUND = 320
_VERDICTS = {"present": "present", "absent": "absent", "undecided": "can't be decided"}


def answer(queue: Adjudication, act: Mapping[str, Any]) -> dict[str, Any]:
    """Do what the browser asks, and say what it is to show then.

    Parameters
    ----------
    queue : Adjudication
    act : mapping
        ``do`` is hello, open, decide or undo; ``view`` and ``ask`` come back as they are.
    """
    message, failed = "", False
    item_id = str(act.get("item") or "")
    try:
        if act.get("do") == "decide":
            message = _decide(queue, act)
            item_id = _following(queue, item_id)
        elif act.get("do") == "undo":
            queue.undo(item_id)
            message = "Taken back: the difference is open again."
    except InputError as error:
        # In the browser the difference is before one's eyes: its id says nothing.
        told = (f"{one.field}: {one.found}; {one.remedy}" for one in error.faults)
        message, failed = ". ".join(told), True
    except TertiumError as error:
        message, failed = str(error), True
    return {
        **content(queue, item_id),
        "message": message,
        "failed": failed,
        "view": act.get("view"),
        "ask": act.get("ask"),
    }


def content(queue: Adjudication, item_id: str = "") -> dict[str, Any]:
    """The list of differences and the one that is open; the first open one by default."""
    decisions = queue.decisions()
    items = queue.items
    known = {item.id: item for item in items}
    shown = known.get(item_id) or next(
        (item for item in items if item.id not in decisions), items[0] if items else None
    )
    return {
        "setup": {
            "scheme": queue.recorder.scheme.reference,
            "coders": list(queue.places.coders),
            "result": queue.recorder.coder,
            "adjudicator": queue.adjudicator or "",
            "agreed": queue.n_agreed,
        },
        "items": [
            {
                "id": item.id,
                "title": item.source.facts.get("title") or item.source.id,
                "code": queue.recorder.scheme.code(item.code).label,
                "decided": item.id in decisions,
            }
            for item in items
        ],
        "item": None if shown is None else _item(queue, shown, decisions.get(shown.id)),
    }


def _decide(queue: Adjudication, act: Mapping[str, Any]) -> str:
    queue.decide(
        str(act.get("item")),
        str(act.get("word")),
        reason=str(act.get("reason") or ""),
        start=act.get("start"),
        end=act.get("end"),
        stance=act.get("stance") or None,
    )
    left = len(queue.open)
    return f"Decided. {left} open." if left else "Decided. Nothing is open."


def _following(queue: Adjudication, item_id: str) -> str:
    """The next difference that is open, after this one, then from the beginning."""
    ids = [item.id for item in queue.items]
    at = ids.index(item_id)
    still = {item.id for item in queue.open}
    return next((each for each in [*ids[at + 1 :], *ids[:at]] if each in still), item_id)


def _item(queue: Adjudication, item: Item, decision: Decision | None) -> dict[str, Any]:
    scheme_code = queue.recorder.scheme.code(item.code)
    window = _window(item)
    return {
        "id": item.id,
        "source": item.source.id,
        "title": item.source.facts.get("title") or item.source.id,
        "language": item.source.language,
        "code": scheme_code.label,
        "definition": scheme_code.definition,
        "use": scheme_code.when_to_use,
        "not": scheme_code.when_not_to_use,
        "difference": DIFFERENCES[item.difference],
        "whole": item.span is None,
        "window": None if window is None else [window.start, window.end],
        "cut": window is not None and (window.start > 0, window.end < len(item.source.text)),
        "sides": [_side(item, coder, window) for coder in queue.places.coders],
        "stances": list(STANCES) if _differ_in_stance(item) else [],
        "decided": None if decision is None else _decided(item, decision),
    }


def _differ_in_stance(item: Item) -> bool:
    return len({said.stance for said in item.said}) > 1


def _decided(item: Item, decision: Decision) -> dict[str, Any]:
    places = [
        _quoted(item, held.span) + ("" if held.stance == "asserted" else f" ({held.stance})")
        for held in decision.held
        if held.span is not None
    ]
    return {
        "verdict": _VERDICTS[decision.verdict] + (f", {', '.join(places)}" if places else ""),
        "reason": decision.reason,
        "adjudicator": decision.adjudicator or "",
    }


def _quoted(item: Item, span: Span) -> str:
    return f"“{excerpt(span.of(item.source.text))}”"


def _window(item: Item) -> Span | None:
    if item.span is None:
        return None
    end = min(len(item.source.text), item.span.end + _AROUND)
    return Span(max(0, item.span.start - _AROUND), end)


def _side(item: Item, coder: str, window: Span | None) -> dict[str, Any]:
    own = item.of(coder)
    state = "coded" if own else "read" if coder in item.coders else "unread"
    return {
        "coder": coder,
        "state": state,
        "said": [_told(item, each) for each in own],
        "runs": [] if window is None else _runs(item, coder, window),
    }


def _told(item: Item, said: Said) -> dict[str, Any]:
    is_told = said.stance != "asserted" or item.difference == "stance"
    return {
        "place": "" if said.span is None else _quoted(item, said.span),
        "stance": said.stance if is_told else "",
        "value": said.value or "",
        "confidence": "" if said.confidence is None else f"{said.confidence:g}",
        "memo": said.memo or "",
    }


def _runs(item: Item, coder: str, window: Span) -> list[dict[str, Any]]:
    """The text in pieces: what this coder marked, and what the others did otherwise."""
    by_coder = {
        each: merge(said.span for said in item.of(each) if said.span is not None)
        for each in item.coders
    }
    own = by_coder.get(coder, [])
    cuts = {window.start, window.end}
    cuts |= {end for spans in by_coder.values() for span in spans for end in (span.start, span.end)}
    ordered = sorted(cuts)
    runs = []
    for start, end in pairwise(ordered):
        piece = Span(start, end)
        marked = [any(span.holds(piece) for span in spans) for spans in by_coder.values()]
        runs.append(
            {
                "text": piece.of(item.source.text),
                "marked": any(span.holds(piece) for span in own),
                "differs": any(marked) and not all(marked),
            }
        )
    return runs
