"""Quotations for one code, side by side by source.

Comes in: the codings of one code.
Goes out: a list of passages with stance and place; sources without one are named.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from tertium.bundle import Tables
from tertium.comparison.passages import Passages
from tertium.comparison.result import NOT_SEARCHED, Result, comparison, support_table
from tertium.errors import UnknownNameError

_NAMED = 12


@comparison
def evidence(tables: Tables, *, scheme: str, code: str) -> Result:
    """What each source says on a code, in its own words.

    Parameters
    ----------
    tables : Tables
    scheme, code : str
        No default: the code is the question.

    Returns
    -------
    Result
        `frame`: one row a passage (codings of the same characters are one), by source and
        place: source, place, stance, quote. The stance is what any scheme of the deciding coder
        says of the passage; where all passages have the same one, the note says it and the
        column is left out. Counted sources, deciding coder; a passage that denies the code is
        no evidence for it. The note names the sources without a passage, or counts them where
        they are many.

    Raises
    ------
    UnknownNameError
        No such scheme or code.

    Examples
    --------
    >>> evidence(study.tables, scheme="approach", code="strike")    # doctest: +SKIP
    """
    codes = tables.scheme(scheme)
    if code not in codes.code_ids:
        raise UnknownNameError(
            f"scheme {scheme} has no code {code!r}; it has {', '.join(codes.code_ids)}"
        )
    passages = Passages(tables)
    codings = passages.codings(scheme)
    rows: list[dict[str, Any]] = []
    for source_id in passages.counted:
        wanted = [coding for coding in codings[source_id] if coding.code == code]
        rows.extend(passages.coded_evidence(scheme, wanted))
    names = {"source": "cited_as", "place": "place", "stance": "stance", "quote": "quote"}
    stances = {row["stance"] for row in rows}
    if len(stances) < 2:
        del names["stance"]
    frame = pd.DataFrame(
        {
            name: pd.Series([row[field] for row in rows], dtype=object)
            for name, field in names.items()
        }
    )
    frame.index = pd.RangeIndex(1, len(rows) + 1)
    label = codes.code(code).label
    return Result(
        frame,
        title=f"What sources say: {label}",
        note=_note(passages, scheme, code, {row["source_id"] for row in rows}, stances),
        support=support_table(
            [{"row": number, "column": None, **row} for number, row in enumerate(rows, start=1)]
        ),
        shown=_where_special(frame),
        group_by="source",
    )


def _where_special(frame: pd.DataFrame) -> pd.DataFrame:
    """A stance is shown where it is not the plain one."""
    shown = pd.DataFrame(index=frame.index, columns=frame.columns, dtype=object)
    if "stance" in frame:
        shown["stance"] = frame["stance"].where(frame["stance"] != "asserted", "")
        shown["stance"] = shown["stance"].where(shown["stance"] == "", None)
    return shown


def _note(
    passages: Passages, scheme: str, code: str, with_passage: set[str], stances: set[str]
) -> str:
    absent: list[str] = []
    unread: list[str] = []
    for source_id in passages.counted:
        if source_id not in with_passage:
            is_searched = passages.is_searched(source_id, scheme, code)
            (absent if is_searched else unread).append(passages.cited_as(source_id))
    label = passages.tables.scheme(scheme).code(code).label
    parts = [f"Passages coded “{label}” (coder: {passages.tables.decides(scheme)})."]
    if with_passage:
        parts.append(passages.what_is_a_passage(scheme))
    if len(stances) == 1:
        parts.append(f"Stance of every passage: {next(iter(stances))}.")
    elif "asserted" in stances:
        parts.append("Where no stance stands, the passage asserts.")
    total = len(passages.counted)
    if absent:
        parts.append(f"Looked for, not found: {_named(absent, total)}.")
    if unread:
        parts.append(f"{NOT_SEARCHED.capitalize()}: {_named(unread, total)}.")
    return " ".join(parts)


def _named(cited: list[str], total: int) -> str:
    """Sources by name, or how many where a list of names would say nothing."""
    return "; ".join(cited) if len(cited) <= _NAMED else f"in {len(cited)} of {total} sources"
