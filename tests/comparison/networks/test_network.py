"""Networks of a debate that can be drawn by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from tertium.bundle import Tables
from tertium.comparison.networks.graph import graph
from tertium.comparison.networks.network import network
from tertium.comparison.result import Result
from tertium.errors import UnknownNameError

from .debate import debate, said


def made(tables: Tables, kind: str, **changes: object) -> Result:
    """A network of actors, each statement counting once a source."""
    given = {
        "scheme": "claim", "kind": kind, "nodes": "actor", "duplicates": "source",
        "normalisation": "none", "coder": "ana", **changes,
    }  # fmt: skip
    return network(tables, **given)


def test_who_stands_with_whom(small_debate: Tables) -> None:
    """Lawyers and miners agree on wages; lawyers and mine on injury, and differ on wages."""
    frame = made(small_debate, "subtract").frame
    assert frame.loc["lawyers", "miners"] == 1
    assert frame.loc["miners", "mine"] == -1
    assert frame.loc["lawyers", "mine"] == 0
    assert made(small_debate, "congruence").frame.loc["lawyers", "mine"] == 1
    assert made(small_debate, "conflict").frame.loc["lawyers", "mine"] == 1


def test_a_cell_leads_to_the_statements_of_both(small_debate: Tables) -> None:
    """Also those that do not count twice, and those that cancel each other out."""
    result = made(small_debate, "subtract")
    behind = result.evidence("miners", "mine")
    assert sorted(behind["quote"]) == ["Again they speak.", "They speak."]
    assert len(result.evidence("lawyers", "mine")) == 3
    assert result.evidence("miners", "miners").empty


def test_isolates_are_told(small_debate: Tables) -> None:
    """The union shares its claim with nobody: left out by name, or kept with zeros."""
    dropped = made(small_debate, "congruence")
    assert "union" not in dropped.frame.index
    assert "1 has no tie and is left out: union." in dropped.note
    kept = made(small_debate, "congruence", isolates="keep")
    assert (kept.frame.loc["union"] == 0).all()
    assert "1 has no tie: union." in kept.note


def test_duplicates(small_debate: Tables) -> None:
    """Miners claim wages twice in one source: twice, or once a source."""
    counts = {
        duplicates: made(small_debate, "two_mode", stances="for", duplicates=duplicates).frame.loc[
            "miners", "wages"
        ]
        for duplicates in ("all", "source", "year", "study")
    }
    assert counts == {"all": 2, "source": 1, "year": 1, "study": 1}


def test_years_and_studies_reach_beyond_a_source() -> None:
    """The same claim in two undated sources counts twice a year, for nobody knows, once in all."""
    tables = debate([*said("a", "1", "miners", "wages"), *said("b", "1", "miners", "wages")])
    counts = {
        duplicates: made(tables, "two_mode", stances="for", duplicates=duplicates).frame.iat[0, 0]
        for duplicates in ("source", "year", "study")
    }
    assert counts == {"source": 2, "year": 2, "study": 1}
    same = debate(
        [*said("a", "1", "miners", "wages"), *said("c", "1", "miners", "wages")], date="2010-07"
    )
    assert made(same, "two_mode", stances="for", duplicates="year").frame.iat[0, 0] == 1


def test_types_and_voices_as_nodes(small_debate: Tables) -> None:
    """Actors of one type are one node; a voice is that of the source that tells it."""
    types = made(small_debate, "two_mode", stances="combine", nodes="type")
    assert dict(types.frame["wages"]) == {
        "party_state_union": 0, "ngo": 1, "grassroots_workers": 1, "employer": 2,
    }  # fmt: skip
    voices = made(small_debate, "two_mode", stances="combine", nodes="voice")
    assert dict(voices.frame["wages"]) == {"state_media": 1, "ngo": 3}


def test_who_demands_of_whom(small_debate: Tables) -> None:
    """Rows claim, columns are asked; who is only asked is no row, and unaddressed claims told."""
    result = made(small_debate, "addressee", stances="for")
    assert result.frame.to_dict() == {"mine": {"miners": 1, "union": 1}}
    assert "name no addressee" in result.note
    assert "no tie" not in result.note


def test_only_a_stretch_of_time(small_debate: Tables) -> None:
    """Sources outside it, beyond its border or without a date are left out, and told."""
    result = made(small_debate, "congruence", between=("2012", "2013"))
    assert set(result.frame.index) == {"lawyers", "mine"}
    assert "no date" in result.note
    crossing = made(small_debate, "two_mode", stances="for", between=("2012-05-10", "2013"))
    assert "dates reach beyond" in crossing.note
    with pytest.raises(UnknownNameError, match="two dates"):
        made(small_debate, "congruence", between=("2013", "2012"))


def test_nobody_to_divide_by_is_no_zero(small_debate: Tables) -> None:
    """The mine is for nothing, so its share of what it is for does not exist."""
    result = made(
        small_debate, "two_mode", stances="for", normalisation="activity", isolates="keep"
    )
    assert result.frame.loc["mine"].isna().all()
    assert result.frame.loc["miners", "wages"] == 1.0
    assert result.missing == "no statement"


@pytest.mark.parametrize(
    ("kind", "changes", "message"),
    [
        ("two_mode", {}, "needs one of for, ignore"),
        ("subtract", {"stances": "for"}, "itself says what counts"),
        ("subtract", {"normalisation": "activity"}, "none, average, jaccard, cosine"),
        ("two_mode", {"stances": "combine", "normalisation": "activity"}, "no count"),
        ("addressee", {"stances": "for", "nodes": "voice"}, "an addressee is an actor"),
        ("friends", {}, "there are two_mode"),
        ("subtract", {"nodes": "people"}, "there are actor, type, voice"),
    ],
)
def test_what_does_not_go_together_is_refused(
    small_debate: Tables, kind: str, changes: dict[str, str], message: str
) -> None:
    """An unknown word, and a word that does not go with the kind, with what would do."""
    with pytest.raises(UnknownNameError, match=message):
        made(small_debate, kind, **changes)


def test_the_order_of_rows_changes_nothing(small_debate: Tables) -> None:
    """The same network and the same evidence, whatever the order of the codings."""
    from ..conftest import shuffled

    turned = shuffled(small_debate, lambda number: list(reversed(range(number))))
    one, other = made(small_debate, "subtract"), made(turned, "subtract")
    pd.testing.assert_frame_equal(one.frame, other.frame)
    pd.testing.assert_frame_equal(one.support, other.support)
    assert repr(one) == repr(one.again(turned))


def test_a_graph_has_every_number_of_the_table(small_debate: Tables) -> None:
    """Signed weights, two modes kept apart, addressees directed; no edge where nothing is left."""
    signed = graph(made(small_debate, "subtract"))
    assert signed.edges["miners", "mine"] == {"weight": -1, "sign": -1}
    assert not signed.has_edge("lawyers", "mine")
    two = graph(made(small_debate, "two_mode", stances="subtract"))
    assert two.nodes["claim", "wages"] == {"label": "wages", "bipartite": 1}
    assert two.edges[("actor", "mine"), ("claim", "wages")]["weight"] == -1
    asked = graph(made(small_debate, "addressee", stances="for"))
    assert list(asked.edges) == [("miners", "mine"), ("union", "mine")]
    assert asked.is_directed()
    with pytest.raises(UnknownNameError, match="signs and no weights"):
        graph(made(small_debate, "two_mode", stances="combine"))
