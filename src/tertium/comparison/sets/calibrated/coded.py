"""What codings say of a case: whether any of some codes is there, or how often.

Comes in: the codes of a plan's set, and the counted sources that tell each case.
Goes out: one `Held` a case: present, absent or a number, with the passages behind it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import inf
from typing import Any, NamedTuple

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
    tables: Tables,
    source: FromPart,
    cases: Iterable[str],
    *,
    measure: Measure,
    settles: Sequence[float] = (),
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
    settles : sequence of float
        Cuts of the set: a number that is not known for certain is good enough where whatever is
        open can't bring it over any of them. The number is then the least that it can be.

    Returns
    -------
    dict of str to Held
        Present where a source holds one of the codes. Absent only where for each code some
        source was searched for it, none holds any, and none is undecided. A number only where
        every source was searched for every code and decided, or where `settles` does. Else there is
        no value; by a coder who has not read with the scheme there is none at all.

    Raises
    ------
    UnknownNameError
        No such scheme or code.
    """
    codes = [code_of(tables, each) for each in source.codings or ()]
    schemes = list(dict.fromkeys(scheme for scheme, _ in codes))
    cases = tuple(cases)
    lacking = [each for each in schemes if not _has_read(tables, each, source.coder)]
    if lacking:
        reason = f"{source.coder} has not read with the scheme {' and '.join(lacking)}"
        return {case: Held(None, reason, NOT_SEARCHED) for case in cases}
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
        found[case] = _held(by_source, codes, names, measure, made_by, settles)
    return found


def _has_read(tables: Tables, scheme: str, coder: str | None) -> bool:
    """Whether a coder coded or read with a scheme; who decides is asked no such thing."""
    if coder is None:
        return True
    return any(
        bool(((table["coder"] == coder) & (table["scheme"] == scheme)).fillna(False).any())
        for table in (tables.codings, tables.readings)
    )


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
    settles: Sequence[float],
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

    waiting = _left_open(by_source, names, measure, holding, empty)
    if measure != "any" and waiting is not None:
        low, high = _bounds(measure, by_source, holding, empty)
        told = f"{words}: {waiting.told}"
        if not any(low < cut <= high for cut in settles) and settles:
            said = f"{told}, which can't change on which side of a cut the case is"
            return Held(low, said, "", made_by, evidence)
        return Held(None, f"{told}, so that it can't be counted", waiting.missing, made_by)
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
    searched = sum(
        1 for found in by_source.values() if any(found[code].state == "absent" for code in codes)
    )
    looked = "1 source" if searched == 1 else f"{searched} sources"
    return Held(value, f"{words}: looked for in {looked}, not found", "", made_by)


class _Waiting(NamedTuple):
    """Sources that may hold more than was found: in words, and as a table says it."""

    told: str
    missing: str
    sources: tuple[str, ...]


def _open_sources(
    by_source: Mapping[str, ByCode], measure: Measure, holding: Sequence[str], empty: Sequence[str]
) -> tuple[str, ...]:
    """The sources that may add to a count: a passage more, or a source more."""
    if measure == "passages":
        return tuple(
            each
            for each, found in by_source.items()
            if _has(found, "undecided") or _has(found, "not_searched")
        )
    # Of a source in which one code is found the others change nothing.
    return tuple(each for each in by_source if each not in {*holding, *empty})


def _left_open(
    by_source: Mapping[str, ByCode],
    names: Mapping[str, str],
    measure: Measure,
    holding: Sequence[str],
    empty: Sequence[str],
) -> _Waiting | None:
    """Why a count is not known; None: every source is decided."""
    waiting = _open_sources(by_source, measure, holding, empty)
    undecided = [each for each in waiting if _has(by_source[each], "undecided")]
    unsearched = [each for each in waiting if each not in undecided]
    told = []
    if undecided:
        told.append(f"left undecided in {'; '.join(names[each] for each in undecided)}")
    if unsearched:
        told.append(f"not searched in {'; '.join(names[each] for each in unsearched)}")
    if not told:
        return None
    return _Waiting(", ".join(told), UNDECIDED if undecided else NOT_SEARCHED, waiting)


def _bounds(
    measure: Measure, by_source: Mapping[str, ByCode], holding: Sequence[str], empty: Sequence[str]
) -> tuple[float, float]:
    """The least that a count can be, and the most."""
    more = len(_open_sources(by_source, measure, holding, empty))
    if measure == "share_of_sources":
        of = len(holding) + len(empty) + more
        return len(holding) / of, (len(holding) + more) / of
    low = float(_count(measure, by_source, holding, empty))
    return low, low + more if measure == "sources" else inf


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
