"""Entries → how many of each kind, and that in one line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from govstats.lang import Text
from govstats.model.audits import Entry, Unfiled, Unread
from govstats.model.finding import SEVERITIES, SEVERITY_NAMES
from govstats.model.outcomes import Outcome
from govstats.model.standings import CLEAN, UNFILED, UNREAD, UNVERIFIED

_SUMMARY = Text(
    "{stopped}核对了 {reports}：{found}；{clean} 份没有问题{more}。",
    "{stopped}{reports} checked: {found}; {clean} without findings{more}.",
)
_STOPPED = Text("（已中断，只是一部分）", "(interrupted: only a part) ")
_KNOWN = Text("；基线中已知的 {n} 个未列", "; {n} known from the baseline not listed")
_UNVERIFIED = Text("；{n} 份没有全部核对", "; {n} not fully verified")
_UNREAD = Text("；{n} 个文件没有读成", "; {n} not read")
_UNFILED = Text("；{n} 个单位未见报告", "; {n} not filed")


@dataclass(slots=True)
class Tally:
    """Counts that grow while entries stream by. `partial`: the run was interrupted, and these are not all.

    `standings`: how many documents stand how, and how many agencies have not filed; `unopened`: how many documents
    could not be opened at all, a part of those that were not read.
    """

    partial: bool = False
    standings: Counter[str] = field(default_factory=Counter)
    unopened: int = 0
    suppressed: int = 0
    severities: Counter[str] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    relations: Counter[Outcome] = field(default_factory=Counter)

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Tally:
        """The counts of some entries."""
        tally = cls()
        for entry in entries:
            tally.add(entry)
        return tally

    @property
    def documents(self) -> int:
        """How many documents there are, read or not."""
        return self.standings.total() - self.standings[UNFILED]

    @property
    def reports(self) -> int:
        """How many documents were read."""
        return self.documents - self.standings[UNREAD]

    def add(self, entry: Entry) -> None:
        """Count one more entry. An agency whose file is there is counted with that file alone."""
        if not (isinstance(entry, Unfiled) and entry.file):
            self.standings[entry.standing] += 1
        if isinstance(entry, Unread):
            self.unopened += 1
            return
        self.suppressed += len(entry.suppressed)
        self.relations.update(entry.counts)
        self.severities.update(finding.severity for finding in entry.findings)
        self.rules.update(finding.rule for finding in entry.findings)


def summarise(tally: Tally) -> Text:
    """The counts in one line."""
    counted = [(tally.severities[severity], SEVERITY_NAMES[severity]) for severity in SEVERITIES]
    also = [
        told.format(n=n)
        for told, n in (
            (_UNVERIFIED, tally.standings[UNVERIFIED]),
            (_KNOWN, tally.suppressed),
            (_UNREAD, tally.standings[UNREAD]),
            (_UNFILED, tally.standings[UNFILED]),
        )
        if n
    ]
    return _SUMMARY.format(
        stopped=_STOPPED if tally.partial else Text("", ""),
        reports=Text(f"{tally.reports} 份报告", f"{tally.reports} report{'s' if tally.reports != 1 else ''}"),
        found=Text(
            "，".join(f"{n} 个{name.zh}" for n, name in counted),
            ", ".join(f"{n} {name.en}{'s' if n != 1 else ''}" for n, name in counted),
        ),
        clean=tally.standings[CLEAN],
        more=Text("".join(told.zh for told in also), "".join(told.en for told in also)),
    )


def summary(entries: Iterable[Entry]) -> Text:
    """The counts of some entries in one line."""
    return summarise(Tally.of(entries))
