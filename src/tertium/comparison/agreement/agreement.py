"""How far coders agree: for each code, group or pair a coefficient, and the passages behind it.

Comes in: the tables of a study, and who is compared on what.
Goes out: a result whose counts lead to the passages on which coders differ.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import pandas as pd

from tertium.agreement.reliability import coded_units
from tertium.bundle import Tables
from tertium.comparison.agreement.groups import grouping
from tertium.comparison.agreement.measures import (
    DISTANCES,
    MEASURES,
    RESAMPLED,
    Distance,
    How,
    Resampled,
    chosen,
)
from tertium.comparison.agreement.rows import Part, rows_of
from tertium.comparison.agreement.shown import shown_result
from tertium.comparison.agreement.where import Where
from tertium.comparison.agreement.who import compared
from tertium.comparison.passages import Passages
from tertium.comparison.result import Result, comparison
from tertium.errors import UnknownNameError


def counted_units(tables: Tables) -> pd.DataFrame:
    """The units of the sources that a count may take.

    Examples
    --------
    >>> from tertium.study import open_study
    >>> units = counted_units(open_study("labour-organising").tables)
    >>> units["source_id"].nunique()
    57
    """
    counted = set(tables.counted_sources()["source_id"])
    return tables.units[tables.units["source_id"].isin(counted)]


@comparison
def agreement(
    tables: Tables,
    *,
    scheme: str,
    unit: Literal["document", "paragraph", "sentence"],
    coders: str | Sequence[str],
    coefficient: str | Sequence[str],
    by: str | Sequence[str] | None = None,
    which: Literal["counted", "all"] = "counted",
    distance: Distance = "masi",
    threshold: float = 0.5,
    resample: Resampled = "units",
    replicates: int = 1000,
    seed: int = 1,
    level: float = 0.95,
) -> Result:
    """How far coders agree on where the codes of a scheme stand.

    Parameters
    ----------
    tables : Tables
    scheme : str
    unit : {"document", "paragraph", "sentence"}
        What is held to show a code or not; `tertium.agreement.reliability` has the rules.
        Coefficients for spans look at characters or spans instead. Documents have a further row:
        the primary code of each.
    coders : sequence of str
        Or a text with commas. One coder alone is held against her own later readings of the
        same sources: a reading of a whole source closes what was coded before it.
    coefficient : str or sequence of str
        percent, scott_pi, cohen_kappa, fleiss_kappa, conger_kappa, krippendorff_alpha,
        gwet_ac1, brennan_prediger, holsti; for spans u_alpha, bar_u_alpha, cu_alpha, gamma,
        overlap_f1. Several stand side by side.
    by : str or sequence of str, optional
        What makes a row: code (without it), pair (every two coders: how a machine does beside
        how people do), voice, language, country, kind; period (sources in thirds by when they
        were read), month, scheme_version. Several are crossed, in their order. Without code
        among them, each unit's set of codes is compared.
    which : {"counted", "all"}
        all: also digests, translations and copies of a text that is there, which no count takes;
        what is read twice in two languages is no second text.
    distance : {"masi", "jaccard", "nominal"}
        How far apart two sets of codes are, for alpha over all codes.
    threshold : float
        The overlap from which two spans count as the same, for overlap_f1.
    resample : {"units", "sources"}
        What the bootstrap draws: units, or whole sources where units of one source are alike.
        Coefficients for spans always draw sources, and so do those that stand beside them.
    replicates, seed, level
        Of the interval; 0 replicates: none.

    Returns
    -------
    Result
        A row a code (or group), with coefficient, interval, observed and expected part, units,
        units set aside and why, prevalence, how many units coders differ on or give the same
        codes, and concerns. A coefficient without meaning is null in `frame`; the cell shown
        or the note says why. `evidence(row, "disagreed")` has the passages on which coders
        differ, `evidence(row, "agreed")` those to which all gave the code; a coefficient has
        none.

        Readings by one model are called consistency, never agreement of people; one model is one
        coder_version or, where none is written, one name but for a number at its end. Of a
        source that a coder read more than once, her first reading is compared with others'.
        gwet_ac1 and brennan_prediger have no value for sets of codes: they need the number of
        categories.

    Raises
    ------
    UnknownNameError
        No such scheme, unit, coder, coefficient or grouping; the message lists what there is.

    Examples
    --------
    >>> from tertium.study import open_study
    >>> tables = open_study("labour-organising").tables
    >>> result = agreement(tables, scheme="approach", unit="sentence", replicates=0,
    ...                    coders=["reading-1", "reading-2"], coefficient="krippendorff_alpha")
    >>> result.title.split(":")[0]
    'Consistency of two readings by one model'
    >>> round(float(result.frame.loc["strike", "value"]), 2)
    0.97
    """
    if distance not in DISTANCES:
        raise UnknownNameError(f"distance={distance!r}; there are {', '.join(DISTANCES)}")
    if resample not in RESAMPLED:
        raise UnknownNameError(f"resample={resample!r}; there are {', '.join(RESAMPLED)}")
    if which not in ("counted", "all"):
        raise UnknownNameError(f"which={which!r}; there are counted, all")
    book = tables.scheme(scheme)
    keys, names = grouping(by), chosen(coefficient)
    of = compared(tables, book, coders)
    units = tables.units if which == "all" else counted_units(tables)
    coded = coded_units(of.codings, of.readings, units, scheme=book, unit=unit, coders=of.names)
    drawn: Resampled = "sources" if any(MEASURES[name].on_spans for name in names) else resample
    passages = Passages(tables)
    part = Part(
        tables=tables,
        of=of,
        coded=coded,
        where=Where(passages, coded, of, scheme, unit),
        facts=of.facts(coded, tables.stale_by_code(scheme, of.names)),
        keys=keys,
        how=How(distance, drawn, replicates, seed, level, threshold),
    )
    rows = list(rows_of(part, names))
    return shown_result(part, rows, book, unit, names)
