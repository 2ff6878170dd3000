"""How a workbook dresses its cells → Look: the number format, and whether the cell is struck out or cannot be seen.

A text and its Look → the text as it is read: what is struck out or white on white is no figure, and never a blank.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple, TypeVar

from govstats.readers._office.marks import struck_out
from govstats.readers.excel.numberformat import (
    BUILT_IN,
    changes_texts,
    is_painted_white,
    shown_otherwise,
    shows_whole,
    text_otherwise,
)
from govstats.readers.excel.xmlpart import PartEvents

_WHITE = re.compile(r"(?:FF)?(?:F[0-9A-F]){3}", re.IGNORECASE)
_OFF = {"0", "false"}
_DIGIT = re.compile(r"\d")
_ZERO = re.compile(r"0*\.?0*")
_Any = TypeVar("_Any")


class Look(NamedTuple):
    """What matters here of a cell's style."""

    pattern: str = ""
    is_struck: bool = False
    is_unseen: bool = False
    is_filled: bool = False
    is_raised: bool = False

    def shows_whole(self) -> bool:
        """Are whole figures that are not negative read as they are stored?"""
        return not self.is_struck and not self.is_unseen and shows_whole(self.pattern)

    def changes_texts(self) -> bool:
        """Is a text read as another one?"""
        return self.is_struck or self.is_unseen or changes_texts(self.pattern)

    def number(self, value: float, stored: str) -> str:
        """What is read of a number; empty where it is the stored one."""
        shown = shown_otherwise(value, self.pattern)
        if value and not self.is_filled and is_painted_white(value, self.pattern):
            return f"{shown or stored} [white]"
        return self._dressed(shown or stored) or shown

    def text(self, text: str) -> str:
        """What is read of a text; empty where it is that."""
        shown = text_otherwise(text, self.pattern) if changes_texts(self.pattern) else ""
        return self._dressed(shown or text) or shown

    def _dressed(self, text: str) -> str:
        if self.is_struck and text:
            return struck_out(text)
        if self.is_unseen and _DIGIT.search(text) and not _ZERO.fullmatch(text):
            return f"{text} [white]"
        return ""


PLAIN = Look()


def is_white(colour: str) -> bool:
    """`FFFFFF` or `FFFFFFFF`, or so near to it that nobody sees the difference."""
    return _WHITE.fullmatch(colour) is not None


class StylesPart(PartEvents):
    """xl/styles.xml: the looks of cells by the number of their style; those of no other look than a plain one are not
    there."""

    def __init__(self) -> None:
        self.looks: dict[str, Look] = {}
        self._formats: dict[str, str] = {str(number): pattern for number, pattern in BUILT_IN.items()}
        self._fonts: list[Look] = []
        self._fills: list[bool] = []
        self._path: list[str] = []
        self._styles = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        around = self._path[-1] if self._path else ""
        if name == "numFmt":
            self._formats[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "font" and around == "fonts":
            self._fonts.append(PLAIN)
        elif name == "fill" and around == "fills":
            self._fills.append(False)
        elif around == "font" and "fonts" in self._path:
            self._fonts[-1] = _with(self._fonts[-1], name, attributes)
        elif "fills" in self._path:
            self._note_fill(name, attributes)
        elif name == "xf" and around == "cellXfs":
            self._note_style(attributes)
        self._path.append(name)

    def end(self, name: str) -> None:
        self._path.pop()

    def _note_fill(self, name: str, attributes: Mapping[str, str]) -> None:
        """A cell is filled, unless with nothing or with white."""
        if (name == "patternFill" and attributes.get("patternType", "none") != "none") or name == "gradientFill":
            self._fills[-1] = True
        elif name == "fgColor" and is_white(attributes.get("rgb", "")):
            self._fills[-1] = False

    def _note_style(self, attributes: Mapping[str, str]) -> None:
        font = _at(self._fonts, attributes.get("fontId"), PLAIN)
        is_filled = _at(self._fills, attributes.get("fillId"), False)
        pattern = self._formats.get(attributes.get("numFmtId", "0"), "")
        look = Look(pattern, font.is_struck, font.is_unseen and not is_filled, is_filled)
        if look != PLAIN:
            self.looks[str(self._styles)] = look
        self._styles += 1


def _with(look: Look, name: str, attributes: Mapping[str, str]) -> Look:
    """The look with what an element of a font says."""
    if name == "strike":
        return look._replace(is_struck=attributes.get("val", "1") not in _OFF)
    if name == "color":
        return look._replace(is_unseen=is_white(attributes.get("rgb", "")) or attributes.get("theme") == "0")
    return look


def _at(found: list[_Any], index: str | None, default: _Any) -> _Any:
    at = int(index or 0)
    return found[at] if at < len(found) else default
