"""Who made a report, under which licence its texts stand, and how it is cited.

A study and its CITATION.cff come in. Lines for the title page and names for the metadata go out.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import version
from typing import Any

from tertium.study import Study
from tertium.yaml_text import parse_yaml

CITATION = "CITATION.cff"


def imprint(study: Study, citation: Mapping[str, Any]) -> list[str]:
    """Lines at the foot of the title page: program, licence of the texts, how to cite.

    Parameters
    ----------
    study : Study
    citation : mapping
        What the study's CITATION.cff says; empty where there is none.
    """
    licences = sorted({source.facts.get("licence", "") for source in study.collection.sources})
    named = "; ".join(licence for licence in licences if licence)
    lines = [f"tertium {version('tertium')}"]
    lines += [f"Licence of the texts read: {named}."] if named else []
    lines += [f"How to cite: {said}"] if (said := cited(citation)) else []
    return lines


def read_citation(text: str) -> dict[str, Any]:
    r"""The content of a CITATION.cff: the preferred citation where it names one.

    Examples
    --------
    >>> read_citation("title: A\npreferred-citation:\n  title: B\n")
    {'title': 'B'}
    """
    content, _ = parse_yaml(text, file=CITATION)
    preferred = content.get("preferred-citation")
    return preferred if isinstance(preferred, dict) else content


def authors(citation: Mapping[str, Any]) -> list[str]:
    """The authors' names, as they are spoken.

    Examples
    --------
    >>> authors({"authors": [{"given-names": "Ana", "family-names": "Ruiz"}, {"name": "A group"}]})
    ['Ana Ruiz', 'A group']
    """
    people = citation.get("authors")
    names = []
    for person in people if isinstance(people, list) else ():
        if not isinstance(person, Mapping):
            continue
        parts = ("given-names", "name-particle", "family-names", "name-suffix")
        spoken = " ".join(str(person[part]) for part in parts if person.get(part))
        names.append(str(person.get("name") or spoken))
    return [name for name in names if name]


def cited(citation: Mapping[str, Any]) -> str:
    """One line: authors, year, title, version, address; empty without a title.

    Examples
    --------
    >>> cited({"title": "Two texts", "authors": [{"name": "A group"}], "version": "0.1.0",
    ...        "date-released": "2026-11-21"})
    'A group (2026). Two texts (version 0.1.0).'
    """
    title = str(citation.get("title") or "").strip().rstrip(".")
    if not title:
        return ""
    names = authors(citation)
    year = str(citation.get("year") or citation.get("date-released") or "")[:4]
    *most, last = names or [""]
    who = f"{', '.join(most)} and {last}" if most else last
    lead = " ".join(part for part in (who, f"({year})" if year else "") if part)
    edition = f" (version {citation['version']})" if citation.get("version") else ""
    doi = f"https://doi.org/{citation['doi']}" if citation.get("doi") else ""
    where = doi or str(citation.get("url") or "")
    parts = [lead, f"{title}{edition}", where]
    return " ".join(f"{part.rstrip('.')}." for part in parts if part)
