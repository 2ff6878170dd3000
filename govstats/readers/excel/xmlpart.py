"""An untrusted zip archive → its XML parts, and these → events; what is encrypted, swollen or unsound is a ReadError.

Shared by .xlsx and .ods.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from functools import lru_cache
from xml.parsers import expat
from zipfile import ZipFile

from govstats.readers._limits import UNPACKED, is_swollen
from govstats.readers.excel.sheet import damaged, encrypted, too_large

_MAX_PARTS = 4096
_MAX_MARKUP = 2_000_000


class PartEvents:
    """What takes the events of an XML part, here none of them. Names come without their namespace."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def data(self, text: str) -> None:
        """Text within it; it may come in pieces."""


class Parts:
    """The parts of an archive by name. Names do not depend on case (ECMA-376 part 2), and some programs write
    backslashes. Raises ReadError at encrypted parts, and at a zip bomb by what its directory says: zipfile never
    unpacks more than that."""

    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive
        infos = archive.infolist()
        if any(part.flag_bits & 1 for part in infos):
            raise encrypted()
        swollen = any(is_swollen(part.file_size, part.compress_size) for part in infos)
        if swollen or len(infos) > _MAX_PARTS or sum(part.file_size for part in infos) > UNPACKED:
            raise too_large()
        self._infos = {info.filename.replace("\\", "/").lower(): info for info in infos}

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._infos

    def read(self, name: str) -> bytes | None:
        """An XML part; None if there is none. Entities have no business there, nor has UTF-16, which could hide
        them."""
        info = self._infos.get(name.lower())
        return None if info is None else checked(self._archive.read(info))


def checked(part: bytes) -> bytes:
    """The part. Raises ReadError if it may hold entities, or is too large."""
    if b"\0" in part or re.search(rb"<!(?:DOCTYPE|ENTITY)", part, re.IGNORECASE):
        raise damaged()
    check_size(part)
    return part


def check_size(*parts: bytes) -> None:
    """Refuse parts that are too large together, or of too many elements: it takes a microsecond to look at each."""
    size = sum(map(len, parts))
    if size > UNPACKED or (size > _MAX_MARKUP and sum(part.count(b"<") for part in parts) > _MAX_MARKUP):
        raise too_large()


def parse(part: bytes, target: PartEvents, only: Container[str] = ()) -> None:
    """Tell the target the events of the part; of some elements, only that they begin. Raises ReadError at a DOCTYPE,
    ExpatError if it is not well-formed."""

    def start(name: str, attributes: Mapping[str, str]) -> None:
        local = _local_name(name)
        if not only or local in only:
            target.start(local, {_local_name(each): value for each, value in attributes.items()})

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = start
    if not only:
        parser.EndElementHandler = lambda name: target.end(_local_name(name))
        parser.CharacterDataHandler = target.data
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.Parse(part, True)


@lru_cache(maxsize=1024)
def _local_name(name: str) -> str:
    """The name without its namespace; LibreOffice's own says `value-type` once more, and alone knows of errors."""
    space, _, local = name.rpartition(" ")
    return f"calc-{local}" if "calcext" in space else local


def _refuse_doctype(*_: object) -> None:
    raise damaged()
