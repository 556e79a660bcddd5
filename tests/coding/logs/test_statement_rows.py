"""Statements written by hand: rows that belong together, with an actor and a claim."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tertium.coding.logs.by_hand import NEEDED, OPTIONAL, Standard, Written, lines_by_hand
from tertium.coding.logs.log import Line, as_lines
from tertium.coding.logs.statement_rows import statement_notes
from tertium.errors import InputError
from tertium.schemes.actors import COLUMNS, actor_scheme
from tertium.schemes.read import read_scheme
from tertium.sources.files.rows import Row, table_rows
from tertium.sources.source import Source

SOURCE = Source(
    "first",
    "The miners want their wages paid. The company says that it owes none.",
    facts={"licence": "CC BY 4.0"},
)
HEAD = "source_id,scheme,code,quote,stance,statement,role\n"
CLAIM = "first,claim,wages,want their wages paid,asserted,s1,\n"
ACTOR = "first,actor,miners,The miners,,s1,actor\n"
TARGET = "first,actor,mine,The company,,s1,target\n"
DENIAL = (
    "first,claim,wages,it owes none,denied,s2,\n"
    "first,actor,mine,The company,,s2,actor\n"
    "first,actor,miners,The miners,,s2,target\n"
)


def actors() -> list[Row]:
    """Two actors."""
    rows = [("miners", "grassroots_workers", "Zarya miners"), ("mine", "employer", "Zarya")]
    return [
        Row(
            line,
            dict.fromkeys(COLUMNS, "") | dict(zip(("id", "type", "name_en"), row, strict=True)),
        )
        for line, row in enumerate(rows, start=2)
    ]


def read(table: str, *, log: tuple[Line, ...] = ()) -> Written:
    """Return the lines of a table."""
    rows, faults = table_rows(table, (*NEEDED, *OPTIONAL), file="hand.csv", optional=OPTIONAL)
    assert faults == []
    return lines_by_hand(
        rows,
        sources=[SOURCE],
        schemes=[read_scheme("claim"), actor_scheme(actors(), file="actors.csv")],
        log=log,
        standard=Standard(coder="ana"),
        file="hand.csv",
    )


def faults(table: str, *, log: tuple[Line, ...] = ()) -> list[str]:
    """Return the faults of a table, without its name and the remedies."""
    with pytest.raises(InputError) as caught:
        read(table, log=log)
    return [f"{fault.line} {fault.field}: {fault.found}" for fault in caught.value.faults]


def test_rows_of_a_statement_share_its_name() -> None:
    """Each line keeps statement and role; what is claimed has none, and keeps its stance."""
    made = read(HEAD + CLAIM + ACTOR + TARGET + DENIAL).lines
    assert [(line["statement_id"], line.get("role"), line["stance"]) for line in made] == [
        ("s1", None, "asserted"),
        ("s1", "actor", "asserted"),
        ("s1", "target", "asserted"),
        ("s2", None, "denied"),
        ("s2", "actor", "asserted"),
        ("s2", "target", "asserted"),
    ]


def test_one_passage_may_stand_in_two_statements() -> None:
    """The same words with the same code are one coding a statement and role, at any import."""
    table = HEAD + CLAIM + ACTOR + TARGET + DENIAL
    made = read(table)
    again = read(table, log=tuple(as_lines(made.lines)))
    assert (len(made.lines), made.skipped) == (6, [])
    assert (again.lines, len(again.skipped)) == ([], 6)


def test_a_statement_has_an_actor_and_a_claim() -> None:
    """What is missing is said of the statement, at its first row."""
    assert faults(HEAD + CLAIM) == ["2 statement: statement 's1' of first has no actor"]
    assert faults(HEAD + ACTOR) == ["2 statement: statement 's1' of first claims nothing"]


def test_a_retracted_claim_leaves_a_statement_to_be_told() -> None:
    """Those whom it names still stand; a whole statement is no matter for a note."""
    made = read(HEAD + CLAIM + ACTOR + DENIAL).lines
    assert statement_notes(made) == []
    left = [line for line in made if line["statement_id"] != "s1" or line.get("role")]
    assert statement_notes(left) == [
        "statements: 1 claims nothing any more, for its claim was retracted (ana: first s1)"
    ]


def test_a_statement_has_one_side_of_a_claim() -> None:
    """For and against the same code are two statements; nobody claims of themselves."""
    both = "first,claim,wages,it owes none,denied,s1,\n"
    assert faults(HEAD + CLAIM + ACTOR + both) == [
        "2 stance: statement 's1' of first is both for and against wages"
    ]
    own = "first,actor,miners,The miners,,s1,target\n"
    assert faults(HEAD + CLAIM + ACTOR + own) == [
        "2 role: statement 's1' of first has miners as actor and as target"
    ]


def test_a_stance_is_of_a_claim() -> None:
    """In the row of an actor it would be lost."""
    row = "first,actor,miners,The miners,denied,s1,actor\n"
    assert faults(HEAD + CLAIM + ACTOR + row) == [
        "4 stance: 'denied', but a stance is of a claim, not of the actor"
    ]


def test_a_statement_in_the_log_may_be_added_to() -> None:
    """What the log has of it counts: a target can be added alone."""
    log = tuple(as_lines(read(HEAD + CLAIM + ACTOR).lines))
    assert [line["role"] for line in read(HEAD + TARGET, log=log).lines] == ["target"]
    others = tuple(replace(line, content={**line.content, "coder": "ben"}) for line in log)
    assert len(faults(HEAD + TARGET, log=others)) == 2


def test_roles_are_a_closed_list_and_of_the_right_scheme() -> None:
    """An actor has a role, a claim has none; a role needs a statement, a statement a quote."""
    table = (
        HEAD
        + "first,actor,miners,The miners,,s1,hero\n"
        + "first,actor,miners,The miners,,,actor\n"
        + "first,actor,miners,The miners,,s1,\n"
        + "first,claim,wages,wages,,s1,target\n"
        + "first,claim,,,,s1,\n"
    )
    assert faults(table) == [
        "2 role: 'hero' is no role",
        "3 statement: the role actor is of a statement, and none is named",
        "4 role: it does not say what the actor is in the statement",
        "5 scheme: the role target is of somebody, and claim is no list of actors",
        "6 quote: a statement is made of passages, and none is quoted",
    ]
