"""How far one number can be moved before the solution changes.

Comes in: a number that was chosen (a cut-off, an anchor), and whether the solution is the same at
another.
Goes out: `Range`, the lowest and highest value with the same solution: those that were tried, or
the exact ones where only some values can matter.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from tertium.errors import UnknownNameError

End = Literal["changes", "edge", "not_found"]
# Steps of 0.01 add up to numbers such as 0.8400000000000001.
_DECIMALS = 12
# Shares that are no further apart are one: they differ by the rounding of sums.
_SAME = 1e-8


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
    is_open : bool
        Whether the range starts above `lower`, which itself gives another solution or is no
        possible value.
    """

    parameter: str
    at: float
    lower: float | None
    upper: float | None
    below: End
    above: End
    is_open: bool = False

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
    step_up: float | None = None,
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
    step_up : float, optional
        How far one step upwards is, where it is not the one downwards.

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
    up = step if step_up is None else step_up
    for each in (step, up):
        if not (math.isfinite(each) and each > 0):
            raise UnknownNameError(f"step={each!r}; write a number above 0")
    if isinstance(runs, bool) or runs < 1:
        raise UnknownNameError(f"runs={runs!r}; write 1 or more")
    lower, below = _end(at, stays, -step, runs, possible)
    upper, above = _end(at, stays, up, runs, possible)
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


def exact(
    parameter: str,
    at: float,
    stays: Callable[[float], bool],
    *,
    shares: Iterable[float | None],
    least: float = 0.0,
    asks_nothing_at_zero: bool = False,
) -> Range:
    """Find the whole range of a cut-off of shares, without steps.

    Only the shares that rows of the truth table have can matter: all cut-offs above one of them
    and up to the next let the same rows pass. So the solution is looked at once between each two.

    Parameters
    ----------
    parameter, at, stays
        As in `moved`.
    shares : iterable of float
        The shares that are held against the cut-off, in the rows of the outcome and wherever else
        the cut-off counts.
    least : float
        The lowest cut-off that is possible; 0 is none, for every row reaches it.
    asks_nothing_at_zero : bool
        Whether a cut-off of 0 is possible and asks for nothing, also of rows without a share.

    Examples
    --------
    >>> found = exact("consistency", 0.8, lambda cut: cut > 0.5, shares=[0, 0.5, 0.75, 1])
    >>> found.lower, found.is_open, found.below, found.upper, found.above
    (0.5, True, 'changes', 1.0, 'edge')
    """
    ends: list[float] = []
    for share in sorted(each for each in shares if each is not None and each < 1 - _SAME):
        if share > _SAME and (not ends or share > ends[-1] + _SAME):
            ends.append(share)
    ends.append(1.0)
    is_zero = asks_nothing_at_zero and at == 0
    place = -1 if is_zero else next(i for i, end in enumerate(ends) if end >= at - _SAME)
    top = bottom = place
    while top + 1 < len(ends) and stays(ends[top + 1]):
        top += 1
    upper = 0.0 if top < 0 else ends[top]
    above: End = "edge" if top + 1 == len(ends) else "changes"
    while bottom > 0 and ends[bottom - 1] >= least and stays(ends[bottom - 1]):
        bottom -= 1
    if bottom > 0 and ends[bottom - 1] >= least:
        return Range(parameter, at, ends[bottom - 1], upper, "changes", above, is_open=True)
    if asks_nothing_at_zero and not is_zero and not stays(0.0):
        return Range(parameter, at, 0.0, upper, "changes", above, is_open=True)
    is_open = least == 0 and not asks_nothing_at_zero
    return Range(parameter, at, least, upper, "edge", above, is_open=is_open)
