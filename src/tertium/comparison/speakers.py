"""Who says what stands at a place of a paragraph, by rule.

Comes in: a paragraph in English, Chinese or Russian and a position in it.
Goes out: the speaker as the text names them, or nothing.
"""

from __future__ import annotations

import re

_EN_SAYS = (
    r"(?:said|says|say|added|adds|told|stated|states|reported|reports|explained|noted|announced|"
    r"claimed|claims|estimated|estimates|emphasi[sz]ed|stressed|concluded)"
)
_EN_NAME = r"(?P<who>[^“”\"\n.;!?]{2,120}?)"
_SPEECH = {
    "en": [
        # “…,” said the deputy chairman. / “…,” Li Na said.
        re.compile(rf"[”\"],?\s+{_EN_SAYS}\s+{_EN_NAME}(?=[,.;\n]|\s+(?:on|in|at)\s|$)"),
        re.compile(rf"[”\"],?\s+{_EN_NAME}\s+{_EN_SAYS}\b"),
    ],
    "ru": [
        re.compile(
            r"[»”\"],?\s*[-–—]\s*(?:сказал[аи]?|сообщил[аи]?|заявил[аи]?|отметил[аи]?|добавил[аи]?|"
            r"подчеркнул[аи]?|рассказал[аи]?)\s+(?P<who>[^«»“”\".,;\n]{2,120})"
        )
    ],
    "zh": [
        re.compile(
            r"[”」]，?(?P<who>[^，。；“”「」\n]{1,30}?)(?:表示|介绍|介紹|告诉记者|称|稱|说|說|指出|透露)"
        )
    ],
}
_SPEECH_BEFORE = {
    "en": re.compile(
        rf"(?:^|[.!?”\"]\s+|\n){_EN_NAME},?\s+{_EN_SAYS}\b[^“\"\n.]{{0,60}}?[:,]\s*[“\"]"
    ),
    "ru": re.compile(
        r"(?:^|[.!?»]\s+|\n)(?P<who>[^«»“”\".;!?\n]{2,120}?)\s+(?:сказал[аи]?|сообщил[аи]?|заявил[аи]?|"
        r"отметил[аи]?)[^«\n.]{0,40}?:\s*[«“\"]"
    ),
    "zh": re.compile(
        r"(?:^|[。！？”]\s*|\n)(?P<who>[^，。；：“”「」\n]{1,40}?)(?:表示|介绍|介紹|说|說|称|稱|指出|透露)[：:，,]?\s*[“「]"
    ),
}
_REPORTS = {
    "en": re.compile(
        rf"^(?P<who>(?:The |An? )?[A-Z][^“”\"\n.;:!?,]{{1,80}}?)"
        rf"(?:,[^“”\"\n.;:!?]{{2,120}}?,)?\s+{_EN_SAYS}\b(?:\s+that\b)?"
        r"|^According to (?P<whom>[^“”\"\n.;:!?,]{2,80}),"
    ),
    "ru": re.compile(
        r"^(?:По (?:данным|словам|сообщению) (?P<whom>[^,.;:«»]{2,80}),)"
        r"|^(?P<who>[А-ЯЁ][^,.;:«»]{1,80}?)\s+(?:сообщил[аи]?|заявил[аи]?|сказал[аи]?|отметил[аи]?),?\s+что\b"
    ),
    "zh": re.compile(
        r"^(?:据|據)(?P<whom>[^，。；：“”]{1,30}?)(?:介绍|介紹|统计|統計|报道|報道|透露|称|稱)?，"
        r"|^(?P<who>[^，。；：“”\d]{1,30}?)(?:表示|介绍|介紹|称|稱|指出|透露)，"
    ),
}
_PRONOUNS = re.compile(
    r"^(?:he|she|it|they|we|i|him|her|them|who|this|that|which|there|он|она|они|он[аои]|него|неё|них|"
    r"他|她|他们|她们|记者|了解|悉)$",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"^(?:in|on|at|since|from|after|before|during|by|for|with|to|as|when|while|if|today|last|this|"
    r"earlier|later|now|then|and|but|в|на|с|по|после|до|из)\b",
    re.IGNORECASE,
)
_OPENING = {"en": '“"', "ru": '«“"', "zh": "“「"}
_SENTENCE_BORDER = re.compile(r"(?<=[.!?。！？])[”\"»」]?\s+|(?<=[。！？])")


def speaker(paragraph: str, position: int, language: str) -> str:
    """Who says what stands at `position` of a paragraph; empty where no rule finds it.

    The speaker of the quotation that holds the position, else the subject of a verb of
    saying, or of "according to", in the same sentence. A pronoun names nobody.

    Examples
    --------
    >>> text = "“We met 40 workers,” said the union's chair. Li Na agreed."
    >>> speaker(text, text.index("40"), "en")
    "the union's chair"
    """
    return (
        _quoted_by(paragraph, position, language)
        or _introduced_by(paragraph, position, language)
        or _reported_by(paragraph, position, language)
    )


def _quoted_by(paragraph: str, position: int, language: str) -> str:
    """“… 40 workers …,” said X: the position lies between the first opening quote and the close."""
    matches = sorted(
        (match for pattern in _SPEECH[language] for match in pattern.finditer(paragraph)),
        key=lambda match: (match.start(), match.end()),
    )
    begin = 0
    for match in matches:
        opening = _first_of(paragraph, _OPENING[language], begin, match.start())
        if opening is not None and opening < position < match.start():
            name = _name(match["who"])
            if name:
                return name
        if match.start() > position:
            break
        begin = match.start() + 1
    return ""


def _introduced_by(paragraph: str, position: int, language: str) -> str:
    """X said: “… 40 workers …”."""
    for match in _SPEECH_BEFORE[language].finditer(paragraph):
        closing = _first_of(paragraph, '”"»」', match.end(), len(paragraph))
        end = len(paragraph) if closing is None else closing
        if match.end() <= position < end:
            return _name(match["who"])
    return ""


def _reported_by(paragraph: str, position: int, language: str) -> str:
    """X reported that … 40 workers; according to X, 40 workers."""
    start = 0
    for border in _SENTENCE_BORDER.finditer(paragraph):
        if border.end() > position:
            break
        start = border.end()
    match = _REPORTS[language].match(paragraph[start:])
    if match is None or start + match.end() > position:
        return ""
    return _name(match["who"] or match["whom"])


def _first_of(text: str, characters: str, start: int, end: int) -> int | None:
    found = [text.find(character, start, end) for character in characters]
    return min((each for each in found if each >= 0), default=None)


def _name(words: str) -> str:
    name = " ".join(words.strip(" ,—–-").split())
    name = name.split(", ")[0]
    return "" if _PRONOUNS.match(name) or _NO_NAME.match(name) else name
