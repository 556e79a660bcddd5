"""A web page becomes text: what a reader sees, block by block, menus included.

Comes in: the bytes of an HTML file.
Goes out: its text in Markdown, with headings, list items, captions and tables of data.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from tertium.errors import Fault, InputError
from tertium.sources.decode import Decoded, decode
from tertium.sources.formats import markdown
from tertium.sources.plausibility import western_score

_UNSEEN = frozenset(
    "head script style template noscript svg math iframe object audio video canvas select".split()
)
_BLOCKS = frozenset(
    "html body p div section article main nav header footer aside h1 h2 h3 h4 h5 h6 ul ol li dl dt "
    "dd table caption thead tbody tfoot tr td th figure figcaption blockquote pre form fieldset "
    "legend address details summary hr center menu dialog hgroup search title".split()
)
_HEADING = re.compile(r"h([1-6])$")
_INVISIBLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{1,40})""", re.I)
_XML_ENCODING = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9_.:-]{1,40})""")
_SPACE = re.compile(r"[ \t\n\r\f]+")
# Taken out here and not later: what they part could become a mark without them.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0d-\x1f\x7f]")
# Zones read what stands between these two lines as page furniture.
_FURNITURE_BEGINS = "::: furniture"
_FURNITURE_ENDS = ":::"
_LOOKS_LIKE_FENCE = re.compile(r"^(?=[^\S\n]*:{3,}[^\S\n]*(?:furniture)?[^\S\n]*$)", re.MULTILINE)
_AROUND_A_TEXT = frozenset(("header", "footer", "aside"))
_FURNITURE_ROLES = frozenset(("navigation", "banner", "contentinfo", "complementary"))
_MENU_NAME = re.compile(
    r"(?:(?:main|site|top|side|left|right|bottom|primary|secondary|header|footer|page|global|"
    r"mobile|sub|drop-?down)[-_]?)?(?:nav|navi|navbar|navigation|menu|breadcrumbs?)"
    r"(?:[-_]?(?:bar|list|links|items|container|wrapper|wrap|main|top|left|right|\d{1,2}))?",
    re.IGNORECASE,
)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$")
# What a page declares, and what its bytes are read as (as browsers do): supersets.
_READ_AS = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5",
    "iso-8859-1": "windows-1252",
    "latin1": "windows-1252",
    "us-ascii": "windows-1252",
}
_LEAST_WESTERN = 0.5
_MOST_COLUMNS = 100
_MOST_ROWS = 1000
# A longer cell is no heading of what it spans, and would make many times its length of text.
_MOST_REPEATED = 2000


def html_text(data: bytes, *, name: str) -> tuple[str, str, dict[str, str]]:
    r"""The visible text of a page, how it was encoded, and the facts that its head states.

    Menus, headers and footers of the page stay, each between the lines ``::: furniture`` and
    ``:::``, which make it a zone of its own; scripts, styles, templates and what is hidden goes.
    A table that only arranges the page (tables in it, one cell a row, ``role=presentation``,
    headings in its cells) becomes ordinary blocks.

    Parameters
    ----------
    data : bytes
    name : str
        The file as the user knows it, for messages.

    Examples
    --------
    >>> html_text(b"<h2>Pay</h2><p>Caf&eacute; workers<br>struck.", name="a.html")[0]
    '## Pay\n\nCafé workers\nstruck.'
    """
    decoded = _decoded(data, name)
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(decoded.text.encode("utf-8"), parser)
    except etree.LxmlError:
        root = None
    too_deep = any("depth" in entry.message.lower() for entry in parser.error_log)
    if too_deep:
        raise InputError(
            [Fault(name, 0, "", "its elements are nested too deep", "save the page as text")]
        )
    if root is None:
        raise InputError([Fault(name, 0, "", "there is no page in it", "save the page again")])
    facts = {}
    title = root.findtext(".//title")
    if title and title.strip():
        facts["title"] = _SPACE.sub(" ", title).strip()
    language = root.get("lang") or ""
    if _LANGUAGE.match(language):
        facts["language"] = language
    return _Page().text_of(root), decoded.statement, facts


def _decoded(data: bytes, name: str) -> Decoded:
    """By byte order mark, else as the page declares where that fits, else as detected."""
    head = data[:4096]
    match = _CHARSET.search(head) or _XML_ENCODING.search(head)
    if match and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        declared = match[1].decode("ascii").lower()
        encoding = _READ_AS.get(declared, declared)
        if (text := _as_declared(data, encoding)) is not None:
            # Through `decode` once more, for its checks and for the canonical form.
            return Decoded(decode(text.encode("utf-8"), name=name).text, encoding)
    return decode(data, name=name)


def _as_declared(data: bytes, encoding: str) -> str | None:
    """The text where the declaration can be true; many pages declare what they are not."""
    try:
        text = data.decode(encoding)
    except (LookupError, ValueError):
        return None  # unknown, no text encoding, or not what the page is in
    if encoding == "windows-1252" and not text.isascii():
        is_utf8 = "\ufffd" not in data.decode("utf-8", "replace")
        if is_utf8 or western_score(text) < _LEAST_WESTERN:
            return None
    return text


def _is_hidden(element: etree._Element) -> bool:
    return (
        element.tag in _UNSEEN
        or element.get("hidden") is not None
        or _INVISIBLE.search(element.get("style") or "") is not None
        or (element.tag == "input" and element.get("type") == "hidden")
    )


def _is_furniture(element: etree._Element) -> bool:
    """A menu anywhere; a header, footer or aside where it belongs to the page, not to its text."""
    if element.tag not in _BLOCKS or element.tag in ("html", "body", "main", "article"):
        return False
    role = (element.get("role") or "").strip().lower()
    if role in ("main", "article"):
        return False
    names = f"{element.get('class') or ''} {element.get('id') or ''}".split()
    is_menu = element.tag == "nav" or role == "navigation" or any(map(_MENU_NAME.fullmatch, names))
    is_around = element.tag in _AROUND_A_TEXT or role in _FURNITURE_ROLES
    if not (is_menu or is_around):
        return False
    if any(_is_text(inner, "main") for inner in element.iterdescendants()):
        return False  # a frame around everything
    return is_menu or not any(_is_text(o, "main", "article") for o in element.iterancestors())


def _is_text(element: etree._Element, *names: str) -> bool:
    """Whether the page says that the element holds its text."""
    return element.tag in names or (element.get("role") or "").strip().lower() in names


def _is_data_table(table: etree._Element) -> bool:
    if (table.get("role") or "").lower() in ("presentation", "none"):
        return False
    if (
        next(table.iterdescendants("table", *(f"h{n}" for n in range(1, 7)), "form"), None)
        is not None
    ):
        return False
    rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]
    rows = [row for row in rows if row]
    if not any(len(row) > 1 for row in rows):
        return False
    one_row_of_columns = len(rows) == 1 and any(
        next(cell.iterdescendants("p", "div", "ul", "ol", "section"), None) is not None
        for cell in rows[0]
    )
    return not one_row_of_columns


def _span(cell: etree._Element, name: str, *, most: int) -> int:
    value = (cell.get(name) or "1").strip()
    if name == "rowspan" and value == "0":
        return most  # to the end of its part of the table
    return min(max(int(value), 1), most) if value.isdecimal() and len(value) < 6 else 1


@dataclass
class _Page:
    """Collects blocks while the tree is walked; never recursive, however deep the page is."""

    blocks: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    open_tags: list[str] = field(default_factory=list)
    bullet: str = ""
    furniture: etree._Element | None = None
    has_content: bool = False

    def text_of(self, root: etree._Element) -> str:
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            tag = element.tag if isinstance(element.tag, str) else ""
            if event == "end":
                self._leave(element, tag)
                continue
            if _is_hidden(element):
                walk.skip_subtree()
                continue
            if self.furniture is None and _is_furniture(element):
                self._close_block()
                self.furniture = element
                self.blocks.append(_FURNITURE_BEGINS)
            if tag == "table" and _is_data_table(element):
                self._table(element)
                walk.skip_subtree()
            else:
                self._enter(element, tag)
        self._close_block()
        blocks = self.blocks
        if not self.has_content:
            # A page that holds nothing else is no menu.
            blocks = [one for one in blocks if one not in (_FURNITURE_BEGINS, _FURNITURE_ENDS)]
        return "\n\n".join(blocks)

    def _enter(self, element: etree._Element, tag: str) -> None:
        if tag in _BLOCKS:
            self._close_block()
            self.open_tags.append(tag)
            if tag == "li":
                depth = sum(each in ("ul", "ol", "menu") for each in self.open_tags)
                self.bullet = "  " * max(depth - 1, 0) + markdown.LIST_ITEM
        elif tag == "br":
            self.words.append("\n")
        self._add(element.text)

    def _leave(self, element: etree._Element, tag: str) -> None:
        if tag in _BLOCKS and not _is_hidden(element) and tag == self._innermost:
            self._close_block()
            self.open_tags.pop()
            if tag == "li":
                self.bullet = ""
        if element is self.furniture:
            self._end_furniture()
        self._add(element.tail)

    def _end_furniture(self) -> None:
        self._close_block()
        self.furniture = None
        if self.blocks[-1] == _FURNITURE_BEGINS:
            self.blocks.pop()  # nothing stood in it
        else:
            self.blocks.append(_FURNITURE_ENDS)

    @property
    def _innermost(self) -> str:
        return self.open_tags[-1] if self.open_tags else ""

    def _add(self, text: str | None) -> None:
        if text:
            is_verbatim = "pre" in self.open_tags
            self.words.append(_CONTROLS.sub("", text if is_verbatim else _SPACE.sub(" ", text)))

    def _close_block(self) -> None:
        words = "".join(self.words)
        self.words.clear()
        if "pre" not in self.open_tags:
            words = re.sub(r"[ \t]*\n[ \t]*", "\n", re.sub(r" {2,}", " ", words))
            words = re.sub(r"\n{2,}", "\n", words)
        words = words.strip(" \t\n\r\f")
        if not words.strip():
            return
        self.has_content = self.has_content or self.furniture is None
        level = next((m[1] for tag in reversed(self.open_tags) if (m := _HEADING.match(tag))), None)
        if level:
            self.blocks.append(markdown.heading(words, int(level)))
        elif "caption" in self.open_tags or "figcaption" in self.open_tags:
            self.blocks.append(markdown.CAPTION + markdown.one_line(words))
        elif self.bullet:
            item = self.bullet + markdown.one_line(words)
            follows_item = self.blocks and self.blocks[-1].rsplit("\n", 1)[-1].lstrip().startswith(
                "- "
            )
            if follows_item and "li" in self.open_tags:
                self.blocks[-1] += "\n" + item
            else:
                self.blocks.append(item)
            self.bullet = ""
        else:
            self.blocks.append(_LOOKS_LIKE_FENCE.sub(r"\\", markdown.paragraph(words)))

    def _table(self, table: etree._Element) -> None:
        self._close_block()
        for caption in table.iterchildren("caption"):
            if words := _cell_words(caption):
                self.has_content = self.has_content or self.furniture is None
                self.blocks.append(markdown.CAPTION + words)
        if rows := _filled_rows(table):
            self.has_content = self.has_content or self.furniture is None
            self.blocks.append(markdown.pipe_table(rows))


def _filled_rows(table: etree._Element) -> list[list[str]]:
    """The cells of a table, row by row; one that spans rows or columns stands in each of them.

    So the words beside ``<td rowspan=2>Strikes`` in the second row are words on strikes as well.
    """
    rows: list[list[str]] = []
    begun: set[int] = set()  # columns in which any cell begins
    below: dict[int, tuple[int, str]] = {}  # column -> rows still covered from above, its words
    group = None
    for row in table.iter("tr"):
        if row.getparent() is not group:
            # No cell reaches out of its thead, tbody or tfoot.
            group = row.getparent()
            below = {}
        cells: list[str] = []
        for cell in row:
            if cell.tag not in ("td", "th") or _is_hidden(cell):
                continue
            _add_covered(cells, below)
            if len(cells) >= _MOST_COLUMNS:
                break
            begun.add(len(cells))
            words = _cell_words(cell)
            repeated = words if len(words) <= _MOST_REPEATED else ""
            height = _span(cell, "rowspan", most=_MOST_ROWS)
            for number in range(_span(cell, "colspan", most=_MOST_COLUMNS)):
                below[len(cells)] = (height - 1, repeated)
                cells.append(repeated if number else words)
        _add_covered(cells, below)
        if any(cells):
            rows.append(cells)
    # A span may reach farther than the table does.
    return [[words for column, words in enumerate(row) if column in begun] for row in rows]


def _add_covered(cells: list[str], below: dict[int, tuple[int, str]]) -> None:
    """Add the cells from above that cover the next columns of this row."""
    while (covered := below.get(len(cells), (0, "")))[0] > 0:
        below[len(cells)] = (covered[0] - 1, covered[1])
        cells.append(covered[1])


def _cell_words(cell: etree._Element) -> str:
    """The words of a cell on one line; blocks inside it are set apart by a space."""
    words: list[str] = []
    walk = etree.iterwalk(cell, events=("start", "end"))
    for event, element in walk:
        if event == "start":
            if element is not cell and _is_hidden(element):
                walk.skip_subtree()
            else:
                words.append(
                    (" " if element.tag in _BLOCKS or element.tag == "br" else "")
                    + (element.text or "")
                )
        elif element is not cell:
            words.append((" " if element.tag in _BLOCKS else "") + (element.tail or ""))
    return markdown.one_line(_SPACE.sub(" ", "".join(words)))
