"""Numbers in Russian text.

Comes in: a paragraph, and the same with dates and references blotted out.
Goes out: quantities.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tertium.comparison.numbers.quantity import (
    CLAUSE_END,
    CURRENCIES,
    RANGE,
    YEAR,
    Quantity,
    any_of,
    canonical,
    spaced,
    trimmed_span,
    unit_pattern,
)

_RU_ONES = {
    "один": 1, "одна": 1, "два": 2, "две": 2, "двух": 2, "три": 3, "трёх": 3, "трех": 3,
    "четыре": 4, "четырёх": 4, "четырех": 4, "пять": 5, "пяти": 5, "шесть": 6, "шести": 6,
    "семь": 7, "семи": 7, "восемь": 8, "восьми": 8, "девять": 9, "девяти": 9,
}  # fmt: skip

_RU_TEENS = {
    f"{stem}{end}": value
    for value, stem in enumerate(
        "десят одиннадцат двенадцат тринадцат четырнадцат пятнадцат шестнадцат семнадцат "
        "восемнадцат девятнадцат".split(),
        start=10,
    )
    for end in ("ь", "и")
}

_RU_TENS = {
    "двадцать": 20, "двадцати": 20, "тридцать": 30, "тридцати": 30, "сорок": 40, "сорока": 40,
    "пятьдесят": 50, "пятидесяти": 50, "шестьдесят": 60, "шестидесяти": 60, "семьдесят": 70,
    "семидесяти": 70, "восемьдесят": 80, "восьмидесяти": 80, "девяносто": 90, "девяноста": 90,
}  # fmt: skip

_RU_HUNDREDS = {
    "сто": 100, "ста": 100, "двести": 200, "двухсот": 200, "триста": 300, "трёхсот": 300,
    "трехсот": 300, "четыреста": 400, "четырёхсот": 400, "четырехсот": 400, "пятьсот": 500,
    "пятисот": 500, "шестьсот": 600, "шестисот": 600, "семьсот": 700, "семисот": 700,
    "восемьсот": 800, "восьмисот": 800, "девятьсот": 900, "девятисот": 900,
}  # fmt: skip

_RU_PARTS = {"полтора": 1.5, "полторы": 1.5, "полутора": 1.5, "четверть": 0.25, "четверти": 0.25}

_RU_WORDS = {**_RU_ONES, **_RU_TEENS, **_RU_TENS, **_RU_HUNDREDS, **_RU_PARTS}

_RU_SCALES = {"сотн": 1e2, "тыс": 1e3, "млн": 1e6, "миллион": 1e6, "млрд": 1e9, "миллиард": 1e9}

_RU_QUALIFIER = (
    r"(?:не менее(?: чем)?|не более(?: чем)?|более(?: чем)?|менее(?: чем)?|свыше|около|почти|"
    r"примерно|приблизительно|порядка|до|от|больше|меньше|как минимум|по меньшей мере|всего)"
)

_RU_UNITS = {
    "roubles": r"руб(?:\.|л\w+)?", "tenge": r"тенге", "yuan": r"юан\w+",
    "dollars": r"долл(?:\.|ар\w+)",
    "euros": r"евро", "%": r"%|процент\w*", "km": r"километр\w*|км", "m": r"метр\w*",
    "hours": r"час(?:а|ов)?", "days": r"дн(?:я|ей)|день|сут(?:ки|ок)", "weeks": r"недел\w+",
    "months": r"месяц\w*", "years": r"лет|года", "tonnes": r"тонн\w*", "hectares": r"гектар\w*|га",
}  # fmt: skip

_RU_MONTHS = (
    r"(?:январ[яь]|феврал[яь]|марта?|апрел[яь]|ма[яй]|июн[яь]|июл[яь]|августа?|сентябр[яь]|"
    r"октябр[яь]|ноябр[яь]|декабр[яь])"
)

NOISE = [
    rf"\b\d{{1,2}}(?:\s*[-–]\s*\d{{1,2}})?\s+{_RU_MONTHS}(?:\s+{YEAR}(?:\s*г(?:ода|оду|\.)?)?)?",
    rf"\b{_RU_MONTHS}\s+{YEAR}\b",
    rf"\b{YEAR}(?:\s*[-–—]\s*{YEAR})?\s*(?:гг?\.|год\w*)",
    rf"\bв\s+{YEAR}\b",
    r"\b(?:одн[ауо]й?|две|двух|двумя|три|трёх|трех)\s+(?:трет[ьи]\w*|четверт(?:ь|и|ей)|"
    r"(?:пят|десят)(?:ых|ая|ую|ой))\b(?:\s+(?:тысячи|миллиона|миллиарда)\b)?",
    rf"\b(?:с|до|по|к|от|на)\s+{YEAR}\b(?!\s*(?:рабоч|человек|работник|руб|юан))",
    rf"\(\s*{YEAR}\s*\)",
    r"\b(?:стать\w+|ст\.|пункт\w*|п\.|част\w+|ч\.|глав\w+|гл\.|номер\w*|том\w*|т\.|страниц\w+|"
    r"стр\.|с\.|рис\.|табл\.|примечани\w+|конвенци\w+|дом\w*|д\.|кв\.|этаж\w*)\s*\d+(?:\.\d+)*",
]

_RU_DIGITS = r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?"


def _russian_words() -> str:
    """Numbers in words, also of several: "двадцать пять", "полторы тысячи"."""
    ones = any_of([*_RU_ONES, *_RU_TEENS])
    below = rf"(?:{any_of(_RU_TENS)}(?:\s+{any_of(_RU_ONES)})?|{ones})"
    group = rf"(?:{any_of(_RU_HUNDREDS)}(?:\s+{below})?|{below})(?!\w)"
    thousands = rf"{group}\s+тысяч[аиу]?(?!\w)\s+{group}"
    return rf"{thousands}|{group}|(?:{any_of(_RU_PARTS)})(?!\w)"


_RU = re.compile(
    rf"""(?<![\w.,/-])(?:(?P<qualifier>{spaced(_RU_QUALIFIER)})\s+)?
    (?:(?P<currency>\$|€|¥|₽|₸)\s*)?
    (?:(?P<vague>сотни|тысячи|десятки(?:\s+тысяч)?|сотни\s+тысяч|миллионы)(?=\s+[а-яё])
      |(?P<number>{_RU_DIGITS})(?:(?:{RANGE}|\s+до\s+)(?P<upper>{_RU_DIGITS}))?
      |(?P<word>{_russian_words()}))(?!\w)
    (?:\s*(?P<scale>сот(?:ен|ни)|тысяч[аиу]?|тыс\.?|миллион(?:а|ов)?|млн\.?|миллиард(?:а|ов)?|млрд\.?)(?!\w))?
    (?!-)(?:\s*(?P<unit>(?:{unit_pattern(_RU_UNITS)})(?!\w)))?""",
    re.IGNORECASE | re.VERBOSE,
)

_RU_STOP = re.compile(
    r"^(?:и|или|а|но|что|как|который|которые|которых|был|была|было|были|будет|будут|есть|"
    r"получил\w*|вступил\w*|вышл\w*|объявил\w*|начал\w*|потребовал\w*|стал\w*|составил\w*|"
    r"из-за|потому|чтобы|где|когда)$",
    re.IGNORECASE,
)

_RU_PREPOSITION = re.compile(
    r"^(?:в|во|на|с|со|по|из|от|до|для|к|о|об|при|за|у|под|над|через|и|или)$", re.IGNORECASE
)


def find(text: str, masked: str) -> Iterator[Quantity]:
    """The quantities of `text`, looked for where `masked` blots out nothing."""
    for match in _RU.finditer(masked):
        scale_word = (match["scale"] or "").lower()
        scale = next((v for stem, v in _RU_SCALES.items() if scale_word.startswith(stem)), 1.0)
        if scale_word.startswith("сот"):
            scale = 1e2
        unit = canonical(match["unit"], _RU_UNITS)
        if match["currency"]:
            unit = CURRENCIES[match["currency"]]
        after = _russian_phrase(text[match.end() :])
        qualifier = (match["qualifier"] or "").lower()
        if match["number"] is None and not (unit or after):
            continue
        if not (unit or after or scale_word or qualifier):
            continue
        value: float | None = None
        vague = " ".join((match["vague"] or "").lower().split())
        if vague == "тысячи" and qualifier:
            # "около тысячи" is about one thousand; without the qualifier it is "thousands".
            value, vague = 1000.0, ""
        elif vague:
            pass
        elif match["number"] is None:
            value = _russian_value(match["word"]) * scale
        else:
            value = _russian_number(match["number"]) * scale
        upper = _russian_number(match["upper"]) * scale if match["upper"] else None
        noun = _russian_noun(after)
        yield Quantity(
            trimmed_span(text, match.start(), match.end()),
            value,
            upper,
            unit or noun,
            after or _clause_before(text[: match.start()], _RU_PREPOSITION),
            qualifier,
            vague,
        )


def _russian_value(words: str) -> float:
    total = group = 0.0
    for word in words.lower().split():
        if word.startswith("тысяч"):
            total, group = group * 1000, 0.0
        else:
            group += _RU_WORDS[word]
    return total + group


def _russian_noun(after: str) -> str:
    """The counted noun: past adjectives (новых рабочих мест), the last word of the first three."""
    words = after.split()[:3]
    for word in words:
        if _RU_PREPOSITION.match(word):
            break
        if not re.search(r"(?:ых|их|ого|его|ые|ие)$", word) or word.lower().startswith("рабочи"):
            return word
    return words[0] if words else ""


def _russian_number(text: str) -> float:
    return float(re.sub(r"[ \u00a0\u202f]", "", text).replace(",", "."))


def _russian_phrase(text: str) -> str:
    kept: list[str] = []
    clause = re.split(rf"{CLAUSE_END}|\s[–-]\s", text, maxsplit=1)[0]
    for position, word in enumerate(clause.split()):
        is_past = position > 0 and re.search(r"(?:ал|ил|ел|ыл|ли|ла|лся|лись)$", word)
        if _RU_STOP.match(word) or is_past or len(kept) == 6 or re.match(r"\d", word):
            break
        kept.append(word)
    while kept and _RU_PREPOSITION.match(kept[-1]):
        kept.pop()
    return "" if kept and _RU_PREPOSITION.match(kept[0]) else " ".join(kept)


def _clause_before(before: str, trailing: re.Pattern[str]) -> str:
    clause = re.split(CLAUSE_END, before)[-1].split()
    while clause and trailing.match(clause[-1]):
        clause.pop()
    return " ".join(clause[-6:])
