"""One minimisation: prime implicants, their chart, and the models that cover the rows.

Comes in: rows to explain, and prime implicants.
Goes out: `Minimised`: the chart and all its models, or as many as were asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tertium.comparison.sets.minimisation.budget import Budget
from tertium.comparison.sets.minimisation.chart import covers, dominated
from tertium.comparison.sets.minimisation.chart import essential as alone
from tertium.comparison.sets.minimisation.implicants import Implicant, chart_of
from tertium.comparison.sets.solutions.truth import TruthRow
from tertium.errors import UnknownNameError

Model = tuple[Implicant, ...]


@dataclass(frozen=True)
class Listing:
    """How models are listed: which, how many, in how many steps."""

    every: bool
    row_dominance: bool
    most: int
    budget: Budget | None

    def again(self) -> Listing:
        """The same with steps of its own, for another search."""
        return replace(self, budget=self.budget and self.budget.again())


@dataclass(frozen=True)
class Minimised:
    """Prime implicants of some rows, and the models made of them.

    Parameters
    ----------
    prime_implicants : tuple of tuple of int or None
        Those that hold in a row to be explained: fewest conditions first, then by place.
    chart : tuple of tuple of int
        For each prime implicant the numbers of the explained rows in which it holds.
    models : tuple of tuple of implicants
        Each explains all rows: with as few terms as possible, or (where all were asked for)
        with no superfluous one. Several models explain the rows equally well.
    essential : tuple of tuple of int or None
        The terms that stand in every model; if not all models are listed, those that alone
        cover some row, which every model needs.
    complete : bool
        Whether all models are listed.
    at_least : int
        How many models there are, or a number that there are at the least.
    counted : bool
        Whether `at_least` is how many there are.
    spent : bool
        Whether the search ended because its steps were used up; then the models are covers of
        the rows, but it is not proven that no smaller one exists.
    """

    prime_implicants: tuple[Implicant, ...]
    chart: tuple[tuple[int, ...], ...]
    models: tuple[Model, ...]
    essential: tuple[Implicant, ...]
    complete: bool
    at_least: int
    counted: bool
    spent: bool


def minimised(
    explained: Sequence[TruthRow], implicants: Sequence[Implicant], listing: Listing
) -> Minimised:
    """Models of some rows out of their prime implicants.

    Parameters
    ----------
    explained : sequence of TruthRow
    implicants : sequence of tuple of int or None
        All prime implicants of the rows.
    listing : Listing
        With `row_dominance`, a prime implicant that covers only a part of what another one
        covers is left out first; models that need it are then not found.

    Raises
    ------
    UnknownNameError
        If no condition is left, as nothing stands against the outcome.
    """
    if any(all(value is None for value in implicant) for implicant in implicants):
        raise UnknownNameError(
            "no combination is left that stands against the outcome, so that every condition "
            "drops out; raise the cut-off of consistency, or look for the outcome's absence"
        )
    masks = chart_of(implicants, [row.values for row in explained])
    if listing.row_dominance:
        weak = set(dominated(masks))
        implicants = [one for at, one in enumerate(implicants) if at not in weak]
        masks = [mask for at, mask in enumerate(masks) if at not in weak]
    columns = len(explained)
    found = covers(masks, columns, every=listing.every, most=listing.most, budget=listing.budget)
    models = tuple(tuple(implicants[at] for at in cover) for cover in found.covers)
    if found.complete and models:
        needed = [one for one in implicants if all(one in model for model in models)]
    else:
        needed = [implicants[at] for at in alone(masks, columns)]
    return Minimised(
        prime_implicants=tuple(implicants),
        chart=tuple(
            tuple(row.number for at, row in enumerate(explained) if mask >> at & 1)
            for mask in masks
        ),
        models=models,
        essential=tuple(needed),
        complete=found.complete,
        at_least=found.at_least,
        counted=found.counted,
        spent=found.spent,
    )
