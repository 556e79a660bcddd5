"""The indicator grammar: what a pattern means, in English, Chinese and Russian."""

from __future__ import annotations

import itertools
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tertium.coding.match import Searcher, compile_pattern, fold
from tertium.errors import UnknownNameError
from tertium.offsets import canonical
from tertium.schemes.scheme import Code, Indicator, Scheme, VerdictRule
from tertium.spans import Span


def scheme(**lists: dict[str, tuple[str, ...]]) -> Scheme:
    """A scheme with nothing but named lists."""
    code = Code(
        id="any", label="Any", definition="Any.", when_to_use="Always.", when_not_to_use="Never."
    )
    rule = VerdictRule(text="One passage.", present=0.6, undecided=0.3)
    return Scheme(
        name="mini",
        version="1.0.0",
        title="Mini",
        description="For tests.",
        verdict=rule,
        lists=lists,
        codes=(code,),
    )


def found(
    text: str, *sentences: Span, language: str = "en", lists: Scheme | None = None, **indicator
) -> list[str]:
    """The words that an indicator fires on; the whole text is one sentence unless told."""
    spans = sentences or (Span(0, len(text)),)
    searcher = Searcher(text, spans, lists or scheme(), language)
    return [text[hit.start : hit.end] for hit in searcher.hits(Indicator(**indicator))]


def pieces(*parts: str, joint: str = " ") -> tuple[str, list[Span]]:
    """A text of `parts`, and the span of each."""
    starts = [0]
    for part in parts[:-1]:
        starts.append(starts[-1] + len(part) + len(joint))
    return joint.join(parts), [
        Span(start, start + len(part)) for start, part in zip(starts, parts, strict=True)
    ]


# What one pattern matches.


@pytest.mark.parametrize(
    ("pattern", "text", "hits"),
    [
        ("strike", "A strike. Strikes, strikers, overstrike; STRIKE!", ["strike", "STRIKE"]),
        ("strik*", "A strike. Strikes, striking, overstrike", ["strike", "Strikes", "striking"]),
        ("*strike", "A strike, an overstrike, strikes", ["strike", "overstrike"]),
        ("*strik*", "overstriking strikes", ["overstriking", "strikes"]),
        ("org*ise", "organise orgise organised", ["organise", "orgise"]),
        ("draft * law*", "the draft labour law and draft laws", ["draft labour law"]),
        ("trade * union", "trade union; trade-union; trade 2nd union", ["trade 2nd union"]),
        ("union of *", "the union of Kazakhstan's oilmen", ["union of Kazakhstan's"]),
        ("* law", "the self-made law", ["self-made law"]),
        ("work-in", "A work-in, a work\u2011in, a work in", ["work-in", "work\u2011in"]),
        ("U.S. union", "The U.S. union, the US union", ["U.S. union"]),
        ("забастов*", "ЗАБАСТОВКА, забастовки, предзабастовочный", ["ЗАБАСТОВКА", "забастовки"]),
        ("*союз", "Профсоюз, союз, союзник", ["Профсоюз", "союз"]),
        ("федераци* профсоюзов", "Федерация\u00a0профсоюзов", ["Федерация\u00a0профсоюзов"]),
        ("при*м", "приём и прием, примы", ["приём", "прием"]),
        ("罢工", "工人罢工,司机大罢工", ["罢工", "罢工"]),
        ("全国 总工会", "全国总工会与全国\u3000总工会", ["全国总工会", "全国\u3000总工会"]),
        ("劳工 NGO", "劳工NGO和劳工 NGO", ["劳工NGO", "劳工 NGO"]),
        ("工 * 会", "工总会,工会", ["工总会"]),
        ("加入 * 工会", "加入ACFTU工会", ["加入ACFTU工会"]),
        ("* NGO", "北方NGO", ["方NGO"]),
        ("NGO * *", "NGO帮助 and NGO in town now", ["NGO帮助", "NGO in town"]),
        ("istanbul", "İSTANBUL, istanbul, ISTANBUL", ["İSTANBUL", "istanbul", "ISTANBUL"]),
    ],
)
def test_a_pattern_matches_what_the_grammar_says(pattern: str, text: str, hits: list[str]):
    """Words, stems on either side, inner stars, one-word stars, phrases and Han substrings."""
    assert found(text, pattern=pattern) == hits


