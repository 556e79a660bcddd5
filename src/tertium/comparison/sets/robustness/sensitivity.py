"""How far cut-offs and anchors can be moved before a solution changes.

Comes in: memberships (or how anchors make them), and the choices that a solution rests on.
Goes out: one `Range` for each cut-off and anchor that is moved.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from tertium.comparison.sets.memberships import Memberships
from tertium.comparison.sets.robustness.ranges import Range, moved
from tertium.comparison.sets.solutions.solution import Kind, Solution
from tertium.comparison.sets.solutions.solve import solve
from tertium.comparison.sets.solutions.truth import InBetween, truth_rows
from tertium.errors import UnknownNameError

CUT_OFFS = ("consistency", "pri", "cases")
Implicant = tuple[int | None, ...]
Models = frozenset[frozenset[Implicant]]
Anchors = Mapping[str, Mapping[str, float]]
MembershipsOf = Callable[[Anchors], Memberships]


@dataclass(frozen=True)
class Choices:
    """Everything that was chosen to come from memberships to a solution.

    Parameters
    ----------
    outcome : str
        "Y", "~Y" or "Y[2]".
    conditions : tuple of str
    consistency, pri, cases
        The cut-offs of the truth table.
    solution : {"conservative", "parsimonious", "intermediate"}
    expectations : mapping of str to sequence of int
        By condition the values that are expected to go with the outcome.
    in_between : {"refuse", "leave_out"}
        What happens with a case at exactly 0.5 in a condition. An anchor that is moved easily
        comes to stand on a case.
    """

    outcome: str
    conditions: tuple[str, ...]
    consistency: float
    pri: float
    cases: int
    solution: Kind
    expectations: Mapping[str, Sequence[int]] = field(default_factory=dict)
    in_between: InBetween = "leave_out"

    def solved(self, memberships: Memberships) -> Solution | None:
        """The solution of these choices; None if there is nothing to explain.

        That is so if no row of the truth table has the outcome, or if nothing stands against it:
        every row has it, and either remainders may be used or there are none.
        """
        truth = truth_rows(
            memberships,
            self.outcome,
            self.conditions,
            consistency=self.consistency,
            pri=self.pri,
            cases=self.cases,
            in_between=self.in_between,
        )
        with_outcome = len(truth.of("1"))
        whole = truth.combinations if self.solution == "conservative" else len(truth.rows)
        if with_outcome in (0, whole):
            return None
        return solve(
            truth,
            memberships,
            solution=self.solution,
            expectations=self.expectations if self.solution == "intermediate" else None,
        )


@dataclass(frozen=True)
class Anchor:
    """An anchor of a calibration that is to be moved, and between what.

    Parameters
    ----------
    set, name : str
        The set, and its anchor ("crossover").
    at : float
        Where it stands.
    step : float
        How far it is moved at once, in the units of the raw values.
    above, below : float
        It must stay above the one and below the other: the neighbouring anchors.
    step_up : float, optional
        How far it is moved upwards at once, where that is not `step`.
    """

    set: str
    name: str
    at: float
    step: float
    above: float = -math.inf
    below: float = math.inf
    step_up: float | None = None


def models_of(solution: Solution | None, *, first_only: bool = False) -> Models:
    """The models of a solution as sets of terms, in which order does not count.

    Examples
    --------
    >>> models_of(None)
    frozenset()
    """
    if solution is None:
        return frozenset()
    models = solution.models[:1] if first_only else solution.models
    return frozenset(frozenset(model) for model in models)


ModelsOf = Callable[[Choices, Memberships], Models]


def all_models(choices: Choices, memberships: Memberships) -> Models:
    """All models that choices give; none where there is nothing to explain."""
    return models_of(choices.solved(memberships))


def ranges(
    memberships: Memberships | MembershipsOf,
    choices: Choices,
    *,
    steps: Mapping[str, float],
    runs: int,
    anchors: Sequence[Anchor] = (),
    models: ModelsOf | None = None,
) -> list[Range]:
    """How far each cut-off and each anchor can be moved alone, with the same solution.

    Two solutions are the same if they have the same models, each the same terms. A cut-off at
    which nothing is left to explain gives another solution. Whatever else was chosen stays as it
    was: a range says nothing of two choices that are moved together.

    Parameters
    ----------
    memberships : Memberships, or a function that gives them
        The function takes anchors that differ from those chosen, {"SIZE": {"crossover": 400}},
        and is called with {} for the chosen ones.
    choices : Choices
    steps : mapping of str to float
        By cut-off ("consistency", "pri", "cases") how far it is moved at once; a cut-off that is
        not named is not moved.
    runs : int
        How many steps are tried each way.
    anchors : sequence of Anchor
        Needs memberships that are given by a function.
    models : callable, optional
        From choices and memberships to the models, where the solution is made in another way (an
        enhanced analysis), or only some models are to be compared. Without models there is
        nothing to explain. Of several models none is the right one: without this all count.

    Returns
    -------
    list of Range
        The cut-offs in the order above, then the anchors in the order given.

    Raises
    ------
    UnknownNameError
        A step for what is no cut-off, anchors without a function, or anything that the truth
        table refuses at the chosen values.

    References
    ----------
    .. [1] Oana, I.-E. and Schneider, C. Q. (2024). A robustness test protocol for applied QCA:
       theory and R software application. Sociological Methods & Research 53(1): 57-88.

    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame({"A": [0.9, 0.8, 0.3, 0.1], "Y": [0.9, 0.6, 0.2, 0.4]}, list("wxyz"))
    >>> choices = Choices("Y", ("A",), consistency=0.85, pri=0, cases=1, solution="conservative")
    >>> found = ranges(Memberships.of(frame), choices, steps={"consistency": 0.05}, runs=20)
    >>> found[0].lower, found[0].upper
    (0.5, 0.85)
    """
    if strange := sorted(set(steps) - set(CUT_OFFS)):
        raise UnknownNameError(f"{strange[0]!r} is no cut-off; there are {', '.join(CUT_OFFS)}")
    if anchors and isinstance(memberships, Memberships):
        raise UnknownNameError(
            "anchors can't be moved: give a function from anchors to memberships"
        )
    chosen = memberships if isinstance(memberships, Memberships) else memberships({})
    find = models or all_models
    first = find(choices, chosen)
    if not first:
        raise UnknownNameError(
            "with the chosen cut-offs there is nothing to explain: no row of the truth table has "
            "the outcome, or all have it; choose others"
        )
    initial = _Compared(choices, first, find)
    found = [
        initial.cut_off(name, chosen, step=steps[name], runs=runs)
        for name in CUT_OFFS
        if name in steps
    ]
    if not isinstance(memberships, Memberships):
        found += [initial.anchor(each, memberships, runs=runs) for each in anchors]
    return found


@dataclass(frozen=True)
class _Compared:
    """The chosen solution, and whether others are the same."""

    choices: Choices
    models: Models
    find: ModelsOf

    def is_same(self, choices: Choices, memberships: Memberships) -> bool:
        """Return whether other choices or memberships give the same models."""
        return self.find(choices, memberships) == self.models

    def cut_off(self, name: str, memberships: Memberships, *, step: float, runs: int) -> Range:
        """Return how far a cut-off can be moved."""
        if name == "cases" and step != int(step):
            raise UnknownNameError(f"a step of {step:g} cases is none; write a whole number")

        def stays(value: float) -> bool:
            moved_to = int(value) if name == "cases" else value
            return self.is_same(replace(self.choices, **{name: moved_to}), memberships)  # type: ignore[arg-type]

        def possible(value: float) -> bool:
            if name == "cases":
                return value >= 1
            # Every row reaches a consistency of 0; a PRI of 0 asks for nothing, as it should.
            return (value > 0 or name == "pri") and 0 <= value <= 1

        at = getattr(self.choices, name)
        return moved(name, at, stays, step=step, runs=runs, possible=possible)

    def anchor(self, anchor: Anchor, made: MembershipsOf, *, runs: int) -> Range:
        """Return how far an anchor can be moved."""

        def stays(value: float) -> bool:
            return self.is_same(self.choices, made({anchor.set: {anchor.name: value}}))

        def possible(value: float) -> bool:
            return anchor.above < value < anchor.below

        name = f"{anchor.set} {anchor.name}"
        return moved(
            name,
            anchor.at,
            stays,
            step=anchor.step,
            runs=runs,
            possible=possible,
            step_up=anchor.step_up,
        )
