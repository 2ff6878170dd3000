"""Ledger: what became of each document, kept in SQLite by the content of the document.

One file for each version of govstats in a cache folder; a run without a cache has one of its own that goes with it.
Everything that a run needs to tell its results is here, so that memory does not grow with the number of documents.
"""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from govstats.comparison import Entry, Filing
from govstats.comparison.traits import Traits
from govstats.corpus.records import Record, Row
from govstats.identity.sitting import told_by
from govstats.sources.urls import is_url

_SCHEMA = """
CREATE TABLE IF NOT EXISTS documents (
    id INTEGER PRIMARY KEY, content TEXT NOT NULL UNIQUE, read INTEGER NOT NULL, agency TEXT, year INTEGER,
    called TEXT, place TEXT, head BLOB NOT NULL, body BLOB NOT NULL, filing BLOB NOT NULL, traits BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS files (
    path BLOB PRIMARY KEY, stamp TEXT NOT NULL, document INTEGER NOT NULL REFERENCES documents) WITHOUT ROWID;
CREATE TEMP TABLE run (number INTEGER PRIMARY KEY, name BLOB NOT NULL, document INTEGER, error BLOB);
CREATE TEMP TABLE compared (number INTEGER NOT NULL, finding BLOB NOT NULL);
CREATE INDEX temp.compared_number ON compared (number);
"""
_SETTLED = 2 * 10**9
"""Nanoseconds. A file changed so recently may change again without a new time stamp: it is known by content only."""
_PATIENCE = 60.0


class Entered(NamedTuple):
    """A document of this run: its number in the run, and either the `known` one with its content, or a new record.

    `stamp` is how its file can be known again, None if it cannot.
    """

    number: int
    name: str
    known: int | None = None
    record: Record | None = None
    stamp: str | None = None


class Named(NamedTuple):
    """Which report stands at a number, as in `Entry`."""

    number: int
    path: str
    agency: str | None
    year: int | None
    called: str | None
    place: str | None


