"""How plausible it is that a decoded text was ever written.

Comes in: a text that some encoding gives for some bytes.
Goes out: a score from 0 to 1, the share of its characters outside ASCII that stand where a
writer would have put them, less where common ones are too rare.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise

_PUNCTUATION = frozenset("’‘“”„‚–—…«»•·©®™§№€°\u00a0‹›")
_FULL_WIDTH = re.compile("[\u2010-\u203b\u2460-\u24ff\u25a0-\u25ff\u3000-\u303f\uff00-\uffef]")
_COMMON_HAN = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面"
    "而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好"
    "這為個國時來們對會發動過說產種後學經進著電裡現實體機當點從業將與並勞單資廠開問關長還無應"
)
_RUSSIAN_FREQUENCY = dict(
    zip(
        "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё",
        [
            10.97, 8.45, 8.01, 7.35, 6.70, 6.26, 5.47, 4.73, 4.54, 4.40, 3.49, 3.21, 2.98, 2.81,
            2.62, 2.01, 1.90, 1.74, 1.70, 1.65, 1.59, 1.44, 1.21, 0.97, 0.94, 0.73, 0.64, 0.48,
            0.36, 0.32, 0.26, 0.04, 0.04,
        ],
        strict=True,
    )
) | {"і": 5.5, "ї": 0.6, "є": 0.6, "ґ": 0.02, "ў": 1.0}  # fmt: skip
_USUAL_FREQUENCY = 5.6  # of a Russian letter, in per cent, averaged over a text
_USUAL_COMMON_SHARE = 0.12  # the least that _COMMON_HAN makes up of running text


@lru_cache(maxsize=1)
def _everyday_han() -> frozenset[str]:
    """The first levels of GB 2312 and Big5: the characters that make up nearly all text."""
    rows = [(range(0xB0, 0xD8), range(0xA1, 0xFF), "gb2312")]
    rows += [(range(0xA4, 0xC7), [*range(0x40, 0x7F), *range(0xA1, 0xFF)], "big5")]  # type: ignore[list-item]
    return frozenset(
        text
        for leads, trails, encoding in rows
        for lead in leads
        for trail in trails
        if (text := bytes([lead, trail]).decode(encoding, "ignore"))
    )


def _is_han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff" or "\U00020000" <= character <= "\U0003ffff"


def many_scripts_score(text: str) -> float:
    """For encodings that hold many scripts: everyday Han, and letters among their own kind."""
    foreign = [n for n, character in enumerate(text) if character >= "\x80"]
    if not foreign:
        return 1.0
    everyday = _everyday_han()
    good = 0
    han = common = 0
    for n in foreign:
        character = text[n]
        if _is_han(character):
            han += 1
            common += character in _COMMON_HAN
            good += character in everyday
        elif _FULL_WIDTH.match(character) or character in _PUNCTUATION:
            good += 1
        elif unicodedata.category(character)[0] in "LM":
            good += _is_among_its_kind(text, n) and _script(character) != "HANGUL"
        else:
            good += unicodedata.category(character) in ("So", "Sk", "Cf", "Sc", "Nd", "Sm", "Mn")
    # Korean or Japanese bytes give everyday characters too, but not
    # those that no text does without.
    return good / len(foreign) * _share_fit(common, han, _USUAL_COMMON_SHARE)


def unmarked_score(text: str) -> float:
    """UTF-16 with neither mark nor NUL is rare: what else fits goes before it."""
    return 0.9 * many_scripts_score(text)


def _share_fit(found: float, of: int, usual: float) -> float:
    """How near `found / of` comes to its usual value, at most 1; a few say little."""
    return min(1.0, (found + 10 * usual) / (of + 10) / usual)


def _is_among_its_kind(text: str, position: int) -> bool:
    here = _script(text[position])
    around = text[max(0, position - 1) : position] + text[position + 1 : position + 2]
    kinds = {_script(character) for character in around if character.isalpha()}
    if here == "LATIN":
        return kinds <= {"LATIN"}
    return here in kinds or not kinds


@lru_cache(maxsize=4096)
def _script(character: str) -> str:
    return unicodedata.name(character, "?").split()[0]


def _words(text: str) -> list[str]:
    return "".join(c if c.isalpha() else " " for c in text).split()


def cyrillic_score(text: str) -> float:
    """Whole Cyrillic words, capitals only first or throughout, and letters as often as usual."""
    foreign = sum(character >= "\x80" for character in text)
    good = 0.0
    weight = 0.0
    letters = 0
    for word in _words(text):
        inside = sum(character >= "\x80" for character in word)
        if not inside:
            continue
        letters += inside
        lowered = word.lower()
        weight += sum(_RUSSIAN_FREQUENCY.get(character, 0.0) for character in lowered)
        if inside == len(word) and word[1:] == lowered[1:]:
            good += inside
        elif inside == len(word) and word.isupper():
            good += 0.9 * inside  # KOI8-R and Windows-1251 have their capitals crosswise
    others = [character for character in text if character >= "\x80" and not character.isalpha()]
    good += sum(character in _PUNCTUATION for character in others)
    if not letters:
        return 0.0
    return good / foreign * _share_fit(weight, letters, _USUAL_FREQUENCY)


def western_score(text: str) -> float:
    """Accented letters inside words that are otherwise ASCII; signs where signs belong."""
    foreign = sum(character >= "\x80" for character in text)
    good = 0
    for word in _words(text):
        inside = sum(character >= "\x80" for character in word)
        capital_inside = any(a.islower() and b.isupper() for a, b in pairwise(word))
        least_ascii = 0 if len(word) == 1 else 1 if len(word) <= 4 else 0.4 * len(word)
        if inside and len(word) - inside >= least_ascii and not capital_inside:
            good += inside
    for n, character in enumerate(text):
        if character < "\x80" or character.isalpha():
            continue
        before, after = text[max(0, n - 1) : n], text[n + 1 : n + 2]
        good += _belongs(character, before, after)
    return good / foreign


_SIGN_PLACES: dict[str, Callable[[str, str], bool]] = {
    "£¥¤": lambda before, after: not before.isalpha(),
    "°¹²³½¼¾": lambda before, after: not (before.isalpha() and after.isalpha()),
    "¡¿": lambda before, after: after.isalpha() and not before.isalpha(),
    "·": lambda before, after: before.isalnum() or before.isspace(),
    "×÷±": lambda before, after: not before.isalpha(),
    "´`¨": lambda before, after: False,
}


def _belongs(sign: str, before: str, after: str) -> bool:
    for signs, fits in _SIGN_PLACES.items():
        if sign in signs:
            return fits(before, after)
    if sign in "’‘“”–—…«»•©®™§€\u00a0\u00ad‹›„‚":
        return not (before >= "\x80" and after >= "\x80")
    return False
