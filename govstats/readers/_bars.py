"""Lines of one cell each, a line `|` behind each cell and a line `| |` behind each row → rows, blank cells and all.

Browsers leave this where a table is copied whose cells are blocks. Bars say what stands beside what, whatever is
written in the cells: a sentence, a long label, nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from govstats.model.document import GridRow, Paragraph
from govstats.text.figures import State, figure
from govstats.text.labels import has_han

_FEWEST_ROWS = 3
_FEWEST_CELLS = 12
_FARTHEST = 4
"""So many lines may a bar be behind the last one."""
_MOST_LINES_OF_A_CELL = 1.2
"""On the whole; a cell may be broken over lines."""


def is_bar(line: str) -> bool:
    """Is it the end of a cell, or of a row?"""
    return "|" in line and not line.strip("| ")


def _ends_row(line: str) -> bool:
    return line.count("|") > 1


def parted_by_bars(lines: Sequence[Paragraph]) -> Iterator[tuple[int, int]]:
    """From which line to which there are such rows, one after the other: only where there are rows and cells enough."""
    bars = [at for at, line in enumerate(lines) if is_bar(line.text)]
    cuts = [0, *(at for at in range(1, len(bars)) if bars[at] - bars[at - 1] > _FARTHEST), len(bars)]
    for first, last in pairwise(cuts):
        run = bars[first:last]
        rows = sum(_ends_row(lines[at].text) for at in run)
        begin, end = max(run[0] - 1, 0) if run else 0, run[-1] + 1 if run else 0
        if rows >= _FEWEST_ROWS and len(run) >= _FEWEST_CELLS and rows < len(run) and _is_regular(lines[begin:end]):
            is_open = not _ends_row(lines[end - 1].text)
            yield begin, end + (is_open and any(_is_figure(line.text) for line in lines[end : end + 1]))


def _is_regular(lines: Sequence[Paragraph]) -> bool:
    """Does each cell have a bar behind it, so that no two of a row share one?"""
    texts = [line for line in lines if not is_bar(line.text)]
    bars = len(lines) - len(texts)
    return not any("|" in line.text for line in texts) and len(texts) <= bars * _MOST_LINES_OF_A_CELL


def _is_figure(text: str) -> bool:
    """A figure, or a mark for one."""
    return figure(text).state in {State.NUMBER, State.ZERO, State.MARK}


def rows_between_bars(lines: Sequence[Paragraph]) -> Iterator[GridRow]:
    """The rows. What stands before the first cell of a row, without a bar, is a row of its own; and a row ends, without
    a bar, at a figure with words below it."""
    row: list[str] = []
    waiting: list[Paragraph] = []
    number = 0
    for line in lines:
        if not is_bar(line.text):
            waiting.append(line)
            continue
        if not row:
            yield from (GridRow(each.line, (each.text,), loose=True) for each in waiting[:-1])
            number = waiting[-1].line if waiting else line.line
            waiting = waiting[-1:]
        if len(waiting) > 1 and row and _is_figure(waiting[0].text) and has_han(waiting[-1].text):
            yield GridRow(number, (*row, waiting[0].text))
            yield from (GridRow(each.line, (each.text,), loose=True) for each in waiting[1:-1])
            row, number, waiting = [], waiting[-1].line, waiting[-1:]
        row.append("".join([each.text for each in waiting]))
        waiting = []
        if _ends_row(line.text):
            yield GridRow(number, tuple(row))
            row = []
    if row:
        yield GridRow(number, (*row, *[each.text for each in waiting]))
