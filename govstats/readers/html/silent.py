"""A page's bytes → the same with its comments, scripts and styles emptied: they show nothing, and hold most of the
brackets that are no tags."""

from __future__ import annotations

import re

from govstats.readers.html.written import Written

_OPENS = re.compile(
    rb"<(?:!--|s(cript|tyle|elect)(?=[\s/>])|svg(?=[\s/>])|math(?=[\s/>])|plaintext(?=[\s/>])|frameset(?=[\s/>])"
    rb"|t(itle|extarea)(?=[\s/>])[^<>]*>(?![^<]*</t\2[\s>])|xmp(?=[\s/>])[^<>]*>(?![^<]*</xmp[\s>])"
    rb"|iframe(?=[\s/>])[^<>]*>(?![^<]*</iframe[\s>])|no(embed|frames)(?=[\s/>])[^<>]*>(?![^<]*</no\3[\s>]))",
    re.IGNORECASE,
)
"""A comment, a script, a style; or something in or behind which their signs may mean something else: images and
formulas of their own rules, elements whose text has a bracket."""
_STARTED = re.compile(rb"""(?:[^<>"']|"[^"<>]*"|'[^'<>]*')*+>""")
_SCRIPT = re.compile(b"<script", re.IGNORECASE)
_SILENT = {name: re.compile(b"</" + name + rb"(?=[\s/>])", re.IGNORECASE) for name in (b"script", b"style")}
"""Element → its end."""
_SILENT_IN_SELECT = {b"script": _SILENT[b"script"]}
"""Browsers disagree whether a list of choices may hold a style."""
_COMMENT, _END_OF_COMMENT = b"<!--", re.compile(rb"--!?>")
_AT_ONCE = (b">", b"->")
"""`<!-->` and `<!--->` are whole comments."""


def without_silent(page: Written) -> bytes | None:
    """The page with nothing in its comments, scripts and styles; None where one does not end, or may be none."""
    source = page.source
    parts: list[bytes] = []
    at = done = 0
    silent = _SILENT
    for begin in page.rare:
        opened = _OPENS.match(source, begin) if begin >= at else None
        if opened is None:
            continue
        at = opened.end()
        name = b"s" + opened[1].lower() if opened[1] else b""
        if name == b"select":
            silent = _SILENT_IN_SELECT
            continue
        inside = _in_comment(source, at) if opened[0] == _COMMENT else _in_element(source, at, silent.get(name))
        if inside is None:
            return None
        shown, at = inside
        parts.append(source[done:shown])
        done = at
    return b"".join([*parts, source[done:]]) if parts else source


def _in_comment(source: bytes, begin: int) -> tuple[int, int] | None:
    """Where what shows nothing begins and ends; None if nobody can tell."""
    if source.startswith(_AT_ONCE, begin):
        return begin, begin
    ended = _END_OF_COMMENT.search(source, begin)
    return None if ended is None else (begin, ended.start())


def _in_element(source: bytes, begin: int, end: re.Pattern[bytes] | None) -> tuple[int, int] | None:
    started = _STARTED.match(source, begin)
    ended = end.search(source, started.end()) if started and end else None
    if started is None or ended is None:
        return None
    text = source[started.end() : ended.start()]
    return None if _COMMENT in text and _SCRIPT.search(text) else (started.end(), ended.start())
