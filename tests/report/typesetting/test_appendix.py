"""The appendices' words: labels, stances, coders, sources, codebook, imprint."""

from __future__ import annotations

import re

import pytest

from tertium.report.typesetting.appendix import (
    coders_line,
    coding_details,
    codings_of,
    listed_sources,
    named_lists,
    rows_link,
    source_entry,
)
from tertium.report.typesetting.codebook import codebook
from tertium.report.typesetting.front_matter import source_rows
from tertium.report.typesetting.html import html_page
from tertium.report.typesetting.imprint import cited, imprint, read_citation
from tertium.report.typesetting.pdf import typst_source
from tertium.report.typesetting.words import WORDS
from tertium.study import open_study

SCHEMES = [
    {"name": "approach", "codes": [{"id": "state_led", "label": "State-led organising"}]},
    {"name": "dimension", "codes": [{"id": "inadequacy", "label": "Inadequacy"}]},
]


@pytest.fixture(scope="module")
def study():
    return open_study("labour-organising")


def one_passage(make, parts, *, coder="rule", codings=(), readings=()):
    """A document of two tables that tell one passage."""
    cell = {"text": "1", "evidence": ["k"]}

    def table(label, scheme, code, stance, coder):
        told = parts.passage("s", 0, code, "one", scheme=scheme, stance=stance)
        told["coder"] = coder
        return parts.code(parts.table(label, [["row", cell]], passages={"k": told}))

    stance = "asserted; criticised"
    cells = [
        table("tbl-a", "approach", "state_led", "asserted", "rule"),
        table("tbl-b", "approach × dimension", "state_led × inadequacy", stance, "rule"),
        table("tbl-c", "actor × approach", "lac × state_led", "asserted", coder),
    ]
    labels = {"actor": {"lac": "Labour Action China"}}
    return make(
        [parts.notebook(*cells)],
        codebook=SCHEMES,
        labels=labels,
        codings=codings,
        readings=readings,
    )


def coded(scheme, code, coder, stance="asserted", place=(0, 3)):
    """A row of a study's codings."""
    start, end = place
    row = {"source_id": "s", "start": start, "end": end, "coder": coder}
    return {**row, "scheme": scheme, "code": code, "stance": stance}


def read(coder, *, scheme="approach", code=None, place=(None, None)):
    """A row of a study's readings."""
    start, end = place
    row = {"source_id": "s", "start": start, "end": end, "coder": coder}
    return {**row, "scheme": scheme, "code": code}


def shown_codes(document):
    """The codes of a document's first passage with who gave them, by scheme."""
    found = codings_of(document, document.passages[0])
    return {each.scheme: [name.label + name.given for name in each.names] for each in found}


def test_codes_are_named_by_their_labels(make, parts):
    """Scheme, code and actor have a reader's words, also where no codebook entry is printed."""
    document = one_passage(make, parts)
    assert shown_codes(document) == {
        "Approach": ["State-led organising"],
        "Dimension": ["Inadequacy"],
        "Actor": ["Labour Action China"],
    }


def test_a_stance_belongs_to_its_coding(make, parts):
    """Codings tell which of a passage's codes is criticised; tables alone leave it open."""
    document = one_passage(make, parts)
    assert coding_details(document, document.passages[0]) == " · criticised"
    rows = [
        coded("approach", "state_led", "rule"),
        coded("dimension", "inadequacy", "rule", "criticised"),
    ]
    document = one_passage(make, parts, codings=rows)
    assert shown_codes(document) == {
        "Approach": ["State-led organising"],
        "Dimension": ["Inadequacy (criticised)"],
        "Actor": ["Labour Action China"],
    }
    assert coding_details(document, document.passages[0]) == ""


def test_one_coder_is_named_once_and_several_at_each_code(make, parts):
    """Where a scheme has one coder the introduction says it, else each code does."""
    document = one_passage(make, parts)
    assert coders_line(document) == "Coded by: rule."
    assert "rule" not in str(shown_codes(document))
    document = one_passage(make, parts, coder="ana")
    said = coders_line(document)
    assert said.startswith("Coded by: ana (Actor); rule (Dimension). ")
    assert "several coders (Approach)" in said
    assert "to the passage or to a part of it" in said
    assert shown_codes(document)["Approach"] == ["State-led organising (ana, rule)"]
    assert coding_details(document, document.passages[0]) == " · criticised"


