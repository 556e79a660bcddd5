"""Where the nodes of a network and their names stand in a picture, the same every time.

Comes in: nodes and weighted ties.
Goes out: places; no chance has a part in them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from tertium.comparison.result import text_width

Places = dict[Any, tuple[float, float]]
Tie = tuple[Any, Any, float]

# Who disagrees stands further apart, the more so the more; who agrees nearer.
_NEAR, _FAR, _STRETCH = 1.0, 2.0, 0.6
_PASSES = 24
_MARGIN_ACROSS, _MARGIN_ALONG = 0.75, 0.35
_LETTER, _LINE = 0.062, 0.13
_STEPS = 200
# A last place of less than this differs from machine to machine.
_DIGITS = 3


def column_places(
    left: Sequence[Any], right: Sequence[Any], ties: Sequence[Tie]
) -> tuple[dict[Any, float], dict[Any, float]]:
    """Heights from 1 (first) to 0 (last) in two columns whose lines cross little.

    Each node moves to the mean height of those it is tied to, one column after the other.

    Examples
    --------
    >>> column_places(["a", "b"], ["x", "y"], [("a", "y", 1.0), ("b", "x", 1.0)])
    ({'a': 1.0, 'b': 0.0}, {'y': 1.0, 'x': 0.0})
    """
    sides = [list(left), list(right)]
    for turn in range(_PASSES):
        moving = (turn + 1) % 2
        fixed = _heights(sides[1 - moving])
        sides[moving] = sorted(
            sides[moving],
            key=lambda each: (-_mean_height(each, ties, moving, fixed), str(each)),
        )
    return _heights(sides[0]), _heights(sides[1])


def _heights(order: Sequence[Any]) -> dict[Any, float]:
    if len(order) == 1:
        return {order[0]: 0.5}
    return {each: 1 - place / (len(order) - 1) for place, each in enumerate(order)}


def _mean_height(each: Any, ties: Sequence[Tie], side: int, fixed: Mapping[Any, float]) -> float:
    tied = [(fixed[tie[1 - side]], abs(tie[2])) for tie in ties if tie[side] == each]
    whole = sum(weight for _, weight in tied)
    return round(sum(height * weight for height, weight in tied) / whole, 9) if whole else 0.5


def map_places(nodes: Sequence[Any], ties: Sequence[Tie], *, width: float, height: float) -> Places:
    """A place for each node: near those it agrees with, further from those it contradicts.

    A tie above 0 is agreement, the shorter the larger; below 0 contradiction, the longer.

    Parts that no tie joins stand side by side, each in a field that grows with its nodes.
    """
    import networkx as nx

    made: nx.Graph[Any] = nx.Graph()
    made.add_nodes_from(nodes)
    largest = max((abs(weight) for *_, weight in ties), default=1.0)
    for one, other, weight in ties:
        share = abs(weight) / largest
        length = _NEAR + _STRETCH * (1 - share) if weight > 0 else _FAR + _STRETCH * share
        made.add_edge(one, other, length=length)
    parts = [[each for each in nodes if each in part] for part in nx.connected_components(made)]
    parts.sort(key=lambda part: (-len(part), str(part[0])))
    places: Places = {}
    for part, field in zip(parts, _fields([len(part) for part in parts], width, height),
                           strict=True):  # fmt: skip
        places |= _within(_part_places(made.subgraph(part), part), field)
    return places


def _part_places(part: Any, order: Sequence[Any]) -> Places:
    """Kamada and Kawai's places, from the same beginning every time."""
    import networkx as nx

    if len(order) == 1:
        return {order[0]: (0.0, 0.0)}
    begin = {
        each: (
            math.cos(2 * math.pi * place / len(order)),
            math.sin(2 * math.pi * place / len(order)),
        )
        for place, each in enumerate(order)
    }
    found = nx.kamada_kawai_layout(part, pos=begin, weight="length")
    return {each: (float(found[each][0]), float(found[each][1])) for each in order}


def _fields(
    sizes: Sequence[int], width: float, height: float
) -> list[tuple[float, float, float, float]]:
    """Fields (left, bottom, width, height): the largest part above, the others in rows below."""
    if len(sizes) == 1:
        return [(0.0, 0.0, width, height)]
    rest = sum(sizes[1:])
    below = height * min(0.55, max(0.2, rest / sum(sizes)))
    fields = [(0.0, below, width, height - below)]
    rows = max(1, math.ceil(len(sizes[1:]) / 3))
    for row in range(rows):
        here = sizes[1 + row * 3 : 4 + row * 3]
        x = 0.0
        for size in here:
            share = width * size / sum(here)
            fields.append((x, below * (rows - 1 - row) / rows, share, below / rows))
            x += share
    return fields


def _within(places: Places, field: tuple[float, float, float, float]) -> Places:
    """Places stretched to a field, with a margin for names."""
    left, bottom, width, height = field
    margins = (min(_MARGIN_ACROSS, width / 3), min(_MARGIN_ALONG, height / 3))
    made: dict[Any, list[float]] = {each: [] for each in places}
    for axis, (begin, size, margin) in enumerate(
        ((left, width, margins[0]), (bottom, height, margins[1]))
    ):
        values = [place[axis] for place in places.values()]
        low, high = min(values), max(values)
        for each, place in places.items():
            share = (place[axis] - low) / (high - low) if high - low > 1e-6 else 0.5
            made[each].append(round(begin + margin + share * (size - 2 * margin), _DIGITS))
    return {each: (place[0], place[1]) for each, place in made.items()}


def spread(texts: Mapping[Any, str], places: Places, *, width: float, height: float) -> Places:
    """Places for the names, above their nodes, pushed apart where they would cover each other."""
    sizes = {
        each: (
            _LETTER * max(text_width(line) for line in text.split("\n")) + 0.06,
            _LINE * (text.count("\n") + 1) + 0.03,
        )
        for each, text in texts.items()
    }
    spots = {each: [places[each][0], places[each][1] + sizes[each][1] / 2 + 0.06]
             for each in texts}  # fmt: skip
    order = sorted(texts, key=lambda each: (places[each][1], str(each)))
    for _ in range(_STEPS):
        moved = False
        for first, one in enumerate(order):
            for other in order[first + 1 :]:
                moved |= _push_apart(spots[one], spots[other], sizes[one], sizes[other])
        for each in order:
            half = (sizes[each][0] / 2, sizes[each][1] / 2)
            spots[each][0] = min(max(spots[each][0], half[0]), width - half[0])
            spots[each][1] = min(max(spots[each][1], half[1]), height - half[1])
        if not moved:
            break
    return {each: (round(x, _DIGITS), round(y, _DIGITS)) for each, (x, y) in spots.items()}


def _push_apart(
    one: list[float], other: list[float], size: tuple[float, float], other_size: tuple[float, float]
) -> bool:
    """Move two names that cover each other apart, up and down, a little."""
    across = (size[0] + other_size[0]) / 2 - abs(one[0] - other[0])
    along = (size[1] + other_size[1]) / 2 - abs(one[1] - other[1])
    if across <= 0.001 or along <= 0.001:
        return False
    sign = 1 if other[1] >= one[1] else -1
    one[1] -= sign * along / 2
    other[1] += sign * along / 2
    return True
