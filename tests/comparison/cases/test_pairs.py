"""Similar pairs, typical and deviant cases, two side by side: four cases read in a minute."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tertium import columns as c
from tertium.comparison.cases.pairs import case_pairs
from tertium.errors import UnknownNameError
from tertium.study import open_study

from ..conftest import coding, everything_read, make_scheme, make_tables, shuffled, source, verdict

WORDS = {"state_led": "The union joined.", "ngo_paralegal": "The centre sued.",
         "strike": "Workers struck.", "content": "For wages.", "agency": "By workers."}  # fmt: skip
HAS = {
    "a": ["strike", "content", "agency"],
    "b": ["strike", "content", "agency"],
    "c": ["strike", "content"],
    "d": ["state_led", "ngo_paralegal"],
}
COUNTRIES = {"a": "China", "b": "China", "c": "China; India", "d": "China"}


def tables(has=None, **changes):
    """Four cases, each told by one source: two alike, a third nearly so, one quite different."""
    has = has or HAS
    texts = {
        case: " ".join(WORDS[code] for code in codes) or "None." for case, codes in has.items()
    }
    schemes = {
        "approach": ("state_led", "ngo_paralegal", "strike"),
        "dimension": ("content", "agency"),
    }
    given = {
        "verdicts": [
            verdict(case, scheme, code, "present" if code in has[case] else "absent")
            for case in has for scheme, codes in schemes.items() for code in codes
        ],
        "readings": everything_read(*has),
        "cases": [{"case_id": case, "name": f"Case {case}", "kind": "episode",
                   "country": COUNTRIES.get(case, "China")} for case in has],
        "case_sources": [{"case_id": case, "source_id": case} for case in has],
        **changes,
    }  # fmt: skip
    codings = [
        coding(case, WORDS[code], scheme, code)
        for case in has for scheme, codes in schemes.items() for code in codes if code in has[case]
    ]  # fmt: skip
    return make_tables([source(case, text) for case, text in texts.items()], codings, **given)


SCHEMES = ["approach", "dimension"]


def test_the_most_similar_pair_stands_first():
    """Two cases with the same codes have similarity 1; passages of both are behind the row."""
    table = case_pairs(tables(), on=SCHEMES, least=1)
    first = table.frame.iloc[0]
    assert (first["first_id"], first["second_id"], first["similarity"]) == ("a", "b", 1)
    assert set(table.evidence(1, "similarity")["source_id"]) == {"a", "b"}
    assert first["first_only"] == first["second_only"] == "nothing"


def test_what_only_one_of_a_pair_has():
    """What sets two cases apart is named with the case that has it."""
    table = case_pairs(tables(), on=SCHEMES, least=1).frame
    row = table[(table["first_id"] == "a") & (table["second_id"] == "c")].iloc[0]
    assert (row["in_both"], row["first_only"]) == ("Strike; Content", "Agency")
    assert row["similarity"] == pytest.approx(2 / 3)


def test_not_searched_is_not_absent():
    """A code that nobody looked for in one case is not compared."""
    made = tables()
    unread = made.verdicts["source_id"].eq("c") & made.verdicts["code"].eq("agency")
    made = replace(made, verdicts=made.verdicts[~unread])
    table = case_pairs(made, on=SCHEMES, least=1).frame
    row = table[(table["first_id"] == "a") & (table["second_id"] == "c")].iloc[0]
    assert (row["similarity"], row["compared"]) == (1, 2)


def test_attributes_are_compared_by_their_values():
    """Two countries of which one is the same are half alike."""
    table = case_pairs(tables(), on=["country"], least=1, most=20).frame
    values = {(r["first_id"], r["second_id"]): r["similarity"] for r in table.to_dict("records")}
    assert values["a", "b"] == 1
    assert values["a", "c"] == 0.5


def test_only_pairs_with_different_outcomes():
    """A most similar comparison takes pairs that are alike and ended otherwise."""
    rows = [{"case_id": k, "attribute": "outcome", "value": v, "basis": "x"}
            for k, v in {"a": "won", "b": "won", "c": "lost", "d": "not_stated"}.items()]  # fmt: skip
    made = replace(tables(), facts=c.frame(rows, c.FACTS))
    choice = {"on": SCHEMES, "least": 1, "outcome": "fact:outcome"}
    different = case_pairs(made, **choice, outcomes="different")
    pairs = set(zip(different.frame["first_id"], different.frame["second_id"], strict=True))
    assert pairs == {("a", "c"), ("b", "c")}
    assert "is known of 3 cases" in different.note
    same = case_pairs(made, **choice, outcomes="same").frame
    assert list(same["second_id"]) == ["b"]
    assert different.frame.iloc[0]["outcomes"] == "won / lost"


def outcomes(**values):
    """The four cases with outcomes from the fact sheet; several are parted by a space."""
    rows = [{"case_id": k, "attribute": "outcome", "value": v, "basis": "x"}
            for k, stated in values.items() for v in stated.split()]  # fmt: skip
    return replace(tables(), facts=c.frame(rows, c.FACTS))


def test_outcomes_that_are_partly_the_same_are_neither():
    """Different: none in common; same: all; what lies between is counted in the note."""
    made = outcomes(a="won", b="won lost", c="lost")
    choice = {"on": SCHEMES, "least": 1, "outcome": "fact:outcome"}
    different = case_pairs(made, **choice, outcomes="different")
    assert different.frame[["first_id", "second_id"]].to_numpy().tolist() == [["a", "c"]]
    assert "2 pairs that share some outcomes" in different.note
    assert case_pairs(made, **choice, outcomes="same").frame.empty


def test_not_stated_makes_no_cases_alike():
    """Of two cases whose outcome no source states nothing is known in common, nor apart."""
    codes = ("won", "not_stated")
    scheme = make_scheme("outcome", *codes)
    known = {"a": "not_stated", "b": "not_stated", "c": "won", "d": "won"}
    made = tables()
    rows = [verdict(case, "outcome", code, "present" if known[case] == code else "absent")
            for case in known for code in codes]  # fmt: skip
    decided = [{"scheme_version": "1.0.0", "coder": "rule", "primary": False, "coding_ids": (),
                "n_evidence": 0, **row} for row in rows]  # fmt: skip
    both = pd.concat([made.verdicts, c.frame(decided, c.VERDICTS)], ignore_index=True)
    made = replace(made, verdicts=both, schemes={**made.schemes, "outcome": scheme})
    table = case_pairs(made, on=["outcome"], least=1).frame
    assert table[["first_id", "second_id", "compared"]].to_numpy().tolist() == [["c", "d", 1]]


def test_least_looks_at_each_case_and_not_at_what_they_share():
    """Two cases with two codes each are kept or dropped together, alike or not."""
    made = tables({"a": ["strike", "content"], "b": ["strike", "content"],
                   "c": ["state_led", "agency"], "d": ["ngo_paralegal"]})  # fmt: skip
    two = case_pairs(made, on=SCHEMES, least=2).frame
    assert set(zip(two["first_id"], two["second_id"], strict=True)) == {
        ("a", "b"), ("a", "c"), ("b", "c"),
    }  # fmt: skip
    assert case_pairs(made, on=SCHEMES, least=3).frame.empty


def test_all_equally_alike_have_no_middle():
    """Where all cases are as like the others as each other, none is typical and none deviant."""
    same = tables({each: ["strike"] for each in "abc"})
    apart = tables({"a": ["strike"], "b": ["state_led"], "c": ["ngo_paralegal"]})
    for made, why in ((same, "equally like"), (apart, "nothing in common")):
        for show in ("typical", "deviant"):
            row = case_pairs(made, on=SCHEMES, least=1, show=show).frame.iloc[0]
            assert why in row["case"]
            assert pd.isna(row["similarity"])


def test_a_case_compared_with_few_of_its_group_is_passed_over():
    """The case furthest from one other and comparable with no more is not the deviant one."""
    made = tables({"a": ["strike", "content"], "b": ["strike", "content"],
                   "c": ["strike", "agency"], "d": ["state_led", "agency"], "e": ["agency"]})  # fmt: skip
    unread = made.verdicts["source_id"].isin(["a", "b", "c"]) & made.verdicts["code"].eq("agency")
    unread |= made.verdicts["source_id"].eq("e") & made.verdicts["code"].ne("agency")
    made = replace(made, verdicts=made.verdicts[~unread])
    row = case_pairs(made, on=SCHEMES, least=1, show="typical").frame.iloc[0]
    # e has all in common with d, the one case that it can be compared with.
    assert row["case"] == "Case a; Case b"


def test_a_code_without_a_passage_is_no_zero():
    """A code held of the whole source is present, not looked for and not found."""
    made = tables()
    verdicts = made.verdicts.copy()
    bare = verdicts["source_id"].eq("a") & verdicts["code"].eq("agency")
    verdicts["coding_ids"] = [() if is_bare else ids
                              for is_bare, ids in zip(bare, verdicts["coding_ids"], strict=True)]  # fmt: skip
    made = replace(made, verdicts=verdicts)
    table = case_pairs(made, on=SCHEMES, least=1, show="side_by_side", pair=["a", "b"])
    assert pd.isna(table.frame.at["dimension:agency", "a"])
    assert table.cell_text(2, 0) == "present"


def test_typical_and_deviant():
    """The case most like the others of its group and the one least like them, with the number."""
    typical = case_pairs(tables(), on=SCHEMES, least=1, show="typical").frame.iloc[0]
    # a and b are to each other 1, to c 2/3, to d 0; c is 2/3, 2/3, 0; d is 0 to all.
    assert typical["case_id"] == "a"
    assert typical["n_ties"] == 1
    assert typical["case"] == "Case a; Case b"
    assert typical["similarity"] == pytest.approx((1 + 2 / 3 + 0) / 3)
    deviant = case_pairs(tables(), on=SCHEMES, least=1, show="deviant").frame.iloc[0]
    assert (deviant["case_id"], deviant["similarity"]) == ("d", 0)
    assert "lacks Strike (3 of 3)" in deviant["why"]


def test_a_group_of_two_has_no_middle():
    """Of too small a group it is said why nothing is typical, and nothing stands behind it."""
    made = tables()
    table = case_pairs(made, on=["dimension"], least=1, show="typical", groups="approach")
    rows = table.frame.set_index("group")
    assert rows.loc["Strike", "case_id"] == "a"
    assert rows.loc["State-led", "case"].startswith("not defined, because")
    assert pd.isna(rows.loc["State-led", "similarity"])


def test_side_by_side():
    """Each code that one of the two has is a row; each cell has the passages of its case."""
    table = case_pairs(tables(), on=SCHEMES, least=1, show="side_by_side", pair=["a", "c"])
    assert list(table.frame.index) == ["approach:strike", "dimension:content", "dimension:agency"]
    assert table.frame.loc["dimension:agency"].tolist() == [1, 0]
    assert list(table.evidence("dimension:agency", "a")["quote"]) == ["By workers."]
    assert table.evidence("dimension:agency", "c").empty
    assert "Similarity 0.67" in table.note


def test_side_by_side_takes_the_first_pair():
    """Without a pair the most similar one is shown; one that there is not is refused."""
    table = case_pairs(tables(), on=SCHEMES, least=1, show="side_by_side")
    assert list(table.frame.columns) == ["a", "b"]
    with pytest.raises(UnknownNameError, match="there are a, b, c, d"):
        case_pairs(tables(), on=SCHEMES, least=1, show="side_by_side", pair=["a", "z"])


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        ({"on": "approach"}, "write a list"),
        ({"on": []}, "at least one"),
        ({"on": ["approach", "approach"]}, "each once"),
        ({"on": ["voice"]}, "can't be described by 'voice'"),
        ({"on": ["approach"], "outcome": "approach"}, "take it out"),
        ({"on": ["approach"], "groups": "approach"}, "take it out"),
        ({"on": ["approach"], "outcomes": "same"}, "needs an outcome"),
        ({"on": ["approach"], "show": "list"}, "typical"),
        ({"on": ["approach"], "least": 0}, "1 or more"),
    ],
)
def test_what_is_refused(choice, said):
    """A wrong argument is named, with what there is or what to do."""
    with pytest.raises(UnknownNameError, match=said):
        case_pairs(tables(), **{"least": 1, **choice})


@settings(max_examples=15)
@given(
    st.lists(st.lists(st.sampled_from(sorted(WORDS)), unique=True), min_size=3, max_size=4),
    st.sampled_from(["pairs", "typical", "deviant"]),
)
def test_names_and_order_of_cases_change_no_number(has, show):
    """Cases in another order and under other ids have the same similarities."""
    made = tables(dict(zip("abcd", has, strict=False)))
    other = tables(dict(zip("wxyz", has, strict=False)))
    turned = shuffled(other, lambda size: list(range(size))[::-1])
    one, two = (
        case_pairs(each, on=SCHEMES, least=1, show=show, most=20) for each in (made, turned)
    )
    pd.testing.assert_series_equal(one.frame["similarity"], two.frame["similarity"])


def test_the_shipped_study():
    """Similarities are in order and in [0, 1]; the same call gives the same table again."""
    shipped = open_study("labour-organising").tables
    table = case_pairs(shipped, on=["approach", "claim", "sector"], least=4, outcome="outcome")
    values = table.frame["similarity"].tolist()
    assert values == sorted(values, reverse=True)
    assert 0 <= min(values) <= max(values) <= 1
    assert repr(table.again(shipped)) == repr(table)
