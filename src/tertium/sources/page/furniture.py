"""Which lines are the page around a text: menus, footers, buttons, links, readers' comments.

Comes in: the lines of a text.
Goes out: the numbers of those that are furniture. In doubt a line is content: nothing is furniture
unless the text gives away that it came with its page.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from tertium.sources.page import words
from tertium.sources.page.lines import HAN, Line, wrapped_prose

_GAP_LINES = 30
_TITLE_LINES = 6
_MENU_LINES = 8
_TELLTALES = 3
_SURE_TELLTALES = 5
_LINKS = 8
_LONG_LINK = 160
_HEADLINE_HAN = 7
_HEADLINE_LENGTH = 20
_DECK_LINES = 3


def furniture_lines(lines: Sequence[Line], in_table: Sequence[bool]) -> set[int]:
    r"""Numbers of the lines that are no part of the text.

    The densest run of prose is the text; its title and dates stand above it, its lists and
    tables below, up to a line that only menus have ("Sitemap"). What lies outside is furniture
    where enough short lines and such words show that the text came with its menus. Inside it,
    only buttons, links to other texts and the like are.

    Parameters
    ----------
    lines : sequence of Line
        Those that are not blank, in order.
    in_table : sequence of bool
        Whether each line stands in a table written with pipes.

    Examples
    --------
    >>> from tertium.sources.page.lines import lines_with_looks
    >>> lines = lines_with_looks("They struck.\n\nShare\n\nThey won.", after=0)
    >>> furniture_lines(lines, [False] * 3)
    {1}
    """
    lone = {number for number in range(len(lines)) if _is_lone(lines, number)}
    is_sure = sum(line.is_telltale for line in lines) >= _SURE_TELLTALES
    core = _core(lines, in_table, is_sure)
    if core is None:
        return lone
    first, last = _with_title(lines, core[0]), _with_tail(lines, core[1])
    found = lone | _outside(lines, first, last, is_sure)
    if is_sure:
        found |= _buttons(lines, first, core[0], last) | _links_to_others(lines, first, last)
    return found


def _core(lines: Sequence[Line], in_table: Sequence[bool], is_sure: bool) -> tuple[int, int] | None:
    """First and last line of the densest run of prose; None where there is none."""
    wrapped = wrapped_prose(lines)
    prose = [
        number
        for number, line in enumerate(lines)
        if (line.is_prose or in_table[number] or number in wrapped) and not line.is_cookie_notice
    ]
    if not prose:
        return None
    closing = [number for number, line in enumerate(lines) if line.is_closing] if is_sure else []
    runs: list[list[int]] = [[prose[0]]]
    for number in prose[1:]:
        before = runs[-1][-1]
        is_apart = bisect_left(closing, before) < bisect_left(closing, number)
        if number - before > _GAP_LINES or is_apart:
            runs.append([])
        runs[-1].append(number)
    comments = next((each for each in closing if lines[each].heads_comments), len(lines))
    written = [run for run in runs if run[0] < comments]
    best = max(written or runs, key=lambda run: sum(len(lines[number].text) for number in run))
    return best[0], best[-1]


def _outside(lines: Sequence[Line], first: int, last: int, is_sure: bool) -> set[int]:
    above, below = range(first), range(last + 1, len(lines))
    has_many = sum(lines[number].is_menu_like for number in (*above, *below)) >= _MENU_LINES
    least = 0 if is_sure else 1 if has_many else _TELLTALES
    return {
        number
        for side in (above, below)
        if sum(lines[each].is_telltale for each in side) >= least
        for number in side
    }


def _with_title(lines: Sequence[Line], first: int) -> int:
    """Up to six lines above the prose: title, dates, author, a short opening; a menu ends them."""
    start, number, taken = first, first, 0
    title = ""
    while number > 0 and taken < _TITLE_LINES:
        above = lines[number - 1]
        links = _head_of_links(lines, number - 1)
        if links is not None:
            start = number = links
            continue
        if above.is_numbered_item:
            lead = _lead_of_list(lines, number - 1)
            if lead is None:
                break
            start = number = lead
            continue
        if above.is_cookie_notice or (above.is_telltale and not _is_sharing(above)):
            break
        number -= 1
        if above.is_telltale:
            continue
        if not (above.is_byline or above.is_sentence):
            if title and (title in above.text or not _is_title_too(lines, number)):
                break
            title = title or above.text
        start = number
        taken += not above.is_sentence
    return start


def _is_title_too(lines: Sequence[Line], number: int) -> bool:
    """Whether a second short line belongs to the title: it is as long as one, or stands on it."""
    line = lines[number]
    block = 1
    while (
        block <= _DECK_LINES and number - block >= 0 and not lines[number - block + 1].blank_before
    ):
        block += 1
    is_deck = not line.blank_after and block < _DECK_LINES
    return is_deck or _is_headline(line)


def _is_headline(line: Line) -> bool:
    """Longer than the words of a menu."""
    return len(line.text) >= _HEADLINE_LENGTH or len(HAN.findall(line.text)) >= _HEADLINE_HAN


def _is_sharing(line: Line) -> bool:
    return words.SHARING.match(line.text) is not None


def _lead_of_list(lines: Sequence[Line], last: int) -> int | None:
    """The line over a list that announces it: "They demand:"."""
    number = last
    while number > 0 and lines[number].is_numbered_item:
        number -= 1
    lead = lines[number]
    announces = lead.text.endswith((":", "：")) and not lead.is_telltale
    return number if announces else None


def _head_of_links(lines: Sequence[Line], last: int) -> int | None:
    """The line over links that end at `last`, where the text stands above them too."""
    for number in range(last - 1, max(0, last - _LINKS) - 1, -1):
        if lines[number].heads_links:
            reaches = last in _links_below(lines, number, last)
            is_text = number > 0 and _has_text(lines[number - 1 : number])
            return number if reaches and is_text else None
        if lines[number].is_prose:
            break
    return None


def _with_tail(lines: Sequence[Line], last: int) -> int:
    """The lists, cells and signatures below the prose, up to what only menus say.

    Where links to other texts stand in between, a sentence or a list after them is text again.
    """
    end, number = last, last + 1
    while number < len(lines):
        line = lines[number]
        if line.heads_links:
            links = list(_links_below(lines, number, len(lines) - 1))
            number = links[-1] + 1 if links else number + 1
            if not links or not _has_text(lines[number : number + 2]):
                return end
        elif line.is_telltale or line.is_cookie_notice:
            return end
        end = number
        number += 1
    return end


def _has_text(lines: Sequence[Line]) -> bool:
    """A sentence or an item of a list is among the lines, and before it no menu."""
    for line in lines:
        if line.is_telltale or line.is_cookie_notice:
            return False
        if line.is_sentence or line.is_numbered_item:
            return True
    return False


def _is_lone(lines: Sequence[Line], number: int) -> bool:
    """Whether the line is a button or a footer by itself, not the end of a broken line."""
    line = lines[number]
    if not words.LONE.match(line.text):
        return False
    above = lines[number - 1]
    return line.blank_before or above.is_telltale or above.is_item


def _buttons(lines: Sequence[Line], first: int, prose: int, last: int) -> set[int]:
    """Telltales one after the other inside the text; below its title also one alone."""
    told = [number for number in range(first, last + 1) if lines[number].is_telltale]
    known = set(told)
    return {each for each in told if each < prose or {each - 1, each + 1} & known}


def _links_to_others(lines: Sequence[Line], first: int, last: int) -> set[int]:
    found: set[int] = set()
    for number in range(first, last + 1):
        if lines[number].heads_links:
            links = set(_links_below(lines, number, last))
            found |= {number, *links} if len(links) > 1 else set()
    return found


def _links_below(lines: Sequence[Line], head: int, last: int) -> Iterator[int]:
    """Short lines right below; set apart by blank lines, only those as long as a headline."""
    is_block = not lines[head].blank_after
    for number in range(head + 1, min(last, head + _LINKS) + 1):
        line = lines[number]
        if line.is_prose or line.is_sentence or line.text.endswith((":", "：")) or "|" in line.text:
            return
        if len(line.text) > _LONG_LINK or (is_block and line.blank_before):
            return
        if not is_block and line.blank_before and not _is_headline(line):
            return
        yield number
