"""Cases described by what their sources tell and by what is known of them.

Comes in: names of schemes, attributes of cases and attributes of the fact sheet.
Goes out: one `Description` a case: codes present or absent, values stated; all else is unknown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tertium.bundle import Tables
from tertium.comparison.cases.told import (
    NOT_STATED_CODE,
    Finder,
    case_names,
    state_of,
    stated,
    tellings,
)
from tertium.comparison.passages import Passages, rows_of
from tertium.errors import UnknownNameError

ATTRIBUTES = ("country", "region", "sector", "kind")
FACT = "fact:"
FACTS = (
    "actor", "approach", "claim", "tactic", "target", "outcome", "limit",
)  # fmt: skip


@dataclass(frozen=True)
class Description:
    """What is known of a case, for comparison with others.

    Parameters
    ----------
    case_id, name : str
    codes : mapping of (scheme, code) to bool
        True: present in a source that tells the case; False: looked for and found in none. A
        code that nobody looked for, or that is undecided, has no entry; nor has any code of a
        scheme of which "not_stated" is all that was found.
    values : mapping of str to frozenset of str
        By attribute what is stated; an attribute of which nothing is stated has no entry.
    """

    case_id: str
    name: str
    codes: Mapping[tuple[str, str], bool]
    values: Mapping[str, frozenset[str]]

    def present(self, scheme: str) -> frozenset[str]:
        """The codes of a scheme that are present."""
        return frozenset(code for (name, code), has in self.codes.items() if has and name == scheme)

    def stated(self, name: str) -> frozenset[str]:
        """What is known under a scheme or attribute; empty where nothing is."""
        return self.values.get(name, frozenset()) or self.present(name)


@dataclass(frozen=True)
class Described:
    """All cases of a study, described, and the means to look up the passages behind a code."""

    passages: Passages
    cases: Mapping[str, Description]
    evidence: Mapping[tuple[str, str, str], tuple[dict[str, Any], ...]]

    def schemes_of(self, on: Sequence[str]) -> list[str]:
        """The schemes among what cases are compared on."""
        return [name for name in on if name in self.passages.tables.schemes]

    def deciders(self, on: Sequence[str]) -> str:
        """Who decides on these schemes, in words for a note."""
        return self.passages.tables.deciders(self.schemes_of(on))

    def behind(self, case_id: str, scheme: str, code: str) -> tuple[dict[str, Any], ...]:
        """The passages that show a code in a case."""
        return self.evidence.get((case_id, scheme, code), ())


def described(tables: Tables, on: Sequence[str]) -> Described:
    """Every case that a counted source tells, by the schemes and attributes named.

    Parameters
    ----------
    tables : Tables
    on : sequence of str
        Schemes of the study, attributes of cases (country, region, sector, kind), or
        "fact:" and an attribute of the fact sheet ("fact:tactic").

    Raises
    ------
    UnknownNameError
        A name that is none of these, or that stands twice.
    """
    refuse_unknown(tables, on)
    passages = Passages(tables)
    told = {case_id: each for case_id, each in tellings(passages).items() if each}
    codes: dict[str, dict[tuple[str, str], bool]] = {case_id: {} for case_id in told}
    evidence: dict[tuple[str, str, str], tuple[dict[str, Any], ...]] = {}
    for scheme in sorted(name for name in on if name in tables.schemes):
        finder = Finder(passages, scheme)
        for case_id, sources in told.items():
            for code in tables.scheme(scheme).code_ids:
                found = [finder.found(each, code) for each in sources]
                state = state_of(each.state for each in found)
                if state in ("present", "absent"):
                    codes[case_id][scheme, code] = state == "present"
                if state == "present":
                    evidence[case_id, scheme, code] = tuple(
                        row for each in found if each.state == "present" for row in each.evidence
                    )
            _drop_unstated(codes[case_id], scheme)
    values = _values(tables, [name for name in on if name not in tables.schemes])
    names = case_names(passages)
    cases = {
        case_id: Description(case_id, names[case_id], codes[case_id], values.get(case_id, {}))
        for case_id in told
    }
    return Described(passages, cases, evidence)


def _drop_unstated(codes: dict[tuple[str, str], bool], scheme: str) -> None:
    """Take out what is no knowledge: two cases of unknown outcome are not alike by that."""
    is_unstated = codes.pop((scheme, NOT_STATED_CODE), False)
    own = [key for key in codes if key[0] == scheme]
    if is_unstated and not any(codes[key] for key in own):
        for key in own:
            del codes[key]


def refuse_unknown(tables: Tables, on: Sequence[str]) -> None:
    """Refuse names that describe no case."""
    facts = [f"{FACT}{each}" for each in FACTS] if tables.facts is not None else []
    known = [*sorted(tables.schemes), *ATTRIBUTES, *facts]
    for name in on:
        if name not in known:
            raise UnknownNameError(
                f"cases can't be described by {name!r}; there are {', '.join(known)}"
            )
    if not on or len(set(on)) < len(on):
        raise UnknownNameError(
            f"on={list(on)!r}: name at least one scheme or attribute, each once; "
            f"there are {', '.join(known)}"
        )


def _values(tables: Tables, names: Sequence[str]) -> dict[str, dict[str, frozenset[str]]]:
    """By case and attribute what is stated; several values are parted by a semicolon."""
    found: dict[str, dict[str, frozenset[str]]] = {}
    for row in rows_of(tables.cases):
        for name in names:
            if name in ATTRIBUTES:
                parts = frozenset(each.strip() for each in stated(row, name).split(";")) - {""}
                if parts:
                    found.setdefault(str(row["case_id"]), {})[name] = parts
    wanted = {name.removeprefix(FACT): name for name in names if name.startswith(FACT)}
    if wanted and tables.facts is not None:
        for row in rows_of(tables.facts):
            named, value = wanted.get(str(row["attribute"])), stated(row, "value")
            if named and value and value != NOT_STATED_CODE:
                of_case = found.setdefault(str(row["case_id"]), {})
                of_case[named] = of_case.get(named, frozenset()) | {value}
    return found
