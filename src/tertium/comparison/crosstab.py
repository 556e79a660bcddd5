"""Codes counted by voice, country, case or another scheme, each cell with its passages.

Comes in: verdicts, codings and what is known about sources.
Goes out: tables in which "searched, not found" and "not searched" never look the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

import pandas as pd

from tertium.bundle import Tables
from tertium.columns import DISTANCES, INTERESTS, VOICES
from tertium.comparison.passages import (
    Coded,
    Passages,
    overlaps,
    part_of_source,
    rows_of,
)
from tertium.comparison.result import (
    NOT_SEARCHED,
    NOT_STATED,
    Result,
    comparison,
    support_table,
)
from tertium.comparison.verdicts import codings_by_id, passages_behind
from tertium.errors import UnknownNameError
from tertium.spans import Span, covered_length, intersection, merge, subtract

Count = Literal["sources", "passages", "characters"]
Empty = Literal["keep", "drop"]

ATTRIBUTES = (
    "source_id", "voice", "interest", "distance", "language", "country", "kind", "year",
)  # fmt: skip
# Closed lists keep their order: what nobody in particular says stands last among the voices.
_ORDERS = {"voice": VOICES, "interest": tuple(INTERESTS), "distance": tuple(DISTANCES)}
CASE = "case"
NONE = "none"
UNDATED = "undated"


@dataclass(frozen=True)
class _Group:
    """Where a source stands on an axis that is no scheme, and in which part of its text."""

    value: str
    spans: tuple[Span, ...] | None = None

    def has(self, span: Span) -> bool:
        return self.spans is None or any(each.has_overlap(span) for each in self.spans)


@dataclass
class _Counts:
    """Numbers and evidence of a grid while it is filled."""

    numbers: dict[tuple[str, str], int | None]
    support: list[dict[str, Any]]
    remarks: list[str]


@comparison
def crosstab(
    tables: Tables,
    *,
    rows: str = "approach",
    columns: str = "voice",
    count: Count = "sources",
    empty: Empty = "keep",
) -> Result:
    """Two ways to group what sources say, against each other.

    Parameters
    ----------
    tables : Tables
    rows, columns : str
        Each the name of a scheme, an attribute of sources (source_id, voice, interest,
        distance, language, country, kind, year) or "case".
    count : {"sources", "passages", "characters"}
        sources: a source counts once in a cell. A scheme against an attribute counts sources
        whose verdict is `present`; two schemes count sources in which a coding of each
        overlaps. passages: coded stretches of text, each once for a code, whatever the verdict;
        of two schemes the stretches that a coding of each covers. characters: coded characters
        outside page furniture, each once.
    empty : {"keep", "drop"}
        drop: rows in which nothing was found wherever anybody looked are left out, and the note
        says how many; for long lists such as actors.

    Returns
    -------
    Result
        `frame`: a true zero is 0; null where no source of the cell was searched for the code.
        A scheme counted by sources has a row (column) "none" for sources that were searched for
        every code and hold none; it is called "(none)" where a code has that id. Only counted
        sources and the deciding coder.

    Raises
    ------
    UnknownNameError
        An axis or a count that there is not.

    Examples
    --------
    >>> table = crosstab(study.tables, rows="approach", columns="voice")   # doctest: +SKIP
    >>> table.evidence("strike", "ngo")                                    # doctest: +SKIP
    """
    _check(tables, rows, columns, count)
    if empty not in get_args(Empty):
        raise UnknownNameError(f"empty={empty!r}; there are {', '.join(get_args(Empty))}")
    passages = Passages(tables)
    has_schemes = (rows in tables.schemes, columns in tables.schemes)
    if all(has_schemes):
        counts = _scheme_by_scheme(passages, rows, columns, count)
    elif any(has_schemes):
        scheme, attribute = (rows, columns) if has_schemes[0] else (columns, rows)
        counts = _scheme_by_groups(passages, scheme, attribute, count)
        if not has_schemes[0]:
            counts = _turned(counts)
    else:
        counts = _groups_by_groups(passages, rows, columns)
    row_ids = _axis(passages, rows, count=count, alone=not has_schemes[1])
    column_ids = _axis(passages, columns, count=count, alone=not has_schemes[0])
    frame = pd.DataFrame(
        {
            column: pd.Series(
                [counts.numbers.get((row, column), 0) for row in row_ids],
                index=row_ids,
                dtype="Int64",
            )
            for column in column_ids
        },
        index=pd.Index(row_ids, dtype=object),
    )
    if empty == "drop":
        is_zero = (frame.fillna(0) == 0).all(axis=1) & frame.notna().any(axis=1)
        if rows in tables.schemes:
            is_zero &= frame.index != _none(tables, rows)
        if is_zero.any():
            counts.remarks.append(f"{int(is_zero.sum())} rows without any are left out.")
        frame = frame[~is_zero]
        row_ids = list(frame.index)
    frame.index.name, frame.columns.name = rows, columns
    shown = {(row, column) for row in row_ids for column in column_ids}
    return Result(
        frame,
        title=f"{_name(tables, rows)} by {_name(tables, columns).lower()}: {count}",
        note=" ".join([*_notes(passages, rows, columns, count), *counts.remarks]),
        support=support_table(
            [row for row in counts.support if (row["row"], row["column"]) in shown]
        ),
        row_labels=_labels(passages, rows),
        column_labels=_labels(passages, columns),
        row_counts=_group_sizes(passages, rows),
        column_counts=_group_sizes(passages, columns),
        row_groups=_countries(passages) if rows == "source_id" else {},
        missing=NOT_SEARCHED,
    )


def _countries(passages: Passages) -> dict[Any, str]:
    return {each: passages.country(each) or NOT_STATED for each in passages.counted}


def _check(tables: Tables, rows: str, columns: str, count: str) -> None:
    known = [*sorted(tables.schemes), *ATTRIBUTES, CASE]
    for axis in (rows, columns):
        if axis not in known:
            raise UnknownNameError(f"no axis {axis!r}; there are {', '.join(known)}")
    if rows == columns:
        raise UnknownNameError(
            f"rows and columns are both {rows!r}; name two of {', '.join(known)}"
        )
    if count not in get_args(Count):
        raise UnknownNameError(f"count={count!r}; there are {', '.join(get_args(Count))}")
    if count != "sources" and rows not in tables.schemes and columns not in tables.schemes:
        raise UnknownNameError(
            f"count={count!r} counts codings, so one axis must be a scheme: "
            f"{', '.join(sorted(tables.schemes)) or 'the study has none'}"
        )


def _groups(passages: Passages, axis: str) -> dict[str, list[_Group]]:
    """Where each counted source stands on an axis that is no scheme."""
    if axis == CASE:
        return _cases(passages)
    found = {}
    for source_id in passages.counted:
        row = passages.sources[source_id]
        value = row.get("date") if axis == "year" else row.get(axis)
        text = "" if value is None or pd.isna(value) else str(value).strip()
        if axis == "year":
            parts = [_years(text)]
        elif axis in ("country", "language"):
            parts = sorted({part.strip() for part in text.split(";") if part.strip()})
        else:
            parts = [text] if text else []
        found[source_id] = [_Group(part) for part in parts or [NOT_STATED]]
    return found


def _years(date: str) -> str:
    """The year or years of an EDTF date, as far as they are given."""
    years = [part[: 5 if part.startswith("-") else 4] for part in date.split("/")]
    years = [year for year in years if year.lstrip("-")[:1].isdigit()]
    return "–".join(dict.fromkeys(years)) or UNDATED


def _cases(passages: Passages) -> dict[str, list[_Group]]:
    found: dict[str, list[_Group]] = {source_id: [] for source_id in passages.counted}
    parts: dict[tuple[str, str], list[Span | None]] = {}
    for row in rows_of(passages.tables.case_sources):
        if str(row["source_id"]) in found:
            key = (str(row["source_id"]), str(row["case_id"]))
            parts.setdefault(key, []).append(part_of_source(row))
    for (source_id, case_id), spans in sorted(parts.items()):
        placed = [span for span in spans if span is not None]
        is_whole = len(placed) < len(spans)
        found[source_id].append(_Group(case_id, None if is_whole else tuple(merge(placed))))
    return found


def _scheme_by_groups(passages: Passages, scheme: str, axis: str, count: Count) -> _Counts:
    """Codes in rows, groups of sources in columns."""
    groups = _groups(passages, axis)
    if count == "sources":
        counts = _sources_with_code(passages, scheme, groups)
    else:
        counts = _coded_in_groups(passages, scheme, groups, count)
    codes = passages.tables.scheme(scheme).code_ids
    none = _none(passages.tables, scheme)
    decided = _decided(passages, scheme)
    for value in sorted({group.value for each in groups.values() for group in each}):
        inside = [s for s in groups if any(group.value == value for group in groups[s])]
        for code in codes:
            searched = [s for s in inside if passages.is_searched(s, scheme, code)]
            if not searched and not counts.numbers.get((code, value)):
                counts.numbers[code, value] = None
        if count == "sources" and not decided.intersection(inside):
            counts.numbers[none, value] = None
    partly = _partly_searched(passages, scheme, groups)
    if partly:
        counts.remarks.append(f"Not every source was searched for every code: {', '.join(partly)}.")
    return counts


def _decided(passages: Passages, scheme: str) -> set[str]:
    """Sources of which it is known if they hold any code: one is found, or all were looked for."""
    codes = passages.tables.scheme(scheme).code_ids
    holding = {
        source_id
        for (source_id, _), row in passages.verdicts(scheme).items()
        if row["verdict"] == "present"
    }
    return holding | {
        source_id
        for source_id in passages.counted
        if all(passages.is_searched(source_id, scheme, code) for code in codes)
    }


def _sources_with_code(
    passages: Passages, scheme: str, groups: Mapping[str, Sequence[_Group]]
) -> _Counts:
    verdicts = passages.verdicts(scheme)
    behind = codings_by_id(passages, scheme)
    codes = passages.tables.scheme(scheme).code_ids
    none = _none(passages.tables, scheme)
    counts = _Counts({}, [], [])
    undecided = 0
    for source_id, places in groups.items():
        values = [str(verdicts[source_id, code]["verdict"]) for code in codes
                  if (source_id, code) in verdicts]  # fmt: skip
        undecided += values.count("undecided")
        is_none = values == ["absent"] * len(codes)
        for group in places:
            for code in codes:
                row = verdicts.get((source_id, code))
                if row is None or row["verdict"] != "present":
                    continue
                rows = passages_behind(passages, row, behind, scheme, within=group.has)
                if group.spans is not None and not rows:
                    continue
                _add(counts, code, group.value, 1)
                counts.support.extend({"row": code, "column": group.value, **each} for each in rows)
            if is_none:
                _add(counts, none, group.value, 1)
    if undecided:
        why = (
            "of which the coder is unsure, or holds that it cannot be decided"
            if passages.is_by_hand
            else "between the scheme's thresholds"
        )
        counts.remarks.append(
            f"Not counted: {undecided} undecided {'verdict' if undecided == 1 else 'verdicts'} "
            f"(a source and code {why})."
        )
    return counts


def _coded_in_groups(
    passages: Passages,
    scheme: str,
    groups: Mapping[str, Sequence[_Group]],
    count: Count,
) -> _Counts:
    codings = passages.codings(scheme)
    counts = _Counts({}, [], [])
    for source_id, places in groups.items():
        furniture = passages.furniture(source_id)
        for group in places:
            here = [coding for coding in codings[source_id] if group.has(coding.span)]
            for code, coded in _by_code(here).items():
                spans = [coding.span for coding in coded]
                if group.spans is not None and count == "characters":
                    spans = intersection(spans, group.spans)
                _add(counts, code, group.value, _amount(spans, count, furniture))
                counts.support.extend(
                    {"row": code, "column": group.value, **row}
                    for row in passages.coded_evidence(scheme, coded)
                )
    return counts


def _scheme_by_scheme(passages: Passages, rows: str, columns: str, count: Count) -> _Counts:
    """Codes of two schemes where their codings overlap."""
    tables = passages.tables
    of_rows, of_columns = passages.codings(rows), passages.codings(columns)
    counts = _Counts({}, [], [])
    for source_id in passages.counted:
        furniture = passages.furniture(source_id)
        row_codes, column_codes = _by_code(of_rows[source_id]), _by_code(of_columns[source_id])
        for row, first in row_codes.items():
            for column, second in column_codes.items():
                shared = overlaps(first, second)
                if not shared:
                    continue
                amount = 1 if count == "sources" else _amount(shared, count, furniture)
                _add(counts, row, column, amount)
                for span, both in shared.items():
                    evidence = passages.evidence(
                        source_id,
                        span,
                        scheme=f"{rows} × {columns}",
                        code=f"{row} × {column}",
                        stance=passages.stance(source_id, span, (each.stance for each in both)),
                        coding_ids=[each.coding_id for each in both],
                    )
                    counts.support.append({"row": row, "column": column, **evidence})
    for row in tables.scheme(rows).code_ids:
        for column in tables.scheme(columns).code_ids:
            is_searched = any(
                passages.is_searched(source_id, rows, row)
                and passages.is_searched(source_id, columns, column)
                for source_id in passages.counted
            )
            if not is_searched and not counts.numbers.get((row, column)):
                counts.numbers[row, column] = None
    return counts


def _by_code(codings: Iterable[Coded]) -> dict[str, list[Coded]]:
    found: dict[str, list[Coded]] = {}
    for coding in codings:
        found.setdefault(coding.code, []).append(coding)
    return found


def _groups_by_groups(passages: Passages, rows: str, columns: str) -> _Counts:
    counts = _Counts({}, [], [])
    of_rows, of_columns = _groups(passages, rows), _groups(passages, columns)
    for source_id in passages.counted:
        for row in {group.value for group in of_rows[source_id]}:
            for column in {group.value for group in of_columns[source_id]}:
                _add(counts, row, column, 1)
    return counts


def _add(counts: _Counts, row: str, column: str, amount: int) -> None:
    counts.numbers[row, column] = (counts.numbers.get((row, column)) or 0) + amount


def _turned(counts: _Counts) -> _Counts:
    return _Counts(
        {(column, row): number for (row, column), number in counts.numbers.items()},
        [{**row, "row": row["column"], "column": row["row"]} for row in counts.support],
        counts.remarks,
    )


def _amount(spans: Iterable[Span], count: Count, furniture: Sequence[Span]) -> int:
    if count == "passages":
        return len(set(spans))
    return covered_length(subtract(merge(spans), furniture))


def _partly_searched(
    passages: Passages, scheme: str, groups: Mapping[str, Sequence[_Group]]
) -> list[str]:
    """For each code that was not looked for everywhere: in how many sources it was."""
    found = []
    for code in passages.tables.scheme(scheme).codes:
        searched = sum(passages.is_searched(source_id, scheme, code.id) for source_id in groups)
        if searched < len(groups):
            found.append(f"{code.label} in {searched} of {len(groups)}")
    return found


def _none(tables: Tables, scheme: str) -> str:
    """The key of the row for sources without any code; no code of the scheme has it."""
    key = NONE
    while key in tables.scheme(scheme).code_ids:
        key = f"({key})"
    return key


def _axis(passages: Passages, axis: str, *, count: Count, alone: bool) -> list[str]:
    """Ids of an axis, in their order; `alone` where the other axis is no scheme."""
    if axis in passages.tables.schemes:
        codes = list(passages.tables.schemes[axis].code_ids)
        return [*codes, _none(passages.tables, axis)] if alone and count == "sources" else codes
    if axis == "source_id":
        return list(passages.counted)
    values = {group.value for groups in _groups(passages, axis).values() for group in groups}
    last = {NOT_STATED: 1, UNDATED: 1}
    if axis in _ORDERS:
        order = {word: number for number, word in enumerate(_ORDERS[axis])}
        return sorted(values, key=lambda each: (order.get(each, len(order)), each))
    return sorted(values, key=lambda each: (last.get(each, 0), each))


def _labels(passages: Passages, axis: str) -> dict[Any, str]:
    if axis in passages.tables.schemes:
        labels = {code.id: code.label for code in passages.tables.schemes[axis].codes}
        return {**labels, _none(passages.tables, axis): "None of these"}
    if axis == "source_id":
        return {source_id: passages.cited_as(source_id) for source_id in passages.sources}
    if axis == CASE:
        rows = passages.tables.cases.to_dict("records")
        return {str(row["case_id"]): str(row["name"]) for row in rows if not pd.isna(row["name"])}
    return {}


def _group_sizes(passages: Passages, axis: str) -> dict[Any, int]:
    if axis in passages.tables.schemes or axis == "source_id":
        return {}
    sizes: dict[Any, int] = {}
    for groups in _groups(passages, axis).values():
        for value in {group.value for group in groups}:
            sizes[value] = sizes.get(value, 0) + 1
    return dict(sorted(sizes.items()))


def _name(tables: Tables, axis: str) -> str:
    if axis in tables.schemes:
        return tables.schemes[axis].title
    return "Source" if axis == "source_id" else axis.capitalize()


def _meaning(tables: Tables, scheme: str) -> str:
    """What a scheme codes, in the first sentence of its own description."""
    described = tables.schemes[scheme]
    first = re.split(r"(?<=[.!?。！？])\s", " ".join(described.description.split()), maxsplit=1)[0]
    return f"{described.title}: {first[:1].lower()}{first[1:]}"


def _notes(passages: Passages, rows: str, columns: str, count: Count) -> list[str]:
    tables = passages.tables
    schemes = [axis for axis in (rows, columns) if axis in tables.schemes]
    total = len(passages.counted)
    notes = []
    if count == "sources":
        how = {
            0: "",
            1: f" whose verdict is present (coder: {tables.deciding_coder})",
            2: f" in which a coding of each overlaps (coder: {tables.deciding_coder})",
        }[len(schemes)]
        notes.append(f"Sources{how}; {total} counted sources in all.")
        if len(schemes) == 1:
            notes.append(
                "A source may hold several codes, so cells do not add up to the number of sources."
            )
    else:
        where = f"(coder: {tables.deciding_coder}) in {total} counted sources"
        if count == "characters":
            notes.append(f"Coded characters, each once {where}.")
        elif len(schemes) == 1:
            notes.append(f"Coded passages {where}. {passages.what_is_a_passage}")
            notes.append("It counts once for each of its codes.")
        else:
            notes.append(
                f"Passages that are coded under both {where}. {passages.what_is_a_passage}"
            )
            notes.append("It counts in each cell whose two codes it has.")
    if len(schemes) == 2:
        # What a code of the study's first scheme means is what the whole report is about.
        main = next(iter(tables.schemes))
        notes.extend(_meaning(tables, scheme) for scheme in schemes if scheme != main)
    if schemes:
        notes.append(f"0: looked for, not found; {NOT_SEARCHED}: nobody looked.")
    if "voice" in (rows, columns) and any(
        passages.sources[source_id].get("voice") == "mixed" for source_id in passages.counted
    ):
        notes.append("Mixed: a source of several voices or publications; it stands apart, last.")
    if CASE in (rows, columns):
        without = sum(not groups for groups in _cases(passages).values())
        if without:
            notes.append(f"{without} of {total} counted sources tell no case.")
    return notes
