"""A network as a picture: what was drawn, where names stand, what is said in words."""

from __future__ import annotations

import itertools

import pandas as pd

from tertium.comparison.result import Result
from tertium.report.figures import figure
from tertium.report.network_layout import column_places, map_places, spread


def made(kind: str, cells: list[list[float]], **params: object) -> Result:
    """A network with nodes of one letter."""
    rows = [f"Union of {letter}" for letter in "abcdefgh"[: len(cells)]]
    columns = rows if kind in ("congruence", "conflict", "subtract") else list("xyz")
    frame = pd.DataFrame(cells, index=pd.Index(rows, name="actor"), columns=columns)
    frame.columns.name = "with_actor"
    return Result(frame, title="Net", function="network", params={"kind": kind, **params})


SIGNED = made("subtract", [[0, 2, -1], [2, 0, 0], [-1, 0, 0]])


def lines(drawn) -> list[tuple[str, float]]:
    """Style and width of each line between nodes, from the bottom to the top."""
    (axes,) = drawn.axes
    return [
        (line.get_linestyle(), round(line.get_linewidth(), 2))
        for line in axes.lines
        if len(line.get_xdata()) == 2
    ]


def test_conflict_is_broken_and_weight_is_width():
    """A tie is drawn once; conflict differs without colour, and more is wider."""
    assert lines(figure(SIGNED, name="net").figure) == [("--", 1.85), ("-", 2.9)]


def test_words_say_what_is_seen():
    """The number of lines and the strongest, with sign and meaning."""
    alt = figure(SIGNED, name="net").content["alt"]
    assert (
        "2 lines. First those that say more conflict than agreement, then the strongest: Union of "
        "a and Union of c -1 (more conflict than agreement); Union of a and Union of b 2" in alt
    )


def test_a_page_holds_the_picture_and_its_names() -> None:
    """Of many names those with the largest numbers are drawn; what is left out is counted."""
    cells = [[float(number == 0 or other == 0) for other in range(3)] for number in range(40)]
    rows = [f"Union of workers of the factory with number {number}" for number in range(40)]
    frame = pd.DataFrame(cells, index=pd.Index(rows, name="actor"), columns=list("xyz"))
    frame.columns.name = "claim"
    result = Result(
        frame, title="Net", function="network", params={"kind": "two_mode", "stances": "for"}
    )
    drawn = figure(result, name="net")
    assert drawn.figure.get_size_inches()[1] <= 8
    assert all(text.get_fontsize() >= 7 for text in drawn.figure.axes[0].texts)
    assert "of 43 names" in drawn.content["alt"]
    names = {" ".join(text.get_text().split()) for text in drawn.figure.axes[0].texts}
    assert rows[0] in names
    assert max(text.get_text().count("\n") for text in drawn.figure.axes[0].texts) == 1


def test_who_is_against_is_never_left_out() -> None:
    """The few broken lines are what a reader looks for."""
    cells = [[2.0] for _ in range(40)] + [[-1.0]]
    frame = pd.DataFrame(cells, index=pd.Index([f"n{k}" for k in range(41)], name="actor"))
    frame.columns = pd.Index(["x"], name="claim")
    params = {"kind": "two_mode", "stances": "subtract"}
    drawn = figure(Result(frame, title="Net", function="network", params=params), name="net")
    assert "n40" in {text.get_text() for text in drawn.figure.axes[0].texts}


def test_the_key_says_of_what() -> None:
    """A number without a noun says nothing."""
    (legend,) = figure(SIGNED, name="net").figure.legends
    assert "widest line: 2 pairs of statements" in [text.get_text() for text in legend.get_texts()]


def test_two_columns_for_who_claims_what():
    """Every name once, who on the left and what on the right; those without a line left out."""
    net = made("two_mode", [[1, 0, 0], [0, -2, 0]], stances="subtract")
    drawn = figure(net, name="net").figure
    texts = {text.get_text(): text.get_position()[0] for text in drawn.axes[0].texts}
    assert set(texts) == {"Who claims", "What", "Union of a", "Union of b", "x", "y"}
    assert texts["Union of a"] < 0.5 < texts["x"]
    assert [style for style, _ in lines(drawn)] == ["-", "--"]


def test_the_same_bytes_every_time():
    """Nothing in the picture is left to chance."""
    assert figure(SIGNED, name="net").svg == figure(SIGNED, name="net").svg


def test_a_network_without_a_tie_says_so():
    """A study without statements that tie keeps its report: a sentence stands for the picture."""
    shown = figure(made("congruence", [[0, 0], [0, 0]]), name="net", kind="network")
    assert [text.get_text() for text in shown.figure.texts] == ["This network has no tie."]
    assert shown.content["alt"] == "This network has no tie."


def test_names_do_not_cover_each_other():
    """Names of nodes in one place are pushed apart, and stay in the picture."""
    places = dict.fromkeys("abcd", (1.0, 1.0))
    spots = spread(dict.fromkeys("abcd", "a name"), places, width=4, height=3)
    heights = sorted(y for _, y in spots.values())
    assert all(upper - lower > 0.1 for lower, upper in itertools.pairwise(heights))
    assert heights[0] > 0
    assert heights[-1] < 3


def test_parts_without_a_tie_between_them_share_no_field():
    """Two pairs stand one above the other, whatever their names."""
    places = map_places(list("abcd"), [("a", "b", 1.0), ("c", "d", 1.0)], width=6, height=4)
    assert min(places[each][1] for each in "ab") > max(places[each][1] for each in "cd")


def test_contradiction_stands_far_and_more_of_it_further() -> None:
    """Of three, the two that contradict each other are furthest from each other."""

    def between(places, one, other):
        return sum((a - b) ** 2 for a, b in zip(places[one], places[other], strict=True)) ** 0.5

    ties = [("a", "b", 3.0), ("b", "c", 1.0), ("a", "c", -2.0)]
    places = map_places(list("abc"), ties, width=5, height=5)
    assert between(places, "a", "c") > between(places, "b", "c") > between(places, "a", "b")


def test_columns_are_ordered_so_that_lines_do_not_cross():
    """What a node is tied to stands beside it."""
    ties = [("a", "z", 1.0), ("b", "y", 1.0), ("c", "x", 1.0)]
    left, right = column_places(list("abc"), list("xyz"), ties)
    assert [left[one] for one, *_ in ties] == [right[other] for _, other, _ in ties]
