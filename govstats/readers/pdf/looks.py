"""Text objects of a page → those that are no part of what it says (hidden, slanting), and the faint ones; its turn.

What is certain is told by colours and boxes; where that is in doubt, the page is drawn.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from ctypes import byref
from typing import Any

from govstats.readers.pdf.box import Box
from govstats.readers.pdf.clips import Clip, Clips
from govstats.readers.pdf.coverage import Coverage, Places
from govstats.readers.pdf.grounds import CLEAR, FAINT, Grounds, Text
from govstats.readers.pdf.handles import Bounds, Colours, address, lightness, remove
from govstats.readers.pdf.library import pdfium
from govstats.readers.pdf.placement import Matrix
from govstats.readers.pdf.ruling import THIN
from govstats.readers.pdf.sight import Shot, Sight, Subject
from govstats.readers.pdf.traits import Traits

_STEEP = 20
"""A line of text runs along an axis if it goes so many times as far along it as away from it (three degrees)."""
_INVISIBLE = frozenset((3, 7))
_OUTLINED = frozenset((1, 5))
"""Modes in which letters are not painted at all, and in which they are drawn and not filled."""
_STENCIL = 7
_CLIPPING = 4
"""Letters are stencils for what comes behind: alone, and from which mode on."""
_WHITE = 0.97
_DIM = 40
"""Of 255: text that is drawn and changes less may be a watermark."""
_LARGE = 1 / 3
_MOST_FAINT = 2_000
"""So many faint texts of a page are looked for among the others."""


class Looks:
    """Collects how the text of a page is printed."""

    def __init__(self, traits: Traits) -> None:
        self._raw = raw = pdfium().raw
        # Asked for each text: looking these up would take as long as asking.
        self._matrix_of, self._mode_of = raw.FPDFPageObj_GetMatrix, raw.FPDFTextObj_GetTextRenderMode
        self._place = raw.FS_MATRIX()
        self._place_given = byref(self._place)
        self._colours = Colours(traits.patterns)
        self._bounds = Bounds()
        self._clips = Clips()
        self._masked = traits.masks
        self._quarters: Counter[int] = Counter()
        self._texts: list[Text] = []
        self._doubtful: dict[int, Clip | None] = {}
        self._stencils: list[Box] = []
        self._is_stencilled = False
        self._covers: list[tuple[int, Box]] = []
        self._grounds = Grounds(self._colours)
        self.unseen: list[tuple[Any, Any]] = []
        """Objects, each with the form that holds it (None: the page): invisible, white on white, slanting over all."""
        self.covered: list[Box] = []
        """Where text stood that something was drawn over."""
        self.gone: list[Box] = []
        """Where text stands of which nothing is seen."""
        self.coverage: Coverage | None = None
        """What lies over text; nothing to ask where nothing does."""
        self._faint: list[int] = []
        self.faint: set[int] = set()
        """The addresses of objects so light that they may be a watermark."""
        self.shots: dict[int, tuple[Shot, Clip | None]] = {}
        """What is seen of objects of which not all may be, and how they are clipped, by their addresses."""
        self.is_torn = False
        """Is any figure seen only in part?"""

    def text(self, item: Any, seen: Matrix, holder: Any, outer: Clip | None) -> None:
        """A text object whose points are `seen` so, in the form that holds it, and is clipped by `outer`."""
        place = self._place
        self._matrix_of(item, self._place_given)
        a, b, c, d, _, _ = seen
        right, up = place.a, place.b
        x, y = a * right + c * up, b * right + d * up
        if y and abs(x) < _STEEP * abs(y) and abs(y) < _STEEP * abs(x):
            self.unseen.append((item, holder))
            return
        self._quarters[(0 if x > 0 else 2) if abs(x) > abs(y) else (1 if y > 0 else 3)] += 1
        mode = self._mode_of(item)
        if mode >= _CLIPPING:
            self._is_stencilled = True
        if mode in _INVISIBLE:
            self.unseen.append((item, holder))
            if mode == _STENCIL:
                self._stencils.append(self._bounds(item, seen))
            return
        colour = self._colours.stroke(item) if mode in _OUTLINED else self._colours.fill(item)
        clip = self._clips.of(item, seen)
        if outer is not None:
            clip = outer if clip is None else clip.within(outer)
        if (
            colour is None
            or not self._colours.is_solid
            or self._is_stencilled
            or (clip is not None and not clip.keeps(self._bounds(item, seen)))
            or (self._masked and self._raw.FPDFPageObj_HasTransparency(item))
        ):
            self._doubtful[len(self._texts)] = clip
        self._texts.append(Text(item, seen, holder, colour))

    def cover(self, item: Any, box: Box, clip: Clip | None) -> None:
        """A filled box: what was printed before in its place lies under it, unless that shines through."""
        if self._texts and min(box.x1 - box.x0, box.bottom - box.top) > THIN and self._is_opaque(item):
            clipped = box if clip is None else box.common(clip.box)
            if min(clipped.x1 - clipped.x0, clipped.bottom - clipped.top) > THIN:
                self._covers.append((len(self._texts), clipped))

    def ground(self, item: Any, box: Box, plain: bool) -> None:
        """Something painted; None is a picture, or a shading."""
        self._grounds.add(len(self._texts), item, box, plain)

    def _is_opaque(self, item: Any) -> bool:
        return (
            self._colours.fill(item) is not None
            and self._colours.is_solid
            and not self._raw.FPDFPageObj_HasTransparency(item)
        )

    def settle(self, sight: Sight, paper: float) -> None:
        """What is light stands out on a dark ground, or a picture, and else is faint or unseen; text below is gone."""
        gone = self._settle_light()
        doubtful = {*self._doubtful, *self._grounds.doubtful(self._texts, self._box)} - gone
        gone.update(self._settle_doubtful(sorted(doubtful), sight, paper))
        self._settle_faint(gone)
        self._settle_covered(gone)
        self._settle_stencils(sight, paper)

    def _box(self, number: int) -> Box:
        text = self._texts[number]
        return self._bounds(text.item, text.seen)

    def _settle_light(self) -> set[int]:
        """The numbers of the texts that are white on white."""
        gone = set()
        for number, text in enumerate(self._texts):
            light = lightness(text.colour)
            if light < FAINT or self._grounds.are_behind(self._box(number), text.colour):
                continue
            if light >= _WHITE:
                self.unseen.append((text.item, text.holder))
                gone.add(number)
            else:
                self._weak(number)
        return gone

    def _settle_doubtful(self, numbers: list[int], sight: Sight, paper: float) -> Iterable[int]:
        """The numbers of those texts of which nothing is seen when they are drawn."""
        # A space paints nothing.
        numbers = [number for number in numbers if self._box(number).area > 0]
        subjects = [Subject((self._texts[number].item,), self._box(number)) for number in numbers]
        for number, subject, shot in zip(numbers, subjects, sight.shots(subjects), strict=True):
            text = self._texts[number]
            where = address(text.item)
            if shot is None:
                self._weak(number)
            elif not shot.is_seen:
                self.unseen.append((text.item, text.holder))
                below = self._grounds.over(number, subject.box, _LARGE * paper)
                (self.covered if below else self.gone).append(subject.box)
                yield number
            else:
                self.shots[where] = shot, self._doubtful.get(number)
                if shot.contrast < (CLEAR if lightness(text.colour) >= FAINT else _DIM):
                    self._weak(number)

    def _weak(self, number: int) -> None:
        self.faint.add(address(self._texts[number].item))
        self._faint.append(number)

    def _settle_covered(self, gone: set[int]) -> None:
        """Whole objects under something that was drawn later are no longer there; of others, some characters may be."""
        if not self._covers:
            return
        coverage = Coverage(self._covers)
        for number, text in enumerate(self._texts):
            if number in gone:
                continue
            box = self._box(number)
            if coverage.holds(number, box):
                self.unseen.append((text.item, text.holder))
                self.covered.append(box)
            else:
                coverage.turns[address(text.item)] = number
        self.coverage = coverage

    def _settle_faint(self, gone: set[int]) -> None:
        """Of two equal characters in one place pdfium keeps the first: a faint text as large as another there goes."""
        if not self._faint:
            return
        weak = gone.union(self._faint)
        strong = [
            box for number in range(len(self._texts)) if number not in weak and (box := self._box(number)).area > 0
        ]
        places = Places(strong)
        for number in self._faint[:_MOST_FAINT]:
            if number not in gone and places.has_same(self._box(number)):
                self.unseen.append((self._texts[number].item, self._texts[number].holder))
                gone.add(number)

    def _settle_stencils(self, sight: Sight, paper: float) -> None:
        """Letters that are stencils show what is painted behind them."""
        if self._stencils and not self._grounds.has_larger(_LARGE * paper):
            self.covered.extend(box for box in self._stencils if not sight.is_blank(box))

    def remove_unseen(self, page: Any) -> None:
        """Take what is no part of what the page says off it: a character below another would be read in its stead."""
        for item, holder in self.unseen:
            remove(page, (item,), holder)

    @property
    def are_special(self) -> bool:
        """Is any text not seen, or not clearly, or not whole? Who knows nothing of looks would read it."""
        return bool(self.unseen or self.faint) or self.is_torn

    @property
    def quarter(self) -> int:
        """By how many right angles (clockwise) most lines of text are turned."""
        if not self._quarters:
            return 0
        turned, count = self._quarters.most_common(1)[0]
        return turned if 2 * count > self._quarters.total() else 0
