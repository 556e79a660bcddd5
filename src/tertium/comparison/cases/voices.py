"""The cases that several voices tell.

Comes in: the passages of a study, and how many voices a case must have.
Goes out: one `ToldCase` a case, with what was found in each voice, and which cases are left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tertium.columns import VOICES
from tertium.comparison.cases.accord import REST_CODES, Accord
from tertium.comparison.cases.told import (
    NOT_STATED_CODE,
    Finder,
    Telling,
    case_names,
    stated,
    tellings,
)
from tertium.comparison.passages import Passages, rows_of
from tertium.comparison.result import NOT_STATED

# A source that joins several publications says not who tells what.
NO_VOICE = ("", "mixed")


@dataclass(frozen=True)
class ToldCase:
    """A case that several voices tell: its sources, and by code what was found in each voice."""

    case_id: str
    name: str
    country: str
    tellings: tuple[Telling, ...]
    accords: Mapping[str, Accord]

    @property
    def voices(self) -> tuple[str, ...]:
        """The voices that tell it, in the order of the closed list."""
        return voices_of(self.tellings)

    @property
    def sources(self) -> frozenset[str]:
        """The ids of its sources: two cases with the same ones have the same tellers."""
        return frozenset(each.source_id for each in self.tellings)


def voices_of(told: Sequence[Telling]) -> tuple[str, ...]:
    """The voices of some sources that a comparison of voices can use, in their order."""
    found = {each.voice for each in told} - set(NO_VOICE)
    order = {voice: number for number, voice in enumerate(VOICES)}
    return tuple(sorted(found, key=lambda voice: (order.get(voice, len(order)), voice)))


def told_cases(passages: Passages, scheme: str, at_least: int) -> list[ToldCase]:
    """The cases of enough voices, by country and name."""
    countries = {
        str(row["case_id"]): stated(row, "country") for row in rows_of(passages.tables.cases)
    }
    names = case_names(passages)
    finder = Finder(passages, scheme)
    found = []
    for case_id, told in tellings(passages).items():
        voices = voices_of(told)
        if len(voices) < at_least:
            continue
        usable = tuple(each for each in told if each.voice in voices)
        accords = {
            code: Accord(
                {
                    voice: [finder.found(each, code) for each in usable if each.voice == voice]
                    for voice in voices
                },
                is_rest=code in REST_CODES,
            )
            for code in passages.tables.scheme(scheme).code_ids
            # That nothing is stated is nothing that a voice tells.
            if code != NOT_STATED_CODE
        }
        country = countries[case_id] or NOT_STATED
        found.append(ToldCase(case_id, names[case_id], country, usable, accords))
    return sorted(found, key=lambda case: (case.country, case.name.casefold(), case.case_id))


def which_cases(passages: Passages, cases: Sequence[ToldCase], at_least: int) -> list[str]:
    """How many cases can be compared, and why the others can't."""
    told = tellings(passages)
    number = {2: "two", 3: "three", 4: "four"}.get(at_least, str(at_least))
    what = "cases are" if len(cases) != 1 else "case is"
    said = [
        f"{len(cases)} of {len(told)} {what} told by {number} or more voices; "
        "of the others nothing can be compared."
    ]
    silent = {each.source_id for case in told.values() for each in case if each.voice in NO_VOICE}
    if mixed := len(silent):
        said.append(
            f"Left out: {mixed} {'source' if mixed == 1 else 'sources'} on a case with several "
            "voices in one or none stated, for they do not say who tells what."
        )
    if set(passages.counted) != set(passages.tables.counted_sources()["source_id"]):
        said.append(
            "A source that puts several publications together gives way to them, each with its "
            "own voice."
        )
    used = [each for case in cases for each in case.tellings]
    if sizes := [_size(passages, each) for each in used]:
        said.append(
            f"What tells a case has {min(sizes):,} to {max(sizes):,} characters: a longer text has "
            "room for more."
        )
    sources = {each.source_id for each in used}
    if digests := sum(stated(passages.sources[each], "kind") == "digest" for each in sources):
        said.append(f"{digests} of {len(sources)} sources are digests, which leave things out.")
    by_sources: dict[frozenset[str], list[str]] = {}
    for case in cases:
        by_sources.setdefault(case.sources, []).append(case.name)
    if alike := [" and ".join(names) for names in by_sources.values() if len(names) > 1]:
        said.append(
            f"Told by the very same sources, so that they are no two tests of how voices agree: "
            f"{'; '.join(alike)}."
        )
    return said


def _size(passages: Passages, telling: Telling) -> int:
    """Characters of the part of a source that tells a case."""
    if telling.spans is None:
        return len(passages.text(telling.source_id))
    return sum(len(span) for span in telling.spans)
