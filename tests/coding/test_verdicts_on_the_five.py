"""The five sources of the shipped study and their digests get the verdicts that people gave."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from tertium.coding.classify import classify
from tertium.coding.coder import code
from tertium.schemes.read import read_scheme
from tertium.sources.read import read_sources
from tertium.sources.source import Source
from tertium.sources.zones import find_zones
from tertium.spans import Span

# What each source holds, and what it may be held to hold but never primarily: the official
# union is criticised in 001, and has a legal clinic or law lessons in 003 and 004.
PRESENT = {
    "000": {"state_led"},
    "001": {"ngo_paralegal", "legislative_advocacy", "international_campaign", "strike"},
    "002": {"ngo_paralegal"},
    "003": {"state_led"},
    "004": {"state_led"},
}
EITHER_WAY = {"001": {"state_led"}, "003": {"ngo_paralegal"}, "004": {"ngo_paralegal"}}
PRIMARY = {"000": "state_led", "002": "ngo_paralegal", "003": "state_led", "004": "state_led"}


def verdicts(sources: tuple[Source, ...]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Verdicts and codings of the approach scheme."""
    approach = read_scheme("approach")
    coded = code(sources, [approach])
    return classify(coded, sources, approach), coded.codings


@pytest.fixture(scope="module")
def on_originals(originals: Path) -> tuple[dict[str, Source], pd.DataFrame, pd.DataFrame]:
    """Sources by number, verdicts and codings of the originals."""
    sources = read_sources(originals).sources
    return ({one.id[:3]: one for one in sources}, *verdicts(sources))


@pytest.fixture(scope="module")
def on_digests(repository: Path) -> tuple[dict[str, Source], pd.DataFrame, pd.DataFrame]:
    """The same of the digests, by the number of the source that each digests."""
    listed = read_sources(repository / "data" / "sources" / "manifest.csv").sources
    sources = tuple(one for one in listed if one.facts.get("digest_of"))
    return ({one.facts["digest_of"][:3]: one for one in sources}, *verdicts(sources))


@pytest.fixture(params=["originals", "digests"])
def judged(request: pytest.FixtureRequest) -> tuple[dict[str, Source], pd.DataFrame, pd.DataFrame]:
    """Sources by number, verdicts and codings, once of each kind of text."""
    return request.getfixturevalue(f"on_{request.param}")


def of(judged, number: str) -> pd.DataFrame:
    """The verdicts on one source."""
    sources, table, _ = judged
    return table[table["source_id"] == sources[number].id].set_index("code")


def test_all_five_are_there(judged):
    """Five sources, five codes each, all of them searched."""
    sources, table, _ = judged
    assert sorted(sources) == sorted(PRESENT)
    assert len(table) == 25
    assert "not_searched" not in set(table["verdict"])


@pytest.mark.parametrize("number", sorted(PRESENT))
def test_what_a_source_holds_is_present_and_nothing_else(judged, number: str):
    """The hard points apart, which may come out either way."""
    own = of(judged, number)
    present = set(own.index[own["verdict"] == "present"])
    assert present >= PRESENT[number]
    assert present <= PRESENT[number] | EITHER_WAY.get(number, set())


@pytest.mark.parametrize("number", sorted(PRESENT))
def test_the_primary_approach_is_the_right_one(judged, number: str):
    """One code is primary; a hard point never is."""
    own = of(judged, number)
    (primary,) = own.index[own["primary"]]
    assert primary in PRESENT[number]
    assert primary == PRIMARY.get(number, primary)


@pytest.mark.parametrize("number", sorted(EITHER_WAY))
def test_a_hard_point_is_shown_with_its_passages(judged, number: str):
    """Whatever its verdict, a reader can see what it rests on."""
    (code_id,) = EITHER_WAY[number]
    assert of(judged, number).loc[code_id, "n_evidence"] > 0


def test_every_verdict_cites_codings_that_are_there(judged):
    """Present means at least one passage, and every id cited stands in the codings."""
    _, table, codings = judged
    known = set(codings["coding_id"])
    for row in table.to_dict("records"):
        assert set(row["coding_ids"]) <= known
        assert (row["n_evidence"] > 0) or row["verdict"] == "absent"


def test_no_coding_is_in_page_furniture(judged):
    """Menus, donation boxes and front matter are marked and never coded."""
    sources, _, codings = judged
    for source in sources.values():
        furniture = [zone.span for zone in find_zones(source) if zone.zone == "furniture"]
        for row in codings[codings["source_id"] == source.id].to_dict("records"):
            assert not any(zone.has_overlap(Span(row["start"], row["end"])) for zone in furniture)
