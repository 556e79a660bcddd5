"""The cases of a study, the sources that tell them, and what is known of them.

Comes in: the folder that holds cases.csv, sources.csv and facts.csv.
Goes out: their rows, and every fault in them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tertium import columns
from tertium.errors import Fault
from tertium.sources.files.rows import Row, read_rows
from tertium.sources.manifest import is_edtf

# The file calls a case's id `id`; the tables, where it stands beside others, `case_id`.
CASE_COLUMNS = ("id", *columns.names(columns.CASES)[1:])
LINK_COLUMNS = ("case_id", "source_id", "start", "end")
FACT_COLUMNS = ("case_id", "attribute", "value", "unit", "what", "basis")
KINDS = ("episode", "programme", "law_making")
ATTRIBUTES = (
    "actor", "approach", "claim", "tactic", "target", "outcome", "number", "limit",
)  # fmt: skip
# The value of an outcome that no source states.
NOT_STATED = "not_stated"

_ONE_OF = "write one of: "
_DAY = re.compile(r"[0-9]{4}(?:-[0-9]{2}){0,2}")
_POSITION = re.compile(r"[0-9]{1,12}")
# A number, a range of numbers, or the word that a source leaves it at.
_NUMBER = re.compile(
    r"-?[0-9]+(?:\.[0-9]+)?(?:[-\u2013][0-9]+(?:\.[0-9]+)?)?|"
    r"dozens|scores|hundreds|thousands|tens of thousands|hundreds of thousands|millions"
)


@dataclass(frozen=True)
class Cases:
    """Rows of cases.csv, sources.csv and facts.csv."""

    cases: tuple[Row, ...] = ()
    links: tuple[Row, ...] = ()
    facts: tuple[Row, ...] = ()


def read_cases(
    folder: Path, *, shown: str, sources: Collection[str] | None, lengths: Mapping[str, int]
) -> tuple[Cases, list[Fault]]:
    """The case files of a folder, and what is wrong with them.

    Parameters
    ----------
    folder : Path
        Holds cases.csv and sources.csv; facts.csv may be missing.
    shown : str
        How faults name the folder.
    sources : collection of str or None
        Ids that the manifest lists; None where it can't be read.
    lengths : mapping of str to int
        Code points of the sources that were read, by id.
    """
    case_rows, case_form = read_rows(folder / "cases.csv", CASE_COLUMNS, file=f"{shown}/cases.csv")
    link_rows, link_form = read_rows(
        folder / "sources.csv", LINK_COLUMNS, file=f"{shown}/sources.csv"
    )
    fact_rows: list[Row] = []
    fact_form: list[Fault] = []
    if (folder / "facts.csv").exists():
        fact_rows, fact_form = read_rows(
            folder / "facts.csv", FACT_COLUMNS, file=f"{shown}/facts.csv"
        )
    # References into a table that can't be read whole are not called wrong.
    known = None if case_form else {row["id"] for row in case_rows}
    told = None if link_form else {row["case_id"] for row in link_rows}
    faults = [
        *case_form,
        *_case_faults(case_rows, told, f"{shown}/cases.csv"),
        *link_form,
        *_link_faults(link_rows, known, sources, lengths, f"{shown}/sources.csv"),
        *fact_form,
        *_fact_faults(fact_rows, known, f"{shown}/facts.csv"),
    ]
    return Cases(tuple(case_rows), tuple(link_rows), tuple(fact_rows)), faults


def _case_faults(rows: Sequence[Row], told: Collection[str] | None, file: str) -> Iterator[Fault]:
    lines: dict[str, int] = {}
    for row in rows:
        for name in ("id", "name"):
            if not row[name]:
                yield Fault(file, row.line, name, "it is empty", "fill it")
        if row["id"] in lines:
            found = f"{row['id']!r} is also the id in line {lines[row['id']]}"
            yield Fault(file, row.line, "id", found, "give each case an id of its own")
        lines.setdefault(row["id"], row.line)
        if row["kind"] not in KINDS:
            found, remedy = f"{row['kind']!r} is no kind of case", _ONE_OF + ", ".join(KINDS)
            yield Fault(file, row.line, "kind", found, remedy)
        yield from _date_faults(row, file)
    if told is not None:
        for id_, line in lines.items():
            if id_ and id_ not in told:
                found = f"case {id_!r} has no source"
                yield Fault(file, line, "id", found, "link it in sources.csv")


def _date_faults(row: Row, file: str) -> Iterator[Fault]:
    start, end = row["start"], row["end"]
    # Two dots: the case had no beginning that is known of, or goes on.
    stated = [name for name in ("start", "end") if row[name] not in ("", "..")]
    wrong = [name for name in stated if not is_edtf(row[name])]
    for name in wrong:
        remedy = "write 2010, 2010-05 or 2010-05-27, .. where it is open, or nothing"
        yield Fault(file, row.line, name, f"{row[name]!r} is no EDTF date", remedy)
    are_days = _DAY.fullmatch(start) and _DAY.fullmatch(end)
    if not wrong and are_days and not is_edtf(f"{start}/{end}"):
        found = f"{end} is before the start, {start}"
        yield Fault(file, row.line, "end", found, "write a date that is not before the start")


def _link_faults(
    rows: Sequence[Row],
    cases: Collection[str] | None,
    sources: Collection[str] | None,
    lengths: Mapping[str, int],
    file: str,
) -> Iterator[Fault]:
    seen: dict[tuple[str, ...], int] = {}
    for row in rows:
        for name, there in (("case_id", cases), ("source_id", sources)):
            if there is not None and row[name] not in there:
                where = "cases.csv" if name == "case_id" else "the manifest"
                remedy = f"write an id of {where}"
                yield Fault(file, row.line, name, f"{row[name]!r} is not there", remedy)
        key = tuple(row[name] for name in LINK_COLUMNS)
        if key in seen:
            found = f"line {seen[key]} says the same"
            yield Fault(file, row.line, "", found, "take one of the two out")
        seen.setdefault(key, row.line)
        yield from _place_faults(row, lengths.get(row["source_id"]), file)


def _place_faults(row: Row, length: int | None, file: str) -> Iterator[Fault]:
    """What is wrong with a stretch [start, end) of a source, which has so many code points."""
    given = [name for name in ("start", "end") if row[name]]
    wrong = [name for name in given if not _POSITION.fullmatch(row[name])]
    for name in wrong:
        remedy = "write a count of characters from the text's beginning, or nothing"
        yield Fault(file, row.line, name, f"{row[name]!r} is no position", remedy)
    if len(given) == 1:
        missing = "end" if given == ["start"] else "start"
        remedy = "write both, or neither for the whole source"
        yield Fault(file, row.line, missing, f"it is empty, and {given[0]} is not", remedy)
    if wrong or len(given) < 2:
        return
    start, end = int(row["start"]), int(row["end"])
    if start >= end:
        found, remedy = f"{end} is not behind the start, {start}", "write a larger number"
        yield Fault(file, row.line, "end", found, remedy)
    if length is not None and max(start, end) > length:
        found = f"{max(start, end)} is behind the end of {row['source_id']}"
        name = "end" if end >= start else "start"
        yield Fault(file, row.line, name, found, f"write {length} at most")


def _fact_faults(rows: Sequence[Row], cases: Collection[str] | None, file: str) -> Iterator[Fault]:
    for row in rows:
        if cases is not None and row["case_id"] not in cases:
            found, remedy = f"{row['case_id']!r} is not there", "write an id of cases.csv"
            yield Fault(file, row.line, "case_id", found, remedy)
        if row["attribute"] not in ATTRIBUTES:
            found = f"{row['attribute']!r} is no attribute"
            remedy = _ONE_OF + ", ".join(ATTRIBUTES)
            yield Fault(file, row.line, "attribute", found, remedy)
        if row["attribute"] == "number" and not _NUMBER.fullmatch(row["value"]):
            remedy = "write digits such as 120000 or 1-10, or hundreds, thousands"
            yield Fault(file, row.line, "value", f"{row['value']!r} is no number", remedy)
        elif not row["value"]:
            yield Fault(file, row.line, "value", "it is empty", "write what is known")
        if not row["basis"]:
            remedy = "write the ids of codings, or a citation key and the place"
            yield Fault(file, row.line, "basis", "it is empty", remedy)
