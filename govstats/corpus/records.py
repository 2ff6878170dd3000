"""Record: what a worker sends back of one document, in bytes that are stored as they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from govstats.comparison import Filing
from govstats.corpus.storing import dumped, loaded
from govstats.model.audits import Audited, Entry, Unfiled, Unread
from govstats.model.document import BESIDE, Document
from govstats.model.report import Report
from govstats.pipeline import Read, audited

if TYPE_CHECKING:
    from govstats.comparison import Compared, Roster


class Record(NamedTuple):
    """One document after reading and checking.

    `sha256` is None where the result does not follow from bytes and path (no permission, out of time): such a record is
    not kept for another run. Of one of several reports in a workbook, the sheet stands behind it. `called` and `place`
    as in `Entry`. `head` holds the findings, counts and a glance, or why a document could not be read; `body` the
    report; `filing` and `traits` what comparing needs of it (all empty for what could not be read).
    """

    name: str
    sha256: str | None
    read: bool
    agency: str | None
    year: int | None
    called: str | None
    place: str | None
    head: bytes
    body: bytes = b""
    filing: bytes = b""
    traits: bytes = b""

    @classmethod
    def of(cls, entry: Entry) -> Record:
        """The record of a report with its findings, or of a document that could not be read."""
        if isinstance(entry, Unread):
            return cls(entry.path, entry.sha256, False, None, None, None, None, dumped(entry.error))
        report = entry.report
        filing = Filing.of(0, report, entry.findings)
        return cls(
            name=report.path,
            sha256=_sha256(report),
            read=True,
            agency=report.agency,
            year=report.year,
            called=report.called,
            place=report.place.code if report.place else None,
            head=dumped((entry.findings, entry.counts, entry.glance)),
            body=dumped(report.without_document()),
            filing=filing.to_bytes(),
            traits=filing.traits.to_bytes(),
        )


def _sha256(report: Report) -> str | None:
    """By what a report is known again; None where it follows from other files, too."""
    if BESIDE in report.document.meta:
        return None
    return f"{report.sha256}/{report.sheet}" if report.sheet else report.sha256


class Row(NamedTuple):
    """A document of this run, as the ledger has it. `head` and `body` as in `Record`."""

    number: int
    name: str
    read: bool
    head: bytes
    body: bytes


def records(reads: list[Read]) -> list[Record]:
    """What a worker makes of a stack of documents."""
    return [Record.of(entry) for entry in audited(reads)]


@dataclass(frozen=True, slots=True, eq=False)
class Stored:
    """A report as a record holds it, loaded when it is asked for."""

    path: str
    body: bytes

    def load(self) -> Report:
        """The report, without its document."""
        report: Report = loaded(self.body)
        return report.found_at(self.path)


def entry_of(row: Row) -> Entry:
    """What came of a document, from what the ledger holds of it."""
    if not row.read:
        return Unread(row.name, loaded(row.head))
    findings, counts, glance = loaded(row.head)
    return Audited(Stored(row.name, row.body), findings, counts, seen=glance)


def unfiled(compared: Compared, roster: Roster | None) -> Unfiled:
    """The entry of an agency that has not filed: it stands where the roster stands."""
    path = roster.source if roster else ""
    nothing = Report(path, "", compared.agency, compared.year, None, {}, Document("roster", "", ()))
    return Unfiled(nothing, (compared.finding,) if compared.finding else (), is_merged=compared.is_merged)
