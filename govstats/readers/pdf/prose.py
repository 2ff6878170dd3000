"""Printed lines, one by one → paragraphs, numbered by their first line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from govstats.model.document import Paragraph
from govstats.readers.pdf.textlines import TextLine

_HEADING = re.compile(r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）]")


@dataclass(slots=True)
class Prose:
    """The paragraph that is open, before a right `margin`, and how many lines are behind."""

    margin: float
    _behind: int = 0
    _open: list[TextLine] = field(default_factory=list)

    def goes_on(self, line: TextLine, new_page: bool) -> bool:
        """Is the open paragraph's last line full, and this one close below, of its size, no heading, no indent?"""
        if not self._open:
            return True
        last = self._open[-1]
        size = last.size
        return (
            self.margin - last.box.x1 < 1.5 * size
            and line.box.x0 < min(each.box.x0 for each in self._open) + 0.5 * size
            and abs(line.size - size) < 0.15 * size
            and not _HEADING.match(line.text)
            and (new_page or 0 < line.box.top - last.box.top < 3 * size)
        )

    def append(self, line: TextLine) -> None:
        """One more line of the open paragraph."""
        self._open.append(line)

    def closed(self) -> Iterator[Paragraph]:
        """The open paragraph, if there is one."""
        if self._open:
            yield self.paragraph(self._open)
            self._open = []

    def paragraph(self, lines: list[TextLine]) -> Paragraph:
        """Lines as the next paragraph."""
        text = lines[0].text
        for line in lines[1:]:
            text += f" {line.text}" if _is_spaced(text, line.text) else line.text
        first, self._behind = self._behind + 1, self._behind + len(lines)
        return Paragraph(text, first)


def _is_spaced(text: str, more: str) -> bool:
    """A number may be broken over lines of prose, a word of Latin letters may not."""
    return text[-1].isascii() and text[-1].isalpha() and more[:1].isascii() and more[:1].isalpha()
