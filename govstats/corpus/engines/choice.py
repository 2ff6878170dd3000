"""Which engine reads: this process, worker processes, or many machines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from multiprocessing import current_process
from typing import Protocol, TypeVar

from govstats.corpus.engines import forked, here
from govstats.corpus.engines.worker import Finish, Task
from govstats.errors import UsageError
from govstats.lang import Text
from govstats.model.audits import Unread

T = TypeVar("T")

ENGINES = ("local", "dask")
_MAY_START_NONE = Text(
    "这个进程是 multiprocessing 的 daemon，不能再起读取进程。",
    "This process is daemonic (multiprocessing.Pool): it may not start worker processes.",
)
_LET_IT = Text(
    "请用 jobs=0 在本进程里读，或改用 concurrent.futures.ProcessPoolExecutor。",
    "Read in this process with jobs=0, or use concurrent.futures.ProcessPoolExecutor.",
)


class Engine(Protocol):
    """Reads numbered sources; results carry their source's number and come in the order of the sources."""

    def __call__(self, finish: Finish[T], tasks: Iterable[Task], /) -> Iterator[tuple[int, T | Unread]]:
        """What `finish` makes of every document."""


class Local:
    """On this machine, by `jobs` worker processes under limits of time and memory; with 0, in this process.

    A daemonic process (of a `multiprocessing.Pool`) may start none: there a copy of it reads, or it does so itself.

    None decides: a few documents are read by a copy of this process, or, where there can be none, pages and texts in
    this process and containers (PDF, Office files) in another; many in as many processes as there are processors.
    """

    def __init__(self, jobs: int | None = None) -> None:
        self._jobs = jobs

    def __call__(self, finish: Finish[T], tasks: Iterable[Task], /) -> Iterator[tuple[int, T | Unread]]:
        waiting = iter(tasks)
        first = list(islice(waiting, here.FEW + 1))
        few = len(first) <= here.FEW
        if not first:
            return
        alone = current_process().daemon
        if forked.is_possible() and ((self._jobs is None and few) or (self._jobs != 0 and alone)):
            yield from forked.run(finish, chain(first, waiting))
            return
        if self._jobs and alone:
            raise UsageError(_MAY_START_NONE, _LET_IT)
        light = few and all(here.is_light(source) for _, source in first)
        if self._jobs == 0 or (self._jobs is None and (alone or light)):
            yield from here.run(finish, chain(first, waiting))
            return
        from govstats.corpus.engines import pool

        jobs = self._jobs or (1 if few else pool.default_jobs())
        yield from pool.run(finish, chain(first, waiting), jobs)


def chosen(engine: str = "local", jobs: int | None = None, scheduler: str | None = None) -> Engine:
    """The engine of this name. Raises UsageError for options that do not go together, or where it is not installed."""
    if engine not in ENGINES:
        raise UsageError(
            Text(f"没有叫 {engine} 的引擎。", f"There is no engine {engine}."),
            Text(f"可用的：{' '.join(ENGINES)}。", f"Engines: {' '.join(ENGINES)}."),
        )
    if engine == "local":
        if scheduler is not None:
            raise UsageError(Text("--scheduler 要和 --engine dask 一起用。", "--scheduler needs --engine dask."))
        return Local(jobs)
    if jobs is not None and (scheduler is not None or jobs < 1):
        raise UsageError(
            Text(
                "--engine dask 的 --jobs 是本机的进程数，至少为 1，不和 --scheduler 一起用。",
                "With --engine dask, --jobs counts processes of this machine, 1 or more, and excludes --scheduler.",
            )
        )
    from govstats.corpus.engines.dask import Dask

    return Dask(scheduler, jobs)
