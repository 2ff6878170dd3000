"""A page's bytes → the page that people see where it is kept inside another: escaped, in a frame, in a template."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from html import unescape
from urllib.parse import unquote_to_bytes

from govstats.readers._charset import as_utf8
from govstats.readers.html.elements import changed
from govstats.readers.html.scripted import with_things
from govstats.readers.html.written import Written
from govstats.text.unseen import THING

_ESCAPED = re.compile(rb"""<t[dr]\b[^<>]*=\\+["']|<\\/t[dr]>""", re.IGNORECASE)
_ESCAPES = ((rb"\r", b""), (rb"\n", b"\n"), (rb"\t", b" "), (rb"\"", b'"'), (rb"\'", b"'"), (rb"\/", b"/"))
_HOLE = re.compile(rb"\0{8,}")
"""Where a broken transfer lost a part of the file: what stands behind it does not continue the row before it."""
_FRAME = re.compile(
    rb"""<iframe\b(?:[^<>"']|"[^"]*+"|'[^']*+')*?\ssrcdoc\s*=\s*(?:"([^"]*)"|'([^']*)')[^<>]*>""", re.IGNORECASE
)
_DATA_FRAME = re.compile(
    rb"""<(?:iframe|embed|object)\b(?:[^<>"']|"[^"]*+"|'[^']*+')*?\s(?:src|data)\s*=\s*"""
    rb"""(?:"\s*(?P<one>data:text/html[^"]*)"|'\s*(?P<two>data:text/html[^']*)')[^<>]*>""",
    re.IGNORECASE,
)
_BY_CODE = re.compile(rb"\\(?:u[\da-f]{4}|x3c)", re.IGNORECASE)
_CODE = re.compile(r"\\u([0-9a-fA-F]{4})|\\x([0-9a-fA-F]{2})")
_BY_ENTITY = re.compile(rb"&(?:amp;)*(?:lt|#0*60|#x0*3c);\s*/?\s*t[dr]\b", re.IGNORECASE)
_TABLE = re.compile(rb"<t[dr]\b", re.IGNORECASE)
_NO_CODE = re.compile(
    rb"""\stype\s*=\s*["']?(?!(?:text|application)/(?:x-)?(?:java|ecma)script|module)[\w./+-]*""", re.IGNORECASE
)
"""A script of a kind that browsers do not run: what it holds is a template."""
_FIGURE = re.compile(rb"""<t[dh]\b[^<>]{0,300}>\s*\d+\s*<""", re.IGNORECASE)
_DATA_PAGE = b"data:text/html"
_HELD = re.compile(
    rb"""\s(?:data-[\w-]+|value|content)\s*=\s*(?:"([^"<>]*+)"|'([^'<>]*+)')""",
    re.IGNORECASE,
)
"""An attribute that may hold a page."""
_HELD_CELL = re.compile(rb"&lt;t[dr]\b", re.IGNORECASE)
_BY_PERCENT = re.compile(rb"%3Ct[dr]\b", re.IGNORECASE)
_SHADOW = b"shadowrootmode"
"""A template with it is shown at once."""
_ICON = b"</i>"
_ICONS = re.compile(
    rb"""<t[dh]\b[^<>]*>\s*(?:<(?:p|div|span)\b[^<>]*>\s*)*(?:<i\s[^<>]*\bclass\s*=[^<>]*>\s*</i>\s*)+"""
    rb"(?=(?:</(?:p|div|span)>\s*)*</t[dh]>)",
    re.IGNORECASE,
)
"""A cell of nothing but elements of the kind that fonts of pictures are shown in."""
_CLASS = re.compile(rb"""\bclass\s*=\s*["']?([^"'<>]*)""", re.IGNORECASE)
_FEWEST = 6
_DEEPEST = 4


def prepared(source: bytes) -> Written:
    """The page with the frames that it carries in themselves, without escapes if all of it is a string of a script, and
    with a mark where its scripts write, if it has any."""
    page = Written(source)
    if page.has(b"<iframe") or _DATA_PAGE in source:
        source = _with_frames(source)
    if b"\\" in source and _ESCAPED.search(source):
        source = _unescaped(source)
    if b"\0" in source:
        source = _HOLE.sub(b"</table>", source)
    is_new = source is not page.source
    if (is_new or page.has(b"<template")) and _SHADOW in source:
        source = changed(source, b"template", lambda opened, inside, _: inside if _SHADOW in opened.lower() else b"")
    if (is_new or page.has_icons) and _ICON in source:
        source = _ICONS.sub(partial(_with_thing, source), source)
    page = page if source == page.source else Written(source)
    return with_things(page) if page.has(b"<script") else page


