"""Verdicts under other thresholds, and codings under an earlier version of a scheme.

Comes in: the tables of a study.
Goes out: the same tables with what would have been held of the sources.
"""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from tertium.bundle import Tables
from tertium.coding.classify import classify
from tertium.coding.coder import RuleCoder, code
from tertium.columns import VERDICTS
from tertium.comparison.held_rows import made_once, rows_by
from tertium.errors import TertiumError
from tertium.schemes.read import builtin_names, past_schemes, read_scheme
from tertium.schemes.scheme import Scheme
from tertium.sources.source import Source
from tertium.sources.zones import find_zones

_SEEN_OF_A_SOURCE = ("text", "text_sha256", "language")


class NotVariedError(TertiumError):
    """A variation that can't be made of this study; the message says why."""


def read_again(tables: Tables) -> list[Source]:
    """The sources of a bundle as they were when they were coded.

    Raises
    ------
    NotVariedError
        The zones of a source are not those that the package finds, so that it can't be said
        which parts of the text would be coded.
    """
    return [
        made_once(
            # The source's zones are looked at, and of its row these.
            tables.zones,
            ("read again", *(row[name] for name in ("source_id", *_SEEN_OF_A_SOURCE))),
            lambda row=row: _source(tables, row),  # type: ignore[misc]
        )
        for rows in rows_by(tables.sources, "source_id").values()
        for row in rows
    ]


def _source(tables: Tables, row: dict[str, object]) -> Source:
    source_id = str(row["source_id"])
    there = sorted(
        (int(zone["start"]), int(zone["end"]), str(zone["zone"]))
        for zone in rows_by(tables.zones, "source_id").get((source_id,), ())
    )
    language = str(row["language"]) if row["language"] else "und"
    # The tables do not say how headings are written; only one way gives the zones they have.
    for markup in ("markdown", "plain"):
        source = Source(id=source_id, text=str(row["text"]), language=language, markup=markup)
        found = [(zone.span.start, zone.span.end, zone.zone) for zone in find_zones(source)]
        if found == there and source.text_sha256 == row["text_sha256"]:
            return source
    raise NotVariedError(f"the zones of source {source_id} are not those that the package finds")


def with_thresholds(tables: Tables, scheme: str, present: float, undecided: float) -> Tables:
    """The tables with the deciding coder's verdicts on a scheme under other thresholds.

    Where no verdict is otherwise these are the tables themselves, so that a run can see at once
    that nothing changed.
    """
    coder = tables.decides(scheme)
    held = {"codings": tables.codings, "readings": tables.readings, "verdicts": tables.verdicts}
    own = {
        name: table[((table["scheme"] == scheme) & (table["coder"] == coder)).fillna(False)]
        for name, table in held.items()
    }
    anew = classify(
        own["codings"],
        read_again(tables),
        tables.scheme(scheme),
        readings=own["readings"],
        present=present,
        undecided=undecided,
    )
    # A source that the coder never looked at gets a row without a coder; it has none here.
    anew = anew[(anew["coder"] == coder).fillna(False)].reset_index(drop=True)
    if anew.equals(own["verdicts"].reset_index(drop=True)):
        return tables
    return _with_verdicts(tables, anew, scheme, coder)


def thresholds_of(tables: Tables, scheme: Scheme) -> tuple[float, float]:
    """From which score on a code is present, and undecided: as the study says, else the scheme."""
    rule = scheme.verdict
    return tables.thresholds.get(scheme.name, (rule.present, rule.undecided))


def _with_verdicts(tables: Tables, anew: pd.DataFrame, scheme: str, coder: str) -> Tables:
    old = ((tables.verdicts["scheme"] == scheme) & (tables.verdicts["coder"] == coder)).fillna(
        False
    )
    verdicts = pd.concat([tables.verdicts[~old], anew], ignore_index=True)
    return replace(tables, verdicts=verdicts[[column.name for column in VERDICTS]])


def earlier_versions(scheme: Scheme) -> list[Scheme]:
    """The versions of a scheme that are earlier than this and at hand, the oldest first.

    Raises
    ------
    NotVariedError
        There is none, or the scheme is none of those that come with the package.
    """
    if scheme.name not in builtin_names() or read_scheme(scheme.name).title != scheme.title:
        raise NotVariedError(f"no earlier version of {scheme.name} is at hand")
    earlier = list(past_schemes(scheme.reference))
    if not earlier:
        raise NotVariedError(f"{scheme.reference} is the first version of its scheme")
    return earlier


def with_version(tables: Tables, scheme: str, version: str) -> Tables:
    """The tables as the rule coder would fill them under an earlier version of a scheme.

    What others coded under the version in force can't be made again, and is left out.
    """
    earlier = next(
        each for each in earlier_versions(tables.scheme(scheme)) if each.version == version
    )
    sources = read_again(tables)
    coded = code(sources, [earlier], coders=[RuleCoder()])
    present, undecided = thresholds_of(tables, earlier)
    verdicts = classify(coded, sources, earlier, present=present, undecided=undecided)
    anew = {"codings": coded.codings, "readings": coded.readings, "verdicts": verdicts}
    rest = {
        name: (table := getattr(tables, name))[(table["scheme"] != scheme).fillna(True)]
        for name in anew
    }
    stale = tables.stale
    return replace(
        tables,
        **{name: pd.concat([rest[name], anew[name]], ignore_index=True) for name in anew},
        schemes={**tables.schemes, scheme: earlier},
        stale=None if stale is None else stale[(stale["scheme"] != scheme).fillna(True)],
    )
