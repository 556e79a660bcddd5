"""Passages have a name, a place in words, and a text that is still the one that was coded."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tertium.comparison.passages import (
    Passages,
    distinct_citations,
    passage_key,
    short_citation,
)
from tertium.comparison.verdicts import verdict_table
from tertium.errors import ChecksumError, VersionError
from tertium.spans import Span
from tertium.study import open_study

from .conftest import everything_read, make_tables, source, verdict


def place(text, quote, **facts):
    passages = Passages(make_tables([source("s", text, **facts)]))
    start = text.index(quote)
    return passages.place("s", Span(start, start + len(quote)))


def test_paragraphs_are_counted_over_the_body():
    """Headings do not count, so a reader of the publication counts the same number."""
    assert place("# Head\n\nOne.\n\n## Sub\n\nTwo. Three.", "Three.") == "para. 2"


def test_a_passage_over_paragraphs():
    """A passage that runs over paragraphs names the first and the last, and no heading."""
    assert place("# Head\n\nOne.\n\nTwo.", "Head\n\nOne.\n\nTwo.") == "paras. 1–2"


def test_pages():
    """Where a text has pages, paragraphs are counted on their page."""
    assert place("One.\n\nTwo.\fThree.\n\nFour.", "Four.") == "p. 2, para. 2"


def test_captions_and_endnotes_are_counted_apart():
    """A caption is no paragraph of the body."""
    text = "# T\n\nOne is here.\n\n*Photo:* a banner.\n\nTwo.\n\n## Endnotes\n\n1. A note."
    assert place(text, "a banner") == "caption 1"
    assert place(text, "Two.") == "para. 2"
    assert place(text, "A note") == "endnote 1"


def test_a_digest_says_so():
    """A place in a digest is no place in the publication."""
    assert place("One.", "One.", kind="digest") == "digest, para. 1"


def test_heading():
    """A passage in a heading alone is named by it."""
    assert place("# T\n\nx\n\n## On strikes\n\nx", "On strikes") == "heading “On strikes”"


def test_key_depends_on_text_and_place():
    """The same offsets in another text are another passage."""
    assert passage_key("s", "a", Span(0, 1)) != passage_key("s", "b", Span(0, 1))
    assert passage_key("s", "a", None) != passage_key("s", "a", Span(0, 1))


@pytest.mark.parametrize(
    ("facts", "cited"),
    [
        ({"author": "Chung, Suki", "date": "2010-06-01"}, "Chung 2010"),
        ({"author": "A, B; C, D; E, F", "date": "2011"}, "A et al. 2011"),
        ({"author": "Suki Ming-lai Chung", "date": "2010"}, "Suki Ming-lai Chung 2010"),
        ({"publisher": "The Federation of Unions (FU)", "date": "2010"}, "FU 2010"),
        ({"author": "Labour Action China (LAC)"}, "LAC n.d."),
        ({"publisher": "The Press (London)"}, "The Press (London) n.d."),
        ({"title": "A title"}, "“A title” n.d."),
        ({"title": "T", "publisher": "P; Q", "citation_key": "p|q"}, "“T” n.d."),
        (
            {"title": "T", "publisher": "P", "citation_key": "p|q", "date": "2010/2012-05"},
            "“T” 2010–2012",
        ),
        (
            {"title": "T", "publisher": "P", "citation_key": "p|q", "date": "2010-03/2010-06"},
            "“T” 2010",
        ),
        ({"publisher": "P", "citation_key": "p", "date": "2010/2012"}, "P 2010"),
    ],
)
def test_short_citation(facts, cited):
    """Author or publisher and year, "n.d." where undated; of several publications the own title."""
    assert short_citation(facts) == cited


def test_codings_of_another_text_are_refused(small):
    """A coding never attaches to a text with another checksum."""
    other = replace(small, codings=small.codings.assign(text_sha256="0" * 64))
    with pytest.raises(ChecksumError, match="c000"):
        Passages(other).codings("approach")


def test_codings_of_another_version_are_refused(small):
    """The message names the version found and the one in force."""
    other = replace(small, codings=small.codings.assign(scheme_version="0.9.0"))
    with pytest.raises(VersionError, match=r"approach 0\.9\.0, but 1\.0\.0 is in force"):
        Passages(other).codings("approach")
    old = replace(small, verdicts=small.verdicts.assign(scheme_version="0.9.0"))
    with pytest.raises(VersionError, match="verdicts"):
        Passages(old).verdicts("approach")


@pytest.mark.parametrize(
    "change",
    [
        {"start": 0, "end": 4},
        {"text_sha256": "0" * 64},
        {"scheme_version": "0.9.0"},
        {"coder": "ana"},
    ],
)
def test_only_a_reading_of_the_whole_text_is_a_search(change):
    """A part, another text, another version or another coder makes no source searched."""
    tables = make_tables([source("s", "Some text.")], readings=everything_read("s"))
    assert Passages(tables).is_searched("s", "approach", "strike")
    other = replace(tables, readings=tables.readings.assign(**change))
    assert not Passages(other).is_searched("s", "approach", "strike")


def test_verdicts_say_what_was_searched():
    """Where there are verdicts on a scheme, a reading searches nothing that they do not."""
    tables = make_tables(
        [source("s", "Some text.")],
        verdicts=[verdict("s", "approach", "strike", "not_searched"), verdict("s", "approach", "state_led", "absent")],
        readings=everything_read("s"),
    )  # fmt: skip
    looked = Passages(tables)
    assert not looked.is_searched("s", "approach", "strike")
    assert looked.is_searched("s", "approach", "state_led")
    assert looked.is_searched("s", "dimension", "content")


def test_a_translation_is_called_as_what_it_translates():
    """A reader sees that it is the same work; what heads it has no mark."""
    cites = {"citation_key": "p|q", "date": "2010/2012", "kind": "digest"}
    tables = make_tables(
        [
            source("strike", "A.", **cites, title="A strike"),
            source("strike-zh", "B.", **cites, title="罢工", translation_of="strike"),
            source("drive", "C.", publisher="P", date="2010", kind="digest"),
            source("drive-ru", "D.", publisher="P", date="2010", kind="digest", translation_of="drive"),
        ]
    )  # fmt: skip
    looked = Passages(tables)
    assert looked.cited_as("strike") == "“A strike” 2010–2012"
    assert looked.cited_as("strike-zh") == "“A strike” 2010–2012 (translation)"
    assert looked.cited_as("drive") == "P 2010"
    assert looked.cited_as("drive-ru") == "P 2010 (translation)"
    assert looked.counted == ["strike", "drive"]


@pytest.mark.parametrize(
    ("title", "cited"),
    [
        ("Walmart store closures in Changde and Maanshan", "“Walmart store closures” n.d."),
        ("Play Fair at the Olympics before Athens", "“Play Fair” n.d."),
        ("SACOM reports on Foxconn, Apple's supplier", "“SACOM reports on Foxconn” n.d."),
        ("Five words are no more", "“Five words are no more” n.d."),
        (
            "工会组织货车司机、快递员等新就业形态劳动者",
            "“工会组织货车司机、快递员等新就业形态劳动者” n.d.",
        ),
    ],
)
def test_a_long_title_is_cited_by_its_first_words(title, cited):
    """What is cited by its title has four words of it, and ends in none that wants another."""
    assert short_citation({"title": title, "citation_key": "a|b"}) == cited


def test_shortened_titles_are_told_apart():
    """Two titles with the same first words and years have letters."""
    facts = {"citation_key": "p|q", "date": "2010"}
    tables = make_tables(
        [
            source("a", "A.", **facts, title="Garment workers strike again in the north"),
            source("b", "B.", **facts, title="Garment workers strike again in the south"),
        ]
    )
    looked = Passages(tables)
    assert [looked.cited_as(each) for each in ("a", "b")] == [
        "“Garment workers strike again” 2010a",
        "“Garment workers strike again” 2010b",
    ]


def test_letters_follow_the_titles_of_publications():
    """A digest's own title says nothing of where its publication stands in a bibliography."""
    rows = [
        {"source_id": "a", "author": "Li, Na", "title": "Beta", "citation_key": "k", "date": ""},
        {"source_id": "b", "author": "Li, Na", "title": "Alpha", "citation_key": "l", "date": ""},
    ]
    assert distinct_citations(rows) == {"a": "Li n.d.-b", "b": "Li n.d.-a"}
    order = {"k": ("", "aid"), "l": ("", "law")}
    assert distinct_citations(rows, {}, order) == {"a": "Li n.d.-a", "b": "Li n.d.-b"}


