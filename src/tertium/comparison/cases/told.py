"""What a case is told by: its sources, the part of each that tells it, and what was found there.

Comes in: the passages of a study and its table of cases and sources.
Goes out: one `Telling` a case and source, and one `Found` a telling and code.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from tertium.comparison.passages import NO_EVIDENCE, Passages, part_of_source, rows_of
from tertium.comparison.tellings import parts_told
from tertium.comparison.verdicts import codings_by_id, passages_behind
from tertium.spans import Span

State = Literal["present", "absent", "undecided", "not_searched"]

# How a source speaks of what somebody else holds.
TOLD = "told"
# The code, and the value of a fact, which says that nothing is known.
NOT_STATED_CODE = "not_stated"


@dataclass(frozen=True)
class Telling:
    """A source that tells a case, and in which part of its text; None: in the whole of it."""

    case_id: str
    source_id: str
    voice: str
    spans: tuple[Span, ...] | None = None

    def has(self, span: Span) -> bool:
        """Whether a passage touches the part that tells the case."""
        return self.spans is None or any(each.has_overlap(span) for each in self.spans)


@dataclass(frozen=True)
class Found:
    """What the deciding coder found of a code where a source tells a case.

    Parameters
    ----------
    state : {"present", "absent", "undecided", "not_searched"}
        The verdict on the source; where a part of it tells the case, present and undecided need
        a passage in that part.
    evidence : tuple of dict
        The passages behind it, without those that deny.
    denials : tuple of dict
        Passages by the same coder in which the source itself denies it.
    reported : tuple of dict
        Passages in which the source tells that an actor denies it. This is part of what the
        source tells, and no word against it.
    stances : frozenset of str
        In which ways the source itself speaks of it, by the codings of this code alone; "told":
        as what an actor holds.
    of_actors : frozenset of str
        In which ways actors speak of it.
    """

    state: State
    evidence: tuple[dict[str, Any], ...] = ()
    denials: tuple[dict[str, Any], ...] = ()
    reported: tuple[dict[str, Any], ...] = ()
    stances: frozenset[str] = frozenset()
    of_actors: frozenset[str] = frozenset()

    @property
    def is_told(self) -> bool:
        """Whether the source tells of it, if only that an actor denies it."""
        return self.state == "present" or bool(self.reported)

    @property
    def told(self) -> tuple[dict[str, Any], ...]:
        """The passages that show it; none where the verdict is left open."""
        return self.evidence if self.state == "present" else ()

    @property
    def spoken(self) -> tuple[dict[str, Any], ...]:
        """All passages that speak of it, those that deny it too."""
        return (*self.told, *self.reported, *self.denials)


def tellings(passages: Passages) -> dict[str, list[Telling]]:
    """The counted sources that tell each case, in reading order; cases in the study's order."""
    parts = parts_told(passages)
    found: dict[str, list[Telling]] = {}
    for case_id in case_names(passages):
        found[case_id] = []
        for source_id in passages.counted:
            if (case_id, source_id) not in parts:
                continue
            found[case_id].append(
                Telling(
                    case_id,
                    source_id,
                    stated(passages.sources[source_id], "voice"),
                    parts[case_id, source_id],
                )
            )
    return found


def case_names(passages: Passages) -> dict[str, str]:
    """What each case is called, by id; in order of id, so that the order of rows tells nothing."""
    rows = sorted(rows_of(passages.tables.cases), key=lambda row: str(row["case_id"]))
    return {str(row["case_id"]): stated(row, "name") or str(row["case_id"]) for row in rows}


def stated(row: Mapping[str, Any], name: str) -> str:
    """What stands in a column; empty where nothing does."""
    value: Any = row.get(name)
    return "" if value is None or pd.isna(value) else str(value).strip()


