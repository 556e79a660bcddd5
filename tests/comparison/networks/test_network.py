"""Networks of a debate that can be drawn by hand."""

from __future__ import annotations

from dataclasses import replace

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
    within = None if kind in ("two_mode", "addressee") else "study"
    given = {
        "scheme": "claim", "kind": kind, "nodes": "actor", "duplicates": "source",
        "normalisation": "none", "coder": "ana", "within": within, **changes,
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
    assert sorted(zip(behind["quote"], behind["stance"], strict=True)) == [
        ("Again they speak.", "asserted"), ("They speak.", "asserted"), ("They speak.", "denied"),
    ]  # fmt: skip
    assert len(result.evidence("mine", "lawyers")) == 4
    assert result.evidence("miners", "miners").empty


def test_a_pair_stands_once(small_debate: Tables) -> None:
    """A tie says the same both ways: it is shown and evidenced below the diagonal alone."""
    result = made(small_debate, "subtract", normalisation="average")
    assert list(result.frame.index) == ["lawyers", "mine", "miners"]
    assert [[result.cell_text(row, column) for column in range(3)] for row in range(3)] == [
        ["–", "", ""], ["0", "–", ""], ["0.67", "-0.67", "–"],
    ]  # fmt: skip
    assert result.evidence("mine", "miners").empty
    assert "Each pair stands once" in result.note


def cased(tables: Tables, cases: dict[str, str]) -> Tables:
    """The tables with cases that sources tell."""
    rows = [
        {"case_id": case, "source_id": source, "start": None, "end": None}
        for source, case in cases.items()
    ]
    return replace(tables, case_sources=pd.DataFrame(rows))


def test_ties_across_disputes_are_a_choice(small_debate: Tables) -> None:
    """Lawyers (b) and miners (a) are tied in one case, and not where each is a case."""
    apart = cased(small_debate, {"a": "one", "b": "two"})
    assert made(apart, "congruence").frame.loc["lawyers", "miners"] == 1
    assert made(apart, "conflict", within="case").frame.to_numpy().tolist() == [[0, 1], [1, 0]]
    one = cased(small_debate, {"a": "one", "b": "one"})
    assert made(one, "congruence", within="case").frame.loc["lawyers", "miners"] == 1
    assert made(one, "conflict", within="source").frame.loc["mine", "miners"] == 1
    assert "lawyers" not in made(one, "conflict", within="source").frame.index
    note = made(small_debate, "subtract").note
    assert "2 of the 4 pairs of statements behind the ties stand in one source (50%)." in note


def test_once_in_a_study_is_once_in_each_case() -> None:
    """What was kept of the first case alone would tie nobody in the second."""
    codings = [
        *said("a", "1", "miners", "wages"),
        *said("b", "1", "miners", "wages"),
        *said("b", "2", "lawyers", "wages"),
    ]
    tables = cased(debate(codings), {"a": "one", "b": "two"})
    found = made(tables, "congruence", within="case", duplicates="study")
    assert found.frame.loc["lawyers", "miners"] == 1
    assert "counts once and for all, for each side, in each case apart" in found.note


def test_claims_that_need_not_be_the_same_tie_nobody() -> None:
    """Two who claim something else do not claim the same; the note counts them."""
    from ..conftest import make_scheme

    tables = debate([*said("a", "1", "miners", "other"), *said("a", "2", "lawyers", "other")])
    tables = replace(tables, schemes={**tables.schemes, "claim": make_scheme("claim", "other")})
    result = made(tables, "congruence")
    assert result.frame.empty
    assert "ties nobody" in result.note
    assert "2 positions left out" in result.note
    assert made(tables, "two_mode", stances="for").frame.loc["miners", "other"] == 1


def test_what_stays_inside_a_type_is_told() -> None:
    """Miners and drivers are of one type, which is not tied to itself."""
    codings = [
        *said("a", "1", "miners", "wages"),
        *said("a", "2", "drivers", "wages", "denied"),
        *said("a", "3", "lawyers", "wages"),
    ]
    note = made(debate(codings), "subtract", nodes="type").note
    assert "Among actors of one type 0 pairs of statements agree and 1 contradict" in note


def test_who_stands_in_few_sources_is_left_out(small_debate: Tables) -> None:
    """The mine alone speaks in two sources; the others are counted, not named."""
    result = made(small_debate, "two_mode", stances="subtract", min_sources=2)
    assert list(result.frame.index) == ["mine"]
    assert "3 whose statements stand in fewer than 2 sources are left out." in result.note
    asked = made(small_debate, "addressee", stances="for", min_sources=2)
    assert asked.frame.empty
    with pytest.raises(UnknownNameError, match="at least 1"):
        made(small_debate, "subtract", min_sources=0)


def test_two_of_a_type_in_one_statement_count_once() -> None:
    """Where every statement counts, a statement is still one for a type."""
    tables = debate(said("a", "1", ["miners", "drivers"], "wages"))
    found = made(tables, "two_mode", stances="for", nodes="type", duplicates="all")
    assert found.frame.loc["grassroots_workers", "wages"] == 1


def test_two_claims_on_one_addressee_are_two() -> None:
    """What counts once is a claim, also in who demands of whom."""
    codings = [
        *said("a", "1", "miners", "wages", target="mine"),
        *said("a", "2", "miners", "hours", target="mine"),
        *said("a", "3", "miners", "hours", target="mine"),
    ]
    assert made(debate(codings), "addressee", stances="for").frame.loc["miners", "mine"] == 2


@pytest.mark.parametrize("stance", ["planned", "asserted"])
def test_an_answer_is_no_demand(stance: str) -> None:
    """The mine, of which wages were asked, demands nothing of miners; who asked first demands."""
    codings = [
        *said("a", "1", "miners", "wages", target="mine"),
        *said("a", "2", "mine", "wages", stance, target="miners", quote="Again they speak."),
    ]
    result = made(debate(codings), "addressee", stances="for")
    assert result.frame.to_dict() == {"mine": {"miners": 1}}
    assert "Left out: 1 answer." in result.note


def test_notes_say_what_is_divided_by(small_debate: Tables) -> None:
    """By what is for a claim alone where that alone counts; sides only where they matter."""
    share = made(small_debate, "two_mode", stances="for", normalisation="activity").note
    assert "all statements for a claim of the row" in share
    both = made(small_debate, "two_mode", stances="ignore", normalisation="activity").note
    assert "all statements of the row" in both
    assert "Against it:" not in both


def test_nobody_named_decides_by_scheme(small_debate: Tables) -> None:
    """Without a coder, who decides on the scheme is asked."""
    decided = replace(small_debate, deciding_coders={"claim": "ana"})
    assert not made(decided, "congruence", coder=None).frame.empty


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
    assert "3 positions in 1 source remain." in result.note
    assert "for want of a date or for an open one: 1 source." in result.note
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
        ("subtract", {"within": None}, "study, case, source"),
        ("two_mode", {"stances": "for", "within": "case"}, "leave it out"),
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
