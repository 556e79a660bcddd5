"""Wide tables wait until the page before them is filled, and keep their order."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tertium.report.typesetting import pandoc
from tertium.report.typesetting.placing import ENOUGH, PAGE, Flow, lines_of_prose, units


def para(text: str) -> pandoc.Node:
    """A paragraph with one word."""
    return {"t": "Para", "c": [{"t": "Str", "c": text}]}


def shown(flow: Flow) -> list[str]:
    """What stands in a flow, block by block."""
    return [
        node["c"][1] if node["t"] == "RawBlock" else pandoc.text_of(node) for node in flow.blocks
    ]


def test_a_wide_table_waits_for_the_page_to_be_filled() -> None:
    """Text after the table goes before it, until a page of it is there."""
    flow = Flow()
    flow.upright([para("a")], 5)
    flow.turned("#one")
    flow.upright([para("b")], 0.8 * PAGE)
    flow.upright([para("c")], 0.3 * PAGE)
    flow.turn()
    assert shown(flow) == ["a", "b", "#turned[\n#one\n]", "c"]


def test_tables_that_wait_share_turned_pages() -> None:
    """Two tables in a row turn the page once."""
    flow = Flow()
    flow.turned("#one")
    flow.turned("#two")
    flow.turn()
    assert shown(flow) == ["#turned[\n#one\n#two\n]"]


def test_no_page_is_left_that_is_hardly_filled() -> None:
    """A long block after few lines goes on to the next page, and the table waits on."""
    flow = Flow()
    flow.upright([para("a")], (ENOUGH - 0.2) * PAGE)
    flow.turned("#one")
    flow.upright([para("long")], 0.9 * PAGE)
    assert shown(flow) == ["a", "long"]


@given(st.lists(st.one_of(st.just(-1.0), st.floats(0.1, 90)), max_size=40))
def test_nothing_is_lost_and_all_keep_their_order(blocks: list[float]) -> None:
    """Tables stand in their order, and so does the text."""
    flow = Flow()
    for number, lines in enumerate(blocks):
        if lines < 0:
            flow.turned(f"#t{number}")
        else:
            flow.upright([para(f"p{number}")], lines)
    flow.turn()
    words = " ".join(shown(flow)).replace("#turned[", "").replace("]", "").split()
    tables = [f"#t{n}" for n, lines in enumerate(blocks) if lines < 0]
    assert [word for word in words if word.startswith("#")] == tables
    texts = [f"p{n}" for n, lines in enumerate(blocks) if lines >= 0]
    assert [word for word in words if word.startswith("p")] == texts


def test_a_heading_stays_with_what_it_heads() -> None:
    """A page never ends with a heading whose text stands after turned pages."""
    heading = {"t": "Header", "c": [2, ["", [], []], [{"t": "Str", "c": "Head"}]]}
    assert units([para("a"), heading, para("b")]) == [[para("a")], [heading, para("b")]]
    assert lines_of_prose([heading, para("b")]) > lines_of_prose([para("b")])
