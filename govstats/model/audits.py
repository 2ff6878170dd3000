"""Audit: reports and their findings, and the documents that could not be read. Nothing is passed over in silence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, Protocol

from govstats.errors import ReadError
from govstats.lang import Text
from govstats.model.finding import SEVERITIES, Affected, Finding
from govstats.model.glance import Glance
from govstats.model.outcomes import Outcome
from govstats.model.report import Report
from govstats.model.standings import CLEAN, KNOWN, UNFILED, UNREAD, UNVERIFIED
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

    @cached_property
    def glance(self) -> Glance:
        """Whose report, which year, where: what a list shows of it."""
        return self.seen or Glance.at(self.report)

    @property
    def standing(self) -> str:
        """How it stands: one of `govstats.model.standings.STANDINGS`."""
        if self.glance.is_unread:
            return UNREAD
        severities = {finding.severity for finding in self.findings}
        gravest = next((severity for severity in SEVERITIES if severity in severities), None)
        return gravest or (KNOWN if self.suppressed else CLEAN if self._holds else UNVERIFIED)

    @property
    def _holds(self) -> bool:
        """Were all relations verified, and hold? Those without any figure are not."""
        return 0 < self.counts.total() == self.counts[Outcome.PASS] - self.glance.idle

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
    """An agency on the roster of which no report for a year was read. Its report has no tables; its path is the
    roster's. `is_merged`: another one has probably taken it over, so that nobody need ask for the report."""

    is_merged: bool = False

    @property
    def file(self) -> str:
        """The file that is there and may be its report, though it could not be read; empty if there is none."""
        return next((finding.other for finding in (*self.findings, *self.suppressed) if finding.other), "")

    @property
    def standing(self) -> str:
        """Not read, where its file is there; else not filed."""
        return UNREAD if self.file else UNFILED


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

    @property
    def standing(self) -> str:
        """Not read."""
        return UNREAD

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
        told: Text = view("summary")(self.entries)
        return told

    def __str__(self) -> str:
        return "".join(map(str, view("rendered")("text", self.entries)))

    def __repr__(self) -> str:
        return f"<Audit {self.summary}>"

    def _repr_html_(self) -> str:
        return str(view("audit_html")(self))
