"""What a document has that most have not → what its pages must be asked for. Without it, nothing is asked."""

from __future__ import annotations

import re
from typing import NamedTuple

_OFF = re.compile(rb"/OFF\b|/A(?:ll|ny)Off\b|/VE\b")
_TILES = re.compile(rb"/PatternType\s*1\b")
_STEP = re.compile(rb"/[XY]Step\s*-?(\d{0,12}\.?\d{1,12})(?![\d.]{0,12}\s+\d+\s+R)")
_SCALED = re.compile(
    rb"/Matrix\s*\[\s*(-?\d{0,12}\.?\d{1,12})\s+(-?\d{0,12}\.?\d{1,12})\s+(-?\d{0,12}\.?\d{1,12})\s+(-?\d{0,12}\.?\d{1,12})"
)
_WITHIN = re.compile(rb"/Form\b|/Type3\b")
_COARSE = 3.0
"""So many points, at least, are from tile to tile of a pattern that may be drawn."""


class Traits(NamedTuple):
    """Has it layers; may some be off; colours that are patterns, and are they so fine that drawing them never ends;
    masks that let a part shine through? How many bytes of content has it?"""

    layers: bool = False
    hidden: bool = False
    patterns: bool = False
    fine: bool = False
    masks: bool = False
    content: int = 0


def traits_of(texts: list[bytes], content: int) -> Traits:
    """What the dictionaries of a document name."""
    layers, patterns = _names(texts, b"/OCProperties"), _names(texts, b"/PatternType")
    return Traits(
        layers,
        layers and any(_OFF.search(text) for text in texts),
        patterns,
        patterns and not _are_coarse(texts),
        _names(texts, b"/Luminosity") or _names(texts, b"/Alpha"),
        content,
    )


def _names(texts: list[bytes], word: bytes) -> bool:
    return any(word in text for text in texts)


def _are_coarse(texts: list[bytes]) -> bool:
    """Is every tile of a pattern of some size? What scales what it stands in may make it smaller."""
    tiles = sum(len(_TILES.findall(text)) for text in texts)
    if not tiles:
        return not any(re.search(rb"/PatternType\s*[^\s2]", text) for text in texts)
    steps = [float(step) for text in texts for step in _STEP.findall(text)]
    scales = [abs(float(part)) for text in texts for parts in _SCALED.findall(text) for part in parts if float(part)]
    return (
        len(steps) == tiles + tiles
        and min(steps) * min(scales, default=1.0) >= _COARSE
        and not any(_WITHIN.search(text) for text in texts)
    )
