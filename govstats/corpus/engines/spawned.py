"""Spawned: a worker process that starts anew and reads chunk after chunk, until it dies or has nothing to do."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar

from loky import ProcessPoolExecutor
from loky.process_executor import ShutdownExecutorError

from govstats.corpus.engines import worker
from govstats.sources import orphans

T = TypeVar("T")

_KEPT = str(2**25)
_ENVIRONMENT = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MALLOC_TRIM_THRESHOLD_": _KEPT,
    "MALLOC_MMAP_THRESHOLD_": _KEPT,
}
"""A worker is one of several: threads of its own would only take the processors from the others. It keeps the memory
of one document for the next: to give it back and ask for it again takes longer than to read a page."""


class Spawned:
    """A pool of one: if its process dies, it is known at which chunk."""

    def __init__(self, setting: worker.Setting, idle: float | None) -> None:
        start = (os.getpid(), worker.__name__, *setting)
        self._executor: Any = ProcessPoolExecutor(
            1, timeout=idle, env=_ENVIRONMENT, initializer=orphans.begin, initargs=start
        )

    def work(self, finish: worker.Finish[T], chunk: Sequence[worker.Task]) -> list[tuple[int, T]]:
        """What `worker.work` makes of a chunk. Raises DiedError if the process does not live to tell."""
        try:
            done: list[tuple[int, T]] = self._executor.submit(worker.work, finish, chunk).result()
        except (BrokenProcessPool, ShutdownExecutorError) as error:
            raise worker.DiedError(str(error)) from error
        return done

    def stop(self) -> None:
        """End the process at once."""
        self._executor.shutdown(wait=True, kill_workers=True)
