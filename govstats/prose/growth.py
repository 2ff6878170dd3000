"""Growth rates that only two years together can tell: what a report states (同比增长 1.05%), and the verdict.

What is stated is plain data, so that it can be kept and judged when the report of the year before is known.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Protocol

from govstats.model.claim import Claim, Growth
from govstats.model.document import Place
from govstats.model.finding import number
from govstats.model.forms import CellKey
from govstats.prose import arithmetic
from govstats.prose.answers import About
from govstats.prose.cells import answers_of
from govstats.prose.changes import Change, lone_growth, rivals
from govstats.prose.compared import YEAR
from govstats.prose.passages import Passage, Prose
from govstats.prose.ratios import fits
from govstats.prose.words import says

_NO_TABLE = 0
_TOTAL = "total"


class HasFigures(Protocol):
    """A table of the year before: a cell's figure, None where there is none."""

    def value(self, row: str, column: str) -> float | None:
        """Raises UsageError if the form has no such cell."""

    def keys(self, row: str) -> tuple[str, ...]:
        """The columns that a row has; empty if the form has no such row."""


def growth(prose: Prose, report: About) -> tuple[Growth, ...]:
    """The growth rates of a report's prose that its own tables bear out the figure of."""
    if not report.tables:
        return ()
    telling = [Passage(each) for each in prose.passages if each.percents and "change" in each.signs]
    return tuple(each for passage in telling for each in _of_passage(passage, report))


def _of_passage(passage: Passage, report: About) -> Iterator[Growth]:
    for told, count in lone_growth(passage):
        if says(passage.labels[count], "narrowed", "channels") or rivals(passage, told, count):
            continue
        if _is_of_another_year(passage.labels[told], report.year):
            continue
        value = passage.figures[count].value
        meanings = dict.fromkeys(cells for cells, held in answers_of(passage, count, report) if held == value)
        if meanings:
            at = sorted((passage.figures[index].start, passage.figures[index].end) for index in (told, count))
            first, last = passage.bounds(at[0][0], at[-1][1])
            yield Growth(
                passage.raw[first:last],
                tuple((start - first, end - first) for start, end in at),
                passage.line,
                passage.figures[told],
                _way(passage.labels[told]),
                value,
                tuple(meanings),
            )


def _is_of_another_year(label: str, year: int | None) -> bool:
    """较 2019 年增长 20% in the report of 2022: not of the year before."""
    named = YEAR.findall(label)
    return bool(named) and (year is None or named[-1] != f"{year - 1}年")


def _way(label: str) -> int:
    up, down = says(label, "up"), says(label, "down")
    return 0 if up == down or "负" in label else 1 if up else -1


def judged(rate: Growth, previous: Mapping[str, HasFigures]) -> Claim | None:
    """The verdict, with the tables of the year before; None if they do not tell the old figure.

    It holds if it follows for any meaning, and for the total as printed or as its row adds up.
    """
    olds = [old for cells in rate.meanings for old in _sums(cells, previous) if old]
    if not olds:
        return None
    good = next((old for old in olds if _follows(rate, old)), None)
    old = olds[0] if good is None else good
    values = {"percent": number(rate.percent.value), "from": number(old), "to": number(rate.value)}
    place = Place(_NO_TABLE, rate.line)
    if good is not None:
        return Claim(rate.text, "growth", values, True, rate.places, place=place)
    change = Change(0, old, rate.value, (), False, "warning", "growth")
    words = arithmetic.of_change(change, rate.percent)
    return Claim(rate.text, "growth", values, False, rate.places, "N503", "warning", words, place=place)


def _follows(rate: Growth, old: float) -> bool:
    grown = rate.value - old
    return grown * rate.way >= 0 and fits(rate.percent, abs(grown), old)


def _sums(cells: tuple[CellKey, ...], previous: Mapping[str, HasFigures]) -> Iterator[float]:
    """What the cells made in the year before: as printed, and with totals worked out from their rows."""
    if all(cell.table in previous and cell.column in previous[cell.table].keys(cell.row) for cell in cells):
        for parts in (cells, tuple(part for cell in cells for part in _parts(cell, previous))):
            values = [previous[part.table].value(part.row, part.column) for part in parts]
            known = [value for value in values if value is not None]
            if values and len(known) == len(values):
                yield sum(known)


def _parts(cell: CellKey, previous: Mapping[str, HasFigures]) -> list[CellKey]:
    if cell.column != _TOTAL:
        return [cell]
    return [CellKey(cell.table, cell.row, key) for key in previous[cell.table].keys(cell.row) if key != _TOTAL]
