"""Silence source by source, the search record and the register, as lists.

Comes in: expectations, and what each coder read and found.
Goes out: lists from which a reader can check every silence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from tertium.bundle import Tables
from tertium.comparison.passages import Passages
from tertium.comparison.result import NOT_SEARCHED, Result, support_table
from tertium.comparison.silence.counted import schemes_in, voice_of, what_digests_show
from tertium.comparison.silence.expectation import Expectation
from tertium.comparison.silence.searched import NO_PATTERNS, SILENT, Searches

OPEN = "open whether expected"
_STATES = {
    "present": "present",
    "absent": SILENT,
    "undecided": "undecided",
    "not_searched": NOT_SEARCHED,
}
# Silences first: they are what the list is read for.
_ORDER = (SILENT, "undecided", "present", NOT_SEARCHED, OPEN)


def source_states(passages: Passages, expectations: Sequence[Expectation]) -> Result:
    """Every source that an expectation is about: what is held of it, and by which reading."""
    tables = passages.tables
    searches = Searches(passages)
    others = _others(passages)
    rows: list[dict[str, Any]] = []
    support: list[dict[str, Any]] = []
    for expectation in expectations:
        found = [
            (_state(searches, source_id, expectation), source_id)
            for source_id in passages.counted
            if expectation.is_of(voice_of(passages, source_id))
        ]
        told = [(state, source_id) for state, source_id in found if state is not None]
        for state, source_id in sorted(told, key=lambda each: _ORDER.index(each[0])):
            is_read = state not in (NOT_SEARCHED, OPEN)
            rows.append(
                {
                    "expectation_id": expectation.id,
                    "expectation": expectation.label(tables),
                    "source_id": source_id,
                    "source": passages.cited_as(source_id),
                    "voice": voice_of(passages, source_id),
                    "state": state,
                    "reading": _reading(searches, source_id, expectation, state),
                    "others": _otherwise(searches, others, source_id, expectation)
                    if is_read
                    else "",
                    "kind": passages.sources[source_id].get("kind"),
                }
            )
            if is_read:
                value = searches.state(source_id, expectation)
                support.extend(
                    {"row": len(rows), "column": None, **each}
                    for each in searches.evidence(source_id, expectation, value)
                )
    names = ["expectation_id", "expectation", "source_id", "source", "voice", "state", "reading"]
    has_others = any(row["others"] for row in rows)
    kinds = {row["kind"] for row in rows}
    frame = _list(rows, [*names, *["others"] * has_others, *["kind"] * (len(kinds) > 1)])
    note = (
        f"{SILENT.capitalize()}: the coder read the whole text for it and holds that it is not "
        "there. Reading: by whom, with which version of the scheme; or why there is none. "
    )
    note += (
        "Others: what coders say who read the whole text for it and do not decide."
        if has_others
        else "No other coder read these texts for it."
    )
    digests = what_digests_show(passages)
    return Result(
        frame,
        title="Sources that could be expected to mention it, and what is held of each",
        note=f"{note} {digests}".strip(),
        support=support_table(support),
        hidden=("expectation_id", "source_id"),
        group_by="expectation",
    )


def _state(searches: Searches, source_id: str, expectation: Expectation) -> str | None:
    """The state of a source in words; None where the expectation is not about it."""
    condition = searches.condition(source_id, expectation)
    if condition == "not_met":
        return None
    return OPEN if condition == "open" else _STATES[searches.state(source_id, expectation)]


def _reading(searches: Searches, source_id: str, expectation: Expectation, state: str) -> str:
    if state == OPEN:
        return ""
    if state == NOT_SEARCHED:
        return searches.why_not(source_id, expectation)
    version = " and ".join(searches.versions(source_id, expectation))
    scheme = searches.passages.tables.scheme(expectation.scheme)
    coder = searches.coder(expectation.scheme)
    return f"{coder}{' ' if version else ''}{version}, {scheme.reference}"


def _others(passages: Passages) -> list[Searches]:
    """The searches of all coders one by one, by name; who decides a scheme is left out there."""
    names = sorted({str(each) for each in passages.tables.readings["coder"].dropna()})
    return [_of(passages, name) for name in names]


def _of(passages: Passages, coder: str) -> Searches:
    """The same sources, with another coder's readings."""
    other = Passages(replace(passages.tables, deciding_coder=coder, deciding_coders={}))
    other.counted = passages.counted
    return Searches(other)


def _otherwise(
    searches: Searches, others: Sequence[Searches], source_id: str, expectation: Expectation
) -> str:
    scheme = expectation.scheme
    decides = searches.coder(scheme)
    said = [
        (each.coder(scheme), each.state(source_id, expectation))
        for each in others
        if each.coder(scheme) != decides
    ]
    return "; ".join(f"{coder}: {state}" for coder, state in said if state != "not_searched")


