"""Values → cells of an openpyxl sheet: figures as numbers, all other text as text, never as a formula."""

from __future__ import annotations

from openpyxl.cell import Cell

from govstats.correction.untrusted import clean

_FORMULA = ("=", "+", "-", "@")


def put(cell: Cell, value: str | int | float | None) -> None:
    """Write one value. Text that looks like a formula is kept as text, and stays so when a person edits the cell."""
    if not isinstance(value, str):
        cell.value = value
        return
    cell.value = clean(value)
    cell.data_type = "s"
    if value.startswith(_FORMULA):
        cell.quotePrefix = True
