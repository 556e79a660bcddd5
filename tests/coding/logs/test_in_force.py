"""Codings of earlier versions of a scheme, under the version in force."""

from __future__ import annotations

from typing import Any

import pytest

from tertium.coding.logs.in_force import in_force
from tertium.coding.logs.lines import coding_line, reading_line
from tertium.coding.logs.log import as_lines
from tertium.coding.logs.replay import replay
from tertium.errors import VersionError
from tertium.schemes.scheme import Code, Event, Scheme, Tactic, VerdictRule
from tertium.sources.source import Source
from tertium.spans import Span

ALL = "all codes"
SOURCE = Source("first", "Workers went on strike.")


def scheme(version: str, *codes: str, history: tuple[dict[str, Any], ...] = ()) -> Scheme:
    """Return a small scheme."""
    return Scheme(
        name="mini",
        version=version,
        title="Mini",
        description="Few codes.",
        verdict=VerdictRule(text="One is enough.", present=0.6, undecided=0.3),
        codes=tuple(
            Code(id=id_, label=id_, definition="d", when_to_use="u", when_not_to_use="n")
            for id_ in codes
        ),
        history=tuple(Event.model_validate(each) for each in history),
    )


OLD = scheme("1.0.0", "walkout", "protest", "rumour", "claim")
NEW = scheme(
    "2.0.0",
    "strike",
    "march",
    "vigil",
    "claim",
    "song",
    history=(
        {"version": "2.0.0", "code": "strike", "change": "renamed", "from": "walkout"},
        {"version": "2.0.0", "code": "protest", "change": "split", "to": ["march", "vigil"]},
        {"version": "2.0.0", "code": "rumour", "change": "removed"},
        {"version": "2.0.0", "code": "song", "change": "added"},
    ),
)


def test_codes_are_called_by_their_present_names() -> None:
    """A renamed code lives on; what was split or removed is left out, and counted in the notes."""
    made = [coding_line(SOURCE, None, OLD, code, coder="ana") for code in OLD.code_ids]
    coded = in_force(replay(as_lines(made), sources=[SOURCE]), [NEW])
    assert sorted(coded.codings["code"]) == ["claim", "strike"]
    assert set(coded.codings["scheme_version"]) == {"2.0.0"}
    assert coded.notes == (
        "codings: 1 coding by ana under mini 1.0.0 can't be counted: protest became march or "
        "vigil in 2.0.0; code them again",
        "codings: 1 coding by ana under mini 1.0.0 can't be counted: rumour is no longer there in "
        "2.0.0; code them again",
    )


def test_nobody_has_looked_for_a_code_that_came_later() -> None:
    """A reading of all codes is one of those that there were, and of what came of them."""
    read = [reading_line(SOURCE, None, OLD, None, coder="ana")]
    coded = in_force(replay(as_lines(read), sources=[SOURCE]), [NEW])
    assert coded.readings["code"].tolist() == ["strike", "march", "vigil", "claim"]
    one = [reading_line(SOURCE, None, OLD, "protest", coder="ana")]
    coded = in_force(replay(as_lines(one), sources=[SOURCE]), [NEW])
    assert coded.readings["code"].tolist() == ["march", "vigil"]


def codes_read(scheme: Scheme, *lines: dict[str, Any]) -> list[Any]:
    """Return the codes that were looked for, under the scheme in force."""
    read = in_force(replay(as_lines(lines), sources=[SOURCE]), [scheme]).readings["code"]
    return read.fillna(ALL).tolist()


def test_where_a_split_code_was_found_its_parts_are_not_absent() -> None:
    """The reading that found it looked for no part; one under the new version does."""
    lines = [
        coding_line(SOURCE, None, OLD, "protest", coder="ana"),
        reading_line(SOURCE, None, OLD, None, coder="ana"),
    ]
    assert codes_read(NEW, *lines) == ["strike", "claim"]
    beside = [*lines, reading_line(SOURCE, None, OLD, None, coder="ben")]
    assert sorted(codes_read(NEW, *beside)) == sorted(["strike", "claim"] * 2 + ["march", "vigil"])
    again = [*lines, reading_line(SOURCE, None, NEW, "march", coder="ana")]
    assert codes_read(NEW, *again) == ["strike", "claim", "march"]


def test_a_merged_code_was_looked_for_by_who_looked_for_all_that_went_in() -> None:
    """A reading for one part of it says nothing of the whole."""
    old = scheme("1.0.0", "help", "advice", "law")
    new = scheme(
        "2.0.0",
        "aid",
        "law",
        history=(
            {"version": "2.0.0", "code": "aid", "change": "merged", "from": ["help", "advice"]},
        ),
    )
    one, other = (reading_line(SOURCE, None, old, each, coder="ana") for each in ("help", "advice"))
    assert codes_read(new, one) == []
    assert codes_read(new, one, other) == ["aid", "aid"]
    assert codes_read(new, reading_line(SOURCE, None, old, None, coder="ana")) == [ALL]
    part = reading_line(SOURCE, Span(0, 7), old, "advice", coder="ana")
    assert codes_read(new, one, part) == ["aid"]
    stranger = reading_line(SOURCE, None, old, "advice", coder="ben")
    assert codes_read(new, one, stranger) == []


def test_a_tactic_that_became_a_code_takes_its_codings_along() -> None:
    """The coding is of the new code, without a tactic; who coded without one found neither."""
    tactic = Tactic(id="picket", label="Picket", definition="p")
    old = scheme("1.0.0", "strike", "law")
    old = old.model_copy(
        update={"codes": (old.codes[0].model_copy(update={"tactics": (tactic,)}), old.codes[1])}
    )
    new = scheme(
        "1.1.0",
        "strike",
        "picket",
        "law",
        history=({"version": "1.1.0", "code": "picket", "change": "moved", "from": "strike"},),
    )
    made = coding_line(SOURCE, None, old, "strike", coder="ana", value="picket")
    coded = in_force(replay(as_lines([made]), sources=[SOURCE]), [new])
    assert coded.codings["code"].tolist() == ["picket"]
    assert coded.codings["value"].isna().all()
    read = reading_line(SOURCE, None, old, None, coder="ana")
    plain = coding_line(SOURCE, None, old, "strike", coder="ana")
    assert codes_read(new, plain, read) == ["strike", "law"]


def test_the_version_in_force_changes_nothing() -> None:
    """The tables are the same; another scheme is left out."""
    made = [
        coding_line(SOURCE, None, NEW, "march", coder="ana"),
        reading_line(SOURCE, None, NEW, None, coder="ana"),
    ]
    coded = replay(as_lines(made), sources=[SOURCE])
    same = in_force(coded, [NEW])
    assert same.codings.equals(coded.codings)
    assert same.readings.equals(coded.readings)
    assert in_force(coded, []).codings.empty


def test_a_later_version_is_refused() -> None:
    """What a later version means, an earlier one can't tell."""
    made = [coding_line(SOURCE, None, NEW, "march", coder="ana")]
    with pytest.raises(VersionError, match=r"take mini@2\.0\.0 into the study"):
        in_force(replay(as_lines(made), sources=[SOURCE]), [OLD])
