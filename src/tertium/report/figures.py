"""A result as a figure: bars, a matrix with its numbers, or a time line.

Comes in: a result of a comparison.
Goes out: a picture as SVG, the same bytes every time, with its data and a text that says in
words what is seen. Text is drawn as it is: nothing in it becomes a formula.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Any, Literal, get_args

import pandas as pd

from tertium.comparison.result import (
    NOT_SEARCHED,
    Result,
    one_line,
    plain,
    shortened,
    text_width,
)
from tertium.errors import UnknownNameError
from tertium.report import style
from tertium.report.style import Look, column_labels, label, looks, number, row_labels
from tertium.report.tables import _NAME

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FIGURE_MIME = "application/vnd.tertium.figure+json"
Kind = Literal["bars", "stacked", "matrix", "timeline", "calibration", "intervals", "network", "xy"]

_DEFAULT_KIND: Mapping[str, Kind] = {
    "crosstab": "bars",
    "framework_matrix": "matrix",
    "verdict_table": "matrix",
    "timeline": "timeline",
    "agreement": "intervals",
    "network": "network",
    "set_relation": "xy",
}
NO_TIE = "This network has no tie."
_PANELS = 5
_LABEL_WIDTH = 26
# A time line of more rows leaves out what has no date, sets each on one line, and fills a page.
_MANY_DATES = 24
_LONG_LINE = 7.4
_LEAST_ROW = 0.13
_LONG_NAME = 46
_KEY_COLUMNS = 3
# Inches that a letter of the labels takes at most, on the average of a line.
_LETTER = 0.069


@dataclass(frozen=True, eq=False, repr=False)
class FigureDisplay:
    """A captioned figure; shown in a notebook, set in the report.

    Parameters
    ----------
    content : dict
        What `application/vnd.tertium.figure+json` carries: version, id, title, alt, note.
    svg : str
        The picture.
    data : DataFrame
        What was drawn, for a CSV beside it.
    figure : matplotlib.figure.Figure
        Closed: bound to no window.
    """

    content: Mapping[str, Any]
    svg: str
    data: pd.DataFrame
    figure: Figure

    def __repr__(self) -> str:
        flags = "\n".join(self.content.get("flags", ()))
        parts = (self.content["title"], self.content["alt"], self.content["note"], flags)
        return "\n\n".join(part for part in parts if part)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        return {
            "text/plain": repr(self),
            "image/svg+xml": self.svg,
            FIGURE_MIME: json.loads(json.dumps(self.content, ensure_ascii=False)),
        }


def figure(
    result: Result,
    *,
    name: str,
    kind: Kind | None = None,
    title: str | None = None,
    alt: str | None = None,
) -> FigureDisplay:
    """A result as a picture of fixed size, for an A4 page.

    Parameters
    ----------
    result : Result
    name : str
        Lower-case words joined by hyphens; the figure's id is ``fig-`` and this.
    kind : {"bars", "stacked", "matrix", "timeline", "calibration", "intervals", ...}, optional
        bars: a panel a column, a bar a row. stacked: a bar a column, its parts the rows, for
        counts that add up. matrix: the table with each cell tinted by its number. timeline: a
        line of dates, for `timeline`. calibration: the score against the share labelled, for
        `evaluate`. intervals: a dot and a line a row, for `agreement`. network: nodes joined
        by lines, for `network`. xy: cases by two memberships, for `set_relation`. Without it:
        what suits the comparison.
    title, alt : str, optional
        Another caption; other words for readers who can't see the picture.

    Examples
    --------
    >>> figure(crosstab(study.tables), name="approach-by-voice")    # doctest: +SKIP
    """
    if not _NAME.match(name):
        raise UnknownNameError(
            f"name={name!r}: write lower-case words joined by hyphens, such as approach-by-voice"
        )
    chosen = kind or _DEFAULT_KIND.get(result.function) or ("matrix" if result.is_grid else None)
    draw, in_words = _drawn(result, chosen)
    caption = one_line(result.title if title is None else title)
    data = _data(result)
    with _settings(name):
        drawn = draw(result)
        svg = _as_svg(drawn)
    content = {
        "version": 1,
        "id": f"fig-{name}",
        "title": caption,
        "alt": one_line(in_words(result) if alt is None else alt),
        "note": result.note,
        "data": _plain_table(data),
        **({"flags": list(result.flags)} if result.flags else {}),
    }
    return FigureDisplay(content, svg, data, drawn)


_Drawing = tuple[Callable[[Result], "Figure"], Callable[[Result], str]]


def _drawn(result: Result, kind: str | None) -> _Drawing:
    if kind not in (None, *get_args(Kind)):
        raise UnknownNameError(f"kind={kind!r}; there are {', '.join(get_args(Kind))}")
    if kind in (None, "calibration"):
        from tertium.report.calibration_figure import (
            calibration_in_words,
            draw_calibration,
            is_calibration,
        )

        if is_calibration(result):
            return draw_calibration, calibration_in_words
    if kind == "intervals":
        from tertium.report.intervals_figure import (
            draw_intervals,
            has_intervals,
            intervals_in_words,
        )

        if has_intervals(result):
            return draw_intervals, intervals_in_words
    if kind == "network":
        from tertium.report.network_figure import draw_network, is_network, network_in_words

        if is_network(result):
            return draw_network, network_in_words
        if result.function == "network":
            return _without_ties, lambda _: NO_TIE
    if kind == "xy":
        from tertium.report.xy_figure import draw_xy, is_xy, xy_in_words

        if is_xy(result) and len(result.frame):
            return draw_xy, xy_in_words
    if kind == "timeline" and "precision" in result.frame.columns:
        return _timeline, _timeline_in_words
    if result.is_grid and len(result.frame) and len(result.frame.columns):
        numeric = all(
            pd.api.types.is_numeric_dtype(dtype) for dtype in result.frame.dtypes.tolist()
        )
        if kind == "matrix":
            return (_matrix if numeric else _worded_matrix), _grid_in_words
        has_negative = numeric and bool((result.frame.fillna(0) < 0).any(axis=None))
        if has_negative and kind in ("bars", "stacked"):
            raise UnknownNameError(
                f'{result.title}: numbers below 0 can\'t be drawn as {kind}; take kind="matrix"'
            )
        if kind == "bars" and numeric:
            return _bars, _grid_in_words
        if kind == "stacked" and numeric:
            return _stacked, _grid_in_words
    raise UnknownNameError(
        f"{result.function or 'this result'} can't be drawn as {kind or 'a figure'}: bars, stacked "
        "and matrix need a grid that is not empty, timeline the result of timeline, calibration "
        "that of evaluate, intervals that of agreement with one coefficient, network that of "
        "network, xy that of set_relation with at least one case"
    )


def _without_ties(_: Result) -> Figure:
    """A sentence in place of a picture: what the numbers of a table would say."""
    drawn = new_figure(style.PAGE_WIDTH, 0.5)
    drawn.text(0.5, 0.5, NO_TIE, ha="center", va="center", color=style.SOFT_INK)
    return drawn


def _plain_table(frame: pd.DataFrame) -> dict[str, list[Any]]:
    """A frame as columns and rows of plain values, for the figure's CSV file."""
    rows = frame.astype(object).where(frame.notna(), None).to_numpy().tolist()
    return {"columns": [str(name) for name in frame.columns], "rows": rows}


