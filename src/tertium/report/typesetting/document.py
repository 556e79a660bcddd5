"""From executed notebooks to one document, ready to be set as PDF or HTML.

Notebooks, the codebook, citations and a source list come in. A `Document` goes out: chapters of
prose, tables and figures, everything numbered, every reference resolved, and the passages that the
tables rest on numbered once for the whole report. Texts in it are data, never markup.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Literal

from tertium.errors import Fault, InputError
from tertium.report.typesetting import pandoc
from tertium.report.typesetting.labels import appendix_letters, number_parts, parse_prose, resolve
from tertium.report.typesetting.outputs import (
    Executed,
    Item,
    Parameter,
    notebook_name,
    read_notebook,
    tell_apart,
)
from tertium.report.typesetting.passages import Passage, number_passages
from tertium.report.typesetting.quotes import LONG_TEXT, line_numbers, shown_text
from tertium.report.typesetting.sentences import Sentences
from tertium.report.typesetting.statements import statements_by_passage
from tertium.report.typesetting.words import words
from tertium.sources.manifest import cited_keys

Align = Literal["left", "right", "center"]
# So many passages of a cell are named one by one; of more it is said how many there are.
FEW_PASSAGES = 4
# Of a cell with more passages than these the index names only the first ones.
MANY_PASSAGES = 30
FIRST_PASSAGES = 10


@dataclass(frozen=True)
class Column:
    """A column of a table: its name, heading and alignment."""

    name: str
    label: str
    align: Align


@dataclass(frozen=True)
class Spanner:
    """A heading over several columns, first and last included."""

    label: str
    first: int
    last: int


@dataclass(frozen=True)
class Cell:
    """What a cell shows and the numbers of the passages it rests on.

    `lines` are the numbers of the passages that its lines quote, one a line, where they do.
    """

    text: str
    evidence: tuple[int, ...] = ()
    lines: tuple[int, ...] = ()


@dataclass(frozen=True)
class Table:
    """A numbered table of strings."""

    anchor: str
    number: int
    title: str
    note: str
    landscape: bool
    columns: tuple[Column, ...]
    spanners: tuple[Spanner, ...]
    groups: tuple[tuple[int, str], ...]
    rows: tuple[tuple[Cell, ...], ...]
    where: str
    flags: tuple[str, ...] = ()

    def cell_anchor(self, row: int, column: int) -> str:
        """Name of the cell's entry in the evidence appendix."""
        return f"c-{self.number}-{row + 1}-{column + 1}"

    def cell_name(self, row: int, column: int) -> str:
        """The words by which the evidence appendix names a cell: its column's heading."""
        label = self.columns[column].label
        if label and [each.label for each in self.columns].count(label) == 1:
            return label
        above = [s.label for s in self.spanners if s.first <= column <= s.last and s.label]
        return " · ".join(part for part in (*above, label) if part) or str(column + 1)

    def entries(self, row: int) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
        """The entries of a row in the index: its columns with the same passages, and these."""
        found: dict[tuple[int, ...], list[int]] = {}
        for column, cell in enumerate(self.rows[row]):
            if cell.evidence:
                found.setdefault(cell.evidence, []).append(column)
        return [(tuple(columns), evidence) for evidence, columns in found.items()]

    def entry_name(self, row: int, columns: Iterable[int]) -> str:
        """The words by which the evidence appendix names an entry: the headings of its columns."""
        return ", ".join(self.cell_name(row, column) for column in columns)

    def row_name(self, row: int) -> str:
        """The words by which the evidence appendix names a row: its group and first text."""
        group = self.group_of(row)
        return f"{group} · {self.row_label(row)}" if group else self.row_label(row)

    def row_label(self, row: int) -> str:
        """The first text of a row, or its number where it has none."""
        texts = [cell.text for cell in self.rows[row] if cell.text.strip()]
        return " ".join((texts[0] if texts else str(row + 1)).split())

    def group_of(self, row: int) -> str:
        """The heading of the group in which a row stands; empty if there is none."""
        above = [label for first, label in self.groups if first <= row]
        return above[-1] if above else ""

    @property
    def has_single_entries(self) -> bool:
        """Whether no row has two cells with evidence, so that a row's name is enough.

        Not where the passages are those on which coders differ: that must be said of each.
        """
        named = [column.name for column in self.columns]
        if "disagreed" in named:
            return False
        return all(sum(bool(cell.evidence) for cell in row) <= 1 for row in self.rows)

    @property
    def is_list(self) -> bool:
        """Whether each row rests on a few passages that its last text names: no grid."""
        cells = [cell for row in self.rows for cell in row if cell.evidence]
        return (
            self.has_single_entries
            and self.columns[-1].align == "left"
            and len(cells) == sum(bool(row[-1].evidence) for row in self.rows)
            and all(len(cell.evidence) <= FEW_PASSAGES for cell in cells)
        )

    @property
    def has_evidence(self) -> bool:
        """Whether any cell rests on passages."""
        return any(cell.evidence for row in self.rows for cell in row)


