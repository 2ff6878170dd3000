"""A file is replaced whole or not at all: written beside its place, and put there as the last thing."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from govstats.errors import UsageError
from govstats.lang import Text


@contextmanager
def whole_file(target: Path) -> Iterator[BinaryIO]:
    """The file to write; what stood at `target` stays until the block has ended well.

    A link is followed. What is no regular file (a device, a FIFO) is written to, never replaced. Raises UsageError if
    it cannot be written.
    """
    try:
        place = Path(os.path.realpath(target))
        if place.exists() and not place.is_file() and not place.is_dir():
            with place.open("wb") as stream:
                yield stream
            return
        if place.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        handle, name = tempfile.mkstemp(prefix=f".{place.name}.", suffix=".part", dir=place.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                yield file
            Path(name).chmod(place.stat().st_mode if place.exists() else 0o666 & ~_umask())
            Path(name).replace(place)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(Text(f"写不了 {target}：{reason}。", f"Cannot write {target}: {reason}.")) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
