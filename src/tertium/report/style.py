"""How the report looks: fonts, sizes, one colour and one pattern per code, numbers and labels.

Comes in: ids, numbers and codes.
Goes out: what a reader sees instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tertium.comparison.result import Result, plain

# matplotlib ships the first; the second is the project's Chinese subset.
FONT_FAMILIES = ("DejaVu Sans", "Noto Sans SC")
FONT_SIZE = 8.5
SMALL_SIZE = 7.5
TITLE_SIZE = 9.5
# Text width of an A4 page with the template's margins, in inches.
PAGE_WIDTH = 6.3

INK = "#222222"
SOFT_INK = "#5f5f5f"
RULE = "#d0d0d0"
PAPER = "#ffffff"
NOT_SEARCHED_FILL = "#efefef"

# After Okabe and Ito (2008), which readers with any colour vision tell apart; black and yellow
# are replaced, for they fail as areas on white paper.
_COLOURS = (
    "#0072b2",
    "#e69f00",
    "#009e73",
    "#d55e00",
    "#cc79a7",
    "#56b4e9",
    "#8a6d3b",
    "#4d4d4d",
    "#9a8fc7",
)
# Lines only: a pattern of dots makes a picture ten times as large.
_HATCHES = ("", "////", "---", "\\\\\\\\", "xxx", "|||", "+++", "//", "\\\\")
_DATE = re.compile(r"(?:-?\d[\dX]{3}(?:-[\dX]{2}){0,2}[?~%]?|\.\.)?")
_NEUTRAL = ("#b8b8b8", "")


@dataclass(frozen=True)
class Look:
    """The colour and the pattern of a code: either alone tells it from the others."""

    colour: str
    hatch: str


VOICE_LABELS = {
    "union_official": "Official union",
    "union_independent": "Independent union",
    "state_media": "State media",
    "government": "Government",
    "ngo": "NGO",
    "company": "Company",
    "trade_press": "Trade press",
    "newspaper": "Newspaper",
    "academic": "Academic",
    "encyclopedia": "Encyclopedia",
    "other": "Other",
    "mixed": "Mixed",
}
INTEREST_LABELS = {
    "party": "Party to it",
    "ally": "Ally",
    "opponent": "Opponent",
    "observer": "Observer",
    "mixed": "Mixed",
    "not_stated": "Not stated",
}
DISTANCE_LABELS = {
    "participant": "Participant",
    "eyewitness": "Eyewitness",
    "reported": "Reported",
    "retrospective": "Looking back",
    "compiled": "Compiled",
    "not_stated": "Not stated",
}
ACTOR_LABELS = {
    "party_state_union": "Party-state union",
    "trade_union": "Trade union",
    "ngo": "NGO",
    "grassroots_workers": "Grassroots workers",
    "employer": "Employer",
    "business_association": "Business association",
    "government": "Government",
    "international": "International organisation",
    "academic_or_media": "Academics or media",
}
VERDICT_LABELS = {
    "present": "present",
    "absent": "absent",
    "undecided": "undecided",
    "not_searched": "not searched",
}
STANCE_LABELS = {
    "asserted": "asserted",
    "planned": "planned",
    "criticised": "criticised",
    "denied": "denied",
}
LANGUAGE_LABELS = {
    "ar": "Arabic",
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "fr": "French",
    "hi": "Hindi",
    "ja": "Japanese",
    "kk": "Kazakh",
    "ko": "Korean",
    "pt": "Portuguese",
    "ru": "Russian",
    "und": "Undetermined",
    "vi": "Vietnamese",
    "zh": "Chinese",
    "zh-Hans": "Chinese (simplified)",
    "zh-Hant": "Chinese (traditional)",
}
KIND_LABELS = {
    "digest": "Digest",
    "original": "Original",
    "episode": "Episode",
    "programme": "Programme",
    "law_making": "Law-making",
}
COLUMN_LABELS = {
    "source_id": "Source",
    "case_id": "Case",
    "case_kind": "Kind of case",
    "first": "First day",
    "last": "Last day",
    "upper": "Up to",
    "who": "Who says so",
    "what": "Of what",
    "conflict_share": "Share of conflict",
    "pri": "PRI",
    "against": "Against it",
}
_LABELS: Mapping[str, Mapping[str, str]] = {
    "voice": VOICE_LABELS,
    "interest": INTEREST_LABELS,
    "distance": DISTANCE_LABELS,
    "actor": ACTOR_LABELS,
    "actor_type": ACTOR_LABELS,
    "of_actor_type": ACTOR_LABELS,
    "with_actor_type": ACTOR_LABELS,
    "with_voice": VOICE_LABELS,
    "verdict": VERDICT_LABELS,
    "stance": STANCE_LABELS,
    "language": LANGUAGE_LABELS,
    "kind": KIND_LABELS,
    "case_kind": KIND_LABELS,
}


def label(axis: str, value: Any) -> str:
    """What a reader sees instead of a value of a closed list, or of a date.

    Examples
    --------
    >>> label("voice", "union_official"), label("year", "2019"), label("date", "2019/..")
    ('Official union', '2019', 'since 2019')
    """
    if axis == "date":
        return date_in_words(plain(value))
    return _LABELS.get(axis, {}).get(str(value), plain(value))


def date_in_words(date: str) -> str:
    """An EDTF date as a reader would write it; anything else as it is.

    Examples
    --------
    >>> date_in_words("2021-02/.."), date_in_words("2010-06/2011"), date_in_words("2018~")
    ('since 2021-02', '2010-06 to 2011', 'about 2018')
    """
    begin, slash, end = date.partition("/")
    if slash and _DATE.fullmatch(begin) and _DATE.fullmatch(end):
        if end in ("", ".."):
            return f"since {date_in_words(begin)}"
        if begin in ("", ".."):
            return f"until {date_in_words(end)}"
        return f"{date_in_words(begin)} to {date_in_words(end)}"
    if _DATE.fullmatch(date) and date[-1:] in ("~", "%"):
        return f"about {date[:-1]}"
    if _DATE.fullmatch(date) and date.endswith("?"):
        return f"perhaps {date[:-1]}"
    return date


def column_label(name: str) -> str:
    """What a reader sees above a column.

    Examples
    --------
    >>> column_label("who"), column_label("start_date")
    ('Who says so', 'Start date')
    """
    words = name.replace("_", " ")
    return COLUMN_LABELS.get(name, words[:1].upper() + words[1:])


def row_labels(result: Result) -> list[str]:
    """What a reader sees beside each row of a grid, with the number of sources behind it."""
    axis = str(result.frame.index.name or "")
    return [
        _counted(result.row_labels.get(row, label(axis, row)), result.row_counts.get(row))
        for row in result.frame.index
    ]


def column_labels(result: Result) -> list[str]:
    """What a reader sees above each column, with the number of sources behind it."""
    if not result.is_grid:
        return [column_label(str(name)) for name in result.frame.columns]
    axis = str(result.frame.columns.name)
    return [
        _counted(
            result.column_labels.get(column, label(axis, column)), result.column_counts.get(column)
        )
        for column in result.frame.columns
    ]


def _counted(text: str, count: int | None) -> str:
    # A no-break space keeps "n = 2" on one line.
    return text if count is None else f"{text} (n\u00a0=\u00a0{count})"


def number(value: Any, *, missing: str = "") -> str:
    """A number for readers: thousands parted by commas, at most three significant decimals.

    Examples
    --------
    >>> number(120000.0), number(0.12345), number(None, missing="not searched")
    ('120,000', '0.123', 'not searched')
    """
    text = plain(value, missing=missing)
    if isinstance(value, (bool, str)) or text == missing:
        return text
    numeric = float(value)
    if numeric.is_integer():
        return f"{int(numeric):,}"
    return f"{numeric:,.3f}".rstrip("0").rstrip(".") if abs(numeric) >= 0.001 else f"{numeric:.3g}"


def looks(ids: Iterable[Any]) -> dict[Any, Look]:
    """One look per id, by its place in the scheme; the same in every figure of a report.

    Ids beyond the ninth begin again with another pattern; "none" and "mixed" are grey.

    Examples
    --------
    >>> looks(["state_led", "none"])["none"].colour
    '#b8b8b8'
    """
    found: dict[Any, Look] = {}
    place = 0
    for each in ids:
        if each in ("none", "(none)", "mixed", "not stated", "undated"):
            found[each] = Look(*_NEUTRAL)
            continue
        turn, colour = divmod(place, len(_COLOURS))
        found[each] = Look(_COLOURS[colour], _HATCHES[(colour + turn) % len(_HATCHES)])
        place += 1
    return found
