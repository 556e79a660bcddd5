"""Many small sources that a machine and two people have coded, with errors that are known."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from tertium import columns as c
from tertium.bundle import Sampling, Tables

from ..conftest import coding, make_tables, source, verdict

SENTENCES = [f"Sentence {number} stands here." for number in range(1, 6)]
TEXT = " ".join(SENTENCES)
VOICES = ["ngo", "company", "newspaper"]


def people_readings(tables: Tables, readers: dict[str, Sequence[str]], kind: str) -> pd.DataFrame:
    """Whole readings of the scheme "approach" by coder."""
    checksums = dict(zip(tables.sources["source_id"], tables.sources["text_sha256"], strict=True))
    return c.frame(
        [
            {"coder": coder, "coder_kind": kind, "source_id": each, "text_sha256": checksums[each],
             "scheme": "approach", "scheme_version": "1.0.0", "code": None}
            for coder, ids in readers.items() for each in ids
        ],
        c.READINGS,
    )  # fmt: skip


def make_world(
    *,
    sources: int = 20,
    double: Sequence[int] = range(10),
    coders: Sequence[str] = ("ana", "ben"),
    kind: str = "human",
    by: str = "",
    unread: Sequence[int] = (),
    plan: bool = True,
    gold: Callable[[int, int], bool] | None = None,
    deciding: str = "rule",
) -> Tables:
    """Sources of five sentences. People give "strike" to the first two, ben also to the third of
    every second source; the machine finds the first alone, and the fifth of every fourth source.

    Verdicts: the machine holds "strike" present in every source but each third.
    """
    ids = [f"s{number:02d}" for number in range(sources)]
    rows = [
        source(each, TEXT, voice=VOICES[number % 3], date=f"{2000 + number}")
        for number, each in enumerate(ids)
    ]
    codings: list[dict[str, Any]] = []
    for number, each in enumerate(ids):
        found = [0, 4] if number % 4 == 0 else [0]
        codings += [coding(each, SENTENCES[at], "approach", "strike", coder="rule") for at in found]
        if number not in double:
            continue
        for coder in coders:
            shown = [0, 1, 2] if coder == coders[-1] and number % 2 else [0, 1]
            codings += [
                coding(each, SENTENCES[at], "approach", "strike", coder=coder, coder_kind=kind)
                for at in shown
            ]
        if gold is not None:
            codings += [
                coding(each, SENTENCES[at], "approach", "strike", coder="gold", coder_kind="human")
                for at in range(5) if gold(number, at)
            ]  # fmt: skip
    verdicts = [
        verdict(
            each, "approach", "strike", "absent" if number % 3 == 2 else "present", coder="rule"
        )
        for number, each in enumerate(ids)
    ]
    tables = make_tables(
        rows, codings, verdicts=verdicts, readings=[(each, "approach", None) for each in ids],
        coder="rule",
    )  # fmt: skip
    read = {coder: [ids[at] for at in double if at not in unread] for coder in coders}
    more = [people_readings(tables, read, kind)]
    if gold is not None:
        more.append(people_readings(tables, {"gold": [ids[at] for at in double]}, "human"))
    stratum = {each: VOICES[number % 3] if by else "all sources" for number, each in enumerate(ids)}
    plans = [
        {"plan": "data/assignments/first.csv", "source_id": ids[at], "coder": coder, "order": 1,
         "stratum": stratum[ids[at]], "double": True, "drawn_by": by,
         "stratum_size": list(stratum.values()).count(stratum[ids[at]])}
        for at in double for coder in coders
    ]  # fmt: skip
    return replace(
        tables,
        readings=pd.concat([tables.readings, *more], ignore_index=True),
        plans=c.frame(plans, c.PLANS) if plan else None,
        made_from={("approach", "gold"): frozenset(coders)} if gold is not None else {},
        deciding_coder=deciding,
    )


@pytest.fixture
def world() -> Callable[..., Tables]:
    return make_world


@pytest.fixture
def random_sample() -> Sampling:
    return Sampling(design="random", why="Drawn by lot from the register.")
