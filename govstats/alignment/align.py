"""Regions → Table: every figure to its cell by labels and group context, or to no cell at all.

A row whose figures cannot be placed without a guess is *lost*: its cells are UNREADABLE and rule D007 says so.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import NamedTuple

import numpy as np

from govstats.alignment.columnorder import has_sums, is_another
from govstats.alignment.glued import parted
from govstats.alignment.line import Line
from govstats.alignment.lines import read_lines
from govstats.alignment.locate import Region
from govstats.alignment.money import money_units
from govstats.alignment.rivals import rows_apart
from govstats.alignment.vocabulary import is_remark
from govstats.model.document import Place, Span
from govstats.model.forms import TableForm
from govstats.model.table import Repeat, Table
from govstats.text.figures import ABSENT, UNREADABLE, Figure, is_unit

_FEWEST = 3
"""So many rows tell how wide a table is."""
_new = tuple.__new__
"""A page has hundreds of cells: to make a tuple this way takes half the time."""


class Aligned(NamedTuple):
    """A table as read. `by_shape`: which figures stand in its cells decided nothing about where they belong, so other
    figures in the same document would be put in the same cells."""

    table: Table
    by_shape: bool


def align(regions: list[Region], rivals: Sequence[TableForm] = ()) -> Aligned:
    """The regions of one table (the first is the table, further ones are copies of it) → Table. What means something
    else in one of the `rivals`, forms that it may follow as well, is lost."""
    form = regions[0].form
    draft = _Draft(form, tuple(rival.format for rival in rivals))
    doubted = frozenset[str]().union(*(rows_apart(form, rival) for rival in rivals))
    for number, region in enumerate(regions):
        draft.copy = number > 0
        lines, unknown = read_lines(region)
        draft.unexpected += [(each.label, each.place) for each in unknown]
        draft.units = {**money_units(region), **draft.units}
        lines = [
            replace(line, order=None, narrow=None) if doubted.intersection(line.codes) else line
            for line in _settled(parted(lines, form), form)
        ]
        found = list(_with_offsets(lines))
        if any(line.assumed for line in lines) and has_sums(form):
            draft.by_shape = False
            if is_another(found, form):
                found = [(line, None if line.assumed else offset) for line, offset in found]
        are_lost = 2 * sum(offset is None for _, offset in found) > len(found)
        for line, offset in found:
            draft.take(line, None if are_lost and _is_lone_figure(line) else offset)
    return Aligned(draft.table(regions[0].place), draft.by_shape)


def _with_offsets(lines: list[Line]) -> Iterator[tuple[Line, int | None]]:
    """Each line, and where its figures begin. The pieces of a table that was cut may differ in width: each is judged
    by its own rows, unless it has too few of them."""
    pieces = [list(piece) for _, piece in groupby(lines, key=lambda line: line.row.table)]
    whole = len(pieces) == 1 or any(len(piece) < _FEWEST for piece in pieces)
    for piece in [lines] if whole else pieces:
        yield from _Offsets(piece).found()


def _is_lone_figure(line: Line) -> bool:
    """One figure among short lines; in a table that has lost most of its figures it may be a page's number."""
    return line.row.loose and len(line.order or ()) == 1


def _settled(lines: list[Line], form: TableForm) -> list[Line]:
    """Lines under a header that lacks columns: are the columns gone too, or only their names? Most lines decide.

    One row that is short by a figure proves nothing; if as many lines speak for one as for the other, none is read.
    """
    votes: Counter[tuple[str, ...]] = Counter()
    for line in lines:
        if line.narrow is not None:
            columns = form.rows[line.codes[0]].columns
            votes[columns] += _fits(line, len(line.narrow)) - _fits(line, len(columns))
    settled = []
    for line in lines:
        vote = votes[form.rows[line.codes[0]].columns]
        doubtful = line.narrow is not None and any(line.texts)
        order = line.narrow if vote > 0 else None if doubtful and not vote else line.order
        settled.append(replace(line, order=order) if line.narrow is not None else line)
    return settled


def _fits(line: Line, width: int) -> bool:
    """Do just as many figures stand there, with nothing but empty cells around them?"""
    filled = [position for position, text in enumerate(line.texts) if text and not _is_aside(text)]
    return bool(filled) and filled[-1] - filled[0] + 1 == width


