"""The bytes of a page → the same with its elements of one name changed; in time that grows with the page alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

Change = Callable[[bytes, bytes, bytes], bytes]
"""Opening tag, what is inside, closing tag → what stands for them."""


def changed(source: bytes, name: bytes, change: Change) -> bytes:
    """The page with each element of this name changed, from its opening tag to the first that closes one.

    One without an end stays, and so does what is behind it: nothing behind it ends.
    """
    opens, ends = _tags(name)
    parts: list[bytes] = []
    at = 0
    while (opened := opens.search(source, at)) and (ended := ends.search(source, opened.end())):
        parts += [source[at : opened.start()], change(opened[0], source[opened.end() : ended.start()], ended[0])]
        at = ended.end()
    return b"".join([*parts, source[at:]]) if parts else source


@cache
def _tags(name: bytes) -> tuple[re.Pattern[bytes], re.Pattern[bytes]]:
    opens = rb"""<""" + name + rb"""(?=[\s/>])(?:[^<>"']++|"[^"]*+"|'[^']*+'|["'])*+>"""
    return re.compile(opens, re.IGNORECASE), re.compile(b"</" + name + rb"(?=[\s/>])[^<>]*>", re.IGNORECASE)
