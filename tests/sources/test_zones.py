"""Zones: what is text, heading, caption, note, and what is the page around it."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tertium.offsets import canonical
from tertium.sources.source import Source
from tertium.sources.zones import find_zones, source_sections
from tertium.spans import Span

PROSE = (
    "The workers of the plant went on strike on Monday, and the union of the town said that it "
    "was for the pay that had not been paid since the end of the year."
)
PROSE_ZH = "周一,该厂的工人因为去年年底以来一直没有拿到工资而罢工,镇上的工会表示支持他们的要求。"
PROSE_RU = (
    "В понедельник рабочие завода начали забастовку, и профсоюз города сказал, что это из-за "
    "зарплаты, которую не платили с конца года, и что он их поддержит."
)


def source(text: str, markup: str = "plain") -> Source:
    """A source with the canonical form of `text`."""
    return Source("page", canonical(text), markup=markup)


def lines(one: Source, *zones: str) -> list[str]:
    """The lines of a source that stand in one of `zones`."""
    return [
        line.strip()
        for zone in find_zones(one)
        if zone.zone in zones
        for line in zone.span.of(one.text).splitlines()
        if line.strip()
    ]


@pytest.fixture
def solidarity(originals: Path) -> Source:
    """Source 001: an article between the menus and the footer of its page."""
    (file,) = originals.glob("001_*.txt")
    return source(file.read_bytes().decode("utf-8"))


# Source 001, line by line.


def test_the_menus_of_source_001_are_furniture_and_nothing_else_is(solidarity: Source):
    """The article is lines 59 to 198; every other line that is not blank is furniture."""
    numbered = list(enumerate(solidarity.text.split("\n"), start=1))
    outside = [line.strip() for n, line in numbered if not 59 <= n <= 198 and line.strip()]
    inside = [line.strip() for n, line in numbered if 59 <= n <= 198 and line.strip()]
    assert lines(solidarity, "furniture") == outside
    assert lines(solidarity, "body", "heading", "caption", "endnote") == inside


def test_the_headings_of_source_001_have_levels(solidarity: Source):
    """The title, then four approaches, each with the same four headings below, then notes."""
    levels = [zone.level for zone in find_zones(solidarity) if zone.zone == "heading"]
    assert levels == [1, *([2, 3, 3, 3, 3] * 4), 2]
    assert lines(solidarity, "heading")[1:6] == [
        "Para-legal Approach (‘Fa-lu-weiquan’)",
        "Content",
        "Agency",
        "Strategizing on",
        "Inadequacy",
    ]


def test_source_001_has_three_captions(solidarity: Source):
    """One credit stands in its caption's line, one below it: that caption has two lines."""
    captions = [z.span.of(solidarity.text) for z in find_zones(solidarity) if z.zone == "caption"]
    assert [caption.split()[0] for caption in captions] == ["A", "Silicosis", "LAC"]
    assert [caption.count("Photo: LAC") for caption in captions][1:] == [1, 1]
    assert captions[2].startswith("LAC protested")
    assert captions[2].endswith("\nPhoto: LAC")


def test_the_endnotes_of_source_001_are_a_zone(solidarity: Source):
    """The three notes follow their heading."""
    notes = lines(solidarity, "endnote")
    assert [note[:2] for note in notes] == ["1.", "2.", "3."]


def test_the_table_of_source_001_stays_content(solidarity: Source):
    """Short cells at the end of the article are no link list, though they look like one."""
    body = lines(solidarity, "body")
    for cell in ("Migrant production workers", "Compensation for labour rights violations."):
        assert cell in body
    sections = source_sections(solidarity)
    assert len([one for one in sections if one.heading.of(solidarity.text) == "Agency"]) == 4


@pytest.mark.parametrize("stem", ["000", "003", "004"])
def test_originals_without_menus_lose_no_line(originals: Path, stem: str):
    """A text that came without its page has no furniture."""
    (file,) = originals.glob(f"{stem}_*.txt")
    assert lines(source(file.read_bytes().decode("utf-8")), "furniture") == []


# Pages that are laid out in other ways.

