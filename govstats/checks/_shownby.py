"""A document whose tables are pictures in its text → which of them may be: a page or a Word file, not a scan."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govstats.catalog.formats import known_formats
from govstats.model.document import Document, Grid, Paragraph
from govstats.model.forms import TableForm
from govstats.model.table import Table
from govstats.text.figures import State
from govstats.text.labels import label
from govstats.text.unseen import THING

_HEADING = re.compile(r"\s*[一二三四五六七八]\s*[、.．]")
_REPORT = re.compile(r"信息公开.{0,8}(?:年度报告|年报)")


def may_be_pictured(document: Document, form: TableForm) -> bool:
    """May a table that is not there be a picture: does one stand below its heading, or is there no heading either?"""
    if not _has_pictures(document):
        return False
    found = _sections(document, form)
    return any(_shows(document, *each) for each in found) if found else _is_any_pictured(document)


def is_likely_pictured(document: Document) -> bool:
    """Are the tables of a document without any likely pictures: below a heading of one, or in a report of which there
    is nothing but its title?"""
    if not document.pictures:
        return False
    if any(_HEADING.match(paragraph.text) for paragraph in document.paragraphs):
        return _is_any_pictured(document)
    titles = [
        at for at, block in enumerate(document.blocks) if isinstance(block, Paragraph) and _REPORT.search(block.text)
    ]
    return bool(titles) and any(at > titles[0] for at in document.pictures)


def is_all_things(table: Table) -> bool:
    """Are most cells of a table pictures, and no figure is there?"""
    held = sum(1 for raw in table.raws if raw and THING in raw)
    return 2 * held > len(table.raws) and not table.has_state(State.NUMBER, State.ZERO).any()


def _is_any_pictured(document: Document) -> bool:
    forms = (form for each in known_formats().values() for form in each.tables.values())
    return any(_shows(document, *section) for form in forms for section in _sections(document, form))


def _sections(document: Document, form: TableForm) -> list[tuple[int, int]]:
    """From behind which block to behind which the section of a table goes."""
    return list(_bounds(document, label(form.title.zh).words))


def _bounds(document: Document, title: str) -> Iterator[tuple[int, int]]:
    blocks = document.blocks
    headings = [at for at, block in enumerate(blocks) if isinstance(block, Paragraph) and _HEADING.match(block.text)]
    for at, block in enumerate(blocks):
        if isinstance(block, Paragraph) and label(block.text).words == title:
            yield at, next((each for each in headings if each > at), len(blocks))


def _shows(document: Document, begin: int, end: int) -> bool:
    """Is there a picture, by itself or in a table of layout?"""
    if any(begin < at <= end for at in document.pictures):
        return True
    return any(_is_thing(block) for block in document.blocks[begin:end])


def _has_pictures(document: Document) -> bool:
    return bool(document.pictures) or any(map(_is_thing, document.grids))


def _is_thing(block: Paragraph | Grid) -> bool:
    """Is it a table that holds a picture, and hardly anything else?"""
    if isinstance(block, Paragraph):
        return False
    texts = {text for row in block.rows for text in row.texts if text.strip()}
    return texts == {THING}
