"""A network as a picture: two columns joined by lines, or a map of who stands near whom.

Comes in: the result of `network`.
Goes out: a figure whose agreement and conflict differ without colour, and the same in words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from tertium.comparison.result import Result, plain
from tertium.report import style
from tertium.report.figures import new_figure, wrapped
from tertium.report.network_layout import column_places, map_places, spread
from tertium.report.style import column_labels, number, row_labels

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_FOR, _AGAINST = "#0072b2", "#d55e00"
_THIN, _THICK = 0.8, 5.0
# Inches: a name over two lines, and the tallest picture that leaves room for its note.
_ROW = 0.26
_TALLEST = 8.0
_HEAD = 0.34
_MAP_HEIGHT, _MAP_ROW, _MAP_MOST = 3.0, 0.1, 5.4
# The number of statements, at least, that is drawn as the widest line.
_WIDE = 4.0
_KEY, _KEY_LINE = 0.3, 0.17
# Inches that a letter of a name takes at most, and where the two columns stand, in page widths.
_LETTER = 0.059
_BESIDE_CLAIMS, _BESIDE_NAMES = (0.45, 0.71), (0.39, 0.63)
_TOLD = 12
_NAME_WIDTH = 22
_DASHES = (0, (3.2, 1.6))

# From, to, weight.
Tie = tuple[Any, Any, float]


def is_network(result: Result) -> bool:
    """Whether a result holds what this figure draws: a network with at least one tie."""
    return result.function == "network" and bool(_ties(result))


def draw_network(result: Result) -> Figure:
    """Two columns for who claims what or of whom; a map for who stands with whom.

    A line is the wider the larger its weight. Blue and unbroken: for, or agreement; orange and
    broken: against, or conflict.
    """
    if _has_two_sides(result):
        return _draw_columns(result)
    return _draw_map(result)


def _has_two_sides(result: Result) -> bool:
    return result.params["kind"] in ("two_mode", "addressee")


def _ties(result: Result) -> list[Tie]:
    """Every tie once, the strongest last, so that it lies on top."""
    frame = result.frame
    found: list[Tie] = []
    for place, row in enumerate(frame.index):
        for column_place, column in enumerate(frame.columns):
            value: Any = frame.iat[place, column_place]
            is_first = _has_two_sides(result) or column_place > place
            if is_first and not pd.isna(value) and float(value):
                found.append((row, column, float(value)))
    return sorted(found, key=lambda tie: (abs(tie[2]), str(tie[0]), str(tie[1])))


def _is_conflict(result: Result, weight: float) -> bool:
    """Whether a tie says against; 2 of a combined network does, 3 says both."""
    if result.params.get("stances") == "combine":
        return weight == 2
    return weight < 0 or result.params["kind"] == "conflict"


def _draw_columns(result: Result) -> Figure:
    ties = _drawn_ties(result)
    left, right = column_places(
        [each for each in result.frame.index if any(tie[0] == each for tie in ties)],
        [each for each in result.frame.columns if any(tie[1] == each for tie in ties)],
        ties,
    )
    names = (_names(result.frame.index, row_labels(result)),
             _names(result.frame.columns, column_labels(result)))  # fmt: skip
    rows = max(len(left), len(right))
    key = _KEY + (_KEY_LINE if _left_out(result) else 0)
    height = _ROW * rows + key + _HEAD
    drawn = new_figure(style.PAGE_WIDTH, height)
    axes = _axes(drawn, _HEAD, height, key)
    axes.set_xlim(0, 1)
    # Half a row above the first name and below the last one.
    half = 0.5 / max(rows - 1, 1)
    axes.set_ylim(-half, 1 + half)
    near, far = _BESIDE_CLAIMS if result.params["kind"] == "two_mode" else _BESIDE_NAMES
    letters = {"right": int(near * style.PAGE_WIDTH / _LETTER) - 3,
               "left": int((1 - far) * style.PAGE_WIDTH / _LETTER) - 3}  # fmt: skip
    for row, column, weight in ties:
        _line(axes, result, ((near, left[row]), (far, right[column])), weight, _largest(ties))
    for x, places, labels, align in ((near, left, names[0], "right"),
                                     (far, right, names[1], "left")):  # fmt: skip
        for each, y in places.items():
            axes.plot([x], [y], marker="o" if align == "right" else "s", markersize=4.5,
                      color=style.INK, zorder=4)  # fmt: skip
            axes.text(x - 0.015 if align == "right" else x + 0.015, y,
                      wrapped(labels[each], letters[align], lines=2), ha=align, va="center",
                      fontsize=style.SMALL_SIZE, color=style.INK, linespacing=1.0,
                      zorder=5)  # fmt: skip
    is_addressee = result.params["kind"] == "addressee"
    for x, head, align in ((near, "Who claims", "right"),
                           (far, "Of whom" if is_addressee else "What", "left")):  # fmt: skip
        axes.text(x, 1 + half, head, ha=align, va="bottom", clip_on=False,
                  fontsize=style.FONT_SIZE, color=style.SOFT_INK)  # fmt: skip
    _key(drawn, result, ties)
    return drawn


def _drawn_ties(result: Result) -> list[Tie]:
    """The ties of those who fit on a page: who is against, then those with the largest numbers."""
    ties = _ties(result)
    most = int((_TALLEST - _HEAD - _KEY - _KEY_LINE) / _ROW)
    for side in (0, 1):
        sums: dict[Any, float] = {}
        for tie in ties:
            sums[tie[side]] = sums.get(tie[side], 0.0) + abs(tie[2])
        against = {tie[side] for tie in ties if _is_conflict(result, tie[2])}
        kept = sorted(sums, key=lambda each: (each not in against, -sums[each], str(each)))[:most]
        ties = [tie for tie in ties if tie[side] in kept]
    return ties


def _left_out(result: Result) -> str:
    """How many names and lines of the table a page has no room for."""
    if not _has_two_sides(result):
        return ""
    every, drawn = _ties(result), _drawn_ties(result)
    if len(every) == len(drawn):
        return ""
    names = [len({tie[side] for tie in listed}) for listed in (drawn, every) for side in (0, 1)]
    return (
        f"{names[0] + names[1]} of {names[2] + names[3]} names and {len(drawn)} of {len(every)} "
        "lines fit here: those that say against, and those with the largest numbers."
    )


def _draw_map(result: Result) -> Figure:
    ties = _ties(result)
    nodes = [each for each in result.frame.index if any(each in tie[:2] for tie in ties)]
    height = min(_MAP_MOST, _MAP_HEIGHT + _MAP_ROW * len(nodes))
    # Who contradicts stands apart, also where contradiction is all that is counted.
    signed = [(one, other, -abs(weight) if _is_conflict(result, weight) else weight)
              for one, other, weight in ties]  # fmt: skip
    places = map_places(nodes, signed, width=style.PAGE_WIDTH, height=height)
    drawn = new_figure(style.PAGE_WIDTH, height + _KEY)
    axes = _axes(drawn, 0.0, height + _KEY, _KEY)
    axes.set_xlim(0, style.PAGE_WIDTH)
    axes.set_ylim(0, height)
    for row, column, weight in ties:
        _line(axes, result, (places[row], places[column]), weight, _largest(ties))
    names = _names(result.frame.index, row_labels(result))
    texts = {each: wrapped(names[each], _NAME_WIDTH, lines=2) for each in nodes}
    spots = spread(texts, places, width=style.PAGE_WIDTH, height=height)
    for each in nodes:
        axes.plot(*places[each], marker="o", markersize=5.5, color=style.INK, zorder=4)
        axes.text(
            *spots[each], texts[each], ha="center", va="center", fontsize=style.SMALL_SIZE,
            color=style.INK, linespacing=1.05, zorder=5,
            bbox={"facecolor": style.PAPER, "edgecolor": "none", "alpha": 0.85, "pad": 0.6},
        )  # fmt: skip
    _key(drawn, result, ties)
    return drawn


def _axes(drawn: Figure, above: float, height: float, key: float) -> Axes:
    axes = drawn.add_axes((0.0, key / height, 1.0, 1 - (key + above) / height))
    axes.set_axis_off()
    return axes


def _line(
    axes: Axes, result: Result, ends: Sequence[tuple[float, float]], weight: float, largest: float
) -> None:
    is_conflict = _is_conflict(result, weight)
    width = _THIN
    if result.params.get("stances") != "combine" and largest > 0:
        # A few statements more or less are no thick line.
        width += (_THICK - _THIN) * abs(weight) / max(largest, _WIDE if largest >= 1 else 0.0)
    axes.plot(
        [x for x, _ in ends], [y for _, y in ends],
        color=_AGAINST if is_conflict else _FOR,
        linestyle=_DASHES if is_conflict else "-",
        linewidth=width, alpha=0.7, solid_capstyle="butt", dash_capstyle="butt", zorder=2,
    )  # fmt: skip


def _largest(ties: Sequence[Tie]) -> float:
    return max(abs(weight) for _, _, weight in ties)


def _names(ids: Sequence[Any] | pd.Index[Any], labels: Sequence[str]) -> Mapping[Any, str]:
    return dict(zip(ids, labels, strict=True))


def _key(drawn: Figure, result: Result, ties: Sequence[Tie]) -> None:
    """What the lines mean, and how wide the widest is."""
    from matplotlib.lines import Line2D

    handles = []
    for words, is_conflict in zip(_words(result), (False, True), strict=True):
        if any(_is_conflict(result, weight) == is_conflict for *_, weight in ties):
            handles.append(
                Line2D([], [], color=_AGAINST if is_conflict else _FOR, linewidth=2.4,
                       linestyle=_DASHES if is_conflict else "-", label=words)
            )  # fmt: skip
    if result.params.get("stances") != "combine":
        widest = f"widest line: {_amount(_largest(ties))} {_of_what(result)}"
        handles.append(Line2D([], [], color="none", label=widest))
    drawn.legend(
        handles=handles, loc="lower left", bbox_to_anchor=(0.0, 0.0), ncols=3, frameon=False,
        fontsize=style.SMALL_SIZE, handlelength=3.2, borderaxespad=0.2, columnspacing=1.0,
        title=_left_out(result) or None, title_fontsize=style.SMALL_SIZE, alignment="left",
    )  # fmt: skip


def _of_what(result: Result) -> str:
    """What the number of a line counts."""
    normalisation = result.params.get("normalisation", "none")
    if normalisation == "activity":
        return "of the statements of a row"
    if normalisation == "prominence":
        return "of the statements of a column"
    counted = "statements" if _has_two_sides(result) else "pairs of statements"
    if normalisation == "average":
        return f"{counted}, by the mean number of the two"
    return counted if normalisation == "none" else f"{counted}, divided ({normalisation})"


def _amount(value: float) -> str:
    """A number with two decimals, where it is no whole one."""
    return number(value) if float(value).is_integer() else f"{value:.2f}"


def _words(result: Result) -> tuple[str, str]:
    """What an unbroken and a broken line say."""
    kind, stances = result.params["kind"], result.params.get("stances")
    if stances == "combine":
        return ("for, or both", "against")
    if stances == "ignore":
        return ("for or against", "against")
    if _has_two_sides(result):
        return ("for", "against") if stances != "subtract" else ("more for", "more against")
    if kind == "subtract":
        return ("more agreement than conflict", "more conflict than agreement")
    return ("agreement", "conflict")


def network_in_words(result: Result) -> str:
    """How many there are, and the strongest ties with their numbers."""
    ties = sorted(_ties(result), key=lambda tie: _is_conflict(result, tie[2]))
    rows = _names(result.frame.index, row_labels(result))
    columns = _names(result.frame.columns, column_labels(result))
    agreement, conflict = _words(result)
    join = "to" if _has_two_sides(result) else "and"
    said = [
        f"{plain(rows[row])} {join} {plain(columns[column])} {_amount(weight)} "
        f"({conflict if _is_conflict(result, weight) else agreement})"
        for row, column, weight in reversed(ties)
    ]
    shape = (
        "Two columns of names joined by lines"
        if _has_two_sides(result)
        else "Names joined by lines"
    )
    against = sum(_is_conflict(result, tie[2]) for tie in ties)
    # Where all are of one kind there is nothing to put first.
    is_mixed = 0 < against < len(ties)
    broken = f" Broken lines say {conflict}: {against}." if against else ""
    first = f"First those that say {conflict}, then the strongest" if is_mixed else "Strongest"
    more = len(said) - _TOLD
    rest = f"; and {more} more" if more > 0 else ""
    left_out = f" {_left_out(result)}" if _left_out(result) else ""
    return (
        f"{shape}, the wider the larger the number.{broken} {len(ties)} lines.{left_out} "
        f"{first}: {'; '.join(said[:_TOLD])}{rest}."
    )
