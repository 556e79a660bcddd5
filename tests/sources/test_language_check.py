"""Stated languages are compared with the texts, by document."""

from __future__ import annotations

import json

import pytest

from tertium.offsets import canonical
from tertium.sources import language_check
from tertium.sources.language_check import language_faults
from tertium.sources.source import Source

pytest.importorskip("lingua", reason="needs lingua-language-detector")

ENGLISH = "The workers of the mill went on strike for three days, and the union asked for more pay."
CHINESE = "纺织厂的工人罢工三天，工会要求提高工资，厂方拒绝谈判。"
RUSSIAN = "Рабочие фабрики бастовали три дня, и профсоюз потребовал повысить зарплату."
KAZAKH = "Зауыт жұмысшылары үш күн бойы ереуілге шықты, кәсіподақ жалақыны көтеруді талап етті."
GERMAN = "Die Arbeiter der Fabrik streikten drei Tage, und die Gewerkschaft forderte mehr Lohn."


def found(*sources: Source) -> list[str]:
    """What is wrong with the stated languages."""
    return [fault.found for fault in language_faults(sources, file="manifest.csv")]


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", ENGLISH), ("zh", CHINESE), ("zh-Hant", CHINESE), ("ru", RUSSIAN), ("kk", KAZAKH),
     ("de", GERMAN)],
)  # fmt: skip
def test_a_language_rightly_stated_is_no_fault(language, text):
    """Also one that the schemes do not know, and a tag with a script."""
    assert found(Source("a", text, language=language), Source("b", ENGLISH, language="en")) == []


def test_a_language_wrongly_stated_is_a_fault_of_its_source():
    """The fault names the manifest, the column, the source, and both languages."""
    wrong = [Source("x", RUSSIAN, language="zh"), Source("b", CHINESE, language="en")]
    faults = language_faults([Source("a", ENGLISH, language="en"), *wrong], file="m.csv")
    assert [str(fault) for fault in faults] == [
        "m.csv, language: source b: stated is 'en', but the text reads as 'zh'; "
        "write zh, or check the text",
        "m.csv, language: source x: stated is 'zh', but the text reads as 'ru'; "
        "write ru, or check the text",
    ]


def test_the_document_decides_and_not_its_lines():
    """An English text with a paragraph of Chinese is English."""
    assert found(Source("a", f"{CHINESE}\n\n" + f"{ENGLISH}\n\n" * 4, language="en")) == []


@pytest.mark.parametrize("text", ["Профсоюз", "罢工结束", "214 — !", ""])
def test_short_texts_are_left_alone(text):
    """Fewer than about forty letters say too little."""
    assert found(Source("a", text, language="en")) == []


@pytest.mark.parametrize("language", ["und", "xx", "art"])
def test_a_language_that_nobody_can_tell_is_not_doubted(language):
    """Unknown and made-up tags are for the manifest's own check."""
    assert found(Source("a", RUSSIAN, language=language)) == []


def test_menus_do_not_count():
    """What is marked as furniture is in the language of the site, not of the text."""
    text = f"::: furniture\n\n{ENGLISH * 5}\n\n:::\n\n{RUSSIAN}\n"
    assert found(Source("a", text, language="ru", markup="markdown")) == []


def test_without_the_library_nothing_is_checked(monkeypatch):
    """It is an optional part."""
    monkeypatch.setattr(language_check, "find_spec", lambda name: None)
    assert found(Source("a", RUSSIAN, language="en")) == []


def test_the_shared_texts_have_the_language_they_state(shared):
    """None of the development texts is doubted, in whatever language it is."""
    path = shared / "corpora" / "pages" / "pages.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    sources = [Source(row["id"], canonical(row["text"]), language=row["language"]) for row in rows]
    assert len(sources) > 100
    assert found(*sources) == []
