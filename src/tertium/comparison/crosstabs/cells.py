"""The cells of a crosstab while they are filled: what each source adds, and what it was of.

Comes in: stretches of text or whole sources, cell by cell.
Goes out: numbers, their evidence, and for each share its denominator source by source.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from tertium.comparison.passages import Passages
from tertium.errors import UnknownNameError
from tertium.spans import Span, covered_length, merge, subtract

Count = Literal["sources", "passages", "characters"]
Of = Literal["rows", "columns"]
Cell = tuple[str, str]
NONE = "none"
_OTHER: Mapping[Of, Of] = {"rows": "columns", "columns": "rows"}


@dataclass
class Cells:
    """What was found, by cell and source.

    Parameters
    ----------
    passages : Passages
    count : {"sources", "passages", "characters"}
    held : dict
        By cell and source the stretches found; none for a source that counts as a whole.
    unsearched : set
        Cells of which nobody looked in any source.
    bases : dict
        By side ("rows": shares of a row) and cell the sources that a share is of, where that
        is not what the row or column holds.
    support, remarks : list
        Evidence rows, and what the note must say.
    """

    passages: Passages
    count: Count
    held: dict[Cell, dict[str, frozenset[Span]]] = field(default_factory=dict)
    unsearched: set[Cell] = field(default_factory=set)
    bases: dict[Of, dict[Cell, frozenset[str]]] = field(default_factory=dict)
    support: list[dict[str, Any]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def add(
        self,
        cell: Cell,
        source_id: str,
        spans: Iterable[Span] = (),
        evidence: Iterable[Mapping[str, Any]] = (),
    ) -> None:
        """Count a source in a cell, with the stretches and passages that put it there."""
        self.held.setdefault(cell, {})[source_id] = frozenset(spans)
        row, column = cell
        self.support.extend({"row": row, "column": column, **each} for each in evidence)

    def number(self, cell: Cell) -> int | None:
        """What stands in a cell; None where nothing is found and nobody looked."""
        found = sum(self.amount(*each) for each in self.held.get(cell, {}).items())
        return None if cell in self.unsearched and not found else found

    def amount(self, source_id: str, spans: Iterable[Span]) -> int:
        """What stretches of one source add to a count."""
        if self.count == "sources":
            return 1
        if self.count == "passages":
            return len(set(spans))
        return covered_length(subtract(merge(spans), self.passages.furniture(source_id)))

    def turned(self) -> Cells:
        """The same with rows as columns."""
        return Cells(
            self.passages,
            self.count,
            {(column, row): found for (row, column), found in self.held.items()},
            {(column, row) for row, column in self.unsearched},
            {
                _OTHER[of]: {(column, row): base for (row, column), base in each.items()}
                for of, each in self.bases.items()
            },
            [{**row, "row": row["column"], "column": row["row"]} for row in self.support],
            self.remarks,
        )

    def parts(self, cell: Cell) -> dict[str, int]:
        """What each source adds to a cell."""
        found = self.held.get(cell, {})
        return {source_id: self.amount(source_id, spans) for source_id, spans in found.items()}

    def whole(self, cell: Cell, of: Of, along: Sequence[Cell]) -> dict[str, int]:
        """What each source adds to the number that a cell is a share of.

        The sources that were looked through where `bases` says which, else all that the cells
        of the row or column hold, each source, passage or character once.
        """
        base = self.bases.get(of, {}).get(cell)
        if base is not None:
            return dict.fromkeys(sorted(base), 1)
        return self.together(along)

    def together(self, cells: Sequence[Cell]) -> dict[str, int]:
        """What each source adds to several cells taken as one: nothing counts twice."""
        joined: dict[str, set[Span]] = {}
        for cell in cells:
            for source_id, spans in self.held.get(cell, {}).items():
                joined.setdefault(source_id, set()).update(spans)
        return {source_id: self.amount(source_id, spans) for source_id, spans in joined.items()}


def none_of(passages: Passages, scheme: str) -> str:
    """The key of the row for sources without any code; no code of the scheme has it."""
    key = NONE
    codes = passages.tables.scheme(scheme).code_ids
    while key in codes:
        key = f"({key})"
    return key


def check_count(count: str, known: Sequence[str]) -> None:
    """Refuse a way to count that there is not."""
    if count not in known:
        raise UnknownNameError(f"count={count!r}; there are {', '.join(known)}")
