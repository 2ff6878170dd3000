"""A report → its series that can be compared across forms, as a frame (schemas/harmonised.yaml)."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from govstats.catalog.series import TOTAL, Series, cells_in, cells_of, harmonised
from govstats.diagnosis.derive import with_derived
from govstats.model.forms import CellKey
from govstats.model.report import Report

if TYPE_CHECKING:
    import pandas as pd


def harmonised_frame(report: Report, *, derived: bool = False) -> pd.DataFrame:
    """A report → series × (unit, total, kinds of applicants); a sum is <NA> where one of its cells holds no figure.

    With `derived`, blanks that can hold one figure only hold it, and a column names what rests on them.
    """
    import pandas as pd

    report = with_derived(report) if derived else report
    mapping = harmonised()
    values = {series.key: _values(report, series) for series in mapping.series}
    columns = [TOTAL, *dict.fromkeys(key for each in mapping.series for key in _keys(each) if key != TOTAL)]
    index = pd.Index(list(values), name="series")
    made = {key: pd.array([each.get(key) for each in values.values()], dtype="Int64") for key in columns}
    frame = pd.DataFrame({"unit": [each.unit for each in mapping.series], **made}, index=index)
    return frame.assign(derived=[_derived(report, each) for each in mapping.series]) if derived else frame


def _keys(series: Series) -> list[str]:
    return [key for each in series.origins for form in each.forms for key in cells_of(form, each.cells[0])]


def _values(report: Report, series: Series) -> dict[str, int | None]:
    """Column of the frame → figure."""
    return {key: _sum(report, cells) for key, cells in _cells(report, series).items()}


def _cells(report: Report, series: Series) -> dict[str, list[CellKey]]:
    """Column of the frame → the cells whose sum it is."""
    return cells_in({name: table.form.format for name, table in report.tables.items()}, series)


def _derived(report: Report, series: Series) -> str:
    """The columns of the frame whose figure rests on derived ones."""
    found = {table.form.cells[at] for table in report.tables.values() for at in table.derived}
    return " ".join(key for key, cells in _cells(report, series).items() if found & {*cells})


def _sum(report: Report, cells: list[CellKey]) -> int | None:
    values = [report.tables[cell.table].value(cell.row, cell.column) for cell in cells]
    return None if None in values else int(sum(cast(list[float], values)))
