"""The rule coder: sentences and sections in, codings and readings out."""

from __future__ import annotations

import random

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tertium.coding.coder import Coded, RuleCoder, code
from tertium.coding.coding import coding_row, verify_row
from tertium.columns import CODINGS, READINGS, names
from tertium.offsets import canonical
from tertium.schemes.read import read_scheme
from tertium.schemes.scheme import Code, Indicator, Scheme, VerdictRule
from tertium.sources.source import Source
from tertium.sources.units import find_units
from tertium.sources.zones import find_zones
from tertium.spans import Span


def one_code(code_id: str, **indicators: list[dict]) -> Code:
    """A code with indicators by language."""
    return Code(
        id=code_id,
        label=code_id.title(),
        definition="D.",
        when_to_use="W.",
        when_not_to_use="N.",
        indicators={
            language: tuple(Indicator(**indicator) for indicator in many)
            for language, many in indicators.items()
        },
    )


SCHEME = Scheme(
    name="mini",
    version="1.0.0",
    title="Mini",
    description="For tests.",
    verdict=VerdictRule(text="One passage.", present=0.6, undecided=0.3),
    lists={"workers": {"en": ("worker*",), "zh": ("工人",)}},
    codes=(
        one_code(
            "strike",
            en=[
                {"pattern": "strike*", "weight": 0.7},
                {"pattern": "walk-out", "weight": 0.4},
                {"pattern": "strikes", "scope": "section", "weight": 0.8},
                {"pattern": "no strike", "weight": 0.9, "stance": "denied"},
            ],
            zh=[{"pattern": "罢工", "near": "@workers", "weight": 0.7}],
        ),
        one_code("law", en=[{"pattern": "law*"}, {"pattern": "lobbying", "scope": "section"}]),
        one_code("silent"),
    ),
)
PROSE = (
    "The people of the town said that it was for the pay that had not been paid since the end "
    "of the year, and that they had been told of it."
)


def source(text: str, language: str = "en", markup: str = "plain", name: str = "s") -> Source:
    """A source with the canonical form of `text`."""
    return Source(name, canonical(text), language=language, markup=markup)


def coded(*sources: Source) -> pd.DataFrame:
    """The codings of the rule coder."""
    return code(sources, [SCHEME]).codings


def told(table: pd.DataFrame) -> list[tuple[str, str]]:
    """Code and quote of each coding."""
    return list(zip(table["code"], table["quote"], strict=True))


# Sentences.


def test_the_sentence_in_which_an_indicator_fires_is_coded():
    """Not the word, and not the paragraph."""
    table = coded(source("They met. A strike began. It ended."))
    assert told(table) == [("strike", "A strike began.")]


def test_a_sentence_is_coded_once_a_code_with_its_strongest_weight():
    """The memo names every indicator that fired, in the scheme's order; codes keep apart."""
    table = coded(source("The strike, a walk-out, strikers and the law."))
    assert told(table) == [
        ("strike", "The strike, a walk-out, strikers and the law."),
        ("law", "The strike, a walk-out, strikers and the law."),
    ]
    first = table.iloc[0]
    assert first["confidence"] == 0.7
    assert first["memo"] == "strike* | walk-out"


def test_a_denied_passage_is_coded_and_says_so():
    """A passage that denies is coded, and says so."""
    (row,) = coded(source("There was no strike there.")).to_dict("records")
    assert (row["stance"], row["confidence"]) == ("denied", 0.9)


def test_a_coding_says_who_made_it_by_what():
    """Coder, version, kind and scheme version stand in each row; nothing is dated."""
    (row,) = coded(source("A strike.")).to_dict("records")
    assert (row["coder"], row["coder_version"], row["coder_kind"]) == ("rule", "1.0.0", "rule")
    assert (row["scheme"], row["scheme_version"]) == ("mini", "1.0.0")
    assert pd.isna(row["created"])


