"""How output is to look."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Look:
    """How output is to look: language, width in columns of a terminal, and whether colours may be used."""

    lang: str | None = None
    width: int = 100
    colour: bool = False


_CONTROLS = {code: "\ufffd" for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\n\t"}


def harmless(text: str) -> str:
    """The text without characters that a terminal would obey: a file's name or a cell may hold them."""
    return text.translate(_CONTROLS)
