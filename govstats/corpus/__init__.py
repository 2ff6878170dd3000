"""Many documents at once: read by workers, known again by a ledger, compared with one another."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from govstats.corpus.engines import chosen
from govstats.corpus.progress import progress as shown
from govstats.corpus.results import Results
from govstats.corpus.run import Run
from govstats.corpus.settings import Settings, cache_folder
from govstats.errors import UsageError, reason
from govstats.lang import Text
from govstats.model.audits import Audit, Entry
from govstats.model.report import Report
from govstats.sources import Source, plan, without

if TYPE_CHECKING:
    from govstats.comparison import Roster

__all__ = ["Run", "Settings", "audit", "cache_folder", "entries", "roster_of", "running"]


Given = str | os.PathLike[str] | Report
"""What names reports to audit, or is one."""


def audit(
    paths: Given | Iterable[Given],
    jobs: int | None = None,
    *,
    roster: str | os.PathLike[str] | None = None,
    cache: bool | str | os.PathLike[str] = False,
    engine: str = "local",
    scheduler: str | None = None,
    progress: bool = False,
) -> Audit:
    """Audit many reports: files, folders (searched in full), URLs, or Reports as `read` gives them.

    What cannot be read is in `Audit.unread`.

        >>> audit = govstats.audit(govstats.samples())
        >>> audit.ok, len(audit.reports), len(audit.unread)
        (False, 3, 0)
        >>> [(report.agency, report.year) for report in audit.reports]
        [('宿迁市', 2023), ('宿迁市', 2024), ('昭通市人民政府办公室', 2021)]
        >>> print(audit.summary)
        核对了 3 份报告：1 个错误，0 个警告，0 个提示；2 份没有问题。

    `progress` shows a bar, in a notebook too.

    `jobs`: worker processes; 0 reads in this process, None decides by what there is to read (a daemonic process, which
    may start none, reads by copies of itself, or itself). `cache`: keep results in a folder (True: the user's cache
    folder), so that a second run reads only what changed. `engine="dask"` reads by the workers of the dask scheduler at
    the address `scheduler` (`tcp://host:8786`), or, without one, by `jobs` workers of this machine.

    The reports of one agency are compared over the years. `roster`: a sheet of units and their parents (units.csv:
    unit, parent, aliases), or a folder whose folders are named after them; then parents are compared with the sum of
    their units (R701), and who has not filed is told (R702).

    Raises UsageError for a roster that contradicts itself, for options that do not go together, and where the
    scheduler cannot be reached.
    """
    reading = chosen(engine, jobs, scheduler)
    given = [paths] if isinstance(paths, (str, os.PathLike, Report)) else paths
    folder = cache_folder() if cache is True else Path(cache) if cache else None
    listed = roster_of(roster) if roster else None
    sources = _sources(given, roster)
    with shown(len(sources), progress) as watch:
        return Audit(tuple(entries(sources, Settings(reading, folder), listed, watch)))


def _sources(given: Iterable[Given], roster: str | os.PathLike[str] | None) -> list[Source | Report]:
    """What is given, in its order, but for the roster itself; a file that is named twice counts once."""
    found: dict[str | int, Source | Report] = {}
    for is_report, group in groupby(given, lambda each: isinstance(each, Report)):
        if is_report:
            found |= {id(report): report for report in group if isinstance(report, Report)}
        else:
            sources = plan(path for path in group if not isinstance(path, Report)).sources
            found |= {each.identity: found.get(each.identity, each) for each in without(sources, roster)}
    return list(found.values())


def entries(
    sources: Iterable[Source | Report],
    settings: Settings | None = None,
    roster: Roster | None = None,
    watch: Callable[[], None] | None = None,
) -> Iterator[Entry]:
    """Sources → what came of each, in their order, with what comparing them found; `watch` is called for each read."""
    with running(settings or Settings()) as run:
        run.read(sources, watch)
        run.compare(roster)
        yield from run.entries()


def roster_of(path: str | os.PathLike[str]) -> Roster:
    """A sheet, or a folder whose folders are named after units → Roster. Raises UsageError."""
    from govstats.comparison import Roster

    return Roster.of_folders([Path(path)]) if Path(path).is_dir() else Roster.read(Path(path))


@contextmanager
def running(settings: Settings) -> Iterator[Run]:
    """A run whose results are there as long as they are asked for. Raises UsageError if there is no room for them."""
    try:
        with settings.ledger() as ledger, closing(Results()) as results:
            yield Run(results, settings.engine, ledger)
    except sqlite3.Error as error:
        raise UsageError(
            Text("存不下这次的结果：{why}。", "There is no room for the results of this run: {why}.").format(
                why=reason(error)
            ),
            Text(
                "请检查磁盘空间，或用环境变量 TMPDIR 另指一个文件夹。",
                "Check the space on the disk, or name another folder in TMPDIR.",
            ),
        ) from error
