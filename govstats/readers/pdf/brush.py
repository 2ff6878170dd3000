"""A page's objects as pdfium has them → what they draw: rulings, filled boxes, pictures; and how its text looks."""

from __future__ import annotations

from collections.abc import Iterator
from ctypes import byref, c_float, c_int
from itertools import pairwise
from typing import Any, NamedTuple

from govstats.readers.pdf.box import Box
from govstats.readers.pdf.clips import SHINING, Clip, Clips
from govstats.readers.pdf.grounds import FAINT
from govstats.readers.pdf.handles import Bounds, Colours, lightness, matrix_of
from govstats.readers.pdf.library import pdfium
from govstats.readers.pdf.looks import Looks
from govstats.readers.pdf.placement import Matrix
from govstats.readers.pdf.refusals import refused
from govstats.readers.pdf.ruling import THIN, Ruling, is_around, of_stroke
from govstats.readers.pdf.sight import Shot, Sight, Subject
from govstats.readers.pdf.strikes import Slash
from govstats.readers.pdf.traits import Traits

_MAX_PATHS = 50_000
_MAX_DEPTH = 8
_FOUR_SIDES = 5
"""As many pieces has a rectangle: to its first corner, and along its sides."""
_FRAME = 6
"""As many points has a frame: a rectangle that goes back to where it began."""
_SLANT = 0.12

_SMALL = 5.0
"""What is larger, in points, may hide text."""
_WHITE = 0.97
_WIDEST, _HIGHEST = 400.0, 60.0
"""What is larger, in points, is no blot in a cell."""
_TINY, _MOST_TINY = 1 / 50, 40
"""Of a page: pictures that are looked at, whether anything is seen of them; and how many of them."""

_OF_BEND, _ALONG = 3, (1 / 3, 2 / 3, 1.0)
"""A curve has so many points behind its first; where those are that stand for it."""

_Point = tuple[float, float]


class _Shown(NamedTuple):
    """Something painted of which it must be seen whether it shows anything, and what it is then; `figured`: more than
    one colour."""

    item: Any
    box: Box
    into: list[Box]
    figured: bool = False


