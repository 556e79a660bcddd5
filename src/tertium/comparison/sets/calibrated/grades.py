"""From what is known of the cases to memberships, as a plan maps or calibrates it.

Comes in: a set of a plan, and a word or a number a case.
Goes out: a membership a case; null where nothing is known.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from tertium.comparison.sets.calibrated.coded import PRESENT
from tertium.comparison.sets.calibrated.held import Held
from tertium.comparison.sets.calibration.method import by_method
from tertium.errors import UnknownNameError
from tertium.sources.listed.set_plans import SetPart
from tertium.sources.listed.stated import number_of


def membership(part: SetPart, name: str, held: Mapping[str, Held]) -> np.ndarray:
    """The membership of each case in a set.

    Parameters
    ----------
    part : SetPart
    name : str
        How messages call the set.
    held : mapping of str to Held
        By case what is known of it.

    Returns
    -------
    ndarray of float, one number a case
        In the order of `held`; NaN where there is no value.

    Raises
    ------
    UnknownNameError
        A word that the plan does not map, or no number where numbers are calibrated.
    """
    values = [each.value for each in held.values()]
    known = np.array([value is not None for value in values], dtype=bool)
    found = np.full(len(values), np.nan)
    given = [(case, each.value) for case, each in held.items() if each.value is not None]
    if not given:
        return found
    if part.method:
        numbers = np.array([_number(case, name, value) for case, value in given])
        found[known] = by_method(numbers, part.method, part.anchors, idm=part.idm)
    elif part.values:
        found[known] = [_mapped(part, case, name, str(value)) for case, value in given]
    else:
        found[known] = [1.0 if value == PRESENT else 0.0 for _, value in given]
    return found


def _mapped(part: SetPart, case: str, name: str, word: str) -> float:
    if word not in part.values:
        raise UnknownNameError(
            f"case {case}: the set {name} does not say what {word!r} is; it maps "
            f"{', '.join(part.values)}"
        )
    return part.values[word]


def _number(case: str, name: str, value: str | float) -> float:
    number = value if isinstance(value, float) else number_of(str(value))
    if number is None:
        raise UnknownNameError(
            f"case {case}: {value!r} is no number, and the set {name} is calibrated from numbers"
        )
    return number
