"""From a document to a PDF that is tagged, archival and the same bytes every time.

A `Document` and a path come in, the file goes out. Texts reach typst as quoted strings only.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import groupby, zip_longest
from pathlib import Path
from typing import Any, Literal, TypeVar, cast

import typst

from tertium.errors import InputError, TertiumError
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
    passages_heading,
    sentence_around,
    slug,
    source_entry,
    statement_lines,
)
from tertium.report.typesetting.document import FEW_PASSAGES, Block, Document, Figure, Prose, Table
from tertium.report.typesetting.packed import packed
from tertium.report.typesetting.passages import Passage
from tertium.report.typesetting.placing import (
    Flow,
    lines_of_figure,
    lines_of_prose,
    lines_of_table,
    on_turned_pages,
    units,
)
from tertium.report.typesetting.quotes import LONG_TEXT
from tertium.report.typesetting.widths import column_widths, has_tall_row, is_short
from tertium.sources.files.read import write_whole
from tertium.sources.manifest import cited_keys

TEMPLATE = pandoc.TEMPLATE / "template.typ"
FAMILIES = ("Libertinus Serif", "Noto Sans SC", "New Computer Modern", "DejaVu Sans Mono")
PAPERS = {"a4": "a4", "letter": "us-letter", "us-letter": "us-letter"}
Paper = Literal["a4", "letter"]
_Flagged = TypeVar("_Flagged", Table, Figure)
# A paragraph up to this length stays with the table or figure that follows it.
SHORT_PARAGRAPH = 700
# A figure of more points goes to the top or foot of a page, and the text goes on beside it.
TALL_FIGURE = 450
DEFAULT_DATE = 1767225600  # 2026-01-01: where SOURCE_DATE_EPOCH says nothing, any fixed day will do


def write_pdf(
    document: Document,
    path: Path,
    *,
    paper: Paper = "a4",
    fonts: Sequence[Path] = (),
    standard: Sequence[str] = ("ua-1", "a-2a"),
) -> None:
    """Write a document as PDF; the file is there whole or not at all.

    Parameters
    ----------
    document : Document
        From `build_document`.
    path : Path
        The file to write.
    paper : {"a4", "letter"}, optional
        Paper size.
    fonts : sequence of Path, optional
        Font files or folders for characters that the pinned fonts lack.
    standard : sequence of str, optional
        PDF standards that typst enforces.

    Raises
    ------
    InputError
        Where no font has a character; each is named with its place.
    """
    if faults := glyphs.missing_characters(document.texts(), fonts):
        raise InputError(faults)
    extra = glyphs.fonts_needed((text for _, text in document.texts()), fonts)
    with tempfile.TemporaryDirectory(prefix="tertium-") as name:
        folder = Path(name)
        shutil.copy(TEMPLATE, folder / "template.typ")
        for figure in document.figures:
            (folder / f"figure-{figure.number}.svg").write_text(figure.svg, encoding="utf-8")
        found, families = _fonts(extra, folder / "fonts")
        source = typst_source(document, paper=paper, families=families)
        (folder / "report.typ").write_text(source, encoding="utf-8")
        try:
            pdf = typst.compile(
                str(folder / "report.typ"),
                root=str(folder),
                font_paths=found,
                format="pdf",
                pdf_standards=cast("Any", list(standard)),
                timestamp=_timestamp(),
            )
        except typst.TypstError as error:
            raise TertiumError(f"the typesetter refused the report: {error}") from error
    write_whole(path, packed(pdf))


def _timestamp() -> int:
    return int(os.environ.get("SOURCE_DATE_EPOCH") or DEFAULT_DATE)


def _fonts(extra: Sequence[Path], folder: Path) -> tuple[typst.Fonts, tuple[str, ...]]:
    """The pinned fonts and the extra ones, and their names in the order in which they are tried."""
    # typst takes folders, and would take every font in them: these get a folder of their own.
    for number, path in enumerate([glyphs.CJK, *extra]):
        (folder / str(number)).mkdir(parents=True)
        shutil.copy(path, folder / str(number) / path.name)
    found = typst.Fonts(include_system_fonts=False, font_paths=[str(folder)])
    families = list(FAMILIES)
    for number in range(1, len(extra) + 1):
        own = typst.Fonts(
            include_system_fonts=False,
            include_embedded_fonts=False,
            font_paths=[str(folder / str(number))],
        )
        # Of a collection with one family a region, the one that the bundled subset comes from.
        names = sorted(own.families(), key=lambda name: (not name.endswith(" SC"), name))
        families += [name for name in names if name not in families]
    return found, tuple(families)


def quoted(text: object) -> str:
    r"""A text as a typst string: the one way by which any text of a study reaches typst.

    Examples
    --------
    >>> print(quoted('#eval("x") \\ $y$'))
    "#eval(\"x\") \\ $y$"
    """
    escaped = glyphs.printable(str(text).replace("\r\n", "\n").replace("\r", "\n"))
    for character, code in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\t", "\\t")):
        escaped = escaped.replace(character, code)
    return f'"{_breakable(escaped)}"'


_LONG = re.compile(r"[!-\[\]-~\u00a1-\u024f\u0400-\u04ff]{25,}")
_BREAKS = re.compile(r"(?<=[/._?&=;,@%+-])(?=\w)|(?<=[^\W_]{20})(?=[^\W_]{4})")
# A formula such as STRIKE*~NGO may break behind a star.
_JOINS = re.compile(r"(?<=[A-Z\d\])]\*)(?=[~(A-Z])")


def _breakable(text: str) -> str:
    """Let addresses, formulas and other overlong words break: a space of no width there."""
    text = _JOINS.sub("\u200b", text)
    return _LONG.sub(lambda match: _BREAKS.sub("\u200b", match.group()), text)


def typst_source(
    document: Document, *, paper: str = "a4", families: Sequence[str] = FAMILIES
) -> str:
    """The whole document as typst."""
    body = pandoc.write(
        [*_chapters(document), *_references(document), *_appendices(document)],
        "typst",
        references=document.references,
        style=document.style,
        cited=document.cited,
        language=document.language,
    )
    words = ", ".join(f"{key}: {quoted(value)}" for key, value in document.words.items())
    day = datetime.fromtimestamp(_timestamp(), UTC)
    settings = {
        "title": quoted(document.title),
        "question": quoted(document.question),
        "publisher": quoted(document.publisher),
        "imprint": _array(quoted(line) for line in document.imprint),
        "authors": _array(quoted(name) for name in document.authors),
        "notes": _array(quoted(note) for note in document.first_page_notes),
        "lang": quoted(document.language.split("-")[0]),
        "paper": quoted(PAPERS[paper]),
        "fonts": _array(quoted(family) for family in families),
        "mono": _array(quoted(family) for family in ("DejaVu Sans Mono", *families)),
        "words": f"({words})",
        "lists": _boolean(bool(document.tables or document.figures)),
        "date": f"datetime(year: {day.year}, month: {day.month}, day: {day.day})",
    }
    given = ",\n".join(f"  {key}: {value}" for key, value in settings.items())
    return f'#import "template.typ": *\n#show: report.with(\n{given},\n)\n\n{body}'


def _boolean(value: bool) -> str:
    return "true" if value else "false"


def _array(items: Iterable[str]) -> str:
    return "(" + "".join(f"{item}, " for item in items) + ")"


def _raw(text: str) -> pandoc.Node:
    return pandoc.raw("typst", text)


def _inline(text: str) -> pandoc.Node:
    return pandoc.raw_inline("typst", text)


def _heading(level: int, text: str, anchor: str = "", *, numbered: bool = True) -> str:
    label = f" <{anchor}>" if anchor else ""
    numbering = "" if numbered else ", numbering: none"
    return f"#heading(level: {level}{numbering}, {quoted(text)}){label}"


def _link(anchor: str, text: str) -> str:
    return f"link(<{anchor}>, {quoted(text)})"


# ---------------------------------------------------------------------------------------------
# Chapters


def _chapters(document: Document) -> list[pandoc.Node]:
    """The chapters' blocks; landscape tables wait until the page before them is filled.

    Tables stand in the order of their numbers: one that is not turned calls those that wait.
    """
    blocks: list[pandoc.Node] = []
    for chapter in document.chapters:
        flow = Flow()
        said: dict[tuple[str, ...], str] = {}
        for block, after in zip(chapter.blocks, [*chapter.blocks[1:], None], strict=True):
            if isinstance(block, Prose):
                nodes = pandoc.transform(list(block.blocks), _printable, leave="Cite")
                for unit in units(nodes):
                    is_last = unit[-1] is nodes[-1] and _stands_on_the_page(after)
                    shown = [*unit[:-1], *_kept_with_next(unit[-1])] if is_last else unit
                    flow.upright(shown, lines_of_prose(unit))
            elif isinstance(block, Table):
                table = _flagged_once(document, block, said)
                if block.landscape:
                    flow.turned(table_source(document, table))
                else:
                    flow.turn()
                    lines = lines_of_table(table, column_widths(table)[0])
                    flow.upright([_raw(table_source(document, table))], lines)
            elif isinstance(block, Figure):
                source = _figure_source(_flagged_once(document, block, said))
                flow.upright([_raw(source)], lines_of_figure(block))
            else:
                printed = f"#printed({quoted(block.text)})"
                flow.upright([_raw(printed)], float(block.text.count("\n") + 2))
        flow.turn()
        blocks += flow.blocks
    return blocks


def _flagged_once(
    document: Document, block: _Flagged, said: dict[tuple[str, ...], str]
) -> _Flagged:
    """A table or figure whose flags stand in full in its chapter already only says where."""
    if not block.flags:
        return block
    if block.flags in said:
        flag = document.words["same_agreement"].format(place=said[block.flags])
        return replace(block, flags=(flag,))
    word = document.words["table" if isinstance(block, Table) else "figure"]
    said[block.flags] = f"{word}\u00a0{block.number}"
    return block


def _stands_on_the_page(block: Block | None) -> bool:
    return isinstance(block, Figure) or (isinstance(block, Table) and not block.landscape)


def _kept_with_next(node: pandoc.Node) -> list[pandoc.Node]:
    """A short paragraph that leads to a table or figure is not left behind on another page."""
    if node["t"] != "Para" or len(pandoc.text_of(node)) > SHORT_PARAGRAPH:
        return [node]
    return [_raw("#lead-in["), node, _raw("]")]


def _printable(node: pandoc.Node) -> None:
    if node["t"] == "Str":
        node["c"] = glyphs.printable(node["c"])


def _figure_source(figure: Figure) -> str:
    parts = [str(figure.number), figure.title, figure.alt, figure.note]
    parts.append(f"figure-{figure.number}.svg")
    height = re.search(r'<svg [^>]*?height="([\d.]+)pt"', figure.svg)
    is_tall = height is not None and float(height[1]) > TALL_FIGURE
    given = ", ".join(quoted(part) for part in parts)
    flags = f", flags: {_array(map(quoted, figure.flags))}" if figure.flags else ""
    return f"#picture({given}, {_boolean(is_tall)}, <{figure.anchor}>{flags})"


def table_source(document: Document, table: Table) -> str:
    """A table as a call of the template's `data-table`."""
    widths, size = column_widths(table)
    count = len(table.columns)
    cells: list[str] = []
    groups = list(table.groups)
    for number, row in enumerate(table.rows):
        cells += [f"group({count}, {quoted(label)})" for first, label in groups if first == number]
        for column, cell in enumerate(row):
            if cell.evidence:
                cells.append(_cell(document, table, number, column))
            else:
                cells.append(quoted(cell.text))
    cells += [
        f"group({count}, {quoted(label)})" for first, label in groups if first == len(table.rows)
    ]
    if not cells:
        cells.append("table.cell(colspan: " + str(count) + ", context said.get().no_rows)")
    return (
        f"#data-table({quoted(table.number)}, {quoted(table.title)}, {quoted(table.note)},\n"
        f"  {_array(widths)}, {_array(column.align for column in table.columns)}, {size:.2f}pt,\n"
        f"  {_boolean(has_tall_row(table, widths))}, {_boolean(is_short(table, widths))},\n"
        f"  {_boolean('auto' not in widths)},\n"
        f"  {_array(_spanners(table))},\n"
        f"  {_array(quoted(column.label) for column in table.columns)},\n"
        f"  {_array(cells)},\n  <{table.anchor}>,\n"
        + (f"  flags: {_array(map(quoted, table.flags))},\n)" if table.flags else ")")
    )


