"""The manifest of a study: one row a source, with what is known about it.

Comes in: the rows of the manifest's table.
Goes out: checked rows, or one error with every fault and its line.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import PurePosixPath

import edtf

from tertium import columns
from tertium.errors import Fault, InputError
from tertium.sources.files.rows import table_rows

COLUMNS: tuple[str, ...] = tuple(columns.names(columns.MANIFEST))
# What a source carries as facts: the manifest's columns but those that `Source` has itself.
FACTS: tuple[str, ...] = tuple(
    name for name in COLUMNS if name not in ("id", "file", "sha256", "text_sha256")
)
KINDS = ("digest", "original")
# A manifest written before these columns were thought of stays right without them.
OPTIONAL = ("interest", "distance", "part_of")
SEPARATOR = "|"

_TRUTHS = ("true", "false")
_CLOSED: Mapping[str, tuple[str, ...]] = {
    "voice": columns.VOICES,
    "interest": tuple(columns.INTERESTS),
    "distance": tuple(columns.DISTANCES),
    "kind": KINDS,
    "confidential": _TRUTHS,
}
# What makes two texts one work; the first that is stated counts.
RENDERINGS = ("digest_of", "translation_of", "copy_of")
_REFERENCES = (*RENDERINGS, "part_of")
_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,99}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_URL = re.compile(r"https?://[^\s/?#<>\"]+[^\s<>\"]*", re.IGNORECASE)
_KEYS = re.compile(r"[^\s,|{}]+(?:\|[^\s,|{}]+)*")
_PLAIN_DATE = re.compile(r"[0-9]{4}")
_FULL_DATE = re.compile(r"(?<![0-9])[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True)
class ManifestRow:
    """One row of a manifest, checked.

    Parameters
    ----------
    line : int
        Line of the file where the row begins.
    id, file, sha256, text_sha256 : str
        `file` is relative to the manifest's folder and stays inside it.
    facts : dict of str to str
        The other columns; an empty cell is left out.
    """

    line: int
    id: str
    file: str
    sha256: str
    text_sha256: str
    facts: dict[str, str] = field(default_factory=dict, hash=False)


def is_manifest(header: Collection[str]) -> bool:
    """Whether a table with these columns is a manifest and not a collection of texts."""
    return {"id", "file", "sha256"} <= set(header) and "text" not in header


def check_manifest(text: str, *, file: str) -> tuple[ManifestRow, ...]:
    """The rows of a manifest, every one of them right.

    Parameters
    ----------
    text : str
        The manifest's canonical text.
    file : str
        Its name, for messages.

    Raises
    ------
    InputError
        With every fault: columns that are unknown, missing or there twice, ids that are
        unsafe or there twice, references to no source or round in a circle, a part of what it
        renders, one text under two ids, words outside the closed lists, dates that are not
        EDTF, addresses that are not http(s), files outside the folder, an empty licence.
    """
    rows, faults = table_rows(text, COLUMNS, file=file, optional=OPTIONAL)
    checked: list[ManifestRow] = []
    lines_of: dict[str, int] = {}
    for row in rows:
        line = row.line
        faults += _row_faults(row.cells, file=file, line=line)
        faults += fact_faults(row.cells, file=file, line=line)
        if row["id"] in lines_of:
            found = f"{row['id']!r} is also the id in line {lines_of[row['id']]}"
            faults.append(Fault(file, line, "id", found, "give each source an id of its own"))
        lines_of.setdefault(row["id"], line)
        facts = {name: row[name] for name in FACTS if row[name]}
        checked.append(
            ManifestRow(line, row["id"], row["file"], row["sha256"], row["text_sha256"], facts)
        )
    for each in checked:
        for name in _REFERENCES:
            target = each.facts.get(name)
            if target is not None and (target not in lines_of or target == each.id):
                found = f"{target!r} is the id of no other source"
                remedy = "write the id of a row of this manifest, or nothing"
                faults.append(Fault(file, each.line, name, found, remedy))
    circles = list(_circle_faults(checked, file))
    faults += circles or _part_faults(checked, file)
    faults += _repetition_faults(checked, file)
    if faults:
        raise InputError(faults)
    return tuple(sorted(checked, key=lambda row: row.id))


def fact_faults(facts: Mapping[str, str], *, file: str, line: int) -> Iterator[Fault]:
    """What is wrong with facts wherever they are stated: in a manifest or at a text's head.

    Examples
    --------
    >>> [fault.found for fault in fact_faults({"date": "May 2010"}, file="a.md", line=3)]
    ["'May 2010' is no EDTF date"]
    """
    for name, allowed in _CLOSED.items():
        value = facts.get(name, "")
        if value and value not in allowed:
            found = f"{value!r} is not one of the list"
            yield Fault(file, line, name, found, f"write one of: {', '.join(allowed)}")
    for name in ("date", "retrieved"):
        value = facts.get(name, "")
        if value and not is_edtf(value):
            remedy = "write 2010, 2010-05, 2010-05-27, 2010? or 2010/2012"
            yield Fault(file, line, name, f"{value!r} is no EDTF date", remedy)
    url = facts.get("url", "")
    if url and not _URL.fullmatch(url):
        remedy = "write an address that begins with https:// or http://, or nothing"
        yield Fault(file, line, "url", f"{url!r} is no web address", remedy)
    keys = facts.get("citation_key", "")
    if keys and not _KEYS.fullmatch(keys):
        remedy = "write a key of references.bib; part several by | alone, each once"
        yield Fault(file, line, "citation_key", f"{keys!r} are no citation keys", remedy)
    elif len(cited_keys(keys)) != len(set(cited_keys(keys))):
        yield Fault(file, line, "citation_key", f"{keys!r} names a key twice", "name it once")
    language = facts.get("language", "")
    if language and not _LANGUAGE.fullmatch(language):
        yield Fault(file, line, "language", f"{language!r} is no language code", "write en, zh, ru")


def cited_keys(cell: str) -> tuple[str, ...]:
    """The keys of references.bib that a source cites, in the order of its cell.

    Examples
    --------
    >>> cited_keys("chung2010solidarity|wong2010jeweller")
    ('chung2010solidarity', 'wong2010jeweller')
    """
    return tuple(key for each in cell.split(SEPARATOR) if (key := each.strip()))


@lru_cache(maxsize=4096)
def is_edtf(value: str) -> bool:
    """Whether `value` is a date in the Extended Date/Time Format, its end not before its start.

    Examples
    --------
    >>> is_edtf("2010-05/2012"), is_edtf("2010-02-30"), is_edtf("2012/2010")
    (True, False, False)
    """
    if _PLAIN_DATE.fullmatch(value):
        return True
    if len(value) > 60:
        return False
    try:
        for day in _FULL_DATE.findall(value):
            datetime.date.fromisoformat(day)  # the parser lets 29 February pass in any year
        date = edtf.parse_edtf(value)
        has_both_ends = "/" in value and ".." not in value and value == value.strip("/")
        return not has_both_ends or bool(date.lower_strict() <= date.upper_strict())
    except (edtf.parser.edtf_exceptions.EDTFParseException, ValueError, TypeError, AttributeError):
        return False


def _circle_faults(rows: Sequence[ManifestRow], file: str) -> Iterator[Fault]:
    """Sources that render each other: none of them would be the one that is counted."""
    targets = {
        row.id: [
            (name, row.facts[name])
            for name in _REFERENCES
            if name in row.facts and row.facts[name] != row.id
        ]
        for row in rows
    }
    lines = {row.id: row.line for row in rows}
    done: set[str] = set()
    for row in rows:
        # Depth first along the way that led here; no recursion, however long a chain is.
        way = {} if row.id in done else {row.id: iter(targets[row.id])}
        while way:
            here = next(reversed(way))
            name, target = next(way[here], ("", ""))
            if not name:
                del way[here]
                done.add(here)
            elif target in way:
                ids = list(way)
                circle = " → ".join([*ids[ids.index(target) :], target])
                found = f"the references go round in a circle: {circle}"
                remedy = "let the source that came first name none"
                yield Fault(file, lines[here], name, found, remedy)
            elif target in targets and target not in done:
                way[target] = iter(targets[target])


def _part_faults(rows: Sequence[ManifestRow], file: str) -> Iterator[Fault]:
    """Parts that are one work with their whole: a count would take neither."""
    renders = {
        row.id: next((row.facts[name] for name in RENDERINGS if name in row.facts), "")
        for row in rows
    }

    def work(id_: str) -> str:
        while renders.get(id_):
            id_ = renders[id_]
        return id_

    for row in rows:
        whole = row.facts.get("part_of", "")
        if whole and whole != row.id and work(whole) == work(row.id):
            found = f"{row.id!r} digests, translates or copies the same text as {whole!r}"
            remedy = "write here only a source that puts several publications together, or nothing"
            yield Fault(file, row.line, "part_of", found, remedy)


def _repetition_faults(rows: Sequence[ManifestRow], file: str) -> Iterator[Fault]:
    """The same text under two ids would count twice, unless one is said to repeat the other."""
    family = {row.id: row.id for row in rows}

    def head(id_: str) -> str:
        while family[id_] != id_:
            family[id_] = family[family[id_]]
            id_ = family[id_]
        return id_

    for row in rows:
        for name in _REFERENCES:
            if row.facts.get(name) in family:
                family[head(row.id)] = head(row.facts[name])
    first: dict[str, ManifestRow] = {}
    told: set[tuple[str, str]] = set()
    for row in rows:
        if not row.text_sha256:
            continue
        other = first.setdefault(row.text_sha256, row)
        key = (row.text_sha256, head(row.id))
        if head(other.id) != head(row.id) and key not in told:
            found = f"{row.id!r} has the same text as {other.id!r} in line {other.line}"
            remedy = f"write {other.id} as copy_of, or take one of the two rows out"
            yield Fault(file, row.line, "copy_of", found, remedy)
        told.add(key)


def _row_faults(row: Mapping[str, str], *, file: str, line: int) -> Iterator[Fault]:
    if not _ID.fullmatch(row["id"]):
        remedy = "write up to 100 of a-z, 0-9, _ and -, beginning with a letter or digit"
        yield Fault(file, line, "id", f"{row['id']!r} is no id", remedy)
    yield from _file_faults(row["file"], file=file, line=line)
    for name in ("sha256", "text_sha256"):
        if row[name] and not _SHA256.fullmatch(row[name]):
            yield Fault(file, line, name, f"{row[name]!r} is no SHA-256", "write 64 hex digits")
    for name in ("voice", "kind", "licence", "confidential"):
        if not row[name]:
            remedy = {
                "voice": f"write one of: {', '.join(columns.VOICES)}",
                "kind": "write digest or original",
                "licence": "write what may be done with the text, for example CC BY 4.0",
                "confidential": "write true or false",
            }[name]
            yield Fault(file, line, name, "it is empty", remedy)


def _file_faults(path: str, *, file: str, line: int) -> Iterator[Fault]:
    remedy = "write a path below the manifest's folder, with /"
    if not path:
        yield Fault(file, line, "file", "it is empty", remedy)
    elif (
        path.startswith(("/", "~"))
        or "\\" in path
        or ":" in path
        or ".." in PurePosixPath(path).parts
        or any(character < " " for character in path)
    ):
        yield Fault(file, line, "file", f"{path!r} leads out of the folder", remedy)
