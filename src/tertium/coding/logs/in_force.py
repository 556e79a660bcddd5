"""What was coded under an earlier version of a scheme, by the names of the version in force.

Comes in: codings and readings as their coders wrote them, the schemes in force.
Goes out: the same under the version in force, and what has no place there.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

import pandas as pd

from tertium.coding.coder import Coded
from tertium.coding.logs.lines import UNDECIDED
from tertium.columns import CODINGS, READINGS, frame
from tertium.errors import VersionError
from tertium.schemes.history import (
    Fate,
    codes_at,
    events_between,
    fate_of,
    read_since,
    version_parts,
)
from tertium.schemes.scheme import Scheme

Row = dict[str, Any]


# Whose reading or coding, of which source, with which scheme.
_Place = tuple[str, str, str]


class _Doubt(NamedTuple):
    """Codes of which a reading before a version says nothing, because of what was coded then."""

    before: str
    codes: tuple[str, ...]


def in_force(coded: Coded, schemes: Iterable[Scheme]) -> Coded:
    """Codings and readings under the schemes in force, by what their histories say.

    A code that lives on under one id is called by it, and so is a sub-code; whether its meaning
    changed since is told by `tertium.coding.logs.stale`. A coding whose code was removed or
    split is left out, for nobody said which of the parts is meant; that source then counts as
    not searched for the parts, until its coder has read it again. Who looked for a code has
    looked for all that came of it; for a merged code, who looked for all that went into it.
    Nobody has looked for a code that was added later.

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
    fates: dict[tuple[str, ...], Fate] = {}
    codings: list[Row] = []
    doubts: dict[_Place, list[_Doubt]] = defaultdict(list)
    for row in _rows(coded.codings, by_name):
        scheme = by_name[row["scheme"]]
        doubts[_place(row)] += _of_parts(scheme, row)
        fate = _fate(fates, scheme, row)
        ids = _known(scheme, fate.ids)
        if len(ids) == 1:
            now: Row = {"code": ids[0], "scheme_version": scheme.version}
            if fate.events and row["value"] != UNDECIDED:
                now["value"] = fate.tactic or None
            codings.append({**row, **now})
        elif ids:
            split = [event.version for event in fate.events if event.change == "split"]
            doubts[_place(row)].append(_Doubt(split[-1] if split else scheme.version, ids))
    notes = uncounted(coded, by_name.values())
    return replace(
        coded,
        codings=frame(codings, CODINGS),
        readings=frame(_readings(coded.readings, by_name, doubts), READINGS),
        notes=(*coded.notes, *(note for each in notes.values() for note in each)),
    )


def uncounted(coded: Coded, schemes: Iterable[Scheme]) -> dict[tuple[str, str], tuple[str, ...]]:
    """What can't be counted under the schemes in force: sentences by scheme and coder.

    What its coder has read again under the version in force is settled, and not among it.

    Parameters
    ----------
    coded : Coded
        As its coders wrote it.
    schemes : iterable of Scheme
        Those in force.

    Examples
    --------
    >>> from tertium.coding.logs.replay import replay
    >>> uncounted(replay([], sources=[]), [])
    {}
    """
    by_name = {scheme.name: scheme for scheme in schemes}
    fates: dict[tuple[str, ...], Fate] = {}
    lost: Counter[tuple[str, ...]] = Counter()
    for row in _rows(coded.codings, by_name):
        scheme = by_name[row["scheme"]]
        ids = _known(scheme, _fate(fates, scheme, row).ids)
        if len(ids) != 1 and not _read_again(coded.readings, row, ids, _fate(fates, scheme, row)):
            key = (row["coder"], scheme.name, str(row["scheme_version"]), row["code"])
            lost[(*key, " or ".join(ids))] += 1
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for (coder, name, *rest), number in sorted(lost.items()):
        note = _note((coder, name, *rest), number, by_name[name])
        found[name, coder] = (*found.get((name, coder), ()), note)
    return found


