"""What is held of each source as a whole, and the passages that a verdict cites.

Comes in: verdicts and the codings that they rest on.
Goes out: a table of verdicts, each cell with its passages.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal

import pandas as pd

from tertium.bundle import Tables
from tertium.comparison.held_rows import rows_by
from tertium.comparison.passages import Coded, Passages, part_of_source
from tertium.comparison.result import (
    NOT_SEARCHED,
    NOT_STATED,
    Result,
    comparison,
    support_table,
)
from tertium.errors import UnknownNameError
from tertium.spans import Span

# Most cells of a long table are absent: what is there should be seen.
ABSENT = "–"


@comparison
def verdict_table(
    tables: Tables, *, scheme: str = "approach", which: Literal["counted", "all"] = "counted"
) -> Result:
    """What is held of each source: code by code, with the passages behind it and the score.

    Parameters
    ----------
    tables : Tables
    scheme : str
    which : {"counted", "all"}
        all: also digests, translations and copies whose original is there, which no count
        takes; so can a digest be read beside its original.

    Returns
    -------
    Result
        `frame`: present, absent, undecided or not_searched, one row a source, one column a
        code; the code that a source is mostly about is marked "primary" in the cells shown,
        which add the number of passages and the score.

    Examples
    --------
    >>> verdict_table(study.tables, scheme="approach")      # doctest: +SKIP
    """
    if which not in ("counted", "all"):
        raise UnknownNameError(f"which={which!r}; there are counted, all")
    codes = tables.scheme(scheme)
    passages = Passages(tables)
    verdicts = passages.verdicts(scheme)
    sources = passages.counted if which == "counted" else passages.in_reading_order()
    values: dict[str, list[str]] = {}
    texts: dict[str, list[str]] = {}
    support: list[dict[str, Any]] = []
    behind = codings_by_id(passages, scheme)
    for code in codes.code_ids:
        values[code], texts[code] = [], []
        for source_id in sources:
            verdict = verdicts.get((source_id, code))
            rows = passages_behind(passages, verdict, behind, scheme)
            support.extend({"row": source_id, "column": code, **row} for row in rows)
            value, text = _verdict_cell(verdict, len(rows))
            values[code].append(value)
            texts[code].append(text)
    frame = pd.DataFrame(values, index=pd.Index(sources, dtype=object), dtype=object)
    frame.index.name, frame.columns.name = "source_id", scheme
    return Result(
        frame,
        title=f"Verdicts by source: {codes.title.lower()}",
        note="By country of the events. In brackets the number of passages that a verdict rests on "
        f"and its score, from 0 to 1 (coder: {tables.decides(scheme)}). {ABSENT} absent: looked "
        f"for, not found. {passages.what_is_a_passage(scheme)} Primary: what the source is mostly "
        f"about. {_HOW_BY_HAND if passages.is_by_hand(scheme) else codes.verdict.text}",
        support=support_table(support),
        row_labels={each: passages.cited_as(each) for each in passages.sources},
        column_labels={code.id: code.label for code in codes.codes},
        row_groups={each: passages.country(each) or NOT_STATED for each in sources},
        shown=pd.DataFrame(texts, index=frame.index, dtype=object),
    )


# What a scheme says of its verdicts is about its patterns and their weights.
_HOW_BY_HAND = (
    "Present: the coder marked a passage, or holds the code of the whole source; undecided: the "
    "coder is unsure, or holds that it cannot be decided."
)


def _verdict_cell(row: Mapping[str, Any] | None, passages: int) -> tuple[str, str]:
    if row is None or row["verdict"] == "not_searched":
        return "not_searched", NOT_SEARCHED
    value = str(row["verdict"])
    is_primary = not pd.isna(row["primary"]) and bool(row["primary"])
    score = "" if pd.isna(row["score"]) else f"; {float(row['score']):.2f}"
    word = "primary" if is_primary else ABSENT if value == "absent" else value
    # No-break spaces keep the bracket on one line.
    return value, f"{word} ({passages}{score})".replace("; ", ";\u00a0") if passages else word


def codings_by_id(passages: Passages, scheme: str) -> dict[tuple[str, str], dict[str, Any]]:
    """Codings by source and id: an id may come again in a source with the same text."""
    by_coder = rows_by(passages.tables.codings, "source_id", "scheme", "coder")
    return {
        (str(row["source_id"]), str(row["coding_id"])): row
        for (_, of_scheme, _), rows in by_coder.items()
        if of_scheme == scheme
        for row in rows
    }


def passages_behind(
    passages: Passages,
    verdict: Mapping[str, Any] | None,
    codings: Mapping[tuple[str, str], Mapping[str, Any]],
    scheme: str,
    *,
    within: Callable[[Span], bool] | None = None,
) -> list[dict[str, Any]]:
    """The passages that a verdict cites, within the part of the source that is meant."""
    if verdict is None or not isinstance(verdict["coding_ids"], (tuple, list)):
        return []
    placed: list[Coded] = []
    whole: list[Mapping[str, Any]] = []
    for coding_id in verdict["coding_ids"]:
        row = codings.get((str(verdict["source_id"]), str(coding_id)))
        if row is None:
            continue
        span = part_of_source(row)
        if span is None:
            whole.append(row)
            continue
        if within is None or within(span):
            stance = "asserted" if pd.isna(row["stance"]) else str(row["stance"])
            placed.append(
                Coded(str(row["source_id"]), span, str(row["code"]), str(coding_id), stance)
            )
    found = passages.coded_evidence(scheme, placed)
    if whole:
        found.append(
            passages.evidence(
                str(verdict["source_id"]),
                None,
                scheme=scheme,
                code=str(verdict["code"]),
                stance="asserted",
                coding_ids=[str(row["coding_id"]) for row in whole],
            )
        )
    return found
