"""The letters of a paragraph → where in the source a sentence begins and ends, though it was read with other spaces and
widths of characters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import chain

from govstats.correction.inplace._figures import Letter, Range, bare, letters

_OPENING = re.compile(r"[\u4e00-\u9fff]{2,6}")


def sentence_at(source: str, pieces: Sequence[Range], sentence: str) -> Range | None:
    """Where in the source a sentence stands, if it does so in these pieces of one paragraph."""
    words = _OPENING.search(sentence)
    opening = words[0] if words else sentence[:1]
    if opening not in "".join([source[each.start : each.end] for each in pieces]):
        return None
    return sentence_in(chain.from_iterable(letters(source, *each) for each in pieces), sentence)


def sentence_in(paragraph: Iterable[Letter], sentence: str) -> Range | None:
    """From the first of its letters to the last; None if it is not there."""
    told: list[str] = []
    places: list[Letter] = []
    for letter in paragraph:
        for char in _folded(letter.char):
            told.append(char)
            places.append(letter)
    wanted = _folded(sentence)
    at = "".join(told).find(wanted) if wanted else -1
    return None if at < 0 else Range(places[at].start, places[at + len(wanted) - 1].end)


def _folded(text: str) -> str:
    return bare(unicodedata.normalize("NFKC", text))
