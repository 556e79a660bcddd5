"""The coefficients by the names that a user writes, each with its interval.

Comes in: a reliability table or continua, and how to measure.
Goes out: coefficients; one that can't be computed says why, and raises nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any, Literal, get_args

import numpy as np
import pandas as pd

from tertium.agreement.coefficient import NAN, Coefficient
from tertium.agreement.coefficients.alpha import krippendorff_alpha
from tertium.agreement.coefficients.counts import MISSING, UnitTable, unit_table
from tertium.agreement.coefficients.gwet import brennan_prediger, gwet_ac
from tertium.agreement.coefficients.kappa import cohen_kappa, conger_kappa
from tertium.agreement.coefficients.percent import holsti, percent_agreement
from tertium.agreement.coefficients.pi import fleiss_kappa, scott_pi
from tertium.agreement.coefficients.sets import set_alpha, set_table
from tertium.agreement.coefficients.sums import Sums, rule_of
from tertium.agreement.intervals import bootstrap
from tertium.agreement.reliability import NO_CODE, PRIMARY
from tertium.agreement.spans.alignment import Dissimilarity
from tertium.agreement.spans.continuum import Continuum
from tertium.agreement.spans.gamma import Chance, gamma
from tertium.agreement.spans.overlap import overlap_f1
from tertium.agreement.spans.resampling import Resamples
from tertium.agreement.spans.resampling import bootstrap as over_texts
from tertium.agreement.spans.samplers import Sampler
from tertium.agreement.spans.unitizing import bar_u_alpha, cu_alpha, k_u_alpha, u_alpha
from tertium.errors import InputError, UnknownNameError

Distance = Literal["masi", "jaccard", "nominal"]
Resampled = Literal["units", "sources"]
DISTANCES: tuple[str, ...] = get_args(Distance)
RESAMPLED: tuple[str, ...] = get_args(Resampled)
# How gamma is taken: place and value count alike, chance shuffles around pivots, as in 2015.
GAMMA = Dissimilarity(alpha=1, beta=1)
GAMMA_SAMPLER: Sampler = "shuffle_pivot"
# Chance texts that gamma is held against, for each text.
GAMMA_SAMPLES = 30
NO_SPANS = "nobody_marked_a_span"


@dataclass(frozen=True)
class How:
    """What is the same for every row of a table.

    Parameters
    ----------
    distance : {"masi", "jaccard", "nominal"}
        How far apart two sets of codes are, for alpha over all codes.
    resample : {"units", "sources"}
        What the bootstrap draws again.
    replicates, seed : int
    level : float
        Of the interval.
    threshold : float
        From which overlap on two spans are the same, for overlap_f1.
    """

    distance: Distance
    resample: Resampled
    replicates: int
    seed: int
    level: float
    threshold: float

    @property
    def resamples(self) -> Resamples | None:
        """The same for whole sources; None where no interval is wanted."""
        if not self.replicates:
            return None
        return Resamples(times=self.replicates, seed=self.seed, level=self.level)


@dataclass(frozen=True, eq=False)
class Material:
    """The part of the codings that one row measures.

    Parameters
    ----------
    table : DataFrame, shape (n_coders, n_units)
        1 and 0 of a code, or sets of codes.
    code : str or None
        None: sets of all codes; `PRIMARY`: the code that a document is mostly about.
    codes : sequence of str
        All of the scheme, which are the categories of a primary code.
    sources : sequence of str
        Of each unit.
    continua : callable
        From a code to the same as spans: the texts that all coders read for that code, for None
        those that they read for every code, with the spans of each coder.
    """

    table: pd.DataFrame
    code: str | None
    codes: Sequence[str]
    sources: Sequence[str]
    continua: Callable[[str | None], list[Continuum]]

    @cached_property
    def counted(self) -> UnitTable:
        """The table, counted once; a set is one category."""
        if self.code is None:
            return set_table(self.table)
        if self.code == PRIMARY:
            return unit_table(self.table, categories=[*self.codes, NO_CODE])
        return unit_table(self.table.astype(float), categories=[0.0, 1.0])

    @cached_property
    def by_source(self) -> np.ndarray:
        """How often each pattern of `counted` occurs in each source."""
        places = {tuple(row): at for at, row in enumerate(self.counted.rows.tolist())}
        values = {value: at for at, value in enumerate(self.counted.values.tolist())}
        order = {name: at for at, name in enumerate(dict.fromkeys(self.sources))}
        found = np.zeros((len(order), len(places)))
        cells = self.table.to_numpy(dtype=object)
        for column, source in zip(cells.T, self.sources, strict=True):
            pattern = tuple(MISSING if _is_missing(cell) else values[cell] for cell in column)
            if pattern in places:
                found[order[source], places[pattern]] += 1
        return found[found.any(axis=1)]


def _is_missing(cell: Any) -> bool:
    return cell is None or (isinstance(cell, float) and np.isnan(cell))


def measured(name: str, material: Material, how: How) -> Coefficient:
    """A coefficient of one row, with its interval."""
    try:
        return MEASURES[name].of(material, how)
    except InputError as error:
        # A coefficient that this material does not fit has no value there; other rows may.
        first = error.faults[0]
        why = f"{first.found} ({first.remedy})"
        if any("overlaps" in fault.found for fault in error.faults):
            why = "passages of one coder overlap there"
        return Coefficient(MEASURES[name].words, NAN, reason=why)


@dataclass(frozen=True)
class Measure:
    """A coefficient by its name: how tables head it, and how it is computed."""

    words: str
    of: Callable[[Material, How], Coefficient]
    on_spans: bool = False


# --- coefficients on units -------------------------------------------------------------------


def _on_units(function: Callable[..., Coefficient]) -> Callable[[Material, How], Coefficient]:
    def of(material: Material, how: How) -> Coefficient:
        return _with_interval(function, material, how)

    return of


def _of_categories(
    function: Callable[..., Coefficient],
) -> Callable[[Material, How], Coefficient]:
    """A coefficient whose chance follows from the number of categories.

    A code has two, a primary code as many as the scheme has codes and one for none. Sets of codes
    have no such number: those that happen to occur would make another one in each row.
    """

    def of(material: Material, how: How) -> Coefficient:
        if material.code is not None:
            return _with_interval(function, material, how)
        found = _with_interval(function, material, replace(how, replicates=0))
        if not found.n_units:
            return found
        return replace(found, value=NAN, expected=NAN, reason=_SETS_HAVE_NO_NUMBER, concerns=())

    return of


_SETS_HAVE_NO_NUMBER = "chance would follow the number of sets that happen to occur"


def _alpha(material: Material, how: How) -> Coefficient:
    if material.code is None and how.distance != "nominal":
        return _with_interval(partial(set_alpha, distance=how.distance), material, how)
    return _with_interval(partial(krippendorff_alpha, level="nominal"), material, how)


def _with_interval(
    function: Callable[..., Coefficient], material: Material, how: How
) -> Coefficient:
    rule = rule_of(function)
    assert rule is not None, "each coefficient on units follows a rule"
    sums: Sums = rule(material.counted)
    found = sums.coefficient()
    if how.resamples is None or not found.is_defined:
        return found
    if how.resample == "units":
        return found.with_interval(
            bootstrap(
                material.counted,
                function,
                replicates=how.replicates,
                seed=how.seed,
                level=how.level,
            )
        )
    kept = _places_of(sums.table, material.counted)
    by_source = material.by_source[:, kept]
    by_source = by_source[by_source.any(axis=1)]
    return found.with_interval(
        over_texts(lambda drawn: sums.parts(drawn @ by_source).value, len(by_source), how.resamples)
    )


def _places_of(part: UnitTable, whole: UnitTable) -> list[int]:
    """Where the patterns of a part stand in the whole; the part may number its values anew."""
    places = {pattern: at for at, pattern in enumerate(_patterns(whole))}
    return [places[pattern] for pattern in _patterns(part)]


def _patterns(table: UnitTable) -> list[tuple[Any, ...]]:
    """The values of each pattern, None where one is missing."""
    values = table.values.tolist()
    return [
        tuple(None if at == MISSING else values[at] for at in row) for row in table.rows.tolist()
    ]


# --- coefficients on spans -------------------------------------------------------------------


# From continua, how, and a code or None for all.
_SpanMeasure = Callable[[list[Continuum], How, str | None], Coefficient]


def _on_spans(
    name: str, function: _SpanMeasure, *, every_code: bool
) -> Callable[[Material, How], Coefficient]:
    """A coefficient of the texts that all coders read; the others are set aside.

    Read for the code of the row, or for every code where the measure looks at all of them.
    """

    def of(material: Material, how: How) -> Coefficient:
        if material.code == PRIMARY:
            return Coefficient(MEASURES[name].words, NAN, reason="documents_have_no_spans")
        texts = material.continua(None if every_code else material.code)
        if not texts:
            return Coefficient(MEASURES[name].words, NAN, reason="no_source_was_read_by_all")
        found = function(texts, how, material.code)
        if not found.is_defined and not any(
            each.n_spans for each in _of_code(texts, material.code)
        ):
            found = replace(found, reason=NO_SPANS)
        left = len(set(material.sources)) - len(texts)
        aside = {"sources_not_read_by_all": left} if left else {}
        return replace(
            found,
            set_aside={**found.set_aside, **aside},
            details={**found.details, "counted": "span"},
        )

    return of


def _of_code(texts: list[Continuum], code: str | None) -> list[Continuum]:
    return texts if code is None else [each.of_value(code) for each in texts]


def _cu_alpha(texts: list[Continuum], how: How, code: str | None) -> Coefficient:
    """Over all codes; for one code (k)u-alpha, which asks what stands where that code meets any."""
    if code is None:
        return cu_alpha(texts, resamples=how.resamples)
    return k_u_alpha(texts, value=code, resamples=how.resamples)


def _gamma(texts: list[Continuum], how: How, code: str | None) -> Coefficient:
    """As the paper of 2015 has it; `GAMMA` and its neighbours say how."""
    return gamma(
        _of_code(texts, code),
        dissimilarity=GAMMA,
        chance=Chance(GAMMA_SAMPLER, samples=GAMMA_SAMPLES, seed=how.seed),
        resamples=how.resamples,
    )


def _overlap(texts: list[Continuum], how: How, code: str | None) -> Coefficient:
    return overlap_f1(texts, threshold=how.threshold, value=code, resamples=how.resamples)


def _u_alpha(texts: list[Continuum], how: How, code: str | None) -> Coefficient:
    return u_alpha(_of_code(texts, code), resamples=how.resamples)


def _bar_u_alpha(texts: list[Continuum], how: How, code: str | None) -> Coefficient:
    return bar_u_alpha(_of_code(texts, code), resamples=how.resamples)


def _spans(words: str, name: str, function: _SpanMeasure, *, every_code: bool = False) -> Measure:
    return Measure(words, _on_spans(name, function, every_code=every_code), on_spans=True)


MEASURES: Mapping[str, Measure] = {
    "krippendorff_alpha": Measure("Krippendorff's alpha", _alpha),
    "percent": Measure("Percent agreement", _on_units(partial(percent_agreement, average="unit"))),
    "scott_pi": Measure("Scott's pi", _on_units(scott_pi)),
    "cohen_kappa": Measure("Cohen's kappa", _on_units(partial(cohen_kappa, weights="identity"))),
    "fleiss_kappa": Measure("Fleiss' kappa", _on_units(partial(fleiss_kappa, weights="identity"))),
    "conger_kappa": Measure("Conger's kappa", _on_units(partial(conger_kappa, weights="identity"))),
    "gwet_ac1": Measure("Gwet's AC1", _of_categories(partial(gwet_ac, weights="identity"))),
    "brennan_prediger": Measure(
        "Brennan-Prediger", _of_categories(partial(brennan_prediger, weights="identity"))
    ),
    "holsti": Measure("Holsti", _on_units(holsti)),
    "u_alpha": _spans("u-alpha (2016)", "u_alpha", _u_alpha),
    "bar_u_alpha": _spans("|u-alpha (2016)", "bar_u_alpha", _bar_u_alpha),
    "cu_alpha": _spans("(k)u-alpha / cu-alpha (2016)", "cu_alpha", _cu_alpha, every_code=True),
    "gamma": _spans("gamma (2015)", "gamma", _gamma),
    "overlap_f1": _spans("Overlap F1", "overlap_f1", _overlap),
}


def chosen(coefficient: str | Sequence[str]) -> tuple[str, ...]:
    """The names of coefficients, each known and once.

    Examples
    --------
    >>> chosen("cohen_kappa, percent")
    ('cohen_kappa', 'percent')
    """
    names = coefficient.split(",") if isinstance(coefficient, str) else list(coefficient)
    names = [name.strip() for name in names if name.strip()]
    strange = [name for name in names if name not in MEASURES]
    if strange or not names:
        there = ", ".join(MEASURES)
        raise UnknownNameError(f"coefficient={(strange or [''])[0]!r}; there are {there}")
    return tuple(dict.fromkeys(names))
