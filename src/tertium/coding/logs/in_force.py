"""What was coded under an earlier version of a scheme, by the names of the version in force.

Comes in: codings and readings as their coders wrote them, the schemes in force.
Goes out: the same under the version in force, and what has no place there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

import pandas as pd

from tertium.coding.coder import Coded
from tertium.columns import CODINGS, READINGS, frame
from tertium.errors import VersionError
from tertium.schemes.history import events_between, fate_of, version_parts
from tertium.schemes.scheme import Scheme

Row = dict[str, Any]


def in_force(coded: Coded, schemes: Iterable[Scheme]) -> Coded:
    """Codings and readings under the schemes in force, by what their histories say.

    A code that lives on under one id is called by it; whether its meaning changed since is told
    by `tertium.coding.logs.stale`. A coding whose code was removed or split is left out, for nobody
    said which of the parts is meant. Who looked for a code has looked for all that came of it,
    and nobody has looked for a code that was added later.

    Parameters
    ----------
    coded : Coded
        As `tertium.coding.logs.replay.replay` gives it.
    schemes : iterable of Scheme
        What is coded with other schemes is left out.

    Returns
    -------
    Coded
        Every scheme version is the one in force; the notes count what was left out, and why.

    Raises
    ------
    VersionError
        Something was coded with a later version than the one in force.
    """
    by_name = {scheme.name: scheme for scheme in schemes}
    codings: list[Row] = []
    readings: list[Row] = []
    lost: Counter[tuple[str, ...]] = Counter()
    for row in _rows(coded.codings, by_name):
        scheme = by_name[row["scheme"]]
        tactic = row["value"] if isinstance(row["value"], str) else ""
        since = str(row["scheme_version"])
        ids = _known(scheme, fate_of(scheme, row["code"], since, tactic=tactic).ids)
        if len(ids) == 1:
            codings.append({**row, "code": ids[0], "scheme_version": scheme.version})
        else:
            lost[row["coder"], scheme.name, since, row["code"], " or ".join(ids)] += 1
    for row in _rows(coded.readings, by_name):
        scheme = by_name[row["scheme"]]
        for code in _looked_for(scheme, row):
            readings.append({**row, "code": code, "scheme_version": scheme.version})
    notes = [_note(key, number, by_name[key[1]]) for key, number in sorted(lost.items())]
    return replace(
        coded,
        codings=frame(codings, CODINGS),
        readings=frame(readings, READINGS),
        notes=(*coded.notes, *notes),
    )


def _rows(table: pd.DataFrame, schemes: dict[str, Scheme]) -> Iterator[Row]:
    for row in table[table["scheme"].isin(schemes)].to_dict("records"):
        version, scheme = str(row["scheme_version"]), schemes[row["scheme"]]
        if version_parts(version) > version_parts(scheme.version):
            raise VersionError(
                f"{row['coder']} coded {row['source_id']} with scheme {scheme.name} {version}, but "
                f"{scheme.version} is in force; take {scheme.name}@{version} into the study"
            )
        yield {str(name): value for name, value in row.items()}


def _known(scheme: Scheme, ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(id_ for id_ in ids if id_ in scheme.code_ids)


def _looked_for(scheme: Scheme, row: Row) -> tuple[str | None, ...]:
    """The codes in force that a reading speaks of; None for all of them."""
    since = str(row["scheme_version"])
    if isinstance(row["code"], str):
        return _known(scheme, fate_of(scheme, row["code"], since).ids)
    added = {event.code for event in events_between(scheme, since) if event.change == "added"}
    if not added:
        return (None,)
    # What an added code became later was not looked for either.
    later = {id_ for code in added for id_ in (code, *fate_of(scheme, code, since).ids)}
    return tuple(code for code in scheme.code_ids if code not in later)


def _note(key: tuple[str, ...], number: int, scheme: Scheme) -> str:
    coder, name, since, code, ids = key
    what = f"became {ids}" if ids else "is no longer there"
    many = "1 coding" if number == 1 else f"{number} codings"
    return (
        f"codings: {many} by {coder} under {name} {since} can't be counted: {code} {what} in "
        f"{scheme.version}; code them again"
    )
