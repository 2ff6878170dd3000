"""bytes → (str, charset): which of the charsets in use on government sites a document is written in."""

from __future__ import annotations

import re
from codecs import getincrementaldecoder

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_WIDE = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
"""Charsets of two or four bytes a character, by which an ASCII character holds bytes that are 0."""
_HEAD = 4096
_FEWEST_ASCII = 64
"""So many characters of ASCII in a row, each with its zeros, are no accident."""
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffd]")
_DECLARED = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_-]+)""", re.IGNORECASE)
_SUPERSETS = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "big5": "big5hkscs"}
_NO_CHARSETS = {"punycode", "idna", "unicode_escape", "raw_unicode_escape", "undefined"}
"""Codecs of Python that no page is written in; some take minutes over one."""
_HZ = b"~{"
"""Opens a run of characters in HZ, which is ASCII all over."""
_FREQUENT = "的政府信息公年度行本机機关關开開申請请报報告情况況"
"""Characters that any report holds many of: in the wrong charset they turn into rare ones."""


def decode(data: bytes) -> tuple[str, str]:
    """The text and the charset it was read as. Bytes that fit no charset become U+FFFD, they never vanish.

    Order: byte order mark; two or four bytes a character; HZ; strict UTF-8; the declared charset if it fits strictly
    and gives words of a report; then whichever of the declared charset, GB18030, Big5 and UTF-8 gives the most of its
    frequent characters.
    """
    for mark, charset in _BOMS:
        if data.startswith(mark):
            return data.decode(charset, "replace"), charset
    unmarked = wide(data) or _seven_bit(data)
    if unmarked:
        return data.decode(unmarked, "replace"), unmarked
    text = _strictly(data, "utf-8")
    if text is not None:
        return text, "utf-8"
    declared = _declared(data)
    text = _strictly(data, declared)
    if text is not None and _FREQUENT[:2] in text:
        return text, declared
    decoded = {charset: _leniently(data, charset) for charset in (declared, "gb18030", "big5hkscs", "utf-8")}
    best = max(decoded, key=lambda charset: _score(decoded[charset]))
    return decoded[best], best


def as_utf8(data: bytes) -> tuple[bytes, str]:
    """The text that `decode` finds, in UTF-8, and the charset it was read as. Bytes that are strictly UTF-8 stay."""
    text, charset = decode(data)
    if charset == "utf-8" and "\ufffd" not in text:
        return data, charset
    return text.encode("utf-8", "replace"), charset


def is_marked(head: bytes) -> bool:
    """Does a byte order mark, or the way its zeros lie, tell that this is text of two or four bytes a character?"""
    return any(head.startswith(mark) for mark, _ in _BOMS[1:]) or wide(head) is not None


def wide(data: bytes) -> str | None:
    """UTF-16 or UTF-32 without a byte order mark, told by words of a report and by the zeros of its digits and line
    ends; else None. A page with a hole of zeros is neither."""
    if b"\0" not in data[:_HEAD]:
        return None
    return next((charset for charset in _WIDE if _is_wide(data[:_HEAD], charset)), None)


def _is_wide(head: bytes, charset: str) -> bool:
    try:
        text = getincrementaldecoder(charset)().decode(head)
    except UnicodeError:
        return False
    return _CONTROL.search(text) is None and (_score(text) > 0 or (text.isascii() and len(text) >= _FEWEST_ASCII))


def _seven_bit(data: bytes) -> str | None:
    """HZ, if there are words of a report in it."""
    if not data.isascii() or _HZ not in data:
        return None
    return "hz" if _score(_leniently(data, "hz")) > 0 else None


def _score(text: str) -> int:
    return sum(map(text.count, _FREQUENT)) - text.count("\ufffd")


def _declared(data: bytes) -> str:
    match = _DECLARED.search(data[:_HEAD])
    return codec(match[1].decode("ascii") if match else "")


def codec(name: str) -> str:
    """The codec that reads what is declared to be in a charset."""
    name = name.lower()
    return "gb18030" if name.replace("-", "_") in _NO_CHARSETS else _SUPERSETS.get(name, name or "gb18030")


def _strictly(data: bytes, charset: str) -> str | None:
    try:
        return data.decode(charset)
    except (UnicodeError, LookupError, ValueError):
        return None


def _leniently(data: bytes, charset: str) -> str:
    try:
        return data.decode(charset, "replace")
    except (UnicodeError, LookupError, ValueError):
        return ""
