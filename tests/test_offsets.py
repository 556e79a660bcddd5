"""Positions survive every conversion, and canonical text is a fixed point."""

from __future__ import annotations

import hashlib
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tertium.offsets import OffsetMap, canonical, text_checksum

# Chinese, Russian, Arabic, emoji (also joined and with skin tones), combining marks, line ends.
SAMPLES = [
    "罢工三天",
    "забастовка",
    "إضراب",
    "👩🏽‍🏭🛫",
    "e\u0301",
    "\r\n",
    "\r",
    "𠮷",
    "a",
    "\u200f",
]
texts = st.lists(
    st.one_of(
        st.sampled_from(SAMPLES), st.text(st.characters(exclude_categories=["Cs"]), max_size=5)
    ),
    max_size=12,
).map("".join)


@given(texts, st.data())
def test_utf16_and_back(text, data):
    """A code point position turned into UTF-16 units is the length of what stands before it, and comes back."""
    position = data.draw(st.integers(0, len(text)))
    offsets = OffsetMap(text)
    units = offsets.to_utf16(position)
    assert units == len(text[:position].encode("utf-16-le")) // 2
    assert offsets.from_utf16(units) == position


@given(texts, st.data())
def test_utf8_and_back(text, data):
    """The same holds for UTF-8 bytes."""
    position = data.draw(st.integers(0, len(text)))
    offsets = OffsetMap(text)
    count = offsets.to_utf8(position)
    assert count == len(text[:position].encode("utf-8"))
    assert offsets.from_utf8(count) == position


@given(texts, st.data())
def test_quotes_are_the_same_in_every_count(text, data):
    """A span cut out of the UTF-16 and the UTF-8 form is the span cut out of the text."""
    start, end = sorted(data.draw(st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))))
    offsets = OffsetMap(text)
    wide, narrow = text.encode("utf-16-le"), text.encode("utf-8")
    assert (
        wide[2 * offsets.to_utf16(start) : 2 * offsets.to_utf16(end)].decode("utf-16-le")
        == text[start:end]
    )
    assert narrow[offsets.to_utf8(start) : offsets.to_utf8(end)].decode("utf-8") == text[start:end]


@pytest.mark.parametrize("position", [-1, 3])
def test_positions_outside_the_text_are_refused(position):
    """A position before the beginning or after the end names no place."""
    offsets = OffsetMap("罢工")
    with pytest.raises(ValueError, match="outside the text"):
        offsets.to_utf16(position)
    with pytest.raises(ValueError, match="outside the text"):
        offsets.to_utf8(position)


@pytest.mark.parametrize("position", [-1, 2, 9])
def test_positions_inside_a_character_are_refused(position):
    """The second half of a surrogate pair begins no character."""
    with pytest.raises(ValueError, match="not the beginning of a character"):
        OffsetMap("a👍b").from_utf16(position)


def test_bytes_inside_a_character_are_refused():
    """The second byte of a Han character begins no character."""
    with pytest.raises(ValueError, match="UTF-8 byte 1 is not the beginning"):
        OffsetMap("罢").from_utf8(1)


@given(texts)
def test_canonical_text_is_normal(text):
    """Canonical text is NFC, has no carriage return, and stays as it is when made canonical again."""
    made = canonical(text.lstrip("\ufeff"))
    assert unicodedata.is_normalized("NFC", made)
    assert "\r" not in made
    assert canonical(made) == made


@given(texts)
def test_line_ends_and_mark_do_not_matter(text):
    """The same text with CRLF, with CR, decomposed or with a byte order mark has one canonical form."""
    lines = canonical(text.lstrip("\ufeff"))
    assert canonical(lines.replace("\n", "\r\n")) == lines
    assert canonical(lines.replace("\n", "\r")) == lines
    assert canonical("\ufeff" + lines) == lines
    assert canonical(unicodedata.normalize("NFD", lines)) == lines


def test_the_checksum_is_that_of_the_bytes():
    """`text_sha256` can be computed by any program from the UTF-8 bytes."""
    assert text_checksum("罢工\n") == hashlib.sha256("罢工\n".encode()).hexdigest()
