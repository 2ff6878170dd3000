"""Lines whose figures run together (`规章000`) → lines with a figure a cell, where they can be read in one way only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from govstats.alignment.line import Line
from govstats.alignment.printedrow import PrintedRow
from govstats.model.document import GridRow
from govstats.model.forms import TableForm
from govstats.text.labels import figures_behind

_NOTE_DIGITS = 2


def parted(lines: list[Line], form: TableForm) -> list[Line]:
    """The lines of one table, figures that run together cut apart; a run that could be cut in two ways stays whole.

    A digit behind a label may be a note mark: it is a figure only in a table that prints most of its rows so.
    """
    runs = [_run(line) for line in lines]
    is_usual = 2 * sum(map(bool, runs)) > len(lines)
    lines = [_lost(line) if _has_both(line, is_usual) else line for line in lines]
    if not is_usual:
        return lines
    widths = [len(line.order or ()) for line in lines]
    many = [(len(run), width) for run, width in zip(runs, widths, strict=True) if run and width > 1]
    none_short, all_fit = all(digits >= width for digits, width in many), all(digits == width for digits, width in many)
    return [
        _cut(line, _figures(line, run, form, none_short, all_fit)) if run else line
        for line, run in zip(lines, runs, strict=True)
    ]


def _run(line: Line) -> str:
    """The digits that stand for all figures of the line: behind its label, or alone where a line has no label."""
    if len(line.codes) == 1:
        return "" if line.tail else figures_behind(line.label)
    filled = [text for text in line.texts if text]
    return filled[0] if len(filled) == len(line.tail) == 1 and filled[0].isdigit() else ""


def _has_both(line: Line, is_usual: bool) -> bool:
    """Figures run on from the label, and others stand behind it: nobody can tell which are the row's."""
    behind = figures_behind(line.label) if line.tail and line.row.loose else ""
    return bool(behind) and (is_usual or len(behind) > _NOTE_DIGITS)


def _lost(line: Line) -> Line:
    return replace(line, order=None, narrow=None)


def _figures(line: Line, run: str, form: TableForm, none_short: bool, all_fit: bool) -> Sequence[str]:
    """The figures of a run, or the run itself if there may be another way to cut it.

    A zero in front is a figure of its own, so `0083` in three columns is 0, 0, 83. Else every digit is a figure only
    if there are as many as columns, and no blank or longer figure is likely: no row of the table has fewer digits
    than columns, and either all rows have just as many, or this one adds up.
    """
    width = len(line.order or ())
    if width < 2 or not run.isdigit():
        return [run]
    if not run[: width - 1].strip("0") and len(run) >= width and (len(run) == width or run[width - 1] != "0"):
        return [*run[: width - 1], run[width - 1 :]]
    if len(run) == width and none_short and (all_fit or _adds_up(line, run, form)):
        return run
    return [run]


def _adds_up(line: Line, run: str, form: TableForm) -> bool:
    """Does every total in this line equal its parts, if all digits are figures?"""
    values = {cell: int(digit) for cell, digit in zip(line.order or (), run, strict=True) if cell is not None}
    sums = [each for each in form.relations if each.is_sum and values.keys() >= {*each.left, *each.right}]
    return bool(sums) and all(sum(values[part] for part in each.left) == values[each.right[0]] for each in sums)


def _cut(line: Line, figures: Sequence[str]) -> Line:
    row = PrintedRow(line.row.table, GridRow(line.row.line, (line.label, *figures), loose=True))
    return replace(line, row=row, tail=tuple(range(1, len(figures) + 1)))
