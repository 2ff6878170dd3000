"""The shapes of a sheet of an .ods → what lies over its cells: pictures, drawings, texts in boxes, and where."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping

from govstats.readers._office.marks import OBJECT
from govstats.readers.excel.sheet import LaidOver, Position, between

SHAPES = frozenset(
    (
        *(
            "frame",
            "custom-shape",
            "rect",
            "ellipse",
            "circle",
            "caption",
            "polygon",
            "polyline",
            "path",
            "g",
            "control",
        ),
        *("regular-polygon", "connector", "line", "measure"),
    )
)
_SEEN = {"image", "object", "object-ole", "plugin", "applet", "path", "polygon", "polyline"}
_LARGEST = 3.0
"""Centimetres: a picture that is larger (a seal, a chart of its own) stands for the figure of no cell."""
_SMALL, _NARROW = 1.1, 0.8
"""Centimetres: a shape in a cell; a line that is no diagonal through one."""
_LINES = {"line", "connector", "measure"}
_BOXES = {"rectangle", "round-rectangle", "mso-spt202", "text-box"}
"""They are frames, or patches, unless they are filled with ink."""
_RINGS = {"ellipse", "circle", "regular-polygon"}
_ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})$")
_LENGTH = re.compile(r"(-?[0-9.]+)(cm|mm|in|pt)")
_IN_CM = {"cm": 1.0, "mm": 0.1, "in": 2.54, "pt": 2.54 / 72}


class Shape:
    """A shape while its parts are met. `lines`: its text."""

    def __init__(self, depth: int, name: str, attributes: Mapping[str, str], inked: Container[str] = ()) -> None:
        """`inked`: the styles of shapes that are filled with a colour."""
        self.depth = depth
        self._inked = inked
        self._is_inked = False
        self.lines: list[str] = []
        self.corner: tuple[float, ...]
        self._size: tuple[float, ...]
        if name in _LINES:
            ys, xs = (sorted(length(attributes.get(f"{axis}{end}")) or 0.0 for end in "12") for axis in "yx")
            self.corner, self._size = (ys[0], xs[0]), (ys[1] - ys[0], xs[1] - xs[0])
        else:
            self.corner = tuple(length(attributes.get(side)) or 0.0 for side in ("y", "x"))
            self._size = tuple(length(attributes.get(side)) or 0.0 for side in ("height", "width"))
        self._end = _ADDRESS.search(attributes.get("end-cell-address", ""))
        self._is_seen = False
        self.take(name, attributes)

    def take(self, name: str, attributes: Mapping[str, str]) -> None:
        """The shape itself, or a part of it."""
        is_filled = attributes.get("style-name", "") in self._inked
        self._is_inked |= name in _RINGS or is_filled or (name in _LINES and self._size[1] <= _NARROW)
        self._is_inked |= name == "enhanced-geometry" and attributes.get("type", "rectangle") not in _BOXES
        self._is_seen |= name in _SEEN or (name == "enhanced-geometry" and attributes.get("type") == "non-primitive")

    @property
    def is_picture(self) -> bool:
        """Is it a picture, or a drawing, without a text?"""
        return self._is_seen and not any(map(str.strip, self.lines))

    def over(self, first: Position) -> LaidOver | None:
        """The cells that it may be in, if it begins in this one; None if it stands for no figure."""
        text = "\n".join(self.lines).strip()
        size = max(self._size)
        if not (text or (self._is_inked and 0 < size <= _SMALL) or (self._is_seen and size <= _LARGEST)):
            return None
        cells = between(first, _position(self._end[1], self._end[2]) if self._end else first)
        return (cells, text or OBJECT) if cells else None

    @property
    def end(self) -> tuple[float, ...]:
        """Its lower and right sides in centimetres."""
        return tuple(map(sum, zip(self.corner, self._size, strict=True)))


def length(value: str | None) -> float | None:
    """In centimetres; None if nothing is said."""
    match = _LENGTH.fullmatch(value or "")
    return float(match[1]) * _IN_CM[match[2]] if match else None


def _position(letters: str, number: str) -> Position:
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(number) - 1, column - 1
