"""Which words end in a full stop that ends no sentence.

Comes in: the word before a full stop and what stands around it.
Goes out: whether the stop may end the sentence.
"""

from __future__ import annotations

import re

# Before a name, or inside a phrase: never the end of a sentence.
ALWAYS = frozenset(
    "mr mrs ms dr prof messrs st gen gov sen rep col capt lt sgt cpl maj hon rt rev fr mt ft v vs "
    "cf viz approx incl esp ул д проф акад доц тов гр зам зав нач им е к н о с канд докт св пос "
    "гл корп лит ср см ген инж".split()
)
# Before a number these are never the end of a sentence; before a word they may be.
BEFORE_NUMBER = frozenset(
    "no nos vol vols art arts sec secs fig figs tab ch p pp para paras subpara sch pt pts ver rs "
    "cir ca c b s n reg cl ed ст стр рис табл с см п пп ч кв № т доб тел час мин разд прил "
    "вып".split()
)
# A capital letter after these begins a sentence.
BEFORE_CAPITAL = frozenset(
    "jr sr ed eds etc al corp inc co ltd bros plc dept est rd ave blvd min max jan feb mar apr jun "
    "jul aug sep sept oct nov dec вв в э пр просп обл тыс млн млрд трлн руб коп др напр чел сек дн "
    "мес янв февр апр авг сент окт нояб дек м км кг р-н".split()
)
YEARS = frozenset("г гг".split())
DOTTED_INSIDE = frozenset("e.g i.e т.е т.н т.к".split())
DOTTED_END = frozenset("a.m p.m т.д т.п н.э".split())
# After "U.S." or "vitamin C." only these show a new sentence; a name goes on with it.
STARTERS = frozenset(
    "the a an this that these those it its he she they we you i his her my our their your in on "
    "at for but and so as by from with when while after before if since however there then what "
    "who how why both some many few most all none no nobody nothing everyone last meanwhile "
    "instead later".split()
)
# A letter after these is a name of its own, not the initial of a person.
LETTERED = frozenset(
    "vitamin group grade class type plan point part section unit block ward hall gate shed shaft "
    "appendix annex schedule table ворота цех цехе группа группу группе корпус класс класса тип "
    "разряд блок палата зал вариант приложение".split()
)
_SURNAME = re.compile(
    r"[А-ЯЁ][а-яё]+(?:[оеё]в|[иы]н|[оеё]ва|[иы]на|ск(?:ий|ая|ого|ой)|ц(?:кий|кая)|ко|[юу]к|ич|"
    r"ян|дзе|швили)\s+\Z"
)
_CALENDAR = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:jan|febr)uary|march|april|may|june|july|"
    r"august|(?:sept|nov|dec)ember|october",
    re.IGNORECASE,
)
# Place and page in a Russian reference: "М., 1998", "С. 14".
_REFERENCE = re.compile(r"(?:М|Л|СПб|Пг|Мн|Киев)\.\s*[,:]|(?:С|Т|Вып|Кн|Ч)\.\s*\d")
_LETTER = r"[^\W_\u3400-\u9fff]"  # no Han: "在U.S."
_WORD_BEFORE = re.compile(rf"{_LETTER}+(?:[.-]{_LETTER}+)*\Z")
_NEXT_WORD = re.compile(r"[^\W_]+")
_ROMAN = re.compile(r"[IVXLC]+\Z")
_LIST_MARK = re.compile(r"\d{1,2}|[IVX]{1,5}|[A-ZА-Я]")
_FEW_WORDS = 4


def may_end(before: str, opening: str, *, from_start: bool) -> bool:
    """Whether a full stop after `before` may end a sentence, with `opening` after it.

    Parameters
    ----------
    before : str
        The last characters of the sentence so far, without the stop.
    opening : str
        What follows, from its first letter or digit, which is not in lower case.
    from_start : bool
        Whether `before` is the whole sentence so far.

    Examples
    --------
    >>> may_end("They met Mr", "Li and left", from_start=True)
    False
    >>> may_end("They met", "Li left", from_start=True)
    True
    """
    match = _WORD_BEFORE.search(before)
    word = match[0] if match else ""
    in_front = before[: len(before) - len(word)]
    if from_start and not in_front.strip() and _LIST_MARK.fullmatch(word):
        return False
    if _REFERENCE.match(opening):
        return False
    if len(word) == 1 and word.isupper():
        return _ends_after_letter(in_front, opening)
    if "." in word:
        return _ends_after_dotted(word, in_front, opening)
    return _ends_after_word(word.casefold(), in_front, opening)


def _ends_after_letter(in_front: str, opening: str) -> bool:
    """An initial ends nothing, but "group A. They left" and "Жаров А. Б. Зал" do."""
    previous = _WORD_BEFORE.search(in_front.rstrip())
    if previous and previous[0].casefold() in LETTERED:
        return True
    if re.search(r"(?:^|[\s(«“])[A-ZА-ЯЁ]\.\s?\Z", in_front):
        return _follows_surname(in_front.rstrip()[:-2], opening)
    return not in_front.rstrip().endswith(".") and _is_starter(opening)


def _follows_surname(in_front: str, opening: str) -> bool:
    """Initials after a surname may end: "Лунёв К. Д. Зал", not "проф. К. Д. Лунёв"."""
    word = _NEXT_WORD.match(opening)
    is_name = word is None or _SURNAME.match(word[0] + " ") is not None
    return _SURNAME.search(in_front) is not None and not is_name


def _ends_after_dotted(word: str, in_front: str, opening: str) -> bool:
    if not re.fullmatch(r"(?:\w\.)+\w", word):
        return True
    folded = word.casefold()
    next_word = _NEXT_WORD.match(opening)
    if folded in DOTTED_INSIDE or opening[0].isdigit():
        return False
    if folded in DOTTED_END:
        return next_word is None or not _CALENDAR.fullmatch(next_word[0])
    if re.fullmatch(r"[А-ЯЁ]\.[А-ЯЁ]", word):
        return _follows_surname(in_front, opening)
    return _is_starter(opening)


def _ends_after_word(word: str, in_front: str, opening: str) -> bool:
    if word in ALWAYS or (word in BEFORE_NUMBER and _is_number(opening)):
        return False
    if word in YEARS:
        # "закрыли в 2010 г. Рабочие", but "В 2010 г. Федерация": too early for an end.
        is_year = re.search(r"\d\s*\Z", in_front) is not None
        return opening[0].isupper() and is_year and len(in_front.split()) + 1 > _FEW_WORDS
    if word in BEFORE_CAPITAL or word in BEFORE_NUMBER:
        return opening[0].isupper() and not _is_abbreviated(opening)
    return True


def _is_abbreviated(opening: str) -> bool:
    """Abbreviations come in chains: "Co. Ltd.", "Reg. No. 7"."""
    word = _NEXT_WORD.match(opening)
    known = BEFORE_CAPITAL | BEFORE_NUMBER
    return word is not None and word[0].casefold() in known and opening[word.end() :][:1] == "."


def _is_starter(opening: str) -> bool:
    word = _NEXT_WORD.match(opening)
    return word is not None and word[0].casefold() in STARTERS


def _is_number(opening: str) -> bool:
    word = _NEXT_WORD.match(opening)
    return word is not None and (word[0][0].isdigit() or _ROMAN.match(word[0]) is not None)