def test_chinese_is_coded_by_chinese_indicators_only():
    """The language of the source chooses the indicators; English words in it are not searched."""
    table = coded(source("北方工厂的工人罢工。They strike by law.", "zh"))
    assert told(table) == [("strike", "北方工厂的工人罢工。")]


@pytest.mark.parametrize("language", ["zh-Hant", "zh-CN", "ZH"])
def test_a_language_tag_with_script_or_country_is_its_language(language: str):
    """A manifest may say more exactly what a text is written in."""
    result = code([source("工人罢工。", language)], [SCHEME])
    assert told(result.codings) == [("strike", "工人罢工。")]
    assert list(result.readings["code"]) == ["strike"]


# Readings.


def test_a_code_is_read_where_it_has_indicators_in_the_language():
    """Without indicators there is no reading, and so later no absence."""
    texts = [
        source("Nothing.", "en", name="a"),
        source("无。", "zh", name="b"),
        source("Ничего.", "ru", name="c"),
        source("?", "und", name="d"),
    ]
    readings = code(texts, [SCHEME]).readings
    assert list(zip(readings["source_id"], readings["code"], strict=True)) == [
        ("a", "strike"),
        ("a", "law"),
        ("b", "strike"),
    ]
    assert readings["start"].isna().all()
    assert readings["end"].isna().all()


def test_a_text_in_another_language_gets_no_coding():
    """No guess is made with the indicators of another language."""
    assert coded(source("A strike by law.", "kk")).empty


def test_without_sources_or_schemes_the_tables_are_empty_and_whole():
    """All columns are there, so what follows needs no special case."""
    for result in (code([], [SCHEME]), code([source("A strike.")], []), code([source("")], [])):
        assert list(result.codings.columns) == names(CODINGS)
        assert list(result.readings.columns) == names(READINGS)
        assert result.codings.empty
    assert code([source(" \n")], [SCHEME]).codings.empty


# Headings and sections.

MARKDOWN = """# Strikes and laws

They met.

## Strikes

Workers left.

### Pay

None.

## Lobbying

NGOs wrote letters.
"""


def test_a_heading_codes_its_section():
    """From the heading's own words to the next heading of its level."""
    table = coded(source(MARKDOWN, markup="markdown"))
    assert told(table) == [
        ("strike", "## Strikes\n\nWorkers left.\n\n### Pay\n\nNone.\n\n"),
        ("law", "## Lobbying\n\nNGOs wrote letters.\n"),
    ]


def test_a_title_never_codes():
    """It stands over the whole text; a text about strikes is coded where it tells of them."""
    assert coded(source("# Strikes\n\nThey met.\n", markup="markdown")).empty
    assert coded(source(f"Strikes\n\n{PROSE}\n\n{PROSE}")).empty


def test_a_heading_is_no_passage():
    """Words in headings code sections by indicators of that scope, and nothing by others."""
    assert coded(source("# T\n\n## Laws\n\nThey met.\n", markup="markdown")).empty


def test_words_in_the_text_do_not_code_sections():
    """An indicator of scope section is looked for in headings only."""
    text = "# T\n\nLobbying went on.\n\n## B\n\nText.\n"
    assert coded(source(text, markup="markdown")).empty


def test_table_headings_code_cells_and_rows():
    """A column's heading codes each of its cells, a row's heading its row."""
    text = (
        "| | Strikes | Pay |\n| --- | --- | --- |\n| North | left | none |\n| Lobbying | x | y |\n"
    )
    assert told(coded(source(text, markup="markdown"))) == [
        ("strike", "| left "),
        ("law", "| Lobbying | x | y "),
        ("strike", "| x "),
    ]


def test_a_section_is_coded_up_to_page_furniture():
    """A coding never reaches into a menu."""
    menu = "\n".join(["Home", *(f"- strike {n}" for n in range(40)), "Sitemap"])
    text = f"# T\n\n{PROSE}\n\n## Strikes\n\n{PROSE}\n\n{menu}\n"
    (quote,) = coded(source(text, markup="markdown"))["quote"]
    assert quote == f"## Strikes\n\n{PROSE}\n\n"


