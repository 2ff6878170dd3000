"""The columns that all rows of a report share: agency, year, path, sha256, where the agency sits."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from govstats.model.report import Report
from govstats.panels.vocabulary import NONE, Vocabulary

_TEXTS = ("agency", "path", "sha256", "code", "province", "city", "county", "level", "body")


class Who:
    """Reports, and how many rows each has."""

    def __init__(self) -> None:
        self._words = {name: Vocabulary() for name in _TEXTS}
        self._codes: list[tuple[int, ...]] = []
        self._sizes: list[int] = []
        self.count = 0

    def add(self, report: Report, rows: int) -> None:
        """The next so many rows are this report's."""
        year = NONE if report.year is None else report.year
        said = {"agency": report.agency, "path": report.path, "sha256": report.sha256, **report.whereabouts}
        self._codes.append((year, *(words.index(said[name]) for name, words in self._words.items())))
        self._sizes.append(rows)
        self.count += rows

    def columns(self) -> dict[str, pa.Array]:
        """Name → column."""
        codes = np.array(self._codes, dtype=np.int32).reshape(-1, 1 + len(_TEXTS))
        years, *texts = np.repeat(codes, self._sizes, axis=0).T
        named = zip(self._words.items(), texts, strict=True)
        return {
            "year": pa.array(years, pa.int32(), mask=years < 0),
            **{name: words.column(each) for (name, words), each in named},
        }
