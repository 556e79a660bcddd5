"""Whether a study holds together: every reference leads somewhere, every text is the one coded.

Comes in: a study.
Goes out: its faults, sorted; and notes on what is legal and yet should be known.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Iterator

import pandas as pd

from tertium.agreement.assignment.assign import COLUMNS as PLAN_COLUMNS
from tertium.agreement.assignment.assign import OPTIONAL as OPTIONAL_OF_PLANS
from tertium.coding.check import check_scheme, language_notes, scheme_notes, usage_notes
from tertium.coding.coder import RuleCoder
from tertium.coding.logs.closed_texts import closed_with_memos, memo_notes, quoting_faults
from tertium.coding.logs.decided import contradictions, without_support
from tertium.coding.logs.in_force import in_force
from tertium.coding.logs.log import (
    CODINGS,
    Line,
    coders_in,
    is_unfinished,
    read_log,
    standing,
)
from tertium.coding.logs.log_check import log_faults
from tertium.coding.logs.stale import absence_notes, stale_faults, stale_in_log
from tertium.coding.logs.statement_rows import statement_notes
from tertium.errors import Fault, InputError, TertiumError
from tertium.schemes.actors import NAME as ACTORS
from tertium.schemes.read import builtin_names, past_schemes
from tertium.schemes.scheme import Scheme
from tertium.sources.files.read import bytes_of
from tertium.sources.files.rows import Row, read_rows
from tertium.sources.language_check import language_faults
from tertium.sources.listed.cases import NOT_STATED, Cases
from tertium.sources.listed.expectations import (
    read_expectations,
    register_key_faults,
    register_keys,
)
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
from tertium.study import BIBLIOGRAPHY, STUDIES, Study, open_study
from tertium.study_file import CODERS

SELECTION = "selection.md"


def check_study(study: Study) -> list[Fault]:
    """What is wrong with a study beyond its own file.

    Sources, citations, cases and what is known of them, actors, what people coded, and the
    examples of the study's schemes, which run as tests; codings made under an older
    understanding of their code.

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
    broken = [fault for fault in unread if not is_unfinished(fault)]
    faults = [*study.listed.faults, *broken, *_reference_faults(study, lines)]
    faults += [*_log_faults(study, lines), *_own_log_faults(study), *contradictions(lines)]
    faults += [*_register_faults(study), *_plan_faults(study), *_set_plan_faults(study)]
    faults += quoting_faults(logged, {row.id: row.facts for row in study.listed.rows})
    collection = study.listed.collection
    manifest = study.content.sources.manifest
    sources = collection.sources if collection else ()
    faults += language_faults(sources, file=manifest)
    for scheme, past in _with_past(study):
        faults += check_scheme(scheme, past=past, sources=sources)
    faults += stale_faults(stale_in_log(lines, study.own_schemes), study=_shown(study))
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


def _register_faults(study: Study) -> Iterator[Fault]:
    """What is wrong with the register of expectations, and what it cites that is not there."""
    rows, faults = _register(study)
    yield from faults
    with contextlib.suppress(InputError):  # the check of the bibliography tells what is wrong
        keys = entry_keys(_text(study, BIBLIOGRAPHY))
        yield from register_key_faults(rows, keys, file=study.content.expectations or "")


def _register(study: Study) -> tuple[list[Row], list[Fault]]:
    """The rows of the register of expectations, and their faults; none where there is none."""
    if study.content.expectations is None:
        return [], []
    schemes = None
    with contextlib.suppress(InputError):  # the check of the actors tells what is wrong
        schemes = {scheme.name: scheme.code_ids for scheme in study.schemes}
    shown = study.content.expectations
    return read_expectations(study.root / shown, shown=shown, schemes=schemes)


def _set_plan_faults(study: Study) -> Iterator[Fault]:
    """What is wrong with the plans of set analyses, and what they cite that is not there."""
    keys = None
    with contextlib.suppress(InputError):  # the check of the bibliography tells what is wrong
        keys = entry_keys(_text(study, BIBLIOGRAPHY))
    yield from study.read_set_plans(keys=keys).faults


