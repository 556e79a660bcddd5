"""Patterns of the indicator grammar to the tables that the scanner walks.

Comes in: patterns as a scheme writes them.
Goes out: one tree of instructions, programs for what a tree can't hold, and the patterns that
only `re` can read.
"""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Container, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tertium.coding import match
from tertium.coding.scanning.characters import PAGE, characters
from tertium.coding.scanning.kernel import (
    BY_PROGRAM,
    END,
    FIRST_SYMBOL,
    HERE,
    HERE_AT_WORD_END,
    INNER,
    MAYBE_SPACES,
    NO_LETTER_AFTER,
    NO_LETTER_BEFORE,
    PAIR_FACTOR,
    PAIRS,
    RUN,
    SPACES,
    SPACES_OR_HAN,
    STAR,
    SYMBOL_SHIFT,
    TO_WORD_END,
    WORD,
    Column,
    Tables,
)


class Patterns(NamedTuple):
    """Patterns made ready: `tables` for the scanner, `plain` by number for `re`.

    `ways` is how many ways at the most a walk through the tree has still to try.
    """

    patterns: tuple[str, ...]
    tables: Tables
    ways: int
    plain: tuple[int, ...]
    scanned: frozenset[str]


class _Entry(NamedTuple):
    root: int
    path: tuple[int, ...]
    pattern: int
    ending: int
    program: tuple[int, ...] = ()
    words_before: int = 0
    gap_before: int = SPACES


def build(patterns: Sequence[str]) -> Patterns:
    """Tables for `patterns`; a hit names a pattern by its place in them.

    Examples
    --------
    >>> build(["collective bargain*", "罢工", "*'s strike"]).plain
    (2,)
    """
    symbols = _Symbols()
    entries: list[_Entry] = []
    plain: list[int] = []
    for number, pattern in enumerate(patterns):
        tokens = match.fold(unicodedata.normalize("NFC", pattern)).split()
        if not tokens:
            raise ValueError("a pattern needs at least one word")
        if _is_readable(tokens):
            entries.append(_entry(number, tokens, symbols))
        else:
            plain.append(number)
    scanned = frozenset(patterns[entry.pattern] for entry in entries)
    ways = FIRST_SYMBOL * max((len(entry.path) + 1 for entry in entries), default=1)
    return Patterns(tuple(patterns), _tables(entries, symbols), ways, tuple(plain), scanned)


def _is_readable(tokens: Sequence[str]) -> bool:
    """Whether the end of a match follows from its start without trying several.

    The letter ʼ is an apostrophe too, so a star before one could end in several places. A
    pattern of stars alone has no word to look for.
    """
    if tokens[0][0] in match.APOSTROPHES or all(token == "*" for token in tokens):
        return False
    return not any(
        (token != "*" and not token.strip("*"))
        or any(mark in token.partition("*")[2] for mark in match.APOSTROPHES)
        for token in tokens
    )


def _alike(character: str) -> str:
    """The characters that mean the same in a pattern."""
    for many in (match.APOSTROPHES, match.HYPHENS):
        if character in many:
            return many
    return character


