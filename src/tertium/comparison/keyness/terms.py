"""The terms of two groups of sources, and those that the one has more often.

Comes in: the sentences of the sources.
Goes out: key terms with their counts, ranked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from tertium.comparison.keyness.likelihood import log_likelihood, log_ratio
from tertium.comparison.keyness.words import NamesInText, terms_of, without_function_words
from tertium.comparison.passages import Passages
from tertium.spans import Span

RankBy = Literal["log_likelihood", "log_ratio"]
CODER = "words as counted 1"
# A term's sentences that lead from its row; more would bury the reader.
SENTENCES = 5


@dataclass(frozen=True)
class Texts:
    """The terms of each source of a group, and which of its sentences has which."""

    sources: list[str]
    counts: list[Counter[str]]
    sentences: list[list[tuple[Span, frozenset[str]]]]

    @property
    def sizes(self) -> list[int]:
        """How many terms each source has."""
        return [sum(each.values()) for each in self.counts]

    def of(self, term: str) -> list[int]:
        """How often each source has a term."""
        return [each[term] for each in self.counts]

    def holding(self, term: str) -> int:
        """How many sources have a term."""
        return sum(term in each for each in self.counts)


@dataclass(frozen=True)
class Term:
    """A term with its counts in the group and in the others."""

    term: str
    count: int
    other: int
    likelihood: float
    ratio: float

    def rank(self, rank_by: str) -> tuple[float, float, str]:
        """What to sort by; rounded, so that the last bit of a sum decides no order."""
        likelihood, ratio = -round(self.likelihood, 9), -round(self.ratio, 9)
        if rank_by == "log_ratio":
            return ratio, likelihood, self.term
        return likelihood, ratio, self.term


def texts_of(
    passages: Passages,
    sources: Sequence[str],
    language: str,
    names: NamesInText | None,
    *,
    is_kept: bool,
) -> Texts:
    """The terms of sources, sentence by sentence: headings and page furniture have none."""
    counts, sentences = [], []
    for source_id in sources:
        text, counter = passages.text(source_id), Counter[str]()
        held = []
        for span in passages.sentences(source_id):
            terms = terms_of(span.of(text), language, names)
            if not is_kept:
                terms = without_function_words(terms, language)
            counter.update(terms)
            held.append((span, frozenset(terms)))
        counts.append(counter)
        sentences.append(held)
    return Texts(list(sources), counts, sentences)


def key_terms(ours: Texts, others: Texts, least: int, least_sources: int) -> list[Term]:
    """Terms that the group has more often, in so many of its sources."""
    size, other_size = sum(ours.sizes), sum(others.sizes)
    if not size or not other_size:
        return []
    totals: Counter[str] = sum(ours.counts, Counter())
    other_totals: Counter[str] = sum(others.counts, Counter())
    found = []
    for term, count in sorted(totals.items()):
        other = other_totals[term]
        is_more = count * other_size > other * size
        if count >= least and is_more and ours.holding(term) >= least_sources:
            likelihood = log_likelihood(count, other, size, other_size)
            found.append(
                Term(term, count, other, likelihood, log_ratio(count, other, size, other_size))
            )
    return found


def sentences_of(passages: Passages, ours: Texts, terms: Sequence[str]) -> list[dict[str, Any]]:
    """The first sentence of each source that has the term, then the second, up to the limit."""
    support = []
    for number, term in enumerate(terms, start=1):
        turns = sorted(
            (turn, place, span)
            for place, sentences in enumerate(ours.sentences)
            for turn, span in enumerate(span for span, held in sentences if term in held)
        )
        for _, place, span in turns[:SENTENCES]:
            evidence = passages.evidence(
                ours.sources[place], span, scheme="", code="term", stance="asserted", coder=CODER
            )
            support.append({"row": number, "column": None, **evidence})
    return support
