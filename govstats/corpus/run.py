"""Run: sources → what came of each, in their order: read or known from before, checked, compared with one another."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING

from govstats.corpus.engines import Engine
from govstats.corpus.engines.worker import Task
from govstats.corpus.ledger import Entered, Ledger, StoredFilings, stamp_of
from govstats.corpus.records import Record, entry_of, records, unfiled
from govstats.corpus.storing import dumped, loaded
from govstats.errors import ReadError
from govstats.model.audits import Audited, Entry, Unfiled, Unread
from govstats.pipeline import Read
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
    """One run over many documents; the ledger holds all of it."""

    def __init__(self, ledger: Ledger, engine: Engine) -> None:
        self._ledger = ledger
        self._engine = engine
        self._watch: Callable[[], None] = _nobody_watches
        self._lot: list[Entered] = []
        self._stored = time.monotonic()
        self._unfiled: list[Unfiled] = []

    def read(self, sources: Iterable[Source], watch: Callable[[], None] | None = None) -> None:
        """Read and check what is not known yet, and put all on the ledger's list of this run.

        `watch` is called for each document that is done.
        """
        self._watch = watch or _nobody_watches
        stamps: dict[int, str | None] = {}
        before, part = -1, 0
        for source, made in self._engine(records, self._unknown(sources, stamps)):
            part = part + 1 if source == before else 0
            before = source
            record = Record.of(made) if isinstance(made, Unread) else made
            self._enter(Entered(source * _PARTS + part, record.name, record=record, stamp=stamps.pop(source, None)))
        self._store()

    def compare(self, roster: Roster | None = None) -> None:
        """Compare the reports with one another: over the years, and with those above them on a roster."""
        if roster is None and self._ledger.count < 2:
            return
        from govstats.comparison import compare
        from govstats.comparison.concluding import Said

        found = compare(StoredFilings(self._ledger), roster, self._ledger.unread())
        while lot := list(islice(found, _MOST)):
            self._unfiled += [unfiled(each, roster) for each in lot if each.number is None]
            self._ledger.add_findings(
                (each.number, dumped(tuple(Said.of(each)))) for each in lot if each.number is not None
            )

    def entries(self) -> Iterator[Entry]:
        """What came of each document, in order, with what comparing them found; then who has not filed."""
        from govstats.comparison.concluding import Said, concluded

        alone = self._ledger.count < 2
        for row in self._ledger.rows():
            entry = entry_of(row)
            if isinstance(entry, Audited) and not alone:
                entry = concluded(entry, (Said(*loaded(said)) for said in self._ledger.findings_at(row.number)))
            yield entry
        yield from self._unfiled

    def duties(self, roster: Roster) -> Iterator[Duty]:
        """Who on the roster is due for which year, and whether the report came, in time."""
        from govstats.comparison.duties import duties

        listed = list(StoredFilings(self._ledger).index())
        bodies = {row.number: row.body for row in self._ledger.rows() if row.read}
        return duties(listed, roster, self._ledger.unread(), lambda number: loaded(bodies[number]).published)

    def reads(self) -> Iterator[Read]:
        """Each document as read, in order, without a verdict."""
        for row in self._ledger.rows():
            entry = entry_of(row)
            yield entry.report if isinstance(entry, Audited) else entry

    def _unknown(self, sources: Iterable[Source], stamps: dict[int, str | None]) -> Iterator[Task]:
        """The sources that must be read, numbered; what is known is put on the list at once."""
        nothing_known = self._ledger.is_empty
        number = 0
        for source in sources:
            is_file = source.given is None and source.is_local and source.name != "-"
            stamp = source.tag or (stamp_of(source.place) if is_file else None)
            file = self._ledger.by_file(source.name, stamp) if stamp and not nothing_known else None
            for part in unpacked(source) if file is None else [source]:
                own_stamp = stamp if part is source else None
                known = self._by_content(part) if file is None and not nothing_known else file
                if known is None:
                    stamps[number] = own_stamp
                    yield number, part
                else:
                    self._enter(Entered(number * _PARTS, part.name, known=known, stamp=own_stamp))
                number += 1

    def _by_content(self, source: Source) -> int | None:
        if source.is_local:
            with suppress(ReadError):
                return self._ledger.by_content(hashlib.sha256(source.read()).hexdigest(), source.name)
        return None

    def _enter(self, entered: Entered) -> None:
        self._lot.append(entered)
        self._watch()
        if len(self._lot) >= _MOST or time.monotonic() - self._stored > _SECONDS:
            self._store()

    def _store(self) -> None:
        self._ledger.enter(self._lot)
        self._lot.clear()
        self._stored = time.monotonic()
