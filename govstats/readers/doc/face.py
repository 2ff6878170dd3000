"""Character Sprms (2.6.1) → Face: is this text deleted, hidden, raised, or a sign of a symbol font?"""

from __future__ import annotations

from typing import NamedTuple

from govstats.readers._office.marks import struck_out
from govstats.readers.doc.sprms import number, sprms_of

_DELETED, _HIDDEN, _RAISED, _SYMBOL = 0x0800, 0x083C, 0x2A48, 0x6A09
"""sprmCFRMarkDel, sprmCFVanish (1, or 0x81: not as the style), sprmCIss, sprmCSymbol."""
_STRUCK, _STRUCK_TWICE, _POSITION, _COLOUR, _COLOUR_INDEX = 0x0837, 0x2A53, 0x4845, 0x6870, 0x2A42
"""sprmCFStrike, sprmCFDStrike, sprmCHpsPos, sprmCCv, sprmCIco (8 is white)."""
_CODES = frozenset((_DELETED, _HIDDEN, _RAISED, _SYMBOL, _STRUCK, _STRUCK_TWICE, _POSITION, _COLOUR, _COLOUR_INDEX))
_WHITE, _WHITE_FROM = 8, 0xF0
_PART = "\x02"
"""As where a note mark stands: it parts what must not be read as one word."""


class Face(NamedTuple):
    """What sets characters apart and matters here. `apart`: raised, lowered, or white, which a shade may show."""

    deleted: bool = False
    hidden: bool = False
    apart: bool = False
    struck: bool = False
    symbol: int = 0

    @staticmethod
    def of(sprms: bytes) -> Face:
        """The last Sprm of a kind counts."""
        found = {code: operand for code, operand in sprms_of(sprms) if code in _CODES}

        def is_on(code: int) -> bool:
            return found.get(code, b"\0")[0] & 1 == 1

        return Face(
            is_on(_DELETED),
            is_on(_HIDDEN),
            any(found.get(_RAISED, b"\0")) or any(found.get(_POSITION, b"\0")) or _is_white(found),
            is_on(_STRUCK) or is_on(_STRUCK_TWICE),
            number(found[_SYMBOL], 2) if _SYMBOL in found else 0,
        )

    def apply(self, positions: range, shown: list[str], deleted: bytearray) -> None:
        """Change what is printed at these positions, and note what is deleted."""
        for position in positions:
            deleted[position] |= self.deleted
            if self.deleted or self.hidden:
                shown[position] = ""
            elif self.symbol and shown[position] == "(":
                shown[position] = chr(self.symbol)
            elif self.struck and shown[position].isdigit():
                shown[position] = struck_out(shown[position])
        if (self.apart or self.struck) and positions and any(shown[position] for position in positions):
            shown[positions[0]] = _PART + shown[positions[0]]
            shown[positions[-1]] += _PART


def _is_white(found: dict[int, bytes]) -> bool:
    if _COLOUR in found:
        return min(found[_COLOUR][:3]) >= _WHITE_FROM and not found[_COLOUR][3]
    return found.get(_COLOUR_INDEX, b"\0")[0] == _WHITE
