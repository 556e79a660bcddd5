"""Silences by voice or another group of sources, with their denominators.

Comes in: what is held of each source that an expectation is about.
Goes out: a grid in which silent, not searched, nobody to ask and not expected differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import pandas as pd

from tertium.columns import DISTANCES, INTERESTS, VOICES
from tertium.comparison.passages import Passages
from tertium.comparison.result import NOT_SEARCHED, NOT_STATED, Result, support_table
from tertium.comparison.silence.expectation import Expectation
from tertium.comparison.silence.searched import Searches

GROUPS = ("voice", "interest", "distance", "country", "language", "kind")
ALL = "all"
NOT_EXPECTED = "not expected"
NO_SOURCE = "no such source"
# What a null is where a cell's own words are not shown.
NO_NUMBER = "none expected or searched"

_ORDERS: Mapping[str, Sequence[str]] = {
    "voice": VOICES,
    "interest": tuple(INTERESTS),
    "distance": tuple(DISTANCES),
}
# A source can lie in several countries.
_SEVERAL = ("country", "language")


@dataclass
class _Cell:
    """What the sources of a group say of an expectation, while they are counted."""

    expected: bool = False
    numbers: dict[str, int] = field(default_factory=dict)

    def of(self, *states: str) -> int:
        return sum(self.numbers.get(state, 0) for state in states)

    @property
    def searched(self) -> int:
        return self.of("absent", "present", "undecided")

    def value(self, *, as_share: bool) -> float | None:
        if not self.searched:
            return None
        return self.of("absent") / self.searched if as_share else self.of("absent")

    @property
    def text(self) -> str:
        if not self.expected:
            return NOT_EXPECTED
        apart = [
            f"{number} {word}"
            for state, word in (("undecided", "undecided"), ("open", "open"))
            if (number := self.of(state))
        ]
        unread = self.of("not_searched")
        if not self.searched:
            first = [f"{unread} {NOT_SEARCHED}"] if unread else [] if apart else [NO_SOURCE]
            return "; ".join([*first, *apart])
        first = [f"{self.of('absent')} of {self.searched}"]
        return "; ".join([*first, *apart, *([f"{unread} {NOT_SEARCHED}"] if unread else [])])


def silence_table(
    passages: Passages, expectations: Sequence[Expectation], *, by: str, as_share: bool
) -> Result:
    """The silences of each group of sources, expectation by expectation."""
    groups = _groups(passages, by)
    searches = Searches(passages)
    cells: dict[tuple[str, str], _Cell] = {}
    support: list[dict[str, Any]] = []
    for expectation in expectations:
        for source_id in passages.counted:
            columns = [*groups[source_id], ALL]
            here = [cells.setdefault((expectation.id, column), _Cell()) for column in columns]
            if not expectation.is_of(voice_of(passages, source_id)):
                continue
            for cell in here:
                cell.expected = True
            condition = searches.condition(source_id, expectation)
            if condition != "met":
                _add(here, condition)
                continue
            state = searches.state(source_id, expectation)
            _add(here, state)
            support.extend(
                {"row": expectation.id, "column": column, **row}
                for row in searches.evidence(source_id, expectation, state)
                for column in columns
            )
    columns = [*_ordered({each for found in groups.values() for each in found}, by), ALL]
    return _result(passages, expectations, by, columns, cells, support, as_share=as_share)


def _add(cells: Iterable[_Cell], state: str) -> None:
    for cell in cells:
        cell.numbers[state] = cell.numbers.get(state, 0) + 1


def _result(
    passages: Passages,
    expectations: Sequence[Expectation],
    by: str,
    columns: Sequence[str],
    cells: Mapping[tuple[str, str], _Cell],
    support: list[dict[str, Any]],
    *,
    as_share: bool,
) -> Result:
    tables = passages.tables
    rows = pd.Index([each.id for each in expectations], name="expectation", dtype=object)
    at = {(row, column): cells.get((row, column)) or _Cell() for row in rows for column in columns}
    dtype: Literal["Float64", "Int64"] = "Float64" if as_share else "Int64"
    values = {c: [at[r, c].value(as_share=as_share) for r in rows] for c in columns}
    frame = pd.DataFrame({c: pd.Series(values[c], index=rows, dtype=dtype) for c in columns})
    shown = pd.DataFrame(
        {c: pd.Series([at[r, c].text for r in rows], index=rows, dtype=object) for c in columns}
    )
    frame.columns.name = shown.columns.name = by
    groups = _groups(passages, by)
    sizes = {c: sum(c in found for found in groups.values()) for c in columns if c != ALL}
    return Result(
        frame,
        title=f"Silence by {by}: sources that do not mention what could be expected of them",
        note=_note(passages, expectations, by, [at[each] for each in at if each[1] == ALL]),
        support=support_table(support),
        row_labels={each.id: each.label(tables) for each in expectations},
        column_labels={ALL: "All"},
        row_counts={row: at[row, ALL].searched for row in rows},
        column_counts=sizes,
        shown=shown,
        missing=NO_NUMBER,
        rests_on=tuple(sorted({scheme for each in expectations for scheme, _ in each.when})),
    )


def voice_of(passages: Passages, source_id: str) -> str:
    """Who speaks in a source; empty where that is not stated."""
    return _stated(passages.sources[source_id].get("voice"))


def _groups(passages: Passages, by: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for source_id in passages.counted:
        stated = _stated(passages.sources[source_id].get(by))
        several = stated.split(";") if by in _SEVERAL else [stated]
        values = dict.fromkeys(each.strip() for each in several if each.strip())
        named = [f"{each} ({by})" if each == ALL else each for each in values]
        found[source_id] = named or [NOT_STATED]
    return found


def _ordered(values: Iterable[str], by: str) -> list[str]:
    order = {word: number for number, word in enumerate(_ORDERS.get(by, ()))}
    return sorted(values, key=lambda each: (order.get(each, len(order)), each == NOT_STATED, each))


def _stated(value: Any) -> str:
    return "" if value is None or pd.isna(value) else str(value)


def schemes_in(expectations: Sequence[Expectation]) -> list[str]:
    """The schemes of what is expected, and of the conditions, each once."""
    named = [(each.scheme, *(scheme for scheme, _ in each.when)) for each in expectations]
    return list(dict.fromkeys(scheme for schemes in named for scheme in schemes))


def _note(
    passages: Passages, expectations: Sequence[Expectation], by: str, totals: Sequence[_Cell]
) -> str:
    parts = [
        "3 of 5: of five sources that could be expected to mention it, and whose whole text was "
        f"searched for it (coder: "
        f"{passages.tables.deciders(schemes_in(expectations))}), three do not.",
        f"n: of a {by} its counted sources, of an expectation the sources searched for it.",
        "Behind a number stand first the silent sources, as whole texts that a reader can check, "
        "then the passages of the others.",
        f"{NOT_SEARCHED.capitalize()}: nobody looked in the whole text, so it is no silence and "
        "in no number.",
    ]
    if any(cell.of("undecided") for cell in totals):
        parts.append("Undecided: searched, and neither silent nor not.")
    if any(cell.of("open") for cell in totals):
        parts.append("Open: it is not settled whether the expectation is about the source.")
    parts.append(
        f"{NOT_EXPECTED.capitalize()}: the register expects nothing here. "
        f"{NO_SOURCE.capitalize()}: no source here is of the kind that the expectation is about."
    )
    if by in _SEVERAL:
        parts.append("A source of several stands under each, and once under all.")
    digests = what_digests_show(passages)
    return " ".join([*parts, digests] if digests else parts)


def what_digests_show(passages: Passages) -> str:
    """What must be known of a silence in a digest; empty where every text is a publication's."""
    kinds = [passages.sources[source_id].get("kind") for source_id in passages.counted]
    digests = kinds.count("digest")
    if not digests:
        return ""
    return (
        f"{digests} of {len(kinds)} counted texts are digests, short renderings in our own words: "
        "that a digest is silent does not show that the publication is."
    )
