"""The drawing of a sheet → what lies over its cells: pictures, charts, text boxes, each with the cells it may be in."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping

from govstats.readers._office.marks import OBJECT
from govstats.readers.excel.relations import RelationsPart
from govstats.readers.excel.sheet import LaidOver, between
from govstats.readers.excel.xmlpart import PartEvents, Parts, parse

_LARGEST = 1_080_000
"""3 cm in EMU: what is larger lies over many cells (a seal, a chart of its own) and stands for the figure of none."""
_SEEN = {"blip", "chart", "relIds", "contentPart", "custGeom", "oleObj"}


def drawn(parts: Parts, sheet: str) -> tuple[list[LaidOver], set[int]]:
    """What lies over cells of the sheet that is this part, and the rows at which larger pictures are."""
    folder, name = posixpath.split(sheet)
    relations = RelationsPart(sheet)
    parse(parts.read(f"{folder}/_rels/{name}.rels") or b"<Relationships/>", relations)
    drawing = _DrawingPart()
    if target := relations.named.get("drawing"):
        parse(parts.read(target) or b"<wsDr/>", drawing)
    return drawing.laid_over, drawing.pictures


class _DrawingPart(PartEvents):
    """xl/drawings/drawing1.xml: its anchors, each with what it holds."""

    def __init__(self) -> None:
        self.laid_over: list[LaidOver] = []
        self.pictures: set[int] = set()
        self._corner = ""
        self._places: dict[str, int] = {}
        self._lines: list[str] = []
        self._is_seen = self._is_large = False
        self._within = ""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name.endswith("CellAnchor"):
            self._places, self._lines, self._is_seen, self._is_large = {}, [], False, False
        elif name in {"from", "to"}:
            self._corner = name
        elif name == "ext" and "cx" in attributes:
            self._is_large |= max(int(attributes["cx"]), int(attributes.get("cy", 0))) > _LARGEST
        elif name in _SEEN:
            self._is_seen = True
        elif name == "p":
            self._lines.append("")
        self._within = name

    def end(self, name: str) -> None:
        if name.endswith("CellAnchor"):
            self._close()
        elif name == self._corner:
            self._corner = ""
        self._within = ""

    def data(self, text: str) -> None:
        if self._within in {"row", "col"} and self._corner:
            self._places[self._corner + self._within] = int(text)
        elif self._within == "t" and self._lines:
            self._lines[-1] += text

    def _close(self) -> None:
        text = "\n".join(self._lines).strip() or OBJECT * self._is_seen
        first = (self._places.get("fromrow", -1), self._places.get("fromcol", -1))
        last = (self._places.get("torow", first[0]), self._places.get("tocol", first[1]))
        if text and not (self._is_large and text == OBJECT) and (cells := between(first, last)):
            self.laid_over.append((cells, text))
        elif text == OBJECT and min(first) >= 0:
            self.pictures.add(first[0])
