"""Commands that go over many documents: their options, what is kept of a run, Ctrl-C that keeps what is done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import wraps
from pathlib import Path
from typing import Any

import click

from govstats.cli.common import Interruption
from govstats.cli.helping import option
from govstats.corpus import Run, Settings, cache_folder, running
from govstats.corpus.engines import ENGINES, Engine, chosen, here
from govstats.corpus.progress import progress
from govstats.errors import UsageError, reason
from govstats.lang import Text
from govstats.sources import Source

_NOT_KEPT = Text("{problem}这次的结果不保存。", "{problem} Results of this run are not kept.")

_NOT_ALL_KEPT = Text(
    "结果库用不了（{reason}），这次的结果没有全部保存。",
    "The cache failed ({reason}): not all results of this run are kept.",
)


@dataclass(frozen=True, slots=True)
class Manner:
    """How a command goes over its documents: what its options say."""

    jobs: int | None
    engine: str
    scheduler: str | None
    no_cache: bool
    cache_dir: Path | None

    def reader(self) -> Engine:
        """What reads the documents. Raises UsageError for options that do not go together."""
        return chosen(self.engine, self.jobs, self.scheduler)

    def by_default(self, jobs: int | None) -> Manner:
        """The same with the number of processes that the project's settings have; a scheduler has its own."""
        return self if self.scheduler or self.jobs is not None else replace(self, jobs=jobs)

    @contextmanager
    def reading(self, sources: list[Source], interruption: Interruption) -> Iterator[Run]:
        """A run that has read all the sources, or those before Ctrl-C."""
        with running(Settings(self.reader(), self._cache(sources))) as run:
            with progress(len(sources)) as watch:
                run.read(interruption.guard(sources), watch)
            if run.not_kept:
                click.echo(_NOT_ALL_KEPT.format(reason=reason(run.not_kept)), err=True)
            yield run

    def _cache(self, sources: list[Source]) -> Path | None:
        """Where results are kept. A few light documents are read again faster than looked up."""
        if self.no_cache or (len(sources) <= here.FEW and all(map(here.is_light, sources))):
            return None
        if self.cache_dir:
            return self.cache_dir
        try:
            with Settings(cache=cache_folder()).ledger():
                return cache_folder()
        except UsageError as error:
            click.echo(_NOT_KEPT.format(problem=error.message.of()), err=True)
            return None


def manner_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """`--jobs`, `--engine`, `--scheduler`, `--no-cache`, `--cache-dir`, given to the command as one `manner`."""

    @option(
        "--jobs",
        type=click.IntRange(min=0),
        metavar="N",
        help=Text("用几个进程读（0：就在本进程）", "worker processes (0: read in this one)"),
    )
    @option(
        "--engine",
        type=click.Choice(ENGINES),
        default="local",
        show_default=True,
        help=Text("在本机读，或由 dask 集群读", "read on this machine, or by the workers of a dask cluster"),
    )
    @option(
        "--scheduler",
        metavar="ADDRESS",
        help=Text("dask 调度器的地址（tcp://host:8786）", "a dask scheduler (tcp://host:8786)"),
    )
    @option("--no-cache", is_flag=True, help=Text("不用、不留以前的结果", "neither use nor keep earlier results"))
    @option(
        "--cache-dir",
        type=click.Path(file_okay=False, path_type=Path),
        help=Text("结果存在哪个文件夹（GOVSTATS_CACHE_DIR）", "where results are kept (GOVSTATS_CACHE_DIR)"),
    )
    @wraps(function)
    def with_manner(
        *args: Any,
        jobs: int | None,
        engine: str,
        scheduler: str | None,
        no_cache: bool,
        cache_dir: Path | None,
        **others: Any,
    ) -> Any:
        manner = Manner(jobs, engine, scheduler, no_cache, cache_dir)
        manner.reader()  # before any output is opened
        return function(*args, manner=manner, **others)

    return with_manner
