"""Sentences become terms in a way that the note can state."""

from __future__ import annotations

import pytest

from tertium.comparison.keyness.words import (
    FUNCTION_WORDS,
    NamesInText,
    counted_as,
    is_function_word,
    terms_of,
    without_function_words,
)
from tertium.errors import UnknownNameError
from tertium.schemes.actors import COLUMNS, actor_scheme
from tertium.sources.files.rows import Row


def actors():
    names = {
        "name_en": "China Labour Bulletin", "aliases_en": "CLB|China", "name_zh": "工会",
        "name_ru": "Профсоюз", "type": "ngo", "id": "clb",
    }  # fmt: skip
    return actor_scheme([Row(2, dict.fromkeys(COLUMNS, "") | names)], file="actors.csv")


@pytest.mark.parametrize(
    ("text", "language", "terms"),
    [
        ("Workers’ strike, the union's 2nd", "en", ["workers", "strike", "the", "union", "nd"]),
        ("Co‑operative don’t", "en", ["co-operative", "don't"]),
        ("*Digest of* [@key2010; @other]. It ran.", "en", ["it", "ran"]),
        ("Ещё за́мок рабочие", "ru", ["еще", "замок", "рабочие"]),
        ("Cafe\u0301 CAFÉ", "fr", ["café", "café"]),
        ("हड़ताल हुई", "hi", ["हड़ताल", "हुई"]),
        ("工人罢工，AFL 2010 年", "zh", ["工人", "人罢", "罢工", "afl"]),
        ("", "en", []),
    ],
)
def test_terms(text, language, terms):
    """Words are whole, in lower case and one spelling; of Chinese, pairs of characters."""
    import unicodedata

    assert terms_of(text, language) == [unicodedata.normalize("NFC", term) for term in terms]


def test_names_as_one_term_or_none():
    """A name is one term by whichever of its names, the longest first, or is left out."""
    text = "China Labour Bulletin (CLB) told China of a strike"
    label = "[China Labour Bulletin]"
    one = terms_of(text, "en", NamesInText(actors(), "en", "one_term"))
    assert one == [label, label, label, "told", "of", "a", "strike"]
    none = terms_of(text, "en", NamesInText(actors(), "en", "leave_out"))
    assert none == ["told", "of", "a", "strike"]


def test_a_name_is_no_bridge():
    """Characters on both sides of a name that was taken out make no pair."""
    assert terms_of("人工会罢", "zh", NamesInText(actors(), "zh", "leave_out")) == []


def test_a_part_of_a_word_is_no_name():
    """A name is found as a word only."""
    names = NamesInText(actors(), "en", "leave_out")
    assert terms_of("Chinas clbs", "en", names) == ["chinas", "clbs"]


def test_function_words():
    """Listed words say nothing of the matter; names do."""
    assert without_function_words(["the", "strike", "[The Union]"], "en") == [
        "strike",
        "[The Union]",
    ]
    assert is_function_word("工的", "zh")
    assert not is_function_word("strike", "fr")
    # As terms are spelled: in lower case, without ё.
    for listed in FUNCTION_WORDS.values():
        assert all(word == word.casefold() and "ё" not in word for word in listed)


def test_languages_without_a_rule_are_refused():
    """Of a language that parts its words by no sign nothing is counted wrongly."""
    with pytest.raises(UnknownNameError, match="not parted by spaces"):
        counted_as("th")
