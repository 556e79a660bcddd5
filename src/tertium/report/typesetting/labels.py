"""Numbers of sections, tables and figures, and the references to them.

What notebooks give to the report comes in; it goes out with every part numbered, every reference a
link, and every label or citation key that leads nowhere named.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tertium.errors import Fault
from tertium.report.typesetting import pandoc
from tertium.report.typesetting.outputs import Executed, Item

NUMBERED_LEVELS = 3
# The appendices in their order; notebooks may refer to them, as in @sec-appendix-codebook.
APPENDICES = (
    "sec-appendix-sources",
    "sec-appendix-parameters",
    "sec-appendix-codebook",
    "sec-appendix-agreement",
    "sec-appendix-evidence",
)


def appendix_letters(*present: bool) -> dict[str, str]:
    """Letters for the appendices that are there, in the order of `APPENDICES`.

    Examples
    --------
    >>> appendix_letters(True, False, False, False, True)
    {'sec-appendix-sources': 'A', 'sec-appendix-evidence': 'B'}
    """
    there = [anchor for anchor, wanted in zip(APPENDICES, present, strict=True) if wanted]
    return {anchor: chr(ord("A") + number) for number, anchor in enumerate(there)}


def parse_prose(raws: list[Executed]) -> None:
    """Turn each prose item's text into (text, blocks), and start each chapter with a heading."""
    items = [item for raw in raws for item in raw.items if item.kind == "prose"]
    for item, blocks in zip(items, pandoc.read_markdown([i.data for i in items]), strict=True):
        item.data = (item.data, blocks)
    for raw in raws:
        first = raw.items[0] if raw.items else None
        blocks = first.data[1] if first is not None and first.kind == "prose" else []
        if not (blocks and blocks[0]["t"] == "Header" and blocks[0]["c"][0] == 1):
            stem = re.sub(r"^\d+[-_ ]*|\.ipynb\b", "", raw.name).replace("-", " ").strip()
            heading = pandoc.header(1, [{"t": "Str", "c": stem[:1].upper() + stem[1:] or raw.name}])
            raw.items.insert(0, Item("prose", 1, ("", [heading])))


@dataclass
class Labels:
    """Where each label of the report leads: by notebook first, then anywhere."""

    own: dict[tuple[int, str], tuple[str, str]] = field(default_factory=dict)
    anywhere: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    def add(self, raw: Executed, label: str, anchor: str, text: str) -> None:
        """Take note of a label of a notebook."""
        self.own[id(raw), label] = (anchor, text)
        self.anywhere.setdefault(label, []).append((anchor, text))

    def find(self, raw: Executed, label: str) -> tuple[str, str] | str:
        """Anchor and text of a label, or what is wrong with it."""
        if (id(raw), label) in self.own:
            return self.own[id(raw), label]
        found = self.anywhere.get(label, [])
        if len(found) == 1:
            return found[0]
        if found:
            return f"the label {label!r} stands in {len(found)} other notebooks"
        return f"nothing has the label {label!r}"


