"""What a recogniser says of a line → which figures it may be: of the characters that a figure has, however spelt."""

from __future__ import annotations

import numpy as np

from govstats.model.recognised import Reading
from govstats.readers.picture.ctc import BLANK, Floats, readings
from govstats.readers.picture.recogniser import Recogniser

_SPELT = {
    "0": "0０OoQ〇○口囗",
    "1": "1１lI|丨",
    "2": "2２Zz",
    "3": "3３",
    "4": "4４",
    "5": "5５",
    "6": "6６",
    "7": "7７",
    "8": "8８",
    "9": "9９",
    ".": ".．·•。",
    ",": ",，、",
    "-": "-－—–―一_",
    "/": "/／",
    "无": "无",
}
"""The characters of a figure, and what is read where they stand."""
_NO_CHARACTER = " 　"
_FIGURES = frozenset(character for spelt in _SPELT.values() for character in spelt)
_CERTAIN = frozenset("0123456789０１２３４５６７８９.,/-—")
_LEAST = 1e-6
_OTHER = "\ufffd"


def may_be_figure(text: str) -> bool:
    """May what was read be a figure, or a sign that none is there? No label is so short."""
    bare = text.strip()
    return len(bare) == 1 or all(character in _FIGURES or not _is_han(character) for character in bare)


def is_certain(text: str) -> bool:
    """Is it of the characters of a figure alone?"""
    return bool(text) and all(character in _CERTAIN for character in text)


def _is_han(character: str) -> bool:
    return "一" <= character <= "鿿"


class FigureReader:
    """Turns the steps of a recogniser into the readings of a figure."""

    def __init__(self, recogniser: Recogniser) -> None:
        known = {character: at for at, character in enumerate(recogniser.characters)}
        self._kept = [[known[each] for each in spelt if each in known] for spelt in _SPELT.values()]
        self._nothing = [BLANK, *(known[each] for each in _NO_CHARACTER if each in known)]

    def narrowed(self, steps: Floats) -> Floats:
        """The steps × characters of a figure: nothing, each of them, and anything else."""
        narrow = np.column_stack(
            [steps[:, self._nothing].sum(axis=1), *(steps[:, each].sum(axis=1) for each in self._kept)]
        )
        other = 1 - narrow.sum(axis=1)
        found: Floats = np.column_stack([narrow, np.clip(other, 0, 1)])
        return found

    def readings(self, narrow: Floats) -> tuple[Reading, ...]:
        """Texts and how probable they are; what is no character of a figure stands in none."""
        found: dict[str, float] = {}
        for classes, p in readings(narrow, 8):
            text = "".join(_ALPHABET[each - 1] for each in classes)
            if p > _LEAST:
                found[text] = found.get(text, 0.0) + p
        return tuple(sorted(found.items(), key=lambda each: -each[1]))


_ALPHABET = (*_SPELT, _OTHER)
