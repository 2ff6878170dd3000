"""How output is to look."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Look:
    """How output is to look: language, width in columns of a terminal, and whether colours may be used.

    `failing`: the severities that make a run fail, for formats that tell what passed from what failed. `partial`: the
    run was interrupted, and what is told is not all.
    """

    lang: str | None = None
    width: int = 100
    colour: bool = False
    failing: tuple[str, ...] = ("error",)
    partial: bool = False


_CONTROLS = {code: "\ufffd" for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\n\t"}


_BREAKS = dict.fromkeys((0x0B, 0x0C, 0x1C, 0x1D, 0x1E, 0x85, 0x2028, 0x2029), " ")
_NO_TEXT = dict.fromkeys((*range(55296, 57344), 65534, 65535), "�")


def writable(text: str) -> str:
    """The text without what XML, UTF-8 or a reader of lines cannot take: controls, halves of characters, odd breaks."""
    return harmless(text.translate(_BREAKS)).translate(_NO_TEXT)


def one_line(text: str) -> str:
    """The text, writable, on one line."""
    return " ".join(writable(text).split())


def harmless(text: str) -> str:
    """The text without characters that a terminal would obey: a file's name or a cell may hold them."""
    return text.translate(_CONTROLS)


_HIDING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def visible(text: str) -> str:
    """The text for a page or a sheet: harmless, whole characters only, and nothing that turns the reading order."""
    return _HIDING.sub("\ufffd", text)
