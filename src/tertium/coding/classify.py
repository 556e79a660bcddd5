"""Codings and readings to verdicts: what is held of a source as a whole.

Comes in: the codings and readings tables, sources and a scheme.
Goes out: one verdict a source, code and coder, citing the codings that it rests on.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from tertium.coding.coder import Coded
from tertium.coding.logs.lines import UNDECIDED
from tertium.columns import READINGS, VERDICTS, VerdictValue, frame
from tertium.errors import ChecksumError, UnknownNameError, VersionError
from tertium.schemes.scheme import Scheme
from tertium.sources.source import Source
from tertium.sources.zones import find_zones
from tertium.spans import Span, covered_length, subtract

# Scores are compared and shown to this many decimals, so that the order in which products
# are taken can't move a source over a threshold.
_DECIMALS = 6
_HAS_WORD = re.compile(r"\w")


def classify(
    codings: Coded | pd.DataFrame,
    sources: Iterable[Source],
    scheme: Scheme,
    *,
    readings: pd.DataFrame | None = None,
    present: float | None = None,
    undecided: float | None = None,
) -> pd.DataFrame:
    """A verdict on every source for every code of `scheme`, by every coder who read it.

    The score is ``1 - (1 - w1)(1 - w2)…`` over the passages coded, each with its highest
    weight; a passage that denies the code does not count. It is no probability. Where a coder
    holds of the whole source that it can't be decided (a coding of the whole source with the
    value "undecided"), that is the verdict, whatever the passages: there is no score then.

    Parameters
    ----------
    codings : Coded or DataFrame
        What `tertium.code` returns, or a table of codings alone. A coding that names a code
        the scheme does not have, or another version of the scheme, is refused.
    readings : DataFrame, optional
        Who looked for what, where; by default the readings in `codings`. Without a reading
        of the whole text (its furniture apart) there is no absence: what would be "absent"
        is "not_searched" then. So a table of codings alone can show that a code is
        present, never that it is absent.
    sources : iterable of Source
        The texts that the codings were made on; another text is refused.
    scheme : Scheme
    present, undecided : float, optional
        Thresholds in place of the scheme's own, in [0, 1].

    Returns
    -------
    DataFrame
        Columns `VERDICTS`, sorted by source, coder and the scheme's order. Where anything is
        present exactly one code is primary: the one whose coded characters outside
        furniture are most; ties go to the code that the scheme names first.

    Examples
    --------
    >>> from tertium.coding.coder import code
    >>> from tertium.schemes.read import read_scheme
    >>> source = Source(id="a", text="The miners went on strike.", language="en")
    >>> approach = read_scheme("approach")
    >>> verdicts = classify(code([source], [approach]), [source], approach)
    >>> verdicts.loc[verdicts["verdict"] == "present", "code"].tolist()
    ['strike']
    """
    threshold = scheme.verdict.present if present is None else present
    lower = scheme.verdict.undecided if undecided is None else undecided
    if not (0 <= threshold <= 1 and 0 <= lower <= 1):
        raise ValueError(f"thresholds are numbers in [0, 1], found {threshold} and {lower}")
    if isinstance(codings, Coded):
        readings = codings.readings if readings is None else readings
        codings = codings.codings
    elif readings is None:
        readings = frame([], READINGS)
    own = _by_source(codings[codings["scheme"] == scheme.name])
    looked = _by_source(readings[readings["scheme"] == scheme.name])
    given = [row for rows in (*own.values(), *looked.values()) for row in rows]
    _refuse_other_version(scheme, given)
    _refuse_unknown_codes(scheme, given)
    rows: list[dict[str, Any]] = []
    for source in sorted(sources, key=lambda one: one.id):
        coded, read = own.get(source.id, []), looked.get(source.id, [])
        _refuse_other_text(source, [*coded, *read])
        coders = sorted({row["coder"] for row in (*coded, *read)}) or [""]
        for coder in coders:
            rows.extend(
                _verdicts(
                    source,
                    scheme,
                    coder,
                    [row for row in coded if row["coder"] == coder],
                    [row for row in read if row["coder"] == coder],
                    threshold,
                    lower,
                )
            )
    return frame(rows, VERDICTS)


def _by_source(table: pd.DataFrame) -> dict[str, list[dict[str, Any]]]:
    grouped: dict[str, list[dict[str, Any]]] = {}
    for row in table.to_dict("records"):
        grouped.setdefault(row["source_id"], []).append({str(k): v for k, v in row.items()})
    return grouped


def _refuse_other_version(scheme: Scheme, rows: Iterable[Mapping[str, Any]]) -> None:
    found = {str(row["scheme_version"]) for row in rows if not pd.isna(row["scheme_version"])}
    strange = sorted(found - {scheme.version})
    if strange:
        raise VersionError(
            f"codings or readings were made with scheme {scheme.name} {', '.join(strange)}, but "
            f"{scheme.version} is in force; code again with {scheme.version}, or take the scheme "
            "in the version that they name"
        )


def _refuse_unknown_codes(scheme: Scheme, rows: Iterable[Mapping[str, Any]]) -> None:
    named = {row["code"] for row in rows if not pd.isna(row["code"])}
    strange = sorted(named - set(scheme.code_ids))
    if strange:
        raise UnknownNameError(
            f"scheme {scheme.reference} has no code {', '.join(map(repr, strange))}; it has "
            f"{', '.join(scheme.code_ids)}"
        )


def _refuse_other_text(source: Source, rows: Sequence[dict[str, Any]]) -> None:
    strange = {row["text_sha256"] for row in rows} - {source.text_sha256}
    if strange:
        raise ChecksumError(
            f"source {source.id!r} has codings or readings made on another text; "
            "code it again, or re-anchor the codings"
        )


def _verdicts(
    source: Source,
    scheme: Scheme,
    coder: str,
    codings: Sequence[dict[str, Any]],
    readings: Sequence[dict[str, Any]],
    present: float,
    undecided: float,
) -> list[dict[str, Any]]:
    rows = []
    extent: dict[str, int] = {}
    for code_id in scheme.code_ids:
        own = sorted(
            (row for row in codings if row["code"] == code_id and row["stance"] != "denied"),
            key=lambda row: (*_place(row), row["coding_id"]),
        )
        was_read = _was_read(
            source, [row for row in readings if pd.isna(row["code"]) or row["code"] == code_id]
        )
        score: float | None = _score(own)
        verdict = _verdict(_score(own), present, undecided) if own else "absent"
        if verdict == "absent" and not was_read:
            verdict = "not_searched"
        if any(_is_left_open(row) for row in own):
            verdict, score = "undecided", None
        if verdict == "present":
            extent[code_id] = _coded_characters(source, own)
        rows.append(
            {
                "source_id": source.id,
                "scheme": scheme.name,
                "scheme_version": scheme.version,
                "code": code_id,
                "coder": coder or None,
                "verdict": verdict,
                "score": None if verdict == "not_searched" else score,
                "primary": False,
                "n_evidence": len(own),
                "coding_ids": tuple(row["coding_id"] for row in own),
            }
        )
    if extent:
        most = max(extent.values())
        primary = next(code_id for code_id in scheme.code_ids if extent.get(code_id) == most)
        for row in rows:
            row["primary"] = row["code"] == primary
    return rows


def _is_left_open(row: Mapping[str, Any]) -> bool:
    """Whether a coding says of the whole source that it can't be decided."""
    return bool(pd.isna(row["start"]) and not pd.isna(row["value"]) and row["value"] == UNDECIDED)


