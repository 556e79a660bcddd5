"""The appendix on evidence: entries of the index, whole sentences, statements."""

from __future__ import annotations

import pytest

from tertium.report.typesetting.html import html_page
from tertium.report.typesetting.pdf import typst_source
from tertium.report.typesetting.sentences import Sentences

TEXT = "They met at dawn. The miners demanded higher wages from the owner. It rained."
SPANS = [(0, 17), (18, 66), (67, 76)]


def placed(parts, words, code="wages", scheme="claim"):
    """A passage of the text above."""
    return parts.passage("s", TEXT.index(words), code, words, scheme=scheme)


def test_cells_of_a_row_with_the_same_passages_have_one_entry(make, parts) -> None:
    """A count, its share and its effect rest on the same list, which stands once."""
    passages = {f"k{n}": parts.passage("s", 10 * n, "strike", f"one {n}") for n in range(3)}
    same, other = {"text": "2", "evidence": ["k0", "k1"]}, {"text": "1", "evidence": ["k2"]}
    rows = [["a", same, {**same, "text": "0.5"}, other]]
    document = make([parts.notebook(parts.code(parts.table("tbl-a", rows, passages=passages)))])
    (table,) = document.tables
    assert table.entries(0) == [((1, 2), (1, 2)), ((3,), (3,))]
    assert table.entry_name(0, (1, 2)) == "column 2, column 3"
    source = typst_source(document)
    assert source.count('link(<p-1>, "1")') == 1
    assert "<c-1-1-2>" in source
    assert "<c-1-1-3>" in source
    page = html_page(document)
    assert page.count('class="passage-number" href="#p-1"') == 1
    assert page.count('id="c-1-1-3"') == 1


def test_a_cell_with_very_many_passages_names_the_first_ones(make, parts) -> None:
    """Pages of bare numbers help nobody; the HTML page has all, the rest of them folded."""
    passages = {f"k{n:02}": parts.passage("s", 10 * n, "strike", f"one {n}") for n in range(31)}
    rows = [
        ["many", {"text": "31", "evidence": sorted(passages)}],
        ["few", {"text": "30", "evidence": sorted(passages)[:30]}],
    ]
    document = make([parts.notebook(parts.code(parts.table("tbl-a", rows, passages=passages)))])
    source = typst_source(document)
    assert source.count("and 21 more") == 1
    assert source.count('link(<p-11>, "11")') == 1
    assert source.count('link(<p-10>, "10")') == 2
    page = html_page(document)
    assert page.count('<details class="rest"><summary>and 21 more</summary>') == 1
    assert page.count('class="passage-number" href="#p-31"') == 1


@pytest.mark.parametrize(
    ("words", "around"),
    [
        ("demanded higher wages", ("The miners ", " from the owner.")),
        ("The miners demanded higher wages from the owner.", ("", "")),
        ("dawn. The miners", ("They met at ", " demanded higher wages from the owner.")),
        ("The miners", ("", " demanded higher wages from the owner.")),
    ],
)
def test_a_part_of_a_sentence_is_shown_within_it(make, parts, words, around) -> None:
    """The quoted words are marked, and what stands before and after is read with them."""
    table = parts.table(
        "tbl-a", [["a", {"text": "1", "evidence": ["k"]}]], passages={"k": placed(parts, words)}
    )
    sentences = Sentences({"s": TEXT}, {"s": SPANS})
    document = make([parts.notebook(parts.code(table))], sentences=sentences)
    (passage,) = document.passages
    assert (passage.before, passage.after) == around
    page, source = html_page(document), typst_source(document)
    marked = f'{around[0]}<b class="quoted">{words}</b>{around[1]}'
    assert (marked if any(around) else words) in page
    assert (f'quoted-part("{words}")' in source) == any(around)


def test_a_whole_source_and_an_unknown_text_have_no_sentence() -> None:
    """Nothing is made up where there is no place or no text."""
    sentences = Sentences({"s": TEXT}, {"s": SPANS})
    assert sentences.around("s", None, None) == ("", "")
    assert sentences.around("t", 1, 2) == ("", "")


def test_a_statement_is_told_once_with_all_its_parts(make, parts) -> None:
    """Actor, claim, addressee and stance stand at the first of its passages and nowhere else."""
    passages = {
        "a": placed(parts, "The miners", "miners", "actor"),
        "c": placed(parts, "demanded higher wages"),
    }
    for each in passages.values():
        each["coder"] = "ben"
    cells = [["a", {"text": "1", "evidence": ["a"]}, {"text": "1", "evidence": ["c"]}]]

    def row(words, scheme, code, role, **more):
        start = TEXT.index(words)
        return {
            "source_id": "s", "start": start, "end": start + len(words), "scheme": scheme,
            "code": code, "coder": "ben", "stance": "planned", "statement_id": "s1", "role": role,
            **more,
        }  # fmt: skip

    codings = [
        row("The miners", "actor", "miners", "actor"),
        row("demanded higher wages", "claim", "wages", None),
        row("the owner", "actor", "owner", "target"),
        row("demanded higher wages", "claim", "rest", None, coder="eva", statement_id="s9"),
        row("demanded higher wages", "claim", "wages", None, statement_id=None),
    ]
    labels = {"actor": {"miners": "Miners", "owner": "Owner"}, "claim": {"wages": "Wages"}}
    table = parts.code(parts.table("tbl-a", cells, passages=passages))
    document = make([parts.notebook(table)], codings=codings, labels=labels)
    line = "Miners → Wages → Owner, planned"
    assert document.statements == {1: (line,)}
    assert html_page(document).count(f"Statement: {line}") == 1
    assert typst_source(document).count(f"Statement: {line}") == 1
