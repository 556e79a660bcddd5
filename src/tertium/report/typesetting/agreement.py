"""The appendix on agreement: for each scheme, how far those who read the same texts agree.

A study comes in. Tables go out, people's and models' readings never in one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tertium.agreement.diagnose import ADJUDICATED
from tertium.bundle import Tables
from tertium.comparison.agreement.agreement import agreement
from tertium.report.tables import table
from tertium.sources.units import UnitKind
from tertium.study import Study

COEFFICIENTS = ("krippendorff_alpha", "gwet_ac1", "percent")
COLUMNS = (*COEFFICIENTS, "units", "prevalence", "concerns")
_KINDS = {"human": "people", "model": "model"}


def agreement_tables(study: Study) -> list[Mapping[str, Any]]:
    """A table for each scheme and kind of coder, where two of the kind read with the scheme.

    What was settled between coders (gold, reference) is held against nobody: it was made from
    their codings.

    Examples
    --------
    >>> agreement_tables(open_study("labour-organising"))       # doctest: +SKIP
    """
    part = study.content.agreement
    unit: UnitKind = part.unit if part else "sentence"
    tables = study.tables
    return [
        table(
            agreement(tables, scheme=scheme, unit=unit, coders=coders, coefficient=COEFFICIENTS),
            name=f"appendix-agreement-{scheme.replace('_', '-')}-{kind}",
            columns=COLUMNS,
        ).content
        for scheme in (each.name for each in study.own_schemes)
        for kind, coders in readers_of(tables, scheme)
    ]


def readers_of(tables: Tables, scheme: str) -> Iterator[tuple[str, list[str]]]:
    """Those who read with a scheme, two at least, by kind: people, model.

    Examples
    --------
    >>> list(readers_of(study.tables, "approach"))              # doctest: +SKIP
    [('model', ['reading-1', 'reading-2'])]
    """
    read = tables.readings[(tables.readings["scheme"] == scheme).fillna(False)]
    for kind, word in _KINDS.items():
        own = set(read.loc[(read["coder_kind"] == kind).fillna(False), "coder"])
        coders = sorted(str(each) for each in own - set(ADJUDICATED))
        if len(coders) >= 2:
            yield word, coders
