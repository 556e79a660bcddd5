"""Codings that were made under an older understanding of their code.

Comes in: codings and readings, what was waived, the schemes in force.
Goes out: one row a stale coding, counts of them, faults that name coder and source.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

import pandas as pd

from tertium.coding.logs.log import CODINGS as FOLDER
from tertium.coding.logs.log import Line, standing
from tertium.coding.logs.replay import replay
from tertium.columns import STALE, frame
from tertium.errors import Fault
from tertium.schemes.history import STALING, codes_at, fate_of, version_parts
from tertium.schemes.scheme import Event, Scheme

# Derived anew at every run, under the scheme in force.
_NEVER_STALE = ("rule", "learned")
RETRACT = "code again, or retract"
_UNTOLD = "no history says what changed"


class _Cause(NamedTuple):
    """Why codings of one code are stale: since which version, what changed, what it is now."""

    since: str
    changes: str
    codes_now: tuple[str, ...]


def stale_codings(
    codings: pd.DataFrame,
    waived: Mapping[str, str],
    schemes: Iterable[Scheme],
    *,
    readings: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Codings by people and models whose code changed since they were made.

    A change is one of definition, boundary or hierarchy, or a split, merger, move or removal,
    in the history of the scheme in force. Where a scheme has no history at all, any version
    with another major or minor part counts: nothing says that the codes stayed as they were.
    A coding is no longer stale once its coder has read the whole source again for the code
    under a version that has the change, or, where the code lives on under one id, once it is
    waived for such a version. What a
    machine derives anew at every run is never stale.

    Parameters
    ----------
    codings : DataFrame
        Columns `CODINGS`: those that stand, so that a replaced one is not among them.
    waived : mapping of str to str
        From `waived_in`: the version of the scheme up to which a coding is waived, by its id.
    schemes : iterable of Scheme
        Those in force. Codings of other schemes are left out, and so are those that were made
        under a later version.
    readings : DataFrame, optional
        Columns `READINGS`; without them no coding counts as read again.

    Returns
    -------
    DataFrame
        Columns `STALE`, sorted by coder, source and place in `codings`.

    Examples
    --------
    >>> from tertium.coding.logs.replay import replay
    >>> stale_codings(replay([], sources=[]).codings, {}, []).empty
    True
    """
    in_force = {scheme.name: scheme for scheme in schemes}
    read = _read_again(readings)
    causes: dict[tuple[str, str, str, str], _Cause | None] = {}
    rows: list[dict[str, Any]] = []
    # By column: a study may hold a hundred thousand derived codings, none of which is looked at.
    human = codings[~codings["coder_kind"].isin(_NEVER_STALE) & codings["scheme"].isin(in_force)]
    for row in human.to_dict("records"):
        scheme = in_force[row["scheme"]]
        tactic = "" if pd.isna(row["value"]) else str(row["value"])
        key = (scheme.name, row["scheme_version"], row["code"], tactic)
        if key not in causes:
            causes[key] = _cause(scheme, row["code"], row["scheme_version"], tactic)
        cause = causes[key]
        if cause is None:
            continue
        # A waiver can't say which part is meant, or what of a code that is gone.
        waiver = waived.get(row["coding_id"]) if lives_on(cause.codes_now) else None
        if _reaches(waiver, cause.since):
            continue
        place = (row["coder"], row["source_id"], scheme.name)
        if _covered(read.get(place, {}), cause, str(row["code"])):
            continue
        rows.append(
            {
                **{
                    name: row[name]
                    for name in ("coder", "coder_kind", "source_id", "coding_id", "scheme", "code")
                },
                "made_under": row["scheme_version"],
                "scheme_version": scheme.version,
                "changes": cause.changes,
                "codes_now": cause.codes_now,
            }
        )
    rows.sort(key=lambda row: (row["coder"], row["source_id"], row["scheme"]))
    return frame(rows, STALE)


def stale_in_log(lines: Iterable[Line], schemes: Iterable[Scheme]) -> pd.DataFrame:
    """The stale codings of a log, with its own readings and waivers; see `stale_codings`.

    Parameters
    ----------
    lines : iterable of Line
        Those that are taken back may be among them.
    schemes : iterable of Scheme
        Those in force.

    Examples
    --------
    >>> stale_in_log([], []).empty
    True
    """
    listed, in_force = standing(lines), list(schemes)
    # Whether a line fits its text is another question: no source is needed here.
    coded = replay(listed, sources=(), schemes=in_force)
    return stale_codings(coded.codings, waived_in(listed), in_force, readings=coded.readings)


