"""What stands around the notebooks in a report: first page, limits, list of sources.

A study comes in. Words and rows for the document go out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from tertium.coding.logs.log import SETTLED_NAMES
from tertium.comparison.passages import Passages
from tertium.report.running.inputs import manifest_rows
from tertium.report.style import LANGUAGE_LABELS, VOICE_LABELS, date_in_words, label
from tertium.report.typesetting.who_coded import coded_by
from tertium.sources.licences import may_be_passed_on
from tertium.sources.source import Source
from tertium.study import Study

PATH_NOT_CODER = "Verdicts on digests show that the path works, not that the coder is right."
_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*$")
_FENCE = re.compile(r"^\s{0,3}(```|~~~)")


def first_page_notes(study: Study, *, shown: Iterable[str]) -> list[str]:
    """What a reader must know first: texts, coders, thresholds, rejects, restrictions.

    Parameters
    ----------
    study : Study
    shown : iterable of str
        Ids of the sources of which the report shows passages.
    """
    notes = [_texts_note(study), _coder_note(study), *coded_by(study), *_threshold_notes(study)]
    if rejects := len(study.collection.rejects):
        verb = "is" if rejects == 1 else "are"
        notes.append(f"{_count(rejects, 'file')} could not be read and {verb} left out.")
    if closed := restricted_sources(study, shown):
        notes.append(
            "Restricted: this report shows passages that may not be passed on, "
            f"from {_listed(closed)}. Keep it to yourself."
        )
    return notes


def restricted_sources(study: Study, shown: Iterable[str]) -> list[str]:
    """Those sources among the ones shown whose passages may not be passed on."""
    facts = {source.id: source.facts for source in study.collection.sources}
    return [
        source_id
        for source_id in sorted(set(shown) & set(facts))
        if not may_be_passed_on(facts[source_id])
    ]


def _texts_note(study: Study) -> str:
    collection = study.collection
    kinds = {source.id: source.facts.get("kind", "") for source in collection.sources}
    originals = sum(kind == "original" for kind in kinds.values())
    translated = sum(s.facts.get("translation_of", "") in kinds for s in collection.sources)
    of_compiled = {s.id for s in collection.sources if s.facts.get("part_of", "") in kinds}
    digest_of = {
        source.id: source.facts.get("digest_of", "")
        for source in collection.sources
        if kinds[source.id] == "digest"
        and source.facts.get("translation_of", "") not in kinds
        and source.id not in of_compiled
    }
    alone = sum(original not in kinds for original in digest_of.values())
    parts = []
    if originals:
        beside = " and digests of them, which are never counted beside them"
        parts.append(
            f"The texts read are the originals of {_count(originals, 'source')}"
            f"{beside if alone < len(digest_of) else ''}."
        )
    if alone:
        parts.append(
            f"The texts read are digests of {_count(alone, 'source')}, shorter and in our own "
            f"words, not the sources themselves.{_makers(study)} {PATH_NOT_CODER}"
        )
    if translated:
        verb = "stands" if translated == 1 else "stand"
        parts.append(f"Beside them {verb} {_count(translated, 'translation')}, never counted.")
    if of_compiled:
        parts.append(
            "Digests that put several publications together have parts, one a publication: "
            f"{_count(len(of_compiled), 'digest')}, counted only in their place, where the "
            "question is who tells what."
        )
    if collection.missing:
        parts.append(f"No original was at hand for {_listed(collection.missing)}.")
    return " ".join(parts) or f"The texts read are {_count(len(kinds), 'source')}."


def _makers(study: Study) -> str:
    """Who made the counted digests, and from what; empty where the manifest does not say."""
    counted = set(study.tables.counted_sources()["source_id"])
    made: dict[str, Counter[str]] = {}
    for source in study.collection.sources:
        who, _, rest = source.facts.get("made_by", "").partition(", ")
        if who and source.id in counted and source.facts.get("kind") == "digest":
            made.setdefault(who, Counter())[rest.partition(", ")[0]] += 1
    said = []
    for who, ways in made.items():
        stated = [f"{number} {way}" for way, number in ways.most_common() if way]
        many = "all" if ways.total() == len(counted) else ways.total()
        said.append(f" {who[:1].upper()}{who[1:]} made {many} of them")
        said[-1] += f": {', '.join(stated)}." if stated else "."
    return "".join(said)


def _coder_note(study: Study) -> str:
    deciding = study.coders[study.content.deciding_coder]
    how = {
        "rule": ", which looks for the patterns of words that the codebook lists and weighs what "
        "it finds: they rest on the wording of the texts read, not on an understanding of them",
        "human": ", a person",
        "learned": ", a learned model",
        "model": ", a language model",
    }[deciding.kind]
    said = (
        f"The verdicts are those of the coder “{deciding.name}”"
        f"{f' (version {deciding.version})' if deciding.version else ''}{how}."
    )
    if deciding.name in SETTLED_NAMES:
        said = _settled_note(study, deciding.name)
    said += "".join(
        f" Of the scheme {scheme} those of “{coder}” are taken."
        for scheme, coder in study.content.deciding_coders.items()
        if coder != deciding.name
    )
    if any(part.notebook.endswith("evaluation.ipynb") for part in study.content.notebooks):
        said += " How often such verdicts were right on labelled texts: see Evaluation."
    return said


def _settled_note(study: Study, name: str) -> str:
    """What `gold` or `reference` is: what coders agree on, and what was settled between them."""
    read = {source.id for source in study.collection.sources}
    schemes = {scheme.name for scheme in study.schemes}
    lines = [
        line.content
        for line in study.log
        if line.coder == name and line.source_id in read and line.content.get("scheme") in schemes
    ]
    makers = sorted({one for (_, who), names in study.tables.made_from.items() if who == name
                     for one in names})  # fmt: skip
    decisions = [line for line in lines if line["kind"] == "decision"]
    agreed = [line for line in lines if line["kind"] == "coding" and "adjudicator" not in line]
    coders = _listed(makers) if makers else "its coders"
    said = f"The verdicts are what {coders} agree on ({_count(len(agreed), 'coding')})"
    if decisions:
        named = sorted({line["adjudicator"] for line in decisions if line.get("adjudicator")})
        who = _listed(named) if named else "an adjudicator"
        said += f", and what {who} settled where they differ ({_count(len(decisions), 'decision')})"
    said += f"; the tables call this “{name}”, which is no coder of its own."
    if any(study.coders[one].kind == "model" for one in makers if one in study.coders):
        said += " Language models are among those who agree: it is a reference, not a gold."
    return said


def _threshold_notes(study: Study) -> list[str]:
    notes = []
    for scheme in study.schemes:
        part = study.content.thresholds.get(scheme.name)
        rule = scheme.verdict
        if part and (part.present, part.undecided) != (rule.present, rule.undecided):
            notes.append(
                f"Thresholds changed for the scheme “{scheme.name}”: present from {part.present:g} "
                f"and undecided from {part.undecided:g}, in place of {rule.present:g} and "
                f"{rule.undecided:g}."
            )
    return notes


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _listed(names: Iterable[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


# ---------------------------------------------------------------------------------------------
# The list of sources


def source_rows(study: Study) -> list[dict[str, str]]:
    """The sources read, by country and short citation: the publication, then what was read of it.

    Returns
    -------
    list of dict
        id, title, author, publisher, date, voice, claimant, interest, distance, country and url of
        the publication
        (of the original, where the manifest lists it), `reading`, and, for the document: cited_as,
        markup, kind, licence, citation_key. A translation of a source that is there is `folded`:
        the reading of that source names it.
    """
    listed = {row.get("id", ""): row for row in manifest_rows(study)}
    furniture = study.tables.zones.query("zone == 'furniture'")
    lengths = (furniture["end"] - furniture["start"]).groupby(furniture["source_id"]).sum()
    passages = Passages(study.tables)
    sources = {source.id: source for source in study.collection.sources}
    rendered: dict[str, list[Source]] = {}
    for source in study.collection.sources:
        if source.facts.get("translation_of", "") in sources:
            rendered.setdefault(source.facts["translation_of"], []).append(source)
    rows = []
    for source_id in passages.in_reading_order():
        source = sources[source_id]
        row = _source_row(source, listed, len(source.text) - int(lengths.get(source_id, 0)))
        row["reading"] += _translations(rendered.get(source_id, []))
        if any(source in each for each in rendered.values()):
            row["folded"] = "yes"
        rows.append({"cited_as": passages.cited_as(source_id), **row})
    return rows


def _translations(sources: Iterable[Source]) -> str:
    """Which translations stand beside a source, in words."""
    said = [
        f"in {LANGUAGE_LABELS.get(each.language, each.language)} “{each.facts.get('title', '')}” "
        f"({each.id})"
        for each in sources
    ]
    return f" Also {' and '.join(said)}: not counted." if said else ""


def _source_row(
    source: Source, listed: Mapping[str, Mapping[str, str]], characters: int
) -> dict[str, str]:
    facts = source.facts
    own = listed.get(source.id, {})
    original = listed.get(facts.get("digest_of", ""), {})
    # What is known of the publication stands with the digest that this one translates.
    stands_there = facts.get("kind") == "digest" and facts.get("translation_of", "") in listed
    if stands_there:
        facts = {name: facts.get(name, "") for name in ("title", "kind", "licence")}

    def fact(name: str) -> str:
        return original.get(name) or facts.get(name, "")

    voice = fact("voice")
    return {
        "id": source.id,
        "title": fact("title"),
        "author": fact("author"),
        "publisher": fact("publisher"),
        "date": "" if stands_there else date_in_words(fact("date")) or "undated",
        "voice": f"voice: {VOICE_LABELS.get(voice, voice)}" if voice else "",
        "claimant": f"claims of {fact('claimant')}" if fact("claimant") else "",
        "interest": _labelled("interest", fact("interest")),
        "distance": _labelled("distance", fact("distance")),
        "country": f"events in {fact('country')}" if fact("country") else "",
        "reading": _reading(source, own, original, characters, fact("title")),
        "url": fact("url"),
        "citation_key": fact("citation_key"),
        "kind": facts.get("kind", ""),
        "licence": facts.get("licence", ""),
        "markup": source.markup,
    }


def _labelled(axis: str, value: str) -> str:
    return f"{axis}: {label(axis, value).lower()}" if value else ""


def _reading(
    source: Source,
    own: Mapping[str, str],
    original: Mapping[str, str],
    characters: int,
    title_above: str,
) -> str:
    """What of a publication was read: by whom it was made, its file, length and licence."""
    facts = source.facts
    made_by = facts.get("made_by", "")
    if facts.get("kind") == "digest":
        title = f" “{facts['title']}”" if facts.get("title", "") != title_above else ""
        what = f"digest{title}{f' by {made_by}' if made_by else ''}"
    else:
        what = made_by or "the publication itself"
    size = f"{characters:,} characters"
    parts = [what, source.id, own.get("file", ""), size, facts.get("licence", "")]
    if facts.get("translation_of"):
        parts.insert(1, f"translation of {facts['translation_of']}, not counted")
    if facts.get("part_of"):
        parts.insert(1, f"part of {facts['part_of']}; a count takes one or the other")
    text = f"Read as: {'; '.join(part for part in parts if part)}."
    if original.get("made_by"):
        text += f" The publication itself was at hand as {original['made_by']}."
    return text


def limits_chapter(selection: str) -> str:
    r"""How the sources were chosen, as the report's last chapter: the limits come first.

    Examples
    --------
    >>> print(limits_chapter("# How found\n\nBy hand.\n\n## Limits\n\n- Few."))
    # Limits
    <BLANKLINE>
    - Few.
    <BLANKLINE>
    ## How found
    <BLANKLINE>
    By hand.
    """
    limits: list[str] = []
    rest: list[str] = []
    level = 0
    is_code = False
    for line in selection.splitlines():
        is_code ^= bool(_FENCE.match(line))
        heading = None if is_code else _HEADING.match(line)
        if heading and level and len(heading[1]) <= level:
            level = 0
        if heading and heading[2].strip().lower() == "limits":
            level = len(heading[1])
        elif level:
            limits.append(line)
        else:
            rest.append(f"#{line}" if heading and len(heading[1]) < 6 else line)
    parts = ["# Limits", "\n".join(limits).strip(), "\n".join(rest).strip()]
    return "\n\n".join(part for part in parts if part)
