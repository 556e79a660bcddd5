"""Documents, paragraphs and sentences, each with true offsets."""

from __future__ import annotations

import itertools
import json
import time
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tertium.offsets import canonical
from tertium.sources.sentences.split import sentences
from tertium.sources.source import Source
from tertium.sources.units import UnitKind, find_units
from tertium.sources.zones import find_zones
from tertium.spans import Span, covered_length

KINDS: tuple[UnitKind, ...] = ("document", "paragraph", "sentence")


def split(text: str) -> list[str]:
    """The sentences of one paragraph."""
    return [span.of(text) for span in sentences(text, Span(0, len(text)))]


def cut(text: str, kind: UnitKind, markup: str = "plain") -> list[str]:
    """The words of the units of a source."""
    text = canonical(text)
    return [unit.span.of(text) for unit in find_units(Source("a", text, markup=markup), kind)]


# Sentences. In each example the bar shows where one sentence ends and the next begins.

ENGLISH = [
    "They struck.| They won!| Did they?| Yes.",
    "“We want pay.”| She left.",
    "“Stop!” he said.| “Why?” she asked.",
    "He said: “No.”| (They had left.)| He stayed.",
    "Mr. Li met Dr. J. K. Wong of St. Louis.| They agreed.",
    "The A.F.L. and the U.S. Army met the U.N. Council.| All left.",
    "It happened in the U.S.| The army came.",
    "See e.g. Smith, i.e. the second, vol. 3, no. 4, pp. 5 ff. and sec. IV below.| So it was.",
    "Wages rose 3.5 per cent to 1,200.50 yuan.| Then they fell.",
    "The plant closed at 5 p.m. on Monday.| At 9 a.m. it opened.",
    "It was over at 5 p.m.| Workers left at 6 a.m. 300 of them sang, i.e. The Union Song.",
    "They waited... and left.| Then... nothing.",
    "The answer was no.| They left.",
    "1. The first demand is pay.| 2. The second is rest.",
    "Acme Co. Ltd. and Foo Inc. closed.| Workers of Bar Corp. did not.",
    "700 workers came.| 300 stayed.",
    "Visit www.example.org for more.| It helps.",
    "What?!| Really!!| Oh…| Fine.",
    "Article 41 of the Labour Law (Sec. 3) holds.| See Fig. 2 and Art. 12.",
    "In Jan. 2010 and Sept. 2011 strikes began.| They ended in Dec. 2012.",
    "Hong Kong\u00a0NGOs met.|\u00a0Beijing did not.",
]
CHINESE = [
    "工人罢工。|厂方拒绝!|为什么?|因为工资。",
    "工人罢工！|厂方拒绝？！|他们走了……|她留下。",
    "他说：“不行。”|她走了。",
    "「不行！」他說。|『好。』|她走了。",
    '论坛关闭。|"最新事件"指攻击。|他说："不行。"|她走了。',
    "（工会没有来。）|工人在ACFTU门前等。|GE公司U.S.分部关闭。",
    "工资为3.5元，增加了1,200.50元。|第2条：付薪。",
    "Mr. Li说没有。|NGO帮助工人。",
    "全总（ACFTU）成立于1925年；总部在北京，会员3.02亿人。|详见www.acftu.org。",
]
RUSSIAN = [
    "Рабочие бастуют.| Завод закрыт!| Почему?| Нет денег.",
    "«Мы хотим денег».| Она ушла.",
    "«Стойте!» — сказал он.| «Почему?» — спросила она.",
    "А. С. Иванов и проф. Б. В. Петров живут в г. Алматы на ул. Абая, д. 5.| Они согласны.",
    "В 2010 г. Федерация профсоюзов приняла устав.| Он действует.",
    "Завод в этом городе закрыли в 2010 г.| Рабочие ушли.",
    "Зарплата 12,5 тыс. руб. и 3 млн. тенге.| Этого мало.",
    "Шахты, заводы и т. д. стоят.| Люди, т. е. рабочие, ждут.| Это 3%, т. е. 360 рублей.",
    "По ст. 5 Трудового кодекса (см. с. 12, рис. 3) это так.| Но суд решил иначе.",
    "В XIX в. стачек было мало.| В 1905 г. их стало много.",
    "Они ждали… и ушли.| Потом…| Тишина.",
    "Профсоюз КСПК (А. Харламов) против.| ФПРК за.",
]


@pytest.mark.parametrize("marked", [*ENGLISH, *CHINESE, *RUSSIAN])
def test_sentences_end_where_a_reader_ends_them(marked: str):
    """Marks, quotes, brackets; not abbreviations, initials, decimals, ellipses, list numbers."""
    assert split(marked.replace("|", "")) == [part.strip() for part in marked.split("|")]


