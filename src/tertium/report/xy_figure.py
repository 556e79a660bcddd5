"""Cases by their membership in a combination and in the outcome: the XY plot.

Comes in: the result of `set_relation`.
Goes out: a figure, and the same in words. Crisp sets make four corners with the cases counted and
named in each; fuzzy sets make points, with the diagonal on which both memberships are equal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tertium.comparison.result import Result, shortened
from tertium.report import style
from tertium.report.figures import new_figure, wrapped
from tertium.report.style import number

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_COLUMNS = frozenset({"case", "x", "y", "corner"})
_BOX_LETTERS = 46
_NAMES_IN_BOX = 14
_LINE = 0.145
_MARGIN = 0.62
_BELOW = 0.64
_PLOT = 3.6
_KEY_LETTERS = 50
_AGAINST = "#fbe9df"


def is_xy(result: Result) -> bool:
    """Whether a result holds what this figure draws."""
    return set(result.frame.columns) >= _COLUMNS


def draw_xy(result: Result) -> Figure:
    """Four corners where both sets are crisp, else points and the diagonal."""
    return _corners(result) if is_crisp(result) else _points(result)


def is_crisp(result: Result) -> bool:
    """Whether every case is either in or out of both sets."""
    return bool(result.frame[["x", "y"]].isin([0.0, 1.0]).all(axis=None))


def axis_names(result: Result) -> tuple[str, str]:
    """What stands below and beside the picture."""
    return str(result.column_labels.get("x", "x")), str(result.column_labels.get("y", "y"))


def _corner_cases(result: Result, x: float, y: float) -> list[str]:
    rows = result.frame[(result.frame["x"] == x) & (result.frame["y"] == y)]
    return [str(each) for each in rows["case"]]


def _corners(result: Result) -> Figure:
    """Two by two boxes: how many cases, and their names."""
    lines = {y: max(_lines(_corner_cases(result, x, y)) for x in (0.0, 1.0)) for y in (1.0, 0.0)}
    heights = {y: 0.34 + _LINE * lines[y] for y in lines}
    inside = sum(heights.values())
    tall = inside + _BELOW + 0.24
    drawn = new_figure(style.PAGE_WIDTH, tall)
    wide = style.PAGE_WIDTH - _MARGIN - 0.05
    axes = drawn.add_axes((_MARGIN / style.PAGE_WIDTH, _BELOW / tall, wide / style.PAGE_WIDTH,
                           inside / tall))  # fmt: skip
    axes.set_xlim(0, 2)
    axes.set_ylim(0, inside)
    is_against = against_corner(result)
    for y, bottom in ((0.0, 0.0), (1.0, heights[0.0])):
        for x in (0.0, 1.0):
            _box(axes, (x, bottom), heights[y], _corner_cases(result, x, y),
                 against=is_against == (x, y))  # fmt: skip
    axes.set_xticks([0.5, 1.5], ["out of it", "in it"])
    axes.set_yticks([heights[0.0] / 2, heights[0.0] + heights[1.0] / 2], ["out", "in"])
    _names(axes, result)
    return drawn


def _lines(names: list[str]) -> int:
    return min(len(names), _NAMES_IN_BOX) + (len(names) > _NAMES_IN_BOX)


def _box(
    axes: Axes, at: tuple[float, float], height: float, names: list[str], *, against: bool
) -> None:
    from matplotlib.patches import Rectangle

    fill = _AGAINST if against else style.PAPER
    axes.add_patch(Rectangle(at, 1, height, facecolor=fill, edgecolor=style.RULE, linewidth=0.8))
    count = f"{len(names)} {'case' if len(names) == 1 else 'cases'}"
    left, top = at[0] + 0.03, at[1] + height - 0.08
    axes.text(left, top, count, va="top", fontsize=style.FONT_SIZE)
    told = [shortened(name, _BOX_LETTERS) for name in names[:_NAMES_IN_BOX]]
    if more := len(names) - len(told):
        told.append(f"and {more} more")
    for place, name in enumerate(told):
        axes.text(left, top - 0.19 - place * _LINE, name, va="top", fontsize=style.SMALL_SIZE,
                  color=style.SOFT_INK)  # fmt: skip


def _points(result: Result) -> Figure:
    """A dot a place, the numbers of its cases beside it, and who they are below."""
    rows = result.frame.to_dict("records")
    key = [f"{place}  {row['case']}" for place, row in enumerate(rows, start=1)]
    key_rows = -(-len(key) // 2)
    below = 0.30 + key_rows * _LINE
    tall = _PLOT + _BELOW + 0.15 + below
    drawn = new_figure(style.PAGE_WIDTH, tall)
    left = (style.PAGE_WIDTH - _PLOT) / 2
    axes = drawn.add_axes((left / style.PAGE_WIDTH, (below + _BELOW) / tall,
                           _PLOT / style.PAGE_WIDTH, _PLOT / tall))  # fmt: skip
    _square(axes, result)
    places: dict[tuple[float, float], list[str]] = {}
    for place, row in enumerate(rows, start=1):
        places.setdefault((float(row["x"]), float(row["y"])), []).append(str(place))
    colour = style.looks(["case"])["case"].colour
    for (x, y), numbers in places.items():
        axes.plot([x], [y], marker="o", markersize=5, color=colour, linestyle="none", clip_on=False)
        at_right = x > 0.9
        axes.annotate(
            wrapped(", ".join(numbers), 14, lines=4), (x, y), textcoords="offset points",
            xytext=(-5 if at_right else 5, -3 if y > 0.95 else 3),
            ha="right" if at_right else "left", va="top" if y > 0.95 else "bottom",
            fontsize=style.SMALL_SIZE,
        )  # fmt: skip
    for place, line in enumerate(key):
        column, row_number = divmod(place, key_rows)
        drawn.text(0.01 + column * 0.5, (below - 0.12 - row_number * _LINE) / tall,
                   shortened(line, _KEY_LETTERS), va="top", fontsize=style.SMALL_SIZE,
                   color=style.SOFT_INK)  # fmt: skip
    return drawn


def _square(axes: Axes, result: Result) -> None:
    """The frame: ticks, the crossing at 0.5, the diagonal, the corner that speaks against."""
    from matplotlib.patches import Rectangle

    corner = against_corner(result)
    at = (0.5 * corner[0], 0.5 * corner[1])
    axes.add_patch(Rectangle(at, 0.5, 0.5, facecolor=_AGAINST, edgecolor="none", zorder=0))
    ticks = [0.0, 0.2, 0.4, 0.5, 0.6, 0.8, 1.0]
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1)
    axes.set_xticks(ticks, [number(tick) for tick in ticks])
    axes.set_yticks(ticks, [number(tick) for tick in ticks])
    axes.plot([0, 1], [0, 1], color=style.SOFT_INK, linewidth=0.9, linestyle=(0, (4, 3)))
    axes.plot([0.5, 0.5], [0, 1], color=style.SOFT_INK, linewidth=0.6)
    axes.plot([0, 1], [0.5, 0.5], color=style.SOFT_INK, linewidth=0.6)
    _names(axes, result)


def _names(axes: Axes, result: Result) -> None:
    across, up = axis_names(result)
    axes.tick_params(length=0, labelsize=style.SMALL_SIZE)
    for side in ("top", "right", "bottom", "left"):
        axes.spines[side].set_color(style.RULE)
    axes.set_xlabel(wrapped(across, 84, lines=2), fontsize=style.FONT_SIZE)
    axes.set_ylabel(wrapped(up, 34, lines=2), fontsize=style.FONT_SIZE)


def against_corner(result: Result) -> tuple[float, float]:
    """The corner whose cases speak against the claim: (1, 0) of enough, (0, 1) of needed."""
    return (0.0, 1.0) if result.params.get("relation") == "necessity" else (1.0, 0.0)


def xy_in_words(result: Result) -> str:
    """Every corner with its cases; of fuzzy sets every case with both memberships."""
    across, up = axis_names(result)
    if is_crisp(result):
        told = []
        for y, is_up in ((1.0, "in"), (0.0, "out of")):
            for x, is_across in ((1.0, "in"), (0.0, "out of")):
                names = _corner_cases(result, x, y)
                told.append(
                    f"{is_across} the first and {is_up} the second: {len(names)}"
                    + (f" ({'; '.join(names)})" if names else "")
                )
        body = ". ".join(told)
    else:
        body = "; ".join(_case_in_words(row) for row in result.frame.to_dict("records"))
    return f"Cases by two sets. First, across: {across}. Second, up: {up}. {body or 'No case'}."


def _case_in_words(row: dict[Any, Any]) -> str:
    return f"{row['case']} {number(row['x'])} and {number(row['y'])}"
