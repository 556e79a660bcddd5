"""The scanner itself: one pass over UTF-8 bytes, compiled by numba when it is first called.

Comes in: the bytes, where to search in them, and tables of patterns.
Goes out: hits, written into columns that the caller gives. Constants, columns and functions stand
in this one file, because the compiled code is kept on disk until this file changes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numba
import numpy as np
from numpy.typing import NDArray

Column = NDArray[np.int32]
Numbers = NDArray[np.int64]

# What a character is, in the lower bits of its cell; which one it is stands above them.
LETTER, HAN, SPACE, JOINT = 1, 2, 4, 8
INNER = 16  # a word with a leading star may go on with it
SYMBOL_SHIFT = 5
# Instructions. A number from FIRST_SYMBOL on is a character that has to stand there.
END = 0
SPACES, MAYBE_SPACES, SPACES_OR_HAN = 1, 2, 3  # between words: the last two also Han beside them
RUN = 4  # all letters that follow
WORD = 5  # one word of any kind
NO_LETTER_BEFORE, NO_LETTER_AFTER = 6, 7
STAR = 8  # letters that follow, as many as what comes behind allows
FIRST_SYMBOL = 9
# What to do where the tree has read a pattern.
HERE, HERE_AT_WORD_END, TO_WORD_END, BY_PROGRAM = 0, 1, 2, 3
# Where two characters in a row are looked up that a pattern may begin with.
PAIRS = 1 << 14
PAIR_FACTOR = 61

_SEARCH_BY_HALVES = 8
_FAILED = (-1, -1)


class Tables(NamedTuple):
    """Flat arrays, so that compiled code can read them.

    `cells[pages[point >> 8] << 8 | point & 255]` says what a character is. The tree has two
    roots: 0 is tried where a word may begin, 1 (words with a leading star) at every character.
    The last row of `nodes` only closes the one before it: what belongs to a node ends where
    that of the next begins. Bit r of `pairs` says whether root r knows two characters.
    """

    pages: NDArray[np.uint16]
    cells: NDArray[np.uint32]
    pairs: NDArray[np.uint8]
    # By symbol: the nodes below the two roots, or 0.
    root: Column
    inner_root: Column
    # By node: its children, the step to it, the `steps` behind that, and its entries.
    first_child: Column
    first_with_symbol: Column
    step: Column
    first_step: Column
    first_entry: Column
    # By entry: what to do for one pattern at a node.
    pattern: Column
    ending: Column
    rest: Column  # where its program begins
    words_before: Column
    gap_before: Column
    program: Column
    steps: Column


class Out(NamedTuple):
    """What the scanner writes to: hits, and what it has to remember."""

    text: Column
    pattern: Column
    start: Column
    end: Column
    filled: Numbers  # how many hits there are
    behind: Numbers  # by pattern: the byte behind its last hit
    # Ways through the tree still to try.
    ways_node: Numbers
    ways_byte: Numbers
    ways_point: Numbers


class Segments(NamedTuple):
    """Where to search: bytes, the byte before which nothing is looked at, first code point."""

    begins: Numbers
    ends: Numbers
    floors: Numbers
    firsts: Numbers


# Arrays are only lent to these functions, so none needs to count who holds them (`_nrt`); with
# the counting they take ten times as long.
_OPTIONS: dict[str, Any] = {"nogil": True, "_nrt": False, "forceinline": True}


def _compiled(function: Callable[..., Any]) -> Any:
    """`function`, compiled at its first call; kept on disk where numba finds a place to write."""
    try:
        return numba.njit(cache=True, **_OPTIONS)(function)
    except RuntimeError:
        return numba.njit(**_OPTIONS)(function)


@_compiled
def _character(t, buffer, i, end):  # type: ignore[no-untyped-def]
    """Cell and width of the character that begins at byte `i`."""
    byte = int(buffer[i])
    if byte < 0x80:
        return int(t.cells[byte]), 1
    width = 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4
    if i + width > end:
        return 0, end - i
    point = int(buffer[i + 1]) & 0x3F
    if width == 2:
        point |= (byte & 0x1F) << 6
    else:
        point = (point << 6) | (int(buffer[i + 2]) & 0x3F)
        if width == 3:
            point |= (byte & 0x0F) << 12
        else:
            point = (point << 6) | (int(buffer[i + 3]) & 0x3F) | (byte & 0x07) << 18
            if point > 0x10FFFF:
                return 0, width
    return int(t.cells[(int(t.pages[point >> 8]) << 8) | (point & 0xFF)]), width


@_compiled
def _before(t, buffer, i, floor):  # type: ignore[no-untyped-def]
    """Cell and width of the character that ends at byte `i`; 0 where none does."""
    if i <= floor:
        return 0, 0
    begin = i - 1
    while begin > floor and (int(buffer[begin]) & 0xC0) == 0x80:
        begin -= 1
    return _character(t, buffer, begin, i)


@_compiled
def _skip(t, buffer, i, point, end, bits, wanted):  # type: ignore[no-untyped-def]
    """Byte and code point behind a run of characters with the wanted ones among `bits`."""
    while i < end:
        byte = buffer[i]
        if byte < 0x80:
            if t.cells[byte] & bits != wanted:
                break
            i += 1
        else:
            cell, width = _character(t, buffer, i, end)
            if cell & bits != wanted:
                break
            i += width
        point += 1
    return i, point


@_compiled
def _spelled_word(t, buffer, i, point, end):  # type: ignore[no-untyped-def]
    """Byte and code point behind the letters at `i`, with what hyphens and apostrophes join."""
    while True:
        i, point = _skip(t, buffer, i, point, end, LETTER, LETTER)
        if i >= end:
            return i, point
        joint, width = _character(t, buffer, i, end)
        if not joint & JOINT or i + width >= end:
            return i, point
        if not _character(t, buffer, i + width, end)[0] & LETTER:
            return i, point
        i += width
        point += 1


@_compiled
def _step(t, step, cell, width, buffer, i, point, end, floor):  # type: ignore[no-untyped-def]
    """One instruction where `cell` stands: byte and code point behind it, or -1."""
    if step >= FIRST_SYMBOL:
        return (i + width, point + 1) if cell >> SYMBOL_SHIFT == step else _FAILED
    if step == RUN:
        return _skip(t, buffer, i, point, end, LETTER, LETTER)
    if step == NO_LETTER_AFTER:
        return _FAILED if cell & LETTER else (i, point)
    if cell & SPACE and step <= SPACES_OR_HAN:
        return _skip(t, buffer, i, point, end, SPACE, SPACE)
    if step == SPACES:
        return _FAILED
    if step == MAYBE_SPACES:
        return i, point
    before = _before(t, buffer, i, floor)[0]
    if step == SPACES_OR_HAN:
        return (i, point) if (cell | before) & HAN else _FAILED
    if step == NO_LETTER_BEFORE:
        return _FAILED if before & LETTER else (i, point)
    if cell & HAN:
        return i + width, point + 1
    if cell & LETTER and not before & LETTER:
        return _spelled_word(t, buffer, i, point, end)
    return _FAILED


@_compiled
def _run(t, pc, buffer, i, point, end, floor):  # type: ignore[no-untyped-def]
    """A program at one place: byte and code point behind what it matches, or -1."""
    star_pc, star_i, star_point = -1, i, point
    while t.program[pc] != END:
        if t.program[pc] == STAR:
            pc += 1
            star_pc, star_i, star_point = pc, i, point
            continue
        cell, width = _character(t, buffer, i, end) if i < end else (0, 0)
        next_i, next_point = _step(t, t.program[pc], cell, width, buffer, i, point, end, floor)
        if next_i >= 0:
            pc, i, point = pc + 1, next_i, next_point
            continue
        # The last star takes one letter more; what an earlier one took is never in its way.
        if star_pc < 0 or star_i >= end:
            return _FAILED
        cell, width = _character(t, buffer, star_i, end)
        if not cell & LETTER:
            return _FAILED
        star_i, star_point = star_i + width, star_point + 1
        pc, i, point = star_pc, star_i, star_point
    return i, point


@_compiled
def _word_back(t, buffer, i, point, begin, floor, earliest):  # type: ignore[no-untyped-def]
    """Where the word that ends at `i` begins: byte and code point, or -1.

    It may begin at any part of a joined word from `earliest` on, and takes the leftmost.
    """
    cell, width = _before(t, buffer, i, begin)
    if cell & HAN:
        i -= width
        return (i, point - 1) if i >= earliest else _FAILED
    found_i, found_point = -1, -1
    while cell & LETTER:
        while cell & LETTER:
            i -= width
            point -= 1
            cell, width = _before(t, buffer, i, begin)
        if i < earliest or _before(t, buffer, i, floor)[0] & LETTER:
            break
        found_i, found_point = i, point
        if not cell & JOINT:
            break
        cell, joint = _before(t, buffer, i - width, begin)
        if cell & LETTER:
            i -= width
            point -= 1
            width = joint
    return found_i, found_point


@_compiled
def _start(t, entry, buffer, i, point, bounds, earliest):  # type: ignore[no-untyped-def]
    """Where a match begins that has words of any kind before `i`, or -1."""
    begin, end, floor = bounds
    gap = t.gap_before[entry]
    for _ in range(t.words_before[entry]):
        after = _character(t, buffer, i, end)[0]
        cell, width = _before(t, buffer, i, begin)
        if not cell & SPACE and gap != MAYBE_SPACES and not (cell | after) & HAN:
            return _FAILED
        while cell & SPACE:
            i -= width
            point -= 1
            cell, width = _before(t, buffer, i, begin)
        i, point = _word_back(t, buffer, i, point, begin, floor, earliest)
        if i < 0:
            return _FAILED
        gap = SPACES_OR_HAN
    return (i, point) if i >= earliest else _FAILED


@_compiled
def _keep(out, segment, segment_first, pattern, start, end):  # type: ignore[no-untyped-def]
    """Write one hit; hits of a segment stay sorted by start, end and pattern."""
    place = out.filled[0]
    out.filled[0] += 1
    if place >= len(out.text):
        return
    out.text[place] = segment
    while place > segment_first:
        last = place - 1
        if out.start[last] < start:
            break
        if out.start[last] == start and (
            out.end[last] < end or (out.end[last] == end and out.pattern[last] <= pattern)
        ):
            break
        out.pattern[place] = out.pattern[last]
        out.start[place] = out.start[last]
        out.end[place] = out.end[last]
        place = last
    out.pattern[place] = pattern
    out.start[place] = start
    out.end[place] = end


@_compiled
def _child(t, node, symbol):  # type: ignore[no-untyped-def]
    """The child of `node` by a symbol, or -1."""
    low, high = t.first_with_symbol[node], t.first_child[node + 1]
    while high - low > _SEARCH_BY_HALVES:
        middle = (low + high) >> 1
        if t.step[middle] <= symbol:
            low = middle
        else:
            high = middle
    for child in range(low, high):
        if t.step[child] == symbol:
            return child
    return -1


@_compiled
def _follow(t, node, buffer, i, point, end, floor):  # type: ignore[no-untyped-def]
    """Byte and code point behind the steps to which there is no other way, or -1."""
    for place in range(t.first_step[node], t.first_step[node + 1]):
        step = t.steps[place]
        cell, width = _character(t, buffer, i, end) if i < end else (0, 0)
        if step >= FIRST_SYMBOL:
            if cell >> SYMBOL_SHIFT != step:
                return _FAILED
            i += width
            point += 1
        else:
            i, point = _step(t, step, cell, width, buffer, i, point, end, floor)
            if i < 0:
                return _FAILED
    return i, point


@_compiled
def _fire(t, node, buffer, i, point, word_i, word_point, bounds, where, out):  # type: ignore[no-untyped-def]
    """Try every pattern that is read when byte `i` is reached in `node`."""
    begin, end, floor = bounds
    run_i, run_point = -1, -1
    for entry in range(t.first_entry[node], t.first_entry[node + 1]):
        pattern, ending = t.pattern[entry], t.ending[entry]
        start_i, start_point = word_i, word_point
        stop_i, stop_point = i, point
        if start_i < out.behind[pattern]:
            continue
        if ending == HERE_AT_WORD_END:
            if i < end and _character(t, buffer, i, end)[0] & LETTER:
                continue
        elif ending == TO_WORD_END:
            if run_i < 0:
                run_i, run_point = _skip(t, buffer, i, point, end, LETTER, LETTER)
            stop_i, stop_point = run_i, run_point
        elif ending == BY_PROGRAM:
            stop_i, stop_point = _run(t, t.rest[entry], buffer, i, point, end, floor)
        if t.words_before[entry] and stop_i >= 0:
            start_i, start_point = _start(
                t, entry, buffer, word_i, word_point, bounds, max(begin, out.behind[pattern])
            )
        if stop_i >= 0 and start_i >= 0:
            out.behind[pattern] = stop_i
            _keep(out, where[0], where[1], pattern, start_point, stop_point)


@_compiled
def _walk(t, node, buffer, i, point, word_i, word_point, bounds, where, out):  # type: ignore[no-untyped-def]
    """Follow the tree from `node` along the text from byte `i` on."""
    _, end, floor = bounds
    left = 0
    while True:
        i, point = _follow(t, node, buffer, i, point, end, floor)
        if i >= 0:
            if t.first_entry[node] < t.first_entry[node + 1]:
                _fire(t, node, buffer, i, point, word_i, word_point, bounds, where, out)
            cell, width = _character(t, buffer, i, end) if i < end else (0, 0)
            for child in range(t.first_child[node], t.first_with_symbol[node]):
                next_i, next_point = _step(
                    t, t.step[child], cell, width, buffer, i, point, end, floor
                )
                if next_i >= 0:
                    out.ways_node[left] = child
                    out.ways_byte[left] = next_i
                    out.ways_point[left] = next_point
                    left += 1
            symbol = cell >> SYMBOL_SHIFT
            node = _child(t, node, symbol) if symbol else -1
            i += width
            point += 1
        if i < 0 or node < 0:
            if not left:
                return
            left -= 1
            node, i, point = out.ways_node[left], out.ways_byte[left], out.ways_point[left]


@_compiled
def _scan_segment(t, buffer, bounds, first, where, out):  # type: ignore[no-untyped-def]
    """All hits between two bytes; before `floor` nothing is looked at."""
    begin, end, floor = bounds
    i, point = begin, first
    # Where the run of letters began that ends at `i`: -1 if that is before the segment.
    word_i, word_point = -1, -1
    in_word = _before(t, buffer, begin, floor)[0] & LETTER != 0
    while i < end:
        cell, width = _character(t, buffer, i, end)
        is_letter = cell & LETTER != 0
        if not in_word:
            word_i, word_point = i, point
        symbol = cell >> SYMBOL_SHIFT
        may_begin = symbol != 0 and not (in_word and is_letter)
        may_go_on = cell & INNER != 0 and word_i >= 0
        if may_begin or may_go_on:
            after = 0
            if i + width < end:
                after = _character(t, buffer, i + width, end)[0] >> SYMBOL_SHIFT
            known = int(t.pairs[(symbol * PAIR_FACTOR + after) & (PAIRS - 1)])
            known &= may_begin | (may_go_on << 1)
            for root in range(2):
                node = t.root[symbol] if root == 0 else t.inner_root[symbol]
                if known >> root & 1 and node:
                    start_i, start_point = (i, point) if root == 0 else (word_i, word_point)
                    _walk(
                        t, node, buffer, i + width, point + 1, start_i, start_point,
                        bounds, where, out,
                    )  # fmt: skip
        i += width
        point += 1
        in_word = is_letter
        if is_letter:
            i, point = _skip(t, buffer, i, point, end, LETTER | INNER, LETTER)


@_compiled
def scan(t, buffer, segments, segment, out):  # type: ignore[no-untyped-def]
    """Search segments from number `segment` on, as many as `out` has room for.

    Gives the number of the next segment and of the hits so far; where that segment is not
    behind the last, there was too little room, and `out.filled` says how much is needed.
    """
    while segment < len(segments.begins):
        kept = out.filled[0]
        bounds = (segments.begins[segment], segments.ends[segment], segments.floors[segment])
        _scan_segment(t, buffer, bounds, segments.firsts[segment], (segment, kept), out)
        if out.filled[0] > len(out.text):
            return segment, kept
        segment += 1
    return segment, out.filled[0]
