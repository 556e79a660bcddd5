"""A list of actors becomes a scheme, or every fault in it is named."""

from __future__ import annotations

import pytest

from tertium.errors import InputError
from tertium.schemes.actors import COLUMNS, actor_scheme
from tertium.sources.files.rows import Row


def row(line: int, id_: str, **cells: str) -> Row:
    """A row of the actors file; an NGO with its id as name unless told otherwise."""
    given = {"id": id_, "type": "ngo", "name_en": id_, **cells}
    return Row(line, {**dict.fromkeys(COLUMNS, ""), **given})


def test_each_actor_is_a_code_with_its_names_as_indicators():
    """The first name is the label; names and aliases of each language are looked for."""
    actor = row(2, "acftu", name_en="ACFTU", aliases_en="the federation| ", name_zh="全总")
    code = actor_scheme([actor], file="actors.csv").code("acftu")
    assert code.label == "ACFTU"
    patterns = {language: [i.pattern for i in many] for language, many in code.indicators.items()}
    assert patterns == {"en": [("ACFTU",), ("the federation",)], "zh": [("全总",)]}


def test_every_fault_is_named_with_the_line_of_its_row():
    """Faults of all rows come at once; lines are the file's, not a count of rows."""
    rows = [
        row(2, "a"),
        row(4, "a"),
        row(5, "b", type="club"),
        row(6, "Big C"),
        row(7, "d", name_en=""),
        row(8, "e", aliases_en="*|E"),
        row(9, "f", name_en="@unions"),
        row(10, ""),
    ]
    with pytest.raises(InputError) as caught:
        actor_scheme(rows, file="data/actors.csv")
    assert [(fault.line, fault.field) for fault in caught.value.faults] == [
        (4, "id"),
        (5, "type"),
        (6, "id"),
        (7, "name_en"),
        (8, "name_en"),
        (9, "name_en"),
        (10, "id"),
        (10, "name_en"),
    ]


def test_an_empty_list_is_a_fault():
    """A file with a header and no actor is named, not a traceback."""
    with pytest.raises(InputError, match="it lists no actor"):
        actor_scheme([], file="actors.csv")
