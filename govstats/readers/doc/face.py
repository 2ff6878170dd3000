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
_HIGHLIGHT = 0x2A0C
"""sprmCHighlight."""
_SHADES = frozenset((0xCA71, 0xC64D, 0xD612, 0xD616, 0xD60C, 0xD670, 0xD671, 0xD672, 0xD660))
"""sprmCShd, sprmPShd, sprmTDefTableShd and its second and third parts, their raw forms, sprmTSetShdTable."""
_OLD_SHADES = frozenset((0x4866, 0x442D, 0xD609))
"""sprmCShd80, sprmPShd80, sprmTDefTableShd80."""
_AUTO, _WHITE_GROUND = b"\0\0\0\xff", b"\xff\xff\xff\0"
_NO_SHADES = {
    fore + back + pattern
    for fore in (_AUTO, _WHITE_GROUND, b"\xff\xff\xff\xff", bytes(4))
    for back in (_AUTO, _WHITE_GROUND, b"\xff\xff\xff\xff")
    for pattern in (b"\0\0", b"\xff\xff")
}
_NO_OLD_SHADES = (b"\0\0", b"\xff\xff", b"\0\1", b"\1\1")
_WHITE, _WHITE_FROM = 8, 0xF0
_PART = "\x02"
"""As where a note mark stands: it parts what must not be read as one word."""


class Face(NamedTuple):
    """What sets characters apart and matters here. `apart`: raised or lowered. `white`: not seen, but on a shade."""

    deleted: bool = False
    hidden: bool = False
    apart: bool = False
    struck: bool = False
    symbol: int = 0
    white: bool = False

    @staticmethod
    def of(sprms: bytes) -> Face:
        """The last Sprm of a kind counts."""
        found = {code: operand for code, operand in sprms_of(sprms) if code in _CODES}

        def is_on(code: int) -> bool:
            return found.get(code, b"\0")[0] & 1 == 1

        return Face(
            is_on(_DELETED),
            is_on(_HIDDEN),
            any(found.get(_RAISED, b"\0")) or any(found.get(_POSITION, b"\0")),
            is_on(_STRUCK) or is_on(_STRUCK_TWICE),
            number(found[_SYMBOL], 2) if _SYMBOL in found else 0,
            _is_white(found),
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
        if (self.apart or self.struck or self.white) and positions and any(shown[position] for position in positions):
            shown[positions[0]] = _PART + shown[positions[0]]
            shown[positions[-1]] += _PART


def has_shade(sprms: bytes) -> bool:
    """Does one of these paint a ground behind text, or may it?"""
    return any(_is_painted(code, operand) for code, operand in sprms_of(sprms))


def _is_painted(code: int, operand: bytes) -> bool:
    """The Shd (2.9.246) of characters, paragraphs or cells: ten bytes each, colours first; those of
    Word 97 are two bytes, 0 or FFFF where they paint nothing."""
    if code == _HIGHLIGHT:
        return any(operand)
    if code in _SHADES:
        shades = operand[1:]
        return any(shades[at : at + 10] not in _NO_SHADES for at in range(0, len(shades), 10))
    return code in _OLD_SHADES and any(
        operand[at : at + 2] not in _NO_OLD_SHADES for at in range(len(operand) % 2, len(operand), 2)
    )


def _is_white(found: dict[int, bytes]) -> bool:
    if _COLOUR in found:
        return min(found[_COLOUR][:3]) >= _WHITE_FROM and not found[_COLOUR][3]
    return found.get(_COLOUR_INDEX, b"\0")[0] == _WHITE
