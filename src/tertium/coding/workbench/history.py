"""Undo and redo on a log that is only ever appended to.

Comes in: what each act wrote and took back.
Goes out: the lines that bring the state before it, or after it, again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tertium.coding.logs.lines import minted_id, now

Content = Mapping[str, Any]


@dataclass(frozen=True)
class Step:
    """One act: what it is called, the lines that it wrote and those that it took back."""

    name: str
    added: tuple[Content, ...] = ()
    removed: tuple[Content, ...] = ()

    @property
    def reverse(self) -> Step:
        """The act that takes this one back."""
        return Step(self.name, self.removed, self.added)


@dataclass
class History:
    """The acts of one source in this session, and the ids under which their lines stand now.

    A line that comes back is written anew with a new id, so an older act that speaks of it has
    to be told.
    """

    done: list[Step] = field(default_factory=list)
    undone: list[Step] = field(default_factory=list)
    _successors: dict[str, str] = field(default_factory=dict)

    def add(self, step: Step) -> None:
        """An act was done; what had been undone can't be done again."""
        self.done.append(step)
        self.undone.clear()

    def current(self, line_id: str) -> str:
        """The id that a line stands under now."""
        while line_id in self._successors:
            line_id = self._successors[line_id]
        return line_id

    def current_ids(self, lines: Sequence[Content]) -> list[str]:
        """The ids under which `lines` stand now."""
        return [self.current(str(line["id"])) for line in lines]

    def note(self, lines: Sequence[Content], written: Sequence[Content]) -> None:
        """`lines` had been taken back and were `written` again."""
        for line, again in zip(lines, written, strict=True):
            self._successors[self.current(str(line["id"]))] = str(again["id"])


def again(line: Content) -> dict[str, Any]:
    """A line that had been taken back, as it is written again."""
    kept = {name: value for name, value in line.items() if name != "replaces"}
    return {**kept, "id": minted_id(), "created": now()}
