"""What is otherwise in a run: who is left out, who decides, what is counted, and how.

Comes in: a result, and the tables that it was computed on.
Goes out: changes, each with its words, the tables that it makes and the arguments that it sets.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Literal, get_args, get_origin, get_type_hints

from tertium.bundle import Tables
from tertium.comparison.cases.accord import voice_in_words
from tertium.comparison.held_rows import rows_by
from tertium.comparison.passages import Passages
from tertium.comparison.result import Result, comparison_named, plain
from tertium.comparison.stability.arguments import value_of_argument
from tertium.comparison.stability.coded_again import (
    NotVariedError,
    earlier_versions,
    read_again,
    thresholds_of,
    with_thresholds,
    with_version,
)
from tertium.comparison.stability.left_out import without, without_case, works

# The arguments of comparisons that say what is counted.
_COUNTED = ("unit", "count", "definition")
_STEPS = (-0.2, -0.1, 0.1, 0.2)
_RULE = "rule"


@dataclass(frozen=True)
class Change:
    """One thing that is otherwise than in the whole study.

    Parameters
    ----------
    words : str
        What is changed: "without Chung 2010".
    edit : partial, optional
        Makes the changed tables; it can be named, and so go to another process.
    arguments : tuple of (str, value)
        Arguments of the comparison that are changed.
    """

    words: str
    edit: partial[Tables] | None = None
    arguments: tuple[tuple[str, Any], ...] = ()

    def tables(self, tables: Tables) -> Tables:
        """The tables as this change has them."""
        return self.edit(tables) if self.edit else tables

    @property
    def of_tables(self) -> str:
        """The same for changes that make the same tables."""
        if self.edit is None:
            return ""
        told = [sorted(each) if isinstance(each, frozenset) else each for each in self.edit.args]
        named = {
            name: sorted(value) if isinstance(value, frozenset) else value
            for name, value in sorted(self.edit.keywords.items())
        }
        return f"{self.edit.func.__name__}{told}{named}"


def in_use(result: Result, tables: Tables) -> Passages:
    """The sources that a result counts: compiled ones, or their parts where it takes these."""
    behind = {str(each) for each in result.support["source_id"].dropna()}
    counted = {str(each) for each in tables.counted_sources()["source_id"]}
    parts = {str(each) for each in tables.counted_sources(parts=True)["source_id"]}
    takes_parts = bool(result.params.get("parts")) or bool(behind & (parts - counted))
    return Passages(tables, parts=takes_parts)


def schemes_behind(result: Result, tables: Tables) -> list[str]:
    """The schemes that a result rests on: of its passages, its axes and its arguments."""
    found = {part for each in result.support["scheme"] for part in str(each).split(" × ")}
    found |= {str(result.frame.index.name), str(result.frame.columns.name)}
    found |= {each.partition(":")[0] for each in result.rests_on}
    for value in result.params.values():
        listed = value if isinstance(value, (list, tuple)) else [value]
        found |= {each for each in listed if isinstance(each, str)}
    return [name for name in tables.schemes if name in found]


def without_each_source(result: Result, tables: Tables) -> Iterable[Change]:
    """Each counted source is left out, with all that renders it and with its parts."""
    passages = in_use(result, tables)
    for source_id in passages.counted:
        left_out = works(tables, [source_id])
        yield Change(
            f"without {passages.cited_as(source_id)}", partial(without, source_ids=left_out)
        )


def _grouped(
    result: Result,
    tables: Tables,
    groups_of: Callable[[Mapping[str, Any]], Iterable[str]],
    called: Callable[[str], str] = str,
) -> Iterable[Change]:
    passages = in_use(result, tables)
    groups: dict[str, list[str]] = {}
    for source_id in passages.counted:
        for group in groups_of(passages.sources[source_id]):
            groups.setdefault(group, []).append(source_id)
    if len(groups) < 2:
        told = f"only {called(next(iter(groups)))}" if groups else "none"
        raise NotVariedError(f"the sources have {told} here, and no study is left without it")
    for group, source_ids in sorted(groups.items()):
        left_out = works(tables, source_ids)
        number = f"{len(source_ids)} source{'s' if len(source_ids) > 1 else ''}"
        yield Change(f"without {called(group)} ({number})", partial(without, source_ids=left_out))


def without_each_voice(result: Result, tables: Tables) -> Iterable[Change]:
    """All sources of one voice are left out."""
    return _grouped(result, tables, lambda source: _parts(source.get("voice"))[:1], voice_in_words)


def without_each_country(result: Result, tables: Tables) -> Iterable[Change]:
    """All sources that tell of a country are left out."""
    return _grouped(result, tables, lambda source: _parts(source.get("country")))


def _parts(cell: Any) -> list[str]:
    text = plain(cell)
    return sorted({part.strip() for part in text.split(";") if part.strip()})


def without_each_case(result: Result, tables: Tables) -> Iterable[Change]:
    """Each case is left out, with the sources that tell of no other."""
    told = [str(each) for each in dict.fromkeys(tables.case_sources["case_id"].dropna())]
    names = {str(id_): plain(n) for id_, n in tables.cases[["case_id", "name"]].to_numpy()}
    if not told:
        raise NotVariedError("the study has no cases")
    for case_id in sorted(told):
        words = f"without the case {names.get(case_id) or case_id}"
        yield Change(words, partial(without_case, case_id=case_id))


def other_coders(result: Result, tables: Tables) -> Iterable[Change]:
    """Another coder decides; of coders who are compared, each is left out."""
    if "coders" in result.params:
        yield from _fewer_coders(result.params["coders"])
        return
    schemes = schemes_behind(result, tables)
    if not schemes:
        raise NotVariedError("the result rests on no codings")
    passages = in_use(result, tables)
    searched: dict[str, dict[str, set[str]]] = {}
    own = rows_by(tables.verdicts, "source_id", "scheme", "coder")
    for (source_id, scheme, coder), rows in own.items():
        if any(row["verdict"] != "not_searched" for row in rows) and coder and scheme and source_id:
            searched.setdefault(coder, {}).setdefault(scheme, set()).add(source_id)
    argument = "coder" if "coder" in result.params else ""
    decides = {result.params.get("coder") or tables.decides(scheme) for scheme in schemes}
    others = 0
    in_part: list[str] = []
    for coder, by_scheme in sorted(searched.items()):
        read = set.intersection(*(by_scheme.get(scheme, set()) for scheme in schemes))
        number = len(read & set(passages.counted))
        if decides == {coder} or not number:
            continue
        # Of who read fewer sources nobody could say if the coder or the sources changed it.
        if number < len(passages.counted):
            in_part.append(f"{coder} read {number} of {len(passages.counted)} sources")
            continue
        others += 1
        words = f"with {coder} deciding"
        if argument:
            yield Change(words, arguments=((argument, coder),))
        else:
            yield Change(words, partial(with_coder, schemes=tuple(schemes), coder=coder))
    if not others:
        who, what = " and ".join(sorted(decides)), " and ".join(schemes)
        raise NotVariedError(
            f"nobody but {who} has read with {what}"
            if not in_part
            else f"nobody but {who} has read all of these sources with {what}: {'; '.join(in_part)}"
        )


def with_coder(tables: Tables, schemes: Sequence[str], coder: str) -> Tables:
    """The tables with another coder who decides on some schemes."""
    deciding = {**tables.deciding_coders, **dict.fromkeys(schemes, coder)}
    return replace(tables, deciding_coders=deciding)


def _listed(coders: Any) -> list[str]:
    """Names of coders, given as a sequence or as a text with commas."""
    given = coders.split(",") if isinstance(coders, str) else coders
    return [str(each).strip() for each in given]


def _fewer_coders(given: Any) -> Iterable[Change]:
    coders = _listed(given)
    if len(coders) < 3:
        raise NotVariedError("two coders are compared, and without one of them there is nobody")
    for coder in coders:
        rest = [each for each in coders if each != coder]
        yield Change(f"without coder {coder}", arguments=(("coders", rest),))


def other_thresholds(result: Result, tables: Tables) -> Iterable[Change]:
    """A code is held present, or undecided, from another score on."""
    schemes = [
        scheme
        for scheme in schemes_behind(result, tables)
        if any(
            (of, coder) == (scheme, tables.decides(scheme))
            for _, of, coder in rows_by(tables.verdicts, "source_id", "scheme", "coder")
        )
    ]
    if not schemes:
        raise NotVariedError("the result rests on no verdicts of those who decide")
    read_again(tables)
    for scheme in schemes:
        own, lower = thresholds_of(tables, tables.scheme(scheme))
        presents = [round(own + step, 6) for step in _STEPS]
        undecideds = [round(lower + step, 6) for step in _STEPS]
        grid = [(each, lower) for each in presents if lower < each <= 1]
        grid += [(own, each) for each in undecideds if 0 < each < own]
        for present, undecided in grid:
            edit = partial(with_thresholds, scheme=scheme, present=present, undecided=undecided)
            which = ("present", present) if undecided == lower else ("undecided", undecided)
            yield Change(f"with {scheme} {which[0]} from {plain(which[1])}", edit)


def other_versions(result: Result, tables: Tables) -> Iterable[Change]:
    """The rules of an earlier version of a scheme code the sources again."""
    schemes = schemes_behind(result, tables)
    if not schemes:
        raise NotVariedError("the result rests on no scheme")
    found: list[Change] = []
    reasons: list[str] = []
    for scheme in schemes:
        named = result.params.get("coders") or result.params.get("coder") or tables.decides(scheme)
        others = [each for each in _listed(named) if each != _RULE]
        if others:
            reasons.append(
                f"what {' and '.join(others)} coded with {scheme} can't be coded again under an "
                "earlier version, only the rules can"
            )
            continue
        try:
            earlier = earlier_versions(tables.scheme(scheme))
        except NotVariedError as reason:
            reasons.append(str(reason))
            continue
        for each in earlier:
            edit = partial(with_version, scheme=scheme, version=each.version)
            found.append(Change(f"with {each.reference}", edit))
    if not found:
        raise NotVariedError("; ".join(reasons))
    read_again(tables)
    yield from found


def other_units(result: Result, tables: Tables) -> Iterable[Change]:
    """Another unit, count or definition, where the comparison has a closed list of them."""
    choices = {
        name: values
        for name in _COUNTED
        if name in result.params and (values := _choices(result.function, name))
    }
    if not choices:
        raise NotVariedError(f"{result.function} counts in one way only")
    if choices.get("definition") and "unit" in result.params:
        # Only "in one unit" takes a unit, and needs one: the two go together.
        yield from _definitions(choices.pop("definition"), choices.pop("unit", ()), result)
    if choices:
        yield from changed_arguments(choices, result, tables)


def _definitions(definitions: Sequence[Any], units: Sequence[Any], result: Result) -> list[Change]:
    own = (result.params["definition"], result.params["unit"])
    pairs = [
        (definition, unit)
        for definition in definitions
        for unit in (units if definition == "unit" else (None,))
    ]
    return [
        Change(
            value_of_argument(result.function, "definition", definition)
            + (f" ({unit})" if unit else ""),
            arguments=(("definition", definition), ("unit", unit)),
        )
        for definition, unit in pairs
        if (definition, unit) != own
    ]


def _comparable(value: Any) -> Any:
    """A value as it is compared: a list is the same as a tuple."""
    return tuple(value) if isinstance(value, list) else value


def _choices(function: str, argument: str) -> Sequence[Any]:
    """What a comparison takes for an argument, where that is a closed list."""
    try:
        hints = get_type_hints(inspect.unwrap(comparison_named(function)))
    except NameError:
        return ()
    hint = hints.get(argument)
    # An argument may be left out: what it takes else is looked for within.
    for each in (hint, *get_args(hint)):
        if get_origin(each) is Literal:
            return get_args(each)
    return ()


def changed_arguments(
    choices: Mapping[str, Sequence[Any]], result: Result, tables: Tables
) -> Iterable[Change]:
    """An argument of the comparison has another value."""
    changes = []
    for name, values in choices.items():
        if name not in result.params:
            raise NotVariedError(
                f"{result.function} has no argument {name}; it has "
                f"{', '.join(result.params) or 'none'}"
            )
        changes += [
            Change(value_of_argument(result.function, name, value), arguments=((name, value),))
            for value in values
            if _comparable(value) != _comparable(result.params[name])
        ]
    if not changes:
        raise NotVariedError("no value is given but the one that the result has")
    yield from changes
