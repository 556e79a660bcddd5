"""A coder held against herself: the first reading of a source beside the later ones.

Comes in: the codings and readings of one coder.
Goes out: the same tables with a coder for each reading.

A person keeps her name: under another one ("ana-2") she would count as a second person, in the
study's policy as well. The log tells her readings apart by time: a reading of the whole source
for all codes closes what was coded up to then, so that the codings after it belong to the next.
Codings taken back or replaced do not stand and belong to none: read again without looking at what
you coded before. Beside other coders her first reading counts (`first_readings`): the later ones
were made by somebody who knew the text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd


def reading_name(coder: str, number: int) -> str:
    """What a coder's first, second, … reading is called in tables.

    Examples
    --------
    >>> reading_name("ana", 2)
    'ana, reading 2'
    """
    return f"{coder}, reading {number}"


def split_readings(
    codings: pd.DataFrame,
    readings: pd.DataFrame,
    *,
    scheme: str,
    coder: str,
    as_written: pd.DataFrame | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame, list[str]]:
    """The tables of one coder with each reading under a name of its own, and those names.

    Parameters
    ----------
    codings, readings : DataFrame
        Columns `CODINGS` and `READINGS`; the rows of others and of other schemes are left out.
    scheme, coder : str
    as_written : DataFrame, optional
        The readings as they stand in the log, where `readings` has them under a later version
        of the scheme, code by code.

    Returns
    -------
    codings, readings : DataFrame
        With the names in `coder`. Codings made after the last reading are left out: it is not
        known what they are a part of.
    names : list of str
        As many as the source read most often was read.

    Examples
    --------
    >>> codings, readings, names = split_readings(
    ...     tables.codings, tables.readings, scheme="approach", coder="ana")  # doctest: +SKIP
    """
    coded = _own(codings, scheme, coder)
    read = _own(readings, scheme, coder)
    written = read if as_written is None else _own(as_written, scheme, coder)
    is_whole = written["start"].isna() & written["code"].isna() & written["created"].notna()
    closing = {
        str(source): sorted(set(rows["created"]))
        for source, rows in written[is_whole].groupby("source_id")
    }
    pairs = list(zip(read["source_id"], read["created"], strict=True))
    closes = np.array([created in closing.get(source, ()) for source, created in pairs], bool)
    read = read[closes & read["start"].isna().to_numpy()]
    numbers = [
        closing[source].index(created) + 1
        for source, created in zip(read["source_id"], read["created"], strict=True)
    ]
    coded_in = [
        _reading_of(source, created, closing)
        for source, created in zip(coded["source_id"], coded["created"], strict=True)
    ]
    kept = [number is not None for number in coded_in]
    coded = coded[kept].assign(
        coder=pd.array(
            [reading_name(coder, number) for number in coded_in if number is not None], "string"
        )
    )
    read = read.assign(coder=pd.array([reading_name(coder, each) for each in numbers], "string"))
    most = max(map(len, closing.values()), default=0)
    return coded, read, [reading_name(coder, number) for number in range(1, most + 1)]


def first_ends(readings: pd.DataFrame, *, scheme: str) -> dict[tuple[str, str], str]:
    """When the first reading ended of each source that a coder read whole more than once.

    Parameters
    ----------
    readings : DataFrame
        As they stand in the logs.
    scheme : str

    Returns
    -------
    dict of (coder, source_id) to str

    Examples
    --------
    >>> first_ends(tables.readings, scheme="approach")          # doctest: +SKIP
    {('ana', 'strike-2019'): '2026-01-01T11:00:00Z'}
    """
    own = readings[(readings["scheme"] == scheme).fillna(False)]
    whole = own[own["start"].isna() & own["code"].isna() & own["created"].notna()]
    ends = {
        (str(coder), str(source)): sorted(set(rows["created"]))
        for (coder, source), rows in whole.groupby(["coder", "source_id"])
    }
    return {key: times[0] for key, times in sorted(ends.items()) if len(times) > 1}


def first_readings(
    table: pd.DataFrame, ends: Mapping[tuple[str, str], str], *, scheme: str
) -> pd.DataFrame:
    """Codings or readings without what was made after a first reading had ended.

    Parameters
    ----------
    table : DataFrame
    ends : mapping of (coder, source_id) to str
        See `first_ends`; of other sources everything is kept.
    scheme : str

    Examples
    --------
    >>> first_readings(tables.codings, ends, scheme="approach")          # doctest: +SKIP
    """
    if not ends:
        return table
    columns = table[["scheme", "coder", "source_id", "created"]].astype(object)
    kept = [
        name != scheme or not isinstance(created, str) or created <= ends.get((coder, source), "~")
        for name, coder, source, created in columns.itertuples(index=False, name=None)
    ]
    return table[np.array(kept, dtype=bool)]


def _own(table: pd.DataFrame, scheme: str, coder: str) -> pd.DataFrame:
    return table[((table["scheme"] == scheme) & (table["coder"] == coder)).fillna(False)]


def _reading_of(source: str, created: object, closing: Mapping[str, Sequence[str]]) -> int | None:
    """The first reading that ended when the coding was there already."""
    if not isinstance(created, str):
        return None
    after = (n for n, end in enumerate(closing.get(source, ()), start=1) if created <= end)
    return next(after, None)