def _with_thing(source: bytes, icons: re.Match[bytes]) -> bytes:
    """A mark behind the icons, unless the page's own style says what is written in one (`.n3::before`)."""
    names = b" ".join(_CLASS.findall(icons[0])).split()
    told = any(b"." + name + b":" in source for name in names)
    return icons[0] if told else icons[0] + THING.encode()


def _with_frames(source: bytes) -> bytes:
    """Frames may hold frames."""
    for _ in range(_DEEPEST):
        shown = _DATA_FRAME.sub(_of_data, _FRAME.sub(_of_frame, source))
        if shown == source:
            break
        source = shown
    return source


def _of_frame(frame: re.Match[bytes]) -> bytes:
    return unescape((frame[1] or frame[2] or b"").decode("utf-8", "replace")).encode("utf-8", "replace")


def _of_data(frame: re.Match[bytes]) -> bytes:
    """The page that the address of a frame is: in base 64, or with its signs as numbers."""
    address = unescape((frame["one"] or frame["two"]).decode("utf-8", "replace"))
    kind, _, page = address.partition(",")
    plain = unquote_to_bytes(page)
    with suppress(ValueError):
        plain = b64decode(plain) if kind.lower().replace(" ", "").endswith(";base64") else plain
    return as_utf8(plain)[0]


def unwrapped(source: bytes) -> bytes | None:
    """For a page that shows no table: the page with the tables that it keeps for scripts, escapes or wraps; None if
    it keeps none."""
    for way in _WAYS:
        inner = way(source)
        if inner != source and _TABLE.search(inner):
            return inner
    return None


def _unescaped(source: bytes) -> bytes:
    """A page kept as a string of a script: every quote, slash and line end escaped."""
    for escaped, plain in _ESCAPES:
        source = source.replace(escaped, plain)
    return source


def _opened(source: bytes) -> bytes:
    """What stands in `noscript`, `template`, `textarea` and in scripts that are none, as part of the page."""
    for name in (b"noscript", b"template", b"textarea", b"xmp", b"noframes"):
        source = changed(source, name, _shown)
    return changed(source, b"script", _as_page)


def _shown(_: bytes, inside: bytes, __: bytes) -> bytes:
    plain = inside if _TABLE.search(inside) else _from_entities(inside)
    return plain if _TABLE.search(plain) else b""


def _taken_out(source: bytes) -> bytes:
    """What attributes hold, for scripts to show it, behind the page."""
    if not _HELD_CELL.search(source):
        return source
    held: list[bytes] = []

    def take(match: re.Match[bytes]) -> bytes:
        if not _HELD_CELL.search(match[0]):
            return match[0]
        held.append(_from_entities(match[1] or match[2]))
        return b""

    rest = _HELD.sub(take, source)
    return b"\n".join([rest, *held])


def _as_page(opened: bytes, inside: bytes, ended: bytes) -> bytes:
    """A script that is none, or one whose strings hold a table with its figures."""
    if _NO_CODE.search(opened) and _TABLE.search(inside):
        return inside
    plain = _from_codes(inside) if _BY_CODE.search(inside) else inside
    plain = unquote_to_bytes(plain) if _BY_PERCENT.search(plain) else plain
    return _unescaped(plain) if len(_FIGURE.findall(plain)) >= _FEWEST else opened + inside + ended


def _from_codes(source: bytes) -> bytes:
    """Brackets that a script writes by number: `\\u003ctd\\u003e`."""
    text = _CODE.sub(lambda code: chr(int(code[1] or code[2], 16)), source.decode("utf-8", "replace"))
    return text.encode("utf-8", "replace")


def _from_entities(source: bytes) -> bytes:
    """Markup that was escaped, once or more."""
    for _ in range(_DEEPEST):
        if not _BY_ENTITY.search(source):
            break
        source = unescape(source.decode("utf-8", "replace")).encode("utf-8", "replace")
    return source


_WAYS: tuple[Callable[[bytes], bytes], ...] = (_opened, _taken_out, _from_entities)