@pytest.mark.parametrize(
    "space",
    [
        chr(point)
        for point in range(sys.maxunicode + 1)
        if unicodedata.category(chr(point)) == "Zs" and unicodedata.is_normalized("NFC", chr(point))
    ]
    + ["\n", "\t", "\u00a0 \u2003"],
)
def test_every_unicode_space_separates_the_words_of_a_phrase(space: str):
    """A no-break space, a thin space, an ideographic space or a run of them is white space."""
    assert found(f"Hong{space}Kong", pattern="hong kong") == [f"Hong{space}Kong"]


@pytest.mark.parametrize("mark", ["'", "’", "ʼ"])
def test_apostrophes_of_any_shape_are_one(mark: str):
    """A pattern typed with a straight apostrophe finds a curly one, and the other way round."""
    assert found(f"workers{mark} union", pattern="workers' union") == [f"workers{mark} union"]
    assert found("workers' union", pattern=f"workers{mark} union") == ["workers' union"]


@pytest.mark.parametrize(
    "text", ["中国ACFTU组织", "中国 ACFTU 组织", "「ACFTU」", "ACFTUの組織", "々ACFTU〇"]
)
def test_a_latin_word_is_found_beside_han_and_kana(text: str):
    """A Han or kana character is a word of its own and never blocks its neighbour."""
    assert found(text, pattern="ACFTU", language="zh") == ["ACFTU"]


@pytest.mark.parametrize("text", ["XACFTU", "ACFTUs", "ACFTU2", "ФACFTU", "ACFTU_a", "ACFTU\u0301"])
def test_a_word_is_not_found_inside_another(text: str):
    """Letters, digits, the low line and combining marks go on with a word."""
    assert found(text, pattern="ACFTU") == []


@pytest.mark.parametrize("before", ["İ", "ı", "ß", "ẞ", "ﬁ", "Σς", "👍🏽", "e\u0301", "𠀀", "𝔸"])
def test_letters_that_change_length_do_not_move_offsets(before: str):
    """Case is ignored character for character, so a hit stands where the text has it."""
    text = canonical(f"{before} Strike {before}罢工 {before} strike")
    assert found(text, pattern="strike") == ["Strike", "strike"]
    assert found(text, pattern="罢工") == ["罢工"]


@given(st.text())
def test_folding_keeps_every_character_in_its_place(text: str):
    """A folded text has one character for each of the text, so offsets stay true."""
    assert len(fold(text)) == len(text)


def test_a_pattern_in_decomposed_letters_finds_a_composed_text():
    """Some editors write й as two characters; the text is NFC, and so becomes the pattern."""
    assert found("рабочий", pattern=unicodedata.normalize("NFD", "рабочий")) == ["рабочий"]


def test_a_pattern_without_a_word_is_refused():
    """Nothing to look for is an error, not a pattern that is everywhere."""
    with pytest.raises(ValueError, match="at least one word"):
        compile_pattern("  ")


def test_a_pattern_takes_the_leftmost_and_longest_and_goes_on_behind_it():
    """Hits of one pattern never overlap each other."""
    assert found("union a union b union", pattern="union * union") == ["union a union"]
    assert found("strikers", pattern="strik*") == ["strikers"]


def test_hits_of_different_patterns_may_overlap():
    """A word is found by every pattern that it fits, in order of position."""
    assert found("legal aid centre", pattern=("aid centre", "legal aid", "legal aid *")) == [
        "legal aid",
        "legal aid centre",
        "aid centre",
    ]


# Where a hit may stand.


@pytest.mark.parametrize("joint", [" ", "\n", "\n\n", "\u00a0"])
def test_a_phrase_never_crosses_two_sentences(joint: str):
    """White space between sentences, paragraphs or zones is no space within a phrase."""
    text, spans = pieces("They joined the trade", "union leaders came", joint=joint)
    assert found(text, *spans, pattern="trade union") == []
    assert found(text, pattern="trade union") == [f"trade{joint}union"]


def test_a_match_that_would_cross_hides_none_behind_it():
    """What begins in one sentence must not swallow the hit of the next."""
    text, spans = pieces("strike", "strike strike", joint="\n\n")
    assert found(text, *spans, pattern="strike strike") == ["strike strike"]


