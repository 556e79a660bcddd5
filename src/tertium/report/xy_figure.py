"""Cases by their membership in a combination and in the outcome: the XY plot.

Comes in: the result of `set_relation`.
Goes out: a figure, and the same in words. Crisp sets make four corners with the cases counted and
named in each; fuzzy sets make points, with the diagonal on which both memberships are equal.
"""

from __future__ import annotations

from dataclasses import dataclass
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
# So many cases of fuzzy sets are named below the picture.
_IN_KEY = 40
_CROSSING = 0.5
_ACROSS_LETTERS = 84
_TITLE_LINES = 5
_LETTERS_AN_INCH = 15
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
    under = _under(result)
    tall = inside + under + 0.24
    drawn = new_figure(style.PAGE_WIDTH, tall)
    wide = style.PAGE_WIDTH - _MARGIN - 0.05
    axes = drawn.add_axes((_MARGIN / style.PAGE_WIDTH, under / tall, wide / style.PAGE_WIDTH,
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
    _names(axes, result, high=inside)
    return drawn


def _under(result: Result) -> float:
    """The room below the picture, for the name of the axis in as many lines as it takes."""
    lines = wrapped(axis_names(result)[0], _ACROSS_LETTERS, lines=_TITLE_LINES).count("\n") + 1
    return _BELOW + 0.14 * max(0, lines - 2)


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
    named = _numbered(result, rows)
    key = [f"{number}  {rows[place]['case']}" for place, number in named.items()]
    key_rows = -(-len(key) // 2)
    more = len(rows) - len(key)
    rest = (
        f"Numbered are cases that speak against the claim; {more} of {len(rows)} are points alone."
        if more
        else ""
    )
    below = 0.30 + (key_rows + bool(rest)) * _LINE
    under = _under(result)
    tall = _PLOT + under + 0.15 + below
    drawn = new_figure(style.PAGE_WIDTH, tall)
    left = (style.PAGE_WIDTH - _PLOT) / 2
    axes = drawn.add_axes((left / style.PAGE_WIDTH, (below + under) / tall,
                           _PLOT / style.PAGE_WIDTH, _PLOT / tall))  # fmt: skip
    _square(axes, result)
    places: dict[tuple[float, float], list[str]] = {}
    for place, row in enumerate(rows):
        numbers = places.setdefault((float(row["x"]), float(row["y"])), [])
        numbers += [str(named[place])] if place in named else []
    colour = style.looks(["case"])["case"].colour
    for x, y in places:
        axes.plot([x], [y], marker="o", markersize=5, color=colour, linestyle="none", clip_on=False)
    for number_text, at, offset in _labels(places):
        axes.annotate(
            number_text, at, textcoords="offset points", xytext=offset, ha="left", va="bottom",
            fontsize=style.SMALL_SIZE, annotation_clip=False,
            arrowprops={"arrowstyle": "-", "color": style.RULE, "linewidth": 0.6,
                        "shrinkA": 0, "shrinkB": 2} if _is_far(offset) else None,
        )  # fmt: skip
    for place, line in enumerate(key):
        column, row_number = divmod(place, key_rows)
        drawn.text(0.01 + column * 0.5, (below - 0.12 - row_number * _LINE) / tall,
                   shortened(line, _KEY_LETTERS), va="top", fontsize=style.SMALL_SIZE,
                   color=style.SOFT_INK)  # fmt: skip
    if rest:
        drawn.text(0.01, (below - 0.12 - key_rows * _LINE) / tall, rest, va="top",
                   fontsize=style.SMALL_SIZE, color=style.SOFT_INK)  # fmt: skip
    return drawn


def _numbered(result: Result, rows: list[dict[Any, Any]]) -> dict[int, int]:
    """Which cases are numbered, by place: all, or of many only those that speak against."""
    if len(rows) <= _IN_KEY:
        return {place: place + 1 for place in range(len(rows))}
    across, up = against_corner(result)
    against = [
        place
        for place, row in enumerate(rows)
        if (row["x"] > _CROSSING) == bool(across) and (row["y"] > _CROSSING) == bool(up)
        and _CROSSING not in (row["x"], row["y"])
    ]  # fmt: skip
    return {place: number for number, place in enumerate(against[:_IN_KEY], start=1)}


def _labels(
    places: dict[tuple[float, float], list[str]],
) -> list[tuple[str, tuple[float, float], tuple[float, float]]]:
    """Numbers of cases, where they stand, and how far from it, so that none hides another.

    Sizes are reckoned from the number of letters, so that they are the same everywhere.
    """
    scale = _PLOT * 72
    dots = [_Box(x * scale - 4, y * scale - 4, 8, 8) for x, y in places]
    taken: list[_Box] = list(dots)
    found = []
    for (x, y), numbers in places.items():
        if not numbers:
            continue
        text = wrapped(", ".join(numbers), 14, lines=4)
        lines = text.split("\n")
        wide = 0.62 * style.SMALL_SIZE * max(map(len, lines))
        high = 1.25 * style.SMALL_SIZE * len(lines)
        tried = [
            _Box(x * scale + across, y * scale + up, wide, high)
            for across, up in _offsets(wide, high)
        ]
        inside = [box for box in tried if box.is_inside(scale)] or tried
        free = [box for box in inside if not any(box.meets(other) for other in taken)]
        chosen = (free or inside)[0]
        taken.append(chosen)
        found.append((text, (x, y), (chosen.left - x * scale, chosen.low - y * scale)))
    return found


@dataclass(frozen=True)
class _Box:
    """A place on the picture, in points."""

    left: float
    low: float
    wide: float
    high: float

    def meets(self, other: _Box) -> bool:
        return (
            self.left < other.left + other.wide
            and other.left < self.left + self.wide
            and self.low < other.low + other.high
            and other.low < self.low + self.high
        )

    def is_inside(self, scale: float) -> bool:
        right, top = self.left + self.wide, self.low + self.high
        return self.left > 0 and self.low > 0 and right < scale and top < scale


def _offsets(wide: float, high: float) -> list[tuple[float, float]]:
    """Where a label may stand from its dot: close by, then round it further and further out."""
    near = [(5, 3), (5, -3 - high), (-5 - wide, 3), (-5 - wide, -3 - high), (6, -high / 2),
            (-6 - wide, -high / 2), (-wide / 2, 6), (-wide / 2, -6 - high)]  # fmt: skip
    far = [
        (across * away - (wide if across < 0 else 0), up * away - (high if up < 0 else 0))
        for away in (12, 18, 24, 32, 40, 52)
        for across in (1.0, -1.0, 0.4, -0.4)
        for up in (1.0, -1.0, 0.4, -0.4)
    ]
    return [*near, *far]


def _is_far(offset: tuple[float, float]) -> bool:
    """Whether a line must lead from the label to its dot."""
    return offset[0] > 9 or offset[1] > 9 or offset[0] < -60 or offset[1] < -40


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
    _names(axes, result, high=_PLOT)


def _names(axes: Axes, result: Result, *, high: float) -> None:
    across, up = axis_names(result)
    axes.tick_params(length=0, labelsize=style.SMALL_SIZE)
    for side in ("top", "right", "bottom", "left"):
        axes.spines[side].set_color(style.RULE)
    letters = max(34, int(high * _LETTERS_AN_INCH))
    axes.set_xlabel(wrapped(across, _ACROSS_LETTERS, lines=_TITLE_LINES), fontsize=style.FONT_SIZE)
    axes.set_ylabel(wrapped(up, letters, lines=2), fontsize=style.FONT_SIZE)


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
