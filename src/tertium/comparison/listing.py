"""The sources of a study, one row each: what a reader must know of them before any number.

Comes in: the tables of a study.
Goes out: a result that lists the sources.
"""

from __future__ import annotations

import pandas as pd

from tertium.bundle import Tables
from tertium.comparison.passages import Passages
from tertium.comparison.result import NOT_STATED, Result, comparison

_FIELDS = {
    "title": "title",
    "publisher": "publisher",
    "voice": "voice",
    "claimant": "claimant",
    "interest": "interest",
    "distance": "distance",
    "date": "date",
    "country": "country",
    "language": "language",
    "kind": "kind",
    "licence": "licence",
}


@comparison
def source_list(tables: Tables) -> Result:
    """The counted sources by country; readers see each under its short citation.

    Returns
    -------
    Result
        `frame`: one row a source: title, publisher, voice, claimant, interest, distance, date,
        country, language, kind, licence and characters outside page furniture. The note counts
        the undated.

    Examples
    --------
    >>> source_list(study.tables)       # doctest: +SKIP
    """
    passages = Passages(tables)
    rows = [passages.sources[source_id] for source_id in passages.counted]
    frame = pd.DataFrame(
        {
            name: pd.Series([_stated(row[field]) for row in rows], dtype=object)
            for name, field in _FIELDS.items()
        }
    )
    frame["date"] = frame["date"].replace("", "undated")
    frame["characters"] = pd.Series(
        [_size(passages, source_id) for source_id in passages.counted], dtype="Int64"
    )
    frame.index = pd.Index(passages.counted, name="source_id", dtype=object)
    undated = int((frame["date"] == "undated").sum())
    left_out = len(passages.sources) - len(passages.counted)
    note = f"By country of the events. Counted sources: {len(frame)}; undated: {undated}."
    if left_out:
        note += f" Not counted, for they render sources listed here: {left_out}."
    labels = {source_id: passages.cited_as(source_id) for source_id in passages.counted}
    groups = {each: passages.country(each) or NOT_STATED for each in passages.counted}
    return Result(frame, title="The sources", note=note, row_labels=labels, row_groups=groups)


def _stated(value: object) -> str:
    return "" if pd.isna(value) else str(value)  # type: ignore[call-overload]


def _size(passages: Passages, source_id: str) -> int:
    hidden = sum(len(span) for span in passages.furniture(source_id))
    return len(passages.text(source_id)) - hidden
