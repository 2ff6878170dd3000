"""A page's bytes → the same with a mark where only a script, when it runs, writes what is seen."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govstats.readers.html.elements import changed
from govstats.text.unseen import THING

_THING = THING.encode()
_SCRIPT, _WRITES = b"<script", b"document.write"
_FILLERS = (b"getElementById", b"querySelector", b"$(", b"ng-bind", b"data-bind", b"x-text", b"th:text")
_FILLS = (re.compile(rb"v-(?<!\wv-)"), re.compile(rb"new(?<!\wnew)\s+Vue"))
"""What pages say that fill their cells by script."""
_ID = re.compile(rb"id(?<=\sid)\s*=")
_LONGEST = 320
"""Bytes from the beginning of such an element to its id."""
_BLANK_WITH_ID = re.compile(
    rb"""(<(?:t[dh]|span|div|p|b|em|i|font|a|strong|label)\b[^<>]{0,300}?\sid\s*=\s*["']?([\w:.-]+)[^<>]{0,300}>)(?=(?:\s|&nbsp;)*</)""",
    re.IGNORECASE,
)
_BOUND = re.compile(
    rb"""<(?:t[dh]|span|div|p|b|em|i|font|a|strong|label)\b[^<>]{0,300}?\s(?:v-text|v-html|ng-bind|ng-bind-html|data-bind|x-text|th:text)"""
    rb"""\s*=[^<>]{0,300}>(?=(?:\s|&nbsp;)*</)""",
    re.IGNORECASE,
)
_BINDINGS = (b"-text", b"-html", b"-bind", b":text")
"""One of these is in the name of each of them."""
_FEW = 9
_QUOTED = re.compile(rb"""["'`]#?([\w:.-]+)["'`]""")


def with_things(source: bytes) -> bytes:
    """A mark stands before each script that writes, and in each blank element that a script of the page names."""
    if _WRITES in source:
        source = changed(source, b"script", _marked)
    if not (any(filler in source for filler in _FILLERS) or any(said.search(source) for said in _FILLS)):
        return source
    lowered = source.lower()
    if any(binding in lowered for binding in _BINDINGS):
        source = with_bound(source)
    blanks = list(_blanks(source))
    if len(blanks) < _FEW and all(source.count(blank[2]) == 1 for blank in blanks):
        return source
    named = _quoted(source, {blank[2] for blank in blanks}) if blanks else set()
    parts, at = [], 0
    for blank in blanks:
        if blank[2] in named:
            parts += [source[at : blank.end()], _THING]
            at = blank.end()
    return b"".join([*parts, source[at:]]) if parts else source


def has_script(source: bytes) -> bool:
    """Is there a script, as it is written nearly everywhere?"""
    return _SCRIPT in source


def with_bound(source: bytes) -> bytes:
    """A mark stands in each element that a framework fills, its script being there or not."""
    return _BOUND.sub(lambda element: element[0] + _THING, source)


def _blanks(source: bytes) -> Iterator[re.Match[bytes]]:
    """The blank elements with an id, each found by it: ids are few, elements are many."""
    behind = 0
    for said in _ID.finditer(source.lower()):
        begin = source.rfind(b"<", max(behind, said.start() - _LONGEST), said.start())
        blank = _BLANK_WITH_ID.match(source, begin) if begin >= 0 else None
        if blank:
            yield blank
            behind = blank.end()


def _marked(opened: bytes, inside: bytes, ended: bytes) -> bytes:
    return _THING * (_WRITES in inside) + opened + inside + ended


def _quoted(source: bytes, ids: set[bytes]) -> set[bytes]:
    """The words that scripts put in quotes, with or without the sign of an id; of scripts that have any of these."""
    words: set[bytes] = set()

    def note(opened: bytes, inside: bytes, ended: bytes) -> bytes:
        if any(each in inside for each in ids):
            words.update(_QUOTED.findall(inside))
        return b""

    changed(source, b"script", note)
    return words
