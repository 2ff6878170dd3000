"""A file's place → the pictures beside it, that a page names: in its folder or below, never elsewhere."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from govstats import readers


def beside(place: str, reference: str) -> bytes | None:
    """The bytes of the file that a page at this place means; None if there is none, or not in its folder."""
    with suppress(OSError, ValueError):
        folder = Path(place).resolve().parent
        path = Path(folder, reference).resolve()
        if path.is_relative_to(folder) and path.is_file() and path.stat().st_size <= readers.LARGEST:
            return path.read_bytes()
    return None
