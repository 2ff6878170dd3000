"""Cells as they arrive, each with its width → Row: the texts of the positions, and what covers each."""

from __future__ import annotations

from dataclasses import dataclass, field

from govstats.document import Span

_MAX_WIDTH = 128


@dataclass(slots=True)
class Row:
    """One row while its cells arrive: texts, and what covers each position. Cells past the bound are cut off."""

    texts: list[str] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)

    def add(self, text: str, width: int, first: Span = Span.OWN, rest: Span = Span.FROM_LEFT) -> None:
        """A cell over `width` positions."""
        for offset in range(min(width, _MAX_WIDTH - len(self.texts))):
            self.texts.append(text)
            self.spans.append(rest if offset else first)
