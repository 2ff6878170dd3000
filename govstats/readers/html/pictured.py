"""A page's tree → the tree in which a mark stands in cells that show the picture behind them, and no text.

A picture that is also behind a cell with a text, or is laid out as tiles, only adorns the table.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from govstats.readers.html.generated import PARTS, said_of, write
from govstats.readers.html.style import Effects
from govstats.readers.html.tree import CELLS, cell_of, table_of
from govstats.text.labels import has_han
from govstats.text.unseen import THING

_BLOCKS = {"div", "p", "section", "li", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "center", "blockquote"}


class _Behind(NamedTuple):
    """A picture behind an element of a cell: which part of which picture, and behind which part of the element."""

    node: LexborNode
    part: str
    cell: LexborNode
    picture: tuple[str, str]


def show_pictures(nodes: Iterable[tuple[LexborNode, Effects]]) -> None:
    """Put the marks into the cells of elements of which this is said."""
    found: dict[int, list[_Behind]] = defaultdict(list)
    for node, does in nodes:
        for part in ("", *PARTS):
            behind = _behind(node, part, said_of(does, part) if part else does)
            if behind is not None and (table := table_of(behind.cell)) is not None:
                found[table.mem_id].append(behind)
    for each in found.values():
        _mark(each)


def _mark(found: list[_Behind]) -> None:
    """The marks of one table."""
    texts = {each.cell.mem_id: each.cell.text().strip() for each in found}
    adorn = {each.picture for each in found if (text := texts[each.cell.mem_id]) and _adorns(each, text)}
    for each in found:
        if each.picture not in adorn:
            if each.part:
                write(each.node, each.part, THING)
            else:
                each.node.insert_child(THING)


def _adorns(behind: _Behind, text: str) -> bool:
    """Behind a text, or beside a label, a picture says nothing; beside a figure it may be a digit."""
    return has_han(text) or (not behind.part and bool(behind.node.text().strip()))


def _behind(node: LexborNode, part: str, said: Effects) -> _Behind | None:
    picture = said.get("pictured") if not said.get("tiled") else ""
    is_replaced = bool(said.get("replaced")) and not part
    if not (picture or is_replaced) or (part and "content" not in said) or said.get("gone") or said.get("unseen"):
        return None
    cell = cell_of(node)
    if cell is None or node.css_first("table") is not None:
        return None
    if not (is_replaced or _has_room(node, part, said)):
        return None
    return _Behind(node, part, cell, (picture or "", said.get("placed", "")))


def _has_room(node: LexborNode, part: str, said: Effects) -> bool:
    """Is it a cell, or has it a size, or a text (be it a blank one), so that what is behind it is seen?"""
    if not part and (node.tag in CELLS or node.text()):
        return True
    is_box = said.get("boxed", not part and node.tag in _BLOCKS) or said.get("afloat")
    return bool(is_box) and (said.get("flat") is False or bool(said.get("spread")))
