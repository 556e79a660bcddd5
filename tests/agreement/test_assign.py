"""The sampling plan: drawn by strata, shared out evenly, the same from the same seed."""

from __future__ import annotations

import contextlib
import io
import sys
from collections import Counter
from itertools import combinations
from pathlib import Path
from typing import Any
from unittest import mock

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tertium.agreement.assignment.assign import Plan, assign
from tertium.agreement.assignment.read import assigned, read_plan
from tertium.cli import main
from tertium.errors import InputError, UnknownNameError
from tertium.start.skeleton import write_skeleton
from tertium.study import open_study


def table(**voices: int) -> pd.DataFrame:
    """So many sources of each voice."""
    ids = [(f"{voice}-{number}", voice) for voice, n in voices.items() for number in range(n)]
    return pd.DataFrame(
        {
            "source_id": [one for one, _ in ids],
            "title": [f"Title of {one}" for one, _ in ids],
            "voice": [voice for _, voice in ids],
            "language": "en",
        }
    )


def plan(sources: pd.DataFrame, **more: Any) -> Plan:
    """A plan with everything stated."""
    options = {"coders": ["ana", "ben"], "sample": 10, "double": 0.2, "by": ["voice"], "seed": 1}
    return assign(sources, **{**options, **more})


def drawn(one: Plan) -> dict[str, str]:
    """Sources of the sample and their strata."""
    return dict(zip(one.frame["source_id"], one.frame["stratum"], strict=True))


def test_each_stratum_has_its_share_by_largest_remainders() -> None:
    """Of 10 out of 6 + 3 + 11 the shares are 3, 1.5 and 5.5; one of the halves is rounded up."""
    counts = Counter(drawn(plan(table(ngo=6, company=3, academic=11))).values())
    assert counts["ngo"] == 3
    assert sorted([counts["company"], counts["academic"]]) in ([1, 6], [2, 5])


def test_each_stratum_has_one_where_the_sample_is_large_enough() -> None:
    """A rare voice is not lost to rounding; where there are too few places it is named."""
    sources = table(ngo=97, company=1, academic=2)
    assert set(drawn(plan(sources, sample=3)).values()) == {"ngo", "company", "academic"}
    small = plan(sources, sample=2)
    assert set(drawn(small).values()) == {"ngo"}
    assert "No source is drawn from: academic (2), company (1)." in small.in_words


def test_a_missing_cell_is_a_stratum_of_its_own() -> None:
    """A source without a voice is drawn like others."""
    sources = table(ngo=2, x=2)
    sources.loc[sources["voice"] == "x", "voice"] = None
    assert set(drawn(plan(sources, sample=4)).values()) == {"ngo", "not stated"}


@given(
    sizes=st.lists(st.integers(1, 9), min_size=1, max_size=5),
    share=st.floats(0.05, 1.0),
    double=st.one_of(st.just(0), st.floats(0.05, 1.0)),
    n_coders=st.integers(2, 4),
    seed=st.integers(0, 99),
)
def test_loads_and_pairs_are_even_and_the_sample_has_its_size(
    sizes: list[int], share: float, double: float, n_coders: int, seed: int
) -> None:
    """Coders differ by at most two sources, pairs by at most one; nobody reads a source twice."""
    sources = table(**{f"v{number}": size for number, size in enumerate(sizes)})
    coders = ["ana", "ben", "cem", "dan"][:n_coders]
    made = plan(sources, sample=share, double=double, coders=coders, seed=seed)
    who = made.frame.groupby("source_id")["coder"].agg(list)
    assert abs(len(who) - share * len(sources)) <= 0.5 or len(who) == 1
    twice = [tuple(sorted(names)) for names in who if len(names) == 2]
    assert max(map(len, who)) <= 2
    assert all(len(set(names)) == len(names) for names in who)
    assert abs(len(twice) - double * len(who)) <= 0.5 or len(twice) == 1
    pairs = [Counter(twice)[pair] for pair in combinations(coders, 2)]
    assert max(pairs) - min(pairs) <= 1
    loads = [Counter(made.frame["coder"])[coder] for coder in coders]
    assert max(loads) - min(loads) <= 2
    assert made.frame["double"].sum() == 2 * len(twice)
    for coder in set(made.frame["coder"]):
        own = made.frame[made.frame["coder"] == coder]
        assert sorted(own["order"]) == list(range(1, len(own) + 1))


@given(seed=st.integers(0, 9), order=st.permutations(range(12)))
def test_the_order_of_rows_changes_nothing(seed: int, order: list[int]) -> None:
    """The plan depends on seed and sources only."""
    sources = table(ngo=7, company=5)
    mixed = sources.iloc[list(order)].reset_index(drop=True)
    pd.testing.assert_frame_equal(plan(sources, seed=seed).frame, plan(mixed, seed=seed).frame)


