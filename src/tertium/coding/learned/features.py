"""What a text shows for each code, as named numbers that a model can weigh.

Comes in: a source and a scheme.
Goes out: for each code its features, and the passages that would be shown for it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tertium.coding.coder import RuleCoder
from tertium.coding.match import Searcher
from tertium.schemes.scheme import Indicator, Scheme
from tertium.sources.source import Source
from tertium.sources.units import Unit
from tertium.spans import Span

# Raised when a feature is computed otherwise: a model trained on the old ones is refused.
VERSION = "1"
# Lists of the scheme that name a type of actor.
ACTORS = (
    "official_union", "independent_union", "union_any", "ngo", "workers", "employer",
    "government", "international", "party_state", "public_legal_aid", "business_association",
)  # fmt: skip


@dataclass(frozen=True)
class Seen:
    """What a text shows for one code.

    Parameters
    ----------
    features : mapping of str to float
        By name; a feature that is not named is zero.
    passages : tuple of (Span, float, str)
        Where the code's indicators fired, the weight of the strongest, and their names.
    """

    features: Mapping[str, float]
    passages: tuple[tuple[Span, float, str], ...]


def see(source: Source, units: Sequence[Unit], scheme: Scheme) -> dict[str, Seen]:
    """What `source` shows for each code that has indicators in its language.

    Parameters
    ----------
    source : Source
    units : sequence of Unit
        Its sentences.
    scheme : Scheme

    Examples
    --------
    >>> from tertium.schemes.read import read_scheme
    >>> from tertium.sources.units import find_units
    >>> source = Source("a", "The miners went on strike.", language="en")
    >>> seen = see(source, find_units(source, "sentence"), read_scheme("approach"))
    >>> seen["strike"].features["in the first sentence"]
    1.0
    """
    codings, readings = RuleCoder().code(source, units, scheme)
    sentences = [unit.span for unit in units if unit.zone not in ("furniture", "heading")]
    language = source.language.split("-")[0].casefold()
    searcher = Searcher(source.text, sentences, scheme, language)
    acting = {
        name: {hit.sentence for hit in searcher.hits(Indicator(pattern=f"@{name}"))}
        for name in ACTORS
        if language in scheme.lists.get(name, {})
    }
    searched = [str(row["code"]) for row in readings]
    passages = {code_id: _passages(codings, code_id) for code_id in searched}
    scores = {code_id: _score(of) for code_id, of in passages.items()}
    return {
        code_id: Seen(
            {
                **_own(passages[code_id], sentences),
                **_denied(scheme, code_id, language, searcher),
                **_actors(passages[code_id], sentences, acting),
                **{
                    f"also {other}": score
                    for other, score in scores.items()
                    if score and other != code_id
                },
            },
            passages[code_id],
        )
        for code_id in searched
    }


def _passages(
    codings: Sequence[Mapping[str, Any]], code_id: str
) -> tuple[tuple[Span, float, str], ...]:
    return tuple(
        (Span(row["start"], row["end"]), float(row["confidence"]), str(row["memo"]))
        for row in codings
        if row["code"] == code_id and row["stance"] != "denied"
    )


def _score(passages: Sequence[tuple[Span, float, str]]) -> float:
    return 1.0 - math.prod(1.0 - weight for _, weight, _ in passages)


def _own(
    passages: Sequence[tuple[Span, float, str]], sentences: Sequence[Span]
) -> dict[str, float]:
    """Which indicators fired, how strongly, how often and how early."""
    if not passages:
        return {}
    places = sorted(_sentences_of(passages, sentences))
    found = {
        "score by the rules": _score(passages),
        "strongest passage": max(weight for _, weight, _ in passages),
        "number of passages": math.log1p(len(passages)),
        "share of sentences": len(places) / max(1, len(sentences)),
        "in the first sentence": float(0 in places),
        "how early": 1.0 - places[0] / len(sentences) if places else 0.0,
    }
    for _, _, memo in passages:
        found.update({f"indicator {name}": 1.0 for name in memo.split(" | ")})
    return found


def _sentences_of(
    passages: Sequence[tuple[Span, float, str]], sentences: Sequence[Span]
) -> set[int]:
    return {
        number
        for number, sentence in enumerate(sentences)
        if any(span.start < sentence.end and sentence.start < span.end for span, _, _ in passages)
    }


def _denied(scheme: Scheme, code_id: str, language: str, searcher: Searcher) -> dict[str, float]:
    """How many hits of the code a negation denies."""
    lost = 0
    for indicator in scheme.code(code_id).indicators[language]:
        if indicator.not_negated and indicator.scope == "passage":
            anyway = indicator.model_copy(update={"not_negated": False})
            lost += len(searcher.hits(anyway)) - len(searcher.hits(indicator))
    return {"denied": math.log1p(lost)} if lost else {}


def _actors(
    passages: Sequence[tuple[Span, float, str]],
    sentences: Sequence[Span],
    acting: Mapping[str, set[int]],
) -> dict[str, float]:
    """Which types of actor the text names, and which stand in the code's passages."""
    coded = _sentences_of(passages, sentences)
    found = {f"{name} in the text": 1.0 for name, places in acting.items() if places}
    found.update({f"{name} in a passage": 1.0 for name, there in acting.items() if there & coded})
    return found
