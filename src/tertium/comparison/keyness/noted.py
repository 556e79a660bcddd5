"""What a reader must know of a list of key terms.

Comes in: the groups, their texts, the terms, and how all of it was counted.
Goes out: the note of the table.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tertium.comparison.keyness.groups import Groups, sources_told
from tertium.comparison.keyness.likelihood import LEAST_SOURCES
from tertium.comparison.keyness.terms import SENTENCES, Term, Texts
from tertium.comparison.keyness.words import PAIRED, counted_as
from tertium.comparison.passages import Passages
from tertium.schemes.actors import NAME as ACTORS

ONLY_HERE = "only here"


def note(
    passages: Passages,
    groups: Groups,
    texts: tuple[Texts, Texts],
    found: Sequence[Term],
    shown: Sequence[Term],
    counted: Mapping[str, Any],
) -> str:
    """The note; `counted` are the arguments of `keyness`."""
    ours, others = texts
    if not ours.sources or not others.sources:
        return " ".join(groups.remarks)
    what = counted_as(counted["language"])
    order = "log-likelihood" if counted["rank_by"] == "log_likelihood" else "times as often"
    said = [
        f"The group: {sources_told(len(ours.sources))} with {sum(ours.sizes):,} {what} so "
        f"counted; the others: {len(others.sources)} with {sum(others.sizes):,}.",
        *groups.remarks,
        f"Listed: terms that stand {counted['least']} times or more and in "
        f"{counted['least_sources']} sources or more of the group, and more often per 1,000 {what} "
        f"than in the others: {len(found)}, by {order}"
        + (f"; the first {len(shown)} are shown." if len(shown) < len(found) else "."),
        "In brackets behind the frequency in the others: the count. Sources: how many of the "
        "group and of the others have the term.",
        "Log-likelihood only ranks terms, by how unlike the two frequencies are for the amount of "
        "text; it is no test, for words of one text hang together.",
        _of_intervals(ours, others, shown),
        _of_counting(passages, counted),
        f"A term leads to at most {SENTENCES} of its sentences in the group.",
        _of_circle(passages, counted["by"]),
        _of_digests(passages, [*ours.sources, *others.sources]),
    ]
    return " ".join(part for part in said if part)


def _of_circle(passages: Passages, by: str) -> str:
    """Who parts texts by words finds those words."""
    if by not in passages.tables.schemes or passages.is_by_hand(by):
        return ""
    return (
        f"The groups were made by a coder ({passages.tables.decides(by)}) that looks for words: "
        "that the words of the code come out on top is no finding."
    )


def _of_digests(passages: Passages, sources: Sequence[str]) -> str:
    digests = sum(passages.sources[each].get("kind") == "digest" for each in sources)
    if not digests:
        return ""
    whose = "All" if digests == len(sources) else f"{digests} of {len(sources)}"
    return (
        f"{whose} texts are digests in this project's words: the terms tell how the digests are "
        "written, and of the publications only what the digests took from them."
    )


def _of_intervals(ours: Texts, others: Texts, shown: Sequence[Term]) -> str:
    only = (
        f" “{ONLY_HERE.capitalize()}”: the others never have it, so that there is no ratio."
        if any(not each.other for each in shown)
        else ""
    )
    if min(len(ours.sources), len(others.sources)) < LEAST_SOURCES:
        return (
            "How far the ratio may lie off is not defined, because a group has fewer than "
            f"{LEAST_SOURCES} sources.{only}"
        )
    return (
        "Times as often: in brackets, from where to where it lies in 95 of 100 draws of whole "
        "sources. The terms were picked for being frequent, so that it leans to the large side."
        f"{only}"
    )


def _of_counting(passages: Passages, counted: Mapping[str, Any]) -> str:
    if counted["language"] in PAIRED:
        how = (
            "Counted: each two neighbouring characters as one term, since Chinese does not part "
            "its words: some pairs are no words, and a longer word counts as several; words in "
            "other letters as words."
        )
    else:
        how = "Counted: words in lower case, each form for itself (worker, workers)."
    of_names = {
        "as_words": "Names of actors are words like others.",
        "one_term": "Each actor is one term, in square brackets, by whichever of its names.",
        "leave_out": "Names of the study's actors are left out.",
    }[counted["names"]]
    if counted["names"] != "as_words" and ACTORS not in passages.tables.schemes:
        of_names = "The study lists no actors, so names are words like others."
    of_function_words = (
        "Function words (articles, pronouns, prepositions and the like) are counted."
        if counted["function_words"] == "keep"
        else "Function words (articles, pronouns, prepositions and the like) are left out."
    )
    return (
        f"{how} Headings, page furniture, numbers and citations are left out. {of_names} "
        f"{of_function_words}"
    )
