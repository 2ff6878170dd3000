"""The drawings of a sheet → what lies over its cells: pictures, charts, text boxes, and in which cells they may be."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from functools import cached_property

from govstats.readers._office.marks import OBJECT
from govstats.readers.excel import vml
from govstats.readers.excel.axis import Axis, SheetSizes, is_hidden
from govstats.readers.excel.looks import is_white
from govstats.readers.excel.relations import RelationsPart
from govstats.readers.excel.sheet import LaidOver, Position, between
from govstats.readers.excel.xmlpart import PartEvents, Parts, parse

_LARGEST = 1_080_000
"""3 cm in EMU: what is larger lies over many cells (a seal, a chart of its own) and stands for the figure of none."""
_OLD_DRAWING = re.compile(rb'<(?:\w+:)?legacyDrawing\s[^<>]*?\bid="([^"<>]*)"')
_SMALL, _NARROW = 400_000, 300_000
"""A shape in a cell, and a line that is no diagonal through one."""
_BOXES = frozenset(("rect", "roundRect", "flowChartProcess"))
"""They are frames, or patches, unless they are filled with ink."""
_LINES = ("line", "straightConnector", "bentConnector", "curvedConnector")
_SEEN = {"blip", "chart", "relIds", "contentPart", "custGeom", "oleObj"}


def drawn(parts: Parts, name: str, sheet: bytes) -> tuple[list[LaidOver], set[int]]:
    """What lies over cells of the sheet that is this part, and the rows at which larger pictures are."""
    folder, file = posixpath.split(name)
    relations = RelationsPart(name)
    parse(parts.read(f"{folder}/_rels/{file}.rels") or b"<Relationships/>", relations)
    drawing = _DrawingPart(sheet)
    if target := relations.named.get("drawing"):
        parse(parts.read(target) or b"<wsDr/>", drawing)
    old = _OLD_DRAWING.search(sheet)
    if old and (target := relations.targets.get(old[1].decode("utf-8", "replace"))):
        drawing.laid_over += vml.laid_over(parts.read(target) or b"")
    return list(dict.fromkeys(drawing.laid_over)), drawing.pictures


class _DrawingPart(PartEvents):
    """xl/drawings/drawing1.xml: its anchors, each with what it holds."""

    def __init__(self, sheet: bytes) -> None:
        self.laid_over: list[LaidOver] = []
        self.pictures: set[int] = set()
        self._sheet = sheet
        self._corner = ""
        self._places: dict[str, int] = {}
        self._lines: list[str] = []
        self._is_seen = self._is_large = self._is_hidden = self._is_filled = False
        self._shape = ""
        self._path: list[str] = []
        self._box = [0, 0, 0, 0]
        self._within = ""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name.endswith("Anchor"):
            self._places, self._lines, self._is_seen, self._is_large = {}, [], False, False
            self._is_hidden = self._is_filled = False
            self._shape = ""
            self._box = [0, 0, 0, 0]
        elif name == "pos":
            self._box[:2] = int(attributes["x"]), int(attributes["y"])
        elif name == "cNvPr":
            self._is_hidden |= is_hidden(attributes)
        elif name in {"from", "to"}:
            self._corner = name
        elif name == "ext" and "cx" in attributes:
            if not any(self._box[2:]):
                self._box[2:] = int(attributes["cx"]), int(attributes.get("cy", 0))
            self._is_large |= max(int(attributes["cx"]), int(attributes.get("cy", 0))) > _LARGEST
        elif name in _SEEN:
            self._is_seen = True
        elif name == "prstGeom":
            self._shape = attributes.get("prst", "")
        elif name == "srgbClr" and self._path[-2:] == ["spPr", "solidFill"]:
            self._is_filled = not is_white(attributes.get("val", ""))
        elif name == "p":
            self._lines.append("")
        self._within = name
        self._path.append(name)

    def end(self, name: str) -> None:
        self._path.pop()
        if name.endswith("CellAnchor"):
            first = (self._places.get("fromrow", -1), self._places.get("fromcol", -1))
            self._close(first, (self._places.get("torow", first[0]), self._places.get("tocol", first[1])))
        elif name == "absoluteAnchor":
            x, y, width, height = self._box
            rows, columns = self._axes
            self._close((rows.at(y), columns.at(x)), (rows.at(y + height), columns.at(x + width)))
        elif name == self._corner:
            self._corner = ""
        self._within = ""

    def data(self, text: str) -> None:
        if self._within in {"row", "col"} and self._corner:
            self._places[self._corner + self._within] = int(text)
        elif self._within == "t" and self._lines:
            self._lines[-1] += text

    @cached_property
    def _axes(self) -> tuple[Axis, Axis]:
        sizes = SheetSizes()
        parse(self._sheet, sizes)
        return sizes.axes()

    def _close(self, first: Position, last: Position) -> None:
        text = "\n".join(self._lines).strip() or OBJECT * (self._is_seen or self._is_inked())
        if self._is_hidden:
            return
        if text and not (self._is_large and text == OBJECT) and (cells := between(first, last)):
            self.laid_over.append((cells, text))
        elif text == OBJECT and min(first) >= 0:
            self.pictures.add(first[0])

    def _is_inked(self) -> bool:
        """Is it a shape without a text, of the size of a figure, that is no frame: a line, a ring, a blot?"""
        _, _, width, height = self._box
        if not self._shape or not 0 < height <= _SMALL or width > _SMALL:
            return False
        if self._shape.startswith(_LINES):
            return width <= _NARROW
        return self._is_filled or self._shape not in _BOXES
