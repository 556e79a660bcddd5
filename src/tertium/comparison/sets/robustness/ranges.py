"""How far one number can be moved before the solution changes.

Comes in: a number that was chosen (a cut-off, an anchor), and whether the solution is the same at
another.
Goes out: `Range`, the lowest and highest value that were tried with the same solution.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from tertium.errors import UnknownNameError

End = Literal["changes", "edge", "not_found"]
# Steps of 0.01 add up to numbers such as 0.8400000000000001.
_DECIMALS = 12


@dataclass(frozen=True)
class Range:
    """From where to where a number can be moved while the solution stays the same.

    A wide range means that little hangs on the choice; a range that ends at the chosen value
    means that another choice, one step away, tells another story.

    Parameters
    ----------
    parameter : str
        What was moved: "consistency", "cases", "pri", or set and anchor ("SIZE crossover").
    at : float
        The value that was chosen.
    lower, upper : float or None
        The last values tried that give the same solution; None if all steps allowed were taken
        and the solution never changed, so that no bound was found.
    below, above : {"changes", "edge", "not_found"}
        Why each end stands where it does: the next step gives another solution; the next step
        is no possible value; no bound was found.
    """

    parameter: str
    at: float
    lower: float | None
    upper: float | None
    below: End
    above: End

    @property
    def reached_lower(self) -> bool:
        """Whether a lower bound was found."""
        return self.below != "not_found"

    @property
    def reached_upper(self) -> bool:
        """Whether an upper bound was found."""
        return self.above != "not_found"


def moved(
    parameter: str,
    at: float,
    stays: Callable[[float], bool],
    *,
    step: float,
    runs: int,
    possible: Callable[[float], bool] = math.isfinite,
) -> Range:
    """Move a number down and up, step by step, until the solution changes.

    Only the values that are a whole number of steps away are tried: between two of them the
    solution could change and change back without being seen.

    Parameters
    ----------
    parameter : str
        What is moved.
    at : float
        The value that was chosen.
    stays : callable
        Whether the solution at another value is the one at `at`.
    step : float
        How far one step is; above 0.
    runs : int
        How many steps are tried each way.
    possible : callable
        Whether a value can be chosen at all; the range ends before one that can't.

    Raises
    ------
    UnknownNameError
        A step that is not above 0, or fewer than one run.

    References
    ----------
    .. [1] Oana, I.-E. and Schneider, C. Q. (2024). A robustness test protocol for applied QCA:
       theory and R software application. Sociological Methods & Research 53(1): 57-88
       (sensitivity ranges).

    Examples
    --------
    >>> found = moved("consistency", 0.87, lambda cut: 0.845 < cut < 0.875, step=0.01, runs=20)
    >>> found.lower, found.upper, found.above
    (0.85, 0.87, 'changes')
    """
    if not (math.isfinite(step) and step > 0):
        raise UnknownNameError(f"step={step!r}; write a number above 0")
    if isinstance(runs, bool) or runs < 1:
        raise UnknownNameError(f"runs={runs!r}; write 1 or more")
    lower, below = _end(at, stays, -step, runs, possible)
    upper, above = _end(at, stays, step, runs, possible)
    return Range(parameter, at, lower, upper, below, above)


def _end(
    at: float,
    stays: Callable[[float], bool],
    step: float,
    runs: int,
    possible: Callable[[float], bool],
) -> tuple[float | None, End]:
    last = at
    for run in range(1, runs + 1):
        value = round(at + run * step, _DECIMALS)
        if not possible(value):
            return last, "edge"
        if not stays(value):
            return last, "changes"
        last = value
    return (None, "not_found") if possible(round(last + step, _DECIMALS)) else (last, "edge")
