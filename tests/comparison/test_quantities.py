"""Numbers are found with unit, what they count and who says so; dates and references are not."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tertium.comparison.numbers import find_quantities
from tertium.comparison.quantities import quantities
from tertium.comparison.speakers import Speakers, speaker
from tertium.report.tables import table

from .conftest import make_tables, source


def found(text, language="en"):
    return [(q.value, q.unit, q.what, q.qualifier) for q in find_quantities(text, language)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met 1,700 miners.", [(1700, "miners", "", "")]),
        ("About 30 thousand medical masks came.", [(30000, "masks", "medical masks", "about")]),
        ("It costs more than 2.5 million yuan.", [(2.5e6, "yuan", "", "more than")]),
        ("Up to 45% of members agreed.", [(45, "%", "members", "up to")]),
        ("Seven drivers were told.", [(7, "drivers", "", "")]),
        ("Thousands of porters went home.", [(None, "porters", "", "")]),
        ("Fines came to HK$300 a head.", [(300, "Hong Kong dollars a head", "Fines", "")]),
        (
            "Drivers earn about 3,000 yuan a month on average.",
            [(3000, "yuan a month", "Drivers", "about, on average")],
        ),
        ("The monthly wage is 3,000 yuan.", [(3000, "yuan a month", "monthly wage", "")]),
        (
            "Two marches were held at which porters of all ports joined: 60 in all, boys among them.",
            [(2, "marches", "", ""), (60, "porters", "porters of all ports", "in all")],
        ),
        ("For ten years miners have marched.", [(10, "years", "miners have marched", "")]),
        (
            "There 12 old miners spoke, 40 more sang.",
            [(12, "miners", "old miners spoke", ""), (40, "miners", "old miners spoke", "more")],
        ),
        ("Shifts of 12-hour length", [(12, "hours", "Shifts", "")]),
    ],
)
def test_english(text, expected):
    """English numbers: commas part thousands, words count before what they count."""
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("共有260名司机入会。", [(260, "名", "司机", "共有")]),
        ("发放3万只口罩。", [(30000, "只", "口罩", "")]),
        ("两千多名工人停工。", [(2000, "名", "工人", "多")]),
        ("工资约3500元。", [(3500, "yuan", "工资", "约")]),
        ("近百分之三十的企业没有工会。", [(30, "%", "企业", "近")]),
        ("補償120萬元", [(1.2e6, "yuan", "補償", "")]),
    ],
)
def test_chinese(text, expected):
    """Chinese numbers: in digits, in characters and mixed, with 万 and 亿."""
    assert found(text, "zh") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Вышли 2,5 тыс. шахтёров.", [(2500, "шахтёров", "шахтёров", "")]),
        ("Капитал более 1 млн тенге.", [(1e6, "tenge", "Капитал", "более")]),
        ("Пять водителей уволены.", [(5, "водителей", "водителей уволены", "")]),
        ("Около 3 500 юаней в месяц", [(3500, "yuan", "", "около")]),
    ],
)
def test_russian(text, expected):
    """Russian numbers: a comma begins decimals, a space parts thousands."""
    values = found(text, "ru")
    assert [value[:2] for value in values] == [value[:2] for value in expected]
    assert [value[3] for value in values] == [value[3] for value in expected]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("On 12 May 2019 they met; in 2020 they parted.", "en"),
        ("See Article 23, no. 5, and item 2(a) of issue 75.", "en"),
        ("Call (852) 2332-1346 at 10:30.", "en"),
        ("1. Legal assistance", "en"),
        ("The Playfair 2012 campaign and the Trades Union Congress took it up.", "en"),
        ("The one-off, three-dimensional plan of the two federations (2007).", "en"),
        ("2024年5月21日，第三条规定一个原则。", "zh"),
        ("21 мая 2024 года, статья 23.", "ru"),
    ],
)
def test_what_counts_nothing(text, language):
    """Dates, references, telephone numbers and list marks are no quantities."""
    assert found(text, language) == []


def test_range():
    """A range keeps both ends."""
    (quantity,) = find_quantities("Firms with 51 to 100 workers", "en")
    assert (quantity.value, quantity.upper, quantity.unit) == (51, 100, "workers")


def test_numbers_of_a_list_share_their_noun():
    """Where only the last of several numbers has a noun, it is the noun of all."""
    text = "Yards were sorted by number of hands (over 100, 51–100, 25–50 dockers)."
    assert [(q.value, q.upper, q.unit, q.what) for q in find_quantities(text, "en")] == [
        (100, None, "dockers", "number of hands"),
        (51, 100, "dockers", "number of hands"),
        (25, 50, "dockers", "number of hands"),
    ]


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("Tens of thousands of porters sang.", "en", "tens of thousands"),
        ("Hundreds of millions of people", "en", "hundreds of millions"),
        ("数千名工人停工。", "zh", "数千"),
        ("Вышли тысячи шахтёров.", "ru", "тысячи"),
    ],
)
def test_words_are_no_number(text, language, words):
    """What a source leaves vague gets no value, only the source's words."""
    (quantity,) = find_quantities(text, language)
    assert (quantity.value, quantity.words) == (None, words)


