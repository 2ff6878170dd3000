"""Held: a temporary file or folder on which its process holds a lock; none of a run that was killed stays for long.

The system lets go of a lock when the process ends, however it ends. What nobody holds was left behind, and goes when
the next of its kind is made.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import signal
import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows: a file that is open there cannot be removed by others
    fcntl = None  # type: ignore[assignment]

_BETWEEN = r"[a-z0-9_]{8}"
"""What `tempfile` puts between the two ends of a name."""
_INTERRUPTS = {getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)}


@dataclass(slots=True)
class Held:
    """Its path; `handle` is that of the system, of a file open for reading and writing."""

    path: Path
    handle: int

    def close(self) -> None:
        """Hold it no more."""
        if self.handle >= 0:
            os.close(self.handle)
            self.handle = -1

    def let_go(self) -> None:
        """Remove it, if it is still there."""
        self.close()
        _remove(self.path)


@contextmanager
def minded(make: Callable[[str, str, Path], Held], prefix: str, suffix: str, folder: Path) -> Iterator[Held]:
    """A new one, which goes at the end of the block; whoever interrupts waits until it is minded. Raises OSError."""
    waits = hasattr(signal, "pthread_sigmask")
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _INTERRUPTS) if waits else set()
    try:
        tempfile.gettempdir()  # found by writing a file there, once: nobody interrupts that either
        held = make(prefix, suffix, folder)
    except BaseException:
        _go_on(before)
        raise
    try:
        _go_on(before)
        yield held
    finally:
        held.let_go()


def _go_on(before: set[int | signal.Signals]) -> None:
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def held_file(prefix: str, suffix: str, folder: Path | None = None) -> Held:
    """A new empty file. Raises OSError."""
    return _held(prefix, suffix, folder, tempfile.mkstemp)


def held_folder(prefix: str, suffix: str, folder: Path | None = None) -> Held:
    """A new empty folder, which only this user can read. Raises OSError."""
    return _held(prefix, suffix, folder, _made_folder)


def _made_folder(*, prefix: str, suffix: str, dir: Path) -> tuple[int, str]:
    name = tempfile.mkdtemp(prefix=prefix, suffix=suffix, dir=dir)
    return (os.open(name, os.O_RDONLY) if fcntl else -1), name


def _held(prefix: str, suffix: str, folder: Path | None, made: Callable[..., tuple[int, str]]) -> Held:
    place = folder or Path(tempfile.gettempdir())
    clear(prefix, suffix, place)
    while True:
        handle, name = made(prefix=prefix, suffix=suffix, dir=place)
        if _lock(handle, or_so=True) and Path(name).exists():  # nobody took it for left behind meanwhile
            return Held(Path(name), handle)
        os.close(handle)


def clear(prefix: str, suffix: str, folder: Path) -> None:
    """Remove what was left behind. Never what is in use, nor another user's, nor a link."""
    if fcntl is None:
        return
    name = re.compile(re.escape(prefix) + _BETWEEN + re.escape(suffix))
    with suppress(OSError):
        for path in [Path(entry.path) for entry in os.scandir(folder) if name.fullmatch(entry.name)]:
            _clear(path)


def _clear(path: Path) -> None:
    with suppress(OSError):
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        try:
            seen = os.fstat(handle)
            is_ours = seen.st_uid == os.getuid() and (stat.S_ISREG(seen.st_mode) or stat.S_ISDIR(seen.st_mode))
            if is_ours and _lock(handle):
                _remove(path)
        finally:
            os.close(handle)


def _lock(handle: int, or_so: bool = False) -> bool:
    """Whether nobody else held it. `or_so`: also where the file system knows no locks."""
    if fcntl is None:
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return or_so and error.errno not in {errno.EWOULDBLOCK, errno.EACCES}
    return True


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink(missing_ok=True)
