"""An OpenDocument text (odt) → Document: content.xml as it is printed, merged cells expanded."""

from __future__ import annotations

from typing import NamedTuple

from govstats.document import Document, Span
from govstats.officexml import BREAK, GAP, Element, Package, Row, Story, encrypted, first_member, member_names, span
from govstats.officexml import walk as walk_tree

SUFFIXES = (".odt",)

_NAMESPACE = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_OFFICE = _NAMESPACE % "office"
_STYLE = _NAMESPACE % "style"
_TABLE = _NAMESPACE % "table"
_TEXT = _NAMESPACE % "text"
_SVG = _NAMESPACE % "svg-compatible"
_MANIFEST = _NAMESPACE % "manifest"
_MIMETYPE = b"application/vnd.oasis.opendocument.text"
_CONTENT = "content.xml"
_STYLES = "styles.xml"
_TITLE = "meta.xml"
_KEYS = "META-INF/manifest.xml"
_SKIPPED = {
    f"{_OFFICE}annotation",
    f"{_OFFICE}forms",
    f"{_SVG}title",
    f"{_SVG}desc",
    f"{_TEXT}note",
    f"{_TEXT}ruby-text",
    f"{_TEXT}tracked-changes",
}
"""Comments, notes, names of pictures, readings above characters, and what was deleted under change tracking."""
_SIGNS = {f"{_TEXT}tab": "\t", f"{_TEXT}line-break": BREAK, f"{_TEXT}note": GAP}
_PARAGRAPHS = {f"{_TEXT}p", f"{_TEXT}h"}
_CELLS = {f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"}


def sniff(head: bytes) -> bool:
    """Is it a zip that opens with the media type of a text document?"""
    return member_names(head)[:1] == ["mimetype"] and first_member(head).startswith(_MIMETYPE)


def read(data: bytes) -> Document:
    """An odt → Document. Raises ReadError if it is damaged, encrypted, or would not fit into memory."""
    package = Package(data, "odt")
    if _is_encrypted(package):
        raise encrypted()
    root = package.tree(_CONTENT)
    special = _special_styles(root)
    if _STYLES in package:
        special = {**_special_styles(package.tree(_STYLES)), **special}
    story = Story()
    body = root.find(f"{_OFFICE}body")
    if body is not None:
        _Walk(story, special).through(body)
    return Document("odt", "utf-8", tuple(story.blocks()), package.title(_TITLE))


def _is_encrypted(package: Package) -> bool:
    return _KEYS in package and any(True for _ in package.tree(_KEYS).iter(f"{_MANIFEST}encryption-data"))


def _special_styles(root: Element) -> dict[str, bool]:
    """Styles that set characters apart (raised, struck, hidden) → are they printed? A raised 1 behind 12 is a note."""
    special: dict[str, bool] = {}
    for node in root.iter(f"{_STYLE}text-properties"):
        style = node.getparent()
        if style is None or style.get(f"{_STYLE}family") != "text":
            continue
        name = style.get(f"{_STYLE}name") or ""
        if node.get(f"{_TEXT}display") == "none":
            special[name] = False
        elif _is_raised(node) or node.get(f"{_STYLE}text-line-through-style") not in (None, "none"):
            special.setdefault(name, True)
    return special


def _is_raised(node: Element) -> bool:
    """`super 58%`, `-33% 58%`; `0% 100%` is none."""
    shift, *_ = (node.get(f"{_STYLE}text-position") or "0%").split() or ["0%"]
    return shift.strip("-0.%") != ""


class _Merged(NamedTuple):
    """A cell that covers others below it: its text, and how many rows it still covers."""

    text: str
    rows: int


class _Walk:
    """Through the tree once; open tables and rows lie on stacks, as tables may stand in cells."""

    def __init__(self, story: Story, special: dict[str, bool]) -> None:
        self._story = story
        self._special = special
        self._rows: list[Row] = []
        self._above: list[dict[int, _Merged]] = []
        self._below: list[dict[int, _Merged]] = []

    def through(self, root: Element) -> None:
        """Tell the story all that is printed below `root`."""
        walker = walk_tree(root)
        for event, node in walker:
            if event == "start":
                if self._open(node):
                    walker.skip_subtree()
            else:
                self._close(node)
                self._text(node.tail)

    def _text(self, text: str | None) -> None:
        if text:
            self._story.text(text)

    def _open(self, node: Element) -> bool:
        """True: not printed, to be skipped."""
        tag = node.tag
        if tag in _PARAGRAPHS:
            self._story.open_paragraph()
        elif tag == f"{_TABLE}table":
            self._story.open_table()
            self._above.append({})
        elif tag == f"{_TABLE}table-row":
            self._story.open_row()
            self._rows.append(Row())
            self._below.append({})
        elif tag in _CELLS:
            self._story.open_cell()
        elif tag in _SIGNS:
            self._story.text(_SIGNS[tag])
        elif tag == f"{_TEXT}s":
            self._story.text(" " * span(node.get(f"{_TEXT}c")))
        elif tag == f"{_TEXT}span" and self._is_special(node):
            self._story.text(GAP)
        if tag in _SKIPPED or self._is_hidden(node):
            return True
        self._text(node.text)
        return False

    def _close(self, node: Element) -> None:
        tag = node.tag
        if tag in _PARAGRAPHS:
            self._story.close_paragraph()
        elif tag in _CELLS:
            self._close_cell(node)
        elif tag == f"{_TABLE}table-row":
            self._story.close_row(self._rows.pop(), span(node.get(f"{_TABLE}number-rows-repeated")))
            self._above[-1] = self._below.pop()
        elif tag == f"{_TABLE}table":
            self._above.pop()
            self._story.close_table()
        elif tag == f"{_TEXT}span" and self._is_special(node):
            self._story.text(GAP)

    def _is_special(self, node: Element) -> bool:
        return node.get(f"{_TEXT}style-name") in self._special

    def _is_hidden(self, node: Element) -> bool:
        return node.tag == f"{_TEXT}span" and self._special.get(node.get(f"{_TEXT}style-name") or "") is False

    def _close_cell(self, node: Element) -> None:
        """A cell, or several alike. Those that a merged cell covers are there too, as covered-table-cell."""
        text = self._story.close_cell()
        covered = node.tag.endswith("covered-table-cell")
        rows = span(node.get(f"{_TABLE}number-rows-spanned"))
        row = self._rows[-1]
        for _ in range(span(node.get(f"{_TABLE}number-columns-repeated"))):
            if covered:
                self._cover(text)
                continue
            start = len(row.texts)
            row.add(text, 1)
            if rows > 1 and len(row.texts) > start:
                width = span(node.get(f"{_TABLE}number-columns-spanned"))
                self._below[-1].update(dict.fromkeys(range(start, start + width), _Merged(text, rows - 1)))

    def _cover(self, text: str) -> None:
        """A covered cell repeats the cell that covers it. One that nothing covers, or with other text, is a cell."""
        row = self._rows[-1]
        column = len(row.texts)
        above = self._above[-1].get(column)
        if above is not None:
            row.add(above.text, 1, Span.FROM_ABOVE)
            if above.rows > 1:
                self._below[-1][column] = above._replace(rows=above.rows - 1)
        elif column and not text:
            row.add(row.texts[-1], 1, Span.FROM_LEFT)
        else:
            row.add(text, 1)
