"""The bytes of a zip → what kind of Office document it is; empty if it is none that is read here.

The first members tell at once in almost all files. Where a picture, a folder or a part of another program comes first,
the directory at the end of the file tells.
"""

from __future__ import annotations

import re
import struct
import zlib
from contextlib import suppress
from functools import lru_cache
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from govstats.readers._office.package import first_member, member_names, part_name

MAGIC = b"PK\x03\x04"
_HEAD = 4096
_FOLDERS = {"word": "docx", "xl": "excel"}
_MAIN_PARTS = {"word/document.xml": "docx", "xl/workbook.xml": "excel", "xl/workbook.bin": "excel"}
_CONTENT_TYPES = "[content_types].xml"
_NAMED_THERE = ((b"wordprocessingml", "docx"), (b"spreadsheetml", "excel"), (b"ms-excel.sheet", "excel"))
_MEDIA_TYPE = b"application/vnd.oasis.opendocument."
_MEDIA_TYPES = ((_MEDIA_TYPE + b"text", "odt"), (_MEDIA_TYPE + b"spreadsheet", "excel"))
_MANIFEST, _OF_DOCUMENT = "meta-inf/manifest.xml", re.compile(re.escape(_MEDIA_TYPE) + rb"[\w.-]+")
_LONGEST = 1 << 16
_FAULTS = (BadZipFile, EOFError, LookupError, NotImplementedError, OSError, OverflowError, RuntimeError, ValueError)


def kind_of(data: bytes) -> str:
    """`docx`, `odt` or `excel`: the name of the reader that takes this file."""
    if not data.startswith(MAGIC):
        return ""
    return kind_by_head(data[:_HEAD]) or _kind_by_directory(data)


@lru_cache(maxsize=4)
def kind_by_head(head: bytes) -> str:
    """What the members that stand in these first bytes tell; empty if they leave it open."""
    names = member_names(head)
    if names[:1] == ["mimetype"]:
        return _by_media_type(first_member(head))
    if names[:1] == [_CONTENT_TYPES] and (kind := _by_content_types(first_member(head))):
        return kind
    folders = [name.partition("/")[0] for name in names if name.endswith((".xml", ".rels", ".bin")) and "/" in name]
    return next((_FOLDERS[folder] for folder in folders if folder in _FOLDERS), "")


def _by_media_type(text: bytes) -> str:
    return next((kind for start, kind in _MEDIA_TYPES if text.startswith(start)), "")


def _by_manifest(part: bytes) -> str:
    """The kind of the whole package, which stands before those of embedded ones."""
    named = _OF_DOCUMENT.search(part)
    return _by_media_type(named[0]) if named else ""


def _by_content_types(part: bytes) -> str:
    """The kind whose name stands first: a workbook may be embedded in a text, but the text's main part is named."""
    places = sorted((part.find(name), kind) for name, kind in _NAMED_THERE if name in part)
    return places[0][1] if len({kind for _, kind in places}) == 1 else ""


def _kind_by_directory(data: bytes) -> str:
    with suppress(struct.error, zlib.error, *_FAULTS), ZipFile(BytesIO(data)) as archive:
        parts = {part_name(info.filename): info for info in archive.infolist()}
        for name, kind in _MAIN_PARTS.items():
            if name in parts:
                return kind
        for name, tells in (
            ("mimetype", _by_media_type),
            (_CONTENT_TYPES, _by_content_types),
            (_MANIFEST, _by_manifest),
        ):
            if name in parts:
                with archive.open(parts[name]) as file:
                    return tells(file.read(_LONGEST))
    return ""