def test_nothing_is_found_between_the_sentences_given():
    """Text that is in no sentence (page furniture) is never searched."""
    text, spans = pieces("Home", "Strike now", "They struck")
    assert found(text, spans[0], spans[2], pattern="strike") == []


# The company that a hit needs.

PEOPLE = scheme(workers={"en": ("worker*", "miners"), "zh": ("工人",), "ru": ("рабоч*",)})


def test_exclude_drops_a_hit_that_it_touches_and_no_other():
    """A balance that is struck is no strike, also where a real one stands in the sentence."""
    text = "They strike a balance, then the miners strike."
    assert found(text, pattern="strike", exclude="strike a balance") == ["strike"]
    assert found("strike a balance", pattern="strike", exclude="strike a balance") == []


def test_require_asks_for_a_word_in_the_same_sentence():
    """A word of the list in the sentence before does not count."""
    text, spans = pieces("Workers met.", "A strike began.", "A strike of miners.")
    assert found(text, *spans, pattern="strike", require="@workers", lists=PEOPLE) == ["strike"]
    searcher = Searcher(text, spans, PEOPLE, "en")
    hits = searcher.hits(Indicator(pattern="strike", require="@workers"))
    assert [hit.sentence for hit in hits] == [2]


def test_unless_forbids_a_word_in_the_same_sentence():
    """One forbidden word anywhere in the sentence is enough; elsewhere it does no harm."""
    text, spans = pieces("The drone strike killed.", "A strike began.")
    assert found(text, *spans, pattern="strike", unless=("drone", "army")) == ["strike"]


@pytest.mark.parametrize(("between", "near_enough"), [(0, True), (4, True), (5, False)])
@pytest.mark.parametrize("first", ["The miners met.", "They strike."])
def test_around_looks_five_sentences_back_and_ahead(between, near_enough, first):
    """Company of `around` counts on either side, up to the fifth sentence and no further."""
    last = "They strike." if first == "The miners met." else "The miners met."
    text, spans = pieces(first, *["It rained."] * between, last)
    assert bool(found(text, *spans, pattern="strike", around="miner*")) is near_enough
    assert bool(found(text, *spans, pattern="strike", not_around="miner*")) is not near_enough


@pytest.mark.parametrize(
    ("text", "distance"),
    [
        ("workers strike", 0),
        ("workers on strike", 1),
        ("strike by the workers", 2),
        ("workers, after long talks, strike", 3),
        ("worker's strike", 0),
        ("workers of non-union self-made shops strike", 4),
    ],
)
def test_near_counts_whole_words_between(text: str, distance: int):
    """Punctuation is no word, a hyphened word is one, the s of "worker's" is none."""
    near = {"pattern": "strike", "near": "@workers", "lists": PEOPLE}
    assert found(text, within=distance, **near) == ["strike"]
    if distance:
        assert found(text, within=distance - 1, **near) == []


@pytest.mark.parametrize(
    ("text", "distance"), [("工人罢工", 0), ("工人昨天罢工", 2), ("罢工的工人", 1)]
)
def test_near_counts_a_han_character_as_a_word(text: str, distance: int):
    """In Chinese the distance is in characters."""
    near = {"pattern": "罢工", "near": "@workers", "lists": PEOPLE, "language": "zh"}
    assert found(text, within=distance, **near) == ["罢工"]
    if distance:
        assert found(text, within=distance - 1, **near) == []


def test_near_without_a_number_reaches_through_the_sentence_only():
    """Within the sentence there is no distance, and company ends with the sentence."""
    long = "Workers " + "very " * 60 + "angry strike"
    assert found(long, pattern="strike", near="@workers", lists=PEOPLE) == ["strike"]
    text, spans = pieces("The workers met.", "A strike began.")
    assert found(text, *spans, pattern="strike", near="@workers", lists=PEOPLE) == []


def test_a_hit_is_no_company_for_itself():
    """Company means other words than those of the hit."""
    assert found("legal aid", pattern="legal aid", near="aid") == []
    assert found("legal aid and aid", pattern="legal aid", near="aid") == ["legal aid"]


