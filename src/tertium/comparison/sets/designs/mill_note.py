"""What is said below every table of Mill's methods.

Comes in: what was asked. Goes out: a note.
"""

from __future__ import annotations

from tertium.comparison.sets.shown.question import FOUND_BY_SEARCH, Asked

_ONE_AT_A_TIME = (
    "Mill's methods look at one condition at a time: they can't see that two conditions work only "
    "together, or that there are several ways to the outcome. What they miss the truth table shows."
)


def mill_note(found: Asked, said: str) -> str:
    """The note with what is said of one table."""
    degrees = "" if found.is_crisp else " In a set with degrees a case above 0.5 counts as in."
    return f"{found.who()} {said}{degrees} {_ONE_AT_A_TIME} {found.legend()} {FOUND_BY_SEARCH}"
