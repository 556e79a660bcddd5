"""Four episodes and a programme, with a plan whose memberships are known by reading them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tertium import columns as c
from tertium.bundle import Tables
from tertium.sources.listed.set_plans import set_plan

from ...conftest import coding, everything_read, make_tables, source, verdict

PLAN = """
version: 1
plan: demands
title: When are demands met?
scope: {kinds: [episode], attribute: scope, in: [demand], why: A demand is put.}
stated: demands.csv
outcome: WON
conditions: [STRIKE, SIZE]
overlaps:
  - {sets: [SIZE, CROWD], why: Both count who took part.}
sets:
  WON:
    label: the demand was met
    from: {stated: outcome}
    values: {full: 1, part: 1, promise: 0, none: 0}
    why: {full: all, part: something, promise: only words, none: nothing}
  STRIKE:
    label: workers stopped work
    from: {codings: ["approach:strike"]}
    why: one passage is enough
  HELP:
    label: somebody helped
    from: {codings: ["approach:state_led", "approach:ngo_paralegal"]}
    measure: passages
    method: crisp
    anchors: {some: 1}
    why: one passage is enough
  SIZE:
    label: many took part
    from: {fact: number, what: workers}
    method: direct
    anchors: {out: 50, crossover: 500, into: 5000}
    why: {out: few, crossover: some, into: many}
  CROWD:
    label: a crowd
    from: {fact: number, what: workers, take: largest}
    method: multi_value
    anchors: {some: 100, many: 1000}
    why: by the hundred
  TOWN:
    label: in town
    from: {case: region}
    values: {town: 1, village: 0}
    why: as listed
alternatives:
  - {name: a promise counts, anchors: {WON: {promise: 1}}, why: It is more than nothing.}
"""
TEXTS = {
    "a": "Workers struck. The union joined them. They got it all.",
    "b": "Nobody struck here. Something was promised.",
    "c": "Workers struck in c. What came of it is not told.",
    "d": "A meeting was held.",
}


def stated(case: str, name: str, value: str, quote: str | None = None, **more: Any) -> dict:
    """One row of stated values; with a quote from the source of the case."""
    return {
        "plan": "demands", "case_id": case, "set": name, "value": value,
        "reason": f"Why {value}.", "coder": "ana", "coder_kind": "human",
        "source_id": f"s-{case}" if quote else None, "quote": quote, **more,
    }  # fmt: skip


ROWS = [
    stated("a", "scope", "demand", "Workers struck."),
    stated("b", "scope", "demand", citation="li2010, p. 1"),
    stated("c", "scope", "demand", "Workers struck in c."),
    stated("d", "scope", "no_demand", "A meeting was held."),
    stated("a", "outcome", "full", "They got it all."),
    stated("b", "outcome", "promise", "Something was promised."),
    stated("c", "outcome", "not_stated"),
]
FACTS = [
    {"case_id": "a", "attribute": "number", "value": "5000", "what": "workers", "basis": "x, p. 1"},
    {"case_id": "a", "attribute": "number", "value": "3", "what": "days", "basis": "x, p. 1"},
    {"case_id": "b", "attribute": "number", "value": "40", "what": "workers", "basis": "x, p. 2"},
    {"case_id": "b", "attribute": "number", "value": "400", "what": "workers", "basis": "x, p. 2"},
    {
        "case_id": "c",
        "attribute": "number",
        "value": "hundreds",
        "what": "workers",
        "basis": "x, 3",
    },
]


def made(*, rows: list[dict] | None = None, plan: str = PLAN, **changes: Any) -> Tables:
    """The study; `rows` in place of what is stated, `changes` for `make_tables`."""
    regions = {"a": "town", "b": "village", "c": "", "d": "town"}
    strike = {"a": "present", "b": "absent", "c": "present", "d": "absent"}
    given: dict[str, Any] = {
        "verdicts": [
            *(verdict(f"s-{case}", "approach", "strike", value) for case, value in strike.items()),
            verdict("s-a", "approach", "state_led", "present"),
            verdict("s-a", "approach", "ngo_paralegal", "absent"),
            verdict("s-b", "approach", "state_led", "absent"),
            verdict("s-b", "approach", "ngo_paralegal", "absent"),
            verdict("s-c", "approach", "state_led", "absent"),
        ],
        "readings": everything_read(*(f"s-{case}" for case in TEXTS)),
        "cases": [
            *({"case_id": case, "name": f"Case {case}", "kind": "episode",
               "region": regions[case]} for case in TEXTS),
            {"case_id": "p", "name": "Programme p", "kind": "programme"},
        ],
        "case_sources": [{"case_id": case, "source_id": f"s-{case}"} for case in TEXTS],
        **changes,
    }  # fmt: skip
    tables = make_tables(
        [source(f"s-{case}", text, voice="ngo") for case, text in TEXTS.items()],
        [
            coding("s-a", "Workers struck.", "approach", "strike"),
            coding("s-c", "Workers struck in c.", "approach", "strike"),
            coding("s-a", "The union joined them.", "approach", "state_led"),
        ],
        **given,
    )
    placed = []
    texts = dict(zip(tables.sources["source_id"], tables.sources["text"], strict=True))
    for row in ROWS if rows is None else rows:
        at = texts[row["source_id"]].index(row["quote"]) if row.get("quote") else None
        end = None if at is None else at + len(row["quote"])
        placed.append({**row, "start": at, "end": end})
    return replace(
        tables,
        facts=c.frame(FACTS, c.FACTS),
        set_plans={"demands": set_plan(plan, shown="plan.yml").plan},
        memberships=c.frame(placed, c.MEMBERSHIPS),
    )
