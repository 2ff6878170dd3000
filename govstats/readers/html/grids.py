"""A page's tree → its tables of data as Grids, merged cells expanded; a mark takes the place of each in the prose."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from html import unescape
from sys import intern

from selectolax.lexbor import LexborHTMLParser, LexborNode

from govstats.lang import Text
from govstats.model.document import Grid, GridRow
from govstats.readers.html.hiding import Hidden
from govstats.readers.html.markup import BREAK, Slim
from govstats.readers.html.spans import SINGLE, Cells, Line, Size, lines
from govstats.readers.html.traps import MOST_CELLS, MOST_MERGED, hardly_a_report, too_many_cells, too_much_merged
from govstats.readers.html.tree import CELLS, upwards
from govstats.text.labels import has_han
from govstats.text.unseen import THING

TABLE = "\x1d"
"""Stands before and behind the number of a table, in its place."""
_WHITE = " \t\n\r\f\v\u00a0\u3000"
"""What is cut from a cell's ends; not the marks of tables, which Python takes for white space too."""
_MAX_SPAN = 64
_THINGS = (
    *("img", "canvas", "svg", "object", "embed", "iframe", "video", "image", "meter", "progress", "applet", "picture"),
    "slot",
)
"""Elements that are seen and are no text; what else is written for them is not seen."""
_IN_CELLS = ", ".join(f"td {tag}, th {tag}" for tag in _THINGS)
_MADE = re.compile(
    rb"(?!font-face|annotation-xml|missing-glyph|color-profile)[a-z][a-z0-9]{0,20}(?:-[a-z0-9]{1,20}){1,4}"
)
"""Elements whose name has a hyphen: a script says what they show. Where they hold no text, nobody else can tell."""
_SHOWS = ("img", "canvas", "svg", "object", "embed", "image")
"""Those that may show a table."""
_LINKED = re.compile(rb"<a\b([^<>]*)>(?:\s|<(?!/?a\b|img\b)[^<>]*>)*<img\b([^<>]*)>", re.IGNORECASE)
_TO_PICTURE = re.compile(rb"\.(?:png|jpe?g|gif|bmp|webp)\b", re.IGNORECASE)
_SRC = re.compile(rb"""\ssrc\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_ORNAMENT = 100
"""Pixels: what is narrower or lower shows no table."""
_MANY = 5_000
_SPECK = 3
"""A picture that keeps cells apart is a pixel wide or high."""
_NEARLY_ALL = 0.8
_SECTIONS = {"tbody", "thead", "tfoot"}


def take_grids(tree: LexborHTMLParser, page: Slim, hidden: Hidden | None = None) -> dict[int, Grid]:
    """Every table of data as a Grid, by its number in the page; a mark takes its place in the prose.

    Inner tables come first, so that a table that holds a mark is known as layout: it stays prose. What is `hidden`
    and only repeats what is shown goes from the tree.
    """
    grids = {}
    made = [name.decode() for name in page.names if _MADE.fullmatch(name)]
    has_things = page.has(*_THINGS) or bool(made)
    unseen = _Unseen(hidden)
    positions = 0
    sized = ((node.mem_id, _size(node)) for node in tree.css("[colspan], [rowspan]:not([colspan])"))
    merged = {node: size for node, size in sized if size != SINGLE}
    if len(merged) > MOST_MERGED:
        raise too_much_merged(MOST_MERGED)
    for number, table in reversed(list(enumerate(tree.css("table"), 1))):
        nodes = [[cell for cell in row.iter() if cell.tag in CELLS] for row in _row_nodes(table)]
        shown = unseen.without_columns(table, lines(tuple([_built(row, merged) for row in nodes])))
        positions += sum([len(line.cells) for line in shown])
        if positions > MOST_CELLS:
            raise too_many_cells()
        is_one_column = all(len(line.cells) < 2 for line in shown)
        texts = [] if is_one_column else [intern(cell.text().strip(_WHITE)) for row in nodes for cell in row]
        if is_one_column or TABLE in "".join(texts):
            _part_cells(table)
            continue
        if has_things and _mark_things(table, made):
            texts = [cell.text().strip(_WHITE) for row in nodes for cell in row]
        rows = [
            GridRow(at, tuple([texts[cell] for cell in line.cells]), line.spans) for at, line in enumerate(shown, 1)
        ]
        grids[number] = Grid(number, tuple(rows))
        unseen.note(table, number)
        table.replace_with(f"{BREAK}{TABLE}{number}{TABLE}{BREAK}")
    unseen.drop(grids)
    return grids


def _mark_things(table: LexborNode, made: Sequence[str]) -> bool:
    """A mark takes the place of each picture and the like in its cells; whether there is any. What is too small to be
    seen is none, and a drawing that holds text is read by it. `made`: elements that scripts of the page have made."""
    found = table.css(", ".join([_IN_CELLS, *(f"td {name}, th {name}" for name in made)]))
    if len(found) > _MANY:
        raise hardly_a_report(Text(f"一张表里 {_MANY} 张以上的图片", f"a table with more than {_MANY} pictures"))
    things = {thing.mem_id: thing for thing in found if not _is_nothing(thing)}
    outermost = [each for each in things.values() if not any(up.mem_id in things for up in upwards(each.parent))]
    for thing in outermost:
        thing.replace_with(THING)
    return bool(things)


def mark_pictures(tree: LexborHTMLParser, page: Slim, source: bytes) -> None:
    """A mark takes the place of each picture outside the tables, but for ornaments and those that lead elsewhere: whose
    links, of which the tree knows nothing, are those of anything but pictures."""
    if page.has(*_SHOWS):
        links = {_source(image) for link, image in _LINKED.findall(source) if not _TO_PICTURE.search(link)}
        for thing in tree.css(", ".join(_SHOWS))[:_MANY]:
            given = thing.attributes.get("src") or ""
            if not (_is_nothing(thing) or _is_ornament(thing) or (given and given in links)):
                thing.replace_with(THING)


def _source(image: bytes) -> str:
    found = _SRC.search(image)
    return unescape(next(filter(None, found.groups()), b"").decode("utf-8", "replace")) if found else ""


def _is_ornament(thing: LexborNode) -> bool:
    """Is it small?"""
    sides = [(thing.attributes.get(side) or "").strip().removesuffix("px") for side in ("width", "height")]
    return any(side.isascii() and side.isdigit() and int(side) < _ORNAMENT for side in sides)


def _is_nothing(thing: LexborNode) -> bool:
    if thing.tag == "svg" and thing.text().strip():
        return True
    if thing.tag == "slot" or "-" in (thing.tag or ""):
        return bool(thing.text().strip())
    if thing.tag == "picture":
        return thing.css_first("img") is not None or thing.css_first("source[srcset]") is None
    given = thing.attributes
    if thing.tag == "img" and not any(name.endswith(("src", "srcset")) for name in given):
        return thing.parent is None or thing.parent.css_first("picture > source[srcset]") is None
    sides = [(given.get(side) or "").strip().removesuffix("px") for side in ("width", "height")]
    return any(side.isascii() and side.isdigit() and int(side) <= _SPECK for side in sides)


class _Unseen:
    """What is hidden of the tables of a page, while they are taken out of it."""

    def __init__(self, hidden: Hidden | None) -> None:
        self._hidden = hidden
        self._holders: dict[int, LexborNode] = {}

    def without_columns(self, table: LexborNode, shown: Sequence[Line]) -> Sequence[Line]:
        """The lines of a table without its hidden columns."""
        columns = self._hidden.columns.get(table.mem_id) if self._hidden else None
        return [line.without(columns) for line in shown] if columns else shown

    def note(self, table: LexborNode, number: int) -> None:
        """This table is about to go from the tree."""
        if self._hidden and (holder := self._hidden.tables.get(table.mem_id)):
            self._holders[number] = holder

    def drop(self, grids: dict[int, Grid]) -> None:
        """Hidden tables whose words are those of shown ones, and what holds only such."""
        words = {number: _words(grid) for number, grid in grids.items()} if self._holders else {}
        shown = set().union(*(words[number] for number in words if number not in self._holders))
        for number in self._holders:
            if words[number] and len(words[number] & shown) >= _NEARLY_ALL * len(words[number]):
                del grids[number]
        kept = {holder.mem_id for number, holder in self._holders.items() if number in grids}
        for holder in {each.mem_id: each for each in self._holders.values()}.values():
            if holder.mem_id not in kept and holder.tag != "table":
                holder.decompose()


def _words(grid: Grid) -> set[str]:
    return {text for row in grid.rows for text in row.texts if has_han(text)}


def _part_cells(table: LexborNode) -> None:
    """The cells of a layout table become blocks of prose."""
    for row in _row_nodes(table):
        for cell in row.iter():
            cell.insert_before(BREAK)
    table.insert_before(BREAK)
    table.insert_after(BREAK)


def _built(row: list[LexborNode], merged: dict[int, Size]) -> Cells:
    """How many cells, and which of them are merged ones."""
    if not merged:
        return len(row), ()
    return len(row), tuple([(at, merged[cell.mem_id]) for at, cell in enumerate(row) if cell.mem_id in merged])


def _row_nodes(table: LexborNode) -> Iterator[LexborNode]:
    for child in table.iter():
        if child.tag == "tr":
            yield child
        elif child.tag in _SECTIONS:
            yield from (node for node in child.iter() if node.tag == "tr")


def _size(node: LexborNode) -> Size:
    attributes = node.attributes
    return _spans(attributes.get("colspan"), attributes.get("rowspan"))


@lru_cache(maxsize=256)
def _spans(width: str | None, height: str | None) -> Size:
    return _span(width), _span(height)


def _span(value: str | None) -> int:
    return max(1, min(int(value), _MAX_SPAN)) if value and len(value) < 9 and value.isascii() and value.isdigit() else 1
