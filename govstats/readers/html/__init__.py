"""A web page → Document: prose by blocks, tables as grids with merged cells expanded."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser

from govstats.model.document import Document, Grid
from govstats.readers._body import Body
from govstats.readers._charset import as_utf8
from govstats.readers._lines import tidied, within_limits
from govstats.readers.html.displaced import may_displace
from govstats.readers.html.elements import changed
from govstats.readers.html.grids import TABLE, mark_pictures, take_grids
from govstats.readers.html.hiding import hide, is_about_tables
from govstats.readers.html.images import pictures as pictures
from govstats.readers.html.inner import prepared, unwrapped
from govstats.readers.html.markup import BREAK, Slim, slim
from govstats.readers.html.scripted import with_bound
from govstats.readers.html.sheet import Rule, telling, with_paints
from govstats.readers.html.shown import show_as_browsers_do
from govstats.readers.html.style import may_be_on_its_own_colour
from govstats.readers.html.traps import MANY_TAGS, without_traps
from govstats.readers.html.written import Written

SUFFIXES = (".html", ".htm", ".xhtml", ".shtml")
LIGHT = True

_TAG = re.compile(
    rb"<\s*(?:!doctype\s+html|html|head|feed|rss|body|table|div|p|meta|tr|td|span|h[1-6])\b", re.IGNORECASE
)
_TABLE_MARK = re.compile(rf"{TABLE}(\d+){TABLE}")
_USUAL = 3
"""So many tables has a report: where there are fewer, one may be a picture."""
_META = {"articletitle": "title", "contentsource": "source", "pubdate": "published", "sitename": "site"}


def sniff(head: bytes) -> bool:
    """Are there tags of a web page?"""
    return _TAG.search(head.replace(b"\0", b"")) is not None


def read(data: bytes) -> Document:
    """A page in any charset → Document. Broken markup is mended as browsers do (WHATWG HTML)."""
    source, charset = as_utf8(data)
    document = _read(prepared(source), charset)
    if _has_figures(document):
        return document
    inner = unwrapped(source)
    return document if inner is None else _read(prepared(inner), charset)


def _has_figures(document: Document) -> bool:
    return any([text[:1].isdigit() for text in row.texts].count(True) for grid in document.grids for row in grid.rows)


def _read(written: Written, charset: str) -> Document:
    tree, page, rules = _parsed(written)
    if page.is_bound:
        tree, page, rules = _parsed(with_bound(written))
    meta = _meta(tree)
    show_as_browsers_do(tree, page)
    hidden = hide(tree, rules) if rules or page.hides else None
    grids = take_grids(tree, page, hidden)
    if len(grids) < _USUAL:
        mark_pictures(tree, page, written.source)
    body = _body(within_limits(tree.body.text() if tree.body else ""), grids)
    return Document("html", charset, tuple(body.blocks), meta | body.meta)


def _parsed(written: Written) -> tuple[LexborHTMLParser, Slim, list[Rule]]:
    """The tree, what is known of the page, and the rules of its own style if they matter to any of its tables."""
    style = telling(written)
    tree, page = _slim_tree(written, style.names)
    if style.paints and (whole := with_paints(style, written.source, page.words, page.names)) is not style:
        style = whole
        tree, page = _slim_tree(written, style.names)
    if any(is_about_tables(tree, selector) for selector in style.selectors):
        tree, page = _slim_tree(written, None)
    elif not page.hides:
        tags = b">".join(page.tags)
        if not (may_be_on_its_own_colour(tags, style.source) or may_displace(written, tags, style.source)):
            return tree, page, []
        tree, page = _slim_tree(written, None)
        page = page._replace(hides=True)
    return tree, page, style.rules(page.words)


def _slim_tree(written: Written, names: frozenset[bytes] | None) -> tuple[LexborHTMLParser, Slim]:
    if written.n_tags > MANY_TAGS:
        written = Written(without_traps(written.source))
    page = slim(written, names)
    tree = LexborHTMLParser(without_traps(page.source))
    if page.has("pre") and tree.css_first("pre") is not None:
        # Only here do line ends mean something; a tag in an attribute is none, as only the tree can tell.
        page = slim(Written(changed(written.source, b"pre", _with_breaks)), names)
        tree = LexborHTMLParser(without_traps(page.source))
    return tree, page


def _with_breaks(opened: bytes, inside: bytes, ended: bytes) -> bytes:
    return opened + inside.replace(b"\n", b"<br>") + ended


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


def _body(prose: str, grids: dict[int, Grid]) -> Body:
    """Prose cut at block breaks; each mark becomes its grid again. Prose lines with `|` are tables as text."""
    body = Body()
    for position, piece in enumerate(_TABLE_MARK.split(prose)):
        if not position % 2:
            body.add_lines(tidied(piece, BREAK))
        elif int(piece) in grids:
            body.add(grids[int(piece)])
    return body
