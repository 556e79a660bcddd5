"""Verdicts beside labels: one row a text and code, and the same as arrays to count with.

Comes in: labelled texts, and a coder or the verdicts that it gave.
Goes out: the table `EVALUATED`, which holds no text, and its arrays.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from tertium.agreement.evaluation.gold import NONE, LabelledText
from tertium.coding.classify import classify
from tertium.coding.coder import Coded, Coder, RuleCoder, code
from tertium.columns import EVALUATED, frame
from tertium.errors import Fault, InputError, UnknownNameError
from tertium.schemes.scheme import Scheme

ALL = "all"
SEARCHED = "searched"
UNKNOWN = -2
NO_PRIMARY = -1
# First code points of each band; shorter texts give a coder less to go by.
LENGTH_BANDS = (0, 200, 400, 1000)
# The memo of these names indicators; a person's or a model's may quote the text.
_MACHINES = ("rule", "learned")


def judge(
    texts: Sequence[LabelledText],
    scheme: Scheme,
    *,
    coder: Coder | None = None,
    calibrated: Collection[str] = (),
) -> tuple[pd.DataFrame, Coded]:
    """A coder's verdicts on labelled texts, beside the labels.

    Parameters
    ----------
    texts : sequence of LabelledText
    scheme : Scheme
    coder : Coder, optional
        The rule coder if not given.
    calibrated : collection of str
        Codes for which the coder's score may be read as a probability.

    Returns
    -------
    tuple of DataFrame, Coded
        Columns `EVALUATED`, sorted by corpus, id and the scheme's order; and the codings.

    Examples
    --------
    >>> from tertium.schemes.read import read_scheme
    >>> from tertium.sources.source import Source
    >>> text = LabelledText("mine", Source("a", "The miners went on strike.", language="en"),
    ...                     ("strike",), "strike", "mines")
    >>> table, _ = judge([text], read_scheme("approach"))
    >>> table.loc[table["gold"], ["code", "verdict"]].to_numpy().tolist()
    [['strike', 'present']]
    """
    chosen = RuleCoder() if coder is None else coder
    sources = [each.source for each in texts]
    coded = code(sources, [scheme], coders=[chosen])
    verdicts = classify(coded, sources, scheme)
    of = {
        (str(row["source_id"]), str(row["code"])): row
        for row in verdicts.to_dict("records")
        # A text that nobody searched has verdicts of no coder.
        if pd.isna(row["coder"]) or row["coder"] == chosen.name
    }
    shows_memos = chosen.kind in _MACHINES
    memos = _memos(coded.codings) if shows_memos else {}
    rows = [
        {
            **_facts_of(text),
            "scheme": scheme.name,
            "scheme_version": scheme.version,
            "code": code_id,
            "coder": chosen.name,
            "coder_kind": chosen.kind,
            "calibrated": code_id in calibrated,
            "gold": code_id in text.labels,
            "gold_primary": None if text.primary is None else text.primary == code_id,
            **_verdict_of(of[text.source.id, code_id], text.source.id, memos),
        }
        for text in sorted(texts, key=lambda each: (each.corpus, each.source.id))
        for code_id in scheme.code_ids
    ]
    return frame(rows, EVALUATED), coded


def _facts_of(text: LabelledText) -> dict[str, Any]:
    return {
        "corpus": text.corpus,
        "id": text.source.id,
        "language": text.source.language,
        "voice": text.voice or None,
        "length": len(text.source.text),
        "topic_group": text.topic_group,
        "confidence": text.confidence or None,
        "address": text.address or None,
        "annotator": text.annotator,
    }


def _verdict_of(row: Any, source_id: str, memos: dict[tuple[str, str], str]) -> dict[str, Any]:
    fired = [memos.get((source_id, coding_id), "") for coding_id in row["coding_ids"]]
    parts = [part for memo in fired for part in memo.split(" | ") if part]
    return {
        "verdict": row["verdict"],
        "score": row["score"],
        "primary": row["primary"],
        "n_evidence": row["n_evidence"],
        "patterns": " | ".join(dict.fromkeys(parts)) or None,
    }


def _memos(codings: pd.DataFrame) -> dict[tuple[str, str], str]:
    rows = codings[["source_id", "coding_id", "memo"]].dropna().to_dict("records")
    return {(str(row["source_id"]), str(row["coding_id"])): str(row["memo"]) for row in rows}


@dataclass(frozen=True, eq=False)
class Judged:
    """Labels and verdicts as arrays: texts down, codes across.

    Parameters
    ----------
    texts : DataFrame
        One row a text: corpus, id, language, voice, length, topic_group, confidence, address.
    codes : tuple of str
        In the scheme's order.
    gold, given, decided, searched : ndarray of bool, shape (n_texts, n_codes)
        Labelled by the annotator; verdict present; present or absent; not `not_searched`.
    score : ndarray of float, shape (n_texts, n_codes)
        NaN where not searched.
    gold_primary, primary : ndarray of int, shape (n_texts,)
        Place of the code; `NO_PRIMARY`; for the labels also `UNKNOWN`.
    """

    texts: pd.DataFrame
    codes: tuple[str, ...]
    gold: np.ndarray
    given: np.ndarray
    decided: np.ndarray
    searched: np.ndarray
    score: np.ndarray
    gold_primary: np.ndarray
    primary: np.ndarray

    def __len__(self) -> int:
        return len(self.texts)

    def where(self, mask: np.ndarray) -> Judged:
        """Only the texts that `mask` takes."""
        return Judged(
            self.texts[mask].reset_index(drop=True),
            self.codes,
            *(
                array[mask]
                for array in (
                    self.gold, self.given, self.decided, self.searched, self.score,
                    self.gold_primary, self.primary,
                )
            ),
        )  # fmt: skip

    @property
    def was_searched(self) -> np.ndarray:
        """Texts in which the coder looked for at least one code."""
        return np.asarray(self.searched.any(axis=1))


_TEXT_COLUMNS = [
    "corpus", "id", "language", "voice", "length", "topic_group", "confidence", "address",
]  # fmt: skip


def judged(table: pd.DataFrame) -> Judged:
    """The arrays of a table with the columns `EVALUATED`.

    Raises
    ------
    InputError
        Two schemes, coders or kinds of annotator stand together, a text lacks a code or has one
        twice, or several codes are its primary one.
    """
    if faults := list(_table_faults(table)):
        raise InputError(faults)
    codes = tuple(dict.fromkeys(table["code"]))
    place = {each: number for number, each in enumerate(codes)}
    ordered = (
        table.assign(_place=table["code"].map(place))
        .sort_values(["corpus", "id", "_place"], kind="stable")
        .reset_index(drop=True)
    )
    shape = (len(ordered) // len(codes), len(codes))
    texts = ordered.iloc[:: len(codes)][_TEXT_COLUMNS].reset_index(drop=True)
    verdict = ordered["verdict"].to_numpy(dtype=object).reshape(shape)
    gold_primary = ordered["gold_primary"]
    is_known = gold_primary.notna().to_numpy(dtype=bool).reshape(shape).all(axis=1)
    stated = _place_of(gold_primary.fillna(False).to_numpy(dtype=bool).reshape(shape))
    return Judged(
        texts=texts,
        codes=codes,
        gold=ordered["gold"].to_numpy(dtype=bool).reshape(shape),
        given=verdict == "present",
        decided=(verdict == "present") | (verdict == "absent"),
        searched=verdict != "not_searched",
        score=ordered["score"].to_numpy(dtype=float, na_value=np.nan).reshape(shape),
        gold_primary=np.where(is_known, stated, UNKNOWN),
        primary=_place_of(ordered["primary"].fillna(False).to_numpy(dtype=bool).reshape(shape)),
    )


def _place_of(marked: np.ndarray) -> np.ndarray:
    return np.where(marked.any(axis=1), marked.argmax(axis=1), NO_PRIMARY)


def _table_faults(table: pd.DataFrame) -> list[Fault]:
    faults = []
    if table.empty:
        faults.append(Fault("verdicts", 0, "", "there is none", "give at least one text"))
    for column in ("scheme", "scheme_version", "coder", "annotator"):
        there = sorted(set(table[column].dropna()))
        if len(there) > 1:
            found = f"{', '.join(there)} stand together"
            faults.append(Fault("verdicts", 0, column, found, "evaluate them apart"))
    wanted = table["code"].nunique()
    texts = table.groupby(["corpus", "id"], sort=True)
    rows = texts["code"].agg(["size", "nunique"])
    for _, id_ in rows.index[(rows["size"] != wanted) | (rows["nunique"] != wanted)]:
        found = f"{id_} has not each of the {wanted} codes once"
        faults.append(Fault("verdicts", 0, "code", found, "write one row a text and code"))
    for column in ("gold_primary", "primary"):
        marked = texts[column].sum()
        for _, id_ in marked.index[(marked > 1).fillna(False)]:
            found = f"{id_} has several primary codes"
            faults.append(Fault("verdicts", 0, column, found, "mark one"))
    return faults


def chosen(arrays: Judged, *, corpus: str = ALL, languages: str = ALL) -> Judged:
    """The texts of one corpus, or of those languages in which the coder looked.

    Parameters
    ----------
    corpus : str
        "all", or the name of one.
    languages : {"all", "searched"}
        searched: without the texts in which no code was looked for.
    """
    there = sorted(set(arrays.texts["corpus"]))
    if corpus != ALL and corpus not in there:
        raise UnknownNameError(f"corpus={corpus!r}; there are {', '.join([ALL, *there])}")
    if languages not in (ALL, SEARCHED):
        raise UnknownNameError(f"languages={languages!r}; there are {ALL}, {SEARCHED}")
    mask = np.ones(len(arrays), dtype=bool)
    if corpus != ALL:
        mask &= (arrays.texts["corpus"] == corpus).to_numpy(dtype=bool)
    if languages == SEARCHED:
        mask &= arrays.was_searched
    return arrays.where(mask)


def length_band(length: int) -> str:
    """The band of a text's length in code points.

    Examples
    --------
    >>> length_band(120), length_band(400), length_band(5000)
    ('0 to 199', '400 to 999', '1,000 and more')
    """
    number = max(n for n, first in enumerate(LENGTH_BANDS) if first <= length)
    if number + 1 == len(LENGTH_BANDS):
        return f"{LENGTH_BANDS[number]:,} and more"
    return f"{LENGTH_BANDS[number]:,} to {LENGTH_BANDS[number + 1] - 1:,}"


def word(place: int, codes: Sequence[str]) -> str:
    """A primary code's id from its place; "none" and "not stated" where there is none."""
    return codes[place] if place >= 0 else NONE if place == NO_PRIMARY else "not stated"
