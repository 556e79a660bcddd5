"""The history of a scheme: what became of a code, and which histories can't be true."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tertium.schemes.history import events_between, fate_of, history_faults, version_parts
from tertium.schemes.scheme import Scheme
from tertium.yaml_text import Lines

Make = Callable[..., Scheme]


def event(version: str, code: str, change: str, **said: Any) -> dict[str, Any]:
    """One line of a history."""
    return {"version": version, "code": code, "change": change, **said}


def found(scheme: Scheme) -> list[str]:
    """What is wrong with the history of a scheme."""
    return sorted(fault.found for fault in history_faults(scheme, "mini.yml", Lines({})))


@pytest.mark.parametrize(
    ("codes", "history", "code", "ids"),
    [
        (["walkout"], [event("1.1.0", "walkout", "renamed", **{"from": "strike"})], "strike", ("walkout",)),
        (["strike"], [event("1.1.0", "strike", "renamed")], "strike", ("strike",)),
        (["strike", "march"], [event("2.0.0", "protest", "split", to=["strike", "march"])], "protest", ("strike", "march")),
        (["protest"], [event("2.0.0", "protest", "merged", **{"from": ["strike", "march"]})], "march", ("protest",)),
        (["strike"], [event("2.0.0", "march", "removed")], "march", ()),
        (["strike"], [event("1.1.0", "strike", "definition")], "strike", ("strike",)),
        (
            ["c"],
            [
                event("1.1.0", "b", "renamed", **{"from": "a"}),
                event("2.0.0", "b", "split", to=["c", "d"]),
                event("3.0.0", "c", "merged", **{"from": ["c", "d"]}),
            ],
            "a",
            ("c",),
        ),
    ],
)  # fmt: skip
def test_a_code_keeps_its_story(make_scheme: Make, codes, history, code, ids) -> None:
    """Renamed, split, merged, removed, and all of them in turn: the ids of today are found."""
    scheme = make_scheme(*codes, version="3.0.0", history=history)
    assert found(scheme) == []
    fate = fate_of(scheme, code, "1.0.0")
    assert fate.ids == ids
    assert len(fate.events) == len(history)
    assert fate_of(scheme, codes[0], "3.0.0")[:2] == ((), (codes[0],))


def test_a_code_that_became_a_tactic_is_found_under_its_new_code(make_scheme: Make) -> None:
    """A move from code to sub-code takes the codings along."""
    strike = {
        "id": "strike",
        "tactics": [{"id": "march", "label": "March", "definition": "Walking."}],
    }
    scheme = make_scheme(
        strike, version="2.0.0", history=[event("2.0.0", "march", "moved", to="strike")]
    )
    assert found(scheme) == []
    assert fate_of(scheme, "march", "1.0.0").ids == ("strike",)


def test_a_tactic_that_moves_takes_only_its_own_codings_along(make_scheme: Make) -> None:
    """Codings of the former code with another tactic, or none, are untouched."""
    march = {"id": "march", "label": "March", "definition": "Walking."}
    scheme = make_scheme(
        "strike",
        {"id": "protest", "tactics": [march]},
        version="1.1.0",
        history=[event("1.1.0", "march", "moved", **{"from": "strike", "to": "protest"})],
    )
    assert found(scheme) == []
    assert fate_of(scheme, "strike", "1.0.0", tactic="march").ids == ("protest",)
    assert fate_of(scheme, "strike", "1.0.0", tactic="stoppage")[:2] == ((), ("strike",))
    assert fate_of(scheme, "strike", "1.0.0")[:2] == ((), ("strike",))
    # The same id under a third code is another tactic.
    assert fate_of(scheme, "riot", "1.0.0", tactic="march")[:2] == ((), ("riot",))


@pytest.mark.parametrize(
    ("codes", "after", "ids"),
    [
        (["protest", {"id": "uprising", "parent": "protest"}], event("1.2.0", "uprising", "renamed", **{"from": "riot"}), ("uprising",)),
        (["protest"], event("2.0.0", "riot", "removed"), ()),
        (["protest", "fight", "fire"], event("2.0.0", "riot", "split", to=["fight", "fire"]), ("fight", "fire")),
    ],
)  # fmt: skip
def test_a_code_under_a_parent_stays_itself_whatever_follows(
    make_scheme: Make, codes, after, ids
) -> None:
    """Moved under a parent and renamed, removed or split later, it never turns into the parent."""
    moved = event("1.1.0", "riot", "moved", to="protest")
    scheme = make_scheme(*codes, version=after["version"], history=[moved, after])
    assert found(scheme) == []
    assert fate_of(scheme, "riot", "1.0.0").ids == ids


def test_a_tactic_is_followed_to_the_code_that_it_becomes(make_scheme: Make) -> None:
    """What was coded with it is of the new code; other codings of the old one are not."""
    history = [
        event("1.1.0", "picket", "renamed", **{"from": "picketing"}),
        event("1.2.0", "picket", "moved", **{"from": "strike"}),
    ]
    scheme = make_scheme("strike", "picket", version="1.2.0", history=history)
    fate = fate_of(scheme, "strike", "1.1.0", tactic="picket")
    assert (fate.ids, fate.tactic, len(fate.events)) == (("picket",), "", 1)
    assert fate_of(scheme, "strike", "1.0.0", tactic="picketing").ids == ("picket",)
    assert fate_of(scheme, "strike", "1.0.0") == ((), ("strike",), "")


def test_the_present_name_of_a_tactic_is_told(make_scheme: Make) -> None:
    """Of one that was renamed, and of a code that became one."""
    tactics = [{"id": one, "label": one, "definition": one} for one in ("picketing", "march")]
    history = [
        event("1.1.0", "picketing", "renamed", **{"from": "picket"}),
        event("1.1.0", "march", "moved", to="strike"),
    ]
    scheme = make_scheme({"id": "strike", "tactics": tactics}, version="1.1.0", history=history)
    assert found(scheme) == []
    assert fate_of(scheme, "strike", "1.0.0", tactic="picket").tactic == "picketing"
    assert fate_of(scheme, "march", "1.0.0")[1:] == (("strike",), "march")


def test_another_codes_event_touches_nothing(make_scheme: Make) -> None:
    """A definition that changed beside a code is not its own."""
    scheme = make_scheme("a", "b", version="1.1.0", history=[event("1.1.0", "b", "definition")])
    assert fate_of(scheme, "a", "1.0.0").events == ()
    assert len(fate_of(scheme, "b", "1.0.0").events) == 1


def test_versions_are_compared_as_numbers(make_scheme: Make) -> None:
    """1.10.0 is later than 1.9.0, and what lies between two versions is picked by that."""
    history = [event(version, "a", "definition") for version in ("1.2.0", "1.9.0", "1.10.0")]
    scheme = make_scheme("a", version="1.10.0", history=history)
    assert version_parts("1.10.0") > version_parts("1.9.0")
    assert [one.version for one in events_between(scheme, "1.2.0")] == ["1.9.0", "1.10.0"]
    assert [one.version for one in events_between(scheme, "1.0.0", "1.9.0")] == ["1.2.0", "1.9.0"]


@pytest.mark.parametrize(
    ("history", "wanted"),
    [
        ([event("1.2.0", "a", "label")], None),
        ([event("9.0.0", "a", "definition")], "9.0.0 is later than the scheme's own 3.0.0"),
        ([event("1.2.0", "a", "definition"), event("1.1.0", "a", "boundary")], "version 1.1.0 stands below a later one"),
        ([event("1.2.0", "a", "definition")] * 2, "a, definition stands twice for 1.2.0"),
        ([event("1.2.0", "x", "definition")], "'x' is no code in 1.2.0"),
        ([event("2.0.0", "a", "removed")], "'a' is removed in 2.0.0 and still a code then"),
        ([event("2.0.0", "x", "split", to=["a"])], "split with 1 ids (a)"),
        ([event("2.0.0", "x", "split", to=["a", "y"])], "'y' is no code in 2.0.0"),
        ([event("2.0.0", "a", "merged", **{"from": ["a"]})], "merged with 1 ids (a)"),
        ([event("2.0.0", "a", "merged", **{"from": ["a", "b"]})], "'b' is merged in 2.0.0 and still a code then"),
        ([event("2.0.0", "a", "renamed", **{"from": "a"})], "a was called so before"),
        ([event("2.0.0", "a", "definition", to="b")], "definition with 1 ids (b)"),
        ([event("2.0.0", "a", "moved")], "a moves from nowhere to the same"),
        ([event("2.0.0", "a", "moved", to="x")], "'x' is no code in 2.0.0"),
        ([event("1.1.0", "a", "definition"), event("2.0.0", "x", "split", to=["a", "b"])], "'a' is no code in 1.1.0"),
        ([event("2.0.0", "c", "removed"), event("3.0.0", "c", "definition")], "'c' is no code in 3.0.0"),
    ],
)  # fmt: skip
def test_a_history_that_can_not_be_true_is_refused(make_scheme: Make, history, wanted) -> None:
    """Order, versions, and ids that no code ever had: each is named."""
    if wanted is None:
        with pytest.raises(ValueError, match="change"):
            make_scheme("a", "b", version="3.0.0", history=history)
        return
    assert wanted in found(make_scheme("a", "b", version="3.0.0", history=history))


def test_all_faults_of_a_history_come_at_once(make_scheme: Make) -> None:
    """An unknown code, ids where none belong, and both that follow a later version."""
    history = [
        event("9.0.0", "a", "definition"),
        event("1.1.0", "x", "definition"),
        event("1.1.0", "a", "boundary", to=["b"]),
    ]
    assert len(found(make_scheme("a", "b", version="3.0.0", history=history))) == 5