@dataclass(frozen=True)
class Figure:
    """A numbered figure, as SVG."""

    anchor: str
    number: int
    title: str
    alt: str
    note: str
    svg: str
    where: str
    flags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Prose:
    """Text by the notebook's author, as pandoc's blocks with every reference resolved."""

    blocks: tuple[pandoc.Node, ...]
    text: str
    where: str


@dataclass(frozen=True)
class Output:
    """Printed text that the notebook's author wants in the report."""

    text: str
    where: str


Block = Prose | Table | Figure | Output


@dataclass(frozen=True)
class Chapter:
    """What one notebook gives to the report."""

    notebook: str
    blocks: tuple[Block, ...]
    parameters: tuple[Parameter, ...]


@dataclass(frozen=True)
class Document:
    """A report before it is typeset. Build it with `build_document`."""

    title: str
    question: str
    publisher: str
    language: str
    first_page_notes: tuple[str, ...]
    chapters: tuple[Chapter, ...]
    passages: tuple[Passage, ...]
    codebook: tuple[Mapping[str, Any], ...]
    references: str
    style: str
    cited: tuple[str, ...]
    sources: tuple[Mapping[str, Any], ...]
    words: Mapping[str, str] = field(repr=False, default_factory=dict)
    imprint: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    labels: Mapping[str, Mapping[str, str]] = field(repr=False, default_factory=dict)
    agreement: tuple[Table, ...] = ()
    statements: Mapping[int, tuple[str, ...]] = field(repr=False, default_factory=dict)

    @cached_property
    def markdown(self) -> frozenset[str]:
        """Ids of the sources whose passages are written in Markdown."""
        return frozenset(_in_markdown(self.sources))

    @cached_property
    def coders(self) -> dict[str, tuple[str, ...]]:
        """Who coded by each scheme, of the passages shown."""
        found: dict[str, set[str]] = {}
        for passage in self.passages:
            for scheme, coder in passage.coded_by:
                found.setdefault(scheme, set()).add(coder)
        return {scheme: tuple(sorted(coders)) for scheme, coders in sorted(found.items())}

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables in the order of their numbers."""
        return tuple(b for chapter in self.chapters for b in chapter.blocks if isinstance(b, Table))

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The figures in the order of their numbers."""
        found = (b for chapter in self.chapters for b in chapter.blocks)
        return tuple(b for b in found if isinstance(b, Figure))

    @property
    def appendices(self) -> dict[str, str]:
        """Anchor of each appendix that has content, and its letter."""
        return appendix_letters(
            bool(self.sources),
            any(chapter.parameters for chapter in self.chapters),
            bool(self.codebook),
            bool(self.agreement),
            bool(self.passages),
        )

    @property
    def has_references(self) -> bool:
        """Whether the bibliography has an entry to show."""
        if not self.references.strip():
            return False
        prose = [b.blocks for c in self.chapters for b in c.blocks if isinstance(b, Prose)]
        return bool(self.cited) or any(
            element["t"] == "Cite" for element in pandoc.elements([list(b) for b in prose])
        )

    def tables_using(self, number: int) -> list[Table]:
        """The tables that have a cell resting on a passage."""
        return self._tables_by_passage.get(number, [])

    @cached_property
    def _tables_by_passage(self) -> dict[int, list[Table]]:
        found: dict[int, list[Table]] = {}
        for table in self.tables:
            for number in {n for row in table.rows for cell in row for n in cell.evidence}:
                found.setdefault(number, []).append(table)
        return found

    def texts(self) -> Iterator[tuple[str, str]]:
        """Every text that will be set, with the place that a message about it should name."""
        yield (
            "report, title page",
            "\n".join(
                [
                    *(self.title, self.question, self.publisher),
                    *(*self.first_page_notes, *self.imprint, *self.authors),
                ]
            ),
        )
        for passage in self.passages:
            place = f"source {passage.source_id}"
            if passage.place:
                place += f", {passage.place}"
            parts = [passage.quote, passage.source_title, passage.place, *passage.coders]
            parts += [passage.before, passage.after, *self.statements.get(passage.number, ())]
            parts += [coder for _, _, coder in passage.not_given]
            codings = [text for coding in passage.codings for text in coding]
            yield place, "\n".join([*parts, *codings, *passage.stances])
        for chapter in self.chapters:
            for block in chapter.blocks:
                yield block.where, block_text(block)
        for table in self.agreement:
            yield table.where, block_text(table)
        for chapter in self.chapters:
            for parameter in chapter.parameters:
                yield (
                    f"{chapter.notebook}, parameters",
                    f"{parameter.name} {parameter.value} {parameter.meaning}",
                )
        yield "labels of codes", "\n".join(strings_in(self.labels))
        for scheme in self.codebook:
            yield f"scheme {scheme.get('name', '')}", "\n".join(strings_in(scheme))
        for row in self.sources:
            yield f"source {row.get('id', '')}", "\n".join(strings_in(row))
        yield "references.bib", self.references


