"""Glyphs and rulings of a page (boxes in points) → tables as grid rows with merged cells, and lines of text.

Pure geometry: y grows downwards. A figure whose cell is not beyond doubt gets DOUBT behind it, which no figure has:
it is then unreadable, and neither lost nor moved to the next cell.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from govstats.document import GridRow, Span

DOUBT = "\ufffd"
MAX_RULINGS = 3000
_MAX_CELLS = 200_000
_THIN = 3.0
"""A box as thin as this is a drawn line; lines no further apart meet."""
_SAME_LINE = 1.0
_NARROWEST = 4.0
"""Rulings no further apart are one border: a double line, or the two borders of cells with a gap between them."""
_COVERED = 0.6
_SPACE = 0.2
_TOUCHING = 0.15
_CUT = 0.25
_FULL = 1.5
_BESIDE = 24.0
_FIGURE_CHARACTERS = frozenset("0123456789０１２３４５６７８９.,．，")
_SIGNS = frozenset("-−+—－＋")

Bools = np.ndarray[tuple[int, int], np.dtype[np.bool_]]
Marks = np.ndarray[tuple[int], np.dtype[np.bool_]]


class Glyph(NamedTuple):
    """A character and its box."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def height(self) -> float:
        """About the size of the font."""
        return max(self.bottom - self.top, 0.1)

    @property
    def middle(self) -> float:
        """Half way down."""
        return (self.top + self.bottom) / 2

    @property
    def centre(self) -> float:
        """Half way across."""
        return (self.x0 + self.x1) / 2


Places = dict[Glyph, tuple[int, int]]


class Ruling(NamedTuple):
    """A line that is drawn: `at` which y (horizontal) or x (vertical), and from where to where."""

    horizontal: bool
    at: float
    start: float
    end: float


class Box(NamedTuple):
    """A rectangle."""

    x0: float
    top: float
    x1: float
    bottom: float

    def holds(self, glyph: Glyph) -> bool:
        """Does the glyph's centre lie in it?"""
        return self.x0 <= glyph.centre <= self.x1 and self.top <= glyph.middle <= self.bottom


class TextLine(NamedTuple):
    """A printed line of text and its box."""

    text: str
    box: Box
    size: float


@dataclass(frozen=True, slots=True)
class Ink:
    """What a page, or a part of it, shows: its glyphs, its rulings."""

    glyphs: tuple[Glyph, ...]
    rulings: tuple[Ruling, ...]


@dataclass(frozen=True, slots=True)
class RuledTable:
    """A table: its ink and its outline. `rows` are what it says; `sound` if all cells are whole rectangles."""

    ink: Ink
    box: Box
    rows: tuple[GridRow, ...]
    sound: bool


def of_line(x0: float, y0: float, x1: float, y1: float) -> Iterator[Ruling]:
    """A stroke → its ruling, if it runs along an axis."""
    if abs(y1 - y0) <= _SAME_LINE:
        yield Ruling(True, (y0 + y1) / 2, min(x0, x1), max(x0, x1))
    if abs(x1 - x0) <= _SAME_LINE:
        yield Ruling(False, (x0 + x1) / 2, min(y0, y1), max(y0, y1))


def of_frame(box: Box) -> Iterator[Ruling]:
    """A frame → its four sides."""
    yield from (Ruling(True, at, box.x0, box.x1) for at in (box.top, box.bottom))
    yield from (Ruling(False, at, box.top, box.bottom) for at in (box.x0, box.x1))


def of_fills(boxes: Sequence[Box]) -> Iterator[Ruling]:
    """Filled boxes → rulings: thin ones are lines (dots: part of one either way), two in each other are a frame.

    Other filled boxes are shading, which is often cut into strips that are no cells.
    """
    for box in boxes:
        width, height = box.x1 - box.x0, box.bottom - box.top
        if height <= _THIN:
            yield Ruling(True, (box.top + box.bottom) / 2, box.x0, box.x1)
        if width <= _THIN:
            yield Ruling(False, (box.x0 + box.x1) / 2, box.top, box.bottom)
    for one, other in pairwise(boxes):
        if one != other and all(abs(left - right) <= _THIN for left, right in zip(one, other, strict=True)):
            yield from of_frame(one)


def merged(rulings: Iterable[Ruling]) -> tuple[Ruling, ...]:
    """Pieces of one line (dashes, a piece for each cell) put together; what is shorter than a cell is dropped."""
    return tuple(each for each in _put_together(rulings) if each.end - each.start > _NARROWEST)


