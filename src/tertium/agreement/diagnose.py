"""Facts that weaken a coefficient of agreement, named beside it.

Comes in: a reliability table, its coefficient, and what is known of the coders.
Goes out: concerns, each in a few words for a cell and as a sentence for the note.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from tertium.agreement.coefficient import Coefficient, words

# Below these a table is too thin to say much; none is a law.
FEW_UNITS = 30
FEW_SOURCES = 5
RARE = 0.05
LITTLE_TWICE = 0.10
WIDE = 0.4
# Logs of what was settled between coders (see `tertium.agreement.adjudication`).
ADJUDICATED = ("gold", "reference")
SHARED_LEAST = 0.5
# Concern of a coefficient whose interval was taken away.
TOO_FEW = "too_few"


@dataclass(frozen=True, order=True)
class Concern:
    """One fact that weakens a number.

    Parameters
    ----------
    name : str
        Identifier.
    short : str
        A few words, with its figures.
    sentence : str
        Why it matters, without the figures: the same for every row that it concerns.
    """

    name: str
    short: str
    sentence: str


@dataclass(frozen=True)
class Coders:
    """What is known of the coders whose agreement is measured.

    Parameters
    ----------
    kinds : mapping of str to str
        human, rule, learned or model, by coder.
    not_blind : tuple of str
        Coders some of whose codings or readings were made with sight of others.
    unread : mapping of str to int
        Codings that no reading covers, by coder.
    versions : mapping of str to tuple of str
        Versions of the scheme by coder.
    stale : mapping of str to int
        Codings made under an older definition, by code as it is now called; all of them by "".
    models : mapping of str to str
        Which model each reading is by, where it is known; alike without it.
    made_from : mapping of str to frozenset of str
        The coders whose codings a log of what was settled decides on.
    reread : mapping of str to int
        Sources of which only a coder's first reading is taken, by coder.
    """

    kinds: Mapping[str, str] = field(default_factory=dict)
    not_blind: tuple[str, ...] = ()
    unread: Mapping[str, int] = field(default_factory=dict)
    versions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    stale: Mapping[str, int] = field(default_factory=dict)
    models: Mapping[str, str] = field(default_factory=dict)
    made_from: Mapping[str, frozenset[str]] = field(default_factory=dict)
    reread: Mapping[str, int] = field(default_factory=dict)


def prevalence(table: pd.DataFrame) -> float:
    """Share of the codings of pairable units that say yes; NaN where there is none.

    Examples
    --------
    >>> prevalence(pd.DataFrame([[1, 0, 1, 0], [1, 0, 0, None]]))
    0.5
    """
    values = _pairable(table)
    return float(np.nanmean(values)) if values.size else math.nan


def bias(table: pd.DataFrame) -> float:
    """Largest difference between two coders' shares of yes, over pairable units."""
    values = _pairable(table)
    with np.errstate(invalid="ignore", divide="ignore"):
        shares = np.nansum(values, axis=1) / np.sum(~np.isnan(values), axis=1)
    shares = shares[~np.isnan(shares)]
    return float(shares.max() - shares.min()) if len(shares) else math.nan


def _pairable(table: pd.DataFrame) -> np.ndarray:
    values = table.to_numpy(dtype=float, na_value=math.nan)
    kept: np.ndarray = values[:, (~np.isnan(values)).sum(axis=0) >= 2]
    return kept


def concerns(
    table: pd.DataFrame,
    coefficient: Coefficient,
    *,
    coders: Coders,
    sources: Sequence[str],
    code: str | None,
) -> list[Concern]:
    """Everything that weakens a coefficient.

    Parameters
    ----------
    table : DataFrame, shape (n_coders, n_units)
        1 and 0 for a code; sets or codes otherwise. See `reliability_table`.
    coefficient : Coefficient
    coders : Coders
    sources : sequence of str
        The source of each unit.
    code : str or None
        None for a table of sets or of primary codes: what holds of one code is left out.

    Examples
    --------
    >>> coded = pd.DataFrame([[1, 0, 0], [0, 0, 0]], index=["ana", "ben"])
    >>> found = concerns(coded, Coefficient("percent agreement", 2 / 3), coders=Coders(),
    ...                  sources=["a", "a", "b"], code="strike")
    >>> [each.short for each in found]
    ['never used by ben', '3 units', '2 sources']
    """
    found = [*_of_interval(coefficient), *_of_coders(table, coders)]
    if code is not None:
        found += _of_code(table)
    found += _of_stale(coders, code)
    found += _of_units(table, sources)
    return sorted(set(found), key=lambda each: _ORDER.index(each.name))


