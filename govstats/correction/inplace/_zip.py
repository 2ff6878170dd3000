"""A zip → the same with some parts replaced or added; all others keep their place and their bytes, packed as they were.

Programs that load a document and save it drop what they do not know. Here a part that is not concerned is not even
unpacked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from govstats.correction.inplace._contract import CannotOperate


class Archive:
    """The parts of an archive by name. Names do not depend on case, and some programs write backslashes."""

    def __init__(self, data: bytes) -> None:
        self._zip = ZipFile(BytesIO(data))
        self._infos = {_plain(info): info for info in self._zip.infolist()}

    @property
    def names(self) -> frozenset[str]:
        """In small letters."""
        return frozenset(self._infos)

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._infos

    def read(self, name: str) -> bytes:
        """A part; empty if there is none."""
        info = self._infos.get(name.lower())
        return b"" if info is None else self._zip.read(info)

    def text(self, name: str) -> str:
        """A part as text, a byte order mark included. Raises CannotOperate if it is not UTF-8."""
        try:
            return self.read(name).decode("utf-8")
        except UnicodeDecodeError as error:
            raise CannotOperate from error


def _plain(info: ZipInfo) -> str:
    return info.filename.replace("\\", "/").lower()


def with_parts(data: bytes, parts: Mapping[str, bytes], *, without: Iterable[str] = (), packed: bool = True) -> bytes:
    """The archive with these parts: one that is there is replaced where it stands, others come last. Parts `without`
    are left out. Not `packed`: for reading at once."""
    made = BytesIO()
    wanted = {name.lower(): part for name, part in parts.items()}
    gone = {name.lower() for name in without}
    with ZipFile(BytesIO(data)) as old, ZipFile(made, "w") as new:
        new.comment = old.comment
        for info, raw in _raw(old, data):
            if _plain(info) in wanted:
                new.writestr(_like(info, packed), wanted[_plain(info)])
            elif _plain(info) not in gone:
                _put_raw(new, info, raw)
        there = {_plain(info) for info in old.infolist()}
        for name in [name for name in parts if name.lower() not in there]:
            info = ZipInfo(name, max(each.date_time for each in old.infolist()))
            info.compress_type = ZIP_DEFLATED if packed else ZIP_STORED
            new.writestr(info, parts[name])
    return made.getvalue()


def _raw(archive: ZipFile, data: bytes) -> Iterator[tuple[ZipInfo, bytes]]:
    """Each member, in the order in which they stand, with its header and its bytes as they are."""
    infos = sorted(archive.infolist(), key=lambda info: info.header_offset)
    ends = [*(info.header_offset for info in infos[1:]), archive.start_dir]
    for info, end in zip(infos, ends, strict=True):
        yield info, data[info.header_offset : end]


def _put_raw(archive: ZipFile, info: ZipInfo, raw: bytes) -> None:
    """Add a member without unpacking it."""
    at = archive.start_dir
    if archive.fp is not None:
        archive.fp.seek(at)
        archive.fp.write(raw)
    placed = copy(info)
    placed.header_offset = at
    archive.filelist.append(placed)
    archive.NameToInfo[placed.filename] = placed
    archive.start_dir = at + len(raw)


def _like(info: ZipInfo, packed: bool) -> ZipInfo:
    """A member of the same name, day and kind."""
    made = ZipInfo(info.filename, info.date_time)
    made.compress_type = info.compress_type if packed else ZIP_STORED
    made.create_system, made.external_attr = info.create_system, info.external_attr
    made.internal_attr, made.comment = info.internal_attr, info.comment
    return made
