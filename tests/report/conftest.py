"""A report with everything in it that could go wrong, built from notebooks made here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from tertium.report.typesetting.document import Document, build_document
from tertium.report.typesetting.outputs import FIGURE_TYPE, TABLE_TYPE

HOSTILE = (
    "<script>alert('x')</script>",
    '#eval("1 + 1") #panic()',
    "=cmd|' /C calc'!A0",
    "$x$ and \\$y\\$ and \\alpha",
    "`code` ```fence``` *bold* _it_",
    "@tbl-nothing [@nobody] <label> // comment /* more */",
    '"quoted" \\" ]] }} \\u{41} &amp; &lt;',
    "工人说：“我们要加薪。”《劳动法》第一条",
    "Забастовка на хлопкопрядильной фабрике — «рабочие»",
    "https://example.org/a/very/long/path/that/does/not/end?with=many&arguments=and#fragments_too",
)
BIB = """
@article{chung2010, author = {Chung, Suki}, title = {Hong Kong--China Solidarity},
  journal = {Asian Labour Update}, number = {75}, year = {2010}, langid = {english},
  url = {https://example.org/alu75}}
@book{losev1930, author = {Лосев, Алексей}, title = {Диалектика мифа}, year = {1930},
  location = {Москва}, langid = {russian}}
"""
SVG = (
    '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="300pt" height="120pt" '
    'viewBox="0 0 300 120"><rect x="20" y="20" width="120" height="30" fill="#1c4f7c"/>'
    '<rect x="20" y="60" width="220" height="30" fill="#b0563b"/></svg>'
)
WORDS = (
    "In early spring the workers of three factories stopped work for two days and asked the "
    "management to pay overtime, which the official union had not done before. "
)


def passage(source: str, start: int, code: str, quote: str, **more: Any) -> dict[str, Any]:
    """A passage as table outputs carry it."""
    return {
        "source_id": source,
        "source_title": more.pop("title", f"The source {source}"),
        "citation_key": more.pop("citation_key", ""),
        "start": start,
        "end": start + len(quote),
        "quote": quote,
        "place": more.pop("place", f"para. {start // 10 + 1}"),
        "scheme": more.pop("scheme", "approach"),
        "code": code,
        "coder": "rule",
        "stance": more.pop("stance", "asserted"),
        **more,
    }


def table_output(label: str, rows: list[list[Any]], **more: Any) -> Any:
    """A display of a table, as its library class emits it."""
    columns = more.pop("columns", None) or [f"column {n + 1}" for n in range(len(rows[0]))]
    data = {
        "version": 1,
        "id": label,
        "title": more.pop("title", f"What {label} shows"),
        "note": more.pop("note", ""),
        "landscape": more.pop("landscape", False),
        "columns": [
            c
            if isinstance(c, dict)
            else {"name": c, "label": c, "align": "left" if n == 0 else "right", "width": None}
            for n, c in enumerate(columns)
        ],
        "spanners": more.pop("spanners", []),
        "groups": more.pop("groups", []),
        "rows": [
            [c if isinstance(c, dict) else {"text": c, "evidence": []} for c in row] for row in rows
        ],
        "passages": more.pop("passages", {}),
    }
    assert not more
    html = "<table><script>alert('html')</script></table>"
    return new_output("display_data", data={TABLE_TYPE: data, "text/html": html, "text/plain": "t"})


def figure_output(label: str = "fig-bars", **more: Any) -> Any:
    """A display of a figure, as its library class emits it."""
    data = {
        "version": 1,
        "id": label,
        "title": more.pop("title", "Passages by approach"),
        "alt": more.pop("alt", "Two bars: strikes 120, campaigns 220."),
        "note": more.pop("note", "Bars count passages."),
    }
    svg = more.pop("svg", SVG)
    return new_output("display_data", data={FIGURE_TYPE: data, "image/svg+xml": svg})


def code_cell(*outputs: Any, source: str = "show()", tags: tuple[str, ...] = ()) -> Any:
    """An executed code cell."""
    return new_code_cell(source, outputs=list(outputs), metadata={"tags": list(tags)})


def hostile_notebooks() -> list[Any]:
    """Two notebooks: prose of every kind, hostile strings, a wide table, a figure, a parameter."""
    passages = {
        f"h{n}": passage("b-source", 10 * n, "strike", text, title=f"Title {text}")
        for n, text in enumerate(HOSTILE)
    }
    passages["h0"]["title"] = "unused"
    for data in passages.values():
        data["source_title"] = "工会 & <b>Bold</b> title #panic()"
        data.pop("title", None)
    passages["first"] = passage(
        "a-source", 5, "ngo_paralegal", WORDS * 6, citation_key="chung2010", stance="criticised"
    )
    passages["same"] = passage(
        "a-source", 5, "wages", WORDS * 6, citation_key="chung2010", scheme="claim"
    )
    passages["whole"] = {**passage("c-source", 0, "strike", ""), "start": None, "end": None}
    first = new_notebook(
        cells=[
            new_markdown_cell(
                "# Which approaches? {#sec-approaches}\n\nThe question, with $5 and $6 and a formula "
                "$\\alpha = 1 - D_o / D_e$.[^1] See @tbl-hostile, [@tbl-wide; @fig-bars] and "
                "@sec-second, @sec-appendix-evidence; also [see @chung2010, p. 4; also @losev1930].\n\n"
                "[^1]: A *note* with @chung2010."
            ),
            code_cell(
                source='scheme: str = "approach"  # which coding scheme\nthreshold: float = 0.5\n'
                'label: str = "工会"',
                tags=("parameters",),
            ),
            code_cell(source='scheme = "claim"', tags=("injected-parameters",)),
            code_cell(
                table_output(
                    "tbl-hostile",
                    [
                        [text, {"text": text, "evidence": [f"h{n}"]}, f"{n}"]
                        for n, text in enumerate(HOSTILE)
                    ],
                    columns=["What stands there", "Linked", "n"],
                    title="Strings <b>that</b> #panic() @would like $to$ be more",
                    note="Count of *strings*; `none` is markup. " + WORDS,
                    groups=[{"label": "Group #one <i>", "row": 0}, {"label": "Group 二", "row": 5}],
                    spanners=[{"label": "Spanner $s$", "first": 0, "last": 1}],
                    passages=passages,
                )
            ),
            new_markdown_cell("## A second section {#sec-second}\n\n- one\n- two\n\n> quoted text"),
            new_markdown_cell("```\nunclosed fence with <script>alert('md')</script>"),
            code_cell(
                table_output(
                    "tbl-small",
                    [
                        ["strike", {"text": "12", "evidence": ["first", "h0", "same", "whole"]}],
                        ["ngo", {"text": "3", "evidence": ["first"]}],
                    ],
                    passages=passages,
                )
            ),
        ]
    )
    second = new_notebook(
        cells=[
            new_markdown_cell("Text before any heading.[^1]\n\n[^1]: Another note."),
            code_cell(
                table_output(
                    "tbl-wide",
                    [
                        [f"row {n}", *[f"{WORDS[: 40 + 9 * c]} {n}" for c in range(8)]]
                        for n in range(12)
                    ],
                    columns=["case", *[f"representation {c}" for c in range(8)]],
                    landscape=True,
                    note="Eight columns.",
                )
            ),
            code_cell(figure_output()),
            code_cell(
                new_output("stream", name="stdout", text="printed <script>\n#panic()\n"),
                tags=("report-output",),
            ),
            code_cell(new_output("stream", name="stdout", text="not shown anywhere")),
            code_cell(
                new_output("display_data", data={"text/markdown": "There are **12** passages."}),
                tags=("prose",),
            ),
            new_markdown_cell("Left out entirely.", metadata={"tags": ["not-in-report"]}),
        ]
    )
    return [first, second]


CODEBOOK = (
    {
        "name": "approach",
        "version": "1.0.0",
        "title": "Approaches to organising",
        "rule": "A code is present in a source when one passage asserts it. #panic()",
        "codes": [
            {
                "id": "strike",
                "label": "Strike and collective action",
                "definition": "Workers stop work together, or threaten to. <b>罢工</b>",
                "when_to_use": "The workers act.",
                "when_not_to_use": "A metaphor: $strike$ a balance.",
            },
            {
                "id": "ngo_paralegal",
                "label": "Legal aid by NGOs",
                "definition": "Help with claims.",
            },
        ],
    },
)
SOURCES = (
    {
        "id": "a-source",
        "title": "Solidarity",
        "voice": "ngo",
        "date": "2010",
        "citation_key": "chung2010",
    },
    {"id": "b-source", "title": "工会 & <b>Bold</b>", "url": "https://example.org/x?a=1&b=2"},
)


def build(notebooks: list[Any], **more: Any) -> Document:
    """A document from notebooks, with what most tests don't care about filled in."""
    given: dict[str, Any] = {
        "title": "How organising is told #panic()",
        "question": "Who acts, <b>how</b>, and with what result?",
        "publisher": "A working group & friends",
        "references": BIB,
        "names": [f"{n + 1:02}-part.ipynb" for n in range(len(notebooks))],
    }
    return build_document(notebooks, **{**given, **more})


@pytest.fixture(scope="session")
def hostile() -> tuple[str, ...]:
    """Strings that want to be markup, code, formulas or references."""
    return HOSTILE


@pytest.fixture
def make() -> Callable[..., Document]:
    """A function that builds a document from notebooks."""
    return build


@pytest.fixture
def parts() -> Any:
    """The functions that make cells and outputs."""

    class Parts:
        """Cells and outputs."""

        table = staticmethod(table_output)
        figure = staticmethod(figure_output)
        code = staticmethod(code_cell)
        passage = staticmethod(passage)
        markdown = staticmethod(new_markdown_cell)
        notebook = staticmethod(lambda *cells: new_notebook(cells=list(cells)))
        error = staticmethod(
            lambda: new_output("error", ename="ValueError", evalue="no such thing", traceback=[])
        )

    return Parts


@pytest.fixture(scope="session")
def document() -> Document:
    """The report with everything in it."""
    return build(
        hostile_notebooks(),
        first_page_notes=["Verdicts on digests show that the path works. <script> #panic()", WORDS],
        codebook=CODEBOOK,
        sources=SOURCES,
    )
