"""Rows of a table of agreement: a code, pair or group, its coefficients, what weakens them.

Comes in: coded units, their coders, groups and measures.
Goes out: one `Row` for each part of the material.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product

import numpy as np
import pandas as pd

from tertium.agreement.coefficient import Coefficient
from tertium.agreement.diagnose import (
    Coders,
    Concern,
    concerns,
    prevalence,
    without_false_certainty,
)
from tertium.agreement.reliability import NO_CODE, PRIMARY, CodedUnits
from tertium.bundle import Tables
from tertium.comparison.agreement.groups import BY_CODE, BY_PAIR, groups_of
from tertium.comparison.agreement.measures import NO_SPANS, How, Material, measured
from tertium.comparison.agreement.spanned import continua_of
from tertium.comparison.agreement.where import AGREED, DISAGREED, Where
from tertium.comparison.agreement.who import Compared

ALL_CODES = "(all codes)"
_BETWEEN = "/"


@dataclass(frozen=True, eq=False)
class Row:
    """A part of the material and how far coders agree on it.

    Parameters
    ----------
    values : tuple of str
        The part, by the keys of the grouping.
    coefficients : tuple of Coefficient
    concerns : tuple of Concern
    prevalence : float
        Share of yes among the codings of units coded twice; of all codes: of units to which
        somebody gave a code.
    places : dict of str to list of int
        Units on which the coders differ, and to which all gave the same codes.
    codes, coders : tuple of str
        Whose and which.
    """

    values: tuple[str, ...]
    coefficients: tuple[Coefficient, ...]
    concerns: tuple[Concern, ...]
    prevalence: float
    places: dict[str, list[int]]
    codes: tuple[str, ...]
    coders: tuple[str, ...]

    @property
    def id(self) -> str:
        """The row's name in the result."""
        return _BETWEEN.join(self.values)

    @property
    def is_empty(self) -> bool:
        """Whether no unit of the part was coded twice."""
        return not any(each.n_units or each.reason == NO_SPANS for each in self.coefficients)


@dataclass(frozen=True, eq=False)
class Part:
    """What is compared: the material, its coders, and how it is told apart and measured."""

    tables: Tables
    of: Compared
    coded: CodedUnits
    where: Where
    facts: Coders
    keys: tuple[str, ...]
    how: How


def rows_of(part: Part, coefficients: Sequence[str]) -> Iterator[Row]:
    """The rows in the order of the keys; a part without a unit coded twice is a row as well."""
    sources = [str(each) for each in part.coded.units["source_id"]]
    everything = {"": [True] * len(sources)}
    codes: dict[str, tuple[str, ...]] = {code: (code,) for code in part.coded.codes}
    codes[ALL_CODES] = part.coded.codes
    if part.where.unit == "document":
        codes[PRIMARY] = part.coded.codes
    pairs = {" – ".join(pair): pair for pair in part.of.pairs}
    choices: list[list[str]] = []
    groups: dict[str, dict[str, list[bool]]] = {}
    for key in part.keys:
        if key == BY_CODE:
            choices.append(list(codes))
        elif key == BY_PAIR:
            choices.append(list(pairs))
        else:
            groups[key] = groups_of(key, part.tables, part.of, sources) or everything
            choices.append(list(groups[key]))
    for values in product(*choices):
        chosen = dict(zip(part.keys, values, strict=True))
        units = np.ones(len(sources), dtype=bool)
        for key in groups:
            units &= np.array(groups[key][chosen[key]], dtype=bool)
        if groups and not units.any():
            continue
        yield _row(
            part,
            coefficients,
            values,
            codes[chosen.get(BY_CODE, ALL_CODES)],
            pairs.get(chosen.get(BY_PAIR, ""), part.of.names),
            units,
            code=chosen.get(BY_CODE, ALL_CODES),
        )


def _row(
    part: Part,
    coefficients: Sequence[str],
    values: tuple[str, ...],
    codes: tuple[str, ...],
    coders: tuple[str, ...],
    units: np.ndarray,
    *,
    code: str,
) -> Row:
    one = None if code == ALL_CODES else code
    table = part.coded.table(one).loc[list(coders), units]
    all_sources = part.coded.units["source_id"].to_numpy()
    sources = [str(each) for each in all_sources[units]]
    material = Material(
        table,
        one,
        part.coded.codes,
        sources,
        cache(lambda of: continua_of(part.tables, part.of, part.coded, coders, sources, of)),
    )
    found = tuple(
        without_false_certainty(measured(name, material, part.how), table, sources)
        for name in coefficients
    )
    told: dict[str, Concern] = {}
    for coefficient in found:
        of_code = None if one == PRIMARY else one
        for concern in concerns(
            table, coefficient, coders=part.facts, sources=sources, code=of_code
        ):
            told.setdefault(concern.short, concern)
    if one == PRIMARY:
        places = _primary_places(table, np.nonzero(units)[0])
    else:
        places = part.where.split(codes, coders, units)
    return Row(
        values, found, tuple(told.values()), _share(table, one), places, codes, tuple(coders)
    )


def _primary_places(table: pd.DataFrame, at: np.ndarray) -> dict[str, list[int]]:
    """Documents with different primary codes, and with one and the same."""
    places: dict[str, list[int]] = {DISAGREED: [], AGREED: []}
    for place, cells in zip(at, table.to_numpy(dtype=object).T, strict=True):
        given = [cell for cell in cells if cell is not None]
        if len(given) >= 2 and set(given) != {NO_CODE}:
            places[AGREED if len(set(given)) == 1 else DISAGREED].append(int(place))
    return places


def _share(table: pd.DataFrame, code: str | None) -> float:
    if code not in (None, PRIMARY):
        return prevalence(table)
    return prevalence(table.map(lambda cell: None if cell is None else float(_is_yes(cell))))


def _is_yes(cell: object) -> bool:
    """Whether somebody gave any code: a set that is not empty, or a primary code."""
    return bool(cell) and cell != NO_CODE


def support_of(part: Part, rows: Sequence[Row]) -> Iterator[dict[str, object]]:
    """Evidence of each row: where coders differ, first; where they gave the same codes, then.

    Each passage stands under its own count, none under a coefficient.
    """
    for row in rows:
        for rank, which in enumerate((DISAGREED, AGREED)):
            for unit in row.places[which]:
                # Primary codes may differ where the sets of codes do not.
                differing = which == DISAGREED and PRIMARY not in row.values
                evidence = part.where.evidence(unit, row.codes, row.coders, differing=differing)
                for each in evidence:
                    yield {"row": row.id, "column": which, "rank": rank, **each}
