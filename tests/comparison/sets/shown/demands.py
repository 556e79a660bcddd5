"""A made-up study of nine cases whose truth table and solutions are known by reading it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tertium import columns as c
from tertium.bundle import Tables
from tertium.sources.listed.set_plans import set_plan

from ...conftest import make_tables, source

PLAN = """
version: 1
plan: demands
title: When are demands met?
scope: {kinds: [episode], why: "Episodes in which workers put a demand."}
stated: demands.csv
outcome: WON
conditions: [STRIKE, NGO, ABROAD]
overlaps:
  - {sets: [ABROAD, CAMPAIGN], why: "A campaign abroad is support from abroad."}
expectations: {STRIKE: present, NGO: present, ABROAD: present}
sets:
  WON:
    label: the demand was met
    absent: the demand was not met
    from: {stated: outcome}
    values: {full: 1, part: 1, none: 0}
    why: {full: all was granted, part: something was granted, none: nothing was granted}
  STRIKE:
    label: workers stopped work
    absent: workers did not stop work
    from: {stated: STRIKE}
    values: {"yes": 1, "no": 0}
    why: as stated
  NGO:
    label: an NGO helped
    from: {stated: NGO}
    values: {"yes": 1, "no": 0}
    why: as stated
  ABROAD:
    label: people abroad helped
    from: {stated: ABROAD}
    values: {"yes": 1, "no": 0}
    why: as stated
  CAMPAIGN:
    label: there was a campaign abroad
    from: {stated: ABROAD}
    values: {"yes": 1, "no": 0}
    why: as stated
"""

# Strike, NGO, support from abroad, and what came of it.
CASES = {
    "c1": (1, 1, 0, "full"),
    "c2": (1, 1, 0, "part"),
    "c3": (1, 1, 0, "full"),
    "c4": (1, 0, 0, "part"),
    "c5": (1, 0, 0, "none"),
    "c6": (0, 0, 0, "none"),
    "c7": (0, 0, 1, "none"),
    "c8": (0, 0, 0, "none"),
    "c9": (1, 0, 1, "not_stated"),
}


def sentence(name: str, value: Any) -> str:
    """What the source of a case says of a set."""
    return f"Of {name} it says {value}."


def made_study(cases: Mapping[str, tuple[int, int, int, str]] = CASES, plan: str = PLAN) -> Tables:
    """One source a case, one sentence a set; a programme is out of scope."""
    names = ("STRIKE", "NGO", "ABROAD", "outcome")
    texts = {
        case: " ".join(sentence(name, value) for name, value in zip(names, values, strict=True))
        for case, values in cases.items()
    }
    tables = make_tables(
        [source(f"s-{case}", text, voice="ngo") for case, text in texts.items()],
        cases=[
            *({"case_id": case, "name": f"Firm {case}", "kind": "episode"} for case in cases),
            {"case_id": "p1", "name": "A programme", "kind": "programme"},
        ],
        case_sources=[{"case_id": case, "source_id": f"s-{case}"} for case in cases],
    )
    checksums = dict(zip(tables.sources["source_id"], tables.sources["text_sha256"], strict=True))
    rows = []
    for case, values in cases.items():
        for name, value in zip(names, values, strict=True):
            quote = sentence(name, value)
            start = texts[case].index(quote)
            word = value if isinstance(value, str) else ("no", "yes")[value]
            row = {"plan": "demands", "case_id": case, "set": name, "value": word,
                   "reason": "it says so", "coder": "ana", "coder_kind": "human"}  # fmt: skip
            if word != "not_stated":
                row |= {"source_id": f"s-{case}", "text_sha256": checksums[f"s-{case}"],
                        "start": start, "end": start + len(quote), "quote": quote}  # fmt: skip
            rows.append(row)
    made = set_plan(plan, shown="demands.yml").plan
    return replace(tables, set_plans={"demands": made}, memberships=c.frame(rows, c.MEMBERSHIPS))