class Finder:
    """Looks up what was found of each code of one scheme where a source tells a case.

    Parameters
    ----------
    passages : Passages
    scheme : str
    """

    def __init__(self, passages: Passages, scheme: str) -> None:
        self._passages = passages
        self._scheme = scheme
        self._verdicts = passages.verdicts(scheme)
        self._codings = codings_by_id(passages, scheme)
        self._acted = self._statements_of_actors()
        self._denied = self._denials_by_place()

    def found(self, telling: Telling, code: str) -> Found:
        """The verdict on a code in the part that tells the case, with its passages."""
        verdict = self._verdicts.get((telling.source_id, code))
        state: State = "not_searched" if verdict is None else verdict["verdict"]
        rows: list[dict[str, Any]] = []
        if state in ("present", "undecided"):
            rows = passages_behind(
                self._passages, verdict, self._codings, self._scheme, within=telling.has
            )
            # A verdict that cites passages says nothing of a part in which none of them stands.
            cites = verdict is not None and len(verdict["coding_ids"]) > 0
            if telling.spans is not None and not rows and (cites or state == "present"):
                state = "absent"
        denials = self._denials(telling, code, is_of_actor=False)
        reported = self._denials(telling, code, is_of_actor=True)
        spoken = [*(rows if state == "present" else ()), *denials, *reported]
        own, acted = self._stances(telling.source_id, spoken)
        return Found(state, tuple(rows), denials, reported, own, acted)

    def _stances(
        self, source_id: str, rows: Iterable[Mapping[str, Any]]
    ) -> tuple[frozenset[str], frozenset[str]]:
        """In which ways the source itself, and the actors of its statements, speak of a code."""
        own, acted = set(), set()
        for coding_id in {each for row in rows for each in row["coding_ids"]}:
            row = self._codings[source_id, str(coding_id)]
            stance = stated(row, "stance") or "asserted"
            if self._is_of_actor(row):
                own.add(TOLD)
                acted.add(stance)
            else:
                own.add(stance)
        return frozenset(own), frozenset(acted)

    def _is_of_actor(self, row: Mapping[str, Any]) -> bool:
        """Whether a coding stands in a statement of somebody else than the source's voice."""
        statement = stated(row, "statement_id")
        return bool(statement) and (str(row["source_id"]), statement) in self._acted

    def _statements_of_actors(self) -> frozenset[tuple[str, str]]:
        """Statements by the deciding coder that name whose they are, by source."""
        table = self._passages.tables.codings
        own = (table["coder"] == self._passages.tables.decides(self._scheme)).fillna(False)
        acted = table[own & (table["role"] == "actor").fillna(False)]
        return frozenset(
            (str(row["source_id"]), stated(row, "statement_id")) for row in rows_of(acted)
        )

    def _denials(
        self, telling: Telling, code: str, *, is_of_actor: bool
    ) -> tuple[dict[str, Any], ...]:
        places = self._denied.get((telling.source_id, code, is_of_actor), {})
        return tuple(
            self._passages.evidence(
                telling.source_id,
                span,
                scheme=self._scheme,
                code=code,
                stance=NO_EVIDENCE,
                coding_ids=coding_ids,
            )
            for span, coding_ids in sorted(places.items())
            if telling.has(span)
        )

    def _denials_by_place(self) -> Mapping[tuple[str, str, bool], Mapping[Span, list[str]]]:
        """Where the deciding coder read a denial, by source, code and whether an actor denies."""
        found: dict[tuple[str, str, bool], dict[Span, list[str]]] = {}
        for row in self._codings.values():
            is_own = row["coder"] == self._passages.tables.decides(self._scheme)
            span = part_of_source(row)
            if not is_own or span is None or stated(row, "stance") != NO_EVIDENCE:
                continue
            key = (str(row["source_id"]), str(row["code"]), self._is_of_actor(row))
            found.setdefault(key, {}).setdefault(span, []).append(str(row["coding_id"]))
        return found


def state_of(states: Iterable[State]) -> State:
    """What holds of a case that several sources tell.

    Present in one of them is present; else an undecided one leaves it open; else it is absent
    where at least one was searched.

    Examples
    --------
    >>> state_of(["absent", "not_searched"]), state_of(["absent", "undecided"]), state_of([])
    ('absent', 'undecided', 'not_searched')
    """
    seen = set(states)
    order: tuple[State, ...] = ("present", "undecided", "absent")
    return next((state for state in order if state in seen), "not_searched")
