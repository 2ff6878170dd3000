"""Ledger: what became of documents in earlier runs, in one SQLite file; it tells the truth or nothing.

A digest goes over every entry and what it is found by. What does not agree is unknown, read again and replaced; a file
that is no database any more is begun anew. A run holds what it tells in a file of its own, so nothing that happens to
the ledger (a bad disk, another run, a full one) changes what the run says.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import TypeVar

from govstats.corpus.records import Record
from govstats.corpus.results import Entered
from govstats.corpus.storing import dumped, loaded
from govstats.identity.sitting import told_by
from govstats.sources.urls import is_url

T = TypeVar("T")

_SCHEMA = """
CREATE TABLE IF NOT EXISTS documents (id INTEGER PRIMARY KEY, content BLOB NOT NULL UNIQUE, record BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS files (path BLOB PRIMARY KEY, seen BLOB NOT NULL) WITHOUT ROWID;
"""
_DIGEST = 16
_CONTENT = 32
_LARGEST = 2**29
"""Bytes. A length that was damaged must not ask for all memory there is."""
_SETTLED = 2 * 10**9
"""Nanoseconds. A file changed so recently may change again without a new time stamp: it is known by content only."""
_PATIENCE = 60.0
_IN_THE_WAY = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PROTOCOL,
}
"""Errors of the surroundings. All others say that the file is not what was written."""
_ERRORS = (sqlite3.Error, UnicodeDecodeError)
"""What SQLite raises; a message that names what is damaged may be no text."""


class Ledger:
    """Records by content, and by the file that held it. Raises sqlite3.Error or OSError if the file cannot be used.

    Later trouble ends nothing: `trouble` says what happened, and nothing more is known or kept.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self.trouble: Exception | None = None
        self._file: sqlite3.Connection | None = self._opened()

    def close(self) -> None:
        """Let go of the file."""
        if self._file:
            with suppress(*_ERRORS):
                self._file.close()
        self._file = None

    def by_file(self, path: str, stamp: str) -> Record | None:
        """The record of what this file held when it had this stamp."""
        key = _key(path)
        seen = self._asked(lambda file: _value(file, "SELECT seen FROM files WHERE path = ?", key))
        content = seen[-_CONTENT:] if seen else b""
        return self._record(content) if seen and seen == _seen(key, stamp, content) else None

    def by_content(self, sha256: str, name: str) -> Record | None:
        """The record of the document with this content, at a path that tells the same of whose it is."""
        return self._record(_content(sha256, name))

    def keep(self, entered: Iterable[Entered]) -> None:
        """Keep what is new: all or nothing, also if the process is killed in the middle."""
        news = [each for each in entered if (each.is_new or each.stamp) and each.record.sha256]
        if news:
            self._asked(lambda file: _keep(file, news))

    def _record(self, content: bytes) -> Record | None:
        stored = self._asked(lambda file: _value(file, "SELECT record FROM documents WHERE content = ?", content))
        if stored is None or stored[:_DIGEST] != _digest(content, stored[_DIGEST:]):
            return None
        return Record(*loaded(stored[_DIGEST:]))

    def _asked(self, question: Callable[[sqlite3.Connection], T]) -> T | None:
        """The answer; None where there is none, because of trouble or since the file was begun anew."""
        if self._file is None:
            return None
        try:
            return question(self._file)
        except (*_ERRORS, MemoryError, OverflowError) as error:
            self.close()
            with suppress(*_ERRORS, OSError):
                if _is_damage(error) and self.trouble is None:
                    _delete(self._path)
                    self._file = self._opened()
            self.trouble = error
            return None

    def _opened(self) -> sqlite3.Connection:
        """The file, begun anew if it is damaged."""
        try:
            return _connected(self._path)
        except _ERRORS as error:
            if not _is_damage(error) or (self._path.exists() and not os.access(self._path, os.W_OK)):
                raise
        _delete(self._path)
        return _connected(self._path)

    @property
    def is_empty(self) -> bool:
        """Is nothing known yet?"""
        return self._asked(lambda file: file.execute("SELECT 1 FROM documents LIMIT 1").fetchone()) is None

    @property
    def is_used(self) -> bool:
        """Is what is read still kept?"""
        return self._file is not None


def _connected(path: Path) -> sqlite3.Connection:
    file = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
    try:
        file.text_factory = bytes
        file.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LARGEST)
        for setting in ("cell_size_check = ON", "trusted_schema = OFF", "journal_mode = WAL", "synchronous = NORMAL"):
            file.execute(f"PRAGMA {setting}")
        file.executescript(_SCHEMA)
        file.execute("SELECT content, record, path, seen FROM documents, files LIMIT 1").fetchone()
    except BaseException:
        file.close()
        raise
    return file


