"""A page's tree → its tables of data as Grids, merged cells expanded; a mark takes the place of each in the prose."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from sys import intern

from selectolax.lexbor import LexborHTMLParser, LexborNode

from govstats.model.document import Grid, GridRow
from govstats.readers.html.markup import BREAK
from govstats.readers.html.spans import SINGLE, Cells, Size, lines
from govstats.readers.html.traps import MOST_CELLS, MOST_MERGED, too_many_cells, too_much_merged

TABLE = "\x1d"
"""Stands before and behind the number of a table, in its place."""
_WHITE = " \t\n\r\f\v\u00a0\u3000"
"""What is cut from a cell's ends; not the marks of tables, which Python takes for white space too."""
_MAX_SPAN = 64
_SECTIONS = {"tbody", "thead", "tfoot"}
_CELLS = {"td", "th"}


def take_grids(tree: LexborHTMLParser) -> dict[int, Grid]:
    """Every table of data as a Grid, by its number in the page; a mark takes its place in the prose.

    Inner tables come first, so that a table that holds a mark is known as layout: it stays prose.
    """
    grids = {}
    positions = 0
    sized = ((node.mem_id, _size(node)) for node in tree.css("[colspan], [rowspan]:not([colspan])"))
    merged = {node: size for node, size in sized if size != SINGLE}
    if len(merged) > MOST_MERGED:
        raise too_much_merged(MOST_MERGED)
    for number, table in reversed(list(enumerate(tree.css("table"), 1))):
        nodes = [[cell for cell in row.iter() if cell.tag in _CELLS] for row in _row_nodes(table)]
        shown = lines(tuple([_built(row, merged) for row in nodes]))
        positions += sum([len(line.cells) for line in shown])
        if positions > MOST_CELLS:
            raise too_many_cells()
        is_one_column = all(len(line.cells) < 2 for line in shown)
        texts = [] if is_one_column else [intern(cell.text().strip(_WHITE)) for row in nodes for cell in row]
        if is_one_column or TABLE in "".join(texts):
            _part_cells(table)
            continue
        rows = [
            GridRow(at, tuple([texts[cell] for cell in line.cells]), line.spans) for at, line in enumerate(shown, 1)
        ]
        grids[number] = Grid(number, tuple(rows))
        table.replace_with(f"{BREAK}{TABLE}{number}{TABLE}{BREAK}")
    return grids


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