def _data(result: Result) -> pd.DataFrame:
    if result.frame.index.name is None:
        return result.frame.reset_index(drop=True)
    return result.frame.rename_axis(columns=None).reset_index()


# --- settings --------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _families() -> tuple[str, ...]:
    """The families that are there: matplotlib's own, then the project's fonts beside this file."""
    from matplotlib import font_manager

    found = [style.FONT_FAMILIES[0]]
    folder = files("tertium.report") / "fonts"
    for entry in sorted(folder.iterdir(), key=lambda each: each.name):
        if entry.name.endswith((".otf", ".ttf")):
            with as_file(entry) as path:
                font_manager.fontManager.addfont(str(path))
                found.append(font_manager.FontProperties(fname=str(path)).get_name())
    return tuple(dict.fromkeys(found))


@contextmanager
def _settings(name: str) -> Iterator[None]:
    """Matplotlib's own defaults and ours, whatever the reader has set; the backend stays."""
    import matplotlib as mpl

    ours: dict[Any, Any] = {
        "font.family": list(_families()),
        "font.size": style.FONT_SIZE,
        "text.parse_math": False,
        "text.usetex": False,
        "axes.unicode_minus": False,
        "axes.edgecolor": style.RULE,
        "axes.linewidth": 0.6,
        "text.color": style.INK,
        "axes.labelcolor": style.INK,
        "xtick.color": style.SOFT_INK,
        "ytick.color": style.INK,
        "hatch.linewidth": 0.5,
        "svg.fonttype": "path",
        # The name keeps the ids of two pictures on one page apart.
        "svg.hashsalt": f"tertium-{name}",
        "path.simplify": False,
    }
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(ours)
        yield


