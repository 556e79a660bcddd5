"""Sentences to terms: words, pairs of Chinese characters, names of actors as one.

Comes in: sentences of a text in a language.
Goes out: terms, each once for every place where it stands.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import pairwise
from typing import Literal

from tertium.coding.match import compile_pattern, fold
from tertium.errors import UnknownNameError
from tertium.schemes.scheme import Scheme

Names = Literal["as_words", "one_term", "leave_out"]
FunctionWords = Literal["keep", "leave_out"]

# Written without spaces between words: pairs of neighbouring characters stand for words.
PAIRED = frozenset({"zh", "yue"})
# Without spaces too, and a pair of their characters says nothing.
WITHOUT_RULE = frozenset({"ja", "th", "lo", "km", "my"})

_JOINT = "['’ʼ\\-‐‑]"
_HAN_RUN = re.compile("[\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003134f]+")
# Where a digest names its publication: "*Digest of* [@key]", or the key alone.
_CITATION = re.compile(r"(?:\*[^*\n]*\*\s*)?\[[^\]\n]*@[^\]\n]*\]")
# A place that nothing else may join across: where a name or a citation was taken out.
_GAP = "\x00"
_MARKS = {"’": "'", "ʼ": "'", "‐": "-", "‑": "-", "ё": "е"}

# Articles, pronouns, prepositions, conjunctions, auxiliaries: what says nothing of the matter.
FUNCTION_WORDS: Mapping[str, frozenset[str]] = {
    "en": frozenset(
        """a an the this that these those there here it its itself he him his she her hers they
        them their theirs themselves we us our you your i me my mine who whom whose which what
        when where why how one some any each every all both either neither other another such
        no not nor or and but if then than so as because while though although since until
        unless whether of in on at by for from to into onto with without within under over
        between among against about after before during through across along around above below
        up down out off per via upon toward towards beside besides beyond behind
        be am is are was were been being do does did done doing have has had having will would
        shall should can could may might must also only just very too more most less least much
        many few several own same again once ever never still yet even already""".split()
    ),
    "ru": frozenset(
        """и а но или либо да не ни же ли бы б что чтобы как так если то когда пока где куда откуда
        потому поэтому хотя однако также тоже в во на по с со к ко у о об обо от ото до из изо за
        для без при над под подо перед между через про среди около после против вместо из-за из-под
        это этот эта эти этого этой этих этому этим эту тот та те того той тех тому тем ту
        такой такая такие таких он она оно они его ее их ему ей им него нее них ним ними ней нем
        я мы ты вы нас нам вас вам себя себе свой своя свои своего своей своих своим свою
        который которая которое которые которого которой которых которому котором которым которую
        кто кого кому чем чего чему весь вся все всех всего всей всем был была было были быть
        есть будет будут бы еще уже только даже лишь более менее очень""".split()
    ),
    # Characters: a pair that holds one of them joins words, or ends one.
    "zh": frozenset(
        "的了在是和與与及或也而但就都又把被给給对對从從向于於以之其这這那个個们們有中为為等将將"
    ),
}


def counted_as(language: str) -> str:
    """What is counted in a language, for notes and columns.

    Raises
    ------
    UnknownNameError
        The language parts its words by no sign, and there is no rule for it.

    Examples
    --------
    >>> counted_as("ru"), counted_as("zh")
    ('words', 'pairs of characters')
    """
    if language in WITHOUT_RULE:
        raise UnknownNameError(
            f"language={language!r}: its words are not parted by spaces, and there is no rule "
            "here that parts them"
        )
    return "pairs of characters" if language in PAIRED else "words"


def terms_of(text: str, language: str, names: NamesInText | None = None) -> list[str]:
    """The terms of a sentence, in lower case and NFC; numbers are none.

    Words of English lose their 's; Russian ё is е, and marks of stress fall. Of Chinese each two
    neighbouring Han characters are a term, and words in other letters are words.

    Examples
    --------
    >>> terms_of("The ACFTU's 188 workers [@key2010].", "en")
    ['the', 'acftu', 'workers']
    >>> terms_of("中国工人ACFTU", "zh")
    ['中国', '国工', '工人', 'acftu']
    """
    plain = _CITATION.sub(_GAP, unicodedata.normalize("NFC", text))
    found: list[str] = []
    if names is not None:
        plain, found = names.taken_out(plain)
    lower = plain.casefold()
    for mark, usual in _MARKS.items():
        lower = lower.replace(mark, usual)
    if language in PAIRED:
        for run in _HAN_RUN.findall(lower):
            found.extend(one + other for one, other in pairwise(run))
        lower = _HAN_RUN.sub(" ", lower)
    words = _word().findall(lower)
    if language == "ru":
        words = [word.replace("\u0301", "") for word in words]
    if language == "en":
        words = [word.removesuffix("'s") for word in words]
    # In the order of the text, but for names: only how often matters.
    return [*found, *words]


@cache
def _word() -> re.Pattern[str]:
    """Letters with their marks, and what apostrophes and hyphens join.

    `re` has no name for marks, without which a word of Hindi or Arabic falls apart.
    """
    marks = "".join(
        re.escape(chr(point))
        for point in range(0x300, 0xFE30)
        if unicodedata.category(chr(point)).startswith("M")
    )
    letters = rf"(?:[^\W\d_][{marks}]*)+"
    return re.compile(rf"{letters}(?:{_JOINT}{letters})*")


def is_function_word(term: str, language: str) -> bool:
    """Whether a term says nothing of the matter.

    Examples
    --------
    >>> is_function_word("which", "en"), is_function_word("的工", "zh")
    (True, True)
    """
    listed = FUNCTION_WORDS.get("zh" if language in PAIRED else language, frozenset())
    if language in PAIRED and _HAN_RUN.fullmatch(term):
        return any(character in listed for character in term)
    return term in listed


class NamesInText:
    """The names of a study's actors: to count as one term each, or not at all.

    Parameters
    ----------
    actors : Scheme
        Whose codes are actors and whose patterns are their names.
    language : str
        Whose names.
    handling : {"one_term", "leave_out"}
    """

    def __init__(self, actors: Scheme, language: str, handling: Names) -> None:
        self.handling = handling
        listed = {
            (pattern, code.label)
            for code in actors.codes
            for indicator in code.indicators.get(language, ())
            for pattern in indicator.pattern
        }
        # The longest first, so that "China Labour Bulletin" is no "China".
        self._names = sorted(listed, key=lambda each: (-len(each[0]), each))
        self._signs = [_sign(pattern) for pattern, _ in self._names]

    def taken_out(self, text: str) -> tuple[str, list[str]]:
        """The text without names, and the names: as terms, or none."""
        folded = fold(text)
        near = [number for number, sign in enumerate(self._signs) if sign in folded]
        if not near:
            return text, []
        expressions = (f"(?P<n{number}>{_expression(self._names[number][0])})" for number in near)
        kept, found, end = [], [], 0
        for match in re.finditer("|".join(expressions), folded):
            kept.append(text[end : match.start()])
            end = match.end()
            found.append(f"[{self._names[int(str(match.lastgroup)[1:])][1]}]")
        kept.append(text[end:])
        return _GAP.join(kept), found if self.handling == "one_term" else []


def _sign(pattern: str) -> str:
    """The longest run of letters of a name: without it a text does not hold the name."""
    parts = re.split(r"[\s*'’ʼ\-‐‑]+", fold(unicodedata.normalize("NFC", pattern)))
    return max(parts, key=len)


@cache
def _expression(pattern: str) -> str:
    return compile_pattern(pattern).pattern


def without_function_words(terms: Iterable[str], language: str) -> list[str]:
    """Terms that say something; a name in brackets always does."""
    return [term for term in terms if not is_function_word(term, language)]
