"""Values that were stated case by case for a set analysis, each with its reason.

Comes in: the table that a plan names under `stated`.
Goes out: its rows, and every fault that can be told from the table alone.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import get_args

from tertium import columns
from tertium.errors import Fault
from tertium.sources.files.rows import Row, read_rows
from tertium.sources.listed.cases import NOT_STATED
from tertium.sources.listed.references import basis_keys

STATED_COLUMNS = (
    "case_id", "set", "value", "reason", "source_id", "quote", "citation", "coder", "coder_kind",
    "model",
)  # fmt: skip
# In place of a quote from a text that may not be passed on.
UNQUOTED = ("start", "end", "quote_sha256")
_KINDS = get_args(columns.CoderKind)
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_KEY = re.compile(r"[\w:.+/|-]*[A-Za-z][\w:.+/|-]*")
_MACHINES = ("learned", "model")


def number_of(text: str) -> float | None:
    """The number that a text is, to the letter; None where it is anything else.

    Examples
    --------
    >>> number_of("1200.5"), number_of("1-10"), number_of("1,200"), number_of("hundreds")
    (1200.5, None, None, None)
    """
    return float(text) if _NUMBER.fullmatch(text) else None


def is_position(text: str) -> bool:
    """Whether a text is a place in a text: ASCII digits, and not endlessly many."""
    return text.isascii() and text.isdigit() and len(text) < 13


def keys_cited(citation: str) -> tuple[str, ...]:
    """The keys of a citation; several are parted by a semicolon, each with its place.

    Examples
    --------
    >>> keys_cited("li2010, p. 1; wu2012, p. 2, note 3; and p. 9, above")
    ('li2010', 'wu2012')
    """
    first, *others = citation.split(";")
    found = list(basis_keys(first))
    for each in others:
        key, _, place = each.partition(",")
        # Else it goes on about the place: "p. 1; note 2, above".
        if place.strip() and _KEY.fullmatch(key.strip()):
            found += basis_keys(each)
    return tuple(dict.fromkeys(found))


def read_stated(
    path: Path, *, shown: str, cases: Collection[str] | None, sources: Collection[str] | None
) -> tuple[list[Row], list[Fault]]:
    """The rows of a table of stated values, and what is wrong with them.

    Parameters
    ----------
    path : Path
        A CSV file: one row a passage or citation. A value that rests on several passages has
        several rows that state the same.
    shown : str
        How faults name the file.
    cases, sources : collection of str or None
        Ids that there are; None where their table can't be read, and none is called unknown.
    """
    rows, faults = read_rows(path, (*STATED_COLUMNS, *UNQUOTED), file=shown, optional=UNQUOTED)
    faults += [fault for row in rows for fault in _row_faults(row, shown, cases, sources)]
    return rows, [*faults, *_contradictions(rows, shown)]


def _row_faults(
    row: Row, file: str, cases: Collection[str] | None, sources: Collection[str] | None
) -> Iterator[Fault]:
    def fault(field: str, found: str, remedy: str) -> Fault:
        return Fault(file, row.line, field, found, remedy)

    for name, remedy in (
        ("case_id", "write an id of cases.csv"),
        ("set", "write what is stated, as the plan calls it"),
        ("value", f"write a word or a number, or {NOT_STATED}"),
        ("reason", "write why this value, also where nothing is said"),
        ("coder", "write who stated it"),
    ):
        if not row[name]:
            yield fault(name, "it is empty", remedy)
    for name, there, where in (
        ("case_id", cases, "cases.csv"),
        ("source_id", sources, "the manifest"),
    ):
        if row[name] and there is not None and row[name] not in there:
            yield fault(name, f"{row[name]!r} is not there", f"write an id of {where}")
    if row["coder_kind"] not in _KINDS:
        found = f"{row['coder_kind']!r} is no kind of coder"
        yield fault("coder_kind", found, f"write one of: {', '.join(_KINDS)}")
    elif (row["coder_kind"] in _MACHINES) != bool(row["model"]):
        found = "it is empty" if not row["model"] else f"a {row['coder_kind']} coder has none"
        remedy = "name the model, or write not known" if not row["model"] else "take it out"
        yield fault("model", found, remedy)
    for name, found, remedy in _ground(row):
        yield fault(name, found, remedy)


def _ground(row: Row) -> Iterator[tuple[str, str, str]]:
    """What is wrong with the passage or citation that a value rests on."""
    is_passage = bool(row["quote"] or row["quote_sha256"])
    if row["value"] == NOT_STATED:
        if is_passage:
            found = "a passage is quoted for what is not stated"
            yield "quote", found, "write the value that it states, or take the quote out"
        return
    if is_passage and not row["source_id"]:
        yield "source_id", "a passage is quoted, and its source is not named", "name it"
    if row["source_id"] and not is_passage:
        remedy = "copy the words that show it, or take source_id out and write a citation"
        yield "quote", "a source is named, and no passage is quoted", remedy
    if row["quote"] and row["quote_sha256"]:
        yield "quote_sha256", "it stands beside the quote", "keep one of the two"
    if row["quote_sha256"]:
        for name in ("start", "end"):
            if not is_position(row[name]):
                found = f"{row[name]!r} is no position" if row[name] else "it is empty"
                remedy = "a checksum needs the place: characters from the text's beginning"
                yield name, found, remedy
    elif row["start"] or row["end"]:
        yield "start", "a place without quote_sha256", "take it out: a quote is looked up"
    if not is_passage and not row["source_id"] and not row["citation"]:
        remedy = "quote a passage with its source_id, or write a citation"
        yield "citation", "nothing shows the value", remedy
    key, _, place = row["citation"].partition(",")
    if row["citation"] and not (key.strip() and place.strip()):
        found = f"{row['citation']!r} names no place"
        yield "citation", found, "write a citation key and after a comma the place"


def _contradictions(rows: Sequence[Row], file: str) -> Iterator[Fault]:
    """Rows by which a coder states two values of one case, and rows that say the same twice."""
    first: dict[tuple[str, str, str], Row] = {}
    seen: dict[tuple[str, ...], int] = {}
    for row in rows:
        known = first.setdefault((row["case_id"], row["set"], row["coder"]), row)
        if known["value"] != row["value"]:
            found = (
                f"{row['value']!r}, but line {known.line} states {known['value']!r} of the same "
                "case and set by the same coder"
            )
            yield Fault(file, row.line, "value", found, "state one value")
            continue
        grounds = ("source_id", "quote", "quote_sha256", "start", "end", "citation")
        key = tuple(row[name] for name in ("case_id", "set", "coder", *grounds))
        if key in seen:
            remedy = "take one of the two out"
            yield Fault(file, row.line, "", f"line {seen[key]} says the same", remedy)
        seen.setdefault(key, row.line)


def stated_key_faults(rows: Sequence[Row], keys: Collection[str], *, file: str) -> Iterator[Fault]:
    """Every citation key of stated values that the bibliography lacks, each once."""
    lines: dict[str, list[int]] = {}
    for row in rows:
        for key in keys_cited(row["citation"]):
            if key not in keys:
                lines.setdefault(key, []).append(row.line)
    for key, found_on in lines.items():
        several = f" (on {len(found_on)} lines)" if len(found_on) > 1 else ""
        found = f"{key!r} is no key of references.bib{several}"
        yield Fault(file, found_on[0], "citation", found, "add the entry or mend the key")
