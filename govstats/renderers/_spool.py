"""Pieces of a page, kept on disk until it is known how much of each report there is room for."""

from __future__ import annotations

from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from typing import Self

_IN_MEMORY = 2**20


class Spool:
    """Pieces of text in the order in which they were added, and their size in bytes (UTF-8)."""

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - closed with the spool
        self._ends: list[int] = []
        self.size = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __len__(self) -> int:
        return len(self._ends)

    def add(self, piece: str) -> None:
        """Put one more piece behind the others."""
        self._file.seek(0, 2)
        self.size += self._file.write(piece.encode())
        self._ends.append(self.size)

    def length(self, at: int) -> int:
        """The size of one piece."""
        return self._ends[at] - self._start(at)

    def piece(self, at: int) -> str:
        """One of the pieces."""
        self._file.seek(self._start(at))
        return self._file.read(self.length(at)).decode()

    def pieces(self) -> Iterator[str]:
        """All of them."""
        return map(self.piece, range(len(self)))

    def _start(self, at: int) -> int:
        return self._ends[at - 1] if at else 0


class Levels:
    """Pieces at several levels of detail, plainest first; the richest for which there is room is told.

    The plainest is kept of every piece; a richer level only as long as it alone would still fit into `room` bytes.
    """

    def __init__(self, count: int, room: int) -> None:
        self._spools = [Spool() for _ in range(count)]
        self._room = room

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for spool in self._spools:
            spool.__exit__()

    def __len__(self) -> int:
        return len(self._spools[0])

    @property
    def wanted(self) -> list[int]:
        """The levels at which the next piece is wanted."""
        return [at for at, spool in enumerate(self._spools) if at == 0 or self._is_open(spool)]

    def _is_open(self, spool: Spool) -> bool:
        return spool.size <= self._room and len(spool) == len(self)

    def add(self, at: int, piece: str) -> None:
        """The next piece at one of the levels wanted, the plainest level last."""
        self._spools[at].add(piece)

    def chosen(self, taken: int = 0) -> list[int]:
        """The level of each piece, if `taken` bytes of the room are used otherwise.

        The richest level at which all fit (the plainest, if none does), and for the first pieces the next richer one,
        while there is room.
        """
        room = self._room - taken
        whole = [at for at, spool in enumerate(self._spools) if len(spool) == len(self) and spool.size <= room]
        base = max(whole, default=0)
        levels = [base] * len(self)
        if base + 1 == len(self._spools):
            return levels
        plain, rich = self._spools[base : base + 2]
        left = room - plain.size
        for piece in range(len(rich)):
            left -= rich.length(piece) - plain.length(piece)
            if left < 0:
                break
            levels[piece] = base + 1
        return levels

    def pieces(self, levels: list[int]) -> Iterator[str]:
        """Every piece at its level."""
        return (self._spools[level].piece(at) for at, level in enumerate(levels))
