"""On how many texts each pattern of a scheme rests: one text is thin ground for a rule.

Comes in: sources and a scheme.
Goes out: one row a pattern that fires in them, with the number of texts that it fires in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

import pandas as pd

from tertium.coding.match import Searcher
from tertium.columns import SUPPORT, frame
from tertium.schemes.scheme import Indicator, Scheme
from tertium.sources.source import Source
from tertium.sources.units import find_units

# What a hit needs beside it; what bars one (unless, exclude, not_around) supports nothing.
_PLACES = ("pattern", "near", "require", "around")


def pattern_support(sources: Iterable[Source], scheme: Scheme) -> pd.DataFrame:
    """The patterns that help an indicator to fire, and in how many texts they do.

    A pattern is counted in a text where an indicator fires there with this pattern alone in
    its place: as the words themselves, or as the company that they need. A pattern that
    fires in exactly one text may have been written for it; keep it if the field uses the
    term. Indicators for headings and regular expressions are left out.

    Parameters
    ----------
    sources : iterable of Source
        Development texts, each in a language of the scheme.
    scheme : Scheme

    Returns
    -------
    DataFrame
        Columns `SUPPORT`, sorted by number of texts, language, code and pattern.

    Examples
    --------
    >>> from tertium.schemes.read import read_scheme
    >>> source = Source(id="a", text="The miners went on strike.", language="en")
    >>> support = pattern_support([source], read_scheme("approach"))
    >>> support["code"].unique().tolist(), int(support["n_texts"].max())
    (['strike'], 1)
    """
    texts: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for source in sources:
        language = source.language.split("-")[0].casefold()
        for code_id, pattern in _helping(source, scheme, language):
            texts[language, code_id, pattern].add(source.id)
    rows = [
        {
            "scheme": scheme.name,
            "scheme_version": scheme.version,
            "language": language,
            "code": code_id,
            "pattern": pattern,
            "n_texts": len(ids),
            "first_text": min(ids),
        }
        for (language, code_id, pattern), ids in texts.items()
    ]
    order = {code_id: rank for rank, code_id in enumerate(scheme.code_ids)}
    rows.sort(
        key=lambda row: (row["n_texts"], row["language"], order[str(row["code"])], row["pattern"])
    )
    return frame(rows, SUPPORT)


def _helping(source: Source, scheme: Scheme, language: str) -> Iterator[tuple[str, str]]:
    """Code and pattern, for each pattern with which alone an indicator fires in `source`."""
    units = find_units(source, "sentence")
    read = [unit.span for unit in units if unit.zone not in ("furniture", "heading")]
    searcher = Searcher(source.text, read, scheme, language)
    lists = {f"@{name}": by_language for name, by_language in scheme.lists.items()}
    stands: dict[str, bool] = {}
    for code in scheme.codes:
        for indicator in code.indicators.get(language, ()):
            if indicator.scope != "passage" or indicator.regex or not searcher.hits(indicator):
                continue
            for place in _PLACES:
                for pattern in _written_out(getattr(indicator, place), lists, language):
                    if pattern not in stands:
                        stands[pattern] = bool(searcher.hits(Indicator(pattern=pattern)))
                    alone = indicator.model_copy(update={place: (pattern,)})
                    if stands[pattern] and searcher.hits(alone):
                        yield code.id, pattern


def _written_out(
    patterns: Iterable[str], lists: Mapping[str, Mapping[str, tuple[str, ...]]], language: str
) -> Iterator[str]:
    for pattern in patterns:
        yield from lists[pattern].get(language, ()) if pattern in lists else (pattern,)
