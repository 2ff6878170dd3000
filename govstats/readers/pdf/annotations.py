"""A page's form fields and typed comments → part of the page, as they are printed. Raises ReadError."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from ctypes import POINTER, byref, c_ushort, cast, create_string_buffer
from typing import Any, NamedTuple

from govstats.readers._limits import UNPACKED
from govstats.readers.pdf.library import pdfium
from govstats.readers.pdf.refusals import broken, refused

_MAX_ANNOTATIONS = 20_000
_EACH = 500
"""An annotation weighs as much as so many bytes, however little it shows."""
_SHOWING_NOTHING = frozenset((2, 16))
"""Links, and notes that pop up."""
_FILLED_IN = frozenset((3, 20))
"""What is typed over a page, and the fields of a form: where one of them cannot be found, a figure may be missing."""
_NOTHING = len("\0\0")
"""As many bytes has an appearance that is none."""
_BY_HAND = ("INK", "LINE", "POLYGON", "POLYLINE", "SQUARE", "CIRCLE", "STAMP")
_HIDDEN = 1 << 1 | 1 << 5
_SIZE = re.compile(r"([\d.]+)\s+Tf\b")
_USUAL_SIZE, _LEADING, _PAD = 10.0, 1.2, 2.0
_WIDE_FROM = 0x2E80


class Typed(NamedTuple):
    """A character that was typed over a page, and its sides: left, bottom, right, top."""

    text: str
    sides: tuple[float, float, float, float]


Sides = tuple[float, float, float, float]
"""Left, bottom, right, top."""


class Annotated(NamedTuple):
    """A page on which its annotations are drawn, if they `show` anything; what is typed over it and was not drawn;
    where they strike text out; where there may be others, which a viewer draws."""

    page: Any
    show: bool
    typed: list[Typed]
    struck: list[Sides]
    left: list[Sides]


def with_annotations(document: Any, number: int, layered: bool) -> Annotated:
    """The page, with what its annotations show drawn on it. `layered`: some of its layers are not shown."""
    page = document[number]
    if not _show_something(page):
        return Annotated(page, False, [], [], [])
    left = list(_take_layered(page)) if layered else []
    _remove_unseen(page)
    typed, struck = list(_typed(page)), list(_struck(page))
    left.extend(_left(page))
    # Where that of all pages holds, pdfium would make the page as small as what it draws on it.
    page.set_mediabox(*page.get_bbox())
    pdfium().raw.FPDFPage_Flatten(page.raw, pdfium().raw.FLAT_NORMALDISPLAY)
    page.close()
    return Annotated(document[number], True, typed, struck, left)


def _show_something(page: Any) -> bool:
    count = pdfium().raw.FPDFPage_GetAnnotCount(page.raw)
    if count > _MAX_ANNOTATIONS:
        raise refused(f"一页上的批注超过 {_MAX_ANNOTATIONS} 个", f"A page has more than {_MAX_ANNOTATIONS} annotations")
    kinds, weights = Counter[int](), list[int]()
    for each in _annotations(page):
        kinds[each.kind] += 1
        if each.kind not in _SHOWING_NOTHING:
            weights.append(_EACH + each.drawn)
    if kinds.total() < count and _FILLED_IN & kinds.keys():
        raise broken("填写的内容有一部分丢失", "Some of what was filled in is lost")
    if sum(weights) > UNPACKED:
        raise refused("批注内容过大", "Its annotations are of an absurd size")
    return bool(weights)


def _annotations(page: Any) -> Iterator[_Annotation]:
    """One by one, each open until the next is asked for."""
    return (each for _, each in _numbered(page))


def _numbered(page: Any) -> Iterator[tuple[int, _Annotation]]:
    raw = pdfium().raw
    for index in range(raw.FPDFPage_GetAnnotCount(page.raw)):
        with closing(_Annotation(raw.FPDFPage_GetAnnot(page.raw, index))) as annotation:
            if annotation.raw:
                yield index, annotation


class _Annotation:
    """An annotation, to be closed."""

    def __init__(self, raw: Any) -> None:
        self.raw = raw

    @property
    def kind(self) -> int:
        """Its subtype."""
        return int(pdfium().raw.FPDFAnnot_GetSubtype(self.raw))

    @property
    def drawn(self) -> int:
        """The bytes of its appearance; 0 if it has none."""
        raw = pdfium().raw
        return int(raw.FPDFAnnot_GetAP(self.raw, raw.FPDF_ANNOT_APPEARANCEMODE_NORMAL, None, 0))

    @property
    def is_hidden(self) -> bool:
        """Does it say that it is not shown?"""
        return bool(pdfium().raw.FPDFAnnot_GetFlags(self.raw) & _HIDDEN)

    def string(self, key: bytes) -> str:
        """What its dictionary has under a name."""
        get = pdfium().raw.FPDFAnnot_GetStringValue
        size = get(self.raw, key, None, 0)
        buffer = create_string_buffer(size)
        get(self.raw, key, cast(buffer, POINTER(c_ushort)), size)
        return buffer.raw[:-2].decode("utf-16-le", "replace")

    def sides(self) -> Sides:
        """Of its own box."""
        rect = pdfium().raw.FS_RECTF()
        pdfium().raw.FPDFAnnot_GetRect(self.raw, byref(rect))
        return rect.left, rect.bottom, rect.right, rect.top

    def letters(self) -> list[Sides]:
        """The boxes of letters that it marks."""
        raw = pdfium().raw
        quad, found = raw.FS_QUADPOINTSF(), list[Sides]()
        for index in range(min(raw.FPDFAnnot_CountAttachmentPoints(self.raw), _MAX_ANNOTATIONS)):
            if raw.FPDFAnnot_GetAttachmentPoints(self.raw, index, byref(quad)):
                xs, ys = (quad.x1, quad.x2, quad.x3, quad.x4), (quad.y1, quad.y2, quad.y3, quad.y4)
                found.append((min(xs), min(ys), max(xs), max(ys)))
        return found

    def close(self) -> None:
        """Give it back."""
        if self.raw:
            pdfium().raw.FPDFPage_CloseAnnot(self.raw)


def _remove_unseen(page: Any) -> None:
    """Take off what says that it is not shown on a screen: it would be drawn all the same."""
    raw = pdfium().raw
    unseen = [index for index, each in _numbered(page) if each.is_hidden]
    for index in reversed(unseen):
        raw.FPDFPage_RemoveAnnot(page.raw, index)


def _take_layered(page: Any) -> Iterator[Sides]:
    """Hide what belongs to a layer: nobody says whether it is shown."""
    raw = pdfium().raw
    for each in _annotations(page):
        if raw.FPDFAnnot_HasKey(each.raw, b"OC") and not each.is_hidden:
            raw.FPDFAnnot_SetFlags(each.raw, raw.FPDFAnnot_GetFlags(each.raw) | raw.FPDF_ANNOT_FLAG_HIDDEN)
            yield each.sides()


def _left(page: Any) -> Iterator[Sides]:
    """What has no appearance of its own, and a viewer draws: strokes by hand and the like."""
    kinds = {getattr(pdfium().raw, f"FPDF_ANNOT_{name}") for name in _BY_HAND}
    return (
        each.sides()
        for each in _annotations(page)
        if each.kind in kinds and each.drawn <= _NOTHING and not each.is_hidden
    )


def _struck(page: Any) -> Iterator[Sides]:
    """Where comments strike text out: by the boxes of letters that they name, else by their own."""
    raw = pdfium().raw
    for each in _annotations(page):
        if each.kind == raw.FPDF_ANNOT_STRIKEOUT:
            yield from each.letters() or [each.sides()]
        elif each.kind == raw.FPDF_ANNOT_LINE and each.drawn > _NOTHING:
            left, bottom, right, top = each.sides()
            if right - left > top - bottom:
                yield left, bottom, right, top


def _typed(page: Any) -> Iterator[Typed]:
    """What is typed over the page and has no appearance of its own: a viewer sets it line by line into its box."""
    freetext = pdfium().raw.FPDF_ANNOT_FREETEXT
    for each in _annotations(page):
        if each.kind == freetext and not each.is_hidden and each.drawn <= _NOTHING:
            yield from _set(each)


def _set(annotation: _Annotation) -> Iterator[Typed]:
    rect = pdfium().raw.FS_RECTF()
    pdfium().raw.FPDFAnnot_GetRect(annotation.raw, byref(rect))
    told = _SIZE.search(annotation.string(b"DA"))
    size = float(told[1]) if told and told[1].strip(".0") else _USUAL_SIZE
    for number, line in enumerate(annotation.string(b"Contents").splitlines()):
        x, top = rect.left + _PAD, rect.top - _PAD - number * _LEADING * size
        for character in line:
            width = size if ord(character) > _WIDE_FROM else size / 2
            yield Typed(character, (x, top - size, x + width, top))
            x += width
