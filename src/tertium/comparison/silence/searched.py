"""Who looked for a code in a source, how far, and what was found.

Comes in: readings, verdicts and codings of one coder.
Goes out: of each source and expectation, whether it is searched and what is held of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from tertium.comparison.held_rows import Key, rows_by
from tertium.comparison.passages import NO_EVIDENCE, Passages, part_of_source
from tertium.comparison.silence.expectation import Expectation
from tertium.comparison.verdicts import codings_by_id, passages_behind
from tertium.spans import Span, subtract

Extent = Literal["whole", "part", "none"]
State = Literal["present", "absent", "undecided", "not_searched"]
Condition = Literal["met", "not_met", "open"]

NO_PATTERNS = "no patterns for one of the codes in the text's language"
IN_PART = "read in part"
NOT_READ = "not read"
# What stands in place of a stance where nobody takes one.
SILENT = "searched, absent"
# A passage may be coded without anybody reading on to the end.
IN_PASSING = "found in passing, not read to the end"

_HAS_WORD = re.compile(r"\w")


@dataclass(frozen=True)
class Reading:
    """How far a coder read a source for a code, and with which versions of the coder."""

    extent: Extent
    versions: tuple[str, ...] = ()


class Searches:
    """What the deciding coders of a bundle looked for, and what they hold.

    Parameters
    ----------
    passages : Passages
        Of a bundle whose deciding coders are those that are asked for.
    """

    def __init__(self, passages: Passages) -> None:
        self.passages = passages
        self._verdicts: dict[str, dict[tuple[str, str], dict[str, Any]]] = {}
        self._codings: dict[str, dict[tuple[str, str], dict[str, Any]]] = {}
        self._own: dict[str, dict[tuple[str, str], tuple[str, ...]]] = {}
        self._extents: dict[tuple[str, str, str], Reading] = {}

    def coder(self, scheme: str) -> str:
        """Who decides on a scheme."""
        return self.passages.tables.decides(scheme)

    def kind(self, scheme: str) -> str:
        """What kind of coder it is: human, rule, learned or model; empty before its first line."""
        tables = self.passages.tables
        for table in (tables.readings, tables.codings):
            own = (table["coder"] == self.coder(scheme)).fillna(False)
            kinds = table.loc[own, "coder_kind"].dropna()
            if len(kinds):
                return str(sorted(kinds)[0])
        return ""

    def condition(self, source_id: str, expectation: Expectation) -> Condition:
        """Whether the source is one that the expectation is about.

        Open where a code of the condition is undecided or was not looked for, and none is there.
        """
        if not expectation.when:
            return "met"
        held = [self._held(source_id, scheme, code) for scheme, code in expectation.when]
        if "present" in held:
            return "met"
        read = all(
            self.reading(source_id, scheme, code).extent == "whole"
            for scheme, code in expectation.when
        )
        return "not_met" if read and set(held) == {"absent"} else "open"

    def state(self, source_id: str, expectation: Expectation) -> State:
        """What is held of the source: three states, and undecided apart.

        Not searched unless the whole text was read for every code that would meet the
        expectation, also where one was found: else of the sources that nobody read only those
        that speak would be counted.
        """
        codes = expectation.codes
        if any(
            self.reading(source_id, expectation.scheme, code).extent != "whole" for code in codes
        ):
            return "not_searched"
        held = {self._held(source_id, expectation.scheme, code) for code in codes}
        order: tuple[State, ...] = ("present", "not_searched", "undecided", "absent")
        return next(each for each in order if each in held)

    def why_not(self, source_id: str, expectation: Expectation) -> str:
        """Why a source is not searched."""
        readings = [
            self.reading(source_id, expectation.scheme, code).extent for code in expectation.codes
        ]
        whole = [extent == "whole" for extent in readings]
        if self._lacks_patterns_only(source_id, expectation, whole):
            return NO_PATTERNS
        held = [
            self._held(source_id, expectation.scheme, code) == "present"
            for code in expectation.codes
        ]
        if any(held):
            return IN_PASSING
        if "part" in readings:
            return IN_PART
        return NOT_READ

    def _lacks_patterns_only(
        self, source_id: str, expectation: Expectation, whole: Sequence[bool]
    ) -> bool:
        """Whether a rule coder has nothing to look with for the codes that it did not search."""
        if self.kind(expectation.scheme) != "rule":
            return False
        stated = self.passages.sources[source_id].get("language")
        language = "" if pd.isna(stated) else str(stated).split("-")[0].casefold()
        scheme = self.passages.tables.scheme(expectation.scheme)
        return all(
            is_whole or not scheme.code(code).indicators.get(language)
            for code, is_whole in zip(expectation.codes, whole, strict=True)
        )

    def versions(self, source_id: str, expectation: Expectation) -> tuple[str, ...]:
        """The versions of the coder that read the source for the expectation's codes."""
        found = {
            version
            for code in expectation.codes
            for version in self.reading(source_id, expectation.scheme, code).versions
        }
        return tuple(sorted(found))

    def reading(self, source_id: str, scheme: str, code: str) -> Reading:
        """How far this text was read for the code, with the version of the scheme in force."""
        key = (source_id, scheme, code)
        if key not in self._extents:
            self._extents[key] = self._read(*key)
        return self._extents[key]

    def _read(self, source_id: str, scheme: str, code: str) -> Reading:
        rows = [
            row
            for row in self._readings(source_id, scheme)
            if pd.isna(row["code"]) or row["code"] == code
        ]
        if not rows:
            return Reading("none")
        versions = tuple(sorted({str(v) for row in rows if not pd.isna(v := row["coder_version"])}))
        spans = [part_of_source(row) for row in rows]
        parts = [span for span in spans if span is not None]
        is_whole = len(parts) < len(spans) or self._holds_every_word(source_id, parts)
        return Reading("whole" if is_whole else "part", versions)

    def _holds_every_word(self, source_id: str, parts: Sequence[Span]) -> bool:
        """Whether no word outside page furniture is left that nobody looked at."""
        text = self.passages.text(source_id)
        left = subtract(
            [Span(0, len(text))] if text else [], [*parts, *self.passages.furniture(source_id)]
        )
        return not any(_HAS_WORD.search(text, span.start, span.end) for span in left)

    def has_read_for(self, scheme: str) -> bool:
        """Whether who decides on the scheme read anything for it."""
        return any(coder == self.coder(scheme) and of == scheme for _, of, coder in self._rows)

    @property
    def _rows(self) -> Mapping[Key, list[dict[str, Any]]]:
        return rows_by(self.passages.tables.readings, "source_id", "scheme", "coder")

    def _readings(self, source_id: str, scheme: str) -> list[dict[str, Any]]:
        """The coder's readings of this very text, with the version of the scheme in force."""
        text = self.passages.sources[source_id]["text_sha256"]
        version = self.passages.tables.scheme(scheme).version
        return [
            row
            for row in self._rows.get((source_id, scheme, self.coder(scheme)), [])
            if row["text_sha256"] == text and row["scheme_version"] == version
        ]

    def _held(self, source_id: str, scheme: str, code: str) -> State:
        """The verdict; where the tables hold none, what codings and readings say."""
        verdict = self._verdict(source_id, scheme, code)
        if verdict is not None:
            value: State = verdict["verdict"]
            return value
        if self._own_codings(scheme).get((source_id, code)):
            return "present"
        is_read = self.reading(source_id, scheme, code).extent == "whole"
        return "absent" if is_read else "not_searched"

    def _verdict(self, source_id: str, scheme: str, code: str) -> dict[str, Any] | None:
        if scheme not in self._verdicts:
            self._verdicts[scheme] = self.passages.verdicts(scheme)
        return self._verdicts[scheme].get((source_id, code))

    def _own_codings(self, scheme: str) -> dict[tuple[str, str], tuple[str, ...]]:
        """Ids of the coder's codings by source and code, what is denied left out."""
        if scheme not in self._own:
            own: dict[tuple[str, str], tuple[str, ...]] = {}
            for (source_id, coding_id), row in sorted(self._all_codings(scheme).items()):
                stance = "asserted" if pd.isna(row["stance"]) else row["stance"]
                if row["coder"] == self.coder(scheme) and stance != NO_EVIDENCE:
                    key = (source_id, str(row["code"]))
                    own[key] = (*own.get(key, ()), coding_id)
            self._own[scheme] = own
        return self._own[scheme]

    def _all_codings(self, scheme: str) -> dict[tuple[str, str], dict[str, Any]]:
        if scheme not in self._codings:
            self._codings[scheme] = codings_by_id(self.passages, scheme)
        return self._codings[scheme]

    def evidence(
        self, source_id: str, expectation: Expectation, state: State
    ) -> list[dict[str, Any]]:
        """What a reader can check: the passages found, or the source that was read in vain.

        Of a silence there are no passages. Its evidence is the source as a whole, with the
        stance "searched, absent": it names the text to be read, and who read it for what.
        """
        scheme = expectation.scheme
        if state == "absent":
            whole = self.passages.evidence(
                source_id,
                None,
                scheme=scheme,
                code="; ".join(expectation.codes),
                stance=SILENT,
            )
            return [{**whole, "rank": 0}]
        if state == "not_searched":
            return []
        found: list[dict[str, Any]] = []
        for code in expectation.codes:
            verdict = self._verdict(source_id, scheme, code) or {
                "source_id": source_id,
                "code": code,
                "coding_ids": self._own_codings(scheme).get((source_id, code), ()),
            }
            found += passages_behind(self.passages, verdict, self._all_codings(scheme), scheme)
        if state == "undecided":
            found = [{**row, "stance": _undecided(row["stance"])} for row in found]
        return [{**row, "rank": 1 if state == "undecided" else 2} for row in found]


def _undecided(stance: str) -> str:
    return "undecided" if stance == "asserted" else f"{stance}; undecided"
