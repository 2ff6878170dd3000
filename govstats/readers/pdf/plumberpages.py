"""A PDF and the number of a page → the page's ink as pdfplumber sees it, the slow way; None if out of reach."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

from govstats.errors import ReadError
from govstats.readers.pdf.box import DOUBT, Box, Glyph, character
from govstats.readers.pdf.ink import Ink, ink_of
from govstats.readers.pdf.ruling import Ruling, of_fills, of_frame, of_stroke

_MOST_PAGES = 20


class PlumberPages:
    """Pages by pdfplumber, opened when the first is asked for. pdfminer is slow: only so much is given to it."""

    def __init__(self, data: bytes, allowed: bool) -> None:
        self._data = data
        self._left = _MOST_PAGES if allowed else 0

    def reading(self, number: int) -> Callable[[], Ink | None]:
        """How to read page `number` (from 0)."""
        return lambda: self._read(number)

    def _read(self, number: int) -> Ink | None:
        """The page's ink; None if pdfplumber cannot read it, or has had enough."""
        if not self._left:
            return None
        self._left -= 1
        logging.getLogger("pdfminer").setLevel(logging.ERROR)
        try:
            import pdfplumber

            with pdfplumber.open(BytesIO(self._data), pages=[number + 1]) as document:
                return _ink(document.pages[0])
        except ReadError:
            raise
        except Exception:  # pdfminer raises whatever a broken file makes it trip over
            return None


def _ink(page: Any) -> Ink:
    glyphs = tuple(
        Glyph(_character(char["text"]), char["x0"], char["top"], char["x1"], char["bottom"]) for char in page.chars
    )
    shapes = (*page.lines, *page.rects, *page.curves)
    rulings = [ruling for shape in shapes if shape.get("stroke") for ruling in _strokes(shape)]
    return ink_of(glyphs, [*rulings, *of_fills([_box(shape) for shape in shapes if shape.get("fill")])])


def _character(text: str) -> str:
    return DOUBT if text.startswith("(cid:") else text if len(text) > 1 else character(ord(text or "\0"))


def _box(shape: Any) -> Box:
    return Box(shape["x0"], shape["top"], shape["x1"], shape["bottom"])


def _strokes(shape: Any) -> Iterator[Ruling]:
    if shape["object_type"] == "rect":
        yield from of_frame(_box(shape))
    yield from of_stroke(shape.get("pts") or [])
