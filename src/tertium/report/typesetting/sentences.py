"""The sentences around a passage: a reader judges a coding by the whole of what is said.

Comes in: the texts of sources and where their sentences begin and end.
Goes out: what stands in the same sentences before and after a passage.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Sentences:
    """Texts by source, and their sentences as pairs of start and end, in order.

    Examples
    --------
    >>> spans = {"a": [(0, 9), (10, 34)]}
    >>> Sentences({"a": "They met. The union asked for pay."}, spans).around("a", 14, 19)
    ('The ', ' asked for pay.')
    """

    texts: Mapping[str, str] = field(default_factory=dict, repr=False)
    spans: Mapping[str, Sequence[tuple[int, int]]] = field(default_factory=dict, repr=False)

    def around(self, source_id: str, start: int | None, end: int | None) -> tuple[str, str]:
        """What stands before and after; nothing of a whole source, or where no words are there."""
        spans = self.spans.get(source_id, ())
        if start is None or end is None or not spans:
            return "", ""
        text = self.texts[source_id]
        first = bisect_right(spans, start, key=lambda span: span[0]) - 1
        last = bisect_right(spans, end - 1, key=lambda span: span[0]) - 1
        before = after = ""
        if first >= 0 and spans[first][1] > start:
            before = text[spans[first][0] : start]
        if last >= 0 and spans[last][1] > end:
            after = text[end : spans[last][1]]
        return before if _has_words(before) else "", after if _has_words(after) else ""


def _has_words(text: str) -> bool:
    return any(character.isalnum() for character in text)
