"""Notes: a small file in which a worker says what it does; it outlives the worker, and tells of what that died.

Its name goes as soon as the worker has opened it. Whoever made it holds a lock on it: a name whose lock is free was
left behind by a run that was killed, and goes with the next start.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from mmap import mmap
from pathlib import Path
from typing import IO, BinaryIO

try:
    import fcntl
except ImportError:  # Windows: a file that is open there cannot be removed
    fcntl = None  # type: ignore[assignment]

STARTING = -3
IDLE = -2
FINISHING = -1
"""What a worker does, where it does not read the source with a number from 0 on."""

_PREFIX, _SUFFIX = "govstats-", ".log"


class Notes:
    """The file, as the parent of the worker sees it."""

    def __init__(self) -> None:
        _clear()
        handle, name = tempfile.mkstemp(prefix=_PREFIX, suffix=_SUFFIX)
        self._file = os.fdopen(handle, "r+b", buffering=0)
        self._file.write(_noted(STARTING))
        _lock(self._file)
        self.path = Path(name)

    def read(self) -> tuple[int, list[str]]:
        """What the worker did last, and its last words."""
        self._file.seek(0)
        doing, *last_words = self._file.read().decode("utf-8", "replace").splitlines()
        return int(doing), last_words

    def close(self) -> None:
        """Let go of it."""
        self._file.close()
        with suppress(OSError):
            self.path.unlink(missing_ok=True)


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
        self._first_line[:] = _noted(doing)

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """At the end there is nothing to do."""
        yield
        self.note(IDLE)


def _noted(doing: int) -> bytes:
    return b"%8d\n" % doing


def _clear() -> None:
    """Remove what runs that were killed left behind. Never a file in use, nor another user's."""
    for path in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*{_SUFFIX}"):
        with suppress(OSError), path.open("rb") as file:
            if _is_ours(file) and _lock(file):
                path.unlink()


def _is_ours(file: BinaryIO) -> bool:
    return not hasattr(os, "getuid") or os.fstat(file.fileno()).st_uid == os.getuid()


def _lock(file: IO[bytes]) -> bool:
    """Whether nobody else held it."""
    if fcntl is None:
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
