"""The styles of an .ods → looks of cells and of spans of text by the names of styles; hidden sheets; sizes of lines."""

from __future__ import annotations

from collections.abc import Mapping

from govstats.readers.excel.looks import PLAIN, Look, is_white
from govstats.readers.excel.odsshapes import length
from govstats.readers.excel.xmlpart import PartEvents

_FORMATS = frozenset({"number-style", "currency-style", "percentage-style"})
_SIZES = {"table-row-properties": "row-height", "table-column-properties": "column-width"}
_PROPERTIES = frozenset(f"{of}-properties" for of in ("graphic", "table", "table-cell", "text"))
STYLE_PARTS = frozenset({"style", "map", *_PROPERTIES, *_SIZES, *_FORMATS})


class OdsStyles(PartEvents):
    """A style takes over what its parent says, if that stands before it."""

    def __init__(self) -> None:
        self.looks: dict[str, Look] = {}
        self.hidden: set[str] = set()
        self.sizes: dict[str, float] = {}
        """How large rows and columns of a style are, in centimetres."""
        self.inked: set[str] = set()
        """Styles of shapes that are filled with a colour."""
        self._style = self._format = ""
        self._white: set[str] = set()
        """Number formats that paint every figure white."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "style":
            self._style, self._format = attributes.get("name", ""), ""
            look = self.looks.get(attributes.get("parent-style-name", ""), PLAIN)
            self._set(look._replace(is_unseen=True) if attributes.get("data-style-name") in self._white else look)
        elif name in _FORMATS:
            self._format = attributes.get("name", "")
        elif self._format:
            self._note_format(name, attributes)
        elif name == "table-properties" and attributes.get("display") == "false":
            self.hidden.add(self._style)
        elif name == "graphic-properties":
            if attributes.get("fill") == "solid" and not is_white(attributes.get("fill-color", "#ffffff").lstrip("#")):
                self.inked.add(self._style)
        elif name in _SIZES:
            size = length(attributes.get(_SIZES[name]))
            if size or (size is not None and attributes.get("use-optimal-row-height") != "true"):
                self.sizes[self._style] = size
        elif name == "text-properties":
            self._note_text(attributes)
        elif name == "table-cell-properties":
            colour = attributes.get("background-color", "transparent")
            if colour != "transparent" and not is_white(colour.lstrip("#")):
                self._set(self.looks.get(self._style, PLAIN)._replace(is_filled=True, is_unseen=False))

    def _note_format(self, name: str, attributes: Mapping[str, str]) -> None:
        """A format of several sections has maps, and its own colour is that of one of them."""
        if name == "map":
            self._white.discard(self._format)
        elif is_white(attributes.get("color", "").lstrip("#")):
            self._white.add(self._format)

    def _note_text(self, attributes: Mapping[str, str]) -> None:
        look = self.looks.get(self._style, PLAIN)
        if any(attributes.get(f"text-line-through-{each}", "none") != "none" for each in ("style", "type")):
            look = look._replace(is_struck=True)
        if is_white(attributes.get("color", "").lstrip("#")) and not look.is_filled:
            look = look._replace(is_unseen=True)
        if attributes.get("display") == "none":
            look = look._replace(is_unseen=True)
        shift, *_ = attributes.get("text-position", "").split() or [""]
        if shift.strip("-0.%"):
            look = look._replace(is_raised=True)
        self._set(look)

    def _set(self, look: Look) -> None:
        if look != PLAIN:
            self.looks[self._style] = look
