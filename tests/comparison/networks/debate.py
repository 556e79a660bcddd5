"""A small debate whose networks can be drawn by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from tertium.bundle import Tables
from tertium.schemes.actors import COLUMNS, actor_scheme
from tertium.sources.files.rows import Row

from ..conftest import coding, make_scheme, make_tables, source

ACTORS = {
    "miners": "grassroots_workers",
    "drivers": "grassroots_workers",
    "mine": "employer",
    "union": "party_state_union",
    "lawyers": "ngo",
}
CODES = ("wages", "hours", "injury")


def actor_rows() -> list[Row]:
    """The actors, each with its id as name."""
    return [
        Row(line, dict.fromkeys(COLUMNS, "") | {"id": each, "type": what, "name_en": each})
        for line, (each, what) in enumerate(ACTORS.items(), start=2)
    ]


def said(
    source_id: str,
    statement: str,
    actor: str | Sequence[str],
    code: str,
    stance: str = "asserted",
    *,
    target: str | None = None,
    quote: str = "They speak.",
) -> list[dict[str, Any]]:
    """The codings of one statement; its claim is `quote`, those named stand within it."""
    coder = {"coder": "ana", "coder_kind": "human", "statement_id": statement}
    actors = [actor] if isinstance(actor, str) else list(actor)
    named = [(each, "actor") for each in actors] + ([(target, "target")] if target else [])
    return [
        coding(source_id, quote, "claim", code, stance=stance, role=None, **coder),
        *(coding(source_id, quote.split()[0], "actor", who, role=role, **coder)
          for who, role in named),
    ]  # fmt: skip


def debate(codings: Sequence[dict[str, Any]], **more: Any) -> Tables:
    """Three sources, and codings of them."""
    text = "They speak. Again they speak.\n\nNobody answers."
    tables = make_tables(
        [
            source("a", text, voice="ngo", date="2010"),
            source("b", text, voice="state_media", date="2012-05"),
            source("c", text, voice="ngo", **more),
        ],
        codings,
        readings=[("a", "claim", None)],
    )
    schemes = {
        "claim": make_scheme("claim", *CODES),
        "actor": actor_scheme(actor_rows(), file="actors.csv"),
    }
    readings = tables.readings.assign(coder="ana", coder_kind="human")
    return replace(tables, schemes=schemes, readings=readings)


def small() -> Tables:
    """Miners and lawyers want wages, the mine refuses; the union wants hours alone."""
    return debate(
        [
            *said("a", "1", "miners", "wages", target="mine"),
            *said("a", "2", "miners", "wages", target="mine", quote="Again they speak."),
            *said("a", "3", "mine", "wages", "denied", target="miners"),
            *said("b", "1", "lawyers", "wages"),
            *said("b", "2", "lawyers", "injury", "criticised"),
            *said("b", "3", "mine", "injury", "denied"),
            *said("c", "1", "union", "hours", "planned", target="mine"),
            coding("c", "Nobody answers.", "claim", "hours", coder="ana", coder_kind="human"),
        ]
    )
