"""A web page → Document: prose by blocks, tables as grids with merged cells expanded."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from sys import intern

from selectolax.lexbor import LexborHTMLParser, LexborNode

from govstats.charset import as_utf8
from govstats.document import Document, Grid, GridRow, Paragraph, Span
from govstats.errors import ReadError
from govstats.lang import Text
from govstats.readers.text import blocks_of_lines, within_limits

SUFFIXES = (".html", ".htm", ".xhtml", ".shtml")


_TAG = re.compile(rb"<\s*(?:!doctype\s+html|html|head|body|table|div|p|meta|tr|td|span|h[1-6])\b", re.IGNORECASE)
_BLOCK = rb"<(?=/?(?:p|div|br|li|ul|ol|dl|dd|dt|hr|h[1-6]|section|article|title|sup|sub)\b)"
_BLOCK_SMALL, _BLOCK_ANY = re.compile(_BLOCK), re.compile(_BLOCK, re.IGNORECASE)
_CAPITALS = re.compile(rb"</[A-Z]")
"""Capital tags are rare, and a pattern that ignores case takes twice as long."""
_PREFORMATTED = re.compile(rb"<pre\b.*?</pre\s*>", re.IGNORECASE | re.DOTALL)
_BREAK = "\f"
"""Marks where a block begins or ends; white space in HTML, so that it may stand anywhere, tables included."""
_ONE_LINE = bytes.maketrans(b"\r\n\f\x1d", b"    ")
"""Line ends mean nothing in HTML; our own marks must not stand in it already."""
_HOLE = re.compile(rb"\0{8,}")
"""Where a broken transfer lost a part of the file: what stands behind it does not continue the row before it."""
_TABLE_MARK = re.compile("\x1d(\\d+)\x1d")
_INVISIBLE = ["script", "style", "noscript", "template"]
_ESCAPED = re.compile(rb"""<t[dr]\b[^<>]*=\\+["']|<\\/t[dr]>""", re.IGNORECASE)
_ESCAPES = ((rb"\r", b""), (rb"\n", b"\n"), (rb"\t", b" "), (rb"\"", b'"'), (rb"\'", b"'"), (rb"\/", b"/"))
_FORMATTING = rb"(?:a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)[\s>]"
_OPENED = re.compile(b"<" + _FORMATTING, re.IGNORECASE)
_CLOSED = re.compile(b"</" + _FORMATTING, re.IGNORECASE)
_END = re.compile(b"</")
_TABLES = re.compile(b"<table", re.IGNORECASE)
_TABLE_CELLS = re.compile(rb"<t[dh][\s/>]", re.IGNORECASE)
_SCRIPT = re.compile(rb"<(script|style)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_NOT_STRUCTURE = re.compile(
    rb"</?(?!(?:html|head|body|title|meta|table|thead|tbody|tfoot|tr|td|th|p|br|h[1-6]|pre)\b)[a-z][^<>]*>",
    re.IGNORECASE,
)
_MANY_TAGS = 30_000
_MANY_UNCLOSED = 300
_MOST_TABLES = 2_000
_MOST_CELLS = 200_000
_META = {"articletitle": "title", "contentsource": "source", "pubdate": "published", "sitename": "site"}
_WHITE = " \t\n\r\f\v\u00a0\u3000"
"""What is cut from a cell's ends; not the marks of tables, which Python takes for white space too."""
_MAX_SPAN = 64
_MAX_WIDTH = 128
_SECTIONS = {"tbody", "thead", "tfoot"}
_CELLS = {"td", "th"}
_SINGLE = (1, 1)
_ROW = {"tr", *_CELLS}
_GONE = {"del", "rt", "rp"}
_STRUCK = {"s", "strike"}
_NOT_AS_WRITTEN = "[hidden], [style*=none i], [style*=line-through i], del, rt, rp, s, strike"
_NOT_DISPLAYED = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_FIELDS = {"text", "number", "tel", ""}


