"""Marks inside quotes, brackets and titles: "Why?" she asked; the book What Next?.

Comes in: a sentence so far, its mark, what closes after it, what follows.
Goes out: whether the sentence goes on after the quote.
"""

from __future__ import annotations

import re

CLOSING = "\"'”’»)]）」』》〉"
OPENING = "\"'“‘«„([（「『《〈"
_QUOTE_OPENS = '“‘«„「『"'
_TITLE_REACH = 120
_QUOTE_REACH = 400
_NEGATION = re.compile(r"[没沒无無不未]")
# 她说。 老张说， 笑着问她。 The speaker, how, the verb, the one addressed, then a mark.
_SPEAKS_HAN = re.compile(
    r"\s*([^，。！？；：,.!?;:“”「」『』\"（）]{0,10}?)"
    r"(?:说道|說道|问道|問道|喊道|喝道|追问|追問|质问|質問|反问|反問|回答|宣布|表示|写道|寫道|"
    r"[说說问問道喊叫答嚷笑叹嘆])"
    r"[^，。！？；：,.!?;:“”「」『』\"]{0,4}(?:[，。！？,.]|\Z)"
)
_SPEAKS_LATIN = re.compile(
    r"(?:[A-ZА-ЯЁ][\w'’-]+\s){1,3}(?:said|says|asked|asks|shouted|cried|answered|replied|added|wrote|"
    r"wondered|yelled|whispered|told|called|laughed|demanded)\b"
)


def opens_late(text: str, start: int, end: int) -> bool:
    """Whether the bracket that closes at `end` was opened inside the sentence, not before it."""
    nearest = max(start, end - _QUOTE_REACH)
    return max(text.rfind("(", nearest, end), text.rfind("（", nearest, end)) > start


def is_in_title(text: str, start: int, position: int) -> bool:
    """Whether a Chinese title, 《…》, is open at `position`."""
    start = max(start, position - _TITLE_REACH)
    return text.rfind("《", start, position) > text.rfind("》", start, position)


def goes_on_after_han_quote(
    text: str, start: int, mark: int, following: str, *, full: bool
) -> bool:
    """Whether a sentence goes on after a quote that closes at a mark, with no space after.

    Parameters
    ----------
    text : str
    start, mark : int
        Where the sentence, without space before it, and its mark begin.
    following : str
        What stands after the quote.
    full : bool
        Whether the mark is a full stop, which ends more than a question inside a clause does.
    """
    nearest = max(start, mark - _QUOTE_REACH)
    opener = max(text.rfind(each, nearest, mark) for each in _QUOTE_OPENS)
    before = text[nearest:opener].rstrip() if opener >= 0 else ""
    if before.endswith((":", "：", ",", "，")):
        return False  # 她说：“不行。”
    speaks = _SPEAKS_HAN.match(following)
    if not before and speaks and not _NEGATION.search(speaks[1]):
        return True
    return bool(before) and not full


def goes_on_after_quote(following: str) -> bool:
    """Whether who speaks follows: "Why?" Ada Moss asked."""
    return _SPEAKS_LATIN.match(following) is not None


def is_in_embedded_quote(text: str, start: int, mark: int, end: int) -> bool:
    """Whether the mark stands inside a quote that is a word of its sentence, as a title is.

    Examples
    --------
    >>> text = "The paper “Why? Notes” is short."
    >>> is_in_embedded_quote(text, 0, text.index("?"), len(text))
    True
    """
    nearest = max(start, mark - _TITLE_REACH)
    opener = max(text.rfind(each, nearest, mark) for each in "“«„")
    if opener < 0 or re.search(r"[”»]|“(?!\w)", text[opener + 1 : mark]):
        return False
    before = text[nearest:opener].rstrip()
    if not before or before[-1] in ":,—–-.":
        return False
    closer = re.compile(r"[”»]|“(?!\w)").search(text, mark + 1, min(end, mark + _TITLE_REACH))
    after = text[closer.end() : closer.end() + 8].lstrip() if closer else ""
    return bool(after) and after[0].islower()
