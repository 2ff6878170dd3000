"""The list of a page from which its reports are jumped to, worst first."""

from __future__ import annotations

from typing import NamedTuple, Self

from govstats.display.cards import Card
from govstats.display.triage import Rank, severities_text

LISTED = 200
"""So many reports are on the list."""


class Jump(NamedTuple):
    """One line: where to, whose report, its file, how it stands, how much was found."""

    id: str
    title: str
    file: str
    standing: str
    found: str

    @classmethod
    def to(cls, id_: str, card: Card, rank: Rank) -> Self:
        """The line for a card that stands at this place of the page."""
        found = severities_text((-rank[0], -rank[1], -rank[2])).of(card.lang)
        return cls(id_, card.title if card.agency else card.file, card.file, card.standing, found)

    @property
    def tells_file(self) -> bool:
        """Does the title leave open which file it is: does the file's name not say whose, and which year?"""
        return not all(part in self.file for part in self.title.removesuffix(" 年").split())
