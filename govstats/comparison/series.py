"""A filing → the cells that make a series of schemas/harmonised.yaml, by the form that its tables follow."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache

from govstats.catalog.series import cells_of, harmonised
from govstats.comparison.filing import Filing
from govstats.model.forms import CellKey, TableForm

Forms = tuple[TableForm, ...]
"""The forms that the tables of a filing follow."""


def series_of(filing: Filing, key: str) -> Mapping[str, tuple[CellKey, ...]]:
    """Column → cells whose sum is the series; empty if the form does not count it, or the table is not there."""
    return series_in(filing.forms, key)


@lru_cache(maxsize=4096)
def series_in(forms: Forms, key: str) -> Mapping[str, tuple[CellKey, ...]]:
    """The same, of all filings whose tables follow these forms."""
    there = {(form.format, form.name) for form in forms}
    for each in dict.fromkeys(form.format for form in forms):
        found = _cells_of_columns(key, each)
        if found and all((each, cell.table) in there for cells in found.values() for cell in cells):
            return found
    return {}


@cache
def _cells_of_columns(key: str, form: str) -> dict[str, tuple[CellKey, ...]]:
    series = next(each for each in harmonised().series if each.key == key)
    origin = series.origin(form)
    found: dict[str, tuple[CellKey, ...]] = {}
    for pattern in origin.cells if origin else ():
        for column, cells in cells_of(form, pattern).items():
            found[column] = (*found.get(column, ()), *cells)
    return found
