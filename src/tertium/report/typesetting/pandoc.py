"""The one place that talks to pandoc, a separate program.

Markdown texts come in and go out as trees; trees come in and go out as typst or HTML.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Literal

import pypandoc

from tertium.errors import Fault, InputError

TEMPLATE = Path(__file__).parent / "template"
Node = dict[str, Any]


class PandocError(RuntimeError):
    """Pandoc refused; the message is what it said."""


def run(arguments: Sequence[str], text: str) -> str:
    """What pandoc writes when it reads the text."""
    done = subprocess.run(
        [pypandoc.get_pandoc_path(), *arguments],
        input=text.encode("utf-8"),
        capture_output=True,
        check=False,
    )
    if done.returncode:
        raise PandocError(done.stderr.decode("utf-8", errors="replace").strip())
    return done.stdout.decode("utf-8")


def read_markdown(texts: Sequence[str]) -> list[list[Node]]:
    """Each Markdown text as a list of pandoc blocks, parsed apart from the others."""
    if not texts:
        return []
    # Lua's JSON reader takes an empty list for an object.
    tree = json.loads(run(["-f", str(TEMPLATE / "cells.lua"), "-t", "json"], json.dumps(texts)))
    return [div["c"][1] for div in tree["blocks"]]


def citation_keys(references: str) -> frozenset[str]:
    """The keys of a BibTeX text.

    Examples
    --------
    >>> sorted(citation_keys("@misc{lee2010, title = {On strikes}}"))
    ['lee2010']
    """
    if not references.strip():
        return frozenset()
    try:
        items = json.loads(run(["-f", "biblatex", "-t", "csljson"], references))
    except PandocError as error:
        fault = Fault("references.bib", 0, "", f"not readable: {error}", "mend the entry")
        raise InputError([fault]) from error
    return frozenset(str(item["id"]) for item in items)


def write(
    blocks: Sequence[Node],
    to: Literal["typst", "html"],
    *,
    references: str = "",
    style: str = "",
    cited: Iterable[str] = (),
    language: str = "en",
) -> str:
    """Blocks as typst or HTML text, citations resolved.

    Parameters
    ----------
    blocks : sequence of dict
        Pandoc's blocks; a `Div` named `refs` says where the bibliography goes.
    to : {"typst", "html"}
        What to write.
    references : str, optional
        BibTeX; without it citations are not resolved.
    style : str, optional
        A CSL style; pandoc's own (Chicago, author and date) if empty.
    cited : iterable of str, optional
        Keys that stand in the bibliography though no text cites them.
    language : str, optional
        Language of the report, for "and", "ed." and the order of names.
    """
    meta: dict[str, Node] = {
        "lang": {"t": "MetaString", "c": language},
        "link-citations": {"t": "MetaBool", "c": True},
        "link-bibliography": {"t": "MetaBool", "c": True},
    }
    keys = sorted(set(cited))
    if keys:
        meta["nocite"] = {"t": "MetaInlines", "c": [cite([key]) for key in keys]}
    tree = {"pandoc-api-version": _api_version(), "meta": meta, "blocks": list(blocks)}
    with tempfile.TemporaryDirectory(prefix="tertium-") as folder:
        arguments = ["-f", "json", "--wrap=none"]
        if references.strip():
            file = Path(folder) / "references.bib"
            file.write_text(references, encoding="utf-8")
            arguments += ["--citeproc", f"--bibliography={file}"]
            if style:
                (Path(folder) / "style.csl").write_text(style, encoding="utf-8")
                arguments.append(f"--csl={Path(folder) / 'style.csl'}")
        if to == "typst":
            arguments += ["-t", "typst-smart", f"--lua-filter={TEMPLATE / 'filter.lua'}"]
        else:
            arguments += ["-t", "html5-smart", "--mathml", "--syntax-highlighting=none"]
            arguments += ["--reference-location=section", "--email-obfuscation=none"]
        return run(arguments, json.dumps(tree, ensure_ascii=False))


_VERSION: list[list[int]] = []


def _api_version() -> list[int]:
    if not _VERSION:
        _VERSION.append(json.loads(run(["-f", "markdown", "-t", "json"], ""))["pandoc-api-version"])
    return _VERSION[0]


def cite(keys: Sequence[str], *, in_text: bool = False) -> Node:
    """A citation of one or more keys."""
    mode = "AuthorInText" if in_text else "NormalCitation"
    citations = [
        {
            "citationId": key,
            "citationPrefix": [],
            "citationSuffix": [],
            "citationMode": {"t": mode},
            "citationNoteNum": 0,
            "citationHash": 0,
        }
        for key in keys
    ]
    return {"t": "Cite", "c": [citations, [{"t": "Str", "c": "; ".join(keys)}]]}


def header(level: int, inlines: list[Node], *, anchor: str = "", numbered: bool = True) -> Node:
    """A heading."""
    return {"t": "Header", "c": [level, [anchor, [] if numbered else ["unnumbered"], []], inlines]}


def link(inlines: list[Node], target: str, *classes: str) -> Node:
    """A link to an anchor of the report (`#tbl-x`) or to an address."""
    return {"t": "Link", "c": [["", list(classes), []], inlines, [target, ""]]}


def plain_words(text: str) -> list[Node]:
    """Words as inlines, joined by unbreakable spaces."""
    return [{"t": "Str", "c": text.replace(" ", "\u00a0")}]


def raw(to: str, text: str) -> Node:
    """A block in the language of the target, passed through as it is."""
    return {"t": "RawBlock", "c": [to, text]}


def raw_inline(to: str, text: str) -> Node:
    """An inline in the language of the target, passed through as it is."""
    return {"t": "RawInline", "c": [to, text]}


def transform(
    node: Any, change: Callable[[Node], Node | list[Node] | None], *, leave: str = ""
) -> Any:
    """The tree with every element replaced by what the function gives for it, inside out.

    The function gives an element, a list of elements that takes its place, or None to keep it.
    Elements of the kind `leave`, and all inside them, stay as they are.
    """
    if isinstance(node, list):
        out: list[Any] = []
        for item in node:
            new = transform(item, change, leave=leave)
            if isinstance(item, dict) and isinstance(new, list):
                out.extend(new)
            else:
                out.append(new)
        return out
    if isinstance(node, dict):
        if leave and node.get("t") == leave:
            return node
        node = {key: transform(value, change, leave=leave) for key, value in node.items()}
        if "t" in node:
            new = change(node)
            return node if new is None else new
    return node


def elements(node: Any) -> Iterator[Node]:
    """Every element of a tree, in reading order."""
    if isinstance(node, list):
        for item in node:
            yield from elements(item)
    elif isinstance(node, dict):
        if "t" in node:
            yield node
        for value in node.values():
            yield from elements(value)


def text_of(node: Any) -> str:
    """The plain text of a tree, without its footnotes.

    Examples
    --------
    >>> text_of([{"t": "Str", "c": "Who"}, {"t": "Space"}, {"t": "Str", "c": "strikes"}])
    'Who strikes'
    """
    if isinstance(node, list):
        return "".join(text_of(item) for item in node)
    if not isinstance(node, dict) or node.get("t") == "Note":
        return ""
    if node.get("t") in {"Space", "SoftBreak", "LineBreak"}:
        return " "
    if node.get("t") == "Str":
        return str(node["c"])
    if node.get("t") in {"Code", "Math", "CodeBlock", "RawInline", "RawBlock"}:
        return str(node["c"][1])
    if node.get("t") == "Quoted":
        single = node["c"][0]["t"] == "SingleQuote"
        return f"{'‘' if single else '“'}{text_of(node['c'][1])}{'’' if single else '”'}"
    return text_of(node.get("c"))
