"""Region → Lines: the rows that carry figures, each with its row code, and the cells that its figures belong to."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from govstats.alignment.cutrows import rejoined
from govstats.alignment.header import Header, Order
from govstats.alignment.kinds import divided, without_subtotals
from govstats.alignment.line import Cells, Line, Unknown
from govstats.alignment.locate import Region, bare_codes
from govstats.alignment.printedrow import PrintedRow
from govstats.alignment.rowmatch import RowMatcher
from govstats.alignment.vocabulary import foreign, vocabulary, words_of
from govstats.model.forms import CellKey, TableForm
from govstats.text.labels import label, plain

_LONGEST_WORD = 8
"""What is written for a figure is short: 不详, 无法统计, 约900件."""
_LONGEST_SENTENCE = 60
"""A sentence may stand in every cell of a row: 本单位未制作规章."""


def read_lines(region: Region) -> tuple[list[Line], list[Unknown]]:
    """The rows of a region that carry figures, and those that no row of the form accounts for."""
    found = without_subtotals(divided(list(_Walk(region).lines()), region.form), region.form)
    lines = [each for each in found if isinstance(each, Line)]
    if region.form.side_by_side:
        lines = _widest(lines) or _lost_line(region, found)
    return lines, [each for each in found if isinstance(each, Unknown)]


def _lost_line(region: Region, found: list[Line | Unknown]) -> list[Line]:
    """The one line of a form whose rows stand side by side, if only its header is left."""
    if region.heads < len(region.form.columns):
        return []
    return [Line(region.rows[-1], tuple(each.code for each in region.form.data_rows), "", (), None)]


def _widest(lines: list[Line]) -> list[Line]:
    """Of lines that each claim to hold the whole table: those with figures, and with as many cells as it has."""
    lines = [line for line in lines if not _is_lone(line)]
    full = [line for line in lines if _is_full(line)]
    filled = [line for line in lines if any(line.texts)]
    return [line for line in full if line in filled] or full or filled or lines


def _is_lone(line: Line) -> bool:
    """One cell among blanks: more likely a date, a page's number or a remark than the only figure of the table."""
    return sum(map(bool, line.texts)) == 1 < len(line.texts)


def _is_full(line: Line) -> bool:
    return line.order is not None and len(line.tail) >= len(line.order)


