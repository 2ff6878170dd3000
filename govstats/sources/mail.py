"""A mail (.eml) with reports attached → its attachments, and what it says itself where that is a report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from email import message_from_bytes
from email.header import decode_header
from email.message import Message
from email.utils import collapse_rfc2231_value

from govstats.errors import ReadError
from govstats.readers._charset import codec
from govstats.sources.unnamed import is_report

_HEADER = re.compile(rb"^(?:from|to|subject|date|mime-version|received|return-path):", re.IGNORECASE | re.MULTILINE)
_EMPTY_LINE = re.compile(rb"\r?\n\r?\n")
_ATTACHED = re.compile(rb"\b(?:file)?name\*?(?:\d\*?)?=|message/rfc822", re.IGNORECASE)
_ENDINGS = {"text/html": ".html", "message/rfc822": ".eml"}


def is_mail(data: bytes) -> bool:
    """Does it begin with the headers of a mail, and has it anything attached?"""
    head = _EMPTY_LINE.split(data[:65_536].lstrip(), maxsplit=1)[0]
    if head.startswith((b"<", b"{", b"PK", b"%PDF")) or len(_HEADER.findall(head)) < 2:
        return False
    return _ATTACHED.search(data) is not None and any(True for _ in _attached(message_from_bytes(data)))


def members(data: bytes) -> Iterator[tuple[str, bytes | ReadError]]:
    """Its attachments by name; those without one, and what is written in it, by number."""
    message = message_from_bytes(data)
    attached = list(_attached(message))
    for number, part in enumerate(message.walk(), 1):
        if part in attached:
            name = _name(part) or f"{number}{_ENDINGS.get(part.get_content_type(), '')}"
            yield name, _content(part)
        elif part.get_content_type() == "text/html" and not part.get_filename() and is_report("", _content(part)):
            yield f"{number}.html", _content(part)


def _attached(message: Message) -> Iterator[Message]:
    for part in message.walk():
        is_file = part.get_filename() is not None and part.get_content_maintype() not in {"multipart", "image"}
        if is_file or part.get_content_type() == "message/rfc822":
            yield part


def _content(part: Message) -> bytes:
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload()
        first = inner[0] if isinstance(inner, list) and inner else None
        return first.as_bytes() if isinstance(first, Message) else b""
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _name(part: Message) -> str:
    """The name of an attachment, in any of the ways in which it is written: as bytes, too."""
    given = part.get_filename() or ""
    words = decode_header(collapse_rfc2231_value(given)) if given else []
    name = "".join([_decoded(word, charset) for word, charset in words])
    if any("\udc80" <= each <= "\udcff" for each in name):
        name = _decoded(name.encode("utf-8", "surrogateescape"), None)
    return name.replace("\\", "/").rpartition("/")[2]


def _decoded(word: bytes | str, charset: str | None) -> str:
    if isinstance(word, str):
        return word
    for each in (codec(charset) if charset else "utf-8", "utf-8", "gb18030"):
        with suppress(UnicodeError, LookupError):
            return word.decode(each)
    return word.decode("latin-1")
