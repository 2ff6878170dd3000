"""Lines and grids as a reader meets them → the blocks of a Document, and behind which of them pictures stand.

A picture is a mark (THING) in a line of prose. Where a table is missing, it may be what the picture shows.
"""

from __future__ import annotations

from collections.abc import Sequence

from govstats.model.document import Grid, Paragraph, pictured
from govstats.readers._lines import blocks_of_lines
from govstats.text.unseen import THING


class Body:
    """Blocks in the making. Lines are numbered through, whatever stands between them."""

    def __init__(self) -> None:
        self.blocks: list[Paragraph | Grid] = []
        self._pictures: list[int] = []
        self._lines = 0

    def add_lines(self, lines: Sequence[str]) -> None:
        """Lines of prose; those with `|` are tables as text."""
        at = [number for number, line in enumerate(lines, self._lines + 1) if THING in line]
        if at:
            lines = [line.replace(THING, "").strip() if THING in line else line for line in lines]
        found = blocks_of_lines(lines, start=self._lines + 1)
        self._pictures += [len(self.blocks) + sum(_line(block) <= line for block in found) for line in at]
        self.blocks += found
        self._lines += len(lines)

    def add(self, block: Grid) -> None:
        """A table."""
        self.blocks.append(block)

    @property
    def meta(self) -> dict[str, str]:
        """Where pictures are, as meta data of the document."""
        return pictured(self._pictures, len(self.blocks))


def _line(block: Paragraph | Grid) -> int:
    return block.line if isinstance(block, Paragraph) else block.rows[0].line if block.rows else 0
