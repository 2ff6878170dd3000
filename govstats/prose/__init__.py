"""Document and tables → what the sentences state in figures, as plain data: a report is made with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from govstats.model.claim import Claim, Growth
from govstats.model.document import Document
from govstats.model.table import Table
from govstats.prose.answers import About
from govstats.prose.claims import claims
from govstats.prose.growth import growth
from govstats.prose.passages import prose


class Statements(NamedTuple):
    """The fields of a Report that its prose fills."""

    stated: tuple[Claim, ...]
    growth: tuple[Growth, ...]


def statements(document: Document, tables: Mapping[str, Table], year: int | None, agency: str | None) -> Statements:
    """What a report by `agency` for `year` with these tables states in its sentences."""
    text, about = prose(document), About(dict(tables), year, agency)
    return Statements(claims(text, about), growth(text, about))
