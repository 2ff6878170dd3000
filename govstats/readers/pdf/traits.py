"""What a document has that most have not → what its pages must be asked for. Without it, nothing is asked."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

_OFF = re.compile(rb"/OFF\b|/A(?:ll|ny)Off\b|/VE\b")


class Traits(NamedTuple):
    """Has it layers; may some be off; colours that are patterns; masks that let a part shine through?"""

    layers: bool = False
    hidden: bool = False
    patterns: bool = False
    masks: bool = False


def traits_of(texts: Iterable[bytes]) -> Traits:
    """What the dictionaries of a document name."""
    found = [
        (
            b"/OCProperties" in text,
            _OFF.search(text) is not None,
            b"/PatternType" in text,
            b"/Luminosity" in text or b"/Alpha" in text,
        )
        for text in texts
    ]
    return Traits(*map(any, zip(*found, strict=True))) if found else Traits()
