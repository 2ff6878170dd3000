"""A page's bytes, and where the tags begin in them that only some pages have: looked for once, for all who ask."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

import numpy as np

_BRACKET = ord("<")
_RARE = b"!- sc st se sv ma pl fr ti te xm if no".split()
"""How a comment begins, or an element that shows nothing, or in or behind which tags may be none."""
_LINK = (b"a ", b"a\t", b"a\n", b"a\r", b"a\f", b"a/", b"a>")
_ICON = (b"i ", b"i\t", b"i\n", b"i\r", b"i\f")
_JOINT = re.compile(
    rb"(?:<(?!/?(?:t[dhr]|table|tbody|p|div|br|hr|li|[uo]l|d[ltd]|h\d|sup|sub|script|option)\b)[^<>]*+>)++(?=\d)",
    re.IGNORECASE,
)
"""Tags between two digits of what may be one figure."""
_DIGITS = 10
_IS_RARE, _IS_LINK, _IS_ICON = 1, 2, 3


def _kinds() -> np.ndarray:
    kinds = np.zeros((256, 256), np.uint8)
    for pairs, kind in ((_RARE, _IS_RARE), (_LINK, _IS_LINK), (_ICON, _IS_ICON)):
        for one, two in pairs:
            kinds[list({one, ord(chr(one).upper())}), ord(chr(two).upper())] = kind
            kinds[list({one, ord(chr(one).upper())}), two] = kind
    return kinds


_KINDS = _kinds()
"""What a tag is, by the two letters behind its bracket."""


@dataclass(frozen=True, eq=False)
class Written:
    """A page as it is written. To look for a word in all of it takes as long as to find all brackets."""

    source: bytes

    @cached_property
    def rare(self) -> list[int]:
        """Where comments, scripts, styles, frames and the like may begin."""
        at, kinds = self._brackets
        found: list[int] = at[kinds == _IS_RARE].tolist()
        return found

    @cached_property
    def has_links(self) -> bool:
        """Does any link begin?"""
        return bool((self._brackets[1] == _IS_LINK).any())

    @cached_property
    def has_icons(self) -> bool:
        """Does any `<i` with attributes begin?"""
        return bool((self._brackets[1] == _IS_ICON).any())

    @cached_property
    def has_broken_figures(self) -> bool:
        """Does a digit stand right before tags that end no line, and another one right behind them?"""
        at = self._brackets[0]
        letters = np.frombuffer(self.source, np.uint8)
        behind = at[1:]
        behind = behind[letters[behind - 1] - ord("0") < _DIGITS]
        digits = (letters[behind + 1] != ord("/")) | (letters[behind + 2] | 0x20 != ord("t"))
        return any(_JOINT.match(self.source, each) for each in behind[digits].tolist())

    @cached_property
    def n_tags(self) -> int:
        """How many brackets open."""
        return len(self._brackets[0]) + self.source.count(b"<", max(0, len(self.source) - 2))

    @cached_property
    def _brackets(self) -> tuple[np.ndarray, np.ndarray]:
        """Where brackets open, and what they open."""
        letters = np.frombuffer(self.source, np.uint8)
        at = np.flatnonzero(letters[:-2] == _BRACKET)
        return at, _KINDS[letters[at + 1], letters[at + 2]]

    def has(self, begin: bytes) -> bool:
        """Does such a rare tag begin anywhere? `begin`: the bracket and the name, in small letters."""
        size = len(begin)
        return any(self.source[at : at + size].lower() == begin for at in self.rare)
