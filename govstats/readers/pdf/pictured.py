"""Pictures on a table, and its cells → the cells without text in which a picture shows what nobody has read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from govstats.readers.pdf.box import Box

_SMALLEST = 3.0
"""A picture of a figure is not smaller, in points."""
_WITHIN, _COVERED = 0.7, 0.9


def pictured(pictures: Sequence[Box], cells: list[Box], texts: list[str]) -> Iterator[int]:
    """The numbers of blank cells that hold a picture, or lie under one that covers nothing but blank cells.

    A seal, or a picture behind the table, covers cells that have text, and shows nothing in those that have none.
    """
    for picture in pictures:
        if min(picture.x1 - picture.x0, picture.bottom - picture.top) < _SMALLEST:
            continue
        shares = [(number, picture.shared(cell)) for number, cell in enumerate(cells)]
        home = [number for number, share in shares if share > _WITHIN * picture.area]
        covered = home or [number for number, share in shares if share > _COVERED * cells[number].area > 0]
        if not any(texts[number].strip() for number in covered):
            yield from covered
