"""A page's bytes → the same without what makes a parser take minutes or gigabytes; ReadError if it is hardly a page."""

from __future__ import annotations

import re

from govstats.errors import ReadError
from govstats.lang import Text
from govstats.readers.html.elements import changed

MANY_TAGS = 30_000
MOST_CELLS = 200_000
MOST_MERGED = 20_000
"""Merged cells: six hundred reports in one page would have as many."""
MOST_COVERED = 50_000
"""Positions that merged cells take beside their own; to fill them is work that a few bytes can ask for."""
_MANY_UNCLOSED = 300
_MANY_OPEN = 2_000
"""Elements that hold others and are never closed: each is looked through for what is opened behind it."""
_MOST_TABLES = 2_000
_FORMATTING = rb"(?:a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)[\s>]"
_OPENED = re.compile(b"<" + _FORMATTING, re.IGNORECASE)
_CLOSED = re.compile(b"</" + _FORMATTING, re.IGNORECASE)
_HOLDING = (
    rb"(?!(?:html|head|body|meta|table|thead|tbody|tfoot|tr|td|th|p|br|li|dt|dd|option"
    rb"|img|input|hr|link|col|area|base|embed|source|track|wbr|param)[\s/>])[a-z]"
)
_HOLDING_OPENED = re.compile(b"<" + _HOLDING, re.IGNORECASE)
_HOLDING_CLOSED = re.compile(b"</" + _HOLDING, re.IGNORECASE)
_TABLES = re.compile(b"<table", re.IGNORECASE)
_TABLE_CELLS = re.compile(rb"<t[dh][\s/>]", re.IGNORECASE)
_NESTING = re.compile(rb"<(?:pre|title|del|h[1-6])[\s>]", re.IGNORECASE)
_NESTING_ENDS = re.compile(rb"</(?:pre|title|del|h[1-6])[\s>]", re.IGNORECASE)
_NESTING_TAG = re.compile(rb"</?(?:pre|title|del|h[1-6])\b[^<>]*>", re.IGNORECASE)
"""What is kept and stays open until it is closed."""
_NOT_STRUCTURE = re.compile(
    rb"</?(?!(?:html|head|body|title|meta|table|thead|tbody|tfoot|tr|td|th|p|br|del|h[1-6]|pre)\b)[a-z][^<>]*>",
    re.IGNORECASE,
)


def without_traps(source: bytes) -> bytes:
    """The page, without the tags that make a parser take minutes or gigabytes if there are too many of them.

    The parser is quadratic in open tags, and copies every unclosed formatting tag into each block. Past a bound
    all tags but those of tables, paragraphs and deletions are dropped: no text and no table is lost.
    """
    tags, ends = source.count(b"<"), source.count(b"</")
    if tags - ends > _MOST_TABLES and len(_TABLES.findall(source)) > _MOST_TABLES:
        raise hardly_a_report(Text(f"{_MOST_TABLES} 张以上的表", f"more than {_MOST_TABLES} tables"))
    if tags - ends > MOST_CELLS and len(_TABLE_CELLS.findall(source)) > MOST_CELLS:
        raise too_many_cells()
    if tags <= MANY_TAGS and not _leaves_many_open(source, tags - 2 * ends):
        return source
    for silent in (b"script", b"style"):
        source = changed(source, silent, lambda *_: b" ")
    source = _NOT_STRUCTURE.sub(b" ", source)
    nesting = len(_NESTING.findall(source)) - len(_NESTING_ENDS.findall(source))
    return source if nesting <= _MANY_UNCLOSED else _NESTING_TAG.sub(b" ", source)


def _leaves_many_open(source: bytes, at_most: int) -> bool:
    """Are there too many elements that are not closed? `at_most`: so many can there be."""
    if at_most <= _MANY_UNCLOSED:
        return False
    if len(_OPENED.findall(source)) - len(_CLOSED.findall(source)) > _MANY_UNCLOSED:
        return True
    return (
        at_most > _MANY_OPEN
        and len(_HOLDING_OPENED.findall(source)) - len(_HOLDING_CLOSED.findall(source)) > _MANY_OPEN
    )


def too_many_cells() -> ReadError:
    """What to raise for tables without end."""
    return hardly_a_report(Text(f"{MOST_CELLS} 个以上的单元格", f"more than {MOST_CELLS} cells"))


def too_much_merged(most: int) -> ReadError:
    """What to raise for merged cells without end."""
    return hardly_a_report(Text(f"{most} 处以上的合并单元格", f"merged cells in more than {most} places"))


def hardly_a_report(what: Text) -> ReadError:
    """What to raise for a page that no report can be."""
    return ReadError(
        Text(f"网页里有 {what.zh}。", f"The page holds {what.en}."),
        Text("这不像一份报告；请检查文件。", "This is hardly a report; check the file."),
    )