class Brush:
    """Collects what a page draws: strokes along an axis as rulings, filled outlines as boxes, pictures, looks."""

    def __init__(self, traits: Traits = Traits()) -> None:  # noqa: B008
        self._raw = raw = pdfium().raw
        self._kind_of, self._text, self._shape = raw.FPDFPageObj_GetType, raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_PATH
        self._segment_of, self._segment_kind = raw.FPDFPath_GetPathSegment, raw.FPDFPathSegment_GetType
        self._bends = raw.FPDF_SEGMENT_BEZIERTO
        self._begins, self._is_closing = raw.FPDF_SEGMENT_MOVETO, raw.FPDFPathSegment_GetClose
        self._point_of, self._point = raw.FPDFPathSegment_GetPoint, (c_float(), c_float())
        self._point_given = tuple(map(byref, self._point))
        self._matrix_of, self._place = raw.FPDFPageObj_GetMatrix, raw.FS_MATRIX()
        self._place_given = byref(self._place)
        self._modes = c_int(), c_int()
        self._modes_given = tuple(map(byref, self._modes))
        self._traits = traits
        self.rulings: list[Ruling] = []
        self.fills: list[Box] = []
        self.pictures: list[Box] = []
        """Pictures, and outlines that are no rectangles, as letters are that were turned into drawings."""
        self.drawings: list[Box] = []
        """Strokes that run along no axis."""
        self.blots: list[Box] = []
        """What is filled with ink, and no larger than a cell."""
        self.looks = Looks(traits)
        self._bounds = Bounds()
        self._clips = Clips()
        self._colours = Colours(traits.patterns)
        self._shown: list[_Shown] = []
        self.slashes: list[Slash] = []
        self.paths = 0

    def page(self, page: Any, seen: Matrix) -> None:
        """All objects of a page, whose points are `seen` so."""
        for index in range(self._raw.FPDFPage_CountObjects(page)):
            self._object(self._raw.FPDFPage_GetObject(page, index), seen, 0, None, None)

    def settle(self, sight: Sight, paper: float) -> None:
        """What is in doubt is settled as the page looks when it is drawn; its area is `paper`."""
        self.looks.settle(sight, paper)
        small = [each for each in self._shown if each.figured or each.box.area < _TINY * paper]
        asked = small if len(small) <= _MOST_TINY else []
        shots = sight.shots([Subject((each.item,), each.box) for each in asked])
        blank = [each for each, shot in zip(asked, shots, strict=True) if not _shows(each, shot)]
        for each in self._shown:
            if not any(each is other for other in blank):
                each.into.append(each.box)

    def _object(self, item: Any, seen: Matrix, depth: int, holder: Any, outer: Clip | None) -> None:
        kind = self._kind_of(item)
        if kind == self._text:
            self.looks.text(item, seen, holder, outer)
        elif kind == self._shape:
            self._path(item, seen, outer)
        elif kind == self._raw.FPDF_PAGEOBJ_IMAGE:
            if box := self._left(item, seen, outer):
                self._shown.append(_Shown(item, box, self.pictures))
                self.looks.ground(None, box, False)
        elif kind == self._raw.FPDF_PAGEOBJ_SHADING:
            if box := self._left(item, seen, outer):
                self.drawings.append(box)
                self.looks.ground(None, box, False)
        elif kind == self._raw.FPDF_PAGEOBJ_FORM and depth < _MAX_DEPTH:
            inner = matrix_of(item).within(seen)
            clip = self._clips.of(item, seen)
            outer = outer if clip is None else clip.within(outer)
            if self._raw.FPDFPageObj_HasTransparency(item):
                outer = SHINING.within(outer)
            for index in range(self._raw.FPDFFormObj_CountObjects(item)):
                self._object(self._raw.FPDFFormObj_GetObject(item, index), inner, depth + 1, item, outer)

    def _left(self, item: Any, seen: Matrix, outer: Clip | None) -> Box | None:
        """Where an object is, as far as its clips leave it; None if they leave nothing."""
        box, clip = self._bounds(item, seen), self._clips.of(item, seen)
        for each in (clip, outer):
            box = box if each is None else box.common(each.box)
        return box if box.area > 0 else None

    def _matrix(self, item: Any) -> Matrix:
        matrix = self._place
        self._matrix_of(item, self._place_given)
        return Matrix(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)

    def _path(self, item: Any, seen: Matrix, outer: Clip | None) -> None:
        pieces = self._raw.FPDFPath_CountSegments(item)
        self.paths += 1 + pieces // 8
        if self.paths > _MAX_PATHS:
            raise refused(f"一页上的图形超过 {_MAX_PATHS} 个", f"A page has more than {_MAX_PATHS} shapes")
        fill, stroke = self._modes
        self._raw.FPDFPath_GetDrawMode(item, *self._modes_given)
        if fill.value and not stroke.value and pieces <= _FOUR_SIDES and seen.is_upright and self._is_one(item, pieces):
            box = self._bounds(item, seen)
            self.fills.append(box)
            if min(box.x1 - box.x0, box.bottom - box.top) > THIN:
                self._blot(item, box)
                self._ground(item, box, True)
                self._cover(item, box, seen, outer)
        elif fill.value or stroke.value:
            self._outlined(item, pieces, seen, outer)

    def _outlined(self, item: Any, pieces: int, seen: Matrix, outer: Clip | None) -> None:
        """A path of one outline or several, which is filled or drawn, or both."""
        fill, stroke = (bool(mode.value) for mode in self._modes)
        outlines = list(self._outlines(item, pieces, self._matrix(item).within(seen)))
        for points in outlines:
            self._draw(item, points, fill, stroke)
        if not fill:
            return
        if len(outlines) > 1:
            boxes = [_around(points) for points in outlines]
            for box in _no_frames(boxes):
                self._ground(item, box, True)
        elif pieces > _FOUR_SIDES:
            self._ground(item, _around(outlines[0]), False)
        else:
            box = self._bounds(item, seen)
            self._ground(item, box, True)
            self._cover(item, box, seen, outer)

    def _cover(self, item: Any, box: Box, seen: Matrix, outer: Clip | None) -> None:
        clip = self._clips.of(item, seen)
        self.looks.cover(item, box, outer if clip is None else clip.within(outer))

    def _ground(self, item: Any, box: Box, plain: bool) -> None:
        """Something filled."""
        if min(box.x1 - box.x0, box.bottom - box.top) <= (THIN if plain else _SMALL):
            return
        self.looks.ground(item, box, plain)
        if (self._traits.patterns and self._colours.fill(item) is None) or (
            self._traits.masks and self._raw.FPDFPageObj_HasTransparency(item)
        ):
            self._shown.append(_Shown(item, box, self.pictures, True))

    def _is_one(self, item: Any, pieces: int) -> bool:
        """Is it a single outline? Two have two pieces each at least: pdfium drops those of one piece."""
        # `all` would take twice as long.
        for index in range(2, pieces - 1):  # noqa: SIM110
            if self._segment_kind(self._segment_of(item, index)) == self._begins:
                return False
        return True

    def _draw(self, item: Any, points: list[_Point], fill: bool, stroke: bool) -> None:
        if fill and not (len(points) > _FOUR_SIDES and _is_slanting(points)):
            self.fills.append(_around(points))
            self._blot(item, self.fills[-1])
        elif fill and _is_handwriting(points):
            # A letter is no frame, however thin it is.
            self._drawing(item, points, self.pictures)
        elif fill:
            self.fills.append(_around(points))
            self._blot(item, self.fills[-1])
            self._drawing(item, points, self.drawings)
        elif _is_by_hand(points) and lightness(self._colours.stroke(item)) < _WHITE:
            self.drawings.append(_around(points))
        if stroke:
            self.rulings.extend(of_stroke(points))
            if len(points) == len(("from", "to")) and _is_slanting(points):
                self.slashes.append(Slash(*points[0], *points[1]))

    def _blot(self, item: Any, box: Box) -> None:
        """What is filled, if that is of the size of a cell at most, and not light."""
        width, height = box.x1 - box.x0, box.bottom - box.top
        if THIN < width < _WIDEST and THIN < height < _HIGHEST and self._is_inked(item):
            self.blots.append(box)

    def _is_inked(self, item: Any) -> bool:
        colour = self._colours.fill(item)
        return colour is not None and lightness(colour) < FAINT

    def _drawing(self, item: Any, points: list[_Point], into: list[Box]) -> None:
        """A letter that was turned into a drawing, or what looks like one."""
        if lightness(self._colours.fill(item)) < FAINT:
            into.append(_around(points))
        else:
            self._shown.append(_Shown(item, _around(points), into))

    def _outlines(self, item: Any, pieces: int, seen: Matrix) -> Iterator[list[_Point]]:
        """The parts of a path as lists of points; a closed part ends where it began."""
        points: list[_Point] = []
        bend: list[_Point] = []
        x, y = self._point
        for index in range(pieces):
            segment = self._segment_of(item, index)
            kind = self._segment_kind(segment) if points else self._begins
            if points and kind == self._begins:
                yield points
                points = []
            self._point_of(segment, *self._point_given)
            if kind == self._bends:
                bend.append(seen.point(x.value, y.value))
                if len(bend) == _OF_BEND:
                    points += _on_curve(points[-1], *bend)
                    bend = []
            else:
                points.append(seen.point(x.value, y.value))
            if self._is_closing(segment):
                points.append(points[0])
        if points:
            yield points


