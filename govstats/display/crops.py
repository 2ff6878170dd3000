"""A finding that rests on a picture → the pieces of the picture that show its cells: what a person compares."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from govstats.lang import Text
from govstats.model.finding import Finding
from govstats.model.report import Report
from govstats.model.wording import cell_name

MOST = 12
READ_AS = Text("{cell}读作 {text}", "{cell} was read as {text}")
NO_FIGURE = Text("{cell}读不出", "{cell} could not be read")
HEAD = Text("原图（请比对）", "In the picture (compare)")


@dataclass(frozen=True, slots=True)
class Crop:
    """A piece of the picture (PNG), and how it was read."""

    told: str
    png: bytes

    @property
    def uri(self) -> str:
        """The picture as a page carries it."""
        return f"data:image/png;base64,{b64encode(self.png).decode()}"


def crops(report: Report, finding: Finding, lang: str | None = None) -> tuple[Crop, ...]:
    """What the picture shows of the cells of a finding and of its relations, not more than a few; nothing of figures
    that are proved, or printed."""
    return tuple(islice(_crops(report, finding, lang), MOST))


def _crops(report: Report, finding: Finding, lang: str | None) -> Iterator[Crop]:
    table = report.tables.get(finding.table or "")
    if table is None or not table.recognised:
        return
    cells = [(cell.row, cell.column) for cell in finding.cells]
    cells += [cell for each in finding.evidence for cell in (*each.left_cells, *each.right_cells)]
    at = {cell[1:]: position for position, cell in enumerate(table.form.cells)}
    for position in (at[cell] for cell in dict.fromkeys(cells) if cell in at):
        seen = table.recognised.get(position)
        if seen is not None and seen.crop:
            said = READ_AS if table.figures[position] is not None else NO_FIGURE
            yield Crop(said.format(cell=cell_name(table.form, position), text=seen.text).of(lang), seen.crop)