def _plan_faults(study: Study) -> Iterator[Fault]:
    """What is wrong with the plans, and what they draw that the manifest does not list."""
    try:
        _ = study.plans
    except InputError as error:
        yield from error.faults
        return
    listed = {row.id for row in study.listed.rows}
    if not listed:
        return
    for plan in study.content.assignments:
        path, optional = study.root / plan, OPTIONAL_OF_PLANS
        rows, _ = read_rows(path, PLAN_COLUMNS, file=plan, optional=optional)
        for row in rows:
            if row["source_id"] not in listed:
                found = f"{row['source_id']!r} is the id of no source"
                remedy = f"write the id of a row of {study.content.sources.manifest}"
                yield Fault(plan, row.line, "source_id", found, remedy)


def _log_faults(study: Study, lines: Iterable[Line]) -> Iterator[Fault]:
    checksums = {row.id: row.text_sha256 for row in study.listed.rows}
    collection = study.listed.collection
    if checksums:
        yield from log_faults(
            lines,
            checksums=checksums,
            sources=collection.sources if collection else (),
            schemes=_known_schemes(study),
            other_schemes=_other_schemes(study),
            past=[one for _, past in _with_past(study) for one in past],
        )


def _known_schemes(study: Study) -> dict[str, Scheme]:
    """The study's schemes by name, with the actors where their list can be read."""
    schemes = list(study.own_schemes)
    with contextlib.suppress(InputError):  # the check of the list tells what is wrong
        schemes = list(study.schemes)
    return {scheme.name: scheme for scheme in schemes}


def _with_past(study: Study) -> Iterator[tuple[Scheme, tuple[Scheme, ...]]]:
    """The study's schemes, each with its earlier versions."""
    for reference, scheme in zip(study.content.schemes, study.own_schemes, strict=True):
        is_file = reference.endswith((".yml", ".yaml"))
        yield scheme, past_schemes(study.root / reference if is_file else reference)


def _shown(study: Study) -> str:
    """The study's file, as a command in its root would name it."""
    inside = study.path.is_relative_to(study.root)
    return study.path.relative_to(study.root).as_posix() if inside else study.path.name


def _scheme_notes(study: Study) -> Iterator[str]:
    collection = study.listed.collection
    sources = collection.sources if collection else ()
    for scheme, past in _with_past(study):
        yield from scheme_notes(scheme, past=past, sources=sources)
    with contextlib.suppress(TertiumError):  # the check tells what is wrong
        tables = study.tables
        for scheme in study.own_schemes:
            coder = tables.decides(scheme.name)
            yield from usage_notes(tables.codings, [scheme], coder=coder)
            if coder == RuleCoder.name:
                # A translation is never counted: what it renders is searched in its own language.
                own = [each for each in sources if not each.facts.get("translation_of")]
                yield from language_notes(scheme, own)


def _own_log_faults(study: Study) -> tuple[Fault, ...]:
    """What keeps the logs of the study's own coders out of its tables."""
    try:
        _ = study.logged
    except InputError as error:
        return error.faults
    return ()


