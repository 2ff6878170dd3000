"""Character Sprms (2.6.1) → Face: is this text deleted, hidden, raised, or a sign of a symbol font?"""

from __future__ import annotations

from typing import NamedTuple

from govstats.readers.doc.sprms import number, sprms_of

_DELETED, _HIDDEN, _RAISED, _SYMBOL = 0x0800, 0x083C, 0x2A48, 0x6A09
"""sprmCFRMarkDel, sprmCFVanish (1, or 0x81: not as the style), sprmCIss, sprmCSymbol."""
_PART = "\x02"
"""As where a note mark stands: it parts what must not be read as one word."""


class Face(NamedTuple):
    """What sets characters apart and matters here."""

    deleted: bool = False
    hidden: bool = False
    raised: bool = False
    symbol: int = 0

    @staticmethod
    def of(sprms: bytes) -> Face:
        """The last Sprm of a kind counts."""
        codes = (_DELETED, _HIDDEN, _RAISED, _SYMBOL)
        found = {code: operand for code, operand in sprms_of(sprms) if code in codes}
        return Face(
            found.get(_DELETED, b"\0")[0] & 1 == 1,
            found.get(_HIDDEN, b"\0")[0] & 1 == 1,
            found.get(_RAISED, b"\0")[0] != 0,
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
        if self.raised and positions and any(shown[position] for position in positions):
            shown[positions[0]] = _PART + shown[positions[0]]
            shown[positions[-1]] += _PART
