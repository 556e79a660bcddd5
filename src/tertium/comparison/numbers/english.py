"""Numbers in English text.

Comes in: a paragraph, and the same with dates and references blotted out.
Goes out: quantities.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

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
from tertium.spans import Span

_WHAT_WORDS = 8

_EN_ONES = {
    word: value
    for value, word in enumerate("one two three four five six seven eight nine".split(), start=1)
}

_EN_TEENS = {
    word: value
    for value, word in enumerate(
        "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(),
        start=10,
    )
}

_EN_TENS = {
    word: value
    for value, word in zip(
        range(20, 100, 10),
        "twenty thirty forty fifty sixty seventy eighty ninety".split(),
        strict=True,
    )
}

_EN_WORDS = {**_EN_ONES, **_EN_TEENS, **_EN_TENS}

_EN_SHARES = {"half": 0.5, "quarter": 0.25, "quarters": 0.25}

_EN_SCALES = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "mln": 1e6, "billion": 1e9, "bn": 1e9,
    "trillion": 1e12,
}  # fmt: skip

_EN_QUALIFIER = (
    r"(?:not less than|no(?:t)? (?:less|fewer|more) than|(?:more|less|fewer) than|"
    r"at (?:least|most)|up to|as many as|as much as|over|under|above|below|about|around|nearly|"
    r"almost|approximately|roughly|some|only|exceeds|exceeding|an? (?:estimated|total of|further)|"
    r"another|close to)"
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

_MONTHS = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|"
    r"jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?"
)

NOISE = [
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?(?:\s+of)?\s+{_MONTHS}(?:,?\s+{YEAR})?\b",
    rf"\b{_MONTHS}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:\s*[-–]\s*\d{{1,2}})?(?:,?\s+{YEAR})?\b",
    rf"\b{_MONTHS}\s*,?\s+{YEAR}\b",
    r"\b(?:articles?|items?|sections?|clauses?|chapters?|paragraphs?|paras?\.?|rules?|notes?|"
    r"marks?|issues?|volumes?|vol\.?|numbers?|nos?\.|pages?|pp?\.|figures?|fig\.|tables?|floor|"
    r"block|flat|room|line|route|convention|resolution|photo|phase|grade|level|version|footnote|"
    r"tier|step)\s*\d+(?:[.\-–]\d+)*(?:\s*(?:,|and|to)\s*\d+(?:\.\d+)*)*(?:\s*\([a-z0-9]\))*",
    rf"\b(?:in|since|until|till|during|year|spring|summer|autumn|fall|winter|early|mid|late|"
    rf"end of)[\s-]+(?:the\s+)?{YEAR}\b",
    rf"\b(?:by|from|before|after|of|to|around|between|and)[\s-]+(?:the\s+)?{YEAR}\b"
    r"(?!\s+(?:workers|employees|people|members|yuan|persons))",
    rf"[(,]\s*(?:draft\s+)?{YEAR}\s*[),:;]",
    rf"^\W*{YEAR}\W*$",
    rf"\b{YEAR}\b(?=\s*[,.;:)\]—–]|\s*$|\s+(?:(?-i:[A-Z])|the\b|a\b|law|act|draft|campaign|games))",
    r"\b\d+\s*(?:a\.?m|p\.?m|o'clock)\b",
    # Shares in words: "two thirds of", "one in five"; of a million they are numbers.
    r"(?<!and\s)\b(?:an?|one|two|three|four|five|seven|nine)[\s-](?:(?:third|fifth|sixth|eighth|tenth)s?|"
    r"(?:half|halves|quarters?)(?!\s+(?:of\s+)?an?\s+(?:hundred|thousand|million|billion)))\b"
    r"(?:\s+of\s+an?\s+(?:hundred|thousand|million|billion)\b)?",
    r"\b(?:one|1)\s+(?:in|out\s+of)\s+(?:every\s+)?(?:\d+|two|three|four|five|six|"
    r"seven|eight|nine|ten|twelve|twenty)\b",
]

_EN_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"


def _english_words() -> str:
    """Numbers in words, also of several: "one hundred and twenty", "half a million"."""
    small = rf"(?:{any_of(_EN_TENS)}(?:[\s-]{any_of(_EN_ONES)})?|{any_of([*_EN_TEENS, *_EN_ONES])})"
    scale = r"(?:thousand|million|billion|trillion|dozen)"
    group = rf"(?:(?:{small}|an?)\s+hundred(?:(?:\s+and)?\s+{small})?|{small})\b"
    part = r"(?:half|(?:an?\s+)?quarter\s+of|three[\s-]quarters\s+of)"
    return (
        rf"{part}\s+an?\s+(?:hundred|{scale})\b|"
        rf"{small}\s+and\s+a\s+half\b(?:\s+(?:hundred|{scale})\b)?|"
        rf"(?:{group}|an?)\s+{scale}\b"
        rf"(?:(?:\s+and)?\s+{group}(?:\s+{scale}\b)?)*|{group}|"
        rf"an?\s+(?:hundred)\b"
    )


_EN = re.compile(
    rf"""(?<![\w.,/$€£¥@-])(?:(?P<qualifier>{spaced(_EN_QUALIFIER)})\s+(?:(?:a|the)\s+)?)?
    (?:(?P<currency>(?:US|HK)?\$|€|£|¥|RMB|CNY)\s*)?
    (?:(?P<vague>(?:tens|dozens|scores|hundreds|thousands|millions|billions)
        (?:\s+of\s+(?:hundreds|thousands|millions|billions))*)
      |(?P<number>{_EN_DIGITS})(?:(?:{RANGE}|\s+to\s+)(?P<upper>{_EN_DIGITS}))?
      |(?P<word>{_english_words()}))
    (?:\s+(?P<scale>{"|".join(_EN_SCALES)}|dozen)\b)?
    (?![\w])(?!-(?!(?:hour|day|week|month|year|minute|kilomet|km)))
    (?:[\s-]*(?P<unit>(?:{unit_pattern(_EN_UNITS)})(?!\w)))?""",
    re.IGNORECASE | re.VERBOSE,
)

_EN_STOP = re.compile(
    r"^(?:is|are|was|were|be|been|being|has|have|had|will|would|can|could|may|might|must|do|does|did|"
    r"who|which|that|when|while|because|where|said|says|say|include|includes|becomes?|became|began|begun|joined|"
    r"join|joins|strike|strikes|went|go|goes|came|come|take|took|take|get|got|made|make|makes|wins?|won|told|"
    r"earn|earns|remain|remains|result|results|emerge|exist|follow|"
    r"now|then|also|but|if|so|as|than|their|its|his|her|they|we|you|i|he|she|it)$",
    re.IGNORECASE,
)

_EN_OWNER = re.compile(r"^(?:their|its|his|her)$", re.IGNORECASE)

_EN_TRAILING = re.compile(
    r"^(?:of|in|on|at|to|by|for|from|with|and|or|the|an?|over|about|more|some|into|through|across|"
    r"under|after|before|since|during|up|per|via|out|than|is|are|was|were|exceeds?|has|have|had|"
    r"reached|reach|reaches|totalled|totals?|including|with|called|came|comes?|earns?|earned|gets?|got|"
    r"receives?|received|pays?|paid|costs?|amounts?|amounted|stands?|stood|makes?|made|lasts?|"
    r"lasted)$",
    re.IGNORECASE,
)

_EN_DETERMINED = re.compile(r"\b(?:the|these|those|both|every|any|each|no)\s+$", re.IGNORECASE)

_EN_PREPOSITION = re.compile(
    r"^(?:of|in|on|at|to|by|for|from|with|and|or|into|through|across|under|per|via|after|before|"
    r"since|during)$",
    re.IGNORECASE,
)

_EN_IRREGULAR = {"people", "men", "women", "children", "persons", "staff", "personnel"}

_EN_NOT_PLURAL = {"this", "is", "was", "has", "its", "his", "as", "us", "thus", "always", "less"}

_EN_PRONOUNS = {"it", "they", "he", "she", "we", "i", "this", "that", "these", "those", "there"}

_EN_TIMES = {"hours", "days", "weeks", "months", "years", "minutes"}

_EN_CURRENCY_UNITS = {"yuan", "tenge", "roubles", "euros", "pounds", "dollars"}

_EN_PER = re.compile(
    r"\s*(?:(?:an?|per|each|every) (?P<time>hour|day|week|month|year|head|person|worker)|"
    r"(?P<adverb>hourly|daily|weekly|monthly|yearly|annually))\b",
    re.IGNORECASE,
)

_EN_RATES = {"hourly": "hour", "daily": "day", "weekly": "week", "monthly": "month",
             "yearly": "year", "annual": "year", "annually": "year"}  # fmt: skip

_EN_AFTERTHOUGHT = re.compile(r"\s*(?:in all|in total|altogether|on average|more)\b", re.IGNORECASE)

# A number may borrow the noun of the next one in a list: "over 100, 51–100 or 25–50 workers".
_EN_LIST_GAP = re.compile(r"\s*(?:,\s*(?:and|or)?|/|and|or)\s*", re.IGNORECASE)

_EN_SIZES = rf"\b(?:i\.?e\.?,?|{_EN_QUALIFIER}|and|or|to)(?=\s)|[\d,.]*\d|[-–—]"

_EN_FOR_A_TIME = re.compile(
    r"(?:^|[.!?;:]\s+)(?:for|over|in|within|during|after)\s+(?:the (?:past|last)\s+)?$",
    re.IGNORECASE,
)


@dataclass
class _Found:
    """An English number while its unit and object are looked for."""

    span: Span
    value: float | None
    upper: float | None
    unit: str
    qualifier: str
    words: str
    what: str = ""
    is_number: bool = True


def find(text: str, masked: str) -> Iterator[Quantity]:
    """The quantities of `text`, looked for where `masked` blots out nothing."""
    found: list[_Found] = []
    for match in _EN.finditer(masked):
        each = _english_number(text, match)
        if each is not None:
            found.append(each)
    for each, following in reversed(list(pairwise(found))):
        gap = text[each.span.end : following.span.start]
        if not each.unit and not each.what and _EN_LIST_GAP.fullmatch(gap):
            each.unit, each.what, each.is_number = following.unit, following.what, True
    for before, each in pairwise(found):
        is_near = not re.search(r"[.!?]\s", text[before.span.end : each.span.start])
        if not each.unit and each.qualifier.endswith("more") and is_near:
            each.unit, each.what = before.unit, before.what
    for each in found:
        if each.is_number:
            yield Quantity(
                each.span, each.value, each.upper, each.unit, each.what, each.qualifier, each.words
            )  # fmt: skip


def _english_number(text: str, match: re.Match[str]) -> _Found | None:
    number, vague = match["number"], (match["vague"] or "").lower()
    scale = _EN_SCALES.get((match["scale"] or "").lower(), 12 if match["scale"] else 1)
    unit = canonical(match["unit"], _EN_UNITS)
    value: float | None
    if match["currency"]:
        unit = CURRENCIES[match["currency"].upper()]
    qualifier = (match["qualifier"] or "").lower()
    before, rest = text[: match.start()], text[match.end() :]
    unit, rest = _rated(unit, rest)
    afterthoughts = []
    while (more := _EN_AFTERTHOUGHT.match(rest)) and not (unit == "%" and "more" in more[0]):
        afterthoughts.append(" ".join(more[0].lower().split()))
        rest = rest[more.end() :]
    after = _english_phrase(rest, digits=unit == "%")
    is_number = True
    if number is None:
        # A number word counts only what stands after it, and not what is known already.
        has_scale = re.search(r"(?:hundred|thousand|[mbr]illion|dozen)$", match["word"] or "", re.I)
        is_counting = bool(unit or _counted_noun(after) or has_scale)
        if not is_counting or (not vague and _EN_DETERMINED.search(before)):
            return None
        if (match["word"] or "").lower() == "one" and not unit:
            return None
    else:
        is_number = bool(
            unit or after or qualifier or afterthoughts or match["scale"] or "," in number
        )
    if vague:
        after = re.sub(r"^of\s+", "", after)
    if number is not None:
        value = float(number.replace(",", "")) * scale
    else:
        value = None if vague else _english_value(match["word"])
    found = _Found(
        span=trimmed_span(text, match.start(), match.end()),
        value=value,
        upper=float(match["upper"].replace(",", "")) * scale if match["upper"] else None,
        unit=unit or _counted_noun(after),
        qualifier=", ".join(part for part in (qualifier, *afterthoughts) if part),
        words=vague,
        is_number=is_number,
    )
    if unit:
        found.what = _measured(unit, after, before, rest)
        for word, time in _EN_RATES.items():
            is_money = found.unit.split()[-1] in _EN_CURRENCY_UNITS
            if is_money and re.search(rf"\b{word}\b", found.what, re.IGNORECASE):
                found.unit = f"{found.unit} {_article(time)} {time}"
    elif after:
        found.what = after
        if found.what == found.unit:
            found.what = _bracketed(before, found.unit)
    elif afterthoughts and afterthoughts[-1].startswith(("in ", "altogether")):
        found.unit, found.what = _antecedent(before)
    elif not _EN_LIST_GAP.match(rest):
        found.what = _before(before)
    if found.what.casefold() == found.unit.casefold():
        found.what = ""
    return found


def _english_value(words: str) -> float:
    """What a number in words is: "one hundred and twenty", "a quarter of a million"."""
    scales = {**_EN_SCALES, "dozen": 12.0}
    parts = [each for each in re.split(r"[\s-]+", words.lower()) if each not in ("and", "of")]
    share = next((each for each in parts if each in _EN_SHARES), None)
    if share is not None:
        scale = scales.get(parts[-1], 1.0)
        before = parts[: parts.index(share)]
        whole = sum(_EN_WORDS.get(each, 0) for each in before)
        if parts[-1] == share or parts[-2] == share:
            # "two and a half million"
            return (whole + _EN_SHARES[share]) * scale
        # "half a million", "three quarters of a million"
        return max(whole, 1) * _EN_SHARES[share] * scale
    total = group = 0.0
    for word in parts:
        if word == "hundred":
            group *= 100
        elif word in scales:
            total, group = total + group * scales[word], 0.0
        else:
            group += _EN_WORDS.get(word, 1)
    return total + group


def _rated(unit: str, rest: str) -> tuple[str, str]:
    """A unit with the time or head that it is reckoned by: "yuan a month"."""
    match = _EN_PER.match(rest) if unit else None
    if match is None or (unit in _EN_TIMES and match["time"] is None):
        return unit, rest
    time = match["time"] or _EN_RATES[match["adverb"].lower()]
    return f"{unit} {_article(time)} {time.lower()}", rest[match.end() :]


def _article(word: str) -> str:
    return "an" if word.startswith("hour") else "a"


def _english_phrase(text: str, *, digits: bool) -> str:
    """Words after a number up to the end of the clause, a verb, or eight words."""
    kept: list[str] = []
    clause = re.split(rf"{CLAUSE_END}|\s[–-]\s", text, maxsplit=1)[0]
    is_cut = False
    for word in clause.split():
        # A short participle or an adverb after the noun ends what is counted: "workers | received".
        is_led = not kept or _EN_PREPOSITION.match(kept[-1])
        is_verb = not is_led and len(word) > 4 and word.endswith(("ed", "ly")) and word.islower()
        is_cut = len(kept) == _WHAT_WORDS
        if _EN_STOP.match(word) or is_verb or is_cut:
            # "victims handle their own cases": the word between noun and owner is a verb.
            if _EN_OWNER.match(word) and len(kept) > 1 and _is_plural(kept[-2]):
                kept.pop()
            break
        is_next = bool(kept) and kept[-1].lower() in ("and", "or") and word.lower() in _EN_WORDS
        if is_next or (re.match(r"\d", word) and kept and not digits):
            break
        kept.append(word)
    if is_cut:
        # What is too long is better without its end than broken off in the middle.
        head = _counted_noun(" ".join(kept))
        kept = kept[: kept.index(head) + 1] if head in kept else kept
    while kept and _EN_TRAILING.match(kept[-1]):
        kept.pop()
    if kept and _EN_PREPOSITION.match(kept[0]) and kept[0].lower() != "of":
        return " ".join(kept) if kept[0].lower() == "in" else ""
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


def _measured(unit: str, after: str, before: str, rest: str) -> str:
    """What a measure (money, time, length, a share) is of."""
    if unit in _EN_TIMES and _EN_FOR_A_TIME.search(before):
        clause = re.split(CLAUSE_END, rest, maxsplit=1)[0]
        return " ".join(clause.split())
    if re.match(r"of\b|[a-z]+s\b", after):
        return re.sub(r"^of\s+", "", after)
    return after if unit in _EN_TIMES and after.startswith("in ") else _before(before)


def _before(before: str) -> str:
    """The end of the clause before a number, without the verb that leads to it."""
    clauses = [part.split() for part in re.split(CLAUSE_END, before)]
    clause = clauses.pop()
    while clause and _EN_TRAILING.match(clause[-1]):
        clause.pop()
    kept = clause[-_WHAT_WORDS:]
    for position, word in reversed(list(enumerate(kept))):
        if word.lower() in ("that", "which", "who", "where"):
            kept = kept[position + 1 :]
            break
    while kept and _EN_TRAILING.match(kept[-1]):
        kept.pop()
    while kept and (_EN_TRAILING.match(kept[0]) or _EN_OWNER.match(kept[0])):
        kept.pop(0)
    words = re.sub(r"\s+with an? (?:length|width|height|area|weight|size)$", "", " ".join(kept))
    return "" if words.lower() in _EN_PRONOUNS else words


def _bracketed(before: str, unit: str) -> str:
    """What numbers in a bracket are sizes of, in "by number of workers (over 100, under 50)".

    Only where the bracket holds nothing but numbers of one unit.
    """
    match = re.search(r"([^,.;:()\[\]!?…—\n“”\"]+)\(([^()]*)$", before)
    if match is None or re.sub(rf"{_EN_SIZES}|\b{re.escape(unit)}\b", "", match[2]).strip(" ,"):
        return ""
    words = match[1].split()
    for position, word in reversed(list(enumerate(words))):
        is_border = _EN_PREPOSITION.match(word) and word.lower() != "of"
        if is_border or _EN_STOP.match(word) or (word.endswith("ed") and word.islower()):
            words = words[position + 1 :]
            break
    while words and _EN_OWNER.match(words[0]):
        words.pop(0)
    return " ".join(words)


def _antecedent(before: str) -> tuple[str, str]:
    """Unit and object of a number that sums up what stands before it: "drivers joined: 188 in all".

    The last plural noun that no preposition leads to.
    """
    clause = re.split(r"(?<!\d)\.|\.(?!\d)|[;!?…\n“”\"]", before.rstrip(" :,(—–-"))[-1].split()
    head, is_led = None, False
    for position, word in enumerate(clause):
        is_verb = len(word) > 4 and word.endswith("ed") and word.islower()
        if _EN_PREPOSITION.match(word) and word.lower() not in ("and", "or"):
            is_led = True
        elif _EN_STOP.match(word) or is_verb:
            is_led = False
        elif _is_plural(word) and not is_led:
            head = position
    if head is None:
        return "", ""
    return clause[head], _english_phrase(" ".join(clause[head:]), digits=False)
