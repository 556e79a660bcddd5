"""What the browser is told: the codebook, a source's text and parts, and what is held of it.

Comes in: sources, schemes and the lines that stand.
Goes out: plain values that JSON can carry, places in code points.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tertium.coding.logs.lines import UNDECIDED
from tertium.coding.workbench.held import Held
from tertium.coding.workbench.passages import blocks_of, passages_of
from tertium.schemes.scheme import Scheme
from tertium.sources.source import Source
from tertium.sources.units import find_units

_SHOWN = ("id", "start", "end", "scheme", "scheme_version", "code", "confidence", "suggestion")
_EXCERPT = 60


def codebook(scheme: Scheme) -> dict[str, Any]:
    """A scheme as a coder reads it."""
    codes = [
        {
            "id": code.id,
            "label": code.label,
            "definition": code.definition,
            "when_to_use": code.when_to_use,
            "when_not_to_use": code.when_not_to_use,
            "tactics": [{"id": one.id, "label": one.label} for one in code.tactics],
        }
        for code in scheme.codes
    ]
    return {"name": scheme.name, "title": scheme.title, "version": scheme.version, "codes": codes}


def page(source: Source, passage: int) -> dict[str, Any]:
    """A source's text, with its blocks, sentences and passages."""
    facts = source.facts
    language = "" if source.language == "und" else source.language
    voice = facts.get("voice", "").replace("_", " ")
    told = [source.id, voice, facts.get("date", ""), language]
    passages = [[span.start, span.end] for span in passages_of(source)] or [[0, 0]]
    return {
        "id": source.id,
        "title": facts.get("title") or source.id,
        "facts": " · ".join(each for each in told if each),
        "language": source.language,
        "text": source.text,
        "passages": passages,
        "passage": passage,
        "blocks": [
            [block.span.start, block.span.end, block.zone, block.level, block.is_table]
            for block in blocks_of(source)
        ],
        "sentences": [[unit.span.start, unit.span.end] for unit in find_units(source, "sentence")],
    }


def offered(source: Source, held: Held, schemes: Mapping[str, Scheme]) -> dict[str, Any]:
    """A source in the list of sources, with how far it is done."""
    return {
        "id": source.id,
        "title": source.facts.get("title") or source.id,
        "codings": sum(line["start"] is not None for line in held.codings),
        "is_read": all(held.read_entirely(name) for name in schemes),
    }


def own_codings(held: Held, schemes: Mapping[str, Scheme]) -> list[dict[str, Any]]:
    """The coder's codings of one source."""
    return [
        {
            **{name: line.get(name) for name in _SHOWN},
            "stance": line.get("stance", "asserted"),
            "memo": line.get("memo") or "",
            "value": line.get("value"),
            "blind": line.get("blind"),
            "is_older": line["scheme_version"] != schemes[line["scheme"]].version,
        }
        for line in held.codings
    ]


def verdicts(held: Held) -> dict[str, str]:
    """What was said of the source as a whole, by scheme and code."""
    said: dict[str, str] = {}
    for line in held.lines:
        if line.get("start") is not None or line.get("code") is None:
            continue
        key = f"{line['scheme']}/{line['code']}"
        if line["kind"] == "reading":
            said.setdefault(key, "absent")
        elif line["kind"] == "coding" and line.get("stance") != "denied":
            said[key] = "undecided" if line.get("value") == UNDECIDED else "present"
    return said


def excerpt(text: str) -> str:
    """The beginning and end of a quote, on one line."""
    flat = " ".join(text.split())
    if len(flat) <= _EXCERPT:
        return flat
    half = _EXCERPT // 2 - 1
    return f"{flat[:half].rstrip()} … {flat[-half:].lstrip()}"