@pytest.mark.parametrize(
    ("text", "number", "language", "who"),
    [
        ("“We sent 40 boxes “N95”, and more,” Ma Jin said.", "40", "en", "Ma Jin"),
        (
            "“It began. We sent 40 boxes,” said the chair of the union.",
            "40",
            "en",
            "the chair of the union",
        ),
        ("Li Na said: “We sent 40 boxes.” He left.", "40", "en", "Li Na"),
        ("According to the bureau, 40 boxes came.", "40", "en", "the bureau"),
        ("Li Na, head of the union, reported that 40 boxes came.", "40", "en", "Li Na"),
        ("According to him, 40 boxes came.", "40", "en", ""),
        ("“No,” said Li Na. Then 40 boxes came.", "40", "en", ""),
        ("王主席表示：“今年有40名职工入会。”", "40", "zh", "王主席"),
        ("据总工会介绍，40家企业建会。", "40", "zh", "总工会"),
        ("«Мы отправили 40 коробок», — сказал Ли.", "40", "ru", "Ли"),
    ],
)
def test_speaker(text, number, language, who):
    """The speaker is who a quotation or report is ascribed to; a pronoun names nobody."""
    assert speaker(text, text.index(number), language) == who


@pytest.mark.parametrize(
    ("paragraphs", "number", "who"),
    [
        (["Li Na, head of the union, spoke of aid. Her union has 40 rooms."], "40", "Li Na"),
        (["Li Na spoke. It has 7 halls. In 2021 they built 40 rooms."], "40", "Li Na"),
        (["Li Na spoke. It rained. Wu Bo said it had 40 rooms."], "40", "Wu Bo"),
        (["Li Na spoke.", "He counted 40 rooms."], "40", "Li Na"),
        (["Li Na spoke.", "There are 40 rooms.", "She also named halls."], "40", "Li Na"),
        (["Li Na spoke.", "There are 40 rooms."], "40", ""),
        (["Li Na spoke.", "The union has rooms.", "It has 40 rooms."], "40", ""),
        (["According to Li Na, aid came.", "According to him, 40 rooms were built."], "40", "Li Na"),
        (["The aid, Li said, came late. Li Na, he added, has 40 rooms."], "40", "Li Na"),
        (["Li Na, Deputy Chair of the union, spoke.", "“We have 40 rooms,” said the Deputy Chair of the union."], "40", "Li Na"),
        (["President Li Na came. Li reportedly wanted 40 rooms."], "40", "Li Na"),
        (["王主席表示：“好。”今年，他说有40名职工。"], "40", "王主席"),
    ],
)  # fmt: skip
def test_speaker_goes_on(paragraphs, number, who):
    """Pronouns and quotations carry on the speaker named last; an office means who was said to hold it."""
    language = "zh" if "王" in paragraphs[0] else "en"
    place = next(i for i, each in enumerate(paragraphs) if number in each)
    assert Speakers(paragraphs, language).at(place, paragraphs[place].index(number)) == who


@pytest.mark.parametrize(
    "sentence",
    [
        "Their pay was estimated at 100 dollars.",
        "The rate announced was 95 dollars.",
        "It published undercover reports; 5 came out in May.",
        "Throughout the country unions concluded memoranda, more than 8,000 in all.",
    ],
)
def test_what_is_no_speaker(sentence):
    """A thing that was said, a noun that looks like a verb and a passive name nobody who speaks."""
    number = re.search(r"\d", sentence).start()
    assert Speakers([sentence], "en").at(0, number) == ""


def test_a_heading_ends_a_speech():
    """Nobody goes on speaking under another heading."""
    paragraphs = ["Li Na spoke.", "He counted 40 rooms."]
    assert Speakers(paragraphs, "en", [False, False]).at(1, 11) == ""


