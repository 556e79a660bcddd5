"""Key terms are those that a group has more often, in several sources, each with its sentences."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tertium.comparison.keyness.keyness import keyness
from tertium.errors import UnknownNameError

from ..conftest import SCHEMES, make_tables, shuffled, source, verdict
from .test_words import actors

ASKED = {
    "by": "voice", "group": "ngo", "against": "rest", "language": "en", "names": "as_words",
    "function_words": "keep", "least": 1, "least_sources": 1, "rank_by": "log_likelihood",
}  # fmt: skip


@pytest.fixture
def voices():
    """Two NGO texts that speak of strikes, two state texts that speak of harmony."""
    return make_tables(
        [
            source("n1", "A strike began. The strike went on.\n\n# Strike heading\n\nIt ended.", voice="ngo", country="China"),
            source("n2", "The strike won the strike. Silicosis silicosis silicosis.", voice="ngo", country="China; India"),
            source("s1", "The union spoke of the harmony.", voice="state_media", country="India"),
            source("s2", "The union served the people. A strike ended.", voice="state_media"),
            source("ru", "Забастовка началась.", voice="ngo", language="ru"),
        ],
        verdicts=[
            verdict("n1", "approach", "strike", "present"), verdict("n2", "approach", "strike", "present"),
            verdict("s1", "approach", "strike", "absent"), verdict("s2", "approach", "strike", "undecided"),
            verdict("s1", "approach", "state_led", "present"), verdict("n2", "approach", "state_led", "present"),
        ],
    )  # fmt: skip


def row(result, term):
    return result.frame.set_index("term").loc[term]


def test_what_is_more_frequent(voices):
    """A term of the group stands with its counts, rates and sources; a term of the others does not."""
    result = keyness(voices, **ASKED)
    strike = row(result, "strike")
    # 9 and 8 words without the heading; 6 and 8 in the others.
    assert (strike["count"], strike["count_other"]) == (4, 1)
    assert strike["per_1000"] == pytest.approx(4000 / 17)
    assert strike["times_as_often"] == pytest.approx((4 / 17) / (1 / 14))
    assert (strike["sources"], strike["sources_other"]) == (2, 1)
    assert "union" not in set(result.frame["term"])
    assert "in other languages: 1 source." in result.note


def test_a_term_of_one_source_can_be_left_out(voices):
    """What only one source dwells on is no word of the group."""
    assert "silicosis" in set(keyness(voices, **ASKED).frame["term"])
    several = keyness(voices, **{**ASKED, "least_sources": 2})
    assert "silicosis" not in set(several.frame["term"])
    assert "in 2 sources or more" in several.note


def test_a_source_of_several_voices_is_in_no_rest(voices):
    """The group may be among the voices of a mixed source: it is left out, and told."""
    row_of = voices.sources["source_id"].eq("s2")
    sources = voices.sources.copy()
    sources.loc[row_of, "voice"] = "mixed"
    mixed = keyness(replace(voices, sources=sources), **ASKED)
    assert "the others: 1 with" in mixed.note
    assert "Left out, for they join several voices: 1 source." in mixed.note
    assert "several voices" not in keyness(voices, **ASKED).note


def test_the_sentences_behind_a_term(voices):
    """A row leads to sentences of the group, of each source the first before any second."""
    result = keyness(voices, **ASKED)
    number = result.frame.index[result.frame["term"] == "strike"][0]
    assert set(result.evidence(number, "term")["quote"]) == {
        "A strike began.", "The strike went on.", "The strike won the strike.",
    }  # fmt: skip


def test_what_the_others_never_have(voices):
    """A term without a ratio says so in place of a number."""
    result = keyness(voices, **ASKED)
    place = list(result.frame["term"]).index("silicosis")
    column = list(result.frame.columns).index("times_as_often")
    assert result.cell_text(place, column) == "only here"
    assert "not defined, because a group has fewer than 5 sources" in result.note
    assert result.frame["low"].isna().all()


def test_function_words_can_be_left_out(voices):
    """Without function words their places do not count in the rates either."""
    kept, left = (
        keyness(voices, **ASKED),
        keyness(voices, **{**ASKED, "function_words": "leave_out"}),
    )
    assert "it" in set(kept.frame["term"])
    assert "it" not in set(left.frame["term"])
    assert row(left, "strike")["per_1000"] > row(kept, "strike")["per_1000"]
    assert "are left out" in left.note


def test_groups_by_a_code(voices):
    """By a scheme the group holds the code and the rest does not; who holds both codes is in neither."""
    rest = keyness(voices, **{**ASKED, "by": "approach", "group": "strike"})
    assert "The group: 2 sources" in rest.note
    assert "others: 1 with" in rest.note
    assert "undecided or missing: 1 source." in rest.note
    assert "looks for words" in rest.note
    other = keyness(
        voices, **{**ASKED, "by": "approach", "group": "strike", "against": "state_led"}
    )
    assert "The group: 1 source with" in other.note
    assert "they hold both codes: 1 source." in other.note


def test_a_source_of_two_countries_is_in_neither(voices):
    """What belongs to both groups tells no difference between them."""
    result = keyness(voices, **{**ASKED, "by": "country", "group": "China", "against": "India"})
    assert "The group: 1 source with" in result.note
    assert "in both groups: 1 source." in result.note


def test_parts_have_the_voices():
    """By voice a compiled source is asked part by part; by country it stands whole."""
    tables = make_tables(
        [
            source("whole", "Strike and harmony.", voice="mixed", country="China"),
            source("p1", "Strike.", voice="ngo", country="China", part_of="whole"),
            source("p2", "Harmony.", voice="state_media", country="China", part_of="whole"),
            source("x", "Other words.", voice="other", country="India"),
        ]
    )
    voices = keyness(tables, **{**ASKED, "against": "state_media"})
    assert list(voices.frame["term"]) == ["strike"]
    country = keyness(tables, **{**ASKED, "by": "country", "group": "China"})
    assert set(country.frame["term"]) == {"strike", "and", "harmony"}


def test_names_need_the_list_of_actors(voices):
    """Names are taken from the study's actors; without these none is, and the note says so."""
    without = keyness(voices, **{**ASKED, "names": "leave_out"})
    assert list(without.frame["term"]) == list(keyness(voices, **ASKED).frame["term"])
    assert "The study lists no actors, so names are words like others." in without.note
    named = make_tables(
        [
            source("a", "China Labour Bulletin struck.", voice="ngo"),
            source("b", "Quiet.", voice="other"),
        ]
    )
    named = replace(named, schemes={**SCHEMES, "actor": actors()})
    result = keyness(named, **{**ASKED, "names": "one_term"})
    assert list(result.frame["term"]) == ["[China Labour Bulletin]", "struck"]