MENU_LEFT = f"""Labour Watch
Home
About us
News
Campaigns
Strikes
Publications
Contact

Strike at the north plant

By Ana Writer

{PROSE}

{PROSE}

They demand:

- back pay
- a contract
- a union of their own

{PROSE}

Share on Facebook

Related posts

Strike at the south plant
Pay at the east plant
Union drive in the west
© 2020 Labour Watch. All rights reserved.
"""
FOOTER_WITH_ADDRESSES = f"""Union congress meets

3 May 2021

{PROSE}

{PROSE} The congress ends today.

Contact us
General Union Office
12 Long Street
Old Town, 10200
Tel: (000) 123-4567
Fax: (000) 123-4568
office@union.example
Privacy policy
Terms of use
Sitemap
"""
DONATION_BOX = f"""Skip to content

{PROSE}

Donate now

{PROSE}

Share

{PROSE}

Support us

Help us protect workers!

Donate Now!

Newsletter

Subscribe

Act now >
"""
CHINESE_PAGE = f"""首页
关于我们
新闻中心
罢工地图
工会改革
专题
登录
注册

北方工厂工人罢工

2020年5月3日

{PROSE_ZH}

{PROSE_ZH}

分享

上一篇：工会改革
下一篇：工人培训
友情链接
总工会
劳工网
联系我们
地址：某市某路1号
电话：010-12345678
版权所有 劳工网
"""
RUSSIAN_PAGE = f"""Главная
О нас
Новости
Забастовки
Профсоюзы
Контакты

Забастовка на северном заводе

3 мая 2020 г.

{PROSE_RU}

{PROSE_RU}

Поделиться

Читать далее
Карта сайта
Политика конфиденциальности
Подписаться на рассылку
© 2020 Труд. Все права защищены.
"""


@pytest.mark.parametrize(
    ("page", "menu", "content"),
    [
        (
            MENU_LEFT,
            ["Labour Watch", "Strikes", "Campaigns", "Contact", "Strike at the south plant"],
            ["Strike at the north plant", "By Ana Writer", PROSE, "They demand:", "- a contract"],
        ),
        (
            FOOTER_WITH_ADDRESSES,
            ["12 Long Street", "Tel: (000) 123-4567", "Sitemap", "General Union Office"],
            ["Union congress meets", "3 May 2021", f"{PROSE} The congress ends today."],
        ),
        (
            DONATION_BOX,
            ["Skip to content", "Donate now", "Share", "Help us protect workers!", "Subscribe"],
            [PROSE],
        ),
        (
            CHINESE_PAGE,
            [
                "首页",
                "罢工地图",
                "工会改革",
                "分享",
                "下一篇：工人培训",
                "总工会",
                "版权所有 劳工网",
            ],
            ["北方工厂工人罢工", "2020年5月3日", PROSE_ZH],
        ),
        (
            RUSSIAN_PAGE,
            ["Главная", "Забастовки", "Профсоюзы", "Поделиться", "Карта сайта"],
            ["Забастовка на северном заводе", "3 мая 2020 г.", PROSE_RU],
        ),
    ],
    ids=["menu left", "footer", "donation box", "Chinese", "Russian"],
)
def test_the_page_around_a_text_is_furniture(page: str, menu: list[str], content: list[str]):
    """Menus, addresses, donation boxes and link lists go; title, date and list of demands stay."""
    one = source(page)
    furniture = lines(one, "furniture")
    kept = lines(one, "body", "heading", "caption", "endnote")
    assert [line for line in menu if line not in furniture] == []
    assert [line for line in content if line not in kept] == []
    assert not set(furniture) & set(content)


# What must never be taken for furniture.

NEWS = [
    "Strike ends\n\nWorkers at the plant are back.\n\nThe firm paid.",
    "Workers strike\nPay demanded\nPolice watch\n",
    "罢工结束\n\n工人复工。\n",
    "Strike",
    "Strike at plant\n\nReuters\n\nMonday\n\nTown\n\nWorkers\n\nPay\n\nUnion\n\nFirm\n\nEnd",
    f"Title\n\n{PROSE}",
    f"{PROSE}\n\nThe union wants:\n\n" + "\n".join(f"- demand number {n}" for n in range(20)),
    f"{PROSE}\n\nSigned:\n\n" + "\n".join(f"Union branch {n}" for n in range(20)),
    "\n".join(f"{n} May: strike at plant {n}" for n in range(1, 20)) + f"\n\n{PROSE}",
    f"{PROSE}\n\n" + "\n".join(f"• pay {n}" for n in range(60)) + f"\n\n{PROSE}",
    f"{PROSE_ZH}\n\n" + "\n".join(f"· 要求{n}" for n in range(20)),
]


@pytest.mark.parametrize("text", NEWS)
@pytest.mark.parametrize("markup", ["plain", "markdown"])
def test_a_text_without_menus_loses_no_line(text: str, markup: str):
    """Short lines, demands, signatures and time lines are text, at either end or in between."""
    assert lines(source(text, markup), "furniture") == []


