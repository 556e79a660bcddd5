"""The register of expectations: who could be expected to mention what, and why.

Comes in: expectations.csv, and the codes that the study's schemes have.
Goes out: its rows, and every fault in them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from tertium import columns
from tertium.errors import Fault
from tertium.sources.files.rows import Row, read_rows
from tertium.sources.listed.references import basis_keys

REGISTER_COLUMNS = tuple(columns.names(columns.EXPECTATIONS))
# What stands in `basis` where nothing published says so.
OWN_REASONING = "own reasoning"

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def alternatives(cell: str) -> tuple[str, ...]:
    """What a cell lists, parted by upright strokes.

    Examples
    --------
    >>> alternatives("newspaper | state_media"), alternatives("")
    (('newspaper', 'state_media'), ())
    """
    return tuple(part.strip() for part in cell.split("|")) if cell.strip() else ()


def register_keys(basis: str) -> tuple[str, ...]:
    """The citation keys that the basis of an expectation names.

    Examples
    --------
    >>> register_keys("li2010, page 4; wu2012|ma2013, notes; own reasoning")
    ('li2010', 'wu2012', 'ma2013')
    """
    return tuple(key for part in _grounds(basis) for key in basis_keys(part))


def _grounds(basis: str) -> list[str]:
    """What a basis lists, parted by semicolons, without our own reasoning."""
    parts = [part.strip() for part in basis.split(";")]
    return [part for part in parts if part and part.partition(",")[0] != OWN_REASONING]


def register_key_faults(
    rows: Sequence[Row], keys: Collection[str], *, file: str
) -> Iterator[Fault]:
    """Every citation key of a register that the bibliography lacks."""
    for row in rows:
        for key in register_keys(row["basis"]):
            if key not in keys:
                found = f"expectation {row['expectation_id']}: {key!r} is no key of references.bib"
                remedy = (
                    f"write a citation key and after a comma the place, or {OWN_REASONING}; part "
                    "several by semicolons"
                )
                yield Fault(file, row.line, "basis", found, remedy)


def read_expectations(
    path: Path, *, shown: str, schemes: Mapping[str, Collection[str]] | None
) -> tuple[list[Row], list[Fault]]:
    """The expectations that a study registers, and what is wrong with them.

    Parameters
    ----------
    path : Path
        A CSV file with the columns of `EXPECTATIONS`.
    shown : str
        How faults name the file.
    schemes : mapping of str to collection of str, or None
        The codes of each scheme of the study, in the version in force; None where a scheme
        can't be read, and no code is called unknown.

    Returns
    -------
    tuple of list of Row, list of Fault
        `voice`, `code` and `when` list alternatives, parted by "|".
    """
    rows, faults = read_rows(path, REGISTER_COLUMNS, file=shown)
    return rows, [*faults, *_id_faults(rows, shown), *_content_faults(rows, shown, schemes)]


def _id_faults(rows: Sequence[Row], file: str) -> Iterator[Fault]:
    lines: dict[str, int] = {}
    for row in rows:
        id_ = row["expectation_id"]
        if not _ID.fullmatch(id_):
            found = f"{id_!r} is no id" if id_ else "it is empty"
            remedy = "write small letters and digits, parted by hyphens"
            yield Fault(file, row.line, "expectation_id", found, remedy)
        elif id_ in lines:
            found = f"{id_!r} is also the id in line {lines[id_]}"
            remedy = "give each expectation an id of its own"
            yield Fault(file, row.line, "expectation_id", found, remedy)
        lines.setdefault(id_, row.line)


def _content_faults(
    rows: Sequence[Row], file: str, schemes: Mapping[str, Collection[str]] | None
) -> Iterator[Fault]:
    for row in rows:
        yield from _code_faults(row, file, schemes)
        yield from _voice_faults(row, file)
        yield from _when_faults(row, file, schemes)
        if not row["why"]:
            remedy = "write why a source of this kind could be expected to mention it"
            yield Fault(file, row.line, "why", "it is empty", remedy)
        if not row["basis"]:
            remedy = f"write a citation key and the place, or {OWN_REASONING}"
            yield Fault(file, row.line, "basis", "it is empty", remedy)


def _code_faults(
    row: Row, file: str, schemes: Mapping[str, Collection[str]] | None
) -> Iterator[Fault]:
    scheme, codes = row["scheme"], alternatives(row["code"])
    if not scheme or (schemes is not None and scheme not in schemes):
        found = f"the study has no scheme {scheme!r}" if scheme else "it is empty"
        yield Fault(file, row.line, "scheme", found, _one_of(schemes))
    elif schemes is not None:
        for code in codes:
            if code not in schemes[scheme]:
                found = f"scheme {scheme} has no code {code!r}"
                remedy = _one_of(schemes[scheme]) + _parted(code)
                yield Fault(file, row.line, "code", found, remedy)
    if not codes:
        yield Fault(file, row.line, "code", "it is empty", "name what could be expected")
    yield from _twice(row, "code", codes, file)


def _voice_faults(row: Row, file: str) -> Iterator[Fault]:
    voices = alternatives(row["voice"])
    for voice in voices:
        if voice not in columns.VOICES:
            remedy = f"{_one_of(columns.VOICES)}; or nothing for every voice{_parted(voice)}"
            yield Fault(file, row.line, "voice", f"{voice!r} is no voice", remedy)
    yield from _twice(row, "voice", voices, file)


def _when_faults(
    row: Row, file: str, schemes: Mapping[str, Collection[str]] | None
) -> Iterator[Fault]:
    conditions = alternatives(row["when"])
    expected = {f"{row['scheme']}:{code}" for code in alternatives(row["code"])}
    for condition in conditions:
        scheme, colon, code = condition.partition(":")
        found = remedy = ""
        if not (scheme and colon and code):
            found = f"{condition!r} names no code"
            remedy = "write scheme:code, such as approach:strike, or nothing"
        elif schemes is not None and scheme not in schemes:
            found, remedy = f"the study has no scheme {scheme!r}", _one_of(schemes)
        elif schemes is not None and code not in schemes[scheme]:
            found = f"scheme {scheme} has no code {code!r}"
            remedy = _one_of(schemes[scheme]) + _parted(code)
        elif condition in expected:
            found = f"{condition} is what is expected, so a source that holds it is never silent"
            remedy = "name another code, or nothing"
        if found:
            yield Fault(file, row.line, "when", found, remedy)
    yield from _twice(row, "when", conditions, file)


def _twice(row: Row, field: str, words: Sequence[str], file: str) -> Iterator[Fault]:
    for word in sorted(set(words)):
        if words.count(word) > 1:
            yield Fault(file, row.line, field, f"{word!r} stands twice", "keep one")


def _parted(word: str) -> str:
    """What to say where somebody may have parted several words otherwise than by strokes."""
    return "; part several by |" if re.search(r"[,;/]|\s", word) else ""


def _one_of(names: Collection[str] | None) -> str:
    return f"write one of: {', '.join(names)}" if names else "write the name of a scheme"
