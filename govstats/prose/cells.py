"""Passage and tables → claims on cells: 收到政府信息公开申请 81 件."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from govstats.model.claim import Quantity
from govstats.model.forms import CellKey, TableForm
from govstats.model.table import Table
from govstats.prose.nouns import Noun, nouns
from govstats.prose.passages import Passage
from govstats.prose.scope import is_other_time, scope
from govstats.prose.totals import total_of
from govstats.prose.words import says

Tables = dict[str, Table]


Answers = list[tuple[tuple[CellKey, ...], float]]


@dataclass(frozen=True, eq=False)
class About:
    """What a report is about: its tables, its year, its agency (None: unknown)."""

    tables: Tables
    year: int | None = None
    agency: str | None = None
    _answers: dict[tuple[tuple[str, ...], str], Answers] = field(default_factory=dict, repr=False)

    def answers(self, addresses: tuple[str, ...], column: str = "") -> Answers:
        """For each address that its tables have: the cells, and their sum; worked out once."""
        key = addresses, column
        if key not in self._answers:
            self._answers[key] = list(_answers(addresses, column, self.tables))
        return self._answers[key]


_LONGEST_LABEL = 48
_FARTHEST = 2_000
"""So far back the sentences before tell whose requests are meant."""
_CLAUSE_MARKS = re.compile("[,，;:。、()]")
_UNITS = {
    "applications": "件宗份起条例项个",
    "litigation": "件宗起例",
    "disclosure": "件部份个项宗条",
    "summary": "件宗份起条人名",
}
"""Measure words that the cells of a table are counted in; 条 counts pieces of information, not decisions."""
_ALSO = ("件次", "项次")
_COUNTED = frozenset("".join(_UNITS.values())) | {*_ALSO}


class CellClaim(NamedTuple):
    """A figure (or the words at `span` that say 0) that names cells; `expected` is what they hold.

    `scope`: the sentence speaks of a wider or narrower scope than the table may have, so nobody is accused.
    """

    figure: Quantity | None
    span: tuple[int, int]
    cells: tuple[CellKey, ...]
    value: float
    expected: float
    holds: bool
    scope: str = ""


def cell_claims(passage: Passage, report: About) -> Iterator[CellClaim]:
    """The cells that the figures of a passage name."""
    for index, figure in enumerate(passage.figures):
        if figure.unit and figure.unit not in _COUNTED:
            continue
        claim = _named(passage, index, report)
        if claim is not None:
            yield claim


def answers_of(passage: Passage, index: int, report: About) -> Answers:
    """For each meaning of the noun at a figure: its cells and what they hold; empty if it names none."""
    label = _label(passage, index)
    noun = _noun(label) if label else None
    near = noun is not None and _is_near(noun, passage.head(index) if noun.close else passage.text)
    return report.answers(noun.cells, _column(label)) if noun is not None and near else []


def _named(passage: Passage, index: int, report: About) -> CellClaim | None:
    answers = answers_of(passage, index, report)
    if not answers or _is_part_of_more(passage, index) or says(_label(passage, index), "narrowed", "channels"):
        return None
    figure, head = passage.figures[index], passage.head(index)
    if is_other_time(head, report.year) or not _counts(figure, answers[0][0]):
        return None
    back = max(0, figure.start - _FARTHEST)
    told = passage.text[back : figure.start] if _is_result(answers[0][0]) else head
    return judged(figure, (figure.start, figure.end), answers, told + passage.tails[index], report.agency)


def _is_result(cells: tuple[CellKey, ...]) -> bool:
    """予以公开 …: whose requests they were is told in the sentences before."""
    return cells[0].table in ("applications", "summary") and cells[0].row not in ("1", "2", "received")


def _label(passage: Passage, index: int) -> str:
    """The words before the figure; if there are none, those after it."""
    before = passage.labels[index] or _before_aside(passage, index)
    if len(before) > 1 or not passage.tails[index]:
        return before[-_LONGEST_LABEL:]
    return passage.tails[index].lstrip("的")[:_LONGEST_LABEL]


def _before_aside(passage: Passage, index: int) -> str:
    """The words before an aside in brackets, which does not count: 其他处理（含撤回申请）341 件."""
    gap = passage.gaps[index].rstrip()
    if not gap.endswith(")") or "(" not in gap:
        return ""
    return _CLAUSE_MARKS.split(gap[: gap.rfind("(")].replace(" ", ""))[-1]


def _is_part_of_more(passage: Passage, index: int) -> bool:
    """甲、乙共 3 件: the label's last word is not all that is counted."""
    gap = passage.gaps[index].rstrip()
    label = passage.labels[index]
    lead = gap[: len(gap) - len(label)] if gap.endswith(label) else gap
    return lead.endswith("、") and not lead[:-1].endswith(("件", "宗", "份", "起", "条"))


