"""A picture of a page → its ink, in points, as the PDF reader has it: rulings, and characters that were recognised."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

import cv2
import numpy as np

from govstats.model.recognised import Look
from govstats.readers.pdf.box import DOUBT, Box, SeenGlyph
from govstats.readers.pdf.cells import cells_of
from govstats.readers.pdf.connected import connected
from govstats.readers.pdf.ink import Ink
from govstats.readers.pdf.lattice import MAX_CELLS, Lattice
from govstats.readers.pdf.pages import PageInk
from govstats.readers.pdf.ruling import Ruling, merged
from govstats.readers.picture.ctc import Floats, best_path, is_even
from govstats.readers.picture.figures import FigureReader, may_be_figure
from govstats.readers.picture.headings import kept
from govstats.readers.picture.labels import as_printed, is_of_form
from govstats.readers.picture.paper import Bytes, character_height, evenly_lit, printed
from govstats.readers.picture.recogniser import Recogniser
from govstats.readers.picture.sites import boldly, is_clean, lines_in, marks, plainly
from govstats.readers.picture.strokes import strokes
from govstats.readers.picture.upright import seen_from_above, view_of
from govstats.text.labels import has_han

_FEWEST_CELLS = 6
_HEADINGS = 10
"""So many lines at the top of a page may say whose report it is."""
_TALL = 28.0
"""Pixels: no more are needed of the height of a character, and more take memory and time."""
_TURNS, _ASIDE = (2, 1, 3), (1, 3)
"""Quarters of a turn: on its head first, unless no table is seen, whose characters may be taken for rulings."""
_SAMPLE, _FEWEST_LABELS = 24, 2
"""Of so many wide lines, so many are of labels if a page is upright."""
_ABOVE = 4.0
"""A heading stands so many heights of a character above its table."""


class Sheet(NamedTuple):
    """A page, upright: its paper without rulings, its ink; the height of its characters in pixels; points a pixel."""

    paper: Bytes
    ink: Bytes
    coloured: Bytes
    size: float
    scale: float
    rulings: tuple[Ruling, ...]

    @property
    def height(self) -> float:
        """In points."""
        return len(self.paper) * self.scale

    def pixels(self, box: Box) -> Box:
        """Where a box (in points) lies, in pixels, without the borders."""
        scale = self.scale
        return Box(box.x0 / scale + 1, box.top / scale + 1, box.x1 / scale - 1, box.bottom / scale - 1)


class Site(NamedTuple):
    """A cell, or a line beside all tables: where it is, in points; its lines of ink, in pixels."""

    box: Box
    lines: list[Box]
    is_cell: bool


def sheet_of(picture: Bytes, width: float) -> Sheet:
    """A picture (height × width × 3) that is `width` points wide → the page."""
    paper = evenly_lit(printed(picture))
    if (share := _TALL / character_height(paper)) < 1:
        picture = cv2.resize(picture, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
        paper = evenly_lit(printed(picture))
    view = view_of(paper)
    upright = seen_from_above(picture, view)
    paper = evenly_lit(printed(upright))
    size = character_height(paper)
    drawn = strokes(paper, size)
    darkest = evenly_lit(np.ascontiguousarray(upright.min(axis=2)))
    for each in (paper, darkest):
        each[drawn.covered] = 255
    scale = width / picture.shape[1]
    rulings = [Ruling(each.horizontal, *(scale * at for at in each[1:])) for each in drawn.rulings]
    return Sheet(paper, marks(paper, size), darkest, size, scale, merged(rulings))


def sites_of(sheet: Sheet, first: bool) -> list[Site]:
    """The cells of all tables; on the first page the lines at its top, on all the lines right above a table."""
    lattices = [each for each in map(Lattice, connected(sheet.rulings)) if _is_table(each)]
    cells = [
        Site(box, list(lines_in(sheet.ink, sheet.pixels(box), sheet.size)), True)
        for lattice in lattices
        for box in (cell.box(lattice) for cell in cells_of(lattice)[0])
    ]
    return [*cells, *_beside(sheet, lattices, first)] if cells else []


def _is_table(lattice: Lattice) -> bool:
    rows, columns = lattice.shape
    return columns > 1 and _FEWEST_CELLS <= rows * columns <= min(MAX_CELLS, 4000)


def _beside(sheet: Sheet, lattices: list[Lattice], first: bool) -> Iterator[Site]:
    """Lines outside the tables."""
    ink = sheet.ink.copy()
    tops = []
    for lattice in lattices:
        x0, y0, x1, y1 = (
            round(each / sheet.scale) for each in (lattice.xs[0], lattice.ys[0], lattice.xs[-1], lattice.ys[-1])
        )
        ink[max(0, y0 - 2) : y1 + 2, max(0, x0 - 2) : x1 + 2] = 0
        tops.append(y0)
    whole = Box(0, 0, ink.shape[1], ink.shape[0])
    for number, line in enumerate(lines_in(ink, whole, sheet.size)):
        near = any(0 < top - line.bottom < _ABOVE * sheet.size for top in tops)
        if (near or (first and number < _HEADINGS)) and line.bottom - line.top < 4 * sheet.size:
            around = Box(
                line.x0 - sheet.size, line.top - 0.3 * sheet.size, line.x1 + sheet.size, line.bottom + 0.3 * sheet.size
            )
            yield Site(Box(*(each * sheet.scale for each in around)), [line], False)


class PageReader:
    """Recognises what stands at the sites of a page."""

    def __init__(self, recogniser: Recogniser) -> None:
        self._recogniser = recogniser
        self._figures = FigureReader(recogniser)

    def page(self, picture: Bytes, width: float, first: bool) -> PageInk | None:
        """The ink of a page; None if it has no table. One that lies on its side, or on its head, is turned."""
        sheet = sheet_of(picture, width)
        sites = sites_of(sheet, first)
        plain = self._plainly(sheet, sites)
        is_legible = _is_legible(each.text for lines in plain for each in lines)
        if not is_legible and (turned := self._turned(picture, width, first, _TURNS if sites else _ASIDE)):
            sheet, sites = turned
            plain = self._plainly(sheet, sites)
        if not sites:
            return None
        glyphs = tuple(chain.from_iterable(self._glyphs(sheet, sites, plain)))
        return PageInk(Ink(glyphs, sheet.rulings), sheet.height, False, 0.0, _no_second)

    def _turned(
        self, picture: Bytes, width: float, first: bool, turns: Sequence[int]
    ) -> tuple[Sheet, list[Site]] | None:
        """The page as it can be read; None if it cannot, however it is turned (by so many quarters)."""
        for quarters in turns:
            turned = np.ascontiguousarray(np.rot90(picture, quarters))
            sheet = sheet_of(turned, width * turned.shape[1] / picture.shape[1])
            sites = sites_of(sheet, first)
            if not sites:
                continue
            lines = [(line, sheet.pixels(site.box)) for site in sites if site.is_cell for line in site.lines]
            widest = sorted(lines, key=lambda each: each[0].x0 - each[0].x1)[:_SAMPLE]
            if _is_legible(self._recogniser.read([plainly(sheet.paper, *each) for each in widest], self._text)):
                return sheet, sites
        return None

    def _plainly(self, sheet: Sheet, sites: list[Site]) -> list[list[_Seen]]:
        """What is seen of each line of each site."""
        lines = [(line, sheet.pixels(site.box)) for site in sites for line in site.lines]
        seen = iter(self._recogniser.read([plainly(sheet.paper, *each) for each in lines], self._seen))
        return [[next(seen) for _ in site.lines] for site in sites]

    def _glyphs(self, sheet: Sheet, sites: list[Site], plain: list[list[_Seen]]) -> Iterator[Iterable[SeenGlyph]]:
        twice = [at for at, site in enumerate(sites) if not site.is_cell or _is_figure(plain[at])]
        again = [(sites[at].lines[0], sheet.pixels(sites[at].box)) for at in twice]
        bold = dict(
            zip(twice, self._recogniser.read([boldly(sheet.paper, *each) for each in again], self._seen), strict=True)
        )
        beside = [at for at, site in enumerate(sites) if not site.is_cell]
        headings = dict(zip(beside, kept([(plain[at][0].line, bold[at].line) for at in beside]), strict=True))
        for at, site in enumerate(sites):
            text = "".join(each.text for each in plain[at])
            if not site.is_cell:
                yield _spread(headings[at], site.box, sheet)
            elif at in bold:
                look = self._look(sheet, site, plain[at][0], bold[at])
                yield _spread(look.text or DOUBT, site.box, sheet, look)
            elif has_han(text):
                yield _spread(as_printed(text), site.box, sheet)
            elif site.lines or not is_clean(sheet.coloured, sheet.pixels(site.box)):
                yield _spread(DOUBT, site.box, sheet, Look((), (), sheet.size))

    def _text(self, steps: Floats) -> str:
        return "".join(self._recogniser.characters[each] for each in best_path(steps)).strip()

    def _seen(self, steps: Floats) -> _Seen:
        """What is kept of a line."""
        return _Seen(self._text(steps), is_even(steps, self._is_wide), self._figures.narrowed(steps))

    def _is_wide(self, number: int) -> bool:
        return has_han(self._recogniser.characters[number])

    def _look(self, sheet: Sheet, site: Site, plain: _Seen, bold: _Seen) -> Look:
        readings = self._figures.readings(plain.narrow), self._figures.readings(bold.narrow)
        return Look(*readings, sheet.size, _png(sheet, site))


class _Seen(NamedTuple):
    """A line: its text, whether its characters are evenly spaced, its steps × characters of figures."""

    text: str
    even: bool
    narrow: Floats

    @property
    def line(self) -> str:
        """Its text; nothing, if a character seems to be missed."""
        return self.text if self.even else ""


def _is_legible(lines: Iterable[str]) -> bool:
    """Are different labels of a form among the lines of a page? From aside 总计, printed downwards, can be read."""
    return sum(map(is_of_form, set(lines))) >= _FEWEST_LABELS


def _is_figure(lines: list[_Seen]) -> bool:
    return len(lines) == 1 and may_be_figure(lines[0].text)


def _spread(text: str, box: Box, sheet: Sheet, look: Look | None = None) -> Iterator[SeenGlyph]:
    """A text along the middle of a cell."""
    height = sheet.size * sheet.scale
    middle = (box.top + box.bottom) / 2
    step = min(height, (box.x1 - box.x0) / (len(text) + 1))
    left = (box.x0 + box.x1 - step * len(text)) / 2
    for number, character in enumerate(text):
        yield SeenGlyph(
            character, left + number * step, middle - height / 2, left + (number + 1) * step, middle + height / 2, look
        )


def _png(sheet: Sheet, site: Site) -> bytes:
    packed: bytes = cv2.imencode(".png", plainly(sheet.paper, site.lines[0], sheet.pixels(site.box)))[1].tobytes()
    return packed


def _no_second() -> Ink | None:
    return None
