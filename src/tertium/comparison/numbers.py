"""Numbers in running text, in English, Chinese and Russian.

Comes in: a paragraph and its language.
Goes out: quantities with value, unit, what is counted and how exactly it is stated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tertium.spans import Span

LANGUAGES = ("en", "ru", "zh")

_WHAT_WORDS = 8


@dataclass(frozen=True)
class Quantity:
    """One number in a text.

    Parameters
    ----------
    span : Span
        The number with its qualifier and unit.
    value : float
        In full: 120 thousand is 120000. Of "thousands of" it is the order of magnitude, of a
        range the lower end.
    upper : float or None
        The upper end of a range.
    unit : str
        Measure, currency or counted noun, as a reader would write it; empty where none stands.
    what : str
        What is counted or measured, in the source's words.
    qualifier : str
        "more than", "about", "up to", as it stands in the source; empty: stated as exact.
    """

    span: Span
    value: float
    upper: float | None
    unit: str
    what: str
    qualifier: str


_EN_WORDS = {
    word: value
    for value, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve".split(), start=1
    )
} | {"dozen": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}
_EN_SCALES = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "mln": 1e6, "billion": 1e9, "bn": 1e9,
    "trillion": 1e12,
}  # fmt: skip
_RU_WORDS = {
    "один": 1, "одна": 1, "два": 2, "две": 2, "двух": 2, "три": 3, "трёх": 3, "трех": 3,
    "четыре": 4, "четырёх": 4, "четырех": 4, "пять": 5, "пяти": 5, "шесть": 6, "шести": 6,
    "семь": 7, "семи": 7, "восемь": 8, "восьми": 8, "девять": 9, "девяти": 9, "десять": 10,
    "десяти": 10, "одиннадцать": 11, "двенадцать": 12, "двенадцати": 12,
}  # fmt: skip
_RU_SCALES = {"сотн": 1e2, "тыс": 1e3, "млн": 1e6, "миллион": 1e6, "млрд": 1e9, "миллиард": 1e9}
_ZH_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {
    "〇": 0, "两": 2, "兩": 2,
}  # fmt: skip
_ZH_SCALES = {
    "十": 1e1, "百": 1e2, "千": 1e3, "万": 1e4, "萬": 1e4, "亿": 1e8, "億": 1e8,
}  # fmt: skip

_EN_QUALIFIER = (
    r"(?:not less than|no(?:t)? (?:less|fewer|more) than|(?:more|less|fewer) than|"
    r"at (?:least|most)|up to|as many as|as much as|over|under|above|below|about|around|nearly|"
    r"almost|approximately|roughly|some|only|exceeds|exceeding|an? (?:estimated|total of)|close to)"
)
_RU_QUALIFIER = (
    r"(?:не менее(?: чем)?|не более(?: чем)?|более(?: чем)?|менее(?: чем)?|свыше|около|почти|"
    r"примерно|приблизительно|порядка|до|от|больше|меньше|как минимум|по меньшей мере|всего)"
)
_ZH_QUALIFIER = (
    r"(?:超过|超過|超|逾|近|约|約|大约|大約|至少|最多|多达|多達|不到|不足|将近|將近|接近|共|总共|一共|"
    r"共有|共计)"
)

_EN_UNITS = {
    "yuan": r"yuan|rmb|renminbi", "Hong Kong dollars": r"hong kong dollars?",
    "US dollars": r"u\.?s\.? dollars?|usd", "dollars": r"dollars?", "euros": r"euros?",
    "pounds": r"pounds?", "tenge": r"tenge", "roubles": r"roubles?|rubles?",
    "%": r"%|per ?cent(?:age points?)?", "km": r"kilomet(?:re|er)s?|km", "m": r"met(?:re|er)s?",
    "miles": r"miles?", "hours": r"hours?|hrs?", "days": r"days?", "weeks": r"weeks?",
    "months": r"months?", "years": r"years?", "minutes": r"minutes?", "tonnes": r"tonn?es?|tons",
    "hectares": r"hectares?", "kg": r"kilograms?|kg",
}  # fmt: skip
_RU_UNITS = {
    "roubles": r"руб(?:\.|л\w+)?", "tenge": r"тенге", "yuan": r"юан\w+",
    "dollars": r"долл(?:\.|ар\w+)",
    "euros": r"евро", "%": r"%|процент\w*", "km": r"километр\w*|км", "m": r"метр\w*",
    "hours": r"час(?:а|ов)?", "days": r"дн(?:я|ей)|день|сут(?:ки|ок)", "weeks": r"недел\w+",
    "months": r"месяц\w*", "years": r"лет|года", "tonnes": r"тонн\w*", "hectares": r"гектар\w*|га",
}  # fmt: skip
_ZH_UNITS = {
    "yuan": r"元(?:人民币)?|人民币", "US dollars": r"美元", "Hong Kong dollars": r"港元|港币",
    "%": r"%|％", "km": r"公里|千米", "m": r"米", "hours": r"个?小时|個?小時", "days": r"天",
    "weeks": r"周|星期", "months": r"个月|個月", "years": r"年", "minutes": r"分钟|分鐘",
    "tonnes": r"吨|噸", "hectares": r"公顷", "mu": r"亩|畝",
}  # fmt: skip
_CURRENCIES = {
    "US$": "US dollars", "HK$": "Hong Kong dollars", "$": "dollars", "€": "euros", "£": "pounds",
    "¥": "yuan", "￥": "yuan", "RMB": "yuan", "CNY": "yuan", "₸": "tenge", "₽": "roubles",
}  # fmt: skip

_MONTHS = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|"
    r"jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?"
)
_RU_MONTHS = (
    r"(?:январ[яь]|феврал[яь]|марта?|апрел[яь]|ма[яй]|июн[яь]|июл[яь]|августа?|сентябр[яь]|"
    r"октябр[яь]|ноябр[яь]|декабр[яь])"
)
_YEAR = r"(?:1[5-9]|20)\d\d"
# What looks like a number and counts nothing: dates, references, addresses, list marks.
_ANY_NOISE = [
    r"https?://\S+|www\.\S+|\S+@\S+",
    r"\[@[^\]]*\]|\[\^[^\]]*\]",
    r"\b\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\b",
    r"\b\d{1,2}:\d\d\b",
    rf"\b{_YEAR}\s*[-–—/]\s*(?:{_YEAR}|\d\d)\b(?!\s*(?:workers|people|yuan))",
    r"\+?\(?\d{2,4}\)[\d \-]{5,}\d",
    r"\b(?:tel|fax|phone|тел|факс|电话|传真)[^\d\n]{0,8}[\d \-+()]{5,}",
    r"(?:№|#|§)\s*\d+(?:\.\d+)*",
    r"(?m:^\s*\(?\d{1,3}[.)、](?=\s))",
    r"\((?:\d{1,2}|[a-z])\)",
]
_NOISE = {
    "en": [
        rf"\b\d{{1,2}}(?:st|nd|rd|th)?(?:\s+of)?\s+{_MONTHS}(?:,?\s+{_YEAR})?\b",
        rf"\b{_MONTHS}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:\s*[-–]\s*\d{{1,2}})?(?:,?\s+{_YEAR})?\b",
        rf"\b{_MONTHS}\s*,?\s+{_YEAR}\b",
        r"\b(?:articles?|items?|sections?|clauses?|chapters?|paragraphs?|paras?\.?|rules?|notes?|"
        r"marks?|issues?|volumes?|vol\.?|numbers?|nos?\.|pages?|pp?\.|figures?|fig\.|tables?|floor|"
        r"block|flat|room|line|route|convention|resolution|photo|phase|grade|level|version|footnote|"
        r"tier|step)\s*\d+(?:[.\-–]\d+)*(?:\s*(?:,|and|to)\s*\d+(?:\.\d+)*)*(?:\s*\([a-z0-9]\))*",
        rf"\b(?:in|since|by|from|until|till|before|after|during|of|to|around|between|and|year|"
        rf"spring|summer|autumn|fall|winter|early|mid|late|end of)[\s-]+(?:the\s+)?{_YEAR}\b"
        r"(?!\s+(?:workers|employees|people|members|yuan|persons))",
        rf"[(,]\s*(?:draft\s+)?{_YEAR}\s*[),:;]",
        rf"^\W*{_YEAR}\W*$",
        rf"\b{_YEAR}\b(?=\s*[,.;:)\]—–]|\s*$|\s+(?:(?-i:[A-Z])|the\b|a\b|law|act|draft))",
        r"\b\d+\s*(?:a\.?m|p\.?m|o'clock)\b",
    ],
    "ru": [
        rf"\b\d{{1,2}}(?:\s*[-–]\s*\d{{1,2}})?\s+{_RU_MONTHS}(?:\s+{_YEAR}(?:\s*г(?:ода|оду|\.)?)?)?",
        rf"\b{_RU_MONTHS}\s+{_YEAR}\b",
        rf"\b{_YEAR}(?:\s*[-–—]\s*{_YEAR})?\s*(?:гг?\.|год\w*)",
        rf"\b(?:в|с|до|по|к|от|на)\s+{_YEAR}\b(?!\s*(?:рабоч|человек|работник|руб|юан))",
        rf"\(\s*{_YEAR}\s*\)",
        r"\b(?:стать\w+|ст\.|пункт\w*|п\.|част\w+|ч\.|глав\w+|гл\.|номер\w*|том\w*|т\.|страниц\w+|"
        r"стр\.|с\.|рис\.|табл\.|примечани\w+|конвенци\w+|дом\w*|д\.|кв\.|этаж\w*)\s*\d+(?:\.\d+)*",
    ],
    "zh": [
        rf"{_YEAR}\s*年(?:度|代)?(?:\s*\d{{1,2}}\s*月(?:份)?)?(?:\s*\d{{1,2}}\s*[日号號])?",
        r"[一二三四五六七八九〇零]{4}年(?:[一二三四五六七八九十]{1,3}月)?(?:[一二三四五六七八九十]{1,3}[日号號])?",
        r"\d{1,2}\s*月(?:份)?(?:\s*\d{1,2}\s*[日号號])?|\d{1,2}\s*[日号號](?!工人)",
        r"[一二三四五六七八九十]{1,3}月(?:份)?(?:[一二三四五六七八九十]{1,3}[日号號])?",
        r"第\s*[\d一二三四五六七八九十百千]+\s*[条條章节節款项項届屆次个個期卷号號页頁届]?",
        r"\d+\s*[号號楼樓室期]",
    ],
}

_EN_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_RU_DIGITS = r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?"
_ZH_NUMBER = (
    r"\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|"
    r"[一二两兩三四五六七八九十百千万萬亿億零〇]+|[数數几幾](?=[十百千万萬亿億])"
)
_RANGE = r"\s*(?:-|–|—|~|～|至|到)\s*"


def _unit_pattern(units: dict[str, str]) -> str:
    return "|".join(f"(?:{_spaced(pattern)})" for pattern in units.values())


def _spaced(pattern: str) -> str:
    """A pattern that may be broken over lines, for a regular expression that ignores spaces."""
    return pattern.replace(" ?", r"\s?").replace(" ", r"\s+")


_EN = re.compile(
    rf"""(?<![\w.,/$€£¥@-])(?:(?P<qualifier>{_spaced(_EN_QUALIFIER)})\s+(?:(?:a|the)\s+)?)?
    (?:(?P<currency>(?:US|HK)?\$|€|£|¥|RMB|CNY)\s*)?
    (?:(?P<vague>(?:tens|dozens|scores|hundreds|thousands|millions|billions)
        (?:\s+of\s+(?:hundreds|thousands|millions|billions))*)
      |(?P<number>{_EN_DIGITS})(?:(?:{_RANGE}|\s+to\s+)(?P<upper>{_EN_DIGITS}))?
      |(?P<word>{"|".join(sorted(_EN_WORDS, key=len, reverse=True))}
          |an?(?=\s+(?:dozen|hundred|thousand|million|billion)\b)))
    (?:\s+(?P<scale>{"|".join(_EN_SCALES)}|dozen)\b)?
    (?![\w])(?!-(?!(?:hour|day|week|month|year|minute|kilomet|km)))
    (?:[\s-]*(?P<unit>(?:{_unit_pattern(_EN_UNITS)})(?!\w)))?""",
    re.IGNORECASE | re.VERBOSE,
)
_RU = re.compile(
    rf"""(?<![\w.,/-])(?:(?P<qualifier>{_spaced(_RU_QUALIFIER)})\s+)?
    (?:(?P<currency>\$|€|¥|₽|₸)\s*)?
    (?:(?P<vague>сотни|тысячи|десятки(?:\s+тысяч)?|сотни\s+тысяч|миллионы)(?=\s+[а-яё])
      |(?P<number>{_RU_DIGITS})(?:(?:{_RANGE}|\s+до\s+)(?P<upper>{_RU_DIGITS}))?
      |(?P<word>{"|".join(sorted(_RU_WORDS, key=len, reverse=True))}))(?!\w)
    (?:\s*(?P<scale>сот(?:ен|ни)|тысяч[аиу]?|тыс\.?|миллион(?:а|ов)?|млн\.?|миллиард(?:а|ов)?|млрд\.?)(?!\w))?
    (?!-)(?:\s*(?P<unit>(?:{_unit_pattern(_RU_UNITS)})(?!\w)))?""",
    re.IGNORECASE | re.VERBOSE,
)
_ZH_COUNTER = (
    r"余名|多名|名|人次|人|位|个|個|家|起|次|件|项|項|所|条|條|份|辆|輛|只|隻|台|副|户|戶|支|场|場|"
    r"批|座|间|間|种|種|层|倍|枚|张|張|套|部"
)
_ZH = re.compile(
    rf"""(?<![\d.A-Za-z])(?:(?P<qualifier>{_ZH_QUALIFIER}))?\s*
    (?:(?P<percent>百分之)|(?P<currency>￥|¥|US\$|\$))?\s*
    (?P<number>{_ZH_NUMBER})(?:{_RANGE}(?P<upper>{_ZH_NUMBER}))?
    \s*(?P<scale>[十百千]?[万萬亿億]|[十百千])?(?P<more>[余餘多来來])?\s*
    (?:(?P<unit>{_unit_pattern(_ZH_UNITS)})|(?P<counter>{_ZH_COUNTER}))?
    (?P<after>以上|以下|左右|之多)?""",
    re.VERBOSE,
)


def find_quantities(text: str, language: str) -> list[Quantity]:
    """The quantities in a paragraph, in order.

    Parameters
    ----------
    text : str
        One paragraph.
    language : {"en", "zh", "ru"}
        A comma parts thousands in English and decimals in Russian, so it must be known.

    Examples
    --------
    >>> [(q.value, q.unit, q.what, q.qualifier) for q in find_quantities(
    ...     "In 2021 more than 3 thousand masks went to 12 ports.", "en")]
    [(3000.0, 'masks', 'masks', 'more than'), (12.0, 'ports', 'ports', '')]
    """
    masked = _masked(text, language)
    found = {"en": _english, "ru": _russian, "zh": _chinese}[language](text, masked)
    return sorted(found, key=lambda quantity: quantity.span)


def _masked(text: str, language: str) -> str:
    """The text with what counts nothing blotted out, at the same offsets."""
    masked = text
    for pattern in [*_ANY_NOISE, *_NOISE[language]]:
        masked = re.sub(
            pattern, lambda match: "\ue000" * len(match[0]), masked, flags=re.IGNORECASE
        )
    return masked


_EN_STOP = re.compile(
    r"^(?:is|are|was|were|be|been|being|has|have|had|will|would|can|could|may|might|must|do|does|did|"
    r"who|which|that|when|while|because|where|said|says|say|include|includes|becomes?|became|began|begun|joined|"
    r"join|joins|strike|strikes|went|go|goes|take|took|took|get|got|made|make|makes|wins?|won|told|"
    r"earn|earns|now|then|also|but|if|so|as|than|their|its|his|her|they|we|you|i|he|she|it)$",
    re.IGNORECASE,
)
_EN_TRAILING = re.compile(
    r"^(?:of|in|on|at|to|by|for|from|with|and|or|the|an?|over|about|more|some|into|through|across|"
    r"under|after|before|since|during|up|per|via|out|than|is|are|was|were|exceeds?|has|have|had|"
    r"reached|totalled|including|with|called)$",
    re.IGNORECASE,
)
_EN_DETERMINED = re.compile(r"\b(?:the|these|those|both|every|any|each|no)\s+$", re.IGNORECASE)
_EN_PREPOSITION = re.compile(
    r"^(?:of|in|on|at|to|by|for|from|with|and|or|into|through|across|under|per|via)$", re.IGNORECASE
)
_EN_IRREGULAR = {"people", "men", "women", "children", "persons", "staff", "personnel"}
_EN_NOT_PLURAL = {"this", "is", "was", "has", "its", "his", "as", "us", "thus", "always", "less"}


def _english(text: str, masked: str) -> Iterator[Quantity]:
    for match in _EN.finditer(masked):
        number = match["number"]
        scale = _EN_SCALES.get((match["scale"] or "").lower(), 12 if match["scale"] else 1)
        unit = _canonical(match["unit"], _EN_UNITS)
        if match["currency"]:
            unit = _CURRENCIES[match["currency"].upper()]
        after = _english_phrase(text[match.end() :], digits=unit == "%")
        before = text[: match.start()]
        qualifier = (match["qualifier"] or "").lower()
        if number is None:
            # A number word counts only what stands after it, and not what is known already.
            is_counting = bool(unit or _counted_noun(after) or match["scale"])
            if not is_counting or (not match["vague"] and _EN_DETERMINED.search(before)):
                continue
            if (match["word"] or "").lower() == "one" and not (unit or match["scale"]):
                continue
        elif not (unit or after or qualifier or match["scale"] or "," in number):
            continue
        if match["vague"]:
            value = _vague(match["vague"])
            qualifier = f"{qualifier} {match['vague'].lower()} of".strip()
            after = re.sub(r"^of\s+", "", after)
        elif number is None:
            value = _EN_WORDS.get(match["word"].lower(), 1) * scale
        else:
            value = float(number.replace(",", "")) * scale
        upper = float(match["upper"].replace(",", "")) * scale if match["upper"] else None
        after, in_all = _in_all(after)
        qualifier = " ".join(part for part in (qualifier, in_all) if part)
        yield Quantity(
            _trimmed_span(text, match.start(), match.end()),
            value,
            upper,
            unit or _counted_noun(after),
            _english_what(unit, after, before),
            qualifier,
        )


def _in_all(after: str) -> tuple[str, str]:
    match = re.match(r"(?:in all|in total|altogether|more)\b\s*", after, re.IGNORECASE)
    return (after[match.end() :], match[0].strip().lower()) if match else (after, "")


def _english_phrase(text: str, *, digits: bool) -> str:
    """Words after a number up to the end of the clause, a verb, or eight words."""
    kept: list[str] = []
    clause = re.split(r"(?<!\d),|,(?!\d)|[.;:()\[\]!?…—|\n“”\"]|\s[–-]\s", text, maxsplit=1)[0]
    for position, word in enumerate(clause.split()):
        # A short participle after the noun ends what is counted: "workers | received the award".
        is_verb = position > 0 and len(word) > 4 and word.endswith("ed") and word.islower()
        if _EN_STOP.match(word) or is_verb or len(kept) == _WHAT_WORDS:
            break
        if re.match(r"\d", word) and kept and not digits:
            break
        kept.append(word)
    while kept and _EN_TRAILING.match(kept[-1]):
        kept.pop()
    if kept and _EN_PREPOSITION.match(kept[0]) and kept[0].lower() != "of":
        return " ".join(kept) if kept[0].lower() in ("in", "per") else ""
    return " ".join(kept)


def _counted_noun(after: str) -> str:
    """The head of a phrase: its first plural before a preposition, or the last of a run of them."""
    head = ""
    for word in re.sub(r"^of\s+", "", after).split()[:6]:
        if _EN_PREPOSITION.match(word) and word.lower() not in ("and", "or"):
            break
        if _is_plural(word):
            head = word
        elif head:
            break
    return head


def _is_plural(word: str) -> bool:
    plain = word.strip("’'‘").removesuffix("’s").lower()
    if plain in _EN_IRREGULAR:
        return True
    return plain.endswith("s") and plain not in _EN_NOT_PLURAL and not plain.endswith("ss")


def _english_what(unit: str, after: str, before: str) -> str:
    is_measure = unit != ""
    following = re.sub(r"^of\s+", "", after)
    if following and not (is_measure and not re.match(r"of\b|[a-z]+s\b", after)):
        return following
    clauses = [part.split() for part in re.split(r"[,.;:()\[\]!?…—\n“”\"]", before)]
    clause = clauses.pop()
    if not clause and clauses:
        clause = clauses.pop()
    while clause and _EN_TRAILING.match(clause[-1]):
        clause.pop()
    kept = clause[-_WHAT_WORDS:]
    for position, word in reversed(list(enumerate(kept))):
        if word.lower() in ("that", "which", "who", "where"):
            kept = kept[position + 1 :]
            break
    owners = ("its", "their", "his", "her")
    while kept and (_EN_TRAILING.match(kept[0]) or kept[0].lower() in owners):
        kept.pop(0)
    return " ".join(kept)


def _vague(words: str) -> float:
    value = 1.0
    for word in re.findall(r"\w+", words.lower()):
        value *= {"tens": 10, "dozens": 12, "scores": 20, "hundreds": 1e2, "thousands": 1e3,
                  "millions": 1e6, "billions": 1e9}.get(word, 1)  # fmt: skip
    return value


_RU_STOP = re.compile(
    r"^(?:и|или|а|но|что|как|который|которые|которых|был|была|было|были|будет|будут|есть|"
    r"получил\w*|вступил\w*|вышл\w*|объявил\w*|начал\w*|потребовал\w*|стал\w*|составил\w*|"
    r"из-за|потому|чтобы|где|когда)$",
    re.IGNORECASE,
)
_RU_PREPOSITION = re.compile(
    r"^(?:в|во|на|с|со|по|из|от|до|для|к|о|об|при|за|у|под|над|через|и|или)$", re.IGNORECASE
)


def _russian(text: str, masked: str) -> Iterator[Quantity]:
    for match in _RU.finditer(masked):
        scale_word = (match["scale"] or "").lower()
        scale = next((v for stem, v in _RU_SCALES.items() if scale_word.startswith(stem)), 1.0)
        if scale_word.startswith("сот"):
            scale = 1e2
        unit = _canonical(match["unit"], _RU_UNITS)
        if match["currency"]:
            unit = _CURRENCIES[match["currency"]]
        after = _russian_phrase(text[match.end() :])
        qualifier = (match["qualifier"] or "").lower()
        if match["number"] is None and not (unit or after):
            continue
        if not (unit or after or scale_word or qualifier):
            continue
        if match["vague"]:
            value = {"сотни": 1e2, "тысячи": 1e3, "десятки": 1e1, "миллионы": 1e6}[
                match["vague"].split()[0].lower()
            ] * (1e3 if "тысяч " in match["vague"].lower() + " " and " " in match["vague"] else 1)
            qualifier = f"{qualifier} {match['vague'].lower()}".strip()
        elif match["number"] is None:
            value = _RU_WORDS[match["word"].lower()] * scale
        else:
            value = _russian_number(match["number"]) * scale
        upper = _russian_number(match["upper"]) * scale if match["upper"] else None
        noun = _russian_noun(after)
        yield Quantity(
            _trimmed_span(text, match.start(), match.end()),
            value,
            upper,
            unit or noun,
            after or _clause_before(text[: match.start()], _RU_PREPOSITION),
            qualifier,
        )


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
    clause = re.split(r"[,.;:()\[\]!?…—|\n«»“”\"]|\s[–-]\s", text, maxsplit=1)[0]
    for position, word in enumerate(clause.split()):
        is_past = position > 0 and re.search(r"(?:ал|ил|ел|ыл|ли|ла|лся|лись)$", word)
        if _RU_STOP.match(word) or is_past or len(kept) == 6 or re.match(r"\d", word):
            break
        kept.append(word)
    while kept and _RU_PREPOSITION.match(kept[-1]):
        kept.pop()
    return "" if kept and _RU_PREPOSITION.match(kept[0]) else " ".join(kept)


def _clause_before(before: str, trailing: re.Pattern[str]) -> str:
    clause = re.split(r"[,.;:()\[\]!?…—\n“”«»\"]", before)[-1].split()
    while clause and trailing.match(clause[-1]):
        clause.pop()
    return " ".join(clause[-6:])


_ZH_NOUN = re.compile(
    r"(?:[\u4e00-\u9fff]{0,8}?(?:就业形态劳动者|劳动者|农民工|工人|职工|員工|员工|工友|会员|會員|司机|骑手|"
    r"学生|代表|律师|受害者|受害人|患者|委员|干部|企业|企業|公司|工厂|工廠|组织|組織|工会|工會|口罩|案件|岗位|"
    r"案例|罢工|事件|国家|城市|地区|中心|文件|活动|人员|人員|人))"
)
_ZH_HARD_STOP = re.compile(r"[，。；：、！？（）()“”「」《》\s\n,.;:的了在是被把向对因从]")


def _chinese(text: str, masked: str) -> Iterator[Quantity]:
    for match in _ZH.finditer(masked):
        counter = match["counter"] or ""
        unit = "%" if match["percent"] else _canonical(match["unit"], _ZH_UNITS)
        if match["currency"]:
            unit = _CURRENCIES[match["currency"]]
        is_digits = match["number"][0].isdigit()
        # 一个 and 一 in set phrases count nothing; 年 after a Han number is mostly a date.
        if not is_digits and (not (unit or counter) or match["number"] in ("一", "零", "〇")):
            continue
        if not (unit or counter or match["scale"] or match["qualifier"]):
            continue
        scale = 1.0
        for character in match["scale"] or "":
            scale *= _ZH_SCALES[character]
        value = _chinese_number(match["number"]) * scale
        upper = _chinese_number(match["upper"]) * scale if match["upper"] else None
        start = match.start()
        qualifier = (match["qualifier"] or "") + (match["more"] or "") + (match["after"] or "")
        if match["number"] in ("数", "數", "几", "幾"):
            qualifier = match["number"] + qualifier
        if counter[:1] in ("余", "多") and len(counter) > 1:
            qualifier, counter = qualifier + counter[0], counter[1:]
        after = _chinese_phrase(text[match.end() :])
        if counter == "人":
            after = "人"
        if not after:
            before = re.split(r"[，。；：、！？（）“”\s]", text[:start])[-1]
            after = before[-10:].lstrip("的了在是")
        yield Quantity(
            _trimmed_span(text, start, match.end()), value, upper, unit or counter, after, qualifier
        )


def _chinese_phrase(text: str) -> str:
    clause = _ZH_HARD_STOP.split(text.removeprefix("的"), maxsplit=1)[0]
    noun = _ZH_NOUN.match(clause)
    return noun[0] if noun else clause[:6]


def _chinese_number(text: str) -> float:
    """Digits, or a number in Han characters; 数 and 几 ("several") count as one."""
    if text[0].isdigit():
        return float(re.sub("[,，]", "", text))
    total = section = digit = 0.0
    for character in text:
        if character in "数數几幾":
            digit = 1.0
        elif character in _ZH_DIGITS:
            digit = float(_ZH_DIGITS[character])
        elif _ZH_SCALES[character] >= 1e4:
            total = (total + section + digit or 1.0) * _ZH_SCALES[character]
            section = digit = 0.0
        else:
            section += (digit or 1.0) * _ZH_SCALES[character]
            digit = 0.0
    return total + section + digit


def _canonical(found: str | None, units: dict[str, str]) -> str:
    if not found:
        return ""
    return next(
        (
            name
            for name, pattern in units.items()
            if re.fullmatch(pattern, found, flags=re.IGNORECASE)
        ),
        "",
    )


def _trimmed_span(text: str, start: int, end: int) -> Span:
    inner = text[start:end]
    return Span(start + len(inner) - len(inner.lstrip()), end - (len(inner) - len(inner.rstrip())))
