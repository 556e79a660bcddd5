"""From a document to one HTML file that opens from disk and asks nothing of any network.

A `Document` and a path come in, the file goes out. Texts of the study are escaped, and the page's
own policy lets no script run but ours.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from html import escape
from itertools import groupby, zip_longest
from pathlib import Path

from tertium.report.typesetting import glyphs, pandoc
from tertium.report.typesetting.appendix import (
    code_anchor,
    code_anchors,
    coders_line,
    coding_details,
    codings_of,
    index_lead,
    lines_of,
    listed_sources,
    named_lists,
    numbers_shown,
    passage_lines,
    passages_count,
    passages_heading,
    sentence_around,
    slug,
    source_entry,
    statement_lines,
)
from tertium.report.typesetting.document import Document, Figure, Prose, Table
from tertium.report.typesetting.passages import Passage
from tertium.report.typesetting.quotes import LONG_TEXT
from tertium.sources.files.read import write_whole
from tertium.sources.manifest import cited_keys

PAGE = pandoc.TEMPLATE / "page.html"
STYLE = pandoc.TEMPLATE / "page.css"
SCRIPT = pandoc.TEMPLATE / "page.js"
CONTENTS_DEPTH = 2

_HAN = "\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff"
_DATE = re.compile(r"\b\d{4}-\d{2}(?:-\d{2})?\b")
_SCRIPTS = re.compile(f"(?P<zh>[{_HAN}]+)|(?P<ru>[\u0400-\u04ff][\u0400-\u04ff\u0301 -]*)")


def write_html(document: Document, path: Path) -> None:
    """Write a document as one HTML file; the file is there whole or not at all.

    Parameters
    ----------
    document : Document
        From `build_document`.
    path : Path
        The file to write.
    """
    write_whole(path, html_page(document).encode("utf-8"))


def html_page(document: Document) -> str:
    """The whole page: text, style, script, figures and, where Chinese occurs, its characters."""
    words = document.words
    blocks = [*_chapters(document), *_references(document), *_appendices(document)]
    body = pandoc.write(
        blocks,
        "html",
        references=document.references,
        style=document.style,
        cited=document.cited,
        language=document.language,
    )
    # Pandoc gives the notes of every chapter the same id.
    body = body.replace('<aside id="footnotes" ', "<aside ")
    script = SCRIPT.read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")
    policy = (
        f"default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'; "
        f"script-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )
    notes = "".join(f"<p>{shown(note)}</p>" for note in document.first_page_notes)
    if notes:
        notes = f'<section class="first"><h2>{escape(words["read_first"])}</h2>{notes}</section>'
    parts = {
        "lang": escape(document.language),
        "policy": policy,
        "title": escape(glyphs.printable(document.title)),
        "style": STYLE.read_text(encoding="utf-8") + _font(document),
        "skip": escape(words["skip"]),
        "question": shown(document.question),
        "notes": notes,
        "publisher": "<br>".join(
            shown(line) for line in (document.publisher, *document.imprint) if line
        ),
        "contents": escape(words["contents"]),
        "toc": _contents(blocks),
        "body": body,
        "close": escape(words["close"]),
        "all_passages": escape(words["all_passages"]),
        "script": script,
    }
    page = PAGE.read_text(encoding="utf-8")
    return re.sub(r"\{\{(\w+)\}\}", lambda match: parts[match.group(1)], page)


def shown(text: object) -> str:
    """A text of the study as HTML: escaped, runs of Chinese and Russian marked as such.

    Examples
    --------
    >>> shown("<b> & 罢工")
    '&lt;b&gt; &amp; <span lang="zh">罢工</span>'
    """
    out, end = [], 0
    plain = glyphs.printable(str(text))
    for match in _SCRIPTS.finditer(plain):
        run = match.group().rstrip(" -")
        out.append(escape(plain[end : match.start()]))
        out.append(f'<span lang="{match.lastgroup}">{escape(run)}</span>')
        end = match.start() + len(run)
    return "".join([*out, escape(plain[end:])])


def _font(document: Document) -> str:
    characters = {c for _, text in document.texts() for c in text if re.match(f"[{_HAN}]", c)}
    characters = {c for c in characters if ord(c) in glyphs.font_characters(glyphs.CJK)}
    if not characters:
        return ""
    data = base64.b64encode(glyphs.subset(characters)).decode("ascii")
    return (
        '@font-face { font-family: "Tertium CJK"; '
        f'src: url("data:font/otf;base64,{data}") format("opentype"); }}\n'
    )


def _raw(text: str) -> pandoc.Node:
    return pandoc.raw("html", text)


def _heading(level: int, text: str, anchor: str, number: str = "") -> pandoc.Node:
    """A heading of ours, in the same shape as an author's."""
    inlines = [pandoc.raw_inline("html", shown(text))]
    pairs = [["number", number]] if number else []
    return {"t": "Header", "c": [level, [anchor, [], pairs], inlines]}


