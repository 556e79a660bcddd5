"""YAML text to data: lines, faults, and what is refused before it can do harm."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from tertium.errors import Fault, InputError
from tertium.schemes.scheme import Scheme
from tertium.yaml_text import model_faults, parse_yaml

SCHEME = """name: mini
version: 1.0.0
title: Mini
description: For tests.
verdict: {text: One., present: 0.6, undecided: 0.3}
codes:
  - id: strike
    label: Strike
    definition: D.
    when_to_use: W.
    when_not_to_use: N.
    tactics:
      - {id: stoppage, label: Stoppage, definition: D.}
    examples:
      - {text: A strike., coded: true}
    indicators:
      en:
        - {pattern: strike}
        - {pattern: walk-out, weight: 0.4}
        - {pattern: stoppage, within: 3}
"""


def refused(text: str) -> list[Fault]:
    """The faults for which a text is refused."""
    with pytest.raises(InputError) as caught:
        parse_yaml(text, file="x.yml")
    return list(caught.value.faults)


def faults(text: str) -> list[str]:
    """What the scheme model complains about, as a user reads it."""
    data, lines = parse_yaml(text, file="x.yml")
    with pytest.raises(ValidationError) as caught:
        Scheme.model_validate(data)
    return [str(fault) for fault in sorted(model_faults(caught.value, data, lines, file="x.yml"))]


# Lines.


def test_keys_and_items_know_their_lines():
    """Counted from 1; what is not in the file stands where the thing around it does."""
    data, lines = parse_yaml(SCHEME, file="x.yml")
    assert data["codes"][0]["id"] == "strike"
    assert lines.at(("version",)) == 2
    assert lines.at(("codes", 0, "id")) == 7
    assert lines.at(("codes", 0, "indicators", "en", 2)) == 20
    assert lines.at(("codes", 0, "indicators", "en", 2, "weight")) == 20
    assert lines.at(("codes", 0, "no_such", 9)) == 7
    assert lines.at(("codes", 5)) == 6
    assert lines.at(("nothing",)) == 1


@given(
    st.lists(st.sampled_from(["", "# note", "  # note"]), max_size=5),
    st.lists(st.sampled_from(["alpha", "beta", "罢工", "'x y'"]), unique=True, min_size=1),
)
def test_comments_and_blank_lines_move_lines(before: list[str], keys: list[str]):
    """The line of a key is that of the file, however the file is spaced."""
    text = "\n".join([*before, *(f"{key}: 1" for key in keys)])
    data, lines = parse_yaml(text, file="x.yml")
    assert [lines.at((key,)) for key in data] == [len(before) + n + 1 for n in range(len(keys))]


# What is refused.


def test_a_key_that_stands_twice_is_a_fault_wherever_it_is():
    """YAML would silently keep the last one; all are named at once."""
    text = "a: 1\nb:\n  - c: 1\n    c: 2\na: 2\nd: {e: 1, e: 2}\n"
    assert [str(fault) for fault in refused(text)] == [
        "x.yml, line 4, b.0.c: stands twice; keep one of the two",
        "x.yml, line 5, a: stands twice; keep one of the two",
        "x.yml, line 6, d.e: stands twice; keep one of the two",
    ]


@pytest.mark.parametrize(
    "text", ["", "\n", "# only a note\n", "- a\n- b\n", "word\n", "3\n", "null\n"]
)
def test_what_is_no_mapping_is_refused(text: str):
    """An empty file, a list or a word is no file of ours."""
    (fault,) = refused(text)
    assert fault.found == "holds no mapping"


@pytest.mark.parametrize(
    ("text", "line", "found"),
    [
        ("a:\n\tb: 1\n", 2, "tab"),
        ("a: [1,\n", 2, ""),
        ("a: 'open\n", 2, ""),
        ("a: 1\n b: 2\n", 2, ""),
        ("a: 1\n---\nb: 2\n", 2, "another document"),
        ("? [a]\n: b\n", 1, "unhashable key"),
        ("a: !!python/object/apply:os.system [ls]\n", 1, "could not determine a constructor"),
        ("a: !mine 3\n", 1, "could not determine a constructor"),
        ("a: \x00\n", 0, "control characters"),
        ("a: 2021-13-45\n", 0, "month"),
    ],
)
def test_what_is_no_plain_yaml_is_one_fault_with_its_line(text: str, line: int, found: str):
    """Tabs, open brackets, two documents, keys that are lists, tags, control characters."""
    (fault,) = refused(text)
    assert fault.line == line
    assert found in fault.found


def test_an_alias_is_refused_with_its_remedy():
    """A pattern like *union is an alias in YAML's eyes: the remedy says to quote it."""
    (fault,) = refused("name: a\npatterns: [*union]\n")
    assert (fault.line, fault.found) == (2, "*union is an alias")
    assert "in quotes" in fault.remedy
    assert (
        parse_yaml("patterns: ['*union', \"stem*\"]\n", file="x.yml")[0]["patterns"][0] == "*union"
    )