_ORDER = (
    "one_model", "machine", "adjudicated", "never_used", "prevalence", "units", "sources",
    "few", "twice", "shared",
    "not_blind", "versions", "reread", "unread", "stale", "wide", "undefined_resamples", "own",
)  # fmt: skip


def without_false_certainty(
    found: Coefficient, table: pd.DataFrame, sources: Sequence[str]
) -> Coefficient:
    """The coefficient, without an interval where all agree on very little.

    Drawing again from units that all agree gives 1.00 every time, however few they are.

    Parameters
    ----------
    found : Coefficient
    table : DataFrame, shape (n_coders, n_units)
    sources : sequence of str
        The source of each unit.

    Examples
    --------
    >>> from tertium.agreement.coefficient import Interval
    >>> sure = Coefficient("alpha", 1.0, interval=Interval(1.0, 1.0, 0.95, "bootstrap"))
    >>> coded = pd.DataFrame([[1, 0, 0], [1, 0, 0]], index=["ana", "ben"])
    >>> without_false_certainty(sure, coded, ["a", "a", "b"]).concerns
    ('too_few',)
    """
    if found.interval is None or found.value < 1:
        return found
    twice = (~table.isna().to_numpy(dtype=bool)).sum(axis=0) >= 2
    told = {source for source, each in zip(sources, twice, strict=True) if each}
    if int(twice.sum()) >= FEW_UNITS and len(told) >= FEW_SOURCES:
        return found
    return replace(found, interval=None).with_concerns(TOO_FEW)


def _of_interval(coefficient: Coefficient) -> Iterator[Concern]:
    for own in coefficient.concerns:
        if own == TOO_FEW:
            yield Concern(
                "few",
                "too few to say how sure",
                f"Where all agree, but on fewer than {FEW_UNITS} units or on units of fewer than "
                f"{FEW_SOURCES} sources, there is no interval: too few to say how sure.",
            )
            continue
        # What the coefficient says of itself: an identifier, or a sentence.
        said = words(own)
        yield Concern(
            "own", own.replace("_", " ").partition(":")[0], f"{coefficient.name}: {said}."
        )
    interval = coefficient.interval
    if interval is None:
        return
    if interval.high - interval.low > WIDE:
        yield Concern(
            "wide",
            "wide interval",
            f"An interval wider than {WIDE} leaves open whether agreement is good or poor.",
        )
    if interval.defined_share < 1:
        yield Concern(
            "undefined_resamples",
            f"not computable in {1 - interval.defined_share:.0%} of draws".replace("%", " %"),
            "An interval comes from drawing from the units or sources again, many times; a draw "
            "without any case of the code gives no value, and the interval is that of the others.",
        )