def _put_together(rulings: Iterable[Ruling]) -> Iterator[Ruling]:
    for cluster in _clusters(sorted(rulings)):
        current, *line = sorted(cluster, key=lambda ruling: ruling.start)
        for each in line:
            if each.start <= current.end + _THIN:
                current = current._replace(end=max(current.end, each.end))
            else:
                yield current
                current = each
        yield current


def _clusters(rulings: list[Ruling]) -> Iterator[list[Ruling]]:
    cluster: list[Ruling] = []
    for each in rulings:
        if cluster and (each.horizontal != cluster[0].horizontal or each.at - cluster[0].at > _SAME_LINE):
            yield cluster
            cluster = []
        cluster.append(each)
    if cluster:
        yield cluster


def tables(ink: Ink) -> tuple[list[RuledTable], tuple[Glyph, ...]]:
    """The ruled tables of a page from top to bottom, and the glyphs outside them. `ink.rulings` must be `merged`.

    A frame around a single column is no table: what stands in it is prose.
    """
    found: list[RuledTable] = []
    rest = ink.glyphs
    for rulings in _connected(ink.rulings):
        box = _outline(rulings)
        # What stands beside the table is looked at, too: a figure may run out over its last border.
        near = box._replace(x0=box.x0 - _BESIDE, x1=box.x1 + _BESIDE)
        table = build(Ink(tuple(glyph for glyph in rest if near.holds(glyph)), rulings))
        if table is not None:
            found.append(table)
            rest = tuple(glyph for glyph in rest if not box.holds(glyph))
    return sorted(found, key=lambda table: table.box.top), rest


def _connected(rulings: tuple[Ruling, ...]) -> list[tuple[Ruling, ...]]:
    """Rulings that meet, smallest outline first, so that a frame around a table does not swallow it."""
    across = [each for each in rulings if each.horizontal]
    down = [each for each in rulings if not each.horizontal]
    if len(across) < 2 or len(down) < 1:
        return []
    h, v = (np.array([each[1:] for each in side]) for side in (across, down))
    meets = (h[:, 1, None] - _THIN <= v[:, 0]) & (v[:, 0] <= h[:, 2, None] + _THIN)
    meets &= (v[:, 1] - _THIN <= h[:, 0, None]) & (h[:, 0, None] <= v[:, 2] + _THIN)
    found = []
    seen = np.zeros(len(h), dtype=bool)
    for seed in range(len(h)):
        if seen[seed]:
            continue
        rows, columns = _reached(seed, meets)
        seen |= rows
        if rows.sum() >= 2 and columns.any():
            found.append((*(across[i] for i in np.flatnonzero(rows)), *(down[i] for i in np.flatnonzero(columns))))
    return sorted(found, key=lambda group: _area(_outline(group)))


def _reached(seed: int, meets: Bools) -> tuple[Marks, Marks]:
    """The horizontal and vertical rulings that hang together with the horizontal one `seed`; each is looked at once."""
    rows, columns = np.zeros(meets.shape[0], dtype=bool), np.zeros(meets.shape[1], dtype=bool)
    new = np.array([seed])
    while new.size:
        rows[new] = True
        fresh = np.flatnonzero(meets[new].any(axis=0) & ~columns)
        columns[fresh] = True
        new = np.flatnonzero(meets[:, fresh].any(axis=1) & ~rows)
    return rows, columns


def _outline(rulings: Iterable[Ruling]) -> Box:
    """The box around rulings, open sides included."""
    xs, ys = _extents(rulings)
    return Box(min(xs), min(ys), max(xs), max(ys))


def _extents(rulings: Iterable[Ruling]) -> tuple[list[float], list[float]]:
    xs: list[float] = []
    ys: list[float] = []
    for each in rulings:
        (ys if each.horizontal else xs).append(each.at)
        (xs if each.horizontal else ys).extend((each.start, each.end))
    return xs, ys


def _area(box: Box) -> float:
    return (box.x1 - box.x0) * (box.bottom - box.top)


def build(ink: Ink) -> RuledTable | None:
    """The rulings and glyphs of one table → the table; None if it has a single column, or is beyond all bounds."""
    lattice = _Lattice(ink.rulings)
    rows, columns = lattice.shape
    if columns < 2 or rows < 1 or rows * columns > _MAX_CELLS:
        return None
    boxes, sound = lattice.boxes()
    if len(boxes) < 2:
        return None
    places = lattice.places(ink.glyphs)
    texts = _texts(places, ink.glyphs, lattice, boxes)
    heights, widths = lattice.room(places)
    kept = [(cell, text) for each, text in zip(boxes, texts, strict=True) if (cell := each.without(heights, widths))]
    if sum(widths) < 2:
        return None
    return RuledTable(ink, _outline(ink.rulings), tuple(_rows(kept, sum(heights), sum(widths))), sound)


