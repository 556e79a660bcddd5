"""What changed between two versions, as a coder has to know it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tertium.errors import VersionError
from tertium.schemes.diff import COLUMNS, SchemeChange, scheme_diff
from tertium.schemes.read import read_scheme
from tertium.schemes.scheme import Scheme
from tertium.schemes.versions import version_faults

Make = Callable[..., Scheme]
MARCH = {"id": "march", "label": "March", "definition": "Walking."}


def kinds(old: Scheme, new: Scheme) -> list[tuple[str, str, str]]:
    """Kind, code and field of each change."""
    return [(one.kind, one.code, one.field) for one in scheme_diff(old, new).changes]


def test_a_scheme_does_not_differ_from_itself(make_scheme: Make) -> None:
    """No change, and the diff is false; the shipped schemes as well."""
    scheme = make_scheme("a", "b")
    assert not scheme_diff(scheme, scheme)
    assert not scheme_diff(read_scheme("approach"), read_scheme("approach"))


@pytest.mark.parametrize(
    ("codes", "history", "wanted"),
    [
        (
            ["c", "z"],
            [
                {"version": "1.1.0", "code": "a2", "change": "renamed", "from": "a"},
                {"version": "2.0.0", "code": "c", "change": "merged", "from": ["a2", "b"]},
            ],
            "merged",
        ),
        (
            ["a9", "a3", "b", "z"],
            [
                {"version": "2.0.0", "code": "a", "change": "split", "to": ["a1", "a3"]},
                {"version": "2.1.0", "code": "a9", "change": "renamed", "from": "a1"},
            ],
            "split",
        ),
    ],
)
def test_two_steps_at_once_are_told_by_what_happened(
    make_scheme: Make, codes, history, wanted
) -> None:
    """A code renamed before its merger was not removed, a part renamed later not added."""
    old = make_scheme("a", "b", "z")
    new = make_scheme(*codes, version="3.0.0", history=history)
    assert [kind for kind, _, _ in kinds(old, new) if kind != "frame"] == [wanted]
    assert version_faults(new, [old], file="mini.yml") == []


def test_a_renamed_tactic_is_told_by_its_event(make_scheme: Make) -> None:
    """No event of hierarchy is asked for beside it."""
    walk = {**MARCH, "id": "walk"}
    history = [{"version": "1.1.0", "code": "walk", "change": "renamed", "from": "march"}]
    old = make_scheme({"id": "a", "tactics": [MARCH]})
    new = make_scheme({"id": "a", "tactics": [walk]}, version="1.1.0", history=history)
    assert version_faults(new, [old], file="mini.yml") == []


def test_order_of_codes_words_of_the_rule_and_notes_of_examples_are_told(make_scheme: Make) -> None:
    """All three move the patch part alone."""
    example = {"text": "x", "coded": True}
    rule = {"text": "Other words.", "present": 0.6, "undecided": 0.3}
    old = make_scheme({"id": "a", "examples": [example]}, "b")
    noted = {"id": "a", "examples": [{**example, "note": "why"}]}
    new = make_scheme("b", noted, version="1.0.1", verdict=rule)
    assert kinds(old, new) == [
        ("frame", "", "order of codes"),
        ("frame", "", "verdict text"),
        ("examples", "a", ""),
    ]
    assert version_faults(new, [old], file="mini.yml") == []


def test_a_changed_weight_is_told_with_its_pattern(make_scheme: Make) -> None:
    """Key and pattern, before and after."""
    old, new = (
        make_scheme({"id": "a", "indicators": {"en": [{"pattern": "riot", "weight": weight}]}})
        for weight in (0.6, 0.9)
    )
    (change,) = scheme_diff(old, new).changes
    assert (change.before[-16:], change.after[-16:]) == ("riot: weight 0.6", "riot: weight 0.9")


def test_two_schemes_are_no_two_versions(make_scheme: Make) -> None:
    """Another name is refused."""
    with pytest.raises(VersionError, match="two schemes"):
        scheme_diff(make_scheme("a"), make_scheme("a", name="other"))


def test_white_space_is_no_change(make_scheme: Make) -> None:
    """A definition that is folded elsewhere reads the same."""
    old = make_scheme({"id": "a", "definition": "One  line."})
    assert kinds(old, make_scheme({"id": "a", "definition": "One\n line."})) == []


@pytest.mark.parametrize(
    ("said", "kind", "field"),
    [
        ({"label": "New"}, "label", ""),
        ({"definition": "New."}, "definition", ""),
        ({"when_to_use": "New."}, "boundary", "when_to_use"),
        ({"when_not_to_use": "New."}, "boundary", "when_not_to_use"),
        ({"examples": [{"text": "T.", "coded": True}]}, "examples", ""),
        ({"tactics": [MARCH]}, "hierarchy", "tactic march"),
        ({"parent": "b"}, "moved", ""),
        ({"indicators": {"en": [{"pattern": ["x"]}]}}, "indicator", "en"),
    ],
)
def test_each_change_has_its_kind(make_scheme: Make, said, kind: str, field: str) -> None:
    """Definition, boundary, hierarchy, examples, label and indicator are told apart."""
    old, new = make_scheme("a", "b"), make_scheme({"id": "a", **said}, "b")
    assert kinds(old, new) == [(kind, "a", field)]


def test_patterns_are_counted_per_language_with_lists_written_out(make_scheme: Make) -> None:
    """A list that grew is told for the list and for the code whose indicator names it."""

    def scheme(*words: str) -> Scheme:
        return make_scheme(
            {"id": "a", "indicators": {"en": [{"pattern": ["@stops", "halt"]}]}},
            lists={"stops": {"en": list(words)}},
        )

    listed, indicator = scheme_diff(scheme("strike", "walkout"), scheme("strike", "down")).changes
    assert (listed.kind, listed.field, listed.added) == ("lists", "@stops", ("en: down",))
    assert (indicator.added, indicator.removed) == (("down",), ("walkout",))
    assert indicator.after == "1 indicators, 3 patterns"


def test_an_indicator_that_needs_other_company_changed(make_scheme: Make) -> None:
    """The same patterns with another neighbour or weight are not the same indicator."""
    old = make_scheme({"id": "a", "indicators": {"en": [{"pattern": ["x"]}]}})
    new = make_scheme({"id": "a", "indicators": {"en": [{"pattern": ["x"], "weight": 0.9}]}})
    (change,) = scheme_diff(old, new).changes
    assert (change.kind, change.added, change.removed) == ("indicator", (), ())


def test_thresholds_and_frame_are_of_the_whole_scheme(make_scheme: Make) -> None:
    """They name no code and come first."""
    rule = {"text": "One passage.", "present": 0.7, "undecided": 0.3}
    new = make_scheme({"id": "a", "label": "B"}, verdict=rule, title="New", languages=["en", "zh"])
    assert kinds(make_scheme("a"), new) == [
        ("thresholds", "", "present"),
        ("frame", "", "languages"),
        ("frame", "", "title"),
        ("label", "a", ""),
    ]


def test_without_a_history_a_new_id_is_another_code(make_scheme: Make) -> None:
    """Removed and added; with the event it is renamed, and what else changed is told too."""
    old, new = make_scheme("strike"), make_scheme("walkout", version="1.1.0")
    assert kinds(old, new) == [("added", "walkout", ""), ("removed", "strike", "")]
    history = [{"version": "1.1.0", "code": "walkout", "change": "renamed", "from": "strike"}]
    told = make_scheme(
        {"id": "walkout", "label": "Strike", "definition": "Other.",
         "when_to_use": "When strike is told.", "when_not_to_use": "When strike is a metaphor."},
        version="1.1.0", history=history,
    )  # fmt: skip
    assert kinds(old, told) == [("renamed", "walkout", "id"), ("definition", "walkout", "")]


def test_splits_and_mergers_are_followed(make_scheme: Make) -> None:
    """Their parts are neither added nor removed; a part that lives on is compared."""
    history = [{"version": "2.0.0", "code": "a", "change": "split", "to": ["a", "b"]}]
    new = make_scheme({"id": "a", "definition": "Less."}, "b", version="2.0.0", history=history)
    assert kinds(make_scheme("a"), new) == [("split", "a", ""), ("definition", "a", "")]
    history = [{"version": "2.0.0", "code": "c", "change": "merged", "from": ["a", "b"]}]
    merged = make_scheme("c", version="2.0.0", history=history)
    (change,) = scheme_diff(make_scheme("a", "b"), merged).changes
    assert (change.kind, change.before, change.after) == ("merged", "a + b", "c")


def test_a_tactic_under_another_code_moved(make_scheme: Make) -> None:
    """It is told once, as a move and not as a loss here and a gain there."""
    old = make_scheme({"id": "a", "tactics": [MARCH]}, "b")
    new = make_scheme("a", {"id": "b", "tactics": [MARCH]})
    (change,) = scheme_diff(old, new).changes
    assert (change.kind, change.code, change.before, change.after) == ("moved", "march", "a", "b")


def test_the_older_version_comes_first(make_scheme: Make) -> None:
    """The other way round nothing could be followed, so it is refused."""
    with pytest.raises(VersionError, match="name the older version first"):
        scheme_diff(make_scheme("a", version="1.1.0"), make_scheme("a"))


def test_approach_grew_in_its_indicators_only() -> None:
    """From 1.0.0 to 1.1.0 no definition or boundary changed: no reading became stale."""
    diff = scheme_diff(read_scheme("approach@1.0.0"), read_scheme("approach@1.1.0"))
    assert {one.kind for one in diff.changes} == {"examples", "indicator", "lists"}
    assert len(diff.of_kind("indicator")) == 15
    assert list(diff.frame.columns) == list(COLUMNS)
    assert len(diff.frame) == len(diff.changes)


def test_a_change_reads_as_one_line() -> None:
    """Long lists are counted and cut."""
    change = SchemeChange("indicator", "a", "b", "en", added=tuple("cdefgh"), removed=("x",))
    assert str(change) == "a (was b): indicator, en: +6 (c, d, e, f, g and 1 more); −1 (x)"
