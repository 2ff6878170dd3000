"""Story → .pdf by reportlab: ruled tables, cut where a page is full, in fonts that are named and not embedded."""

from __future__ import annotations

import io
from collections.abc import Iterator

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from govstats.text.labels import has_han
from tests.containers.prints import Print, write_marked
from tests.factory import Layout
from tests.marks import bare, is_marked
from tests.stories import Slot, Story, cut, places

_FONT, _FIGURES = "STSong-Light", "Helvetica"
_SIZE = 7.5
_LEADING = 10
_PAD = 2
_PAGE = (595, 842)
_MARGIN = 30
_LABELS = (20, 44, 100)
"""Widths of the three label columns of a table of ten columns, in points."""


def pdf(told: Story, compressed: bool = True, printed: Print = Print()) -> bytes:  # noqa: B008
    """A PDF of as many pages as the story needs."""
    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
    saved = io.BytesIO()
    pen = _Pen(Canvas(saved, _PAGE, pageCompression=int(compressed), invariant=1), printed)
    for block in told:
        if isinstance(block, str):
            pen.write(block)
        else:
            pen.draw(block)
    printed.end(pen.canvas)
    pen.canvas.save()
    return saved.getvalue()


class _Pen:
    """Goes down the page, and to the next one where a row does not fit."""

    def __init__(self, canvas: Canvas, printed: Print) -> None:
        self.canvas = canvas
        self._printed = printed
        self._begin()

    def _begin(self) -> None:
        self._y: float = _PAGE[1] - _MARGIN
        self._printed.begin(self.canvas)

    def _turn(self) -> None:
        self._printed.end(self.canvas)
        self.canvas.showPage()
        self._begin()

    def write(self, text: str) -> None:
        for line in _wrapped(text, _PAGE[0] - 2 * _MARGIN):
            if self._y < _MARGIN + _LEADING:
                self._turn()
            self._y -= 2 * _LEADING
            self.canvas.setFont(_FONT, _SIZE)
            self.canvas.drawString(_MARGIN, self._y, line)
        self._y -= _LEADING

    def draw(self, layout: Layout) -> None:
        edges = _edges(max(map(len, places(layout))))
        while layout:
            heights = _heights(layout, edges)
            fits = _fitting(heights, self._y - _MARGIN)
            if self._printed.splits and fits < len(layout):
                room = self._y - _MARGIN - sum(heights[:fits])
                if parts := _split(layout, fits, edges, room, self._printed.splits):
                    above, layout = parts
                    self._draw_here(above, edges, _heights(above, edges))
                    self._turn()
                    continue
            if not fits:
                self._turn()
                continue
            above, layout = cut(layout, fits) if fits < len(layout) else (layout, [])
            self._draw_here(above, edges, heights)
            self._y -= sum(heights[:fits]) + _LEADING

    def _draw_here(self, layout: Layout, edges: list[float], heights: list[float]) -> None:
        tops = [self._y - sum(heights[:number]) for number in range(len(layout) + 1)]
        for number, slots in enumerate(places(layout)):
            for at, slot in enumerate(slots):
                if slot.is_own:
                    left, right = edges[at], edges[at + slot.box.width]
                    self._cell(slot.text.strip(), left, right, tops[number], tops[number + slot.box.height])

    def _cell(self, text: str, left: float, right: float, top: float, bottom: float) -> None:
        self._border(left, right, top, bottom)
        room = right - left - 2 * _PAD
        if is_marked(text):
            write_marked(self.canvas, left + _PAD, top - _LEADING, text, _SIZE * min(1, room / _width(bare(text))))
            return
        for number, line in enumerate(_wrapped(text, room), 1):
            size = _SIZE * min(1, room / _width(line))
            if self._printed.write and text.isascii():
                self._printed.write(self.canvas, left + _PAD, top - number * _LEADING, line, size)
                continue
            self.canvas.setFont(_font(text), size)
            self.canvas.drawString(left + _PAD, top - number * _LEADING, line)

    def _border(self, left: float, right: float, top: float, bottom: float) -> None:
        if self._printed.sides == "all":
            self.canvas.rect(left, bottom, right - left, top - bottom)
        elif self._printed.sides == "level":
            for y in (top, bottom):
                self.canvas.line(left, y, right, y)


