"""A study without some of its sources, or without a case.

Comes in: the tables of a study, and what is left out.
Goes out: the tables as they would be had it never been there.

What the study's policy measured, how well people agree on each code, stays that of all sources:
it says how far a code can be trusted, and not what is counted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

import pandas as pd

from tertium.bundle import Tables, work_of
from tertium.comparison.held_rows import rows_by, without_sources
from tertium.errors import UnknownNameError
from tertium.sources.listed.references import basis_keys
from tertium.sources.listed.stated import keys_cited
from tertium.sources.manifest import cited_keys

_BY_SOURCE = ("sources", "units", "zones", "codings", "readings", "verdicts", "case_sources")
_BY_SOURCE_OR_NONE = ("stale", "readings_as_written", "plans")


def works(tables: Tables, source_ids: Iterable[str]) -> frozenset[str]:
    """These sources with all that renders the same work, and with the parts of each.

    Parameters
    ----------
    tables : Tables
    source_ids : iterable of str

    Returns
    -------
    frozenset of str
        A translation, a copy or a digest goes with its original. With a compiled source go its
        parts, and it goes with the last of these.
    """
    known = [str(each) for each in tables.sources["source_id"]]
    work = {each: work_of(each, tables.renders) for each in known}
    wanted = {work_of(each, tables.renders) for each in source_ids}
    there = set(work.values())
    parts = {part: of for part, of in tables.wholes().items() if part in there}
    # What is part of two compiled sources goes with the last of these.
    wanted |= {part for part, of in parts.items() if of & there and of & there <= wanted}
    for whole in {each for of in parts.values() for each in of}:
        if all(part in wanted for part, of in parts.items() if whole in of):
            wanted.add(whole)
    return frozenset(each for each in known if work[each] in wanted)


def without(tables: Tables, source_ids: Collection[str]) -> Tables:
    """The tables without some sources, in whichever of them they stand.

    Parameters
    ----------
    tables : Tables
    source_ids : collection of str
        Just these; `works` tells what goes with a source.

    Returns
    -------
    Tables
        A case that no other source tells is gone as well, with what is known of it, and so
        is every fact, and every row of stated values, that rests on nothing but these sources.

    Raises
    ------
    UnknownNameError
        The study has no such source.
    """
    left_out = frozenset(source_ids)
    strange = sorted(left_out - {str(each) for each in tables.sources["source_id"]})
    if strange:
        raise UnknownNameError(f"the study has no source {', '.join(strange)}")
    if not left_out:
        return tables
    changes = {name: without_sources(getattr(tables, name), left_out) for name in _BY_SOURCE}
    for name in _BY_SOURCE_OR_NONE:
        if (table := getattr(tables, name)) is not None:
            changes[name] = without_sources(table, left_out)
    told = {str(each) for each in tables.case_sources["case_id"]}
    still_told = {str(each) for each in changes["case_sources"]["case_id"]}
    lost = told - still_told
    changes["cases"] = _not_of(tables.cases, lost)
    if tables.facts is not None:
        rests_on_nothing = _baseless(tables, tables.facts, left_out)
        changes["facts"] = _not_of(tables.facts[~rests_on_nothing], lost)
    if tables.memberships is not None:
        uncited = _baseless(tables, tables.memberships, left_out, column="citation")
        changes["memberships"] = tables.memberships[~uncited].reset_index(drop=True)
    renders, part_of = (
        {text: of for text, of in stated.items() if text not in left_out}
        for stated in (tables.renders, tables.part_of)
    )
    return replace(tables, renders=renders, part_of=part_of, **changes)  # type: ignore[arg-type]


def without_case(tables: Tables, case_id: str) -> Tables:
    """The tables without a case, and without the sources that tell of no other case."""
    links = tables.case_sources
    here = (links["case_id"] == case_id).fillna(False).to_numpy(dtype=bool)
    only = set(links.loc[here, "source_id"]) - set(links.loc[~here, "source_id"])
    left_out = works(tables, (str(each) for each in only))
    rest = without(tables, left_out)
    return replace(
        rest,
        cases=_not_of(rest.cases, {case_id}),
        case_sources=_not_of(rest.case_sources, {case_id}),
        facts=None if rest.facts is None else _not_of(rest.facts, {case_id}),
    )


def _not_of(table: pd.DataFrame, case_ids: Collection[str]) -> pd.DataFrame:
    gone = table["case_id"].isin(list(case_ids)).fillna(False).to_numpy(dtype=bool)
    return table[~gone].reset_index(drop=True)


def _baseless(
    tables: Tables, facts: pd.DataFrame, left_out: frozenset[str], *, column: str = "basis"
) -> pd.Series:
    """Which facts, or stated values, rest on nothing but the sources left out.

    A basis is ids of codings, or citation keys and a place (see `basis_keys`).
    """
    cited: dict[bool, set[str]] = {True: set(), False: set()}
    for (source_id,), rows in rows_by(tables.sources, "source_id").items():
        keys = {key for row in rows for key in cited_keys(row["citation_key"] or "")}
        cited[source_id in left_out] |= {str(source_id), *keys}
    by_coder = rows_by(tables.codings, "source_id", "scheme", "coder").items()
    coded = {str(row["coding_id"]) for key, rows in by_coder if key[0] in left_out for row in rows}
    keys_of = basis_keys if column == "basis" else keys_cited
    gone = (cited[True] - cited[False]) | coded

    def is_baseless(basis: object) -> bool:
        named = keys_of(basis) if isinstance(basis, str) else ()
        return bool(named) and all(each in gone for each in named)

    return facts[column].map(is_baseless).astype(bool)
