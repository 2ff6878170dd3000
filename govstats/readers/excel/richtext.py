"""The events of a rich text (`si` or `is` of an .xlsx) → one text in which what is set apart stands apart.

A raised 1 behind 12 is a note, not 121; white on white is not read; what is struck out is told to be.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from govstats.readers._office.marks import struck_out
from govstats.readers._office.story import GAP
from govstats.readers.excel.looks import is_white
from govstats.readers.excel.xmlpart import PartEvents

_DRESSED = re.compile(rb'vertAlign|<(?:\w+:)?strike\b|<(?:\w+:)?color [^>]*rgb="FF(?:[Ff][0-9A-Fa-f]){3}"')
_RAISED = {"superscript", "subscript"}
_OFF = {"0", "false"}


def may_be_dressed(part: bytes) -> bool:
    """Could a run of text be set apart anywhere in this part?"""
    return _DRESSED.search(part) is not None


class RichText:
    """One text while its elements arrive."""

    def __init__(self) -> None:
        self.text = ""
        self.kinds: set[str] = set()
        """In which ways its runs are set apart."""
        self._kind = ""
        self._run = ""
        self._last = ""
        self._in_text = self._in_phonetic = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element inside begins."""
        if name == "r":
            self._kind = ""
        elif name == "rPh":
            self._in_phonetic = True
        elif name == "t":
            self._in_text, self._run = not self._in_phonetic, ""
        elif kind := _kind(name, attributes):
            self._kind = kind
            self.kinds.add(kind)

    def end(self, name: str) -> None:
        """One ends."""
        if name == "rPh":
            self._in_phonetic = False
        elif name == "t" and self._in_text:
            self._in_text = False
            self._add()
        elif name == "r":
            self._kind = ""

    def data(self, text: str) -> None:
        """Text inside."""
        if self._in_text:
            self._run += text

    def _add(self) -> None:
        """Runs of one kind that follow each other are one."""
        kind, run = self._kind, self._run
        if kind == "unseen":
            run = ""
        elif kind == "struck":
            run = struck_out(run)
        if kind != self._last and self.text:
            self.text += GAP
        self.text += run
        self._last = kind


def _kind(name: str, attributes: Mapping[str, str]) -> str:
    if name == "vertAlign" and attributes.get("val") in _RAISED:
        return "raised"
    if name == "strike" and attributes.get("val", "1") not in _OFF:
        return "struck"
    if name == "color" and is_white(attributes.get("rgb", "")):
        return "unseen"
    return ""


class SharedTexts(PartEvents):
    """xl/sharedStrings.xml: all texts by their numbers, and in which ways their runs are set apart."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self.kinds: dict[str, set[str]] = {}
        self._open: RichText | None = None

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "si":
            self._open = RichText()
        elif self._open is not None:
            self._open.start(name, attributes)

    def end(self, name: str) -> None:
        if self._open is None:
            return
        if name == "si":
            number = str(len(self.texts))
            self.texts[number], self.kinds[number] = self._open.text, self._open.kinds
            self._open = None
        else:
            self._open.end(name)

    def data(self, text: str) -> None:
        if self._open is not None:
            self._open.data(text)
