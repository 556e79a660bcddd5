"""Who coded what, in the three lines that a reader needs first: by rule, by a model, by people.

Comes in: a study with its coders, codings, readings and the parameters of its notebooks.
Goes out: sentences that say which schemes were coded by whom and how often, and where it counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from tertium.coding.logs.log import SETTLED_NAMES
from tertium.errors import InputError
from tertium.report.running.run import read_parameters
from tertium.study import CoderFacts, Study

NO_PERSON = "No person has coded these texts."
_TIMES = {1: "once", 2: "twice"}
_MACHINES = {
    "model": ("By a language model", "read"),
    "learned": ("By a learned model", "coded"),
}


def coded_by(study: Study) -> list[str]:
    """A line for each kind of coder of a study; the last one is on people."""
    scopes = {name: _scope(study, name) for name in study.coders}
    lines = []
    rules = [name for name, coder in study.coders.items() if coder.kind == "rule" and scopes[name]]
    if rules:
        said = "; ".join(f"{scopes[name]} (“{name}”)" for name in rules)
        lines.append(f"By rule: {said}.")
    for kind, (start, verb) in _MACHINES.items():
        own = [coder for coder in study.coders.values() if coder.kind == kind]
        if said := _read_by(study, kind, own, scopes, verb):
            lines.append(f"{start}: {said}")
    people = [
        coder.name
        for coder in study.coders.values()
        if coder.kind == "human" and coder.name not in SETTLED_NAMES
    ]
    lines.append(f"People who coded: {_listed(people)}." if people else f"By people: {NO_PERSON}")
    return lines


def _read_by(
    study: Study, kind: str, coders: Iterable[CoderFacts], scopes: Mapping[str, str], verb: str
) -> str:
    """What machines read, those of the same schemes together, which they are, and where it is."""
    named = [coder for coder in coders if scopes[coder.name]]
    readers: dict[str, list[str]] = {}
    for coder in named:
        if coder.name not in SETTLED_NAMES:
            readers.setdefault(scopes[coder.name], []).append(coder.name)
    parts = []
    for scope, names in readers.items():
        times = _TIMES.get(len(names), f"{len(names)} times")
        settled = [
            coder.name
            for coder in named
            if any(
                who == coder.name and set(names) & makers
                for (_, who), makers in study.tables.made_from.items()
            )
        ]
        also = f", settled where they differ in {_quoted(settled)}" if settled else ""
        parts.append(f"{scope}, {verb} {times} ({_quoted(names)}{also})")
    stating = _stating(study, kind)
    if stating:
        times = _TIMES.get(len(stating), f"{len(stating)} times")
        parts.append(f"what is so in each case, {verb} {times} ({_quoted(stating)})")
    if not parts:
        return ""
    said = f"{'; '.join(parts)}."
    if kind == "model":
        versions = sorted({coder.version for coder in named} - {""} | _models(study, stating))
        known = f" Version: {_listed(versions)}." if versions else ""
        said += known or " Which model it was is not known."
        if _has_digests_by_a_model(study):
            said += " The digests were made by a language model, too."
    places = [
        f"{notebook} ({_quoted(taken)})"
        for notebook, taken in _taken(study, [coder.name for coder in named], stating).items()
    ]
    return said + (f" Taken up in {_listed(places)}." if places else "")


def _scope(study: Study, name: str) -> str:
    """The schemes that a coder coded by; of some only single codes, which are counted."""
    whole: dict[str, None] = {}
    parts: dict[str, set[str]] = {}
    readings = study.tables.readings
    own = readings[readings["coder"] == name]
    for scheme, code in own[["scheme", "code"]].drop_duplicates().itertuples(index=False):
        if not isinstance(code, str):
            whole[str(scheme)] = None
        else:
            parts.setdefault(str(scheme), set()).add(code)
    codings = study.tables.codings
    for scheme in codings.loc[codings["coder"] == name, "scheme"].dropna().unique():
        if scheme not in parts:
            whole[str(scheme)] = None
    for scheme in [each for each in parts if each in study.tables.schemes]:
        if parts[scheme] >= set(study.tables.schemes[scheme].code_ids):
            whole[scheme] = None
    single = {scheme: codes for scheme, codes in parts.items() if scheme not in whole}
    order = list(study.tables.schemes)
    said = [_listed(_in_order(whole, order))] if whole else []
    if single:
        count = sum(map(len, single.values()))
        codes = "one code" if count == 1 else f"{count} codes"
        said.append(f"{codes} of {_listed(_in_order(single, order))}")
    return ", ".join(said)


def _in_order(names: Iterable[str], order: list[str]) -> list[str]:
    return sorted(names, key=lambda name: (order.index(name) if name in order else 99, name))


def _has_digests_by_a_model(study: Study) -> bool:
    made = (source.facts.get("made_by", "").casefold() for source in study.collection.sources)
    return any(each.startswith("a language model") for each in made)


def _stating(study: Study, kind: str) -> list[str]:
    """Who stated values of cases for the plans of set analyses, of one kind of coder."""
    stated = study.tables.memberships
    if stated is None:
        return []
    return sorted(stated.loc[stated["coder_kind"] == kind, "coder"].dropna().unique())


def _models(study: Study, stating: list[str]) -> set[str]:
    """Which models stated values, as far as the table knows."""
    stated = study.tables.memberships
    if stated is None:
        return set()
    named = stated.loc[stated["coder"].isin(stating), "model"].dropna().map(str)
    return {name for name in named if not name.startswith("not known")}


def _taken(study: Study, coders: list[str], stating: list[str]) -> dict[str, list[str]]:
    """The notebooks whose parameters name a coder, or a plan with values that one stated."""
    found: dict[str, list[str]] = {}
    for part in study.content.notebooks:
        path = study.root / part.notebook
        try:
            values = {each.name: each.default for each in read_parameters(path)}
        except (InputError, OSError):
            continue
        said = [text for text in (values | part.parameters).values() if isinstance(text, str)]
        named = {name.strip() for text in said for name in text.split(",")}
        own = [coder for coder in coders if coder in named]
        if named & set(study.tables.set_plans):
            own += [coder for coder in stating if coder not in own]
        if own:
            found.setdefault(Path(part.notebook).stem, []).extend(own)
    return found


def _quoted(names: Iterable[str]) -> str:
    return _listed(f"“{name}”" for name in names)


def _listed(names: Iterable[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last
