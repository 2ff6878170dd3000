"""A mail (.eml) with reports attached → its attachments, and what it says itself where that is a report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import collapse_rfc2231_value

from govstats.errors import ReadError
from govstats.readers._charset import codec
from govstats.sources.unnamed import is_report

_HEADER = re.compile(rb"^(?:from|to|subject|date|mime-version|received|return-path):", re.IGNORECASE | re.MULTILINE)
_EMPTY_LINE = re.compile(rb"\r?\n\r?\n")
_ATTACHED = re.compile(rb"\b(?:file)?name\*?(?:\d\*?)?=|message/rfc822", re.IGNORECASE)
_MAIL = "message/rfc822"
_ENDINGS = {"text/html": ".html", _MAIL: ".eml"}
_BOUNDARY = re.compile(rb"\bboundary\s?=", re.IGNORECASE)
_MOST_NESTED, _MOST_ASKED = 300, 50_000_000
"""Parts that hold parts, at most, wherever they are: the parser goes down into each, and asks each line about all."""


def is_mail(data: bytes) -> bool:
    """Does it begin with the headers of a mail, and has it anything attached?"""
    head = _EMPTY_LINE.split(data[:65_536].lstrip(), maxsplit=1)[0]
    if head.startswith((b"<", b"{", b"PK", b"%PDF")) or len(_HEADER.findall(head)) < 2:
        return False
    return _ATTACHED.search(data) is not None and any(_is_attached(part) for part in _parts(data))


def members(data: bytes) -> Iterator[tuple[str, bytes | ReadError]]:
    """Its attachments by name, also those of the mails in it; those without one, and what is written in it, by
    number."""
    for number, part in enumerate(_parts(data), 1):
        if _is_attached(part):
            name = _name(part) or f"{number}{_ENDINGS.get(part.get_content_type(), '')}"
            yield name, _content(part)
        elif part.get_content_type() == "text/html" and not _filename(part) and is_report("", _content(part)):
            yield f"{number}.html", _content(part)


def _parts(data: bytes) -> list[Message]:
    """All parts in their order. A mail in the mail is one where it has nothing attached, else its parts are."""
    nested = data.count(b"message/rfc822") + len(_BOUNDARY.findall(data))
    if nested > _MOST_NESTED or nested * data.count(b"\n") > _MOST_ASKED:
        return []
    found: list[Message] = []
    waiting: list[Message] = [message_from_bytes(data)]
    while waiting:
        part = waiting.pop()
        inner = part.get_payload() if part.is_multipart() else None
        found.append(part)
        is_whole = part.get_content_type() == _MAIL and not any(map(_is_file, part.walk()))
        if isinstance(inner, list) and not is_whole:
            waiting += [each for each in reversed(inner) if isinstance(each, Message)]
    return found


def _is_file(part: Message) -> bool:
    return _filename(part) is not None and part.get_content_maintype() not in {"multipart", "image", "message"}


def _is_attached(part: Message) -> bool:
    return _is_file(part) or (part.get_content_type() == _MAIL and not any(map(_is_file, part.walk())))


def _content(part: Message) -> bytes:
    if part.get_content_type() == _MAIL:
        inner = part.get_payload()
        first = inner[0] if isinstance(inner, list) and inner else None
        return first.as_bytes() if isinstance(first, Message) else b""
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _name(part: Message) -> str:
    """The name of an attachment, in any of the ways in which it is written: as bytes, too."""
    given = _filename(part) or ""
    words: list[tuple[bytes | str, str | None]] = [(given, None)]
    with suppress(ValueError, HeaderParseError):
        words = decode_header(collapse_rfc2231_value(given)) if given else []
    name = "".join([_decoded(word, charset) for word, charset in words])
    if any("\udc80" <= each <= "\udcff" for each in name):
        name = _decoded(name.encode("utf-8", "surrogateescape"), None)
    return name.replace("\\", "/").rpartition("/")[2]


def _filename(part: Message) -> str | None:
    """The name of a file as it stands; empty where it cannot be told."""
    try:
        return part.get_filename()
    except ValueError:  # a charset that is none
        return ""


def _decoded(word: bytes | str, charset: str | None) -> str:
    if isinstance(word, str):
        return word
    for each in (codec(charset) if charset else "utf-8", "utf-8", "gb18030"):
        with suppress(ValueError, LookupError):
            return word.decode(each)
    return word.decode("latin-1")