@pytest.mark.parametrize(
    ("language", "pattern", "text"),
    [
        ("en", "strike", "There was no strike"),
        ("en", "strike", "They did not call a strike"),
        ("en", "strike", "They don’t want a strike"),
        ("en", "strike", "A year without any strike"),
        ("zh", "罢工", "没有罢工"),
        ("zh", "罢工", "今年没有发生过罢工"),
        ("zh", "罢工", "全年无罢工"),
        ("zh", "罷工", "工人並未舉行罷工"),
        ("ru", "забастовк*", "На заводе не будет забастовки"),
        ("ru", "забастовк*", "Год без единой забастовки"),
    ],
)
def test_a_denied_hit_is_dropped(language: str, pattern: str, text: str):
    """A negation in the three words before a hit takes it away where the indicator says so."""
    assert found(text, pattern=pattern, language=language)
    kept = found(text, pattern=pattern, language=language, not_negated=True)
    assert len(kept) == len(found(text, pattern=pattern, language=language)) - 1


@pytest.mark.parametrize(
    ("language", "pattern", "text"),
    [
        ("en", "strike", "Workers who were not paid for May called a strike"),
        ("en", "strike", "Workers at plant No. 5 strike"),
        ("en", "strike", "They not only strike but march"),
        ("en", "strike", "The strike did not end"),
        ("en", "strike", "Notable nostrums strike"),
        ("zh", "罢工", "无锡工人罢工"),
        ("zh", "罢工", "没有工资,工人罢工"),
        ("zh", "罢工", "工人不得不罢工"),
        ("ru", "забастовк*", "Небольшая забастовка"),
        ("ru", "забастовк*", "не только забастовка"),
        ("ru", "забастовк*", "не\u0301бо и забастовка"),
        ("kk", "strike", "no strike"),
    ],
)
def test_what_only_looks_like_a_negation_denies_nothing(language: str, pattern: str, text: str):
    """Too far, after the hit, another word, "No. 5", "not only": the hit stays."""
    text = canonical(text)
    assert len(found(text, pattern=pattern, language=language, not_negated=True)) == 1


def test_a_negation_in_the_sentence_before_denies_nothing():
    """The three words before a hit end where its sentence begins."""
    text, spans = pieces("They said no", "strike began")
    assert found(text, *spans, pattern="strike", not_negated=True) == ["strike"]


def test_a_named_list_stands_for_its_patterns_in_the_language():
    """A list has other patterns for each language; the source's language chooses."""
    assert found("工人 workers", pattern="@workers", lists=PEOPLE, language="zh") == ["工人"]
    assert found("工人 workers", pattern="@workers", lists=PEOPLE, language="en") == ["workers"]


def test_a_list_that_is_not_there_is_refused():
    """A name without a list is an error, never a search for the sign @."""
    with pytest.raises(UnknownNameError, match=r"@workers .*'kk'"):
        found("@workers", pattern="@workers", lists=PEOPLE, language="kk")


def test_a_regular_expression_is_taken_as_it_is():
    """The slow way out: case counts unless it says otherwise, and sentences still bound it."""
    text, spans = pieces("ILO Convention 87", "Convention 98", joint="\n")
    assert found(text, *spans, regex=r"Convention\s+\d+") == ["Convention 87", "Convention 98"]
    assert found(text, *spans, regex=r"(?i)convention \d+\s+convention") == []
    assert found(text, *spans, regex=r"convention") == []
    assert found(text, *spans, regex=r"(?m)^ILO|98$") == ["ILO", "98"]
    assert found(text, *spans, regex=r"x*") == []


# Properties.

WORDS = st.sampled_from(
    ["strike", "Strike", "STRIKES", "legal", "aid", "забастовка", "罢工", "工会"]
)
JOINTS = st.sampled_from([" ", "\u00a0", "  ", "\n", ", ", "-", "'", "", "👍", "\u0301", "。", "_"])
TEXTS = st.lists(st.tuples(WORDS, JOINTS), max_size=12).map(
    lambda parts: canonical("".join(word + joint for word, joint in parts))
)
PATTERNS = st.sampled_from(
    [
        "strike",
        "strik*",
        "*rike",
        "legal aid",
        "legal *",
        "* aid",
        "罢工",
        "забастов*",
        "工 会",
        "s*e",
    ]
)


