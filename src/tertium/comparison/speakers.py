"""Who says what stands at a place of a text, by rule.

Comes in: paragraphs in English, Chinese or Russian and a position in one of them.
Goes out: the speaker as the text names them, or nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_EN_SAYS = (
    r"(?:said|says|say|added|adds|told|stated|states|reported|reports|explained|noted|announced|"
    r"claimed|claims|estimated|estimates|emphasi[sz]ed|stressed|concluded(?=\s+that\b))"
    # "The rate announced was 95 dollars": what was said is no speaker.
    r"(?!\s+(?:was|were|is|are)\b)"
)
# Verbs that tell of speech without quoting it; for them a name must look like one.
_EN_SPEAKS = (
    r"(?:spoke|speaks|detailed|called|wanted|wants|rated|welcomed|named|proposed|thanked|"
    r"commented|expressed|recalled|described|promised|suggested|argued|wrote|appreciated|"
    r"insisted|warned|urged|hoped|confirmed|denied|admitted|revealed|praised|pointed\s+out)"
)
_EN_PROPER = (
    r"(?:The |An? )?[A-Z][\w’'.&–-]*(?: (?:of|the|and|for|in) (?=[A-Z])| [A-Z][\w’'.&–-]*)*?"
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
_EN_LEAD = (
    r"(?:(?:In|At|On|After|Before|During|More|Today|Later|Then|Earlier)\b[^,“”\"\n.;:]{0,40},\s+)?"
)
_EN_TITLE = r"(?P<title>,[^“”\"\n.;:!?]{2,120}?,)?"
_ASIDE = re.compile(rf",\s+(?P<who>{_EN_PROPER})\s+{_EN_SAYS}(?=[,.;]|\s+(?:on|in|at)\s)")
_NARRATES = re.compile(
    rf"^{_EN_LEAD}(?P<who>{_EN_PROPER}){_EN_TITLE}(?:\s+[a-z]+ly)?\s+"
    rf"(?:{_EN_SPEAKS}|{_EN_SAYS})\b(?P<whom>)"
)
_REPORTS = {
    "en": re.compile(
        rf"^(?P<who>(?:The |An? )?[A-Z][^“”\"\n.;:!?,]{{1,80}}?)"
        rf"{_EN_TITLE}\s+{_EN_SAYS}\b(?:\s+that\b)?"
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
    r"earlier|later|now|then|and|but|throughout|it|they|their|his|her|its|в|на|с|по|после|до|из)\b"
    # "Their pay was estimated": nor is one whose verb is passive.
    r"|\b(?:was|were|is|are|been|be)$",
    re.IGNORECASE,
)
# Words by which a speaker named before goes on speaking, and those that mean a person alone.
_PERSON = {
    "en": re.compile(r"\b(?:he|she|him|his|her|hers)\b", re.IGNORECASE),
    "ru": re.compile(r"\b(?:он|она|его|её|ее|него|неё|ему|ей)\b", re.IGNORECASE),
    "zh": re.compile(r"[他她](?!们)"),
}
_CARRIES = {
    "en": re.compile(r"\b(?:he|she|him|his|her|hers|it|its)\b|[“\"]", re.IGNORECASE),
    "ru": re.compile(rf"{_PERSON['ru'].pattern}|[«“\"]", re.IGNORECASE),
    "zh": re.compile(r"[他她](?!们)|[“「]"),
}
# So many paragraphs back a name may have been given in full.
_MEMORY = 40
_OFFICE = re.compile(r"^[Tt]he ((?:\w+ ){0,2}?\w+)(?= of | at | for | in |$)")
_OPENING = {"en": '“"', "ru": '«“"', "zh": "“「"}
_SENTENCE_BORDER = re.compile(r"(?<=[.!?。！？])[”\"»」]?\s+|(?<=[。！？])")


def speaker(paragraph: str, position: int, language: str) -> str:
    """Who says what stands at `position` of a paragraph; empty where no rule finds it.

    The speaker of the quotation that holds the position, else the subject of a verb of
    saying, or of "according to", in the same sentence. A pronoun names nobody; `Speakers`
    looks for whom it means.

    Examples
    --------
    >>> text = "“We met 40 workers,” said the union's chair. Li Na agreed."
    >>> speaker(text, text.index("40"), "en")
    "the union's chair"
    """
    return (
        _quoted_by(paragraph, position, language)
        or _introduced_by(paragraph, position, language)
        or _aside(paragraph, position, language)
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


def _aside(paragraph: str, position: int, language: str) -> str:
    """The aid, X said, is 40 workers' wish."""
    if language != "en":
        return ""
    start = _sentence_start(paragraph, position)
    match = _ASIDE.search(paragraph[start : _sentence_end(paragraph, position)])
    return _name(match["who"]) if match else ""


