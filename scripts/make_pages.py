"""Make web pages as plain text, of which every line is known to be content or furniture.

python scripts/make_pages.py --seed 1 --kind seen --output DIR

Each page follows a layout drawn from a seeded generator; its texts are in page_words.yml. The test
of the zone rules makes the pages in memory; the command writes them out for a person to look at.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

WORDS = Path(__file__).with_name("page_words.yml")
LANGUAGES = ("en", "zh", "ru")


@dataclass(frozen=True)
class Layout:
    """What a page is made of; `seen` and `kept` pages draw from different ranges."""

    language: str
    top_menu: int
    side_menu: int
    side_stands: str
    breadcrumb: bool
    repeated_title: bool
    byline: str
    related: str
    table: str
    bullets: int
    comments: int
    share: str
    footer: int
    cookie: str
    paragraphs: int
    longest_paragraph: int
    headings: bool
    airy_menus: bool


@dataclass(frozen=True)
class Page:
    """A page's lines, blank ones among them, each with whether it is content."""

    layout: Layout
    lines: tuple[tuple[str, bool], ...]

    @property
    def text(self) -> str:
        """The page as it would be read."""
        return "\n".join(line for line, _ in self.lines) + "\n"


def draw_layout(random_: random.Random, language: str, *, kept: bool) -> Layout:
    """A layout by chance; kept pages have longer menus, more comments, other places."""
    pick = random_.choice
    return Layout(
        language=language,
        top_menu=random_.randint(*((4, 14) if kept else (0, 12))),
        side_menu=random_.randint(*((3, 10) if kept else (0, 8))),
        side_stands=pick(["before", "after"]),
        breadcrumb=pick([True, False]),
        repeated_title=pick([True, False]),
        byline=pick(["none", "author", "date", "both"]),
        related=pick(["none", "middle", "end", "middle"]),
        table=pick(["none", "pipes", "lines"] if kept else ["none", "none", "pipes", "lines"]),
        bullets=random_.randint(*((2, 6) if kept else (0, 5))),
        comments=random_.randint(*((0, 6) if kept else (0, 4))),
        share=pick(["none", "top", "bottom", "both"]),
        footer=random_.randint(*((5, 10) if kept else (3, 9))),
        cookie=pick(["none", "top", "bottom"]),
        paragraphs=random_.randint(*((2, 10) if kept else (3, 8))),
        longest_paragraph=random_.randint(*((1, 6) if kept else (2, 4))),
        headings=pick([True, False]),
        airy_menus=pick([True, False]),
    )


def make_page(random_: random.Random, layout: Layout, words: dict[str, list[str]]) -> Page:
    """One page of a layout."""
    title = random_.choice(words["titles"])
    site = random_.choice(words["site"])
    body = list(_body(random_, layout, words))
    blocks: list[tuple[Sequence[str], bool, bool]] = []  # lines, content, a blank line after each
    airy = layout.airy_menus

    def furniture(lines: Sequence[str], *, spaced: bool = airy) -> None:
        if lines:
            blocks.append((lines, False, spaced))

    if layout.cookie == "top":
        furniture(words["cookie"])
    if layout.repeated_title:
        furniture([f"{title} - {site}"])
    furniture([site])
    furniture(words["menu"][: layout.top_menu])
    if layout.side_stands == "before":
        furniture(words["side"][: layout.side_menu])
    if layout.breadcrumb:
        furniture([random_.choice(words["crumbs"])])
    blocks.append(([title], True, True))
    blocks.append((_bylines(random_, layout, words), True, True))
    if layout.share in ("top", "both"):
        furniture(words["share"])
    related = [random_.choice(words["related_head"]), *random_.sample(words["links"], 4)]
    middle = random_.randrange(1, len(body))
    for number, part in enumerate(body):
        if number == middle and layout.related == "middle":
            furniture(related)
        blocks.extend((block, True, len(block) == 1) for block in part)
    if layout.share in ("bottom", "both"):
        furniture(words["share"])
    if layout.related == "end":
        furniture(related)
    if layout.comments:
        comments = words["comments"][: layout.comments]
        furniture([random_.choice(words["comments_head"]), *comments])
    if layout.side_stands == "after":
        furniture(words["side"][: layout.side_menu])
    furniture(words["footer"][-layout.footer :])
    if layout.cookie == "bottom":
        furniture(words["cookie"])
    return Page(layout, tuple(_lines(blocks)))


def _bylines(random_: random.Random, layout: Layout, words: dict[str, list[str]]) -> list[str]:
    author, date = random_.choice(words["bylines"]), random_.choice(words["dates"])
    return {"none": [], "author": [author], "date": [date], "both": [author, date]}[layout.byline]


def _body(
    random_: random.Random, layout: Layout, words: dict[str, list[str]]
) -> Iterator[list[list[str]]]:
    """Parts of content: a paragraph with its heading, list and table; each is blocks of lines."""
    joint = "" if layout.language == "zh" else " "
    pool = words["sentences"] * 4
    listed, tabled = (random_.randrange(layout.paragraphs) for _ in range(2))
    for number in range(layout.paragraphs):
        part = []
        if layout.headings and number and number % 3 == 0:
            part.append([words["headings"][number // 3 - 1]])
        size = random_.randint(1, layout.longest_paragraph)
        start = random_.randrange(len(words["sentences"]))
        part.append([joint.join(pool[start : start + size])])
        if number == listed and layout.bullets:
            mark = random_.choice(["- ", "• ", "1. "])
            part.append([words["demands_lead"][0]])
            part.append([mark + demand for demand in words["demands"][: layout.bullets]])
        if number == tabled and layout.table != "none":
            part.extend(_table(layout, words["table"]))
        yield part


def _table(layout: Layout, cells: Sequence[str]) -> Iterator[list[str]]:
    rows = [cells[start : start + 3] for start in range(0, len(cells), 3)]
    if layout.table == "lines":
        yield from ([cell] for cell in cells)
        return
    written = [f"| {' | '.join(row)} |" for row in rows]
    yield [written[0], "| --- | --- | --- |", *written[1:]]


def _lines(blocks: Sequence[tuple[Sequence[str], bool, bool]]) -> Iterator[tuple[str, bool]]:
    for lines, is_content, spaced in blocks:
        for line in lines:
            yield line, is_content
            if spaced:
                yield "", False
        if not spaced:
            yield "", False


def make_pages(*, seed: int, number: int, kept: bool) -> list[Page]:
    """That many pages, the languages in turn."""
    random_ = random.Random(seed)
    words = yaml.safe_load(WORDS.read_text(encoding="utf-8"))["kept" if kept else "seen"]
    pages = []
    for count in range(number):
        language = LANGUAGES[count % len(LANGUAGES)]
        layout = draw_layout(random_, language, kept=kept)
        pages.append(make_page(random_, layout, words[language]))
    return pages


def main() -> None:
    """Write pages to a folder, furniture marked with a bar."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--kind", choices=["seen", "kept"], required=True)
    parser.add_argument("--number", type=int, default=24)
    parser.add_argument("--output", type=Path, required=True)
    given = parser.parse_args()
    given.output.mkdir(parents=True, exist_ok=True)
    pages = make_pages(seed=given.seed, number=given.number, kept=given.kind == "kept")
    for number, page in enumerate(pages, start=1):
        marked = [line if content or not line else f"| {line}" for line, content in page.lines]
        path = given.output / f"{given.kind}-{number:02}-{page.layout.language}.txt"
        path.write_text("\n".join(marked) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
