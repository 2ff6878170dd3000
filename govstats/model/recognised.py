"""Look: what a recogniser sees in a cell of a picture; Recognised: what of it is held to be printed there."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

Reading = tuple[str, float]
"""A text and how probable it is."""
CLEAR = 0.97
"""So probable is a clear reading."""
_ALONE = (0.99, 0.9)


class Look(NamedTuple):
    """A cell of a picture: what it may read, by each of two preparations, the most probable first; and the picture."""

    plainly: tuple[Reading, ...]
    boldly: tuple[Reading, ...]
    height: float = 0.0
    """Of the characters beside it, in pixels."""
    crop: bytes = b""
    """PNG."""

    @classmethod
    def sure(cls, text: str) -> Look:
        """A cell of which both recognitions are sure."""
        return cls(((text, 1.0),), ((text, 1.0),), 48.0)

    @property
    def is_clear(self) -> bool:
        """Do both clearly say the same? A digit that stands alone, much enlarged, looks like a full stop, too."""
        if not self.plainly or not self.boldly:
            return False
        (text, plain), (other, bold) = self.plainly[0], self.boldly[0]
        alone = len(text) == 1 and plain >= _ALONE[0] and bold >= _ALONE[1]
        return text == other and (min(plain, bold) >= CLEAR or alone)

    @property
    def text(self) -> str:
        """The most probable text; empty if there is none."""
        return self.plainly[0][0] if self.plainly else ""


class Trust(IntEnum):
    """Why a recognised figure is believed, or is not."""

    PROVED = 0
    """Every relation that it stands in holds, and no other reading of the picture would make them hold."""
    AGREED = 1
    """Two recognitions of the picture, differently prepared, say the same beyond doubt; no relation proves it."""
    DOUBTFUL = 2
    """It cannot be told: the cell is unreadable."""


class Recognised(NamedTuple):
    """A recognised cell: what the recogniser read, why it is believed, its picture (PNG) where somebody may have to
    compare."""

    text: str
    trust: Trust
    crop: bytes = b""
