"""Sources → batches of a panel's tables, as they fill, in the order of the run. Memory stays that of a few batches."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import pyarrow as pa

from govstats.corpus import Settings, running
from govstats.corpus.engines import Local
from govstats.corpus.progress import progress as shown
from govstats.diagnosis.derive import with_derived
from govstats.model.audits import Unread
from govstats.panels.cells import Cells
from govstats.panels.comparable import Comparable
from govstats.panels.dimensions import Documents, labels
from govstats.pipeline import Read
from govstats.sources import Source

CELLS = 100_000
"""Rows of a batch, which is a row group of a Parquet file: what pandas and DuckDB read well."""

Batch = tuple[str, pa.Table]
"""The name of a table, and some of its rows."""


class _Waiting(Protocol):
    @property
    def count(self) -> int: ...

    def batch(self) -> pa.Table: ...


@dataclass(slots=True)
class Told:
    """What went into a panel: counts of documents and cells."""

    reports: int = 0
    without_tables: int = 0
    unread: int = 0
    cells: int = 0


def read_all(sources: Sequence[Source], jobs: int | None = None, progress: bool = False) -> Iterator[Read]:
    """Sources → each document as read, in their order; kept for this run only."""
    with running(Settings(Local(jobs))) as run:
        with shown(len(sources), progress) as watch:
            run.read(sources, watch)
        yield from run.reads()


def batches(
    documents: Iterable[Read],
    told: Told,
    *,
    harmonised: bool = False,
    derived: bool = False,
    tell: Callable[[Unread], None] | None = None,
    size: int = CELLS,
) -> Iterator[Batch]:
    """Documents as read → (table, rows) as batches of about `size` rows fill, and the labels; counts go to `told`.

    With `derived`, blanks hold the figure that the relations leave to them, if it is one. `tell` is called with each
    document that could not be read. Every table comes at least once, if empty.
    """
    cells, comparable, listed = Cells(), Comparable(), Documents()
    waiting: dict[str, _Waiting] = {"panel": cells, "reports": listed}
    if harmonised:
        waiting["series"] = comparable
    yield "labels", labels()
    for read in documents:
        listed.add(read)
        if isinstance(read, Unread):
            told.unread += 1
            if tell:
                tell(read)
        else:
            read = with_derived(read) if derived else read
            before = cells.count
            cells.add(read)
            told.cells += cells.count - before
            told.reports += 1
            told.without_tables += not read.tables
            if harmonised:
                comparable.add(read)
        yield from ((name, each.batch()) for name, each in waiting.items() if each.count >= size)
    yield from ((name, each.batch()) for name, each in waiting.items())
