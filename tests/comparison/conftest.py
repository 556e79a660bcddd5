"""Small tables made by hand, whose comparisons are known by reading them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
import pytest

from tertium import columns as c
from tertium.bundle import Tables
from tertium.schemes.scheme import Code, Scheme, VerdictRule
from tertium.sources.source import Source
from tertium.sources.units import find_units
from tertium.sources.zones import find_zones

RULE = VerdictRule(text="One passage is enough.", present=0.6, undecided=0.3)
LABELS = {
    "state_led": "State-led",
    "ngo_paralegal": "NGO and paralegal",
    "strike": "Strike",
    "content": "Content",
    "agency": "Agency",
}


def make_scheme(name: str, *codes: str) -> Scheme:
    """A scheme whose codes have no more than an id and a label."""
    return Scheme(
        name=name,
        version="1.0.0",
        title=name.capitalize(),
        description="For tests.",
        verdict=RULE,
        codes=tuple(
            Code(
                id=code,
                label=LABELS.get(code, code),
                definition="D.",
                when_to_use="W.",
                when_not_to_use="N.",
            )
            for code in codes
        ),
    )


SCHEMES = {
    "approach": make_scheme("approach", "state_led", "ngo_paralegal", "strike"),
    "dimension": make_scheme("dimension", "content", "agency"),
}


def source(source_id: str, text: str, **facts: str) -> dict[str, Any]:
    """A source row; what is not given is what most sources have."""
    return {
        "source_id": source_id,
        "text": text,
        "title": f"Title of {source_id}",
        "publisher": f"Publisher of {source_id}",
        "language": "en",
        "kind": "original",
        "citation_key": source_id,
        **facts,
    }


def coding(source_id: str, quote: str, scheme: str, code: str, **facts: Any) -> dict[str, Any]:
    """A coding of the first place where `quote` stands."""
    return {"source_id": source_id, "quote": quote, "scheme": scheme, "code": code, **facts}


def verdict(source_id: str, scheme: str, code: str, value: str, **facts: Any) -> dict[str, Any]:
    return {"source_id": source_id, "scheme": scheme, "code": code, "verdict": value, **facts}


def make_tables(
    sources: Sequence[dict[str, Any]],
    codings: Sequence[dict[str, Any]] = (),
    *,
    verdicts: Sequence[dict[str, Any]] = (),
    readings: Sequence[tuple[str, str, str | None]] = (),
    cases: Sequence[dict[str, Any]] = (),
    case_sources: Sequence[dict[str, Any]] = (),
    coder: str = "rule",
    markup: str = "markdown",
) -> Tables:
    """A bundle: units and zones by the package's own rules, the rest as given."""
    rows, zones, units = [], [], []
    checksums, texts = {}, {}
    for each in sources:
        made = Source(
            id=each["source_id"], text=each["text"], language=each["language"], markup=markup
        )
        checksums[made.id], texts[made.id] = made.text_sha256, made.text
        rows.append({**each, "text_sha256": made.text_sha256})
        key = {"source_id": made.id, "text_sha256": made.text_sha256}
        for zone in find_zones(made):
            zones.append({**key, "start": zone.span.start, "end": zone.span.end, "zone": zone.zone,
                          "level": zone.level, "made_by": "test"})  # fmt: skip
        for kind in ("document", "paragraph", "sentence"):
            for unit in find_units(made, kind):
                units.append({**key, "unit_id": f"{made.id}:{kind}:{unit.number}", "unit": kind,
                              "number": unit.number, "start": unit.span.start, "end": unit.span.end,
                              "zone": unit.zone, "page": unit.page})  # fmt: skip
    coded = []
    for number, each in enumerate(codings):
        made = dict(each)
        text = texts[made["source_id"]]
        if "start" not in made:
            made["start"] = text.index(made["quote"])
            made["end"] = made["start"] + len(made["quote"])
        coded.append({
            "coding_id": f"c{number:03d}", "text_sha256": checksums[made["source_id"]], "scheme_version": "1.0.0",
            "coder": coder, "coder_kind": "rule", "stance": "asserted", **made,
        })  # fmt: skip
    ids = {(each["source_id"], each["scheme"], each["code"]): [] for each in coded}
    for each in coded:
        if each["coder"] == coder:
            ids[each["source_id"], each["scheme"], each["code"]].append(each["coding_id"])
    decided = [
        {"scheme_version": "1.0.0", "coder": coder, "primary": False, **each,
         "coding_ids": tuple(ids.get((each["source_id"], each["scheme"], each["code"]), ())),
         "n_evidence": len(ids.get((each["source_id"], each["scheme"], each["code"]), ()))}
        for each in verdicts
    ]  # fmt: skip
    read = [
        {"coder": coder, "coder_kind": "rule", "source_id": source_id, "text_sha256": checksums[source_id],
         "scheme": scheme, "scheme_version": "1.0.0", "code": code}
        for source_id, scheme, code in readings
    ]  # fmt: skip
    related = {name: pd.Series([row.get(name) for row in case_sources], dtype="string" if "id" in name else "Int64")
               for name in ("case_id", "source_id", "start", "end")}  # fmt: skip
    return Tables(
        sources=c.frame(rows, c.SOURCES),
        units=c.frame(units, c.UNITS),
        zones=c.frame(zones, c.ZONE_COLUMNS),
        codings=c.frame(coded, c.CODINGS),
        readings=c.frame(read, c.READINGS),
        verdicts=c.frame(decided, c.VERDICTS),
        cases=c.frame(cases, c.CASES),
        case_sources=pd.DataFrame(related),
        schemes=SCHEMES,
        deciding_coder=coder,
    )


