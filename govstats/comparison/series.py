"""A filing → the cells that make a series of schemas/harmonised.yaml, by the form that its tables follow."""

from __future__ import annotations

from functools import cache

from govstats.comparison.filing import Filing
from govstats.forms import CellKey
from govstats.harmonised import cells_of, harmonised


def series_of(filing: Filing, key: str) -> dict[str, tuple[CellKey, ...]]:
    """Column → cells whose sum is the series; empty if the form does not count it, or the table is not there."""
    for form in {figures.form.format: None for figures in filing.tables.values()}:
        found = _cells(key, form)
        if found and all(_stands(filing, cell, form) for cells in found.values() for cell in cells):
            return found
    return {}


@cache
def _cells(key: str, form: str) -> dict[str, tuple[CellKey, ...]]:
    series = next(each for each in harmonised().series if each.key == key)
    origin = series.origin(form)
    found: dict[str, tuple[CellKey, ...]] = {}
    for pattern in origin.cells if origin else ():
        for column, cells in cells_of(form, pattern).items():
            found[column] = (*found.get(column, ()), *cells)
    return found


def _stands(filing: Filing, cell: CellKey, form: str) -> bool:
    table = filing.tables.get(cell.table)
    return table is not None and table.form.format == form