def _value(file: sqlite3.Connection, query: str, key: bytes) -> bytes | None:
    """What is stored under a key. A damaged row may hold something of another kind: that is none."""
    found = file.execute(query, (key,)).fetchone()
    return found[0] if found and isinstance(found[0], bytes) else None


def _keep(file: sqlite3.Connection, news: list[Entered]) -> None:
    file.execute("BEGIN IMMEDIATE")
    try:
        for each in news:
            content = _content(each.record.sha256 or "", each.record.name)
            if each.is_new:
                record = dumped(tuple(each.record))
                _put(file, "documents (content, record)", content, _digest(content, record) + record)
            if each.stamp:
                key = _key(each.record.name)
                _put(file, "files (path, seen)", key, _seen(key, each.stamp, content))
        file.execute("COMMIT")
    except BaseException:
        with suppress(*_ERRORS):
            file.execute("ROLLBACK")
        raise


def _put(file: sqlite3.Connection, where: str, key: bytes, value: bytes) -> None:
    """Into a table, to be found again. Raises sqlite3.Error where it is not: the index that leads to it is damaged."""
    table, _, columns = where.partition(" ")
    name, of = columns.strip("()").split(", ")
    file.execute(f"INSERT OR REPLACE INTO {table} {columns} VALUES (?, ?)", (key, value))  # noqa: S608
    if _value(file, f"SELECT {of} FROM {table} WHERE {name} = ?", key) != value:  # noqa: S608
        raise sqlite3.DatabaseError("what was stored is not found again")


def _digest(*parts: bytes) -> bytes:
    digest = blake2b(digest_size=_DIGEST)
    for part in parts:
        digest.update(len(part).to_bytes(8))
        digest.update(part)
    return digest.digest()


def _content(sha256: str, name: str) -> bytes:
    """What a result follows from: the bytes, and what the path says of whose report it is."""
    return blake2b(f"{sha256} {told_by(name)}".encode("utf-8", "backslashreplace"), digest_size=_CONTENT).digest()


def _seen(key: bytes, stamp: str, content: bytes) -> bytes:
    """What a file is known by, and what it held."""
    return _digest(key, stamp.encode("utf-8", "backslashreplace"), content) + content


def _is_damage(error: Exception) -> bool:
    code = getattr(error, "sqlite_errorcode", None)
    return isinstance(error, _ERRORS) and (code is None or code & 0xFF not in _IN_THE_WAY)


def _delete(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def stamp_of(path: str) -> str | None:
    """Place, size and times of a file, by which it is known again; None if it changed just now, or cannot be seen."""
    try:
        seen = os.stat(path)
    except (OSError, ValueError):
        return None
    if time.time_ns() - max(seen.st_mtime_ns, seen.st_ctime_ns) < _SETTLED:
        return None
    return f"{seen.st_ino} {seen.st_size} {seen.st_mtime_ns} {seen.st_ctime_ns} {told_by(path)}"


def _key(path: str) -> bytes:
    return os.fsencode(path if is_url(path) or os.path.isabs(path) else Path(path).absolute())
