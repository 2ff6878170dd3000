"""A page with layers → the page without what its layers do not show.

Which layers are on is a matter of defaults, usages and expressions; pdfium knows them when it draws, and only then.
"""

from __future__ import annotations

from collections.abc import Iterator
from ctypes import POINTER, byref, c_ulong, c_ushort, cast, create_string_buffer
from functools import reduce
from typing import Any

from govstats.readers.pdf.box import Box
from govstats.readers.pdf.handles import Bounds, address, inside, matrix_of, remove
from govstats.readers.pdf.library import pdfium
from govstats.readers.pdf.placement import Matrix, placement
from govstats.readers.pdf.sight import Sight, Subject
from govstats.readers.pdf.traits import Traits

_OPTIONAL = "OC\0".encode("utf-16-le")
_MAX_DEPTH = 8


def without_hidden_layers(page: Any, traits: Traits) -> bool:
    """Take off the page what is not shown; was there anything?"""
    raw, place = pdfium().raw, placement(page)
    items = [raw.FPDFPage_GetObject(page.raw, index) for index in range(raw.FPDFPage_CountObjects(page.raw))]
    return _Layers(page, Sight(page, place, traits)).remove_hidden(items, None, place.matrix, 0)


class _Layers:
    def __init__(self, page: Any, sight: Sight) -> None:
        self._raw = pdfium().raw
        self._page = page
        self._sight = sight
        self._bounds = Bounds()

    def remove_hidden(self, items: list[Any], holder: Any, seen: Matrix, depth: int) -> bool:
        """The objects of a page, or of a form, and of the forms among them."""
        groups: dict[tuple[int, ...], list[Any]] = {}
        for item in items:
            if key := self._key(item):
                groups.setdefault(key, []).append(item)
        subjects = [Subject(group, self._around(group, seen)) for group in groups.values()]
        hidden = set[int]()
        for subject, shot in zip(subjects, self._sight.shots(subjects), strict=True):
            if shot is not None and not shot.changes.any():
                hidden.update(map(address, subject.items))
        forms = [
            each
            for each in (items if depth < _MAX_DEPTH else ())
            if self._raw.FPDFPageObj_GetType(each) == self._raw.FPDF_PAGEOBJ_FORM and address(each) not in hidden
        ]
        deeper = [self.remove_hidden(inside(form), form, matrix_of(form).within(seen), depth + 1) for form in forms]
        remove(self._page.raw, (each for each in items if address(each) in hidden), holder)
        return bool(hidden) or any(deeper)

    def _around(self, items: list[Any], seen: Matrix) -> Box:
        return reduce(Box.joined, (self._bounds(item, seen) for item in items))

    def _key(self, item: Any) -> tuple[int, ...]:
        """What is marked at once has one; forms and pictures may belong to a layer by themselves."""
        marks = tuple(self._marks(item))
        kind = self._raw.FPDFPageObj_GetType(item)
        itself = kind in (self._raw.FPDF_PAGEOBJ_FORM, self._raw.FPDF_PAGEOBJ_IMAGE)
        return (*marks, address(item)) if itself else marks

    def _marks(self, item: Any) -> Iterator[int]:
        for index in range(self._raw.FPDFPageObj_CountMarks(item)):
            mark = self._raw.FPDFPageObj_GetMark(item, index)
            name, size = create_string_buffer(16), c_ulong()
            self._raw.FPDFPageObjMark_GetName(mark, cast(name, POINTER(c_ushort)), len(name), byref(size))
            if name.raw.startswith(_OPTIONAL):
                yield address(mark)