@lru_cache(maxsize=4096)
def _noun(label: str) -> Noun | None:
    return next((noun for noun in nouns().nouns if noun.pattern.search(label)), None)


def _is_near(noun: Noun, text: str) -> bool:
    return not noun.near or any(word in text for word in noun.near)


@lru_cache(maxsize=4096)
def _column(label: str) -> str:
    """The columns of the applicant that a label names; empty for all of them."""
    return next((key for key, names in nouns().applicants.items() if any(name in label for name in names)), "")


def _answers(addresses: tuple[str, ...], column: str, tables: Tables) -> Iterator[tuple[tuple[CellKey, ...], float]]:
    """Cells and their sum; a total that its row contradicts counts both ways."""
    for address in addresses:
        table = tables.get(address.partition("/")[0])
        if table is not None:
            yield from _sums_of(table, address, column)


def _sums_of(table: Table, address: str, column: str) -> Iterator[tuple[tuple[CellKey, ...], float]]:
    form = table.form
    _, rows, *given = address.split("/")
    if given and column:  # this table does not tell applicants apart
        return
    codes = _codes(form, rows)
    keys = tuple((given or [column or "total"])[0].split("+"))
    cells = tuple(CellKey(form.name, code, key) for code in codes for key in keys if key in form.rows[code].columns)
    if not cells:
        return
    values = [table.value(cell.row, cell.column) for cell in cells]
    if all(value is not None for value in values):
        yield cells, float(sum(value or 0 for value in values))
    if keys == ("total",):
        others = [_others(table, code) for code in codes]
        if all(value is not None for value in others):
            yield cells, float(sum(value or 0 for value in others))
    if codes == ("3.7",):
        yield from _outcomes(table, cells, keys)


@lru_cache(maxsize=1024)
def _codes(form: TableForm, rows: str) -> tuple[str, ...]:
    return tuple(row.code for pattern in rows.split("+") for row in form.data_rows if fnmatchcase(row.code, pattern))


def _others(table: Table, code: str) -> float | None:
    values = [table.value(code, key) for key in table.form.rows[code].columns if key != "total"]
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None


def _outcomes(
    table: Table, cells: tuple[CellKey, ...], keys: tuple[str, ...]
) -> Iterator[tuple[tuple[CellKey, ...], float]]:
    """The outcomes added up, where the total row itself may be wrong (昭通 2021)."""
    values = [
        table.values[position]
        for position, cell in enumerate(table.form.cells)
        if cell.row.startswith("3.") and cell.row != "3.7" and cell.column in keys
    ]
    if values and not np.isnan(values).any():
        yield cells, float(sum(values))


def _counts(figure: Quantity, cells: tuple[CellKey, ...]) -> bool:
    """Is the measure word one for these cells?"""
    return not figure.unit or figure.unit in _UNITS.get(cells[0].table, "") or figure.unit in _ALSO


def judged(figure: Quantity, span: tuple[int, int], answers: Answers, told: str, agency: str | None) -> CellClaim:
    """A figure against what its cells hold; the first meaning that agrees, else the first of all."""
    said = total_of(figure, 0)
    for cells, expected in answers:
        if _agrees(figure, expected, said.equals(expected)):
            return CellClaim(figure, span, cells, figure.value, expected, True)
    cells, expected = answers[0]
    return CellClaim(figure, span, cells, figure.value, expected, False, scope(told, agency))


def _agrees(figure: Quantity, expected: float, equal: bool) -> bool:
    """余 and 近 are inequalities, nothing more."""
    if figure.approx == ">":
        return expected >= figure.value
    if figure.approx == "<":
        return expected <= figure.value
    return equal