def _numbered(node: pandoc.Node) -> pandoc.Node:
    """A heading with its number before its text."""
    level, (anchor, classes, pairs), inlines = node["c"]
    number = dict(map(tuple, pairs)).get("number", "")
    if number:
        inlines = [pandoc.raw_inline("html", f'<span class="number">{number}</span>'), *inlines]
    return {"t": "Header", "c": [level, [anchor, classes, []], inlines]}


def _contents(blocks: Sequence[pandoc.Node]) -> str:
    """The list of contents, from the headings of the page."""
    out, depth = [], 0
    for node in blocks:
        if node["t"] != "Header" or node["c"][0] > CONTENTS_DEPTH or not node["c"][1][0]:
            continue
        level, (anchor, _, _), inlines = node["c"]
        out.append(
            "<ul><li>" * (level - depth) if level > depth else "</li></ul>" * (depth - level)
        )
        if level <= depth:
            out.append("</li><li>")
        out.append(f'<a href="#{escape(anchor)}">{_inline_text(inlines)}</a>')
        depth = level
    return "".join(out) + "</li></ul>" * depth


def _inline_text(inlines: Sequence[pandoc.Node]) -> str:
    return "".join(
        node["c"][1] if node["t"] == "RawInline" else shown(pandoc.text_of(node))
        for node in inlines
    )


# ---------------------------------------------------------------------------------------------
# Chapters


def _chapters(document: Document) -> list[pandoc.Node]:
    blocks: list[pandoc.Node] = []
    for chapter in document.chapters:
        for block in chapter.blocks:
            if isinstance(block, Prose):
                blocks.extend(pandoc.transform(list(block.blocks), _marked, leave="Cite"))
            elif isinstance(block, Table):
                blocks.append(_raw(table_html(document, block)))
            elif isinstance(block, Figure):
                blocks.append(_raw(_figure_html(document, block)))
            else:
                blocks.append(_raw(f"<pre>{shown(block.text)}</pre>"))
    return blocks


def _marked(node: pandoc.Node) -> pandoc.Node | None:
    if node["t"] == "Str" and not node["c"].isascii():
        return pandoc.raw_inline("html", shown(node["c"]))
    if node["t"] == "Header":
        return _numbered(node)
    return None


def _caption(word: str, number: int, title: str, anchor: str) -> str:
    return f'<figcaption id="{anchor}-title"><b>{word} {number}.</b> {shown(title)}</figcaption>'


def _note(document: Document, note: str) -> str:
    if not note:
        return ""
    return f'<p class="note"><i>{escape(document.words["note"])}</i> {shown(note)}</p>'


def _flags(flags: Sequence[str]) -> str:
    return "".join(f'<p class="note flag"><strong>{shown(flag)}</strong></p>' for flag in flags)


def _figure_html(document: Document, figure: Figure) -> str:
    # As an image the drawing can't run anything, whatever text it holds.
    data = base64.b64encode(figure.svg.encode("utf-8")).decode("ascii")
    return (
        f'<figure class="picture" id="{figure.anchor}">'
        f"{_caption(document.words['figure'], figure.number, figure.title, figure.anchor)}"
        f'<div class="scroll" tabindex="0" role="region" aria-labelledby="{figure.anchor}-title">'
        f'<img src="data:image/svg+xml;base64,{data}" alt="{escape(figure.alt)}"></div>'
        f"{_note(document, figure.note)}{_flags(figure.flags)}</figure>"
    )