class _Offsets:
    """Where the figures begin after a label: merged cells may have left empty cells before or behind them.

    The header tells, if it is as long as the row and no row stands elsewhere; else the rows of the same table that
    leave no choice, if they agree. And a row that has more cells than figures, or a blank at their edge, must be as
    long as the other rows: in one that is not, a figure may have been dropped or added.
    """

    def __init__(self, lines: list[Line]) -> None:
        self._alone = len(lines) == 1
        self._lines = [(line, _candidates(line)) for line in lines]
        sure = [(line, found[0]) for line, found in self._lines if len(found) == 1]
        self._columns = {line.tail[offset] for line, offset in sure if _excess(line) > 0}
        self._offsets = {offset for line, offset in sure if _excess(line) > 0}
        filled = [(line, line.tail[offset]) for line, offset in sure if _is_filled(line, offset)]
        self._header_misleads = any(line.start not in (None, column) for line, column in filled)
        self._filled = {(_level(line), column) for line, column in filled if _excess(line) > 0}
        self._lengths = _most_common(len(line.row.texts) for line in lines)
        self._excesses = _most_common(_excess(line) for line in lines)
        self._wider = _wider(self._lines)
        self._loose = [(len(line.order or ()), _excess(line)) for line in lines if line.row.loose]

    def found(self) -> Iterator[tuple[Line, int | None]]:
        """Each line, and how many empty cells to skip; None if that would be a guess."""
        for line, candidates in self._lines:
            yield line, self._sure(line, self._agreed(line, candidates))

    def _sure(self, line: Line, offset: int | None) -> int | None:
        if offset is None or line.order is None or (line.row.loose and len(line.order) in self._wider):
            return None
        edges = line.texts[offset], line.texts[offset + len(line.order) - 1]
        if _excess(line) > 0 and any(line.texts) and not edges[0] and self._begin_elsewhere(line, offset):
            return None
        is_sure = all(text and not _is_aside(text) for text in edges)
        return offset if (is_sure and not _excess(line)) or self._is_whole(line) else None

    def _begin_elsewhere(self, line: Line, offset: int) -> bool:
        """Do those of its level with empty cells before their figures all begin elsewhere? It lacks a figure then."""
        columns = {column for level, column in self._filled if level == _level(line)}
        return bool(columns) and line.tail[offset] not in columns

    def _is_whole(self, line: Line) -> bool:
        """Either all rows of a table are filled up to one length, or all have the same excess over their figures."""
        if self._alone and (_excess(line) or any(map(_is_aside, line.texts))):
            return line.start is not None
        if line.row.loose and _excess(line):
            width = len(line.order or ())
            usual, _ = _most_common(excess for each, excess in self._loose if each == width)
            return usual == _excess(line)
        (length, as_long), (excess, as_wide) = self._lengths, self._excesses
        return (as_long < as_wide or len(line.row.texts) == length) and (as_wide < as_long or _excess(line) == excess)

    def _agreed(self, line: Line, candidates: list[int]) -> int | None:
        if not candidates or not _excess(line):
            return candidates[0] if candidates else None
        if not any(line.texts):
            return candidates[0]
        by_header = [offset for offset in candidates if line.tail[offset] == line.start and not self._header_misleads]
        if by_header or len(candidates) == 1:
            return (by_header or candidates)[0]
        by_column = {offset for offset in candidates if {line.tail[offset]} == self._columns}
        by_offset = {offset for offset in candidates if {offset} == self._offsets}
        agreed = by_column | by_offset
        return agreed.pop() if len(agreed) == 1 else None


def _wider(lines: list[tuple[Line, list[int]]]) -> set[int]:
    """The widths for which most rows of short lines have figures from end to end in more columns: in one that has
    fewer, a figure may be gone without a trace."""
    fit: dict[int, list[bool]] = {}
    for line, candidates in lines:
        if line.row.loose and line.order is not None and _excess(line) >= 0:
            fit.setdefault(len(line.order), []).append(bool(candidates))
    return {width for width, found in fit.items() if 2 * sum(found) < len(found)}


def _is_filled(line: Line, offset: int) -> bool:
    """Is there a figure at both edges?"""
    return bool(line.order and line.texts[offset] and line.texts[offset + len(line.order) - 1])


def _level(line: Line) -> int:
    """How deep the line's row stands: 三 0, (三) 1, 1. 2."""
    return line.codes[0].count(".")


def _excess(line: Line) -> int:
    return len(line.tail) - len(line.order or ())


def _most_common(numbers: Iterable[int]) -> tuple[int, int]:
    """The most common number and how often it comes."""
    return next(iter(Counter(numbers).most_common(1)), (0, 0))


def _candidates(line: Line) -> list[int]:
    """The offsets at which the figures may begin: nothing but empty cells may be left over before, and behind them
    nothing but empty cells, units and remarks. A unit is no figure."""
    if line.order is None:
        return []
    width, texts = len(line.order), line.texts
    has_unit = any(map(is_unit, texts))
    return [
        offset
        for offset in range(len(texts) - width + 1)
        if not any(texts[:offset])
        and all(not text or _is_aside(text) for text in texts[offset + width :])
        and not (
            has_unit
            and any(cell is not None and is_unit(text) for cell, text in zip(line.order, texts[offset:], strict=False))
        )
    ]


