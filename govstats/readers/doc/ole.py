"""The bytes of an OLE file ([MS-CFB]) → its streams, none of them read before its chain of sectors is known to end."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER = ((0x1E, 2), (0x20, 2), (0x2C, 4), (0x48, 4))
"""Place and length of the shifts of sectors and small sectors, and of the numbers of FAT and DIFAT sectors."""


class OleError(Exception):
    """The container is not what [MS-CFB] says."""


class OleFile:
    """An OLE file, open within a `with` block; whatever goes wrong inside the block is OleError."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._ole: Any = None

    def __enter__(self) -> OleFile:
        _check_header(self._data)
        import olefile

        try:
            self._ole = olefile.OleFileIO(BytesIO(self._data))
        except Exception as error:
            raise OleError from error
        return self

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> None:
        if isinstance(error, Exception) and not isinstance(error, OleError):
            raise OleError from error

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._ole.root.kids_dict

    def stream(self, name: str) -> bytes | None:
        """A stream as long as its entry says, None if there is none. A chain of sectors that loops is damage."""
        ole = self._ole
        entry = ole.root.kids_dict.get(name.lower())
        if entry is None:
            return None
        mini = entry.size < ole.minisectorcutoff
        size = ole.mini_sector_size if mini else ole.sector_size
        if mini and entry.size:
            ole.openstream(name).close()  # loads the mini FAT
        _check_chain(ole.minifat if mini else ole.fat, entry.isectStart, -(-entry.size // size))
        data: bytes = ole.openstream(name).read()
        if len(data) != entry.size:
            raise OleError
        return data


def _check_header(data: bytes) -> None:
    """[MS-CFB] 2.2: sizes of sectors are fixed, and no more of them can be counted than the file has room for.

    olefile believes the header: a wrong shift, or a count of 4 billion, would take all memory.
    """
    shift, mini_shift, *counts = (int.from_bytes(data[at : at + size], "little") for at, size in _HEADER)
    if not data.startswith(MAGIC) or len(data) < 512 or shift not in (9, 12) or mini_shift != 6:
        raise OleError
    if max(counts) << shift > len(data):
        raise OleError


def _check_chain(fat: Sequence[int], sector: int, count: int) -> None:
    seen = set()
    for _ in range(count):
        if sector in seen or sector >= len(fat):
            raise OleError
        seen.add(sector)
        sector = fat[sector]
