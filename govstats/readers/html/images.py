"""A page's bytes → the pictures in it: references to files beside it, and those that it carries itself."""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error
from html import unescape
from urllib.parse import unquote, unquote_to_bytes

from govstats.readers._charset import as_utf8

_IMAGE = re.compile(rb"<(?:img|image)\b[^<>]*>", re.IGNORECASE)
_SOURCE = re.compile(
    r"""\s(src|data-src|data-original|data-lazy-src|xlink:href)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+))""",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(r"(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)
_CARRIED = "data:image/"
_SVG = "data:image/svg"


def pictures(data: bytes) -> list[str | bytes]:
    """In their order, each once: relative references as they name a file, and the bytes of `data:` URIs. What lies
    elsewhere is not told, since nothing is fetched."""
    if b"<im" not in data.lower():
        return []
    source, _ = as_utf8(data)
    found: dict[str, str | bytes] = {}
    for image in _IMAGE.findall(source):
        for _, *values in _SOURCE.findall(image.decode("utf-8", "replace")):
            reference = unescape(next(filter(None, values), "")).strip()
            if reference not in found and (picture := _picture(reference)):
                found[reference] = picture
    return list(found.values())


def _picture(reference: str) -> str | bytes:
    """The bytes, or the name; empty where it is neither."""
    if reference[: len(_CARRIED)].lower() == _CARRIED:
        return b"" if reference.lower().startswith(_SVG) else _carried(reference)
    if _ELSEWHERE.match(reference):
        return ""
    return unquote(re.split("[?#]", reference, maxsplit=1)[0])


def _carried(uri: str) -> bytes:
    head, _, body = uri.partition(",")
    try:
        return b64decode(unquote(body)) if ";base64" in head.lower() else unquote_to_bytes(body)
    except (Error, ValueError):
        return b""
