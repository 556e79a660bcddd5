"""How many texts each pattern of a scheme rests on."""

from __future__ import annotations

from tertium.coding.support import pattern_support
from tertium.schemes.scheme import Code, Indicator, Scheme, VerdictRule
from tertium.sources.source import Source


def scheme(*indicators: Indicator, **lists) -> Scheme:
    """A scheme of one code."""
    one = Code(
        id="strike",
        label="Strike",
        definition="D.",
        when_to_use="W.",
        when_not_to_use="N.",
        indicators={"en": indicators},
    )
    return Scheme(
        name="mini",
        version="1.0.0",
        title="T",
        description="D",
        languages=("en",),
        verdict=VerdictRule(text="R", present=0.6, undecided=0.3),
        codes=(one,),
        lists={name: {"en": tuple(words)} for name, words in lists.items()},
    )


def support(one: Scheme, *texts: str) -> dict[str, int]:
    """Number of texts by pattern."""
    sources = [
        Source(id=f"t{number}", text=text, language="en") for number, text in enumerate(texts)
    ]
    table = pattern_support(sources, one)
    return dict(zip(table["pattern"], table["n_texts"], strict=True))


def test_a_pattern_counts_where_its_indicator_fires():
    """Words without the company that they need support nothing, nor does company alone."""
    one = scheme(Indicator(pattern="strike*", near="@people"), people=["miners", "nurses"])
    found = support(
        one, "Miners strike.", "Nurses and miners strike.", "A strike of luck.", "Nurses."
    )
    assert found == {"nurses": 1, "miners": 2, "strike*": 2}


def test_what_bars_a_hit_supports_nothing():
    """A pattern of `unless` is never counted, and where it stands the others are not."""
    one = scheme(Indicator(pattern="strike*", unless="drone*"))
    assert support(one, "A strike began.", "A drone strike.") == {"strike*": 1}


def test_each_pattern_of_a_list_stands_alone():
    """Two patterns of one list in one text are both counted, each with its own texts."""
    one = scheme(Indicator(pattern="@words"), words=["walkout", "strike", "sit-in"])
    assert support(one, "A strike, then a walkout.", "A strike.") == {"walkout": 1, "strike": 2}