@pytest.mark.parametrize("width", [50, 66, 72, 79, 80, 81, 90])
def test_a_text_broken_for_its_width_loses_no_line(width: int):
    """Lines of a plain text file are short because of their width, whatever that is."""
    words = (PROSE + " " + PROSE.upper() + " ") * 30
    broken, line = [], ""
    for word in words.split():
        if len(line) + 1 + len(word) > width:
            broken.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    text = "\n".join(broken)
    assert lines(source(f"Home\n\n{text}\n\nContact us"), "furniture") == []


def test_menus_around_a_text_broken_for_its_width_are_found():
    """The paragraph is prose though none of its lines is long."""
    menu = "Home\nAbout us\nNews\nCampaigns\nStrikes\nPublications\nSearch\nContact\n\n"
    text = PROSE.replace(" and the", "\nand the").replace(" that had", "\nthat had")
    one = source(f"{menu}{text}\n\n{text}")
    assert "Strikes" in lines(one, "furniture")
    assert lines(one, "body") == [*text.split("\n")] * 2


def test_short_cells_after_the_prose_stay_content():
    """A table without borders is headings and short sentences; the menu below it is none."""
    cells = ["Strikes", "Who", "Workers did.", "Why", "For pay.", "Laws", "Who", "NGOs did."]
    menu = ["Home", *(f"Page {number}" for number in range(9)), "Sitemap"]
    one = source("\n\n".join([PROSE, *cells, *menu]))
    assert lines(one, "furniture") == menu
    assert lines(one, "body", "heading") == [PROSE, *cells]


def test_the_last_word_of_a_broken_line_is_no_button():
    """The word at the end of a paragraph belongs to its sentence; alone it is a button."""
    broken = f"{PROSE}\nand the march went all the way from the market to the\ntop"
    assert lines(source(broken), "furniture") == []
    assert lines(source(f"{PROSE}\n\nTop\n\n{PROSE}"), "furniture") == ["Top"]


def test_a_heading_about_copyright_is_no_footer():
    """Only a line that claims copyright for a year is a footer."""
    text = f"{PROSE}\n\nCopyright law and the workers\n\n{PROSE}\n\nCopyright 2020 Union"
    assert lines(source(text), "furniture") == ["Copyright 2020 Union"]


# Markdown.


def test_front_matter_is_furniture():
    """The facts at the head of a Markdown file are not what its author says of the world."""
    one = source("---\ntitle: Strike\nvoice: ngo\n---\n\n# Strike\n\nThey struck.\n", "markdown")
    assert lines(one, "furniture") == ["---", "title: Strike", "voice: ngo", "---"]
    assert [zone.zone for zone in find_zones(one)] == ["furniture", "heading", "body"]
    assert lines(source("---\n---\nStrike.", "markdown"), "furniture") == ["---", "---"]
    assert lines(source("---\ntitle: a\n...\nStrike.", "markdown"), "body") == ["Strike."]


def test_text_between_two_rules_is_no_front_matter():
    """Three dashes are also a rule between parts of a text."""
    text = "---\n\nThe workers met.\n\n---\n\nThey struck."
    assert "The workers met." in lines(source(text, "markdown"), "body")


def test_front_matter_in_plain_text_is_text():
    """Only Markdown has a head."""
    assert lines(source("---\ntitle: Strike\n---\n\nThey struck."), "furniture") == []


def test_markdown_headings_have_their_own_levels():
    """The number of signs is the level; seven signs, or no space, make no heading."""
    one = source("# A\n\n### B\n\ntext\n\n####### C\n\n#tag\n", "markdown")
    assert [(z.span.of(one.text), z.level) for z in find_zones(one) if z.zone == "heading"] == [
        ("# A", 1),
        ("### B", 3),
    ]


def test_the_header_cells_of_a_table_are_headings():
    """First row and first column head the cells, below every other heading."""
    one = source("# T\n\n| who | what |\n| --- | --- |\n| NGO | aid |\n", "markdown")
    assert [(z.span.of(one.text), z.level) for z in find_zones(one) if z.zone == "heading"] == [
        ("# T", 1),
        ("who", 7),
        ("what", 7),
        ("NGO", 7),
    ]


def test_a_table_in_a_menu_heads_nothing():
    """What is furniture has no headings, so nothing codes the cells."""
    menu = "".join(f"- page {n}\n" for n in range(40))
    table = "| strike | lobbying |\n| --- | --- |\n| a | b |\n"
    one = source(f"{PROSE}\n\n{PROSE}\n\nHome\n\n{menu}\n{table}\nSitemap\n", "markdown")
    assert "| strike | lobbying |" in lines(one, "furniture")
    assert source_sections(one) == ()


