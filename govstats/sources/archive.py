"""A .zip of reports → its members, each with a name that shows the path inside, read one by one under limits."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import PurePosixPath

from govstats.errors import ReadError
from govstats.lang import Text
from govstats.readers._limits import LARGEST, is_swollen
from govstats.readers._office.package import part_name

MAGIC = b"PK"
_MOST_MEMBERS = 100_000
_OFFICE_PARTS = {"[content_types].xml", "mimetype", "meta-inf/manifest.xml", "ofd.xml"}
_UTF8_NAME = 0x800
_ENCRYPTED = 0x1
_UNICODE_PATH = 0x7075
_FAULTS = (
    zipfile.BadZipFile,
    NotImplementedError,
    OSError,
    EOFError,
    ValueError,
    LookupError,
    RuntimeError,
    struct.error,
    zlib.error,
)
"""What zipfile raises over damaged archives."""


def is_archive(data: bytes) -> bool:
    """A zip that is not itself a document (.docx, .xlsx, .odt …)?"""
    if not data.startswith(MAGIC):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _OFFICE_PARTS.isdisjoint(map(part_name, archive.namelist()))
    except _FAULTS:
        return False


def members(data: bytes) -> Iterator[tuple[str, bytes | ReadError]]:
    """The files of an archive, by name: path inside, and bytes, or why they cannot be had.

    Raises ReadError if the archive has too many members.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        infos = [info for info in archive.infolist() if info.filename and not info.is_dir()]
        if len(infos) > _MOST_MEMBERS:
            raise ReadError(
                Text(f"压缩包里有 {len(infos)} 个文件，太多了。", f"The archive holds {len(infos)} files, too many."),
                Text("请解压后按文件夹检查。", "Unpack it and check the folder."),
            )
        for name, info in sorted(((_name(info), info) for info in infos), key=lambda pair: pair[0]):
            yield name, _bytes(archive, info)


def names(data: bytes) -> list[str]:
    """The names of its files; none if it is damaged."""
    with suppress(*_FAULTS), zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [_name(info) for info in archive.infolist() if info.filename and not info.is_dir()]
    return []


def suffix(name: str) -> str:
    """The ending of a member's name, lower case."""
    return PurePosixPath(name).suffix.lower()


def _name(info: zipfile.ZipInfo) -> str:
    """The name as its maker wrote it. Without the flag that says so it may be UTF-8 all the same (a Mac's), else it is
    mostly GBK; zipfile took both for CP437."""
    if info.flag_bits & _UTF8_NAME:
        return info.filename
    if told := _told_apart(info.extra):
        return told
    for charset in ("utf-8", "gb18030"):
        try:
            return info.filename.encode("cp437").decode(charset)
        except UnicodeError:
            continue
    return info.filename


def _told_apart(extra: bytes) -> str:
    """The name in UTF-8 that some makers write beside that in their own charset (Info-ZIP Unicode Path)."""
    while len(extra) >= 4:
        kind, size = struct.unpack("<HH", extra[:4])
        if kind == _UNICODE_PATH:
            with suppress(UnicodeDecodeError):
                return extra[9 : 4 + size].decode("utf-8")
        extra = extra[4 + size :]
    return ""


def _bytes(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes | ReadError:
    if info.flag_bits & _ENCRYPTED:
        return ReadError(
            Text("压缩包加了密码。", "The archive is encrypted."), Text("请解压后再核对。", "Unpack it first.")
        )
    if info.file_size > LARGEST or is_swollen(info.file_size, info.compress_size):
        return ReadError(
            Text(
                f"解压后有 {info.file_size:,} 字节，超过限度。",
                f"It unpacks to {info.file_size:,} bytes, above the limit.",
            ),
            Text("这不像一份报告；请检查文件。", "This is hardly a report; check the file."),
        )
    try:
        with archive.open(info) as file:
            data = file.read(LARGEST + 1)
    except _FAULTS as error:
        return ReadError(
            Text("压缩包里的这个文件坏了。", f"This member of the archive is damaged: {error}."),
            Text("请重新打包。", "Pack it again."),
        )
    if len(data) > info.file_size:
        return ReadError(Text("压缩包谎报了大小。", "The archive lies about its sizes."))
    return data
