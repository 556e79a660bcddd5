"""Which counted source tells a case, whichever of its texts the case is linked to."""

from __future__ import annotations

from tertium.comparison.cases.told import tellings
from tertium.comparison.crosstabs.crosstab import crosstab
from tertium.comparison.passages import Passages
from tertium.comparison.sequence.placed import dated_cases
from tertium.comparison.tellings import parts_told, ties_of
from tertium.comparison.timeline import timeline
from tertium.spans import Span

from .conftest import coding, everything_read, make_tables, source, verdict

TEXT = "They struck. They sang."


def linked(*links):
    """A counted text and a copy of it that is not counted, with links of one case."""
    return make_tables(
        [source("a", TEXT), {**source("b", TEXT), "copy_of": "a"}],
        [coding("a", "They struck.", "approach", "strike")],
        verdicts=[verdict("a", "approach", "strike", "present")],
        cases=[{"case_id": "x", "name": "X", "start": "2010"}],
        case_sources=[
            {"case_id": "x", "source_id": each, "start": start, "end": end}
            for each, start, end in links
        ],
        readings=everything_read("a"),
    )


def test_a_case_linked_to_a_copy_alone_is_told_by_the_counted_text():
    """Every table of cases takes the link to the whole for one to the work."""
    tables = linked(("b", None, None))
    passages = Passages(tables)
    assert parts_told(passages) == {("x", "a"): None}
    assert ties_of(passages) == {"a": ["case x"]}
    assert [each.source_id for each in tellings(passages)["x"]] == ["a"]
    (case,) = dated_cases(passages, "approach", "all")
    assert (case.held, case.told_by) == (["strike"], {"a"})
    assert crosstab(tables, rows="approach", columns="case").frame.at["strike", "x"] == 1
    assert list(timeline(tables, dates="event").support["source_id"]) == ["a"]


def test_a_part_of_a_copy_is_no_part_of_the_counted_text():
    """A place in one text is no place in another."""
    assert parts_told(Passages(linked(("b", 0, 12)))) == {}


def test_links_to_parts_are_joined():
    """Several parts are told together; with the whole among them it is the whole."""
    parts = linked(("a", 13, 23), ("a", 0, 12))
    assert parts_told(Passages(parts)) == {("x", "a"): (Span(0, 12), Span(13, 23))}
    assert parts_told(Passages(linked(("a", 0, 12), ("b", None, None)))) == {("x", "a"): None}
