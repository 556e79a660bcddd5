"""One axis of a crosstab: what it is called, its values in order, and who stands where.

Comes in: the name of a scheme, a code, or an attribute of sources or cases.
Goes out: an `Axis`, or an error that lists what there is.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

from tertium.bundle import Tables
from tertium.columns import DISTANCES, INTERESTS, VOICES
from tertium.comparison.crosstabs.standing import (
    ABSENT,
    CASE,
    CASE_ATTRIBUTES,
    PERIOD,
    PRESENT,
    SEVERAL_PERIODS,
    STATES,
    UNDATED,
    UNDECIDED,
    Groups,
    by_attribute,
    by_case,
    by_case_attribute,
    by_code,
    by_period,
    by_year,
)
from tertium.comparison.passages import Passages
from tertium.comparison.result import NOT_STATED
from tertium.errors import UnknownNameError

SOURCE_ATTRIBUTES = (
    "source_id", "voice", "interest", "distance", "language", "country", "kind", "year", PERIOD,
)  # fmt: skip
ATTRIBUTES = (*SOURCE_ATTRIBUTES, CASE, *CASE_ATTRIBUTES)
FROM_CASES = (CASE, *CASE_ATTRIBUTES)
# Closed lists keep their order: what nobody in particular says stands last among the voices.
_ORDERS = {"voice": VOICES, "interest": tuple(INTERESTS), "distance": tuple(DISTANCES)}
_LAST = {SEVERAL_PERIODS: 1, NOT_STATED: 2, UNDATED: 2}
_TITLES = {"source_id": "Source", "case_kind": "Kind of case"}
_STATE_WORDS = {PRESENT: "present", ABSENT: "absent", UNDECIDED: "undecided"}


class Axis:
    """What stands on one side of a crosstab.

    Parameters
    ----------
    passages : Passages
    name : str
        A scheme ("approach"), one of its codes ("approach:strike"), an attribute of sources
        (`SOURCE_ATTRIBUTES`), "case", or an attribute of cases (`CASE_ATTRIBUTES`).
    period : int, optional
        Years in a bin; the axis "period" needs it.

    Raises
    ------
    UnknownNameError
        There is no such axis or code, or the years in a period are not given.
    """

    def __init__(self, passages: Passages, name: str, *, period: int | None = None) -> None:
        check_axis(passages.tables, name, period=period)
        self.passages = passages
        self.name = name
        self.period = period
        self.is_scheme = name in passages.tables.schemes
        self.code = _code(passages.tables, name)

    @cached_property
    def groups(self) -> Groups:
        """The groups of each counted source; the axis is no scheme."""
        if self.code is not None:
            return by_code(self.passages, *self.code)
        if self.name == PERIOD:
            assert self.period is not None
            return by_period(self.passages, self.period)
        if self.name == "year":
            return by_year(self.passages)
        if self.name == CASE:
            return by_case(self.passages)
        if self.name in CASE_ATTRIBUTES:
            return by_case_attribute(self.passages, self.name)
        return by_attribute(self.passages, self.name)

    @cached_property
    def values(self) -> list[str]:
        """Codes in the scheme's order, or the groups that there are in theirs."""
        if self.is_scheme:
            return list(self.passages.tables.schemes[self.name].code_ids)
        if self.code is not None:
            return list(STATES)
        if self.name == "source_id":
            return list(self.passages.counted)
        there = {group.value for groups in self.groups.values() for group in groups}
        if self.name in _ORDERS:
            order = {word: number for number, word in enumerate(_ORDERS[self.name])}
            return sorted(there, key=lambda each: (order.get(each, len(order)), each))
        return sorted(there, key=lambda each: (_LAST.get(each, 0), each))

    @cached_property
    def sizes(self) -> dict[Any, int]:
        """How many counted sources each group has; nothing for schemes and single sources."""
        if self.is_scheme or self.name == "source_id":
            return {}
        found: dict[Any, int] = {}
        for groups in self.groups.values():
            for value in {group.value for group in groups}:
                found[value] = found.get(value, 0) + 1
        return dict(sorted(found.items()))

    @property
    def labels(self) -> dict[Any, str]:
        """What a reader sees instead of an id, where the study says it."""
        tables = self.passages.tables
        if self.is_scheme:
            return {code.id: code.label for code in tables.schemes[self.name].codes}
        if self.code is not None:
            scheme, code = self.code
            label = tables.scheme(scheme).code(code).label
            return {state: f"{label}: {_STATE_WORDS.get(state, state)}" for state in STATES}
        if self.name == "source_id":
            return {each: self.passages.cited_as(each) for each in self.passages.sources}
        if self.name == CASE:
            names = zip(tables.cases["case_id"], tables.cases["name"].fillna(""), strict=True)
            return {str(case_id): str(name) for case_id, name in names if name}
        return {}

    @property
    def title(self) -> str:
        """The axis in words, for captions."""
        tables = self.passages.tables
        if self.is_scheme:
            return tables.schemes[self.name].title
        if self.code is not None:
            return tables.scheme(self.code[0]).code(self.code[1]).label
        return _TITLES.get(self.name, self.name.capitalize())

    @property
    def title_inside(self) -> str:
        """The title within a sentence; an acronym at its beginning stays."""
        title = self.title
        return title if title[1:2].isupper() else title[:1].lower() + title[1:]

    @property
    def is_whole(self) -> bool:
        """Whether each counted source stands in exactly one group, with its whole text."""
        return all(len(groups) == 1 and groups[0].spans is None for groups in self.groups.values())


def axis_names(tables: Tables) -> list[str]:
    """What an axis may be called, but for single codes."""
    return [*sorted(tables.schemes), *ATTRIBUTES]


def check_axis(tables: Tables, name: str, *, period: int | None = None) -> None:
    """Refuse an axis that there is not, and periods of no stated length.

    Raises
    ------
    UnknownNameError
        The message lists what there is.
    """
    scheme, colon, code = str(name).partition(":")
    if colon and scheme in tables.schemes:
        if code not in tables.schemes[scheme].code_ids:
            raise UnknownNameError(
                f"no axis {name!r}: scheme {scheme} has no code {code!r}; it has "
                f"{', '.join(tables.schemes[scheme].code_ids)}"
            )
    elif name not in axis_names(tables):
        raise UnknownNameError(
            f"no axis {name!r}; there are {', '.join(axis_names(tables))}, and a code as "
            "scheme:code"
        )
    if name == PERIOD and (not isinstance(period, int) or isinstance(period, bool) or period < 1):
        raise UnknownNameError(
            f"period={period!r}; the axis period needs the number of years in each, such as "
            "period=5"
        )


def _code(tables: Tables, name: str) -> tuple[str, str] | None:
    if name in tables.schemes or ":" not in name:
        return None
    scheme, _, code = name.partition(":")
    return scheme, code
