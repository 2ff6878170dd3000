"""A workbook: the figure in its cell, on a marked ground, with a comment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from govstats.correction.inplace import _ods, _xlsx
from govstats.correction.inplace._contract import CannotOperate, Mark, Signed
from govstats.correction.inplace._figures import Letter
from govstats.correction.inplace._sentences import sentence_in
from govstats.correction.inplace._zip import Archive
from govstats.model.document import Place
from govstats.readers import excel
from govstats.readers._office.kind import MAGIC

SUFFIXES = (".xlsx", ".xlsm", ".xltx", ".xltm", ".ods", ".ots")
PLAIN = False


def operate(data: bytes, marks: Sequence[Mark], signed: Signed) -> tuple[bytes, list[Mark]]:
    """The workbook with the marks, and those that were made. Raises CannotOperate for the older formats."""
    if not data.startswith(MAGIC):
        raise CannotOperate
    placed = list(_placed(data, marks))
    surgeon = _ods if "content.xml" in Archive(data) else _xlsx
    content, done = surgeon.operate(data, [mark for _, mark in placed], signed)
    return content, [given for given, mark in placed if mark in done]


def _placed(data: bytes, marks: Sequence[Mark]) -> Iterator[tuple[Mark, Mark]]:
    """The marks, those on a sentence at the cell that it stands in; several at one cell as one."""
    grids = excel.read(data).grids if any(mark.sentence for mark in marks) else []
    for mark in marks:
        if not mark.sentence:
            yield mark, mark
            continue
        cells = (
            Place(grid.table, row.line, column)
            for grid in grids
            for row in grid.rows
            for column, text in enumerate(row.texts, 1)
            if 2 * len(text) > len(mark.sentence)
            and sentence_in((Letter(char, at, at + 1) for at, char in enumerate(text)), mark.sentence)
        )
        if place := next(cells, None):
            yield mark, replace(mark, place=place)
