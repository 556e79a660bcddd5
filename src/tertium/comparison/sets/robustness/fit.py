"""What stays of a solution, in numbers, when other choices are made.

Comes in: memberships in an initial solution, in test solutions and in the outcome.
Goes out: `FitRobustness`: how consistent and how wide the robust core is beside the solution,
and how far the solution and the tests are the same set.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tertium.comparison.sets.fit.parameters import Sufficiency, sufficiency
from tertium.comparison.sets.robustness.joined import Joined


@dataclass(frozen=True)
class FitRobustness:
    """How much of a solution the test solutions leave; 1 everywhere if they change nothing.

    The *robust core* is what the initial solution shares with all test solutions.

    Parameters
    ----------
    initial, core : Sufficiency
        Consistency, PRI and coverage of the solution, and of its robust core.
    consistency : float or None
        Consistency of the solution over that of the core. 1: the part that other choices take
        away is as consistent as the rest. Below 1: the solution holds cases that speak against
        it and that the core does not hold. It can be above 1.
    coverage : float or None
        Coverage of the core over that of the solution, from 0 to 1: what share of all that the
        solution covers of the outcome is covered whatever was chosen.
    coincidence_all : float or None
        From 0 to 1, how far the solution is the same set as what all test solutions share.
    coincidence_any : float or None
        From 0 to 1, how far the solution is the same set as all test solutions put together.
    """

    initial: Sufficiency
    core: Sufficiency
    consistency: float | None
    coverage: float | None
    coincidence_all: float | None
    coincidence_any: float | None


def fit_robustness(joined: Joined) -> FitRobustness:
    """How the fit of a solution changes when only its robust core is kept.

    Parameters
    ----------
    joined : Joined
        From `joined` or `joined_solutions`.

    Returns
    -------
    FitRobustness
        A number is None where it is not defined: no case is in the core, or in the outcome.

    References
    ----------
    .. [1] Oana, I.-E. and Schneider, C. Q. (2024). A robustness test protocol for applied QCA:
       theory and R software application. Sociological Methods & Research 53(1): 57-88
       (fit-oriented robustness).

    Examples
    --------
    >>> from tertium.comparison.sets.robustness.joined import joined
    >>> one, other = np.array([0.9, 0.8, 0.6, 0.1]), np.array([0.9, 0.3, 0.6, 0.1])
    >>> found = fit_robustness(joined(one, [other], np.array([1.0, 0.9, 0.3, 0.2])))
    >>> round(found.coverage, 3), round(found.coincidence_all, 3)
    (0.762, 0.792)
    """
    initial = sufficiency(joined.initial, joined.outcome)
    core = sufficiency(joined.core, joined.outcome)
    return FitRobustness(
        initial,
        core,
        _ratio(initial.consistency, core.consistency),
        _ratio(core.coverage, initial.coverage),
        set_coincidence(joined.initial, joined.in_all),
        set_coincidence(joined.initial, joined.in_any),
    )


def set_coincidence(one: np.ndarray, other: np.ndarray) -> float | None:
    """How far two sets are the same: what they share over what at least one of them holds.

    1 if every case is in both to the same degree, 0 if no case is in both. None if no case is in
    either.

    Examples
    --------
    >>> set_coincidence(np.array([1.0, 0.5]), np.array([0.5, 0.5]))
    0.6666666666666666
    """
    whole = float(np.maximum(one, other).sum())
    return float(np.minimum(one, other).sum()) / whole if whole else None


def _ratio(one: float | None, other: float | None) -> float | None:
    return one / other if one is not None and other else None
