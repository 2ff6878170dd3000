"""The source of a web page → its texts by their places: those in tables, blank cells, and the lines of its prose."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape

from govstats.correction.inplace._contract import CannotOperate
from govstats.correction.inplace._figures import Range, bare, may_be_figure

_TAG = re.compile(
    r"<!--.*?--!?>|<(?P<raw>script|style|textarea|title|xmp|noframes|noembed|iframe)(?=[\s/>]).*?</(?P=raw)[^<>]*>"
    r"""|<(?P<end>/?)(?P<name>[a-z][^\s/<>]*)(?:[^<>"']|"[^"]*"|'[^']*')*+>|<[!?/][^<>]*>""",
    re.IGNORECASE | re.DOTALL,
)
_TABLES = re.compile(r"<(?P<end>/?)table(?=[\s>])", re.IGNORECASE)
_ENDED = (("<!--", "-->"), *((f"<{name}", f"</{name}") for name in ("script", "style", "iframe", "title")))
_MOST_OPEN = 20
"""What has no end is looked for up to the end of the page, each time."""
_INLINE = frozenset(
    "a abbr b big bdi bdo center code del em font i ins mark nobr o:p s small span strike strong sub".split()  # noqa: SIM905
) | {"sup", "tt", "u"}
_INTO_CELLS = _INLINE | {"p", "div"}
_CELLS = {"td", "th"}
_ENDS_CELL = {"td", "th", "tr", "table", "tbody", "thead", "tfoot"}


@dataclass(slots=True)
class _Cell:
    """A cell that is open: where something could be put if it stays blank."""

    place: int
    is_blank: bool = True


@dataclass(slots=True)
class Page:
    """`figures`: the texts in tables that may be figures, and the places (empty ranges) in blank cells, in order;
    `lines`: the texts that stand in one line or paragraph."""

    source: str
    figures: list[Range] = field(default_factory=list)
    lines: list[list[Range]] = field(default_factory=lambda: [[]])

    @classmethod
    def of(cls, source: str, blanks: bool, tables_only: bool = False) -> Page:
        """Look through the page, or through its tables and what is between them."""
        page = cls(source)
        if any(source.count(start) > source.count(end) + _MOST_OPEN for start, end in _ENDED):
            raise CannotOperate
        tables = list(_TABLES.finditer(source)) if tables_only else []
        closed = bool(tables) and bool(tables[-1]["end"])
        _Walk(page, blanks).through(tables[0].start() if tables else 0, tables[-1].start() if closed else len(source))
        page.figures.sort()
        return page


class _Walk:
    """Over the tags of a page, once, as they are written; what browsers make of broken ones is the reader's matter."""

    def __init__(self, page: Page, blanks: bool) -> None:
        self._page, self._blanks = page, blanks
        self._tables = 0
        self._cell: _Cell | None = None

    def through(self, start: int, end: int) -> None:
        """Fill the page with what stands from one place of its source to another."""
        at = start
        for tag in _TAG.finditer(self._page.source, start, end):
            self._text(at, tag.start())
            self._tag(tag)
            at = tag.end()
        self._text(at, end)
        self._end_cell()

    def _tag(self, tag: re.Match[str]) -> None:
        name = (tag["name"] or tag["raw"] or "").lower()
        if name and name not in _INLINE:
            self._page.lines.append([])
        if name in _ENDS_CELL:
            self._end_cell()
        if name == "table":
            self._tables = max(0, self._tables + (-1 if tag["end"] else 1))
        elif name in _CELLS and not tag["end"] and self._tables:
            self._cell = _Cell(tag.end())
        elif self._cell and name in _INTO_CELLS and not tag["end"] and self._cell.is_blank:
            self._cell.place = tag.end()

    def _text(self, start: int, end: int) -> None:
        if start == end:
            return
        source = self._page.source
        is_blank = _is_blank(source[start:end])
        if not is_blank:
            self._page.lines[-1].append(Range(start, end))
        if not self._tables:
            return
        if is_blank:
            if self._cell and self._cell.is_blank:
                self._cell.place = end
            return
        if self._cell:
            self._cell.is_blank = False
        if may_be_figure(source[start:end]):
            self._page.figures.append(Range(start, end))

    def _end_cell(self) -> None:
        if self._cell and self._cell.is_blank and self._blanks:
            self._page.figures.append(Range(self._cell.place, self._cell.place))
        self._cell = None


def _is_blank(text: str) -> bool:
    """Is nothing of it seen?"""
    return not bare(unescape(text) if "&" in text else text)
