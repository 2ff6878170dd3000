"""A page's tree → the tree as browsers show it: what is hidden or deleted goes, what form fields hold comes."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser, LexborNode

from govstats.readers.html.markup import BREAK, Slim
from govstats.text.unseen import THING

_INVISIBLE = ["script", "style", "noscript", "template"]
_INVISIBLE_THOUGH_EMPTIED = ["noscript", "template"]
_EMPTY = {"hidden", "checkbox", "radio", "file"}
_PLACED = ", ".join(f"td {name} > * + *" for name in ("msup", "msub", "msubsup", "mfrac", "munder", "mover", "mtr"))
"""Parts of a formula that do not stand in line with the one before them."""
_NO_TEXT = {"image", "password", "range", "color"}
"""Kinds of fields of which no text is seen, though something is."""


def show_as_browsers_do(tree: LexborHTMLParser, page: Slim) -> None:
    """What shows nothing goes; what form fields hold comes."""
    invisible = _INVISIBLE_THOUGH_EMPTIED if page.is_emptied else _INVISIBLE
    if page.has(*invisible):
        tree.strip_tags(invisible, recursive=True)
    if page.has("svg"):
        for node in tree.css("td svg, th svg"):
            if "0" in {(node.attributes.get(side) or "").removesuffix("px") for side in ("width", "height")}:
                node.decompose()
    if page.has("math"):
        for node in tree.css(_PLACED):
            node.insert_before(BREAK)
    if page.has("input"):
        for node in tree.css("td input, th input"):
            node.replace_with(_typed(node.attributes))
    if page.has("select"):
        for node in tree.css("td select, th select"):
            node.replace_with(_chosen(node))


def _typed(attributes: dict[str, str | None]) -> str:
    kind = (attributes.get("type") or "text").lower()
    return "" if kind in _EMPTY else THING if kind in _NO_TEXT else attributes.get("value") or _hint(attributes)


def _hint(attributes: dict[str, str | None]) -> str:
    """A figure that a blank field shows as an example of what to fill in: seen, and none of the report."""
    return THING if any(map(str.isdigit, attributes.get("placeholder") or "")) else ""


def _chosen(select: LexborNode) -> str:
    """The option that is shown: the one that is selected last, else the first."""
    options = select.css("option")
    chosen = [option for option in options if "selected" in option.attributes] or options[:1]
    return chosen[-1].text().strip() if chosen else ""
