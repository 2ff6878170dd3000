"""Files of a run → those among them that are a list of units (单位名单.xlsx), and no report."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from contextlib import suppress

from govstats.comparison.roster import Roster
from govstats.errors import GovstatsError
from govstats.sources import Source
from govstats.sources.urls import suffix

_CALLED = ("名单", "名录", "一览", "roster", "units")
_SHEETS = {".csv", ".tsv", ".xlsx", ".xls", ".ods", ".et"}


def rosters_among(sources: Iterable[Source]) -> Iterator[str]:
    """The names of those that are called a list of units and are one."""
    for source in sources:
        name = source.name.replace("\\", "/").rpartition("/")[2]
        if suffix(name) in _SHEETS and any(word in name.lower() for word in _CALLED):
            with suppress(GovstatsError, csv.Error):
                Roster.parse(source.read(), name)
                yield source.name
