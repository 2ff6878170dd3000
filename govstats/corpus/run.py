"""Run: sources → what came of each, in their order: read or known from before, checked, compared with one another."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import date
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from govstats.corpus.engines import Engine
from govstats.corpus.engines.worker import Task
from govstats.corpus.ledger import Ledger, stamp_of
from govstats.corpus.records import Record, entry_of, records, unfiled
from govstats.corpus.results import Entered, Results, StoredFilings
from govstats.corpus.storing import dumped, loaded
from govstats.errors import ReadError
from govstats.model.audits import Audited, Entry, Unfiled, Unread
from govstats.model.report import Report
from govstats.model.standings import UNREAD
from govstats.pipeline import Read, checked
from govstats.sources import Source, unpacked

if TYPE_CHECKING:
    from govstats.comparison import Roster
    from govstats.comparison.duties import Duty

_PARTS = 2**20
"""A source may have so many parts (members of an archive that only a worker can open): numbers leave room for them."""
_MOST = 200
_SECONDS = 0.5
"""Results are stored in lots, at the latest after so many or so long: no more is lost when the run is killed."""


def _nobody_watches() -> None:
    pass


class Run:
    """One run over many documents; `results` hold all of it, `ledger` is what earlier runs knew (None: nothing)."""

    def __init__(self, results: Results, engine: Engine, ledger: Ledger | None = None) -> None:
        self._results = results
        self._ledger = ledger
        self._engine = engine
        self._watch: Callable[[], None] = _nobody_watches
        self._lot: list[Entered] = []
        self._stored = time.monotonic()
        self._unfiled: list[Unfiled] = []

    def read(self, sources: Iterable[Source | Report], watch: Callable[[], None] | None = None) -> None:
        """Read and check what is not known yet, and put all on the list of this run; Reports are read already.

        `watch` is called for each document that is done.
        """
        self._watch = watch or _nobody_watches
        stamps: dict[int, str | None] = {}
        before, part = -1, 0
        for source, made in self._engine(records, self._unknown(sources, stamps)):
            part = part + 1 if source == before else 0
            before = source
            record = Record.of(made) if isinstance(made, Unread) else made
            self._enter(Entered(source * _PARTS + part, record, stamps.pop(source, None)))
        self._store()

    def compare(self, roster: Roster | None = None) -> None:
        """Compare the reports with one another: over the years, and with those above them on a roster."""
        if roster is None and self._results.count < 2:
            return
        from govstats.comparison import compare
        from govstats.comparison.concluding import Said

        found = compare(StoredFilings(self._results), roster, self._results.unread())
        while lot := list(islice(found, _MOST)):
            self._unfiled += [unfiled(each, roster) for each in lot if each.number is None]
            self._results.add_findings(
                (each.number, dumped(tuple(Said.of(each)))) for each in lot if each.number is not None
            )

    def duties(self, roster: Roster) -> Iterator[Duty]:
        """Who on the roster is due for which year, and whether the report came, in time."""
        from govstats.comparison.duties import duties

        def published(number: int) -> date | None:
            day: date | None = loaded(self._results.body_of(number)).published
            return day

        @cache
        def scans() -> frozenset[int]:
            entries = ((row.number, entry_of(row)) for row in self._results.rows())
            return frozenset(number for number, entry in entries if entry.standing == UNREAD)

        index = list(StoredFilings(self._results).index())
        merged = {(each.report.agency, each.report.year) for each in self._unfiled if each.is_merged}
        return duties(index, roster, self._results.unread(), published, lambda number: number in scans(), merged)

    def entries(self) -> Iterator[Entry]:
        """What came of each document, in order, with what comparing them found; then who has not filed."""
        from govstats.comparison.concluding import Said, concluded

        alone = self._results.count < 2
        for row in self._results.rows():
            entry = entry_of(row)
            if isinstance(entry, Audited) and not alone:
                entry = concluded(entry, (Said(*loaded(said)) for said in self._results.findings_at(row.number)))
            yield entry
        yield from self._unfiled

    def reads(self) -> Iterator[Read]:
        """Each document as read, in order, without a verdict."""
        for row in self._results.rows():
            entry = entry_of(row)
            yield entry.report if isinstance(entry, Audited) else entry

    @property
    def not_kept(self) -> Exception | None:
        """Why the results of this run are not, or not all, kept for another; None where nothing went wrong."""
        return self._ledger.trouble if self._ledger and not self._ledger.is_used else None

    def _unknown(self, sources: Iterable[Source | Report], stamps: dict[int, str | None]) -> Iterator[Task]:
        """The sources that must be read, numbered; what is known is put on the list at once."""
        known_before = self._ledger if self._ledger and not self._ledger.is_empty else None
        number = 0
        for source in sources:
            if isinstance(source, Report):
                (entry,) = checked([source])
                self._enter(Entered(number * _PARTS, Record.of(entry), None, is_new=False))
                number += 1
                continue
            stamp = _stamp(source) if self._ledger else None
            record = known_before.by_file(source.name, stamp) if known_before and stamp else None
            for part in unpacked(source) if record is None else [source]:
                own_stamp = stamp if part is source else None
                known = record or _by_content(known_before, part)
                if known is None:
                    stamps[number] = own_stamp
                    yield number, part
                else:
                    to_be_kept = own_stamp if record is None else None
                    self._enter(Entered(number * _PARTS, known._replace(name=part.name), to_be_kept, is_new=False))
                number += 1

    def _enter(self, entered: Entered) -> None:
        self._lot.append(entered)
        self._watch()
        if len(self._lot) >= _MOST or time.monotonic() - self._stored > _SECONDS:
            self._store()

    def _store(self) -> None:
        self._results.enter(self._lot)
        if self._ledger:
            self._ledger.keep(self._lot)
        self._lot.clear()
        self._stored = time.monotonic()


def _stamp(source: Source) -> str | None:
    is_file = source.given is None and source.is_local and source.name != "-"
    return source.tag or (stamp_of(source.place) if is_file else None)


def _by_content(ledger: Ledger | None, source: Source) -> Record | None:
    if ledger and source.is_local:
        with suppress(ReadError):
            return ledger.by_content(hashlib.sha256(source.read()).hexdigest(), source.name)
    return None