def test_a_row_of_a_table_is_no_caption():
    """What a cell says of a picture stays a cell."""
    one = source("| what | who |\n| --- | --- |\n| a march | photo: Union |\n", "markdown")
    assert {zone.zone for zone in find_zones(one)} == {"body", "heading"}


# Plain headings, captions, notes.


def test_a_short_line_that_stands_alone_is_a_heading():
    """Not so: sentences, quotes, items, bylines, dates, what begins in lower case, the last line."""
    text = (
        f"A title\n\nBy Ana\n\n3 May 2020\n\nMay 3, 2020\n\n2020-05-03\n\n{PROSE}\n\nThe strike\n\n"
        f"{PROSE}\n\nThey left.\n\n“No”\n\n• item\n\nlower case\n\n{PROSE}\n\nThe end"
    )
    assert lines(source(text), "heading") == ["A title", "The strike"]


@pytest.mark.parametrize("above", ["", "3 May 2020\n\n", "By Ana\n\n2020-05-03\n\n"])
def test_the_title_comes_first_or_after_bylines(above: str):
    """The first heading has the first level, and stands over the whole text."""
    one = source(f"{above}Strikes in the north\n\n{PROSE}\n\nPay\n\n{PROSE}")
    sections = source_sections(one)
    assert [(s.heading.of(one.text), s.level, s.is_title) for s in sections] == [
        ("Strikes in the north", 1, True),
        ("Pay", 2, False),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Photo: Workers at the gate",
        "Figure 2: Strikes by year",
        "*Photo by Union: a march*",
        "Workers at the gate. Photo: Union",
        "图：工人在门口",
        "图片1：罢工",
        "工人在门口(图:工会)",
        "Фото: рабочие у ворот",
        "Рабочие у ворот. Фото: профсоюз",
    ],
)
def test_captions_are_a_zone_of_their_own(line: str):
    """A line that names a picture, or ends with whose it is, is a caption."""
    one = source(f"{PROSE}\n\n{line}\n\n{PROSE}")
    assert lines(one, "caption") == [line]


def test_a_credit_takes_the_short_line_above_as_its_caption_and_no_paragraph():
    """A picture's caption often stands above its credit; a paragraph above is text."""
    one = source(
        f"{PROSE}\n\nA march in the town.\n\nPhoto: Union\n\n{PROSE}\n\nPhoto: Ana\n\nEnd."
    )
    captions = [zone.span.of(one.text) for zone in find_zones(one) if zone.zone == "caption"]
    assert captions == ["A march in the town.\n\nPhoto: Union", "Photo: Ana"]


@pytest.mark.parametrize("line", ["Photographers struck for pay today.", "The picture is clear."])
def test_a_sentence_about_photographs_is_no_caption(line: str):
    """The word alone does not make a caption."""
    assert lines(source(f"{PROSE}\n\n{line}\n\n{PROSE}"), "caption") == []


@pytest.mark.parametrize("heading", ["Endnotes", "Notes", "References", "注释", "Примечания"])
def test_what_stands_under_a_heading_of_notes_is_endnotes(heading: str):
    """Up to the next heading of that level or above."""
    plain = source(f"Title\n\n{PROSE}\n\n{heading}\n\n1. See there.\n\n2. And here.")
    assert lines(plain, "endnote") == ["1. See there.", "2. And here."]
    marked = source(f"# T\n\n{PROSE}\n\n## {heading}\n\n1. See.\n\n## After\n\nText.", "markdown")
    assert lines(marked, "endnote") == ["1. See."]


def test_a_footnote_definition_is_an_endnote():
    """Markdown writes them anywhere."""
    one = source(f"{PROSE}[^1]\n\n[^1]: See there.\n\n{PROSE}", "markdown")
    assert lines(one, "endnote") == ["[^1]: See there."]


# Properties.

PARTS = st.sampled_from(
    [PROSE, PROSE_ZH, PROSE_RU, "Home", "Sitemap", "- item", "Share", "Heading", "Notes", "Photo: X", "",
     "", "| a | b |", "| --- | --- |", "|", "# One", "## Two", "---", "title: x", "\f", "👍🏽", "Top", "[^1]: n",
     "Tel: 123", "© 2020", "Content", "  ", "a" * 100]
)  # fmt: skip


@given(st.lists(PARTS, max_size=60), st.sampled_from(["plain", "markdown"]))
def test_zones_cover_every_letter_once(parts: list[str], markup: str):
    """No line is lost or told twice; header cells stand inside the body of their table."""
    one = source("\n".join(parts), markup)
    zones = [zone for zone in find_zones(one) if zone.level != 7]
    for before, after in itertools.pairwise(zones):
        assert before.span.end <= after.span.start
    for index, character in enumerate(one.text):
        if not character.isspace():
            assert sum(zone.span.start <= index < zone.span.end for zone in zones) == 1