class Ledger:
    """Results by content, and the list of this run. Raises sqlite3.Error if the file cannot be used."""

    def __init__(self, path: Path | None) -> None:
        self._file = sqlite3.connect(str(path) if path else "", timeout=_PATIENCE, isolation_level=None)
        self._file.execute("PRAGMA journal_mode = WAL")
        self._file.execute(f"PRAGMA synchronous = {'NORMAL' if path else 'OFF'}")
        self._file.executescript(_SCHEMA)

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    @property
    def is_empty(self) -> bool:
        """Is nothing known yet?"""
        return self._file.execute("SELECT 1 FROM documents LIMIT 1").fetchone() is None

    def by_file(self, path: str, stamp: str) -> int | None:
        """The document that this file held when it had this stamp."""
        found = self._file.execute(
            "SELECT document FROM files WHERE path = ? AND stamp = ?", (_key(path), stamp)
        ).fetchone()
        return found[0] if found else None

    def by_content(self, sha256: str, name: str) -> int | None:
        """The document with this content, at a path that tells the same of whose it is."""
        found = self._file.execute("SELECT id FROM documents WHERE content = ?", (_content(sha256, name),)).fetchone()
        return found[0] if found else None

    def enter(self, documents: Iterable[Entered]) -> None:
        """Put documents on the list of this run, and keep what is new of them."""
        with self._transaction():
            for each in documents:
                known, error = each.known, None
                if each.record and each.record.sha256:
                    known = self._keep(each.record)
                elif each.record:
                    error = each.record.head
                if known and each.stamp:
                    row = (_key(each.name), each.stamp, known)
                    self._file.execute("INSERT OR REPLACE INTO files VALUES (?, ?, ?)", row)
                self._file.execute(
                    "INSERT INTO run VALUES (?, ?, ?, ?)", (each.number, os.fsencode(each.name), known, error)
                )

    def _keep(self, record: Record) -> int:
        (document,) = self._file.execute(
            "INSERT INTO documents (content, read, agency, year, called, place, head, body, filing, traits)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (content) DO UPDATE SET content = content RETURNING id",
            (_content(record.sha256 or "", record.name), *record[2:]),
        ).fetchone()
        return int(document)

    def add_findings(self, findings: Iterable[tuple[int, bytes]]) -> None:
        """Add what a comparison found in the reports at some numbers of this run."""
        with self._transaction():
            self._file.executemany("INSERT INTO compared VALUES (?, ?)", findings)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """All or nothing, also if the process is killed in the middle."""
        self._file.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._file.execute("ROLLBACK")
            raise
        self._file.execute("COMMIT")

    @property
    def count(self) -> int:
        """How many documents this run has."""
        (count,) = self._file.execute("SELECT count(*) FROM run").fetchone()
        return int(count)

    def unread(self) -> list[str]:
        """The documents of this run that could not be read."""
        query = (
            "SELECT name FROM run LEFT JOIN documents ON documents.id = run.document"
            " WHERE NOT coalesce(read, 0) ORDER BY number"
        )
        return [os.fsdecode(name) for (name,) in self._file.execute(query)]

    def rows(self) -> Iterator[Row]:
        """The documents of this run, in order."""
        query = (
            "SELECT number, name, coalesce(read, 0), coalesce(head, error), coalesce(body, x'')"
            " FROM run LEFT JOIN documents ON documents.id = run.document ORDER BY number"
        )
        for number, name, read, head, body in self._file.execute(query):
            yield Row(number, os.fsdecode(name), bool(read), head, body)

    def named(self) -> Iterator[Named]:
        """The reports of this run: who and which year."""
        query = (
            "SELECT number, name, agency, year, called, place FROM run JOIN documents ON documents.id = run.document"
            " WHERE read ORDER BY number"
        )
        for number, name, *who in self._file.execute(query):
            yield Named(number, os.fsdecode(name), *who)

    def traits(self) -> Iterator[tuple[int, bytes]]:
        """The traits of the reports of this run, with their numbers."""
        query = (
            "SELECT number, traits FROM run JOIN documents ON documents.id = run.document WHERE read ORDER BY number"
        )
        yield from self._file.execute(query)

    def filings(self, numbers: Sequence[int]) -> Iterator[tuple[int, str, bytes]]:
        """Number, name and stored filing of reports of this run, in the order asked for."""
        query = (
            "SELECT number, name, filing FROM json_each(?) JOIN run ON run.number = json_each.value"
            " JOIN documents ON documents.id = run.document ORDER BY json_each.key"
        )
        for number, name, filing in self._file.execute(query, (json.dumps(list(numbers)),)):
            yield number, os.fsdecode(name), filing

    def findings_at(self, number: int) -> list[bytes]:
        """What comparisons found in the report at a number."""
        found = self._file.execute("SELECT finding FROM compared WHERE number = ? ORDER BY rowid", (number,))
        return [finding for (finding,) in found]


def stamp_of(path: str) -> str | None:
    """Size and times of a file, by which it is known again; None if it changed just now, or cannot be seen."""
    try:
        seen = os.stat(path)
    except (OSError, ValueError):
        return None
    if time.time_ns() - max(seen.st_mtime_ns, seen.st_ctime_ns) < _SETTLED:
        return None
    return f"{seen.st_size} {seen.st_mtime_ns} {seen.st_ctime_ns} {told_by(path)}"


def _content(sha256: str, name: str) -> str:
    """What a result follows from: the bytes, and what the path says of whose report it is."""
    return f"{sha256} {told_by(name)}".encode("utf-8", "backslashreplace").decode()


def _key(path: str) -> bytes:
    return os.fsencode(path if is_url(path) or os.path.isabs(path) else Path(path).absolute())


class StoredFilings:
    """Figures are loaded when they are asked for, and let go."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def index(self) -> Iterator[Entry]:
        """Every report of the run: number, path, agency, year."""
        return (Entry(*row) for row in self._ledger.named())

    def traits(self) -> Iterator[tuple[int, Traits]]:
        """What copies of every report are known by."""
        return ((number, Traits.from_bytes(kept)) for number, kept in self._ledger.traits())

    def load(self, numbers: Sequence[int]) -> list[Filing]:
        """Those with these numbers, in this order."""
        return [Filing.from_bytes(*stored) for stored in self._ledger.filings(numbers)]
