"""Plain text and Markdown → Document: lines with `|` are table rows, all others prose."""

from __future__ import annotations

import re

from govstats.model.document import Document
from govstats.readers._charset import decode, is_marked
from govstats.readers._lines import _WIDE_PIPE, blocks_of_lines, within_limits

SUFFIXES = (".txt", ".md", ".text")
LIGHT = True

_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


_UPRIGHT = "│┃║┆┇┊┋╎╏"
_LINES = [chr(code) for code in range(0x2500, 0x2580)]
_DRAWN = str.maketrans({each: "|" if each in _UPRIGHT else "-" for each in _LINES})
_FEWEST = 9


def _ruled(text: str) -> str:
    """The text; where a table is drawn with lines (`│`, `├──┼──┤`), these are pipes and dashes."""
    return text.translate(_DRAWN) if sum(map(text.count, _UPRIGHT)) >= _FEWEST else text


def sniff(head: bytes) -> bool:
    """Anything without control characters, or of two or four bytes a character."""
    return not _CONTROL.search(head) or is_marked(head)


def read(data: bytes) -> Document:
    """Text in any charset of `govstats.readers._charset` → Document."""
    text, charset = decode(data)
    lines = _ruled(within_limits(text)).replace(_WIDE_PIPE, "|").splitlines()
    return Document("text", charset, tuple(blocks_of_lines(map(str.strip, lines))))
