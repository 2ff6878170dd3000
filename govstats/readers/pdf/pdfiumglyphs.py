"""A page's text as pdfium has it → the glyphs that are printed. Raises ReadError."""

from __future__ import annotations

from collections.abc import Iterator
from ctypes import byref
from typing import Any

from govstats.readers.pdf.box import DOUBT, Glyph, character
from govstats.readers.pdf.library import pdfium
from govstats.readers.pdf.placement import Matrix
from govstats.readers.pdf.refusals import refused

_MAX_GLYPHS = 200_000
_HYPHENS = {0x02: "-", 0xAD: "-", 0xFFFE: "-"}
"""What pdfium makes of a hyphen at the end of a line."""
_MADE_UP = frozenset(b"\r\n ")
"""What pdfium adds of its own: line ends, and spaces where there is room for one."""


def printed_glyphs(text: Any, seen: Matrix) -> Iterator[Glyph]:
    """The characters that are printed; what pdfium adds of its own is not."""
    raw = pdfium().raw
    count = raw.FPDFText_CountChars(text)
    if count > _MAX_GLYPHS:
        raise refused(f"一页上的文字超过 {_MAX_GLYPHS} 个", f"A page has more than {_MAX_GLYPHS} characters")
    # Four calls for each glyph are most of the time that a page takes.
    code_at, box_at, is_unknown = raw.FPDFText_GetUnicode, raw.FPDFText_GetLooseCharBox, raw.FPDFText_HasUnicodeMapError
    sides = seen.sides
    rect = raw.FS_RECTF()
    place = byref(rect)
    for index in range(count):
        code = code_at(text, index)
        if (code in _MADE_UP and raw.FPDFText_IsGenerated(text, index) == 1) or not box_at(text, index, place):
            continue
        # Without a Unicode map pdfium shows the bare character code: a figure out of nothing.
        shown = DOUBT if is_unknown(text, index) == 1 else _HYPHENS.get(code) or character(code)
        yield Glyph(shown, *sides(rect.left, rect.bottom, rect.right, rect.top))
