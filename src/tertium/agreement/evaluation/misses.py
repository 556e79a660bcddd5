"""Where verdicts and labels differ: counted by kind, and text by text.

Comes in: the table of verdicts beside labels.
Goes out: a table of confusions, and the texts that were judged wrong, the worst first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from tertium.agreement.evaluation.gold import NONE, LabelledText
from tertium.agreement.evaluation.judged import ALL, UNKNOWN, Judged, chosen, judged, word
from tertium.columns import VERDICT_VALUES

CONFUSION_COLUMNS = ("corpus", "table", "code", "labelled", "given", "n")
MISS_COLUMNS = (
    "corpus", "id", "address", "language", "voice", "length", "topic_group", "confidence",
    "labelled", "given", "missed", "added", "undecided", "primary_labelled", "primary_given",
    "wrong", "distance", "patterns",
)  # fmt: skip


def confusion(table: pd.DataFrame) -> pd.DataFrame:
    """What is labelled against what is given: columns `CONFUSION_COLUMNS`.

    `table` is "verdict" (a code labelled yes or no, by its verdict: 2 x 4 numbers a code, of
    which present and the rest make the 2 x 2 table), "primary" (the primary code labelled by
    the one given, with "none") or "set" (whole sets of codes; only pairs that occur).
    """
    arrays = judged(table)
    verdicts = verdict_counts(table)
    there = sorted(set(arrays.texts["corpus"]))
    rows: list[dict[str, Any]] = []
    for corpus in [ALL, *there] if len(there) > 1 else there:
        part = chosen(arrays, corpus=corpus)
        for code in arrays.codes:
            for labelled in ("yes", "no"):
                rows += [
                    _row(corpus, "verdict", code, labelled, value,
                         verdicts[corpus, code, labelled, value])
                    for value in VERDICT_VALUES
                ]  # fmt: skip
        primaries = primary_counts(part)
        places = [*arrays.codes, NONE]
        rows += [
            _row(corpus, "primary", "", labelled, given, primaries[labelled, given])
            for labelled in places
            for given in places
        ]
        sets = Counter(zip(_sets(part, part.gold), _sets(part, part.given), strict=True))
        rows += [_row(corpus, "set", "", *pair, number) for pair, number in sorted(sets.items())]
    return pd.DataFrame(rows, columns=list(CONFUSION_COLUMNS))


def _row(corpus: str, table: str, code: str, labelled: str, given: str, n: int) -> dict[str, Any]:
    values = (corpus, table, code, labelled, given, n)
    return dict(zip(CONFUSION_COLUMNS, values, strict=True))


def verdict_counts(table: pd.DataFrame) -> Counter[tuple[str, str, str, str]]:
    """How often a code labelled ("yes") or not got each verdict, by corpus and for "all"."""
    found: Counter[tuple[str, str, str, str]] = Counter()
    for row in table[["corpus", "code", "gold", "verdict"]].itertuples(index=False):
        key = (str(row.code), "yes" if row.gold else "no", str(row.verdict))
        found[(str(row.corpus), *key)] += 1
        found[(ALL, *key)] += 1
    return found


def primary_counts(arrays: Judged) -> Counter[tuple[str, str]]:
    """How often each primary code is labelled and given; texts whose label is not stated apart."""
    return Counter(
        (word(int(labelled), arrays.codes), word(int(given), arrays.codes))
        for labelled, given in zip(arrays.gold_primary, arrays.primary, strict=True)
        if labelled != UNKNOWN
    )


def _sets(arrays: Judged, marked: np.ndarray) -> list[str]:
    return [_joined(arrays.codes, row) for row in marked]


def _joined(codes: Sequence[str], marked: np.ndarray) -> str:
    return "; ".join(code for code, is_marked in zip(codes, marked, strict=True) if is_marked)


def misses(table: pd.DataFrame) -> pd.DataFrame:
    """The texts with a wrong set of codes or a wrong primary code: columns `MISS_COLUMNS`.

    The worst first: most codes missed or added, then the largest `distance`, which is the sum
    over the codes of how far the score lies from the label as 0 or 1 (a code that was not
    searched counts as 0), then by id. `patterns` holds the indicators that fired, code by code.
    """
    arrays = judged(table)
    patterns = _patterns(table)
    score = np.nan_to_num(arrays.score)
    distance = np.abs(score - arrays.gold).sum(axis=1)
    missed, added = arrays.gold & ~arrays.given, ~arrays.gold & arrays.given
    rows = []
    for place, text in enumerate(arrays.texts.to_dict("records")):
        wrong = int(missed[place].sum() + added[place].sum())
        labelled, given = int(arrays.gold_primary[place]), int(arrays.primary[place])
        if not wrong and labelled in (UNKNOWN, given):
            continue
        open_ = arrays.searched[place] & ~arrays.decided[place]
        rows.append(
            {
                **{str(name): value for name, value in text.items()},
                "labelled": _joined(arrays.codes, arrays.gold[place]) or NONE,
                "given": _joined(arrays.codes, arrays.given[place]) or NONE,
                "missed": _joined(arrays.codes, missed[place]),
                "added": _joined(arrays.codes, added[place]),
                "undecided": _joined(arrays.codes, open_),
                "primary_labelled": word(labelled, arrays.codes),
                "primary_given": word(given, arrays.codes),
                "wrong": wrong,
                "distance": round(float(distance[place]), 6),
                "patterns": patterns.get((str(text["corpus"]), str(text["id"])), ""),
            }
        )
    rows.sort(key=lambda row: (-row["wrong"], -row["distance"], row["corpus"], row["id"]))
    return pd.DataFrame(rows, columns=list(MISS_COLUMNS))


def with_texts(
    missed: pd.DataFrame, texts: Iterable[LabelledText], codings: pd.DataFrame
) -> pd.DataFrame:
    """The misses with the passages coded and the text itself, for who may read them.

    Parameters
    ----------
    missed : DataFrame
        What `misses` returns.
    texts : iterable of LabelledText
    codings : DataFrame
        Columns `CODINGS`.
    """
    whole = {(each.corpus, each.source.id): each.source.text for each in texts}
    quotes: dict[str, list[str]] = {}
    for row in codings[["source_id", "code", "quote"]].itertuples(index=False):
        quotes.setdefault(str(row.source_id), []).append(f"{row.code}: {row.quote}")
    keys = list(zip(missed["corpus"], missed["id"], strict=True))
    return missed.assign(
        passages=["\n".join(quotes.get(id_, ())) for _, id_ in keys],
        text=[whole[key] for key in keys],
    )


def _patterns(table: pd.DataFrame) -> Mapping[tuple[str, str], str]:
    found: dict[tuple[str, str], list[str]] = {}
    rows = table.loc[table["patterns"].notna(), ["corpus", "id", "code", "patterns"]]
    for row in rows.itertuples(index=False):
        key = (str(row.corpus), str(row.id))
        found.setdefault(key, []).append(f"{row.code}: {row.patterns}")
    return {key: "; ".join(parts) for key, parts in found.items()}