def table_html(document: Document, table: Table) -> str:
    """A table as HTML; each cell that rests on passages is a link to them."""
    count = len(table.columns)
    groups = dict(table.groups)
    bodies: list[list[str]] = [[]]
    for number, row in enumerate(table.rows):
        if number in groups:
            bodies.append([_group(groups[number], count)])
        cells = []
        for column in range(len(row)):
            text = _cell(document, table, number, column)
            kind = 'th scope="row"' if column == 0 else "td"
            align = table.columns[column].align
            style = "" if align == "left" else f' class="{align}"'
            cells.append(f"<{kind}{style}>{text}</{kind[:2]}>")
        bodies[-1].append(f"<tr>{''.join(cells)}</tr>")
    if len(table.rows) in groups:
        bodies.append([_group(groups[len(table.rows)], count)])
    if not any(bodies):
        bodies[-1].append(
            f'<tr><td colspan="{count}">{escape(document.words["no_rows"])}</td></tr>'
        )
    inside = "".join(f"<tbody>{''.join(body)}</tbody>" for body in bodies if body)
    return (
        f'<figure class="table" id="{table.anchor}">'
        f"{_caption(document.words['table'], table.number, table.title, table.anchor)}"
        f'<div class="scroll" tabindex="0" role="region" aria-labelledby="{table.anchor}-title">'
        f'<table aria-labelledby="{table.anchor}-title"><thead>{_heads(table)}</thead>'
        f"{inside}</table></div>{_note(document, table.note)}{_flags(table.flags)}</figure>"
    )


def _cell(document: Document, table: Table, row: int, column: int) -> str:
    """A cell's text; if it rests on passages, a short one is a link and a long one has links."""
    cell = table.rows[row][column]
    if not cell.evidence:
        return _lines(cell.text.split("\n"))
    anchor = table.cell_anchor(row, column)
    name = escape(f"{document.words['table']} {table.number} · {_cell_name(table, row, column)}")
    address = f'id="from-{anchor}"'
    lines = cell.text.split("\n")
    if table.is_list:
        # Its passages are named at once: there is no entry of the row in the appendix.
        addresses = [f"{address} ", *[""] * len(cell.evidence)]
        links = ", ".join(
            f'<a class="cell" {at}href="#p-{number}" data-name="{name}">[{number}]</a>'
            for number, at in zip(cell.evidence, addresses, strict=False)
        )
        return f'{_lines(lines)} <span class="numbers">{links}</span>'
    link = f'<a class="cell" {address} href="#{anchor}">'
    if len(cell.text) <= LONG_TEXT:
        count = f"({len(cell.evidence)})"
        return f"{link}{_lines([cell.text.strip() or count])}</a>"
    numbers = [
        f' <a class="cell numbers" href="#p-{number}" data-name="{name}">[{number}]</a>'
        for number in cell.lines
    ]
    said = shown(passages_count(document, len(cell.evidence)))
    return f'{_lines(lines, numbers)} <span class="more">{link}{said}</a></span>'


def _cell_name(table: Table, row: int, column: int) -> str:
    if table.is_list:
        return glyphs.printable(table.row_name(row))
    return glyphs.printable(f"{table.row_name(row)} × {table.cell_name(row, column)}")


def _lines(lines: Sequence[str], after: Sequence[str] = ()) -> str:
    """Each line a block of its own where there are several; what comes after each is markup."""
    marked = [
        _DATE.sub(r'<span class="date">\g<0></span>', shown(line)) + behind
        for line, behind in zip_longest(lines, after[: len(lines)], fillvalue="")
    ]
    if len(marked) == 1:
        return marked[0]
    return "".join(f'<span class="line">{line}</span>' for line in marked)


