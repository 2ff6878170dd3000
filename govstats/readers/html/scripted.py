"""A page's bytes → the same with a mark where only a script, when it runs, writes what is seen."""

from __future__ import annotations

import re

from govstats.readers.html.elements import changed
from govstats.text.unseen import THING

_THING = THING.encode()
_WRITES = b"document.write"
_FILLS = re.compile(rb"getElementById|querySelector|\$\(|\bv-|ng-bind|data-bind|x-text|th:text|\bnew\s+Vue")
"""What pages say that fill their cells by script."""
_BLANK_WITH_ID = re.compile(
    rb"""(<(?:t[dh]|span|div|p|b|em|i|font|a|strong|label)\b[^<>]{0,300}?\sid\s*=\s*["']?([\w:.-]+)[^<>]{0,300}>)(?=(?:\s|&nbsp;)*</)""",
    re.IGNORECASE,
)
_BOUND = re.compile(
    rb"""<(?:t[dh]|span|div|p|b|em|i|font|a|strong|label)\b[^<>]{0,300}?\s(?:v-text|v-html|ng-bind|ng-bind-html|data-bind|x-text|th:text)"""
    rb"""\s*=[^<>]{0,300}>(?=(?:\s|&nbsp;)*</)""",
    re.IGNORECASE,
)
_QUOTED = re.compile(rb"""["'`]#?([\w:.-]+)["'`]""")


def with_things(source: bytes) -> bytes:
    """A mark stands before each script that writes, and in each blank element that a script of the page names."""
    if _WRITES in source:
        source = changed(source, b"script", _marked)
    if _FILLS.search(source) is None:
        return source
    source = _BOUND.sub(lambda element: element[0] + _THING, source)
    blanks = {blank[2] for blank in _BLANK_WITH_ID.finditer(source)}
    if not blanks:
        return source
    named = blanks & _quoted(source)
    return _BLANK_WITH_ID.sub(lambda blank: blank[1] + _THING * (blank[2] in named), source) if named else source


def _marked(opened: bytes, inside: bytes, ended: bytes) -> bytes:
    return _THING * (_WRITES in inside) + opened + inside + ended


def _quoted(source: bytes) -> set[bytes]:
    """The words that scripts put in quotes, with or without the sign of an id."""
    words: set[bytes] = set()

    def note(opened: bytes, inside: bytes, ended: bytes) -> bytes:
        words.update(_QUOTED.findall(inside))
        return b""

    changed(source, b"script", note)
    return words
