"""A page's text as pdfium has it → the glyphs that are printed. Raises ReadError."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from govstats.pdf.glyph import Glyph, character
from govstats.pdf.library import pdfium
from govstats.pdf.placement import Placement
from govstats.pdf.refusals import refused

_MAX_GLYPHS = 200_000
_HYPHENS = {0x02: "-", 0xAD: "-", 0xFFFE: "-"}
"""What pdfium makes of a hyphen at the end of a line."""


def printed_glyphs(text: Any, place: Placement) -> Iterator[Glyph]:
    """The characters that are printed; pdfium adds spaces and line ends of its own, which are not."""
    raw = pdfium().raw
    count = raw.FPDFText_CountChars(text)
    if count > _MAX_GLYPHS:
        raise refused(f"一页上的文字超过 {_MAX_GLYPHS} 个", f"A page has more than {_MAX_GLYPHS} characters")
    rect = raw.FS_RECTF()
    for index in range(count):
        if raw.FPDFText_IsGenerated(text, index) == 1 or not raw.FPDFText_GetLooseCharBox(text, index, rect):
            continue
        box = place.box(rect.left, rect.bottom, rect.right, rect.top)
        yield Glyph(_character(raw, text, index), *box)


def _character(raw: Any, text: Any, index: int) -> str:
    """The character at `index`. Without a Unicode map pdfium shows the bare character code: a figure out of nothing."""
    code = raw.FPDFText_GetUnicode(text, index)
    known = raw.FPDFText_HasUnicodeMapError(text, index) != 1
    return _HYPHENS.get(code) or character(code if known else 0)
