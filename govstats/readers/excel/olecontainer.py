"""An untrusted OLE file → its streams; and a stream → the plainest OLE file that holds it."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from io import BytesIO

from govstats.readers.excel.sheet import damaged

MAGIC = b"\xd0\xcf\x11\xe0"
_SECTOR = 4096
_END_OF_CHAIN, _TABLE, _UNUSED = 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF


def root_streams(data: bytes) -> list[str]:
    """The names of the streams outside of all folders. Raises ReadError if the header is that of no such file."""
    from olefile import OleFileIO

    _check_header(data)
    with OleFileIO(BytesIO(data)) as ole:
        return [path[0] for path in ole.listdir() if len(path) == 1]


def first_stream(data: bytes, wanted: Sequence[str]) -> tuple[set[str], bytes]:
    """The names of the streams outside of all folders in lower case, on which nothing depends ([MS-CFB] 2.6.4), and the
    content of the first of those wanted; empty if there is none of them. Raises ReadError as `root_streams` does."""
    from olefile import OleFileIO

    _check_header(data)
    with OleFileIO(BytesIO(data)) as ole:
        names = {path[0].lower(): path[0] for path in ole.listdir() if len(path) == 1}
        name = next((names[each] for each in wanted if each in names), None)
        content: bytes = ole.openstream(name).read() if name is not None else b""
    return set(names), content


def _check_header(data: bytes) -> None:
    """The tables that the header announces must fit into the file: else following them takes for ever."""
    if len(data) < 512:
        raise damaged()
    fat_sectors, mini_sectors, difat_sectors = (struct.unpack_from("<I", data, at)[0] for at in (44, 64, 72))
    if max(fat_sectors, mini_sectors, difat_sectors) > len(data) // 512:
        raise damaged()


def pack(stream: bytearray) -> bytes:
    """A stream → the plainest OLE file that holds it as `Workbook`: header, allocation table, directory, stream.

    So calamine never follows the chains of a file that may run in circles.
    """
    sectors = max(1, -(-len(stream) // _SECTOR))
    tables = 1
    while tables * (_SECTOR // 4) < tables + 1 + sectors:
        tables += 1
    chain = [_TABLE] * tables + [_END_OF_CHAIN] + [*range(tables + 2, tables + 1 + sectors), _END_OF_CHAIN]
    chain += [_UNUSED] * (tables * _SECTOR // 4 - len(chain))
    header = struct.pack("<8s16xHHHHH6x", MAGIC + b"\xa1\xb1\x1a\xe1", 0x3E, 4, 0xFFFE, 12, 6)
    header += struct.pack("<9I", 1, tables, tables, 0, _SECTOR, _END_OF_CHAIN, 0, _END_OF_CHAIN, 0)
    header += struct.pack("<109I", *range(tables), *[_UNUSED] * (109 - tables))
    # calamine takes a root without a first sector for no directory at all, though it needs none here.
    root = _directory_entry("Root Entry", 5, 1, tables + 1, 0)
    book = _directory_entry("Workbook", 2, _UNUSED, tables + 1, sectors * _SECTOR)
    parts = (header, struct.pack(f"<{len(chain)}I", *chain), root + book, bytes(stream))
    return b"".join(part.ljust(-(-len(part) // _SECTOR) * _SECTOR, b"\0") for part in parts)


def _directory_entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    encoded = name.encode("utf-16-le")
    links = struct.pack("<HBBIII", len(encoded) + 2, kind, 1, _UNUSED, _UNUSED, child)
    return encoded.ljust(64, b"\0") + links + bytes(36) + struct.pack("<IQ", start, size)
