"""A document and the pictures in it → the same with the tables that stand in them, behind its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from govstats.errors import ReadError
from govstats.model.document import BESIDE, RECOGNISED, Document, Grid, Paragraph, Place
from govstats.readers.picture.network import is_installed

if TYPE_CHECKING:
    from govstats.readers.pdf.rendering import Rendered

_MOST = 60
"""So many pictures of a document are looked at."""
_NARROWEST, _LOWEST = 400, 120
"""Pixels: what is smaller is an ornament."""


def with_pictures(document: Document, pictures: Callable[[], Iterable[tuple[bytes, bool]]]) -> Document:
    """The document with the blocks of its pictures that hold tables, which are numbered after its own; as it is, if
    none does, or nothing that recognises is installed."""
    if not is_installed():
        return document
    from govstats.readers.picture.files import recognised_pages

    from_beside: list[bool] = []
    read = recognised_pages(_large(pictures(), from_beside), "")
    if RECOGNISED not in read.meta:
        return document
    tables = max((grid.table for grid in document.grids), default=0)
    lines = max((paragraph.line for paragraph in document.paragraphs), default=0)
    blocks = [
        replace(each, table=each.table + tables) if isinstance(each, Grid) else Paragraph(each.text, each.line + lines)
        for each in read.blocks
    ]
    looks = {Place(at.table + tables, at.line, at.column): look for at, look in read.looks.items()}
    meta = {**document.meta, RECOGNISED: read.meta[RECOGNISED]} | ({BESIDE: "true"} if any(from_beside) else {})
    return replace(document, blocks=(*document.blocks, *blocks), meta=meta, looks=looks)


def _large(pictures: Iterable[tuple[bytes, bool]], from_beside: list[bool]) -> Iterator[Rendered]:
    """The pages of those that may be tables, and whether each lies beside the document; none of damaged ones, or such
    as would burst."""
    from govstats.readers.picture.files import pages_of, size_of

    for data, is_beside in islice(pictures, _MOST):
        with suppress(ReadError):
            width, height = size_of(data)
            if width >= _NARROWEST and height >= _LOWEST:
                from_beside.append(is_beside)
                yield from pages_of(data)