def _cell(document: Document, table: Table, row: int, column: int) -> str:
    """A cell as a link; where it is long, with the numbers of its passages, or how many."""
    cell = table.rows[row][column]
    text = cell.text if cell.text.strip() else f"({len(cell.evidence)})"
    entry = f"p-{cell.evidence[0]}" if table.is_list else table.cell_anchor(row, column)
    if len(text) <= LONG_TEXT and not table.is_list:
        return f"link(<{entry}>, {quoted(text)})"
    lines = [
        f"({quoted(line)}, {_number(number)})"
        for line, number in zip_longest(text.split("\n"), cell.lines)
    ]
    after: list[str] = []
    if len(cell.lines) < len(cell.evidence):
        if len(cell.evidence) <= FEW_PASSAGES and not cell.lines:
            after = [_number(number) for number in cell.evidence]
        else:
            count = document.words["all"].format(count=len(cell.evidence))
            after = [_link(entry, f"({count})")]
    return f"cell(<{entry}>, {_array(lines)}, {_array(after)})"


def _number(number: int | None) -> str:
    return '""' if number is None else _link(f"p-{number}", f"[{number}]")


def _spanners(table: Table) -> list[str]:
    """The row of headings over several columns, with a rule under each."""
    if not table.spanners:
        return []
    cells, rules, column = [], [], 0
    for spanner in table.spanners:
        if spanner.first < column:
            continue
        cells += ['""'] * (spanner.first - column)
        span = spanner.last - spanner.first + 1
        cells.append(f"table.cell(colspan: {span}, align: center, strong({quoted(spanner.label)}))")
        rules.append(f"table.hline(start: {spanner.first}, end: {spanner.last + 1}, stroke: 0.4pt)")
        column = spanner.last + 1
    cells += ['""'] * (len(table.columns) - column)
    return [*cells, *rules]


