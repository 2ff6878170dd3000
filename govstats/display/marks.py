"""Finding → how its cells are to be marked: wrong, perhaps wrong, or only spoken of; and what they should hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from govstats.catalog.rules import rules_about
from govstats.lang import Text
from govstats.model.finding import Finding
from govstats.model.wording import figure_text

WRONG, MAYBE, ABOUT = "wrong", "maybe", "about"
SIGNS = {WRONG: "✗", MAYBE: "？", ABOUT: "●"}
"""The sign of each kind, which stands beside the colour: it is not colour alone that tells them apart."""
MEANINGS = {
    WRONG: Text("有误，“应为”后面是应填的数", "wrong; what it should hold stands behind “should be”"),
    MAYBE: Text("可能有误，单凭表内数字不能断定", "perhaps wrong; the table alone cannot tell"),
    ABOUT: Text("问题所在或所指的格", "the cell that the finding is about"),
}

_SHOULD_BE = Text("应为 {figures}", "should be {figures}")
_MAY_BE = Text("或应为 {figures}", "perhaps {figures}")
_OR = Text(" 或 ", " or ")
_MOST = 3
CellAt = tuple[str, str]
"""Row code and column key."""


@dataclass(frozen=True, slots=True)
class Mark:
    """`kind` is one of SIGNS; `figures` are what the cell should (or may have to) hold, as text."""

    kind: str
    figures: tuple[str, ...] = ()

    @property
    def sign(self) -> str:
        """Its sign."""
        return SIGNS[self.kind]

    @property
    def is_certain(self) -> bool:
        """Is it wrong, with one figure that it should hold?"""
        return self.kind == WRONG and len(self.figures) == 1

    @property
    def proposal(self) -> Text | None:
        """`应为 78`, `或应为 5 或 8`; None if nobody can say."""
        if not self.figures:
            return None
        more = "…" if len(self.figures) > _MOST else ""
        told = Text(*(joint.join(self.figures[:_MOST]) + more for joint in (_OR.zh, _OR.en)))
        return (_SHOULD_BE if self.is_certain else _MAY_BE).format(figures=told)


Marked = Mapping[CellAt, tuple[Mark, tuple[Finding, ...]]]
"""The marked cells of a table: the gravest mark of each, and the findings behind it."""


def marks(finding: Finding) -> dict[CellAt, Mark]:
    """The marked cells of one finding.

    Cells with a figure that they should hold are wrong; where there are several repairs, all that one of them changes
    may be (and are, if all of them do). Else, without relations of its table behind it, a finding points at its cells;
    those between reports point at the cells that differ.
    """
    if finding.accused:
        return {(cell.row, cell.column): Mark(WRONG, (figure_text(cell.expected),)) for cell in finding.accused}
    if finding.ties:
        return _tied(finding)
    if finding.evidence and finding.rule not in rules_about("reports"):
        return {}
    return {(cell.row, cell.column): Mark(ABOUT) for cell in finding.cells}


def _tied(finding: Finding) -> dict[CellAt, Mark]:
    figures: dict[CellAt, dict[str, None]] = {}
    for tie in finding.ties:
        for change in tie:
            if change.table == finding.table:
                figures.setdefault((change.row, change.column), {})[figure_text(change.to)] = None
    certain = set(finding.certain_cells)
    return {cell: Mark(WRONG if cell in certain else MAYBE, tuple(told)) for cell, told in figures.items()}


def all_marks(findings: Iterable[Finding], table: str) -> Marked:
    """The marks of several findings in one table."""
    found: dict[CellAt, tuple[Mark, tuple[Finding, ...]]] = {}
    for finding in findings:
        for cell, mark in marks(finding).items() if finding.table == table else ():
            before, behind = found.get(cell, (mark, ()))
            gravest = min(before, mark, key=lambda each: list(SIGNS).index(each.kind))
            found[cell] = (gravest, (*behind, finding))
    return found