def block_text(block: Block) -> str:
    """Everything that a block shows, for the check of its characters."""
    if isinstance(block, Table):
        cells = [cell.text for row in block.rows for cell in row]
        heads = [column.label for column in block.columns]
        heads += [spanner.label for spanner in block.spanners] + [
            label for _, label in block.groups
        ]
        return "\n".join([block.title, block.note, *block.flags, *heads, *cells])
    if isinstance(block, Figure):
        return "\n".join([block.title, block.note, *block.flags])
    return block.text


def strings_in(value: Any) -> Iterator[str]:
    """Every string in nested mappings and lists."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from strings_in(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from strings_in(item)


def build_document(
    notebooks: Sequence[Mapping[str, Any]],
    *,
    title: str,
    question: str,
    publisher: str = "",
    language: str = "en",
    first_page_notes: Sequence[str] = (),
    codebook: Sequence[Mapping[str, Any]] = (),
    references: str = "",
    style: str = "",
    sources: Sequence[Mapping[str, Any]] = (),
    names: Sequence[str] = (),
    imprint: Sequence[str] = (),
    authors: Sequence[str] = (),
    labels: Mapping[str, Mapping[str, str]] | None = None,
    codings: Sequence[Mapping[str, Any]] = (),
    readings: Sequence[Mapping[str, Any]] = (),
    agreement: Sequence[Mapping[str, Any]] = (),
    sentences: Sentences | None = None,
) -> Document:
    """One document from executed notebooks, in their order.

    Parameters
    ----------
    notebooks : sequence of NotebookNode
        Executed notebooks; tables and figures are read from their typed outputs.
    title, question, publisher : str
        What the title page says.
    language : str, optional
        Language tag of the report's own prose.
    first_page_notes : sequence of str, optional
        What a reader must know first; shown in a box on the title page.
    codebook : sequence of mapping, optional
        Schemes: name, version, title, definition, note, rule, lists with name and words, and codes
        with id, label, definition, when_to_use, when_not_to_use, rule, coded_examples,
        other_examples, indicators.
    references : str, optional
        The BibTeX file's text.
    style : str, optional
        A CSL style's text; Chicago author-date if empty.
    sources : sequence of mapping, optional
        Rows of the source list: id, title, author, publisher, voice, date, reading, url,
        citation_key and whatever else should be shown; markup "markdown" says that its passages
        are shown without their marks.
    names : sequence of str, optional
        The notebooks' file names, for messages and the appendix; else from their metadata.
    imprint, authors : sequence of str, optional
        Lines at the foot of the title page, and who the file says has written it.
    labels : mapping, optional
        What a reader sees instead of a code's id, by scheme; the codebook's own labels else.
    codings : sequence of mapping, optional
        source_id, start, end, scheme, code, coder, stance, of all coders: tell who gave each code
        of a passage and with what stance, which tables give together. With statement_id and role
        they tell which of them make a statement.
    readings : sequence of mapping, optional
        source_id, start, end, scheme, code, coder: tell who read a passage and did not give a code.
    agreement : sequence of mapping, optional
        Tables for the appendix on agreement, each the content of a `TableDisplay`; the passages
        behind their cells are not listed.
    sentences : Sentences, optional
        The texts and their sentences: a passage that is part of one is shown within it.

    Raises
    ------
    InputError
        With every fault: a failed cell, an unknown label or citation key, an empty alt text, …

    Examples
    --------
    >>> from nbformat.v4 import new_markdown_cell, new_notebook
    >>> notebook = new_notebook(cells=[new_markdown_cell("# Strikes")])
    >>> document = build_document([notebook], title="A report", question="How many?")
    >>> document.chapters[0].notebook
    'notebook 1'
    """
    faults: list[Fault] = []
    raws = [
        read_notebook(notebook, notebook_name(notebook, number, names), faults)
        for number, notebook in enumerate(notebooks)
    ]
    tell_apart(raws)
    parse_prose(raws)
    letters = appendix_letters(
        bool(sources),
        any(raw.parameters for raw in raws),
        bool(codebook),
        bool(agreement),
        any(item.data["passages"] for raw in raws for item in raw.items if item.kind == "table"),
    )
    places = number_parts(raws, letters, faults)
    keys = pandoc.citation_keys(references)
    said = words(language)
    for raw in raws:
        resolve(raw, places, keys, said, faults)
    order = [str(row.get("id", "")) for row in sources]
    passages = number_passages(raws, codebook, faults, codings, order, readings)
    cited = _cited(sources, passages, keys, faults)
    if faults:
        raise InputError(faults)
    if sentences is not None:
        for key, passage in passages.items():
            around = sentences.around(passage.source_id, passage.start, passage.end)
            passages[key] = replace(passage, before=around[0], after=around[1])
    markdown = _in_markdown(sources)
    named = _labels(codebook, labels or {})
    return Document(
        title=title,
        question=question,
        publisher=publisher,
        language=language,
        first_page_notes=tuple(first_page_notes),
        chapters=tuple(_chapter(raw, passages, markdown) for raw in raws),
        passages=tuple(passages.values()),
        codebook=tuple(codebook),
        references=references,
        style=style,
        cited=tuple(cited),
        sources=tuple(sources),
        words=said,
        imprint=tuple(imprint),
        authors=tuple(authors),
        labels=named,
        agreement=_agreement(raws, agreement),
        statements=statements_by_passage(passages.values(), codings, named),
    )


def _agreement(raws: Sequence[Executed], tables: Sequence[Mapping[str, Any]]) -> tuple[Table, ...]:
    """The tables of the appendix on agreement, numbered on from those of the notebooks."""
    before = sum(item.kind == "table" for raw in raws for item in raw.items)
    found = []
    for number, data in enumerate(tables, start=before + 1):
        bare = [[{**cell, "evidence": []} for cell in row] for row in data["rows"]]
        item = Item("table", 0, {**data, "rows": bare}, data["id"], number)
        found.append(_table(item, f"appendix on agreement, {data['id']}", {}, ()))
    return tuple(found)


def _in_markdown(sources: Iterable[Mapping[str, Any]]) -> set[str]:
    return {str(row.get("id", "")) for row in sources if row.get("markup") == "markdown"}


def _labels(
    codebook: Iterable[Mapping[str, Any]], given: Mapping[str, Mapping[str, str]]
) -> dict[str, dict[str, str]]:
    """The labels of codes by scheme: the codebook's, and what is given beside it."""
    found = {
        str(scheme.get("name", "")): {
            str(code["id"]): str(code.get("label") or code["id"])
            for code in scheme.get("codes", ())
        }
        for scheme in codebook
    }
    return {name: {**found.get(name, {}), **given.get(name, {})} for name in {**found, **given}}


