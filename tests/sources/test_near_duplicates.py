"""Sources that repeat each other are proposed as copies; what belongs together anyway is not."""

from __future__ import annotations

import random
from itertools import combinations
from pathlib import Path

import pytest

from tertium.errors import MissingLibraryError
from tertium.sources import near_duplicates as module
from tertium.sources.near_duplicates import near_duplicates
from tertium.sources.source import Source
from tertium.study import open_study

ENGLISH = (
    "On Monday two hundred couriers of the harbour joined the city federation. The federation "
    "gave them rain coats and a card for a medical check. A clerk read out the labour law, and "
    "the couriers asked how long a claim for back wages takes. Nobody could tell them."
)
CHINESE = (
    "星期一,港口的二百名快递员加入了市总工会。工会给他们发了雨衣和体检卡。一名工作人员宣读了劳动法,"
    "快递员们问讨要欠薪要多长时间,没有人能回答。会后他们在门口又谈了一个小时。"
)
MENU = "Home\nAbout us\nContact\nNews\nDonate\nSearch\n\n"
OTHER_MENU = "Start\nLogin\nOur work\nNewsletter\nArchive\nShop\nImprint\n\n"


def pairs(*sources: Source, at_least: float = 0.6, **more) -> list[tuple[str, str]]:
    """Return who repeats whom."""
    found = near_duplicates(sources, at_least=at_least, **more)
    return [(each.source_id, each.copy_of) for each in found]


@pytest.mark.parametrize(
    ("text", "mirror"),
    [
        (ENGLISH, ENGLISH.upper().replace(".", "!")),
        (ENGLISH, ENGLISH.replace("Monday", "Tuesday").replace("rain coats", "rain jackets")),
        (CHINESE, CHINESE.replace("星期一", "周一").replace("雨衣", "雨具")),
        (MENU + ENGLISH, OTHER_MENU + ENGLISH),
        (CHINESE, "首页\n新闻\n联系我们\n\n" + CHINESE),
    ],
)
def test_a_mirror_is_found(text: str, mirror: str) -> None:
    """Case, punctuation, a few words and another menu hide no copy, in English or Chinese."""
    assert pairs(Source("a", text), Source("b", mirror)) == [("b", "a")]


def test_texts_on_one_matter_are_no_copies() -> None:
    """The same words in another order, or the same story told again, are not proposed."""
    sentences = ENGLISH.split(". ")
    other = (
        "Couriers in the port were enrolled by the town's union on Monday, two hundred in all. They "
        "got coats against the rain and may see a doctor. How long unpaid wages take to recover, "
        "which several asked after hearing the statute, the officials did not know."
    )
    assert pairs(Source("a", ENGLISH), Source("b", other)) == []
    shuffled = " ".join(sorted(ENGLISH.split()))
    assert pairs(Source("a", ENGLISH), Source("b", shuffled)) == []
    assert pairs(Source("a", ENGLISH), Source("c", sentences[0])) == []


def test_the_later_one_is_the_copy() -> None:
    """The date decides, then whether there is one, then the id; the order of input never does."""
    early = Source("z", ENGLISH, facts={"date": "2010-05"})
    late = Source("b", ENGLISH + " It rained.", facts={"date": "2012"})
    undated = Source("a", ENGLISH + " It snowed.")
    expected = [("a", "z"), ("b", "z")]
    for given in ((early, late, undated), (undated, late, early), (late, undated, early)):
        assert pairs(*given) == expected


def test_what_renders_a_work_is_no_copy_of_it() -> None:
    """A digest, a translation and a known copy are tied to their work, also through others."""
    original = Source("a", ENGLISH)
    digest = Source("b", ENGLISH + " In short.", facts={"digest_of": "a"})
    copy = Source("c", ENGLISH + " Again.", facts={"copy_of": "b"})
    assert pairs(original, digest, copy) == []
    unread = Source("d", ENGLISH + " More.", facts={"digest_of": "not-read"})
    assert pairs(original, unread) == [("d", "a")]
    assert pairs(original, unread, renders={"not-read": "a"}) == []


def test_similarity_is_that_of_every_pair_counted_out() -> None:
    """What is proposed and how alike it is equals the count over all pairs, shingle by shingle."""
    rng = random.Random(5)
    words = sorted(set(ENGLISH.split()))
    texts = []
    for _ in range(20):
        text = [rng.choice(words) for _ in range(60)]
        texts.append(" ".join(text))
        for changes in (1, 4, 30):
            other = list(text)
            for _ in range(changes):
                other[rng.randrange(60)] = rng.choice(words)
            texts.append(" ".join(other))
    sources = [Source(f"s{number:03}", text) for number, text in enumerate(texts)]

    def shingles(text: str) -> set[str]:
        plain = " ".join("".join(c if c.isalnum() else " " for c in text.casefold()).split())
        return {plain[place : place + 7] for place in range(len(plain) - 6)}

    best: dict[str, float] = {}
    for one, other in combinations(sources, 2):
        first, second = shingles(one.text), shingles(other.text)
        similarity = len(first & second) / len(first | second)
        if similarity >= 0.75:
            best[other.id] = max(similarity, best.get(other.id, 0))
    found = near_duplicates(sources, at_least=0.75)
    assert {each.source_id: each.similarity for each in found} == pytest.approx(best)
    assert found == near_duplicates(list(reversed(sources)), at_least=0.75)


def test_short_and_empty_texts_are_let_pass() -> None:
    """A text shorter than a shingle is like no other."""
    assert pairs(Source("a", "No."), Source("b", "No."), Source("c", ""), Source("d", "。")) == []


@pytest.mark.parametrize("at_least", [0, -1, 1.5])
def test_a_share_that_is_none_is_refused(at_least: float) -> None:
    """The least similarity lies above 0 and not above 1."""
    with pytest.raises(ValueError, match="write a share"):
        near_duplicates([], at_least=at_least)


def test_without_the_library_the_message_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Nothing is proposed silently where nothing was looked for."""
    monkeypatch.setattr(module, "find_spec", lambda name: None)
    with pytest.raises(MissingLibraryError, match=r"pip install 'tertium\[duplicates\]'"):
        near_duplicates([], at_least=0.6)


def test_the_shipped_sources_repeat_none(repository: Path) -> None:
    """No two of our texts are alike by a third, digests and translations of one case apart."""
    study = open_study(repository / "data" / "studies" / "labour-organising.yml")
    sources = study.collection.sources
    assert near_duplicates(sources, at_least=0.33, renders=study.listed.renders) == []
