"""Numbers that sources report: how much, of what, and who says so.

Comes in: the paragraphs of counted sources in English, Chinese or Russian.
Goes out: a list of quantities, each with the sentence it stands in.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from tertium.bundle import Tables
from tertium.comparison.numbers import LANGUAGES, find_quantities
from tertium.comparison.passages import Passages
from tertium.comparison.result import Result, comparison, support_table
from tertium.comparison.speakers import speaker
from tertium.spans import Span

CODER = "quantity rules 1"


@comparison
def quantities(tables: Tables) -> Result:
    """The numbers that sources report in body, captions and endnotes.

    Dates, years, list numbers, numbers of articles, notes and issues, telephone numbers and
    addresses are left out. Number words count where they stand before what they count.

    Returns
    -------
    Result
        `frame`: one row a quantity: source, value, upper (end of a range), unit, what,
        qualifier, who says so, place. Who: the speaker of the quotation or report that the
        number stands in, else the manifest's claimant, else the publisher. The evidence is
        the sentence.

    Examples
    --------
    >>> quantities(study.tables).frame      # doctest: +SKIP
    """
    passages = Passages(tables)
    rows: list[dict[str, Any]] = []
    support: list[dict[str, Any]] = []
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
        publisher = _first_stated(source.get("claimant"), source.get("publisher"))
        for paragraph in passages.paragraphs(source_id):
            words = paragraph.span.of(text)
            for found in find_quantities(words, language):
                start = paragraph.span.start + found.span.start
                end = paragraph.span.start + found.span.end
                sentence = next(
                    (each for each in sentences if each.start <= start < each.end), paragraph.span
                )
                number = len(rows) + 1
                rows.append(
                    {
                        "source": passages.cited_as(source_id),
                        "value": found.value,
                        "upper": found.upper,
                        "unit": found.unit,
                        "what": found.what,
                        "qualifier": found.qualifier,
                        "who": speaker(words, found.span.start, language) or publisher,
                        "place": passages.place(source_id, Span(start, end)),
                    }
                )
                evidence = passages.evidence(
                    source_id, sentence, scheme="", code="quantity", stance="asserted", coder=CODER
                )
                support.append({"row": number, "column": None, **evidence})
    names = ("source", "value", "upper", "unit", "what", "qualifier", "who", "place")
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
    note = (
        "Found by rule, without dates, years and numbers of articles, notes or lists. Who says so: "
        "the speaker of the sentence or quotation, else who makes the claim, else the publisher. "
        "“Hundreds of” and the like stand as their order of magnitude."
    )
    if unread:
        note += f" Not searched, for want of rules for the language: {'; '.join(unread)}."
    return Result(
        frame,
        title="Quantities reported",
        note=note,
        support=support_table(support),
        group_by="source",
    )


def _first_stated(*values: Any) -> str:
    return next((str(v) for v in values if v is not None and not pd.isna(v) and str(v)), "")
