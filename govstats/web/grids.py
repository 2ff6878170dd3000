"""A page's tree → its tables of data as Grids, merged cells expanded; a mark takes the place of each in the prose."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from sys import intern

from selectolax.lexbor import LexborHTMLParser, LexborNode

from govstats.document import Grid, GridRow, Span
from govstats.web.markup import BREAK
from govstats.web.traps import MOST_CELLS, too_many_cells

TABLE = "\x1d"
"""Stands before and behind the number of a table, in its place."""
_WHITE = " \t\n\r\f\v\u00a0\u3000"
"""What is cut from a cell's ends; not the marks of tables, which Python takes for white space too."""
_MAX_SPAN = 64
_MAX_WIDTH = 128
_SECTIONS = {"tbody", "thead", "tfoot"}
_CELLS = {"td", "th"}
_SINGLE = (1, 1)

Size = tuple[int, int]
"""How many columns and rows a cell takes."""
Covered = dict[int, tuple[int, str]]
"""Column → in how many rows a cell from above covers it yet, and that cell's text."""


def take_grids(tree: LexborHTMLParser) -> dict[int, Grid]:
    """Every table of data as a Grid, by its number in the page; a mark takes its place in the prose.

    Inner tables come first, so that a table that holds a mark is known as layout: it stays prose.
    """
    grids = {}
    positions = 0
    merged = {node.mem_id: _size(node) for node in tree.css("[colspan], [rowspan]")}
    for number, table in reversed(list(enumerate(tree.css("table"), 1))):
        rows = []
        for row in _rows(table, merged):
            rows.append(row)
            positions += len(row.texts)
            if positions > MOST_CELLS:
                raise too_many_cells()
        if _is_layout(rows):
            _part_cells(table)
            continue
        grids[number] = Grid(number, tuple(rows))
        table.replace_with(f"{BREAK}{TABLE}{number}{TABLE}{BREAK}")
    return grids


def _is_layout(rows: list[GridRow]) -> bool:
    """Does it hold another table, or a single column?"""
    return all(len(row.texts) < 2 for row in rows) or any(TABLE in "".join(row.texts) for row in rows)


def _part_cells(table: LexborNode) -> None:
    """The cells of a layout table become blocks of prose."""
    for row in _row_nodes(table):
        for cell in row.iter():
            cell.insert_before(BREAK)
    table.insert_before(BREAK)
    table.insert_after(BREAK)


def _rows(table: LexborNode, merged: dict[int, Size]) -> Iterator[GridRow]:
    """The rows with merged cells expanded: a covered position repeats the text and says what covers it."""
    covered: Covered = {}
    for number, node in enumerate(_row_nodes(table), 1):
        cells = [cell for cell in node.iter() if cell.tag in _CELLS]
        texts = [intern(cell.text().strip(_WHITE)) for cell in cells]
        sizes = {at: merged[cell.mem_id] for at, cell in enumerate(cells) if cell.mem_id in merged} if merged else {}
        if covered or sizes:
            row, covered = _expanded(number, texts, sizes, covered)
            yield row
        else:
            yield GridRow(number, tuple(texts[:_MAX_WIDTH]))


def _expanded(number: int, cells: list[str], sizes: dict[int, Size], covered: Covered) -> tuple[GridRow, Covered]:
    """A row that merged cells (`sizes`, by number) reach into or begin in; and what the next row finds covered."""
    texts: list[str] = []
    spans: list[Span] = []
    below: Covered = {}
    own = Span.OWN

    def fill_from_above() -> None:
        while (above := covered.pop(len(texts), None)) is not None:
            height, text = above
            if height > 1:
                below[len(texts)] = (height - 1, text)
            texts.append(text)
            spans.append(Span.FROM_ABOVE)

    last = max(sizes, default=-1)
    for at, text in enumerate(cells):
        if covered:
            fill_from_above()
        if at > last and not covered:
            texts += cells[at : at + _MAX_WIDTH - len(texts)]
            spans += [own] * (len(texts) - len(spans))
            break
        width, height = sizes.get(at, _SINGLE)
        for offset in range(min(width, _MAX_WIDTH - len(texts))):
            if height > 1:
                below[len(texts)] = (height - 1, text)
            texts.append(text)
            spans.append(Span.FROM_LEFT if offset else own)
    fill_from_above()
    return GridRow(number, tuple(texts), tuple(spans)), below


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
