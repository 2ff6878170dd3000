"""A walk through the body of content.xml → what is printed there, told to a Story; merged cells expanded."""

from __future__ import annotations

import re

from govstats.readers._office.marks import FLOATING, LARGE, OBJECT, STRUCK
from govstats.readers._office.odfnames import DRAW, FORM, OFFICE, SVG, TABLE, TEXT
from govstats.readers._office.odtpainted import Painted
from govstats.readers._office.odtstyles import Look, Said, Special, look_of
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
_LINES = {f"{DRAW}{name}" for name in ("line", "connector")}
_RINGS = {f"{DRAW}{name}" for name in ("ellipse", "circle")}
_BOXES = {"rectangle", "round-rectangle", "mso-spt202"}
_GEOMETRY = f"{DRAW}enhanced-geometry"
_LENGTH = re.compile(r"([0-9.]+)(cm|mm|in|pt)")
_IN_CM = {"cm": 1.0, "mm": 0.1, "in": 2.54, "pt": 2.54 / 72}
_LARGEST = 3.0
"""Centimetres: what is larger and floats (a seal, a chart) stands for the figure of no cell."""
_SMALL, _NARROW = 1.1, 0.8
"""Centimetres: a shape in a cell, and a line that is no diagonal through one."""


class OdtWalk:
    """Through the tree once; tables are left to OdtTables."""

    def __init__(self, story: Story, special: Special, painted: Painted) -> None:
        self._story = story
        self._special = special
        self._painted = painted
        self._values: dict[str, str] = {}
        self._said: list[Said] = [{}]
        """What holds of the text of each open paragraph and span."""
        self._look = Look.PLAIN
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
        if text and self._look is not Look.HIDDEN:
            self._story.text(text + STRUCK if self._look is Look.STRUCK and text.strip() else text)

    def _begin(self, node: Element, family: str) -> None:
        """A paragraph, or a span, which holds what is around it but for what its own style says."""
        own = self._special.get((family, node.get(_STYLE) or "")) or self._special.get((family, ""), {})
        above: Said = self._said[-1] if family == "text" else {}
        self._said.append({**above, **own} if own else above)
        if own or self._look:
            self._set_look()

    def _set_look(self) -> None:
        before, self._look = self._look, look_of(self._said[-1])
        if before is not self._look or self._look is Look.APART:
            self._story.text(GAP)

    def _end(self) -> None:
        self._said.pop()
        if self._look or self._said[-1]:
            self._set_look()

    def _open(self, node: Element) -> bool:
        """True: not printed, to be skipped."""
        tag = node.tag
        is_hidden = False
        if tag in _PARAGRAPHS:
            self._story.open_paragraph()
            if self._special:
                self._begin(node, "paragraph")
        elif tag == _SPAN:
            if self._special:
                self._begin(node, "text")
        elif tag in _CELLS:
            self._story.open_cell()
            self._text(OBJECT if node in self._painted.cells else None)
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
            self._text(_SIGNS[tag])
        elif tag == _SPACE:
            self._text(" " * span(node.get(f"{TEXT}c")))
        elif tag.startswith(DRAW):
            self._story.text(self._drawn(node))
        if tag in _CONDITIONAL:
            return node.get(f"{TEXT}is-hidden") == "true"
        return tag in _SKIPPED or (tag == _SECTION and node.get(f"{TEXT}display") == "none")

    def _close(self, node: Element) -> None:
        tag = node.tag
        if tag in _PARAGRAPHS:
            if self._special:
                self._end()
            self._story.close_paragraph()
        elif tag == _SPAN:
            if self._special:
                self._end()
        elif tag in _CELLS:
            self._tables.close_cell(node)
        elif tag == _ROW:
            self._tables.close_row(node)
        elif tag == _TABLE:
            self._tables.close_table()

    def _drawn(self, node: Element) -> str:
        """What stands for a picture, an object or a drawing; the value of a control; nothing for a box of text."""
        if self._look is Look.HIDDEN:
            return ""
        if node.tag == f"{DRAW}control":
            return self._values.get(node.get(f"{DRAW}control") or "", "")
        if not self._shows(node):
            return ""
        if node.get(f"{TEXT}anchor-type") == "as-char":
            return OBJECT
        sizes = (_length(node.get(f"{SVG}{side}")) for side in ("width", "height"))
        return FLOATING if max(sizes) <= _LARGEST and node.get(f"{TEXT}anchor-type") != "page" else LARGE

    def _shows(self, node: Element) -> bool:
        """Is it seen as more than a line, a frame, or the box of a text?"""
        if node.tag == f"{DRAW}frame":
            return any(each.tag in _PICTURES for each in node)
        if node.get(f"{DRAW}style-name") in self._painted.shapes:
            return True
        if node.tag in _DRAWN or _is_inked(node):
            return True
        return any((each.get(f"{DRAW}type") or "").endswith("non-primitive") for each in node.iter(_GEOMETRY))


def _is_inked(node: Element) -> bool:
    """Is it a shape without a text, of the size of a figure, and neither a frame nor a diagonal: a 1 that is drawn?"""
    if node.tag in _LINES:
        ends = [[_length(node.get(f"{SVG}{axis}{end}")) for end in "12"] for axis in "xy"]
        width, height = (max(pair) - min(pair) for pair in ends)
        return width <= _NARROW and 0 < height <= _SMALL
    sizes = [_length(node.get(f"{SVG}{side}")) for side in ("width", "height")]
    if not 0 < max(sizes) <= _SMALL or "".join(node.itertext()).strip():
        return False
    kinds = {each.get(f"{DRAW}type") or "rectangle" for each in node.iter(_GEOMETRY)}
    return node.tag in _RINGS or bool(kinds - _BOXES)


def _control_values(root: Element) -> dict[str, str]:
    """What stands in the fields of forms, by their names."""
    values = {}
    for forms in root.iter(f"{OFFICE}forms"):
        for node in forms.iter():
            value = node.get(f"{FORM}current-value") or node.get(f"{FORM}value") or node.get(f"{FORM}label")
            for name in (node.get(f"{FORM}id"), node.get("{http://www.w3.org/XML/1998/namespace}id")):
                if name:
                    values[name] = value or ""
    return values


def _length(value: str | None) -> float:
    """In centimetres; 0 if nothing is said."""
    match = _LENGTH.fullmatch(value or "")
    return float(match[1]) * _IN_CM[match[2]] if match else 0.0