def new_figure(width: float, height: float) -> Figure:
    """An empty figure of so many inches, bound to no window."""
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    drawn = Figure(figsize=(width, height), dpi=100, facecolor=style.PAPER)
    FigureCanvasSVG(drawn)
    return drawn


def _as_svg(drawn: Figure) -> str:
    buffer = io.BytesIO()
    drawn.savefig(
        buffer, format="svg", metadata={"Date": None, "Creator": "tertium"}, facecolor=style.PAPER
    )
    return buffer.getvalue().decode("utf-8")


def _bare(axes: Axes) -> None:
    for side in ("top", "right", "bottom", "left"):
        axes.spines[side].set_visible(False)
    axes.tick_params(length=0)


def wrapped(text: str, width: int = _LABEL_WIDTH, lines: int = 3) -> str:
    """Words over at most three lines, the last one shortened."""
    done: list[str] = []
    for word in one_line(text).split(" "):
        if done and text_width(done[-1]) + 1 + text_width(word) <= width:
            done[-1] += f" {word}"
        else:
            done.append(word)
    kept = done[:lines]
    if len(done) > lines:
        kept[-1] = shortened(" ".join(done[lines - 1 :]), width)
    return "\n".join(shortened(line, width) for line in kept)


# --- bars ------------------------------------------------------------------------------------