def everything_read(*source_ids: str) -> list[tuple[str, str, str | None]]:
    return [(source_id, scheme, None) for source_id in source_ids for scheme in SCHEMES]


@pytest.fixture
def small() -> Tables:
    """Three sources and a digest of one of them: the NGO strikes, the union organises, one says nothing."""
    ngo = "The NGO sued the firm. Workers went on strike. They asked for wages.\n\nA second paragraph."
    union = "The official union enrolled 188 workers. It gave legal advice."
    quiet = "Nothing to be found stands in this text."
    return make_tables(
        [
            source("ngo1", ngo, voice="ngo", author="Chung, Suki", date="2010-06-01", country="China"),
            source("ngo1-digest", "The NGO struck.", voice="ngo", kind="digest", digest_of="ngo1"),
            source("union1", union, voice="union_official", date="2024-05-23", country="China; Kazakhstan"),
            source("quiet", quiet, voice="mixed"),
        ],
        [
            coding("ngo1", "The NGO sued the firm.", "approach", "ngo_paralegal"),
            coding("ngo1", "Workers went on strike.", "approach", "strike"),
            coding("ngo1", "Workers went on strike. They asked for wages.", "dimension", "content"),
            coding("ngo1-digest", "The NGO struck.", "approach", "strike"),
            coding("union1", "The official union enrolled 188 workers.", "approach", "state_led"),
            coding("union1", "It gave legal advice.", "approach", "ngo_paralegal", stance="planned"),
            coding("union1", "legal advice", "approach", "strike", stance="denied"),
            coding("union1", "It gave", "approach", "strike", coder="someone"),
        ],
        verdicts=[
            verdict("ngo1", "approach", "state_led", "absent"),
            verdict("ngo1", "approach", "ngo_paralegal", "present"),
            verdict("ngo1", "approach", "strike", "present", primary=True),
            verdict("ngo1-digest", "approach", "strike", "present"),
            verdict("union1", "approach", "state_led", "present", primary=True),
            verdict("union1", "approach", "ngo_paralegal", "undecided"),
            verdict("union1", "approach", "strike", "not_searched"),
            verdict("quiet", "approach", "state_led", "absent"),
            verdict("quiet", "approach", "ngo_paralegal", "absent"),
            verdict("quiet", "approach", "strike", "absent"),
        ],
        readings=[
            ("ngo1", "approach", None), ("ngo1", "dimension", None), ("quiet", "approach", None),
            ("union1", "approach", "state_led"), ("union1", "approach", "ngo_paralegal"),
        ],
    )  # fmt: skip


@pytest.fixture
def make() -> Callable[..., Tables]:
    return make_tables


def shuffled(tables: Tables, order: Callable[[int], list[int]]) -> Tables:
    """The same tables with their rows in another order."""
    from dataclasses import fields, replace

    changes = {
        each.name: frame.iloc[order(len(frame))].reset_index(drop=True)
        for each in fields(tables)
        if isinstance(frame := getattr(tables, each.name), pd.DataFrame)
    }
    return replace(tables, **changes)


__all__ = [
    "coding",
    "everything_read",
    "make_scheme",
    "make_tables",
    "shuffled",
    "source",
    "verdict",
]