class _Cell(NamedTuple):
    """A merged cell: its first and last row, its first and last column."""

    row: int
    last_row: int
    column: int
    last_column: int

    def without(self, rows: Sequence[bool], columns: Sequence[bool]) -> _Cell | None:
        """The cell in a lattice of which only some rows and columns are kept; None if nothing of it is left."""
        row, column = sum(rows[: self.row]), sum(columns[: self.column])
        last_row, last_column = sum(rows[: self.last_row + 1]) - 1, sum(columns[: self.last_column + 1]) - 1
        return _Cell(row, last_row, column, last_column) if last_row >= row and last_column >= column else None


class _Lattice:
    """All x and y at which a table has a border, and which pieces between them are drawn."""

    def __init__(self, rulings: tuple[Ruling, ...]) -> None:
        down = [each for each in rulings if not each.horizontal]
        across = [each for each in rulings if each.horizontal]
        outline = _outline(rulings)
        # Sides may be open (no line at the page's edge, or left and right): the table ends where its lines end.
        self.xs = _positions([each.at for each in down], outline.x0, outline.x1)
        self.ys = _positions([each.at for each in across], outline.top, outline.bottom)
        self.shape = len(self.ys) - 1, len(self.xs) - 1
        if self.shape[0] * self.shape[1] <= _MAX_CELLS:
            self.right = _drawn(down, self.xs, self.ys)
            self.below = _drawn(across, self.ys, self.xs)

    def boxes(self) -> tuple[list[_Cell], bool]:
        """The merged cells, in reading order; and whether their borders are drawn all around."""
        rows, columns = self.shape
        taken = np.zeros(self.shape, dtype=bool)
        found, sound = [], True
        for row in range(rows):
            for column in range(columns):
                if taken[row, column]:
                    continue
                cell = self._grow(row, column, taken)
                taken[row : cell.last_row + 1, column : cell.last_column + 1] = True
                sound &= self._is_closed(cell)
                found.append(cell)
        return found, sound

    def _grow(self, row: int, column: int, taken: Bools) -> _Cell:
        rows, columns = self.shape
        last = column
        while last + 1 < columns and not self.right[last + 1, row] and not taken[row, last + 1]:
            last += 1
        bottom = row
        while bottom + 1 < rows and not (
            self.below[bottom + 1, column : last + 1].any()
            or self.right[column + 1 : last + 1, bottom + 1].any()
            or taken[bottom + 1, column : last + 1].any()
        ):
            bottom += 1
        return _Cell(row, bottom, column, last)

    def _is_closed(self, cell: _Cell) -> bool:
        rows, columns = self.shape
        down = slice(cell.row, cell.last_row + 1)
        across = slice(cell.column, cell.last_column + 1)
        sides = (
            cell.column == 0 or self.right[cell.column, down].all(),
            cell.last_column == columns - 1 or self.right[cell.last_column + 1, down].all(),
            cell.row == 0 or self.below[cell.row, across].all(),
            cell.last_row == rows - 1 or self.below[cell.last_row + 1, across].all(),
        )
        return bool(all(sides))

    def box(self, cell: _Cell) -> Box:
        """Where a cell lies."""
        return Box(self.xs[cell.column], self.ys[cell.row], self.xs[cell.last_column + 1], self.ys[cell.last_row + 1])

    def places(self, glyphs: Sequence[Glyph]) -> Places:
        """The row and column in which each glyph's centre lies; those outside the table are left out."""
        box = Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])
        rows, columns = self.shape
        return {
            glyph: (
                min(bisect_right(self.ys, glyph.middle), rows) - 1,
                min(bisect_right(self.xs, glyph.centre), columns) - 1,
            )
            for glyph in glyphs
            if box.holds(glyph)
        }

    def room(self, places: Places) -> tuple[list[bool], list[bool]]:
        """Which rows and columns hold text, or have room for it; others are gaps between borders."""
        least = 0.8 * min((glyph.height for glyph in places), default=0.0)
        printed = [place for glyph, place in places.items() if not glyph.text.isspace()]
        used = {row for row, _ in printed}, {column for _, column in printed}
        rows, columns = (
            [end - start >= least or index in held for index, (start, end) in enumerate(pairwise(positions))]
            for positions, held in zip((self.ys, self.xs), used, strict=True)
        )
        return rows, columns


def _positions(lines: list[float], first: float, last: float) -> list[float]:
    """Border positions, those that are one border put together."""
    groups: list[list[float]] = []
    for each in sorted((*lines, first, last)):
        if groups and each - groups[-1][0] <= _NARROWEST:
            groups[-1].append(each)
        else:
            groups.append([each])
    return [sum(group) / len(group) for group in groups]