def _group(label: str, count: int) -> str:
    return f'<tr><th class="group" scope="rowgroup" colspan="{count}">{shown(label)}</th></tr>'


def _heads(table: Table) -> str:
    rows = []
    if table.spanners:
        cells, column = [], 0
        for spanner in table.spanners:
            if spanner.first < column:
                continue
            cells += ["<td></td>"] * (spanner.first - column)
            span = spanner.last - spanner.first + 1
            cells.append(
                f'<th class="spanner" scope="colgroup" colspan="{span}">{shown(spanner.label)}</th>'
            )
            column = spanner.last + 1
        cells += ["<td></td>"] * (len(table.columns) - column)
        rows.append(f"<tr>{''.join(cells)}</tr>")
    cells = []
    for column_head in table.columns:
        style = "" if column_head.align == "left" else f' class="{column_head.align}"'
        cells.append(f'<th scope="col"{style}>{shown(column_head.label)}</th>')
    return "".join([*rows, f"<tr>{''.join(cells)}</tr>"])


# ---------------------------------------------------------------------------------------------
# References and appendices


def _references(document: Document) -> list[pandoc.Node]:
    if not document.has_references:
        return []
    heading = _heading(1, document.words["references"], "sec-appendix-references")
    return [heading, {"t": "Div", "c": [["refs", [], []], []]}]


def _appendices(document: Document) -> list[pandoc.Node]:
    made = {
        "sec-appendix-sources": _sources,
        "sec-appendix-parameters": _parameters,
        "sec-appendix-codebook": _codebook,
        "sec-appendix-agreement": _agreement,
        "sec-appendix-evidence": _evidence,
    }
    blocks: list[pandoc.Node] = []
    for anchor, letter in document.appendices.items():
        word = document.words[anchor.removeprefix("sec-appendix-")]
        blocks += [_numbered(_heading(1, word, anchor, letter)), *made[anchor](document, letter)]
    return blocks


def _sources(document: Document, letter: str) -> list[pandoc.Node]:
    blocks: list[pandoc.Node] = []
    for row in listed_sources(document):
        entry = source_entry(row)
        text = f"<b>{shown(entry.title)}</b><br>"
        text += f'<span class="quiet small">{shown(entry.details)}</span>'
        inlines: list[pandoc.Node] = [pandoc.raw_inline("html", text)]
        if row.get("citation_key"):
            inlines += [{"t": "Space"}, pandoc.cite(cited_keys(str(row["citation_key"])))]
        if entry.url:
            link = f' <a class="small" href="{escape(entry.url)}">{escape(entry.url)}</a>'
            inlines.append(pandoc.raw_inline("html", link))
        if entry.reading:
            reading = f'<br><span class="small">{shown(entry.reading)}</span>'
            inlines.append(pandoc.raw_inline("html", reading))
        blocks.append({"t": "Para", "c": inlines})
    return blocks


def _parameters(document: Document, letter: str) -> list[pandoc.Node]:
    parts = [f"<p>{escape(document.words['parameters_lead'])}</p>"]
    for chapter in document.chapters:
        if not chapter.parameters:
            continue
        parts.append(f"<h3>{shown(chapter.notebook)}</h3><table>")
        for parameter in chapter.parameters:
            star = " *" if parameter.changed else ""
            parts.append(
                f'<tr><th scope="row"><code>{escape(parameter.name)}</code>{star}</th>'
                f"<td><code>{shown(parameter.value)}</code></td><td>{shown(parameter.meaning)}</td></tr>"
            )
        parts.append("</table>")
    return [_raw("".join(parts))]


