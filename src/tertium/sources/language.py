"""Which language a text is in, as far as its letters tell.

Comes in: a text.
Goes out: a BCP 47 code, "und" where letters and function words do not decide.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache

# A Han character says about as much as three letters.
_WEIGHT = {"CJK": 3, "HANGUL": 2}
_KANA_SHARE = 0.05
_MARKED_SHARE = 0.02
_ENGLISH_SHARE = 0.08

# Words that hardly any other language has, and those that some of its neighbours share.
_TYPICAL_ENGLISH = frozenset(
    "the of and that with from their they them his her its she he our we you this these those "
    "which who what when where how why been being are were be had has will would could can "
    "should than then there about after before until into through between during against "
    "not no only just much many most more such other people one two all did does "
    # Frequent words of the field, so that a headline is known without function words.
    "went said says workers worker union unions strike strikes wages labour labor factory "
    "factories employees employers lawmakers demanded protested".split()
)
_SHARED_ENGLISH = frozenset("in is was for on as at by or to it have an but if so over".split())
# Words that other languages can't do without and that English hardly has.
_NOT_ENGLISH = frozenset(
    (
        "le la les des du et un une dans que qui est pour sur au ce il elle sont "  # French
        "der die und das den von mit ist ein eine nicht zu sich auch auf dem "  # German
        "el los las y en por con del se una su al lo como "  # Spanish
        "di che per della sono gli nel alla da del dei dal il lo con "  # Italian
        "och att det som en ett är av på till inte med för den har "  # Swedish
        "og på af til ikke jeg ikkje av som "  # Danish, Norwegian
        "yang dan dengan untuk dari ini itu tidak pada para oleh di ke akan "  # Indonesian
        "și în din cu pe nu sunt care pentru sau este au ale lor prin "  # Romanian
        "de het een van op te dat zijn voor niet aan "  # Dutch
        "da não os em para uma dos das ao mais "  # Portuguese
        "w z na się że nie jest przez oraz dla "  # Polish
        "ve bir bu için ile olarak çok "  # Turkish
        "ja ei että se oli ovat "  # Finnish
        "và của các những người không được trong là "  # Vietnamese
        "ang ng mga sa na ay "  # Filipino
        "je ki pa ter ali tudi kot za iz bi bil bila pri jsou které při "  # Slovene, Czech
        "az egy hogy nem és kwa katika një për që"  # Hungarian, Swahili, Albanian
    ).split()
)
# Endings that few languages share; they decide for a headline with no word but "in" and "for".
_ENGLISH_ENDING = re.compile(r"[a-z]{3,}(?:ing|ed|tion|tions|ly|ity|ness|ship|'s|’s)\b")
# Kazakh has none of these; a Russian text on Kazakhstan has them beside Kazakh names.
_RUSSIAN = frozenset("и в на не что с по из за для как это был от к о его их но".split())
_RUSSIAN_SHARE = 0.08
_TURKIC_SHARE = 0.08
# Bulgarian, Macedonian and Serbian words that Russian lacks.
_SOUTH_SLAVIC = frozenset("се са ще беше със който която които този тази је су који која".split())
_WORD = re.compile(r"[^\W\d_]+")


def script_language(text: str) -> str:
    """The language of the whole text by its script, and for Latin letters by its function words.

    The script with most letters decides. Kana among the Han means Japanese, letters that
    Russian lacks mean Ukrainian or Kazakh. Latin letters are called English only where
    English function words make up a fair share of the words and outnumber those of other
    languages; so a short text without any, and every other language in Latin letters, is
    "und": no rule coder then searches it with English indicators by mistake.

    Parameters
    ----------
    text : str
        The canonical text.

    Returns
    -------
    str
        "en", "zh", "ru", "uk", "kk", "ar", "ja", "ko" or "und".

    Examples
    --------
    >>> script_language("县总工会在三十个糖厂建立了基层工会。")
    'zh'
    >>> script_language("The strike of May began at the north quay.")
    'en'
    >>> script_language("Die Arbeiter der Fabrik streiken.")
    'und'
    """
    letters = Counter(character for character in text if character.isalpha())
    scripts: Counter[str] = Counter()
    for character, count in letters.items():
        script = _script(character)
        scripts[script] += count * _WEIGHT.get(script, 1)
    scripts["CJK"] += scripts.pop("KANA", 0)
    if not scripts.total():
        return "und"
    script = max(sorted(scripts), key=lambda name: scripts[name])
    if script == "CJK":
        kana = sum(count for character, count in letters.items() if _script(character) == "KANA")
        return "ja" if kana > _KANA_SHARE * scripts["CJK"] else "zh"
    if script == "CYRILLIC":
        return _cyrillic_language(text, letters, scripts["CYRILLIC"])
    if script == "ARABIC":
        return "und" if _share("پچژگکیٹڈے", letters, scripts["ARABIC"]) > _MARKED_SHARE else "ar"
    if script == "LATIN":
        return _latin_language(text)
    return "ko" if script == "HANGUL" else "und"


def _latin_language(text: str) -> str:
    words = Counter(word.casefold() for word in _WORD.findall(text))
    total = words.total()
    typical = sum(words[word] for word in _TYPICAL_ENGLISH)
    shared = [word for word in _SHARED_ENGLISH if words[word]]
    english = typical + sum(words[word] for word in shared)
    other = sum(words[word] for word in _NOT_ENGLISH)
    is_supported = english >= _ENGLISH_SHARE * total and english > 2 * other
    is_english = typical or (not other and len(shared) > 1 and _has_english_endings(text))
    return "en" if is_supported and is_english else "und"


def _has_english_endings(text: str) -> bool:
    return text.isascii() and len(_ENGLISH_ENDING.findall(text)) > 1


def _cyrillic_language(text: str, letters: Counter[str], total: int) -> str:
    words = Counter(word.casefold() for word in _WORD.findall(text))
    russian = sum(words[word] for word in _RUSSIAN)
    if _share("јљњћђџѓќўҳҷ", letters, total) > _MARKED_SHARE / 2:
        return "und"  # Serbian, Macedonian, Belarusian, Uzbek, Tajik
    turkic = _share("қғұәһңүө", letters, total)
    has_names_only = turkic < _TURKIC_SHARE and russian >= _RUSSIAN_SHARE * words.total()
    if turkic > _MARKED_SHARE / 2 and not has_names_only:
        is_kazakh = _share("қғұәһ", letters, total) > _MARKED_SHARE / 2
        return "kk" if is_kazakh and not _share("җҗ", letters, total) else "und"
    if _share("іїєґ", letters, total) > _MARKED_SHARE:
        return "uk"
    hard_sign, russian_only = _share("ъ", letters, total), _share("ыэё", letters, total)
    # Two hard signs in a text without ы, э, ё: that is Bulgarian.
    has_many = hard_sign > max(0.012, 1.5 / total) and not russian_only
    south = sum(words[word] for word in _SOUTH_SLAVIC)
    return "und" if has_many or south > _MARKED_SHARE * words.total() else "ru"


def _share(wanted: str, letters: Counter[str], total: int) -> float:
    both = set(wanted) | set(wanted.upper())
    return sum(letters[character] for character in both) / total


@lru_cache(maxsize=65536)
def _script(character: str) -> str:
    if "\u4e00" <= character <= "\u9fff" or "\u3400" <= character <= "\u4dbf":
        return "CJK"
    name = unicodedata.name(character, "?").split()[0]
    if name in ("HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA"):
        return "KANA"
    return name
