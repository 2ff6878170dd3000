"""A web page saved with its pictures in one file (.mhtml, .mht), or a mail → Document, by its HTML part."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes
from email.message import Message

from govstats.errors import ReadError
from govstats.lang import Text
from govstats.model.document import Document
from govstats.readers import html, text

SUFFIXES = (".mhtml", ".mht", ".eml")
LIGHT = True

_MULTIPART = re.compile(
    rb"^content-type:\s*(?:multipart/(?:related|mixed|alternative)|text/(?:html|plain))", re.IGNORECASE | re.MULTILINE
)
_LINK = re.compile(rb"<link\b[^<>]*\bstylesheet", re.IGNORECASE)
_EMPTY_LINE = re.compile(rb"\r?\n\r?\n")
_HEADER = re.compile(rb"^(?:from|subject|date|mime-version|snapshot-content-location):", re.IGNORECASE | re.MULTILINE)


def sniff(head: bytes) -> bool:
    """Are these the headers of a saved page, before the first empty line?"""
    head = head.lstrip()
    if head.startswith(b"<") or _MULTIPART.search(head) is None:
        return False
    start = _EMPTY_LINE.split(head, maxsplit=1)[0]
    return _MULTIPART.search(start) is not None and _HEADER.search(start) is not None


def read(data: bytes) -> Document:
    """The first HTML part that holds a table with figures, else the first, else the text → Document; with the
    styles that were saved beside it. Raises ReadError if there is none."""
    parts = list(message_from_bytes(data).walk())
    styles = b"\n".join([_payload(part) for part in parts if part.get_content_type() == "text/css"])
    pages = [_styled(_payload(part), styles) for part in parts if part.get_content_type() == "text/html"]
    for page in pages:
        document = html.read(page)
        if document.grids or len(pages) == 1:
            return replace(document, kind="mhtml")
    if pages:
        return replace(html.read(pages[0]), kind="mhtml")
    texts = [_payload(part) for part in parts if part.get_content_type() == "text/plain"]
    if any(map(bytes.strip, texts)):
        return replace(text.read(b"\n".join(texts)), kind="mhtml")
    raise ReadError(
        Text("这个网页存档里没有网页内容。", "This saved page holds no HTML."),
        Text("请用浏览器重新保存网页。", "Save the page again with a browser."),
    )


def _styled(page: bytes, styles: bytes) -> bytes:
    """The page with the styles that it links to, before its own. They are seen in any charset: all is ASCII."""
    if not styles or _LINK.search(page) is None:
        return page
    plain = "".join([each if each.isascii() else f"\\{ord(each):x} " for each in styles.decode("utf-8", "replace")])
    sheet = b"<style>" + plain.replace("</", "<").encode() + b"</style>"
    return _LINK.sub(lambda link: sheet + link[0], page, count=1)


def pictures(data: bytes) -> Iterator[bytes]:
    """The pictures that were saved with the page."""
    for part in message_from_bytes(data).walk():
        if part.get_content_maintype() == "image":
            payload = part.get_payload(decode=True)
            yield payload if isinstance(payload, bytes) else b""


def _payload(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    try:
        charset = part.get_content_charset()
        return data if charset is None else data.decode(charset).encode()
    except (LookupError, ValueError):
        return data
