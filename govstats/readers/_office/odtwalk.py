"""A walk through the body of content.xml → what is printed there, told to a Story; merged cells expanded."""

from __future__ import annotations

from govstats.readers._office.odfnames import OFFICE, STYLE, SVG, TABLE, TEXT
from govstats.readers._office.odttables import OdtTables
from govstats.readers._office.story import BREAK, GAP, Story
from govstats.readers._office.tree import Element, span, walk


def special_styles(root: Element) -> dict[str, bool]:
    """Styles that set characters apart (raised, struck, hidden) → are they printed? A raised 1 behind 12 is a note."""
    special: dict[str, bool] = {}
    for node in root.iter(f"{STYLE}text-properties"):
        style = node.getparent()
        if style is None or style.get(f"{STYLE}family") != "text":
            continue
        name = style.get(f"{STYLE}name") or ""
        if node.get(f"{TEXT}display") == "none":
            special[name] = False
        elif _is_raised(node) or node.get(f"{STYLE}text-line-through-style") not in (None, "none"):
            special.setdefault(name, True)
    return special


def _is_raised(node: Element) -> bool:
    """`super 58%`, `-33% 58%`; `0% 100%` is none."""
    shift, *_ = (node.get(f"{STYLE}text-position") or "0%").split() or ["0%"]
    return shift.strip("-0.%") != ""


_SKIPPED = {
    f"{OFFICE}annotation",
    f"{OFFICE}forms",
    f"{SVG}title",
    f"{SVG}desc",
    f"{TEXT}note",
    f"{TEXT}ruby-text",
    f"{TEXT}tracked-changes",
}
"""Comments, notes, names of pictures, readings above characters, and what was deleted under change tracking."""
_SIGNS = {f"{TEXT}tab": "\t", f"{TEXT}line-break": BREAK, f"{TEXT}note": GAP}
_PARAGRAPHS = {f"{TEXT}p", f"{TEXT}h"}
_CELLS = {f"{TABLE}table-cell", f"{TABLE}covered-table-cell"}


class OdtWalk:
    """Through the tree once; tables are left to OdtTables."""

    def __init__(self, story: Story, special: dict[str, bool]) -> None:
        self._story = story
        self._special = special
        self._tables = OdtTables(story)

    def through(self, root: Element) -> None:
        """Tell the story all that is printed below `root`."""
        walker = walk(root)
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
        elif tag == f"{TABLE}table":
            self._tables.open_table()
        elif tag == f"{TABLE}table-row":
            self._tables.open_row()
        elif tag in _CELLS:
            self._story.open_cell()
        elif tag in _SIGNS:
            self._story.text(_SIGNS[tag])
        elif tag == f"{TEXT}s":
            self._story.text(" " * span(node.get(f"{TEXT}c")))
        elif tag == f"{TEXT}span" and self._is_special(node):
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
            self._tables.close_cell(node)
        elif tag == f"{TABLE}table-row":
            self._tables.close_row(node)
        elif tag == f"{TABLE}table":
            self._tables.close_table()
        elif tag == f"{TEXT}span" and self._is_special(node):
            self._story.text(GAP)

    def _is_special(self, node: Element) -> bool:
        return node.get(f"{TEXT}style-name") in self._special

    def _is_hidden(self, node: Element) -> bool:
        return node.tag == f"{TEXT}span" and self._special.get(node.get(f"{TEXT}style-name") or "") is False
