"""The two groups of sources whose words are held against each other.

Comes in: an attribute of sources or a scheme, a group, and what it is held against.
Goes out: two lists of sources without one in common, and what was left out, in words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from tertium.columns import DISTANCES, INTERESTS, VOICES
from tertium.comparison.keyness.words import FUNCTION_WORDS, PAIRED
from tertium.comparison.passages import Passages
from tertium.comparison.result import NOT_STATED
from tertium.errors import UnknownNameError

ATTRIBUTES = ("voice", "interest", "distance", "country", "kind", "year")
# What a compiled digest cannot have one of: its parts are asked instead.
OF_SPEAKERS = ("voice", "interest", "distance")
REST = "rest"
# The voice of a source that joins several: the group may be among them.
MIXED = "mixed"
# Of these a study need not have a source: a group without one is empty, and no mistake.
_CLOSED = {"voice": VOICES, "interest": tuple(INTERESTS), "distance": tuple(DISTANCES)}


@dataclass(frozen=True)
class Groups:
    """Sources of the group, sources that it is held against, and remarks for the note."""

    group: list[str]
    others: list[str]
    remarks: list[str]


def groups_of(passages: Passages, by: str, group: str, against: str, language: str) -> Groups:
    """The two groups, of sources in one language.

    A source in both (of two countries, with two codes) is in neither. For a scheme the group are
    the sources whose verdict on the code is present, the rest those where it is absent. A source
    of mixed voice is in no rest, for the group may be among its voices.

    Raises
    ------
    UnknownNameError
        No such attribute, group or language. A group that could have sources and has none (a
        voice, a code, a language with a list of function words) is empty, and a remark says so.
    """
    tables = passages.tables
    if by not in tables.schemes and by not in ATTRIBUTES:
        known = ", ".join([*sorted(tables.schemes), *ATTRIBUTES])
        raise UnknownNameError(f"by={by!r}; there are {known}")
    if group == against:
        raise UnknownNameError(f"group and against are both {group!r}")
    spoken = [source for source in passages.counted if _language(passages, source) == language]
    if not spoken and language not in FUNCTION_WORDS and language not in PAIRED:
        there = sorted({_language(passages, source) or "none" for source in passages.counted})
        raise UnknownNameError(
            f"no counted source is in {language!r}; counted sources are in {', '.join(there)} "
            "(translations are not counted)"
        )
    remarks = []
    if other := len(passages.counted) - len(spoken):
        remarks.append(f"Left out, for they are in other languages: {sources_told(other)}.")
    make = _by_code if by in tables.schemes else _by_attribute
    found = make(passages, by, group, against, spoken)
    sides = ((group, found.group), (against, found.others))
    empty = [name for name, sources in sides if not sources]
    told = _there(passages, by, spoken)
    for each in empty:
        closed = tables.scheme(by).code_ids if by in tables.schemes else _CLOSED.get(by, ())
        if each not in (*closed, REST) and spoken:
            raise UnknownNameError(f"no source is in {each!r} alone{told}")
    if empty:
        words = " and none in ".join(f"“{each.replace('_', ' ')}”" for each in empty)
        of = f" in the language {language!r}" if not spoken else ""
        return Groups([], [], [f"Nothing to compare: no source{of} is in {words} alone{told}."])
    return Groups(found.group, found.others, [*remarks, *found.remarks])


def _by_attribute(
    passages: Passages, by: str, group: str, against: str, spoken: list[str]
) -> Groups:
    first, second, both, neither, mixed = [], [], 0, 0, 0
    for source_id in spoken:
        values = _values(passages, source_id, by)
        if against == REST and group != MIXED and MIXED in values:
            mixed += 1
            continue
        is_first = group in values
        is_second = values != {group} if against == REST else against in values
        if is_first and is_second:
            both += 1
        elif is_first:
            first.append(source_id)
        elif is_second and values != {NOT_STATED}:
            second.append(source_id)
        else:
            neither += 1
    remarks = []
    if both:
        remarks.append(f"Left out, for they are in both groups: {sources_told(both)}.")
    if mixed:
        remarks.append(f"Left out, for they join several voices: {sources_told(mixed)}.")
    if neither and against == REST:
        remarks.append(f"Left out, for the {by} is not stated: {sources_told(neither)}.")
    return Groups(first, second, remarks)


def _by_code(passages: Passages, by: str, group: str, against: str, spoken: list[str]) -> Groups:
    codes = passages.tables.scheme(by).code_ids
    for code in (group,) if against == REST else (group, against):
        if code not in codes:
            known = ", ".join(codes)
            raise UnknownNameError(f"scheme {by} has no code {code!r}; it has {known}")
    verdicts = passages.verdicts(by)

    def verdict(source_id: str, code: str) -> str:
        return str(verdicts.get((source_id, code), {}).get("verdict", "not_searched"))

    first, second, both, unclear = [], [], 0, 0
    for source_id in spoken:
        mine = verdict(source_id, group)
        is_other = against == REST or verdict(source_id, against) == "present"
        if mine == "present" and against != REST and is_other:
            both += 1
        elif mine == "present":
            first.append(source_id)
        elif mine != "absent":
            unclear += 1
        elif is_other:
            second.append(source_id)
    remarks = []
    if both:
        remarks.append(f"Left out, for they hold both codes: {sources_told(both)}.")
    if unclear:
        remarks.append(
            f"Left out, for the verdict is undecided or missing: {sources_told(unclear)}."
        )
    return Groups(first, second, remarks)


def _values(passages: Passages, source_id: str, by: str) -> set[str]:
    source = passages.sources[source_id]
    stated = _text(source.get("date" if by == "year" else by))
    if by == "year":
        return {stated[:4]} if stated[:4].isdigit() else {NOT_STATED}
    parts = {part.strip() for part in stated.split(";") if part.strip()}
    return parts or {NOT_STATED}


def _there(passages: Passages, by: str, spoken: list[str]) -> str:
    if by in passages.tables.schemes or not spoken:
        return ""
    there = {value for source_id in spoken for value in _values(passages, source_id, by)}
    return f"; by {by} there are {', '.join(sorted(there))}, and as against also {REST}"


def _language(passages: Passages, source_id: str) -> str:
    return _text(passages.sources[source_id].get("language")).split("-")[0].lower()


def sources_told(number: int) -> str:
    """How many sources, with the right form of the word.

    Examples
    --------
    >>> sources_told(1)
    '1 source'
    """
    return f"{number} {'source' if number == 1 else 'sources'}"


def _text(value: Any) -> str:
    return "" if value is None or pd.isna(value) else str(value).strip()