def _drawn(rulings: list[Ruling], positions: list[float], steps: list[float]) -> Bools:
    """For each border position, and each step along it: is it drawn for the most part?"""
    drawn = np.zeros((len(positions), len(steps) - 1), dtype=bool)
    middles = [(one + other) / 2 for one, other in pairwise(positions)]
    starts, ends = np.array(steps[:-1]), np.array(steps[1:])
    for each in rulings:
        covered = np.minimum(ends, each.end) - np.maximum(starts, each.start)
        drawn[bisect_right(middles, each.at)] |= covered >= _COVERED * (ends - starts)
    return drawn


def _texts(places: Places, glyphs: Iterable[Glyph], lattice: _Lattice, cells: list[_Cell]) -> list[str]:
    """The text of each cell, with DOUBT behind it if a figure in it may not be what, or where, it seems."""
    number_at = np.zeros(lattice.shape, dtype=int)
    for number, cell in enumerate(cells):
        number_at[cell.row : cell.last_row + 1, cell.column : cell.last_column + 1] = number
    inside: list[list[Glyph]] = [[] for _ in cells]
    home = {glyph: int(number_at[place]) for glyph, place in places.items()}
    for glyph, number in home.items():
        inside[number].append(glyph)
    doubtful = {number for number in set(home.values()) if _sticks_out(inside[number], lattice.box(cells[number]))}
    for line in lines_of(glyph for glyph in glyphs if glyph.text in _FIGURE_CHARACTERS):
        for left, right in pairwise(line):
            if _is_torn(left, right, home.get(left) == home.get(right)):
                doubtful |= {home.get(left, -1), home.get(right, -1)}
    return [cell_text(each, number in doubtful) for number, each in enumerate(inside)]


def _sticks_out(glyphs: list[Glyph], box: Box) -> bool:
    """Does a border of the cell run through one of its figures?"""
    return any(
        glyph.middle - box.top < _CUT * glyph.height
        or box.bottom - glyph.middle < _CUT * glyph.height
        or box.x0 - glyph.x0 > _CUT * (glyph.x1 - glyph.x0)
        or glyph.x1 - box.x1 > _CUT * (glyph.x1 - glyph.x0)
        for glyph in glyphs
        if glyph.text.isdigit()
    )


def _is_torn(left: Glyph, right: Glyph, same_cell: bool) -> bool:
    """One figure across a border; in one cell, figures on top of each other, or a small one behind (a note's mark)."""
    gap = right.x0 - left.x1
    size = min(left.height, right.height)
    if not same_cell:
        return gap < _TOUCHING * size
    overprinted = gap < -0.5 * min(left.x1 - left.x0, right.x1 - right.x0)
    return overprinted or (gap < size and max(left.height, right.height) > 1.25 * size)


def cell_text(glyphs: Iterable[Glyph], doubtful: bool = False) -> str:
    r"""The text of a cell. Lines are joined by \f, which no figure survives between its digits; words without it."""
    text = ""
    for line in lines_of(glyphs):
        words = _line_text(line)
        if text and words:
            # A dash above a figure is no minus: nobody knows which of the two is meant.
            doubtful |= text[-1] in _SIGNS and words[0].isdigit()
            text += "" if _is_word(text[-1]) and _is_word(words[0]) else "\f"
        text += words
    return text + DOUBT if doubtful and text and DOUBT not in text else text


def _is_word(character: str) -> bool:
    """Chinese characters and punctuation; no digits, full width ones included."""
    return ord(character) >= 0x3000 and not character.isdigit() and character not in _FIGURE_CHARACTERS