def _of_coders(table: pd.DataFrame, coders: Coders) -> Iterator[Concern]:
    names = [str(each) for each in table.index]
    kinds = [coders.kinds.get(name, "") for name in names]
    models = {coders.models.get(name, "") for name in names if name not in ADJUDICATED}
    if kinds and set(kinds) == {"model"} and len(models) > 1:
        yield Concern(
            "machine",
            "readings by several models",
            "Readings by several models tell how far models differ, not whether people would "
            "agree.",
        )
    elif kinds and set(kinds) == {"model"}:
        yield Concern(
            "one_model",
            "readings by one model",
            "Readings by one model tell how steady the model is, not whether people would agree.",
        )
    elif set(kinds) & {"rule", "learned"}:
        yield Concern(
            "machine",
            "a machine among the coders",
            "A machine that codes by rules agrees with itself always; beside readings it shows "
            "where the rules differ from them.",
        )
    if {"human", "model"} <= set(kinds):
        yield Concern(
            "machine",
            "a model beside people",
            "A reading by a model is no second person's: how far it agrees with a person does "
            "not say how far people would agree.",
        )
    settled = [name for name in names if coders.made_from.get(name, frozenset()) & set(names)]
    if settled:
        yield Concern(
            "adjudicated",
            f"{settled[0]} was made from such readings",
            "What was settled between coders was made with their codings in sight: it says how "
            "often each was followed, not how far they agree.",
        )
    seeing = [name for name in names if name in coders.not_blind]
    if seeing:
        yield Concern(
            "not_blind",
            f"not blind: {', '.join(seeing)}",
            "Who codes with suggestions or others' codings in sight agrees more than two readers "
            "would.",
        )
    versions = {name: coders.versions.get(name, ()) for name in names}
    told = {each for each in versions.values() if each}
    if len(told) > 1 or any(len(each) > 1 for each in told):
        by = "; ".join(f"{name} {', '.join(each)}" for name, each in versions.items() if each)
        yield Concern(
            "versions",
            f"versions differ: {by}",
            "Coders who read by different versions of the scheme may differ because it did.",
        )
    reread = {name: coders.reread.get(name, 0) for name in names if coders.reread.get(name, 0)}
    if reread:
        by = ", ".join(f"{name} {count}" for name, count in reread.items())
        yield Concern(
            "reread",
            f"sources read again: {by}",
            "Of a source that a coder read more than once, the first reading is compared with "
            "those of others.",
        )
    unread = {name: coders.unread.get(name, 0) for name in names if coders.unread.get(name, 0)}
    if unread:
        by = ", ".join(f"{name} {count}" for name, count in unread.items())
        yield Concern(
            "unread",
            f"coded without a reading: {by}",
            "Where codings stand without a reading it is not known what was seen and left.",
        )


def _of_code(table: pd.DataFrame) -> Iterator[Concern]:
    values = _pairable(table)
    if not values.size or not np.nansum(values):
        return
    unused = [
        str(name)
        for name, row in zip(table.index, values, strict=True)
        if not np.isnan(row).all() and not np.nansum(row)
    ]
    if unused:
        yield Concern(
            "never_used",
            f"never used by {', '.join(unused)}",
            "A coder who never used a code may not have looked for it.",
        )
    share = prevalence(table)
    if share < RARE or share > 1 - RARE:
        yield Concern(
            "prevalence",
            f"prevalence {_percent(share)}, bias {_percent(bias(table))}",
            "Where a code is very rare or very common, agreement by chance is high: a "
            "coefficient corrected for chance is low and unsteady even where coders mostly "
            "agree (the paradox). Bias is the difference between the coders' shares.",
        )


def _percent(share: float) -> str:
    text = f"{100 * share:.1f}" if share < 0.1 or share > 0.9 else f"{100 * share:.0f}"
    return f"{text} %"


def _of_units(table: pd.DataFrame, sources: Sequence[str]) -> Iterator[Concern]:
    known = ~table.isna().to_numpy(dtype=bool)
    by_unit = known.sum(axis=0)
    twice, once = int((by_unit >= 2).sum()), int((by_unit >= 1).sum())
    if not twice:
        return
    if twice < FEW_UNITS:
        yield Concern(
            "units",
            _amount(twice, "unit"),
            f"Fewer than {FEW_UNITS} units coded twice say little, whatever the interval.",
        )
    told = {source for source, count in zip(sources, by_unit, strict=True) if count >= 2}
    if len(told) < FEW_SOURCES:
        yield Concern(
            "sources",
            _amount(len(told), "source"),
            f"Units of fewer than {FEW_SOURCES} sources are alike: other sources may differ "
            "more than the interval says.",
        )
    if twice < LITTLE_TWICE * once:
        yield Concern(
            "twice",
            f"{_percent(twice / once)} coded twice",
            f"Where fewer than {_percent(LITTLE_TWICE)} of the units read were read by two "
            "coders, those few must stand for all.",
        )
    readers = known.any(axis=1)
    by_all = int(known[readers].all(axis=0).sum())
    if readers.sum() > 1 and by_all < SHARED_LEAST * once:
        yield Concern(
            "shared",
            f"read by all: {by_all} of {once}",
            "Coders who read different units are compared on the units that two of them share.",
        )


def _of_stale(coders: Coders, code: str | None) -> Iterable[Concern]:
    count = coders.stale.get(code or "", 0)
    if count:
        yield Concern(
            "stale",
            f"{count} stale",
            "A coding is stale where the code's definition has changed since it was made.",
        )


def _amount(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}"
