"""The passages on which coders differ, and those on which they agree.

Comes in: coded units, the coders compared, and the passages of a study.
Goes out: evidence rows: the unit's words, the codes at stake, and who gave them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd

from tertium.agreement.reliability import CodedUnits
from tertium.comparison.agreement.who import Compared
from tertium.comparison.passages import Passages
from tertium.spans import Span

AGREED, DISAGREED = "agreed", "disagreed"


class Where:
    """Looks up the passages behind a coefficient.

    Parameters
    ----------
    passages : Passages
    coded : CodedUnits
    of : Compared
    scheme, unit : str
    """

    def __init__(
        self, passages: Passages, coded: CodedUnits, of: Compared, scheme: str, unit: str
    ) -> None:
        self.passages, self.coded, self.scheme, self.unit = passages, coded, scheme, unit
        self._codings: dict[tuple[str, str, str], list[tuple[int, int, str]]] = {}
        columns = ["source_id", "coder", "code", "start", "end", "coding_id", "stance"]
        for source, coder, code, start, end, id_, stance in (
            of.codings[columns].astype(object).itertuples(index=False, name=None)
        ):
            if not pd.isna(stance) and stance == "denied":
                continue
            place = (-1, -1) if pd.isna(start) else (int(start), int(end))
            self._codings.setdefault((source, coder, code), []).append((*place, str(id_)))

    def split(
        self, codes: Sequence[str], coders: Sequence[str], units: np.ndarray
    ) -> dict[str, list[int]]:
        """The units, of those chosen, on which the coders differ or give the same codes.

        Units that only one of them has looked at, and those to which nobody gave a code, are
        neither.
        """
        rows = [self.coded.coders.index(each) for each in coders]
        at = [self.coded.codes.index(each) for each in codes]
        held = self.coded.held[np.ix_(rows, range(len(units)), at)]
        known = (held | self.coded.read[np.ix_(rows, range(len(units)), at)]).all(axis=2)
        known &= ~self.coded.open[np.ix_(rows, range(len(units)), at)].any(axis=2)
        twice = (known.sum(axis=0) >= 2) & units
        masked = np.where(known[:, :, None], held, False)
        anybody = masked.any(axis=(0, 2))
        given_by_all = (masked | ~known[:, :, None]).all(axis=0)
        given_by_one = masked.any(axis=0)
        differ = (given_by_all != given_by_one).any(axis=1)
        return {
            DISAGREED: [int(each) for each in np.nonzero(twice & anybody & differ)[0]],
            AGREED: [int(each) for each in np.nonzero(twice & anybody & ~differ)[0]],
        }

    def evidence(
        self, unit: int, codes: Sequence[str], coders: Sequence[str], *, differing: bool
    ) -> Iterator[dict[str, Any]]:
        """Evidence rows of a unit: one a code; of a document, one a code and coding.

        `coder` says who gave the code: the others read the passage and did not. Where coders
        differ, only the codes on which they do.
        """
        source = str(self.coded.units["source_id"].iloc[unit])
        rows = [self.coded.coders.index(each) for each in coders]
        given: dict[str, list[str]] = {}
        for code in codes:
            at = self.coded.codes.index(code)
            by = [name for name, row in zip(coders, rows, strict=True) if self._held(row, unit, at)]
            seen = sum(self._looked(row, unit, at) for row in rows)
            if by and (len(by) < seen or not differing):
                given[code] = by
        if self.unit == "document":
            yield from self._of_document(source, given)
            return
        start, end = (int(self.coded.units[name].iloc[unit]) for name in ("start", "end"))
        for code, names in given.items():
            yield self.passages.evidence(
                source,
                Span(start, end),
                scheme=self.scheme,
                code=code,
                stance="asserted",
                coding_ids=[
                    id_
                    for name in names
                    for begin, stop, id_ in self._codings.get((source, name, code), ())
                    if begin < end and start < stop
                ],
                coder="; ".join(sorted(names)),
            )

    def _of_document(self, source: str, given: dict[str, list[str]]) -> Iterator[dict[str, Any]]:
        for code, names in given.items():
            places: dict[tuple[int, int], list[tuple[str, str]]] = {}
            for name in names:
                for begin, stop, id_ in self._codings.get((source, name, code), ()):
                    places.setdefault((begin, stop), []).append((name, id_))
            for (begin, stop), by in sorted(places.items()):
                yield self.passages.evidence(
                    source,
                    None if begin < 0 else Span(begin, stop),
                    scheme=self.scheme,
                    code=code,
                    stance="asserted",
                    coding_ids=[id_ for _, id_ in by],
                    coder="; ".join(sorted({name for name, _ in by})),
                )

    def _held(self, coder: int, unit: int, code: int) -> bool:
        return bool(self.coded.held[coder, unit, code])

    def _looked(self, coder: int, unit: int, code: int) -> bool:
        at = (coder, unit, code)
        return bool((self.coded.read[at] or self.coded.held[at]) and not self.coded.open[at])
