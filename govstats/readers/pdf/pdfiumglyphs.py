"""A page's text as pdfium has it → the glyphs that are printed. Raises ReadError."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from ctypes import byref, c_double
from typing import Any

from govstats.readers.pdf.box import DOUBT, Box, Glyph, StruckGlyph, WeakGlyph, character
from govstats.readers.pdf.handles import address
from govstats.readers.pdf.library import pdfium
from govstats.readers.pdf.looks import Looks
from govstats.readers.pdf.placement import Matrix
from govstats.readers.pdf.refusals import refused
from govstats.readers.pdf.strikes import struck_glyph

_MAX_GLYPHS = 200_000
_HYPHENS = {0x02: "-", 0xAD: "-", 0xFFFE: "-"}
"""What pdfium makes of a hyphen at the end of a line."""
_SAME = 0.02
_DIGITS = frozenset(map(ord, "0123456789０１２３４５６７８９"))
_BLUR = 0.5
"""By how many points what is drawn may reach beyond a character's box."""
_LACKING_ACROSS, _LACKING_DOWN = 0.45, 0.2
"""How much of it may be lacking: where a typeface is not embedded, another one is drawn, whose digits may be wider."""
_SPECK = 0.8
"""Of so few points nothing is seen."""
_MADE_UP = frozenset(b"\r\n ")
"""What pdfium adds of its own: line ends, and spaces where there is room for one."""


def printed_glyphs(text: Any, seen: Matrix, looks: Looks, vertical: bool) -> Iterator[Glyph]:
    """The characters that are printed; what pdfium adds of its own is not. `vertical`: some may stand below others."""
    raw = pdfium().raw
    count = raw.FPDFText_CountChars(text)
    if count > _MAX_GLYPHS:
        raise refused(f"一页上的文字超过 {_MAX_GLYPHS} 个", f"A page has more than {_MAX_GLYPHS} characters")
    # Four calls for each glyph are most of the time that a page takes.
    code_at, box_at, is_unknown = raw.FPDFText_GetUnicode, raw.FPDFText_GetLooseCharBox, raw.FPDFText_HasUnicodeMapError
    sides, x, y = seen.sides, seen.e, seen.f
    is_upright = seen[:4] == (1, 0, 0, -1)
    rect = raw.FS_RECTF()
    place = byref(rect)
    kind_at = _kinds(text, looks)
    repair = _Upright(text, rect) if vertical else None
    kind = Glyph
    plain = kind_at is None and repair is None
    coverage, shots = looks.coverage, _Shots(text, seen, looks) if looks.shots else None
    for index in range(count):
        code = code_at(text, index)
        if (code in _MADE_UP and raw.FPDFText_IsGenerated(text, index) == 1) or not box_at(text, index, place):
            continue
        if not plain:
            kind = kind_at(index) if kind_at else Glyph
            if repair:
                repair.mend(index)
        # Without a Unicode map pdfium shows the bare character code: a figure out of nothing.
        shown = DOUBT if is_unknown(text, index) == 1 else _HYPHENS.get(code) or character(code)
        left, bottom, right, top = rect.left, rect.bottom, rect.right, rect.top
        if is_upright and left <= right and bottom <= top:  # the same, in half the time
            glyph = kind(shown, left + x, y - top, right + x, y - bottom)
        else:
            glyph = kind(shown, *sides(left, bottom, right, top))
        if coverage and coverage.hides(address(raw.FPDFText_GetTextObject(text, index)), glyph.centre, glyph.middle):
            glyph = StruckGlyph(shown, glyph.x0, glyph.top, glyph.x1, glyph.bottom)
        if glyph.height < _SPECK and _size(text, index) < _SPECK:
            glyph = struck_glyph(glyph)
        if shots and code in _DIGITS and not shots.is_whole(index, glyph):
            glyph, looks.is_torn = kind(DOUBT, glyph.x0, glyph.top, glyph.x1, glyph.bottom), True
        yield glyph


