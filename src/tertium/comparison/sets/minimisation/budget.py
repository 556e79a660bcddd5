"""How much a search may do before it gives up.

Comes in: a number of steps.
Goes out: an error once they are spent. Steps are counted, not seconds, so that the same input
gives up at the same place on every machine.
"""

from __future__ import annotations

from tertium.errors import TertiumError


class BudgetSpentError(TertiumError):
    """A search needed more steps than it was given."""


class Budget:
    """Steps that a search may take; one budget can be handed through several searches.

    A step is some two or three microseconds of work.

    Parameters
    ----------
    steps : int or None
        How many; None: as many as it takes.

    Examples
    --------
    >>> budget = Budget(10)
    >>> budget.spend(4)
    >>> budget.spent, budget.left
    (4, 6)
    """

    def __init__(self, steps: int | None) -> None:
        self.steps = steps
        self.spent = 0

    def __repr__(self) -> str:
        return f"Budget({self.steps}), spent {self.spent}"

    @property
    def left(self) -> int | None:
        """Steps that are left, 0 at the least; None where there is no limit."""
        return None if self.steps is None else max(self.steps - self.spent, 0)

    def again(self) -> Budget:
        """A new budget of as many steps, none of them spent."""
        return Budget(self.steps)

    def spend(self, n: int = 1) -> None:
        """Count steps.

        Raises
        ------
        BudgetSpentError
            More are spent than there were.
        """
        self.spent += n
        if self.steps is not None and self.spent > self.steps:
            raise BudgetSpentError(
                f"the search stopped after {self.steps:,} steps, its limit, before it came to a "
                "solution; leave out conditions, or choose other cut-offs"
            )
