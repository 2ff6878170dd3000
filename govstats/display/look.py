"""How output is to look."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Look:
    """How output is to look: language, width in columns of a terminal, and whether colours may be used."""

    lang: str | None = None
    width: int = 100
    colour: bool = False
