"""Which engine searches a text is a matter of time alone: the codings are the same."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tertium.coding.coder import Coded, code
from tertium.coding.match import Searcher
from tertium.coding.scanning import engine
from tertium.schemes.read import read_scheme
from tertium.schemes.scheme import Code, Indicator, Scheme, VerdictRule
from tertium.sources.read import read_sources
from tertium.sources.source import Source
from tertium.spans import Span

# The one that decides, and two others with lists, headings and three languages.
SCHEMES = ("approach", "dimension", "claim")

# Codes one text without numba and says whether it was loaded, and what was found.
WITHOUT_NUMBA = """
import sys
if {hidden}:
    sys.modules["numba"] = None
from tertium.coding.coder import code
from tertium.coding.scanning import engine
from tertium.schemes.read import read_scheme
from tertium.sources.source import Source
engine.PAYS_FROM = {pays_from}
source = Source(id="a", text="The miners went on strike.", language="en")
found = code([source], [read_scheme("approach")]).codings
print(found["code"].tolist(), found["start"].tolist(), sys.modules.get("numba") is not None)
"""


def digests(repository: Path) -> list[Source]:
    """Every digest that the study ships."""
    return list(read_sources(repository / "data" / "sources" / "manifest.csv").sources)


def coded_by(monkeypatch, chosen: str, sources: list[Source]) -> Coded:
    """Codings and readings of three built-in schemes, searched by one engine."""
    monkeypatch.setattr(engine, "serves", lambda asked, characters: chosen == "scan")
    return code(sources, [read_scheme(name) for name in SCHEMES])


def mini(*indicators: Indicator, **lists: dict[str, tuple[str, ...]]) -> Scheme:
    """A scheme of one code."""
    any_code = Code(
        id="any",
        label="Any",
        definition="Any.",
        when_to_use="Always.",
        when_not_to_use="Never.",
        indicators={"en": indicators},
    )
    return Scheme(
        name="mini",
        version="1.0.0",
        title="Mini",
        description="For tests.",
        verdict=VerdictRule(text="One passage.", present=0.6, undecided=0.3),
        lists=lists,
        codes=(any_code,),
    )


def test_the_digests_are_coded_alike_both_ways(monkeypatch, repository):
    """Every shipped digest, three built-in schemes: the same codings, row by row."""
    sources = digests(repository)
    plain = coded_by(monkeypatch, "re", sources)
    fast = coded_by(monkeypatch, "scan", sources)
    assert len(plain.codings) > 100
    assert fast.codings.equals(plain.codings)
    assert fast.readings.equals(plain.readings)


@pytest.mark.parametrize("language", ["en", "zh", "ru"])
def test_every_pattern_of_the_schemes_is_found_alike(repository, language: str):
    """Also patterns that no code rests on alone, over some digests as one text."""
    some = [source for source in digests(repository) if source.language.startswith(language)][:10]
    text = "\n".join(source.text for source in some)
    spans = [Span(a, min(a + 997, len(text))) for a in range(0, len(text), 1_000)]
    for name in SCHEMES:
        scheme = read_scheme(name)
        searchers = [Searcher(text, spans, scheme, language, engine=one) for one in ("re", "scan")]
        for pattern in engine.ready(scheme, language).patterns:
            plain, fast = (one.hits(Indicator(pattern=pattern)) for one in searchers)
            assert fast == plain, pattern


TEXTS = st.lists(
    st.sampled_from(["strike", "Strikes", "miners", "no ", "legal aid", " ", "\u00a0", ". ", "罢工", "'s"]),
    max_size=16,
).map("".join)  # fmt: skip
INDICATORS = (
    Indicator(pattern="strik*", near="@people", within=3),
    Indicator(pattern=("legal aid", "@people"), exclude="aid strike*"),
    Indicator(pattern="strike", require="miners", unless="legal *"),
    Indicator(pattern="strike*", not_negated=True),
    Indicator(regex=r"(?i)strikes?\b"),
)
SCHEME = mini(*INDICATORS, people={"en": ("miner*", "罢工")})


@settings(deadline=None)
@given(TEXTS, st.integers(0, 60))
def test_context_is_checked_alike(text: str, cut: int):
    """Company, exclusion, negation, named lists and `regex:` see the same hits."""
    spans = [Span(a, b) for a, b in ((0, cut), (cut, len(text))) if a < b <= len(text)]
    plain, fast = (Searcher(text, spans, SCHEME, "en", engine=one) for one in ("re", "scan"))
    for indicator in INDICATORS:
        assert fast.hits(indicator) == plain.hits(indicator)


def test_nothing_is_found_between_the_spans():
    """Page furniture is in no span: the scanner passes it over."""
    text = "Strike\nA strike\nstrike"
    searcher = Searcher(text, [Span(7, 15)], mini(Indicator(pattern="strike")), "en", engine="scan")
    hits = searcher.hits(Indicator(pattern="strike"))
    assert [(hit.sentence, hit.start, hit.end) for hit in hits] == [(0, 9, 15)]


def test_half_a_surrogate_pair_is_searched_by_re():
    """A text that can't be written as UTF-8 has its hits all the same."""
    text = "\ud800 strike"
    scheme = mini(Indicator(pattern="strike"))
    searcher = Searcher(text, [Span(0, len(text))], scheme, "en", engine="scan")
    assert len(searcher.hits(Indicator(pattern="strike"))) == 1


def test_the_scanner_serves_once_it_pays(monkeypatch):
    """The first texts go the plain way, those of a large corpus do not."""
    monkeypatch.setattr(engine, "_read_so_far", 0)
    monkeypatch.setattr(engine, "PAYS_FROM", 10_000)
    assert [engine.serves("auto", 2_000) for _ in range(3)] == [False, True, True]
    monkeypatch.setattr(engine, "_has_numba", lambda: False)
    assert not engine.serves("auto", 2_000)


@pytest.mark.parametrize(
    ("hidden", "pays_from", "loaded"), [(True, 0, False), (False, 0, True), (False, 10**6, False)]
)
def test_coding_needs_no_numba(hidden: bool, pays_from: int, loaded: bool):
    """Without numba, with it, and where it does not pay to load it: the same coding."""
    run = subprocess.run(
        [sys.executable, "-c", WITHOUT_NUMBA.format(hidden=hidden, pays_from=pays_from)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout == f"['strike'] [0] {loaded}\n"
    assert run.stderr == ""


def test_tables_of_a_scheme_are_kept():
    """They are made once, and two schemes of one name are not mixed up."""
    first, second = mini(Indicator(pattern="one")), mini(Indicator(pattern="two"))
    assert engine.ready(first, "en") is engine.ready(first, "en")
    assert engine.ready(first, "en").patterns == ("one",)
    assert engine.ready(second, "en").patterns == ("two",)
