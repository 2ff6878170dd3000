"""A web page → Document: prose by blocks, tables as grids with merged cells expanded."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser

from govstats.model.document import Document, Grid, Paragraph
from govstats.readers._charset import as_utf8
from govstats.readers._lines import blocks_of_lines, tidied, within_limits
from govstats.readers.html.grids import TABLE, take_grids
from govstats.readers.html.markup import BREAK, slim
from govstats.readers.html.shown import show_as_browsers_do
from govstats.readers.html.traps import MANY_TAGS, without_traps

SUFFIXES = (".html", ".htm", ".xhtml", ".shtml")
LIGHT = True

_TAG = re.compile(rb"<\s*(?:!doctype\s+html|html|head|body|table|div|p|meta|tr|td|span|h[1-6])\b", re.IGNORECASE)
_PREFORMATTED = re.compile(rb"<pre\b.*?</pre\s*>", re.IGNORECASE | re.DOTALL)
_HOLE = re.compile(rb"\0{8,}")
"""Where a broken transfer lost a part of the file: what stands behind it does not continue the row before it."""
_TABLE_MARK = re.compile(rf"{TABLE}(\d+){TABLE}")
_ESCAPED = re.compile(rb"""<t[dr]\b[^<>]*=\\+["']|<\\/t[dr]>""", re.IGNORECASE)
_ESCAPES = ((rb"\r", b""), (rb"\n", b"\n"), (rb"\t", b" "), (rb"\"", b'"'), (rb"\'", b"'"), (rb"\/", b"/"))
_META = {"articletitle": "title", "contentsource": "source", "pubdate": "published", "sitename": "site"}


def sniff(head: bytes) -> bool:
    """Are there tags of a web page?"""
    return _TAG.search(head.replace(b"\0", b"")) is not None


def read(data: bytes) -> Document:
    """A page in any charset → Document. Broken markup is mended as browsers do (WHATWG HTML)."""
    source, charset = as_utf8(data)
    if b"\\" in source and _ESCAPED.search(source):
        source = _unescaped(source)
    if b"\0" in source:
        source = _HOLE.sub(b"</table>", source)
    page = slim(source)
    if page.n_tags > MANY_TAGS:
        source = without_traps(source)
        page = slim(source)
    tree = LexborHTMLParser(without_traps(page.source))
    if page.has("pre") and tree.css_first("pre") is not None:
        # Only here do line ends mean something; a tag in an attribute is none, as only the tree can tell.
        page = slim(_PREFORMATTED.sub(lambda match: match[0].replace(b"\n", b"<br>"), source))
        tree = LexborHTMLParser(without_traps(page.source))
    meta = _meta(tree)
    show_as_browsers_do(tree, page)
    grids = take_grids(tree)
    prose = within_limits(tree.body.text() if tree.body else "")
    return Document("html", charset, _blocks(prose, grids), meta)


def _unescaped(source: bytes) -> bytes:
    """A page kept as a string of a script: every quote, slash and line end escaped."""
    for escaped, plain in _ESCAPES:
        source = source.replace(escaped, plain)
    return source


def _meta(tree: LexborHTMLParser) -> dict[str, str]:
    """Title and the standard meta fields of government sites (ArticleTitle, ContentSource, PubDate, SiteName)."""
    found: dict[str, str] = {}
    titles: list[str] = []
    for node in tree.css("title, meta[name][content]"):
        if node.tag == "title":
            titles.append(" ".join(node.text().split()))
            continue
        name = _META.get((node.attributes.get("name") or "").lower())
        content = " ".join((node.attributes.get("content") or "").split())
        if name and content:
            found[name] = content
    if titles:
        found.setdefault("title", titles[0])
    return found


def _blocks(prose: str, grids: dict[int, Grid]) -> tuple[Paragraph | Grid, ...]:
    """Prose cut at block breaks; each mark becomes its grid again. Prose lines with `|` are tables as text."""
    blocks: list[Paragraph | Grid] = []
    line = 0
    for position, piece in enumerate(_TABLE_MARK.split(prose)):
        if position % 2:
            blocks.append(grids[int(piece)])
            continue
        lines = tidied(piece, BREAK)
        blocks += blocks_of_lines(lines, start=line + 1)
        line += len(lines)
    return tuple(blocks)
