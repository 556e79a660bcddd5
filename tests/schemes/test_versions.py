"""A scheme owes its readers a history that tells what changed, and a version that says how much."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tertium.schemes.read import builtin_names, past_schemes, read_scheme
from tertium.schemes.scheme import Scheme
from tertium.schemes.versions import version_faults, version_notes

Make = Callable[..., Scheme]


def found(old: Scheme, new: Scheme) -> list[str]:
    """Field and finding of each fault."""
    faults = version_faults(new, [old], file="mini.yml")
    return [f"{fault.field}: {fault.found}" for fault in faults]


@pytest.mark.parametrize("name", builtin_names())
def test_the_shipped_schemes_owe_nothing(name: str) -> None:
    """Their histories tell all that their versions show, and nothing else."""
    scheme, past = read_scheme(name), past_schemes(name)
    assert version_faults(scheme, past, file=name) == []
    assert version_notes(scheme, past) == []


def test_a_change_that_the_history_leaves_out_is_a_fault(make_scheme: Make) -> None:
    """The fault names the code, both versions and the line to write."""
    old = make_scheme("a")
    new = make_scheme({"id": "a", "definition": "New."}, version="1.1.0")
    (fault,) = version_faults(new, [old], file="mini.yml")
    assert str(fault) == (
        'mini.yml, history, code "a": definition changed from 1.0.0 to 1.1.0, untold; '
        "add {version: 1.1.0, code: a, change: definition}"
    )
    history = [{"version": "1.1.0", "code": "a", "change": "definition"}]
    told = make_scheme({"id": "a", "definition": "New."}, version="1.1.0", history=history)
    assert found(old, told) == []


@pytest.mark.parametrize(
    ("said", "version", "due"),
    [
        ({"definition": "New."}, "1.0.1", "1.1.0"),
        ({"when_to_use": "New."}, "1.0.1", "1.1.0"),
        ({"definition": "New."}, "1.1.0", ""),
        ({"definition": "New."}, "2.0.0", ""),
        ({"label": "New"}, "1.0.1", ""),
        ({"indicators": {"en": [{"pattern": ["x"]}]}}, "1.0.1", ""),
    ],
)
def test_the_version_moves_with_the_change(make_scheme: Make, said, version, due) -> None:
    """A definition or boundary moves the minor part at least, a label or indicator the patch."""
    new = make_scheme({"id": "a", **said}, version=version)
    faults = version_faults(new, [make_scheme("a")], file="mini.yml")
    remedies = [fault.remedy for fault in faults if fault.field == "version"]
    assert remedies == ([f"move the minor part: {due}"] if due else [])


@pytest.mark.parametrize(
    ("version", "due"), [("1.1.0", ["move the major part: 2.0.0"]), ("2.0.0", [])]
)
def test_a_split_moves_the_major_part(make_scheme: Make, version: str, due: list[str]) -> None:
    """So do a removal and a merger."""
    history = [{"version": version, "code": "a", "change": "split", "to": ["a", "b"]}]
    new = make_scheme("a", "b", version=version, history=history)
    faults = version_faults(new, [make_scheme("a")], file="mini.yml")
    assert [fault.remedy for fault in faults] == due


def test_before_1_0_0_the_minor_part_stands_for_the_major(make_scheme: Make) -> None:
    """A scheme in the making may drop a code in 0.2.0."""
    history = [{"version": "0.2.0", "code": "b", "change": "removed"}]
    new = make_scheme("a", version="0.2.0", history=history)
    assert found(make_scheme("a", "b", version="0.1.0"), new) == []


def test_a_split_tells_what_goes_with_it(make_scheme: Make) -> None:
    """The narrower definition of the part that keeps the id needs no event of its own."""
    history = [{"version": "2.0.0", "code": "a", "change": "split", "to": ["a", "b"]}]
    new = make_scheme({"id": "a", "definition": "Less."}, "b", version="2.0.0", history=history)
    assert found(make_scheme("a"), new) == []


def test_every_step_of_several_versions_is_looked_at(make_scheme: Make) -> None:
    """The present history covers them all; a step that it leaves out is named."""
    first, second = make_scheme("a"), make_scheme({"id": "a", "definition": "B."}, version="1.1.0")
    history = [{"version": "1.2.0", "code": "a", "change": "definition"}]
    third = make_scheme({"id": "a", "definition": "C."}, version="1.2.0", history=history)
    (fault,) = version_faults(third, [second, first], file="mini.yml")
    assert "from 1.0.0 to 1.1.0" in fault.found


def test_an_event_that_nothing_shows_is_noted(make_scheme: Make) -> None:
    """It makes codings stale for nothing, yet may have its reason: no fault."""
    history = [{"version": "1.1.0", "code": "a", "change": "definition"}]
    new = make_scheme("a", version="1.1.0", history=history)
    assert found(make_scheme("a"), new) == []
    (note,) = version_notes(new, [make_scheme("a")])
    assert "the history tells of a, definition in 1.1.0" in note
