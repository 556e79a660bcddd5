"""What must be said below a table of agreement: once in full, later in short.

Comes in: the rows of a table, who was compared and how.
Goes out: sentences.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tertium.agreement.coefficient import Coefficient, words
from tertium.agreement.diagnose import ADJUDICATED, Concern
from tertium.comparison.agreement.groups import BY_CODE, BY_PAIR
from tertium.comparison.agreement.measures import (
    GAMMA,
    GAMMA_SAMPLER,
    GAMMA_SAMPLES,
    MEASURES,
    How,
)
from tertium.comparison.agreement.rows import Part, Row
from tertium.comparison.agreement.where import AGREED, DISAGREED
from tertium.comparison.agreement.who import UNIT_WORDS
from tertium.schemes.scheme import Scheme
from tertium.sources.units import UnitKind

# What fits in a cell; a longer reason stands in the note.
_CELL = 40
# Of more cells than these only the number is told.
_NAMED = 6
# Concerns that hold of the coders, or that the cell of the value shows.
_OF_CODERS = ("one_model", "machine", "adjudicated")
_IN_VALUE = ("few",)
_ALWAYS_TOLD = ("one_model", "machine")
_DISTANCES = {"masi": "MASI distance (Passonneau 2006)", "jaccard": "Jaccard distance"}
_KINDS = {"human": "people", "model": "readings by a model", "rule": "rules", "learned": "learned"}


@dataclass(frozen=True, eq=False)
class Noted:
    """A table on which a note is written: all its rows, those kept, and how they are called."""

    part: Part
    rows: Sequence[Row]
    kept: Sequence[Row]
    scheme: Scheme
    unit: UnitKind
    names: Sequence[str]
    labels: dict[str, str]


def full_note(noted: Noted) -> str:
    """What was compared, by which rules, and what weakens every row."""
    part, unit, names = noted.part, noted.unit, noted.names
    of_spans = [name for name in names if MEASURES[name].on_spans]
    said = [part.of.caution, about(noted)]
    if len(of_spans) < len(names):
        said.append(
            f"A {unit} shows a code where a passage coded with it holds one of its words; where "
            "a coder has not read it, it is missing."
        )
        said.append(_all_codes(noted))
    if of_spans:
        said.append(_on_spans(of_spans, part.how))
    said.append(_intervals(noted.kept))
    said += _on_these_rows(noted)
    if part.of.rereader:
        said.append(
            "Each reading of a whole source closes what was coded before it; the next begins there."
        )
    everywhere = in_every_row(noted.kept)
    if told := [each.short for each in everywhere if is_in_cell(each)]:
        said.append(f"In every row: {'; '.join(told)}.")
    held = [each for row in noted.kept for each in row.concerns]
    said += _sentences(
        each
        for each in held
        if each.name not in _IN_VALUE and (each in everywhere or _is_of_coders(each))
    )
    return " ".join(each for each in said if each)


def brief_note(noted: Noted) -> str:
    """What a table needs that follows another of the same kind."""
    said = [noted.part.of.caution, about(noted), *_on_these_rows(noted)]
    said.append("Rules, columns and intervals: as in the table of this kind before it.")
    return " ".join(each for each in said if each)


def column_notes(noted: Noted) -> dict[str, str]:
    """What must be known to read a column."""
    units = UNIT_WORDS[noted.unit]
    everywhere = in_every_row(noted.kept)
    told = _sentences(
        each
        for row in noted.kept
        for each in row.concerns
        if is_in_cell(each) and each not in everywhere and not _is_of_coders(each)
    )
    of_all = "; of all codes, the share with any code" if BY_CODE in noted.part.keys else ""
    what = "the code" if BY_CODE in noted.part.keys else "any code"
    return {
        "prevalence": f"Prevalence: of the {units} as each coder read them, the share with "
        f"{what}{of_all}.",
        DISAGREED: f"Differ: {units} to which some of those who read them give a code, and "
        "others don't.",
        AGREED: f"Same code: {units} to which all who read them give it.",
        "concerns": " ".join(told),
    }


def about(noted: Noted) -> str:
    """Coders, scheme and unit in one sentence; the same for every table of them."""
    by_kind: dict[str, list[str]] = {}
    for name, kind in noted.part.of.kinds.items():
        by_kind.setdefault(kind, []).append(name)
    coders = ", ".join(
        f"{', '.join(names)} ({_KINDS.get(kind, kind)})" for kind, names in by_kind.items()
    )
    return f"Coders: {coders}; scheme {noted.scheme.reference}; unit: {noted.unit}."


def in_every_row(rows: Sequence[Row]) -> list[Concern]:
    """Concerns that hold of all rows, where there are several."""
    if len(rows) < 2:
        return []
    first, *others = rows
    return [each for each in first.concerns if all(each in row.concerns for row in others)]


def is_in_cell(concern: Concern) -> bool:
    """Whether the cell of concerns tells it, and not the note or the cell of the value."""
    return concern.name not in (*_ALWAYS_TOLD, *_IN_VALUE)


def reason_in_words(found: Coefficient) -> str:
    """Why a coefficient has no value; empty where a cell has no room for it."""
    said = _reason(found)
    return said if len(said) <= _CELL else ""


def level_in_words(part: Part) -> str:
    """The level of the intervals: "95 % interval"."""
    return f"{part.how.level * 100:g}\u00a0% interval"


def _reason(found: Coefficient) -> str:
    return f"not defined, because {words(found.reason)}"


def _is_of_coders(concern: Concern) -> bool:
    return concern.name in _OF_CODERS


def _sentences(concerns: Iterable[Concern]) -> list[str]:
    return list(dict.fromkeys(each.sentence for each in concerns))


def _on_these_rows(noted: Noted) -> list[str]:
    """What holds of this table and not of the next."""
    part, unit = noted.part, noted.unit
    said = _undefined(noted)
    said += _sentences(
        each for row in noted.kept for each in row.concerns if each.name in _IN_VALUE
    )
    if left := len(noted.rows) - len(noted.kept):
        said.append(f"{left} more of these groups have no {unit} that was coded twice.")
    if BY_PAIR in part.keys and _two_people_beside_machines(part):
        said.append(
            "A machine can't be asked to agree with people more than people do with each other: "
            "the pair of two people is its ceiling."
        )
    if "language" in part.keys and _has_translations(part):
        said.append(
            "Translations are among these texts. Each was read beside its original, so that what "
            "is found on them is no evidence by language."
        )
    return said


def _two_people_beside_machines(part: Part) -> bool:
    kinds = [kind for name, kind in part.of.kinds.items() if name not in ADJUDICATED]
    return kinds.count("human") >= 2 and set(kinds) != {"human"}


def _on_spans(names: Sequence[str], how: How) -> str:
    """What coefficients for spans look at, and with which options."""
    characters = [name for name in names if name in ("u_alpha", "bar_u_alpha")]
    said = []
    if characters:
        looks = "looks" if len(characters) == 1 else "look"
        said.append(
            f"{_listed(MEASURES[name].words for name in characters)} {looks} at every character "
            "of the sources that all coders have read for the code."
        )
    if "cu_alpha" in names:
        said.append(
            "(k)u-alpha, of one code, and cu-alpha, of all codes, look at every character of the "
            "sources that all coders have read for every code."
        )
    if compares := [name for name in names if name in ("gamma", "overlap_f1")]:
        verb = "compares" if len(compares) == 1 else "compare"
        said.append(
            f"{_listed(MEASURES[name].words for name in compares)} {verb} the spans in the "
            "sources that all coders have read for the code, not characters."
        )
    if "gamma" in names:
        said.append(
            f"Gamma: alpha {GAMMA.alpha:g}, beta {GAMMA.beta:g}, {GAMMA_SAMPLES} chance texts "
            f"(sampler {GAMMA_SAMPLER}, seed {how.seed})."
        )
    if "overlap_f1" in names:
        said.append(
            "Overlap F1: two spans are the same where what both hold is "
            f"{how.threshold:g} or more of what either holds (Jaccard)."
        )
    return " ".join(said)


def _has_translations(part: Part) -> bool:
    """Whether a text stands among the units beside one of which it is a translation."""
    here = set(part.coded.units["source_id"])
    sources = part.tables.sources
    own = sources[sources["source_id"].isin(here)]
    return bool(own["translation_of"].isin(here).any())


def _undefined(noted: Noted) -> list[str]:
    """Reasons for which the cells have no room, each with the cells it is of."""
    cells: dict[str, list[str]] = {}
    for row in noted.kept:
        for name, found in zip(noted.names, row.coefficients, strict=True):
            if found.is_defined or reason_in_words(found):
                continue
            label = noted.labels[row.id]
            one = label if len(noted.names) == 1 else f"{MEASURES[name].words} of {label}"
            cells.setdefault(_reason(found), []).append(one)
    return [
        f"{', '.join(where) if len(where) <= _NAMED else f'{len(where)} cells'}: {why}."
        for why, where in cells.items()
    ]


def _listed(names: Iterable[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


def _all_codes(noted: Noted) -> str:
    """How sets of codes are compared; empty where no row has them."""
    keys, names = noted.part.keys, noted.names
    if BY_CODE in keys and all(
        row.codes == (row.values[keys.index(BY_CODE)],) for row in noted.kept
    ):
        return ""
    what = "All codes" if BY_CODE in keys else "Compared"
    distance = noted.part.how.distance
    if "krippendorff_alpha" not in names or distance == "nominal":
        return f"{what}: each {noted.unit}'s set of codes, equal or not."
    others = [name for name in names if name != "krippendorff_alpha"]
    rest = any(not MEASURES[name].on_spans for name in others)
    how = f"alpha with the {_DISTANCES[distance]}{', the others equal or not' if rest else ''}"
    return f"{what}: each {noted.unit}'s set of codes, {how}."


def _intervals(rows: Sequence[Row]) -> str:
    found = [
        one.interval
        for row in rows
        for one in row.coefficients
        if one.interval is not None and not math.isnan(one.interval.low)
    ]
    if not found:
        return ""
    methods = sorted({one.method for one in found})
    first = found[0]
    return (
        f"Intervals: {first.level * 100:g}\u00a0%, {' or '.join(methods)}, "
        f"{first.replicates:,} resamples, seed {first.seed}."
    )