def test_another_seed_draws_others() -> None:
    """And the order in which a coder reads is not that of the manifest."""
    sources = table(ngo=30)
    assert drawn(plan(sources)).keys() != drawn(plan(sources, seed=2)).keys()
    assert plan(sources).of("ana") != sorted(plan(sources).of("ana"))


def rows(one: Plan | pd.DataFrame) -> set[tuple[str, str, int]]:
    """What may not change: who has what, at which place."""
    frame = one.frame if isinstance(one, Plan) else one
    return set(zip(frame["source_id"], frame["coder"], map(int, frame["order"]), strict=True))


def test_an_earlier_plan_stands_and_is_added_to() -> None:
    """A new coder takes what is new and reads some of the others' sources too."""
    sources = table(ngo=20, company=10)
    first = plan(sources, coders=["ana"], sample=10, double=0)
    more = table(ngo=25, company=10, academic=3)
    second = plan(more, coders=["ana", "ben"], sample=16, double=0.25, keep=first.frame)
    assert rows(first) < rows(second)
    assert len(drawn(second)) == 16
    assert "academic" in drawn(second).values()
    assert second.frame["double"].sum() == 8
    added = rows(second) - rows(first)
    assert {source for source, coder, _ in added if coder == "ben"} == {one for one, _, _ in added}
    assert "10 rows of the earlier plan stand; 10 are new." in second.in_words


def test_the_same_plan_kept_is_the_same_plan() -> None:
    """Nothing is added where nothing is missing."""
    sources = table(ngo=20, company=10)
    first = plan(sources)
    pd.testing.assert_frame_equal(plan(sources, keep=first.frame).frame, first.frame)


def test_an_earlier_plan_with_other_sources_is_refused() -> None:
    """Each source that is gone is named."""
    first = plan(table(ngo=20))
    with pytest.raises(InputError, match="is no source to draw"):
        plan(table(company=20), keep=first.frame)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"coders": []}, "at least one coder"),
        ({"coders": ["ana", "ana"]}, "named twice"),
        ({"coders": ["ana"]}, "needs two coders"),
        ({"sample": 0}, "whole number from 1"),
        ({"sample": 1.5}, "share of up to 1.0"),
        ({"sample": 31}, "there are 30 sources"),
        ({"double": 11}, "there are 10 sources"),
        ({"double": float("nan")}, "double nan"),
        ({"by": ["mood"]}, "no column 'mood'.*voice, language"),
    ],
)
def test_what_can_not_be_drawn_is_refused(more: dict[str, Any], said: str) -> None:
    """The message says what would be right."""
    with pytest.raises(UnknownNameError, match=said):
        plan(table(ngo=30), **more)


# ---------------------------------------------------------------------------------------------
# The verb


