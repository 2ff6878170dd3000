"""A finding on figures that were recognised in a picture → the same, as far as a picture can accuse: a warning."""

from __future__ import annotations

from dataclasses import replace

from govstats.lang import Text
from govstats.model.finding import Finding
from govstats.model.report import Report

_COMPARE = Text("（数字由图片识别得出，请与原图比对。）", " (Read from a picture: compare.)")
_ERROR, _WARNING = "error", "warning"


def as_far_as_seen(report: Report, finding: Finding) -> Finding:
    """The finding; an error about recognised figures is a warning that asks for a comparison."""
    table = report.tables.get(finding.table or "")
    if table is None or not table.recognised or finding.severity != _ERROR:
        return finding
    seen = {table.form.cells[at][1:] for at in table.recognised}
    about = {(cell.row, cell.column) for cell in finding.cells}
    about |= {cell for each in finding.evidence for cell in (*each.left_cells, *each.right_cells)}
    if not about & seen:
        return finding
    message = Text(finding.message.zh + _COMPARE.zh, finding.message.en + _COMPARE.en)
    return replace(finding, severity=_WARNING, message=message)