def test_no_two_sources_of_the_shipped_study_are_called_the_same():
    """Digests of several publications and Chinese publishers have citations of their own, too."""
    tables = open_study("labour-organising").tables
    labels = distinct_citations(tables.sources.to_dict("records"), tables.renders)
    assert len(set(labels.values())) == len(labels)


def test_sources_stand_by_country_and_citation():
    """A reader looks for these and not for ids; what states no country stands last."""
    tables = make_tables(
        [
            source("a", "A.", publisher="Zeit", country="India"),
            source("b", "B.", publisher="Ost", country="China"),
            source("c", "C.", publisher="Akorda"),
            source("d", "D.", publisher="ACFTU", country="India"),
        ]
    )
    assert Passages(tables).counted == ["b", "d", "a", "c"]


def test_no_two_sources_are_called_the_same():
    """A digest beside its original says so; works of one author and year have letters."""
    facts = {"author": "Chung, Suki", "date": "2010"}
    tables = make_tables(
        [
            source("one", "A.", **{**facts, "title": "Zeal"}),
            source("one-digest", "B.", **facts, kind="digest", digest_of="one"),
            source("two", "C.", **{**facts, "title": "Aid"}),
            source("undated", "D.", author="Hou, A"),
        ]
    )
    looked = Passages(tables)
    assert [looked.cited_as(each) for each in ("one", "one-digest", "two", "undated")] == [
        "Chung 2010b", "Chung 2010b (digest)", "Chung 2010a", "Hou n.d.",
    ]  # fmt: skip
    labels = verdict_table(tables, which="all").row_labels
    assert len(set(labels.values())) == len(labels)
