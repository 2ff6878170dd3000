"""Notes: a small file in which a worker says what it does; it outlives the worker, and tells of what that died.

Its name goes as soon as the worker has opened it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from mmap import mmap
from pathlib import Path
from threading import Lock

from govstats.sources.held import held_file

STARTING = -3
IDLE = -2
FINISHING = -1
"""What a worker does, where it does not read the source with a number from 0 on."""
_MOST = 2**20


class Notes:
    """The file, as the parent of the worker sees it: several threads, one at a time. They read by one handle, which has
    one position; and the system gives the number of a handle that is closed to the next file that is opened."""

    def __init__(self) -> None:
        self._alone = Lock()
        self._held = held_file("govstats-", ".log")
        os.write(self._held.handle, _noted(STARTING))

    @property
    def path(self) -> Path:
        """Where it is until the worker has it."""
        return self._held.path

    def read(self) -> tuple[int, list[str]]:
        """What the worker did last, and its last words. Of one whose notes are closed: that it never began."""
        (doing, _), last_words = self._read()
        return doing, last_words

    @property
    def page(self) -> tuple[int, int]:
        """What the worker does, and which page it recognises: 0, if none."""
        return self._read()[0]

    def _read(self) -> tuple[tuple[int, int], list[str]]:
        with self._alone:
            if self._held.handle < 0:
                return (STARTING, 0), []
            os.lseek(self._held.handle, 0, os.SEEK_SET)
            noted = os.read(self._held.handle, _MOST)
        first, *last_words = noted.decode("utf-8", "replace").splitlines()
        doing, page = map(int, first.split())
        return (doing, page), last_words

    def close(self) -> None:
        """Let go of it."""
        with self._alone:
            self._held.let_go()


class Pen:
    """The file, as the worker writes it; `last_words` come behind the note.

    The note is written into mapped memory: it outlives the process, and costs no call of the system.
    """

    def __init__(self, path: Path) -> None:
        self.last_words = path.open("r+", encoding="utf-8")
        self._first_line = mmap(self.last_words.fileno(), 0)
        self.last_words.seek(0, os.SEEK_END)
        self.note(IDLE)
        if os.name == "posix":
            path.unlink(missing_ok=True)

    def note(self, doing: int) -> None:
        """From now on it does this."""
        self._doing, self._page = doing, 0
        self._first_line[:] = _noted(doing)

    def note_page(self) -> None:
        """It recognises the next page of what it reads."""
        self._page += 1
        self._first_line[:] = _noted(self._doing, self._page)

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """At the end there is nothing to do."""
        yield
        self.note(IDLE)


def _noted(doing: int, page: int = 0) -> bytes:
    return b"%8d %6d\n" % (doing, page)