def joined_passage(make, parts, codings, readings=(), coder="ana; rule"):
    """A document of one table that tells two codes and their coders as two sets."""
    told = parts.passage("s", 0, "state_led; strike", "one")
    told["coder"] = coder
    rows = [["row", {"text": "1", "evidence": ["k"]}]]
    cell = parts.code(parts.table("tbl-a", rows, passages={"k": told}))
    return make([parts.notebook(cell)], codebook=SCHEMES, codings=codings, readings=readings)


def test_each_code_stands_with_those_who_gave_it(make, parts):
    """Codes and coders that a table tells as two sets are told apart by the study's codings."""
    rows = [coded("approach", "state_led", "rule"), coded("approach", "strike", "ana")]
    document = joined_passage(make, parts, rows)
    assert shown_codes(document) == {"Approach": ["State-led organising (rule)", "strike (ana)"]}
    assert "coded by" not in coding_details(document, document.passages[0])
    page = html_page(document)
    assert re.search(r"State-led organising</a> \(rule\); strike \(ana\)", page)
    assert 'State-led organising") + " (rule)" + "; " + "strike"' in typst_source(document)


def test_coders_are_left_together_where_nothing_tells_them_apart(make, parts):
    """Without codings no code is put down to either of two coders."""
    document = joined_passage(make, parts, ())
    assert shown_codes(document) == {"Approach": ["State-led organising", "strike"]}
    assert coding_details(document, document.passages[0]) == " · coded by ana, rule"


def test_a_coder_whose_rows_no_table_uses_is_named(make, parts):
    """All who gave the code to the passage or a part of it are named, those elsewhere are not."""
    rows = [
        coded("approach", "state_led", "rule"),
        coded("approach", "state_led", "ben", place=(1, 2)),
        coded("approach", "state_led", "cay", "criticised", place=(0, 90)),
        coded("approach", "state_led", "dan", place=(3, 9)),
    ]
    document = one_passage(make, parts, codings=rows)
    assert shown_codes(document)["Approach"] == [
        "State-led organising (ben, rule; cay: criticised)"
    ]


def test_what_was_settled_counts_only_where_a_table_rests_on_it(make, parts):
    """The reference repeats the readings: it is a coder only of the tables made from it."""
    names = ("rule", "ana", "reference")
    rows = [coded("approach", code, name) for code in ("state_led", "strike") for name in names]
    found = shown_codes(joined_passage(make, parts, rows))["Approach"]
    assert found == ["State-led organising (ana, rule)", "strike (ana, rule)"]
    found = shown_codes(joined_passage(make, parts, rows, coder="reference"))["Approach"]
    assert found[0] == "State-led organising (ana, reference, rule)"


def test_who_read_a_passage_and_did_not_give_the_code_is_named(make, parts):
    """Only one who read all of it for that code, and neither coded it nor the whole source so."""
    rows = [
        coded("approach", "state_led", "rule"),
        coded("approach", "strike", "ana"),
        coded("approach", "state_led", "whole", place=(None, None)),
    ]
    readings = [
        read("ana"),
        read("ben", code="strike"),
        read("cay", place=(1, 9)),
        read("dan", scheme="dimension"),
        read("reference"),
        read("rule", place=(0, 3)),
        read("whole", code="state_led"),
    ]
    assert shown_codes(joined_passage(make, parts, rows, readings)) == {
        "Approach": [
            "State-led organising (rule; not given by ana)",
            "strike (ana; not given by ben, rule)",
        ]
    }


def test_lists_name_their_passages_themselves(make, parts):
    """A table with one passage a row is left out of the index, and its rows link at once."""
    passages = {"k": parts.passage("s", 0, "strike", "one")}
    left = [{"name": n, "label": n, "align": "left", "width": None} for n in ("what", "place")]
    rows = [["a", {"text": "para. 1", "evidence": ["k"]}]]
    listed = parts.table("tbl-list", rows, columns=left, passages=passages)
    counts = parts.table("tbl-grid", [["a", {"text": "1", "evidence": ["k"]}]], passages=passages)
    document = make([parts.notebook(parts.code(listed), parts.code(counts))])
    assert [table.is_list for table in document.tables] == [True, False]
    assert rows_link(document) == "Each row of Table\u00a01 names its passages itself."
    page = html_page(document)
    assert re.search(r'id="from-c-1-1-2" href="#p-1" data-name="Table 1 · a">\[1\]</a>', page)
    assert 'id="c-1-1-2"' not in page
    assert 'id="c-2-1-2"' in page