def _cited(
    sources: Iterable[Mapping[str, Any]],
    passages: Mapping[str, Passage],
    keys: frozenset[str],
    faults: list[Fault],
) -> list[str]:
    """The citation keys of the sources; each must be in the bibliography."""
    cells = [(str(row.get("citation_key") or ""), str(row.get("id", ""))) for row in sources]
    cells += [(passage.citation_key, passage.source_id) for passage in passages.values()]
    wanted = {key: source_id for cell, source_id in cells for key in cited_keys(cell)}
    for key in sorted(set(wanted) - keys):
        what = f"no entry {key!r}, which source {wanted[key]!r} names"
        faults.append(Fault("references.bib", 0, "", what, "add the entry or mend citation_key"))
    return sorted(wanted)


def _chapter(raw: Executed, passages: Mapping[str, Passage], markdown: Collection[str]) -> Chapter:
    blocks: list[Block] = []
    for item in raw.items:
        where = raw.where(item)
        data = item.data
        if item.kind == "prose":
            text, tree = data
            blocks.append(Prose(tuple(tree), text or pandoc.text_of(tree), where))
        elif item.kind == "output":
            blocks.append(Output(data.rstrip("\n"), where))
        elif item.kind == "figure":
            blocks.append(
                Figure(
                    item.anchor,
                    item.number,
                    data["title"],
                    data["alt"],
                    data.get("note", ""),
                    data["svg"],
                    f"{where}, {data['id']}",
                    tuple(data.get("flags", ())),
                )
            )
        else:
            blocks.append(_table(item, f"{where}, {data['id']}", passages, markdown))
    return Chapter(raw.name, tuple(blocks), raw.parameters)


