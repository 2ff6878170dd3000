"""A folder of this run's own for what is spooled: gone when it stops, or if killed with the next start."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

try:
    import fcntl
except ImportError:  # Windows: a file that is open there cannot be removed
    fcntl = None  # type: ignore[assignment]

_PREFIX = "govstats-serve-"
_LOCK = "in-use"
_YOUNG = 60.0
"""Seconds in which a folder without a lock may be of a run that just starts."""
_VARIABLES = ("TMPDIR", "TEMP", "TMP")


@contextmanager
def private_folder(parent: Path | None = None) -> Iterator[Path]:
    """All temporary files of this process, and of those that it starts, go into a new folder that only we can read."""
    above = parent or Path(tempfile.gettempdir())
    clear(above)
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=above))
    try:
        with (folder / _LOCK).open("w") as lock, _temporary_files_in(folder):
            _lock(lock)
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def clear(parent: Path) -> None:
    """Remove the folders that runs which were killed left behind. Never one in use, nor another user's, nor a link."""
    for folder in parent.glob(f"{_PREFIX}*"):
        with suppress(OSError):
            if folder.is_symlink() or not folder.is_dir() or not _is_ours(folder):
                continue
            if _is_free(folder / _LOCK):
                shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _temporary_files_in(folder: Path) -> Iterator[None]:
    before, variables = tempfile.tempdir, {name: os.environ.get(name) for name in _VARIABLES}
    os.environ.update(dict.fromkeys(_VARIABLES, str(folder)))
    tempfile.tempdir = str(folder)
    try:
        yield
    finally:
        tempfile.tempdir = before
        for name, value in variables.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value


def _is_ours(folder: Path) -> bool:
    return not hasattr(os, "getuid") or folder.stat().st_uid == os.getuid()


def _is_free(lock: Path) -> bool:
    if not lock.exists():
        return time.time() - lock.parent.stat().st_mtime > _YOUNG
    if fcntl is None:
        with suppress(OSError):
            lock.unlink()
        return not lock.exists()
    with lock.open("r") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
    return True


def _lock(file: IO[str]) -> None:
    if fcntl is not None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
