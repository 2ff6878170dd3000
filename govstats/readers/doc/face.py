"""Character Sprms (2.6.1) → Face: is this text deleted, hidden, raised, or a sign of a symbol font?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from govstats.readers._office.marks import struck_out
from govstats.readers.doc.sprms import number, sprms_of

_DELETED, _HIDDEN, _RAISED, _SYMBOL = 0x0800, 0x083C, 0x2A48, 0x6A09
"""sprmCFRMarkDel, sprmCFVanish (1, or 0x81: not as the style), sprmCIss, sprmCSymbol."""
_STRUCK, _STRUCK_TWICE, _POSITION, _COLOUR, _COLOUR_INDEX = 0x0837, 0x2A53, 0x4845, 0x6870, 0x2A42
"""sprmCFStrike, sprmCFDStrike, sprmCHpsPos, sprmCCv, sprmCIco (8 is white)."""
_STYLE, _SIZE, _GROUND = 0x4A30, 0x4A43, 0xCA71
"""sprmCIstd, sprmCHps (half points), sprmCShd (2.9.246: colours of the pattern and of the ground, the pattern)."""
_CODES = frozenset(
    (_DELETED, _HIDDEN, _RAISED, _SYMBOL, _STRUCK, _STRUCK_TWICE, _POSITION, _COLOUR, _COLOUR_INDEX, _SIZE, _GROUND)
)
_AS_STYLE, _NOT_AS_STYLE = 0x80, 0x81
"""What a switch may say besides on and off (2.9.327)."""
_TOGGLES = frozenset((_HIDDEN, _STRUCK, _STRUCK_TWICE))
_TINY = 2
"""Half points: letters of one point are none to a reader."""
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


_NO_STYLES: Mapping[int, tuple[bytes, ...]] = {}


class Face(NamedTuple):
    """What sets characters apart and matters here. `apart`: raised or lowered. `white`: not seen, but on a shade."""

    deleted: bool = False
    hidden: bool = False
    apart: bool = False
    struck: bool = False
    symbol: int = 0
    white: bool = False

    @staticmethod
    def of(sprms: bytes, styles: Mapping[int, tuple[bytes, ...]] = _NO_STYLES) -> Face:
        """The last Sprm of a kind counts. `styles`: of characters, each with those that it is based on before it."""
        found: dict[int, bytes] = {}
        for each in (*styles.get(style_of(sprms), ()), sprms) if styles else (sprms,):
            _take(sprms_of(each), found)

        def is_on(code: int) -> bool:
            return found.get(code, b"\0")[0] & 1 == 1

        return Face(
            is_on(_DELETED),
            is_on(_HIDDEN) or _is_tiny(found) or _is_on_its_own_colour(found),
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


def style_of(sprms: bytes) -> int:
    """The number of the style of characters that these name; -1 if they name none."""
    return next((number(operand, 0) for code, operand in sprms_of(sprms) if code == _STYLE), -1)


def _take(sprms: Iterable[tuple[int, bytes]], found: dict[int, bytes]) -> None:
    """Put these over what was found before: a switch may be told by what the style has."""
    for code, operand in sprms:
        if code not in _CODES or (code in _TOGGLES and operand[0] == _AS_STYLE):
            continue
        if code in _TOGGLES and operand[0] == _NOT_AS_STYLE:
            operand = bytes((not found.get(code, b"\0")[0],))
        found[code] = operand


def _is_tiny(found: Mapping[int, bytes]) -> bool:
    return _SIZE in found and 0 < number(found[_SIZE], 0) <= _TINY


def _is_on_its_own_colour(found: Mapping[int, bytes]) -> bool:
    """Letters in the colour of their ground."""
    ground, colour = found.get(_GROUND, b""), found.get(_COLOUR, _AUTO)
    return len(ground) > 10 and ground[9:11] == b"\0\0" and colour != _AUTO and ground[5:9] == colour


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
