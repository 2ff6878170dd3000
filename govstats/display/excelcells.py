"""Values → cells of an openpyxl sheet: figures as numbers, all other text as text, never as a formula."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govstats.display.untrusted import FORMULA, clean

if TYPE_CHECKING:
    from openpyxl.cell import Cell


def put(cell: Cell, value: str | int | float | None) -> None:
    """Write one value. Text that looks like a formula is kept as text, and stays so when a person edits the cell."""
    if not isinstance(value, str):
        cell.value = value
        return
    text = clean(value)
    cell.value = text
    cell.data_type = "s"
    if text.startswith(FORMULA):
        cell.quotePrefix = True