def run(root: Path, *words: str) -> tuple[int, str, str]:
    """Exit code, what was said, what went wrong."""
    said, wrong = io.StringIO(), io.StringIO()
    given = ["tertium", "assign", "first", "--coders", "ana,ben", "--double", "1", *words]
    with (
        contextlib.chdir(root),
        contextlib.redirect_stdout(said),
        contextlib.redirect_stderr(wrong),
        mock.patch.object(sys, "argv", given),
        pytest.raises(SystemExit) as left,
    ):
        main()
    return int(left.value.code or 0), said.getvalue(), wrong.getvalue()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The folder of a new study with two sources."""
    write_skeleton(tmp_path / "first")
    return tmp_path / "first"


PLAN = "data/assignments/plan.csv"


def test_the_verb_writes_a_plan_that_a_notebook_reads(root: Path) -> None:
    """From the file to the sources of one coder, in her order."""
    code, said, _ = run(root, "--sample", "100%", "--seed", "1", "--output", PLAN)
    assert code == 0
    assert "2 of 2 sources are drawn" in said
    study = open_study(root / "data/studies/first.yml")
    table = read_plan(root / PLAN, file=PLAN)
    for coder in ("ana", "ben"):
        own = table[table["coder"] == coder].sort_values("order")["source_id"].tolist()
        assert [one.id for one in assigned(study, PLAN, coder)] == own
    with pytest.raises(UnknownNameError, match="no coder 'eva'; it has ana, ben"):
        assigned(study, PLAN, "eva")


def test_the_verb_writes_the_same_bytes_twice_and_no_other_plan_over_one(root: Path) -> None:
    """A plan that coders work by is not replaced by accident; a dry run writes nothing."""
    words = ("--sample", "2", "--output", PLAN)
    assert run(root, *words, "--seed", "1", "--dry-run")[0] == 0
    assert not (root / PLAN).exists()
    assert run(root, *words, "--seed", "1")[0] == 0
    before = (root / PLAN).read_bytes()
    assert run(root, *words, "--seed", "1")[0] == 0
    code, _, wrong = run(root, "--sample", "1", "--output", PLAN, "--seed", "1")
    assert (code, "another plan" in wrong) == (2, True)
    assert run(root, *words, "--seed", "7", "--keep", PLAN)[0] == 0
    assert (root / PLAN).read_bytes() == before


def test_faults_of_a_plan_are_named_at_once(tmp_path: Path) -> None:
    """Line and field of each."""
    text = "source_id,coder,order,stratum,double\na,ana,x,s,true\na,ana,2,s,maybe\n,ben,1,s,false\n"
    (tmp_path / "p.csv").write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as error:
        read_plan(tmp_path / "p.csv", file="p.csv")
    assert [(fault.line, fault.field) for fault in error.value.faults] == [
        (2, "order"),
        (3, "double"),
        (3, "source_id"),
        (4, "source_id"),
    ]


def test_a_digest_and_its_original_are_drawn_once(repository: Path) -> None:
    """What renders another text is never drawn beside it."""
    from tertium.bundle import counted

    study = open_study(repository / "data/studies/labour-organising.yml", texts="both")
    sources = counted(study.collection.frame, study.listed.renders)
    made = plan(sources, sample=1.0, by=["voice", "language"])
    ids = set(made.frame["source_id"])
    renders = study.listed.renders
    assert not {one for one in ids if renders.get(one) in ids}


@pytest.mark.parametrize("name", ["rule", "learned", "Ana M."])
def test_a_name_that_can_not_code_is_refused(name: str) -> None:
    """A plan for nobody is no plan."""
    with pytest.raises(UnknownNameError, match="coder"):
        plan(table(ngo=20), coders=["ana", name])


def test_a_file_that_is_no_plan_is_not_overwritten(root: Path) -> None:
    """With an earlier plan to keep, too."""
    words = ("--coders", "ana,ben", "--sample", "2", "--double", "1", "--seed", "1")
    (root / "x.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    assert run(root, *words, "--output", PLAN)[0] == 0
    assert run(root, *words, "--keep", PLAN, "--output", "x.csv")[0] == 2
    assert (root / "x.csv").read_text(encoding="utf-8") == "a,b\n1,2\n"


def test_an_order_that_is_too_long_is_a_fault(tmp_path: Path) -> None:
    """No traceback."""
    path = tmp_path / "plan.csv"
    path.write_text(
        "source_id,coder,order,stratum,double,title\n" + f"a,ana,{'9' * 5000},x,false,A\n",
        encoding="utf-8",
    )
    with pytest.raises(InputError, match="is no place"):
        read_plan(path, file="plan.csv")


def test_a_plan_tells_its_draw(tmp_path: Path) -> None:
    """By which columns it was drawn and how many sources each stratum had; read back the same."""
    found = plan(table(ngo=6, company=4), by=["voice", "language"])
    sizes = dict(zip(found.frame["stratum"], found.frame["stratum_size"], strict=True))
    assert sizes == {"ngo × en": 6, "company × en": 4}
    assert set(found.frame["drawn_by"]) == {"voice|language"}
    rows = found.frame.assign(
        double=["true" if each else "false" for each in found.frame["double"]]
    )
    rows.to_csv(tmp_path / "plan.csv", index=False)
    again = read_plan(tmp_path / "plan.csv", file="plan.csv")
    assert again["stratum_size"].tolist() == found.frame["stratum_size"].tolist()
    assert again["drawn_by"].tolist() == found.frame["drawn_by"].tolist()


def test_keeping_a_plan_of_another_list_says_so() -> None:
    """Old and new sources had unequal chances, and each row keeps what it was drawn from."""
    first = plan(table(ngo=6, company=4), sample=5)
    same = plan(table(ngo=6, company=4), sample=8, keep=first.frame)
    assert "same chance" not in same.in_words
    more = plan(table(ngo=9, company=4), sample=8, keep=first.frame)
    assert "other numbers of sources: ngo (6, now 9)" in more.in_words
    assert "draw a plan without --keep" in more.in_words
    own = more.frame[more.frame["stratum"] == "ngo"]
    assert set(own["stratum_size"]) == {6, 9}
    other = plan(table(ngo=6, company=4), sample=8, keep=first.frame, by=["voice", "language"])
    assert "drawn by other columns" in other.in_words
