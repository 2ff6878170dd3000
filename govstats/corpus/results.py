"""Results: what became of every document of one run, in SQLite, so that memory does not grow with their number.

The file is the system's own temporary one: it has no name for others, and is gone with the process.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from govstats.comparison import Filing
from govstats.comparison.traits import Traits
from govstats.corpus.records import Record, Row

if TYPE_CHECKING:
    from govstats.comparison import Entry

_SCHEMA = """
CREATE TABLE run (
    number INTEGER PRIMARY KEY, name BLOB NOT NULL, read INTEGER NOT NULL, agency TEXT, year INTEGER,
    called TEXT, place TEXT, head BLOB NOT NULL, filing BLOB NOT NULL, traits BLOB NOT NULL,
    body BLOB NOT NULL);
CREATE TABLE compared (number INTEGER NOT NULL, finding BLOB NOT NULL);
CREATE INDEX compared_number ON compared (number);
"""


class Entered(NamedTuple):
    """A document at its number in the run.

    `stamp` is how its file can be known again, None if it cannot. `is_new`: the ledger does not know this yet.
    """

    number: int
    record: Record
    stamp: str | None = None
    is_new: bool = True


class Named(NamedTuple):
    """Which report stands at a number, as in `Entry`."""

    number: int
    path: str
    agency: str | None
    year: int | None
    called: str | None
    place: str | None


class Results:
    """The list of one run. Raises sqlite3.Error where there is no room for it."""

    def __init__(self) -> None:
        self._file = sqlite3.connect("", isolation_level=None)
        for setting in ("journal_mode = MEMORY", "synchronous = OFF", "locking_mode = EXCLUSIVE"):
            self._file.execute(f"PRAGMA {setting}")
        self._file.executescript(_SCHEMA)

    def close(self) -> None:
        """Let go of all."""
        self._file.close()

    def enter(self, documents: Iterable[Entered]) -> None:
        """Put documents on the list."""
        self._put("INSERT INTO run VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", map(_row, documents))

    def add_findings(self, findings: Iterable[tuple[int, bytes]]) -> None:
        """Add what a comparison found in the reports at some numbers."""
        self._put("INSERT INTO compared VALUES (?, ?)", findings)

    def _put(self, command: str, rows: Iterable[tuple[object, ...]]) -> None:
        self._file.execute("BEGIN")
        self._file.executemany(command, rows)
        self._file.execute("COMMIT")

    @property
    def count(self) -> int:
        """How many documents there are."""
        (count,) = self._file.execute("SELECT count(*) FROM run").fetchone()
        return int(count)

    def unread(self) -> list[str]:
        """The documents that could not be read."""
        found = self._file.execute("SELECT name FROM run WHERE NOT read ORDER BY number")
        return [os.fsdecode(name) for (name,) in found]

    def rows(self) -> Iterator[Row]:
        """The documents, in order."""
        for number, name, read, head, body in self._file.execute(
            "SELECT number, name, read, head, body FROM run ORDER BY number"
        ):
            yield Row(number, os.fsdecode(name), bool(read), head, body)

    def named(self) -> Iterator[Named]:
        """The reports: who and which year."""
        for number, name, *who in self._file.execute(
            "SELECT number, name, agency, year, called, place FROM run WHERE read ORDER BY number"
        ):
            yield Named(number, os.fsdecode(name), *who)

    def traits(self) -> Iterator[tuple[int, bytes]]:
        """The traits of the reports, with their numbers."""
        yield from self._file.execute("SELECT number, traits FROM run WHERE read ORDER BY number")

    def body_of(self, number: int) -> bytes:
        """The report at a number."""
        (body,) = self._file.execute("SELECT body FROM run WHERE number = ?", (number,)).fetchone()
        return bytes(body)

    def filings(self, numbers: Sequence[int]) -> Iterator[tuple[int, str, bytes]]:
        """Number, name and stored filing of reports, in the order asked for."""
        query = (
            "SELECT number, name, filing FROM json_each(?) JOIN run ON run.number = json_each.value"
            " ORDER BY json_each.key"
        )
        for number, name, filing in self._file.execute(query, (json.dumps(list(numbers)),)):
            yield number, os.fsdecode(name), filing

    def findings_at(self, number: int) -> list[bytes]:
        """What comparisons found in the report at a number."""
        found = self._file.execute("SELECT finding FROM compared WHERE number = ? ORDER BY rowid", (number,))
        return [finding for (finding,) in found]


def _row(entered: Entered) -> tuple[object, ...]:
    record = entered.record
    who = (record.agency, record.year, record.called, record.place)
    kept = (record.head, record.filing, record.traits, record.body)
    return entered.number, os.fsencode(record.name), record.read, *who, *kept


class StoredFilings:
    """Figures are loaded when they are asked for, and let go."""

    def __init__(self, results: Results) -> None:
        self._results = results

    def index(self) -> Iterator[Entry]:
        """Every report of the run: number, path, agency, year."""
        from govstats.comparison import Entry

        return (Entry(*row) for row in self._results.named())

    def traits(self) -> Iterator[tuple[int, Traits]]:
        """What copies of every report are known by."""
        return ((number, Traits.from_bytes(kept)) for number, kept in self._results.traits())

    def load(self, numbers: Sequence[int]) -> list[Filing]:
        """Those with these numbers, in this order."""
        return [Filing.from_bytes(*stored) for stored in self._results.filings(numbers)]