def _on_curve(start: _Point, one: _Point, other: _Point, end: _Point) -> Iterator[_Point]:
    """Points of a Bézier curve behind its first: those that bend it are not on it, and may lie along an axis."""
    for at in _ALONG:
        left = 1 - at
        of = left**3, 3 * left**2 * at, 3 * left * at**2, at**3
        x, y = (
            sum(part * point[axis] for part, point in zip(of, (start, one, other, end), strict=True)) for axis in (0, 1)
        )
        yield x, y


def _around(points: list[_Point]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Box(min(xs), min(ys), max(xs), max(ys))


def _no_frames(boxes: list[Box]) -> Iterator[Box]:
    """The outlines of a path without those that are the inner and the outer side of a frame."""
    framed = {at for at, (one, other) in enumerate(pairwise(boxes)) if is_around(one, other)}
    return (box for at, box in enumerate(boxes) if at not in framed and at - 1 not in framed)


def _shows(shown: _Shown, shot: Shot | None) -> bool:
    """Is anything seen of it?"""
    return shot is None or (shot.is_figured if shown.figured else shot.is_seen)


def _is_by_hand(points: list[_Point]) -> bool:
    """Is it a stroke of a figure? The side of a frame is none, nor a frame with round corners."""
    return _is_slanting(points) and (len(points) <= _FRAME or _is_handwriting(points))


def _is_handwriting(points: list[_Point]) -> bool:
    """Does a stroke run along no axis for most of its way? A frame with round corners does."""
    sides = [(abs(x1 - x0), abs(y1 - y0)) for (x0, y0), (x1, y1) in pairwise(points)]
    return sum(min(side) for side in sides) > _SLANT * sum(max(side) for side in sides)


def _is_slanting(points: list[_Point]) -> bool:
    """Is any of its sides neither upright nor level? Curves are such."""
    return any(abs(x1 - x0) > 0.1 and abs(y1 - y0) > 0.1 for (x0, y0), (x1, y1) in pairwise(points))
