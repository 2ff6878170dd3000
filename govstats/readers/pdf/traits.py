"""What a document has that most have not → what its pages must be asked for. Without it, nothing is asked."""

from __future__ import annotations

import re
from typing import NamedTuple

_OFF = re.compile(rb"/OFF\b|/A(?:ll|ny)Off\b|/VE\b")
_CLIP = re.compile(rb"W\*?\s+n\b")


class Traits(NamedTuple):
    """Has it layers; may some be off; colours that are patterns; masks that let a part shine through?"""

    layers: bool = False
    hidden: bool = False
    patterns: bool = False
    masks: bool = False


def traits_of(texts: list[bytes]) -> Traits:
    """What the dictionaries of a document name."""
    layers = _names(texts, b"/OCProperties")
    return Traits(
        layers,
        layers and any(_OFF.search(text) for text in texts),
        _names(texts, b"/PatternType"),
        _names(texts, b"/Luminosity") or _names(texts, b"/Alpha"),
    )


def _names(texts: list[bytes], word: bytes) -> bool:
    return any(word in text for text in texts)
