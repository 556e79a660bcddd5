"""The spans of coders as continua: what coefficients for spans measure.

Comes in: codings and readings of the coders compared.
Goes out: a continuum for each source that all of them read from end to end, without furniture.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from tertium.agreement.reliability import CodedUnits
from tertium.agreement.spans.continuum import Continuum, continuum, merged
from tertium.bundle import Tables
from tertium.comparison.agreement.who import Compared


def continua_of(
    tables: Tables,
    of: Compared,
    coded: CodedUnits,
    coders: Sequence[str],
    sources: Iterable[str],
    code: str | None = None,
) -> list[Continuum]:
    """The texts that all of `coders` read for a code, or for every code, with all their spans.

    Page furniture is cut out: agreement on a menu's emptiness would be agreement on nothing.
    Codings of the whole source and denials have no place here.
    """
    wanted = sorted(set(sources))
    rows = [coded.coders.index(each) for each in coders]
    codes = list(range(len(coded.codes))) if code is None else [coded.codes.index(code)]
    read = coded.read[rows][:, :, codes].all(axis=(0, 2))
    by_source = pd.Series(read).groupby(coded.units["source_id"].to_numpy()).all()
    length = {
        str(source): len(str(text))
        for source, text in zip(tables.sources["source_id"], tables.sources["text"], strict=True)
    }
    return [
        _continuum(tables, of.codings, source, length[source], coders)
        for source in wanted
        if bool(by_source.get(source, False))
    ]


def _continuum(
    tables: Tables, codings: pd.DataFrame, source: str, length: int, coders: Sequence[str]
) -> Continuum:
    kept = np.ones(length, dtype=bool)
    zones = tables.zones
    furniture = zones[(zones["source_id"] == source) & (zones["zone"] == "furniture")]
    for start, end in zip(furniture["start"], furniture["end"], strict=True):
        kept[int(start) : int(end)] = False
    before = np.concatenate([[0], np.cumsum(kept)])
    own = codings[
        (codings["source_id"] == source)
        & codings["start"].notna()
        & (codings["stance"].fillna("asserted") != "denied")
        & codings["coder"].isin(list(coders))
    ]
    rows: list[dict[str, Any]] = []
    for coder, code, start, end in (
        own[["coder", "code", "start", "end"]].astype(object).itertuples(index=False, name=None)
    ):
        begin, stop = int(before[int(start)]), int(before[int(end)])
        if begin < stop:
            rows.append({"coder": coder, "start": begin, "end": stop, "value": code})
    whole = int(before[-1])
    return merged(continuum(rows, length=whole, coders=list(coders), name=source))
