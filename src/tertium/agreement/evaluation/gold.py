"""A row of labelled texts as a text with its labels, or everything that is wrong with it.

Comes in: the fields of a row, and the scheme whose codes are the labels.
Goes out: frozen `LabelledText`s that a coder's verdicts can be held against.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tertium.columns import ANNOTATORS, Annotator
from tertium.errors import Fault
from tertium.schemes.scheme import Scheme
from tertium.sources.formats.table import SAFE_ID
from tertium.sources.manifest import fact_faults
from tertium.sources.source import Source

NONE = "none"
# What is asked for, and the other names under which labelled texts bring it.
FIELDS: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "source_id"),
    "text": ("text",),
    "file": ("file",),
    "labels": ("labels",),
    "primary": ("primary_label", "primary"),
    "language": ("language",),
    "voice": ("voice", "publisher_type"),
    "topic_group": ("topic_group",),
    "confidence": ("label_confidence", "confidence"),
    "address": ("url", "address"),
    "annotator": ("annotator", "coder_kind"),
}


@dataclass(frozen=True)
class LabelledText:
    """A text, and which codes of a scheme an annotator gives to it.

    Parameters
    ----------
    corpus : str
        The file or folder that it comes from.
    source : Source
    labels : tuple of str
        In the scheme's order; empty: the annotator read it and gave none.
    primary : str or None
        The label that the text is mostly about, "none" without labels; None: not stated.
    topic_group : str
        Texts on one story; its own id where none is stated.
    voice, confidence, address : str
        Empty where not stated.
    annotator : {"human", "model", "not_stated"}
        Labels by people are gold; those by a model are a reference and never called gold.
    """

    corpus: str
    source: Source
    labels: tuple[str, ...]
    primary: str | None
    topic_group: str
    voice: str = ""
    confidence: str = ""
    address: str = ""
    annotator: Annotator = "not_stated"


def field_of(row: Mapping[str, Any], field: str) -> Any:
    """The value of a field under any of its names; None where it is not there or empty."""
    for name in FIELDS[field]:
        value = row.get(name)
        if value is not None and value == value and value != "":
            return value
    return None


def word_of(row: Mapping[str, Any], field: str) -> str:
    """A field as a word; empty where it is not there."""
    value = field_of(row, field)
    return "" if value is None else str(value).strip()


def labels_of(value: Any) -> list[str] | None:
    """Labels as a list of words; None where the value is neither words nor a list of them.

    Examples
    --------
    >>> labels_of("strike|ngo_paralegal"), labels_of(["strike"]), labels_of("none"), labels_of(3)
    (['strike', 'ngo_paralegal'], ['strike'], [], None)
    """
    if value is None:
        return []
    if isinstance(value, str):
        value = re.split(r"[|;]", value)
    if not isinstance(value, Sequence) or not all(isinstance(each, str) for each in value):
        return None
    words = [each.strip() for each in value if each.strip()]
    return [] if words == [NONE] else words


def row_faults(
    row: Mapping[str, Any],
    scheme: Scheme,
    *,
    columns: Collection[str],
    file: str,
    place: str,
    line: int = 0,
) -> Iterator[Fault]:
    """Everything that is wrong with one row, but its text.

    Parameters
    ----------
    row : mapping
    scheme : Scheme
    columns : collection of str
        The columns of the whole table: a row may leave its labels empty, a table may not.
    file, place, line
        How faults name the row.
    """

    def fault(field: str, found: str, remedy: str) -> Fault:
        return Fault(file, line, f"{place}, {field}" if place else field, found, remedy)

    id_ = word_of(row, "id")
    if not id_:
        yield fault("id", "it is empty", "give the row an id")
    elif not SAFE_ID.fullmatch(id_):
        yield fault("id", f"{id_[:80]!r} is no safe id", "use letters, digits, spaces, _ . -")
    labels = labels_of(field_of(row, "labels"))
    if labels is None:
        remedy = "write a list of codes, or codes joined by | (none: leave it empty)"
        yield fault("labels", f"{field_of(row, 'labels')!r} are no labels", remedy)
    there = f"scheme {scheme.reference} has {', '.join(scheme.code_ids)}"
    for label in sorted(set(labels or ()) - set(scheme.code_ids)):
        yield fault("labels", f"there is no code {label!r}", there)
    if "labels" in columns:
        yield from _primary_faults(word_of(row, "primary"), labels or [], fault)
    annotator = word_of(row, "annotator")
    if annotator and annotator not in ANNOTATORS:
        remedy = f"write one of: {', '.join(ANNOTATORS)}"
        yield fault("annotator", f"{annotator!r} is none", remedy)
    facts = {name: word_of(row, name) for name in ("language", "voice")}
    for wrong in fact_faults(facts, file=file, line=line):
        yield fault(wrong.field, wrong.found, wrong.remedy)


def _primary_faults(primary: str, labels: Sequence[str], fault: Any) -> Iterator[Fault]:
    if primary in ("", *labels) or (primary == NONE and not labels):
        return
    wanted = " or ".join(labels) or NONE
    yield fault("primary_label", f"{primary!r} is none of the labels", f"write {wanted}")


def labelled(
    row: Mapping[str, Any], source: Source, scheme: Scheme, *, corpus: str, annotator: Annotator
) -> LabelledText:
    """A row without faults as a labelled text.

    Parameters
    ----------
    annotator : {"human", "model", "not_stated"}
        Where the row does not say it.
    """
    given = set(labels_of(field_of(row, "labels")) or ())
    labels = tuple(code for code in scheme.code_ids if code in given)
    stated = word_of(row, "primary")
    only = NONE if not labels else labels[0] if len(labels) == 1 else None
    own: Any = word_of(row, "annotator") or annotator
    return LabelledText(
        corpus=corpus,
        source=source,
        labels=labels,
        primary=stated or only,
        topic_group=word_of(row, "topic_group") or source.id,
        voice=word_of(row, "voice"),
        confidence=word_of(row, "confidence"),
        address=word_of(row, "address"),
        annotator=own,
    )