def search_record(passages: Passages, expectations: Sequence[Expectation]) -> Result:
    """Who looked for what: in how many sources, and why not in the others."""
    deciding = Searches(passages)
    coders = [deciding, *_others(passages)]
    rows: list[dict[str, Any]] = []
    for expectation in expectations:
        about = [
            source_id
            for source_id in passages.counted
            if expectation.is_of(voice_of(passages, source_id))
            and deciding.condition(source_id, expectation) == "met"
        ]
        for searches in coders:
            is_other = searches.coder(expectation.scheme) != deciding.coder(expectation.scheme)
            if searches is not deciding and not (
                is_other and searches.has_read_for(expectation.scheme)
            ):
                continue
            unread = [each for each in about if searches.state(each, expectation) == "not_searched"]
            reasons: dict[str, int] = {}
            for each in unread:
                why = searches.why_not(each, expectation)
                reasons[why] = reasons.get(why, 0) + 1
            versions = {
                version
                for each in set(about) - set(unread)
                for version in searches.versions(each, expectation)
            }
            rows.append(
                {
                    "expectation_id": expectation.id,
                    "expectation": expectation.label(passages.tables),
                    "coder": " ".join([searches.coder(expectation.scheme), *sorted(versions)]),
                    "scheme": passages.tables.scheme(expectation.scheme).reference,
                    "looked_with": _looked_with(searches, expectation),
                    "sources": len(about),
                    "searched": len(about) - len(unread),
                    "not_searched": len(unread),
                    "why_not": _reasons(reasons),
                }
            )
    names = ["expectation_id", "expectation", "coder", "scheme", "looked_with", "sources"]
    names += ["searched"]
    # Where everybody searched everything, a column of zeros says no more.
    names += ["not_searched", "why_not"] if any(row["not_searched"] for row in rows) else []
    return Result(
        _list(rows, names),
        title="Search record: who looked for what could be expected, and where",
        note="Sources: those that the expectation is about, as who decides "
        f"({passages.tables.deciders(schemes_in(expectations))}) holds. Searched: the whole text "
        f"was read for it. “{NO_PATTERNS.capitalize()}”: a rule finds only what its patterns "
        "describe, and where the scheme has none it does not look. Coders who never read for a "
        "scheme are left out.",
        hidden=("expectation_id",),
        group_by="expectation",
    )


def _looked_with(searches: Searches, expectation: Expectation) -> str:
    """With what the coder looks: patterns in these languages, or the codebook's definition."""
    if searches.kind(expectation.scheme) != "rule":
        return "the codebook"
    scheme = searches.passages.tables.scheme(expectation.scheme)
    codes = [scheme.code(code) for code in expectation.codes]
    without = [code.label for code in codes if not code.indicators]
    shared = [{*code.indicators} for code in codes if code.indicators]
    languages = ", ".join(sorted(set.intersection(*shared))) if shared else ""
    if not languages:
        return "no patterns"
    lacking = f"; none for {', '.join(without)}" if without else ""
    return f"patterns: {languages}{lacking}"


def _reasons(reasons: Mapping[str, int]) -> str:
    return "; ".join(f"{number} {why}" for why, number in sorted(reasons.items()))


def register(tables: Tables, expectations: Sequence[Expectation]) -> Result:
    """What could be expected of whom, and why."""
    rows = [
        {
            "expectation_id": each.id,
            "scheme": each.scheme,
            "expected": each.what(tables, in_full=True),
            "of": each.of_whom(),
            "where": each.where(tables) or "every source",
            "why": each.why,
            "basis": each.basis,
        }
        for each in expectations
    ]
    frame = _list(rows, ("expectation_id", "scheme", "expected", "of", "where", "why", "basis"))
    note = [
        "Of: voices. Where: sources that hold this as well. Several codes are alternatives: one "
        "of them is enough."
    ]
    if any("mixed" in each.voices for each in expectations):
        note.append(
            "Mixed: sources that put several publications together; none is left where these "
            "speak in its place."
        )
    return Result(
        frame,
        title="Register of expectations: who could be expected to mention what, and why",
        note=" ".join(note),
        hidden=("expectation_id", "scheme"),
    )


def _list(rows: Sequence[Mapping[str, Any]], names: Sequence[str]) -> pd.DataFrame:
    frame = pd.DataFrame(
        {name: pd.Series([row[name] for row in rows], dtype=object) for name in names}
    )
    frame.index = pd.RangeIndex(1, len(rows) + 1)
    return frame