# ---------------------------------------------------------------------------------------------
# References and appendices


def _references(document: Document) -> list[pandoc.Node]:
    if not document.has_references:
        return []
    word = document.words["references"]
    heading = _raw(_heading(1, word, "sec-appendix-references", numbered=False))
    return [heading, {"t": "Div", "c": [["refs", [], []], []]}]


def _appendices(document: Document) -> list[pandoc.Node]:
    made = {
        "sec-appendix-sources": _sources,
        "sec-appendix-parameters": _parameters,
        "sec-appendix-codebook": _codebook,
        "sec-appendix-agreement": _agreement,
        "sec-appendix-evidence": _evidence,
    }
    blocks = [_raw("#show: appendices")]
    for anchor in document.appendices:
        word = document.words[anchor.removeprefix("sec-appendix-")]
        blocks += [_raw(_heading(1, word, anchor)), *made[anchor](document)]
    return blocks


def _sources(document: Document) -> list[pandoc.Node]:
    blocks: list[pandoc.Node] = []
    for row in listed_sources(document):
        entry = source_entry(row)
        inlines = [_inline(f"#quiet-text({quoted(entry.details)})")]
        if row.get("citation_key"):
            inlines += [{"t": "Space"}, pandoc.cite(cited_keys(str(row["citation_key"])))]
        if entry.url:
            inlines.append(_inline(f" #link({plain_quoted(entry.url)}, {quoted(entry.url)})"))
        blocks += [
            _raw(f"#block(sticky: true, strong({quoted(entry.title)}))"),
            _raw("#source-line["),
            {"t": "Para", "c": inlines},
            _raw("]"),
        ]
        if entry.reading:
            blocks.append(_raw(f"#source-line({quoted(entry.reading)})"))
    return blocks


