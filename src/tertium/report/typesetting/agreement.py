"""The appendix on agreement: for each scheme, how far those who read the same texts agree.

A study comes in, and the tables that its notebooks show. Tables go out, people's and models'
readings never in one; none that says again what a notebook says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
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
# The sentence of a note that names coders, scheme and unit.
_ABOUT = re.compile(r"Coders: .+?; scheme \S+; unit: \w+\.")
_BY_CODE = ", by code"


def agreement_tables(
    study: Study, *, shown: Iterable[Mapping[str, Any]] = ()
) -> list[Mapping[str, Any]]:
    """A table for each scheme and kind of coder, where two of the kind read with the scheme.

    What was settled between coders (gold, reference) is held against nobody: it was made from
    their codings. Left out is a table by code of the same scheme, unit and coders as one of
    those `shown`, contents of the tables of the report's notebooks.

    Examples
    --------
    >>> agreement_tables(open_study("labour-organising"))       # doctest: +SKIP
    """
    part = study.content.agreement
    unit: UnitKind = part.unit if part else "sentence"
    tables = study.tables
    there = {_subject(each) for each in shown} - {""}
    made = [
        table(
            agreement(
                tables,
                scheme=scheme,
                unit=unit,
                coders=coders,
                coefficient=COEFFICIENTS,
                resample="sources",
            ),
            name=f"appendix-agreement-{scheme.replace('_', '-')}-{kind}",
            columns=COLUMNS,
        ).content
        for scheme in (each.name for each in study.own_schemes)
        for kind, coders in readers_of(tables, scheme)
    ]
    return [each for each in made if _subject(each) not in there]


def _subject(content: Mapping[str, Any]) -> str:
    """Whose agreement a table shows by code, on which scheme and unit; empty for other tables."""
    about = _ABOUT.search(str(content.get("note", "")))
    return about[0] if about and _BY_CODE in str(content.get("title", "")) else ""


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
