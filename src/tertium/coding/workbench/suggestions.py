"""What another coder found in a source, for a person to accept, correct or reject.

Comes in: a codings table, or the name of the rule coder.
Goes out: the rows that concern a source and can be taken over.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import pandas as pd

from tertium.coding.coder import Coded, RuleCoder, code
from tertium.columns import CODINGS, names
from tertium.errors import ChecksumError, UnknownNameError
from tertium.schemes.scheme import Scheme
from tertium.sources.source import Source

Given = pd.DataFrame | Coded | Literal["rule"] | None


class Suggestions:
    """Suggestions for sources, looked up or made when a source is opened.

    Parameters
    ----------
    given : DataFrame, Coded, "rule" or None
    schemes : mapping of str to Scheme
        Those in use: what is coded otherwise is not offered.
    coder : str
        The person, whose own codings are no suggestions.
    """

    def __init__(self, given: Given, schemes: Mapping[str, Scheme], coder: str) -> None:
        self._table: pd.DataFrame | None = None
        self._schemes, self._coder = schemes, coder
        self._found: dict[str, list[dict[str, Any]]] = {}
        self.are_there = given is not None
        if isinstance(given, str):
            if given != RuleCoder.name:
                raise UnknownNameError(
                    f'suggestions: {given!r} is unknown; write "rule", or give a codings table'
                )
        elif given is not None:
            self._table = given.codings if isinstance(given, Coded) else given
            lacking = sorted(set(names(CODINGS)) - set(self._table.columns))
            if lacking:
                raise UnknownNameError(
                    f"suggestions: the table lacks {', '.join(lacking)}; give a codings table"
                )

    def of(self, source: Source) -> Sequence[Mapping[str, Any]]:
        """The suggestions for one source, in the text's order; whole-source codings are none."""
        if not self.are_there:
            return []
        if source.id not in self._found:
            self._found[source.id] = list(map(_plain, self._rows(source)))
        return self._found[source.id]

    def _rows(self, source: Source) -> list[dict[str, Any]]:
        if self._table is None:
            table = code([source], self._schemes.values()).codings
        else:
            table = self._table[self._table["source_id"] == source.id]
        table = table[(table["coder"] != self._coder) & table["start"].notna()]
        if (table["text_sha256"] != source.text_sha256).any():
            raise ChecksumError(
                f"suggestions for {source.id!r} were made on another text; code it again"
            )
        rows = [{str(key): value for key, value in row.items()} for row in table.to_dict("records")]
        rows = [row for row in rows if self._knows(row)]
        return sorted(rows, key=lambda row: (row["start"], row["end"], row["coding_id"]))

    def _knows(self, row: Mapping[str, Any]) -> bool:
        scheme = self._schemes.get(row["scheme"])
        return scheme is not None and row["code"] in scheme.code_ids


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    """What the widget shows of a suggestion, without the table's types."""
    shown = {name: row[name] for name in ("scheme", "code", "coder", "stance", "value", "memo")}
    plain = {name: None if pd.isna(value) else str(value) for name, value in shown.items()}
    plain["stance"] = plain["stance"] or "asserted"
    return {
        "id": str(row["coding_id"]),
        "start": int(row["start"]),
        "end": int(row["end"]),
        **plain,
    }