def _is_aside(text: str) -> bool:
    """A unit or a remark: what a column beside the figures holds."""
    return is_unit(text) or is_remark(text)


class _Read(NamedTuple):
    """A cell as read: its figure, its text, its line and where it stands in it (−1: the line as a whole)."""

    figure: Figure
    raw: str
    line: Line
    column: int


@dataclass(slots=True)
class _Draft:
    """A Table in the making."""

    form: TableForm
    rivals: tuple[str, ...] = ()
    cells: dict[int, _Read] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    lost: dict[str, Line] = field(default_factory=dict)
    repeats: list[Repeat] = field(default_factory=list)
    unexpected: list[tuple[str, Place]] = field(default_factory=list)
    units: dict[int, str] = field(default_factory=dict)
    copy: bool = False
    by_shape: bool = True

    def take(self, line: Line, offset: int | None) -> None:
        """Put a line's figures in their cells; a second line for the same row only if it says something else."""
        read = self._lost(line) if offset is None else self._placed(line, offset)
        self.by_shape = self.by_shape and offset is not None and self.labels.keys().isdisjoint(line.codes)
        if any(code in self.labels for code in line.codes) and not self._outdoes(line, offset):
            if self.form.side_by_side and not any(line.texts):
                return
            if offset is not None or not line.row.loose or any(code in self.lost for code in line.codes):
                self._compare(line, read)
            return
        self.labels.update(dict.fromkeys(line.codes, line.label))
        self.lost = {code: each for code, each in self.lost.items() if code not in line.codes}
        self.lost.update(dict.fromkeys(line.codes, line) if offset is None else {})
        self.cells.update(read)

    def _outdoes(self, line: Line, offset: int | None) -> bool:
        """Among short lines, a row with all its figures counts, and a line of prose that begins like it does not.

        With one column a figure in prose is not told from the table's.
        """
        before = self.lost.get(line.codes[0])
        return offset is not None and before is not None and before.row.loose and len(line.order or ()) > 1

    def _placed(self, line: Line, offset: int) -> dict[int, _Read]:
        """The figures printed there; one that is merged over several rows belongs to none of them."""
        order, row, readers = line.order or (), line.row, self.form.readers
        read = {}
        for cell, column in zip(order, line.tail[offset : offset + len(order)], strict=True):
            if cell is not None:
                raw = row.texts[column]
                is_own = not row.spans or row.spans[column] is not Span.FROM_ABOVE
                read[cell] = _new(_Read, (readers[cell](raw) if is_own else UNREADABLE, raw, line, column))
        return read

    def _lost(self, line: Line) -> dict[int, _Read]:
        read = _Read(UNREADABLE, " | ".join(line.texts).strip(" |") or line.label, line, -1)
        return {self.form.position(code, key): read for code in line.codes for key in self.form.rows[code].columns}

    def _compare(self, line: Line, again: dict[int, _Read]) -> None:
        """The same row again: equal figures are a copy; where they differ nobody knows which is right."""
        differing = [
            cell
            for cell, read in again.items()
            if cell not in self.cells or not _same(self.cells[cell].figure, read.figure)
        ]
        row_of = [cell.row for cell in self.form.cells]
        for code in dict.fromkeys(row_of[cell] for cell in differing):
            row = [cell for cell in again if row_of[cell] == code]
            first = tuple(self.cells[cell].raw if cell in self.cells else "" for cell in row)
            self.repeats.append(
                Repeat(code, first, tuple(again[cell].raw for cell in row), line.row.place(), self.copy)
            )
        for cell in differing:
            self.cells[cell] = self.cells.get(cell, again[cell])._replace(figure=UNREADABLE)

    def table(self, place: Place) -> Table:
        """The Table, its cells in the form's order."""
        reads: list[_Read | None] = [None] * len(self.form.cells)
        for cell, read in self.cells.items():
            reads[cell] = read
        figures = [read.figure if read else ABSENT for read in reads]
        return Table(
            form=self.form,
            place=place,
            values=np.array([each.value for each in figures], dtype=np.float64),
            states=np.array([each.state for each in figures], dtype=np.uint8),
            raws=tuple([read.raw if read else None for read in reads]),
            places=tuple([read.line.row.place(read.column) if read else None for read in reads]),
            labels=self.labels,
            lost=tuple(self.lost),
            repeats=tuple(self.repeats),
            unexpected=tuple(self.unexpected),
            units={cell: unit for cell, unit in self.units.items() if self.cells.get(cell) is not None},
            rivals=self.rivals,
        )


def _same(one: Figure, other: Figure) -> bool:
    return one.state == other.state and (one.value == other.value or math.isnan(one.value))