def _other_schemes(study: Study) -> set[str]:
    """Schemes that a coder may use beside this study's: shipped ones, and other studies'."""
    names = {*builtin_names(), ACTORS}
    for path in sorted((study.root / STUDIES).glob("*.yml")):
        with contextlib.suppress(TertiumError):  # that study's own check tells what is wrong
            names.update(scheme.name for scheme in open_study(path).own_schemes)
    return names


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

    Undated sources, cases without a date or an outcome, lines of a log that a crash cut short,
    codings that no code is left for, absences under an older definition, gaps in the schemes'
    languages, codes that are never used or always together by who decides on their scheme, who
    decides without having read, who was drawn to code and has no log, entries that nothing cites.

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
    own = [
        row for row in listed.rows if row.id not in listed.renders and "part_of" not in row.facts
    ]
    undated = [row.id for row in own if "date" not in row.facts]
    notes = [_note("sources", undated, len(own), "are undated")]
    cases = listed.cases
    dateless = [row["id"] for row in cases.cases if not row["start"] and not row["end"]]
    notes.append(_note("cases", dateless, len(cases.cases), "are undated"))
    notes.append(_note("cases", _without_outcome(cases), len(cases.cases), "state no outcome"))
    notes.append(_unread_note(study))
    logged, faults = read_log(study.root / CODINGS, shown=CODINGS)
    notes += _memo_notes(study, logged)
    notes += without_support(standing(logged))
    notes += statement_notes(line.content for line in standing(logged) if line.kind == "coding")
    notes += [str(fault) for fault in sorted(faults) if is_unfinished(fault)]
    with contextlib.suppress(TertiumError):  # the check tells what is wrong
        notes += in_force(study.logged, study.schemes).notes
        notes += absence_notes(study.tables.verdicts, study.logged.readings, study.schemes)
    notes += _scheme_notes(study)
    notes += _coder_notes(study)
    notes += study.read_set_plans().notes
    unused = _unused_entries(study)
    if unused:
        notes.append(f"references.bib: nothing cites {', '.join(unused)}")
    return [note for note in notes if note]


def _coder_notes(study: Study) -> Iterator[str]:
    """Who decides on a scheme without having read for it, and who was drawn and has not begun."""
    with contextlib.suppress(TertiumError):  # the check tells what is wrong
        tables = study.tables
        read = {
            (scheme, coder)
            for table in (tables.codings, tables.readings)
            for scheme, coder in zip(table["scheme"], table["coder"], strict=True)
            if not pd.isna(scheme) and not pd.isna(coder)
        }
        for scheme in tables.schemes:
            coder = tables.decides(scheme)
            if (scheme, coder) not in read:
                yield (
                    f"{scheme}: {coder} decides and has read nothing for it, so that every table "
                    "of it says “not searched”"
                )
        there = {*CODERS, *coders_in(study.root / CODINGS)}
        plans = [] if tables.plans is None else tables.plans.to_dict("records")
        drawn = {(str(row["plan"]), str(row["coder"])) for row in plans}
        for plan, coder in sorted(drawn):
            if coder not in there:
                yield f"{plan}: {coder} has no log in {CODINGS} yet"


def _unread_note(study: Study) -> str:
    """Sources that the choice of texts leaves out, and that no text which is read stands in for."""
    collection = study.listed.collection
    if collection is None:
        return ""
    read = {source.id for source in collection.sources}
    stood_in_for = {source.facts.get("digest_of", "") for source in collection.sources}
    missing = set(collection.missing)
    left = [row.id for row in study.listed.rows if row.id not in read | stood_in_for | missing]
    # A digest whose original is read is no source of its own.
    left = [
        row.id
        for row in study.listed.rows
        if row.id in left and row.facts.get("digest_of", "") not in read
    ]
    verb = "source is" if len(left) == 1 else "sources are"
    return f"{len(left)} {verb} not read: texts: {study.texts} ({', '.join(left)})" if left else ""


def _memo_notes(study: Study, lines: list[Line]) -> list[str]:
    """Memos with words of a text that may not be passed on, wherever such a text is at hand."""
    facts = {row.id: row.facts for row in study.listed.rows}
    closed = closed_with_memos(lines, facts)
    if not closed:
        return []
    with contextlib.suppress(TertiumError):  # the check tells what is wrong
        collection = study.listed.collection
        there = {source.id for source in collection.sources} if collection else set()
        texts = study.collection if closed <= there else study.with_texts("both").collection
        return memo_notes(lines, texts.sources)
    return []


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
    cited |= {key for row in _register(study)[0] for key in register_keys(row["basis"])}
    cited |= set(cited_in(_page(study)))
    cited |= study.read_set_plans().cited
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
