"""What codings say of a case: whether any of some codes is there, or how often.

Comes in: the codes of a plan's set, and the counted sources that tell each case.
Goes out: one `Held` a case: present, absent or a number, with the passages behind it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tertium.bundle import Tables
from tertium.comparison.cases.told import Finder, Found, tellings
from tertium.comparison.passages import Passages
from tertium.comparison.result import NOT_SEARCHED, NOT_STATED
from tertium.comparison.sets.calibrated.held import UNDECIDED, Evidence, Held
from tertium.errors import UnknownNameError
from tertium.sources.listed.set_plans import FromPart, Measure

PRESENT, ABSENT = "present", "absent"

ByCode = Mapping[tuple[str, str], Found]


def coded_values(
    tables: Tables, source: FromPart, cases: Iterable[str], *, measure: Measure
) -> dict[str, Held]:
    """What the codings of the counted sources say of each case.

    Parameters
    ----------
    tables : Tables
    source : FromPart
        The codes, each as scheme:code; any of them counts. `coder` stands in for who decides.
    cases : iterable of str
    measure : {"any", "passages", "sources", "share_of_sources"}
        any: present or absent. passages: how many passages hold one of the codes. sources: how
        many sources do; share_of_sources: of those that were searched with an answer.

    Returns
    -------
    dict of str to Held
        Absent, and 0, only where some source was searched for every code, none holds one, and
        none is undecided; else there is no value.

    Raises
    ------
    UnknownNameError
        No such scheme or code, or a coder who has not read with the scheme.
    """
    codes = [code_of(tables, each) for each in source.codings or ()]
    schemes = list(dict.fromkeys(scheme for scheme, _ in codes))
    if source.coder is not None:
        tables = tables.decided_by(**dict.fromkeys(schemes, source.coder))
    passages = Passages(tables)
    finders = {scheme: Finder(passages, scheme) for scheme in schemes}
    told = tellings(passages)
    made_by = tuple(sorted({_kind(tables, scheme) for scheme in schemes}))
    found = {}
    for case in cases:
        by_source = {
            telling.source_id: {code: finders[code[0]].found(telling, code[1]) for code in codes}
            for telling in told.get(case, ())
        }
        names = {each: passages.cited_as(each) for each in by_source}
        found[case] = _held(by_source, codes, names, measure, made_by)
    return found


def code_of(tables: Tables, text: str) -> tuple[str, str]:
    """Scheme and code of "scheme:code".

    Raises
    ------
    UnknownNameError
        The study has no such scheme, or the scheme no such code.
    """
    scheme, _, code = text.partition(":")
    ids = tables.scheme(scheme).code_ids
    if code not in ids:
        raise UnknownNameError(f"scheme {scheme} has no code {code!r}; it has {', '.join(ids)}")
    return scheme, code


def _kind(tables: Tables, scheme: str) -> str:
    """Who decides on a scheme, and what kind of coder that is."""
    coder = tables.decides(scheme)
    kinds: set[str] = set()
    for table in (tables.codings, tables.readings):
        own = ((table["coder"] == coder) & (table["scheme"] == scheme)).fillna(False)
        kinds.update(map(str, table.loc[own, "coder_kind"].dropna().unique()))
    return f"{coder} ({', '.join(sorted(kinds)) or 'nothing read'})"


def _held(
    by_source: Mapping[str, ByCode],
    codes: Sequence[tuple[str, str]],
    names: Mapping[str, str],
    measure: Measure,
    made_by: tuple[str, ...],
) -> Held:
    if not by_source:
        return Held(None, "no counted source tells the case", NOT_STATED)
    words = _one_of(codes)
    holding = [each for each, found in by_source.items() if _has(found, "present")]
    undecided = [each for each, found in by_source.items() if _has(found, "undecided")]
    # Looked for every code and found none: this source says that there is nothing.
    empty = [each for each, found in by_source.items() if _is_absent(found)]

    def evidence() -> Evidence:
        rows: list[dict[str, Any]] = []
        for found in by_source.values():
            for each in found.values():
                rows += each.told
        return tuple(rows)

    if holding:
        value = _count(measure, by_source, holding, empty)
        named = "; ".join(names[each] for each in holding)
        return Held(value, f"{words} found in {named}", "", made_by, evidence)
    if undecided:
        named = "; ".join(names[each] for each in undecided)
        return Held(None, f"{words}: left undecided in {named}", UNDECIDED, made_by)
    if not all(
        any(found[code].state == "absent" for found in by_source.values()) for code in codes
    ):
        said = f"{words}: no source of the case was searched for it"
        said += "" if len(codes) == 1 else ", or not for all of them"
        return Held(None, said, NOT_SEARCHED, made_by)
    value = ABSENT if measure == "any" else 0.0
    looked = "1 source" if len(by_source) == 1 else f"{len(by_source)} sources"
    return Held(value, f"{words}: looked for in {looked}, not found", "", made_by)


def _count(
    measure: Measure, by_source: Mapping[str, ByCode], holding: Sequence[str], empty: Sequence[str]
) -> str | float:
    if measure == "any":
        return PRESENT
    if measure == "sources":
        return float(len(holding))
    if measure == "share_of_sources":
        return len(holding) / (len(holding) + len(empty))
    places = {
        (row["source_id"], row["start"], row["end"])
        for each in holding
        for found in by_source[each].values()
        for row in found.told
    }
    return float(len(places))


def _has(found: ByCode, state: str) -> bool:
    return any(each.state == state for each in found.values())


def _is_absent(found: ByCode) -> bool:
    return all(each.state == "absent" for each in found.values())


def _one_of(codes: Sequence[tuple[str, str]]) -> str:
    """The codes in words: "approach:strike or claim:wages"."""
    return " or ".join(f"{scheme}:{code}" for scheme, code in codes)