def _codebook(document: Document, letter: str) -> list[pandoc.Node]:
    words = document.words
    blocks = [_raw(f"<p>{escape(words['codebook_lead'])}</p>")]
    for number, scheme in enumerate(document.codebook, start=1):
        name, title = str(scheme.get("name", "")), str(scheme.get("title") or "")
        version = f", {words['version']} {scheme['version']}" if scheme.get("version") else ""
        shown_name = f"{title or name} ({name}{version})"
        blocks.append(
            _numbered(_heading(2, shown_name, f"scheme-{slug(name)}", f"{letter}.{number}"))
        )
        parts = [
            f"<p>{shown(scheme[key])}</p>" for key in ("definition", "note") if scheme.get(key)
        ]
        parts.append(_entries([(words["rule"], scheme.get("rule"))]))
        for code in scheme.get("codes", ()):
            anchor = code_anchor(name, str(code["id"]))
            label = shown(code.get("label") or code["id"])
            parts.append(
                f'<div class="code" id="{anchor}"><h3>{label} '
                f'<span class="quiet small">{shown(code["id"])}</span></h3>'
            )
            if code.get("definition"):
                parts.append(f"<p>{shown(code['definition'])}</p>")
            keys = ("when_to_use", "when_not_to_use", "rule")
            parts.append(_entries([(words[key], code.get(key)) for key in keys]))
            signs = ("coded_examples", "other_examples", "indicators")
            parts.append(_entries([(words[key], code.get(key)) for key in signs], "signs"))
            parts.append("</div>")
        blocks.append(_raw("".join(parts)))
    if lists := named_lists(document):
        place = f"{letter}.{len(document.codebook) + 1}"
        blocks.append(_numbered(_heading(2, words["named_lists"], "named-lists", place)))
        blocks.append(_raw(_entries(lists, "signs lists")))
    return blocks


def _agreement(document: Document, letter: str) -> list[pandoc.Node]:
    lead = f"<p>{escape(document.words['agreement_lead'])}</p>"
    return [_raw(lead + "".join(table_html(document, table) for table in document.agreement))]


def _entries(entries: Sequence[tuple[str, object]], kind: str = "") -> str:
    there = [
        f"<dt>{escape(word)}</dt><dd>{shown(lines_of(text))}</dd>" for word, text in entries if text
    ]
    classes = f"entries {kind}".strip()
    return f'<dl class="{classes}">{"".join(there)}</dl>' if there else ""


def _evidence(document: Document, letter: str) -> list[pandoc.Node]:
    words = document.words
    index = []
    for table in document.tables:
        if not table.has_evidence or table.is_list:
            continue
        word = f"{words['table']} {table.number}"
        index.append(f'<h3><a href="#{table.anchor}">{escape(word)}</a>. {shown(table.title)}</h3>')
        index.append(_index(document, table))
    codes = code_anchors(document)
    lead = " ".join(part for part in (words["evidence_lead"], coders_line(document)) if part)
    if said := index_lead(document):
        index.insert(0, f"<p>{escape(said)}</p>")
    blocks = [
        _raw(f"<p>{shown(lead)}</p>"),
        _numbered(_heading(2, words["index"], "sec-appendix-index", f"{letter}.1")),
        _raw("".join(index)),
        _numbered(_heading(2, words["passages"], "sec-appendix-passages", f"{letter}.2")),
    ]
    for _, group in groupby(document.passages, key=lambda p: (p.source_id, p.source_title)):
        blocks += _source_passages(document, list(group), codes)
    return blocks


def _index(document: Document, table: Table) -> str:
    """The entries of one table: a line a row, or running text where no row has two."""
    single = table.has_single_entries
    rows: list[str] = []
    group = ""
    for number in range(len(table.rows)):
        cells = "".join(
            _index_cell(document, table, number, columns, evidence, named=not single)
            for columns, evidence in table.entries(number)
        )
        if not cells:
            continue
        if not single:
            rows.append(f"<li><b>{shown(table.row_name(number))}</b>{cells}</li>")
            continue
        if table.group_of(number) != group:
            group = table.group_of(number)
            rows.append(f"<li><b>{shown(group)}</b></li>")
        rows.append(f"<li>{shown(table.row_label(number))}: {cells}</li>")
    return f'<ul class="index{" flow" if single else ""}">{"".join(rows)}</ul>'


