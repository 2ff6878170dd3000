"""An audited report and what comparing says of it → the same with its findings as they stand in the whole audit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from govstats.checks import in_order
from govstats.comparison.filings import Compared
from govstats.lang import Text, joined
from govstats.model.audits import Audited
from govstats.model.finding import Affected, CellFinding, Change, Finding, Settled
from govstats.model.keys import cause_name


class Said(NamedTuple):
    """What comparing says of a report, as plain data that a ledger can keep."""

    finding: Finding | None
    affected: Affected | None
    instead: tuple[str, ...]
    settled: Settled | None

    @classmethod
    def of(cls, compared: Compared) -> Said:
        """Without whose it is."""
        return cls(compared.finding, compared.affected, compared.instead, compared.settled)


def concluded(entry: Audited, said: Iterable[Said]) -> Audited:
    """The report's own findings, settled or left to others, with those of comparisons; causes by their names in the
    whole audit."""
    everything = list(said)
    instead = {cause for each in everything for cause in each.instead}
    settled = {each.settled.local: each.settled for each in everything if each.settled}
    report = entry.report if everything or any(each.cause for each in entry.findings) else None
    if report is None:
        return entry
    own = [
        _settled(finding, settled[finding.cause])
        if finding.cause in settled
        else replace(finding, cause=cause_name(report, finding.cause))
        if finding.cause
        else finding
        for finding in entry.findings
        if finding.cause not in instead
    ]
    found = [*own, *(each.finding for each in everything if each.finding)]
    affected = tuple(dict.fromkeys(each.affected for each in everything if each.affected))
    return replace(entry, findings=tuple(in_order(report, found)), affected=affected)


def _settled(finding: Finding, settled: Settled) -> Finding:
    if not settled.repair:
        message = Text(finding.message.zh + settled.message.zh, finding.message.en + settled.message.en)
        return replace(finding, message=message, cause=settled.cause)
    return replace(
        finding,
        message=settled.message,
        hint=_hint(settled.repair),
        cause=settled.cause,
        cells=tuple(CellFinding(each.row, each.column, each.from_, each.to) for each in settled.repair),
        repair=settled.repair,
        unique=True,
        n_ties=1,
        ties=(),
        certain_cells=tuple((each.row, each.column) for each in settled.repair),
    )


def _hint(repair: Sequence[Change]) -> Text:
    figures = joined(f"{each.to:g}" for each in repair)
    return Text(
        f"核对台账；若相符，把{'这一格' if len(repair) == 1 else '这几格依次'}改为 {figures.zh}。",
        f"Check with the register; if it agrees, write {figures.en}.",
    )
