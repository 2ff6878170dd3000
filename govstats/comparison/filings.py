"""Where filings come from: reports in memory, or a store on disk that offers the same two questions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol

from govstats.comparison.filing import Filing
from govstats.comparison.traits import Traits
from govstats.model.audits import Audited
from govstats.model.finding import Affected, Finding, Settled
from govstats.model.report import Report


class Compared(NamedTuple):
    """What comparing says of the report at `number`: a new finding, or that it is `affected` by a fault of another, for
    which its own findings of the causes `instead` are no longer told, or what a finding of its own is `settled` to.

    For a report that is not there (R702) the number is None, with whose and which year; `is_merged`: another agency has
    probably taken that one over.
    """

    number: int | None
    finding: Finding | None = None
    agency: str | None = None
    year: int | None = None
    affected: Affected | None = None
    instead: tuple[str, ...] = ()
    settled: Settled | None = None
    is_merged: bool = False


class Entry(NamedTuple):
    """One report that was read: its number in the run, path, agency and year (None: the document does not say).

    `called`: all that it gives of a name that leaves open whose it is; `place`: the code of where the agency sits.
    """

    number: int
    path: str
    agency: str | None
    year: int | None
    called: str | None = None
    place: str | None = None

    @classmethod
    def of(cls, number: int, report: Report) -> Entry:
        """The entry of a report at a number."""
        place = report.place.code if report.place else None
        return cls(number, report.path, report.agency, report.year, report.called, place)


class Filings(Protocol):
    """What `compare` asks of the reports of a run."""

    def index(self) -> Iterable[Entry]:
        """Every report that was read: cheap, no figures."""

    def traits(self) -> Iterable[tuple[int, Traits]]:
        """What copies of every report are known by, with its number."""

    def load(self, numbers: Sequence[int]) -> list[Filing]:
        """Some of them with their figures, in the order asked for."""


class InMemory:
    """The filings of reports that are all in memory; the relations of those that were audited are known too."""

    def __init__(self, reports: Iterable[Report | Audited]) -> None:
        read = list(enumerate(_with_findings(reports)))
        self._filings = [Filing.of(number, *each) for number, each in read]
        self._entries = [Entry.of(number, report) for number, (report, _) in read]

    def traits(self) -> Iterator[tuple[int, Traits]]:
        """The traits of every report."""
        return ((each.number, each.traits) for each in self._filings)

    def index(self) -> list[Entry]:
        """Every report: number, path, agency, year."""
        return list(self._entries)

    def load(self, numbers: Sequence[int]) -> list[Filing]:
        """Those with these numbers."""
        return [self._filings[number] for number in numbers]


def _with_findings(given: Iterable[Report | Audited]) -> Iterator[tuple[Report, Sequence[Finding]]]:
    for each in given:
        yield (each.report, each.findings) if isinstance(each, Audited) else (each, ())