def _table(
    item: Item, where: str, passages: Mapping[str, Passage], markdown: Collection[str]
) -> Table:
    data = item.data

    def cell(value: Mapping[str, Any], row: Sequence[Passage]) -> Cell:
        own = [passages[key] for key in dict.fromkeys(value.get("evidence", ()))]
        text = shown_text(str(value.get("text", "")), own or row, markdown)
        # Beside quotations the numbers are in their order, beside a count in rising order.
        numbers = [p.number for p in own]
        ordered = tuple(numbers if len(text) > LONG_TEXT else sorted(numbers))
        return Cell(text, ordered, line_numbers(text, own))

    def cells(row: Sequence[Mapping[str, Any]]) -> tuple[Cell, ...]:
        behind = [passages[key] for value in row for key in value.get("evidence", ())]
        return tuple(cell(value, behind) for value in row)

    return Table(
        anchor=item.anchor,
        number=item.number,
        title=data["title"],
        note=data.get("note") or "",
        landscape=bool(data.get("landscape")),
        columns=tuple(
            Column(c.get("name", ""), c.get("label", ""), c.get("align", "left"))
            for c in data["columns"]
        ),
        spanners=tuple(
            Spanner(s["label"], s["first"], s["last"])
            for s in sorted(data.get("spanners", ()), key=lambda s: s["first"])
        ),
        groups=tuple(
            (g["row"], g["label"]) for g in sorted(data.get("groups", ()), key=lambda g: g["row"])
        ),
        rows=tuple(cells(row) for row in data["rows"]),
        where=where,
        flags=tuple(data.get("flags", ())),
    )
