"""Terms that are more frequent in one group of sources than in another.

Comes in: counted sources in one language, and a way to part them in two groups.
Goes out: a list of terms, the most telling first, each with sentences that it stands in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, get_args

import numpy as np
import pandas as pd

from tertium.bundle import Tables
from tertium.comparison.keyness.groups import OF_SPEAKERS, REST, groups_of
from tertium.comparison.keyness.likelihood import evenly_spread, intervals, times
from tertium.comparison.keyness.noted import ONLY_HERE, note
from tertium.comparison.keyness.terms import (
    RankBy,
    Term,
    Texts,
    key_terms,
    sentences_of,
    texts_of,
)
from tertium.comparison.keyness.words import (
    FUNCTION_WORDS,
    PAIRED,
    FunctionWords,
    Names,
    NamesInText,
    counted_as,
)
from tertium.comparison.passages import Passages
from tertium.comparison.result import Result, comparison, support_table
from tertium.errors import UnknownNameError

ACTORS = "actor"


@comparison
def keyness(
    tables: Tables,
    *,
    by: str,
    group: str,
    against: str,
    language: str,
    names: Names,
    function_words: FunctionWords,
    least: int,
    least_sources: int,
    rank_by: RankBy,
    most: int = 20,
) -> Result:
    """Terms that a group of sources has more often than another: what its texts dwell on.

    Parameters
    ----------
    tables : Tables
    by : str
        voice, interest, distance, country, kind, year, or the name of a scheme.
    group, against : str
        A value of `by` (a code of the scheme: sources whose verdict is present), and the value
        that it is held against, or "rest". A source in both is left out, and from the rest one
        of mixed voice.
    language : str
        Such as "en". Words of two languages have no common frequency.
    names : {"as_words", "one_term", "leave_out"}
        What becomes of the names of the study's actors: words like any other, one term each
        (with all its names, in square brackets), or nothing. No default: names can fill the list.
    function_words : {"keep", "leave_out"}
        Whether articles, pronouns, prepositions and the like are counted.
    least, least_sources : int
        How often, and in how many sources of the group, a term must stand to be listed.
    rank_by : {"log_likelihood", "log_ratio"}
        log_likelihood: how unlike the frequencies are for the amount of text; log_ratio: how many
        times as often the group has the term.
    most : int
        At most so many terms.

    Returns
    -------
    Result
        `frame`: a list; term; count and per_1000 in the group, count_other and per_1000_other;
        log_likelihood (no test: texts are no random sample of words, so it ranks only);
        log_ratio with low and high (95%, drawing whole sources; null with fewer than 5 in a
        group); sources and sources_other that have the term; spread (Gries's DP in the group, 0:
        as even as the text). Readers see how many times as often. The evidence are sentences of
        the group, at most five a term, of as many sources as there are.

    Raises
    ------
    UnknownNameError
        An argument that there is not, a language without a rule or a list. A voice, interest,
        distance, code or listed language without a source gives an empty list, and so says the
        note.

    References
    ----------
    .. [1] Rayson and Garside (2000), Dunning (1993): see `likelihood.log_likelihood`; Hardie
       (2014): see `likelihood.log_ratio`; Gries (2008): see `likelihood.evenly_spread`.

    Examples
    --------
    >>> keyness(study.tables, by="voice", group="ngo", against="rest", language="en",
    ...         names="leave_out", function_words="leave_out", least=5,
    ...         least_sources=3, rank_by="log_likelihood")      # doctest: +SKIP
    """
    counted = {
        "by": by,
        "language": language,
        "names": names,
        "function_words": function_words,
        "least": least,
        "least_sources": least_sources,
        "rank_by": rank_by,
        "most": most,
    }
    _check(counted)
    # A compiled digest has no voice of its own; its parts have.
    passages = Passages(tables, parts=by in OF_SPEAKERS)
    groups = groups_of(passages, by, group, against, language)
    in_text = None
    if names != "as_words" and ACTORS in tables.schemes:
        in_text = NamesInText(tables.scheme(ACTORS), language, names)
    is_kept = function_words == "keep"
    ours = texts_of(passages, groups.group, language, in_text, is_kept=is_kept)
    others = texts_of(passages, groups.others, language, in_text, is_kept=is_kept)
    found = key_terms(ours, others, least, least_sources)
    found.sort(key=lambda each: each.rank(rank_by))
    shown = found[:most]
    frame = _frame(shown, ours, others)
    return Result(
        frame,
        title=_title(passages, by, group, against, language),
        note=note(passages, groups, (ours, others), found, shown, counted),
        support=support_table(sentences_of(passages, ours, [each.term for each in shown])),
        shown=_as_read(frame),
        hidden=("log_ratio", "low", "high", "count_other", "sources_other", "spread"),
    )


def _check(counted: Mapping[str, Any]) -> None:
    for name, known in (
        ("names", Names),
        ("function_words", FunctionWords),
        ("rank_by", RankBy),
    ):
        if counted[name] not in get_args(known):
            there = ", ".join(get_args(known))
            raise UnknownNameError(f"{name}={counted[name]!r}; there are {there}")
    for name in ("least", "least_sources", "most"):
        if counted[name] < 1:
            raise UnknownNameError(f"{name}={counted[name]!r}; write a number from 1")
    language = counted["language"]
    counted_as(language)
    has_list = language in FUNCTION_WORDS or language in PAIRED
    if counted["function_words"] == "leave_out" and not has_list:
        raise UnknownNameError(
            f"function_words='leave_out': there is no list for {language!r}; there are "
            f"{', '.join(sorted(FUNCTION_WORDS))}; write 'keep'"
        )


def _frame(shown: Sequence[Term], ours: Texts, others: Texts) -> pd.DataFrame:
    terms = [each.term for each in shown]
    size, other_size = sum(ours.sizes), sum(others.sizes)

    def table(texts: Texts) -> np.ndarray:
        return np.array([[each[term] for term in terms] for each in texts.counts]).reshape(
            len(texts.sources), len(terms)
        )

    drawn = intervals(table(ours), np.array(ours.sizes), table(others), np.array(others.sizes))
    columns: dict[str, tuple[list[Any], Any]] = {
        "term": (terms, object),
        "count": ([each.count for each in shown], "Int64"),
        "per_1000": ([1000 * each.count / size for each in shown], "Float64"),
        "count_other": ([each.other for each in shown], "Int64"),
        "per_1000_other": ([1000 * each.other / other_size for each in shown], "Float64"),
        "times_as_often": ([times(each.ratio) for each in shown], "Float64"),
        "log_ratio": ([each.ratio for each in shown], "Float64"),
        "low": ([_or_null(each.low) for each in drawn], "Float64"),
        "high": ([_or_null(each.high) for each in drawn], "Float64"),
        "log_likelihood": ([each.likelihood for each in shown], "Float64"),
        "sources": ([ours.holding(term) for term in terms], "Int64"),
        "sources_other": ([others.holding(term) for term in terms], "Int64"),
        "spread": ([evenly_spread(ours.of(term), ours.sizes) for term in terms], "Float64"),
    }
    frame = pd.DataFrame(
        {name: pd.Series(values, dtype=dtype) for name, (values, dtype) in columns.items()}
    )
    frame.index = pd.RangeIndex(1, len(shown) + 1)
    return frame


def _or_null(value: float) -> float | None:
    return None if np.isnan(value) else value


def _as_read(frame: pd.DataFrame) -> pd.DataFrame:
    """What a reader sees: rates with counts, and how many times as often from where to where."""
    shown = pd.DataFrame(index=frame.index, columns=frame.columns, dtype=object)
    for number, row in frame.iterrows():
        shown.at[number, "per_1000"] = f"{row['per_1000']:.1f}"
        shown.at[number, "per_1000_other"] = f"{row['per_1000_other']:.1f} ({row['count_other']})"
        often = f"{row['times_as_often']:.1f}" if row["count_other"] else ONLY_HERE
        if row["count_other"] and not pd.isna(row["low"]):
            often += f" ({times(row['low']):.1f} to {times(row['high']):.1f})"
        shown.at[number, "times_as_often"] = often
        shown.at[number, "log_likelihood"] = f"{row['log_likelihood']:.1f}"
        shown.at[number, "sources"] = f"{row['sources']} and {row['sources_other']}"
    return shown


def _title(passages: Passages, by: str, group: str, against: str, language: str) -> str:
    tables = passages.tables
    labels: dict[str, str] = {}
    if by in tables.schemes:
        labels = {code.id: code.label for code in tables.schemes[by].codes}
    name = "" if labels else f"{by} "

    def called(value: str) -> str:
        return f"{name}“{labels.get(value, value.replace('_', ' '))}”"

    other = "the rest" if against == REST else f"those with {called(against)}"
    return f"Terms that sources with {called(group)} have more often than {other} ({language})"