def test_a_source_is_the_publication_then_what_was_read(study):
    """Title and author are the original's; the digest's title, length and licence come after."""
    row = next(row for row in source_rows(study) if row["id"] == "amrc-solidarity")
    entry = source_entry(row)
    assert entry.title.startswith("Chung 2010 · Hong Kong – China Solidarity: Reflections")
    assert entry.details.startswith("Chung, Suki Ming-lai · Asia Monitor Resource Centre")
    assert re.match(r"Read as: digest “.+” by a language model", entry.reading)
    assert re.search(r"digests/amrc-solidarity\.md; [\d,]+ characters; CC-BY-4\.0\.", entry.reading)
    karamay = next(row for row in source_rows(study) if row["id"] == "karamay-new-forms")
    assert "at hand as machine translation" in karamay["reading"]


def test_a_translation_stands_with_its_source(study, make, parts):
    """A translation is named in the entry of what it renders and has none of its own."""
    rows = [{**row, "citation_key": ""} for row in source_rows(study)]
    folded = [row for row in rows if row.get("folded")]
    assert {row["id"] for row in folded} == {
        source.id for source in study.collection.sources if source.facts.get("translation_of", "")
    }
    document = make([parts.notebook(parts.markdown("# A"))], sources=rows)
    shown = listed_sources(document)
    assert len(shown) + len(folded) == len(rows)
    for row in folded:
        assert sum(f"({row['id']})" in each["reading"] for each in shown) == 1


def test_the_codebook_prints_every_indicator_that_was_searched(study):
    """Each code has the indicators of the language counted, and each list that they name is there."""
    book = codebook(study)
    printed = {entry["name"] for scheme in book for entry in scheme["lists"]}
    for scheme, source in zip(book, study.schemes, strict=False):
        for code, own in zip(scheme["codes"], source.codes, strict=True):
            count = len(own.indicators.get("en", ()))
            assert len(re.findall(r"\((?:0|1)\.\d\d[,)]", code["indicators"])) == count
            named = set(re.findall(r"@([a-z_]+)", code["indicators"]))
            assert named <= printed
    state_led = book[0]["codes"][0]
    assert "@official_union near @union_work" in state_led["indicators"]
    assert state_led["coded_examples"]
    assert book[0]["note"].startswith("Basis: ")
    assert "Chinese and Russian" in book[0]["rule"]


def test_a_named_list_is_printed_once(study, make, parts):
    """Lists that schemes share stand once; the same name with other words stands again."""
    document = make([parts.notebook(parts.markdown("# A"))], codebook=codebook(study))
    lists = named_lists(document)
    assert len(lists) == len(set(lists))
    assert [name for name, _ in lists] == sorted(name for name, _ in lists)


def test_the_title_page_says_program_licence_and_how_to_cite(study):
    """Three lines; without a CITATION.cff nothing is said of citing."""
    citation = read_citation(
        "title: A study\nauthors:\n  - family-names: Ruiz\n    given-names: Ana\n  - name: B\n"
        "date-released: 2026-11-21\ndoi: 10.1/x\n"
    )
    assert cited(citation) == "Ana Ruiz and B (2026). A study. https://doi.org/10.1/x."
    lines = imprint(study, citation)
    assert re.fullmatch(r"tertium \d+\.\d+\.\d+", lines[0])
    assert lines[1:] == [
        "Licence of the texts read: CC-BY-4.0.",
        "How to cite: Ana Ruiz and B (2026). A study. https://doi.org/10.1/x.",
    ]
    assert len(imprint(study, {})) == 2


def test_every_language_has_every_word():
    """Reports in all languages have the same fixed words."""
    assert all(set(words) == set(WORDS["en"]) for words in WORDS.values())