def _reported_by(paragraph: str, position: int, language: str) -> str:
    """X reported that … 40 workers; according to X, 40 workers."""
    start = _sentence_start(paragraph, position)
    match = _report(paragraph[start:], language)
    if match is None or start + match.end() > position:
        return ""
    return _name(match["who"] or match["whom"])


def _report(sentence: str, language: str) -> re.Match[str] | None:
    """Who is said to say something at the beginning of a sentence."""
    match = _NARRATES.match(sentence) if language == "en" else None
    return match or _REPORTS[language].match(sentence)


def _first_of(text: str, characters: str, start: int, end: int) -> int | None:
    found = [text.find(character, start, end) for character in characters]
    return min((each for each in found if each >= 0), default=None)


def _name(words: str) -> str:
    name = " ".join(words.strip(" ,—–-").split())
    name = name.split(", ")[0]
    return "" if _PRONOUNS.match(name) or _NO_NAME.match(name) else name


@dataclass(frozen=True)
class _Mention:
    """A speaker named in a paragraph, with the words set beside the name ("head of the union")."""

    start: int
    name: str
    title: str = ""


class Speakers:
    """Who says what in a text, from its paragraphs in order.

    A sentence belongs to the speaker whom it names. Where it names none it belongs to the one
    named last in its paragraph, if "he", "she", "it" or a quotation there carries on what that
    speaker says. A paragraph that begins with "he" or "she" goes on with the speaker before it,
    and so does a paragraph between two of the same speaker.

    Parameters
    ----------
    paragraphs : sequence of str
    language : {"en", "zh", "ru"}
    follows : sequence of bool, optional
        Whether a paragraph goes on from the one before it, with no heading between them.
        Without it every paragraph does.

    Examples
    --------
    >>> said = Speakers(["Li Na, head of the union, spoke. It has 40 members.", "He met 12."], "en")
    >>> said.at(0, 40), said.at(1, 7)
    ('Li Na', 'Li Na')
    """

    def __init__(
        self, paragraphs: Sequence[str], language: str, follows: Sequence[bool] | None = None
    ) -> None:
        self._paragraphs = list(paragraphs)
        self._language = language
        self._mentions: list[list[_Mention]] = []
        for number, paragraph in enumerate(self._paragraphs):
            self._mentions.append([])
            for mention in _mentions(paragraph, language):
                name = self._full_name(number, mention.start, mention.name)
                known = next((each for each in self._before(number) if each.name == name), mention)
                self._mentions[number].append(
                    _Mention(mention.start, name, mention.title or known.title)
                )
        goes_on = list(follows) if follows is not None else [True] * len(self._paragraphs)
        self._carried = self._carried_over(goes_on)

    def at(self, paragraph: int, position: int) -> str:
        """Who says what stands at a position of a paragraph; empty where no rule finds it."""
        text = self._paragraphs[paragraph]
        direct = speaker(text, position, self._language)
        if direct:
            return self._full_name(paragraph, position, direct)
        sentence = _sentence_start(text, position)
        mentions = self._mentions[paragraph]
        earlier = [each for each in mentions if each.start < max(sentence, 1)]
        if not earlier:
            return self._carried[paragraph]
        last = earlier[-1]
        following = [each.start for each in mentions if each.start > position]
        end = _sentence_start(text, following[0]) if following else len(text)
        stretch = text[_sentence_end(text, last.start) : end]
        return last.name if _CARRIES[self._language].search(stretch) else ""

    def _carried_over(self, goes_on: Sequence[bool]) -> list[str]:
        """For each paragraph the speaker who goes on from the paragraphs before it, or nobody."""
        carried: list[str] = []
        last = ""
        for number, mentions in enumerate(self._mentions):
            if not goes_on[number]:
                last = ""
            going_on = self._begins_with_pronoun(number)
            if not going_on and not mentions and number + 1 < len(self._paragraphs):
                going_on = goes_on[number + 1] and self._begins_with_pronoun(number + 1)
            carried.append(last if going_on else "")
            last = mentions[-1].name if mentions else carried[-1]
        return carried

    def _begins_with_pronoun(self, number: int) -> bool:
        """Whether "he" or "she" stands in the paragraph before anybody is named."""
        mentions, text = self._mentions[number], self._paragraphs[number]
        before = text[: mentions[0].start] if mentions else text
        return _PERSON[self._language].search(before) is not None

    def _before(self, number: int) -> Iterator[_Mention]:
        """What is named in the paragraphs up to here, the last first."""
        for mentions in reversed(self._mentions[max(0, number - _MEMORY) : number + 1]):
            yield from reversed(mentions)

    def _full_name(self, number: int, position: int, name: str) -> str:
        """A family name as the full name, an office as the person who was said to hold it."""
        words = name.split()
        office = _OFFICE.match(name)
        for mention in self._before(number):
            is_before = mention not in self._mentions[number] or mention.start < position
            if office and is_before and office[1].lower() in mention.title.lower():
                return mention.name
            is_part = len(words) == 1 and words[0] in mention.name.split()
            if is_part and mention.name[:1].isupper() and len(mention.name.split()) <= 4:
                return mention.name
        if self._language != "en" or len(words) > 2 or name.isupper() or not name[:1].isupper():
            return name
        longer = re.compile(rf"\b{re.escape(name)}(?: [A-Z][a-z][\w’'-]*)\b")
        for paragraph in reversed(self._paragraphs[max(0, number - _MEMORY) : number + 1]):
            found = longer.search(paragraph)
            if found:
                return found[0]
        return name


