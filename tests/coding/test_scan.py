"""The compiled scanner finds what the plain `re` reference finds, and nothing else."""

from __future__ import annotations

import itertools
import sys

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tertium.coding.match import compile_pattern, fold
from tertium.coding.scanning import kernel
from tertium.coding.scanning.scan import scan, scan_spans
from tertium.coding.scanning.tables import build
from tertium.spans import Span

Row = tuple[int, int, int, int]


def truth(texts: list[str | None], patterns: list[str]) -> list[Row]:
    """What the reference finds: text, pattern, start, end; sorted as the scanner sorts."""
    folded = [fold(text or "") for text in texts]
    return sorted(
        (
            (number, pattern, match.start(), match.end())
            for pattern, expression in enumerate(map(compile_pattern, patterns))
            for number, text in enumerate(folded)
            for match in expression.finditer(text)
            if match.end() > match.start()
        ),
        key=lambda row: (row[0], row[2], row[3], row[1]),
    )


def rows(hits) -> list[Row]:
    """The columns as rows."""
    return list(zip(*(column.tolist() for column in hits), strict=True))


def found(text: str, *patterns: str) -> list[str]:
    """The words of one text that patterns are found on."""
    hits = scan(pa.array([text]), build(patterns))
    return [text[start:end] for _, _, start, end in rows(hits)]


# Named cases: what other engines get wrong.


@pytest.mark.parametrize(
    ("pattern", "text", "hits"),
    [
        ("istanbul", "İSTANBUL, istanbul, ISTANBUL", ["İSTANBUL", "istanbul", "ISTANBUL"]),
        ("strike", "İİİ Strike", ["Strike"]),
        ("οδος", "ΟΔΟΣ, οδός, ὁδὸς, οδοσ", ["ΟΔΟΣ", "οδοσ"]),
        (
            "hong kong",
            "Hong\u00a0Kong, Hong \u2003\n Kong",
            ["Hong\u00a0Kong", "Hong \u2003\n Kong"],
        ),
        ("全国 总工会", "全国总工会与全国\u3000总工会", ["全国总工会", "全国\u3000总工会"]),
        ("ACFTU", "中国ACFTU组织, XACFTU, ACFTU\u0301", ["ACFTU"]),
        ("ЗАБАСТОВК*", "забастовки 罢工Забастовка", ["забастовки", "Забастовка"]),
        ("* law", "the self-made law", ["self-made law"]),
        ("* a*", "x a-b a", ["x a", "b a"]),
        ("* * law", "a self-made labour law, law", ["self-made labour law"]),
        ("union of *", "the union of Kazakhstan’s oilmen", ["union of Kazakhstan’s"]),
        ("union of *", "union of self-", ["union of self"]),
        ("x * *工", "x ab工, x ab c工", ["x ab c工"]),
        ("工 * 会", "工总会,工NGO会,工会", ["工总会", "工NGO会"]),
        ("* NGO", "北方NGO", ["方NGO"]),
        ("NGO * *", "NGO帮助 and NGO in town now", ["NGO帮助", "NGO in town"]),
        ("work-in", "work\u2011in, work‐in, work in", ["work\u2011in", "work‐in"]),
        ("worker's", "workers', worker’s, workerʼs", ["worker’s", "workerʼs"]),
        ("strik*", "strike strikers", ["strike", "strikers"]),
        ("*strike", "overstrike strikes", ["overstrike"]),
        ("*strik*", "overstriking strikes", ["overstriking", "strikes"]),
        ("*an*a*", "banana panama an ana", ["banana", "panama", "ana"]),
        ("org*ise* law", "organised law, orgise law, organ law", ["organised law", "orgise law"]),
        ("union * union", "union a union b union", ["union a union"]),
        ("U.S. union", "U.S. union, US union, U.S.\nunion", ["U.S. union", "U.S.\nunion"]),
        (".net", "x.net .net", [".net", ".net"]),
        ("𠀀工", "𠀀工 𠀁工", ["𠀀工"]),
        ("𝔸*", "𝔸bc 👍🏽𝔸", ["𝔸bc", "𝔸"]),
        ("за́мок", "за\u0301мок замок", ["за\u0301мок"]),
        ("foo_bar", "foo_bar foo_bars", ["foo_bar"]),
        ("*'s strike", "the workers' worker's strike", ["worker's strike"]),
        ("* *", "one two three", ["one two"]),
    ],
)
def test_a_pattern_is_found_as_the_grammar_says(pattern: str, text: str, hits: list[str]):
    """The named cases hold for the scanner, and for the reference."""
    assert found(text, pattern) == hits
    assert [text[start:end] for _, _, start, end in truth([text], [pattern])] == hits


def test_patterns_may_overlap_each_other():
    """A place is found by every pattern that it fits, sorted by start, end and pattern."""
    patterns = ["aid centre", "legal aid", "legal aid *", "*id*", "legal aid"]
    hits = scan(pa.array(["legal aid centre"]), build(patterns))
    assert rows(hits) == [(0, 1, 0, 9), (0, 4, 0, 9), (0, 2, 0, 16), (0, 3, 6, 9), (0, 0, 6, 16)]


