"""The bytes of a zip of XML parts → its parts as trees.

Nothing is decompressed or parsed before its size is known, so that no file can fill the memory or stop the program.
"""

from __future__ import annotations

import struct
import zlib
from collections import Counter
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from govstats.errors import ReadError
from govstats.readers._limits import UNPACKED, is_swollen
from govstats.readers._office.errors import damaged, encrypted, missing, too_large
from govstats.readers._office.tree import Element, parse

_LOCAL_HEADER = b"PK\3\4"
_LOCAL_HEADER_SIZE = 30


def member_names(head: bytes) -> list[str]:
    """The names of the members whose headers stand in the first bytes of a zip; empty if it is none."""
    if not head.startswith(_LOCAL_HEADER):
        return []
    names = []
    at = 0
    while at >= 0:
        length = int.from_bytes(head[at + 26 : at + 28], "little")
        start = at + _LOCAL_HEADER_SIZE
        names.append(part_name(head[start : start + length].decode("utf-8", "replace")))
        at = head.find(_LOCAL_HEADER, start)
    return names


def part_name(name: str) -> str:
    """How a part is called. Names do not depend on case (ECMA-376 part 2); some producers write backslashes, or begin
    at the root of the package."""
    return name.replace("\\", "/").removeprefix(".").removeprefix("/").lower()


def first_member(head: bytes, limit: int = 1 << 16) -> bytes:
    """The beginning of a zip's first member, as far as these first bytes hold it."""
    name, extra = (int.from_bytes(head[at : at + 2], "little") for at in (26, 28))
    packed = head[_LOCAL_HEADER_SIZE + name + extra :]
    if head[8:10] == b"\0\0":
        return packed
    try:
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, limit)
    except zlib.error:
        return b""


_ENCRYPTED = 1
_ZIP_ERRORS = (BadZipFile, EOFError, LookupError, NotImplementedError, OSError, OverflowError, RuntimeError, ValueError)
_BROKEN_ZIP = (*_ZIP_ERRORS, struct.error, zlib.error)


class Package:
    """The parts of one zip. All that goes wrong is a ReadError that names `kind` (`docx`, `odt`)."""

    def __init__(self, data: bytes, kind: str) -> None:
        self._kind = kind
        self._size = len(data)
        self._taken = 0
        try:
            self._zip = ZipFile(BytesIO(data))
            infos = self._zip.infolist()
        except _BROKEN_ZIP as error:
            raise damaged(self._kind) from error
        self._parts = {part_name(info.filename): info for info in infos}
        names = Counter(part_name(info.filename) for info in infos)
        self._twice = {name for name, count in names.items() if count > 1}

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._parts

    def names(self, prefix: str) -> list[str]:
        """The parts whose name begins so."""
        return [name for name in self._parts if name.startswith(prefix)]

    def tree(self, name: str) -> Element:
        """A part as a tree. Raises ReadError if it is missing, damaged, encrypted, or too large."""
        return parse(self._read(name), f"{self._kind}: {name}")

    def bytes_of(self, name: str, must: bool = False) -> bytes:
        """A part as it is; empty if it is missing, unless it must be there. Raises ReadError as `tree` does."""
        return self._read(name) if must or name in self else b""

    def mark_of(self, name: str) -> tuple[int, int]:
        """The checksum and the size of a part, by which it is known again."""
        info = self._parts.get(name.lower())
        return (info.CRC, info.file_size) if info else (0, 0)

    def title(self, name: str) -> dict[str, str]:
        """The meta data of a part with a dc:title. No figure stands there: what is wrong with it does not matter."""
        try:
            node = self.tree(name).find(".//{http://purl.org/dc/elements/1.1/}title")
        except ReadError:
            return {}
        title = " ".join("".join(node.itertext()).split()) if node is not None else ""
        return {"title": title} if title else {}

    def lines(self, prefix: str, paragraph: str) -> list[str]:
        """The paragraphs of all parts whose name begins so (page headers), a line each; damaged parts have none."""
        found: list[str] = []
        for name in sorted(name for name in self._parts if name.startswith(prefix) and name.endswith(".xml")):
            try:
                nodes = self.tree(name).iter(paragraph)
            except ReadError:
                continue
            found += ["".join("".join(node.itertext()).split()) for node in nodes]
        return list(dict.fromkeys(line for line in found if line))

    def _read(self, name: str) -> bytes:
        info = self._checked(name)
        try:
            with self._zip.open(info) as file:
                data = file.read(info.file_size + 1)
        except _BROKEN_ZIP as error:
            raise damaged(self._kind) from error
        return data

    def _checked(self, name: str) -> ZipInfo:
        info = self._parts.get(name.lower())
        if info is None:
            raise missing(self._kind, name)
        if info.flag_bits & _ENCRYPTED:
            raise encrypted()
        packable = info.compress_type in (ZIP_STORED, ZIP_DEFLATED)
        if not packable or name.lower() in self._twice or info.compress_size > self._size:
            raise damaged(self._kind)
        self._taken += info.file_size
        if self._taken > UNPACKED or is_swollen(info.file_size, info.compress_size):
            raise too_large(self._kind)
        return info
