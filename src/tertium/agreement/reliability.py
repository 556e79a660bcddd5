"""Who held which unit to show which code: the only way from codings to coder × unit tables.

Comes in: codings, readings and units of a study.
Goes out: reliability tables, missing where a coder did not look.

The rules, the same for every coefficient:

- A unit shows a code to a coder where a standing coding of that code holds at least one of the
  unit's letters or digits. What a coding says is denied is not shown, as in every comparison.
- A coding of the whole source, and a verdict on it, speak of the document and of no sentence in
  it. A whole source held to be undecidable is missing.
- A unit does not show a code only where the coder has read all of it for that code. A document
  is read where every sentence outside furniture is. Elsewhere the cell is missing.
- Page furniture is no unit. Confidence, stance and role are not looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from tertium.errors import ChecksumError, UnknownNameError
from tertium.schemes.scheme import Scheme
from tertium.sources.units import UnitKind
from tertium.spans import Span, covered_length, intersection, merge

UNIT_KINDS: tuple[str, ...] = ("document", "paragraph", "sentence")
# In place of a code: the one code that a document is mostly about.
PRIMARY = "(primary)"
NO_CODE = "(none)"
UNDECIDED = "undecided"

_WORD = re.compile(r"\w")


@dataclass(frozen=True, eq=False)
class CodedUnits:
    """What each coder held of each unit, for every code of a scheme.

    Parameters
    ----------
    units : DataFrame
        unit_id, source_id, start, end; sorted by source and place.
    codes, coders : tuple of str
    held, read : ndarray of bool, shape (coders, units, codes)
        Whether the coder coded the unit, and whether the coder looked.
    open : ndarray of bool, shape (coders, units, codes)
        Whether the coder held the unit to be undecidable.
    extent : ndarray of int, shape (coders, units, codes)
        Characters coded outside furniture; of documents only.
    """

    units: pd.DataFrame
    codes: tuple[str, ...]
    coders: tuple[str, ...]
    held: np.ndarray
    read: np.ndarray
    open: np.ndarray
    extent: np.ndarray

    @property
    def unread(self) -> np.ndarray:
        """How many (unit, code) each coder coded that no reading of hers covers."""
        found: np.ndarray = (self.held & ~self.read).sum(axis=(1, 2))
        return found

    def table(self, code: str | None) -> pd.DataFrame:
        """The reliability table of a code; of sets of codes for None; of `PRIMARY` codes."""
        values = np.full((len(self.coders), len(self.units)), np.nan, dtype=object)
        if code is None or code == PRIMARY:
            known = (self.read | self.held).all(axis=2) & ~self.open.any(axis=2)
            name = self._set_of if code is None else self._primary_of
            for place in zip(*np.nonzero(known), strict=True):
                values[place] = name(*place)
            values[~known] = None
        else:
            if code not in self.codes:
                raise UnknownNameError(
                    f"the scheme has no code {code!r}; it has {', '.join(self.codes)}"
                )
            at = self.codes.index(code)
            held, read = self.held[:, :, at], self.read[:, :, at] & ~self.open[:, :, at]
            values = np.where(held, 1.0, np.where(read, 0.0, np.nan))
        return pd.DataFrame(
            values,
            index=pd.Index(self.coders, name="coder", dtype=object),
            columns=pd.Index(list(self.units["unit_id"]), name="unit_id", dtype=object),
        )

    def _set_of(self, coder: int, unit: int) -> frozenset[str]:
        return frozenset(self.codes[at] for at in np.nonzero(self.held[coder, unit])[0])

    def _primary_of(self, coder: int, unit: int) -> str:
        held = np.nonzero(self.held[coder, unit])[0]
        if not len(held):
            return NO_CODE
        # The first of equals: ties go to the code that the scheme names first.
        return self.codes[max(held, key=lambda at: (self.extent[coder, unit, at], -at))]


def reliability_table(
    codings: pd.DataFrame,
    readings: pd.DataFrame,
    units: pd.DataFrame,
    *,
    scheme: Scheme,
    code: str | None,
    unit: UnitKind,
    coders: Sequence[str],
) -> pd.DataFrame:
    """Which units each coder held to show a code; the rules stand at the head of the module.

    Parameters
    ----------
    codings, readings, units : DataFrame
        Columns `CODINGS` (those that stand), `READINGS`, `UNITS`.
    scheme : Scheme
    code : str or None
        A code: 1 where it was coded, 0 where it was looked for and not coded. None: the set of
        codes of each unit, known where all codes were looked for. `PRIMARY`: of documents, the
        code with most characters outside furniture, or `NO_CODE`.
    unit : {"document", "paragraph", "sentence"}
    coders : sequence of str

    Returns
    -------
    DataFrame, shape (n_coders, n_units)
        Missing (NaN, in a table of sets None) where a coder did not look.

    Raises
    ------
    UnknownNameError
        No such code, unit or coder.
    ChecksumError
        A coding or reading was made on another text.

    Examples
    --------
    >>> from tertium.columns import CODINGS, READINGS, UNITS, frame
    >>> from tertium.schemes.read import read_scheme
    >>> who = {"source_id": "a", "text_sha256": "0" * 64, "coder": "ana", "scheme": "approach"}
    >>> codings = frame([{**who, "start": 0, "end": 9, "code": "strike", "quote": "They quit"}],
    ...                 CODINGS)
    >>> readings = frame([who], READINGS)
    >>> units = frame([{"source_id": "a", "text_sha256": "0" * 64, "unit": "sentence",
    ...                 "number": n, "start": 20 * n, "end": 20 * n + 19, "zone": "body"}
    ...                for n in (0, 1)], UNITS)
    >>> reliability_table(codings, readings, units, scheme=read_scheme("approach"),
    ...                   code="strike", unit="sentence", coders=["ana"]).to_numpy().tolist()
    [[1.0, 0.0]]
    """
    if code == PRIMARY and unit != "document":
        raise UnknownNameError(f'{PRIMARY} is of documents: write unit="document"')
    coded = coded_units(codings, readings, units, scheme=scheme, unit=unit, coders=coders)
    return coded.table(code)


def coded_units(
    codings: pd.DataFrame,
    readings: pd.DataFrame,
    units: pd.DataFrame,
    *,
    scheme: Scheme,
    unit: UnitKind,
    coders: Sequence[str],
) -> CodedUnits:
    """Every reliability table of a scheme at once; see `reliability_table`."""
    if unit not in UNIT_KINDS:
        raise UnknownNameError(f"unit={unit!r}; there are {', '.join(UNIT_KINDS)}")
    own = codings[(codings["scheme"] == scheme.name).fillna(False)]
    looked = readings[(readings["scheme"] == scheme.name).fillna(False)]
    _refuse_unknown_coders(scheme, own, looked, coders)
    places = _Places(units, unit)
    _refuse_other_texts(units, own, looked, coders)
    shape = (len(coders), len(places.units), len(scheme.codes))
    held, read, unsure = (np.zeros(shape, dtype=bool) for _ in range(3))
    extent = np.zeros(shape, dtype=int)
    code_at = {code: at for at, code in enumerate(scheme.code_ids)}
    coder_at = {coder: at for at, coder in enumerate(coders)}
    spans: dict[tuple[int, str, int], list[Span]] = {}
    for row in _rows(own, coder_at, code_at, places):
        source, coder, code = row["source_id"], coder_at[row["coder"]], code_at[row["code"]]
        if row["stance"] == "denied":
            continue
        if pd.isna(row["start"]):
            if unit == "document":
                is_open = row["value"] == UNDECIDED
                (unsure if is_open else held)[coder, places.of(source), code] = True
                if not is_open:
                    spans.setdefault((coder, source, code), []).append(places.whole(source))
            continue
        held[coder, places.touched(source, row), code] = True
        if unit == "document":
            span = Span(int(row["start"]), int(row["end"]))
            spans.setdefault((coder, source, code), []).append(span)
    for (coder, source, code), each in spans.items():
        outside = intersection(each, places.text_of(source))
        extent[coder, places.of(source), code] = covered_length(outside)
    for (source, coder, code), parts in _readings(looked, coder_at, code_at, places):
        read[coder, places.covered(source, parts), code] = True
    # A passage coded beside the verdict that it can't be decided decides it.
    return CodedUnits(
        places.units, scheme.code_ids, tuple(coders), held, read, unsure & ~held, extent
    )


def coders_in_sight(codings: pd.DataFrame, readings: pd.DataFrame) -> set[str]:
    """The coders some of whose codings or readings were made with sight of others' codings.

    Examples
    --------
    >>> coders_in_sight(tables.codings, tables.readings)          # doctest: +SKIP
    {'ben'}
    """
    return {
        str(name)
        for table in (codings, readings)
        for name in table.loc[(~table["blind"].astype("boolean")).fillna(False), "coder"]
    }


class _Places:
    """The units of a kind by source, without furniture, and what a stretch of text touches."""

    def __init__(self, units: pd.DataFrame, unit: str) -> None:
        outside = units[(units["zone"] != "furniture").fillna(True)]
        columns = ["unit_id", "source_id", "start", "end"]
        own = outside.loc[outside["unit"] == unit, columns].sort_values(["source_id", "start"])
        self.kind = unit
        self.units = own.reset_index(drop=True).astype({"start": int, "end": int})
        self.starts, self.ends = self.units["start"].to_numpy(), self.units["end"].to_numpy()
        self.slices: dict[str, slice] = {}
        for source, at in self.units.groupby("source_id", sort=False).indices.items():
            self.slices[str(source)] = slice(int(at[0]), int(at[-1]) + 1)
        self._texts: dict[str, list[Span]] = {}
        if unit == "document":
            fine = next((each for each in ("sentence", "paragraph") if _has(units, each)), unit)
            kept = outside[outside["unit"] == fine]
            for source, rows in kept.groupby("source_id", sort=False):
                pairs = zip(rows["start"], rows["end"], strict=True)
                self._texts[str(source)] = [Span(int(a), int(b)) for a, b in pairs]

    def of(self, source: str) -> slice:
        """The units of a source."""
        return self.slices[source]

    def whole(self, source: str) -> Span:
        own = self.slices[source]
        return Span(int(self.starts[own][0]), int(self.ends[own][-1]))

    def text_of(self, source: str) -> list[Span]:
        """What there is to read in a source: its sentences outside furniture."""
        return self._texts.get(source, [])

    def touched(self, source: str, row: Mapping[str, Any]) -> list[int]:
        """The units of which a coding holds a letter or digit; any character if unquoted."""
        own, begin, end = self.slices[source], int(row["start"]), int(row["end"])
        first = own.start + int(np.searchsorted(self.ends[own], begin, side="right"))
        last = own.start + int(np.searchsorted(self.starts[own], end, side="left"))
        quote = row["quote"]
        if pd.isna(quote):
            return list(range(first, last))
        return [
            at
            for at in range(first, last)
            if _WORD.search(quote, max(0, self.starts[at] - begin), self.ends[at] - begin)
        ]

    def covered(self, source: str, spans: Sequence[Span] | None) -> slice | list[int]:
        """The units that were read whole; None stands for the whole source."""
        own = self.slices[source]
        if spans is None:
            return own
        read = merge(spans)
        if self.kind == "document":
            text = self.text_of(source)
            was_read = all(any(part.holds(each) for part in read) for each in text)
            return own if text and was_read else []
        begins = np.array([span.start for span in read])
        stops = np.array([span.end for span in read])
        at = np.searchsorted(begins, self.starts[own], side="right") - 1
        inside = (at >= 0) & (stops[np.maximum(at, 0)] >= self.ends[own])
        return [own.start + int(place) for place in np.nonzero(inside)[0]]


def _has(units: pd.DataFrame, kind: str) -> bool:
    return bool((units["unit"] == kind).any())


def _rows(
    table: pd.DataFrame, coders: Iterable[str], codes: Mapping[str, int], places: _Places
) -> Iterator[dict[str, Any]]:
    """The codings that count: by these coders, of codes of this scheme, in sources with units."""
    kept = table[
        (
            table["coder"].isin(list(coders))
            & table["code"].isin(list(codes))
            & table["source_id"].isin(list(places.slices))
        ).fillna(False)
    ]
    columns = ["source_id", "coder", "code", "start", "end", "stance", "value", "quote"]
    for values in kept[columns].astype(object).itertuples(index=False, name=None):
        row = dict(zip(columns, values, strict=True))
        yield {name: None if pd.isna(value) else value for name, value in row.items()}


def _readings(
    looked: pd.DataFrame, coders: Mapping[str, int], codes: Mapping[str, int], places: _Places
) -> Iterator[tuple[tuple[str, int, int], list[Span] | None]]:
    """What each coder read of a source for a code: spans, or None for all of it."""
    found: dict[tuple[str, int, int], list[Span] | None] = {}
    kept = looked[looked["coder"].isin(list(coders)) & looked["source_id"].isin(places.slices)]
    columns = ["source_id", "coder", "code", "start", "end"]
    for source, coder, code, start, end in (
        kept[columns].astype(object).itertuples(index=False, name=None)
    ):
        wanted = codes.values() if pd.isna(code) else [codes[code]] if code in codes else []
        for at in wanted:
            key = (source, coders[coder], at)
            if pd.isna(start):
                found[key] = None
                continue
            spans = found.setdefault(key, [])
            if spans is not None:
                spans.append(Span(int(start), int(end)))
    yield from found.items()


def _refuse_unknown_coders(
    scheme: Scheme, codings: pd.DataFrame, readings: pd.DataFrame, coders: Sequence[str]
) -> None:
    there = sorted({*codings["coder"].dropna(), *readings["coder"].dropna()})
    strange = [each for each in coders if each not in there]
    if strange:
        raise UnknownNameError(
            f"no coder {strange[0]!r} has coded or read with scheme {scheme.name}; there are "
            f"{', '.join(there) or 'none'}"
        )
    if len(set(coders)) < len(coders):
        raise UnknownNameError(f"a coder is named twice: {', '.join(coders)}")


def _refuse_other_texts(
    units: pd.DataFrame, codings: pd.DataFrame, readings: pd.DataFrame, coders: Sequence[str]
) -> None:
    now = dict(zip(units["source_id"], units["text_sha256"], strict=True))
    for what, table in (("coding", codings), ("reading", readings)):
        own = table[table["coder"].isin(list(coders)) & table["source_id"].isin(list(now))]
        texts = own["text_sha256"]
        differs = (texts != own["source_id"].map(now)) & texts.notna()
        if differs.any():
            first = own[differs].iloc[0]
            raise ChecksumError(
                f"a {what} by {first['coder']} of source {first['source_id']} was made on another "
                "text; bring the former text back, or anchor the codings again"
            )