def test_a_phrase_never_reaches_into_the_next_text():
    """Texts lie side by side in memory; neither words nor white space join them."""
    texts = ["trade", "union", "trade ", " union", "罢", "工", "stri", "ke", "of self-", "made"]
    patterns = ["trade union", "罢工", "strike", "* union", "trade *", "*ke", "of *", "* made"]
    hits = rows(scan(pa.array(texts), build(patterns)))
    assert hits == truth(texts, patterns) == [(7, 5, 0, 2), (8, 6, 0, 7)]


def test_more_hits_than_there_was_room_for():
    """Room grows within one text and over many, and no hit is lost or doubled."""
    texts = ["b a " * 7_000, "a", "a b " * 9_000, "b"]
    patterns = ["a", "* b", "*b"]
    assert rows(scan(pa.array(texts), build(patterns))) == truth(texts, patterns)


def test_every_character_is_what_it_is_to_the_reference():
    """Letter, Han, space, joint and case: all of the first plane, and every 97th beyond it."""
    points = [*range(0xD800), *range(0xE000, 0x10000), *range(0x10000, sys.maxunicode + 1, 97)]
    texts = ["#".join(f"a{chr(point)}b" for point in points[n::100]) for n in range(100)]
    patterns = ["a b", "a * b", "a", "a*", "*b", "a-b", "a'b", "* b"]
    assert rows(scan(pa.array(texts), build(patterns))) == truth(texts, patterns)


def test_every_letter_finds_its_other_case():
    """A pattern of one letter finds what the reference takes for the same letter."""
    letters = [chr(p) for p in range(0x250) if chr(p).isalpha()] + list(
        "ΑΣςЖжИ\u0130\u1e9e\u212b\u212a\u2126\u2c6f"
    )
    texts = [" ".join(f"{one}x {one} {one.swapcase()}" for one in letters)]
    assert rows(scan(pa.array(texts), build(letters))) == truth(texts, letters)


def test_a_pattern_without_a_word_is_refused():
    """Nothing to look for is an error here too."""
    with pytest.raises(ValueError, match="at least one word"):
        build(["strike", " "])


def test_patterns_that_only_re_can_read_are_found_all_the_same():
    """A star before an apostrophe may end in several places; `re` decides, order stays."""
    patterns = ["a*'", "**", "strike", "'s"]
    texts = ["aʼbʼc strike's", None, "strike a'"]
    made = build(patterns)
    assert made.plain == (0, 1, 3)
    assert rows(scan(pa.array(texts), made)) == truth(texts, patterns)


@pytest.mark.parametrize(
    ("text", "span", "pattern", "places"),
    [
        ("aab b", Span(2, 5), "b", [(4, 5)]),
        ("aab b", Span(2, 5), "* b", []),
        ("aa-b b", Span(1, 6), "* b", [(3, 6)]),
        ("aab ab", Span(1, 6), "*b", [(4, 6)]),
        ("a b bb", Span(0, 5), "b", [(2, 3), (4, 5)]),
        ("罢工工", Span(1, 3), "工", [(1, 2), (2, 3)]),
        ("罢b", Span(1, 2), "b", [(1, 2)]),
        ("a  b", Span(2, 4), "* b", []),
        ("of a-b", Span(0, 5), "of *", [(0, 4)]),
    ],
)
def test_a_span_may_begin_and_end_amid_a_word(text, span, pattern, places):
    """What stands before a span still belongs to its first word, what stands behind it not."""
    hits = scan_spans(text, [span], build([pattern]))
    assert [(start, end) for _, _, start, end in rows(hits)] == places
    by_re = compile_pattern(pattern).finditer(fold(text), span.start, span.end)
    assert [match.span() for match in by_re] == places


# Arrow.

TEXTS = ["The ACFTU met.", None, "", "中国ACFTU组织", "acftu", "x", "İ acftu"]


@pytest.mark.parametrize(
    "kind",
    [pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int32(), pa.string())],
)
def test_every_string_type_of_arrow_is_read(kind: pa.DataType):
    """The column's type does not change the hits."""
    texts = pa.array(TEXTS).cast(kind)
    assert rows(scan(texts, build(["acftu"]))) == truth(TEXTS, ["acftu"])


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string()])
@pytest.mark.parametrize(("start", "length"), [(0, 7), (1, 3), (3, 4), (6, 1), (2, 0), (7, 0)])
def test_a_slice_is_read_from_its_own_beginning(kind: pa.DataType, start: int, length: int):
    """Offsets into shared buffers are heeded, and texts are counted from the slice's first."""
    part = pa.array(TEXTS, type=kind).slice(start, length)
    wanted = truth(TEXTS[start : start + length], ["acftu", "*c*"])
    assert rows(scan(part, build(["acftu", "*c*"]))) == wanted


def test_chunks_are_counted_through():
    """Texts are numbered over all chunks, empty ones too."""
    chunks = pa.chunked_array([pa.array(TEXTS[:2]), pa.array([], pa.string()), pa.array(TEXTS[2:])])
    assert rows(scan(chunks, build(["acftu"]))) == truth(TEXTS, ["acftu"])
    assert rows(scan(pa.chunked_array([], type=pa.string()), build(["acftu"]))) == []


