"""A picture (a scan, a photograph, a screenshot) → Document, as a PDF whose pages are pictures, where what recognises
is installed; where it is not, no reader takes pictures.

Found in folders are only pictures that are named: a saved page has a hundred beside it that are no reports.
"""

from __future__ import annotations

from govstats.model.document import Document
from govstats.readers.picture.binding import MARK

SUFFIXES: tuple[str, ...] = ()

_MAGIC = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"BM", b"GIF8", MARK)


def sniff(head: bytes) -> bool:
    """Is it a picture, and can it be recognised?"""
    if not head.startswith(_MAGIC) and not (head.startswith(b"RIFF") and head[8:12] == b"WEBP"):
        return False
    from govstats.readers.picture.network import is_installed

    return is_installed()


def read(data: bytes) -> Document:
    """A picture → Document; its meta data say which pages have no table. Raises ReadError."""
    from govstats.readers.picture.files import document

    return document(data)