def _kinds(text: Any, looks: Looks) -> Callable[[int], type[Glyph]] | None:
    """What kind of glyph each is; nothing to ask where none is faint."""
    if not looks.faint:
        return None
    object_at = pdfium().raw.FPDFText_GetTextObject
    return lambda index: WeakGlyph if address(object_at(text, index)) in looks.faint else Glyph


def _size(text: Any, index: int) -> float:
    """How large a character is painted; the box around it may be of a typeface that says nothing of itself."""
    raw = pdfium().raw
    place = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(text, index, byref(place))
    return float(raw.FPDFText_GetFontSize(text, index) * math.hypot(place.c, place.d))


class _Shots:
    """Tells what is seen of single characters, where not all may be."""

    def __init__(self, text: Any, seen: Matrix, looks: Looks) -> None:
        self._raw = pdfium().raw
        self._text = text
        self._seen = seen
        self._shots = looks.shots
        self._sides = [c_double() for _ in range(4)]

    def is_whole(self, index: int, glyph: Glyph) -> bool:
        """Is as much seen of a character as is painted of it? What its clip leaves of its box is not cut off."""
        shot, clip = self._shots.get(address(self._raw.FPDFText_GetTextObject(self._text, index)), (None, None))
        if shot is None or not self._raw.FPDFText_GetCharBox(self._text, index, *map(byref, self._sides)):
            return True
        left, right, bottom, top = (side.value for side in self._sides)
        box = self._seen.box(left, bottom, right, top)
        ink = shot.ink(Box(box.x0 - _BLUR, box.top - _BLUR, box.x1 + _BLUR, box.bottom + _BLUR))
        if ink is None:
            return False
        width, height = _LACKING_ACROSS * box.width + _BLUR, _LACKING_DOWN * box.height + _BLUR
        if clip and clip.whole:
            inner = clip.box.common(Box(glyph.x0, glyph.top, glyph.x1, glyph.bottom))
            if glyph.x1 - glyph.x0 - inner.width < width:
                width = math.inf
            if glyph.height - inner.height < height:
                height = math.inf
        return box.width - ink.width < width and box.height - ink.height < height


class _Upright:
    """Mends boxes of vertical type: pdfium gives them as if the text's own matrix did not stretch them."""

    def __init__(self, text: Any, rect: Any) -> None:
        self._raw = pdfium().raw
        self._text = text
        self._rect = rect
        self._matrix = self._raw.FS_MATRIX()
        self._sides = [c_double() for _ in range(4)]

    def mend(self, index: int) -> None:
        """The box of a character, if it is as wide as its type would be without its matrix."""
        size, rect, place = self._raw.FPDFText_GetFontSize(self._text, index), self._rect, self._matrix
        if abs(rect.right - rect.left - size) > _SAME * size:
            return
        self._raw.FPDFText_GetMatrix(self._text, index, byref(place))
        scale = math.hypot(place.a, place.b)
        # A narrow letter may be stretched to that width, too: then it lies where it is painted.
        if abs(scale - 1) > _SAME and not (scale > 1 and self._is_painted_there(index)):
            self._stretch(index)

    def _is_painted_there(self, index: int) -> bool:
        if not self._raw.FPDFText_GetCharBox(self._text, index, *map(byref, self._sides)):
            return True
        left, right, bottom, top = (side.value for side in self._sides)
        rect = self._rect
        x, y = (left + right) / 2, (bottom + top) / 2
        return bool(rect.left <= x <= rect.right and rect.bottom <= y <= rect.top)

    def _stretch(self, index: int) -> None:
        """Stretch the box as the matrix says, from the origin of the character."""
        self._raw.FPDFText_GetCharOrigin(self._text, index, *map(byref, self._sides[:2]))
        x, y = (side.value for side in self._sides[:2])
        place, rect = self._matrix, self._rect
        sides = Matrix(place.a, place.b, place.c, place.d, x, y).sides(
            rect.left - x, rect.bottom - y, rect.right - x, rect.top - y
        )
        rect.left, rect.bottom, rect.right, rect.top = sides
