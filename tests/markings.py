"""Story → Story with marks on some of its figures (tests/marks.py), in any container that can show them.

What a mark leaves in doubt may be unreadable, if that is told; it is never another figure, and never a blank.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from tests import marks
from tests.factory import has_figures
from tests.marks import COUNTED, HIDDEN, PICTURE, RAISED, STRUCK, WRITTEN, WRITTEN_RAISED, WRITTEN_UNSEEN
from tests.stories import Story, each_cell, each_table, texts_of

_EVERY = 7
_DIGITS, _ZEROS = frozenset("0123456789０１２３４５６７８９"), frozenset("0０")


class Marking(NamedTuple):
    """`on`: a figure → the figure with its mark. `reads`: whether the figure itself is then read (`exact`), never
    (`unreadable`), or one of the two (`either`). `is_seen`: is something seen in its place, so that it is no blank?"""

    on: Callable[[str], str]
    reads: str
    is_seen: bool = True

    def __call__(self, told: Story) -> Story:
        """The story with the mark on every seventh figure."""
        return each_table(told, lambda layout: each_cell(layout, self._turns()))

    def _turns(self) -> Callable[[str], str]:
        count = 0
        digits = _DIGITS if self.is_seen else _DIGITS - _ZEROS  # a white 0 in a sheet of white zeros is a 0

        def change(text: str) -> str:
            nonlocal count
            if not (has_figures([text]) and digits.intersection(text)):
                return text
            count += 1
            return self.on(text) if count % _EVERY == 1 else text

        return change


def marked_cells(told: Story) -> int:
    """How many cells bear a mark."""
    return sum(marks.is_marked(text) for block in told for text in texts_of(block))


MARKINGS: dict[str, Marking] = {
    "hidden-digit-before": Marking(lambda text: marks.marked(HIDDEN, "9") + text, "exact"),
    "hidden-digit-behind": Marking(lambda text: text + marks.marked(HIDDEN, "5"), "exact"),
    "raised-note": Marking(lambda text: text + marks.marked(RAISED, "2"), "either"),
    "corrected": Marking(lambda text: marks.marked(STRUCK, "7") + text, "either"),
    "struck-out": Marking(lambda text: marks.marked(STRUCK, text), "unreadable"),
    "picture": Marking(lambda text: marks.marked(PICTURE, text), "unreadable"),
    "hidden-figure": Marking(lambda text: marks.marked(HIDDEN, text), "unreadable", is_seen=False),
}
WRITINGS: dict[str, Marking] = {
    "written-figure": Marking(lambda text: marks.marked(WRITTEN, text), "exact"),
    "written-digit-before": Marking(lambda text: marks.marked(WRITTEN, text[:1]) + text[1:], "exact"),
    "written-digit-behind": Marking(lambda text: text[:-1] + marks.marked(WRITTEN, text[-1:]), "exact"),
    "written-note": Marking(lambda text: text + marks.marked(WRITTEN_RAISED, "2"), "either"),
    "written-unseen": Marking(lambda text: text + marks.marked(WRITTEN_UNSEEN, "9"), "exact"),
    "counted": Marking(lambda text: marks.marked(COUNTED, text), "unreadable"),
}
"""What a style writes (CSS `content`): only pages have such, and what holds pages."""
EVERY = MARKINGS | WRITINGS
