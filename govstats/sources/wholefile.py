"""A file is replaced whole or not at all: written beside its place, and put there as the last thing."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from govstats.errors import UsageError, reason
from govstats.lang import Text
from govstats.sources.held import held_file, held_folder, minded


@contextmanager
def whole_file(target: Path) -> Iterator[BinaryIO]:
    """The file to write; what stood at `target` stays until the block has ended well.

    A link is followed. What is no regular file (a device, a FIFO) is written to, never replaced. Raises UsageError if
    it cannot be written.
    """
    with _told(target):
        place = Path(os.path.realpath(target))
        if place.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if place.exists() and not place.is_file():
            with place.open("wb") as stream:
                yield stream
            return
        with minded(held_file, *_beside(place)) as held:
            with os.fdopen(os.dup(held.handle), "wb") as file:
                yield file
            held.path.chmod(place.stat().st_mode if place.exists() else 0o666 & ~_umask())
            if os.name == "nt":  # what is open there cannot be moved
                held.close()
            held.path.replace(place)


@contextmanager
def apart(target: Path) -> Iterator[Path]:
    """A folder on the target's file system, to move files from to their places as the last thing.

    Raises UsageError if something cannot be written.
    """
    with _told(target), minded(held_folder, *_beside(target)) as held:
        yield held.path


@contextmanager
def _told(target: Path) -> Iterator[None]:
    """An error of writing there is told as that; one that the block had elsewhere stays what it is."""
    try:
        yield
    except OSError as error:
        if isinstance(error.filename, str) and not _is_beside(error.filename, target):
            raise
        why = reason(error)
        raise UsageError(Text(f"写不了 {target}：{why.zh}。", f"Cannot write {target}: {why.en}.")) from error


def _is_beside(name: str, target: Path) -> bool:
    """Is it the target, its folder, or anything in that?"""
    folders = {os.path.dirname(os.path.realpath(target)), os.path.abspath(target.parent)}
    at = os.path.abspath(name)
    return any(at == folder or at.startswith(os.path.join(folder, "")) for folder in folders)


def _beside(place: Path) -> tuple[str, str, Path]:
    return f".{place.name}.", ".part", place.parent


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
