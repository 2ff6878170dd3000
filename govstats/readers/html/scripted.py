"""A page's bytes → the same with a mark where only a script, when it runs, writes what is seen."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govstats.readers.html.elements import changed
from govstats.readers.html.written import Written
from govstats.text.unseen import THING

_THING = THING.encode()
_WRITES = b"document.write"
_FILLERS = (b"getElementById", b"querySelector", b"$(", b"ng-bind", b"data-bind", b"x-text", b"th:text")
_FILLS = (re.compile(rb"v-(?<!\wv-)"), re.compile(rb"new(?<!\wnew)\s+Vue"))
"""What pages say that fill their cells by script."""
_ID = re.compile(rb"id(?<=\sid)\s*=")
_LONGEST = 320
"""Bytes from the beginning of such an element to its id."""
_BLANK_WITH_ID = re.compile(
    rb"""(<(?:(?:t[dh]|span|div|p|b|em|i|font|a|strong|label)\b|input\b(?![^<>]*\svalue\s*=))[^<>]{0,300}?\sid\s*=\s*["']?([\w:.-]+)"""
    rb"""[^<>]{0,300}>)(?=(?:\s|&nbsp;)*</)""",
    re.IGNORECASE,
)
_BOUND = re.compile(
    rb"""<(?:t[dh]|span|div|p|b|em|i|font|a|strong|label)\b[^<>]{0,300}?\s(?:v-text|v-html|ng-bind|ng-bind-html|data-bind|x-text|th:text)"""
    rb"""\s*=[^<>]{0,300}>(?=(?:\s|&nbsp;)*</)""",
    re.IGNORECASE,
)
_SCRIPT = b"<script"
_CELL_OPENS = re.compile(rb"<t[dh](?:\s[^<>]*)?>\s*$", re.IGNORECASE)
_CELL_ENDS = re.compile(rb"<script\b[^<>]*>\s*[^<\s][^<]*</script>(?=\s*</t[dh]\b)", re.IGNORECASE)
_FINDERS = (b"$('.", b'$(".', b"querySelector", b"getElementsByClassName", b"jQuery(")
_WRITTEN_INTO = re.compile(
    rb"""(?:(?:\$|jQuery|querySelector(?:All)?)\(\s*["'`][^"'`<>]{0,80}?\.|getElementsByClassName\(\s*["'`])([\w-]+)["'`]\s*\)"""
    rb"""[^;<]{0,80}?\.(?:text|html|append|val|textContent|innerHTML|innerText)\b"""
)
_OF_CLASS = re.compile(
    rb"""<(?:t[dh]|span|div|p|b|em|i|font|a|strong|label)\s(?:[^<>]*\s)?class\s*=\s*["']?(?:[^"'<>]*\s)?""",
    re.IGNORECASE,
)
_BLANK = re.compile(rb"""(?=["'\s>])[^<>]{0,300}>(?=(?:\s|&nbsp;)*</)""")
"""The rest of the opening tag of a blank element, behind one of its classes."""
_FEW = 9
_QUOTED = re.compile(rb"""["'`]#?([\w:.-]+)["'`]""")


def with_things(page: Written) -> Written:
    """A mark stands before each script that writes, and in each blank element that a script of the page names."""
    if _WRITES in page.source:
        page = Written(changed(page.source, b"script", _marked))
    page = _with_cells(_with_classes(page))
    source = page.source
    if not (any(filler in source for filler in _FILLERS) or any(said.search(source) for said in _FILLS)):
        return page
    blanks = list(_blanks(page))
    if not blanks or (len(blanks) < _FEW and all(source.count(blank[2]) == 1 for blank in blanks)):
        return page
    named = _quoted(source, {blank[2] for blank in blanks})
    parts, at = [], 0
    for blank in blanks:
        if blank[2] in named:
            parts += [source[at : blank.end()], _THING]
            at = blank.end()
    return Written(b"".join([*parts, source[at:]])) if parts else page


def _with_cells(page: Written) -> Written:
    """A mark in each cell that holds nothing but a script."""
    source, parts, done = page.source, list[bytes](), 0
    for at in page.rare:
        if source[at : at + 7].lower() == _SCRIPT and _CELL_OPENS.search(source[max(0, at - _LONGEST) : at]):
            ended = _CELL_ENDS.match(source, at)
            if ended:
                parts += [source[done : ended.end()], _THING]
                done = ended.end()
    return Written(b"".join([*parts, source[done:]])) if parts else page


def _with_classes(page: Written) -> Written:
    """A mark in each blank element of a class that a script writes into."""
    if not any(finder in page.source for finder in _FINDERS):
        return page
    classes = set(_WRITTEN_INTO.findall(page.source))
    if not classes:
        return page
    parts, done = list[bytes](), 0
    for said in re.finditer(b"|".join(map(re.escape, sorted(classes))), page.source):
        ended = _BLANK.match(page.source, said.end())
        begin = page.source.rfind(b"<", done, said.start()) if ended else -1
        if ended and begin >= 0 and _OF_CLASS.fullmatch(page.source, begin, said.start()):
            parts += [page.source[done : ended.end()], _THING]
            done = ended.end()
    return Written(b"".join([*parts, page.source[done:]])) if parts else page


def with_bound(page: Written) -> Written:
    """A mark stands in each element that a framework fills, its script being there or not."""
    return Written(_BOUND.sub(lambda element: element[0] + _THING, page.source))


def _blanks(page: Written) -> Iterator[re.Match[bytes]]:
    """The blank elements with an id, each found by it: ids are few, elements are many."""
    source, behind = page.source, 0
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