def _mentions(paragraph: str, language: str) -> list[_Mention]:
    """Everybody who is named as speaking in a paragraph, in order."""
    found = []
    for pattern in (*_SPEECH[language], _SPEECH_BEFORE[language]):
        for match in pattern.finditer(paragraph):
            found.append(_Mention(match.start(), _name(match["who"])))
    start = 0
    for border in [*(m.end() for m in _SENTENCE_BORDER.finditer(paragraph)), len(paragraph)]:
        sentence = paragraph[start:border]
        report = _report(sentence, language)
        if report is not None:
            name = _name(report["who"] or report["whom"])
            found.append(_Mention(start, name, report.groupdict().get("title") or ""))
        aside = _ASIDE.search(sentence) if language == "en" else None
        if aside is not None:
            found.append(_Mention(start + aside.start(), _name(aside["who"])))
        start = border
    return sorted((each for each in found if each.name), key=lambda each: (each.start, each.name))


def _sentence_start(paragraph: str, position: int) -> int:
    start = 0
    for border in _SENTENCE_BORDER.finditer(paragraph):
        if border.end() > position:
            break
        start = border.end()
    return start


def _sentence_end(paragraph: str, position: int) -> int:
    ends = (border.end() for border in _SENTENCE_BORDER.finditer(paragraph))
    return next((end for end in ends if end > position), len(paragraph))
