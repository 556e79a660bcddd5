"""The queue of differences between coders, and how it gets shorter.

Comes in: places where coders differ, as whom decisions are written, and where.
Goes out: an `Adjudication`: its queue, and decisions written as lines of the gold.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from tertium.agreement.adjudication.decisions import Decision, decision_of
from tertium.agreement.adjudication.gold import (
    NewLine,
    Recorder,
    lines_to_append,
    open_items,
    settled,
)
from tertium.agreement.adjudication.items import Item, Places
from tertium.agreement.adjudication.table import queue_table
from tertium.agreement.adjudication.view import answer
from tertium.agreement.adjudication.widget import mime_bundle, widget_class
from tertium.coding.logs.lines import retraction_line
from tertium.coding.logs.log import CODINGS, Line, append, is_unfinished, read_log, standing
from tertium.errors import Fault, InputError, UnknownNameError
from tertium.spans import Span


class Adjudication:
    """Differences between coders, to be settled one by one; see `adjudicate`.

    Attributes
    ----------
    queue : DataFrame
        The open differences.
    items : tuple of Item
        All differences, also those that are settled.
    notes : tuple of str
        What is wrong with the logs and costs only itself.
    """

    def __init__(
        self,
        places: Places,
        *,
        recorder: Recorder,
        folder: Path,
        owners: Mapping[str, str],
        readers: Collection[tuple[str, str]],
        overlap: float,
        adjudicator: str | None = None,
        notes: Sequence[str] = (),
    ) -> None:
        self.places = places
        self.recorder = recorder
        self.overlap = overlap
        self.adjudicator = adjudicator
        self.notes = tuple(notes)
        self._folder = folder
        self._owners = owners
        self._readers = readers
        self._widget: Any = None

    def __repr__(self) -> str:
        return self.in_words()

    def in_words(self, decisions: Mapping[str, Decision] | None = None) -> str:
        """How much is decided and open: as it stands, or as `decisions` would leave it."""
        known = settled(self.places, self._gold())
        left = len(open_items(self.places, known, decisions or {}))
        every, agreed, alone = len(self.items), self.n_agreed, self.places.n_alone
        coders = " and ".join(self.places.coders)
        lines = [
            f"Adjudication of {self.recorder.scheme.reference}: {coders}, {self.recorder.coder}",
            f"{amount(every, 'difference')}: {every - left} decided, {left} open",
            f"{amount(agreed, 'place')} agreed on (overlap of {self.overlap:g} or more)",
        ]
        if alone:
            stand = "1 coding stands" if alone == 1 else f"{alone} codings stand"
            lines.append(f"{stand} where nobody else read")
        return "\n".join(lines)

    @property
    def items(self) -> tuple[Item, ...]:
        """All differences, settled or not, in the order of the sources."""
        return tuple(item for item in self.places.items if item.difference)

    @property
    def n_agreed(self) -> int:
        """At how many places the coders agree."""
        return sum(not item.difference for item in self.places.items)

    @property
    def open(self) -> tuple[Item, ...]:
        """The differences that nobody has settled."""
        return tuple(open_items(self.places, settled(self.places, self._gold()), {}))

    @property
    def queue(self) -> pd.DataFrame:
        """The open differences as a table: a row each, with the text around it."""
        return queue_table(self.open, coders=self.places.coders)

    def decisions(self) -> dict[str, Decision]:
        """What was decided, by item; open differences are not among them."""
        known = settled(self.places, self._gold())
        left = {item.id for item in open_items(self.places, known, {})}
        found = {item.id: known[item.id].decision for item in self.items if item.id not in left}
        return {item_id: decision for item_id, decision in found.items() if decision is not None}

    @property
    def widget(self) -> Any:
        """What a notebook draws; made when it is first asked for.

        Raises
        ------
        MissingLibraryError
            anywidget is not installed.
        """
        if self._widget is None:
            self._widget = widget_class()()
            self._widget.on_msg(lambda widget, content, buffers: widget.send(answer(self, content)))
        return self._widget

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        return mime_bundle(repr(self), lambda: self.widget)

    def item(self, item_id: str) -> Item:
        """The difference with this id, or an error that says how many there are."""
        for item in self.items:
            if item.id == item_id:
                return item
        raise UnknownNameError(
            f"no difference {item_id!r}; there are {len(self.items)}, see the column item of queue"
        )

    def decide(
        self,
        item: str,
        verdict: str,
        *,
        reason: str,
        start: int | None = None,
        end: int | None = None,
        stance: str | None = None,
    ) -> None:
        """Settle one difference and write it down, with what the coders agree on.

        Parameters
        ----------
        item : str
            Its id, from the queue.
        verdict : str
            A coder's name (that coder's codings hold), ``"both"``, ``"present"``, ``"absent"``;
            of a whole source also ``"undecided"``.
        reason : str
            Kept beside the decision.
        start, end : int, optional
            A place of the adjudicator's own, with ``"present"``.
        stance : str, optional
            With ``"present"``; by default the one that the coders gave.

        Raises
        ------
        InputError
            Everything that is wrong with it; nothing is written then.
        """
        found = self.item(item)
        if (start is None) != (end is None) or (start is not None and not 0 <= start < end):  # type: ignore[operator]
            wrong = Fault(item, 0, "start", f"{start} to {end} is no place", "write both, in order")
            raise InputError([wrong])
        decided = decision_of(
            found,
            verdict,
            reason=reason,
            adjudicator=self._who(),
            span=None if start is None or end is None else Span(start, end),
            stance=stance,
        )
        if not isinstance(decided, Decision):
            raise InputError(
                Fault(item, 0, each.field, each.found, each.remedy) for each in decided
            )
        self.write({item: decided})

    def undo(self, item: str) -> None:
        """Take the decision on an item back: it is open again. The log keeps both."""
        found = self.item(item)
        gold = self._gold()
        lines = settled(self.places, gold)[found.id].lines
        if not lines:
            raise UnknownNameError(f"nothing is decided of {item}")
        ids = {line.id for line in lines}
        back = retraction_line(
            found.source,
            sorted(ids),
            coder=self.recorder.coder,
            coder_kind=self.recorder.coder_kind,
            memo=f"taken back by {self._who()}",
        )
        left = [line for line in gold if line.id not in ids]
        append(self._folder, [back, *self._lines(left, {})])

    def pending(self, decisions: Mapping[str, Decision]) -> list[NewLine]:
        """The lines that `write` would append."""
        return self._lines(self._gold(), decisions)

    def write(self, decisions: Mapping[str, Decision] | None = None) -> int:
        """Append what the log of the gold lacks, and say how many lines that were.

        It writes the decisions given, what the coders agree on, and what both read.
        """
        lines = self.pending(decisions or {})
        append(self._folder, lines)
        return len(lines)

    def _lines(self, gold: Sequence[Line], decisions: Mapping[str, Decision]) -> list[NewLine]:
        return lines_to_append(
            self.places,
            gold,
            decisions,
            recorder=self.recorder,
            owners=self._owners,
            readers=self._readers,
        )

    def _gold(self) -> list[Line]:
        """What stands in the log now: another notebook may have written."""
        name = self.recorder.coder
        lines, faults = read_log(self._folder, shown=CODINGS, coders=[name])
        refuse_broken(faults)
        _refuse_other_kind(lines, self.recorder)
        scheme = self.recorder.scheme.name
        return [line for line in standing(lines) if line.content.get("scheme") == scheme]

    def _who(self) -> str:
        if self.adjudicator is None:
            raise UnknownNameError('say who decides: adjudicator="eva"')
        return self.adjudicator


def _refuse_other_kind(lines: Sequence[Line], recorder: Recorder) -> None:
    for line in lines:
        if line.content["coder_kind"] != recorder.coder_kind:
            found = f"{recorder.coder} is written as {line.content['coder_kind']}"
            raise InputError([Fault(line.file, line.number, "coder_kind", found, "mend the log")])


def refuse_broken(faults: Sequence[Fault]) -> None:
    """A broken line stops everything; one that a crash cut short costs only itself."""
    if broken := [fault for fault in faults if not is_unfinished(fault)]:
        raise InputError(broken)


def amount(number: int, thing: str) -> str:
    """A number with its thing, in the plural where it is due."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
