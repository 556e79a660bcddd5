"""A codebook run as tests: its examples, its passages in sources, its versions, its doubles.

Comes in: a scheme, its earlier versions, the sources at hand; for its use also codings.
Goes out: faults, which a check fails on, and notes, which it does not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

import pandas as pd

from tertium.coding.classify import classify
from tertium.coding.coder import code
from tertium.coding.redundancy import redundancy_faults, redundancy_notes
from tertium.errors import Fault
from tertium.offsets import canonical
from tertium.schemes.scheme import Code, Example, Scheme
from tertium.schemes.versions import version_faults, version_notes
from tertium.sources.source import Source
from tertium.spans import Span

_SHOWN = 80
_NAMED = 3
# Two codes that stand together this often, and never apart, are worth a look.
_OFTEN = 3


class Findings(NamedTuple):
    """What a check of a scheme found: faults fail it, notes are to be known."""

    faults: list[Fault]
    notes: list[str]


def check_scheme(
    scheme: Scheme,
    *,
    file: str = "",
    past: Sequence[Scheme] = (),
    sources: Iterable[Source] = (),
) -> list[Fault]:
    """What is wrong with a scheme; see `examine_scheme`.

    Examples
    --------
    >>> from tertium.schemes.read import past_schemes, read_scheme
    >>> check_scheme(read_scheme("approach"), past=past_schemes("approach"))
    []
    """
    return examine_scheme(scheme, file=file, past=past, sources=sources).faults


def examine_scheme(
    scheme: Scheme,
    *,
    file: str = "",
    past: Sequence[Scheme] = (),
    sources: Iterable[Source] = (),
) -> Findings:
    """What is wrong with a scheme, and what is legal and yet should be known.

    An example that must be coded has to get the verdict present, one that must not any
    other. An example with a source has to stand there word for word, and the rule coder codes
    that place or leaves it alone. Examples in a language for which the code has no indicators
    are not run. Two codes may not share label, definition or indicators, an indicator may not
    stand twice, and the history has to tell what parts the scheme from its earlier versions.

    Parameters
    ----------
    scheme : Scheme
    file : str, optional
        The scheme's file, for the faults.
    past : sequence of Scheme, optional
        Its earlier versions.
    sources : iterable of Source, optional
        Texts at hand; examples of sources that are not among them are noted and not run.

    Returns
    -------
    Findings
        Faults sorted; notes in the order of the scheme.

    Examples
    --------
    >>> from tertium.schemes.read import read_scheme
    >>> examine_scheme(read_scheme("tier")).faults
    []
    """
    shown = file or f"{scheme.name}.yml"
    texts = _texts_of(scheme, sources)
    coded_places = _coded_places(scheme, texts.values())
    faults: list[Fault] = []
    notes: list[str] = []
    for one in scheme.codes:
        for number, example in enumerate(one.examples, start=1):
            field = f'code "{one.id}", example {number}'
            if example.source is None:
                found, weak = _run_alone(scheme, one, example)
                notes += [f"{scheme.name}, {field}: {words}" for words in weak]
            elif example.source in texts:
                source = texts[example.source]
                found = _run_in_source(one, example, source, coded_places[source.id])
            else:
                continue
            faults += [Fault(shown, 0, field, *words) for words in found]
    faults += redundancy_faults(scheme, file=shown)
    faults += version_faults(scheme, past, file=shown)
    notes += scheme_notes(scheme, past=past, sources=texts.values())
    return Findings(sorted(set(faults)), notes)


def scheme_notes(
    scheme: Scheme, *, past: Sequence[Scheme] = (), sources: Iterable[Source] = ()
) -> list[str]:
    """The notes of `examine_scheme` that need no example to be run.

    Examples
    --------
    >>> from tertium.schemes.read import read_scheme
    >>> scheme_notes(read_scheme("outcome"))
    []
    """
    return [
        *_not_run(scheme, _texts_of(scheme, sources)),
        *redundancy_notes(scheme),
        *version_notes(scheme, past),
    ]


def _run_alone(
    scheme: Scheme, one: Code, example: Example
) -> tuple[Iterable[tuple[str, str]], Iterable[str]]:
    """Faults (what was found, what would be right) and notes of an example as its own text."""
    if not one.indicators.get(example.language):
        return (), ()
    source = Source(id="example", text=canonical(example.text), language=example.language,
                    markup="markdown")  # fmt: skip
    codings, readings = code([source], [scheme])
    verdicts = classify(codings, [source], scheme, readings=readings)
    verdict = str(verdicts.loc[verdicts["code"] == one.id, "verdict"].iloc[0])
    memos = codings.loc[codings["code"] == one.id, "memo"]
    fired = " | ".join(dict.fromkeys(memos))
    fires = f" ({fired} fires)" if fired else ""
    text = repr(example.text[:_SHOWN])
    if (verdict == "present") != example.coded:
        wanted = "must" if example.coded else "must not"
        found = f"read as {example.language} it is {verdict} but {wanted} be coded: {text}{fires}"
        return [(found, "change the indicators, the example, or its language")], ()
    weak = verdict == "undecided" and not example.coded
    return (), [f"a counter-example is undecided{fires}: {text}"] if weak else ()


def _run_in_source(
    one: Code, example: Example, source: Source, coded: Mapping[str, list[tuple[Span, str]]]
) -> Iterator[tuple[str, str]]:
    """Faults of an example that is a passage of a source."""
    text = repr(example.text[:_SHOWN])
    # Line ends of the text are spaces in a scheme file.
    words = r"\s+".join(map(re.escape, canonical(example.text).split()))
    places = [Span(*match.span()) for match in re.finditer(words, source.text)]
    if not places:
        yield f"{source.id} does not say {text}", "copy the passage from the source"
        return
    language = source.language.split("-")[0].casefold()
    if example.language != language:
        found = f"{source.id} is in {source.language}, the example in {example.language}"
        yield found, f"write language: {language}"
    if not one.indicators.get(language):
        return
    for place in places:
        fired = [memo for span, memo in coded.get(one.id, ()) if span.has_overlap(place)]
        if bool(fired) != example.coded:
            names = " | ".join(dict.fromkeys(fired))
            what = f"is coded ({names} fires) but must not be" if fired else "is not coded"
            found = f"in {source.id} from {place.start} to {place.end} {text} {what}"
            yield found, "change the indicators, or the example"


def _texts_of(scheme: Scheme, sources: Iterable[Source]) -> dict[str, Source]:
    wanted = {example.source for one in scheme.codes for example in one.examples}
    return {source.id: source for source in sources if source.id in wanted}


def _coded_places(
    scheme: Scheme, sources: Iterable[Source]
) -> dict[str, dict[str, list[tuple[Span, str]]]]:
    """Where the rule coder codes what, and by which indicator: by source, then by code."""
    listed = list(sources)
    found: dict[str, dict[str, list[tuple[Span, str]]]] = {source.id: {} for source in listed}
    if listed:
        codings, _ = code(listed, [scheme])
        columns = ("source_id", "code", "start", "end", "memo")
        for source_id, code_id, start, end, memo in zip(
            *(codings[name] for name in columns), strict=True
        ):
            places = found[source_id].setdefault(code_id, [])
            places.append((Span(int(start), int(end)), str(memo)))
    return found


def searched_languages(scheme: Scheme) -> tuple[str, ...]:
    """Languages that a scheme has patterns for.

    Examples
    --------
    >>> from tertium.schemes.read import read_scheme
    >>> searched_languages(read_scheme("approach"))
    ('en', 'ru', 'zh')
    """
    return tuple(sorted({language for one in scheme.codes for language in one.indicators}))


def language_notes(scheme: Scheme, sources: Iterable[Source]) -> list[str]:
    """Languages of sources that a scheme has no pattern for: no rule searches these texts.

    Examples
    --------
    >>> from tertium.schemes.read import read_scheme
    >>> language_notes(read_scheme("outcome"), [Source(id="a", text="罢工", language="sw")])
    ['outcome has no patterns for sw: 1 source is not searched by rule']
    """
    there = searched_languages(scheme)
    spoken = Counter(source.language.split("-")[0].casefold() for source in sources)
    return [
        f"{scheme.name} has no patterns for {language}: {number} "
        f"{'source is' if number == 1 else 'sources are'} not searched by rule"
        for language, number in sorted(spoken.items())
        if language and language not in there
    ]


def _not_run(scheme: Scheme, texts: Mapping[str, Source]) -> Iterator[str]:
    left_out = [
        example.source
        for one in scheme.codes
        for example in one.examples
        if example.source is not None and example.source not in texts
    ]
    if left_out:
        ids = sorted(set(left_out))
        more = f" and {len(ids) - _NAMED} more" if len(ids) > _NAMED else ""
        number = (
            "1 example is a passage"
            if len(left_out) == 1
            else (f"{len(left_out)} examples are passages")
        )
        yield (
            f"{scheme.name}: {number} of sources that are not read here "
            f"({', '.join(ids[:_NAMED])}{more}), and not run"
        )


def usage_notes(codings: pd.DataFrame, schemes: Iterable[Scheme], *, coder: str) -> list[str]:
    """Codes that one coder never used, and codes that always stand together.

    Parameters
    ----------
    codings : DataFrame
        Columns `CODINGS`.
    schemes : iterable of Scheme
    coder : str
        Whose codings are looked at: those that the study's numbers rest on.

    Examples
    --------
    >>> from tertium.columns import CODINGS, frame
    >>> from tertium.schemes.read import read_scheme
    >>> usage_notes(frame([], CODINGS), [read_scheme("tier")], coder="rule")
    ['tier: never used by rule: party_state_union, ngo, grassroots_workers']
    """
    notes = []
    for scheme in schemes:
        own = codings[(codings["scheme"] == scheme.name) & (codings["coder"] == coder)]
        places: dict[str, set[tuple[object, ...]]] = {code_id: set() for code_id in scheme.code_ids}
        for row in own[["code", "source_id", "start", "end"]].itertuples(index=False):
            place = tuple(None if pd.isna(each) else each for each in row[1:])
            places.setdefault(row[0], set()).add(place)
        unused = [code_id for code_id in scheme.code_ids if not places[code_id]]
        if unused:
            notes.append(f"{scheme.name}: never used by {coder}: {', '.join(unused)}")
        for one, other in combinations(scheme.code_ids, 2):
            if len(places[one]) >= _OFTEN and places[one] == places[other]:
                notes.append(
                    f"{scheme.name}: {one} and {other} always stand together "
                    f"({len(places[one])} passages, by {coder})"
                )
    return notes
