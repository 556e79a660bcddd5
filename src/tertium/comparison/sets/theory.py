"""Theory evaluation: where a theory and a solution meet, and what the cases there say.

Comes in: the expression of a theory, that of a solution, the outcome, and memberships.
Goes out: four areas, each with its expression, its fit and its cases by kind.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from tertium.comparison.sets.expressions.algebra import intersect, negate, simplify
from tertium.comparison.sets.expressions.expression import Expression, membership, parse
from tertium.comparison.sets.fit.parameters import Sufficiency, sufficiency
from tertium.comparison.sets.memberships import CROSSOVER, Memberships
from tertium.errors import UnknownNameError

# By area: what a case with the outcome is, and what one without it is. "Most likely" is a case
# that the theory expects to have the outcome, "covered" one that the solution covers.
KINDS: Mapping[tuple[bool, bool], tuple[str, str]] = MappingProxyType(
    {
        (True, True): ("covered most likely", "inconsistent most likely"),
        (False, True): ("covered least likely", "inconsistent least likely"),
        (True, False): ("uncovered most likely", "consistent most likely"),
        (False, False): ("uncovered least likely", "consistent least likely"),
    }
)


@dataclass(frozen=True)
class Area:
    """What is in the theory or not, and in the solution or not.

    Parameters
    ----------
    in_theory, in_solution : bool
        Which of the four areas it is.
    expression : Expression
        Its shortest form; "0" where no combination is in it. In sets with degrees this is the
        logical form: a case can still be partly in it, for it can be partly in a set and partly
        in its absence.
    fit : Sufficiency
        How far it is a subset of the outcome, and how much of the outcome it covers, by the
        lower of the memberships in both parts.
    with_outcome, without_outcome : tuple of str
        Ids of the cases that are more in the area than out, by whether they are more in the
        outcome than out.
    """

    in_theory: bool
    in_solution: bool
    expression: Expression
    fit: Sufficiency
    with_outcome: tuple[str, ...]
    without_outcome: tuple[str, ...]

    @property
    def name(self) -> str:
        """The area as written: T for the theory, S for the solution."""
        return f"{'T' if self.in_theory else '~T'}*{'S' if self.in_solution else '~S'}"

    @property
    def kinds(self) -> tuple[str, str]:
        """What its cases with, and those without the outcome are called."""
        return KINDS[self.in_theory, self.in_solution]


@dataclass(frozen=True)
class TheoryEvaluation:
    """A theory held against a solution.

    Parameters
    ----------
    areas : tuple of Area
        In both; in the solution only, by which the theory should be extended; in the theory only,
        which should be dropped from it; in neither.
    in_between : tuple of str
        Ids of the cases at exactly 0.5 in the theory, the solution or the outcome: they are in no
        area, or neither with nor without the outcome, but count in the fit.
    dropped : tuple of str
        Ids of the cases for which a set that is named isn't stated: they count nowhere.
    """

    areas: tuple[Area, ...]
    in_between: tuple[str, ...]
    dropped: tuple[str, ...]

    def cases(self) -> dict[str, tuple[str, ...]]:
        """Ids of the cases by kind, all eight kinds, also those without a case."""
        found = {}
        for area in self.areas:
            for kind, cases in zip(
                area.kinds, (area.with_outcome, area.without_outcome), strict=True
            ):
                found[kind] = cases
        return found


def evaluate_theory(
    theory: Expression | str,
    solution: Expression | str,
    outcome: str,
    memberships: Memberships,
) -> TheoryEvaluation:
    """Hold a theory against a solution: what both say, what one of them says, what neither does.

    The theory is not tested: the areas say where it is supported, where it should be extended and
    where it should be narrowed, and which cases are worth a closer look.

    Parameters
    ----------
    theory, solution : Expression or str
        When the outcome is expected, and when it was found. A text is read with the sets of the
        memberships.
    outcome : str
        "Y", "~Y" or "Y[2]".
    memberships : Memberships
        Cases by sets.

    Returns
    -------
    TheoryEvaluation

    Raises
    ------
    UnknownNameError
        A set that is not there, or the outcome in the theory or in the solution.

    References
    ----------
    .. [1] Schneider, C. Q. and Wagemann, C. (2012). Set-Theoretic Methods for the Social Sciences.
       Cambridge University Press. Ch. 11.

    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame(
    ...     {"A": [1, 1, 0, 0], "B": [1, 0, 1, 0], "Y": [1, 0, 1, 1]}, index=list("wxyz"))
    >>> found = evaluate_theory("A", "B", "Y", Memberships.of(frame))
    >>> [(area.name, area.expression.text(), area.fit.consistency) for area in found.areas]
    [('T*S', 'A*B', 1.0), ('~T*S', '~A*B', 1.0), ('T*~S', 'A*~B', 0.0), ('~T*~S', '~A*~B', 1.0)]
    >>> found.cases()["uncovered least likely"]
    ('z',)
    """
    expected, covering, target = (
        parse(one, sets=memberships.sets, levels=memberships.levels)
        if isinstance(one, str)
        else one
        for one in (theory, solution, outcome)
    )
    for what, one in (("theory", expected), ("solution", covering)):
        if both := set(one.names) & set(target.names):
            raise UnknownNameError(f"the {what} names the outcome, {', '.join(sorted(both))}")
    names = [*expected.names, *covering.names, *target.names]
    stated, dropped = memberships.complete(dict.fromkeys(names))
    t, s, y = (membership(one, stated) for one in (expected, covering, target))
    ids = np.array(stated.cases, dtype=object)
    areas = []
    for in_theory, in_solution in KINDS:
        x = np.minimum(t if in_theory else 1 - t, s if in_solution else 1 - s)
        inside = (x > CROSSOVER) & ~_at_crossover(x)
        written = intersect(
            expected if in_theory else negate(expected),
            covering if in_solution else negate(covering),
        )
        areas.append(
            Area(
                in_theory,
                in_solution,
                simplify(written)[0],
                sufficiency(x, y),
                tuple(ids[inside & (y > CROSSOVER) & ~_at_crossover(y)]),
                tuple(ids[inside & (y < CROSSOVER) & ~_at_crossover(y)]),
            )
        )
    between = tuple(ids[_at_crossover(t) | _at_crossover(s) | _at_crossover(y)])
    return TheoryEvaluation(tuple(areas), between, dropped)


def _at_crossover(held: np.ndarray) -> np.ndarray:
    return np.isclose(held, CROSSOVER, rtol=0, atol=1e-12)
