"""What the tables of a study say of each other: sources, cases, facts, actors, citations.

Comes in: rows that are right by themselves, and the names that they may refer to.
Goes out: the references that lead nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from tertium.errors import Fault
from tertium.sources.files.rows import Row
from tertium.sources.manifest import ManifestRow, cited_keys

_CITED = re.compile(r"(?<![\w\\@])@\{?([\w][\w:.#$%&+?<>~/-]*[\w])")
_ENTRY = re.compile(r"^\s*@\w+\s*\{\s*([^,\s={}]+)\s*,", re.MULTILINE)
_FIELD = re.compile(r"(?<![\w-])(title|date|year)\s*=\s*", re.IGNORECASE)
_CODING_ID = re.compile(r"[0-9a-f]{16}")


def untold_faults(
    rows: Sequence[ManifestRow], links: Sequence[Row], *, file: str
) -> Iterator[Fault]:
    """Sources that tell no case; a translation or a copy may leave that to what it renders.

    Parameters
    ----------
    rows : sequence of ManifestRow
    links : sequence of Row
        Rows of sources.csv, which say what source tells what case.
    file : str
        The manifest, for messages.
    """
    told = {row["source_id"] for row in links}
    for row in rows:
        # A digest is read in place of its original, so it needs a link of its own.
        rendered = {row.facts.get(name) for name in ("translation_of", "copy_of")}
        if row.id in told or rendered & told:
            continue
        found = f"source {row.id!r} tells no case"
        remedy = "link it to a case in sources.csv, or take its row out"
        yield Fault(file, row.line, "id", found, remedy)


def manifest_key_faults(
    rows: Sequence[ManifestRow], keys: Collection[str], *, file: str
) -> Iterator[Fault]:
    """Citation keys of sources that the bibliography lacks."""
    for row in rows:
        for key in cited_keys(row.facts.get("citation_key", "")):
            if key not in keys:
                found = f"source {row.id}: {key!r} is no key of references.bib"
                remedy = "add the entry or mend the key"
                yield Fault(file, row.line, "citation_key", found, remedy)


def basis_keys(basis: str) -> tuple[str, ...]:
    """What a fact rests on, without the place: citation keys or ids of codings.

    Examples
    --------
    >>> basis_keys("li2010|wu2012, page 4, note 2")
    ('li2010', 'wu2012')
    >>> basis_keys("6ac70659507fbcb9, 0123456789abcdef")
    ('6ac70659507fbcb9', '0123456789abcdef')
    """
    parts = [part for part in re.split(r"[|;,\s]+", basis) if part]
    if parts and all(_CODING_ID.fullmatch(part) for part in parts):
        return tuple(parts)
    return cited_keys(basis.partition(",")[0])


def fact_faults(
    facts: Sequence[Row],
    *,
    keys: Collection[str],
    coding_ids: Collection[str],
    actors: Collection[str] | None,
    approaches: Collection[str] | None,
    file: str,
) -> Iterator[Fault]:
    """What facts name that is not there: entries, codings, actors, codes of the scheme approach.

    Parameters
    ----------
    facts : sequence of Row
        Rows of facts.csv.
    keys, coding_ids : collection of str
        Of references.bib and of what people coded; a machine's ids look like theirs and pass.
    actors : collection of str or None
        Names and aliases in small letters; None where the study lists no actors.
    approaches : collection of str or None
        Ids of codes; None where the study has no scheme of that name.
    file : str
        How faults name facts.csv.
    """
    for row in facts:
        for key in basis_keys(row["basis"]):
            if key not in keys and key not in coding_ids and not _CODING_ID.fullmatch(key):
                found = f"{key!r} is no key of references.bib and no coding"
                remedy = "write a citation key and the place, or the ids of codings"
                yield Fault(file, row.line, "basis", found, remedy)
        value = row["value"]
        if row["attribute"] == "actor" and actors is not None and value.casefold() not in actors:
            found = f"the actor {value!r} is not in actors.csv"
            remedy = "write a name or alias from there, or add a row"
            yield Fault(file, row.line, "value", found, remedy)
        if row["attribute"] == "approach" and approaches is not None and value not in approaches:
            found = f"{value!r} is no code of the scheme approach"
            yield Fault(file, row.line, "value", found, f"write one of: {', '.join(approaches)}")


def page_key_faults(text: str, keys: Collection[str], *, file: str) -> Iterator[Fault]:
    """Citations in a page of Markdown, such as ``[@key]``, that the bibliography lacks."""
    for number, line in enumerate(text.split("\n"), start=1):
        for key in cited_in(line):
            if key not in keys:
                found = f"the citation @{key} is not in references.bib"
                yield Fault(file, number, "", found, "add the entry or mend the key")


def cited_in(text: str) -> list[str]:
    """The keys that a text in Markdown cites.

    Examples
    --------
    >>> cited_in("See [@li2010, p. 4; @wu2012], not ana@example.org.")
    ['li2010', 'wu2012']
    """
    return _CITED.findall(text)


def entry_keys(text: str) -> frozenset[str]:
    r"""The keys of the entries of a BibTeX file.

    Examples
    --------
    >>> sorted(entry_keys("@book{li2010,\n title = {Law}}\n@string{a = {b}}"))
    ['li2010']
    """
    return frozenset(match[1] for match in _ENTRY.finditer(text))


def entry_order(text: str) -> dict[str, tuple[str, str]]:
    r"""Date and title of each entry of a BibTeX file: the order of one author's works.

    A bibliography tells works of one author and year apart by letters in this order. Braces,
    commands and marks are left out of the title.

    Examples
    --------
    >>> entry_order("@book{li2010,\n title = {{On {L}aw, again}}, year = 2010\n}")
    {'li2010': ('2010', 'on law again')}
    """
    starts = [(match[1], match.end()) for match in _ENTRY.finditer(text)]
    ends = [start for _, start in starts[1:]] + [len(text)]
    found = {}
    for (key, start), end in zip(starts, ends, strict=True):
        entry = text[start:end]
        fields: dict[str, str] = {}
        for match in _FIELD.finditer(entry):
            value = re.sub(r"\\[a-zA-Z]+|[^\w\s]", "", _value(entry[match.end() :]))
            fields.setdefault(match[1].lower(), " ".join(value.split()))
        date = fields.get("date") or fields.get("year", "")
        if "title" in fields:
            found[key] = (date, fields["title"].casefold())
    return found


def _value(text: str) -> str:
    """The value of a field that begins here: in braces, in quotation marks or bare."""
    depth = 0
    for place, character in enumerate(text):
        depth += (character == "{") - (character == "}")
        is_quoted = text[0] == '"'
        is_end = (character == '"' and place > 0) if is_quoted else character == ","
        if depth < 0 or (depth == 0 and (is_end or (character == "}"))):
            return text[:place]
    return text
