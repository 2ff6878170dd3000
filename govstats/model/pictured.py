"""A finding that rests on figures which were recognised in a picture → the same, as far as a picture can accuse."""

from __future__ import annotations

from dataclasses import replace

from govstats.lang import Text
from govstats.model.finding import Finding
from govstats.model.table import Table
from govstats.text.figures import State

_COMPARE = Text("（数字由图片识别得出，请与原图比对。）", " (Read from a picture: compare.)")
_ERROR, _WARNING = "error", "warning"


def asking_to_compare(finding: Finding) -> Finding:
    """The finding, a warning at most, that asks for a comparison with the picture."""
    severity = _WARNING if finding.severity == _ERROR else finding.severity
    return replace(finding, severity=severity, message=compared(finding.message))


def only_compared(finding: Finding) -> Finding:
    """The finding; what it proposes follows from figures that were recognised, so it is not certain."""
    return replace(asking_to_compare(finding), unique=False if finding.unique else finding.unique)


def compared(message: Text) -> Text:
    """The message, with what asks for a comparison."""
    return Text(message.zh.replace(_COMPARE.zh, "") + _COMPARE.zh, message.en.replace(_COMPARE.en, "") + _COMPARE.en)


def rests_on_picture(finding: Finding, table: Table) -> bool:
    """Is a finding about cells of a table that were recognised and are not proved, or that were not found in its
    picture? One that names no cell is about the whole table."""
    if not table.recognised:
        return False
    about = {(cell.row, cell.column) for cell in finding.cells}
    about |= {cell for each in finding.evidence for cell in (*each.left_cells, *each.right_cells)}
    unsure = table.unproved | set(table.has_state(State.ABSENT).nonzero()[0].tolist())
    return not about or any(table.form.cells[at][1:] in about for at in unsure)
