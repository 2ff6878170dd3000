"""Raw bytes of a PDF → the weight of its content, before any library opens it. Raises ReadError."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Set
from typing import NamedTuple

from govstats.readers._limits import LARGEST, UNPACKED
from govstats.readers.pdf.calls import Content, weight_when_drawn
from govstats.readers.pdf.kids import nodes_when_walked
from govstats.readers.pdf.refusals import broken, refused
from govstats.readers.pdf.scale import Scale
from govstats.readers.pdf.streams import Stream, streams
from govstats.readers.pdf.traits import Traits, traits_of

_MOST_NODES = 100_000
_ENCRYPTED = re.compile(rb"/Encrypt\b")
_CONTENTS = re.compile(rb"/Contents\s*(?:\[|(\d+\s+\d+\s+R))")
_REFERENCE = re.compile(rb"(\d+)\s+\d+\s+R")
_OBJECT = re.compile(rb"(?<!\d)(\d{1,10})\s{1,3}\d{1,5}\s{1,3}obj\b")
_NUMBERS = re.compile(rb"\s*(?:\d+\s+\d+\s+)+")
_VERTICAL = re.compile(rb"/Encoding\s*/[\w-]*-V\b|/WMode\s+1\b")
"""How it is said that letters stand one below the other."""


class Weight(NamedTuple):
    """Bytes of content, inflated; whether the document is encrypted, so that they say little; whether it has vertical
    type; what else it has that most have not."""

    content: int
    encrypted: bool
    vertical: bool
    traits: Traits


def check_size(data: bytes) -> None:
    """Refuse a file that is too long to be looked at."""
    if len(data) > LARGEST:
        raise refused("文件超过 64 MB", "The file has more than 64 MB")


def is_encrypted(data: bytes) -> bool:
    """Does it say that it is encrypted?"""
    return _ENCRYPTED.search(data) is not None


def weigh(data: bytes) -> Weight:
    """Inflate every stream within bounds, before a library does so without. Raises ReadError.

    What is drawn and does not inflate to its end is damage, of which the libraries would silently keep the first part.
    """
    encrypted = is_encrypted(data)
    scale = Scale(data)
    texts = [data]
    images: list[Stream] = []
    contents: list[Content] = []
    damaged: list[Stream] = []
    for stream in streams(data):
        if stream.is_image:
            images.append(stream)
            continue
        text, whole = scale.weigh(stream)
        if not whole:
            damaged.append(stream)
        if stream.holds_objects:
            texts.append(text)
        elif not stream.is_font:
            contents.append(Content(stream.number, stream.head, text))
    if nodes_when_walked(data, texts[1:], _MOST_NODES) > _MOST_NODES:
        raise refused("页面或表单域嵌套过多", "Its pages or form fields are nested too often")
    pages = _pages(texts)
    lacking = pages.keys() - {*(each.number for each in contents), *(each.number for each in images)}
    # Encrypted, it cannot be told.
    if not encrypted:
        if any(not each.is_beside or each.number in pages for each in damaged):
            raise broken("其中的数据流已损坏", "One of its streams is damaged")
        if lacking and lacking - _defined(texts):
            raise broken("有页面的内容丢失", "The content of one of its pages is lost")
    _check_end(data, lacking)
    for image in images:
        # What is called an image, but drawn as a page's content, is weighed as that.
        if image.number in pages:
            scale.weigh(image._replace(head=b""))
    again = sum((pages[each.number] - 1) * len(each.text) for each in contents if each.number in pages)
    if again + weight_when_drawn(contents, texts, UNPACKED) > UNPACKED:
        raise refused("同一图形画得过多", "It draws the same things too often")
    is_vertical = any(_VERTICAL.search(text) for text in _heads(texts, contents))
    return Weight(scale.content, encrypted, is_vertical, traits_of(texts, scale.content))


def _heads(texts: list[bytes], contents: list[Content]) -> Iterator[bytes]:
    """Where dictionaries of typefaces, and maps of characters, may stand."""
    yield from texts
    yield from (each.text for each in contents if b"begincmap" in each.text)


def _defined(texts: list[bytes]) -> set[bytes]:
    """The numbers of all objects: those of the file itself, and of its streams of objects, which begin with theirs."""
    plain, *packed = texts
    heads = filter(None, map(_NUMBERS.match, packed))
    return {*_OBJECT.findall(plain), *(number for head in heads for number in head[0].split()[::2])}


def _check_end(data: bytes, lacking: Set[bytes]) -> None:
    """Is the file there to its end? One that never had the mark of it is whole if nothing is half or lacking."""
    end = data.rfind(b"%%EOF")
    if end >= 0 and data.find(b" obj", end) < 0:
        return
    tail = data[data.rfind(b"endobj") :]
    if end >= 0 or b" obj" in tail or not tail.startswith(b"endobj") or lacking:
        raise broken("文件不完整（被截断）", "The file is cut short")


def _pages(texts: list[bytes]) -> Counter[bytes]:
    """The numbers of the objects that pages draw, and how often."""
    return Counter(number for text in texts for number in _drawn(text))


def _drawn(text: bytes) -> Iterator[bytes]:
    """The numbers behind each /Contents; a list without end is none, and looked through once."""
    at, closed = 0, True
    while match := _CONTENTS.search(text, at):
        at = match.end()
        if match[1]:
            yield from _REFERENCE.findall(match[1])
        elif closed:
            end = text.find(b"]", at)
            closed = end >= 0
            if closed:
                yield from _REFERENCE.findall(text, at, end)
                at = end
