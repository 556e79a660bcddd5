"""What kind of thing a number counts: people, money, time, organisations, shares, or others.

Comes in: the unit of a quantity, and what it counts in the source's words.
Goes out: one kind.
"""

from __future__ import annotations

import re
from typing import Literal, get_args

from tertium.comparison.numbers.quantity import CURRENCIES

CountedKind = Literal["people", "money", "time", "organisations", "shares", "other"]
COUNTED_KINDS: tuple[CountedKind, ...] = get_args(CountedKind)

_MONEY = re.compile(
    rf"(?:{'|'.join(sorted({*CURRENCIES.values(), 'dollars', 'rupees', 'taka', 'rupiah'}))}"
    r"|riels|元|руб\w*|тенге|юан\w*)\b"
)
_SHARES = re.compile(r"%|per ?cent|percentage|百分|процент")
_TIME = re.compile(
    r"(?:years?|months?|weeks?|days?|hours?|minutes?|seconds?|shifts?|nights?|年|个?月|天|日|小时"
    r"|分钟|周|лет|год\w*|месяц\w*|недел\w*|дн\w+|день|час\w*|минут\w*)$"
)
_PEOPLE = re.compile(
    r"(?:people|persons?|men|women|children|deaths|dead|injured|members?|workers?|employees?|staff"
    r"|miners?|drivers?|couriers?|riders?|dockers?|porters?|migrants?|victims?|activists?|strikers?"
    r"|students?|teachers?|officials?|delegates?|deputies|lawyers?|families|households|platoons"
    r"|\w+(?:ers|ists|ants|ees)|names?|名|人|位|户|家庭|рабоч\w*|работник\w*|шахт[её]р\w*|человек\w*"
    r"|водител\w*|член\w*|люд\w*|семь\w*|семей|курьер\w*|пострадавш\w*)$"
)
# Words that end as words for people do.
_NO_PEOPLE = re.compile(
    r"(?:papers|letters|numbers|matters|quarters|chapters|orders|posters|tiers|centers|registers"
    r"|fees|committees|containers|flyers|lists)$"
)
_ORGANISATIONS = re.compile(
    r"(?:unions?|federations?|companies|company|firms?|enterprises?|factories|factory|stores?|shops?"
    r"|plants?|mines?|organi[sz]ations?|ngos?|groups?|centres?|centers?|branches|branch|committees?"
    r"|associations?|agencies|employers?|exhibitors?|brands?|suppliers?|courts?|clusters?|sectors?"
    r"|家|企业|工会|工厂|组织|предприяти\w*|компани\w*|профсоюз\w*|организаци\w*|завод\w*|шахт\w?)$",
    re.IGNORECASE,
)
# "A miner aged 37": a number of years that has no noun.
_AGED = re.compile(r"\b(?:aged?|aged between|age of|ages of|возраст\w* (?:от )?|年龄为?|年仅)\s*$")
# Only people do or suffer these.
_PEOPLE_DO = re.compile(
    r"\s*(?:of (?:them|whom)\s+)?(?:(?:had|have|has) (?:been )?|were |was )?(?:took part|taken part"
    r"|went|gone|joined|died|killed|injured|wounded|arrested|detained|sentenced|dismissed|identified"
    r"|gathered|struck|walked out|marched|protested|came|stayed|signed|fell ill)\b",
    re.IGNORECASE,
)
_OF_THEM = re.compile(r"\s*of (?:them|whom)\b", re.IGNORECASE)


def counted_kind(unit: str, what: str = "", *, before: str = "", after: str = "") -> CountedKind:
    """What kind of thing a quantity counts, by its unit, else by the words of the source.

    Money and time by what they are reckoned by are money: "yuan a month". Where no noun follows,
    an age is time, what only people do tells people, and "of them" are people where the sentence
    names people before.

    Parameters
    ----------
    unit, what : str
        As `quantities` has them.
    before, after : str
        The words of the sentence on either side of the number.

    Examples
    --------
    >>> counted_kind("yuan a month"), counted_kind("miners"), counted_kind("%", "members")
    ('money', 'people', 'shares')
    >>> counted_kind("", "unions of the port"), counted_kind("masks")
    ('organisations', 'other')
    >>> counted_kind("", before="a miner aged "), counted_kind("", after=" took part")
    ('time', 'people')
    """
    for words in [unit] if unit else _nouns(what):
        text = words.strip().casefold()
        if _SHARES.search(text):
            return "shares"
        if _MONEY.match(text) or _MONEY.match(words.strip()):
            return "money"
        if _TIME.search(text):
            return "time"
        if _ORGANISATIONS.search(text):
            return "organisations"
        if _PEOPLE.search(text) and not _NO_PEOPLE.search(text):
            return "people"
    return "other" if unit else _without_noun(before, after)


def _without_noun(before: str, after: str) -> CountedKind:
    if _AGED.search(before.casefold()):
        return "time"
    names_people = any(
        _PEOPLE.fullmatch(word) and not _NO_PEOPLE.fullmatch(word)
        for word in re.findall(r"\w+", before.casefold())
    )
    if _PEOPLE_DO.match(after) or (_OF_THEM.match(after) and names_people):
        return "people"
    return "other"


def _nouns(what: str) -> list[str]:
    """What may be the noun: the words before "of", "at", "in" and the like, then the whole."""
    if re.match(r"(?:of|at|in|from|for|on)\s", what):
        return []
    head = re.split(r"\s(?:of|at|in|from|for|on|who|that|with|have|has|were|was)\s", what)[0]
    return [head, what]
