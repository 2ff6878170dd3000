"""A text with fields (2.8.25) → which of its characters are instructions, and so not printed."""

from __future__ import annotations

import re

_MARK = re.compile("[\x07\x13\x14\x15]")
_SAYS_BY_INSTRUCTION = re.compile(r"\s*(?:EQ|SYMBOL|FORMDROPDOWN|=)", re.IGNORECASE)


def drop_instructions(text: str, shown: list[str]) -> None:
    """Only the result is printed. A field that no end mark closes in its cell hides nothing.

    EQ, SYMBOL and the like print something made from the instruction: it stays, so that the cell is not blank.
    """
    opened: list[tuple[int, bool]] = []
    for match in _MARK.finditer(text):
        at = match.start()
        if match[0] == "\x07":
            opened.clear()
        elif match[0] == "\x13":
            opened.append((at, False))
        elif opened:
            begin, parted = opened.pop()
            if match[0] == "\x14":
                opened.append((begin, True))
            says = match[0] == "\x15" and _SAYS_BY_INSTRUCTION.match(text, begin + 1, at)
            if not parted and not says:
                shown[begin:at] = [""] * (at - begin)