def _read_again(readings: pd.DataFrame, row: Row, ids: tuple[str, ...], fate: Fate) -> bool:
    """Whether its coder has read the source again for all that a coding's code became."""
    if not fate.events:
        return False
    since = version_parts(fate.events[-1].version)
    own = readings[
        (readings["coder"] == row["coder"])
        & (readings["source_id"] == row["source_id"])
        & (readings["scheme"] == row["scheme"])
        & readings["start"].isna()
    ]
    read = {
        code if isinstance(code, str) else None
        for code, version in zip(own["code"], own["scheme_version"], strict=True)
        if version_parts(str(version)) >= since
    }
    return None in read or (bool(ids) and set(ids) <= read)


def _place(row: Row) -> _Place:
    return str(row["coder"]), str(row["source_id"]), str(row["scheme"])


def _fate(fates: dict[tuple[str, ...], Fate], scheme: Scheme, row: Row) -> Fate:
    """What became of a coding's code and sub-code; the same question is asked once."""
    tactic = row["value"] if isinstance(row["value"], str) else ""
    key = (scheme.name, str(row["code"]), str(row["scheme_version"]), tactic)
    if key not in fates:
        fates[key] = fate_of(scheme, key[1], key[2], tactic=tactic)
    return fates[key]


def _of_parts(scheme: Scheme, row: Row) -> Iterator[_Doubt]:
    """Sub-codes that became codes: a coding that names none may be of any of them."""
    if isinstance(row["value"], str):
        return
    for event in events_between(scheme, str(row["scheme_version"])):
        if event.change == "moved" and not event.target and row["code"] in event.origin:
            ids = fate_of(scheme, event.code, event.version).ids
            yield _Doubt(event.version, _known(scheme, ids))


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


def _readings(
    table: pd.DataFrame, schemes: dict[str, Scheme], doubts: Mapping[_Place, list[_Doubt]]
) -> Iterator[Row]:
    """Each reading for each code in force that it speaks of."""
    rows = list(_rows(table, schemes))
    by_place: dict[_Place, list[Row]] = defaultdict(list)
    for row in rows:
        by_place[_place(row)].append(row)
    for row in rows:
        scheme = schemes[row["scheme"]]
        since = str(row["scheme_version"])
        code = row["code"] if isinstance(row["code"], str) else None
        codes: tuple[str | None, ...] = (code,)
        if events_between(scheme, since):
            # With it counts what was read of the same place, or of the whole source.
            near = (None, _span(row))
            beside = [one for one in by_place[_place(row)] if _span(one) in near]
            codes = _looked_for(scheme, row, beside, doubts.get(_place(row), []))
        for now in codes:
            yield {**row, "code": now, "scheme_version": scheme.version}


def _span(row: Row) -> tuple[int, int] | None:
    """Where it stands; None for the whole source."""
    start: object = row["start"]
    return None if start is None or start is pd.NA else (int(row["start"]), int(row["end"]))


def _looked_for(
    scheme: Scheme, row: Row, beside: list[Row], doubts: list[_Doubt]
) -> tuple[str | None, ...]:
    """The codes in force that a reading speaks of; None for all of them."""
    since = str(row["scheme_version"])
    own = [row["code"]] if isinstance(row["code"], str) else sorted(codes_at(scheme, since))
    came = {id_ for code in own for id_ in fate_of(scheme, code, since).ids}
    covered = read_since(
        scheme,
        [
            (str(one["scheme_version"]), one["code"] if isinstance(one["code"], str) else None)
            for one in beside
        ],
    )
    unsure = {
        code
        for doubt in doubts
        if version_parts(since) < version_parts(doubt.before)
        for code in doubt.codes
    }
    codes = tuple(one for one in scheme.code_ids if one in came & covered - unsure)
    return (None,) if codes == scheme.code_ids and not isinstance(row["code"], str) else codes


def _note(key: tuple[str, ...], number: int, scheme: Scheme) -> str:
    coder, name, since, code, ids = key
    what = f"became {ids}" if ids else "is no longer there"
    many = "1 coding" if number == 1 else f"{number} codings"
    return (
        f"codings: {many} by {coder} under {name} {since} can't be counted: {code} {what} in "
        f"{scheme.version}; code them again"
    )