@given(st.lists(PARTS, max_size=40), st.sampled_from(["plain", "markdown"]))
def test_only_headings_have_levels(parts: list[str], markup: str):
    """A level ranks headings and nothing else."""
    for zone in find_zones(source("\n".join(parts), markup)):
        assert (zone.level is not None) == (zone.zone == "heading")


def test_underlined_headings_are_headings_and_the_line_is_no_text() -> None:
    """A line of = or - under a short line makes it a heading, as Markdown has it."""
    text = "Notes\n=====\n\nStrikes\n-------\n\nThey struck.\n\nNo heading\n\n---\n\nMore.\n"
    source = Source(id="s", text=text, markup="markdown")
    headings = [
        (zone.span.of(text), zone.level) for zone in find_zones(source) if zone.zone == "heading"
    ]
    assert headings == [("Notes", 1), ("Strikes", 2)]


def test_a_fence_of_code_holds_no_headings() -> None:
    """A line with # inside a fence is text."""
    text = "# Notes\n\n```\n# Strikes\n```\n\n# Lobbying\n\nText.\n"
    source = Source(id="s", text=text, markup="markdown")
    headings = [zone.span.of(text) for zone in find_zones(source) if zone.zone == "heading"]
    assert headings == ["# Notes", "# Lobbying"]


@pytest.mark.parametrize(
    "text",
    [
        "Title\n| a | b |\n| --- | --- |\n---\n",
        "Title\nText.\n\n---\n",
        "Use ```code``` so.\n\n~~~\nTitle\n---\n```\n# No\n~~~~ x\n# No\n~~~\n",
    ],
)
def test_a_line_that_is_not_right_below_underlines_nothing(text: str) -> None:
    """A rule after a table or a blank line, and what is inside a fence of code, make no heading."""
    one = source(text, "markdown")
    assert [z for z in find_zones(one) if z.zone == "heading" and z.level != 7] == []


def test_code_in_a_line_opens_no_fence() -> None:
    """A line that begins and ends with back quotes leaves the headings below it."""
    one = source("```make```\n\n# Strikes\n\nText.\n", "markdown")
    assert lines(one, "heading") == ["# Strikes"]


def test_marked_furniture_is_furniture_with_its_marks() -> None:
    """Prose and headings between the marks are furniture; outside them nothing changes."""
    marked = f"::: furniture\n\n# Strikes\n\n{PROSE}\n\n| a | b |\n| --- | --- |\n\n:::"
    one = source(f"# Title\n\n{marked}\n\nText.\n", "markdown")
    (furniture,) = [zone for zone in find_zones(one) if zone.zone == "furniture"]
    assert furniture.span.of(one.text) == marked
    assert lines(one, "heading") == ["# Title"]
    assert lines(one, "body") == ["Text."]


@pytest.mark.parametrize(
    ("text", "markup"),
    [
        ("::: furniture\n\nText.\n", "markdown"),
        (":::\n\nText.\n", "markdown"),
        ("\\::: furniture\n\nText.\n\n\\:::\n", "markdown"),
        ("::: furniture\n\nText.\n\n:::\n", "plain"),
    ],
)
def test_marks_that_mark_nothing(text: str, markup: str) -> None:
    """A mark without its other half, an escaped one and one in plain text are words."""
    assert lines(source(text, markup), "furniture") == []


MARKS = st.sampled_from(
    ["::: furniture", ":::", "```", "~~~", "===", "---", "Title", "# One", "", "", "| a | b |",
     "| --- | --- |", "Home", "Sitemap", PROSE, "\f", "- item", "Photo: X", "Notes", "[^1]: n"]
)  # fmt: skip


@given(st.lists(MARKS | st.text(max_size=8), max_size=40), st.sampled_from(["plain", "markdown"]))
def test_every_line_lies_in_one_zone(parts: list[str], markup: str) -> None:
    """However marks are mixed, each line that is not blank lies whole in exactly one zone."""
    one = source("\n".join(parts), markup)
    zones = [zone.span for zone in find_zones(one) if zone.level != 7]
    position = 0
    for raw in re.split(r"[\n\f]", one.text):
        if raw.strip():
            start = position + len(raw) - len(raw.lstrip())
            line = Span(start, start + len(raw.strip()))
            assert [zone.holds(line) for zone in zones if zone.has_overlap(line)] == [True]
        position += len(raw) + 1