def _bars(result: Result) -> Figure:
    """Small multiples: a panel a column, a bar a row, its number at its end."""
    frame = result.frame
    names = [wrapped(text) for text in row_labels(result)]
    seen = looks(frame.index)
    count = len(frame.columns)
    lines = -(-count // _PANELS)
    columns = -(-count // lines)
    left = _margin(names) / style.PAGE_WIDTH
    gap = 0.14 / style.PAGE_WIDTH
    width = (0.995 - left - gap * (columns - 1)) / columns
    letters = int(width * style.PAGE_WIDTH / _LETTER)
    heads = [wrapped(text, letters, lines=4) for text in column_labels(result)]
    row_height = 0.30 if max(name.count("\n") for name in names) == 0 else 0.36
    head_lines = max(head.count("\n") for head in heads) + 1
    panel = row_height * len(names)
    top = 0.14 * head_lines + 0.16
    drawn = new_figure(style.PAGE_WIDTH, lines * (panel + top) + 0.08)
    height = drawn.get_size_inches()[1]
    largest = max([1.0, *(float(v) for v in frame.to_numpy().ravel() if not pd.isna(v))])
    for position, head in enumerate(heads):
        line, column = divmod(position, columns)
        bottom = 1 - ((line + 1) * (panel + top)) / height
        axes = drawn.add_axes((left + column * (width + gap), bottom, width, panel / height))
        _bare(axes)
        axes.set_xlim(0, largest * 1.42)
        axes.set_ylim(len(names) - 0.4, -0.6)
        axes.set_xticks([])
        axes.set_yticks(range(len(names)), names if column == 0 else [""] * len(names))
        axes.axvline(0, color=style.SOFT_INK, linewidth=0.7)
        axes.set_title(
            head, loc="left", fontsize=style.FONT_SIZE, linespacing=1.15, pad=4, color=style.INK
        )
        for row, each in enumerate(frame.index):
            missing = _why_missing(result, row, position)
            _bar(axes, row, frame.iat[row, position], seen[each], largest, missing)
    return drawn


def _margin(names: Sequence[str]) -> float:
    """Inches that the longest line of the labels takes, at this size of DejaVu Sans."""
    widest = max(text_width(line) for name in names for line in name.split("\n"))
    return _LETTER * widest + 0.15


def _why_missing(result: Result, row: int, column: int) -> str:
    """What stands in place of a number: the cell's own words, or that nobody looked."""
    return result.cell_text(row, column) if result.has_text(row, column) else NOT_SEARCHED


def _bar(
    axes: Axes, row: int, value: Any, look: Look, largest: float, missing: str = NOT_SEARCHED
) -> None:
    if pd.isna(value):
        axes.text(
            largest * 0.03, row, missing, va="center", ha="left",
            fontsize=style.SMALL_SIZE, color=style.SOFT_INK,
        )  # fmt: skip
        return
    amount = float(value)
    if amount:
        axes.barh(
            row, amount, height=0.62, color=look.colour, hatch=look.hatch,
            edgecolor=style.PAPER, linewidth=0,
        )  # fmt: skip
    axes.text(
        amount + largest * 0.035, row, number(value), va="center", ha="left",
        fontsize=style.FONT_SIZE, color=style.INK if amount else style.SOFT_INK,
    )  # fmt: skip


def _stacked(result: Result) -> Figure:
    """A bar a column, its parts the rows, named above the first bar or in a key of squares."""
    from matplotlib.patches import Patch

    frame = result.frame
    names = [wrapped(text, 24) for text in column_labels(result)]
    parts = [wrapped(text, 34, lines=1) for text in row_labels(result)]
    seen = looks(frame.index)
    key_lines = -(-len(parts) // 3)
    key = 0.2 * key_lines + 0.12
    drawn = new_figure(style.PAGE_WIDTH, 0.42 * len(names) + key + 0.1)
    height = drawn.get_size_inches()[1]
    left = _margin(names) / style.PAGE_WIDTH
    axes = drawn.add_axes((left, 0.05 / height, 0.985 - left, (0.42 * len(names)) / height))
    _bare(axes)
    totals = [float(frame.iloc[:, place].fillna(0).sum()) for place in range(len(names))]
    largest = max([1.0, *totals])
    axes.set_xlim(0, largest * 1.08)
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.set_xticks([])
    axes.set_yticks(range(len(names)), names)
    for place in range(len(names)):
        begin = 0.0
        for row, each in enumerate(frame.index):
            value: Any = frame.iat[row, place]
            if pd.isna(value) or not float(value):
                continue
            amount = float(value)
            look = seen[each]
            axes.barh(
                place, amount, left=begin, height=0.62, color=look.colour, hatch=look.hatch,
                edgecolor=style.PAPER, linewidth=1.0,
            )  # fmt: skip
            if amount > largest * 0.035:
                axes.text(
                    begin + amount / 2, place, number(value), va="center", ha="center",
                    fontsize=style.SMALL_SIZE, color=style.INK,
                    bbox={"facecolor": style.PAPER, "edgecolor": "none", "pad": 1.2},
                )  # fmt: skip
            begin += amount
        if frame.iloc[:, place].isna().all():
            axes.text(
                largest * 0.01, place, _why_missing(result, 0, place), va="center",
                fontsize=style.SMALL_SIZE, color=style.SOFT_INK,
            )  # fmt: skip
    drawn.legend(
        handles=[
            Patch(
                facecolor=seen[each].colour,
                hatch=seen[each].hatch,
                edgecolor=style.PAPER,
                label=part,
            )
            for each, part in zip(frame.index, parts, strict=True)
        ],
        loc="upper left",
        bbox_to_anchor=(0.0, 1.0),
        ncols=3,
        frameon=False,
        fontsize=style.SMALL_SIZE,
        handlelength=1.2,
        columnspacing=1.2,
        borderaxespad=0.1,
    )
    return drawn


# --- matrix ----------------------------------------------------------------------------------


def _matrix(result: Result) -> Figure:
    """The table itself: each cell holds its number, and the more, the darker."""
    values: list[list[Any]] = [
        [result.frame.iat[row, column] for column in range(len(result.frame.columns))]
        for row in range(len(result.frame))
    ]
    largest = max([1.0, *(float(v) for line in values for v in line if not pd.isna(v))])
    cells = [
        [
            _Cell(
                _why_missing(result, row, column),
                style.NOT_SEARCHED_FILL,
                style.SOFT_INK,
                is_word=True,
            )
            if pd.isna(value)
            else _Cell(number(value), *_tint(float(value) / largest))
            for column, value in enumerate(line)
        ]
        for row, line in enumerate(values)
    ]
    return _grid(result, cells)


def _worded_matrix(result: Result) -> Figure:
    """A table of words, such as verdicts: what is present is dark, what is absent is white."""
    shares = {"present": 0.75, "undecided": 0.3}
    cells = []
    for row in range(len(result.frame)):
        line = []
        for column in range(len(result.frame.columns)):
            value = str(result.frame.iat[row, column])
            text = result.cell_text(row, column)
            if value == "not_searched":
                line.append(_Cell(text, style.NOT_SEARCHED_FILL, style.SOFT_INK, is_word=True))
                continue
            share = 1.0 if text.startswith("primary") else shares.get(value, 0.0)
            line.append(_Cell(text, *_tint(share), is_word=True))
        cells.append(line)
    return _grid(result, cells)


@dataclass(frozen=True)
class _Cell:
    text: str
    fill: str
    ink: str
    is_word: bool = False


def _tint(share: float) -> tuple[str, str]:
    """Fill and ink for a share of the largest number: white at 0, then ever darker blue."""
    if share <= 0:
        return style.PAPER, style.SOFT_INK
    light, dark = (0xE6, 0xEF, 0xF6), (0x0A, 0x4F, 0x80)
    mixed = tuple(round(a + (b - a) * min(share, 1.0)) for a, b in zip(light, dark, strict=True))
    return "#{:02x}{:02x}{:02x}".format(*mixed), style.PAPER if share > 0.5 else style.INK


def _grid(result: Result, cells: Sequence[Sequence[_Cell]]) -> Figure:
    from matplotlib.patches import Rectangle

    names = [wrapped(text) for text in row_labels(result)]
    count = len(cells[0])
    left = _margin(names) / style.PAGE_WIDTH
    share = (0.995 - left) * style.PAGE_WIDTH / count
    size = style.SMALL_SIZE if count > 4 else style.FONT_SIZE
    letter = _LETTER * size / style.FONT_SIZE
    heads = [wrapped(text, max(8, int(share / letter)), lines=4) for text in column_labels(result)]
    head = 0.15 * (max(text.count("\n") for text in heads) + 1) + 0.12
    row_height = max(0.40, 0.15 * (max(text.count("\n") for text in names) + 1) + 0.04)
    drawn = new_figure(style.PAGE_WIDTH, row_height * len(names) + head + 0.06)
    height = drawn.get_size_inches()[1]
    axes = drawn.add_axes((left, 0.04 / height, 0.995 - left, row_height * len(names) / height))
    _bare(axes)
    axes.set_xlim(0, count)
    axes.set_ylim(len(names), 0)
    axes.set_yticks([row + 0.5 for row in range(len(names))], names)
    axes.xaxis.tick_top()
    axes.set_xticks([column + 0.5 for column in range(count)], heads)
    axes.tick_params(axis="x", labelcolor=style.INK, labelsize=size, pad=3)
    for row, line in enumerate(cells):
        for column, cell in enumerate(line):
            axes.add_patch(
                Rectangle(
                    (column + 0.015, row + 0.03), 0.97, 0.94, facecolor=cell.fill,
                    edgecolor=style.RULE, linewidth=0.5,
                )
            )  # fmt: skip
            axes.text(
                column + 0.5, row + 0.5, wrapped(cell.text, max(8, int(share / 0.066)), lines=2),
                ha="center", va="center", color=cell.ink,
                fontsize=style.SMALL_SIZE if cell.is_word else style.TITLE_SIZE,
            )  # fmt: skip
    return drawn


def _grid_in_words(result: Result) -> str:
    """Every number, column by column, so that nothing is only in the picture."""
    heads, names = column_labels(result), row_labels(result)
    parts = []
    for column, head in enumerate(heads):
        cells = [
            f"{name} {result.cell_text(row, column)}"
            if result.shown is not None
            else f"{name} {number(result.frame.iat[row, column], missing=result.missing)}"
            for row, name in enumerate(names)
        ]
        parts.append(f"{head}: {', '.join(cells)}")
    axis = style.column_label(plain(result.frame.columns.name)).lower()
    rows = style.column_label(plain(result.frame.index.name)).lower()
    return f"For each {axis}, what stands beside each {rows}. {'; '.join(parts)}."


# --- time line -------------------------------------------------------------------------------


def _timeline(result: Result) -> Figure:
    """A line a source or case: a dot where the day is known, a bar or ring where a stretch is.

    An arrow says that no end (or beginning) is stated.
    """
    frame = result.frame
    is_long = len(frame) > _MANY_DATES
    if is_long:
        # The note names them.
        frame = frame[frame["first"].notna() | frame["last"].notna()]
    lines = 1 if is_long else 2
    width = _LONG_NAME if is_long else 34
    names = [wrapped(str(frame.iat[row, 0]), width, lines=lines) for row in range(len(frame))]
    ranges = [
        (_as_year(frame["first"].iloc[row]), _as_year(frame["last"].iloc[row], end=True))
        for row in range(len(frame))
    ]
    known = [each for pair in ranges for each in pair if each is not None]
    begin, end = (min(known), max(known)) if known else (0.0, 1.0)
    spare = max((end - begin) * 0.04, 0.3)
    begin, end = begin - spare, end + spare
    shapes = [_shape(first, last, end - begin) for first, last in ranges]
    key = [shape for shape in _SHAPES if shape in shapes]
    if key == ["day"]:
        key = []  # A dot at a date needs no word.
    row_height = 0.36 if any("\n" in text for text in names) else 0.27
    if is_long:
        row_height = min(max(_LONG_LINE / max(len(names), 1), _LEAST_ROW), 0.2)
    size = min(style.FONT_SIZE, row_height * 72 * 0.62)
    body = row_height * max(len(names), 1)
    key_lines = -(-len(key) // _KEY_COLUMNS)
    drawn = new_figure(style.PAGE_WIDTH, body + 0.42 + (0.08 + 0.16 * key_lines if key else 0))
    height = drawn.get_size_inches()[1]
    left = (_margin(names) * size / style.FONT_SIZE if names else 0.5) / style.PAGE_WIDTH
    # What is longer than a date, such as two of them, wants more room at the right.
    longest = max((text_width(label("date", each)) for each in frame["date"]), default=0)
    right = 1 - max(
        0.17, (0.2 + 0.8 * _LETTER * longest * size / style.FONT_SIZE) / style.PAGE_WIDTH
    )
    axes = drawn.add_axes((left, 0.34 / height, right - left, body / height))
    _bare(axes)
    axes.set_xlim(begin, end)
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.set_yticks(range(len(names)), names, fontsize=size)
    ticks = _year_ticks(begin, end) if known else []
    axes.set_xticks(ticks, [str(tick) for tick in ticks])
    axes.tick_params(axis="x", labelsize=style.SMALL_SIZE, pad=4)
    for tick in ticks:
        axes.axvline(tick, color=style.RULE, linewidth=0.5, zorder=0)
    if is_long:
        for row in range(len(names)):
            axes.axhline(row, color=style.RULE, linewidth=0.3, zorder=0)
    for row, (first, last) in enumerate(ranges):
        stated = frame["date"].iloc[row]
        if shapes[row]:
            _mark(axes, row, first, last, begin, end, shapes[row])
        axes.text(
            1.045, row, label("date", stated), transform=axes.get_yaxis_transform(), va="center",
            fontsize=min(size, style.SMALL_SIZE), color=style.SOFT_INK,
        )  # fmt: skip
    if key:
        _key(drawn, key)
    return drawn


_SHAPES = {
    "day": "a day",
    "ring": "a short stretch, such as a month",
    "bar": "a longer stretch",
    "since": "began then, no end stated",
    "until": "ended then, no beginning stated",
}


def _shape(first: float | None, last: float | None, width: float) -> str:
    """How a date is drawn on a line of so many years; nothing where there is none."""
    if first is None or last is None:
        return "since" if first is not None else "until" if last is not None else ""
    if last - first >= width * 0.02:
        return "bar"
    # A ring for a stretch too short to be drawn as one: a month on a line of decades.
    return "day" if last - first < 0.01 else "ring"


def _mark(
    axes: Axes,
    row: int,
    first: float | None,
    last: float | None,
    begin: float,
    end: float,
    shape: str,
) -> None:
    colour = looks(["date"])["date"].colour
    start, stop = begin if first is None else first, end if last is None else last
    if shape in ("day", "ring"):
        axes.plot([(start + stop) / 2], [row], clip_on=False, **_point(shape, colour))
        return
    axes.barh(row, stop - start, left=start, height=0.34, color=colour, alpha=0.85, linewidth=0)
    if shape != "bar":
        axes.plot(
            [stop if shape == "since" else start], [row], clip_on=False, **_point(shape, colour)
        )


def _point(shape: str, colour: str) -> dict[str, Any]:
    marker = {"since": ">", "until": "<"}.get(shape, "o")
    return {
        "marker": marker,
        "markersize": 5.5 if marker == "o" else 9,
        "markerfacecolor": style.PAPER if shape == "ring" else colour,
        "markeredgecolor": colour,
        "markeredgewidth": 1.3 if marker == "o" else 0,
        "linestyle": "none",
    }


def _key(drawn: Figure, shapes: Sequence[str]) -> None:
    """What each mark of a time line means, above it."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    colour = looks(["date"])["date"].colour
    drawn.legend(
        handles=[
            Patch(facecolor=colour, alpha=0.85, label=_SHAPES[shape])
            if shape == "bar"
            else Line2D([], [], label=_SHAPES[shape], **_point(shape, colour))
            for shape in shapes
        ],
        loc="upper left",
        bbox_to_anchor=(0.0, 1.0),
        ncols=min(len(shapes), _KEY_COLUMNS),
        frameon=False,
        fontsize=style.SMALL_SIZE,
        handlelength=1.2,
        columnspacing=1.4,
        borderaxespad=0.1,
    )


def _as_year(day: Any, *, end: bool = False) -> float | None:
    """A day as a year with its fraction; the last day of a stretch ends with the day."""
    if day is None or pd.isna(day):
        return None
    year, month, number_ = (int(part) for part in str(day).rsplit("-", 2))
    return year + (month - 1) / 12 + (number_ - 1 + (0.9 if end else 0.0)) / 372


def _year_ticks(begin: float, end: float) -> list[int]:
    span = end - begin
    step = next((each for each in (1, 2, 5, 10, 20, 50, 100) if span / each <= 8), 200)
    first = -(-int(begin // 1) // step) * step
    return [year for year in range(first, int(end) + 1, step) if begin <= year <= end]


def _timeline_in_words(result: Result) -> str:
    what = plain(result.frame.columns[0])
    rows = [
        f"{plain(result.frame.iat[row, 0])} {label('date', result.frame['date'].iloc[row])}"
        for row in range(len(result.frame))
    ]
    group = str(result.frame.columns[-1])
    kinds = sorted({label(group, value) for value in result.frame[group] if plain(value)})
    spoken = f" ({group}: {', '.join(kinds)})" if kinds else ""
    return f"Each {what} in order of time{spoken}: {'; '.join(rows) or 'none'}."
