"""Document as read → Document as seen: without characters that have no shape."""

from __future__ import annotations

from dataclasses import replace

from govstats.model.document import Document, Grid, Paragraph
from govstats.text.unseen import THING, is_reversed, is_shapely, without_shapeless


def as_seen(document: Document) -> Document:
    """The document; its texts without shapeless characters. A cell that is shown reversed keeps the mark that says so,
    and things that are no text stay in cells only."""
    texts = "".join(["".join(row.texts) for grid in document.grids for row in grid.rows])
    if is_shapely(texts) and is_shapely(document.text) and THING not in document.text:
        return document
    return replace(document, blocks=tuple([_seen(block) for block in document.blocks]))


def _seen(block: Paragraph | Grid) -> Paragraph | Grid:
    if isinstance(block, Paragraph):
        return block._replace(text=without_shapeless(block.text).replace(THING, ""))
    rows = [row._replace(texts=tuple([_cell(text) for text in row.texts])) for row in block.rows]
    return replace(block, rows=tuple(rows))


def _cell(text: str) -> str:
    return text if is_reversed(text) else without_shapeless(text)
