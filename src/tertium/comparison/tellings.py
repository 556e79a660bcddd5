"""Which counted source tells which case, in which part of its text, and what that ties together.

Comes in: the passages of a study and its table of cases and sources.
Goes out: the parts told by case and source, and sources that are not independent of each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from tertium.bundle import renderings, work_of
from tertium.comparison.passages import Passages, part_of_source, rows_of
from tertium.spans import Span, merge

Parts = tuple[Span, ...] | None


def parts_told(passages: Passages) -> dict[tuple[str, str], Parts]:
    """By case and counted source the parts of the text that tell the case; None: the whole.

    A case may be linked to a text that is not counted: the original of a digest, a translation, a
    copy. A link to the whole of it holds for the counted text of the same work. A place in one
    text is no place in another, so that links to a part are not carried over.
    """
    counted = counted_texts(passages)
    parts: dict[tuple[str, str], list[Span | None]] = {}
    for row in rows_of(passages.tables.case_sources):
        linked, part = str(row["source_id"]), part_of_source(row)
        source_id = counted.get(linked)
        if source_id is not None and (linked == source_id or part is None):
            parts.setdefault((str(row["case_id"]), source_id), []).append(part)
    return {key: joined(spans) for key, spans in sorted(parts.items())}


def counted_texts(passages: Passages) -> dict[str, str]:
    """Which text is counted for each text of the study, where one is."""
    rows = list(passages.sources.values())
    known = {**passages.tables.renders, **renderings(rows, id_column="source_id")}
    of_work = {work_of(source_id, known): source_id for source_id in passages.counted}
    return {
        source_id: of_work[work]
        for source_id in passages.sources
        if (work := work_of(source_id, known)) in of_work
    }


def joined(spans: Iterable[Span | None]) -> Parts:
    """Parts of a text as one; None, the whole text, where one of them is the whole."""
    listed = list(spans)
    placed = [span for span in listed if span is not None]
    return tuple(merge(placed)) if len(placed) == len(listed) else None


def ties_of(passages: Passages) -> dict[str, list[str]]:
    """What ties each source to others: the cases it tells, the compiled source it is part of."""
    found = {
        source_id: [f"part of {whole}" for whole in sorted(passages.compiled_of(source_id))]
        for source_id in passages.counted
    }
    for case_id, source_id in parts_told(passages):
        found[source_id].append(f"case {case_id}")
    return found


def together(sources: Sequence[str], ties: Mapping[str, Sequence[str]]) -> list[str]:
    """For each source the first of those that something ties it to, over any number of steps.

    Examples
    --------
    >>> together(["a", "b", "c"], {"a": ["case x"], "b": [], "c": ["case x"]})
    ['a', 'b', 'a']
    """
    head = {source_id: source_id for source_id in sources}

    def first(source_id: str) -> str:
        while head[source_id] != source_id:
            source_id = head[source_id]
        return source_id

    teller: dict[str, str] = {}
    for source_id in sources:
        for tie in ties.get(source_id, ()):
            other = teller.setdefault(tie, source_id)
            one, two = sorted((first(source_id), first(other)))
            head[two] = one
    return [first(source_id) for source_id in sources]


def has_ties(passages: Passages) -> bool:
    """Whether some counted sources tell one case, or are parts of one compiled source."""
    found = together(passages.counted, ties_of(passages))
    return len(set(found)) < len(found)