def plain_quoted(address: str) -> str:
    """A web address as a typst string, without the break opportunities of shown text."""
    return quoted(address).replace("\u200b", "")


def _parameters(document: Document) -> list[pandoc.Node]:
    blocks = [_raw(f"#{quoted(document.words['parameters_lead'])}")]
    for chapter in document.chapters:
        if not chapter.parameters:
            continue
        blocks.append(
            _raw(
                f"#heading(level: 2, outlined: false, numbering: none, {quoted(chapter.notebook)})"
            )
        )
        cells: list[str] = []
        for parameter in chapter.parameters:
            name = f"{parameter.name} *" if parameter.changed else parameter.name
            cells += [f"raw({quoted(name)})", f"raw({quoted(parameter.value)})"]
            cells.append(quoted(parameter.meaning))
        blocks.append(
            _raw(
                "#{\n  set text(size: 9pt)\n  set par(justify: false)\n"
                "  grid(columns: (1.1fr, 1.4fr, 2fr), gutter: 0.8em,\n"
                f"  ..{_array(cells)})\n}}"
            )
        )
    return blocks


def _codebook(document: Document) -> list[pandoc.Node]:
    words = document.words
    lines = [f"#{quoted(words['codebook_lead'])}"]
    for scheme in document.codebook:
        name, title = str(scheme.get("name", "")), str(scheme.get("title") or "")
        version = f", {words['version']} {scheme['version']}" if scheme.get("version") else ""
        lines.append(_heading(2, f"{title or name} ({name}{version})", f"scheme-{slug(name)}"))
        lines += [f"#{quoted(scheme[key])}" for key in ("definition", "note") if scheme.get(key)]
        if scheme.get("rule"):
            lines.append(f"#entry({quoted(words['rule'])}, {quoted(scheme['rule'])})")
        for code in scheme.get("codes", ()):
            label = str(code.get("label") or code["id"])
            anchor = code_anchor(name, str(code["id"]))
            lines.append(f"#code-heading({quoted(label)}, {quoted(code['id'])}) <{anchor}>")
            if code.get("definition"):
                lines.append(f"#text(size: 9pt, {quoted(code['definition'])})")
            for key in ("when_to_use", "when_not_to_use", "rule"):
                if code.get(key):
                    lines.append(f"#entry({quoted(words[key])}, {quoted(lines_of(code[key]))})")
            for key in ("coded_examples", "other_examples"):
                if code.get(key):
                    text = quoted(lines_of(code[key]))
                    lines.append(f"#entry({quoted(words[key])}, {text}, size: 7.8pt)")
            if code.get("indicators"):
                signs = lines_of(code["indicators"]).split("\n")
                shown = _array(quoted(sign) for sign in signs)
                lines.append(f"#indicators({quoted(words['indicators'])}, {shown})")
    if lists := named_lists(document):
        lines.append(_heading(2, words["named_lists"]))
        pairs = _array(f"({quoted(name)}, {quoted(text)})" for name, text in lists)
        lines.append(f"#named-lists({pairs})")
    return [_raw("\n\n".join(lines))]