Size = tuple[int, int]
"""How many columns and rows a cell takes."""
Covered = dict[int, tuple[int, str]]
"""Column → in how many rows a cell from above covers it yet, and that cell's text."""


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
    source = _without_traps(source)
    tree = _tree(source)
    if tree.css_first("pre") is not None:
        # Only here do line ends mean something; few pages have it, and the tree tells sooner than the bytes.
        tree = _tree(_PREFORMATTED.sub(lambda match: match[0].replace(b"\n", b"<br>"), source))
    meta = _meta(tree)
    tree.strip_tags(_INVISIBLE, recursive=True)
    _show_as_browsers_do(tree)
    grids = _take_grids(tree)
    prose = within_limits(tree.body.text() if tree.body else "")
    return Document("html", charset, tuple(_blocks(prose, grids)), meta)


def _tree(source: bytes) -> LexborHTMLParser:
    """The page, its blocks marked, its line ends spaces."""
    block = _BLOCK_ANY if _CAPITALS.search(source) else _BLOCK_SMALL
    return LexborHTMLParser(block.sub(b"\f<", source.translate(_ONE_LINE)))


def _unescaped(source: bytes) -> bytes:
    """A page kept as a string of a script: every quote, slash and line end escaped."""
    for escaped, plain in _ESCAPES:
        source = source.replace(escaped, plain)
    return source


def _without_traps(source: bytes) -> bytes:
    """The page, without the tags that make a parser take minutes or gigabytes if there are too many of them.

    The parser is quadratic in open tags, and copies every unclosed formatting tag into each block. Past a bound
    all tags but those of tables and paragraphs are dropped: no text and no table is lost.
    """
    tags, ends = source.count(b"<"), len(_END.findall(source))
    if tags - ends > _MOST_TABLES and len(_TABLES.findall(source)) > _MOST_TABLES:
        raise _hardly_a_report(Text(f"{_MOST_TABLES} 张以上的表", f"more than {_MOST_TABLES} tables"))
    if tags - ends > _MOST_CELLS and len(_TABLE_CELLS.findall(source)) > _MOST_CELLS:
        raise _hardly_a_report(Text(f"{_MOST_CELLS} 个以上的单元格", f"more than {_MOST_CELLS} cells"))
    unclosed = tags - 2 * ends
    if unclosed > _MANY_UNCLOSED:
        unclosed = len(_OPENED.findall(source)) - len(_CLOSED.findall(source))
    if unclosed <= _MANY_UNCLOSED and tags <= _MANY_TAGS:
        return source
    return _NOT_STRUCTURE.sub(b"\f", _SCRIPT.sub(b" ", source))


def _hardly_a_report(what: Text) -> ReadError:
    return ReadError(
        Text(f"网页里有 {what.zh}。", f"The page holds {what.en}."),
        Text("这不像一份报告；请检查文件。", "This is hardly a report; check the file."),
    )


def _meta(tree: LexborHTMLParser) -> dict[str, str]:
    """Title and the standard meta fields of government sites (ArticleTitle, ContentSource, PubDate, SiteName)."""
    found: dict[str, str] = {}
    for node in tree.css("meta[name][content]"):
        name = _META.get((node.attributes.get("name") or "").lower())
        content = " ".join((node.attributes.get("content") or "").split())
        if name and content:
            found[name] = content
    title = tree.css_first("title")
    if title:
        found.setdefault("title", " ".join(title.text().split()))
    return found


def _show_as_browsers_do(tree: LexborHTMLParser) -> None:
    """What a table does not show, and what was deleted, goes; what its form fields hold comes.

    A struck figure stays apart from the one beside it. Text hidden outside tables (in a tab) stays.
    """
    for node in tree.css(_NOT_AS_WRITTEN):
        style = node.attributes.get("style") or ""
        if node.tag in _STRUCK or "line-through" in style.lower():
            node.insert_before(_BREAK)
            node.insert_after(_BREAK)
        elif node.tag in _GONE or (("hidden" in node.attributes or _NOT_DISPLAYED.search(style)) and _is_in_row(node)):
            node.decompose()
    for node in tree.css("td input[value], th input[value]"):
        shown = (node.attributes.get("type") or "text").lower() in _FIELDS
        node.replace_with(node.attributes.get("value") or "" if shown else "")


