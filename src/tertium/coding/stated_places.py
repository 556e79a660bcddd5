"""Where the passages of stated values stand: quotes looked up, checksums held against the text.

Comes in: rows that state values of cases, and the texts at hand.
Goes out: the rows with source, place and words of each passage; what is wrong with them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tertium.coding.logs.lines import quote_checksum
from tertium.coding.logs.quoted import Quotable, Unplaced, place_of
from tertium.errors import Fault
from tertium.sources.files.rows import Row
from tertium.sources.licences import may_be_passed_on
from tertium.sources.listed.set_plans import SetPlan
from tertium.sources.listed.stated import is_position
from tertium.sources.source import Source
from tertium.spans import Span

# A source that the manifest does not list has its own fault.
_OPEN = {"licence": "CC0"}


class Placer:
    """Finds the passages of stated values in the texts at hand.

    Parameters
    ----------
    texts : mapping of str to Source
        Those at hand, by id.
    facts : mapping of str to mapping
        What the manifest says of every source, by id.
    """

    def __init__(self, texts: Mapping[str, Source], facts: Mapping[str, Mapping[str, str]]) -> None:
        self.texts = texts
        self._facts = facts
        self._quotable: dict[str, Quotable] = {}

    def placed(self, row: Row, plan: SetPlan) -> tuple[dict[str, Any] | None, list[Fault]]:
        """A row as a row of `MEMBERSHIPS`, and what is wrong with its passage."""
        shown = str(plan.stated)
        made: dict[str, Any] = {
            name: row[name] or None
            for name in ("case_id", "set", "value", "reason", "source_id", "citation", "coder",
                         "coder_kind", "model")
        }  # fmt: skip
        made["plan"] = plan.plan
        faults: list[Fault] = []
        source = self.texts.get(row["source_id"])
        if row["quote"] and not may_be_passed_on(self._facts.get(row["source_id"], _OPEN)):
            found = f"it holds words of {row['source_id']}, which may not be passed on"
            remedy = "write start, end and quote_sha256, the checksum of the quote, in its place"
            faults.append(Fault(shown, row.line, "quote", found, remedy))
        if source is None or not (row["quote"] or row["quote_sha256"]):
            return made, faults
        span = self._span(row, source)
        if isinstance(span, Unplaced):
            faults.append(Fault(shown, row.line, span.field, span.found, span.remedy))
            return None, faults
        made |= {
            "text_sha256": source.text_sha256,
            "start": span.start,
            "end": span.end,
            "quote": span.of(source.text),
        }
        return made, faults

    def _span(self, row: Row, source: Source) -> Span | Unplaced:
        if row["quote"]:
            if source.id not in self._quotable:
                is_open = may_be_passed_on(source.facts)
                self._quotable[source.id] = Quotable(source.text, may_be_shown=is_open)
            found = place_of(self._quotable[source.id], row["quote"])
            if isinstance(found, Unplaced) and "times" in found.found:
                return Unplaced(found.field, found.found, "write more words around it")
            return found
        if not (is_position(row["start"]) and is_position(row["end"])):
            return Unplaced("start", "there is no place", "write start and end")
        start, end = int(row["start"]), int(row["end"])
        words = source.text[start:end] if start < end <= len(source.text) else ""
        if not words or quote_checksum(words) != row["quote_sha256"]:
            found_words = f"the text from {start} to {end} has another checksum"
            return Unplaced("quote_sha256", found_words, "mend the place or the checksum")
        return Span(start, end)