def _index_cell(
    document: Document,
    table: Table,
    row: int,
    columns: Sequence[int],
    evidence: Sequence[int],
    *,
    named: bool,
) -> str:
    """The entry of one cell, or of several of a row with the same passages."""
    links = [f'<a class="passage-number" href="#p-{n}">{n}</a>' for n in evidence]
    some, more = numbers_shown(document, evidence)
    numbers = ", ".join(links[: len(some)])
    if more:
        # All are there: the sheet at the foot of the page shows them.
        rest = ", ".join(links[len(some) :])
        numbers += f' <details class="rest"><summary>{shown(more)}</summary>{rest}</details>'
    back = escape(document.words["back"])
    name = shown(table.entry_name(row, columns))
    text = (f'<span class="quiet">{name}:</span> ' if named else "") + numbers
    for column in columns:
        anchor = table.cell_anchor(row, column)
        text += f' <a class="back" href="#from-{anchor}" title="{back}" aria-label="{back}">↩</a>'
    for column in reversed(columns):
        title = f"{document.words['table']} {table.number} · {_cell_name(table, row, column)}"
        kind = ' class="index-cell"' if column == columns[0] else ""
        anchor = table.cell_anchor(row, column)
        text = f'<span{kind} id="{anchor}" data-name="{escape(title)}">{text}</span>'
    return text


def _source_passages(
    document: Document, passages: Sequence[Passage], codes: set[str]
) -> list[pandoc.Node]:
    first = passages[0]
    inlines = [
        pandoc.raw_inline("html", f'<span class="quiet small">{shown(first.source_id)}</span>')
    ]
    if first.citation_key:
        inlines += [{"t": "Space"}, pandoc.cite(cited_keys(first.citation_key))]
    parts = []
    for _, same in groupby(passages, key=lambda p: (p.start, p.end)):
        span = list(same)
        whole = span[0].start is None
        place = document.words["whole_source"] if whole else span[0].place
        codings = "".join(_coding_html(document, passage, codes) for passage in span)
        codings += "".join(
            f'<p class="coding"><span class="no"></span><span>{shown(line)}</span></p>'
            for line in statement_lines(document, span)
        )
        label = f'<span class="place">{shown(place)}</span>' if place else ""
        parts.append(
            f'<article class="passage">{codings}'
            f"<blockquote>{label}{_quote(document, span[0])}</blockquote></article>"
        )
    return [
        _raw(f'<section class="source"><h3>{shown(passages_heading(document, first))}</h3>'),
        {"t": "Para", "c": inlines},
        _raw(f"{''.join(parts)}</section>"),
    ]


def _quote(document: Document, passage: Passage) -> str:
    lines = passage_lines(document, passage)
    texts = [shown(line.text) for line in lines]
    before, after = sentence_around(document, passage)
    if texts and (before or after):
        texts = [f'<b class="quoted">{text}</b>' for text in texts]
        texts[0] = shown(before) + texts[0]
        texts[-1] += shown(after)
    if len(lines) == 1 and not lines[0].is_heading:
        return texts[0]
    kinds = {True: "line source-heading", False: "line"}
    return "".join(
        f'<span class="{kinds[line.is_heading]}">{text}</span>'
        for line, text in zip(lines, texts, strict=True)
    )


def _coding_html(document: Document, passage: Passage, codes: set[str]) -> str:
    schemes = []
    for each in codings_of(document, passage):
        links = []
        for name in each.names:
            text = shown(name.label)
            link = f'<a href="#{name.anchor}">{text}</a>' if name.anchor in codes else text
            links.append(link + shown(name.given))
        scheme = f"{shown(each.scheme)}: " if each.scheme else ""
        schemes.append(scheme + each.between.join(links))
    word = escape(document.words["table"])
    tables = ", ".join(
        f'<a href="#{table.anchor}">{table.number}</a>'
        for table in document.tables_using(passage.number)
    )
    return (
        f'<p class="coding" id="{passage.anchor}"><span class="no">{passage.number}</span>'
        f"<span>{'; '.join(schemes)}{shown(coding_details(document, passage))} · "
        f"{word}\u00a0{tables}</span></p>"
    )
