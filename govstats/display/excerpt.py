"""A finding → the part of its table as printed: only the rows and columns involved, the accused cells told apart."""

from __future__ import annotations

from dataclasses import dataclass

from govstats.model.finding import Finding
from govstats.model.report import Report
from govstats.model.table import Table
from govstats.model.wording import figure_text, printed, row_label

_LONG_SUM = 3
_MOST_ROWS = 24


@dataclass(frozen=True, slots=True)
class ExcerptCell:
    """A cell as printed; `accused` if it should hold something else; `expected` is that, if it is known.

    `key`: its row code and column key; None for a place that is left empty.
    """

    text: str
    accused: bool = False
    expected: str | None = None
    key: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Headers of the columns, and rows of (label, cells). `more` rows were left out."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, tuple[ExcerptCell, ...]], ...]
    more: int = 0


def excerpt(report: Report, finding: Finding, lang: str | None = None) -> Excerpt | None:
    """What to show of the table; None if the finding is not about cells that were printed."""
    table = report.tables.get(finding.table or "")
    if table is None or not finding.cells:
        return None
    part = _part(table, finding)
    rows = [row.code for row in table.form.data_rows if row.code in table.labels and part.has_row(row.code)]
    columns = [key for key in table.form.columns if part.has_column(key)]
    if not rows or not columns:
        return None
    shown = rows[:_MOST_ROWS]
    return Excerpt(
        tuple(table.form.columns[key].label.of(lang) for key in columns),
        tuple(
            (row_label(table, code, lang), _excerpt_cells(table, finding, part, code, columns, lang)) for code in shown
        ),
        len(rows) - len(shown),
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """Cells to show: those `named`, and where their lines cross, the whole of these rows and columns."""

    named: frozenset[tuple[str, str]]
    rows: frozenset[str]
    columns: frozenset[str]

    def has_row(self, code: str) -> bool:
        return any(code == row for row, _ in self.named)

    def has_column(self, key: str) -> bool:
        return any(key == column for _, column in self.named)

    def shows(self, code: str, key: str) -> bool:
        return code in self.rows or key in self.columns


def _part(table: Table, finding: Finding) -> _Part:
    """The accused cells (without any, all cells of the finding) and what its evidence adds up.

    Of a long sum only the parts that are not 0. Without evidence, the rows of the cells.
    """
    cells = frozenset((cell.row, cell.column) for cell in finding.accused or finding.cells)
    lines = {evidence.line for evidence in finding.evidence}
    accused_columns = {column for _, column in cells}
    summed = {
        (row, column)
        for evidence in finding.evidence
        for side in (evidence.left_cells, evidence.right_cells)
        for row, column in side
        if len(side) < _LONG_SUM or table.value(row, column) != 0
        if evidence.line not in table.form.columns or column in accused_columns or not finding.accused
    }
    if not lines:
        return _Part(cells, frozenset(row for row, _ in cells), frozenset())
    return _Part(cells | summed, frozenset(lines & set(table.form.rows)), frozenset(lines & set(table.form.columns)))


def _excerpt_cells(
    table: Table, finding: Finding, part: _Part, code: str, columns: list[str], lang: str | None
) -> tuple[ExcerptCell, ...]:
    accused = {(cell.row, cell.column): cell for cell in finding.accused}
    cells = []
    for key in columns:
        if key not in table.form.rows[code].columns or not part.shows(code, key):
            cells.append(ExcerptCell(""))
            continue
        text = printed(table, table.form.position(code, key), lang)
        claim = accused.get((code, key))
        expected = figure_text(claim.expected) if claim else None
        cells.append(ExcerptCell(text, claim is not None, expected, (code, key)))
    return tuple(cells)
