"""What comes of a minimisation: models, their fit to the cases, their assumptions.

Comes in: minimised rows and the memberships of the cases.
Goes out: `Solution`, which works out fits and assumptions of a model when asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from tertium.comparison.sets.expressions.expression import (
    implicant_term,
    implicant_text,
    term_membership,
)
from tertium.comparison.sets.fit.parameters import Sufficiency, sufficiency_of_terms
from tertium.comparison.sets.memberships import Memberships
from tertium.comparison.sets.minimisation.implicants import Implicant, holds_in
from tertium.comparison.sets.solutions.covered import first_rows, rows_covered
from tertium.comparison.sets.solutions.models import Minimised, Model
from tertium.comparison.sets.solutions.outcome import outcome_membership
from tertium.comparison.sets.solutions.truth import TruthRow, TruthRows

Kind = Literal["conservative", "parsimonious", "intermediate"]
# Assumptions are counted exactly, and listed up to this number.
LISTED = 10_000


@dataclass(frozen=True)
class Assumptions:
    """Rows that a model covers though they are not among those that it explains.

    Parameters
    ----------
    count : int
        How many; exact.
    rows : tuple of int
        The first of their numbers.
    """

    count: int
    rows: tuple[int, ...]

    @property
    def complete(self) -> bool:
        """Whether all of them are listed."""
        return len(self.rows) == self.count


@dataclass(frozen=True)
class Fit:
    """How well a model fits the cases: each term, in the model's order, and the whole."""

    terms: tuple[Sufficiency, ...]
    whole: Sufficiency


@dataclass(frozen=True)
class Block:
    """The intermediate solution between one conservative and one parsimonious model.

    Parameters
    ----------
    conservative, parsimonious : tuple of implicants
        The two models.
    easy_terms : tuple of implicants
        Terms between the two that assume only what theory expects.
    found : Minimised
        Prime implicants and models in between.
    truth : TruthRows
    explained : tuple of TruthRow
    """

    conservative: Model
    parsimonious: Model
    easy_terms: tuple[Implicant, ...]
    found: Minimised
    truth: TruthRows
    explained: tuple[TruthRow, ...]

    @cached_property
    def easy(self) -> Assumptions:
        """Assumptions of the parsimonious model that theory expects: they are kept."""
        return assumed(self.easy_terms, self.truth, self.explained)

    @cached_property
    def difficult(self) -> Assumptions:
        """Its other assumptions, that theory does not back: they are given up."""
        levels = self.truth.levels
        all_of_them = rows_covered(self.parsimonious, levels) - len(self.explained)
        listed = first_rows(
            self.parsimonious,
            levels,
            without=self.easy_terms,
            skip={row.number for row in self.explained},
            most=LISTED,
        )
        return Assumptions(all_of_them - self.easy.count, listed)


def assumed(
    terms: Sequence[Implicant],
    truth: TruthRows,
    explained: Sequence[TruthRow],
    *,
    most: int = LISTED,
) -> Assumptions:
    """The rows that terms cover and that are not among the explained ones."""
    inside = {row.number for row in explained if any(holds_in(term, row.values) for term in terms)}
    count = rows_covered(terms, truth.levels) - len(inside)
    return Assumptions(count, first_rows(terms, truth.levels, skip=inside, most=most))


@dataclass(frozen=True)
class Solution:
    """A minimised truth table.

    Parameters
    ----------
    kind : {"conservative", "parsimonious", "intermediate"}
    truth : TruthRows
        The table it was made from.
    explained : tuple of TruthRow
        The rows that every model covers.
    found : Minimised
        Prime implicants, chart and models; for "intermediate" those of the parsimonious
        solution, as the intermediate ones hang on its models (see `blocks`).
    conservative : Minimised or None
        For "intermediate": the other end.
    blocks : tuple of Block
        For "intermediate": one a pair of a conservative and a parsimonious model, in this order.
    pairs : int
        How many pairs there are; more than blocks if too many to work out, or if not all
        models are listed (then there are more still).
    stopped : bool
        Whether the steps ended before all blocks were worked out.
    """

    kind: Kind
    truth: TruthRows
    explained: tuple[TruthRow, ...]
    found: Minimised
    conservative: Minimised | None
    blocks: tuple[Block, ...]
    pairs: int
    stopped: bool
    memberships: Memberships

    @property
    def models(self) -> tuple[Model, ...]:
        """All models: for "intermediate" those of all blocks, each once."""
        if self.kind != "intermediate":
            return self.found.models
        return tuple(dict.fromkeys(model for one in self.blocks for model in one.found.models))

    @property
    def prime_implicants(self) -> tuple[Implicant, ...]:
        """The prime implicants of `found`."""
        return self.found.prime_implicants

    def text(self, model: Iterable[Implicant]) -> str:
        """A model as written: "A*~B + C[2]"."""
        levels = dict(zip(self.truth.conditions, self.truth.levels, strict=True))
        names = self.truth.conditions
        return " + ".join(implicant_text(term, names, levels) for term in model)

    @property
    def complete(self) -> bool:
        """Whether all models are listed."""
        ends = [self.found, *([self.conservative] if self.conservative else [])]
        whole = all(one.complete for one in [*ends, *(block.found for block in self.blocks)])
        return whole and len(self.blocks) == self.pairs

    @property
    def spent(self) -> bool:
        """Whether a search ended because its steps were used up."""
        ends = [self.found, *([self.conservative] if self.conservative else [])]
        between = (block.found.spent for block in self.blocks)
        return self.stopped or any(one.spent for one in ends) or any(between)

    def membership(self, model: Iterable[Implicant]) -> np.ndarray:
        """How far each case of the table is in a model: its best term."""
        return np.max(np.vstack([self._term(term) for term in model]), axis=0)

    def fit(self, model: Model) -> Fit:
        """Consistency, PRI, coverage and unique coverage of a model, over all cases.

        Unique coverage is what only this term covers; a model of one term has none.
        """
        outcome = outcome_membership(self.memberships, self.truth.outcome)
        terms, whole = sufficiency_of_terms([self._term(term) for term in model], outcome)
        return Fit(tuple(terms), whole)

    def assumptions(self, model: Model, *, most: int = LISTED) -> Assumptions:
        """The simplifying assumptions of a model: remainders (and rows let in) that it covers."""
        return assumed(model, self.truth, self.explained, most=most)

    def _term(self, term: Implicant) -> np.ndarray:
        return term_membership(implicant_term(term, self.truth.conditions), self.memberships)