def test_what_lies_under_a_missing_value_is_not_read():
    """A null may have bytes in the buffer; they are no text."""
    offsets = np.array([0, 5, 10], dtype=np.int32)
    buffers = [pa.py_buffer(b"\x01"), pa.py_buffer(offsets), pa.py_buffer(b"acftuacftu")]
    texts = pa.StringArray.from_buffers(2, buffers[1], buffers[2], buffers[0], 1)
    assert texts.to_pylist() == ["acftu", None]
    assert rows(scan(texts, build(["acftu"]))) == [(0, 0, 0, 5)]


def test_a_column_without_texts_has_no_hits():
    """No text, no pattern, or only empty texts: empty columns, no error."""
    for texts in ([], [None], [""], ["", None, ""]):
        assert rows(scan(pa.array(texts, type=pa.string()), build(["a", "* a"]))) == []
    assert rows(scan(pa.array(["a"]), build([]))) == []


def test_a_column_of_numbers_is_refused():
    """What is no text is refused, not read as bytes."""
    with pytest.raises(TypeError, match="column of texts"):
        scan(pa.array([1, 2]), build(["a"]))


def test_bytes_that_are_no_utf8_are_survived():
    """A buffer nobody validated may hold anything; nothing outside it is read."""
    broken = [b"\xff\xff a", b"\xe4", b"a\xf4", b"\x80\x80 a", b"\xf7\xbf\xbf\xbf a", b"a \xe4\xb8"]
    texts = pa.array(broken).view(pa.string())
    hits = rows(scan(texts, build(["a", "* a", "*a*", "a *"])))
    assert {(2, 0, 0, 1), (5, 0, 0, 1)} <= set(hits)
    assert all(0 <= start < end <= len(broken[number]) for number, _, start, end in hits)


def test_code_is_compiled_where_no_place_is_found_to_keep_it(monkeypatch):
    """With nowhere to write, the scanner compiles for the process alone."""
    asked = []

    def njit(**options):
        def decorate(function):
            asked.append(options.get("cache", False))
            if options.get("cache"):
                raise RuntimeError("cannot cache function: no locator available")
            return function

        return decorate

    monkeypatch.setattr(kernel.numba, "njit", njit)
    assert kernel._compiled(len) is len
    assert asked == [True, False]


# Properties: a nasty alphabet, and patterns of all of the grammar.

LETTERS = [*"aaaabbbAB1_иИςΣİıŽ工工会𠀀ア", "\u0301"]
MARKS = [*"--‐'’ʼ.", "👍", "𝔸", "\u20d0", "\u200b", "\U000f4e00"]
SPACES = [*"      ", "\u00a0", "\u3000", "\n", "\x1f", "\u2028"]
SPEECH = st.text(st.sampled_from(LETTERS + MARKS + SPACES), max_size=40)
TOKENS = st.one_of(
    st.just("*"), st.text(st.sampled_from([*LETTERS, *"****-'ʼ."]), min_size=1, max_size=4)
)
PATTERN = st.lists(TOKENS, min_size=1, max_size=4).map(" ".join)
PATTERN_LISTS = st.lists(PATTERN, min_size=1, max_size=12)
COLUMNS = st.lists(st.one_of(st.none(), SPEECH), max_size=6)


@settings(deadline=None, max_examples=400)
@given(COLUMNS, PATTERN_LISTS, st.booleans(), st.data())
def test_the_scanner_equals_the_reference(texts, patterns, is_large, data):
    """Any patterns, any texts, any slice of a column: the same hits in the same order."""
    start = data.draw(st.integers(0, len(texts)))
    column = pa.array(texts, type=pa.large_string() if is_large else pa.string()).slice(start)
    assert rows(scan(column, build(patterns))) == truth(texts[start:], patterns)


@settings(deadline=None, max_examples=400)
@given(SPEECH, PATTERN_LISTS, st.data())
def test_the_scanner_equals_the_reference_in_spans(text, patterns, data):
    """Also where a search begins and ends amid words, which the reference sees before it only."""
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=6)))
    spans = [Span(a, b) for a, b in itertools.pairwise(cuts)]
    spans = [span for span in spans if data.draw(st.booleans())]
    made = build(patterns)
    folded = fold(text)
    wanted = sorted(
        (number, pattern, match.start(), match.end())
        for number, span in enumerate(spans)
        for pattern, one in enumerate(patterns)
        if pattern not in made.plain
        for match in compile_pattern(one).finditer(folded, span.start, span.end)
    )
    assert sorted(rows(scan_spans(text, spans, made))) == wanted


@settings(deadline=None, max_examples=100)
@given(SPEECH, PATTERN_LISTS)
def test_patterns_do_not_disturb_each_other(text, patterns):
    """A pattern finds among others what it finds alone."""
    together = rows(scan(pa.array([text]), build(patterns)))
    alone = [
        (0, number, start, end)
        for number, pattern in enumerate(patterns)
        for _, _, start, end in rows(scan(pa.array([text]), build([pattern])))
    ]
    assert sorted(together) == sorted(alone)
