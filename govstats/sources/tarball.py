"""A tar, packed or not, or a file packed alone (`年报.html.gz`) → its members, under the limits of all archives."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import PurePosixPath
from typing import BinaryIO, cast

from govstats.errors import ReadError
from govstats.lang import Text
from govstats.readers._limits import LARGEST_BOUND, is_swollen
from govstats.sources.filenames import readable

_PACKED: dict[bytes, Callable[[io.BytesIO], object]] = {
    b"\x1f\x8b": gzip.open,
    b"BZh": bz2.open,
    b"\xfd7zXZ": lzma.open,
}
_TAR, _TAR_AT = b"ustar", 257
_FAULTS = (tarfile.TarError, OSError, EOFError, ValueError, zlib.error, lzma.LZMAError)
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
    with tarfile.open(fileobj=io.BytesIO(data), mode="r:", encoding="utf-8", errors="surrogateescape") as archive:
        infos = sorted((readable(info.name), at, info) for at, info in enumerate(archive) if info.isfile())
        for inside, _, info in infos:
            file = archive.extractfile(info)
            yield inside, file.read() if file else b""


def _unpacked(data: bytes) -> bytes:
    opened = next((open_ for magic, open_ in _PACKED.items() if data.startswith(magic)), None)
    if opened is None:
        return data
    with cast(BinaryIO, opened(io.BytesIO(data))) as file:
        whole = file.read(LARGEST_BOUND + 1)
    if len(whole) > LARGEST_BOUND or is_swollen(len(whole), len(data)):
        raise ReadError(
            Text("解压后太大，超过限度。", "It unpacks to more than the limit."),
            Text("这不像一份报告；请检查文件。", "This is hardly a report; check the file."),
        )
    return whole