@pytest.mark.parametrize(("language", "joint"), [("en", " "), ("zh", ""), ("ru", " ")])
def test_boundaries_agree_with_a_treebank(shared: Path, language: str, joint: str):
    """On news and encyclopedia text cut by people, F1 of the boundaries is at least 0.99."""
    texts: dict[str, list[str]] = defaultdict(list)
    for line in (shared / "corpora" / f"ud_pud_{language}.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        texts[row["doc"]].append(canonical(row["text"]).strip())
    right = found = wanted = 0
    for parts in texts.values():
        text = joint.join(parts)
        ends = itertools.accumulate(len(part) + len(joint) for part in parts)
        true = {end - len(joint) for end in ends} - {len(text)}
        got = {span.end for span in sentences(text, Span(0, len(text)))} - {len(text)}
        right, found, wanted = right + len(true & got), found + len(got), wanted + len(true)
    assert wanted > 200
    assert 2 * right / (found + wanted) >= 0.99


# Paragraphs and documents.


def test_blank_lines_part_paragraphs_and_broken_lines_do_not():
    """A paragraph that was broken for its width is one, however many lines it has."""
    text = "Workers at the plant went\non strike on Monday and\nmarched.\n\nThe firm paid."
    assert cut(text, "paragraph") == [text.partition("\n\n")[0], "The firm paid."]
    assert cut(text, "sentence") == [text.partition("\n\n")[0], "The firm paid."]


def test_a_blank_line_parts_paragraphs_that_end_no_sentence():
    """As between a heading that was not seen as one and what follows."""
    assert cut("they met at the gate and\n\nwent on", "paragraph") == [
        "they met at the gate and",
        "went on",
    ]


def test_a_long_line_that_breaks_within_a_sentence_is_no_paragraph():
    """A line after a long one goes on with it where it begins in lower case."""
    line = (
        "Workers of the largest plant in the whole province went on strike for the third time and "
        * 2
    )
    text = f"{line}then\nmarched to the town."
    assert len(cut(text, "paragraph")) == 1
    text = f"{line}ended it.\nMarches went to the town."
    assert len(cut(text, "paragraph")) == 2


@pytest.mark.parametrize(
    "items",
    [
        ["- higher pay", "- shorter hours", "- no dismissals"],
        ["• higher pay", "• shorter hours"],
        ["1. higher pay", "2. shorter hours"],
        ["(1) higher pay", "(2) shorter hours"],
        ["1、提高工资", "2、缩短工时"],
    ],
)
def test_every_item_of_a_list_is_a_paragraph(items: list[str]):
    """Items are units of their own though no blank line is between them."""
    text = "They demanded:\n" + "\n".join(items)
    assert cut(text, "paragraph") == ["They demanded:", *items]


def test_a_document_is_the_text_without_its_blank_ends():
    """There is one document a source, and none where nothing is written."""
    assert cut(" \n Workers met.\n\n罢工。\n\n", "document") == ["Workers met.\n\n罢工。"]
    assert cut(" \n\u00a0\n", "document") == []
    assert cut("", "document") == []


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("text", ["", " ", "\n\n", "\u3000\f\u00a0"])
def test_a_blank_text_has_no_units(text: str, kind: UnitKind):
    """Nothing but white space is nothing to code."""
    assert cut(text, kind) == []


def test_form_feeds_give_pages():
    """A unit after a form feed stands on the next page; without any there are no pages."""
    source = Source("a", "First page. Still it.\n\fSecond page.\n\n\fThird page.")
    assert [unit.page for unit in find_units(source, "sentence")] == [1, 1, 2, 3]
    assert find_units(Source("a", "One. Two."), "sentence")[0].page is None


def test_each_cell_of_a_table_is_a_paragraph():
    """Cells never run together; header cells are headings; borders and rules are nothing."""
    text = "Before.\n\n| who | what |\n| --- | --- |\n| NGO | Legal aid. And more. |\n| union |  |\nAfter."
    source = Source("a", text, markup="markdown")
    units = [(unit.span.of(text), unit.zone) for unit in find_units(source, "paragraph")]
    assert units == [
        ("Before.", "body"),
        ("who", "heading"),
        ("what", "heading"),
        ("NGO", "heading"),
        ("Legal aid. And more.", "body"),
        ("union", "heading"),
        ("After.", "body"),
    ]
    assert "Legal aid." in cut(text, "sentence", "markdown")


def test_cells_of_a_table_in_a_menu_are_furniture():
    """So that no rule codes them, though they are written like a table."""
    prose = "The people of the town said that it was for the pay that had not been paid to them."
    menu = "".join(f"- page {number}\n" for number in range(40))
    table = "| strike | law |\n| --- | --- |\n| a | b |\n"
    text = f"{prose}\n\n{prose}\n\nHome\n\n{menu}\n{table}\nSitemap\n"
    units = find_units(Source("a", text, markup="markdown"), "paragraph")
    zones = {unit.span.of(text): unit.zone for unit in units}
    assert {zones[cell] for cell in ("strike", "law", "a", "b")} == {"furniture"}


def test_units_know_their_zone():
    """Headings, body and notes keep apart, so that a coder can leave headings alone."""
    text = "# Strikes\n\nThey struck.\n\n# Notes\n\n1. See there."
    units = find_units(Source("a", text, markup="markdown"), "sentence")
    assert [unit.zone for unit in units] == ["heading", "body", "heading", "endnote"]


def test_units_are_numbered_from_one_in_order():
    """The number of a unit counts its kind."""
    units = find_units(Source("a", "One. Two. Three."), "sentence")
    assert [unit.number for unit in units] == [1, 2, 3]


# Properties.

FRAGMENTS = st.sampled_from(
    [
        "Workers struck.", "工人罢工。", "العمال أضربوا.", "Рабочие бастуют в 2010 г.", "👩🏽‍🏭👍 yes!",
        "e\u0301te\u0301 a\u0327.", "“Quote.”", "| a | b |", "| --- | --- |", "|", "# Heading", "- item", "\n", "\n\n",
        " ", "\u00a0", "\f", "\t", "...", "…", "\"", "。\"", "Home", "Sitemap", "Share", "Endnotes", "Photo: X",
        "---", "key: v", "1. one", "U.S. Army", "𠀀𝔸", "x" * 90, "the of and to in is was for " * 4,
    ]
)  # fmt: skip
ANY_TEXT = st.one_of(
    st.text(), st.lists(FRAGMENTS, max_size=25).map("\n".join), st.lists(FRAGMENTS).map("".join)
)


@given(ANY_TEXT, st.sampled_from(KINDS), st.sampled_from(["plain", "markdown"]))
def test_units_are_disjoint_sorted_and_never_blank(text: str, kind: UnitKind, markup: str):
    """Whatever the text, units of a kind come in order, share nothing, and have no blank ends."""
    source = Source("a", canonical(text), markup=markup)
    units = find_units(source, kind)
    for one, other in itertools.pairwise(units):
        assert one.span.end <= other.span.start
    for unit in units:
        words = unit.span.of(source.text)
        assert words == words.strip() != ""


@given(ANY_TEXT, st.sampled_from(["plain", "markdown"]))
def test_every_unit_is_inside_one_zone_of_its_name(text: str, markup: str):
    """No paragraph and no sentence crosses from a menu into the text or into a heading."""
    source = Source("a", canonical(text), markup=markup)
    zones = find_zones(source)
    for kind in ("paragraph", "sentence"):
        for unit in find_units(source, kind):
            assert any(zone.zone == unit.zone and zone.span.holds(unit.span) for zone in zones)


@given(ANY_TEXT, st.sampled_from(["plain", "markdown"]))
def test_paragraphs_and_sentences_hold_every_letter(text: str, markup: str):
    """Nothing is lost: each letter of the text is in one paragraph and one sentence."""
    source = Source("a", canonical(text), markup=markup)
    letters = [index for index, character in enumerate(source.text) if character.isalnum()]
    for kind in ("paragraph", "sentence"):
        spans = [unit.span for unit in find_units(source, kind)]
        holes = [i for i in letters if not any(s.start <= i < s.end for s in spans)]
        assert holes == []
        assert covered_length(spans) == sum(map(len, spans))


def seconds(text: str) -> float:
    """Processor time to cut a text into sentences, the better of two."""
    times = []
    for number in range(2):
        before = time.process_time()
        find_units(Source(f"{number}", text, markup="markdown"), "sentence")
        times.append(time.process_time() - before)
    return min(times)


def test_a_megabyte_of_prose_takes_a_few_seconds():
    """An ordinary long text is cut while a person waits."""
    line = "Workers of the plant met Mr. Li. They said the pay was late, and left.\n\n"
    assert seconds(line * 14_000) < 8


@pytest.mark.parametrize(
    "part",
    [
        "Workers of the plant met Mr. Li. They said the pay was late, and left. ",
        "工人罢工。厂方拒绝,工会没有来。",
        "В 2010 г. Федерация и т. д. ",
        "a.b.",
        ". ",
        "x",
        '"!" ',
        "（a！）b",
        "《a！",
        "“a？”b",
        "“a! B ",
        "……的",
        "Short heading here\n\n",
        "# One\n\ntext\n\n",
        "| a | b |\n| --- | --- |\n| c | d |\n\n",
        "| a | b |\n",
        "word\n",
        "page\f",
        " ",
        "|\n--- ",
    ],
)
def test_time_grows_with_the_text_and_not_with_its_square(part: str):
    """Four times the text takes far less than sixteen times as long."""
    once = part * (30_000 // len(part)) + ". Y"
    # What else the machine does can slow one measurement; a square would show in all of them.
    assert any(seconds(once * 4) < 10 * max(seconds(once), 0.005) for _ in range(3))
