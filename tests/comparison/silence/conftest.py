"""A small study whose silences are known by reading it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from tertium import columns as c
from tertium.bundle import Tables
from tertium.coding.classify import classify
from tertium.schemes.scheme import Code, Indicator, Scheme, VerdictRule
from tertium.sources.source import Source
from tertium.sources.units import find_units
from tertium.sources.zones import find_zones

RULE = VerdictRule(text="One passage is enough.", present=0.6, undecided=0.3)
STRIKE = "Workers went on strike."
WAGES = "They asked for wages."
HOURS = "They asked for rest."
DRIVE = "The union enrolled workers."
QUIET = "Nothing else is told."


def scheme(name: str, **words: str) -> Scheme:
    """A scheme whose codes each have one English pattern."""
    codes = tuple(
        Code(id=code, label=code.capitalize(), definition="D.", when_to_use="W.",
             when_not_to_use="N.", indicators={"en": (Indicator(pattern=(word,)),)})
        for code, word in words.items()
    )  # fmt: skip
    return Scheme(name=name, version="1.0.0", title=name.capitalize(), description="For tests.",
                  verdict=RULE, codes=codes)  # fmt: skip


SCHEMES = {
    "approach": scheme("approach", strike="strike", drive="enrolled"),
    "claim": scheme("claim", wages="wages", hours="rest"),
}
QUOTES = {
    ("approach", "strike"): STRIKE,
    ("approach", "drive"): DRIVE,
    ("claim", "wages"): WAGES,
    ("claim", "hours"): HOURS,
}
# id, voice, text; what the coder finds is what stands there.
TEXTS = (
    ("n1", "newspaper", f"{STRIKE} {WAGES}"),
    ("n2", "newspaper", f"{STRIKE} {QUIET}"),
    ("n3", "newspaper", f"{STRIKE} {HOURS}"),
    ("n4", "newspaper", f"{QUIET}"),
    ("u1", "union_official", f"{DRIVE} {QUIET}"),
    ("u2", "union_official", f"{DRIVE} {WAGES}"),
    ("m1", "mixed", f"{STRIKE} {QUIET}"),
)
EXPECTATIONS = (
    ("strike-wages", "claim", "wages", "newspaper|mixed", "approach:strike"),
    ("drive-claims", "claim", "wages|hours", "union_official", "approach:drive"),
    ("any-wages", "claim", "wages", "", ""),
)


def study(
    texts: Sequence[tuple[str, str, str]] = TEXTS,
    *,
    unread: Collection[str] = (),
    in_part: Mapping[str, tuple[int, int]] | None = None,
    weights: Mapping[tuple[str, str], float] | None = None,
    expectations: Sequence[tuple[str, str, str, str, str]] | None = EXPECTATIONS,
    facts: Mapping[str, Mapping[str, Any]] | None = None,
    marked_unread: Collection[str] = (),
    coder: str = "rule",
) -> Tables:
    """The tables of a study, coded by what stands in its texts.

    `unread`: sources without readings and codings. `marked_unread`: without readings, while
    codings and verdicts stay. `in_part`: the stretch that was read, in place of the whole.
    `weights`: how sure the coder is of a code in a source.
    """
    sources = [Source(id=id_, text=text, language="en", markup="text") for id_, _, text in texts]
    voices = {id_: voice for id_, voice, _ in texts}
    rows, zones, units, codings, readings = [], [], [], [], []
    for source in sources:
        key = {"source_id": source.id, "text_sha256": source.text_sha256}
        rows.append({**key, "voice": voices[source.id], "text": source.text, "language": "en",
                     "kind": "original", "title": source.id, "publisher": f"Paper {source.id}",
                     **(facts or {}).get(source.id, {})})  # fmt: skip
        zones += [{**key, "start": zone.span.start, "end": zone.span.end, "zone": zone.zone,
                   "level": zone.level, "made_by": "test"} for zone in find_zones(source)]  # fmt: skip
        for kind in ("document", "paragraph", "sentence"):
            units += [{**key, "unit_id": f"{source.id}:{kind}:{unit.number}", "unit": kind,
                       "number": unit.number, "start": unit.span.start, "end": unit.span.end,
                       "zone": unit.zone} for unit in find_units(source, kind)]  # fmt: skip
        if source.id in unread:
            continue
        who = {"coder": coder, "coder_version": "1.0.0", "coder_kind": "rule"}
        start, end = (in_part or {}).get(source.id, (None, None))
        for name, each in SCHEMES.items():
            common = {**key, **who, "scheme": name, "scheme_version": each.version}
            readings += [{**common, "code": code, "start": start, "end": end}
                         for code in each.code_ids]  # fmt: skip
            for code in each.code_ids:
                quote = QUOTES[name, code]
                at = source.text.find(quote)
                if at >= 0 and (start is None or start <= at < end):
                    codings.append({**common, "code": code, "coding_id": f"{source.id}-{code}",
                                    "start": at, "end": at + len(quote), "quote": quote,
                                    "stance": "asserted",
                                    "confidence": (weights or {}).get((source.id, code), 1.0)})  # fmt: skip
    coded, read = c.frame(codings, c.CODINGS), c.frame(readings, c.READINGS)
    verdicts = [classify(coded, sources, each, readings=read) for each in SCHEMES.values()]
    register = None
    if expectations is not None:
        names = ("expectation_id", "scheme", "code", "voice", "when")
        register = c.frame(
            [{**{n: v or None for n, v in zip(names, each, strict=True)}, "why": "Because.",
              "basis": "own reasoning"} for each in expectations], c.EXPECTATIONS)  # fmt: skip
    return Tables(
        sources=c.frame(rows, c.SOURCES),
        units=c.frame(units, c.UNITS),
        zones=c.frame(zones, c.ZONE_COLUMNS),
        codings=coded,
        readings=read[~read["source_id"].isin(list(marked_unread))],
        verdicts=pd.concat(verdicts, ignore_index=True),
        cases=c.frame([], c.CASES),
        case_sources=pd.DataFrame(columns=["case_id", "source_id", "start", "end"]),
        schemes=SCHEMES,
        deciding_coder=coder,
        expectations=register,
    )


@pytest.fixture
def make():
    return study


@pytest.fixture
def tables() -> Tables:
    return study()


__all__ = ["EXPECTATIONS", "TEXTS", "replace", "study"]