def _font(text: str) -> str:
    """Figures in a Latin font, as word processors set them."""
    return _FIGURES if text.isascii() else _FONT


def _edges(width: int) -> list[float]:
    """Where the columns end; labels take more room than figures where a table has three columns of them."""
    room = _PAGE[0] - 2 * _MARGIN
    labels = list(_LABELS) if 10 <= width < 15 else []
    widths = labels + [(room - sum(labels)) / (width - len(labels))] * (width - len(labels))
    return [_MARGIN + sum(widths[:number]) for number in range(width + 1)]


def _heights(layout: Layout, edges: list[float]) -> list[float]:
    """Each row as high as the longest text of a cell that ends in it; a merged cell has room in all its rows."""
    heights: list[float] = []
    for slots in places(layout):
        lone = [(at, slot) for at, slot in enumerate(slots) if not slot.right]
        heights.append(max(_needed(at, slot, edges, heights) for at, slot in lone))
    return heights


def _needed(at: int, slot: Slot, edges: list[float], above: list[float]) -> float:
    if slot.down + 1 < slot.box.height:
        return _LEADING + 2 * _PAD
    lines = len(list(_wrapped(slot.box.text, edges[at + slot.box.width] - edges[at] - 2 * _PAD)))
    taken = sum(above[len(above) - slot.down :]) if slot.down else 0
    return max(1, lines) * _LEADING + 2 * _PAD - taken


def _fitting(heights: list[float], room: float) -> int:
    """How many rows fit."""
    return sum(sum(heights[:number]) <= room for number in range(1, len(heights) + 1))


def _split(layout: Layout, at: int, edges: list[float], room: float, figures: str) -> tuple[Layout, Layout] | None:
    """The layout cut in the middle of a row: what has room, and the rest. None where its label is short."""
    (above, _), (_, below) = cut(layout, at + 1) if at + 1 < len(layout) else (layout, []), cut(layout, at)
    lines = {
        id(slot.box): list(_wrapped(slot.box.text, edges[column + slot.box.width] - edges[column] - 2 * _PAD))
        for column, slot in enumerate(places(layout)[at])
        if slot.is_own and slot.box.height == 1
    }
    fits = int((room - 2 * _PAD) // _LEADING)
    if fits < 1 or max(map(len, lines.values()), default=0) <= fits:
        return None
    tops, rests = [], []
    for box in layout[at]:
        printed = lines.get(id(box), [box.text])
        first = len(printed) if len(printed) == 1 and figures == "above" else 0 if len(printed) == 1 else fits
        first = 1 if id(box) not in lines else first
        tops.append("".join(printed[:first]))
        rests.append("".join(printed[first:]))
    own = [number for number, slot in enumerate(_first_slots(layout, at)) if slot.is_own]
    upper = [box._replace(text=text) for box, text in zip(above[at], tops, strict=True)]
    lower = [box._replace(text=rests[own.index(n)] if n in own else box.text) for n, box in enumerate(below[0])]
    return [*above[:at], upper], [lower, *below[1:]]


def _first_slots(layout: Layout, at: int) -> list[Slot]:
    """The slots of a row that begin a cell, across."""
    return [slot for slot in places(layout)[at] if not slot.right]


def _width(text: str) -> float:
    width: float = pdfmetrics.stringWidth(text, _font(text), _SIZE)
    return width


def _wrapped(text: str, room: float) -> Iterator[str]:
    """The text in lines that fit, its own line ends kept. A figure is never broken: it is set smaller."""
    if text and not has_han(text):
        yield text
        return
    for piece in text.split("\n"):
        line = ""
        for character in piece:
            if line and _width(line + character) > room:
                yield line
                line = ""
            line += character
        if line:
            yield line