def _was_read(source: Source, readings: Sequence[dict[str, Any]]) -> bool:
    """Whether no word outside furniture is left that was not looked at."""
    if any(pd.isna(row["start"]) for row in readings):
        return True
    looked_at = [Span(int(row["start"]), int(row["end"])) for row in readings]
    to_read = [zone.span for zone in find_zones(source) if zone.zone != "furniture"]
    unread = [(span.start, span.end) for span in subtract(to_read, looked_at)]
    return bool(readings) and not any(_HAS_WORD.search(source.text, *bounds) for bounds in unread)


def _place(row: dict[str, Any]) -> tuple[int, int]:
    """Start and end of a coding; the whole source comes before its parts."""
    return (-1, -1) if pd.isna(row["start"]) else (int(row["start"]), int(row["end"]))


def _score(codings: Sequence[dict[str, Any]]) -> float:
    strongest: dict[tuple[int, int], float] = {}
    for row in codings:
        place = _place(row)
        weight = 1.0 if pd.isna(row["confidence"]) else float(row["confidence"])
        strongest[place] = max(weight, strongest.get(place, 0.0))
    missed = math.prod(1.0 - weight for weight in sorted(strongest.values()))
    return round(1.0 - missed, _DECIMALS)


def _verdict(score: float, present: float, undecided: float) -> VerdictValue:
    if score >= present:
        return "present"
    return "undecided" if score >= undecided else "absent"


def _coded_characters(source: Source, codings: Sequence[dict[str, Any]]) -> int:
    whole = Span(0, len(source.text))
    spans = [
        whole if pd.isna(row["start"]) else Span(int(row["start"]), int(row["end"]))
        for row in codings
    ]
    furniture = [zone.span for zone in find_zones(source) if zone.zone == "furniture"]
    return covered_length(subtract(spans, furniture))