def naive(text: str, phrase: str) -> list[tuple[int, int]]:
    """Where `phrase` stands in `text`, found without regular expressions."""
    words: list[tuple[int, int]] = []
    for index, character in enumerate(text):
        is_han = "\u4e00" <= character <= "\u9fff"
        is_letter = character.isalnum() or character == "_" or "\u0300" <= character <= "\u036f"
        if not is_letter:
            continue
        goes_on = words and words[-1][1] == index and not is_han
        if goes_on and not "\u4e00" <= text[index - 1] <= "\u9fff":
            words[-1] = (words[-1][0], index + 1)
        else:
            words.append((index, index + 1))
    wanted = phrase.lower().split()
    hits: list[tuple[int, int]] = []
    for first in range(len(words) - len(wanted) + 1):
        run = words[first : first + len(wanted)]
        if hits and run[0][0] < hits[-1][1]:
            continue
        gaps = [text[one[1] : other[0]] for one, other in itertools.pairwise(run)]
        if [text[a:b].lower() for a, b in run] == wanted and all(gap.isspace() for gap in gaps):
            hits.append((run[0][0], run[-1][1]))
    return hits


@given(TEXTS, st.sampled_from(["strike", "legal aid", "strike strike", "aid legal", "забастовка"]))
def test_a_literal_phrase_is_found_as_by_a_naive_search(text: str, phrase: str):
    """Two independent ways to the hits of a phrase of words agree."""
    spans = [Span(0, len(text))] if text else []
    hits = Searcher(text, spans, scheme(), "en").hits(Indicator(pattern=phrase))
    assert [(hit.start, hit.end) for hit in hits] == naive(text, phrase)


@given(TEXTS, PATTERNS)
def test_a_hit_is_what_the_text_reads_there(text: str, pattern: str):
    """The characters at a hit's offsets are the pattern's words and nothing more."""
    spans = [Span(0, len(text))] if text else []
    for hit in Searcher(text, spans, scheme(), "en").hits(Indicator(pattern=pattern)):
        assert compile_pattern(pattern).fullmatch(fold(text[hit.start : hit.end]))


@given(TEXTS, PATTERNS, st.sampled_from(["İx. ", "无关。\n\n", "👍🏽 ", "Ünrelated\u00a0ßtext\n"]))
def test_text_before_moves_every_hit_by_its_length(text: str, pattern: str, before: str):
    """A text found anywhere is found everywhere."""
    spans = [Span(0, len(text))] if text else []
    moved = [Span(span.start + len(before), span.end + len(before)) for span in spans]
    indicator = Indicator(pattern=pattern)
    here = Searcher(text, spans, scheme(), "en").hits(indicator)
    there = Searcher(before + text, moved, scheme(), "en").hits(indicator)
    assert [(hit.start + len(before), hit.end + len(before)) for hit in here] == [
        (hit.start, hit.end) for hit in there
    ]


@given(TEXTS, PATTERNS)
def test_hits_are_sorted_and_in_their_sentence(text: str, pattern: str):
    """Hits come in order of the text, each inside the sentence that it names."""
    middle = len(text) // 2
    spans = [Span(a, b) for a, b in ((0, middle), (middle, len(text))) if a < b]
    hits = Searcher(text, spans, scheme(), "en").hits(Indicator(pattern=pattern))
    assert hits == sorted(hits)
    assert all(spans[hit.sentence].holds(Span(hit.start, hit.end)) for hit in hits)


@pytest.mark.parametrize(
    ("language", "text", "pattern", "near"),
    [
        ("en", "They did not lobby for a law.", "law", "lobby"),
        ("en", "The strike did not take place.", "strike", None),
        ("ru", "Забастовки не было.", "забастов*", None),
        ("zh", "罢工没有发生。", "罢工", None),
    ],
)
def test_negation_of_company_and_behind_a_hit_is_seen(language, text, pattern, near) -> None:
    """A denied company is none, and a denial may stand right behind the hit."""
    indicator = Indicator(pattern=pattern, near=near or (), not_negated=True)
    searcher = Searcher(text, [Span(0, len(text))], scheme(), language)
    assert searcher.hits(indicator) == []
    assert searcher.hits(indicator.model_copy(update={"not_negated": False}))