def _agreement(document: Document) -> list[pandoc.Node]:
    tables = [
        on_turned_pages([source]) if table.landscape else source
        for table in document.agreement
        for source in [table_source(document, table)]
    ]
    return [_raw("\n\n".join([f"#{quoted(document.words['agreement_lead'])}", *tables]))]


def _evidence(document: Document) -> list[pandoc.Node]:
    words = document.words
    lead = [words["evidence_lead"], coders_line(document)]
    index = [f"#{quoted(' '.join(part for part in lead if part))}", _heading(2, words["index"])]
    if said := index_lead(document):
        index.append(f"#{quoted(said)}")
    for table in document.tables:
        if not table.has_evidence or table.is_list:
            continue
        name = f"{words['table']} {table.number}"
        index.append(
            f"#heading(level: 3, outlined: false, numbering: none, "
            f"{_link(table.anchor, name)} + {quoted('. ' + table.title)})"
        )
        index.append(_index(document, table))
    blocks = [_raw("\n\n".join([*index, _heading(2, words["passages"])]))]
    codes = code_anchors(document)
    for _, group in groupby(document.passages, key=lambda p: (p.source_id, p.source_title)):
        blocks += _source_passages(document, list(group), codes)
    return blocks


def _index(document: Document, table: Table) -> str:
    """The entries of one table: a line a row, or running text where no row has two."""
    rows: list[str] = []
    group = ""
    for number in range(len(table.rows)):
        cells = []
        for columns, evidence in table.entries(number):
            single = table.has_single_entries
            name = "" if single else f"{table.entry_name(number, columns)}:"
            some, more = numbers_shown(document, evidence)
            links = [_link(f"p-{n}", str(n)) for n in some]
            anchor, *others = (table.cell_anchor(number, column) for column in columns)
            marks = "".join(f"#metadata(none) <{other}> " for other in others)
            given = f"{quoted(name)}, {_array(links)}{f', {quoted(more)}' if more else ''}"
            cells.append(f"[{marks}#index-cell({given}) <{anchor}>]")
        if not cells:
            continue
        if not table.has_single_entries:
            rows.append(f"#index-row({quoted(table.row_name(number))}, {_array(cells)})")
            continue
        if table.group_of(number) != group:
            group = table.group_of(number)
            rows.append(f"strong({quoted(group)})")
        rows.append(f"{quoted(table.row_label(number) + ':')} + [~] + {cells[0]}")
    if table.has_single_entries:
        return f"#index-flow({_array(rows)})"
    return "\n\n".join(rows)