def number_parts(raws: list[Executed], letters: Mapping[str, str], faults: list[Fault]) -> Labels:
    """Number sections, tables and figures through the report and give each its anchor."""
    labels = Labels()
    taken: set[str] = set(APPENDICES) | {"refs", "sec-appendix-references"}
    counters = [0] * 6
    tables = figures = depth = 0
    for anchor, letter in letters.items():
        labels.anywhere[anchor] = [(anchor, f"appendix {letter}")]

    def unique(raw: Executed, item: Item, label: str) -> str:
        if (id(raw), label) in labels.own:
            where = f"cell {item.cell}"
            faults.append(
                Fault(raw.name, 0, where, f"the label {label!r} stands twice", "rename one")
            )
        anchor, number = label, 1
        while anchor in taken:
            number += 1
            anchor = f"{label}-{number}"
        taken.add(anchor)
        return anchor

    for raw in raws:
        for item in raw.items:
            if item.kind == "table":
                tables += 1
                item.number, item.anchor = tables, unique(raw, item, item.data["id"])
                labels.add(raw, item.data["id"], item.anchor, f"table {tables}")
            elif item.kind == "figure":
                figures += 1
                item.number, item.anchor = figures, unique(raw, item, item.data["id"])
                labels.add(raw, item.data["id"], item.anchor, f"figure {figures}")
            elif item.kind == "prose":
                for node in pandoc.elements(item.data[1]):
                    if node["t"] != "Header":
                        continue
                    level, (label, classes, pairs), _ = node["c"]
                    if level > depth + 1:
                        found = f"a heading of level {level} under one of level {depth}"
                        remedy = f"write level {depth + 1}: readers aloud go from level to level"
                        faults.append(Fault(raw.name, 0, f"cell {item.cell}", found, remedy))
                    depth = level
                    number = "" if "unnumbered" in classes else _section(counters, level)
                    anchor = unique(raw, item, label or f"s-{len(taken)}")
                    node["c"][1] = [anchor, classes, [*pairs, ["number", number]]]
                    if label:
                        text = f"section {number}" if number else pandoc.text_of(node["c"][2])
                        labels.add(raw, label, anchor, text)
    return labels


def _section(counters: list[int], level: int) -> str:
    """Step the counter of a heading's level; the number, empty below the numbered levels."""
    counters[level - 1] += 1
    counters[level:] = [0] * (len(counters) - level)
    if level > NUMBERED_LEVELS:
        return ""
    return ".".join(str(number) for number in counters[:level])


def resolve(
    raw: Executed,
    labels: Labels,
    keys: frozenset[str],
    said: Mapping[str, str],
    faults: list[Fault],
) -> None:
    """Turn references into links, and name each label and citation key that is not there."""
    for item in raw.items:
        if item.kind != "prose":
            continue

        def fault(found: str, remedy: str, cell: int = item.cell) -> None:
            faults.append(Fault(raw.name, 0, f"cell {cell}", found, remedy))

        def refer(label: str, fault: Any = fault) -> pandoc.Node | None:
            found = labels.find(raw, label)
            if isinstance(found, str):
                known = sorted({name for name in labels.anywhere if name[:3] == label[:3]})
                fault(found, f"write one of: {', '.join(known)}" if known else "mend the label")
                return None
            anchor, text = found
            kind, _, number = text.partition(" ")
            shown = f"{said[kind]} {number}" if kind in said and number else text
            return pandoc.link(pandoc.plain_words(shown), f"#{anchor}", "ref")

        def change(
            node: pandoc.Node, fault: Any = fault, refer: Any = refer
        ) -> pandoc.Node | list[pandoc.Node] | None:
            if node["t"] == "Cite":
                ids = [citation["citationId"] for citation in node["c"][0]]
                if any(re.match(r"(tbl|fig|sec|eq)-", key) for key in ids):
                    found = [link for key in ids if (link := refer(key)) is not None]
                    return [part for link in found for part in (link, _comma())][:-1]
                for key in ids:
                    if key not in keys:
                        fault(
                            f"the citation @{key} is not in references.bib",
                            f"add the entry, or write \\@{key} if it is no citation",
                        )
            elif node["t"] == "Image":
                fault(
                    "a picture in Markdown",
                    "show it from a code cell as a figure of tertium, with title and alt text",
                )
            elif node["t"] == "Link":
                target = node["c"][2][0]
                if target.startswith("#"):
                    link = refer(target[1:])
                    node["c"][2][0] = link["c"][2][0] if link else target
                elif not re.match(r"(https?|mailto):", target):
                    # A file beside the notebook: it does not come along with the report.
                    return node["c"][1]
            return None

        text, blocks = item.data
        item.data = (text, pandoc.transform(blocks, change))


def _comma() -> pandoc.Node:
    return {"t": "Str", "c": ", "}
