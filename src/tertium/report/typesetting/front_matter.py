"""What stands around the notebooks in a report: first page, limits, list of sources.

A study comes in. Words and rows for the document go out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from tertium.coding.coder import Coder
from tertium.report.running.inputs import manifest_rows
from tertium.report.style import VOICE_LABELS
from tertium.report.typesetting.licences import is_open_licence
from tertium.sources.source import Source
from tertium.study import CODERS, Study

PATH_NOT_CODER = "Verdicts on digests show that the path works, not that the coder is right."
_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*$")
_FENCE = re.compile(r"^\s{0,3}(```|~~~)")


def first_page_notes(study: Study, *, shown: Iterable[str]) -> list[str]:
    """What a reader must know first: texts, coder, thresholds, rejects, restrictions.

    Parameters
    ----------
    study : Study
    shown : iterable of str
        Ids of the sources of which the report shows passages.
    """
    notes = [_texts_note(study), _coder_note(study), *_threshold_notes(study)]
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
        if not is_open_licence(facts[source_id].get("licence", ""))
        or facts[source_id].get("confidential") == "true"
    ]


def _texts_note(study: Study) -> str:
    collection = study.collection
    kinds = {source.id: source.facts.get("kind", "") for source in collection.sources}
    originals = sum(kind == "original" for kind in kinds.values())
    digest_of = {
        source.id: source.facts.get("digest_of", "")
        for source in collection.sources
        if kinds[source.id] == "digest"
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
            f"words, not the sources themselves. {PATH_NOT_CODER}"
        )
    if collection.missing:
        parts.append(f"No original was at hand for {_listed(collection.missing)}.")
    return " ".join(parts) or f"The texts read are {_count(len(kinds), 'source')}."


def _coder_note(study: Study) -> str:
    coders: list[type[Coder]] = [CODERS[name] for name in study.content.coders]
    deciding = CODERS[study.content.deciding_coder]
    how = {
        "rule": ", which follows the written indicators of the schemes",
        "human": ", a person",
        "learned": ", a learned model",
        "model": ", a language model",
    }[deciding.kind]
    said = (
        f"The verdicts are those of the coder “{deciding.name}” (version {deciding.version}){how}."
    )
    people = [coder.name for coder in coders if coder.kind == "human"]
    if not people:
        return f"{said} No person has coded these texts."
    return f"{said} People who coded: {_listed(people)}."


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
    """The sources read, as the source list shows them: the publication, then what was read of it.

    Returns
    -------
    list of dict
        id, title, author, publisher, date, voice, claimant, country and url of the publication
        (of the original, where the manifest lists it), `reading`, and, for the document: markup,
        kind, licence, citation_key.
    """
    listed = {row.get("id", ""): row for row in manifest_rows(study)}
    furniture = study.tables.zones.query("zone == 'furniture'")
    lengths = (furniture["end"] - furniture["start"]).groupby(furniture["source_id"]).sum()
    return [
        _source_row(source, listed, len(source.text) - int(lengths.get(source.id, 0)))
        for source in study.collection.sources
    ]


def _source_row(
    source: Source, listed: Mapping[str, Mapping[str, str]], characters: int
) -> dict[str, str]:
    facts = source.facts
    own = listed.get(source.id, {})
    original = listed.get(facts.get("digest_of", ""), {})

    def fact(name: str) -> str:
        return original.get(name) or facts.get(name, "")

    voice = fact("voice")
    return {
        "id": source.id,
        "title": fact("title"),
        "author": fact("author"),
        "publisher": fact("publisher"),
        "date": fact("date") or "undated",
        "voice": f"voice: {VOICE_LABELS.get(voice, voice)}" if voice else "",
        "claimant": f"claims of {fact('claimant')}" if fact("claimant") else "",
        "country": f"events in {fact('country')}" if fact("country") else "",
        "reading": _reading(source, own, original, characters),
        "url": fact("url"),
        "citation_key": fact("citation_key"),
        "kind": facts.get("kind", ""),
        "licence": facts.get("licence", ""),
        "markup": source.markup,
    }


def _reading(
    source: Source, own: Mapping[str, str], original: Mapping[str, str], characters: int
) -> str:
    """What of a publication was read: by whom it was made, its file, length and licence."""
    facts = source.facts
    made_by = facts.get("made_by", "")
    if facts.get("kind") == "digest":
        title = f" “{facts['title']}”" if facts.get("title") else ""
        what = f"digest{title}{f' by {made_by}' if made_by else ''}"
    else:
        what = made_by or "the publication itself"
    size = f"{characters:,} characters"
    parts = [what, source.id, own.get("file", ""), size, facts.get("licence", "")]
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