def _source_passages(
    document: Document, passages: Sequence[Passage], codes: set[str]
) -> list[pandoc.Node]:
    first = passages[0]
    blocks = [
        _raw(
            "#heading(level: 3, outlined: false, numbering: none, "
            f"{quoted(passages_heading(document, first))})"
        )
    ]
    inlines = [_inline(f"#quiet-text({quoted(first.source_id)})")]
    if first.citation_key:
        inlines += [{"t": "Space"}, pandoc.cite(cited_keys(first.citation_key))]
    blocks += [_raw("#source-head["), {"t": "Para", "c": inlines}, _raw("]")]
    lines = []
    for _, same in groupby(passages, key=lambda p: (p.start, p.end)):
        span = list(same)
        whole = span[0].start is None
        place = document.words["whole_source"] if whole else span[0].place
        codings = [
            f"([{p.number} <{p.anchor}>], {_coding_source(document, p, codes)})" for p in span
        ]
        codings += [f'("", {quoted(line)})' for line in statement_lines(document, span)]
        lines.append(
            f"#passage({quoted(place)}, {_array(codings)}, {_quote_lines(document, span[0])})"
        )
    return [*blocks, _raw("\n\n".join(lines))]


def _quote_lines(document: Document, passage: Passage) -> str:
    """The lines of a passage; where it is part of a sentence, marked within the whole of it."""
    lines = passage_lines(document, passage)
    texts = [quoted(line.text) for line in lines]
    before, after = sentence_around(document, passage)
    if texts and (before or after):
        texts = [f"quoted-part({text})" for text in texts]
        texts[0] = f"{quoted(before)} + {texts[0]}" if before else texts[0]
        texts[-1] += f" + {quoted(after)}" if after else ""
    return _array(
        f"({_boolean(line.is_heading)}, {text})" for line, text in zip(lines, texts, strict=True)
    )


def _coding_source(document: Document, passage: Passage, codes: set[str]) -> str:
    parts: list[str] = []
    for each in codings_of(document, passage):
        lead = f"{'; ' if parts else ''}{f'{each.scheme}: ' if each.scheme else ''}"
        parts.append(quoted(lead))
        for number, name in enumerate(each.names):
            if number:
                parts.append(quoted(each.between))
            is_there = name.anchor in codes
            parts.append(_link(name.anchor, name.label) if is_there else quoted(name.label))
            if name.given:
                parts.append(quoted(name.given))
    parts.append(quoted(f"{coding_details(document, passage)} · {document.words['table']}\u00a0"))
    links = [_link(t.anchor, str(t.number)) for t in document.tables_using(passage.number)]
    return " + ".join([*parts, ' + ", " + '.join(links)])
