"""Raw bytes of a PDF → the weight of its content, before any library opens it. Raises ReadError."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from govstats.readers._limits import LARGEST, UNPACKED
from govstats.readers.pdf.calls import Content, weight_when_drawn
from govstats.readers.pdf.refusals import broken, refused
from govstats.readers.pdf.scale import Scale
from govstats.readers.pdf.streams import Stream, streams

_ENCRYPTED = re.compile(rb"/Encrypt\b")
_CONTENTS = re.compile(rb"/Contents\s*(\[[^\]]*\]|\d+\s+\d+\s+R)")
_REFERENCE = re.compile(rb"(\d+)\s+\d+\s+R")


class Weight(NamedTuple):
    """Bytes of content of a document, inflated; and whether it is encrypted, so that they say little."""

    content: int
    encrypted: bool


def check_size(data: bytes) -> None:
    """Refuse a file that is too long to be looked at."""
    if len(data) > LARGEST:
        raise refused("文件超过 64 MB", "The file has more than 64 MB")


def is_encrypted(data: bytes) -> bool:
    """Does it say that it is encrypted?"""
    return _ENCRYPTED.search(data) is not None


def weigh(data: bytes) -> Weight:
    """Inflate every stream within bounds, before a library does so without. Raises ReadError.

    A stream that does not inflate to its end is damage, of which the libraries would silently keep the first part.
    """
    encrypted = is_encrypted(data)
    _check_end(data)
    scale = Scale(strict=not encrypted)
    texts = [data]
    images: list[Stream] = []
    contents: list[Content] = []
    for stream in streams(data):
        if stream.is_image:
            images.append(stream)
            continue
        text = scale.weigh(data, stream)
        if stream.holds_objects:
            texts.append(text)
        elif not stream.is_font:
            contents.append(Content(stream.number, stream.head, text))
    pages = _pages(texts)
    for image in images:
        # What is called an image, but drawn as a page's content, is weighed as that.
        if image.number in pages:
            scale.weigh(data, image._replace(head=b""))
    again = sum((pages[each.number] - 1) * len(each.text) for each in contents if each.number in pages)
    if again + weight_when_drawn(contents, texts, UNPACKED) > UNPACKED:
        raise refused("同一图形画得过多", "It draws the same things too often")
    return Weight(scale.content, encrypted)


def _check_end(data: bytes) -> None:
    end = data.rfind(b"%%EOF")
    if end < 0 or data.find(b" obj", end) >= 0:
        raise broken("文件不完整（被截断）", "The file is cut short")


def _pages(texts: list[bytes]) -> Counter[bytes]:
    """The numbers of the objects that pages draw, and how often."""
    return Counter(each for text in texts for array in _CONTENTS.findall(text) for each in _REFERENCE.findall(array))
