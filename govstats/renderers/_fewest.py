"""Many texts, each with a rank → those of the lowest ranks, in their order, no more than so many; kept on disk."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from types import TracebackType
from typing import Self


class Fewest:
    """Takes texts up one by one; then gives the first `most` of them, by rank. A run may find a million."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._file = sqlite3.connect("")
        self._file.execute("CREATE TABLE texts (rank INTEGER, text TEXT)")
        self._count = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._file.close()

    def add(self, rank: int, text: str) -> None:
        """One more."""
        self._file.execute("INSERT INTO texts VALUES (?, ?)", (rank, text))
        self._count += 1

    def __iter__(self) -> Iterator[str]:
        chosen = self._file.execute("SELECT text FROM texts ORDER BY rank, rowid LIMIT ?", (self._most,))
        return (text for (text,) in chosen)

    @property
    def left_out(self) -> int:
        """How many it does not give."""
        return max(self._count - self._most, 0)
