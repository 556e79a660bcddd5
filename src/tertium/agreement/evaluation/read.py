"""Files of labelled texts, and of verdicts held against them, are read.

Comes in: paths.
Goes out: labelled texts, or the table of verdicts; or every fault of all files at once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from tertium.agreement.evaluation.gold import (
    FIELDS,
    LabelledText,
    field_of,
    labelled,
    row_faults,
    word_of,
)
from tertium.agreement.evaluation.judged import ALL
from tertium.columns import ANNOTATORS, EVALUATED, VERDICT_VALUES, Annotator, frame, names
from tertium.errors import Fault, InputError, UnknownNameError
from tertium.schemes.scheme import Scheme
from tertium.sources.decode import canonical_text
from tertium.sources.extract import Extracted, extract, source_of
from tertium.sources.files.read import bytes_of
from tertium.sources.files.rows import Row, read_rows
from tertium.sources.formats.table import TABLE_ENDINGS, table_header, table_records
from tertium.sources.source import Source

VERDICTS_FILE = "verdicts.csv"
# What stands in a file's header instead of `gold` where the labels are a model's.
REFERENCE = {"gold": "reference", "gold_primary": "reference_primary"}
_TRUTHS = {"true": True, "false": False, "": None}


class _File(NamedTuple):
    """A table of labelled texts: where it lies, and how corpus and faults name it."""

    path: Path
    corpus: str
    shown: str


def read_gold(
    paths: Sequence[Path], scheme: Scheme, *, annotator: Annotator = "not_stated"
) -> tuple[LabelledText, ...]:
    """The labelled texts of one or more files, sorted by corpus and id.

    A file is a table (.jsonl, .csv, .tsv, .parquet) with one text a row: ``id``, ``text`` (or
    ``file``, a path beside the table), ``labels`` (a list, or codes joined by ``|`` or ``;``;
    empty: none of the codes), and where known ``primary_label``, ``language``, ``voice`` (or
    ``publisher_type``), ``topic_group``, ``label_confidence``, ``url``, ``annotator``. A folder
    stands for the one table in it.

    Parameters
    ----------
    paths : sequence of Path
    scheme : Scheme
        Its codes are the labels.
    annotator : {"human", "model", "not_stated"}
        Who labelled, where a row does not say it.

    Raises
    ------
    InputError
        With every fault of every file: unknown labels, missing fields, ids that stand twice
        (also in two files), texts that can't be read, labels by people beside a model's.
    """
    faults: list[Fault] = []
    found: list[LabelledText] = []
    first: dict[str, str] = {}
    for file in _files(paths, faults):
        found += _read_one(file, scheme, annotator, first, faults)
    faults += _annotator_faults(found)
    if faults:
        raise InputError(faults)
    return tuple(sorted(found, key=lambda each: (each.corpus, each.source.id)))


def _files(paths: Sequence[Path], faults: list[Fault]) -> list[_File]:
    tables: list[tuple[Path, Path]] = []
    for path in paths:
        table = _table_in(path, faults)
        if table is not None:
            tables.append((path, table))
    stems = Counter(path.stem for path, _ in tables)
    shown = Counter(table.name for _, table in tables)
    files = []
    for path, table in tables:
        # `a/pages.jsonl` and `b/pages.jsonl` are told apart by their folders.
        corpus = path.stem if stems[path.stem] == 1 else table.resolve().parent.name
        beside = f"{table.resolve().parent.name}/{table.name}"
        files.append(_File(table, corpus, table.name if shown[table.name] == 1 else beside))
    for corpus, count in sorted(Counter(file.corpus for file in files).items()):
        if corpus == ALL:
            found = f"{corpus!r} means every corpus together"
            faults.append(Fault(corpus, 0, "", found, "give the file or folder another name"))
        if count > 1:
            found = f"{count} files would be one corpus"
            faults.append(Fault(corpus, 0, "", found, "give their folders or files other names"))
    return files


def _table_in(path: Path, faults: list[Fault]) -> Path | None:
    if path.is_dir():
        inside = sorted(each for each in path.iterdir() if each.suffix.lower() in TABLE_ENDINGS)
        if len(inside) == 1:
            return inside[0]
        held = ", ".join(each.name for each in inside) or "no table"
        faults.append(Fault(path.name, 0, "", f"the folder holds {held}", "name one table"))
    elif not path.is_file():
        faults.append(Fault(str(path), 0, "", "there is no such file", "check the path"))
    elif path.suffix.lower() not in TABLE_ENDINGS:
        remedy = f"give a table: {', '.join(TABLE_ENDINGS)}"
        faults.append(Fault(path.name, 0, "", "it is no table of labelled texts", remedy))
    else:
        return path
    return None


def _read_one(
    file: _File,
    scheme: Scheme,
    annotator: Annotator,
    first: dict[str, str],
    faults: list[Fault],
) -> Iterator[LabelledText]:
    try:
        rows, columns, rejects = table_records(bytes_of(file.path, file.shown), name=file.shown)
    except InputError as error:
        faults += error.faults
        return
    faults += [Fault(reject.file, 0, "", reject.reason, reject.remedy) for reject in rejects]
    missing = list(_missing_columns(columns, file.shown))
    faults += missing
    if not rows and not rejects:
        faults.append(Fault(file.shown, 0, "", "it holds no text", "add a row for each text"))
    for number, row in rows:
        id_ = word_of(row, "id")
        place = f"row {number}" + (f" (id {id_[:80]})" if id_ else "")
        wrong = list(row_faults(row, scheme, columns=columns, file=file.shown, place=place))
        if id_ and id_ in first:
            remedy = "give each text an id of its own"
            wrong.append(Fault(file.shown, 0, f"{place}, id", f"{first[id_]} has it", remedy))
        first.setdefault(id_, f"{file.shown}, row {number}")
        source = None if missing else _source(row, file, place, wrong)
        faults += wrong
        if source is not None and not wrong:
            yield labelled(row, source, scheme, corpus=file.corpus, annotator=annotator)


def _missing_columns(columns: Iterable[str], shown: str) -> Iterator[Fault]:
    there = ", ".join(sorted(columns)) or "none"
    for wanted in (("id",), ("labels",), ("text", "file")):
        if not any(name in columns for field in wanted for name in FIELDS[field]):
            name = " or ".join(wanted)
            found = "the column is missing"
            yield Fault(shown, 0, name, found, f"add it; the columns are: {there}")


def _source(row: Mapping[str, Any], file: _File, place: str, faults: list[Fault]) -> Source | None:
    """The text of a row, in it or in the file that it names."""
    text, beside = field_of(row, "text"), word_of(row, "file")
    where = f"{file.shown}, {place}"
    facts = {"language": word_of(row, "language")}
    try:
        if isinstance(text, str):
            canonical = canonical_text(text, name=where)
            extracted = Extracted(canonical, "plain", "utf-8", facts)
        elif text is None and beside:
            path = file.path.parent / beside
            if not path.is_file():
                raise InputError([Fault(beside, 0, "", "there is no such file", "check its name")])
            own = extract(bytes_of(path, beside), name=beside)
            told = {name: value for name, value in facts.items() if value}
            extracted = Extracted(own.text, own.markup, own.encoding, {**own.facts, **told})
        else:
            found = "it is empty" if text is None else f"it is no text but {type(text).__name__}"
            faults.append(Fault(file.shown, 0, f"{place}, text", found, "write the text"))
            return None
    except InputError as error:
        faults += [
            Fault(file.shown, 0, f"{place}, {'file ' + beside if beside else 'text'}", one.found,
                  one.remedy)
            for one in error.faults
        ]  # fmt: skip
        return None
    # An id with a fault of its own is named above; any id will do to go on.
    return source_of(word_of(row, "id") or "row", extracted)


def _annotator_faults(texts: Iterable[LabelledText]) -> Iterator[Fault]:
    kinds = sorted({each.annotator for each in texts})
    if len(kinds) > 1:
        found = f"labels by annotators of several kinds stand together ({', '.join(kinds)})"
        remedy = "evaluate them apart: labels by people are gold, those by a model are not"
        yield Fault("labelled texts", 0, "annotator", found, remedy)


def file_columns(table: pd.DataFrame) -> pd.DataFrame:
    """A table as a file shows it: labels by a model stand under `reference`, not `gold`."""
    if "gold" in table and set(table["annotator"]) == {"model"}:
        return table.rename(columns=dict(REFERENCE))
    return table


# --- verdicts --------------------------------------------------------------------------------


def read_verdicts(path: str | Path) -> pd.DataFrame:
    """The table `EVALUATED` that `tertium evaluate` wrote.

    Parameters
    ----------
    path : str or Path
        The file, or the folder with its ``verdicts.csv``; a relative one is looked for in this
        folder and in those above it, so that a notebook finds what lies beside its folder.

    Raises
    ------
    InputError
        With every fault of the file.
    """
    file = _looked_up(Path(path))
    header = table_header(bytes_of(file, file.name), name=file.name)
    renamed = {old: new for old, new in REFERENCE.items() if new in header}
    columns = [renamed.get(name, name) for name in names(EVALUATED)]
    rows, faults = read_rows(file, columns, file=file.name)
    values = []
    for row in rows:
        cells = {name: row[renamed.get(name, name)] for name in names(EVALUATED)}
        values.append(_typed(cells, row, file.name, faults))
    if not faults and not values:
        faults.append(Fault(file.name, 0, "", "it holds no verdict", "run tertium evaluate"))
    if faults:
        raise InputError(faults)
    return frame(values, EVALUATED)


def _looked_up(path: Path) -> Path:
    here = Path.cwd()
    for parent in [Path()] if path.is_absolute() else [here, *here.parents]:
        place = parent / path
        if place.is_dir() and (place / VERDICTS_FILE).is_file():
            return place / VERDICTS_FILE
        if place.is_file():
            return place
    raise UnknownNameError(
        f"{path}: neither a table of verdicts nor a folder with {VERDICTS_FILE}, here or above; "
        "write it with tertium evaluate --gold GOLD --scheme SCHEME --output DIR"
    )


def _typed(cells: dict[str, str], row: Row, file: str, faults: list[Fault]) -> dict[str, Any]:
    closed: dict[str, Iterable[str]] = {
        "verdict": VERDICT_VALUES,
        "annotator": ANNOTATORS,
        **{each.name: _TRUTHS for each in EVALUATED if each.dtype == "boolean"},
        "gold": ("true", "false"),
    }
    found: dict[str, Any] = {}
    for column in EVALUATED:
        value, name = cells[column.name], column.name
        if name in closed and value not in closed[name]:
            remedy = f"write one of: {', '.join(filter(None, closed[name]))}"
            faults.append(Fault(file, row.line, name, f"{value!r} is none", remedy))
        elif column.dtype == "boolean":
            found[name] = _TRUTHS[value]
        elif column.dtype in ("Int64", "Float64"):
            found[name] = _number(value, name, row.line, file, faults)
        else:
            found[name] = _plain_text(value) or None
    return found


def _number(value: str, name: str, line: int, file: str, faults: list[Fault]) -> float | None:
    if not value:
        return None
    try:
        number = float(value)
    except ValueError:
        number = -1.0
    # Not "number < 0": that would let NaN pass.
    if not number >= 0 or (number > 1 if name == "score" else number % 1):
        wanted = "write a number from 0 to 1" if name == "score" else "write a whole number"
        faults.append(Fault(file, line, name, f"{value!r} is none", wanted))
        return None
    return number if name == "score" else int(number)


def _plain_text(value: str) -> str:
    """A text without the apostrophe that keeps a spreadsheet from running it."""
    return value[1:] if value[:1] == "'" and value[1:2] in tuple("=+-@＝＋－＠") else value