def test_chinese_is_counted_in_pairs():
    """Pairs of characters are terms, and the note says what that means."""
    tables = make_tables(
        [source("a", "工人罢工。罢工。", voice="ngo", language="zh"), source("b", "工会开会。", voice="other", language="zh")]
    )  # fmt: skip
    result = keyness(tables, **{**ASKED, "language": "zh"})
    assert result.frame["term"][1] == "罢工"
    assert "two neighbouring characters" in result.note


def test_digests_tell_of_themselves():
    """Where texts are digests the note says whose words are counted."""
    tables = make_tables(
        [source("a", "Strike.", voice="ngo", kind="digest"), source("b", "Quiet.", voice="other")]
    )
    assert "1 of 2 texts are digests in this project's words" in keyness(tables, **ASKED).note


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"by": "publisher"}, "voice"),
        ({"group": "party"}, "by voice there are ngo, state_media"),
        ({"against": "ngo"}, "are both"),
        ({"language": "fr"}, "translations are not counted"),
        ({"language": "th"}, "not parted by spaces"),
        ({"names": "some"}, "as_words, one_term, leave_out"),
        ({"function_words": "some"}, "keep, leave_out"),
        ({"rank_by": "p"}, "log_likelihood, log_ratio"),
        ({"least": 0}, "from 1"),
        ({"language": "fr", "function_words": "leave_out"}, "no list"),
        ({"by": "approach", "group": "march"}, "no code 'march'"),
    ],
)
def test_what_there_is_not_is_refused(voices, change, message):
    """A wrong argument is answered with what there is."""
    with pytest.raises(UnknownNameError, match=message):
        keyness(voices, **{**ASKED, **change})


def test_at_most_so_many(voices):
    """The list is as long as asked, and the note says how many terms there are."""
    result = keyness(voices, **{**ASKED, "most": 2})
    assert len(result.frame) == 2
    assert "the first 2 are shown" in result.note


WORDS = st.lists(st.sampled_from(["strike", "union", "law", "pay"]), min_size=1, max_size=8)


@settings(max_examples=20)
@given(
    ours=st.lists(WORDS, min_size=1, max_size=6),
    others=st.lists(WORDS, min_size=1, max_size=6),
    seed=st.integers(0, 3),
)
def test_no_term_is_key_on_both_sides(ours, others, seed):
    """A term of the one is none of the other, every term is more frequent, and rows have no order."""
    sources = [source(f"n{n}", " ".join(words), voice="ngo") for n, words in enumerate(ours)]
    sources += [source(f"s{n}", " ".join(words), voice="other") for n, words in enumerate(others)]
    tables = make_tables(sources)
    one = keyness(tables, **ASKED)
    other = one.again(tables, group="other", against="ngo")
    assert not set(one.frame["term"]) & set(other.frame["term"])
    assert (one.frame["per_1000"] > one.frame["per_1000_other"]).all()
    mixed = shuffled(tables, lambda n: random.Random(seed).sample(range(n), n))
    assert repr(one.again(mixed)) == repr(one)


@pytest.mark.parametrize(
    "asked",
    [{"group": "academic"}, {"language": "zh"}, {"by": "interest", "group": "ally"},
     {"group": "ngo", "against": "company"}],
)  # fmt: skip
def test_a_group_that_could_have_sources_and_has_none_is_empty(voices, asked):
    """A voice, code or language that no source has gives an empty list that says so."""
    result = keyness(voices, **{**ASKED, **asked})
    assert result.frame.empty
    assert result.note.startswith("Nothing to compare: no source")


def test_a_code_that_no_source_holds_has_no_words(voices):
    """A code of the scheme that is nowhere present gives an empty list that says so."""
    nowhere = replace(voices, verdicts=voices.verdicts[voices.verdicts["verdict"] != "present"])
    result = keyness(nowhere, **{**ASKED, "by": "approach", "group": "strike"})
    assert result.frame.empty
    assert "no source is in “strike”" in result.note


@pytest.mark.parametrize("asked", [{"group": "ngos"}, {"by": "distance", "group": "far"}])
def test_a_group_that_there_is_not_is_refused(voices, asked):
    """An unknown word is a mistake and stays one."""
    with pytest.raises(UnknownNameError):
        keyness(voices, **{**ASKED, **asked})
