"""A walk through the body of content.xml → what is printed there, told to a Story; merged cells expanded."""

from __future__ import annotations

import re
from collections.abc import Mapping

from govstats.readers._office.marks import FLOATING, OBJECT, STRUCK
from govstats.readers._office.odfnames import DRAW, FORM, OFFICE, SVG, TABLE, TEXT
from govstats.readers._office.odtstyles import Look
from govstats.readers._office.odttables import OdtTables
from govstats.readers._office.story import BREAK, GAP, Story
from govstats.readers._office.tree import Element, span, walk

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
_SPAN, _SPACE, _SECTION, _STYLE = (f"{TEXT}{name}" for name in ("span", "s", "section", "style-name"))
_CONDITIONAL = {f"{TEXT}hidden-text", f"{TEXT}hidden-paragraph"}
_TABLE, _ROW = f"{TABLE}table", f"{TABLE}table-row"
_CELLS = {f"{TABLE}table-cell", f"{TABLE}covered-table-cell"}


_PICTURES = {f"{DRAW}{name}" for name in ("image", "object", "object-ole", "plugin", "applet", "floating-frame")}
_DRAWN = {f"{DRAW}{name}" for name in ("path", "polygon", "polyline")}
_LENGTH = re.compile(r"([0-9.]+)(cm|mm|in|pt)")
_IN_CM = {"cm": 1.0, "mm": 0.1, "in": 2.54, "pt": 2.54 / 72}
_LARGEST = 3.0
"""Centimetres: what is larger and floats (a seal, a chart) stands for the figure of no cell."""


class OdtWalk:
    """Through the tree once; tables are left to OdtTables."""

    def __init__(self, story: Story, special: Mapping[str, Look]) -> None:
        self._story = story
        self._special = special
        self._values: dict[str, str] = {}
        self._tables = OdtTables(story)

    def through(self, root: Element) -> None:
        """Tell the story all that is printed below `root`."""
        self._values = _control_values(root)
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
            is_hidden = self._look(node) is Look.HIDDEN
        elif tag == _SPAN:
            look = self._look(node)
            is_hidden = look is Look.HIDDEN
            self._text(GAP if look else None)
        elif tag in _CELLS:
            self._story.open_cell()
            is_hidden = False
        else:
            is_hidden = self._open_other(node, tag)
        if not is_hidden:
            self._text(node.text)
        return is_hidden

    def _open_other(self, node: Element, tag: str) -> bool:
        """What is seldom met. True: not printed."""
        if tag == _ROW:
            self._tables.open_row()
        elif tag == _TABLE:
            self._tables.open_table()
        elif tag in _SIGNS:
            self._story.text(_SIGNS[tag])
        elif tag == _SPACE:
            self._story.text(" " * span(node.get(f"{TEXT}c")))
        elif tag.startswith(DRAW):
            self._story.text(self._drawn(node))
        if tag in _CONDITIONAL:
            return node.get(f"{TEXT}is-hidden") == "true"
        return tag in _SKIPPED or (tag == _SECTION and node.get(f"{TEXT}display") == "none")

    def _close(self, node: Element) -> None:
        tag = node.tag
        if tag in _PARAGRAPHS:
            if self._look(node) is Look.STRUCK:
                self._story.text(STRUCK)
            self._story.close_paragraph()
        elif tag == _SPAN:
            if look := self._look(node):
                self._story.text(STRUCK + GAP if look is Look.STRUCK else GAP)
        elif tag in _CELLS:
            self._tables.close_cell(node)
        elif tag == _ROW:
            self._tables.close_row(node)
        elif tag == _TABLE:
            self._tables.close_table()

    def _look(self, node: Element) -> Look | None:
        return self._special.get(node.get(_STYLE) or "") if self._special else None

    def _drawn(self, node: Element) -> str:
        """What stands for a picture, an object or a drawing; the value of a control; nothing for a box of text."""
        if node.tag == f"{DRAW}control":
            return self._values.get(node.get(f"{DRAW}control") or "", "")
        if node.tag not in _DRAWN and not (node.tag == f"{DRAW}frame" and any(each.tag in _PICTURES for each in node)):
            return ""
        if node.get(f"{TEXT}anchor-type") == "as-char":
            return OBJECT
        sizes = (_length(node.get(f"{SVG}{side}")) for side in ("width", "height"))
        return FLOATING if max(sizes) <= _LARGEST and node.get(f"{TEXT}anchor-type") != "page" else ""


def _control_values(root: Element) -> dict[str, str]:
    """What stands in the fields of forms, by their names."""
    values = {}
    for forms in root.iter(f"{OFFICE}forms"):
        for node in forms.iter():
            value = node.get(f"{FORM}current-value") or node.get(f"{FORM}value")
            for name in (node.get(f"{FORM}id"), node.get("{http://www.w3.org/XML/1998/namespace}id")):
                if name:
                    values[name] = value or ""
    return values


def _length(value: str | None) -> float:
    """In centimetres; 0 if nothing is said."""
    match = _LENGTH.fullmatch(value or "")
    return float(match[1]) * _IN_CM[match[2]] if match else 0.0
