"""Two people, two readings by a model and a machine, on texts whose agreement is known."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from tertium import columns as c
from tertium.bundle import Tables
from tertium.schemes.scheme import Code, Scheme, VerdictRule
from tertium.sources.source import Source
from tertium.sources.units import find_units

KINDS = {
    "ana": "human", "ben": "human", "eva": "human", "gold": "human",
    "reading-1": "model", "reading-2": "model", "rule": "rule",
}  # fmt: skip
LABELS = {"union": "Unions", "strike": "Strikes"}
SCHEME = Scheme(
    name="approach",
    version="1.1.0",
    title="Approaches",
    description="For tests.",
    verdict=VerdictRule(text="One is enough.", present=0.6, undecided=0.3),
    codes=tuple(
        Code(id=each, label=label, definition="D.", when_to_use="W.", when_not_to_use="N.")
        for each, label in LABELS.items()
    ),
)
# Ten sentences a source; a sentence is called by its source and number: a0 to a9.
SOURCES = {"a": ("ngo", "en"), "b": ("ngo", "en"), "c": ("state_media", "zh")}


def text_of(source: str) -> str:
    """Ten sentences of one length."""
    return " ".join(f"Sentence {source}{number} says it." for number in range(10))


def tables(
    given: dict[str, dict[str, str]],
    *,
    read: dict[str, str] | None = None,
    facts: dict[str, dict[str, Any]] | None = None,
    sources: Sequence[str] = ("a", "b", "c"),
    extra: dict[str, dict[str, str]] | None = None,
) -> Tables:
    """A bundle in which each coder gave each code to the sentences named: {"ana": {"strike": "a1 b2"}}.

    Parameters
    ----------
    read : dict
        The sources that a coder read, "a b"; all where a coder is not named.
    facts : dict
        Further columns of a coder's codings and readings.
    extra : dict
        Further columns of sources.
    """
    made = {each: Source(id=each, text=text_of(each), language="en") for each in sources}
    units = [
        {
            "unit_id": f"{source.id}:{unit.kind}:{unit.number}", "source_id": source.id,
            "text_sha256": source.text_sha256, "unit": unit.kind, "number": unit.number,
            "start": unit.span.start, "end": unit.span.end, "zone": unit.zone,
        }
        for source in made.values()
        for kind in ("document", "paragraph", "sentence")
        for unit in find_units(source, kind)
    ]  # fmt: skip
    codings, readings = [], []
    for coder, codes in given.items():
        common = {
            "coder": coder, "coder_kind": KINDS[coder], "scheme": "approach",
            "scheme_version": "1.1.0", "created": "2026-01-01T10:00:00Z",
            **(facts or {}).get(coder, {}),
        }  # fmt: skip
        for source_id in (read or {}).get(coder, " ".join(sources)).split():
            readings.append(
                {**common, "source_id": source_id, "text_sha256": made[source_id].text_sha256}
            )
        for code, sentences in codes.items():
            for name in sentences.split():
                text, source = text_of(name[0]), made[name[0]]
                start = text.index(f"Sentence {name} ")
                codings.append({
                    **common, "coding_id": f"{coder}-{code}-{name}", "source_id": name[0],
                    "text_sha256": source.text_sha256, "code": code, "stance": "asserted",
                    "start": start, "end": start + 21, "quote": text[start : start + 21],
                })  # fmt: skip
    rows = [
        {
            "source_id": each, "text": text_of(each), "text_sha256": made[each].text_sha256,
            "title": f"Title of {each}", "publisher": f"Publisher of {each}", "kind": "original",
            "voice": SOURCES[each][0], "language": SOURCES[each][1],
            **(extra or {}).get(each, {}),
        }
        for each in sources
    ]  # fmt: skip
    return Tables(
        sources=c.frame(rows, c.SOURCES),
        units=c.frame(units, c.UNITS),
        zones=c.frame([], c.ZONE_COLUMNS),
        codings=c.frame(codings, c.CODINGS),
        readings=c.frame(readings, c.READINGS),
        verdicts=c.frame([], c.VERDICTS),
        cases=c.frame([], c.CASES),
        case_sources=pd.DataFrame({"case_id": [], "source_id": [], "start": [], "end": []}),
        schemes={"approach": SCHEME},
    )


@pytest.fixture
def make() -> Callable[..., Tables]:
    """The function that makes a bundle."""
    return tables


@pytest.fixture
def two_people() -> Tables:
    """Ana and Ben agree on strikes in a1 to a3 and differ on a4 and b1; unions they all share."""
    made = tables(
        {
            "ana": {"strike": "a1 a2 a3 a4", "union": "c1 c2"},
            "ben": {"strike": "a1 a2 a3 b1", "union": "c1 c2"},
        }
    )
    return replace(made, deciding_coder="ana")
