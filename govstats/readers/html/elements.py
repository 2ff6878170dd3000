"""The bytes of a page → the same with its elements of one name changed; in time that grows with the page alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

Change = Callable[[bytes, bytes, bytes], bytes]
"""Opening tag, what is inside, closing tag → what stands for them."""


def changed(source: bytes, name: bytes, change: Change) -> bytes:
    """The page with each element of this name changed, from its opening tag to the first that closes one.

    One without an end stays, and so does what is behind it: nothing behind it ends.
    """
    tags = _tags(name)
    lowered = source.lower()
    parts: list[bytes] = []
    at = 0
    while (opened := _next(tags.opens, tags.opening, source, lowered, at)) and (
        ended := _next(tags.ends, tags.ending, source, lowered, opened.end())
    ):
        parts += [source[at : opened.start()], change(opened[0], source[opened.end() : ended.start()], ended[0])]
        at = ended.end()
    return b"".join([*parts, source[at:]]) if parts else source


class _Tags(NamedTuple):
    """How the tags of an element begin, and how they are written."""

    opening: bytes
    opens: re.Pattern[bytes]
    ending: bytes
    ends: re.Pattern[bytes]


@cache
def _tags(name: bytes) -> _Tags:
    opens = rb"""<""" + name + rb"""(?=[\s/>])(?:[^<>"']++|"[^"]*+"|'[^']*+'|["'])*+>"""
    ends = b"</" + name + rb"(?=[\s/>])[^<>]*>"
    return _Tags(b"<" + name, re.compile(opens, re.IGNORECASE), b"</" + name, re.compile(ends, re.IGNORECASE))


def _next(pattern: re.Pattern[bytes], begins: bytes, source: bytes, lowered: bytes, at: int) -> re.Match[bytes] | None:
    """Where a pattern matches next: only where its beginning is, which is found at once."""
    at = lowered.find(begins, at)
    while at >= 0:
        match = pattern.match(source, at)
        if match:
            return match
        at = lowered.find(begins, at + 1)
    return None