def lines_of(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Glyphs → lines from top to bottom, each from left to right. A glyph printed twice (as bold type) counts once."""
    lines: list[list[Glyph]] = []
    level = 0.0
    for glyph in sorted(glyphs, key=lambda each: each.middle):
        if lines and glyph.middle - level <= 0.4 * max(glyph.height, lines[-1][0].height):
            lines[-1].append(glyph)
            level += (glyph.middle - level) / len(lines[-1])
        else:
            lines.append([glyph])
            level = glyph.middle
    return [_once(sorted(line, key=lambda each: (each.x0, each.text))) for line in lines]


def _once(line: list[Glyph]) -> list[Glyph]:
    kept: list[Glyph] = []
    for glyph in line:
        near = 0.15 * glyph.height
        if not any(glyph.text == each.text and abs(glyph.x0 - each.x0) < near for each in kept[-3:]):
            kept.append(glyph)
    return kept


def _line_text(line: list[Glyph]) -> str:
    pieces = [line[0].text]
    for left, right in pairwise(line):
        apart = right.x0 - left.x1 > _SPACE * min(left.height, right.height)
        pieces.append(f" {right.text}" if apart else right.text)
    return "".join(pieces).strip()


def text_lines(glyphs: Iterable[Glyph]) -> list[TextLine]:
    """The printed lines of prose."""
    found = []
    for line in lines_of(glyph for glyph in glyphs if not glyph.text.isspace()):
        box = Box(line[0].x0, min(g.top for g in line), max(g.x1 for g in line), max(g.bottom for g in line))
        found.append(TextLine(_line_text(line), box, max(g.height for g in line)))
    return found


def _rows(cells: list[tuple[_Cell, str]], rows: int, columns: int) -> Iterator[GridRow]:
    """Cells → rows, in which a covered position repeats the text and says what covers it."""
    grid = [[""] * columns for _ in range(rows)]
    spans = [[Span.OWN] * columns for _ in range(rows)]
    for cell, text in cells:
        for row in range(cell.row, cell.last_row + 1):
            for column in range(cell.column, cell.last_column + 1):
                grid[row][column] = text
                if row > cell.row:
                    spans[row][column] = Span.FROM_ABOVE
                elif column > cell.column:
                    spans[row][column] = Span.FROM_LEFT
    for number in range(rows):
        yield GridRow(number + 1, tuple(grid[number]), tuple(spans[number]))


def continues(upper: RuledTable, lower: RuledTable) -> bool:
    """Are both as wide and in the same place, so that the lower one may be the upper one's next page?"""
    return all(abs(getattr(upper.box, side) - getattr(lower.box, side)) <= _THIN for side in ("x0", "x1"))


def stitched(upper: RuledTable, lower: RuledTable) -> RuledTable | None:
    """Two pieces of one table → the table; None if it is not better than its pieces.

    Where neither piece draws the line between them, the cells go on over the page. Where both do, the lower piece
    keeps its rows, but a row of words that only go on a full line above is joined to the row above.
    """
    drop = upper.box.bottom - lower.box.top
    glyphs = tuple(each._replace(top=each.top + drop, bottom=each.bottom + drop) for each in lower.ink.glyphs)
    seam = upper.box.bottom
    rulings = merged((*upper.ink.rulings, *(_lowered(each, drop) for each in lower.ink.rulings)))
    if _row_goes_on(upper, lower):
        rulings = tuple(each for each in rulings if not (each.horizontal and abs(each.at - seam) <= _THIN))
    table = build(Ink((*upper.ink.glyphs, *glyphs), rulings))
    return table if table is not None and table.sound >= (upper.sound and lower.sound) else None


def _lowered(ruling: Ruling, drop: float) -> Ruling:
    if ruling.horizontal:
        return ruling._replace(at=ruling.at + drop)
    return ruling._replace(start=ruling.start + drop, end=ruling.end + drop)


def _row_goes_on(upper: RuledTable, lower: RuledTable) -> bool:
    """Does the lower piece begin with the rest of one cell's words? Only if that leaves no doubt.

    Its first row then has words in one cell and nothing else, they do not open with an ordinal, and the same cell
    above ends in a line that is full.
    """
    first = [cell for cell in _cells_with_text(lower, 0) if cell[1]]
    if len(first) != 1:
        return False
    box, words = first[0]
    above = [each for each, text in _cells_with_text(upper, -1) if text and _same_columns(each, box)]
    if len(above) != 1 or not all(map(_is_word, words.replace("\f", ""))) or words[0] in "（(一二三四五六七八九十":
        return False
    last = text_lines(glyph for glyph in upper.ink.glyphs if above[0].holds(glyph))[-1]
    return above[0].x1 - last.box.x1 < _FULL * last.size


def _same_columns(one: Box, other: Box) -> bool:
    return abs(one.x0 - other.x0) <= _THIN and abs(one.x1 - other.x1) <= _THIN


def _cells_with_text(table: RuledTable, row: int) -> list[tuple[Box, str]]:
    """The cells that begin in the first row (0), or end in the last (-1), that are one row high."""
    lattice = _Lattice(table.ink.rulings)
    kept = [index for index, room in enumerate(lattice.room(lattice.places(table.ink.glyphs))[0]) if room]
    boxes = [lattice.box(cell) for cell in lattice.boxes()[0] if cell.row == cell.last_row == kept[row]]
    return [(box, cell_text(glyph for glyph in table.ink.glyphs if box.holds(glyph))) for box in boxes]
