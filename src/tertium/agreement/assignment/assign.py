"""Who codes which source: a sampling plan, drawn by strata and seeded.

Comes in: a table of sources that a count may take, names of coders, how many sources.
Goes out: a `Plan`: a row a source and coder, in the order in which each coder reads.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import pandas as pd

from tertium.agreement.assignment.draw import draw, lot_of, number_of, strata_of
from tertium.coding.logs.line_kinds import is_coder_name
from tertium.coding.logs.log import TAKEN_NAMES
from tertium.errors import Fault, InputError, UnknownNameError

COLUMNS = (
    "source_id", "coder", "order", "stratum", "double", "title", "stratum_size", "drawn_by",
)  # fmt: skip
# Plans that were written before the draw was told have no such columns.
OPTIONAL = ("title", "stratum_size", "drawn_by")
BETWEEN_COLUMNS = "|"


@dataclass(frozen=True, eq=False)
class Plan:
    """Who codes which source.

    Parameters
    ----------
    frame : DataFrame
        Columns `COLUMNS`, sorted by coder and order: source_id, coder, order (the place in that
        coder's reading, from 1), stratum, double (whether two coders have it), title; stratum_size
        (sources that the stratum had when this one was drawn) and drawn_by (the columns of `by`),
        by which a share that a machine found can be corrected later.
    in_words : str
        What was drawn, and which strata fell empty.
    """

    frame: pd.DataFrame
    in_words: str

    def __repr__(self) -> str:
        return self.in_words

    def of(self, coder: str) -> list[str]:
        """Ids of one coder's sources, in the order in which she reads them."""
        return assigned_ids(self.frame, coder)


def assign(
    sources: pd.DataFrame,
    *,
    coders: Sequence[str],
    sample: float,
    double: float,
    by: Sequence[str],
    seed: int,
    keep: pd.DataFrame | None = None,
) -> Plan:
    """Draw sources by strata and share them out among coders.

    Parameters
    ----------
    sources : DataFrame
        One row a source that a count may take (see `tertium.bundle.counted`): source_id, title
        and the columns of `by`.
    coders : sequence of str
    sample : int or float
        A whole number of sources (int), or a share of them (float above 0, up to 1.0).
    double : int or float
        How many of the sample two coders read, each without the other; likewise.
    by : sequence of str
        Columns whose values make the strata. Each stratum has its share of the sample, by
        largest remainders, and at least one source where the sample is large enough.
    seed : int
        Another seed draws others.
    keep : DataFrame, optional
        An earlier plan: its rows stand, also what they say of their draw, and what is missing is
        added. Where sources were added to a stratum since, old and new ones had unequal chances,
        and no share is corrected with the plan.

    Raises
    ------
    UnknownNameError
        No such column, no coder, or a number that can't be drawn.
    InputError
        What an earlier plan says can't stand: every fault.

    Examples
    --------
    >>> sources = pd.DataFrame({"source_id": ["a", "b", "c", "d"], "title": ["A", "B", "C", "D"],
    ...                         "voice": ["ngo", "ngo", "ngo", "company"]})
    >>> plan = assign(sources, coders=["ana", "ben"], sample=2, double=1, by=["voice"], seed=1)
    >>> sorted(set(plan.frame["stratum"])), len(plan.frame)
    (['company', 'ngo'], 3)
    """
    _refuse(sources, coders, by)
    strata = strata_of(sources, by)
    kept = _kept(keep, strata)
    who: dict[str, list[str]] = {}
    for row in kept.to_dict("records"):
        who.setdefault(str(row["source_id"]), []).append(str(row["coder"]))
    n_drawn = max(number_of(sample, len(strata), "sample"), len(who))
    drawn = draw(strata, n_drawn, have=set(who), seed=seed, lot="sample")
    n_double = 0 if double == 0 else number_of(double, len(drawn), "double")
    twice = {source for source, names in who.items() if len(names) > 1}
    n_double = max(n_double, len(twice))
    if n_double > len(twice) and len(coders) < 2:
        raise UnknownNameError("a source that two read needs two coders: --coders ana,ben")
    sampled = {source: strata[source] for source in drawn}
    twice = draw(sampled, n_double, have=twice, seed=seed, lot="double")
    _share_out(who, sampled, twice, coders, seed)
    titles = dict(zip(sources["source_id"], sources["title"], strict=True))
    drawn_from = Counter(strata.values())
    lots: dict[str, tuple[Any, Any]] = {
        source: (drawn_from[stratum], BETWEEN_COLUMNS.join(by))
        for source, stratum in sampled.items()
    }
    for row in kept.to_dict("records"):
        lots[str(row["source_id"])] = (row.get("stratum_size"), row.get("drawn_by"))
    frame = _frame(who, sampled, titles, kept, seed, lots)
    return Plan(frame, _in_words(frame, strata, by, n_kept=len(kept)))


def _refuse(sources: pd.DataFrame, coders: Sequence[str], by: Sequence[str]) -> None:
    if not coders or isinstance(coders, str):
        raise UnknownNameError("name at least one coder: --coders ana,ben")
    if len(set(coders)) < len(coders):
        raise UnknownNameError(f"a coder is named twice: {', '.join(coders)}")
    for name in coders:
        if name in TAKEN_NAMES:
            raise UnknownNameError(f"{name!r} is a coder that the package brings; name a person")
        if not is_coder_name(name):
            raise UnknownNameError(f"coder {name!r}: write small letters, digits, _ and -")
    there = [str(name) for name in sources.columns if name not in ("source_id", "text", "title")]
    if strange := [name for name in by if name not in there]:
        raise UnknownNameError(
            f"sources have no column {strange[0]!r} to draw by; they have {', '.join(there)}"
        )
    if sources.empty:
        raise UnknownNameError("there is no source to draw from")


def _share_out(
    who: dict[str, list[str]],
    sampled: Mapping[str, str],
    twice: set[str],
    coders: Sequence[str],
    seed: int,
) -> None:
    """Give each source its coders: loads even, pairs even, strata mixed."""
    load: Counter[str] = Counter(name for names in who.values() for name in names)
    mixed: Counter[tuple[str, str]] = Counter(
        (name, sampled[source]) for source, names in who.items() for name in names
    )
    pairs: Counter[frozenset[str]] = Counter(
        frozenset(names) for names in who.values() if len(names) > 1
    )

    def give(source: str, names: Iterable[str]) -> None:
        for name in names:
            who.setdefault(source, []).append(name)
            load[name] += 1
            mixed[name, sampled[source]] += 1
        if len(who[source]) > 1:
            pairs[frozenset(who[source])] += 1

    for source in sorted(sampled, key=lambda one: (sampled[one], lot_of(seed, "deal", one))):
        names = who.get(source, [])
        if source not in twice or len(names) > 1:
            continue
        stratum = sampled[source]
        choices = [
            (pairs[frozenset(pair)], sum(load[each] for each in new),
             sum(mixed[each, stratum] for each in new), lot_of(seed, "pair", source, *pair), new)
            for pair in _pairs(names, coders)
            if (new := tuple(each for each in pair if each not in names))
        ]  # fmt: skip
        give(source, min(choices)[-1])
    for source in sorted(sampled, key=lambda one: (sampled[one], lot_of(seed, "deal", one))):
        if source not in who:
            stratum = sampled[source]
            choice = min(
                coders,
                key=lambda each: (load[each], mixed[each, stratum], lot_of(seed, source, each)),
            )
            give(source, [choice])


def _pairs(names: Sequence[str], coders: Sequence[str]) -> list[tuple[str, str]]:
    """The pairs that may read a source, of which some coder may have it already."""
    if names:
        return [(names[0], each) for each in sorted(coders) if each != names[0]]
    return list(combinations(sorted(coders), 2))


def _frame(
    who: Mapping[str, Sequence[str]],
    sampled: Mapping[str, str],
    titles: Mapping[str, Any],
    kept: pd.DataFrame,
    seed: int,
    lots: Mapping[str, tuple[Any, Any]],
) -> pd.DataFrame:
    order = {
        (str(row["coder"]), str(row["source_id"])): int(row["order"])
        for row in kept.to_dict("records")
    }
    last: Counter[str] = Counter()
    for (coder, _), number in order.items():
        last[coder] = max(last[coder], number)
    new = [(name, source) for source, names in who.items() for name in names]
    for coder, source in sorted(set(new) - set(order), key=lambda one: lot_of(seed, "order", *one)):
        last[coder] += 1
        order[coder, source] = last[coder]
    rows = [
        {
            "source_id": source,
            "coder": coder,
            "order": number,
            "stratum": sampled[source],
            "double": len(who[source]) > 1,
            "title": None if pd.isna(titles[source]) else titles[source],
            "stratum_size": lots[source][0],
            "drawn_by": lots[source][1],
        }
        for (coder, source), number in sorted(
            order.items(), key=lambda one: (one[0][0], one[1], one[0][1])
        )
    ]
    types = {"order": "Int64", "double": "boolean", "stratum_size": "Int64"}
    return pd.DataFrame(
        {
            name: pd.Series([row[name] for row in rows], dtype=types.get(name, "string"))
            for name in COLUMNS
        }
    )


def _kept(keep: pd.DataFrame | None, strata: Mapping[str, str]) -> pd.DataFrame:
    if keep is None:
        return pd.DataFrame({name: [] for name in COLUMNS})
    gone = sorted({str(one) for one in keep["source_id"]} - set(strata))
    if gone:
        raise InputError(
            Fault(
                "the earlier plan", 0, "source_id", f"{one!r} is no source to draw", "take it out"
            )
            for one in gone
        )
    return keep


def assigned_ids(plan: pd.DataFrame, coder: str) -> list[str]:
    """Ids of the sources that a plan gives to a coder, in her order."""
    there = sorted({str(each) for each in plan["coder"]})
    if coder not in there:
        raise UnknownNameError(f"the plan has no coder {coder!r}; it has {', '.join(there)}")
    own = plan[(plan["coder"] == coder).fillna(False)]
    return [str(one) for one in own.sort_values(["order", "source_id"])["source_id"]]


# ---------------------------------------------------------------------------------------------
# In words


def _in_words(
    frame: pd.DataFrame, strata: Mapping[str, str], by: Sequence[str], *, n_kept: int
) -> str:
    sampled = dict(zip(frame["source_id"], frame["stratum"], strict=True))
    twice = set(frame.loc[frame["double"], "source_id"])
    every, drawn = Counter(strata.values()), Counter(sampled.values())
    named = f" of {' and '.join(by)}" if by else ""
    lines = [
        f"{len(sampled)} of {len(strata)} sources are drawn from {_amount(len(every), 'stratum')}"
        f"{named}; {len(twice)} of them two coders read."
    ]
    loads = Counter(frame["coder"])
    lines.append("Sources by coder: " + ", ".join(f"{who} {loads[who]}" for who in sorted(loads)))
    if n_kept:
        lines.append(f"{n_kept} rows of the earlier plan stand; {len(frame) - n_kept} are new.")
        lines += _unequal(frame, every, by)
    if empty := [f"{each} ({every[each]})" for each in sorted(every) if not drawn[each]]:
        lines.append(f"No source is drawn from: {', '.join(empty)}.")
    single = [each for each in sorted(drawn) if not any(sampled[one] == each for one in twice)]
    if single and twice:
        lines.append(f"Nothing is read by two coders in: {', '.join(single)}.")
    return "\n".join(lines)


def _unequal(frame: pd.DataFrame, every: Mapping[str, int], by: Sequence[str]) -> list[str]:
    """Whether the earlier plan was drawn from another list, so that chances are not equal."""
    own = frame[["stratum", "stratum_size", "drawn_by"]].drop_duplicates()
    was = [
        f"{row['stratum']} ({row['stratum_size']}, now {every[str(row['stratum'])]})"
        for row in own.dropna(subset=["stratum_size"]).to_dict("records")
        if row["stratum_size"] != every[str(row["stratum"])]
    ]
    columns = {"" if pd.isna(each) else str(each) for each in own["drawn_by"]}
    if own["stratum_size"].isna().any():
        why = "The earlier plan does not say what it was drawn from"
    elif columns != {BETWEEN_COLUMNS.join(by)}:
        why = "The earlier plan was drawn by other columns"
    elif was:
        why = f"The earlier plan was drawn from other numbers of sources: {', '.join(was)}"
    else:
        return []
    return [
        f"{why}. So not all sources had the same chance, and no share is corrected with this plan; "
        "for that draw a plan without --keep (what people have read already counts there too)."
    ]


def _amount(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing.replace('stratum', 'strata')}"