# Furniture.


@settings(max_examples=40)
@given(st.lists(st.sampled_from(["Strike", "law", "Walk-out", "no strike", "Strikes"]), min_size=8))
def test_no_coding_touches_page_furniture(words: list[str]):
    """Menus made of indicator words above and below a text change nothing in its codings."""
    menu = "\n".join(["Home", *(f"  • {word}" for word in words), "Sitemap"])
    text = f"{PROSE} The strike began.\n\n{PROSE}"
    alone, page = source(text), source(f"{menu}\n\n{text}\n\n{menu}\nAct now >\n")
    assert [quote for _, quote in told(coded(page))] == ["The strike began."]
    assert told(coded(page)) == told(coded(alone))
    furniture = [zone.span for zone in find_zones(page) if zone.zone == "furniture"]
    for row in coded(page).to_dict("records"):
        assert not any(zone.has_overlap(Span(row["start"], row["end"])) for zone in furniture)


def test_front_matter_is_never_coded():
    """Facts about a source are not its text."""
    text = "---\ntitle: A strike by law\n---\n\nThey met.\n"
    assert coded(source(text, markup="markdown")).empty


def test_captions_and_endnotes_are_coded():
    """They are zones of their own, and part of what a source says."""
    text = f"# T\n\n{PROSE}\n\nPhoto: A strike\n\n{PROSE}\n\n# Notes\n\n1. The law.\n"
    assert told(coded(source(text, markup="markdown"))) == [
        ("strike", "Photo: A strike"),
        ("law", "1. The law."),
    ]


# Order, ids, determinism.

SENTENCES = ["A strike began.", "The law says so.", "They met.", "A walk-out by law.", "工人罢工。"]


def test_rows_are_sorted_by_source_position_and_code():
    """Whatever the order in which sources come."""
    texts = [f"{one} {other}" for one in SENTENCES for other in SENTENCES]
    many = [source(text, name=f"s{number:02}") for number, text in enumerate(texts)]
    table = coded(*many)
    rank = {"strike": 0, "law": 1}
    keys = [
        (row["source_id"], row["start"], row["end"], rank[row["code"]])
        for row in table.to_dict("records")
    ]
    assert keys == sorted(keys)
    shuffled = random.Random(7).sample(many, len(many))
    pd.testing.assert_frame_equal(coded(*shuffled), table)


def test_the_same_text_gets_the_same_codings_and_ids():
    """Two runs and two copies of a text agree in everything."""
    first, second = source(MARKDOWN, markup="markdown"), source(MARKDOWN, markup="markdown")
    pd.testing.assert_frame_equal(coded(first), coded(second))
    assert coded(first)["coding_id"].is_unique
    assert list(coded(source("A strike."))["coding_id"]) == ["29c6cd7e403c97e3"]


def test_codings_fit_the_text_that_they_were_made_on():
    """Every row passes the check that a later stage makes, and the next text fails it."""
    one = source("A strike 👍🏽 began. 罢工。 A walk-out e\u0327nded.")
    rows = coded(one).to_dict("records")
    assert len(rows) == 2
    for row in rows:
        verify_row(row, one)


def test_the_coder_takes_what_find_units_gives():
    """The protocol is one source, its sentences and a scheme."""
    one = source("A strike began.")
    codings, readings = RuleCoder().code(one, find_units(one, "sentence"), SCHEME)
    assert [row["quote"] for row in codings] == ["A strike began."]
    assert [row["code"] for row in readings] == ["strike", "law"]


def test_other_coders_may_code_a_whole_source_and_read_a_part():
    """Rows without offsets, or for all codes, stand in the tables beside those of the rules."""

    class Person:
        name, version, kind = "ana", "", "human"

        def code(self, source, units, scheme):
            shared = {"coder": "ana", "coder_kind": "human", "source_id": source.id,
                      "text_sha256": source.text_sha256, "scheme": scheme.name,
                      "scheme_version": scheme.version}  # fmt: skip
            coding = {**shared, "coding_id": "x1", "code": "law", "stance": "asserted"}
            return [coding], [{**shared, "start": 0, "end": 3}]

    result = code([source("A strike began.")], [SCHEME], coders=[Person(), RuleCoder()])
    assert isinstance(result, Coded)
    assert list(result.codings["coder"]) == ["ana", "rule"]
    assert list(result.readings["coder"]) == ["rule", "rule", "ana"]


