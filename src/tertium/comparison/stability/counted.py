"""In how many runs a finding holds: as a cell of a table says it, and read from such a cell.

Comes in: what became of a finding in its runs.
Goes out: "53 of 57; 3 changed nothing; not defined in 1".
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tertium.comparison.stability.runs import Outcome

NOT_VARIED = "not varied"
NOT_SO = "not so"
_CHANGED_NOTHING = " changed nothing"
_NOT_DEFINED = "not defined in "


@dataclass(frozen=True)
class Counted:
    """The runs of a finding by what came out.

    Parameters
    ----------
    held, tested : int
        The runs in which it holds, of those that changed the table and leave it a value.
    same : int
        Runs that left the whole table as it is. They test nothing: whatever is read off the
        table can't but hold there.
    undefined : int
        Runs in which it has no value.
    is_not_so : bool
        What the finding's name says is not so: the answer is no, and that is what holds.
    """

    held: int = 0
    tested: int = 0
    same: int = 0
    undefined: int = 0
    is_not_so: bool = False

    @classmethod
    def of(cls, outcomes: Iterable[Outcome], *, is_not_so: bool) -> Counted:
        """Count what became of a finding."""
        line = list(outcomes)
        known = [each for each in line if each.holds is not None]
        tested = [each for each in known if not each.is_same]
        return cls(
            sum(bool(each.holds) for each in tested),
            len(tested),
            len(known) - len(tested),
            len(line) - len(known),
            is_not_so,
        )

    @classmethod
    def read(cls, text: str) -> Counted:
        """Read what `text` wrote.

        Examples
        --------
        >>> Counted.read("not so in 2 of 3; 40 changed nothing").same
        40
        """
        numbers = {"held": 0, "tested": 0, "same": 0, "undefined": 0}
        parts = [] if text == NOT_VARIED else text.split("; ")
        is_not_so = bool(parts) and parts[0].startswith(NOT_SO)
        for part in parts:
            if part.endswith(_CHANGED_NOTHING):
                numbers["same"] = int(part.removesuffix(_CHANGED_NOTHING))
            elif part.startswith(_NOT_DEFINED):
                numbers["undefined"] = int(part.removeprefix(_NOT_DEFINED))
            elif " of " in part:
                held, _, tested = part.removeprefix(f"{NOT_SO} in ").partition(" of ")
                numbers |= {"held": int(held), "tested": int(tested)}
        return cls(**numbers, is_not_so=is_not_so)

    @property
    def share(self) -> float | None:
        """The share of runs in which it holds; None where no run tested it."""
        return self.held / self.tested if self.tested else None

    @property
    def is_weak(self) -> bool:
        """Whether it holds in no more than half of the runs that tested it."""
        return 0 < self.tested >= 2 * self.held

    @property
    def text(self) -> str:
        """As a cell says it.

        Examples
        --------
        >>> Counted(2, 3, undefined=1).text, Counted(3, 3, same=2, is_not_so=True).text
        ('2 of 3; not defined in 1', 'not so in 3 of 3; 2 changed nothing')
        """
        if not self.tested + self.same + self.undefined:
            return NOT_VARIED
        parts = [f"{self.held} of {self.tested}"] if self.tested else []
        if self.is_not_so:
            parts = [f"{NOT_SO} in {parts[0]}"] if parts else [NOT_SO]
        if self.same:
            parts.append(f"{self.same}{_CHANGED_NOTHING}")
        if self.undefined:
            parts.append(f"{_NOT_DEFINED}{self.undefined}")
        return "; ".join(parts)
