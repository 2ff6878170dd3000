"""A tar, packed or not, or a file packed alone (`年报.html.gz`) → its members, under the limits of all archives."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import PurePosixPath
from typing import BinaryIO, cast

from govstats.errors import ReadError
from govstats.lang import Text
from govstats.readers._limits import LARGEST, LARGEST_BOUND, is_swollen, most_unpacked
from govstats.sources.filenames import readable

_PACKED: dict[bytes, Callable[[io.BytesIO], object]] = {
    b"\x1f\x8b": gzip.open,
    b"BZh": bz2.open,
    b"\xfd7zXZ": lzma.open,
}
_TAR, _TAR_AT = b"ustar", 257
_BLOCK = 512
_MOST_MEMBERS = 100_000
_PLAIN, _SPARSE, _LONG_NAME, _TOLD = {b"\0", b"0", b"7"}, b"S", b"L", b"x"
"""Kinds of members: files; one with holes; the name, or the properties, of the next one."""
_FAULTS = (OSError, EOFError, ValueError, zlib.error, lzma.LZMAError)
_CALLED = {b"\x1f\x8b": "gzip", b"BZh": "bzip2", b"\xfd7zXZ": "xz"}
_DAMAGED = Text("这个 {kind} 压缩包坏了，解不开。", "This {kind} archive is damaged and cannot be unpacked.")


def begins(head: bytes) -> bool:
    """Do these first bytes look like one?"""
    return head.startswith(tuple(_PACKED)) or head[_TAR_AT:].startswith(_TAR)


def members(name: str, data: bytes) -> Iterator[tuple[str, bytes | ReadError]]:
    """The files in it, by name. Raises ReadError if it is damaged, or would burst."""
    try:
        yield from _members(name, _unpacked(data))
    except _FAULTS as error:
        kind = next((called for magic, called in _CALLED.items() if data.startswith(magic)), "tar")
        raise ReadError(
            _DAMAGED.format(kind=kind), Text("请重新打包或重新下载。", "Pack or download it again.")
        ) from error


def names(name: str, data: bytes) -> list[str]:
    """The names of its files; none if it is damaged."""
    with suppress(ReadError):
        return [inside for inside, _ in members(name, data)]
    return []


def _members(name: str, data: bytes) -> Iterator[tuple[str, bytes | ReadError]]:
    if not data[_TAR_AT:].startswith(_TAR):
        yield PurePosixPath(name).name.rpartition(".")[0] or "1", data
        return
    files, end = _files(data)
    for inside, at, size in sorted(files):
        if not 0 <= size <= LARGEST:
            yield (
                inside,
                ReadError(Text("太大，或留有空洞，不解开。", "It is too large, or has holes, and is not unpacked.")),
            )
        else:
            yield inside, data[at : at + size]
    if data[end:].strip(b"\0"):
        raise ValueError(end)


def _files(data: bytes) -> tuple[list[tuple[str, int, int]], int]:
    """The files of a tar, each with its name, where it begins, and its size (-1: with holes), and where the last of
    them ends: at zeros, or at what is no header, or is cut off. tarfile would recurse, fill the holes of gigabytes,
    and end in silence."""
    found: list[tuple[str, int, int]] = []
    at, told = 0, dict[str, bytes]()
    while (header := data[at : at + _BLOCK]).strip(b"\0") and _is_header(header):
        kind, begins = header[156:157], at + _BLOCK
        size = int(told["size"]) if "size" in told else _number(header[124:136])
        if size < 0 or begins + (size if kind != _SPARSE else 0) > len(data) or len(found) > _MOST_MEMBERS:
            break
        if kind == _LONG_NAME:
            told["path"] = data[begins : begins + size].rstrip(b"\0")
        elif kind == _TOLD:
            told.update(_properties(data[begins : begins + size]))
        else:
            is_sparse = kind == _SPARSE or any(each.startswith("GNU.sparse.") for each in told)
            if is_sparse or kind in _PLAIN:
                path = (told.get("path") or _path(header)).decode("utf-8", "surrogateescape")
                if not path.endswith("/"):
                    found.append((readable(path), begins, -1 if is_sparse else size))
            told = {}
        at = begins + -(-size // _BLOCK) * _BLOCK
    return found, at


def _path(header: bytes) -> bytes:
    name, prefix = (each.partition(b"\0")[0] for each in (header[:100], header[345:500]))
    return prefix + b"/" + name if prefix and header[_TAR_AT:].startswith(b"ustar\0") else name


def _is_header(header: bytes) -> bool:
    """Is its sum right: that of its bytes, with blanks in place of the sum?"""
    return len(header) == _BLOCK and _number(header[148:156]) == sum(header) - sum(header[148:156]) + 8 * ord(" ")


def _number(field: bytes) -> int:
    """In octal digits, or as bytes where the first bit is set; -1 if it is none."""
    if field[0] & 0x80:
        return int.from_bytes(field[1:], "big") if field[0] == 0x80 else -1
    digits = field.strip(b"\0 ").partition(b"\0")[0]
    with suppress(ValueError):
        return int(digits or b"0", 8)
    return -1


def _properties(records: bytes) -> Iterator[tuple[str, bytes]]:
    """`12 path=甲.html\\n`, each with its length before it."""
    at = 0
    while at < len(records):
        digits = records[at : at + 10].partition(b" ")[0]
        if not digits.isdigit() or not int(digits):
            return
        key, _, value = records[at + len(digits) + 1 : at + int(digits) - 1].partition(b"=")
        yield key.decode("utf-8", "replace"), value
        at += int(digits)


def _unpacked(data: bytes) -> bytes:
    opened = next((open_ for magic, open_ in _PACKED.items() if data.startswith(magic)), None)
    if opened is None:
        return data
    with cast(BinaryIO, opened(io.BytesIO(data))) as file:
        whole = file.read(min(LARGEST_BOUND, most_unpacked(len(data))) + 1)
    if len(whole) > LARGEST_BOUND or is_swollen(len(whole), len(data)):
        raise ReadError(
            Text("解压后太大，超过限度。", "It unpacks to more than the limit."),
            Text("这不像一份报告；请检查文件。", "This is hardly a report; check the file."),
        )
    return whole
