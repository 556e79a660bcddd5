"""A plan that was written, read back, and what it gives to one coder.

Comes in: a CSV file that `tertium assign` wrote.
Goes out: its rows, or every fault; and the sources of one coder, in her order.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from tertium.agreement.assignment.assign import COLUMNS, OPTIONAL, Plan, assigned_ids
from tertium.errors import Fault, InputError, UnknownNameError
from tertium.sources.files.rows import read_rows
from tertium.sources.source import Source

if TYPE_CHECKING:
    from tertium.study import Study


def whole_number(cell: str) -> int | None:
    """The whole number in a cell, also as a spreadsheet writes it; None where there is none.

    Examples
    --------
    >>> whole_number("304"), whole_number("304.0"), whole_number("9" * 30)
    (304, 304, None)
    """
    found = re.fullmatch(r"([0-9]{1,9})(\.0+)?", cell)
    return int(found[1]) if found else None


def is_plan(path: Path, *, file: str) -> bool:
    """Whether a file has the header of a plan."""
    try:
        rows, faults = read_rows(path, COLUMNS, file=file, optional=OPTIONAL)
    except InputError:
        return False
    return bool(rows) or not faults


def read_plan(path: Path, *, file: str) -> pd.DataFrame:
    """A plan that was written as CSV.

    Raises
    ------
    InputError
        Every fault of its form.
    """
    rows, faults = read_rows(path, COLUMNS, file=file, optional=OPTIONAL)
    seen: dict[tuple[str, str], int] = {}
    for row in rows:
        if not whole_number(row["order"]):
            found = f"{row['order']!r} is no place"
            faults.append(Fault(file, row.line, "order", found, "write a whole number from 1"))
        if row["stratum_size"] and not whole_number(row["stratum_size"]):
            found = f"{row['stratum_size']!r} is no number of sources"
            remedy = "write a whole number from 1, or leave it out"
            faults.append(Fault(file, row.line, "stratum_size", found, remedy))
        if row["double"] not in ("true", "false"):
            found = f"{row['double']!r} is neither"
            faults.append(Fault(file, row.line, "double", found, "write true or false"))
        faults += [
            Fault(file, row.line, name, "is missing", "write it")
            for name in ("source_id", "coder")
            if not row[name]
        ]
        first = seen.setdefault((row["source_id"], row["coder"]), row.line)
        if first != row.line:
            found = f"{row['coder']} has {row['source_id']} in line {first} too"
            faults.append(Fault(file, row.line, "source_id", found, "keep one"))
    if faults:
        raise InputError(faults)
    cells = [
        {
            **row.cells,
            "order": whole_number(row["order"]),
            "stratum_size": whole_number(row["stratum_size"]),
        }
        for row in rows
    ]
    frame = pd.DataFrame(
        {name: pd.Series([cell[name] for cell in cells]) for name in COLUMNS if name != "double"}
    )
    frame["stratum_size"] = frame["stratum_size"].astype("Int64")
    return frame.assign(double=[row["double"] == "true" for row in rows])[list(COLUMNS)]


def assigned(study: Study, plan: Plan | pd.DataFrame | str | Path, coder: str) -> list[Source]:
    """The sources that a plan gives to a coder, in the order in which she reads them.

    Parameters
    ----------
    study : Study
        From `tertium.open_study`.
    plan : Plan, DataFrame, str or Path
        What `assign` gave, or the file that `tertium assign` wrote, from the study's folder.
    coder : str

    Raises
    ------
    UnknownNameError
        The plan has no such coder, or names sources that the study does not read.

    Examples
    --------
    >>> import tertium                                                   # doctest: +SKIP
    >>> study = tertium.open_study("labour-organising")                  # doctest: +SKIP
    >>> mine = tertium.assigned(study, "data/assignments/first.csv", "ana")  # doctest: +SKIP
    >>> tertium.workbench(mine, "approach", coder="ana")                 # doctest: +SKIP
    """
    if isinstance(plan, Plan):
        table = plan.frame
    elif isinstance(plan, pd.DataFrame):
        table = plan
    else:
        table = read_plan(study.root / plan, file=str(plan))
    there = {source.id: source for source in study.collection.sources}
    ids = assigned_ids(table, coder)
    if gone := [one for one in ids if one not in there]:
        raise UnknownNameError(f"the study does not read {', '.join(gone)}; it reads other texts")
    return [there[one] for one in ids]
