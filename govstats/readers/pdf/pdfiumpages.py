"""A PDF that has been weighed → its pages as pdfium draws them, the fast way. Raises ReadError."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from io import BytesIO
from typing import Any, NamedTuple

from govstats.readers.pdf.annotations import with_annotations
from govstats.readers.pdf.box import DOUBT, Box, Glyph, StruckGlyph
from govstats.readers.pdf.brush import Brush
from govstats.readers.pdf.ink import Ink, ink_of
from govstats.readers.pdf.layers import without_hidden_layers
from govstats.readers.pdf.library import pdfium
from govstats.readers.pdf.looks import Looks
from govstats.readers.pdf.pdfiumglyphs import printed_glyphs
from govstats.readers.pdf.placement import Placement, placement
from govstats.readers.pdf.refusals import broken, locked, refused
from govstats.readers.pdf.ruling import of_fills
from govstats.readers.pdf.sight import Sight
from govstats.readers.pdf.strikes import struck_glyph
from govstats.readers.pdf.traits import Traits
from govstats.readers.pdf.weight import Weight, is_encrypted, weigh

_MAX_PAGES = 400
_SLOW_GLYPHS = 20_000
_SLOW_PATHS = 5_000
_FEW_GLYPHS = 60
"""A page number, a banner and a stamp of the scanner are no more."""
_MOST_OF_IT = 1 / 3
_BESIDE = 0.5
"""How far, in heights, a part of a figure stands from the next."""
_NEEDS_PASSWORD = frozenset((4, 5))
LOCK = threading.Lock()
"""pdfium may only be called by one thread at a time."""


class DrawnPage(NamedTuple):
    """A page's ink, its height; whether the slow way could see as much in it; what share of it pictures cover."""

    ink: Ink
    height: float
    light: bool
    covered: float

    @property
    def is_pictured(self) -> bool:
        """Do pictures take up most of the page, and letters next to nothing?"""
        return len(self.ink.glyphs) < _FEW_GLYPHS and self.covered > _MOST_OF_IT


def drawn_pages(data: bytes, weight: Weight) -> tuple[bytes, list[DrawnPage]]:
    """The pages as pdfium sees them; and the bytes, decrypted if they were encrypted without a password."""
    # All pages at once: the lock must not be held by a generator.
    with LOCK:
        return _drawn_pages(data, weight)


def _drawn_pages(data: bytes, weight: Weight) -> tuple[bytes, list[DrawnPage]]:
    with closing(opened(data)) as document:
        if weight.encrypted:
            plain = _decrypted(document)
            if not is_encrypted(plain):
                return _drawn_pages(plain, weigh(plain))
        if document.get_formtype() == pdfium().raw.FORMTYPE_ACRO_FORM:
            document.init_forms()
        return data, [_drawn_page(document, number, weight) for number in range(_page_count(document))]


def opened(data: bytes) -> Any:
    """The document; to be closed. Raises ReadError."""
    pypdfium2 = pdfium()
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) in _NEEDS_PASSWORD:
            raise locked() from error
        raise broken("打不开", "It cannot be opened") from error


def _decrypted(document: Any) -> bytes:
    """The document without its encryption, so that its streams can be weighed."""
    buffer = BytesIO()
    document.save(buffer, flags=pdfium().raw.FPDF_REMOVE_SECURITY)
    return buffer.getvalue()


def _page_count(document: Any) -> int:
    count = len(document)
    if not count:
        raise broken("没有页面", "It has no pages")
    if count > _MAX_PAGES:
        raise refused(f"超过 {_MAX_PAGES} 页（{count} 页）", f"It has more than {_MAX_PAGES} pages ({count})")
    return count


def _drawn_page(document: Any, number: int, weight: Weight) -> DrawnPage:
    pypdfium2 = pdfium()
    try:
        page, annotated, typed, marked, left = with_annotations(
            document, number, weight.traits.layers and weight.traits.hidden
        )
        with closing(page):
            is_layered = weight.traits.layers and without_hidden_layers(page, weight.traits)
            place, brush, turned = _brushed(page, weight.traits)
            brush.looks.remove_unseen(page.raw)
            over = (Glyph(each.text, *place.matrix.sides(*each.sides)) for each in typed)
            with closing(page.get_textpage()) as text:
                glyphs = (*printed_glyphs(text.raw, place.matrix, brush.looks, weight.vertical), *over)
            glyphs += tuple(_unread(brush.looks, glyphs))
            glyphs, is_cut = _on_paper(glyphs, place.paper)
            marks = [Box(*place.matrix.sides(*each)) for each in marked]
            brush.drawings.extend(Box(*place.matrix.sides(*each)) for each in left)
            is_plain = not (turned or weight.vertical or annotated or is_layered or is_cut or brush.looks.are_special)
    except pypdfium2.PdfiumError as error:
        raise broken(f"第 {number + 1} 页打不开", f"Page {number + 1} cannot be opened") from error
    rulings = [*brush.rulings, *of_fills(brush.fills)]
    ink = ink_of(glyphs, rulings, brush.pictures, brush.drawings, brush.blots, brush.slashes, marks)
    if (brush.looks.coverage or brush.slashes) and any(isinstance(each, StruckGlyph) for each in ink.glyphs):
        is_plain = False
    light = is_plain and len(glyphs) <= _SLOW_GLYPHS and brush.paths <= _SLOW_PATHS
    covered = sum(picture.area for picture in ink.pictures) / max(1.0, place.width * place.height)
    return DrawnPage(ink, place.height, light, covered)


def _unread(looks: Looks, glyphs: tuple[Glyph, ...]) -> Iterator[Glyph]:
    """Something unread for each text that was drawn over, where nothing was printed in its stead; and for what is not
    seen behind or before a figure, of which it may be a part."""
    for box in looks.covered:
        if not box.held(glyphs):
            yield Glyph(DOUBT, *box)
    for box in looks.gone:
        beside = box._replace(x0=box.x0 - _BESIDE * box.height, x1=box.x1 + _BESIDE * box.height)
        if any(each.text.isdigit() for each in beside.held(glyphs)) and not box.held(glyphs):
            yield Glyph(DOUBT, *box)


def _on_paper(glyphs: tuple[Glyph, ...], paper: Box) -> tuple[tuple[Glyph, ...], bool]:
    """The glyphs, of which those hold no more that lie beside the page; are there such?"""
    x0, top, x1, bottom = paper
    off = {each for each in glyphs if not (x0 <= each.centre <= x1 and top <= each.middle <= bottom)}
    if not off or paper.area <= 0:
        return glyphs, False
    return tuple(struck_glyph(each) if each in off else each for each in glyphs), True


def _brushed(page: Any, traits: Traits) -> tuple[Placement, Brush, bool]:
    """How the page is seen, and what it draws; whether it was turned, as most of its text lies on its side or head."""
    place = placement(page)
    brush = Brush(traits)
    brush.page(page.raw, place.matrix)
    if turned := brush.looks.quarter:
        page.set_rotation((page.get_rotation() - 90 * turned) % 360)
        place, brush = placement(page), Brush(traits)
        brush.page(page.raw, place.matrix)
    brush.settle(Sight(page, place, traits), place.paper.area)
    return place, brush, bool(turned)
