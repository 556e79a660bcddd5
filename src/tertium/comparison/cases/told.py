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
from tertium.comparison.verdicts import codings_by_id, passages_behind
from tertium.spans import Span, merge

State = Literal["present", "absent", "undecided", "not_searched"]


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
        Passages by the same coder which deny it.
    """

    state: State
    evidence: tuple[dict[str, Any], ...] = ()
    denials: tuple[dict[str, Any], ...] = ()

    @property
    def told(self) -> tuple[dict[str, Any], ...]:
        """The passages that show it; none where the verdict is left open."""
        return self.evidence if self.state == "present" else ()

    @property
    def spoken(self) -> tuple[dict[str, Any], ...]:
        """All passages that speak of it, those that deny it too."""
        return (*self.told, *self.denials)

    @property
    def stances(self) -> frozenset[str]:
        """In which ways they speak of it."""
        return frozenset(
            part for row in self.spoken for part in str(row["stance"]).split("; ") if part
        )


def tellings(passages: Passages) -> dict[str, list[Telling]]:
    """The counted sources that tell each case, in reading order; cases in the study's order."""
    parts: dict[tuple[str, str], list[Span | None]] = {}
    for row in rows_of(passages.tables.case_sources):
        key = (str(row["case_id"]), str(row["source_id"]))
        parts.setdefault(key, []).append(part_of_source(row))
    found: dict[str, list[Telling]] = {}
    for case_id in case_names(passages):
        found[case_id] = []
        for source_id in passages.counted:
            if (case_id, source_id) not in parts:
                continue
            spans = parts[case_id, source_id]
            placed = [span for span in spans if span is not None]
            is_whole = len(placed) < len(spans)
            found[case_id].append(
                Telling(
                    case_id,
                    source_id,
                    stated(passages.sources[source_id], "voice"),
                    None if is_whole else tuple(merge(placed)),
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
        self._denied = self._denials_by_place()

    def found(self, telling: Telling, code: str) -> Found:
        """The verdict on a code in the part that tells the case, with its passages."""
        source_id = telling.source_id
        verdict = self._verdicts.get((source_id, code))
        if verdict is None or verdict["verdict"] == "not_searched":
            return Found("not_searched", denials=self._denials(telling, code))
        rows = passages_behind(
            self._passages, verdict, self._codings, self._scheme, within=telling.has
        )
        state: State = verdict["verdict"]
        if state not in ("present", "undecided"):
            rows = []
        elif telling.spans is not None and not rows:
            state = "absent"
        return Found(state, tuple(rows), self._denials(telling, code))

    def _denials(self, telling: Telling, code: str) -> tuple[dict[str, Any], ...]:
        return tuple(
            self._passages.evidence(
                telling.source_id,
                span,
                scheme=self._scheme,
                code=code,
                stance=NO_EVIDENCE,
                coding_ids=coding_ids,
            )
            for span, coding_ids in sorted(self._denied.get((telling.source_id, code), {}).items())
            if telling.has(span)
        )

    def _denials_by_place(self) -> Mapping[tuple[str, str], Mapping[Span, list[str]]]:
        """Where the deciding coder read that a code does not hold, by source and code."""
        found: dict[tuple[str, str], dict[Span, list[str]]] = {}
        for row in self._codings.values():
            is_own = row["coder"] == self._passages.tables.decides(self._scheme)
            span = part_of_source(row)
            if not is_own or span is None or stated(row, "stance") != NO_EVIDENCE:
                continue
            key = (str(row["source_id"]), str(row["code"]))
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
