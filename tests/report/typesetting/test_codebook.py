"""The codebook prints the beginning of a long list; a CSV file beside the report has all of it."""

from __future__ import annotations

import re

import pytest

from tertium.report.typesetting.codebook import codebook, list_table
from tertium.report.typesetting.words import WORDS
from tertium.schemes.actors import NAME as ACTORS
from tertium.study import open_study


@pytest.fixture(scope="module")
def study():
    return open_study("labour-organising")


def test_the_table_of_lists_has_every_pattern(study):
    """Each list that an indicator names stands there whole, in every language of the scheme."""
    table = list_table(study)
    assert list(table.columns) == ["scheme", "list", "language", "pattern"]
    for scheme in study.schemes:
        if scheme.name == ACTORS:
            assert scheme.reference not in set(table["scheme"])
            continue
        own = table[table["scheme"] == scheme.reference]
        used = {
            reference[1:]
            for code in scheme.codes
            for indicators in code.indicators.values()
            for indicator in indicators
            for reference in indicator.references
            if reference.startswith("@")
        }
        assert set(own["list"]) <= used
        for name in used & set(scheme.lists):
            for language, patterns in scheme.lists[name].items():
                here = own[(own["list"] == name) & (own["language"] == language)]
                assert list(here["pattern"]) == list(patterns), (scheme.name, name, language)


def test_a_long_list_is_cut_in_print_and_says_how_long_it_is(study):
    """The codebook has the beginning of a long list in its order, and how many there are."""
    cut = 0
    schemes = {scheme.name: scheme for scheme in study.schemes}
    for book in codebook(study):
        for printed in book["lists"]:
            for line in printed["words"].split("\n"):
                language, _, words = line.partition(": ")
                patterns = schemes[book["name"]].lists[printed["name"]][language]
                counted = re.search(r" … \((\d+) in all\)$", words)
                if counted is None:
                    assert words == ", ".join(patterns)
                    continue
                cut += 1
                beginning = words[: counted.start()]
                assert int(counted[1]) == len(patterns)
                assert ", ".join(patterns).startswith(f"{beginning}, ")
    assert cut


@pytest.mark.parametrize("language", sorted(WORDS))
def test_the_codebook_says_where_the_lists_are_whole(language):
    """In each language of a report the codebook names the file that has all patterns."""
    assert "codebook-lists.csv" in WORDS[language]["codebook_lead"]
