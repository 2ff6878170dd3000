"""Findings → changes: what each proposes, and what of it is certain enough to be written into a copy."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from govstats.model.audits import Audited
from govstats.model.finding import Change, Finding
from govstats.model.forms import CellKey


class Certain(NamedTuple):
    """A change that leaves no choice, and the finding that asks for it."""

    change: Change
    finding: Finding


def proposed(finding: Finding) -> list[Change]:
    """What a finding proposes: its repair, then the other cells that it says a figure of, in their order."""
    repaired = {(change.row, change.column) for change in finding.repair}
    others = (
        Change(finding.table or "", cell.row, cell.column, cell.actual, cell.expected)
        for cell in finding.cells
        if cell.expected is not None and (cell.row, cell.column) not in repaired
    )
    changes = [*finding.repair, *others]
    order = {(cell.row, cell.column): position for position, cell in enumerate(finding.cells)}
    return sorted(changes, key=lambda change: order.get((change.row, change.column), len(order)))


def certain(entry: Audited) -> dict[CellKey, Certain]:
    """The changes of one report that are the only ones possible. Where two findings disagree, neither is certain; no
    change is of a figure that was recognised in a picture, which may have been misread."""
    found: dict[CellKey, Certain] = {}
    disputed: set[CellKey] = set()
    for key, each in _unique(entry):
        if key in found and found[key].change.to != each.change.to:
            disputed.add(key)
        found.setdefault(key, each)
    return {key: each for key, each in found.items() if key not in disputed and not is_recognised(entry, key)}


def is_recognised(entry: Audited, key: CellKey) -> bool:
    """Was the figure of a cell recognised in a picture?"""
    table = entry.report.tables.get(key.table)
    return table is not None and bool(table.recognised) and table.form.index.get(key) in table.recognised


def _unique(entry: Audited) -> Iterator[tuple[CellKey, Certain]]:
    for finding in entry.findings:
        if finding.unique and finding.repair and not finding.suppressed:
            for change in proposed(finding):
                if change.from_ != change.to:
                    yield CellKey(change.table, change.row, change.column), Certain(change, finding)
