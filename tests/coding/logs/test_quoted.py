"""Quotes found again: despite blanks, quotation marks, dashes; and named where they are not."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tertium.coding.logs.quoted import Quotable, Unplaced, place_of
from tertium.spans import Span

TEXT = (
    "The union’s “rights\u00a0defence” cam\u00adpaign —\n  launched in\t2010 — won.\n"
    "工会\n组织了“罢工”，2010 年 工人说：「涨工资」……\n"
    "Профсоюз «Голос» – Café 👩‍👩‍👧 ends."
)


def found(quote: str, text: str = TEXT, **more: object) -> str:
    """Return the characters that a quote was found to mean."""
    place = place_of(Quotable(text), quote, **more)  # type: ignore[arg-type]
    assert isinstance(place, Span), place
    return place.of(text)


@pytest.mark.parametrize(
    ("quote", "original"),
    [
        ('The union\'s "rights defence" campaign', "The union’s “rights\u00a0defence” cam\u00adpaign"),
        ("campaign - launched in 2010 -- won", "cam\u00adpaign —\n  launched in\t2010 — won"),
        ("工会组织了", "工会\n组织了"),
        ('了"罢工",2010年工人', None),
        ("了“罢工”，2010年工人说：“涨工资”", "了“罢工”，2010 年 工人说：「涨工资」"),
        ("“涨工资”......", "「涨工资」……"),
        ('Профсоюз "Голос" – Cafe\u0301', "Профсоюз «Голос» – Café"),
        ("👩‍👩‍👧 ends", "👩‍👩‍👧 ends"),
        ("  won.  ", "won."),
        ("the union’s", None),
        ("Cafe ", None),
    ],
)  # fmt: skip
def test_what_copying_changes_is_no_difference(quote: str, original: str | None) -> None:
    """The span is the original's; other letters, and another case of them, are another quote."""
    if original is None:
        assert isinstance(place_of(Quotable(TEXT), quote), Unplaced)
    else:
        assert found(quote) == original


WHITE = st.sampled_from([" ", "\n", "\u00a0", "  ", " \u200b\t", "\u3000"])


@given(st.data())
def test_every_part_of_a_text_is_found_where_it_stands(data: st.DataObject) -> None:
    """Any part, with its blanks and marks changed, is found at the place that it was taken from."""
    start = data.draw(st.integers(0, len(TEXT) - 2))
    end = data.draw(st.integers(start + 1, len(TEXT)))
    part = TEXT[start:end]
    assume(part == part.strip() and part.strip("\u00ad\u200d") == part)
    retyped = part.replace("“", '"').replace("”", '"').replace("’", "'").replace("—", "–")
    retyped = "".join(data.draw(WHITE) if each.isspace() else each for each in retyped)
    places = Quotable(TEXT).places(unicodedata.normalize("NFD", retyped))
    assert Span(start, end) in places


def test_several_places_are_listed() -> None:
    """One is chosen by its number, or by what stands before it."""
    text = "a strike, the strike, no\nstrike"
    place = place_of(Quotable(text), "strike")
    assert isinstance(place, Unplaced)
    assert place.found == (
        "it stands there 3 times: at 2 (“…a[…], the strike, no strike…”), "
        "at 14 (“…a strike, the[…], no strike…”), at 25 (“…strike, the strike, no[…]…”)"
    )
    assert place_of(Quotable(text), "strike", nth=3) == Span(25, 31)
    assert place_of(Quotable(text), "strike", prefix="the ") == Span(14, 20)
    assert place_of(Quotable(text), "strike", prefix="no", nth=1) == Span(25, 31)
    too_high = place_of(Quotable(text), "strike", nth=4)
    assert too_high == Unplaced("nth", "4, but the quote stands there 3 times", "write a lower number")  # fmt: skip
    other = place_of(Quotable(text), "strike", prefix="any")
    assert isinstance(other, Unplaced)
    assert other.field == "prefix"


def test_what_is_not_there_is_answered_with_the_nearest_passage() -> None:
    """A slip of the pen, another case, a word left out; in Chinese too."""
    text = "Nothing here.\n" * 200 + TEXT + "\nNothing there." * 200
    for quote, near in {
        "the unions right defence campaign": "union’s “rights\u00a0defence” cam\u00adpaign",
        "工会组织罢工": "工会\n组织了“罢工",
        "LAUNCHED IN 2010": "launched in\t2010",
    }.items():
        place = place_of(Quotable(text), quote)
        assert isinstance(place, Unplaced)
        assert place.field == "quote"
        near_span = Quotable(text).nearest(quote)
        assert near_span is not None
        assert near in near_span.of(text)
        assert len(near_span) < len(near) + 20
        assert f"at {near_span.start}" in place.found


def test_what_is_like_nothing_is_said_to_be() -> None:
    """No passage is made up; an empty quote is none."""
    place = place_of(Quotable(TEXT), "xyzzy plugh quux")
    assert isinstance(place, Unplaced)
    assert place.found == "it does not stand there, and nothing like it"
    for empty in ("", "  ", "\u00ad", "\u200b \n"):
        place = place_of(Quotable(TEXT), empty)
        assert isinstance(place, Unplaced)
        assert place.found == "it holds no character"
    assert isinstance(place_of(Quotable(""), "x"), Unplaced)


def test_a_long_text_is_searched_at_once() -> None:
    """Half a million characters and a long quote with slips take no noticeable time."""
    filler = "".join(f"Sentence {n} tells of work and pay. " for n in range(14_000))
    told = "On Monday three hundred dock workers stopped the cranes and asked for back wages. " * 30
    text = Quotable(filler + told + filler)
    place = text.nearest(told.replace("dock", "doc"))
    assert place is not None
    assert abs(place.start - len(filler)) < 100