def waived_in(lines: Iterable[Line]) -> dict[str, str]:
    """The latest version of its scheme up to which each coding is waived, by coding id.

    Parameters
    ----------
    lines : iterable of Line
        Those that stand: a waiver can be retracted.

    Examples
    --------
    >>> line = Line("a.jsonl", 1, "a", {
    ...     "kind": "waiver", "waives": ["0123456789abcdef"], "scheme_version": "1.2.0"})
    >>> waived_in([line])
    {'0123456789abcdef': '1.2.0'}
    """
    found: dict[str, str] = {}
    for line in lines:
        if line.kind != "waiver":
            continue
        version = str(line.content["scheme_version"])
        for coding_id in line.content["waives"]:
            found[coding_id] = max(version, found.get(coding_id, version), key=version_parts)
    return found


def stale_counts(stale: pd.DataFrame, *, coding_ids: Collection[str] | None = None) -> pd.DataFrame:
    """How many codings are stale, a row each coder, scheme and code.

    Parameters
    ----------
    stale : DataFrame
        Columns `STALE`.
    coding_ids : collection of str, optional
        Only these count: the codings behind a number.

    Returns
    -------
    DataFrame
        coder, scheme, code, n_stale; without rows where nothing is stale.

    Examples
    --------
    >>> stale_counts(frame([{"coder": "ana", "scheme": "s", "code": "c"}], STALE))
      coder scheme code  n_stale
    0   ana      s    c        1
    """
    counted = stale if coding_ids is None else stale[stale["coding_id"].isin(set(coding_ids))]
    groups = counted.groupby(["coder", "scheme", "code"], sort=True, dropna=False)
    return groups.size().rename("n_stale").reset_index()


def stale_note(stale: pd.DataFrame, *, coding_ids: Collection[str] | None = None) -> str:
    """One sentence for the note of a table; empty where nothing is stale.

    Examples
    --------
    >>> stale_note(frame([{"coder": "ana", "scheme": "s", "code": "c"}], STALE))
    '1 stale: 1 coding was made under an older definition of its code (c 1).'
    """
    counts = stale_counts(stale, coding_ids=coding_ids)
    number = int(counts["n_stale"].sum())
    if not number:
        return ""
    by_code = counts.groupby("code", sort=True)["n_stale"].sum()
    listed = ", ".join(f"{code} {n}" for code, n in by_code.items())
    were = "coding was" if number == 1 else "codings were"
    its = "its code" if number == 1 else "their codes"
    return f"{number} stale: {number} {were} made under an older definition of {its} ({listed})."


def stale_faults(stale: pd.DataFrame, *, study: str = "STUDY") -> list[Fault]:
    """One fault for each coder and source with stale codings.

    Parameters
    ----------
    stale : DataFrame
        Columns `STALE`.
    study : str
        How the remedy names the study.
    """
    faults = []
    keys = ["coder", "source_id", "scheme", "made_under", "scheme_version"]
    for (coder, source_id, scheme, old, new), rows in stale.groupby(keys, sort=True):
        codes = rows["code"].value_counts().sort_index()
        listed = ", ".join(f"{code} {n}" for code, n in codes.items())
        changes = "; ".join(sorted(set(rows["changes"])))
        number = f"{len(rows)} coding" if len(rows) == 1 else f"{len(rows)} codings"
        found = f"{number} ({listed}) made under {scheme}@{old}, now {new}: {changes}"
        remedy = (
            "read the source again under the new version, or write why they hold: "
            f"tertium schemes waive {study} --coder {coder} --code CODE --reason …"
        )
        if not any(lives_on(now) for now in rows["codes_now"]):
            remedy = RETRACT
        file = f"{FOLDER}/{coder}/{source_id}.jsonl"
        faults.append(Fault(file, 0, "scheme_version", found, remedy))
    return sorted(faults)


def lives_on(codes_now: Collection[str]) -> bool:
    """Whether a code lives on under exactly one: else no waiver can say what a coding means now.

    Examples
    --------
    >>> lives_on(("march",)), lives_on(("march", "vigil")), lives_on(())
    (True, False, False)
    """
    return len(codes_now) == 1


# What may make a code wider, so that an old absence says less than it seems to.
_WIDENING = ("definition", "boundary", "hierarchy", "moved")


