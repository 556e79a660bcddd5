"""Whether a log keeps to itself the words of texts that may not be passed on.

Comes in: all lines of the logs, also those that are taken back, and facts or words of the texts.
Goes out: a fault for a log that quotes such a text; a note on memos that repeat its words.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from tertium.coding.logs.log import Line
from tertium.errors import Fault
from tertium.sources.licences import may_be_passed_on
from tertium.sources.source import Source

_WORDS = ("quote", "prefix", "suffix")
# So many characters in a row are not the same by chance.
RUN = 40


def quoting_faults(lines: Iterable[Line], facts: Mapping[str, Mapping[str, str]]) -> list[Fault]:
    """One fault for each log that holds words of a text which may not be passed on.

    Parameters
    ----------
    lines : iterable of Line
        All there are: what was taken back still stands in its file.
    facts : mapping of str to mapping
        What the manifest says of each source, by id.

    Examples
    --------
    >>> line = Line("codings/ana/first.jsonl", 3, "first", {"quote": "struck"})
    >>> print(quoting_faults([line], {"first": {"licence": "all rights reserved"}})[0].found)
    it holds words of first, which may not be passed on, in 1 line
    """
    quoting: dict[tuple[str, str], list[int]] = {}
    for line in lines:
        is_closed = line.source_id in facts and not may_be_passed_on(facts[line.source_id])
        if is_closed and any(line.content.get(name) for name in _WORDS):
            quoting.setdefault((line.file, line.source_id), []).append(line.number)
    remedy = (
        "write quote_sha256, the checksum of the quote, in place of quote, prefix and suffix, and "
        "take the words out of what git keeps before it is shared"
    )
    found = []
    for (file, source_id), numbers in sorted(quoting.items()):
        many = "1 line" if len(numbers) == 1 else f"{len(numbers)} lines"
        said = f"it holds words of {source_id}, which may not be passed on, in {many}"
        found.append(Fault(file, min(numbers), "quote", said, remedy))
    return found


def closed_with_memos(
    lines: Iterable[Line], facts: Mapping[str, Mapping[str, str]]
) -> frozenset[str]:
    """The sources that may not be passed on and whose lines have memos that could hold a run."""
    return frozenset(
        line.source_id
        for line in lines
        if len(str(line.content.get("memo") or "")) >= RUN
        and line.source_id in facts
        and not may_be_passed_on(facts[line.source_id])
    )


def memo_notes(lines: Iterable[Line], sources: Iterable[Source]) -> list[str]:
    """A note for each log with memos that repeat words of a text which may not be passed on.

    Parameters
    ----------
    lines : iterable of Line
        All there are.
    sources : iterable of Source
        The texts at hand.

    Examples
    --------
    >>> source = Source("first", "On that morning some three hundred dockers stopped work.")
    >>> memo = "He says: some three hundred dockers stopped work. So a strike."
    >>> memo_notes([Line("codings/ana/first.jsonl", 3, "first", {"memo": memo})], [source])
    ['codings/ana/first.jsonl: memos repeat 40 characters or more of first, which may not be \
passed on (line 3); say it in words of your own']
    """
    texts = {
        source.id: _folded(source.text) for source in sources if not may_be_passed_on(source.facts)
    }
    repeating: dict[tuple[str, str], list[int]] = {}
    for line in lines:
        memo = str(line.content.get("memo") or "")
        if line.source_id in texts and repeats(_folded(memo), texts[line.source_id]):
            repeating.setdefault((line.file, line.source_id), []).append(line.number)
    return [
        f"{file}: memos repeat {RUN} characters or more of {source_id}, which may not be passed "
        f"on ({_lines(numbers)}); say it in words of your own"
        for (file, source_id), numbers in sorted(repeating.items())
    ]


def repeats(memo: str, text: str) -> bool:
    """Whether two texts share a run of `RUN` characters.

    Examples
    --------
    >>> repeats("a" * 40 + "b", "c" + "a" * 40), repeats("a" * 39 + "b", "c" + "a" * 39)
    (True, False)
    """
    half = RUN // 2
    # Any such run of the memo holds all of one of these pieces.
    for piece in range(0, len(memo) - half + 1, half):
        if memo[piece : piece + half] not in text:
            continue
        first, last = max(0, piece - half), min(piece, len(memo) - RUN)
        if any(memo[at : at + RUN] in text for at in range(first, last + 1)):
            return True
    return False


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def _lines(numbers: Collection[int]) -> str:
    listed = ", ".join(map(str, sorted(numbers)))
    return f"line {listed}" if len(numbers) == 1 else f"lines {listed}"
