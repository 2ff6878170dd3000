"""Findings of one report → Suspects: the causes in it that other reports may settle, each with its possible repairs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from govstats.model.finding import Change, Finding


class Suspect(NamedTuple):
    """A cause that the relations of a report leave: its name there, its table, and the repairs, of which one is right.

    `whole`: these are all that explain it as simply; `certain`: there is but one, and it is told as certain. `failing`:
    the relations that fail for it, by rule and line.
    """

    cause: str
    rule: str
    table: str
    repairs: tuple[tuple[Change, ...], ...]
    whole: bool
    certain: bool
    failing: tuple[tuple[str, str], ...]

    def to_list(self) -> list[Any]:
        """For JSON."""
        repairs = [[[each.row, each.column, each.from_, each.to] for each in repair] for repair in self.repairs]
        return [self.cause, self.rule, self.table, repairs, self.whole, self.certain, self.failing]

    @classmethod
    def from_list(cls, kept: list[Any]) -> Suspect:
        """The reverse."""
        cause, rule, table, repairs, whole, certain, failing = kept
        changes = tuple(tuple(Change(table, *each) for each in repair) for repair in repairs)
        return cls(cause, rule, table, changes, whole, certain, tuple((rule, line) for rule, line in failing))


def suspects(findings: Iterable[Finding]) -> tuple[Suspect, ...]:
    """The causes of failing relations among the findings of a report."""
    return tuple(_suspect(each) for each in findings if each.cause and each.table and each.evidence)


def _suspect(finding: Finding) -> Suspect:
    repairs = finding.ties or ((finding.repair,) if finding.repair else ())
    return Suspect(
        finding.cause or "",
        finding.rule,
        finding.table or "",
        repairs,
        finding.n_ties is not None and finding.n_ties == len(repairs),
        bool(finding.unique),
        tuple((each.rule, each.line) for each in finding.evidence),
    )