class _Symbols:
    """Numbers for the characters that patterns have; marks of one meaning share one."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}

    def of(self, character: str) -> int:
        return self.numbers.setdefault(_alike(character), len(self.numbers) + FIRST_SYMBOL)

    def cells(self, inner: Container[int]) -> tuple[NDArray[np.uint16], NDArray[np.uint32]]:
        """Pages and cells of the code points, with the symbols filled in.

        Those of `inner` may follow a leading star.
        """
        base = characters()
        # Page 0 comes first, so that an ASCII byte is its own index.
        pages = base.pages + np.uint16(1)
        rows = [base.rows[int(base.pages[0])].copy(), *base.rows]
        pages[0] = 0
        own = {0}
        for alike, number in self.numbers.items():
            bits = np.uint32((number << SYMBOL_SHIFT) | (INNER if number in inner else 0))
            for point in (int(one) for mark in alike for one in base.like(ord(mark))):
                page = point // PAGE
                if page not in own:
                    rows.append(rows[int(pages[page])].copy())
                    pages[page] = len(rows) - 1
                    own.add(page)
                rows[int(pages[page])][point % PAGE] |= bits
        return pages, np.concatenate(rows)


def _entry(number: int, tokens: Sequence[str], symbols: _Symbols) -> _Entry:
    """Where a pattern hangs in the tree, and what is to check there.

    Words of any kind that it begins with are read backwards from the first other word.
    """
    words = next(place for place, token in enumerate(tokens) if token != "*")
    has_star = tokens[words][0] == "*"
    steps = _steps([tokens[words].lstrip("*"), *tokens[words + 1 :]], symbols)
    path = tuple(itertools.takewhile(lambda step: step not in (STAR, NO_LETTER_AFTER), steps))
    rest = (*steps[len(path) :], END)
    ending = {(END,): HERE, (NO_LETTER_AFTER, END): HERE_AT_WORD_END}.get(rest, BY_PROGRAM)
    if ending == HERE and path[-1] == RUN:
        path, ending = path[:-1], TO_WORD_END
    program = rest if ending == BY_PROGRAM else ()
    gap = _gap("*", tokens[words]) if words else SPACES
    return _Entry(int(has_star), path, number, ending, program, words, gap)


def _steps(tokens: Sequence[str], symbols: _Symbols) -> list[int]:
    steps = list(_token_steps(tokens[0], symbols))
    for before, token in itertools.pairwise(tokens):
        if steps[-1] == NO_LETTER_AFTER and STAR not in steps:
            steps.pop()  # neither white space nor Han is a letter
        steps.append(_gap(before, token))
        # Elsewhere white space or Han has just been read.
        if steps[-1] == SPACES_OR_HAN and token[0] == "*" and token != "*":
            steps.append(NO_LETTER_BEFORE)
        steps.extend(_token_steps(token, symbols))
    return steps


def _token_steps(token: str, symbols: _Symbols) -> Iterator[int]:
    if token == "*":
        yield WORD
        return
    for character, after in itertools.zip_longest(token, token[1:]):
        if character != "*":
            yield symbols.of(character)
        elif after != "*":
            # Only before a letter may a star end in several places.
            yield STAR if after and match.is_letter(after) else RUN
    if match.is_letter(token[-1]):
        yield NO_LETTER_AFTER


def _gap(before: str, after: str) -> int:
    if match.is_han(before[-1]) or match.is_han(after[0]):
        return MAYBE_SPACES
    return SPACES_OR_HAN if "*" in (before, after) else SPACES


def _tables(entries: Sequence[_Entry], symbols: _Symbols) -> Tables:
    children: list[dict[int, int]] = [{}, {}]
    ends: list[list[_Entry]] = [[], []]
    for entry in entries:
        node = entry.root
        for step in entry.path:
            if step not in children[node]:
                children[node][step] = len(children)
                children.append({})
                ends.append([])
            node = children[node][step]
        ends[node].append(entry)
    # Level by level the children of a node stand side by side, those with a symbol last.
    order, steps_to = [0, 1], [0, 0]
    nodes: list[tuple[int, ...]] = []
    listed: list[tuple[int, ...]] = []
    program: list[int] = []
    steps: list[int] = []
    for node in order:
        row = (len(order), steps_to[len(nodes)], len(steps), len(listed))
        last = node
        while node > 1 and len(children[last]) == 1 and not ends[last]:
            ((step, last),) = children[last].items()
            steps.append(step)
        others = sum(step < FIRST_SYMBOL for step in children[last])
        nodes.append((row[0], row[0] + others, *row[1:]))
        for step, child in sorted(children[last].items()):
            order.append(child)
            steps_to.append(step)
        for one in ends[last]:
            rest = len(program)
            listed.append((one.pattern, one.ending, rest, one.words_before, one.gap_before))
            program.extend(one.program)
    nodes.append((len(order), len(order), 0, len(steps), len(listed)))
    roots = np.zeros((2, FIRST_SYMBOL + len(symbols.numbers)), dtype=np.int32)
    for root in (0, 1):
        for place in range(nodes[root][0], nodes[root + 1][0]):
            roots[root, steps_to[place]] = place
    pages, cells = symbols.cells(children[1])
    pairs = _pairs(children, ends, len(symbols.numbers))
    columns = (*roots, *_columns(nodes, 5), *_columns(listed, 5))
    return Tables._make((pages, cells, pairs, *columns, _column(program), _column(steps)))


def _pairs(
    children: Sequence[dict[int, int]], ends: Sequence[Sequence[_Entry]], symbols: int
) -> NDArray[np.uint8]:
    pairs = np.zeros(PAIRS, dtype=np.uint8)
    every = np.arange(FIRST_SYMBOL + symbols)
    for root in (0, 1):
        for first, node in children[root].items():
            below = list(children[node])
            is_open = ends[node] or any(step < FIRST_SYMBOL for step in below)
            seconds = every if is_open else np.array(below, dtype=np.int64)
            pairs[(first * PAIR_FACTOR + seconds) % PAIRS] |= np.uint8(1 << root)
    return pairs


def _column(values: Sequence[int]) -> Column:
    return np.array(values, dtype=np.int32)


def _columns(rows: Sequence[tuple[int, ...]], width: int) -> Column:
    return np.ascontiguousarray(np.array(rows, dtype=np.int32).reshape(-1, width).T)
