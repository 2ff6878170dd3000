"""content.xml of an OpenDocument text → its texts in cells and its paragraphs, by their places in the source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from govstats.correction.inplace._figures import Range, bare

_TAG = re.compile(
    r"""<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|<(?P<end>/?)(?P<name>[\w.-]+:[\w.-]+)(?:[^<>"']|"[^"]*"|'[^']*')*?(?P<alone>/?)>""",
    re.DOTALL,
)
_PARAGRAPHS = {"text:p", "text:h"}
_CELL = "table:table-cell"
_CELLS = {_CELL, "table:covered-table-cell"}
_SKIPPED = {
    "office:annotation",
    "text:note",
    "text:tracked-changes",
    "text:ruby-text",
    "office:forms",
    "svg:title",
    "svg:desc",
}


class Piece(NamedTuple):
    """A text of a paragraph; in a blank paragraph a place without one. `dress`: the tags of the paragraph and of the
    span that it stands in."""

    start: int
    end: int
    dress: tuple[str, ...]
    alone: bool = False
    """Is its place behind a paragraph or a cell without content (`<text:p/>`)?"""

    @property
    def is_cell(self) -> bool:
        """Is it a cell without a paragraph?"""
        return self.dress[0].startswith(f"<{_CELL}")

    @property
    def range(self) -> Range:
        """Without what is around it."""
        return Range(self.start, self.end)


@dataclass(slots=True)
class _Paragraph:
    opened: str
    place: int
    in_cell: bool
    pieces: list[Piece] = field(default_factory=list)


@dataclass(slots=True)
class OpenText:
    """`figures`: the texts in cells, and the places in blank ones; `lines`: the texts of each paragraph."""

    source: str
    figures: list[Piece] = field(default_factory=list)
    lines: list[list[Range]] = field(default_factory=list)

    @classmethod
    def of(cls, source: str, blanks: bool) -> OpenText:
        """Look through the part."""
        found = cls(source)
        for paragraph in _paragraphs(source):
            ranges = [piece.range for piece in paragraph.pieces]
            found.lines += [ranges] if ranges else []
            if paragraph.in_cell and paragraph.pieces:
                found.figures += paragraph.pieces
            elif paragraph.in_cell and blanks:
                is_alone = paragraph.opened.endswith("/>")
                found.figures.append(Piece(paragraph.place, paragraph.place, (paragraph.opened,), is_alone))
        return found


def _paragraphs(source: str) -> Iterator[_Paragraph]:
    """Those that are read, and cells without any: there one can be put."""
    opened: list[_Paragraph] = []
    spans: list[str] = []
    cells: list[re.Match[str]] = []
    skipped = at = 0
    for tag in _TAG.finditer(source):
        if opened and not skipped and bare(source[at : tag.start()]):
            dress = (opened[-1].opened, *spans[-1:])
            opened[-1].pieces.append(Piece(at, tag.start(), dress))
        at = tag.end()
        name, is_end = tag["name"], bool(tag["end"])
        if tag["alone"]:
            if name in {*_PARAGRAPHS, _CELL} and not skipped:
                yield _Paragraph(tag[0], tag.end(), bool(cells) or name == _CELL)
        elif name in _SKIPPED:
            skipped += -1 if is_end else 1
        elif name in _CELLS and not is_end:
            cells.append(tag)
        elif name in _CELLS and cells:
            if cells.pop().end() == tag.start() and not skipped:
                yield _Paragraph(f"<{_CELL}>", tag.start(), True)
        elif name == "text:span":
            spans = spans[:-1] if is_end else [*spans, tag[0]]
        elif name in _PARAGRAPHS and not is_end and not skipped:
            opened.append(_Paragraph(tag[0], tag.end(), bool(cells)))
        elif name in _PARAGRAPHS and opened and not skipped:
            opened[-1].place = tag.start()
            yield opened.pop()
