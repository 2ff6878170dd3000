"""Audit: reports and their findings, and the documents that could not be read. Nothing is passed over in silence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Protocol

from govstats.errors import ReadError
from govstats.lang import Text
from govstats.model.finding import SEVERITIES, SEVERITY_NAMES, Affected, Finding
from govstats.model.glance import Glance
from govstats.model.outcomes import Outcome
from govstats.model.report import Report
from govstats.model.views import view

if TYPE_CHECKING:
    import pandas as pd


class Stored(Protocol, Hashable):
    """A report that is loaded when it is asked for."""

    @property
    def path(self) -> str:
        """Where it was read."""

    def load(self) -> Report:
        """The report."""


@dataclass(frozen=True, eq=False)
class Audited:
    """One report and its findings; `counts` says how many relations had which outcome.

    `suppressed`: findings that a baseline knows already. They are no part of `findings`. `affected`: where a fault of
    another report shows in this one. `seen`: a glance at the report, where it is known without loading that.
    """

    given: Report | Stored
    findings: tuple[Finding, ...]
    counts: Counter[Outcome] = field(default_factory=Counter)
    suppressed: tuple[Finding, ...] = ()
    affected: tuple[Affected, ...] = ()
    seen: Glance | None = field(default=None, repr=False)

    @property
    def path(self) -> str:
        """Where the report was read; known without loading it."""
        return self.given.path

    @property
    def report(self) -> Report:
        """The report."""
        return self.given if isinstance(self.given, Report) else _loaded(self.given)

    @property
    def glance(self) -> Glance:
        """Whose report, which year, where: what a list shows of it."""
        return self.seen or Glance.at(self.report)

    def to_dict(self, lang: str | None = None) -> dict[str, Any]:
        """The object of the JSON output (CONTRACT §5)."""
        told = self.report.to_dict(lang)
        last = {key: told.pop(key) for key in ("place", "body", "claims")}
        found = [finding.to_dict(lang) for finding in (*self.findings, *self.suppressed)]
        affected = {"affected": [each.to_dict(lang) for each in self.affected]} if self.affected else {}
        return {**told, "findings": found, **affected, **last}

    def _repr_html_(self) -> str:
        return str(view("audited_html")(self))


@dataclass(frozen=True, eq=False)
class Unfiled(Audited):
    """An agency on the roster that has not filed for a year. Its report has no tables; its path is the roster's."""


@lru_cache(maxsize=64)
def _loaded(stored: Stored) -> Report:
    return stored.load()


def forget() -> None:
    """Let go of the reports that were loaded last and might be asked for again."""
    _loaded.cache_clear()


@dataclass(frozen=True, slots=True)
class Unread:
    """A document that could not be read at all, and why. `sha256` is that of its bytes, if they are to blame."""

    path: str
    error: ReadError
    sha256: str | None = None

    def to_dict(self, lang: str | None = None) -> dict[str, Any]:
        """The JSON object: its path and the error, no tables and no findings."""
        return {"path": self.path, "error": self.error.text(lang), "tables": {}, "findings": [], "claims": []}


Entry = Audited | Unread


@dataclass(frozen=True, eq=False)
class Audit:
    """What came of one or many documents, in their order."""

    entries: tuple[Entry, ...]

    @property
    def audited(self) -> tuple[Audited, ...]:
        """The reports that could be read, with their findings."""
        return tuple(entry for entry in self.entries if isinstance(entry, Audited))

    @property
    def reports(self) -> tuple[Report, ...]:
        """The reports that could be read."""
        return tuple(entry.report for entry in self.audited)

    @property
    def unread(self) -> tuple[Unread, ...]:
        """The documents that could not be read."""
        return tuple(entry for entry in self.entries if isinstance(entry, Unread))

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings of all reports."""
        return tuple(finding for entry in self.audited for finding in entry.findings)

    @property
    def ok(self) -> bool:
        """True if something was read, everything could be read, and nothing is an error."""
        return bool(self.entries) and not self.unread and all(finding.severity != "error" for finding in self.findings)

    def to_frame(self, *, cells: bool = False) -> pd.DataFrame:
        """The findings as a tidy DataFrame, one a row; documents not read have rule `<NA>`.

        `row`, `column`, `actual`, `expected` are those of the first accused cell, `n_cells` says how many there are.
        With `cells`, a cell a row instead, and `accused`: whether it should hold something else.

            >>> audit = govstats.audit(govstats.samples())
            >>> audit.to_frame()[["agency", "rule", "column", "expected"]].values.tolist()
            [['昭通市人民政府办公室', 'T304', 'natural_person', 78.0]]
            >>> told = audit.to_frame(cells=True)
            >>> told.loc[told["accused"], ["row", "column", "actual", "expected"]].values.tolist()
            [['3.7', 'natural_person', 0.0, 78.0], ['3.7', 'business', 0.0, 3.0], ['3.7', 'total', 0.0, 81.0]]
        """
        frame: pd.DataFrame = view("findings_frame")(self, cells=cells)
        return frame

    @property
    def summary(self) -> Text:
        """One line: reports, findings by severity, what could not be read."""
        return summarise(Tally.of(self.entries))

    def __str__(self) -> str:
        return "".join(map(str, view("rendered")("text", self.entries)))

    def __repr__(self) -> str:
        return f"<Audit {self.summary}>"

    def _repr_html_(self) -> str:
        return str(view("audit_html")(self))


@dataclass(slots=True)
class Tally:
    """Counts that grow while entries stream by. `partial`: the run was interrupted, and these are not all."""

    partial: bool = False
    reports: int = 0
    clean: int = 0
    unread: int = 0
    suppressed: int = 0
    severities: Counter[str] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    relations: Counter[Outcome] = field(default_factory=Counter)

    @classmethod
    def of(cls, entries: tuple[Entry, ...]) -> Tally:
        """The counts of some entries."""
        tally = cls()
        for entry in entries:
            tally.add(entry)
        return tally

    def add(self, entry: Entry) -> None:
        """Count one more entry."""
        if isinstance(entry, Unread):
            self.unread += 1
            return
        if not isinstance(entry, Unfiled):
            self.reports += 1
            self.clean += not entry.findings and not entry.suppressed
        self.suppressed += len(entry.suppressed)
        self.relations.update(entry.counts)
        self.severities.update(finding.severity for finding in entry.findings)
        self.rules.update(finding.rule for finding in entry.findings)


def summarise(tally: Tally) -> Text:
    """The counts in one line."""
    zh = [f"{tally.severities[severity]} 个{SEVERITY_NAMES[severity].zh}" for severity in SEVERITIES]
    en = [f"{tally.severities[severity]} {SEVERITY_NAMES[severity].en}" for severity in SEVERITIES]
    unread = (
        Text(f"；{tally.unread} 个文件没有读成", f"; {tally.unread} files not read") if tally.unread else Text("", "")
    )
    known = (
        Text(f"；基线中已知的 {tally.suppressed} 个未列", f"; {tally.suppressed} known from the baseline not listed")
        if tally.suppressed
        else Text("", "")
    )
    stopped = Text("（已中断，只是一部分）", "(interrupted: only a part) ") if tally.partial else Text("", "")
    return Text(
        f"{stopped.zh}检查了 {tally.reports} 份报告：{'，'.join(zh)}；{tally.clean} 份没有问题{known.zh}{unread.zh}。",
        f"{stopped.en}{tally.reports} reports checked: {', '.join(en)};"
        f" {tally.clean} without findings{known.en}{unread.en}.",
    )