def test_quantities_of_a_study():
    """Each number stands with its sentence, its place and who says so; other languages are named."""
    tables = make_tables(
        [
            source("a", "It rained. They enrolled 188 drivers. They sang.", publisher="The union"),
            source("b", "They met 12 miners.", claimant="The firm", author="Wu, Bo"),
            source("c", "40 Arbeiter kamen.", language="de"),
            source("d", "Nothing."),
            source("e", "They met thousands of porters and 51–100 boys.", author="Hou, A; Su, B"),
        ]
    )
    result = quantities(tables)
    rows = result.frame.astype(object).where(result.frame.notna(), None)
    found = {(row["value"], row["who"]) for row in rows.to_dict("records")}
    assert found == {
        (188, "The union (publisher)"),
        (12, "The firm (claimant)"),
        (None, "Hou and Su (authors)"),
        (51, "Hou and Su (authors)"),
    }
    number = list(rows["value"]).index(188) + 1
    assert list(result.evidence(number, "value")["quote"]) == ["They enrolled 188 drivers."]
    assert "Publisher of c n.d. (de)" in result.note
    display = table(result, name="quantities")
    assert sorted(row[0]["text"] for row in display.content["rows"]) == [
        "12 miners",
        "188 drivers",
        "51–100 boys",
        "thousands of porters",
    ]
    assert [(column["name"], column["align"]) for column in display.content["columns"]] == [
        ("value", "left"),
        ("what", "left"),
        ("who", "left"),
        ("place", "left"),
    ]


@settings(deadline=None, max_examples=30)
@given(st.text(max_size=60), st.sampled_from(["en", "ru", "zh"]))
def test_any_text_is_read(text, language):
    """No text makes the rules fail, and each quantity stands inside the text."""
    for quantity in find_quantities(text, language):
        assert 0 <= quantity.span.start < quantity.span.end <= len(text)
        speaker(text, quantity.span.start, language)


@settings(deadline=None, max_examples=30)
@given(
    st.text(alphabet="0123456789 ,.-–第百分之万两十千亿数名年тысмлnto$%", max_size=30),
    st.sampled_from(["en", "ru", "zh"]),
)
def test_any_run_of_digits_is_read(text, language):
    """No odd number makes the rules fail."""
    find_quantities(text, language)


@pytest.mark.parametrize(
    ("text", "language", "value", "unit"),
    [
        ("One hundred and twenty workers struck.", "en", 120, "workers"),
        ("A quarter of a million workers struck.", "en", 250_000, "workers"),
        ("Half a million workers struck.", "en", 500_000, "workers"),
        ("One and a half million workers struck.", "en", 1_500_000, "workers"),
        ("Two thousand five hundred workers struck.", "en", 2500, "workers"),
        ("Three hundred thousand workers struck.", "en", 300_000, "workers"),
        ("Thirteen workers struck.", "en", 13, "workers"),
        ("Ninety workers struck.", "en", 90, "workers"),
        ("Twenty-five drivers left.", "en", 25, "drivers"),
        ("Бастовали двадцать пять рабочих.", "ru", 25, "рабочих"),
        ("Вышли полторы тысячи шахтёров.", "ru", 1500, "шахтёров"),
        ("Вышли около тысячи шахтёров.", "ru", 1000, "шахтёров"),
        ("Сто рабочих вышли.", "ru", 100, "рабочих"),
        ("Две тысячи пятьсот рабочих вышли.", "ru", 2500, "рабочих"),
        ("Тринадцать рабочих вышли.", "ru", 13, "рабочих"),
    ],
)
def test_numbers_of_several_words(text, language, value, unit):
    """A number that is written in several words is one number."""
    assert [(q.value, q.unit) for q in find_quantities(text, language)] == [(value, unit)]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Two thirds of workers agreed.", "en"),
        ("One in five workers agreed.", "en"),
        ("In 2010 workers struck.", "en"),
        ("Две трети рабочих вышли.", "ru"),
        ("В 2010 рабочие вышли.", "ru"),
    ],
)
def test_shares_in_words_and_years_before_a_noun_are_no_numbers(text, language):
    """Neither the parts of a share nor a year count the noun that follows."""
    assert found(text, language) == []


def test_a_decimal_point_ends_no_clause():
    """What is measured goes on past a number with a point."""
    last = found("Growth of 7.5 in real wages reached 3.5 per cent.")[-1]
    assert last == (3.5, "%", "Growth of 7.5 in real wages", "")
