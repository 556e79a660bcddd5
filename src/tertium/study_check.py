"""Whether a study holds together: every reference leads somewhere, every text is the one coded.

Comes in: a study.
Goes out: its faults, sorted; and notes on what is legal and yet should be known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from tertium.coding.check import check_scheme
from tertium.coding.log import Line, log_faults, read_log, standing
from tertium.errors import Fault, InputError
from tertium.sources.files.read import bytes_of
from tertium.sources.language_check import language_faults
from tertium.sources.listed.cases import NOT_STATED, Cases
from tertium.sources.listed.references import (
    basis_keys,
    cited_in,
    entry_keys,
    fact_faults,
    manifest_key_faults,
    page_key_faults,
    untold_faults,
)
from tertium.sources.manifest import cited_keys
from tertium.study import Study

BIBLIOGRAPHY = "data/references.bib"
CODINGS = "data/codings"
SELECTION = "selection.md"


def check_study(study: Study) -> list[Fault]:
    """What is wrong with a study beyond its own file.

    Sources, citations, cases and what is known of them, actors, what people coded, and the
    examples of the study's schemes, which run as tests.

    Parameters
    ----------
    study : Study

    Returns
    -------
    list of Fault
        Sorted; empty where all is well.

    Examples
    --------
    >>> from tertium.study import open_study
    >>> check_study(open_study("labour-organising"))
    []
    """
    logged, unread = read_log(study.root / CODINGS, shown=CODINGS)
    lines = standing(logged)
    faults = [*study.listed.faults, *unread, *_reference_faults(study, lines)]
    faults += _log_faults(study, lines)
    collection = study.listed.collection
    manifest = study.content.sources.manifest
    faults += language_faults(collection.sources if collection else (), file=manifest)
    for scheme in study.own_schemes:
        faults += check_scheme(scheme)
    return sorted(set(faults))


def _reference_faults(study: Study, lines: Iterable[Line]) -> Iterator[Fault]:
    listed = study.listed
    manifest = study.content.sources.manifest
    try:
        keys = entry_keys(_text(study, BIBLIOGRAPHY))
    except InputError as error:
        yield from error.faults
        return
    yield from manifest_key_faults(listed.rows, keys, file=manifest)
    yield from page_key_faults(_page(study), keys, file=_page_name(study))
    if study.content.cases is None:
        return
    # What is wrong with the links themselves is said already.
    if listed.cases.links:
        yield from untold_faults(listed.rows, listed.cases.links, file=manifest)
    codes = {scheme.name: scheme.code_ids for scheme in study.own_schemes}
    yield from fact_faults(
        listed.cases.facts,
        keys=keys,
        coding_ids={line.id for line in lines},
        actors=_actor_names(study),
        approaches=codes.get("approach"),
        file=f"{study.content.cases.rstrip('/')}/facts.csv",
    )


def _log_faults(study: Study, lines: Iterable[Line]) -> Iterator[Fault]:
    checksums = {row.id: row.text_sha256 for row in study.listed.rows}
    collection = study.listed.collection
    if checksums:
        sources = collection.sources if collection else ()
        yield from log_faults(lines, checksums=checksums, sources=sources)


def _actor_names(study: Study) -> set[str] | None:
    try:
        actors = study.actors
    except InputError:
        return None  # said already
    if actors is None:
        return None
    indicators = (
        indicator
        for code in actors.codes
        for listed in code.indicators.values()
        for indicator in listed
    )
    return {name.casefold() for indicator in indicators for name in indicator.pattern}


def study_notes(study: Study) -> list[str]:
    """What is legal in a study and yet should be known: gaps, counted and listed.

    Undated sources, cases without a date or an outcome, entries that nothing cites.

    Parameters
    ----------
    study : Study

    Examples
    --------
    >>> from tertium.study import open_study
    >>> study_notes(open_study("labour-organising"))[0].split(" (")[0]
    'sources: 16 of the 57 are undated'
    """
    listed = study.listed
    undated = [
        row.id for row in listed.rows if "date" not in row.facts and row.id not in listed.renders
    ]
    own = [row for row in listed.rows if row.id not in listed.renders]
    notes = [_note("sources", undated, len(own), "are undated")]
    cases = listed.cases
    dateless = [row["id"] for row in cases.cases if not row["start"] and not row["end"]]
    notes.append(_note("cases", dateless, len(cases.cases), "are undated"))
    notes.append(_note("cases", _without_outcome(cases), len(cases.cases), "state no outcome"))
    unused = _unused_entries(study)
    if unused:
        notes.append(f"references.bib: nothing cites {', '.join(unused)}")
    return [note for note in notes if note]


def _note(things: str, ids: list[str], number: int, what: str) -> str:
    return f"{things}: {len(ids)} of the {number} {what} ({', '.join(ids)})" if ids else ""


def _without_outcome(cases: Cases) -> list[str]:
    stated = {
        row["case_id"]
        for row in cases.facts
        if row["attribute"] == "outcome" and row["value"] != NOT_STATED
    }
    return [row["id"] for row in cases.cases if row["id"] not in stated] if cases.facts else []


def _unused_entries(study: Study) -> list[str]:
    try:
        keys = entry_keys(_text(study, BIBLIOGRAPHY))
    except InputError:
        return []
    listed = study.listed
    cited = {key for row in listed.rows for key in cited_keys(row.facts.get("citation_key", ""))}
    cited |= {key for row in listed.cases.facts for key in basis_keys(row["basis"])}
    cited |= set(cited_in(_page(study)))
    for part in study.content.notebooks:
        # Text for a reader in a notebook is JSON: a quotation mark ends a line of it.
        cited |= set(cited_in(_text(study, part.notebook)))
    return sorted(keys - cited)


def _page_name(study: Study) -> str:
    return re.sub(r"[^/]+$", SELECTION, study.content.sources.manifest)


def _page(study: Study) -> str:
    return _text(study, _page_name(study))


def _text(study: Study, relative: str) -> str:
    """A text of the study; empty where there is none."""
    path = study.root / relative
    if not path.is_file():
        return ""
    try:
        return bytes_of(path, relative).decode("utf-8-sig")
    except UnicodeDecodeError:
        fault = Fault(relative, 0, "", "it is not UTF-8", "save it as UTF-8 text")
        raise InputError([fault]) from None