@pytest.mark.parametrize(
    "text",
    [
        "a: &a [x, x]\n"
        + "".join(
            f"{chr(98 + n)}: &{chr(98 + n)} [" + f"*{chr(97 + n)}, " * 9 + "]\n" for n in range(20)
        ),
        "a: &a [*a]\n",
        "a: &a {b: *a}\n",
        "a: &a {b: 1}\nc: {<<: *a}\n",
        "a: " + "[" * 100_000,
        "a: " + "[" * 100_000 + "]" * 100_000,
        "{a: " * 50_000 + "1" + "}" * 50_000,
        "- " * 5_000 + "a\n",
    ],
    ids=[
        "billion laughs",
        "itself",
        "itself in a mapping",
        "merge",
        "deep",
        "deep closed",
        "maps",
        "dashes",
    ],
)
def test_a_text_that_would_unfold_or_nest_without_end_is_refused_at_once(text: str):
    """A file of a few lines must not fill the memory or break the parser."""
    before = time.process_time()
    found = {fault.found for fault in refused(text)}
    assert all("is an alias" in each or "is nested deeper" in each for each in found)
    assert time.process_time() - before < 5


# What the model complains about.


def test_a_sound_scheme_has_no_faults():
    """The text that the next tests spoil is good."""
    data, _ = parse_yaml(SCHEME, file="x.yml")
    assert Scheme.model_validate(data).code_ids == ("strike",)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "pattern: stoppage,",
            "pattern: stoppage, weight: 7,",
            'x.yml, line 20, code "strike", indicators.en, number 3, weight: 7 is not accepted; '
            "it should be less than or equal to 1",
        ),
        (
            "- {pattern: stoppage, within: 3}",
            "- 5",
            'x.yml, line 20, code "strike", indicators.en, number 3: is no mapping; write lines of the '
            "form key: value below it",
        ),
        (
            "within: 3",
            "within: near",
            "x.yml, line 20, code \"strike\", indicators.en, number 3, within: 'near' is not accepted; "
            "it should be 'sentence' or a valid integer, unable to parse string as an integer",
        ),
        (
            "within: 3",
            "wihtin: 3",
            'x.yml, line 20, code "strike", indicators.en, number 3, wihtin: is no key here; remove it, '
            "or check its spelling",
        ),
        (
            "{id: stoppage, label: Stoppage, definition: D.}",
            "{id: stoppage, label: Stoppage}",
            'x.yml, line 13, code "strike", tactic "stoppage", definition: is missing; write it',
        ),
        (
            "coded: true",
            "coded: maybe",
            "x.yml, line 15, code \"strike\", examples, number 1, coded: 'maybe' is not accepted; it "
            "should be a valid boolean, unable to interpret input",
        ),
        (
            "present: 0.6",
            "present: 6",
            "x.yml, line 5, verdict.present: 6 is not accepted; it should be less than or equal to 1",
        ),
        ("title: Mini\n", "", "x.yml, line 1, title: is missing; write it"),
        ("title: Mini", "titel: Mini", "x.yml, line 3, titel: is no key here; remove it, or check its spelling"),
        (
            "label: Strike",
            "label: []",
            'x.yml, line 8, code "strike", label: [] is not accepted; it should be a valid string',
        ),
        (
            "version: 1.0.0",
            "version: 1.0",
            "x.yml, line 2, version: 1.0 is not accepted; it should be a valid string",
        ),
        (
            "      en:\n",
            "      no:\n",
            'x.yml, line 16, code "strike", indicators: the key False is no text; put the key in quotes',
        ),
        (
            "      en:\n",
            "      English:\n",
            "x.yml, line 16, code \"strike\", indicators: the key 'English' is not accepted; String should "
            "match pattern '^[a-z]{2,3}$'",
        ),
    ],
)  # fmt: skip
def test_a_fault_says_where_what_and_what_would_be_right(old: str, new: str, told: str):
    """By code and number as a person counts, never by the path of the data."""
    assert old in SCHEME
    assert told in faults(SCHEME.replace(old, new))


def test_all_faults_are_told_at_once():
    """A file is mended in one go."""
    text = SCHEME.replace("title: Mini\n", "").replace("0.4", "4").replace("within: 3", "x: 3")
    assert len(faults(text)) == 3


def test_long_values_are_cut_short():
    """A fault stays readable whatever stands in the file."""
    text = SCHEME.replace("within: 3", "within: " + "x" * 500)
    assert max(map(len, faults(text))) < 300
