"""N503 over two years: growth rates that the prose states, against the tables of the year before."""

from __future__ import annotations

from collections.abc import Iterator

from govstats.checks.prose import finding_in_prose
from govstats.comparison.filing import Filing
from govstats.lang import Text
from govstats.model.claim import Growth
from govstats.model.finding import CellFinding, Finding
from govstats.model.pictured import asking_to_compare
from govstats.model.wording import NOTHING
from govstats.prose.growth import judged


def growth_rates(now: Filing, before: Filing) -> Iterator[tuple[Growth, Finding]]:
    """Each rate that no meaning of its figure bears out, and its finding."""
    for rate in now.growth:
        claim = judged(rate, before.tables)
        if claim is not None and not claim.holds:
            finding = finding_in_prose(
                "N503",
                claim.text,
                claim.places,
                claim.arithmetic or NOTHING,
                _reason(before),
                place=claim.place,
                cells=tuple(_accused_cells(rate, now)),
                table=_table(rate),
                other=before.path,
            )
            seen = any(each.is_unproved(cell) for cells in rate.meanings for cell in cells for each in (now, before))
            yield rate, asking_to_compare(finding) if seen else finding


def _reason(before: Filing) -> Text:
    return Text(
        f"上年的数取自 {before.year} 年报告（{before.path}）的表。",
        f"Last year's figure is that of the tables of the report for {before.year} (“{before.path}”).",
    )


def _table(rate: Growth) -> str:
    return rate.meanings[0][0].table


def _accused_cells(rate: Growth, now: Filing) -> Iterator[CellFinding]:
    for cell in rate.meanings[0]:
        yield CellFinding(cell.row, cell.column, now.tables[cell.table].value(*cell[1:]), None)