def test_a_nested_heading_takes_its_text_from_the_heading_above():
    """What stands under a deeper heading of another code is not coded for the outer one."""
    text = (
        "# Notes\n\n## Lobbying\n\nOne.\n\n### Strikes\n\nTwo.\n\n### Other\n\nThree.\n\n"
        "## Strikes\n\nFour.\n"
    )
    table = coded(source(text, markup="markdown"))
    under = {
        word: {row["code"] for row in table.to_dict("records") if word in row["quote"]}
        for word in ("One.", "Two.", "Three.", "Four.")
    }
    assert under == {
        "One.": {"law"},
        "Two.": {"strike"},
        "Three.": {"law"},
        "Four.": {"strike"},
    }


def test_furniture_inside_a_section_does_not_end_it():
    """A lone menu word in the middle of a section costs none of what follows."""
    text = "# Notes\n\n## Strikes\n\nOne.\n\nShare\n\nTwo.\n"
    (row,) = coded(source(text, markup="markdown")).to_dict("records")
    assert "Two." in row["quote"]


def test_a_denial_outweighs_a_stronger_assertion():
    """The memo names both indicators, and the stance is the one that speaks against."""
    indicators = [
        {"pattern": "strike", "weight": 0.9},
        {"pattern": "was denied", "weight": 0.2, "stance": "denied"},
    ]
    scheme = SCHEME.model_copy(update={"codes": (one_code("strike", en=indicators),)})
    (row,) = code([source("The strike was denied.")], [scheme]).codings.to_dict("records")
    assert (row["stance"], row["confidence"]) == ("denied", 0.9)


class _Quoting:
    """A coder that says what it is told to, as a language model might."""

    name, version, kind = "model-a", "1", "model"

    def __init__(self, **changes):
        self.changes = changes

    def code(self, source, units, scheme):
        row = coding_row(
            source, Span(0, 9), scheme, "strike",
            coder=self.name, coder_version=self.version, coder_kind=self.kind,
        )  # fmt: skip
        row.update(self.changes)
        return [{k: v for k, v in row.items() if v != "left out"}], []


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"quote": "The strike"}, "does not read 'The strike'"),
        ({"start": 400, "end": 409}, "at 400 to 409"),
        ({"start": -9, "end": 0}, "does not read"),
        ({"start": "zero"}, "invalid literal"),
        ({"code": "strikes"}, "has no code 'strikes'"),
        ({"text_sha256": "0" * 64}, "another text"),
        ({"source_id": "b"}, "names source 'b'"),
        ({"scheme_version": "0.1.0"}, "approach@0.1.0"),
        ({"quote": "left out"}, "quotes nothing of 0 to 9"),
        ({"stance": "left out"}, "lacks stance"),
    ],
)
def test_a_coding_that_does_not_fit_is_rejected_and_counted(changes, reason):
    """Nothing of an unsound coding reaches the table; the rejection names coder and reason."""
    source = Source(id="a", text="Miners on strike.", language="en")
    coded = code([source], [read_scheme("approach")], coders=[_Quoting(**changes)])
    assert len(coded.codings) == 0
    [rejection] = coded.rejected.to_dict("records")
    assert rejection["coder"] == "model-a"
    assert reason in rejection["reason"]


def test_a_coding_that_quotes_verbatim_is_taken():
    """A sound coding of any coder stands in the table, and nothing is rejected."""
    source = Source(id="a", text="Miners on strike.", language="en")
    coded = code([source], [read_scheme("approach")], coders=[_Quoting()])
    assert coded.codings["quote"].tolist() == ["Miners on"]
    assert len(coded.rejected) == 0
