"""Figures draw the numbers of a result, say them in words, and are the same bytes every time."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree

import pandas as pd
import pytest

from tertium.comparison.result import Result
from tertium.errors import UnknownNameError
from tertium.report import style
from tertium.report.figures import FIGURE_MIME, figure


def grid(
    values, rows=("state_led", "strike"), columns=("union_official", "ngo"), **facts
) -> Result:
    frame = pd.DataFrame(
        values, index=pd.Index(rows, dtype=object), columns=list(columns), dtype="Int64"
    )
    frame.index.name, frame.columns.name = "approach", "voice"
    return Result(
        frame, title="Approaches by voice", missing="not searched", function="crosstab", **facts
    )


def dates() -> Result:
    frame = pd.DataFrame(
        {
            "source": ["Chung 2010", "工会 2019", "Hou n.d."], "date": ["2010-06-01", "2019", "undated"],
            "first": ["2010-06-01", "2019-01-01", None], "last": ["2010-06-01", "2019-12-31", None],
            "precision": ["day", "year", "undated"], "voice": ["ngo", "union_official", "ngo"],
        },
        index=pd.Index(["a", "b", "c"], name="source_id", dtype=object),
    )  # fmt: skip
    return Result(frame, title="Sources by date", function="timeline")


def words(drawn):
    return [text.get_text() for axes in drawn.figure.axes for text in axes.texts]


def test_bars_have_the_numbers_lengths():
    """A bar is as long as its number, which stands at its end; 0 has no bar."""
    drawn = figure(grid([[2, 1], [0, 3]]), name="x", kind="bars")
    widths = [[bar.get_width() for bar in axes.patches] for axes in drawn.figure.axes]
    assert widths == [[2], [1, 3]]
    assert words(drawn) == ["2", "0", "1", "3"]
    assert [axes.get_title(loc="left") for axes in drawn.figure.axes] == ["Official union", "NGO"]


def test_not_searched_is_said_and_not_drawn():
    """A cell that nobody looked at is words, never a bar of no length or a 0."""
    for kind in ("bars", "matrix"):
        drawn = figure(grid([[2, 1], [pd.NA, 3]]), name="x", kind=kind)
        assert "not searched" in [text.replace("\n", " ") for text in words(drawn)]
        assert "0" not in words(drawn)
        assert "strike not searched" in drawn.content["alt"]


def test_codes_keep_colour_and_pattern():
    """A code has the same colour and pattern in every panel."""
    drawn = figure(grid([[2, 1], [1, 3]]), name="x")
    look = style.looks(["state_led", "strike"])["strike"]
    for axes in drawn.figure.axes:
        assert axes.patches[1].get_hatch() == look.hatch
        assert axes.patches[1].get_facecolor()[:3] == pytest.approx(
            tuple(int(look.colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
        )


def test_stacked_parts_add_up():
    """The parts of a bar follow each other, in the order of the rows."""
    drawn = figure(grid([[2, 1], [1, 3]]), name="x", kind="stacked")
    bars = [(bar.get_x(), bar.get_width()) for bar in drawn.figure.axes[0].patches]
    assert bars == [(0, 2), (2, 1), (0, 1), (1, 3)]


def test_matrix_shows_every_number():
    """Each cell holds its number."""
    assert words(figure(grid([[12, 0], [3, 1]]), name="x", kind="matrix")) == ["12", "0", "3", "1"]


def test_matrix_of_words():
    """Verdicts are shown in words."""
    frame = pd.DataFrame({"strike": ["present", "not_searched"]}, index=["a", "b"], dtype=object)
    frame.index.name, frame.columns.name = "source_id", "approach"
    shown = pd.DataFrame({"strike": ["primary (3)", "not searched"]}, index=["a", "b"])
    drawn = figure(Result(frame, title="V", shown=shown, function="verdict_table"), name="x")
    assert [text.replace("\n", " ") for text in words(drawn)] == ["primary (3)", "not searched"]


def test_timeline_draws_what_is_dated():
    """A day is a dot, a year a bar, an undated source a line without either."""
    drawn = figure(dates(), name="x")
    axes = drawn.figure.axes[0]
    assert [line.get_xdata()[0] for line in axes.lines if line.get_marker() == "o"] == [
        pytest.approx(2010.416, abs=0.01)
    ]
    assert [bar.get_width() for bar in axes.patches] == [pytest.approx(1.0, abs=0.01)]
    assert words(drawn) == ["2010-06-01", "2019", "undated"]


def test_timeline_tells_its_marks_apart():
    """What goes on has an arrow at the edge, and a key says what each mark that is drawn means."""
    result = dates()
    frame = result.frame.copy()
    frame.loc["b", ["date", "last", "precision"]] = ["2019/..", None, "interval"]
    drawn = figure(Result(frame, title="Cases", function="timeline"), name="x")
    axes = drawn.figure.axes[0]
    (arrow,) = [line for line in axes.lines if line.get_marker() == ">"]
    assert arrow.get_xdata()[0] == pytest.approx(axes.get_xlim()[1])
    (key,) = drawn.figure.legends
    assert [text.get_text() for text in key.get_texts()] == ["a day", "began then, no end stated"]
    assert "since 2019" in words(drawn)
    assert "since 2019" in drawn.content["alt"]


def test_a_long_timeline_fits_a_page():
    """Of many rows each has one line, and what has no date is left to the note and the data."""
    frame = pd.DataFrame(
        {
            "source": [f"A source with a rather long name, number {n}" for n in range(57)],
            "date": [*(str(1960 + n) for n in range(56)), "undated"],
            "first": [*(f"{1960 + n}-01-01" for n in range(56)), None],
            "last": [*(f"{1960 + n}-12-31" for n in range(56)), None],
            "precision": [*["year"] * 56, "undated"],
            "voice": ["ngo"] * 57,
        },
        index=[f"s{n}" for n in range(57)],
    )
    drawn = figure(Result(frame, title="Sources", function="timeline"), name="x")
    names = [tick.get_text() for tick in drawn.figure.axes[0].get_yticklabels()]
    assert len(names) == 56
    assert not any("\n" in name for name in names)
    assert drawn.figure.get_size_inches()[1] < 8.6
    assert len(drawn.content["data"]["rows"]) == 57


@pytest.mark.parametrize("kind", ["bars", "stacked", "matrix"])
def test_same_bytes_twice(kind):
    """The same result gives the same SVG, without a date, and it is XML."""
    one, two = (figure(grid([[2, 1], [1, 3]]), name="x", kind=kind).svg for _ in range(2))
    assert one == two
    assert "<dc:date>" not in one
    ElementTree.fromstring(one)


def test_text_is_drawn_as_it_is():
    """Dollar signs, backslashes and marks of HTML in labels are characters, also in Chinese."""
    label = r"$\frac{1}{2}$ <b> 工会_x"
    result = grid([[2, 1], [1, 3]], row_labels={"strike": label})
    for kind in ("bars", "stacked", "matrix"):
        drawn = figure(result, name="x", kind=kind)
        assert "工会" in drawn.content["alt"]
        assert "<b>" not in drawn.svg
        texts = [text for axes in drawn.figure.axes for text in axes.get_yticklabels()]
        assert all(not text.get_parse_math() for text in texts)


def test_alt_text_says_every_number():
    """The alternative text is not the title and leaves no number to the picture."""
    drawn = figure(grid([[2, 1], [0, 3]]), name="x")
    assert drawn.content["alt"] != drawn.content["title"]
    for part in ("Official union: state_led 2, strike 0", "NGO: state_led 1, strike 3"):
        assert part in drawn.content["alt"]


def test_mime_bundle_and_data():
    """The bundle holds text, SVG and JSON; the data are what was drawn."""
    drawn = figure(grid([[2, 1], [0, 3]]), name="by-voice", title="T")
    bundle = drawn._repr_mimebundle_()
    assert set(bundle) == {"text/plain", "image/svg+xml", FIGURE_MIME}
    assert json.loads(json.dumps(bundle[FIGURE_MIME])) == {
        "version": 1, "id": "fig-by-voice", "title": "T", "alt": drawn.content["alt"], "note": "",
        "data": {
            "columns": ["approach", "union_official", "ngo"],
            "rows": [["state_led", 2, 1], ["strike", 0, 3]],
        },
    }  # fmt: skip
    assert list(drawn.data.columns) == ["approach", "union_official", "ngo"]


def test_size_is_fixed_by_the_page():
    """Every figure is as wide as the text of an A4 page, however long its labels."""
    long = {"strike": "A very long label " * 8}
    many = grid([[1] * 7, [2] * 7], columns=[f"c{n}" for n in range(7)], row_labels=long)
    for kind in ("bars", "stacked", "matrix"):
        assert figure(many, name="x", kind=kind).figure.get_size_inches()[0] == style.PAGE_WIDTH


@pytest.mark.parametrize("kind", ["pie", "timeline"])
def test_what_can_not_be_drawn_is_refused(kind):
    """A kind that is not there, or does not suit the result, is refused in words."""
    with pytest.raises(UnknownNameError, match="timeline"):
        figure(grid([[1, 2], [3, 4]]), name="x", kind=kind)


@pytest.mark.parametrize("kind", ["bars", "stacked", "matrix", "timeline"])
def test_the_readers_settings_change_nothing(kind):
    """Whatever a matplotlibrc says, the picture is the same; what it says is there afterwards."""
    import matplotlib as mpl

    result = dates() if kind == "timeline" else grid([[2, 1], [0, 3]])
    before = figure(result, name="x", kind=kind).svg
    theirs = {
        "savefig.bbox": "tight",
        "axes.facecolor": "black",
        "font.weight": "bold",
        "xtick.major.size": 20.0,
        "patch.linewidth": 9.0,
        "legend.frameon": True,
        "figure.autolayout": True,
    }
    with mpl.rc_context(theirs):
        assert figure(result, name="x", kind=kind).svg == before
        assert {name: mpl.rcParams[name] for name in theirs} == theirs


def test_settings_do_not_leak():
    """Drawing changes no setting of matplotlib."""
    import matplotlib as mpl

    before = dict(mpl.rcParams)
    figure(grid([[1, 2], [3, 4]]), name="x")
    assert dict(mpl.rcParams) == before