class _Walk:
    """Down the rows of a region: header rows on the way fix the order of the columns of the rows below."""

    def __init__(self, region: Region) -> None:
        self._form = region.form
        self._known = vocabulary(region.form)
        self._foreign = foreign(region.form)
        self._rows = rejoined(region.rows, self._known)
        self._matcher = RowMatcher(region.form)
        self._header = Header((), region.form)
        self._header_open = True

    def lines(self) -> Iterator[Line | Unknown]:
        for row in self._rows:
            at, tail = row.split(self._known.rows)
            if row.loose and len(row.texts) > 1:
                yield from self._bare(row)
            if self._is_header(row, at):
                self._extend_header(row)
                continue
            line = self._line(row, at, tail)
            if line is not None:
                self._header_open = self._header_open and isinstance(line, Unknown)
                if row.loose and isinstance(line, Unknown) and words_of(line.label) in self._known.header:
                    self._extend_header(row.with_texts(row.texts[: at + 1]))
                yield line

    def _extend_header(self, row: PrintedRow) -> None:
        above = self._header.rows if self._header_open else ()
        self._header, self._header_open = Header((*above, row), self._form), True

    def _bare(self, row: PrintedRow) -> Iterator[Line]:
        """Rows of short lines that have a label and no figures."""
        if self._form.side_by_side:
            return
        for code in bare_codes(row, self._form):
            order = _cells_of_keys(self._form, code, self._form.rows[code].columns)
            yield Line(row, (code,), self._form.rows[code].label.zh, (), order)

    def _is_header(self, row: PrintedRow, at: int) -> bool:
        """Does it name columns (besides its last label, which may also be a row's: 总计), or rows side by side?"""
        if row.numerals:
            return False
        if self._form.side_by_side and at >= 0:
            return not self._is_marked(row.tail(at), row)
        known = self._known
        is_last = at >= 0 and len(row) > 1 and not row.loose and row.words[at] not in known.rows
        return any(
            row.words[p] in self._foreign or (row.words[p] in known.header and (p != at or is_last)) for p in row.own
        )

    def _is_marked(self, tail: tuple[int, ...], row: PrintedRow) -> bool:
        """Does a mark stand for each figure of the one line that holds all rows?"""
        return len(tail) == len(self._form.cells) and all(row.texts[p].strip() and not row.words[p] for p in tail)

    def _line(self, row: PrintedRow, at: int, tail: tuple[int, ...]) -> Line | Unknown | None:
        names = row.labels(at)
        labels = [row.texts[p] for p in names]
        groups = self._matcher.groups if row.loose else set()
        if self._form.side_by_side and not any(row.words[p] in self._known.rows for p in names):
            return self._side_by_side(row, at, tail)
        code = self._matcher.match(labels)
        known = self._named(row, names, code)
        if len(known) < len(names):
            at, names = known[-1], known
            code, tail = self._matcher.match([row.texts[p] for p in names]), row.tail(at)
        if row.loose and code is not None and not self._is_row(row.texts[at], code, groups):
            code = None
        if code is None or self._form.rows[code].heading:
            unknown = Unknown(row.texts[at] if at >= 0 else "", row.place())
            is_told = row.has_figure(tail) if code is None else bool(row.numerals)
            return unknown if is_told else None
        columns = self._form.rows[code].columns
        beneath = self._beneath(row, at)
        order = _cells_of_keys(self._form, code, tuple(beneath.values()) or self._header.order(columns))
        narrow = _cells_of_keys(self._form, code, self._header.narrower(columns))
        if row.is_torn(at):
            order = narrow = None
        tail = tuple(beneath) or _unmerged(row, tail, order)
        name = row.texts[names[-1]] if names and names[-1] < at else row.texts[at]
        return Line(
            row, (code,), name, tail, order, narrow, self._start(row, order), not self._header.names_all(columns)
        )

    def _beneath(self, row: PrintedRow, at: int) -> dict[int, str]:
        """In a list, whose rows may have numbers, codes, remarks and others' figures beside their own: what the header
        names."""
        if self._form.layout != "list" or len(row.tail(at)) < 2:
            return {}
        named = self._header.beneath(row)
        return named if named and min(named) > at and named.keys() <= set(row.own) else {}

    def _named(self, row: PrintedRow, names: list[int], code: str | None) -> list[int]:
        """The labels without the words that stand for figures (不详, 约900) behind the name of a row, if they do."""
        known = list(names)
        longest = _LONGEST_SENTENCE if self._holds_sentences(row, names) else _LONGEST_WORD
        while known and self._may_be_figure(row.texts[known[-1]], longest):
            known.pop()
        words = [row.texts[p] for p in names[len(known) :]]
        if row.loose or not self._is_heading(code) or not known or not words or not row.is_own(known[-1]):
            return names
        code = self._matcher.match([row.texts[p] for p in known])
        if code is None or self._form.rows[code].heading or known[-1] > names[-1]:
            return names
        if longest == _LONGEST_SENTENCE:
            return known
        is_row = row.has_figure(row.tail(names[-1])) or len(self._form.rows[code].columns) == len(words)
        return known if is_row and len(set(words)) == 1 else names

    def _holds_sentences(self, row: PrintedRow, names: list[int]) -> bool:
        """Is it the very name of a row, and words in each of its cells?"""
        codes = self._known.rows.get(row.words[names[0]], ()) if names else ()
        return len(codes) == 1 and len(self._form.rows[codes[0]].columns) == len(names) - 1 > 0

    def _is_heading(self, code: str | None) -> bool:
        """Is this no row with figures?"""
        return code is None or self._form.rows[code].heading

    def _may_be_figure(self, text: str, longest: int) -> bool:
        """A few words that the form does not have: what is written for a figure."""
        ordinal, words = label(text)
        return not ordinal and words not in self._known.names and len(plain(text)) <= longest

    def _is_row(self, text: str, code: str, groups: set[str]) -> bool:
        """Does this label name a row? 其他 or 总计 without an ordinal may be the last word of the header."""
        ordinal, words = label(text)
        return bool(ordinal) or words not in self._known.header or self._form.group_of(code) in groups

    def _side_by_side(self, row: PrintedRow, at: int, tail: tuple[int, ...]) -> Line | None:
        """One line of figures for all rows of the form; a line of blanks only if it has just as many cells."""
        cells = _positions(self._form, self._header.side_by_side())
        if not row.has_figure(tail) and (not self._header.rows or len(tail) != len(cells or ())):
            return None
        if at >= 0 and row.words[at] not in self._known.names and len(tail) != len(cells or ()):
            tail = (at, *tail)
            is_filled = len(tail) == len(cells or ()) and all(row.texts[p] for p in tail)
            if not is_filled or self._start(row, cells) != at:
                return None  # a note below the table: 填表人, 电话
        codes = tuple(each.code for each in self._form.data_rows)
        assumed = not self._header.names_all(self._form.columns)
        return Line(row, codes, "", tail, cells, start=self._start(row, cells), assumed=assumed)

    def _start(self, row: PrintedRow, order: Cells | None) -> int | None:
        first = order[0] if order else None
        return None if first is None else self._header.start(row, self._form.cells[first].column)


@lru_cache(maxsize=1024)
def _cells_of_keys(form: TableForm, code: str, keys: Order | None) -> Cells | None:
    if keys is None:
        return None
    return _positions(form, tuple(None if key is None else CellKey(form.name, code, key) for key in keys))


def _positions(form: TableForm, cells: tuple[CellKey | None, ...] | None) -> Cells | None:
    return None if cells is None else tuple(None if cell is None else form.index[cell] for cell in cells)


def _unmerged(row: PrintedRow, tail: tuple[int, ...], order: Cells | None) -> tuple[int, ...]:
    """The tail; if it is too short, a blank merged over several columns counts as a blank in each."""
    if order is None or len(tail) >= len(order) or not tail:
        return tail
    every = range(tail[0], len(row.texts))
    return tuple(p for p in every if p in tail or (p not in row.own and not row.texts[p].strip()))
