"""Numbers that sources report: how much, of what, and who says so.

Comes in: the paragraphs of counted sources in English, Chinese or Russian.
Goes out: a list of quantities, each with the sentence it stands in.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, get_args

import pandas as pd

from tertium.bundle import Tables
from tertium.comparison.numbers import LANGUAGES, find_quantities
from tertium.comparison.numbers.kinds import COUNTED_KINDS, counted_kind
from tertium.comparison.passages import Paragraph, Passages, authors_of, short_name
from tertium.comparison.result import NOT_STATED, Result, comparison, support_table
from tertium.comparison.speakers import Speakers
from tertium.errors import UnknownNameError
from tertium.spans import Span

Show = Literal["list", "who", "voice"]
CODER = "quantity rules 1"


@comparison
def quantities(tables: Tables, *, show: Show = "list") -> Result:
    """The numbers that sources report in body, captions and endnotes.

    Dates, years, list numbers, numbers of articles, notes and issues, telephone numbers and
    addresses are left out. Number words count where they stand before what they count.

    Parameters
    ----------
    tables : Tables
    show : {"list", "who", "voice"}
        list: each number. who: who counts what, that is how many numbers each speaker gives of
        people, money, time, organisations, shares and other things (or where the source does not
        tell of what). voice: the same by the voice of the source.

    Returns
    -------
    Result
        `frame`: one row a quantity: source, value, upper (end of a range), words (what stands
        in place of a number: "thousands"; value is null then), unit, what, qualifier, who says
        so, place. Who: the speaker named in the sentence; else the one named last before it
        who goes on speaking; else the source's claimant, author or publisher, marked as such.
        Readers see qualifier, value and unit as one text. The evidence is the sentence. With
        "who" and "voice" a grid of speakers or voices, who gives most numbers first, by kind of
        thing; 0: no such number.

    Raises
    ------
    UnknownNameError
        Another `show`.

    Examples
    --------
    >>> quantities(study.tables).frame      # doctest: +SKIP
    """
    if show not in get_args(Show):
        raise UnknownNameError(f"show={show!r}; there are {', '.join(get_args(Show))}")
    passages = Passages(tables)
    rows: list[dict[str, Any]] = []
    support: list[dict[str, Any]] = []
    kinds: list[str] = []
    unread: list[str] = []
    for source_id in passages.counted:
        source = passages.sources[source_id]
        stated = source.get("language")
        language = "" if stated is None or pd.isna(stated) else str(stated).split("-")[0].lower()
        if language not in LANGUAGES:
            unread.append(f"{passages.cited_as(source_id)} ({language or 'no language stated'})")
            continue
        text = passages.text(source_id)
        sentences = passages.sentences(source_id)
        paragraphs = passages.paragraphs(source_id)
        speakers = Speakers(
            [each.span.of(text) for each in paragraphs], language, _follows(text, paragraphs)
        )
        otherwise = whose(source)
        for number_of_paragraph, paragraph in enumerate(paragraphs):
            for found in find_quantities(paragraph.span.of(text), language):
                start = paragraph.span.start + found.span.start
                end = paragraph.span.start + found.span.end
                sentence = next(
                    (each for each in sentences if each.start <= start < each.end), paragraph.span
                )
                rows.append(
                    {
                        "source": passages.cited_as(source_id),
                        "value": found.value,
                        "upper": found.upper,
                        "words": found.words,
                        "unit": found.unit,
                        "what": found.what,
                        "qualifier": found.qualifier,
                        "who": speakers.at(number_of_paragraph, found.span.start) or otherwise,
                        "place": passages.place(source_id, Span(start, end)),
                    }
                )
                kinds.append(
                    counted_kind(
                        found.unit,
                        found.what,
                        before=text[sentence.start : start],
                        after=text[end : sentence.end],
                    )
                )
                evidence = passages.evidence(
                    source_id, sentence, scheme="", code="quantity", stance="asserted", coder=CODER
                )
                support.append({"row": len(rows), "column": None, **evidence})
    names = ("source", "value", "upper", "words", "unit", "what", "qualifier", "who", "place")
    frame = pd.DataFrame(
        {
            name: pd.Series(
                [row[name] for row in rows],
                dtype="Float64" if name in ("value", "upper") else object,
            )
            for name in names
        }
    )
    frame.index = pd.RangeIndex(1, len(rows) + 1)
    note = "Found by rule; dates, years and numbers of articles, notes or list items are left out."
    who_says_so = (
        " Who says so: the speaker whom the text names, or goes on with; where it names none, the "
        "one whose claims the source tells (claimant), else the author, else the publisher."
    )
    if show != "voice":
        note += who_says_so
    if unread:
        note += f" Not searched, for want of rules for the language: {'; '.join(unread)}."
    if show != "list":
        who = [str(row["who"]) for row in rows]
        if show == "voice":
            who = [_text(passages.sources[each["source_id"]].get("voice")) for each in support]
        return _who_counts_what(kinds, support, who, axis=show, note=note)
    return Result(
        frame,
        title="Quantities reported",
        note=note,
        support=support_table(support),
        shown=_as_read(frame),
        hidden=("upper", "words", "unit", "qualifier"),
        group_by="source",
    )


def _who_counts_what(
    kinds: Sequence[str],
    support: Sequence[dict[str, Any]],
    speakers: Sequence[str],
    *,
    axis: str,
    note: str,
) -> Result:
    """Speakers or voices by kind of thing: how many numbers each gives."""
    cells = [(who or NOT_STATED, kind) for who, kind in zip(speakers, kinds, strict=True)]
    totals: dict[str, int] = {}
    for who, _ in cells:
        totals[who] = totals.get(who, 0) + 1
    order = sorted(totals, key=lambda who: (who == NOT_STATED, -totals[who], who))
    frame = pd.DataFrame(
        {
            kind: pd.Series([cells.count((who, kind)) for who in order], dtype="Int64")
            for kind in COUNTED_KINDS
        }
    )
    frame.index = pd.Index(order, name=axis, dtype=object)
    frame.columns.name = "counted"
    by = "voice" if axis == "voice" else "speaker"
    return Result(
        frame,
        title=f"Who counts what: numbers by {by} and kind of thing",
        note=f"{note} A cell counts numbers, whatever their size; two sources may give the same "
        "one. Kinds by the unit, else by the words around the number; pay by the month is money. "
        "0: no such number.",
        support=support_table(
            [
                {**row, "row": who, "column": kind}
                for row, (who, kind) in zip(support, cells, strict=True)
            ]
        ),
        column_labels={
            **{kind: kind.capitalize() for kind in COUNTED_KINDS},
            "other": "Other or not told",
        },
    )


def whose(source: dict[str, Any]) -> str:
    """Who answers for a text that names no speaker, and as what.

    Examples
    --------
    >>> whose({"author": "Hou, Jingjing; Su, Yuhan", "publisher": "The union"})
    'Hou and Su (authors)'
    >>> whose({"publisher": "All-China Federation of Trade Unions (ACFTU)"})
    'ACFTU (publisher)'
    >>> whose({"publisher": "Oxfam; Clean Clothes Campaign; The Guardian"})
    'Oxfam et al. (publishers)'
    """
    stated = {
        "claimant": _short(source.get("claimant")),
        "author": authors_of(source),
        "publisher": _short(source.get("publisher")),
    }
    role = next((role for role, name in stated.items() if name), "")
    several = "s" if ";" in _text(source.get(role)).strip("; ") else ""
    return f"{stated[role]} ({role}{several})" if role else ""


def _text(value: Any) -> str:
    return "" if value is None or pd.isna(value) else str(value)


def _short(names: Any) -> str:
    """The name, or of several parted by semicolons as many as a reader needs."""
    short = [short_name(name) for name in _text(names).split(";") if name.strip()]
    return f"{short[0]} et al." if len(short) > 2 else " and ".join(short)


def _as_read(frame: pd.DataFrame) -> pd.DataFrame:
    """What a reader sees in place of a value: all of it, as in "more than 120 laws"."""
    values: list[str] = []
    for row in frame.to_dict("records"):
        amount = _text(row["words"]) if pd.isna(row["value"]) else _number(row["value"])
        if not pd.isna(row["upper"]):
            amount = f"{amount}–{_number(row['upper'])}"
        unit = _text(row["unit"])
        # "Thousands" want their noun with "of"; a number does not, nor does another script.
        joint = " of " if amount.isascii() and amount[-1:].isalpha() and unit else " "
        values.append(" ".join(f"{_text(row['qualifier'])} {amount}{joint}{unit}".split()))
    shown = pd.DataFrame(index=frame.index, columns=frame.columns, dtype=object)
    shown["value"] = pd.Series(values, index=frame.index, dtype=object)
    return shown


def _number(value: float) -> str:
    return f"{value:,.10g}"


def _follows(text: str, paragraphs: Sequence[Paragraph]) -> list[bool]:
    """Whether each paragraph comes right after the one before it, with no heading between."""
    ends = [None, *(each.span.end for each in paragraphs)]
    return [
        end is not None and not text[end : each.span.start].strip()
        for end, each in zip(ends, paragraphs, strict=False)
    ]
