"""Indicators and text to spans: the meaning of the indicator grammar, in plain `re`.

Comes in: patterns of a scheme and a canonical text cut into sentences.
Goes out: hits with offsets; any faster implementation must give the same ones.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from tertium.errors import UnknownNameError
from tertium.schemes.scheme import Indicator, Scheme
from tertium.spans import Span

if TYPE_CHECKING:
    from tertium.coding.scanning.engine import Engine

# A Han or kana character is a word of its own: it never blocks a Latin or Cyrillic word beside
# it, as Python's \b would (中国ACFTU组织). So folding moves these characters to private ones,
# which `re` does not take for letters; first and last of each range, and where it goes.
_HAN_RANGES = (
    (0x3005, 0x3007, 0xF3005),
    (0x3040, 0x30FF, 0xF3040),
    (0x3400, 0x4DBF, 0xF3400),
    (0x4E00, 0x9FFF, 0xF4E00),
    (0xF900, 0xFAFF, 0xFF900),
    (0x20000, 0x2FFFF, 0x100000),
    (0x30000, 0x3134F, 0xF0000),
)
HAN = "[\U000f0000-\U0010ffff]"
# A combining mark belongs to the letter that it stands on (за́мок is one word).
LETTER = r"[\w\u0300-\u036f]"
# Marks of one meaning, which join the parts of a word.
APOSTROPHES = "'’ʼ"
HYPHENS = "-‐‑"
JOINT = f"[{APOSTROPHES}{re.escape(HYPHENS)}]"
_NO_LETTER_BEFORE = rf"(?<!{LETTER})"
_NO_LETTER_AFTER = rf"(?!{LETTER})"
_SPELLED_WORD = rf"{LETTER}+(?:{JOINT}{LETTER}+)*"
_ANY_WORD = rf"(?:{HAN}|{_NO_LETTER_BEFORE}{_SPELLED_WORD}{_NO_LETTER_AFTER})"
_WORD = re.compile(rf"{HAN}|{_SPELLED_WORD}")
_IS_HAN = re.compile(HAN)
_IS_LETTER = re.compile(LETTER)


# How many sentences before and behind a hit `around` and `not_around` look at.
_AROUND = 5
# A negation that begins farther than this before the words in reach does not reach into them.
_LONGEST_NEGATION = 24


class _Negation(NamedTuple):
    """What denies a hit: `words` within `reach` words before it, or `after` right behind it.

    A character of `stop` bars the words before.
    """

    words: re.Pattern[str]
    after: re.Pattern[str]
    reach: int
    stop: str = ""


# "No. 5", "not only" and "не только" deny nothing. Three Chinese words are about six
# characters; a comma ends a clause there (lists have a mark of their own), and a lone 无, 未
# or 不 denies only what it touches (无锡 is a town).
_NEGATION = {
    "en": _Negation(
        re.compile(
            rf"{_NO_LETTER_BEFORE}(?:no(?!\.)|not(?!\s+(?:only|just|merely|simply)\b)|never|"
            rf"without|cannot|neither|nor|{LETTER}+n['’ʼ]t){_NO_LETTER_AFTER}",
            re.IGNORECASE,
        ),
        re.compile(
            r"\s+(?:did not|didn['’ʼ]t|never|has not|have not) (?:take|taken|took|happen)", re.I
        ),
        reach=3,
    ),
    "zh": _Negation(
        re.compile(
            r"[没沒]有|[并並]未|未[曾能]|[从從尚]未|[并並]非|不曾|[无無没沒]人|"
            r"(?:(?<!不得)不|[无無未没沒])\Z"
        ),
        re.compile(r"[并並]?(?:没有|沒有|未)(?:发生|發生|出现|出現|举行|舉行)"),
        reach=6,
        stop="，；：,;:",
    ),
    "ru": _Negation(
        re.compile(
            rf"{_NO_LETTER_BEFORE}(?:не(?!\s+только\b)|нет|без|ни|никогда|никаких|никакой)"
            rf"{_NO_LETTER_AFTER}",
            re.IGNORECASE,
        ),
        re.compile(r"\s+(?:так и )?не (?:было|будет|состоял|проводил|объявлял|произошл)", re.I),
        reach=3,
    ),
}


def fold(text: str) -> str:
    r"""`text` in lower case, Han moved aside, character for character: offsets stay true.

    Examples
    --------
    >>> fold("İSTANBUL Профсоюз"), len(fold("İ罢工"))
    ('istanbul профсоюз', 3)
    """
    # A Σ that ends a word would become ς: the word would then read otherwise in another text.
    lower = text.replace("İ", "i").replace("Σ", "σ").replace("ς", "σ").lower()
    if len(lower) != len(text):
        lower = "".join(one if len(one.lower()) != 1 else one.lower() for one in text)
    if lower.isascii():
        return lower
    points = np.frombuffer(lower.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    moved = points.copy()
    for first, last, goal in _HAN_RANGES:
        inside = (points >= first) & (points <= last)
        moved[inside] += np.uint32(goal - first)
    return moved.tobytes().decode("utf-32-le", "surrogatepass")


def compile_pattern(pattern: str) -> re.Pattern[str]:
    r"""A pattern of the grammar as a regular expression over a folded canonical text.

    Parameters
    ----------
    pattern : str
        Words, ``stem*``, ``*stem``, ``*`` for one word, phrases, Han substrings. Between two
        words of a phrase stands white space; beside a Han character none is needed.

    Examples
    --------
    >>> compile_pattern("collective bargain*").search(fold("Collective\u00a0bargaining"))[0]
    'collective\xa0bargaining'
    >>> compile_pattern("ACFTU").search(fold("中国ACFTU组织")).span()
    (2, 7)
    """
    tokens = fold(unicodedata.normalize("NFC", pattern)).split()
    if not tokens:
        raise ValueError("a pattern needs at least one word")
    parts = [_token_expression(tokens[0])]
    for before, token in itertools.pairwise(tokens):
        parts.append(_gap_expression(before, token))
        parts.append(_token_expression(token))
    return re.compile("".join(parts))


def _gap_expression(before: str, after: str) -> str:
    if is_han(before[-1]) or is_han(after[0]):
        return r"\s*"
    if "*" in (before, after):
        return rf"(?:\s+|(?<={HAN})|(?={HAN}))"
    return r"\s+"


def _token_expression(token: str) -> str:
    if token == "*":
        return _ANY_WORD
    body = "".join(_character_expression(character) for character in token)
    before = _NO_LETTER_BEFORE if token[0] == "*" or is_letter(token[0]) else ""
    after = _NO_LETTER_AFTER if token[-1] == "*" or is_letter(token[-1]) else ""
    return before + body + after


def _character_expression(character: str) -> str:
    if character == "*":
        return rf"{LETTER}*"
    for alike in (APOSTROPHES, HYPHENS):
        if character in alike:
            return f"[{re.escape(alike)}]"
    return re.escape(character)


def is_letter(character: str) -> bool:
    """Whether a folded character goes on with a word: a letter, digit, low line or mark."""
    return _IS_LETTER.match(character) is not None


def is_han(character: str) -> bool:
    """Whether a folded character is a word of its own."""
    return _IS_HAN.match(character) is not None


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return compile_pattern(pattern)


@cache
def _literals(pattern: str) -> tuple[str, ...]:
    """The runs of letters that a text must hold for `pattern` to hit it, folded as the text."""
    parts = re.split(r"[\s*'’ʼ\-‐‑]+", fold(unicodedata.normalize("NFC", pattern)))
    return tuple(part for part in parts if part)


@cache
def _compiled_regex(expression: str) -> re.Pattern[str]:
    return re.compile(unicodedata.normalize("NFC", expression))


@dataclass(frozen=True, order=True)
class Hit:
    """An indicator that fired: the sentence it fired in and the words it fired on."""

    sentence: int
    start: int
    end: int


class Searcher:
    """One text in one language, searched for a scheme's indicators.

    Parameters
    ----------
    text : str
        The canonical text.
    sentences : sequence of Span
        Where hits may stand, sorted and disjoint; a hit never crosses two of them.
    scheme : Scheme
        Gives the named lists.
    language : str
        Which of each list's patterns, and which negations, apply.
    engine : {"auto", "re", "scan"}
        What searches for the scheme's patterns: `re`, the compiled scanner, or whichever is
        faster. The hits are the same.

    Examples
    --------
    >>> from tertium.schemes.read import read_scheme
    >>> text = "The two sides strike a balance."
    >>> searcher = Searcher(text, [Span(0, len(text))], read_scheme("approach"), "en")
    >>> searcher.hits(Indicator(pattern="strike*", exclude="strike a balance"))
    []
    """

    def __init__(
        self,
        text: str,
        sentences: Sequence[Span],
        scheme: Scheme,
        language: str,
        *,
        engine: Engine = "auto",
    ) -> None:
        self._text = text
        self._folded = fold(text)
        self._sentences = list(sentences)
        self._lists = {
            f"@{name}": patterns[language]
            for name, patterns in scheme.lists.items()
            if language in patterns
        }
        self._language = language
        self._found, self._scanned = _scan(text, sentences, scheme, language, engine)
        self._found_any: dict[tuple[str, ...], list[Hit]] = {}
        self._words: dict[int, list[Span]] = {}

    def hits(self, indicator: Indicator) -> list[Hit]:
        """Where `indicator` fires, sorted; its whole context is checked."""
        hits = self._find(indicator)
        if hits and indicator.exclude:
            barred = _by_sentence(self._find_any(indicator.exclude))
            hits = [
                hit
                for hit in hits
                if not any(_touch(hit, bar) for bar in barred.get(hit.sentence, ()))
            ]
        if hits and indicator.require:
            there = _by_sentence(self._find_any(indicator.require))
            hits = [hit for hit in hits if hit.sentence in there]
        if hits and indicator.unless:
            there = _by_sentence(self._find_any(indicator.unless))
            hits = [hit for hit in hits if hit.sentence not in there]
        if hits and indicator.around:
            hits = [hit for hit in hits if self._stands_around(hit, indicator.around)]
        if hits and indicator.not_around:
            hits = [hit for hit in hits if not self._stands_around(hit, indicator.not_around)]
        if hits and indicator.near:
            company = self._find_any(indicator.near)
            if indicator.not_negated:
                company = [hit for hit in company if not self._is_negated(hit)]
            near = _by_sentence(company)
            hits = [
                hit
                for hit in hits
                if self._has_company(hit, near.get(hit.sentence, ()), indicator.within)
            ]
        if hits and indicator.not_negated:
            hits = [hit for hit in hits if not self._is_negated(hit)]
        return hits

    def _stands_around(self, hit: Hit, patterns: tuple[str, ...]) -> bool:
        found = self._find_any(patterns)
        first = bisect_left(found, hit.sentence - _AROUND, key=lambda one: one.sentence)
        return first < len(found) and found[first].sentence <= hit.sentence + _AROUND

    def _find(self, indicator: Indicator) -> list[Hit]:
        if indicator.regex is not None:
            return list(self._search(_compiled_regex(indicator.regex), self._text))
        return list(self._find_any(indicator.pattern))

    def _find_any(self, patterns: tuple[str, ...]) -> list[Hit]:
        if patterns not in self._found_any:
            found: set[Hit] = set()
            for pattern in patterns:
                for single in self._patterns_of(pattern):
                    found.update(self._find_one(single))
            self._found_any[patterns] = sorted(found)
        return self._found_any[patterns]

    def _patterns_of(self, pattern: str) -> tuple[str, ...]:
        if not pattern.startswith("@"):
            return (pattern,)
        if pattern not in self._lists:
            there = ", ".join(sorted(self._lists)) or "none"
            raise UnknownNameError(
                f"there is no list {pattern} in language {self._language!r}; there are: {there}"
            )
        return self._lists[pattern]

    def _find_one(self, pattern: str) -> list[Hit]:
        if pattern not in self._found and pattern not in self._scanned:
            may_stand = all(part in self._folded for part in _literals(pattern))
            found = self._search(_compiled(pattern), self._folded) if may_stand else ()
            self._found[pattern] = list(found)
        return self._found.get(pattern, _NONE)

    def _search(self, expression: re.Pattern[str], text: str) -> Iterator[Hit]:
        # Each sentence on its own: a match that crosses its end would swallow one that does not.
        for index, sentence in enumerate(self._sentences):
            for match in expression.finditer(text, sentence.start, sentence.end):
                if match.end() > match.start():
                    yield Hit(index, match.start(), match.end())

    def _has_company(self, hit: Hit, company: Iterable[Hit], within: str | int) -> bool:
        return any(
            not _touch(hit, other)
            and (within == "sentence" or self._words_between(hit, other) <= int(within))
            for other in company
        )

    def _words_of(self, sentence: int) -> list[Span]:
        if sentence not in self._words:
            where = self._sentences[sentence]
            self._words[sentence] = [
                Span(*match.span())
                for match in _WORD.finditer(self._folded, where.start, where.end)
            ]
        return self._words[sentence]

    def _words_between(self, one: Hit, other: Hit) -> int:
        """Whole words after the first and before the second: the s of "worker's" is none."""
        first, second = sorted((one, other), key=lambda hit: hit.start)
        words = self._words_of(one.sentence)
        begin = bisect_left(words, first.end, key=lambda word: word.start)
        end = bisect_right(words, second.start, key=lambda word: word.end)
        return max(0, end - begin)

    def _is_negated(self, hit: Hit) -> bool:
        negation = _NEGATION.get(self._language)
        if negation is None:
            return False
        end = self._sentences[hit.sentence].end
        if negation.after.match(self._text, hit.end, end):
            return True
        words = self._words_of(hit.sentence)
        count = bisect_right(words, hit.start, key=lambda word: word.end)
        reach = words[max(0, count - negation.reach) : count]
        if not reach:
            return False
        begin = reach[0].start
        for mark in negation.stop:
            begin = max(begin, self._text.rfind(mark, begin, hit.start) + 1)
        first = max(self._sentences[hit.sentence].start, begin - _LONGEST_NEGATION)
        return any(
            match.end() > begin for match in negation.words.finditer(self._text, first, hit.start)
        )


_NONE: list[Hit] = []


def _scan(
    text: str, sentences: Sequence[Span], scheme: Scheme, language: str, engine: Engine
) -> tuple[dict[str, list[Hit]], frozenset[str]]:
    """Hits by pattern, and the patterns that were looked for: none where `re` is to search."""
    # The scanner asks this module what its characters mean, so it is imported where it is used.
    from tertium.coding.scanning.engine import ready, serves

    found: dict[str, list[Hit]] = {}
    if not sentences or not serves(engine, len(text)):
        return found, frozenset()
    from tertium.coding.scanning.scan import scan_spans

    patterns = ready(scheme, language)
    try:
        hits = scan_spans(text, sentences, patterns)
    except UnicodeEncodeError:  # half a surrogate pair: no canonical text has one
        return found, frozenset()
    for sentence, number, start, end in zip(*(column.tolist() for column in hits), strict=True):
        found.setdefault(patterns.patterns[number], []).append(Hit(sentence, start, end))
    return found, patterns.scanned


def _by_sentence(hits: Iterable[Hit]) -> dict[int, list[Hit]]:
    grouped: dict[int, list[Hit]] = {}
    for hit in hits:
        grouped.setdefault(hit.sentence, []).append(hit)
    return grouped


def _touch(one: Hit, other: Hit) -> bool:
    return one.start < other.end and other.start < one.end
