"""Numbers are found with unit, what they count and who says so; dates and references are not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tertium.comparison.numbers import find_quantities
from tertium.comparison.quantities import quantities
from tertium.comparison.speakers import speaker

from .conftest import make_tables, source


def found(text, language="en"):
    return [(q.value, q.unit, q.what, q.qualifier) for q in find_quantities(text, language)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met 1,700 miners.", [(1700, "miners", "miners", "")]),
        ("About 30 thousand masks came.", [(30000, "masks", "masks came", "about")]),
        ("It costs more than 2.5 million yuan.", [(2.5e6, "yuan", "It costs", "more than")]),
        ("Up to 45% of members agreed.", [(45, "%", "members", "up to")]),
        ("Seven drivers were told.", [(7, "drivers", "drivers", "")]),
        ("Thousands of porters went home.", [(1000, "porters", "porters", "thousands of")]),
        ("It paid HK$300 a head.", [(300, "Hong Kong dollars", "It paid", "")]),
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


@pytest.mark.parametrize(
    ("text", "number", "language", "who"),
    [
        ("“We sent 40 boxes “N95”, and more,” Ma Jin said.", "40", "en", "Ma Jin"),
        ("“It began. We sent 40 boxes,” said the chair of the union.", "40", "en", "the chair of the union"),
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


def test_quantities_of_a_study():
    """Each number stands with its sentence, its place and who says so; other languages are named."""
    tables = make_tables(
        [
            source("a", "It rained. They enrolled 188 drivers. They sang.", publisher="The union"),
            source("b", "They met 12 miners.", claimant="The firm"),
            source("c", "40 Arbeiter kamen.", language="de"),
            source("d", "Nothing."),
        ]
    )
    table = quantities(tables)
    assert list(table.frame["value"]) == [188, 12]
    assert list(table.frame["who"]) == ["The union", "The firm"]
    assert list(table.evidence(1, "value")["quote"]) == ["They enrolled 188 drivers."]
    assert "Publisher of c n.d. (de)" in table.note


def test_facts_of_the_originals(originals):
    """The numbers that the originals report are found, each with what it counts."""
    numbers = {}
    for path in sorted(originals.glob("00[034]*.txt")):
        for paragraph in path.read_text(encoding="utf-8").split("\n"):
            for each in find_quantities(paragraph, "en"):
                who = speaker(paragraph, each.span.start, "en")
                numbers[path.name[:3], each.value, each.unit] = (each.what, each.qualifier, who)
    assert numbers["004", 188, "workers"][0] == "workers in new employment forms"
    assert numbers["003", 3500, "yuan"][:2] == ("average monthly salary of employees of textile enterprises", "about")
    assert numbers["003", 1700, "km"][1] == "more than"
    assert numbers["003", 120000, "masks"] == ("medical masks", "", "Ma Jin")
    assert numbers["003", 40000, "masks"][2] == "Ma Jin"
    assert numbers["003", 409, "workers"][0] == "workers in the textile and cotton industry"
    assert ("003", 3300, "employees") in numbers
    assert numbers["003", 1e9, "yuan"][:2] == ("registered capital", "more than")
    assert numbers["000", 40, "clusters"][1] == "more than"
    assert not [key for key in numbers if 1900 < key[1] < 2100]


@settings(deadline=None, max_examples=30)
@given(st.text(max_size=60), st.sampled_from(["en", "ru", "zh"]))
def test_any_text_is_read(text, language):
    """No text makes the rules fail, and each quantity stands inside the text."""
    for quantity in find_quantities(text, language):
        assert 0 <= quantity.span.start < quantity.span.end <= len(text)
        speaker(text, quantity.span.start, language)


@settings(deadline=None, max_examples=30)
@given(st.text(alphabet="0123456789 ,.-–第百分之万两十千亿数名年тысмлnto$%", max_size=30), st.sampled_from(["en", "ru", "zh"]))
def test_any_run_of_digits_is_read(text, language):
    """No odd number makes the rules fail."""
    find_quantities(text, language)
