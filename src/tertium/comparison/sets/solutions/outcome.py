"""What is to be explained: a set, its absence, or one value of a multi-value set.

Comes in: the outcome as text, and memberships.
Goes out: the name of its set, how far each case has it, and the text of its absence.
"""

from __future__ import annotations

import re

import numpy as np

from tertium.comparison.sets.memberships import Memberships
from tertium.errors import UnknownNameError

OUTCOME = re.compile(r"\s*(~?)\s*([A-Za-z]\w*)\s*(?:\[\s*(\d+(?:\s*,\s*\d+)*)\s*\])?\s*", re.ASCII)


def outcome_set(outcome: str) -> str:
    """The name of the set that an outcome speaks of.

    >>> outcome_set("~Y"), outcome_set("Y[2]")
    ('Y', 'Y')
    """
    return _parts(outcome)[1]


def outcome_membership(memberships: Memberships, outcome: str) -> np.ndarray:
    """How far each case has the outcome, one number a case; "~" and values in brackets heeded."""
    absent, name, values = _parts(outcome)
    levels = memberships.levels[memberships.known(name)]
    if not values and levels > 2:
        wanted = f"{'~' if absent else ''}{name}[1]"
        raise UnknownNameError(
            f"{name} has {levels} values; say which is the outcome, as in {wanted!r}"
        )
    held = [memberships.literal(name, value) for value in values or (1,)]
    member = np.max(np.vstack(held), axis=0)
    return 1 - member if absent else member


def negated_outcome(outcome: str) -> str:
    """The outcome's absence, or the presence of what was absent.

    >>> negated_outcome("Y"), negated_outcome("~Y[2]")
    ('~Y', 'Y[2]')
    """
    text = outcome.strip()
    return text[1:].strip() if text.startswith("~") else f"~{text}"


def _parts(outcome: str) -> tuple[bool, str, tuple[int, ...]]:
    found = OUTCOME.fullmatch(outcome)
    if not found:
        raise UnknownNameError(f'{outcome!r} is no outcome; write "Y", "~Y" or "Y[2]"')
    values = tuple(sorted({int(one) for one in found[3].split(",")})) if found[3] else ()
    return bool(found[1]), found[2], values
