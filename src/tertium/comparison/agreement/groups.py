"""Parts of the material that agreement is told apart for: by voice, language, time, version.

Comes in: the units that were coded, their sources, and who read them when.
Goes out: the group of each unit.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from tertium.bundle import Tables
from tertium.comparison.agreement.who import Compared
from tertium.comparison.result import NOT_STATED
from tertium.errors import UnknownNameError

OF_SOURCE = ("voice", "language", "country", "kind")
OF_READING = ("period", "month", "scheme_version")
BY_CODE, BY_PAIR = "code", "pair"
GROUPINGS = (BY_CODE, BY_PAIR, *OF_SOURCE, *OF_READING)
_THIRDS = ("first third", "second third", "last third")
_NOT_DATED = "not dated"


def grouping(by: str | Sequence[str] | None) -> tuple[str, ...]:
    """The keys of `by`, each known and once.

    Examples
    --------
    >>> grouping("code, voice"), grouping(None)
    (('code', 'voice'), ('code',))
    """
    if by is None:
        return (BY_CODE,)
    keys = by.split(",") if isinstance(by, str) else list(by)
    keys = [key.strip() for key in keys if key.strip()] or [BY_CODE]
    strange = [key for key in keys if key not in GROUPINGS]
    if strange:
        raise UnknownNameError(f"by={strange[0]!r}; there are {', '.join(GROUPINGS)}")
    return tuple(dict.fromkeys(keys))


def groups_of(
    key: str, tables: Tables, of: Compared, sources: Sequence[str]
) -> dict[str, list[bool]]:
    """Which units, whose sources are given, belong to each group of a key, in order.

    Parameters
    ----------
    key : str
        One of `OF_SOURCE` or `OF_READING`. period: the sources in thirds by when the last of
        the coders read them; month: of that day; scheme_version: the version or versions by
        which the coders read. Readings of several sources that a coder has under one time were
        brought in together, and are not dated.
    """
    if key in OF_SOURCE:
        stated = tables.sources[key].fillna("").replace("", NOT_STATED)
        named = dict(zip(tables.sources["source_id"], stated, strict=True))
    elif key == "scheme_version":
        named = _versions(of.written)
    else:
        named = _months(of) if key == "month" else _thirds(of, set(sources))
    missing = _NOT_DATED if key in ("period", "month") else NOT_STATED
    units = [named.get(source, missing) for source in sources]
    order = list(_THIRDS) if key == "period" else sorted(set(units))
    order = [each for each in order if each in units]
    order = [each for each in order if each != missing] + [missing] * (missing in units)
    return {name: [each == name for each in units] for name in order}


def _read_on(of: Compared) -> dict[str, str]:
    """The day and time when the last coder read each source; without readings of one time."""
    dated = of.readings[of.readings["created"].notna()]
    by_coder = dated.groupby("coder")
    is_batch = (by_coder["created"].transform("nunique") == 1) & (
        by_coder["source_id"].transform("nunique") > 1
    )
    dated = dated[~is_batch.astype(bool)]
    return {str(source): max(rows) for source, rows in dated.groupby("source_id")["created"]}


def _months(of: Compared) -> dict[str, str]:
    return {source: day[:7] for source, day in _read_on(of).items()}


def _thirds(of: Compared, sources: set[str]) -> dict[str, str]:
    """Those sources that two coders read at least, in three parts, by time.

    The parts are of one size, but that sources of one time stay together.
    """
    coders = of.readings.groupby("source_id")["coder"].nunique()
    twice = {str(source) for source, count in coders.items() if count >= 2}
    read_on = {each: day for each, day in _read_on(of).items() if each in twice & sources}
    days = sorted(read_on.values())
    # The middle of the places that a time takes, in the order of all.
    middle = {day: days.index(day) + days.count(day) / 2 for day in days}
    return {
        source: _THIRDS[int(3 * middle[day] / len(days))] for source, day in sorted(read_on.items())
    }


def _versions(readings: pd.DataFrame) -> dict[str, str]:
    return {
        str(source): " and ".join(sorted(set(rows.dropna())))
        for source, rows in readings.groupby("source_id")["scheme_version"]
    }
