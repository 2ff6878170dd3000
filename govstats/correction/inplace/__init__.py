"""The bytes of a document and Marks → the same document with what is certain changed, and comments; all else as it was.

A surgeon is a module here, named after the reader of its container, with SUFFIXES and `operate`; drop one in. What it
made is read again before it is given away: a copy whose tables hold anything but the changes asked for is none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import cast

from govstats.catalog.dropins import member, names_in
from govstats.correction.inplace._contract import Mark, Signed, Surgeon
from govstats.model.forms import CellKey
from govstats.model.report import Report
from govstats.model.table import Table
from govstats.pipeline import parse_all
from govstats.readers import reader_of


@dataclass(frozen=True, slots=True)
class Corrected:
    """A document with its corrections: its bytes, the ending of its name, what was done; `again` is what was read in
    it. `is_plain`: it holds no comments, a list of the marks has to stand beside it."""

    content: bytes
    suffix: str
    done: tuple[Mark, ...]
    again: tuple[Report, ...]
    is_plain: bool = False

    @property
    def changes(self) -> tuple[Mark, ...]:
        """The figures that were changed."""
        return tuple(mark for mark in self.done if mark.new is not None)


@cache
def surgeons() -> dict[str, Surgeon]:
    """All surgeons by the name of the reader of their container."""
    return {name: cast(Surgeon, member(__name__, name)) for name in names_in(__path__)}


def in_place(data: bytes, name: str, reports: Sequence[Report], marks: Sequence[Mark], date: str) -> Corrected | None:
    """The document that these reports were read from (a workbook may hold several), with the marks. None if it is of a
    kind that is not changed in place, if nothing could be marked, or a change was not to be made."""
    surgeon = surgeons().get(reader_of(data) or "")
    if surgeon is None or not marks:
        return None
    for signed in (Signed(date), Signed(date, blanks=False)):
        try:
            content, done = surgeon.operate(data, marks, signed)
            again = parse_all(name, content) if done else []
        except Exception:  # noqa: BLE001, RUF100, S112 - documents are as nobody foresaw: no copy then
            continue
        if done and _is_as_asked(reports, again, done) and _all_changes(marks) == _all_changes(done):
            suffix = next((each for each in surgeon.SUFFIXES if name.lower().endswith(each)), surgeon.SUFFIXES[0])
            return Corrected(content, suffix, tuple(done), tuple(again), surgeon.PLAIN)
    return None


def _all_changes(marks: Sequence[Mark]) -> int:
    return sum(mark.new is not None for mark in marks)


def _is_as_asked(before: Sequence[Report], after: Sequence[Report], done: Sequence[Mark]) -> bool:
    """Are the figures those of before, but for the changes?"""
    later = {report.sheet: report for report in after}
    return all(
        (other := later.get(report.sheet)) is not None
        and list(report.tables) == list(other.tables)
        and all(_is_changed_so(table, other.tables[name], asked) for name, table in report.tables.items())
        for report in before
        for asked in [{mark.key: mark.new for mark in done if mark.new is not None and mark.sheet == report.sheet}]
    )


def _is_changed_so(before: Table, after: Table, asked: Mapping[CellKey | None, float | None]) -> bool:
    return before.form == after.form and all(
        after.figures[position] == asked[key]
        if key in asked
        else after.raws[position] == before.raws[position] and after.states[position] == before.states[position]
        for position, key in enumerate(before.form.cells)
    )
