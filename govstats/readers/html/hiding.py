"""A page's tree → the tree without what styles and attributes hide; what they raise or strike stands apart.

Text hidden outside tables (in a tab) stays. Tables hidden as a whole are told: they count where no shown one has their
labels.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from govstats.readers.html.colours import BLACK, WHITE, Colour, colour, is_alike
from govstats.readers.html.displaced import is_piece
from govstats.readers.html.generated import PARTS, said_of, text_of, write, writes
from govstats.readers.html.markup import BREAK
from govstats.readers.html.pictured import show_pictures
from govstats.readers.html.selectors import is_structural, subject
from govstats.readers.html.sheet import Rule
from govstats.readers.html.style import Effects, effects, pressing
from govstats.readers.html.tree import CELLS, cell_of, table_of, upwards
from govstats.text.labels import has_han
from govstats.text.unseen import REVERSED, STRUCK, THING

_ROWS = {"tr", "tbody", "thead", "tfoot"}
_WAYS = ("unseen", "tiny", "faint", "away", "clear")
"""The effects by which a text takes its place and is not seen."""
_PARTS = {"table", "tbody", "thead", "tfoot", "tr", "td", "th", "col", "colgroup", "caption", "img"}
"""Elements that are not raised by being aligned in their row or line."""
_GONE = {"del", "rt", "rp"}
_OF_STRUCK = {"s", "strike", "del"}
_PLAIN = {"table", "tr", "td", "th", "p", "span", "div", "font", "a", "li", "ul", "b", "strong", "img", "tbody"}
"""Elements of which nothing is known but what is said of them."""
_OF_OLD = (
    "del, rt, rp, s, strike, bdo, details:not([open]), [hidden], [bgcolor], font[color], dialog, datalist, [popover],"
    " td[background], th[background]"
)
"""Elements of which something is known before any style."""
_OVERRIDES = {"unseen": "unseen", "tiny": "tiny", "clear": "colour"}
"""How a text is hidden by what it inherits → the effect by which a part of it is shown again."""
_BOXES = frozenset(
    (
        *("div", "p", "section", "article", "main", "aside", "header", "footer", "nav", "center", "form", "fieldset"),
        *("ul", "ol", "li", "dl", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "details", "blockquote", "pre"),
    )
)
"""Elements that are boxes of their own, with a width and a height."""
_FOR_BOXES = {"shrunk": "faint", "moved": "away", "lifted": "raised", "turned": "reversed"}
"""What is said of an element → what it does if it is a box."""


class Hidden(NamedTuple):
    """`tables`: those that are hidden as a whole, by their number in memory, with what hides them. `columns`: of shown
    tables, the columns that are not, from 0."""

    tables: dict[int, LexborNode]
    columns: dict[int, frozenset[int]]


def hide(tree: LexborHTMLParser, rules: list[Rule]) -> Hidden:
    """What is hidden in rows goes from the tree; what is hidden above them is told."""
    styles = _Styles(tree, rules)
    hidden = Hidden({}, {})
    gone: dict[int, LexborNode] = {}
    rest = []
    for node, said in styles.all():
        does = _of_boxes(node, said)
        if not does and node.tag in _PLAIN:
            continue
        if _is_gone(node, does):
            gone.update({node.mem_id: node} if styles.is_part_of_table(node) else {})
            hidden.tables.update((table, node) for table in styles.tables_in(node))
        else:
            rest.append((node, does))
    seen = [each for each in rest if not gone or not any(above.mem_id in gone for above in upwards(each[0]))]
    for node, does in seen:
        _show(node, does, styles, hidden)
        _generate(node, does, styles)
    show_pictures(seen)
    for node in [each for each in gone.values() if not any(above.mem_id in gone for above in upwards(each.parent))]:
        node.decompose()
    return hidden


def is_about_tables(tree: LexborHTMLParser, selector: str) -> bool:
    """Is any element that is meant in a table, or around one?"""
    return any(
        any(above.tag == "table" for above in upwards(node)) or node.css_first("table") is not None
        for node in _chosen(tree, subject(selector) if is_structural(selector) else selector)
    )


def _show(node: LexborNode, does: Effects, styles: _Styles, hidden: Hidden) -> None:
    """What is left of an element: its text is emptied, or stands apart, or it takes a column with it."""
    if node.tag in {"col", "colgroup"}:
        _hide_column(node, does, hidden.columns)
    elif does.get("closed"):
        hidden.tables.update((table, node) for table in styles.tables_in(node))
        if styles.is_part_of_table(node):
            _close(node)
    elif any(map(does.get, _WAYS)) or _is_pressed(node, does) or styles.is_same(node, does):
        hidden.tables.update((table, node) for table in styles.tables_in(node))
        if styles.is_part_of_table(node):
            _empty(node, does, styles)
    elif _is_reversed(node, does):
        _reverse(node, styles)
    elif does.get("veiled"):
        _veil(node)
    elif does.get("struck", node.tag in _OF_STRUCK):
        _strike(node)
    elif _is_raised(node, does, styles) or (_is_displaced(does) and is_piece(node)):
        _set_apart(node)
    if does.get("parting"):
        for part in [each for each in node.iter() if is_piece(each)]:
            _set_apart(part)


def _generate(node: LexborNode, does: Effects, styles: _Styles) -> None:
    """What styles write in cells."""
    cell = cell_of(node) if writes(does) else None
    if cell is None or styles.tables_in(node):
        return
    for part in PARTS:
        said = said_of(does, part)
        if (text := text_of(node, cell, said)) and not styles.is_unseen(node, said):
            write(node, part, text)


def _set_apart(node: LexborNode) -> None:
    node.insert_before(BREAK)
    node.insert_after(BREAK)


def _is_box(node: LexborNode, does: Effects) -> bool:
    return bool(does.get("boxed", node.tag in _BOXES) or does.get("afloat"))


def _of_boxes(node: LexborNode, does: Effects) -> Effects:
    """What is done to an element, with what is done to boxes if it is one: those in a line are not transformed."""
    told = [effect for effect in _FOR_BOXES if does.get(effect)]
    if not told or not (_is_box(node, does) or node.tag in CELLS or node.tag in _ROWS):
        return does
    return {**does, **{_FOR_BOXES[effect]: True for effect in told}}


def _is_pressed(node: LexborNode, does: Effects) -> bool:
    """Is it a box without room for a text, that shows nothing of what is beyond it?"""
    if not (does.get("cut") and (does.get("narrow") or does.get("flat"))) or does.get("spread"):
        return False
    return _is_box(node, does)


def _is_reversed(node: LexborNode, does: Effects) -> bool:
    if does.get("reordered") and sum(1 for part in node.iter(include_text=True) if part.text().strip()) > 1:
        return True
    return bool(does.get("reversed")) or (node.tag == "bdo" and (node.attributes.get("dir") or "").lower() == "rtl")


def _reverse(node: LexborNode, styles: _Styles) -> None:
    """A mark says that its digits are not seen as they are written."""
    if styles.is_part_of_table(node) and not has_han(node.text()):
        node.insert_before(REVERSED)


def _is_displaced(does: Effects) -> bool:
    """Is it elsewhere than its neighbours, or is something without text laid over it?"""
    return bool(does.get("displaced")) or any(
        does.get(f"{part} adrift position") and not any(text.strip() for _, text in does.get(f"{part} content", ()))
        for part in PARTS
    )


def _veil(node: LexborNode) -> None:
    """Something is seen, and no digit of it."""
    for text in [each for each in node.traverse(include_text=True) if each.is_text_node]:
        if text.text().strip() and any(each.tag in CELLS for each in upwards(text)):
            text.replace_with(THING)


def _strike(node: LexborNode) -> None:
    """What is struck out is no figure, also where it stands alone in its cell; in prose it is only set apart."""
    if node.tag not in _PARTS:
        _set_apart(node)
    for text in [each for each in node.traverse(include_text=True) if each.is_text_node]:
        if (struck := text.text().strip()) and any(each.tag in CELLS for each in upwards(text)):
            text.replace_with(f"{struck}{STRUCK}")


def _is_raised(node: LexborNode, does: Effects, styles: _Styles) -> bool:
    return bool(does.get("raised")) and node.tag not in _PARTS and styles.is_part_of_table(node)


def _is_gone(node: LexborNode, does: Effects) -> bool:
    if node.tag in {"col", "colgroup"}:
        return False
    if bool(does.get("gone")) or (bool(does.get("collapsed")) and node.tag in _ROWS):
        return True
    return node.tag in _GONE and not (node.tag == "del" and _is_all_of_its_cell(node))


def _is_all_of_its_cell(node: LexborNode) -> bool:
    """What was deleted and nothing put in its place is seen, struck out: its cell is not blank."""
    cell = cell_of(node)
    return cell is not None and cell.text().strip() == node.text().strip() != ""


class _Styles:
    """What styles do to each element of a tree, by its number in memory."""

    def __init__(self, tree: LexborHTMLParser, rules: list[Rule]) -> None:
        self._of: dict[int, Effects] = {}
        self._nodes: dict[int, LexborNode] = {}
        for node in tree.css(_OF_OLD):
            self._add(node, _by_attributes(node))
        for rule in rules:
            for node in _chosen(tree, rule.selector):
                self._add(node, rule.does)
        for node in tree.css("[style]"):
            self._add(node, effects(node.attributes.get("style") or ""))
        for rule in rules:
            for node in _chosen(tree, rule.selector) if rule.presses else ():
                self._add(node, rule.presses)
        for node in tree.css("[style*='!']") if any(rule.presses for rule in rules) else ():
            self._add(node, pressing(node.attributes.get("style") or ""))
        self._tables: dict[int, list[int]] = {}
        for table in tree.css("table"):
            for above in upwards(table):
                self._tables.setdefault(above.mem_id, []).append(table.mem_id)

    def _add(self, node: LexborNode, does: Effects) -> None:
        if does or node.mem_id not in self._nodes:
            self._nodes[node.mem_id] = node
            self._of[node.mem_id] = {**self._of.get(node.mem_id, {}), **does}

    def of(self, node: LexborNode) -> Effects:
        """What is said of this very element."""
        return self._of.get(node.mem_id, {})

    def all(self) -> Iterator[tuple[LexborNode, Effects]]:
        """The elements that something is said of, and what."""
        return ((node, self._of[number]) for number, node in self._nodes.items())

    def tables_in(self, node: LexborNode) -> list[int]:
        """The tables that an element holds, or is, by their numbers in memory."""
        return self._tables.get(node.mem_id, [])

    def is_part_of_table(self, node: LexborNode) -> bool:
        """Does it stand in a row, or hold rows, and no table of its own?"""
        return not self.tables_in(node) and any(each.tag in _ROWS or each.tag in CELLS for each in upwards(node))

    def is_same(self, node: LexborNode, does: Effects) -> bool:
        """Has its text the colour of its ground? Only where both are said; a page is black on white."""
        if ("colour" not in does and "ground" not in does) or any(self.of(up).get("shadowed") for up in upwards(node)):
            return False
        return is_alike(self._inherited(node, "colour", BLACK), self._inherited(node, "ground", WHITE))

    def is_unseen(self, node: LexborNode, said: Effects) -> bool:
        """Is what is written in an element hidden by what is `said` of it, or by what it inherits?"""
        above = [said, *map(self.of, upwards(node))]
        if said.get("gone") or any(each.get(way) for way in ("faint", "away") for each in above):
            return True
        for way, effect in _OVERRIDES.items():
            deciding = next((each for each in above if effect in each or each.get(way)), {})
            if deciding.get(way):
                return True
        ink = said["colour"] if "colour" in said else self._inherited(node, "colour", BLACK)
        ground = said["ground"] if "ground" in said else self._inherited(node, "ground", WHITE)
        return is_alike(ink, ground)

    def _inherited(self, node: LexborNode, effect: str, otherwise: Colour) -> Colour | None:
        for each in upwards(node):
            does = self.of(each)
            if effect in does:
                found: Colour | None = does[effect]
                return found
        return otherwise


def _by_attributes(node: LexborNode) -> Effects:
    given = node.attributes
    found: Effects = {}
    if node.tag == "details":
        found["closed"] = True
    if (
        "hidden" in given
        or "popover" in given
        or node.tag == "datalist"
        or (node.tag == "dialog" and "open" not in given)
    ):
        found["gone"] = True
    if given.get("bgcolor"):
        found["ground"] = colour((given["bgcolor"] or "").strip().lower())
    if node.tag in CELLS and given.get("background"):
        found["pictured"] = given["background"]
    if node.tag == "font" and given.get("color"):
        found["colour"] = colour((given["color"] or "").strip().lower())
    return found


def _chosen(tree: LexborHTMLParser, selector: str) -> list[LexborNode]:
    try:
        return tree.css(selector)
    except SelectolaxError:
        return []


def _empty(node: LexborNode, does: Effects, styles: _Styles) -> None:
    """Its texts are not seen, but for parts that are shown again."""
    ways = [way for way in _WAYS if does.get(way)] or ["same"]
    for text in [each for each in node.traverse(include_text=True) if each.is_text_node]:
        if not any(_shows(part, way, styles) for way in ways for part in _between(text, node)):
            text.replace_with("")


def _close(node: LexborNode) -> None:
    """Of what may be opened, its summary is seen."""
    for text in [each for each in node.traverse(include_text=True) if each.is_text_node]:
        if not any(above.tag == "summary" for above in upwards(text)):
            text.replace_with("")


def _between(text: LexborNode, node: LexborNode) -> Iterator[LexborNode]:
    for each in upwards(text.parent):
        if each.mem_id == node.mem_id:
            return
        yield each


def _shows(part: LexborNode, way: str, styles: _Styles) -> bool:
    does = styles.of(part)
    if way == "same":
        return "colour" in does or "ground" in does
    effect = _OVERRIDES.get(way)
    return effect is not None and effect in does and not (way == effect and does[effect])


def _hide_column(node: LexborNode, does: Effects, columns: dict[int, frozenset[int]]) -> None:
    if not (does.get("gone") or does.get("unseen")):
        return
    table = table_of(node)
    if table is None:
        return
    at = 0
    for each in table.css("col, colgroup"):
        width = _width(each)
        if any(above.mem_id == node.mem_id for above in upwards(each)):
            columns[table.mem_id] = columns.get(table.mem_id, frozenset()).union(range(at, at + width))
        at += width


def _width(node: LexborNode) -> int:
    """How many columns it stands for; a group that holds some, for none itself."""
    if node.tag == "colgroup" and node.css_first("col") is not None:
        return 0
    span = node.attributes.get("span") or "1"
    return min(int(span), 64) if span.isascii() and span.isdigit() else 1