def absence_notes(
    verdicts: pd.DataFrame, readings: pd.DataFrame, schemes: Iterable[Scheme]
) -> list[str]:
    """Absences that rest on readings for an older definition alone: a sentence for each coder.

    Parameters
    ----------
    verdicts : DataFrame
        Columns `VERDICTS`.
    readings : DataFrame
        Columns `READINGS`, with the versions that the coders had before them.
    schemes : iterable of Scheme
        Those in force.

    Examples
    --------
    >>> from tertium.coding.logs.replay import replay
    >>> from tertium.columns import VERDICTS
    >>> absence_notes(frame([], VERDICTS), replay([], sources=[]).readings, [])
    []
    """
    by_name = {scheme.name: scheme for scheme in schemes}
    told: dict[tuple[str, str, str, str], bool] = {}
    known: dict[tuple[str, str, str], dict[str, bool]] = {}
    people = readings[~readings["coder_kind"].isin(_NEVER_STALE)]
    for row in people[people["scheme"].isin(by_name)].to_dict("records"):
        code = row["code"] if isinstance(row["code"], str) else ""
        key = (str(row["scheme"]), str(row["scheme_version"]), code)
        if key not in known:
            known[key] = _widened(by_name[key[0]], key[1], code)
        for now, is_old in known[key].items():
            place = (str(row["coder"]), str(row["source_id"]), key[0], now)
            told[place] = is_old and told.get(place, True)
    absent = verdicts[verdicts["verdict"] == "absent"]
    places = zip(
        absent["coder"], absent["source_id"], absent["scheme"], absent["code"], strict=True
    )
    old = [(coder, code) for coder, *rest, code in places if told.get((coder, *rest, code))]
    notes = []
    for coder in sorted({coder for coder, _ in old}):
        counts = Counter(code for each, code in old if each == coder)
        listed = ", ".join(f"{code} {number}" for code, number in sorted(counts.items()))
        number = counts.total()
        rest = "absence rests" if number == 1 else "absences rest"
        notes.append(f"readings by {coder}: {number} {rest} on an older definition ({listed})")
    return notes


def _widened(scheme: Scheme, since: str, code: str) -> dict[str, bool]:
    """The present codes that a reading speaks of, and whether each was redefined since."""
    found: dict[str, bool] = {}
    if version_parts(since) > version_parts(scheme.version):
        return found
    for one in sorted({code} if code else codes_at(scheme, since)):
        fate = fate_of(scheme, one, since)
        is_old = any(event.change in _WIDENING for event in fate.events)
        for now in fate.ids:
            found[now] = is_old or found.get(now, False)
    return found


def _cause(scheme: Scheme, code: str, made_under: str, tactic: str) -> _Cause | None:
    """Why a coding of `code` is stale under `scheme`; None where it is not."""
    then, now = version_parts(made_under), version_parts(scheme.version)
    if then >= now:
        return None
    if not scheme.history:
        if then[:2] == now[:2]:
            return None
        ids = (code,) if code in scheme.code_ids else ()
        return _Cause(scheme.version, _UNTOLD, ids)
    fate = fate_of(scheme, code, made_under, tactic=tactic)
    events = [event for event in fate.events if event.change in STALING]
    if not events:
        return None
    changes = ", ".join(_told(event) for event in events)
    return _Cause(events[-1].version, changes, fate.ids)


def _told(event: Event) -> str:
    words = {
        "merged": f"merged into {event.code}",
        "split": f"split into {' and '.join(event.target)}",
    }
    return f"{words.get(event.change, event.change)} in {event.version}"


def _read_again(
    readings: pd.DataFrame | None,
) -> dict[tuple[str, str, str], dict[str, list[str]]]:
    """Versions under which whole sources were read: by coder, source and scheme, then by code.

    The code "" stands for a reading of all codes.
    """
    found: dict[tuple[str, str, str], dict[str, list[str]]] = {}
    if readings is None:
        return found
    whole = readings[readings["start"].isna() & ~readings["coder_kind"].isin(_NEVER_STALE)]
    for row in whole.to_dict("records"):
        place = (row["coder"], row["source_id"], row["scheme"])
        code = "" if pd.isna(row["code"]) else str(row["code"])
        found.setdefault(place, {}).setdefault(code, []).append(str(row["scheme_version"]))
    return found


def _covered(read: Mapping[str, list[str]], cause: _Cause, code: str) -> bool:
    """Whether the source was read again for all that the code has become."""
    wanted = cause.codes_now or (code,)
    return all(
        any(_reaches(version, cause.since) for version in (*read.get("", ()), *read.get(one, ())))
        for one in wanted
    )


def _reaches(version: str | None, since: str) -> bool:
    return version is not None and version_parts(version) >= version_parts(since)
