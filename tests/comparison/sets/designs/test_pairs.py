"""Most similar and most different pairs as readers see them."""

from __future__ import annotations

import pytest

from tertium.comparison.sets.designs.pairs import similar_designs
from tertium.errors import UnknownNameError

from ..shown.demands import made_study


@pytest.fixture
def study():
    return made_study()


def test_most_similar_with_different_outcomes(study):
    """Two cases that agree in everything and end differently come first."""
    result = similar_designs(study, plan="demands", design="most_similar")
    first = result.frame.loc[1]
    assert (first["first_id"], first["second_id"], first["distance"]) == ("c4", "c5", 0)
    assert first["differ_in"] == "nothing"
    assert "condition is missing" in result.note
    assert result.cell_text(0, result.frame.columns.get_loc("distance")) == "0 of 3"


def test_the_case_with_the_outcome_stands_first(study):
    """So that “only the first” says who has what."""
    frame = similar_designs(study, plan="demands", design="most_similar", most=50).frame
    assert set(frame["first_id"]) == {"c1", "c2", "c3", "c4"}
    row = frame[(frame["first_id"] == "c1") & (frame["second_id"] == "c5")].iloc[0]
    assert row["differ_in"] == "an NGO helped (only the first)"
    assert row["agree_in"] == "workers stopped work; not: people abroad helped"


def test_most_different_has_both_outcomes(study):
    """Pairs with the outcome and pairs without it are listed apart, the most unlike first."""
    result = similar_designs(study, plan="demands", design="most_different", most=2)
    assert result.frame["outcomes"].tolist() == [
        *["both with the outcome"] * 2, *["both without the outcome"] * 2,
    ]  # fmt: skip
    assert result.frame.loc[3, ["first_id", "second_id", "distance"]].tolist() == ["c5", "c7", 2]
    assert "both without the outcome: 6 (the first 2 listed; 3 more are" in result.note


def test_categories_decide_the_order(study):
    """In how many categories a pair is extreme is told, and how far off it is elsewhere."""
    result = similar_designs(
        study,
        plan="demands",
        design="most_different",
        categories={"struggle": ["STRIKE"], "help": ["NGO", "ABROAD"]},
        outcome="~WON",
    )
    first = result.frame.loc[1]
    assert (first["first_id"], first["second_id"], first["extreme_in"]) == ("c5", "c7", 2)
    assert first["by_category"] == "struggle: 1 of 1 (extreme); help: 1 of 2 (extreme)"
    assert "by_category" not in result.hidden


def test_passages_of_both_cases(study):
    """Behind a pair stand first the passages that tell it apart, or that it shares."""
    unlike = similar_designs(study, plan="demands", design="most_similar", most=50)
    row = unlike.frame.index[unlike.frame["first_id"].eq("c1") & unlike.frame["second_id"].eq("c5")]
    passages = unlike.evidence(row[0], "distance")
    assert set(passages["source_id"]) == {"s-c1", "s-c5"}
    assert passages["quote"].iloc[0].startswith("Of NGO")
    assert len(passages) == 8
    alike = similar_designs(study, plan="demands", design="most_different")
    assert alike.evidence(1, "distance")["quote"].iloc[0].startswith("Of STRIKE")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"design": "similar"}, "most_similar"),
        ({"most": 0}, "most=0"),
        ({"categories": {"all": ["STRIKE"]}}, "exactly one category"),
    ],
)
def test_wrong_arguments_are_refused(study, changes, said):
    """The message says what there is."""
    with pytest.raises(UnknownNameError, match=said):
        similar_designs(study, **{"plan": "demands", "design": "most_similar", **changes})


def test_it_can_be_computed_again(study):
    """Its arguments are plain values."""
    result = similar_designs(study, plan="demands", design="most_similar", most=2)
    assert repr(result.again(study)) == repr(result)
    assert len(result.again(study, most=4).frame) == 4