def _is_in_row(node: LexborNode | None) -> bool:
    while node is not None and node.tag not in _ROW:
        node = node.parent
    return node is not None


def _take_grids(tree: LexborHTMLParser) -> dict[int, Grid]:
    """Every table of data as a Grid, by its number in the page; a mark takes its place in the prose.

    Inner tables come first, so that a table that holds a mark is known as layout: it stays prose.
    """
    grids = {}
    positions = 0
    for number, table in reversed(list(enumerate(tree.css("table"), 1))):
        rows = []
        for row in _rows(table):
            rows.append(row)
            positions += len(row.texts)
            if positions > _MOST_CELLS:
                raise _hardly_a_report(Text(f"{_MOST_CELLS} 个以上的单元格", f"more than {_MOST_CELLS} cells"))
        if _is_layout(rows):
            _part_cells(table)
            continue
        grids[number] = Grid(number, tuple(rows))
        table.replace_with(f"{_BREAK}\x1d{number}\x1d{_BREAK}")
    return grids


def _is_layout(rows: list[GridRow]) -> bool:
    """Does it hold another table, or a single column?"""
    return all(len(row.texts) < 2 for row in rows) or any("\x1d" in "".join(row.texts) for row in rows)


def _part_cells(table: LexborNode) -> None:
    """The cells of a layout table become blocks of prose."""
    for row in _row_nodes(table):
        for cell in row.iter():
            cell.insert_before(_BREAK)
    table.insert_before(_BREAK)
    table.insert_after(_BREAK)


def _rows(table: LexborNode) -> Iterator[GridRow]:
    """The rows with merged cells expanded: a covered position repeats the text and says what covers it."""
    merged = {node.mem_id: _size(node) for node in table.css("[colspan], [rowspan]")}
    covered: Covered = {}
    for number, node in enumerate(_row_nodes(table), 1):
        cells = [cell for cell in node.iter() if cell.tag in _CELLS]
        texts = [intern(cell.text().strip(_WHITE)) for cell in cells]
        sizes = [merged.get(cell.mem_id, _SINGLE) for cell in cells] if merged else []
        if covered or any(size is not _SINGLE for size in sizes):
            row, covered = _expanded(number, zip(texts, sizes, strict=True), covered)
            yield row
        else:
            yield GridRow(number, tuple(texts[:_MAX_WIDTH]))


def _expanded(number: int, cells: Iterable[tuple[str, Size]], covered: Covered) -> tuple[GridRow, Covered]:
    """A row that merged cells reach into, or begin in; and what the next row finds covered."""
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

    for text, size in cells:
        if covered:
            fill_from_above()
        if size is _SINGLE and len(texts) < _MAX_WIDTH:
            texts.append(text)
            spans.append(own)
            continue
        width, height = size
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
    return _span(attributes.get("colspan")), _span(attributes.get("rowspan"))


def _span(value: str | None) -> int:
    return max(1, min(int(value), _MAX_SPAN)) if value and len(value) < 9 and value.isascii() and value.isdigit() else 1


def _blocks(prose: str, grids: dict[int, Grid]) -> Iterator[Paragraph | Grid]:
    """Prose cut at block breaks; each mark becomes its grid again. Prose lines with `|` are tables as text."""
    pieces = _TABLE_MARK.split(prose)
    line = 0
    for position, piece in enumerate(pieces):
        if position % 2:
            yield grids[int(piece)]
            continue
        lines = [text and " ".join(text.split()) for text in piece.split(_BREAK)]
        yield from blocks_of_lines(lines, start=line + 1)
        line += len(lines)
