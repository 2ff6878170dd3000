"""A workbook of Excel: the figure in its cell, the cell's style on a marked ground, a comment with the reason.

A formula whose figure is wrong gives way to the right figure, or Excel would bring back the wrong one; the comment
tells the formula. Whatever else calculates goes on to do so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape
from io import BytesIO
from typing import TypeGuard
from zipfile import ZipFile

from govstats.correction.inplace._contract import CannotOperate, Mark, Signed
from govstats.correction.inplace._figures import number_in, written
from govstats.correction.inplace._notes import Notes
from govstats.correction.inplace._sheetxml import Position, SheetXml
from govstats.correction.inplace._splices import Splice, spliced
from govstats.correction.inplace._styles import Styles
from govstats.correction.inplace._zip import Archive, with_parts
from govstats.lang import Text
from govstats.model.document import Place
from govstats.model.wording import figure_text
from govstats.readers.excel.ooxml import sheet_parts
from govstats.readers.excel.xmlpart import Parts

_STYLES, _BOOK, _CHAIN, _TYPES, _RELATIONS = (
    "xl/styles.xml",
    "xl/workbook.xml",
    "xl/calcChain.xml",
    "[Content_Types].xml",
    "xl/_rels/workbook.xml.rels",
)
_NO_FORMULA = Text("原公式 ={formula} 已换成数。", "The formula ={formula} gave way to a figure.")
_HAS_FORMULA = re.compile(r"<(?:[\w.-]+:)?f[\s>/]")
_CALCULATED_BY = re.compile(r"""(<(?:[\w.-]+:)?calcPr\b[^>]*?\scalcId\s*=\s*["'])\d+""")
_NAMED_CHAIN = re.compile(r"""<(?:[\w.-]+:)?(?:Override|Relationship)\s[^>]*calcChain\.xml["'][^>]*/>""")


def operate(data: bytes, marks: Sequence[Mark], signed: Signed) -> tuple[bytes, list[Mark]]:
    """The workbook with the marks, and those that were made."""
    package = Archive(data)
    names = sheet_parts(Parts(ZipFile(BytesIO(data))))
    styles = Styles(package.text(_STYLES))
    parts: dict[str, bytes] = {}
    done: list[Mark] = []
    is_calculated = False
    for number, name in names.items():
        of_sheet = [(mark, mark.place) for mark in marks if _is_cell(mark.place, number)]
        if not of_sheet:
            continue
        ward = _Ward(SheetXml.of(package.text(name)), styles, Notes(package, name, number, signed.author))
        ward.changing = {ward.sheet.own(place[1:]) for mark, place in of_sheet if mark.new is not None}
        done += [mark for mark, place in of_sheet if ward.make(mark, place)]
        source, more = ward.notes.parts(spliced(ward.sheet.source, ward.splices), parts)
        parts |= {name: source.encode(), **more}
        is_calculated |= ward.is_calculated
    is_changed = any(mark.new is not None for mark in done)
    if styles.source and is_changed:
        parts[_STYLES] = styles.source.encode()
    if is_changed and any(_HAS_FORMULA.search(package.text(name)) for name in names.values()):
        parts[_BOOK] = _calculated(package.text(_BOOK)).encode()
    without = _without_chain(package, parts) if is_calculated else ()
    return with_parts(data, parts, without=without), done


def _is_cell(place: Place | None, sheet: int) -> TypeGuard[Place]:
    """A whole row (column 0) is no cell."""
    return place is not None and place.table == sheet and place.line > 0 and place.column > 0


class _Ward:
    """A sheet while marks are made in it."""

    def __init__(self, sheet: SheetXml, styles: Styles, notes: Notes) -> None:
        self.sheet, self.notes = sheet, notes
        self.splices: list[Splice] = []
        self.is_calculated = False
        self.changing: set[Position] = set()
        self._styles = styles

    def make(self, mark: Mark, place: Place) -> bool:
        """Make a mark; False if that cannot be."""
        position = self.sheet.own((place.line, place.column))
        note = mark.note
        if mark.new is not None:
            formula = self._formula(position)
            if not self._change(position, mark.raw, mark.new):
                return False
            if formula:
                note += f"\n{_NO_FORMULA.format(formula=formula)}"
        self.notes.add(position, note)
        return True

    def _formula(self, position: Position) -> str:
        if self.sheet.is_of_an_array(position):
            raise CannotOperate
        cell = self.sheet.cells.get(position)
        found = cell.formula if cell else None
        if found is None:
            return ""
        self.is_calculated = True
        self.splices += self.sheet.own_formulas(position, but=self.changing)
        return unescape(found["text"] or "…")

    def _change(self, position: Position, raw: str, new: float) -> bool:
        cell = self.sheet.cells.get(position)
        is_text = bool(cell and cell.is_text)
        begin, end = number_in(raw)
        value = raw[:begin] + written(new, raw[begin:end]) + raw[end:] if is_text else figure_text(new)
        splice = self.sheet.with_value(position, value, self._styles.marked(cell.style if cell else 0), is_text)
        if splice is None:
            return False
        self.splices.append(splice)
        return True


def _calculated(book: str) -> str:
    """The workbook as one that the oldest Excel calculated: any other calculates it anew as soon as it is opened. Else
    the results that are stored, and come of the old figures, would be trusted."""
    return _CALCULATED_BY.sub(r"\g<1>1", book, count=1)


def _without_chain(package: Archive, parts: dict[str, bytes]) -> tuple[str, ...]:
    """Leave out the order of calculation, which Excel makes anew: one that names a cell without a formula is damage to
    it."""
    if _CHAIN not in package:
        return ()
    for name in (_TYPES, _RELATIONS):
        text = parts[name].decode() if name in parts else package.text(name)
        parts[name] = _NAMED_CHAIN.sub("", text).encode()
    return (_CHAIN,)
