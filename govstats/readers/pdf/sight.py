"""A page as it is drawn, with and without some of its objects → what of them is really seen, as differences of pixels.

What hides a text is of many kinds (clips, layers, colours, masks, patterns, what lies over it); that nothing changes
when it is left out is one. Drawing takes longer than reading, so only what is in doubt is asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from ctypes import byref, c_uint
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from govstats.readers.pdf.box import Box
from govstats.readers.pdf.handles import inside
from govstats.readers.pdf.library import pdfium
from govstats.readers.pdf.placement import Placement
from govstats.readers.pdf.traits import Traits

Pixels = NDArray[np.uint8]
Frame = tuple[int, int, int, int]
"""Left, top, right, bottom, in pixels."""

_SCALE = 2
"""Pixels a point."""
_THINNEST = 1.5
_MOST_PIXELS = 16_000_000
_MOST_STORED = 60_000_000
"""Pixels of all pictures inside a page that is drawn again and again."""
_MOST_WORK = 100_000
"""So many texts and shapes are drawn, at most, in all rounds."""
_OF_GROUP, _OF_CONTENT = 500, 20
"""What is painted by itself before it is laid on the page takes as long as so many shapes; what a mask is made of may
be all the content, so many bytes of which are a shape."""
_MAX_DEPTH = 8
_SEEN, _FEWEST = 8, 2
"""What is seen changes so many pixels, at least, by more than so much of 255."""


class Shot(NamedTuple):
    """By how much each pixel of a box changes when something is left out, and where that box begins."""

    changes: Pixels
    left: int
    top: int

    @property
    def is_seen(self) -> bool:
        """Does anything change?"""
        return int(np.count_nonzero(self.changes > _SEEN)) >= _FEWEST

    @property
    def is_figured(self) -> bool:
        """Does not all change alike?"""
        return bool(self.changes.size) and int(np.ptp(self.changes)) > _SEEN

    @property
    def contrast(self) -> int:
        """The greatest change, of 255."""
        return int(self.changes.max(initial=0))

    def ink(self, box: Box) -> Box | None:
        """The box around what changes inside a box; None where nothing does."""
        x, y = max(0, round(box.x0 * _SCALE) - self.left), max(0, round(box.top * _SCALE) - self.top)
        part = self.changes[y : round(box.bottom * _SCALE) - self.top, x : round(box.x1 * _SCALE) - self.left] > _SEEN
        down, across = np.flatnonzero(part.any(axis=1)), np.flatnonzero(part.any(axis=0))
        if not across.size:
            return None
        left, top = x + self.left, y + self.top
        sides = left + across[0], top + down[0], left + across[-1] + 1, top + down[-1] + 1
        return Box(*(float(side) / _SCALE for side in sides))


class Subject(NamedTuple):
    """Objects of a page that are seen or not together, and the box around them."""

    items: Sequence[Any]
    box: Box


class Sight:
    """Draws a page, as often as what is on it allows."""

    def __init__(self, page: Any, place: Placement, traits: Traits) -> None:
        self._page = page
        self._place = place
        self._traits = traits

    def shots(self, subjects: Sequence[Subject]) -> list[Shot | None]:
        """What changes when each is left out; None if that cannot be told."""
        found: list[Shot | None] = [None] * len(subjects)
        if not subjects or not self._rounds:
            return found
        paper = self._place.paper
        boxes = [_pixels(each.box, paper) for each in subjects]
        left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
        right, bottom = max(box[2] for box in boxes), max(box[3] for box in boxes)
        if right <= left or bottom <= top or (right - left) * (bottom - top) > _MOST_PIXELS:
            return found
        frame = left, top, right, bottom
        whole = self._drawn(frame)
        for group in _apart(boxes, frame, self._rounds):
            self._compare(whole, frame, group, subjects, found)
        # Of two in one place neither is missed; both are.
        if len(unseen := [at for at, shot in enumerate(found) if shot is not None and not shot.is_seen]) > 1:
            self._compare(whole, frame, unseen, subjects, found)
        return found

    def _compare(
        self, whole: Pixels, frame: Frame, numbers: list[int], subjects: Sequence[Subject], found: list[Shot | None]
    ) -> None:
        """Leave some out together; what changes where each of them is."""
        for number in numbers:
            self._activate(subjects[number], False)
        without = self._drawn(frame)
        for number in numbers:
            self._activate(subjects[number], True)
            x0, y0, x1, y1 = _pixels(subjects[number].box, self._place.paper)
            part = np.s_[y0 - frame[1] : max(y0, y1) - frame[1], x0 - frame[0] : max(x0, x1) - frame[0]]
            changes = np.maximum(whole[part], without[part]) - np.minimum(whole[part], without[part])
            found[number] = Shot(changes.max(axis=2), x0, y0)

    def is_blank(self, box: Box) -> bool:
        """Is a box of one colour?"""
        x0, y0, x1, y1 = _pixels(box, self._place.paper)
        if not self._rounds or x1 <= x0 or y1 <= y0 or (x1 - x0) * (y1 - y0) > _MOST_PIXELS:
            return False
        return int(np.ptp(self._drawn((x0, y0, x1, y1)), axis=(0, 1)).max()) <= _SEEN

    @cached_property
    def _rounds(self) -> int:
        """How often it may be drawn; not at all, if nobody knows how long that takes."""
        raw = pdfium().raw
        items = [raw.FPDFPage_GetObject(self._page.raw, at) for at in range(raw.FPDFPage_CountObjects(self._page.raw))]
        work, stored = self._work(items, 0)
        return 0 if self._traits.fine or stored > _MOST_STORED or work > _MOST_WORK else _MOST_WORK // work

    def _work(self, items: Sequence[Any], depth: int) -> tuple[int, int]:
        """How much there is to be drawn, in texts and shapes; how many pixels pictures have."""
        raw = pdfium().raw
        work, stored, size = 1, 0, (c_uint(), c_uint())
        for item in items:
            kind = raw.FPDFPageObj_GetType(item)
            work += 1 + max(0, raw.FPDFPath_CountSegments(item)) // 8
            if kind == raw.FPDF_PAGEOBJ_IMAGE and raw.FPDFImageObj_GetImagePixelSize(item, *map(byref, size)):
                stored += size[0].value * size[1].value
            if (kind == raw.FPDF_PAGEOBJ_FORM or self._traits.masks) and raw.FPDFPageObj_HasTransparency(item):
                work += _OF_GROUP + (self._traits.content // _OF_CONTENT if self._traits.masks else 0)
            if kind == raw.FPDF_PAGEOBJ_FORM and depth < _MAX_DEPTH and work < _MOST_WORK:
                inner = self._work(inside(item), depth + 1)
                work, stored = work + inner[0], stored + inner[1]
        return work, stored

    def _activate(self, subject: Subject, active: bool) -> None:
        for item in subject.items:
            pdfium().raw.FPDFPageObj_SetIsActive(item, active)

    def _drawn(self, frame: Frame) -> Pixels:
        """A part of the page, in pixels that begin where what is visible of it does."""
        raw, paper = pdfium().raw, self._place.paper
        left, top, right, bottom = frame
        x, y = round(paper.x0 * _SCALE), round(paper.top * _SCALE)
        bitmap = pdfium().PdfBitmap.new_native(right - left, bottom - top, raw.FPDFBitmap_BGR)
        bitmap.fill_rect((255, 255, 255, 255), 0, 0, right - left, bottom - top)
        width, height = round((paper.x1 - paper.x0) * _SCALE), round((paper.bottom - paper.top) * _SCALE)
        raw.FPDF_RenderPageBitmap(bitmap, self._page.raw, x - left, y - top, width, height, 0, 0)
        pixels: Pixels = bitmap.to_numpy().copy()
        bitmap.close()
        return pixels


def _pixels(box: Box, paper: Box) -> Frame:
    """The pixels of a box, as far as they are on the paper; of a thin one (a dash) those around it, too."""
    across, down = (max(0.0, _THINNEST - side) / 2 for side in (box.width, box.height))
    return (
        round(max(box.x0 - across, paper.x0) * _SCALE),
        round(max(box.top - down, paper.top) * _SCALE),
        round(min(box.x1 + across, paper.x1) * _SCALE),
        round(min(box.bottom + down, paper.bottom) * _SCALE),
    )


def _apart(boxes: Sequence[Frame], frame: Frame, most: int) -> list[list[int]]:
    """Groups of boxes none of which meets another of its group; what would be of too many groups is left out."""
    left, top, right, bottom = frame
    groups: list[tuple[NDArray[np.bool_], list[int]]] = []
    for number, (x0, y0, x1, y1) in enumerate(boxes):
        part = np.s_[y0 - top : max(y0, y1) - top, x0 - left : max(x0, x1) - left]
        at = next((at for at, (taken, _) in enumerate(groups) if not taken[part].any()), len(groups))
        if at == most:
            continue
        if at == len(groups):
            groups.append((np.zeros((bottom - top, right - left), dtype=bool), []))
        groups[at][0][part] = True
        groups[at][1].append(number)
    return [group for _, group in groups]
