"""A page's tree → the tree as browsers show it: what is hidden or deleted goes, what form fields hold comes."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from govstats.readers.html.markup import BREAK, Slim

_INVISIBLE = ["script", "style", "noscript", "template"]
_ROW = {"tr", "td", "th"}
_GONE = {"del", "rt", "rp"}
_STRUCK = {"s", "strike"}
_NOT_AS_WRITTEN = "[hidden], [style*=none i], [style*=line-through i], del, rt, rp, s, strike"
_NOT_DISPLAYED = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_FIELDS = {"text", "number", "tel", ""}


def show_as_browsers_do(tree: LexborHTMLParser, page: Slim) -> None:
    """What a table does not show, and what was deleted, goes; what its form fields hold comes.

    A struck figure stays apart from the one beside it. Text hidden outside tables (in a tab) stays.
    """
    if page.has(*_INVISIBLE):
        tree.strip_tags(_INVISIBLE, recursive=True)
    if page.hides:
        _hide(tree)
    if page.has("input"):
        for node in tree.css("td input[value], th input[value]"):
            shown = (node.attributes.get("type") or "text").lower() in _FIELDS
            node.replace_with(node.attributes.get("value") or "" if shown else "")


def _hide(tree: LexborHTMLParser) -> None:
    for node in tree.css(_NOT_AS_WRITTEN):
        style = node.attributes.get("style") or ""
        if node.tag in _STRUCK or "line-through" in style.lower():
            node.insert_before(BREAK)
            node.insert_after(BREAK)
        elif node.tag in _GONE or (("hidden" in node.attributes or _NOT_DISPLAYED.search(style)) and _is_in_row(node)):
            node.decompose()


def _is_in_row(node: LexborNode | None) -> bool:
    while node is not None and node.tag not in _ROW:
        node = node.parent
    return node is not None
