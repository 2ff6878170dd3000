"""Where filings come from: reports in memory, or a store on disk that offers the same two questions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

from govstats.comparison.filing import Filing
from govstats.model.finding import Finding
from govstats.model.report import Report


class Compared(NamedTuple):
    """A finding of the report at `number`; for a report that is not there (R702) None, with whose and which year."""

    number: int | None
    finding: Finding
    agency: str | None = None
    year: int | None = None


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

    def load(self, numbers: Sequence[int]) -> list[Filing]:
        """Some of them with their figures, in the order asked for."""


class InMemory:
    """The filings of reports that are all in memory."""

    def __init__(self, reports: Iterable[Report]) -> None:
        read = list(enumerate(reports))
        self._filings = [Filing.of(number, report) for number, report in read]
        self._entries = [Entry.of(number, report) for number, report in read]

    def index(self) -> list[Entry]:
        """Every report: number, path, agency, year."""
        return list(self._entries)

    def load(self, numbers: Sequence[int]) -> list[Filing]:
        """Those with these numbers."""
        return [self._filings[number] for number in numbers]
