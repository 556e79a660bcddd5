"""What the tables of a study say of each other: references that lead nowhere are named."""

from __future__ import annotations

import pytest

from tertium.sources.files.rows import Row
from tertium.sources.listed.references import (
    basis_keys,
    cited_in,
    entry_keys,
    fact_faults,
    manifest_key_faults,
    page_key_faults,
    untold_faults,
)
from tertium.sources.manifest import ManifestRow


def source(id_: str, line: int = 2, **facts: str) -> ManifestRow:
    """Return a row of a manifest."""
    return ManifestRow(line, id_, f"{id_}.md", "", "", facts)


def fact(attribute: str, value: str, basis: str = "li2010, page 1") -> Row:
    """Return a row of facts.csv."""
    cells = {"case_id": "c", "attribute": attribute, "value": value, "unit": "", "what": ""}
    return Row(7, {**cells, "basis": basis})


def found(rows: list[Row], **names) -> list[str]:
    """Return what is said of facts."""
    given = {"keys": {"li2010"}, "coding_ids": set(), "actors": None, "approaches": None} | names
    return [each.found for each in fact_faults(rows, file="facts.csv", **given)]


def test_a_source_that_tells_no_case_is_named() -> None:
    """A translation leaves it to what it renders; a digest is read in its original's place."""
    rows = [
        source("a"),
        source("b", 3),
        source("a-zh", 4, translation_of="a"),
        source("b-ru", 5, translation_of="b"),
        source("a-short", 6, digest_of="a"),
    ]
    links = [Row(2, {"case_id": "c", "source_id": "a", "start": "", "end": ""})]
    faults = list(untold_faults(rows, links, file="manifest.csv"))
    assert [(each.line, each.found) for each in faults] == [
        (3, "source 'b' tells no case"),
        (5, "source 'b-ru' tells no case"),
        (6, "source 'a-short' tells no case"),
    ]


def test_each_of_several_citation_keys_is_looked_up() -> None:
    """Of two keys in one cell the dead one is named, with its line."""
    rows = [source("a", 4, citation_key="li2010|wu2012")]
    (fault,) = manifest_key_faults(rows, {"li2010"}, file="manifest.csv")
    assert (fault.line, fault.field) == (4, "citation_key")
    assert fault.found == "source a: 'wu2012' is no key of references.bib"


@pytest.mark.parametrize(
    ("basis", "said"),
    [
        ("li2010, page 1", []),
        ("li2010", []),
        ("li2010|wu2012, excerpts", ["'wu2012' is no key of references.bib and no coding"]),
        ("an interview", ["'an interview' is no key of references.bib and no coding"]),
        ("6ac70659507fbcb9", []),
        ("6ac70659507fbcb9|0123456789abcdef", []),
        ("mine-7", ["'mine-7' is no key of references.bib and no coding"]),
    ],
)
def test_a_fact_rests_on_an_entry_or_on_codings(basis: str, said: list[str]) -> None:
    """Citation keys are looked up; a machine's coding ids are known by their form."""
    assert found([fact("claim", "wages", basis)]) == said


def test_a_coding_that_people_made_may_be_a_basis() -> None:
    """Its id is one of the log's."""
    assert found([fact("claim", "wages", "mine-7")], coding_ids={"mine-7"}) == []


def test_actors_and_approaches_are_looked_up() -> None:
    """An actor by name or alias, whatever its capitals; an approach by id."""
    rows = [fact("actor", "The Centre"), fact("actor", "nobody"), fact("approach", "strikes")]
    names = {"actors": {"the centre"}, "approaches": ("strike",)}
    assert found(rows, **names) == [
        "the actor 'nobody' is not in actors.csv",
        "'strikes' is no code of the scheme approach",
    ]
    assert found(rows) == []


def test_citations_of_a_page_are_looked_up() -> None:
    """A dead key is named with its line; an address of mail is no citation."""
    text = "See [@li2010].\n\nAnd [@li2010, p. 3; @gone2001] by ana@example.org."
    (fault,) = page_key_faults(text, {"li2010"}, file="selection.md")
    assert (fault.line, fault.found) == (3, "the citation @gone2001 is not in references.bib")


def test_keys_are_read_where_they_stand() -> None:
    """Of a basis, of a page, of a bibliography."""
    assert basis_keys("li2010, line 4, note 2") == ("li2010",)
    assert cited_in("@a2010 and [-@b2011]") == ["a2010", "b2011"]
    assert entry_keys("@misc{a2010,\n x = {@misc{b}}}\n  @book { c2012 , }\n@comment{d,}") >= {
        "a2010",
        "c2012",
    }
